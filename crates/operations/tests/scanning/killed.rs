//! Scans that are stopped at any moment.

use db::on_both_engines;
use db::testing::Engine;
use names::ScanStatus;

use crate::house::{House, advisory, debian, dpkg, layer};

on_both_engines!(
    a_scan_that_is_stopped_goes_on_and_ends_as_if_it_had_not_been,
    a_scan_that_the_store_fails_ends_when_the_store_is_back,
);

/// Failures of the database, one run for each: as a process that ends there.
const STOPS: u32 = 40;

async fn a_scan_that_is_stopped_goes_on_and_ends_as_if_it_had_not_been(engine: Engine) {
    let mut house = House::new(engine).await;
    house
        .import(&[advisory(1, "openssl", None, "high"), advisory(2, "bash", Some("6"), "low")])
        .await;
    let upper = dpkg(&[("openssl", "3.0.9-1", "openssl"), ("bash", "5", "bash")]);
    let upper = layer(&[("var/lib/dpkg/status", &upper)]);
    let expected = ["HIGH CVE-2024-1 openssl 3.0.9-1 none", "LOW CVE-2024-2 bash 5 6"];
    for stop in 1..STOPS {
        let tag = format!("v{stop}");
        // Another package each time, so that none is judged already.
        let extra = dpkg(&[(&format!("extra{stop}"), "1", &format!("extra{stop}"))]);
        let extra = layer(&[("var/lib/dpkg/status.d/extra", &extra)]);
        house.push(&tag, &[debian(), upper.clone(), extra]).await;
        house.world.db().faults().fail_commit(stop);
        house.world.run_due().await;
        house.world.db().faults().clear();
        house.world.restart();
        for _ in 0..3 {
            // Leases end, and jobs that failed are tried again.
            house.world.clock.forward(std::time::Duration::from_mins(20));
            house.run().await;
        }
        assert_eq!(house.status(&tag).await.0, ScanStatus::Complete, "stopped at {stop}");
        assert_eq!(house.findings(&tag).await, expected, "stopped at {stop}");
    }
}

async fn a_scan_that_the_store_fails_ends_when_the_store_is_back(engine: Engine) {
    let mut house = House::new(engine).await;
    house.import(&[advisory(1, "openssl", None, "high")]).await;
    house.push("v1", &[debian()]).await;
    house.forbid_reading();
    house.world.run_due().await;
    assert_eq!(house.status("v1").await.0, ScanStatus::InProgress);
    house.world.faults().disarm();
    house.world.clock.forward(std::time::Duration::from_mins(20));
    house.run().await;
    assert_eq!(house.status("v1").await.0, ScanStatus::Complete);
}
