//! The trail of a running server, verified by the AWS CLI and by our own command.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use black_box::{Invocation, Server};

const TRAIL: &str = "arn:aws:cloudtrail:us-east-1:123456789012:trail/proof";

/// A digest file covers a minute here.
const DIGEST_MAX: Duration = Duration::from_secs(150);

/// The files of a folder, without signatures.
fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|it| it == "gz") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Makes a call, and waits until a digest file has its log file: a start delivers at once.
fn await_digests(server: &mut Server, digests: &Path, count: usize) {
    let begun = Instant::now();
    server.create_repository(&format!("web-{count}"));
    while files(digests).len() < count {
        assert!(begun.elapsed() < DIGEST_MAX, "no digest file was delivered");
        std::thread::sleep(Duration::from_secs(1));
    }
}

fn validate(server: &Server) -> Invocation {
    let start = ["--start-time", "2020-01-01T00:00:00Z", "--verbose"];
    server.aws(["cloudtrail", "validate-logs", "--trail-arn", TRAIL]).args(start)
}

#[test]
fn the_aws_cli_and_our_own_command_verify_the_trail_and_name_what_was_changed() {
    let place = tempfile::tempdir().expect("a folder");
    let root = place.path().join("trail");
    let folder = root.to_str().expect("a path of plain text");
    let mut server = Server::start_with(&[
        "--audit-trail",
        folder,
        "--audit-trail-name",
        "proof",
        "--audit-digest-minutes",
        "1",
    ]);
    let digests = root.join("AWSLogs/123456789012/CloudTrail-Digest/us-east-1");
    let logs = root.join("AWSLogs/123456789012/CloudTrail/us-east-1");
    await_digests(&mut server, &digests, 1);
    await_digests(&mut server, &digests, 2);

    let valid = validate(&server).succeeds();
    for line in ["2/2 digest files valid", "log files valid"] {
        assert!(valid.contains(line), "{valid}");
    }
    assert!(!valid.contains("INVALID"), "{valid}");
    let ours = server.longshore(["audit", "verify", folder]).succeeds();
    assert!(ours.contains("2 digest files") && !ours.contains("INVALID"), "{ours}");
    // What it is verified by can be kept elsewhere.
    let keys = server.aws(["cloudtrail", "list-public-keys"]).succeeds();
    let kept = place.path().join("keys.json");
    fs::write(&kept, keys).expect("the folder takes a file");
    let kept = kept.to_str().expect("a path of plain text");
    let offline = ["audit", "verify", folder, "--public-keys", kept];
    server.longshore(offline).env("AWS_ENDPOINT_URL", "http://127.0.0.1:9").succeeds();

    let (digest, log) = (files(&digests), files(&logs));
    only_those_who_may_read(&server, digest[0].strip_prefix(&root).expect("it is in the folder"));
    let signature = PathBuf::from(format!("{}.signature", digest[1].display()));
    let other = fs::read(&log[0]).expect("a log file");
    #[rustfmt::skip]
    let cases: [(&Path, Option<&[u8]>, &str); 5] = [
        (&log[0],    Some(&forged(&other)), "hash value doesn't match"),
        (&log[0],    None,                  "not found"),
        (&digest[0], None,                  "not found"),
        (&digest[0], Some(&forged(&fs::read(&digest[0]).expect("a digest file"))), "signature verification failed"),
        (&signature, Some(br#"{"signature":"00","signature-algorithm":"SHA256withRSA"}"#), "signature verification failed"),
    ];
    for (path, bytes, because) in cases {
        let before = fs::read(path).expect("it is there");
        match bytes {
            Some(bytes) => fs::write(path, bytes).expect("it can be changed"),
            None => fs::remove_file(path).expect("it can be removed"),
        }
        for told in
            [validate(&server).fails(), server.longshore(["audit", "verify", folder]).fails()]
        {
            let is_named =
                told.lines().any(|line| line.contains("INVALID") && line.contains(because));
            assert!(is_named, "{because} is not in {told}");
        }
        fs::write(path, before).expect("it can be put back");
    }

    a_cut_off_end_is_noticed(&server, folder, &digests);
}

/// The AWS CLI does not see that the newest end is missing.
fn a_cut_off_end_is_noticed(server: &Server, folder: &str, digests: &Path) {
    let newest = files(digests).pop().expect("there are some");
    for path in [newest.clone(), PathBuf::from(format!("{}.signature", newest.display()))] {
        fs::remove_file(path).expect("it can be removed");
    }
    let told = server.longshore(["audit", "verify", folder]).fails();
    assert!(told.contains("the newest are missing"), "{told}");
}

/// Reads of the bucket, by callers that may and may not.
fn only_those_who_may_read(server: &Server, digest: &Path) {
    let digest = digest.to_str().expect("a path of plain text");
    let location = ["s3api", "get-bucket-location", "--bucket", "proof"];
    let list = ["s3api", "list-objects", "--no-paginate", "--bucket", "proof", "--prefix"];
    let folder = "AWSLogs/123456789012/CloudTrail-Digest/us-east-1";
    let object = ["s3api", "get-object", "--bucket", "proof", "/dev/null", "--key"];
    let may = |run: Invocation| run.succeeds();
    may(server.aws(location));
    assert!(may(server.aws(list).args([folder])).contains(digest));
    let got = may(server.aws(object).args([digest]));
    assert!(got.contains("SHA256withRSA"), "{got}");
    #[rustfmt::skip]
    let refused = [
        (server.aws(object).args(["AWSLogs/123456789012/CloudTrail-Digest/none"]),      "NoSuchKey"),
        (server.aws(object).args([&format!("{digest}.signature")]),                     "NoSuchKey"),
        (server.aws(["s3api", "get-bucket-location", "--bucket", "another"]),           "NoSuchBucket"),
        (server.aws(list).args(["AWSLogs/"]),                                           "AccessDenied"),
        (server.aws(list).args(["AWSLogs/123456789012", "--delimiter", "/"]),           "NotImplemented"),
        (server.aws(["s3api", "delete-object", "--bucket", "proof", "--key", digest]),  "NotImplemented"),
    ];
    for (run, code) in refused {
        let told = run.fails();
        assert!(told.contains(code), "{told} is not {code}");
    }
    // A user without rights, and another account.
    server.aws(["iam", "create-user", "--user-name", "kim"]).succeeds();
    let key = server.aws(["iam", "create-access-key", "--user-name", "kim"]).succeeds();
    let kim = credentials(&key, "AccessKey");
    let other =
        credentials(&server.longshore(["account", "create", "111122223333"]).succeeds(), "");
    let by = |(id, secret): &(String, String), run: Invocation| {
        run.env("AWS_ACCESS_KEY_ID", id).env("AWS_SECRET_ACCESS_KEY", secret)
    };
    for run in [
        by(&kim, server.aws(location)),
        by(&kim, server.aws(list).args([folder])),
        by(&kim, server.aws(object).args([digest])),
        by(&other, server.aws(list).args([folder])),
        by(&other, server.aws(object).args([digest])),
    ] {
        let told = run.fails();
        assert!(told.contains("AccessDenied") && told.contains("not authorized"), "{told}");
    }
    may(by(&other, server.aws(location)));
    may(by(&other, server.aws(list).args(["AWSLogs/111122223333/CloudTrail"])));
    let trails = may(by(&other, server.aws(["cloudtrail", "describe-trails"])));
    assert!(trails.contains("111122223333:trail/proof"), "{trails}");
}

/// The access key in an answer.
fn credentials(answer: &str, within: &str) -> (String, String) {
    let answer: serde_json::Value = serde_json::from_str(answer).expect("the answer is JSON");
    let answer = if within.is_empty() { &answer } else { &answer[within] };
    let text = |member: &str| answer[member].as_str().expect("it is there").to_owned();
    (text("AccessKeyId"), text("SecretAccessKey"))
}

/// The same JSON with another name in it, compressed without being shorter.
fn forged(gzip: &[u8]) -> Vec<u8> {
    use std::io::{Read as _, Write as _};
    let mut text = String::new();
    flate2::read::GzDecoder::new(gzip).read_to_string(&mut text).expect("it is gzip");
    let text = text
        .replace("CreateRepository", "DeleteRepository")
        .replace("logFiles\":[", "logFiles\": [");
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(text.as_bytes()).expect("memory takes it");
    encoder.finish().expect("memory takes it")
}
