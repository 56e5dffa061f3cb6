use db::on_both_engines;
use db::testing::Engine;

use crate::house::{House, LATER};

on_both_engines!(a_rotation_that_is_stopped_anywhere_comes_to_its_end);

/// The n-th commit of a rotation fails, for each n, and the process starts anew.
async fn a_rotation_that_is_stopped_anywhere_comes_to_its_end(engine: Engine) {
    let mut house = House::new(engine).await;
    for nth in 1..12 {
        house.world.db().faults().fail_commit(nth);
        let rotated = house.operations().rotate_root_key().await;
        house.world.run_due().await;
        house.world.clock.forward(LATER);
        house.world.run_due().await;
        house.world.db().faults().clear();
        house.restart().await;
        house.assert_all_opens().await;
        if rotated.is_err() {
            assert!(!house.describe().await.is_rotating, "{nth}: nothing was begun");
        }
        // Its lease, if it has one, ends.
        house.world.clock.forward(std::time::Duration::from_mins(20));
        house.reseal().await;
        house.assert_all_opens().await;
        let roots = house.describe().await.root_keys;
        let needed = roots.iter().filter(|root| root.needed.is_some()).count();
        assert_eq!(needed, 1, "{nth}: {roots:?}");
    }
}
