//! Files for other programs: put, read and listed alike in folders and buckets.

use std::sync::Arc;

use blobs::{BucketFiles, FileStore, Files, LocalFiles, StoreError};
use tokio::runtime::Handle;

use crate::servers::{Nodes as _, Server};
use crate::support::content;

#[tokio::test(flavor = "multi_thread")]
async fn files_are_put_read_and_listed_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("made/when/needed");
    let mut stores: Vec<Arc<dyn FileStore>> = vec![Arc::new(LocalFiles::open(&root).unwrap())];
    let servers: Vec<Server> = Server::each("files in a bucket").collect();
    for server in &servers {
        let config = server.config_at(server.port(), "some/prefix");
        stores.push(Arc::new(BucketFiles::new(&config, Handle::current()).unwrap()));
    }
    for store in stores {
        let told = format!("{store:?}");
        let files = Files::new(store);
        assert_eq!(files.list("logs", "", 10).await.unwrap(), Vec::<String>::new(), "{told}");
        assert_eq!(files.read("logs/a", 10).await.unwrap(), None);
        let metadata =
            || vec![("signature", "00ff".to_owned()), ("signature-algorithm", "x".to_owned())];
        // As bytes, a dash comes before a slash, and a slash before a letter.
        let keys = ["logs/b-c/2", "logs/b/1", "logs/b/3", "logs/bb", "logs/c", "logs2/a"];
        for key in ["logs/c", "logs/b/3", "logs/b-c/2", "logs/bb", "logs2/a", "logs/b/1"] {
            files.put(key, content(1), metadata()).await.unwrap();
            files.put(key, content(100_000), metadata()).await.unwrap();
            assert_eq!(files.read(key, 100_000).await.unwrap(), Some(content(100_000)));
        }
        let long = files.read("logs/c", 99_999).await;
        assert!(matches!(long, Err(StoreError::TooLong { .. })), "{long:?}");
        assert_eq!(files.list("logs", "", 10).await.unwrap(), keys[..5], "{told}");
        for (at, key) in keys[..5].iter().enumerate() {
            assert_eq!(files.list("logs", key, 10).await.unwrap(), keys[at + 1..5], "{told} {key}");
            let one = files.list("logs", key, 1).await.unwrap();
            assert_eq!(one, keys[at + 1..5.min(at + 2)], "{told} {key}");
        }
        assert_eq!(files.list("logs", "logs/b/2", 10).await.unwrap(), keys[2..5], "{told}");
        assert_eq!(files.list("logs/b", "", 10).await.unwrap(), keys[1..3], "{told}");
        assert_eq!(files.read("logs/b", 10).await.unwrap(), None, "a folder is no file");
        for key in ["", "/a", "../a", "logs/.a", "a//b"] {
            assert!(files.put(key, content(1), Vec::new()).await.is_err(), "{key}");
            assert_eq!(files.read(key, 10).await.unwrap(), None, "{key}");
        }
        assert!(files.put("empty", Vec::new(), Vec::new()).await.is_err());
    }
}
