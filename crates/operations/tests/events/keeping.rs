//! How long events are kept, and for whom.

use std::time::Duration;

use db::on_both_engines;
use db::testing::Engine;
use names::{RegistryId, Timestamp};

use crate::house::{DAY, House};

on_both_engines!(
    events_are_forgotten_after_their_time,
    without_events_nothing_is_written_down,
    events_are_told_in_their_own_registry_and_time_alone,
);

async fn events_are_forgotten_after_their_time(engine: Engine) {
    let mut house = House::new(engine).await;
    for _ in 0..2 {
        house.world.operations().begin_forgetting_events().await.unwrap();
    }
    house.image(&[]).await;
    for (days, left) in [(0, 1), (6, 1), (2, 0), (1, 0)] {
        house.world.clock.forward(days * DAY);
        house.world.run_due().await;
        assert_eq!(house.lines().await.len(), left, "after {days} days more");
    }
    // The rows are gone, too: with a longer time they would be seen again.
    house.world.keep_events = 1_000 * DAY;
    house.world.restart();
    assert_eq!(house.lines().await, Vec::<String>::new());
    let jobs = house.world.operations().list_jobs(None, 0, 10).await.unwrap();
    assert_eq!(jobs.iter().filter(|job| job.job.name == "forget_events").count(), 1);
}

async fn without_events_nothing_is_written_down(engine: Engine) {
    let mut house = House::new(engine).await;
    house.world.keep_events = Duration::ZERO;
    house.world.restart();
    house.image(&["v1"]).await;
    house.world.keep_events = 10 * DAY;
    house.world.restart();
    assert_eq!(house.lines().await, Vec::<String>::new());
}

async fn events_are_told_in_their_own_registry_and_time_alone(engine: Engine) {
    let mut house = House::new(engine).await;
    house.image(&["v1"]).await;
    house.image(&["v2"]).await;
    let home = house.web.registry.clone();
    let list = async |registry: &RegistryId, since: i64, until: i64| {
        let span = (Timestamp::from_seconds(since), Timestamp::from_seconds(until));
        house.world.operations().list_events(registry, span, None, 10).await.unwrap().len()
    };
    #[rustfmt::skip]
    let cases = [
        // since | until | events | because
        (0,        9,      2,       "both"),
        (1,        1,      1,       "both ends count"),
        (2,        9,      1,       "the second"),
        (3,        9,      0,       "none since"),
        (0,        0,      0,       "none until"),
    ];
    for (since, until, events, because) in cases {
        assert_eq!(list(&home, since, until).await, events, "{because}");
    }
    let others = [
        RegistryId { account: "210987654321".parse().unwrap(), region: home.region.clone() },
        RegistryId { account: home.account.clone(), region: "eu-west-1".parse().unwrap() },
    ];
    for other in others {
        assert_eq!(list(&other, 0, 9).await, 0, "{other:?}");
    }
}
