//! The acts of a sequence. Acts name things by small numbers, which are resolved when they are
//! performed, so that a sequence with some acts removed is still a sequence.

use std::time::Duration;

use blobs::testing::{Call, Fault};
use names::StorageClass;

use crate::undo::WINDOW;

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
    Rekey {
        repository: u8,
        key: u8,
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
    /// Layers, children and all.
    PushImage {
        repository: u8,
        image: u8,
        tags: u8,
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
    RollBack {
        repository: u8,
        tag: u8,
        to: Earlier,
    },
    /// To the archive, or back.
    Move {
        repository: u8,
        image: u8,
        target: StorageClass,
    },
    /// That was deleted.
    RestoreImage {
        repository: u8,
        image: u8,
        tags: Option<u8>,
    },
    UseArchive,
    UndoWithin {
        window: Duration,
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

/// Which version of a tag is meant.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Earlier {
    /// The one before.
    Before,
    /// An image, which the tag may never have named.
    Image(u8),
    /// What it named then.
    SecondsAgo(u64),
}

/// What fails.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Failing {
    Commit { nth: u32 },
    Store { call: Call, nth: usize, fault: Fault },
    Archive { call: Call, nth: usize, fault: Fault },
}

/// A sequence, always the same for the same seed.
pub(crate) fn sequence(seed: u64, length: usize) -> Vec<Act> {
    let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let theme = Theme::roll(&mut dice);
    let mut acts = vec![
        Act::CreateRepository { repository: 0, mutability: 0 },
        Act::CreateRepository { repository: 1, mutability: dice.below(4) },
    ];
    if dice.below(2) == 0 {
        acts.push(Act::UseArchive);
    }
    if dice.below(2) == 0 {
        acts.push(Act::UndoWithin { window: WINDOW });
    }
    while acts.len() < length {
        let act = theme.act(&mut dice);
        acts.push(if theme.fails && dice.below(4) == 0 {
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

/// What a sequence is about. One that does a few things with a few contents again and again meets
/// more than one that does a little of everything.
struct Theme {
    repositories: u8,
    contents: Vec<u8>,
    images: Vec<u8>,
    /// How often each kind of act comes, in the order of [`KINDS`].
    weights: Vec<u8>,
    fails: bool,
}

type Make = fn(&Theme, &mut Dice) -> Act;

/// Kinds of acts, and how often each comes if it comes at all.
const KINDS: [(u8, Make); 28] = [
    (2, |t, d| Act::CreateRepository { repository: t.repository(d), mutability: d.below(4) }),
    (1, |t, d| Act::DeleteRepository { repository: t.repository(d), force: d.below(3) > 0 }),
    (1, |t, d| Act::PutMutability { repository: t.repository(d), mutability: d.below(4) }),
    (2, |t, d| Act::Rekey { repository: t.repository(d), key: d.below(3) }),
    (4, |t, d| Act::Initiate { repository: t.repository(d), content: t.content(d) }),
    (10, |_, d| Act::Append { upload: d.byte(), stretch: stretch(d), manner: manner(d) }),
    (5, |_, d| {
        let manner = d.one_of(&[Manner::Short, Manner::Dropped]);
        Act::Append { upload: d.byte(), stretch: Stretch::Rest, manner }
    }),
    (5, |_, d| Act::Complete { upload: d.byte(), ending: ending(d) }),
    (1, |_, d| Act::Cancel { upload: d.byte() }),
    (6, |t, d| {
        let (repository, content) = (t.repository(d), t.content(d));
        Act::UploadLayer { repository, content, manner: manner(d) }
    }),
    (2, |t, d| {
        let (repository, from) = (t.repository(d), t.repository(d));
        Act::Mount { repository, from, content: t.content(d) }
    }),
    (5, |t, d| Act::HeadBlob { repository: t.repository(d), content: t.content(d) }),
    (2, |t, d| Act::DeleteBlob { repository: t.repository(d), content: t.content(d) }),
    (8, |t, d| {
        let (repository, image, tags) = (t.repository(d), t.image(d), d.byte() & d.byte());
        Act::PutImage { repository, image, tags, refuse_same: d.below(2) == 0 }
    }),
    (5, |t, d| {
        let (repository, image) = (t.repository(d), t.image(d));
        Act::PushImage { repository, image, tags: d.byte() & d.byte() }
    }),
    (5, |t, d| {
        let image = (d.below(3) > 0).then(|| t.image(d));
        let tag = (image.is_none() || d.below(4) == 0).then(|| d.byte());
        Act::BatchDelete { repository: t.repository(d), image, tag }
    }),
    (3, |t, d| {
        let tag = (d.below(2) == 0).then(|| d.byte());
        Act::DeleteManifest { repository: t.repository(d), image: t.image(d), tag }
    }),
    (2, |t, d| Act::List { repository: t.repository(d), limit: 1 + d.below(4) }),
    (6, |_, d| Act::Forward { seconds: seconds(d) }),
    (5, |_, d| if d.below(4) == 0 { Act::RunRecords } else { Act::RunJobs }),
    (1, |_, _| Act::RecordPulls),
    (2, |_, _| Act::Restart),
    (1, |_, _| Act::Quieten),
    (6, |t, d| {
        let target =
            d.one_of(&[StorageClass::Archive, StorageClass::Archive, StorageClass::Standard]);
        Act::Move { repository: t.repository(d), image: t.image(d), target }
    }),
    (4, |t, d| {
        let tags = (d.below(3) == 0).then(|| d.byte() & d.byte());
        Act::RestoreImage { repository: t.repository(d), image: t.image(d), tags }
    }),
    (1, |_, _| Act::UseArchive),
    (1, |_, d| Act::UndoWithin { window: d.one_of(&[Duration::ZERO, WINDOW]) }),
    (3, |t, d| Act::RollBack { repository: t.repository(d), tag: d.byte(), to: earlier(t, d) }),
];

impl Theme {
    fn roll(dice: &mut Dice) -> Self {
        let some = |dice: &mut Dice| (0..=dice.below(3)).map(|_| dice.byte()).collect();
        let weights = KINDS.iter().map(|(weight, _)| weight * dice.one_of(&[0, 1, 1, 1, 4]));
        let weights: Vec<u8> = weights.collect();
        Self {
            repositories: 1 + dice.below(3),
            contents: some(dice),
            images: some(dice),
            weights: if weights.iter().all(|weight| *weight == 0) { vec![1] } else { weights },
            fails: dice.below(3) > 0,
        }
    }

    fn act(&self, dice: &mut Dice) -> Act {
        let all: u64 = self.weights.iter().copied().map(u64::from).sum();
        let mut left = dice.next() % all;
        for (weight, (_, make)) in self.weights.iter().zip(KINDS) {
            let weight = u64::from(*weight);
            if left < weight {
                return make(self, dice);
            }
            left -= weight;
        }
        unreachable!("what is left is less than all weights together")
    }

    fn repository(&self, dice: &mut Dice) -> u8 {
        dice.below(self.repositories)
    }

    fn content(&self, dice: &mut Dice) -> u8 {
        dice.one_of(&self.contents)
    }

    fn image(&self, dice: &mut Dice) -> u8 {
        dice.one_of(&self.images)
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

fn earlier(theme: &Theme, dice: &mut Dice) -> Earlier {
    match dice.below(4) {
        0 => Earlier::Image(theme.image(dice)),
        1 => Earlier::SecondsAgo(seconds(dice) + 1),
        _ => Earlier::Before,
    }
}

/// Jumps that fall short of leases, end between them, and pass them all.
fn seconds(dice: &mut Dice) -> u64 {
    dice.one_of(&[1, 30, 601, 7_200, 11 * 3_600, 13 * 3_600, 25 * 3_600, 3 * 86_400])
}

fn failing(dice: &mut Dice) -> Failing {
    use Call::{Commit, Create, Delete, Open, Park, Read, Reopen, Write};
    let nth = dice.one_of(&[1_u8, 1, 1, 2, 2, 3]);
    if dice.below(3) == 0 {
        return Failing::Commit { nth: nth.into() };
    }
    let call = dice.one_of(&[Create, Reopen, Write, Write, Park, Commit, Open, Read, Delete]);
    let fault = dice.one_of(&[Fault::Full, Fault::Broken, Fault::AnswerLost]);
    let nth = nth.into();
    if dice.below(4) == 0 {
        Failing::Archive { call, nth, fault }
    } else {
        Failing::Store { call, nth, fault }
    }
}
