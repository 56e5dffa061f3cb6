//! Whatever a server and its commands print, at the most talkative level, there is no secret in it:
//! of access keys, sessions, tokens, customers' keys, root keys and passphrases, or of another KMS.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use black_box::external_kms::ExternalKms;
use black_box::{
    Client, Invocation, Process, ROOT_ACCESS_KEY, ROOT_SECRET_KEY, longshore, python,
    registry_password,
};
use serde_json::Value;
use tempfile::TempDir;

const WRONG_PASSPHRASE: &str = "a wrong passphrase that no one may read";
const EXTERNAL_SECRET: &str = "a/secret+of+another+kms+that+is+wrong+00";
const EXTERNAL_TOKEN: &str = "a session token of another kms that is wrong";
const PASSPHRASE: &str = "a passphrase that no one may read";
const PLAINTEXT: &str = "a plaintext that no one may read";

/// A server, everything that was printed, and every secret that came up.
struct Run {
    home: TempDir,
    process: Process,
    url: String,
    printed: String,
    secrets: Vec<Vec<u8>>,
}

fn start(home: &Path, arguments: &[&str]) -> (Process, String) {
    let mut command = Process::serve(&home.join("data"));
    command
        .args(["--log", "trace", "--log-format", "json"])
        .args(arguments)
        .env("LONGSHORE_ROOT_ACCESS_KEY_ID", ROOT_ACCESS_KEY)
        .env("LONGSHORE_ROOT_SECRET_ACCESS_KEY", ROOT_SECRET_KEY);
    let mut process = Process::start(command, home);
    let url = process.await_url();
    (process, url)
}

impl Run {
    fn begin(arguments: &[&str]) -> Self {
        let home = TempDir::with_prefix("longshore-").expect("a temporary folder can be made");
        let (process, url) = start(home.path(), arguments);
        let secrets = [
            ROOT_SECRET_KEY,
            PASSPHRASE,
            WRONG_PASSPHRASE,
            PLAINTEXT,
            EXTERNAL_SECRET,
            EXTERNAL_TOKEN,
        ];
        let secrets = secrets.map(|text| text.as_bytes().to_vec()).to_vec();
        Self { home, process, url, printed: String::new(), secrets }
    }

    fn invocation(&self, program: impl AsRef<std::ffi::OsStr>) -> Invocation {
        Invocation::new(program, self.home.path())
            .env("AWS_ENDPOINT_URL", &self.url)
            .env("AWS_REGION", black_box::REGION)
            .env("AWS_DEFAULT_REGION", black_box::REGION)
            .env("AWS_ACCESS_KEY_ID", ROOT_ACCESS_KEY)
            .env("AWS_SECRET_ACCESS_KEY", ROOT_SECRET_KEY)
    }

    /// A call of the AWS CLI; the members at these paths of its answer are secrets.
    fn aws(&mut self, arguments: &[&str], secrets: &[&str]) -> Value {
        let printed = self.invocation(python("aws")).args(arguments).succeeds();
        let answer: Value = serde_json::from_str(&printed).unwrap_or_default();
        for pointer in secrets {
            let secret = answer.pointer(pointer).and_then(Value::as_str);
            self.secrets.push(secret.expect("it is answered").as_bytes().to_vec());
        }
        answer
    }

    /// One of our own commands, whose output counts.
    fn longshore(&mut self, arguments: &[&str]) {
        let run = self.invocation(longshore()).args(arguments);
        let ended = run.env("LONGSHORE_EXPORT_PASSPHRASE", PASSPHRASE).run();
        assert!(ended.succeeded(), "{ended}");
        self.printed += &(ended.stdout + &ended.stderr);
    }

    /// One of our own commands, which is refused, and what it prints counts.
    fn refused(&mut self, arguments: &[&str], variables: &[(&str, &str)], because: &str) {
        let run = self.invocation(longshore()).args(arguments);
        let ended = variables.iter().fold(run, |run, (name, value)| run.env(name, value)).run();
        assert!(!ended.succeeded() && ended.stderr.contains(because), "{ended}");
        self.printed += &(ended.stdout + &ended.stderr);
    }

    /// A call of the AWS CLI that is refused.
    fn aws_refuses(&mut self, arguments: &[&str], because: &str) {
        let ended = self.invocation(python("aws")).args(arguments).run();
        assert!(!ended.succeeded() && ended.stderr.contains(because), "{ended}");
    }

    /// Stops the server, and starts it with other arguments.
    fn restart(&mut self, arguments: &[&str]) {
        self.stop();
        (self.process, self.url) = start(self.home.path(), arguments);
    }

    /// The address, as registries are named.
    fn registry(&self) -> String {
        let (_, port) = self.url.rsplit_once(':').expect("an address has a port");
        format!("localhost:{port}")
    }

    fn file(&self, name: &str, text: &str) -> String {
        let path = self.home.path().join(name);
        fs::write(&path, text).expect("there is room");
        let private = std::os::unix::fs::PermissionsExt::from_mode(0o600);
        fs::set_permissions(&path, private).expect("it is ours");
        path.display().to_string()
    }

    fn stop(&mut self) {
        self.process.terminate();
        let ended = self.process.await_end(Duration::from_secs(20));
        assert!(ended.is_some_and(|status| status.success()), "{}", self.process.stderr());
        self.printed += &self.process.stdout();
        self.printed += &self.process.stderr();
    }

    /// The root keys in the folder.
    fn root_keys(&mut self) {
        let file = fs::read(self.home.path().join("data/keyring.json")).expect("it is there");
        let file: Value = serde_json::from_slice(&file).expect("it is JSON");
        let roots = file["roots"].as_array().expect("it is not sealed");
        for root in roots {
            let key = root["key"].as_str().and_then(|key| STANDARD.decode(key).ok());
            self.secrets.push(key.expect("a key is Base64"));
        }
    }

    fn assert_nothing_told(&self) {
        assert!(self.printed.contains("\"answered\""), "requests are logged");
        for secret in &self.secrets {
            for spelled in spellings(secret) {
                let line = self.printed.lines().find(|line| line.contains(&spelled));
                assert_eq!(line, None, "{spelled} is told");
            }
        }
    }
}

/// How a secret might be printed.
fn spellings(secret: &[u8]) -> Vec<String> {
    let numbers = format!("{secret:?}");
    let text = String::from_utf8(secret.to_vec()).ok();
    // A text that is Base64 is a secret in bytes, too.
    let bytes = text.as_ref().and_then(|text| STANDARD.decode(text).ok());
    let of_bytes = bytes.iter().flat_map(|bytes| [hex::encode(bytes), format!("{bytes:?}")]);
    let common = [
        hex::encode(secret),
        hex::encode_upper(secret),
        STANDARD.encode(secret),
        URL_SAFE_NO_PAD.encode(secret),
        numbers.trim_matches(['[', ']']).to_owned(),
    ];
    of_bytes.chain(common).chain(text).collect()
}

#[test]
fn no_secret_is_told_by_a_server_or_a_command() {
    let mut run = Run::begin(&[]);
    let plaintext = format!("fileb://{}", run.file("plaintext", PLAINTEXT));
    run.aws(&["iam", "create-user", "--user-name", "kim"], &[]);
    let create = ["iam", "create-access-key", "--user-name", "kim"];
    run.aws(&create, &["/AccessKey/SecretAccessKey"]);
    let session = ["/Credentials/SecretAccessKey", "/Credentials/SessionToken"];
    run.aws(&["sts", "get-session-token"], &session);
    let token = "/authorizationData/0/authorizationToken";
    run.aws(&["ecr", "get-authorization-token"], &[token]);
    uses_a_key(&mut run, &plaintext);

    run.longshore(&["keyring", "status"]);
    run.longshore(&["keyring", "rotate"]);
    run.longshore(&["keyring", "status"]);
    run.longshore(&["account", "list"]);
    let data = run.home.path().join("data").display().to_string();
    let copy = run.home.path().join("copy").display().to_string();
    run.longshore(&["keyring", "export", "--data", &data, "--to", &copy]);
    let wrong = [("LONGSHORE_EXPORT_PASSPHRASE", WRONG_PASSPHRASE)];
    let elsewhere = run.home.path().join("elsewhere").display().to_string();
    let import = ["keyring", "import", &copy, "--data", &elsewhere];
    run.refused(&import, &wrong, "the passphrase is wrong");
    run.longshore(&import);
    run.root_keys();

    let words = run.file("words", PASSPHRASE);
    run.restart(&["--keyring-passphrase-file", &words]);
    run.aws(&["ecr", "describe-repositories"], &[]);
    run.stop();
    let export = ["keyring", "export", "--data", &data, "--to", "never"];
    let sealed = [("LONGSHORE_KEYRING_PASSPHRASE", WRONG_PASSPHRASE), wrong[0]];
    run.refused(&export, &sealed, "the passphrase is wrong");
    run.assert_nothing_told();
}

/// Plaintexts and data keys, of calls that are answered and of those that are refused.
fn uses_a_key(run: &mut Run, plaintext: &str) {
    let key = run.aws(&["kms", "create-key"], &[]);
    let key = key["KeyMetadata"]["KeyId"].as_str().expect("a key has an id").to_owned();
    let made = ["kms", "generate-data-key", "--key-id", &key, "--key-spec", "AES_256"];
    run.aws(&made, &["/Plaintext"]);
    let pair = ["kms", "generate-data-key-pair", "--key-id", &key, "--key-pair-spec"];
    run.aws(&[&pair[..], &["ECC_NIST_P256"]].concat(), &["/PrivateKeyPlaintext"]);
    let encrypt = ["kms", "encrypt", "--key-id", &key, "--plaintext", plaintext];
    let encrypted = run.aws(&encrypt, &[]);
    let blob = encrypted["CiphertextBlob"].as_str().expect("it is Base64");
    let blob = STANDARD.decode(blob).expect("it is Base64");
    let sealed = run.home.path().join("sealed");
    fs::write(&sealed, blob).expect("there is room");
    let sealed = format!("fileb://{}", sealed.display());
    let decrypt = ["kms", "decrypt", "--ciphertext-blob", &sealed];
    run.aws(&decrypt, &["/Plaintext"]);
    let other = [&decrypt[..], &["--encryption-context", "a=b"]].concat();
    run.aws_refuses(&other, "InvalidCiphertextException");
    run.aws(&["kms", "disable-key", "--key-id", &key], &[]);
    run.aws_refuses(&encrypt, "DisabledException");
    run.aws(&["kms", "generate-random", "--number-of-bytes", "32"], &["/Plaintext"]);
}

#[test]
fn no_secret_of_another_kms_is_told() {
    let Some(mut kms) = ExternalKms::start("no_secret_of_another_kms_is_told") else { return };
    let (key, services) = (kms.key(), kms.arguments());
    let services: Vec<&str> = services.iter().map(String::as_str).collect();
    let sealed = [&services[..], &["--keyring-kms-key", &key]].concat();
    let mut run = Run::begin(&sealed);
    let encryption = format!("encryptionType=KMS,kmsKey={key}");
    let create = ["ecr", "create-repository", "--repository-name", "elsewhere"];
    let under = ["--encryption-configuration", &encryption];
    run.aws(&[&create[..], &under].concat(), &[]);
    let mut client = Client::logged_in(&run.registry(), &registry_password(&run.registry()));
    let layer = client.push_layer("elsewhere", b"a layer");
    run.restart(&sealed);
    let mut client = Client::logged_in(&run.registry(), &registry_password(&run.registry()));
    let blob = format!("/v2/elsewhere/blobs/{}", layer.digest);
    assert_eq!(client.get(&blob).status, 200);
    for mood in ["away", "strange", "throttled", "unknown", "well"] {
        kms.mood(mood);
        thread::sleep(Duration::from_millis(1_100));
        let begun = client.post("/v2/elsewhere/blobs/uploads/", "");
        assert!(matches!(begun.status, 202 | 503), "{mood}: {}", begun.text());
    }
    run.stop();

    let data = run.home.path().join("data").display().to_string();
    let of_data = [&["fsck", "--digests", "--data", &data][..], &sealed].concat();
    run.longshore(&of_data);
    let credentials = run.file(
        "credentials",
        &format!(
            "[default]\naws_access_key_id = AKIAEXTERNALKMS0001\naws_secret_access_key = {EXTERNAL_SECRET}\naws_session_token = {EXTERNAL_TOKEN}\n"
        ),
    );
    let flag = of_data.iter().position(|argument| *argument == "--external-kms-credentials");
    let mut wrong = of_data.clone();
    wrong[flag.expect("it is an argument") + 1] = &credentials;
    run.refused(&wrong, &[], "cannot open the keyring");

    run.secrets.extend(kms.secrets().into_iter().map(String::into_bytes));
    assert!(run.secrets.len() > 8, "data keys were handed out");
    run.assert_nothing_told();
}
