use std::collections::BTreeSet;

use db::on_both_engines;
use db::testing::Engine;
use operations::RootKeyState;

use crate::house::House;

on_both_engines!(
    a_rotation_seals_every_secret_again,
    a_former_root_key_can_be_taken_out,
    root_keys_rotate_again_and_again,
    a_root_key_that_was_left_by_a_crash_is_used,
);

/// What is sealed again.
const SECRETS: [&str; 4] =
    ["access_key.secret", "deployment_fact.value", "kms_material.sealed", "secret_version.sealed"];

/// What wraps the data keys of objects, whose headers have a copy, and is not touched.
const DATA_KEYS: [&str; 3] = ["blob.wrapped_key", "upload.parked", "upload.wrapped_key"];

fn columns(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// A column that is sealed and not listed here fails this test.
async fn a_rotation_seals_every_secret_again(engine: Engine) {
    let mut house = House::new(engine).await;
    let first = house.operations().keyring().current();
    let everything = [&SECRETS[..], &DATA_KEYS].concat();
    assert_eq!(house.columns_under(first).await, columns(&everything));

    let [from, to] = house.rotate().await;
    assert_eq!(from, first);
    house.push(b"a layer of after").await;
    house.reseal().await;
    assert_eq!(house.columns_under(from).await, columns(&DATA_KEYS));
    let under_new = [&SECRETS[..], &["blob.wrapped_key", "root_key.handed_down"]].concat();
    assert_eq!(house.columns_under(to).await, columns(&under_new));
    house.assert_all_opens().await;

    let described = house.describe().await;
    let progress = described.resealing.unwrap();
    assert_eq!((progress.root_key, progress.resealed), (to.to_string(), 5));
    let [old, new] = &described.root_keys[..] else { panic!("there are two") };
    assert_eq!((old.state, new.state), (RootKeyState::Retired, RootKeyState::Current));
    let seals = [old, new].map(|root| root.seals.map(|seals| (seals.secrets, seals.data_keys)));
    assert_eq!(seals, [Some((0, 1)), Some((5, 1))]);
    assert_eq!((old.needed.is_some(), new.needed.is_some()), (false, true));
}

async fn a_former_root_key_can_be_taken_out(engine: Engine) {
    let mut house = House::new(engine).await;
    let token = house.operations().keyring().sealing_key("tokens");
    let [from, to] = house.rotate().await;
    house.reseal().await;
    house.operations().remove_root_key(from).await.unwrap();
    for _ in 0..2 {
        assert_eq!(house.operations().keyring().held(), [to]);
        house.assert_all_opens().await;
        house.push(b"more").await;
        house.restart().await;
    }
    house.complete_upload().await;
    house.assert_all_opens().await;
    assert_eq!(house.operations().keyring().sealing_key("tokens").expose(), token.expose());
    let described = house.describe().await;
    assert!(!described.root_keys[0].is_held && described.root_keys[0].is_handed_down);
}

async fn root_keys_rotate_again_and_again(engine: Engine) {
    let mut house = House::new(engine).await;
    for round in 0..3_u8 {
        let [from, _] = house.rotate().await;
        house.push(&[round; 100]).await;
        house.reseal().await;
        house.operations().remove_root_key(from).await.unwrap();
        house.restart().await;
        house.assert_all_opens().await;
    }
    let known = house.operations().keyring().known();
    assert_eq!((known.len(), house.operations().keyring().held().len()), (4, 1));
}

async fn a_root_key_that_was_left_by_a_crash_is_used(engine: Engine) {
    let mut house = House::new(engine).await;
    let current = house.operations().keyring().current();
    let left = house.operations().keyring().add().unwrap();
    house.restart().await;
    assert_eq!(house.operations().keyring().current(), current, "it seals nothing");
    house.operations().settle_root_keys().await.unwrap();
    assert_eq!(house.operations().keyring().current(), current, "nor after a start");
    assert_eq!(house.rotate().await, [current, left]);
    house.reseal().await;
    house.assert_all_opens().await;
}
