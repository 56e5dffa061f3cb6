//! The process: a thread for each connection, which does one thing after another.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result, ensure};

use super::objects::{BODY_BYTES, Objects};
use super::request::Request;

/// A request of this program's own is far shorter.
const HEAD_BYTES_MAX: usize = 8 * 1024;

/// What the program is told.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Where the objects go.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
}

/// Serves until it is ended.
pub(crate) fn serve(options: &Options) -> Result<()> {
    let objects = Arc::new(Objects::new(options.data.clone(), BODY_BYTES)?);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    println!("listening on http://{}", listener.local_addr()?);
    for stream in listener.incoming() {
        let (stream, objects) = (stream?, Arc::clone(&objects));
        std::thread::spawn(move || {
            if let Err(error) = converse(stream, &objects) {
                eprintln!("{error:#}");
            }
        });
    }
    Ok(())
}

/// Answers one request after another, until the client leaves.
fn converse(mut stream: TcpStream, objects: &Objects) -> Result<()> {
    stream.set_nodelay(true)?;
    let mut received = Vec::new();
    while let Some(head) = next_head(&mut stream, &mut received)? {
        match Request::parse(&head).with_context(|| format!("request {head:?}"))? {
            Request::Write { name, size_bytes } => {
                let digest = hex::encode(objects.write(&name, size_bytes)?);
                let answer = format!("HTTP/1.1 201 Created\r\nContent-Length: 64\r\n\r\n{digest}");
                stream.write_all(answer.as_bytes())?;
            }
            Request::Read { name } => {
                let reader = objects.open(&name)?;
                let head =
                    format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", reader.size_bytes);
                reader.send(head.as_bytes(), &mut stream)?;
            }
        }
    }
    Ok(())
}

/// The next head, of a request without a body; `None` when the client has left.
fn next_head(stream: &mut TcpStream, received: &mut Vec<u8>) -> Result<Option<String>> {
    let mut more = [0; 4096];
    loop {
        if let Some(end) = received.windows(4).position(|window| window == b"\r\n\r\n") {
            let rest = received.split_off(end + 4);
            let head = std::mem::replace(received, rest);
            return Ok(Some(String::from_utf8(head)?));
        }
        ensure!(received.len() < HEAD_BYTES_MAX, "a head without an end");
        let count = stream.read(&mut more)?;
        if count == 0 {
            return Ok(None);
        }
        received.extend_from_slice(&more[..count]);
    }
}
