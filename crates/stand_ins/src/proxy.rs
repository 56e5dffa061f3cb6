//! A proxy in front of a server of objects: it treats requests as a test says, and counts them.

use std::collections::VecDeque;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// What happens to one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
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

#[derive(Debug, Default)]
struct State {
    /// What happens to the next request whose first line has these words.
    troubles: VecDeque<(&'static str, Trouble)>,
    /// What happens to every request after so many.
    lasting: Option<(usize, Trouble)>,
    body_bytes: u64,
    lines: Vec<String>,
    /// The first lines of requests that name a storage class, behind that.
    classes: Vec<String>,
}

/// A proxy that runs as long as the test's process.
#[derive(Debug)]
pub struct Proxy {
    /// Its port on this machine.
    pub port: u16,
    state: Arc<Mutex<State>>,
}

impl Proxy {
    /// Starts one in front of the server at this port.
    pub fn before(server: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = listener.local_addr().expect("it was just bound");
        let (port, state) = (address.port(), Arc::<Mutex<State>>::default());
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

    /// From now on, this happens to the next request whose first line has these words.
    pub fn trouble(&self, words: &'static str, trouble: Trouble) {
        self.state().troubles.push_back((words, trouble));
    }

    /// From now on, `count` requests pass, and this happens to all later ones.
    pub fn break_after(&self, count: usize, trouble: Trouble) {
        self.state().lasting = Some((count, trouble));
    }

    /// Ends all troubles.
    pub fn mend(&self) {
        self.state().lasting = None;
    }

    /// How many troubles have not happened yet.
    pub fn troubles_left(&self) -> usize {
        self.state().troubles.len()
    }

    /// How many bytes of bodies went to the server.
    pub fn body_bytes(&self) -> u64 {
        self.state().body_bytes
    }

    /// The storage classes that requests named, each with the first line of its request.
    pub fn take_classes(&self) -> Vec<String> {
        std::mem::take(&mut self.state().classes)
    }

    /// The first lines of all requests since it was last asked.
    pub fn take_lines(&self) -> Vec<String> {
        std::mem::take(&mut self.state().lines)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
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
        let mut state = lock(state);
        state.lines.push(line.clone());
        let class = header(&head, "x-amz-storage-class").map(|class| format!("{class} {line}"));
        state.classes.extend(class);
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
    lock(state).body_bytes += sent as u64;
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

/// What a client without a key gets from a URL: the first line of the answer, and its body.
pub fn fetch(address: &str) -> (String, Vec<u8>) {
    let rest = address.strip_prefix("http://").expect("a stand-in speaks no TLS");
    let (host, path) = rest.split_once('/').expect("a URL with a path");
    let mut server = TcpStream::connect(host).expect("the stand-in runs");
    let request = format!("GET /{path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
    server.write_all(request.as_bytes()).expect("the stand-in takes a request");
    let (head, mut body) = read_head(&mut server).expect("the stand-in answers");
    server.read_to_end(&mut body).expect("the stand-in ends its answer");
    (head.lines().next().expect("a head has a first line").to_owned(), body)
}
