//! Whatever a server and its commands print, at the most talkative level, there is no secret in it:
//! of access keys, sessions, tokens, customers' keys, root keys and passphrases.

use std::fs;
use std::path::Path;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use black_box::{Invocation, Process, ROOT_ACCESS_KEY, ROOT_SECRET_KEY, longshore, python};
use serde_json::Value;
use tempfile::TempDir;

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
    fn begin() -> Self {
        let home = TempDir::with_prefix("longshore-").expect("a temporary folder can be made");
        let (process, url) = start(home.path(), &[]);
        let secrets = [ROOT_SECRET_KEY, PASSPHRASE, PLAINTEXT];
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
    let mut run = Run::begin();
    let plaintext = run.home.path().join("plaintext");
    fs::write(&plaintext, PLAINTEXT).expect("there is room");
    let plaintext = format!("fileb://{}", plaintext.display());
    run.aws(&["iam", "create-user", "--user-name", "kim"], &[]);
    let create = ["iam", "create-access-key", "--user-name", "kim"];
    run.aws(&create, &["/AccessKey/SecretAccessKey"]);
    let session = ["/Credentials/SecretAccessKey", "/Credentials/SessionToken"];
    run.aws(&["sts", "get-session-token"], &session);
    let token = "/authorizationData/0/authorizationToken";
    run.aws(&["ecr", "get-authorization-token"], &[token]);
    let key = run.aws(&["kms", "create-key"], &[]);
    let key = key["KeyMetadata"]["KeyId"].as_str().expect("a key has an id").to_owned();
    let made = ["kms", "generate-data-key", "--key-id", &key, "--key-spec", "AES_256"];
    run.aws(&made, &["/Plaintext"]);
    run.aws(&["kms", "encrypt", "--key-id", &key, "--plaintext", &plaintext], &[]);
    run.aws(&["kms", "generate-random", "--number-of-bytes", "32"], &["/Plaintext"]);

    run.longshore(&["keyring", "status"]);
    run.longshore(&["keyring", "rotate"]);
    run.longshore(&["keyring", "status"]);
    run.longshore(&["account", "list"]);
    let data = run.home.path().join("data").display().to_string();
    let copy = run.home.path().join("copy").display().to_string();
    run.longshore(&["keyring", "export", "--data", &data, "--to", &copy]);
    run.root_keys();
    run.stop();

    let words = run.home.path().join("words");
    fs::write(&words, PASSPHRASE).expect("there is room");
    let private = std::os::unix::fs::PermissionsExt::from_mode(0o600);
    fs::set_permissions(&words, private).expect("it is ours");
    let words = words.display().to_string();
    let (process, url) = start(run.home.path(), &["--keyring-passphrase-file", &words]);
    (run.process, run.url) = (process, url);
    run.aws(&["ecr", "describe-repositories"], &[]);
    run.stop();
    run.assert_nothing_told();
}
