//! A TCP proxy that cuts, refuses, stalls, delays and truncates connections.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::cluster::runtime::{Task, runtime};

/// How much a connection forwards at once.
const PIECE_BYTES: usize = 64 << 10;

/// The target of a proxy, and its faults.
#[derive(Debug, Clone)]
pub enum Upstream {
    /// A port of this machine.
    Port(u16),
    /// A socket in the file system.
    Socket(PathBuf),
}

/// How connections fare.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Weather {
    /// New connections are closed at once.
    pub refuses: bool,
    /// Nothing gets through, in either direction, without an error.
    pub stalls: bool,
    /// Each piece waits for this long.
    pub delay: Duration,
    /// A connection is cut after this many more bytes, in both directions together.
    pub cut_after_bytes: Option<usize>,
}

/// The weather, and how often all connections were cut.
#[derive(Debug, Clone, Default)]
struct Sky {
    weather: Weather,
    cuts: u64,
}

/// A proxy that works until it is dropped.
#[derive(Debug)]
pub struct TcpFaults {
    /// Its port.
    pub port: u16,
    sky: watch::Sender<Sky>,
    _task: Task,
}

impl TcpFaults {
    /// Begins to listen, in fair weather.
    pub fn before(upstream: Upstream) -> Self {
        let listener = runtime()
            .block_on(TcpListener::bind("127.0.0.1:0"))
            .expect("a free port can be listened on");
        let port = listener.local_addr().expect("a listener has an address").port();
        let (sky, seen) = watch::channel(Sky::default());
        Self { port, sky, _task: Task::start(accept(listener, upstream, seen)) }
    }

    /// Changes the weather, also for existing connections.
    pub fn set(&self, weather: Weather) {
        self.sky.send_modify(|now| now.weather = weather);
    }

    /// Cuts every existing connection.
    pub fn cut(&self) {
        self.sky.send_modify(|now| now.cuts += 1);
    }
}

async fn accept(listener: TcpListener, upstream: Upstream, sky: watch::Receiver<Sky>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                let Ok((client, _)) = accepted else { continue };
                if !sky.borrow().weather.refuses {
                    connections.spawn(serve(client, upstream.clone(), sky.clone()));
                }
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn serve(client: TcpStream, upstream: Upstream, sky: watch::Receiver<Sky>) {
    let _ = client.set_nodelay(true);
    match upstream {
        Upstream::Port(port) => {
            if let Ok(server) = TcpStream::connect(("127.0.0.1", port)).await {
                let _ = server.set_nodelay(true);
                let (from, to) = server.into_split();
                join(client, from, to, sky).await;
            }
        }
        Upstream::Socket(path) => {
            if let Ok(server) = UnixStream::connect(path).await {
                let (from, to) = server.into_split();
                join(client, from, to, sky).await;
            }
        }
    }
}

/// Passes both directions on until one ends or the weather cuts them.
async fn join(
    client: TcpStream,
    from_server: impl AsyncRead + Unpin,
    to_server: impl AsyncWrite + Unpin,
    mut sky: watch::Receiver<Sky>,
) {
    let (from_client, to_client) = client.into_split();
    let passed = Arc::new(AtomicUsize::new(0));
    let cuts = sky.borrow().cuts;
    let there = pump(from_client, to_server, sky.clone(), &passed);
    let back = pump(from_server, to_client, sky.clone(), &passed);
    tokio::select! {
        () = there => {}
        () = back => {}
        _ = sky.wait_for(|now| now.cuts != cuts) => {}
    }
}

async fn pump(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    mut sky: watch::Receiver<Sky>,
    passed: &AtomicUsize,
) {
    let mut bytes = vec![0; PIECE_BYTES];
    while let Ok(read @ 1..) = from.read(&mut bytes).await {
        let fair = sky.wait_for(|now| !now.weather.stalls).await;
        let Ok(now) = fair.map(|now| now.weather.clone()) else { return };
        tokio::time::sleep(now.delay).await;
        let before = passed.fetch_add(read, Ordering::Relaxed);
        let left = now.cut_after_bytes.map_or(read, |most| most.saturating_sub(before).min(read));
        if to.write_all(&bytes[..left]).await.is_err() || left < read {
            return;
        }
    }
}
