//! Repositories under keys of a key management service that is not ours, which answers, refuses,
//! does not answer, answers late, or is something else.

mod keyring;

use std::time::{Duration, Instant};
use std::{fs, thread};

use black_box::external_kms::{CREDENTIALS, ExternalKms, PREFIX};
use black_box::{AccessKey, Answer, Client, Layer, Request, Server, call, manifest_of};
use serde_json::{Value, json};

/// For how long a yes is believed, and some more for a machine that has much to do.
const BELIEVED_FOR: Duration = Duration::from_secs(12);

/// No answer is waited for longer.
const PATIENCE: Duration = Duration::from_secs(9);

/// Everything is logged.
const TRACE: &[&str] = &["--log", "trace", "--log-format", "json"];

/// For how long a service that did not answer is left alone, and a little more.
const REST: Duration = Duration::from_millis(1_100);

/// A server with a repository under a key of the other service, and an image in it.
struct Deployment {
    kms: ExternalKms,
    server: Server,
    key: String,
    layer: Layer,
    client: Client,
}

const LAYER: &[u8] = b"a layer under a key that is elsewhere";

impl Deployment {
    fn start(test: &str, more: &[&str]) -> Option<Self> {
        if black_box::is_about_one_process(test) {
            return None;
        }
        let mut kms = ExternalKms::start(test)?;
        let key = kms.key();
        let arguments = kms.arguments();
        let arguments = arguments.iter().map(String::as_str).chain(more.iter().copied());
        let arguments: Vec<&str> = arguments.collect();
        let server = Server::start_with(&arguments);
        let created = create(&server, "elsewhere", &key);
        assert_eq!(created.status, 200, "{}", created.text());
        let mut client = server.client();
        let layer = client.push_layer("elsewhere", LAYER);
        let put = client.put_manifest("elsewhere", "v1", &manifest_of(1, &layer, &[]));
        assert_eq!(put.status, 201, "{}", put.text());
        Some(Self { kms, server, key, layer, client })
    }

    fn blob(&mut self) -> Answer {
        self.client.get(&format!("/v2/elsewhere/blobs/{}", self.layer.digest))
    }

    fn call(&self, operation: &str, input: &Value) -> Answer {
        call(self.server.address(), &AccessKey::root(), operation, input)
    }

    /// What both doors say within the patience.
    fn is_out_of_reach(&mut self, because: &str) {
        let asked = Instant::now();
        let blob = self.blob();
        assert_eq!(blob.status, 503, "{because}: {}", blob.text());
        assert!(blob.header("retry-after").is_some(), "{because}");
        let manifest = self.client.get("/v2/elsewhere/manifests/v1");
        assert_eq!(manifest.status, 503, "{because}: {}", manifest.text());
        let begun = self.client.post("/v2/elsewhere/blobs/uploads/", "");
        assert_eq!(begun.status, 503, "{because}: {}", begun.text());
        let begun = self.call("InitiateLayerUpload", &json!({ "repositoryName": "elsewhere" }));
        assert_eq!((begun.status, kind(&begun).as_str()), (500, "ServerException"), "{because}");
        assert!(!begun.text().contains("localhost"), "no inner address: {}", begun.text());
        let images = json!({ "repositoryName": "elsewhere", "imageIds": [{ "imageTag": "v1" }] });
        let got = self.call("BatchGetImage", &images);
        assert_eq!((got.status, kind(&got).as_str()), (500, "ServerException"), "{because}");
        assert!(asked.elapsed() < PATIENCE * 2, "{because}: {:?}", asked.elapsed());
    }

    /// Waits until the layer is answered with this status.
    fn await_status(&mut self, status: u16) {
        let began = Instant::now();
        loop {
            let target = format!("/v2/elsewhere/blobs/{}", self.layer.digest);
            // A layer that is under way when its key goes is cut off.
            let answer = self.client.try_ask(Request::new("GET", &target));
            if answer.as_ref().is_ok_and(|answer| answer.status == status) {
                return;
            }
            let (late, told) = (began.elapsed() > BELIEVED_FOR, answer.map(|answer| answer.text()));
            assert!(!late, "after {:?}: {told:?}", began.elapsed());
            thread::sleep(Duration::from_millis(100));
        }
    }
}

fn create(server: &Server, name: &str, key: &str) -> Answer {
    let encryption = json!({ "encryptionType": "KMS", "kmsKey": key });
    let input = json!({ "repositoryName": name, "encryptionConfiguration": encryption });
    call(server.address(), &AccessKey::root(), "CreateRepository", &input)
}

/// The name of the error of the AWS door.
fn kind(answer: &Answer) -> String {
    answer.json()["__type"].as_str().unwrap_or_default().to_owned()
}

/// A user without rights.
fn make_user(server: &Server) -> AccessKey {
    let aws = |arguments: &[&str]| server.aws(arguments.iter().copied());
    aws(&["iam", "create-user", "--user-name", "kim"]).succeeds();
    let made = aws(&["iam", "create-access-key", "--user-name", "kim"]).succeeds();
    let made: Value = serde_json::from_str(&made).expect("the CLI prints JSON");
    let text = |name: &str| made["AccessKey"][name].as_str().expect("it is text").to_owned();
    AccessKey { id: text("AccessKeyId"), secret: text("SecretAccessKey") }
}

#[test]
fn a_key_that_is_elsewhere_decides_about_its_repository() {
    let Some(mut it) =
        Deployment::start("a_key_that_is_elsewhere_decides_about_its_repository", &[])
    else {
        return;
    };
    let named = json!({ "repositoryNames": ["elsewhere"] });
    let described = it.call("DescribeRepositories", &named).json();
    let encryption = &described["repositories"][0]["encryptionConfiguration"];
    assert_eq!(*encryption, json!({ "encryptionType": "KMS", "kmsKey": it.key }));

    assert_eq!(it.blob().body, LAYER);
    let before = (it.kms.calls("Decrypt"), it.kms.calls("GenerateDataKey"));
    for _ in 0..50 {
        assert_eq!(it.blob().body, LAYER);
    }
    let after = (it.kms.calls("Decrypt"), it.kms.calls("GenerateDataKey"));
    assert!(after.0 <= before.0 + 1 && after.1 == before.1, "{before:?}, then {after:?}");

    it.kms.call("DisableKey", &json!({ "KeyId": it.key }));
    it.await_status(403);
    let message = format!("{} is disabled.", it.key);
    let blob = it.blob();
    assert_eq!((blob.code().as_str(), blob.text().contains(&message)), ("DENIED", true));
    let asked = json!({ "repositoryName": "elsewhere", "imageIds": [{ "imageTag": "v1" }] });
    let got = it.call("BatchGetImage", &asked).json();
    assert_eq!(got["failures"][0]["failureCode"], "KmsError", "{got}");
    assert_eq!(got["failures"][0]["failureReason"], message.as_str(), "{got}");
    let begun = it.call("InitiateLayerUpload", &json!({ "repositoryName": "elsewhere" }));
    assert_eq!(kind(&begun), "KmsException", "{}", begun.text());
    assert_eq!(begun.json()["kmsError"], "DisabledException", "{}", begun.text());
    it.kms.call("EnableKey", &json!({ "KeyId": it.key }));
    it.await_status(200);
    it.client.push_layer("elsewhere", b"another");

    it.kms.call("ScheduleKeyDeletion", &json!({ "KeyId": it.key, "PendingWindowInDays": 7 }));
    it.await_status(403);
    assert!(it.blob().text().contains("is pending deletion."));
    it.kms.call("CancelKeyDeletion", &json!({ "KeyId": it.key }));
    it.kms.call("EnableKey", &json!({ "KeyId": it.key }));
    it.await_status(200);
    let rekeyed = it.server.longshore(["rekey", "elsewhere", "--to", "AES256", "--wait"]);
    rekeyed.succeeds();
    it.kms.call("DisableKey", &json!({ "KeyId": it.key }));
    thread::sleep(Duration::from_secs(2));
    assert_eq!(it.blob().body, LAYER, "it is under the registry's own key");
}

#[test]
fn a_service_that_does_not_answer_is_a_clear_fault() {
    let Some(mut it) = Deployment::start("a_service_that_does_not_answer_is_a_clear_fault", &[])
    else {
        return;
    };
    // What was said a moment ago holds for that moment.
    it.kms.mood("away");
    assert_eq!(it.blob().body, LAYER);
    it.await_status(503);
    for (mood, because) in [
        ("away", "an outage"),
        ("slow", "it answers later than anyone waits"),
        ("strange", "another program answers there"),
        ("throttled", "it is asked too much"),
        ("unknown", "our credentials are refused"),
    ] {
        it.kms.mood(mood);
        thread::sleep(REST);
        it.is_out_of_reach(because);
        let refused = create(&it.server, "new", &it.key);
        assert_eq!(
            (refused.status, kind(&refused).as_str()),
            (500, "ServerException"),
            "{because}"
        );
    }
    it.kms.mood("well");
    it.await_status(200);
    it.client.push_layer("elsewhere", b"another");

    let metrics = it.server.stranger().get("/metrics").text();
    for line in [
        "longshore_external_kms_calls_total{operation=\"GenerateDataKey\",outcome=\"succeeded\"} ",
        "longshore_external_kms_calls_total{operation=\"Decrypt\",outcome=\"unavailable\"} ",
        "longshore_external_kms_seconds_total{operation=\"Decrypt\"} ",
    ] {
        let value = metrics.lines().find_map(|found| found.strip_prefix(line));
        let value: f64 = value.and_then(|value| value.parse().ok()).expect(line);
        assert!(value > 0.0, "{line}{value}");
    }
    let log = it.server.log();
    assert!(log.contains("the key management service does not answer"), "{log}");
}

#[test]
fn credentials_may_be_replaced_and_callers_are_judged_here() {
    let Some(mut it) =
        Deployment::start("credentials_may_be_replaced_and_callers_are_judged_here", TRACE)
    else {
        return;
    };
    fs::write(it.kms.credentials(), CREDENTIALS.replace("0000", "1111")).expect("it is ours");
    let refused = create(&it.server, "new", &it.key);
    assert_eq!(kind(&refused), "ServerException", "{}", refused.text());
    fs::write(it.kms.credentials(), CREDENTIALS).expect("it is ours");
    thread::sleep(REST);
    let unknown = format!("{PREFIX}key/00000000-0000-4000-8000-000000000000");
    let refused = create(&it.server, "new", &unknown);
    assert_eq!(kind(&refused), "KmsException", "{}", refused.text());
    assert_eq!(refused.json()["kmsError"], "NotFoundException", "{}", refused.text());
    it.kms.call("CreateAlias", &json!({ "AliasName": "alias/images", "TargetKeyId": it.key }));
    let alias = format!("{PREFIX}alias/images");
    let created = create(&it.server, "by-alias", &alias);
    let encryption = &created.json()["repository"]["encryptionConfiguration"];
    assert_eq!(encryption["kmsKey"], it.key.as_str(), "{}", created.text());

    let kim = make_user(&it.server);
    let aws = |arguments: &[&str]| it.server.aws(arguments.iter().copied());
    let wanted = json!({
        "repositoryName": "kims",
        "encryptionConfiguration": { "encryptionType": "KMS", "kmsKey": it.key },
    });
    let allow = |actions: &[&str]| {
        let statement = json!({ "Effect": "Allow", "Action": actions, "Resource": "*" });
        let policy = json!({ "Version": "2012-10-17", "Statement": statement }).to_string();
        let put = ["iam", "put-user-policy", "--user-name", "kim", "--policy-name", "some"];
        aws(&put).args(["--policy-document", &policy]).succeeds();
        it.server.await_agreement();
        call(it.server.address(), &kim, "CreateRepository", &wanted)
    };
    for few in [
        &["ecr:CreateRepository"][..],
        &["ecr:CreateRepository", "kms:DescribeKey"],
        &["ecr:CreateRepository", "kms:CreateGrant"],
    ] {
        let refused = allow(few);
        assert_eq!(refused.json()["kmsError"], "AccessDeniedException", "{few:?}");
    }
    let made = allow(&["ecr:CreateRepository", "kms:DescribeKey", "kms:CreateGrant"]);
    assert_eq!(made.status, 200, "{}", made.text());

    let log = it.server.log();
    assert!(log.contains("longshore"), "something is logged");
    let secrets = it.kms.secrets();
    assert!(secrets.len() > 4, "data keys were handed out");
    for secret in secrets {
        assert!(!log.contains(&secret), "{secret} is told");
    }
}
