//! A webhook's receiver, which answers as it is told.

use std::io::{BufRead, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// What a receiver answers.
#[derive(Clone)]
pub(crate) enum Says {
    Taken,
    Status(u16),
    Redirect(String),
    Nothing,
}

/// A request that came.
#[derive(Debug, Clone)]
pub(crate) struct Received {
    pub(crate) line: String,
    headers: Vec<(String, String)>,
    pub(crate) body: String,
    pub(crate) was_taken: bool,
}

impl Received {
    pub(crate) fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(header, _)| header == name);
        found.map_or("", |(_, value)| value)
    }

    /// Whether the signature is that of Standard Webhooks under this secret, in base64.
    pub(crate) fn is_signed_with(&self, secret: &str) -> bool {
        let secret = STANDARD.decode(secret).expect("it is base64");
        let key = hmac::Key::new(hmac::HMAC_SHA256, &secret);
        let (id, at) = (self.header("webhook-id"), self.header("webhook-timestamp"));
        let signed = hmac::sign(&key, format!("{id}.{at}.{}", self.body).as_bytes());
        self.header("webhook-signature") == format!("v1,{}", STANDARD.encode(signed))
    }
}

/// The receiver. It is there until the test ends.
pub(crate) struct Hook {
    port: u16,
    says: Arc<Mutex<Says>>,
    received: Arc<Mutex<Vec<Received>>>,
}

impl Hook {
    pub(crate) fn start() -> Self {
        Self::saying(Says::Taken)
    }

    pub(crate) fn saying(says: Says) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let port = listener.local_addr().expect("it is bound").port();
        let (says, received) = (Arc::new(Mutex::new(says)), Arc::<Mutex<Vec<Received>>>::default());
        let (said, noted) = (says.clone(), received.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (said, noted) = (said.clone(), noted.clone());
                std::thread::spawn(move || serve(&stream, &said, &noted));
            }
        });
        Self { port, says, received }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    pub(crate) fn say(&self, says: Says) {
        *self.says.lock().expect("no thread panicked") = says;
    }

    pub(crate) fn requests(&self) -> Vec<Received> {
        self.received.lock().expect("no thread panicked").clone()
    }
}

/// Serves a connection until it ends.
fn serve(stream: &TcpStream, says: &Mutex<Says>, received: &Mutex<Vec<Received>>) {
    let mut reader = BufReader::new(stream);
    let mut writer = stream;
    while let Some(mut request) = read(&mut reader) {
        let says = says.lock().expect("no thread panicked").clone();
        request.was_taken = matches!(says, Says::Taken);
        received.lock().expect("no thread panicked").push(request);
        let answer = match says {
            Says::Taken => "HTTP/1.1 204 No Content\r\n\r\n".to_owned(),
            Says::Status(status) => format!("HTTP/1.1 {status} No\r\ncontent-length: 0\r\n\r\n"),
            Says::Redirect(to) => {
                format!("HTTP/1.1 302 Found\r\nlocation: {to}\r\ncontent-length: 0\r\n\r\n")
            }
            Says::Nothing => {
                // It holds on to the connection.
                std::thread::park();
                return;
            }
        };
        if writer.write_all(answer.as_bytes()).is_err() {
            return;
        }
    }
}

fn read(reader: &mut impl BufRead) -> Option<Received> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        lines.push(line.to_owned());
    }
    let pair = |line: &String| {
        let (name, value) = line.split_once(": ")?;
        Some((name.to_lowercase(), value.to_owned()))
    };
    let headers: Vec<(String, String)> = lines.iter().skip(1).filter_map(pair).collect();
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length = length.and_then(|(_, value)| value.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let body = String::from_utf8(body).ok()?;
    Some(Received { line: lines.first()?.clone(), headers, body, was_taken: false })
}
