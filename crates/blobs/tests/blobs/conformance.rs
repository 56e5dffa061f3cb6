//! The shipped stores keep the contract.

use std::sync::Arc;

use blobs::testing::FaultyStore;
use blobs::{LocalStore, ObjectStore, conformance};

fn local(folder: &tempfile::TempDir) -> Arc<dyn ObjectStore> {
    Arc::new(LocalStore::open(folder.path()).expect("a folder of its own"))
}

#[test]
fn the_local_store_conforms() {
    let folders = std::cell::RefCell::new(Vec::new());
    conformance::all(|| {
        let folder = tempfile::tempdir().expect("a folder of its own");
        let store = local(&folder);
        folders.borrow_mut().push(folder);
        store
    });
}

#[test]
fn the_faulty_store_conforms_while_nothing_is_armed() {
    let folders = std::cell::RefCell::new(Vec::new());
    conformance::all(|| {
        let folder = tempfile::tempdir().expect("a folder of its own");
        let (store, _) = FaultyStore::new(local(&folder));
        folders.borrow_mut().push(folder);
        Arc::new(store)
    });
}
