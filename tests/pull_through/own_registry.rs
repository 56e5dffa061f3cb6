//! A registry by another hand: Debian's docker-registry, with a file of htpasswd's or without.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use black_box::{Client, Layer, MANIFEST, Request, digest_of, manifest_of, skipped};
use tempfile::TempDir;

use crate::upstream::{Pushed, basic};

const PROGRAM: &str = "/usr/bin/docker-registry";

/// Passwords of the user `robot`, and their hashes as htpasswd writes them.
pub(crate) const FIRST: &str = "first word";
pub(crate) const SECOND: &str = "second word";
const HASHES: [(&str, &str); 2] = [
    (FIRST, "$2b$04$1CTNDumMotn4x4fMoxRdn.OpkIM1sRBlquwgH4z.cw/ESHrcpl84K"),
    (SECOND, "$2b$04$CldJC.VOH/UWOx51lMgGQ.qfASvZQhoXkyKso6AQ7whc5NtVOq0Re"),
];

pub(crate) const USER: &str = "robot";

/// The registry, until the test ends.
pub(crate) struct OwnRegistry {
    process: Child,
    port: u16,
    folder: TempDir,
    password: &'static str,
}

impl Drop for OwnRegistry {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

impl OwnRegistry {
    /// With the first password. `None` if it is not installed.
    pub(crate) fn start(test: &str) -> Option<Self> {
        Self::start_with(test, |at| {
            format!("auth: {{htpasswd: {{realm: test, path: {at}/htpasswd}}}}")
        })
    }

    /// Without passwords. `None` if it is not installed.
    pub(crate) fn start_open(test: &str) -> Option<Self> {
        Self::start_with(test, |_| String::new())
    }

    fn start_with(test: &str, auth: impl FnOnce(&str) -> String) -> Option<Self> {
        if !Path::new(PROGRAM).exists() {
            skipped(test, "docker-registry is not installed");
            return None;
        }
        let folder = TempDir::with_prefix("registry-").expect("there is room");
        write_password(folder.path(), FIRST);
        let at = folder.path().display().to_string();
        let auth = auth(&at);
        let config = format!(
            "version: 0.1\nstorage: {{filesystem: {{rootdirectory: {at}/data}}}}\n\
             http: {{addr: '127.0.0.1:0', secret: s}}\n{auth}\n"
        );
        let (file, log) = (folder.path().join("config.yml"), folder.path().join("log"));
        fs::write(&file, config).expect("there is room");
        let process = Command::new(PROGRAM)
            .arg("serve")
            .arg(file)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(fs::File::create(&log).expect("there is room"))
            .spawn()
            .expect("docker-registry can be started");
        let begun = Instant::now();
        let port = loop {
            let said = fs::read_to_string(&log).unwrap_or_default();
            let rest = said.split("listening on 127.0.0.1:").nth(1).unwrap_or_default();
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            let is_whole = rest.len() > digits.len();
            if let (true, Ok(port)) = (is_whole, digits.parse()) {
                break port;
            }
            assert!(begun.elapsed() < Duration::from_secs(30), "it does not serve: {said}");
            thread::sleep(Duration::from_millis(5));
        };
        Some(Self { process, port, folder, password: FIRST })
    }

    /// What a rule says.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.host())
    }

    /// What clients call it.
    pub(crate) fn host(&self) -> String {
        format!("localhost:{}", self.port)
    }

    /// From now on it lets the user in with the second password alone.
    pub(crate) fn changes_password(&mut self) {
        self.password = SECOND;
        // It reads the file again when its time is another one.
        thread::sleep(Duration::from_millis(20));
        write_password(self.folder.path(), SECOND);
    }

    /// Pushes an image with a layer.
    pub(crate) fn push(&self, name: &str, tag: &str, number: u64, bytes: &[u8]) -> Pushed {
        let config = self.push_blob(name, b"{}");
        let layer = self.push_blob(name, bytes);
        let manifest = manifest_of(number, &config, std::slice::from_ref(&layer));
        let put = Request::new("PUT", &format!("/v2/{name}/manifests/{tag}"));
        let put = put.header("content-type", MANIFEST).body(manifest.clone());
        assert_eq!(self.ask(put).0, 201);
        Pushed { digest: digest_of(&manifest), manifest, layers: vec![layer] }
    }

    fn push_blob(&self, name: &str, bytes: &[u8]) -> Layer {
        let layer = Layer::of(bytes);
        let (status, place) = self.ask(Request::new("POST", &format!("/v2/{name}/blobs/uploads/")));
        assert_eq!(status, 202);
        let path = place.split(&self.port.to_string()).nth(1).expect("a URL of this registry");
        let put = Request::new("PUT", &format!("{path}&digest={}", layer.digest));
        assert_eq!(self.ask(put.body(bytes)).0, 201);
        layer
    }

    /// The status of a request's answer, and where it points to.
    fn ask(&self, request: Request) -> (u16, String) {
        let mut client = Client::stranger(&format!("127.0.0.1:{}", self.port));
        let answer = client.ask(request.header("authorization", &basic(USER, self.password)));
        (answer.status, answer.header("location").unwrap_or_default().to_owned())
    }
}

fn write_password(folder: &Path, password: &str) {
    let known = HASHES.iter().find(|(word, _)| *word == password);
    let (_, hash) = known.expect("its hash is known");
    fs::write(folder.join("htpasswd"), format!("{USER}:{hash}\n")).expect("there is room");
}
