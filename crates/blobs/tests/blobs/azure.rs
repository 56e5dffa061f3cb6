//! Features of Azure Blob Storage only, with a real server.

use std::time::Duration;

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use blobs::{
    AzureConfig, AzureCredential, BucketConfig, BucketStore, CloudConfig, ObjectStore as _,
};
use stand_ins::{AzureServer, Proxy, Trouble, or_skipped};
use tokio::runtime::Handle;

use crate::bucket_support::{
    MIB, append, assert_reads_back, begin, blobs, commit, key, now, off, resume_ready, writer_of,
};
use crate::servers::{Nodes as _, kept_on_azure};
use crate::support::{BOTH, Suite, content};

type Change = fn(&mut BucketConfig, &mut AzureConfig);

/// The trouble that one request meets, chosen by words of its first line.
type Happens = Option<(&'static str, Trouble)>;

fn node(config: &BucketConfig) -> BucketStore {
    BucketStore::new(config, Handle::current()).unwrap()
}

/// Azure takes no metadata with parts, so ends are never kept apart.
#[tokio::test(flavor = "multi_thread")]
async fn content_on_azure_keeps_its_ends_and_has_no_address() {
    let name = "content_on_azure_keeps_its_ends_and_has_no_address";
    let Some(server) = or_skipped(name, AzureServer::start()) else { return };
    let node = blobs(server.node("p"));
    for (number, length) in (1..).zip([0, 6, 100_000, 12 * MIB]) {
        let bytes = content(length);
        let mut upload = begin(&node, number, Suite::Storage);
        append(&mut upload, &bytes).await.unwrap();
        commit(upload, &bytes).await;
        assert_reads_back(&node, number, Suite::Storage, &bytes).await;
        let address = node.presigned(&key(number), now(), Duration::from_mins(1)).await.unwrap();
        assert_eq!(address, None);
    }
}

/// Azure keeps blocks that are in no object for a week; no one pays for them that long.
#[tokio::test(flavor = "multi_thread")]
async fn blocks_of_a_forgotten_upload_are_dropped_before_it_is_removed() {
    let name = "blocks_of_a_forgotten_upload_are_dropped_before_it_is_removed";
    let Some(server) = or_skipped(name, AzureServer::start()) else { return };
    let proxy = Proxy::before(server.port);
    let node = blobs(server.node_at(proxy.port, ""));
    for suite in BOTH {
        let mut upload = begin(&node, 1, suite);
        append(&mut upload, &content(12 * MIB)).await.unwrap();
        upload.park().await.unwrap();
        let object = format!("objects/{}", key(1));
        let sent = proxy.take_lines();
        let blocks = sent.iter().filter(|line| line.contains("comp=block&")).count();
        assert!(blocks >= 2, "{sent:?}");
        node.delete(&key(1)).await.unwrap();
        let asked = proxy.take_lines();
        let lists = |line: &&String| line.contains(&object) && line.contains("comp=blocklist");
        assert_eq!(asked.iter().filter(lists).count(), 1, "{asked:?}");
        assert_eq!(kept_on_azure(&server), [] as [&str; 0]);
    }
}

/// A list of blocks names what is in no object yet. So a reader of a torn upload cannot cut one
/// that was committed since it looked.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_committed_while_another_salvages_it_stays_whole() {
    let name = "what_is_committed_while_another_salvages_it_stays_whole";
    let Some(server) = or_skipped(name, AzureServer::start()) else { return };
    let proxy = Proxy::before(server.port);
    let (one, two) = (server.node_at(proxy.port, ""), server.node_at(proxy.port, ""));
    off(move || {
        let bytes = content(24 * MIB);
        let mut writer = one.create(&key(1), blobs::Expected::default()).unwrap();
        writer.append(&bytes[..12 * MIB]).unwrap();
        let state = writer.park().unwrap();
        let mut writer = writer_of(one.reopen(&key(1), &state).unwrap());
        writer.append(&bytes[12 * MIB..]).unwrap();
        // Its claims stay.
        proxy.trouble("comp=batch", Trouble::Refused(403, "AuthorizationFailure"));
        proxy.trouble("comp=batch", Trouble::Refused(403, "AuthorizationFailure"));
        writer.commit().unwrap();
        // The other one looked before.
        proxy.trouble("HEAD", Trouble::Answered(404));
        proxy.take_lines();
        let mut read = vec![0; 12 * MIB];
        two.salvage(&key(1), &state).unwrap().read_at(0, &mut read).unwrap();
        assert!(read == bytes[..12 * MIB], "what was parked");
        let asked = proxy.take_lines();
        assert!(asked.iter().any(|line| line.contains("comp=blocklist")), "it tried: {asked:?}");
        let mut whole = two.open(&key(1)).unwrap();
        assert_eq!(whole.length(), bytes.len() as u64);
        let mut read = vec![0; bytes.len()];
        whole.read_at(0, &mut read).unwrap();
        assert!(read == bytes, "all of it");
    })
    .await;
}

/// The error of a start with an unusable container. The proxy sends those answers of Azure that
/// this server cannot be made to send.
#[tokio::test(flavor = "multi_thread")]
async fn a_container_that_cannot_be_used_is_refused_with_what_to_do() {
    let name = "a_container_that_cannot_be_used_is_refused_with_what_to_do";
    let Some(server) = or_skipped(name, AzureServer::start()) else { return };
    let nothing: Change = |_, _| {};
    let refused = |status, code| Some(("PUT", Trouble::Refused(status, code)));
    #[rustfmt::skip]
    let cases: [(Change, Happens, &str); 11] = [
        (|c, _| c.bucket = "not-there".to_owned(),          None, "the container does not exist; create it"),
        (|_, c| c.credential = AzureCredential::AccessKey("b3RoZXI=".to_owned().into()), None, "the storage account refuses; check LONGSHORE_AZURE_ACCESS_KEY"),
        (|_, c| c.credential = AzureCredential::SasToken("sv=2021-12-02&ss=b&srt=co&sp=rwdlc&se=2099-01-01&sig=bm8=".to_owned().into()), None, "the storage account refuses; check LONGSHORE_AZURE_ACCESS_KEY"),
        (|_, c| c.endpoint = Some("http://127.0.0.1:9/anaccount".to_owned()), None, "check the store and the network"),
        (nothing, refused(403, "AuthorizationPermissionMismatch"), "it needs read, create, write, delete and list"),
        (nothing, refused(403, "AuthorizationFailure"),           "the networks that the account allows"),
        (nothing, refused(403, "AuthenticationFailed"),           "does not belong to LONGSHORE_AZURE_ACCOUNT, the token has expired, or this machine's clock"),
        (nothing, refused(403, "AccountIsDisabled"),              "the storage account is disabled"),
        (nothing, Some(("PUT", Trouble::Answered(201))),          "ignores If-None-Match"),
        (nothing, Some(("comp=list", Trouble::Refused(403, "AuthorizationPermissionMismatch"))), "could not list objects; the token lacks a right"),
        (nothing, Some(("comp=batch", Trouble::Refused(403, "AuthorizationPermissionMismatch"))), "could not remove an object; the token lacks a right"),
    ];
    for (change, trouble, because) in cases {
        let proxy = Proxy::before(server.port);
        let mut config = server.config_at(proxy.port, "");
        let CloudConfig::Azure(mut azure) = config.cloud.clone() else { panic!("it is Azure") };
        change(&mut config, &mut azure);
        config.cloud = CloudConfig::Azure(azure);
        if let Some((words, trouble)) = trouble {
            // Once for each try.
            for _ in 0..=config.patience.retries {
                proxy.trouble(words, trouble);
            }
        }
        let node = node(&config);
        let Err(error) = off(move || node.check()).await else { panic!("{because}: it passed") };
        let text = error.to_string();
        assert!(text.contains(because), "{because}: {text} ({error:?})");
        assert!(!format!("{error:?}").contains("bm8"), "a token is not told: {error:?}");
    }
}

/// A signature for a container, to read, create, write, delete and list until `over`.
fn token(container: &str, over: &str) -> String {
    let (version, rights) = ("2019-12-12", "rcwdl");
    let account = AzureServer::ACCOUNT;
    let text =
        format!("{rights}\n\n{over}\n/blob/{account}/{container}\n\n\n\n{version}\nc\n\n\n\n\n\n");
    let key = hmac::Key::new(hmac::HMAC_SHA256, &BASE64_STANDARD.decode(AzureServer::KEY).unwrap());
    let signature = BASE64_STANDARD.encode(hmac::sign(&key, text.as_bytes()));
    let signature = signature.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
    format!("sv={version}&sr=c&sp={rights}&se={over}&sig={signature}")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_lets_in_as_a_key_does() {
    let Some(server) = or_skipped("a_token_lets_in_as_a_key_does", AzureServer::start()) else {
        return;
    };
    let until = |over: &str| {
        let mut config = server.config_at(server.port, "p");
        let CloudConfig::Azure(azure) = &mut config.cloud else { panic!("it is Azure") };
        azure.credential = AzureCredential::SasToken(token(&server.container, over).into());
        node(&config)
    };
    let (over, ours) = (until("2020-01-01"), until("2099-01-01"));
    let refused = off(move || over.check()).await.unwrap_err();
    assert!(refused.to_string().contains("LONGSHORE_AZURE_SAS_TOKEN"), "{refused}");
    off(move || ours.check()).await.unwrap();
    let (node, bytes) = (blobs(until("2099-01-01")), content(12 * MIB));
    let mut upload = begin(&node, 1, Suite::Sealed);
    append(&mut upload, &bytes).await.unwrap();
    let parked = upload.park().await.unwrap();
    commit(resume_ready(&node, &parked, Suite::Sealed).await, &bytes).await;
    assert_reads_back(&node, 1, Suite::Sealed, &bytes).await;
    assert_eq!(node.list(None, 10).await.unwrap(), [key(1)]);
    node.delete(&key(1)).await.unwrap();
    assert_eq!(kept_on_azure(&server), [] as [&str; 0]);
}

/// The library does not repeat a `POST` that is not answered in time.
#[tokio::test(flavor = "multi_thread")]
async fn a_removal_that_is_not_answered_is_tried_again() {
    let name = "a_removal_that_is_not_answered_is_tried_again";
    let Some(server) = or_skipped(name, AzureServer::start()) else { return };
    let proxy = Proxy::before(server.port);
    let mut config = server.config_at(proxy.port, "");
    config.patience.read = Duration::from_secs(1);
    let node = node(&config);
    proxy.trouble("comp=batch", Trouble::Slow(Duration::from_secs(3)));
    off(move || node.check()).await.unwrap();
    assert_eq!(proxy.troubles_left(), 0);
    assert_eq!(kept_on_azure(&server), [] as [&str; 0]);
}
