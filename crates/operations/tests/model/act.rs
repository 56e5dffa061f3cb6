//! What a sequence is made of. Acts name things by small numbers that mean whatever is there when
//! they are performed, so that a sequence with some left out is still a sequence.

use blobs::testing::{Call, Fault};

#[derive(Debug, Clone)]
pub(crate) enum Act {
    CreateRepository {
        repository: u8,
        mutability: u8,
    },
    DeleteRepository {
        repository: u8,
        force: bool,
    },
    PutMutability {
        repository: u8,
        mutability: u8,
    },
    Initiate {
        repository: u8,
        content: u8,
    },
    Append {
        upload: u8,
        stretch: Stretch,
        manner: Manner,
    },
    Complete {
        upload: u8,
        ending: Ending,
    },
    Cancel {
        upload: u8,
    },
    UploadLayer {
        repository: u8,
        content: u8,
        manner: Manner,
    },
    Mount {
        repository: u8,
        from: u8,
        content: u8,
    },
    HeadBlob {
        repository: u8,
        content: u8,
    },
    DeleteBlob {
        repository: u8,
        content: u8,
    },
    PutImage {
        repository: u8,
        image: u8,
        tags: u8,
        refuse_same: bool,
    },
    BatchDelete {
        repository: u8,
        image: Option<u8>,
        tag: Option<u8>,
    },
    DeleteManifest {
        repository: u8,
        image: u8,
        tag: Option<u8>,
    },
    List {
        repository: u8,
        limit: u8,
    },
    Forward {
        seconds: u64,
    },
    RunJobs,
    RunRecords,
    RecordPulls,
    Restart,
    Quieten,
    /// Another act, while something fails.
    Failing {
        failing: Failing,
        act: Box<Act>,
    },
}

/// How much of its content an upload gets.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Stretch {
    Nothing,
    Byte,
    Half,
    Rest,
}

/// How a body keeps its word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    Honest,
    /// Begins elsewhere than the upload ends.
    Elsewhere,
    /// Says that it is longer than it is.
    Short,
    /// Says that it is shorter than it is.
    Long,
    /// Says no length, and ends with an error.
    Broken,
    /// Says no length.
    Unmeasured,
    /// The client goes away, and the request is dropped.
    Dropped,
}

/// How an upload is ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// With the rest of its content.
    WithRest,
    /// With what has come.
    AsIs,
    /// With a digest of something else.
    WrongDigest,
    /// With its SHA-512 digest.
    Sha512,
    /// With a SHA-512 digest of something else.
    WrongSha512,
}

/// What fails.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Failing {
    Commit { nth: u32 },
    Store { call: Call, nth: usize, fault: Fault },
}

/// A sequence, always the same for the same seed.
pub(crate) fn sequence(seed: u64, length: usize) -> Vec<Act> {
    let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let mut acts = vec![
        Act::CreateRepository { repository: 0, mutability: 0 },
        Act::CreateRepository { repository: 1, mutability: dice.below(4) },
    ];
    while acts.len() < length {
        let act = one(&mut dice);
        acts.push(if dice.below(6) == 0 {
            Act::Failing { failing: failing(&mut dice), act: Box::new(act) }
        } else {
            act
        });
    }
    acts
}

/// SplitMix64.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: u8) -> u8 {
        u8::try_from(self.next() % u64::from(bound)).expect("less than the bound")
    }

    fn one_of<T: Copy>(&mut self, choices: &[T]) -> T {
        let bound = u8::try_from(choices.len()).expect("a short list");
        choices[usize::from(self.below(bound))]
    }

    fn byte(&mut self) -> u8 {
        self.below(u8::MAX)
    }
}

fn one(dice: &mut Dice) -> Act {
    let repository = dice.below(3);
    let content = dice.byte();
    match dice.below(100) {
        0..4 => Act::CreateRepository { repository, mutability: dice.below(4) },
        4..6 => Act::DeleteRepository { repository, force: dice.below(2) == 0 },
        6..8 => Act::PutMutability { repository, mutability: dice.below(4) },
        8..13 => Act::Initiate { repository, content },
        13..26 => Act::Append { upload: content, stretch: stretch(dice), manner: manner(dice) },
        26..34 => Act::Complete { upload: content, ending: ending(dice) },
        34..36 => Act::Cancel { upload: content },
        36..48 => Act::UploadLayer { repository, content, manner: manner(dice) },
        48..51 => Act::Mount { repository, from: dice.below(3), content },
        51..55 => Act::HeadBlob { repository, content },
        55..58 => Act::DeleteBlob { repository, content },
        58..74 => {
            let (image, tags) = (dice.byte(), dice.byte() & dice.byte());
            Act::PutImage { repository, image, tags, refuse_same: dice.below(2) == 0 }
        }
        74..80 => {
            let image = (dice.below(3) > 0).then(|| dice.byte());
            let tag = (image.is_none() || dice.below(4) == 0).then(|| dice.byte());
            Act::BatchDelete { repository, image, tag }
        }
        80..84 => {
            let tag = (dice.below(2) == 0).then(|| dice.byte());
            Act::DeleteManifest { repository, image: dice.byte(), tag }
        }
        84..87 => Act::List { repository, limit: 1 + dice.below(4) },
        87..91 => Act::Forward { seconds: seconds(dice) },
        91..95 => Act::RunJobs,
        95..96 => Act::RunRecords,
        96..97 => Act::RecordPulls,
        97..99 => Act::Restart,
        _ => Act::Quieten,
    }
}

fn stretch(dice: &mut Dice) -> Stretch {
    use Stretch::{Byte, Half, Nothing, Rest};
    dice.one_of(&[Nothing, Byte, Half, Half, Half, Rest, Rest])
}

fn manner(dice: &mut Dice) -> Manner {
    use Manner::{Broken, Dropped, Elsewhere, Honest, Long, Short, Unmeasured};
    let faithful = [Honest, Honest, Honest, Honest, Unmeasured, Unmeasured];
    if dice.below(2) == 0 {
        dice.one_of(&faithful)
    } else {
        dice.one_of(&[Honest, Elsewhere, Short, Long, Broken, Dropped])
    }
}

fn ending(dice: &mut Dice) -> Ending {
    use Ending::{AsIs, Sha512, WithRest, WrongDigest, WrongSha512};
    dice.one_of(&[WithRest, WithRest, WithRest, AsIs, AsIs, WrongDigest, Sha512, WrongSha512])
}

/// Jumps that fall short of leases, end between them, and pass them all.
fn seconds(dice: &mut Dice) -> u64 {
    dice.one_of(&[1, 30, 601, 7_200, 11 * 3_600, 13 * 3_600, 25 * 3_600, 3 * 86_400])
}

fn failing(dice: &mut Dice) -> Failing {
    use Call::{Commit, Create, Delete, Open, Park, Read, Reopen, Write};
    let nth = 1 + dice.below(3);
    if dice.below(3) == 0 {
        return Failing::Commit { nth: nth.into() };
    }
    Failing::Store {
        call: dice.one_of(&[Create, Reopen, Write, Write, Park, Commit, Open, Read, Delete]),
        nth: nth.into(),
        fault: dice.one_of(&[Fault::Full, Fault::Broken, Fault::AnswerLost]),
    }
}
