//! A balancer that works against its clients: each request goes to the node that knows least of the
//! changes before it.
//!
//! A client that relies on what another node was told a moment ago, although only two seconds are
//! promised, fails here in every run, and not only by chance (see `patience`).
//!
//! # Invariants
//! * Bytes arrive exactly as they were sent: tests of odd requests are tests of the nodes.
//! * A request goes to one node over its own connection, and is never sent twice. Traffic that is
//!   not HTTP/1.1 (HTTP/2, TLS) stays with one node for as long as the connection lasts.
//! * A node that does not answer `/readyz` with 200, or refuses a connection, gets nothing until it
//!   recovers.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::cluster::asked::{Act, Asked};
use crate::cluster::patience::Patience;
use crate::cluster::relay::{Client, Next};
use crate::cluster::runtime::{Task, runtime};
use crate::cluster::turns::Turns;

const LOOK_EVERY: Duration = Duration::from_millis(50);

/// A node that takes longer for its readiness check is not ready.
const LOOK_PATIENCE: Duration = Duration::from_secs(2);

const CONNECT_PATIENCE: Duration = Duration::from_secs(1);

/// A balancer that works until it is dropped.
#[derive(Debug)]
pub struct Balancer {
    address: SocketAddr,
    targets: Arc<Targets>,
    _tasks: Vec<Task>,
}

#[derive(Debug)]
struct Targets {
    all: Mutex<Vec<Target>>,
    turns: Mutex<Turns>,
    patience: Mutex<Patience>,
}

#[derive(Debug, Clone, Copy)]
struct Target {
    address: Option<SocketAddr>,
    is_ready: bool,
    requests: u64,
}

impl Balancer {
    /// Begins to listen, with so many nodes, none of which has an address yet.
    pub fn start(nodes: usize) -> Self {
        let listener = runtime()
            .block_on(TcpListener::bind("127.0.0.1:0"))
            .expect("a free port can be listened on");
        let address = listener.local_addr().expect("a listener has an address");
        let absent = Target { address: None, is_ready: false, requests: 0 };
        let all = Mutex::new(vec![absent; nodes]);
        let (turns, patience) = (Mutex::new(Turns::of(nodes)), Mutex::default());
        let targets = Arc::new(Targets { all, turns, patience });
        let looks = (0..nodes).map(|node| Task::start(look(Arc::clone(&targets), node)));
        let mut tasks: Vec<Task> = looks.collect();
        tasks.push(Task::start(accept(listener, Arc::clone(&targets))));
        Self { address, targets, _tasks: tasks }
    }

    /// Sets the address of a node that is ready; or that it has none.
    pub fn set(&self, node: usize, address: Option<SocketAddr>) {
        let mut all = self.targets.lock();
        all[node] = Target { address, is_ready: address.is_some(), ..all[node] };
    }

    /// `HOST:PORT` to connect to.
    pub fn address(&self) -> String {
        self.address.to_string()
    }

    /// How many requests each node has been sent.
    pub fn requests(&self) -> Vec<u64> {
        self.targets.lock().iter().map(|target| target.requests).collect()
    }

    /// Which nodes get requests now.
    pub fn ready(&self) -> Vec<bool> {
        self.targets.lock().iter().map(|target| target.is_ready).collect()
    }
}

impl Targets {
    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Target>> {
        self.all.lock().expect("no thread panics while holding it")
    }

    fn turns(&self) -> std::sync::MutexGuard<'_, Turns> {
        self.turns.lock().expect("no thread panics while holding it")
    }

    /// Why a request must not be answered, if it has not waited long enough.
    fn judge(&self, asked: &Asked) -> Result<(), String> {
        self.patience
            .lock()
            .expect("no thread panics while holding it")
            .judge(asked, Instant::now())
    }

    /// A connection to the node whose turn it is, or to the next that accepts one.
    async fn connect(&self, act: Act) -> Option<TcpStream> {
        let order = self.turns().order(act);
        for is_ready in [true, false] {
            for &node in &order {
                let target = self.lock()[node];
                let Some(address) = target.address.filter(|_| target.is_ready == is_ready) else {
                    continue;
                };
                if let Ok(Ok(stream)) = timeout(CONNECT_PATIENCE, TcpStream::connect(address)).await
                {
                    self.lock()[node].requests += 1;
                    self.turns().note(node, act);
                    return Some(stream);
                }
                self.note_state(node, address, false);
            }
        }
        None
    }

    fn note_state(&self, node: usize, address: SocketAddr, is_ready: bool) {
        let target = &mut self.lock()[node];
        // It may have another address by now.
        if target.address == Some(address) {
            target.is_ready = is_ready;
        }
    }
}

async fn accept(listener: TcpListener, targets: Arc<Targets>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                if let Ok((stream, _)) = accepted {
                    connections.spawn(serve(stream, Arc::clone(&targets)));
                }
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn serve(stream: TcpStream, targets: Arc<Targets>) {
    let _ = stream.set_nodelay(true);
    let mut client = Client::new(stream);
    while client.begins().await {
        let asked = Asked::by(&mut client).await;
        if let Err(why) = targets.judge(&asked) {
            return refuse(&mut client, "500 No Node Waited", &why).await;
        }
        let Some(server) = targets.connect(asked.act).await else {
            return refuse(&mut client, "503 No Node", "").await;
        };
        let _ = server.set_nodelay(true);
        if client.exchange(server).await == Next::End {
            return;
        }
    }
}

/// Answers in the place of a node.
async fn refuse(client: &mut Client, status: &str, why: &str) {
    let length = why.len();
    let head =
        format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n");
    // A client that has gone gets no answer.
    if client.stream.write_all((head + why).as_bytes()).await.is_ok() {
        client.linger().await;
    }
}

/// Checks the readiness of a node again and again.
async fn look(targets: Arc<Targets>, node: usize) {
    loop {
        let target = targets.lock()[node];
        if let Some(address) = target.address {
            let is_ready = matches!(timeout(LOOK_PATIENCE, ask(address)).await, Ok(Some(200)));
            targets.note_state(node, address, is_ready);
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// The status of a node's `/readyz`.
async fn ask(address: SocketAddr) -> Option<u16> {
    let mut stream = TcpStream::connect(address).await.ok()?;
    let request = b"GET /readyz HTTP/1.1\r\nhost: balancer\r\nconnection: close\r\n\r\n";
    stream.write_all(request).await.ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.ok()?;
    std::str::from_utf8(answer.get(9..12)?).ok()?.parse().ok()
}
