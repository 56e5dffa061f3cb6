//! A node whose clock is wrong by more than the protocol allows.

use std::time::Duration;

use names::Digest;
use operations::{Failure, Refusal, UploadRefusal};

use crate::house::{House, Node, chunk, content};

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_days_off_loses_no_layer_of_an_image_and_ends_every_request_clearly() {
    for house in House::all() {
        for days in [-30_i64, 30] {
            let [right, wrong]: [Node; 2] = house.nodes();
            let off = Duration::from_hours(30 * 24);
            if days < 0 {
                wrong.clock.set_behind(off);
            } else {
                wrong.clock.set_ahead(off);
            }
            let arn = right.make_repository(&format!("off-by-{}", days + 30)).await;
            let layer = content(days.unsigned_abs(), 60_000);
            let digest = Digest::sha256(&layer);
            let id = right.begin(&arn).await;
            right.complete(&arn, &id, Some(chunk(0, &layer)), &digest).await.unwrap();
            right.put_image(&arn, &layer).await.unwrap();
            // An upload that has just begun is abandoned if the clock says that it is old; the
            // client is told.
            let late = content(days.unsigned_abs() + 2, 60_000);
            let begun = right.begin(&arn).await;
            right.append(&arn, &begun, 0, &late).await.unwrap();
            wrong.run_due().await;
            match right.complete(&arn, &begun, None, &Digest::sha256(&late)).await {
                Ok(_) => assert!(days < 0),
                Err(Failure::Refused(Refusal::Upload(UploadRefusal::NotFound { .. }))) => {
                    assert!(days > 0);
                }
                Err(other) => panic!("{}: {other:?}", house.name),
            }
            // What the wrong node writes, the right one reads, and the other way round.
            let pushed = content(days.unsigned_abs() + 1, 60_000);
            let id = wrong.begin(&arn).await;
            let whole = Digest::sha256(&pushed);
            wrong.append(&arn, &id, 0, &pushed[..30_000]).await.unwrap();
            right
                .complete(&arn, &id, Some(chunk(30_000, &pushed[30_000..])), &whole)
                .await
                .unwrap();
            right.put_image(&arn, &pushed).await.unwrap();
            tokio::join!(right.run_due(), wrong.run_due());
            for layer in [&layer, &pushed] {
                let digest = Digest::sha256(layer);
                assert!(right.read(&arn, &digest).await.as_ref() == Some(layer), "{}", house.name);
                assert!(right.operations.head_blob(&arn, &digest).await.unwrap().is_some());
            }
            wrong.assert_clean(house.name).await;
            right.operations.delete_repository(&arn, true).await.unwrap();
            house.give_everything_back(&right).await;
        }
    }
}
