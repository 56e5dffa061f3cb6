//! One upload on many nodes, one after the other; and requests that are slow, dead, or paused.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use names::{Digest, RepositoryArn, UploadId};
use operations::{Body, Chunk, Door, Failure, Progress, Refusal, UPLOAD_LIFE, UploadRefusal};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::house::{House, Node, content, start};

const MIB: usize = 1 << 20;

/// A request whose body comes when the test says so.
struct Slow {
    frames: mpsc::Sender<Bytes>,
    sent: AtomicUsize,
    /// How many frames had been taken in when it last waited for one.
    waiting_after: Arc<AtomicUsize>,
    running: JoinHandle<Result<Progress, Failure>>,
}

impl Slow {
    fn start(node: &Arc<Node>, arn: &RepositoryArn, id: &UploadId) -> Self {
        let (frames, mut coming) = mpsc::channel::<Bytes>(1);
        let waiting_after = Arc::new(AtomicUsize::new(0));
        let (mut taken, waits) = (0, waiting_after.clone());
        let next = move |cx: &mut Context<'_>| {
            let frame = coming.poll_recv(cx).map(|frame| frame.map(Ok));
            match &frame {
                Poll::Ready(_) => taken += 1,
                Poll::Pending => waits.store(taken, Ordering::SeqCst),
            }
            frame
        };
        let body: Body = Box::pin(futures_util::stream::poll_fn(next));
        let chunk = Chunk { first_byte: None, length: None, expected: None, body };
        let (node, arn, id) = (Arc::clone(node), arn.clone(), id.clone());
        let running =
            start(
                async move { node.operations.append_to_upload(&arn, &id, chunk, Door::Oci).await },
            );
        Self { frames, sent: AtomicUsize::new(0), waiting_after, running }
    }

    /// Sends bytes, and waits until all were taken in and the request waits for more.
    async fn send(&self, bytes: &[u8]) {
        for frame in bytes.chunks(MIB) {
            self.frames.send(Bytes::copy_from_slice(frame)).await.unwrap();
            self.sent.fetch_add(1, Ordering::SeqCst);
        }
        while self.waiting_after.load(Ordering::SeqCst) < self.sent.load(Ordering::SeqCst) {
            assert!(!self.running.is_finished(), "it waits for more");
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    async fn end(self) -> Result<Progress, Failure> {
        drop(self.frames);
        self.running.await.unwrap()
    }

    /// As if its node were killed.
    async fn kill(self) {
        self.running.abort();
        assert!(self.running.await.unwrap_err().is_cancelled());
    }
}

async fn nodes(house: &House, repository: &str) -> ([Arc<Node>; 3], RepositoryArn) {
    let nodes: [Node; 3] = house.nodes();
    let arn = nodes[0].make_repository(repository).await;
    (nodes.map(Arc::new), arn)
}

#[tokio::test(flavor = "multi_thread")]
async fn each_request_of_an_upload_may_come_to_another_node() {
    for house in House::all() {
        let ([a, b, c], arn) = nodes(&house, "any-node").await;
        let cuts = [&[100, 70_000, 900_000][..], &[6 * MIB, 3 * MIB, 12 * MIB, 10]];
        for (number, cuts) in (0..).zip(cuts) {
            let whole = content(number, cuts.iter().sum());
            let id = a.begin(&arn).await;
            let mut at = 0;
            for (node, length) in [&b, &c, &a].into_iter().cycle().zip(cuts) {
                let end = at + length;
                let received = node.append(&arn, &id, at, &whole[at..end]).await.unwrap();
                assert_eq!(received, end as u64);
                assert_eq!(b.operations.find_upload(&arn, &id).await.unwrap(), end as u64);
                at = end;
            }
            let digest = Digest::sha256(&whole);
            c.complete(&arn, &id, None, &digest).await.unwrap();
            assert!(a.read(&arn, &digest).await.unwrap() == whole);
        }
        b.assert_clean(house.name).await;
        house.give_everything_back(&b).await;
        house.assert_empty(&b, "any node").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_bytes_come_for_is_not_abandoned_however_long_it_takes() {
    for house in House::all() {
        let ([a, b, _], arn) = nodes(&house, "slow").await;
        let (id, whole) = (a.begin(&arn).await, content(7, 3 * MIB));
        let slow = Slow::start(&a, &arn, &id);
        for frame in whole.chunks(MIB) {
            slow.send(frame).await;
            house.forward(UPLOAD_LIFE / 2);
            b.run_due().await;
        }
        assert_eq!(slow.end().await.unwrap().received_bytes, whole.len() as u64, "{}", house.name);
        b.finish_push(&arn, &id, &whole).await;
        assert!(a.read(&arn, &Digest::sha256(&whole)).await.unwrap() == whole);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_slept_for_a_day_finds_its_upload_gone_and_leaves_nothing() {
    for house in House::all() {
        let ([a, b, _], arn) = nodes(&house, "asleep").await;
        let (id, whole) = (a.begin(&arn).await, content(8, 24 * MIB));
        let slow = Slow::start(&a, &arn, &id);
        slow.send(&whole).await;
        house.forward(UPLOAD_LIFE + Duration::from_secs(1));
        b.run_due().await;
        // The store may have forgotten the object by now: what the client hears is that the upload
        // is gone.
        let _ = slow.frames.send(Bytes::from_static(b"more")).await;
        let refused = slow.end().await;
        let gone = UploadRefusal::NotFound { repository: arn.clone(), upload: id.to_string() };
        match refused {
            Err(Failure::Refused(refusal)) => assert_eq!(refusal.to_string(), gone.to_string()),
            other => panic!("{}: {other:?}", house.name),
        }
        house.give_everything_back(&b).await;
        house.assert_empty(&b, "asleep").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_whose_node_was_killed_in_a_part_goes_on_at_once_on_another() {
    for house in House::all() {
        let ([a, b, c], arn) = nodes(&house, "killed").await;
        // What was acknowledged before: nothing, less than a segment, less than a part, some parts
        // and a tail.
        for (number, acknowledged) in (10..).zip([0, 100, 3 * MIB, 11 * MIB + 5]) {
            let whole = content(number, acknowledged + 23 * MIB);
            let id = a.begin(&arn).await;
            if acknowledged > 0 {
                a.append(&arn, &id, 0, &whole[..acknowledged]).await.unwrap();
            }
            let slow = Slow::start(&a, &arn, &id);
            slow.send(&whole[acknowledged..acknowledged + 22 * MIB]).await;
            slow.kill().await;
            let at = b.operations.find_upload(&arn, &id).await.unwrap();
            assert_eq!(at, acknowledged as u64, "what was not acknowledged is not there");
            let (end, story) = (acknowledged + MIB, format!("{} {acknowledged}", house.name));
            let received = goes_on(&b, &arn, &id, &whole[..end], acknowledged).await;
            assert_eq!(received, end as u64, "{story}");
            c.finish_push(&arn, &id, &whole).await;
            assert!(a.read(&arn, &Digest::sha256(&whole)).await.unwrap() == whole, "{story}");
            c.assert_clean(&story).await;
        }
        house.give_everything_back(&b).await;
        house.assert_empty(&b, "killed").await;
    }
}

async fn goes_on(node: &Node, arn: &RepositoryArn, id: &UploadId, whole: &[u8], at: usize) -> u64 {
    append_when_free(node, arn, id, whole, at).await.unwrap()
}

/// Sends the rest. In one process the last batch of a request that was dropped may still be on its
/// way, and the lock of a local file with it: then the client comes again, as it would.
async fn append_when_free(
    node: &Node,
    arn: &RepositoryArn,
    id: &UploadId,
    whole: &[u8],
    at: usize,
) -> Result<u64, Failure> {
    for _ in 0..1_000 {
        match node.append(arn, id, at, &whole[at..]).await {
            Err(Failure::Refused(Refusal::Upload(UploadRefusal::Busy { .. }))) => {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            other => return other,
        }
    }
    panic!("the upload stays busy");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_that_sleeps_while_it_takes_over_does_no_harm_when_it_wakes() {
    for house in House::all() {
        let ([a, b, c], arn) = nodes(&house, "taking-over").await;
        for stop in 1.. {
            let (id, whole) = (a.begin(&arn).await, content(100 + stop, 700_000));
            a.append(&arn, &id, 0, &whole[..300_000]).await.unwrap();
            let slow = Slow::start(&a, &arn, &id);
            slow.send(&whole[300_000..600_000]).await;
            slow.kill().await;
            b.gate.stop_at(usize::try_from(stop).unwrap());
            let taking = start({
                let (b, arn, id, whole) = (b.clone(), arn.clone(), id.clone(), whole.clone());
                async move { append_when_free(&b, &arn, &id, &whole, 300_000).await }
            });
            let stopped = b.gate.is_reached(|| taking.is_finished()).await;
            // For half of them the upload's life ends meanwhile, with that of the object that it is
            // moved to.
            if stopped && stop % 2 == 0 {
                house.forward(UPLOAD_LIFE + Duration::from_secs(1));
                c.run_due().await;
            } else if stopped && house.is_cluster() {
                c.finish_push(&arn, &id, &whole).await;
            }
            b.gate.open();
            let taken = taking.await.unwrap();
            let story = format!("{} at {stop}: {taken:?}", house.name);
            assert!(!matches!(taken, Err(Failure::Fault(_))), "{story}");
            assert!(!stopped || !house.is_cluster() || taken.is_err(), "{story}");
            c.finish_push(&arn, &id, &whole).await;
            assert!(a.read(&arn, &Digest::sha256(&whole)).await.unwrap() == whole, "{story}");
            c.assert_clean(&story).await;
            house.give_everything_back(&c).await;
            house.assert_empty(&c, &story).await;
            if !stopped {
                assert!(stop > 5, "it takes over in steps");
                break;
            }
        }
    }
}
