//! A proxy for `CONNECT` that leads some names to one server, as a private DNS would.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

/// A running proxy. Dropping it stops it.
pub(crate) struct Proxy {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
    is_over: Arc<AtomicBool>,
    accepting: Option<JoinHandle<()>>,
}

impl Proxy {
    /// Leads every name that ends with `suffix` to `server`, and refuses all others.
    pub(crate) fn start(suffix: &str, server: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
        let address = listener.local_addr().expect("a listener has an address");
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let is_over: Arc<AtomicBool> = Arc::default();
        let (suffix, server) = (suffix.to_owned(), server.to_owned());
        let (names, over) = (Arc::clone(&asked), Arc::clone(&is_over));
        let accepting = thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                if over.load(Ordering::SeqCst) {
                    return;
                }
                let (suffix, server, names) = (suffix.clone(), server.clone(), Arc::clone(&names));
                // A client that breaks off is ignored.
                thread::spawn(move || serve(client, &suffix, &server, &names));
            }
        });
        Self { address, asked, is_over, accepting: Some(accepting) }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The port it listens on.
    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }

    /// The names that clients wanted to be led to, in order.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("no thread panics with the list").clone()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::SeqCst);
        // The listener checks when a client connects.
        let _ = TcpStream::connect(self.address);
        if let Some(accepting) = self.accepting.take() {
            let _ = accepting.join();
        }
    }
}

fn serve(
    client: TcpStream,
    suffix: &str,
    server: &str,
    names: &Mutex<Vec<String>>,
) -> io::Result<()> {
    let mut reader = BufReader::new(client.try_clone()?);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let target = line.strip_prefix("CONNECT ").and_then(|rest| rest.split(' ').next());
    let name = target.unwrap_or_default().trim_end_matches(":443").to_owned();
    while line.trim_end() != "" {
        line.clear();
        reader.read_line(&mut line)?;
    }
    let is_led = name.ends_with(suffix);
    names.lock().expect("no thread panics with the list").push(name);
    let mut client = client;
    if !is_led {
        return client.write_all(b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n");
    }
    let upstream = TcpStream::connect(server)?;
    client.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")?;
    let (mut to, mut from) = (upstream.try_clone()?, upstream);
    let back = thread::spawn(move || {
        let copied = io::copy(&mut from, &mut client);
        let _ = client.shutdown(Shutdown::Write);
        copied
    });
    io::copy(&mut reader, &mut to)?;
    let _ = to.shutdown(Shutdown::Write);
    back.join().expect("copying does not panic").map(drop)
}
