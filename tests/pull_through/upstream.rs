//! A registry to cache: crane's, behind a door that counts, demands tokens, and does damage.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use black_box::{Client, Layer, MANIFEST, Request, digest_of, manifest_of, tool};
use serde_json::json;
use tempfile::TempDir;

/// What happens to a request.
#[derive(Debug, Clone)]
pub(crate) enum Fault {
    /// It gets this status, these lines of the head, and this body.
    Says(u16, String, String),
    /// The answer is cut off after so many bytes of its body.
    Cut(usize),
    /// Nothing is answered.
    Silence,
    /// So many bytes at a time, with this rest between them.
    Slow(usize, Duration),
    /// The body is another one, of the same length.
    OtherBytes,
    /// The body is longer than it should be, without end.
    Endless,
    /// The length of the body is not told.
    NoLength,
    /// It sends a whole layer, although a range was asked for.
    Unranged,
}

#[derive(Default)]
struct Said {
    /// Parts of paths, what happens to requests for them, and how often.
    faults: Vec<(String, Fault, usize)>,
    /// The method and path of each request.
    asked: Vec<String>,
    /// Whether a token of the token service is demanded.
    wants_token: bool,
    /// Lines of the head of each answer.
    lines: String,
    /// The users and passwords that the token service gives tokens to, as headers have them.
    /// Without any, it gives them to everyone.
    logins: Vec<String>,
    /// The tokens that were used.
    tokens: Vec<String>,
    is_down: bool,
}

/// The registry, until the test ends.
pub(crate) struct Upstream {
    registry: Child,
    inner: u16,
    port: u16,
    said: Arc<Mutex<Said>>,
    _folder: TempDir,
}

impl Drop for Upstream {
    fn drop(&mut self) {
        drop(self.registry.kill());
        drop(self.registry.wait());
    }
}

impl Upstream {
    pub(crate) fn start() -> Self {
        let folder = TempDir::with_prefix("upstream-").expect("there is room");
        let log = folder.path().join("log");
        let file = fs::File::create(&log).expect("there is room");
        let registry = Command::new(tool("crane"))
            .args(["registry", "serve", "--address", "127.0.0.1:0", "--disk"])
            .arg(folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(file)
            .spawn()
            .expect("crane can be started");
        let begun = Instant::now();
        let inner = loop {
            let said = fs::read_to_string(&log).unwrap_or_default();
            let port = said.split("serving on port ").nth(1).and_then(|rest| rest.lines().next());
            if let Some(port) = port.and_then(|port| port.parse().ok()) {
                break port;
            }
            assert!(begun.elapsed() < Duration::from_secs(30), "crane does not serve: {said}");
            thread::sleep(Duration::from_millis(5));
        };
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let port = listener.local_addr().expect("it is bound").port();
        let said = Arc::<Mutex<Said>>::default();
        let shared = said.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let said = shared.clone();
                thread::spawn(move || drop(serve(&stream, inner, port, &said)));
            }
        });
        Self { registry, inner, port, said, _folder: folder }
    }

    /// What a rule says.
    pub(crate) fn url(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    fn said(&self) -> std::sync::MutexGuard<'_, Said> {
        self.said.lock().expect("no thread panicked")
    }

    /// Does this to every request whose path has this part.
    pub(crate) fn does(&self, part: &str, fault: Fault) {
        self.does_times(part, fault, usize::MAX);
    }

    /// Does it so many times.
    pub(crate) fn does_times(&self, part: &str, fault: Fault, times: usize) {
        self.said().faults.push((part.to_owned(), fault, times));
    }

    pub(crate) fn is_well(&self) {
        let mut said = self.said();
        said.faults.clear();
        said.is_down = false;
    }

    pub(crate) fn goes_down(&self) {
        self.said().is_down = true;
    }

    pub(crate) fn wants_token(&self) {
        self.said().wants_token = true;
    }

    /// Each answer of the registry has these lines in its head.
    pub(crate) fn tells(&self, lines: &str) {
        lines.clone_into(&mut self.said().lines);
    }

    /// Demands a token, which the token service gives to this user as well.
    pub(crate) fn lets_in(&self, user: &str, password: &str) {
        let mut said = self.said();
        said.wants_token = true;
        said.logins.push(basic(user, password));
    }

    /// The token service gives no one a token any more.
    pub(crate) fn lets_no_one_in(&self) {
        self.said().logins = vec![String::new()];
    }

    /// Forgets the tokens that were used, and returns them.
    pub(crate) fn tokens(&self) -> Vec<String> {
        std::mem::take(&mut self.said().tokens)
    }

    /// Forgets what was asked, and returns it.
    pub(crate) fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.said().asked)
    }

    /// How many requests there were whose method and path have this part.
    pub(crate) fn count(&self, part: &str) -> usize {
        self.said().asked.iter().filter(|line| line.contains(part)).count()
    }

    /// Pushes bytes as a blob.
    pub(crate) fn push_blob(&self, name: &str, bytes: &[u8]) -> Layer {
        let mut client = Client::stranger(&format!("127.0.0.1:{}", self.inner));
        let layer = Layer::of(bytes);
        let path = format!("/v2/{name}/blobs/uploads/?digest={}", layer.digest);
        let answer = client.post(&path, bytes);
        assert_eq!(answer.status, 201, "{}", answer.text());
        layer
    }

    /// Pushes an image with these layers.
    pub(crate) fn push(&self, name: &str, tag: &str, number: u64, layers: &[&[u8]]) -> Pushed {
        let config = self.push_blob(name, b"{}");
        let layers: Vec<Layer> = layers.iter().map(|bytes| self.push_blob(name, bytes)).collect();
        let manifest = manifest_of(number, &config, &layers);
        self.put(name, tag, MANIFEST, &manifest);
        Pushed { digest: digest_of(&manifest), manifest, layers }
    }

    /// Pushes an index of images.
    pub(crate) fn push_index(&self, name: &str, tag: &str, images: &[&Pushed]) -> Pushed {
        const INDEX: &str = "application/vnd.oci.image.index.v1+json";
        let describe = |(place, image): (usize, &&Pushed)| {
            json!({
                "mediaType": MANIFEST, "digest": image.digest, "size": image.manifest.len(),
                "platform": { "os": "linux", "architecture": format!("arch{place}") },
            })
        };
        let manifests: Vec<_> = images.iter().enumerate().map(describe).collect();
        let index = json!({ "schemaVersion": 2, "mediaType": INDEX, "manifests": manifests });
        let manifest = index.to_string().into_bytes();
        self.put(name, tag, INDEX, &manifest);
        Pushed { digest: digest_of(&manifest), manifest, layers: Vec::new() }
    }

    fn put(&self, name: &str, tag: &str, kind: &str, manifest: &[u8]) {
        let mut client = Client::stranger(&format!("127.0.0.1:{}", self.inner));
        let path = format!("/v2/{name}/manifests/{tag}");
        let request = Request::new("PUT", &path).header("content-type", kind).body(manifest);
        let answer = client.ask(request);
        assert_eq!(answer.status, 201, "{}", answer.text());
    }
}

/// An image of the upstream registry.
#[derive(Debug, Clone)]
pub(crate) struct Pushed {
    pub(crate) digest: String,
    pub(crate) manifest: Vec<u8>,
    pub(crate) layers: Vec<Layer>,
}

const TOKEN: &str = "a.token-of_the.service";

/// The value of a header for a user and a password.
pub(crate) fn basic(user: &str, password: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{user}:{password}")))
}

/// The token for what a client says of itself; `None` if it is let in nowhere. Each user and
/// password has another.
fn token(said: &Said, head: &str) -> Option<String> {
    if said.logins.is_empty() {
        return Some(TOKEN.to_owned());
    }
    let word = header(head, "authorization: ")?;
    let number = said.logins.iter().position(|login| login == word)?;
    Some(format!("{TOKEN}-{number}"))
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().find_map(|line| line.strip_prefix(name))
}

/// Reads the head of a request or an answer; `None` if there is none.
fn read_head(from: &mut impl BufRead) -> std::io::Result<Option<String>> {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if from.read_line(&mut head)? == 0 {
            return Ok(None);
        }
    }
    Ok(Some(head))
}

/// What happens to a request, which is noted.
enum Verdict {
    Dropped,
    /// A token is demanded.
    Refused,
    Passed(Option<Fault>),
}

fn judge(said: &Mutex<Said>, head: &str, line: &str) -> Verdict {
    let mut said = said.lock().expect("no thread panicked");
    if said.is_down {
        return Verdict::Dropped;
    }
    let is_asked = line.contains(" /v2/");
    let used = header(head, "authorization: Bearer ").filter(|used| used.starts_with(TOKEN));
    if said.wants_token && is_asked && used.is_none() {
        return Verdict::Refused;
    }
    if is_asked {
        said.tokens.extend(used.map(str::to_owned));
        said.asked.push(line.to_owned());
    }
    let fits = |(part, _, left): &&mut (String, Fault, usize)| line.contains(&**part) && *left > 0;
    Verdict::Passed(said.faults.iter_mut().find(fits).map(|(_, fault, left)| {
        *left -= 1;
        fault.clone()
    }))
}

/// Answers one request.
fn serve(mut out: &TcpStream, inner: u16, port: u16, said: &Mutex<Said>) -> std::io::Result<()> {
    out.set_read_timeout(Some(Duration::from_mins(1)))?;
    let Some(head) = read_head(&mut BufReader::new(out))? else { return Ok(()) };
    let line = head.lines().next().unwrap_or_default().replace(" HTTP/1.1", "");
    let fault = match judge(said, &head, &line) {
        Verdict::Dropped => return Ok(()),
        Verdict::Refused => {
            let challenge = format!(
                "www-authenticate: Bearer realm=\"http://localhost:{port}/token\",service=\"test\"\r\n"
            );
            return say(out, 401, &challenge, "{}");
        }
        Verdict::Passed(fault) => fault,
    };
    if line.contains(" /token?") {
        // Who only asks whether it is let in names no repository.
        assert!(line.contains("service=test"), "{line}");
        let token = token(&said.lock().expect("no thread panicked"), &head);
        let Some(token) = token else { return say(out, 401, "", "{}") };
        return say(out, 200, "", &json!({ "token": token, "expires_in": 300 }).to_string());
    }
    match &fault {
        Some(Fault::Says(status, lines, body)) => return say(out, *status, lines, body),
        Some(Fault::Silence) => {
            thread::sleep(Duration::from_secs(90));
            return Ok(());
        }
        _ => {}
    }
    let mut registry = TcpStream::connect(("127.0.0.1", inner))?;
    let head = head.replacen("\r\n", "\r\nconnection: close\r\n", 1);
    let head = match &fault {
        Some(Fault::Unranged) => head.replace("\r\nrange: bytes=", "\r\nx-range: "),
        _ => head,
    };
    registry.write_all(head.as_bytes())?;
    let mut answer = BufReader::new(registry);
    let Some(head) = read_head(&mut answer)? else { return Ok(()) };
    let lines = said.lock().expect("no thread panicked").lines.clone();
    let head = head.replacen("\r\n", &format!("\r\n{lines}"), 1);
    if matches!(fault, Some(Fault::Endless | Fault::NoLength)) {
        let is_length = |line: &&str| line.to_lowercase().starts_with("content-length");
        let lines: Vec<&str> = head.lines().filter(|line| !is_length(line)).collect();
        out.write_all((lines.join("\r\n").trim_end().to_owned() + "\r\n\r\n").as_bytes())?;
        if matches!(fault, Some(Fault::NoLength)) {
            return pour(answer, out, None);
        }
        while out.write_all(&[7; 8192]).is_ok() {}
        return Ok(());
    }
    out.write_all(head.as_bytes())?;
    pour(answer, out, fault.as_ref())
}

fn say(mut out: &TcpStream, status: u16, lines: &str, body: &str) -> std::io::Result<()> {
    let length = body.len();
    let text = format!(
        "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\n{lines}content-length: {length}\r\nconnection: close\r\n\r\n{body}"
    );
    out.write_all(text.as_bytes())
}

/// Passes a body on, with the damage that is done to it.
fn pour(mut from: impl Read, mut to: &TcpStream, fault: Option<&Fault>) -> std::io::Result<()> {
    let (at_once, rest) = match fault {
        Some(Fault::Slow(bytes, rest)) => (*bytes, *rest),
        _ => (64 << 10, Duration::ZERO),
    };
    let mut left = if let Some(Fault::Cut(bytes)) = fault { *bytes } else { usize::MAX };
    let mut buffer = vec![0; at_once];
    while left > 0 {
        let read = from.read(&mut buffer)?.min(left);
        if read == 0 {
            break;
        }
        left -= read;
        if matches!(fault, Some(Fault::OtherBytes)) {
            buffer[..read].iter_mut().for_each(|byte| *byte ^= 1);
        }
        to.write_all(&buffer[..read])?;
        thread::sleep(rest);
    }
    Ok(())
}
