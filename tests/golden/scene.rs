//! What is there before a conversation, brought about through the same door.
//!
//! ```text
//! given repository REPOSITORY [SETTINGS]              SETTINGS are members of CreateRepository
//! given layer REPOSITORY TEXT                         the bytes TEXT; [digest TEXT] names them
//! given manifest REPOSITORY NAME [of NAME…]           a document and its layers, but no image yet; `of`: an index
//! given image REPOSITORY NAME [of NAME…] [as TAG…]    the same, put; [image NAME] is its digest, [manifest NAME] its text
//! given referrer REPOSITORY NAME on NAME              an artifact that refers to an image
//! given preview REPOSITORY POLICY                     a lifecycle policy was previewed, and the preview has ended
//! given scan REPOSITORY NAME                          the image was scanned by hand, and the scan has ended
//! given user NAME [POLICY]                            a user with a key, `as NAME` signs with it; POLICY is inline
//! given that all nodes know                           the two seconds are over after which a key's new state counts
//! ```

use std::collections::HashMap;
use std::thread;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use black_box::{ROOT_ACCESS_KEY, ROOT_SECRET_KEY, Server};
use serde_json::{Value, json};

use crate::aws_call::{Answered, AwsAnswer, AwsCall, CLOUDTRAIL, Key, Said};
use crate::bindings::{Bindings, digest};
use crate::form::form;

/// The two seconds, and a moment for a machine that has much to do.
const NODES_KNOW_AFTER: Duration = Duration::from_millis(2_500);

/// The signer of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Signer {
    /// The root user.
    Root,
    /// A caller with the root user's key and another secret.
    Forger,
    /// A caller with a key that is not known here.
    Stranger,
    /// The holder of the credentials that were answered last.
    Answered,
    /// A user that was given.
    User(String),
    /// The call is not signed.
    None,
}

const MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
const INDEX: &str = "application/vnd.oci.image.index.v1+json";
const CONFIG: &str = "application/vnd.oci.image.config.v1+json";
const LAYER: &str = "application/vnd.oci.image.layer.v1.tar";
const SBOM: &str = "application/vnd.example.sbom.v1";
/// A preview or a scan is a job, and an idle node looks for jobs every second.
const PREVIEW_MAX: Duration = Duration::from_secs(30);
const ACCOUNT: &str = "123456789012";

/// One registry, and names for what is in it.
pub(crate) struct Scene<'a> {
    server: &'a Server,
    region: String,
    root: Key,
    users: HashMap<String, Key>,
    bindings: Bindings,
}

impl<'a> Scene<'a> {
    /// A registry of the first account, in a Region of its own.
    pub(crate) fn new(server: &'a Server, region: String) -> Self {
        Self::of(server, region, ACCOUNT, Key::new(ROOT_ACCESS_KEY, ROOT_SECRET_KEY))
    }

    /// An account of its own: users and roles know no Regions.
    pub(crate) fn with_account(server: &'a Server, region: String, account: &str) -> Self {
        let first = Self::new(server, region.clone());
        let input = json!({ "AccountId": account }).to_string();
        let answer = first.send("longshore", "CreateAccount", input, &Signer::Root);
        let body = answer.body.json();
        let text = |member: &str| body[member].as_str().unwrap_or_else(|| panic!("{body}"));
        let root = Key::new(text("AccessKeyId"), text("SecretAccessKey"));
        Self::of(server, region, account, root)
    }

    fn of(server: &'a Server, region: String, account: &str, root: Key) -> Self {
        let mut bindings = Bindings::new();
        bindings.bind("account", account);
        bindings.bind("region", &region);
        let url = server.url();
        bindings.bind("host", url.strip_prefix("http://").expect("the tests speak plain HTTP"));
        Self { server, region, root, users: HashMap::new(), bindings }
    }

    /// Makes a call with names filled in, and returns the answer with names in it.
    pub(crate) fn ask(
        &mut self,
        service: &str,
        operation: &str,
        input: &str,
        signer: &Signer,
    ) -> AwsAnswer {
        let input = self.bindings.fill(input);
        let send = || self.send(service, operation, input.clone(), signer);
        let answer = match operation {
            "ExplainDecision" => self.server.ask_why(send, |answer| answer.status == 200),
            _ => send(),
        };
        let AwsAnswer { status, body } = answer;
        let body = match body {
            Answered::Json(body) => Answered::Json(self.bindings.name(body)),
            Answered::Xml(body) => Answered::Xml(self.bindings.name_xml(&body)),
        };
        AwsAnswer { status, body }
    }

    fn send(&self, service: &str, operation: &str, input: String, signer: &Signer) -> AwsAnswer {
        let said = match service {
            "iam" => Said::Form { service: "iam", form: form("2010-05-08", operation, &input) },
            "sts" => Said::Form { service: "sts", form: form("2011-06-15", operation, &input) },
            "kms" => Said::Json { target: format!("TrentService.{operation}"), body: input },
            "cloudtrail" => Said::Json { target: format!("{CLOUDTRAIL}.{operation}"), body: input },
            "secretsmanager" => {
                Said::Json { target: format!("{service}.{operation}"), body: input }
            }
            "events" => Said::Json { target: format!("AWSEvents.{operation}"), body: input },
            "longshore" => {
                Said::Json { target: format!("Longshore_20261121.{operation}"), body: input }
            }
            _ if operation.contains('.') => {
                Said::Json { target: operation.to_owned(), body: input }
            }
            _ => Said::Json {
                target: format!("AmazonEC2ContainerRegistry_V20150921.{operation}"),
                body: input,
            },
        };
        AwsCall { said, region: self.region.clone(), key: self.key(signer) }.send(self.server)
    }

    fn key(&self, signer: &Signer) -> Option<Key> {
        match signer {
            Signer::Root => Some(self.root.clone()),
            Signer::Forger => Some(Key::new(&self.root.id, "another/secret")),
            Signer::Stranger => Some(Key::new("AKIAEXAMPLESTRANGER1", &self.root.secret)),
            Signer::Answered => Some(self.bindings.answered_key()),
            Signer::User(name) => {
                let key = self.users.get(name).unwrap_or_else(|| panic!("{name} is not given"));
                Some(key.clone())
            }
            Signer::None => None,
        }
    }

    fn call(&self, operation: &str, input: &Value) -> Value {
        let answer = self.send("ecr", operation, input.to_string(), &Signer::Root);
        assert_eq!(answer.status, 200, "{operation} {input}: {answer:?}");
        answer.body.json()
    }

    fn call_iam(&self, operation: &str, input: &Value) -> Answered {
        let answer = self.send("iam", operation, input.to_string(), &Signer::Root);
        assert_eq!(answer.status, 200, "{operation} {input}: {answer:?}");
        answer.body
    }

    /// Brings about what a line asks for.
    pub(crate) fn set(&mut self, what: &str) {
        let words: Vec<&str> = what.split(' ').collect();
        match words.as_slice() {
            ["repository", name, settings @ ..] => {
                self.create_repository(name, &settings.join(" "));
            }
            ["layer", repository, text] => self.push_layer(repository, text),
            ["manifest", repository, name, rest @ ..] => {
                self.write_manifest(repository, name, &after("of", rest));
            }
            ["image", repository, name, rest @ ..] => {
                self.write_manifest(repository, name, &after("of", rest));
                self.put(repository, name, &after("as", rest));
            }
            ["referrer", repository, name, "on", subject] => {
                self.write_referrer(repository, name, subject);
                self.put(repository, name, &[]);
            }
            ["preview", repository, policy @ ..] => self.preview(repository, &policy.join(" ")),
            ["scan", repository, name] => self.scan(repository, name),
            // Records of calls are written every two seconds.
            ["written", "records"] => std::thread::sleep(Duration::from_secs(4)),
            ["user", name, policy @ ..] => self.create_user(name, &policy.join(" ")),
            ["that", "all", "nodes", "know"] => {
                if std::env::var_os("LONGSHORE_TEST_NODES").is_some() {
                    thread::sleep(NODES_KNOW_AFTER);
                }
            }
            _ => panic!("what is given by {what:?}?"),
        }
    }

    fn create_user(&mut self, name: &str, policy: &str) {
        let user = json!({ "UserName": name });
        self.call_iam("CreateUser", &user);
        let made = self.call_iam("CreateAccessKey", &user);
        let key = Key::new(made.element("AccessKeyId"), made.element("SecretAccessKey"));
        self.users.insert(name.to_owned(), key);
        if !policy.is_empty() {
            let policy =
                json!({ "UserName": name, "PolicyName": "given", "PolicyDocument": policy });
            self.call_iam("PutUserPolicy", &policy);
        }
    }

    fn create_repository(&self, name: &str, settings: &str) {
        let settings = if settings.is_empty() { "{}" } else { settings };
        let mut input: Value = serde_json::from_str(settings).expect("settings are JSON");
        input["repositoryName"] = name.into();
        self.call("CreateRepository", &input);
    }

    fn preview(&self, repository: &str, policy: &str) {
        let start = json!({ "repositoryName": repository, "lifecyclePolicyText": policy });
        self.call("StartLifecyclePolicyPreview", &start);
        let ask = json!({ "repositoryName": repository });
        let until = Instant::now() + PREVIEW_MAX;
        while self.call("GetLifecyclePolicyPreview", &ask)["status"] == "IN_PROGRESS" {
            assert!(Instant::now() < until, "the preview does not end");
            thread::sleep(Duration::from_millis(50));
        }
    }

    fn scan(&self, repository: &str, name: &str) {
        let digest = self.bindings.value(&format!("image {name}"));
        let image = json!({ "repositoryName": repository, "imageId": { "imageDigest": digest } });
        self.call("StartImageScan", &image);
        let until = Instant::now() + PREVIEW_MAX;
        let ask = || self.call("DescribeImageScanFindings", &image);
        while ask()["imageScanStatus"]["status"] == "IN_PROGRESS" {
            assert!(Instant::now() < until, "the scan does not end");
            thread::sleep(Duration::from_millis(50));
        }
    }

    fn push_layer(&mut self, repository: &str, text: &str) {
        let digest = digest(text.as_bytes());
        self.bindings.bind(&format!("digest {text}"), digest.as_str());
        let check = json!({ "repositoryName": repository, "layerDigests": [&digest] });
        let checked = self.call("BatchCheckLayerAvailability", &check);
        if checked["layers"][0]["layerAvailability"] == "AVAILABLE" {
            return;
        }
        let begun = self.call("InitiateLayerUpload", &json!({ "repositoryName": repository }));
        let upload = &begun["uploadId"];
        let part = json!({
            "repositoryName": repository,
            "uploadId": upload,
            "partFirstByte": 0,
            "partLastByte": text.len() - 1,
            "layerPartBlob": STANDARD.encode(text),
        });
        self.call("UploadLayerPart", &part);
        let end =
            json!({ "repositoryName": repository, "uploadId": upload, "layerDigests": [digest] });
        self.call("CompleteLayerUpload", &end);
    }

    fn write_manifest(&mut self, repository: &str, name: &str, children: &[&str]) {
        let document = if children.is_empty() {
            self.image(repository, name)
        } else {
            let children: Vec<Value> =
                children.iter().map(|child| self.descriptor(child)).collect();
            json!({ "schemaVersion": 2, "mediaType": INDEX, "manifests": children })
        };
        self.bind_manifest(name, &document);
    }

    fn write_referrer(&mut self, repository: &str, name: &str, subject: &str) {
        let mut document = self.image(repository, name);
        document["artifactType"] = SBOM.into();
        document["subject"] = self.descriptor(subject);
        document["annotations"] = json!({ "org.example.name": name });
        self.bind_manifest(name, &document);
    }

    /// An image of an empty configuration and one layer, which holds its name.
    fn image(&mut self, repository: &str, name: &str) -> Value {
        self.push_layer(repository, "{}");
        self.push_layer(repository, name);
        let described = |kind: &str, text: &str| json!({ "mediaType": kind, "digest": digest(text.as_bytes()), "size": text.len() });
        json!({
            "schemaVersion": 2,
            "mediaType": MANIFEST,
            "config": described(CONFIG, "{}"),
            "layers": [described(LAYER, name)],
        })
    }

    fn descriptor(&self, name: &str) -> Value {
        let text = self.bindings.value(&format!("manifest {name}"));
        json!({ "mediaType": MANIFEST, "digest": digest(text.as_bytes()), "size": text.len() })
    }

    fn bind_manifest(&mut self, name: &str, document: &Value) {
        let text = document.to_string();
        self.bindings.bind(&format!("image {name}"), digest(text.as_bytes()));
        self.bindings.bind(&format!("manifest {name}"), text);
    }

    fn put(&self, repository: &str, name: &str, tags: &[&str]) {
        let text = self.bindings.value(&format!("manifest {name}"));
        let mut input = json!({ "repositoryName": repository, "imageManifest": text });
        if tags.is_empty() {
            self.call("PutImage", &input);
        }
        for tag in tags {
            input["imageTag"] = (*tag).into();
            self.call("PutImage", &input);
        }
    }
}

/// The words after a keyword, up to the next.
fn after<'w>(keyword: &str, words: &[&'w str]) -> Vec<&'w str> {
    let from = words.iter().skip_while(|word| **word != keyword).skip(1);
    from.take_while(|word| !["of", "as"].contains(word)).copied().collect()
}
