//! Two requests on one upload, on two nodes, at the same moment.
//!
//! The first is stopped at each of its points in turn, the second at each of its own; then the
//! first continues to its end, and after it the second. So each overtakes the other everywhere.

use std::sync::Arc;

use names::{Digest, RepositoryArn, UploadId};
use operations::{Failure, Refusal, RepositoryRefusal, UploadRefusal};

use crate::house::{self, House, Node, chunk, content};

/// What a request does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    /// Sends the next bytes.
    Append,
    /// Says that what is there is all.
    Complete,
    /// Sends the next bytes and says that this is all.
    CompleteWithRest,
    Cancel,
    /// Deletes the repository, with all that is in it.
    Erase,
}

use Act::{Append, Cancel, Complete, CompleteWithRest, Erase};

/// How a request went.
#[derive(Debug)]
enum Went {
    /// The upload is that far.
    Appended(u64),
    /// The repository has this layer.
    Completed(Digest),
    Ended,
    Refused(Refusal),
}

/// An upload with something in it, and what comes next.
struct Story {
    arn: RepositoryArn,
    id: UploadId,
    content: Vec<u8>,
    acknowledged: usize,
    /// Of what is acknowledged, and of the whole content.
    digests: [Digest; 2],
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_requests_one_wins_and_nothing_acknowledged_is_lost() {
    for house in House::all() {
        let steps = if house.is_cluster() { THIRD } else { EVERY };
        let mut stories = 0;
        for (first, second) in [
            (Append, Append),
            (Append, CompleteWithRest),
            (CompleteWithRest, Append),
            (CompleteWithRest, CompleteWithRest),
            (Append, Complete),
            (Complete, Append),
            (Complete, Cancel),
            (CompleteWithRest, Cancel),
            (Append, Cancel),
            (Append, Erase),
            (Complete, Erase),
        ] {
            stories += race(&house, first, second, 300_000, 500_000, steps).await;
        }
        println!("{}: {stories} stories", house.name);
        assert!(stories > 100, "{}: the requests meet", house.name);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_the_first_two_requests_one_wins() {
    for house in House::all() {
        let steps = if house.is_cluster() { THIRD } else { EVERY };
        let mut stories = 0;
        for (first, second) in
            [(Append, Append), (CompleteWithRest, CompleteWithRest), (Append, Cancel)]
        {
            stories += race(&house, first, second, 0, 500_000, steps).await;
        }
        println!("{}: {stories} stories", house.name);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_requests_that_send_parts_one_wins_and_no_part_is_lost() {
    let Some(house) = House::cluster() else { return };
    let mut stories = 0;
    for (first, second) in [(Append, Append), (Complete, Append), (Append, CompleteWithRest)] {
        stories += race(&house, first, second, 6 << 20, 6 << 20, COARSE).await;
    }
    println!("{}: {stories} stories", house.name);
}

/// At which of the points that there are a request stops: every so many.
#[derive(Clone, Copy)]
struct Steps {
    first: usize,
    other: usize,
}

/// A story in a folder takes milliseconds.
const EVERY: Steps = Steps { first: 1, other: 1 };
/// With a bucket it takes long: every third point of the other.
const THIRD: Steps = Steps { first: 1, other: 3 };
/// And longer with parts, which are megabytes.
const COARSE: Steps = Steps { first: 3, other: 5 };

/// Every story of these two; says how many there are.
async fn race(
    house: &House,
    first: Act,
    second: Act,
    acknowledged: usize,
    more: usize,
    steps: Steps,
) -> u64 {
    let nodes: [Node; 3] = house.nodes();
    let nodes = nodes.map(Arc::new);
    let mut number = 0;
    for stop in (1..).step_by(steps.first) {
        let mut first_stopped = false;
        for other_stop in (1 + stop % steps.other..).step_by(steps.other) {
            number += 1;
            let name = format!("{} {first:?} at {stop}, {second:?} at {other_stop}", house.name);
            let story = begin(&nodes[2], number, acknowledged, more).await;
            let story = Arc::new(story);
            nodes[0].gate.stop_at(stop);
            let one = start(&nodes[0], &story, first);
            first_stopped = nodes[0].gate.is_reached(|| one.is_finished()).await;
            nodes[1].gate.stop_at(other_stop);
            let other = start(&nodes[1], &story, second);
            let other_stopped = nodes[1].gate.is_reached(|| other.is_finished()).await;
            nodes[0].gate.open();
            let one = one.await.unwrap();
            nodes[1].gate.open();
            let other = other.await.unwrap();
            let ends = [(first, went(&name, one)), (second, went(&name, other))];
            judge(&nodes[2], &story, &name, &ends).await;
            if !other_stopped || !first_stopped {
                break;
            }
        }
        let stories = format!("{} {first:?} at {stop}, {second:?}", house.name);
        nodes[2].assert_clean(&stories).await;
        house.give_everything_back(&nodes[2]).await;
        house.assert_empty(&nodes[2], &stories).await;
        nodes[2].assert_clean(&stories).await;
        if !first_stopped {
            return number;
        }
    }
    number
}

/// An upload with its first bytes, each in a repository of its own.
async fn begin(node: &Node, number: u64, acknowledged: usize, more: usize) -> Story {
    let name = format!("race-{}", number_of_story());
    let arn = node.make_repository(&name).await;
    let id = node.begin(&arn).await;
    let content = content(number, acknowledged + more);
    if acknowledged > 0 {
        node.append(&arn, &id, 0, &content[..acknowledged]).await.unwrap();
    }
    let digests = [&content[..acknowledged], &content].map(Digest::sha256);
    Story { arn, id, content, acknowledged, digests }
}

/// A number for each story, so that its repository has a name of its own.
fn number_of_story() -> u64 {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

fn start(
    node: &Arc<Node>,
    story: &Arc<Story>,
    act: Act,
) -> tokio::task::JoinHandle<Result<Went, Failure>> {
    let (node, story) = (Arc::clone(node), Arc::clone(story));
    house::start(async move {
        let Story { arn, id, content, acknowledged, digests: [of_acknowledged, of_whole] } =
            &*story;
        let rest = &content[*acknowledged..];
        match act {
            Append => node.append(arn, id, *acknowledged, rest).await.map(Went::Appended),
            Complete => {
                let digest = of_acknowledged.clone();
                node.complete(arn, id, None, &digest).await.map(|_| Went::Completed(digest))
            }
            CompleteWithRest => {
                let (digest, rest) = (of_whole.clone(), chunk(*acknowledged, rest));
                node.complete(arn, id, Some(rest), &digest).await.map(|_| Went::Completed(digest))
            }
            Cancel => node.operations.cancel_upload(arn, id).await.map(|()| Went::Ended),
            Erase => {
                node.operations.delete_repository(arn, true).await?;
                node.run_due().await;
                Ok(Went::Ended)
            }
        }
    })
}

/// A request is done or refused. It never ends in a fault, because nothing is broken.
fn went(story: &str, outcome: Result<Went, Failure>) -> Went {
    match outcome {
        Ok(went) => went,
        Err(Failure::Refused(refusal)) => Went::Refused(refusal),
        Err(Failure::Fault(fault)) => panic!("{story}: {}", fault.chain()),
    }
}

async fn judge(node: &Node, story: &Story, name: &str, ends: &[(Act, Went); 2]) {
    let Story { arn, id, content, acknowledged, digests: [_, of_whole] } = story;
    for (act, went) in ends {
        if let Went::Refused(refusal) = went {
            assert!(is_clear(refusal), "{name}: {act:?}: {refusal}");
        }
    }
    let wins = ends.iter().filter(|(_, went)| !matches!(went, Went::Refused(_))).count();
    let one_can_win = !ends.iter().any(|(act, _)| matches!(act, Cancel | Erase))
        || ends.iter().any(|(act, _)| *act == Complete || *act == CompleteWithRest);
    let erased = ends.iter().any(|(act, _)| *act == Erase);
    let may_follow =
        ends.iter().any(|(act, _)| *act == Complete) && ends.iter().any(|(act, _)| *act == Append);
    // A request for an end that is already reached is told so.
    let reached_twice = matches!(
        ends,
        [(_, Went::Completed(one)), (_, Went::Completed(other))] if one == other
    );
    let both_may = !one_can_win || erased || may_follow || reached_twice;
    assert!(wins >= 1, "{name}: at least one wins: {ends:?}");
    assert!(wins == 1 || both_may, "{name}: one wins: {ends:?}");
    if erased {
        node.make_repository(arn.repository.as_str()).await;
    } else {
        let ended = ends.iter().any(|(_, went)| matches!(went, Went::Completed(_) | Went::Ended));
        match node.operations.find_upload(arn, id).await {
            Ok(at) => {
                assert!(!ended, "{name}: an upload that was ended goes on");
                let told = ends.iter().map(|(_, went)| match went {
                    Went::Appended(at) => *at,
                    _ => *acknowledged as u64,
                });
                assert_eq!(Some(at), told.max(), "{name}: what was acknowledged");
            }
            Err(Failure::Refused(Refusal::Upload(UploadRefusal::NotFound { .. }))) => {
                assert!(ended, "{name}");
            }
            Err(other) => panic!("{name}: {other:?}"),
        }
        for (_, went) in ends {
            if let Went::Completed(digest) = went {
                let bytes = node.read(arn, digest).await.expect("a layer that was completed");
                let length = if digest == of_whole { content.len() } else { *acknowledged };
                assert!(bytes == content[..length], "{name}: {digest}");
            }
        }
    }
    node.finish_push_of(arn, id, content, of_whole).await;
    assert!(node.read(arn, of_whole).await.as_ref() == Some(content), "{name}: reads back");
}

/// Refusals from which a client knows what to do: ask how far the upload is, or begin anew.
fn is_clear(refusal: &Refusal) -> bool {
    matches!(
        refusal,
        Refusal::Repository(RepositoryRefusal::NotFound(_))
            | Refusal::Upload(
                UploadRefusal::Busy { .. }
                    | UploadRefusal::NotFound { .. }
                    | UploadRefusal::PartOutOfOrder { .. }
                    // Of `Complete`, if the other was first: there is more than it knows of.
                    | UploadRefusal::DigestDiffers { .. }
            )
    )
}
