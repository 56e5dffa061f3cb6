use db::on_both_engines;
use db::testing::Engine;
use operations::IfUnsealed;
use operations::fsck::rebuild;

use crate::fixture::parse;
use crate::house::House;

on_both_engines!(a_rebuild_finds_former_root_keys_beside_the_objects);

async fn a_rebuild_finds_former_root_keys_beside_the_objects(engine: Engine) {
    let mut house = House::new(engine).await;
    let mut taken_out = Vec::new();
    for round in 0..2_u8 {
        let [from, _] = house.rotate().await;
        house.push(&[round; 100]).await;
        house.reseal().await;
        house.operations().remove_root_key(from).await.unwrap();
        taken_out.push(from);
    }
    house.world.stop();
    house.world.rows.lose();
    house.world.restart();
    assert_eq!(house.operations().keyring().known().len(), 1);

    assert_eq!(house.operations().recall_root_keys().await.unwrap(), 2);
    assert_eq!(house.operations().recall_root_keys().await.unwrap(), 0, "they are known now");
    assert_eq!(house.operations().keyring().known()[..2], taken_out);
    let mut skipped = |object: &names::ObjectKey, why: &str| {
        assert!(why.contains("never finished"), "{object}: {why}");
    };
    rebuild(house.operations(), IfUnsealed::Refuse, &parse, &mut skipped).await.unwrap();
    house.operations().settle_root_keys().await.unwrap();
    house.reseal().await;
    for layer in &house.layers {
        let digest = names::Digest::sha256(layer);
        let read = house.world.read_blob(&house.web, &digest).await;
        assert_eq!(read.as_deref(), Some(layer.as_slice()));
    }
}
