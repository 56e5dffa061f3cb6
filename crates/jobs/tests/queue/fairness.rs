//! A flood and a slow job hold up no others.

use std::time::Duration;

use db::on_both_engines;
use db::testing::Engine;
use jobs::{Lane, Runner};

use crate::office::{Office, Script};

on_both_engines!(
    a_flood_in_one_lane_leaves_the_other_alone,
    a_flood_of_one_cause_waits_for_itself,
    a_slow_job_holds_one_place_and_no_other_job,
);

async fn a_flood_in_one_lane_leaves_the_other_alone(engine: Engine) {
    let office = Office::new(engine, []);
    for about in 0..30 {
        office.ask(&format!("flood.{about}")).await;
    }
    let (db, bodies, clock) = (office.db.clone(), office.bodies.clone(), office.clock.clone());
    let records = Runner::new(Lane::Records, db, bodies, clock);
    assert_eq!(records.run_due().await.unwrap(), 0);
    let runner = office.runner();
    assert_eq!(runner.run_due().await.unwrap(), 6, "all places but two, for one cause");
}

async fn a_flood_of_one_cause_waits_for_itself(engine: Engine) {
    let office = Office::new(engine, []);
    for number in 0..100 {
        office.ask(&format!("flood.{number}")).await;
    }
    office.forward(Duration::from_secs(1));
    for about in ["calm.1", "calm.2", "zest.1"] {
        office.ask(about).await;
    }
    let runner = office.runner();
    assert_eq!(runner.run_due().await.unwrap(), 8);
    let ran = office.ran();
    let of = |cause: &str| ran.iter().filter(|about| about.starts_with(cause)).count();
    assert_eq!((of("calm"), of("zest"), of("flood")), (2, 1, 5), "each in its turn: {ran:?}");
    assert_eq!(runner.run_due().await.unwrap(), 6, "one cause leaves places for others");
}

async fn a_slow_job_holds_one_place_and_no_other_job(engine: Engine) {
    let office = Office::new(engine, [Script::Hang]);
    for number in 0..20 {
        office.ask(&format!("cause.{number}")).await;
    }
    let runner = office.runner();
    let others = async {
        while office.bodies.ran.lock().unwrap().len() < 20 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    tokio::select! {
        () = runner.run() => panic!("it runs for ever"),
        () = others => {}
        () = tokio::time::sleep(Duration::from_secs(30)) => panic!("{:?}", office.ran()),
    }
}
