//! A proxy in front of an S3 server that treats each request as a plan says.

use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use crate::cluster::framing::Message;
use crate::cluster::relay::{Client, Next};
use crate::cluster::runtime::{Task, runtime};

/// The fate of one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// It is answered with this status and never reaches the server.
    Answered(u16),
    /// Half of it reaches the server, and then both lose the connection.
    Cut,
    /// The server carries it out, but the answer is lost.
    AnswerLost,
    /// Only half of the answer arrives.
    AnswerCut,
    /// It waits for this long first.
    Slow(Duration),
}

/// Decides the fate of a request from its first line.
pub type Plan = Box<dyn FnMut(&str) -> Option<Trouble> + Send>;

/// A proxy that works until it is dropped.
pub struct HttpFaults {
    /// Its port.
    pub port: u16,
    plan: Arc<Mutex<Plan>>,
    _task: Task,
}

impl HttpFaults {
    /// Begins to listen, without trouble.
    pub fn before(server: u16) -> Self {
        let listener = runtime()
            .block_on(TcpListener::bind("127.0.0.1:0"))
            .expect("a free port can be listened on");
        let port = listener.local_addr().expect("a listener has an address").port();
        let plan: Arc<Mutex<Plan>> = Arc::new(Mutex::new(Box::new(|_| None)));
        let task = Task::start(accept(listener, server, Arc::clone(&plan)));
        Self { port, plan, _task: task }
    }

    /// Replaces the plan.
    pub fn set(&self, plan: impl FnMut(&str) -> Option<Trouble> + Send + 'static) {
        *self.plan.lock().expect("a plan does not panic") = Box::new(plan);
    }
}

impl fmt::Debug for HttpFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { port, plan: _, _task: _ } = self;
        f.debug_struct("HttpFaults").field("port", port).finish_non_exhaustive()
    }
}

async fn accept(listener: TcpListener, server: u16, plan: Arc<Mutex<Plan>>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                if let Ok((stream, _)) = accepted {
                    connections.spawn(serve(stream, server, Arc::clone(&plan)));
                }
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn serve(stream: TcpStream, server: u16, plan: Arc<Mutex<Plan>>) {
    let _ = stream.set_nodelay(true);
    let mut client = Client::new(stream);
    while let Some(request) = client.peek().await {
        let trouble = (plan.lock().expect("a plan does not panic"))(&request.line());
        if let Some(Trouble::Answered(status)) = trouble {
            return client.refuse(status).await;
        }
        if let Some(Trouble::Slow(pause)) = trouble {
            tokio::time::sleep(pause).await;
        }
        let Ok(server) = TcpStream::connect(("127.0.0.1", server)).await else { return };
        let _ = server.set_nodelay(true);
        match trouble {
            Some(Trouble::Cut) => return client.send_half(&request, server).await,
            Some(Trouble::AnswerLost) => return client.hear(&request, server, |_| 0).await,
            Some(Trouble::AnswerCut) => {
                return client.hear(&request, server, |length| length / 2).await;
            }
            None | Some(Trouble::Slow(_) | Trouble::Answered(_)) => {}
        }
        if client.exchange(server).await == Next::End {
            return;
        }
    }
}

impl Client {
    /// The head of the next request, which is still to be passed on.
    async fn peek(&mut self) -> Option<Message> {
        loop {
            let mut request = Message::request();
            request.take(&self.pending);
            if request.head_is_over() {
                return Some(request);
            }
            if !matches!(self.stream.read_buf(&mut self.pending).await, Ok(read) if read > 0) {
                return None;
            }
        }
    }

    async fn refuse(mut self, status: u16) {
        let body = "<Error><Code>SlowDown</Code><Message>Trouble</Message></Error>";
        let length = body.len();
        let answer = format!(
            "HTTP/1.1 {status} Trouble\r\ncontent-type: application/xml\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
        );
        if self.stream.write_all(answer.as_bytes()).await.is_ok() {
            self.linger().await;
        }
    }

    /// Sends the head and half of the body.
    async fn send_half(mut self, request: &Message, mut server: TcpStream) {
        let length: usize =
            request.header("content-length").and_then(|text| text.parse().ok()).unwrap_or(0);
        let mut left = request.head_length() + length / 2;
        while left > 0 {
            let passed = left.min(self.pending.len());
            if server.write_all(&self.pending[..passed]).await.is_err() {
                return;
            }
            self.pending.drain(..passed);
            left -= passed;
            if left > 0
                && !matches!(self.stream.read_buf(&mut self.pending).await, Ok(read) if read > 0)
            {
                return;
            }
        }
    }

    /// Passes the request on whole, and so many bytes of its answer back.
    async fn hear(mut self, head: &Message, mut server: TcpStream, part: fn(usize) -> usize) {
        let mut request = Message::request();
        while !request.is_over() {
            let taken = request.take(&self.pending);
            if server.write_all(&self.pending[..taken]).await.is_err() {
                return;
            }
            self.pending.drain(..taken);
            if !request.is_over()
                && !matches!(self.stream.read_buf(&mut self.pending).await, Ok(read) if read > 0)
            {
                return;
            }
        }
        let mut answer = Message::answer(head.line().starts_with("HEAD "));
        let (mut back, mut bytes) = (Vec::new(), vec![0; 64 << 10]);
        while !answer.is_over() {
            let Ok(read @ 1..) = server.read(&mut bytes).await else { break };
            answer.take(&bytes[..read]);
            back.extend_from_slice(&bytes[..read]);
        }
        let _ = self.stream.write_all(&back[..part(back.len())]).await;
    }
}
