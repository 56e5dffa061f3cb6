//! A proxy in front of an S3 server: it treats requests as a test says, and counts them.

use std::collections::VecDeque;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What happens to one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// It is answered with this status and never reaches the server.
    Answered(u16),
    /// It is answered with this status, and S3's error code.
    Refused(u16, &'static str),
    /// Half of its body reaches the server, and then both lose the connection.
    Cut,
    /// The server does it, and its answer is lost.
    AnswerLost,
    /// Half of the answer comes.
    AnswerCut,
    /// It waits for this long first.
    Slow(Duration),
}

#[derive(Default)]
struct State {
    /// What happens to the next request whose first line has these words.
    troubles: VecDeque<(&'static str, Trouble)>,
    /// What happens to every request after so many.
    lasting: Option<(usize, Trouble)>,
    body_bytes: u64,
    lines: Vec<String>,
}

pub(crate) struct Proxy {
    pub(crate) port: u16,
    state: Arc<Mutex<State>>,
}

impl Proxy {
    pub(crate) fn before(server: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let (port, state) = (listener.local_addr().unwrap().port(), Arc::<Mutex<State>>::default());
        let shared = Arc::clone(&state);
        // Ends with the test's process.
        std::thread::spawn(move || {
            for client in listener.incoming() {
                let state = Arc::clone(&shared);
                std::thread::spawn(move || client.map(|client| serve(client, server, &state)));
            }
        });
        Self { port, state }
    }

    pub(crate) fn trouble(&self, words: &'static str, trouble: Trouble) {
        self.state.lock().unwrap().troubles.push_back((words, trouble));
    }

    /// From now on, `count` requests pass, and this happens to all later ones.
    pub(crate) fn break_after(&self, count: usize, trouble: Trouble) {
        self.state.lock().unwrap().lasting = Some((count, trouble));
    }

    /// Ends all troubles.
    pub(crate) fn mend(&self) {
        self.state.lock().unwrap().lasting = None;
    }

    pub(crate) fn troubles_left(&self) -> usize {
        self.state.lock().unwrap().troubles.len()
    }

    /// How many bytes of bodies went to the server.
    pub(crate) fn body_bytes(&self) -> u64 {
        self.state.lock().unwrap().body_bytes
    }

    /// The first lines of all requests since it was last asked.
    pub(crate) fn take_lines(&self) -> Vec<String> {
        std::mem::take(&mut self.state.lock().unwrap().lines)
    }
}

/// One request; then the connection ends.
fn serve(mut client: TcpStream, server: u16, state: &Mutex<State>) -> Option<()> {
    let (head, mut body) = read_head(&mut client)?;
    let line = head.lines().next()?.to_owned();
    let length = header(&head, "content-length").and_then(|text| text.parse().ok()).unwrap_or(0);
    while body.len() < length {
        let mut more = vec![0; (length - body.len()).min(1 << 20)];
        let count = client.read(&mut more).ok().filter(|count| *count > 0)?;
        body.extend_from_slice(&more[..count]);
    }
    let trouble = {
        let mut state = state.lock().unwrap();
        state.lines.push(line.clone());
        let at = state.troubles.iter().position(|(words, _)| line.contains(words));
        let once = at.and_then(|at| state.troubles.remove(at)).map(|(_, trouble)| trouble);
        match &mut state.lasting {
            Some((0, trouble)) => Some(*trouble),
            Some((left, _)) => {
                *left -= 1;
                once
            }
            None => once,
        }
    };
    match trouble {
        Some(Trouble::Answered(status)) => return answer(&mut client, status, ""),
        Some(Trouble::Refused(status, code)) => {
            let error = format!("<?xml version=\"1.0\"?><Error><Code>{code}</Code></Error>");
            return answer(&mut client, status, &error);
        }
        Some(Trouble::Slow(pause)) => std::thread::sleep(pause),
        _ => {}
    }
    let sent = if trouble == Some(Trouble::Cut) { length / 2 } else { length };
    state.lock().unwrap().body_bytes += sent as u64;
    let mut upstream = TcpStream::connect(("127.0.0.1", server)).ok()?;
    let head = head.replacen("\r\n", "\r\nconnection: close\r\n", 1);
    upstream.write_all(head.as_bytes()).ok()?;
    upstream.write_all(&body[..sent]).ok()?;
    if trouble == Some(Trouble::Cut) {
        return client.shutdown(Shutdown::Both).ok();
    }
    let mut answer = Vec::new();
    upstream.read_to_end(&mut answer).ok()?;
    let passed = match trouble {
        Some(Trouble::AnswerLost) => 0,
        Some(Trouble::AnswerCut) => answer.len() / 2,
        _ => answer.len(),
    };
    client.write_all(&answer[..passed]).ok()?;
    client.shutdown(Shutdown::Both).ok()
}

fn answer(client: &mut TcpStream, status: u16, body: &str) -> Option<()> {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status} No\r\netag: \"of-nothing\"\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n"
    );
    client.write_all(format!("{head}{body}").as_bytes()).ok()?;
    client.shutdown(Shutdown::Both).ok()
}

/// A request's head, and the bytes of its body that arrived with it.
fn read_head(client: &mut TcpStream) -> Option<(String, Vec<u8>)> {
    let mut bytes = Vec::new();
    loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            let body = bytes.split_off(end + 4);
            return Some((String::from_utf8(bytes).ok()?, body));
        }
        let mut more = [0; 4096];
        let count = client.read(&mut more).ok().filter(|count| *count > 0)?;
        bytes.extend_from_slice(&more[..count]);
    }
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().find_map(|line| {
        let (found, value) = line.split_once(':')?;
        found.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

/// What a client without a key gets from a URL.
pub(crate) fn fetch(address: &str) -> (String, Vec<u8>) {
    let rest = address.strip_prefix("http://").unwrap();
    let (host, path) = rest.split_once('/').unwrap();
    let mut server = TcpStream::connect(host).unwrap();
    let request = format!("GET /{path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
    server.write_all(request.as_bytes()).unwrap();
    let (head, mut body) = read_head(&mut server).unwrap();
    server.read_to_end(&mut body).unwrap();
    (head.lines().next().unwrap().to_owned(), body)
}
