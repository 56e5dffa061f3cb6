//! Several sweeps at once, sweeps that pause, and the work of clients on other nodes at the same
//! time.

use std::sync::Arc;
use std::time::Duration;

use names::{Digest, ImageId, RepositoryArn};
use operations::{GRACE, LEASE, MountSource, Mounted, SKEW_MAX};
use tokio::task::JoinHandle;

use crate::house::{House, Node, chunk, content, less, pusher, start};

/// Longer than a job's lease.
const JOB_LEASE_AND_MORE: Duration = Duration::from_mins(6);

async fn push(node: &Node, arn: &RepositoryArn, layer: &[u8]) -> Digest {
    let (id, digest) = (node.begin(arn).await, Digest::sha256(layer));
    node.complete(arn, &id, Some(chunk(0, layer)), &digest).await.unwrap();
    digest
}

async fn delete_image(node: &Node, arn: &RepositoryArn, digest: &Digest) {
    let id = ImageId::Digest(digest.clone());
    let deleted = node.operations.batch_delete_image(arn, vec![id], &pusher(arn)).await.unwrap();
    assert!(deleted[0].is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_told_that_a_layer_is_there_can_finish_its_push() {
    for house in House::all() {
        let [a, b, c]: [Node; 3] = house.nodes();
        let arn = a.make_repository("promise").await;
        let other = a.make_repository("mounted").await;
        for (number, skew) in [Duration::ZERO, SKEW_MAX].into_iter().enumerate() {
            // The node that promises is late, the one that sweeps is early.
            b.clock.set_ahead(skew);
            let layer = content(number as u64, 50_000);
            let digest = push(&a, &arn, &layer).await;
            let image = a.put_image(&arn, &layer).await.unwrap();
            // The lease of the upload is nearly over when the layer is asked for, or half over.
            for left in [Duration::from_secs(1), LEASE / 2, LEASE / 2 + Duration::from_secs(1)] {
                house.forward(less(LEASE, left));
                assert!(a.operations.head_blob(&arn, &digest).await.unwrap().is_some());
                delete_image(&c, &arn, &image).await;
                house.forward(less(LEASE / 2, skew + Duration::from_secs(1)));
                tokio::join!(b.run_due(), c.run_due());
                a.put_image(&arn, &layer).await.unwrap();
                assert!(b.read(&arn, &digest).await.unwrap() == layer);
            }
            // A mount is a promise too, also when the layer goes from where it was mounted from.
            let source = MountSource::From(arn.repository.clone());
            let mounted = a.operations.mount_blob(&other, &digest, source).await.unwrap();
            assert_eq!(mounted, Mounted::Yes);
            delete_image(&c, &arn, &image).await;
            assert!(c.operations.delete_blob(&arn, &digest).await.unwrap());
            house.forward(less(LEASE, skew + Duration::from_secs(1)));
            tokio::join!(b.run_due(), c.run_due());
            a.put_image(&other, &layer).await.unwrap();
            assert!(b.read(&other, &digest).await.unwrap() == layer);
            delete_image(&c, &other, &image).await;
            house.give_everything_back(&b).await;
            house.assert_empty(&b, "promise").await;
        }
        c.assert_clean(house.name).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sweeps_on_all_nodes_at_once_give_back_exactly_what_is_not_needed() {
    for house in House::all() {
        let nodes: [Node; 3] = house.nodes();
        let arn = nodes[0].make_repository("sweeps").await;
        let mut kept = Vec::new();
        for number in 0..12 {
            let layer = content(number, 20_000);
            push(&nodes[0], &arn, &layer).await;
            let image = nodes[0].put_image(&arn, &layer).await.unwrap();
            if number % 3 == 0 {
                kept.push((image, layer));
            } else if number % 3 == 1 {
                delete_image(&nodes[1], &arn, &image).await;
            } else {
                nodes[0].begin(&arn).await;
                delete_image(&nodes[2], &arn, &image).await;
            }
        }
        for _ in 0..4 {
            house.forward(LEASE + GRACE);
            tokio::join!(nodes[0].run_due(), nodes[1].run_due(), nodes[2].run_due());
        }
        for (_, layer) in &kept {
            assert!(nodes[1].read(&arn, &Digest::sha256(layer)).await.unwrap() == *layer);
        }
        nodes[2].assert_clean(house.name).await;
        let objects = nodes[2].blobs.list(None, 100).await.unwrap();
        assert_eq!(objects.len(), 2 * kept.len(), "{}: layers and records", house.name);
        for (image, _) in &kept {
            delete_image(&nodes[0], &arn, image).await;
        }
        house.give_everything_back(&nodes[1]).await;
        house.assert_empty(&nodes[1], "sweeps").await;
    }
}

/// Jobs of one node sleep at each point of their way; others do the same jobs meanwhile, and a
/// client pushes the same layer again.
#[tokio::test(flavor = "multi_thread")]
async fn a_sweep_that_sleeps_and_wakes_deletes_nothing_that_came_meanwhile() {
    for house in House::all() {
        let [a, b, c]: [Arc<Node>; 3] = house.nodes().map(Arc::new);
        let arn = a.make_repository("sleeper").await;
        for stop in 1.. {
            let layer = content(1, 30_000);
            let digest = push(&a, &arn, &layer).await;
            let image = a.put_image(&arn, &layer).await.unwrap();
            // Its record is written, or not begun, when the image goes.
            if stop % 2 == 0 {
                c.run_due().await;
            }
            delete_image(&c, &arn, &image).await;
            assert!(c.operations.delete_blob(&arn, &digest).await.unwrap());
            a.gate.stop_at(stop);
            let mut sweeping = sweep(&a);
            let mut stopped = a.gate.is_reached(|| sweeping.is_finished()).await;
            if !stopped {
                // The blob is condemned by now: the next run of jobs has bytes to delete.
                house.forward(GRACE);
                sweeping = sweep(&a);
                stopped = a.gate.is_reached(|| sweeping.is_finished()).await;
            }
            // While it sleeps, another does what it was about to do, and a client pushes the same
            // layer.
            house.forward(JOB_LEASE_AND_MORE);
            b.run_due().await;
            push(&c, &arn, &layer).await;
            c.put_image(&arn, &layer).await.unwrap();
            a.gate.open();
            sweeping.await.unwrap();
            let story = format!("{} at {stop}", house.name);
            assert!(b.read(&arn, &digest).await.unwrap() == layer, "{story}");
            b.run_due().await;
            c.assert_clean(&story).await;
            delete_image(&c, &arn, &image).await;
            house.give_everything_back(&b).await;
            house.assert_empty(&b, &story).await;
            if !stopped {
                assert!(stop > 4, "{story}: it deletes in steps");
                break;
            }
        }
    }
}

fn sweep(node: &Arc<Node>) -> JoinHandle<()> {
    let node = Arc::clone(node);
    start(async move { node.run_due().await })
}

#[tokio::test(flavor = "multi_thread")]
async fn two_writers_of_one_record_leave_one_record() {
    for house in House::all() {
        let [a, b, _c]: [Arc<Node>; 3] = house.nodes().map(Arc::new);
        let arn = a.make_repository("records").await;
        for stop in 1.. {
            let layer = content(stop as u64, 1_000);
            push(&b, &arn, &layer).await;
            let image = b.put_image(&arn, &layer).await.unwrap();
            a.gate.stop_at(stop);
            let writing = sweep(&a);
            let stopped = a.gate.is_reached(|| writing.is_finished()).await;
            house.forward(JOB_LEASE_AND_MORE);
            b.run_due().await;
            let deleted = stop % 2 == 0;
            if deleted {
                delete_image(&b, &arn, &image).await;
                b.run_due().await;
            }
            a.gate.open();
            writing.await.unwrap();
            b.run_due().await;
            let story = format!("{} at {stop}", house.name);
            b.assert_spotless(&story).await;
            if !deleted {
                delete_image(&b, &arn, &image).await;
            }
            house.give_everything_back(&b).await;
            house.assert_empty(&b, &story).await;
            if !stopped {
                assert!(stop > 4, "{story}: it writes in steps");
                break;
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_that_found_the_row_can_still_open_the_object() {
    for house in House::all() {
        let [a, b, c]: [Arc<Node>; 3] = house.nodes().map(Arc::new);
        let arn = a.make_repository("reader").await;
        for (number, early) in (0..).zip([Duration::ZERO, SKEW_MAX]) {
            let layer = content(number, 400_000);
            let digest = push(&a, &arn, &layer).await;
            b.clock.set_ahead(early);
            a.gate.stop_at(1);
            let reading = start({
                let (a, arn, digest) = (a.clone(), arn.clone(), digest.clone());
                async move { a.read(&arn, &digest).await }
            });
            assert!(a.gate.is_reached(|| reading.is_finished()).await);
            assert!(c.operations.delete_blob(&arn, &digest).await.unwrap());
            c.run_due().await;
            house.forward(less(GRACE, SKEW_MAX + Duration::from_secs(1)));
            tokio::join!(b.run_due(), c.run_due());
            a.gate.open();
            assert!(reading.await.unwrap().unwrap() == layer, "{}", house.name);
            house.give_everything_back(&b).await;
            house.assert_empty(&b, "reader").await;
        }
    }
}

/// The same layer comes by two uploads, and one that was condemned comes again while it is being
/// swept.
#[tokio::test(flavor = "multi_thread")]
async fn the_same_layer_on_two_nodes_is_held_once() {
    for house in House::all() {
        let [a, b, c]: [Arc<Node>; 3] = house.nodes().map(Arc::new);
        let arn = a.make_repository("twins").await;
        for stop in 1.. {
            let layer = content(stop as u64, 300_000);
            let digest = push(&c, &arn, &layer).await;
            assert!(c.operations.delete_blob(&arn, &digest).await.unwrap());
            c.run_due().await;
            a.gate.stop_at(stop);
            let pushing = start({
                let (a, arn, layer) = (a.clone(), arn.clone(), layer.clone());
                async move { push(&a, &arn, &layer).await }
            });
            let stopped = a.gate.is_reached(|| pushing.is_finished()).await;
            // In one half the condemned row goes meanwhile, in the other the layer comes again.
            if stop % 2 == 0 {
                house.forward(GRACE);
                b.run_due().await;
            } else {
                push(&b, &arn, &layer).await;
            }
            a.gate.open();
            pushing.await.unwrap();
            b.run_due().await;
            let story = format!("{} at {stop}", house.name);
            assert!(c.read(&arn, &digest).await.unwrap() == layer, "{story}");
            let objects = c.blobs.list(None, 100).await.unwrap();
            assert_eq!(objects.len(), 1, "{story}: {objects:?}");
            c.assert_clean(&story).await;
            house.give_everything_back(&b).await;
            house.assert_empty(&b, &story).await;
            if !stopped {
                break;
            }
        }
    }
}
