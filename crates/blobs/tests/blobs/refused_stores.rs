//! The errors of a start with a bucket that cannot be used.

use blobs::{BucketConfig, BucketStore, CloudConfig, S3Config};
use stand_ins::{Proxy, S3Server, Trouble, or_skipped};

use crate::bucket_support::off;
use crate::servers::{Nodes as _, Server};

type Change = fn(&mut BucketConfig, &mut S3Config);

/// The trouble that one request meets, chosen by words of its first line.
type Happens = Option<(&'static str, Trouble)>;

/// The error of a start with an unusable store. The proxy sends those answers of S3 that this
/// server cannot be made to send.
#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_cannot_be_used_is_refused_with_what_to_do() {
    let name = "a_store_that_cannot_be_used_is_refused_with_what_to_do";
    let Some(server) = or_skipped(name, S3Server::start()) else { return };
    let nothing: Change = |_, _| {};
    let refused = |status, code| Some(("PUT", Trouble::Refused(status, code)));
    #[rustfmt::skip]
    let cases: [(Change, Happens, &str); 13] = [
        (|c, _| c.bucket = "not-there".to_owned(),             None, "the bucket does not exist; create it"),
        (|_, c| c.secret_access_key = "other".to_owned().into(), None, "LONGSHORE_S3_SECRET_ACCESS_KEY does not belong to"),
        (|_, c| c.access_key_id = "unknown".to_owned(),        None, "the store does not know LONGSHORE_S3_ACCESS_KEY_ID"),
        (|_, c| c.region = "eu-north-1".to_owned(),            None, "LONGSHORE_S3_REGION is not the bucket's Region"),
        (|_, c| c.endpoint = Some("http://127.0.0.1:9".to_owned()), None, "check the store and the network"),
        (nothing, refused(403, "RequestTimeTooSkewed"),           "clock"),
        (nothing, refused(403, "AccessDenied"),                   "it needs s3:GetObject, s3:PutObject"),
        (nothing, refused(400, "AuthorizationHeaderMalformed"),   "LONGSHORE_S3_REGION is not the bucket's Region"),
        (nothing, refused(418, "SomethingElse"),                  "see the store's answer"),
        (nothing, Some(("PUT", Trouble::Answered(200))), "ignores If-None-Match"),
        (nothing, Some(("GET /bucket/checks", Trouble::Refused(403, "AccessDenied"))), "it needs s3:GetObject"),
        (nothing, Some(("list-type", Trouble::Refused(403, "AccessDenied"))), "could not list objects; the key lacks a right"),
        (nothing, Some(("uploads=", Trouble::Refused(501, "NotImplemented"))), "the store lacks a feature"),
    ];
    for (change, trouble, because) in cases {
        let proxy = Proxy::before(server.port);
        let mut config = server.config_at(proxy.port, "");
        let CloudConfig::S3(mut s3) = config.cloud.clone() else { panic!("it is S3") };
        change(&mut config, &mut s3);
        config.cloud = CloudConfig::S3(s3);
        if let Some((words, trouble)) = trouble {
            // Once for each try.
            for _ in 0..=config.patience.retries {
                proxy.trouble(words, trouble);
            }
        }
        let node = BucketStore::new(&config, tokio::runtime::Handle::current()).unwrap();
        let checked = off(move || node.check()).await;
        let Err(error) = checked else { panic!("{because}: it passed") };
        assert!(error.to_string().contains(because), "{because}: {error} ({error:?})");
        assert_eq!(server.files(), [] as [std::path::PathBuf; 0], "{because}: nothing is left");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bucket_that_others_begin_to_use_is_there() {
    let name = "a_bucket_that_others_begin_to_use_is_there";
    for server in Server::each(name) {
        for _ in 0..20 {
            // Each removes its probe, and with it, here, the folder that another is about to put
            // one into.
            let nodes: Vec<_> = (0..8).map(|_| server.node("p")).collect();
            let checks = nodes.into_iter().map(|node| off(move || node.check()));
            for checked in futures_util::future::join_all(checks).await {
                checked.unwrap();
            }
        }
        let proxy = Proxy::before(server.port());
        proxy.trouble("checks", Trouble::AnswerLost);
        let node = server.node_at(proxy.port, "p");
        off(move || node.check()).await.unwrap();
        assert_eq!(server.kept(), [] as [&str; 0], "nothing is left");
    }
}
