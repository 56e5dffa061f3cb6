//! The accept loop: TLS, limits, timeouts, drain.

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use http::header::CONNECTION;
use http::{HeaderValue, Version};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_rustls::TlsAcceptor;

use crate::doors::Doors;
use crate::guard::Peer;
use crate::router;
use crate::stall::CutWhenStalled;

/// How long a client may take to shake hands.
const HANDSHAKE_MAX: Duration = Duration::from_secs(10);

/// What one connection may make us buffer of a request.
const BUFFER_BYTES_MAX: usize = 256 << 10;

/// Flow-control windows of HTTP/2: with 50 ms to a client, 4 MiB let one upload run at 80 MB/s.
const STREAM_WINDOW_BYTES: u32 = 4 << 20;
const CONNECTION_WINDOW_BYTES: u32 = 16 << 20;

/// How long we wait before accepting again when the system has no descriptor left for us.
const EXHAUSTED_WAIT: Duration = Duration::from_millis(100);

/// How the end goes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Drain {
    /// How long we go on serving while `/readyz` says no. A balancer that has not noticed yet sends requests
    /// until it has, and each that met a closed port would be a failure that somebody sees.
    pub(crate) delay: Duration,
    /// How long requests under way have after that.
    pub(crate) max: Duration,
}

/// Serves until `stop` comes, and then ends in three steps: it says that it is on its way out and goes on; it takes no
/// connection any more and lets what is under way end; it cuts what has not ended in time.
pub(crate) async fn serve(
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    doors: Arc<Doors>,
    connections_max: usize,
    drain: Drain,
    stop: impl Future<Output = ()>,
) {
    let door = FrontDoor {
        listener,
        tls,
        graceful: GracefulShutdown::new(),
        places: Arc::new(Semaphore::new(connections_max)),
        builder: Arc::new(builder(doors.silence_max)),
        doors: doors.clone(),
    };
    door.admit_until(stop).await;
    doors.tasks.begin_draining();
    let (delay_seconds, drain_seconds) = (drain.delay.as_secs(), drain.max.as_secs());
    tracing::info!(delay_seconds, drain_seconds, "draining");
    if !drain.delay.is_zero() {
        door.admit_until(tokio::time::sleep(drain.delay)).await;
    }
    let FrontDoor { listener, graceful, .. } = door;
    drop(listener);
    let all = async {
        graceful.shutdown().await;
        doors.tasks.drain().await;
    };
    if tokio::time::timeout(drain.max, all).await.is_err() {
        tracing::warn!("some requests did not end in time and are cut");
    }
}

/// Where connections come in.
struct FrontDoor {
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    graceful: GracefulShutdown,
    places: Arc<Semaphore>,
    builder: Arc<Builder<TokioExecutor>>,
    doors: Arc<Doors>,
}

impl FrontDoor {
    /// Takes connections and serves each beside the others.
    async fn admit_until(&self, end: impl Future<Output = ()>) {
        tokio::pin!(end);
        loop {
            let place = tokio::select! {
                () = &mut end => return,
                place = self.places.clone().acquire_owned() => place.expect("the semaphore is never closed"),
            };
            let (stream, address) = tokio::select! {
                () = &mut end => return,
                accepted = self.listener.accept() => match accepted {
                    Ok(accepted) => accepted,
                    Err(error) => {
                        rest_if_exhausted(&error).await;
                        continue;
                    }
                },
            };
            // A client that speaks IPv4 is not to look like another where IPv6 is listened on.
            let peer = Peer { address: address.ip().to_canonical(), is_tls: self.tls.is_some() };
            self.admit(stream, peer, place);
        }
    }

    fn admit(&self, stream: TcpStream, peer: Peer, place: OwnedSemaphorePermit) {
        let (watcher, builder) = (self.graceful.watcher(), self.builder.clone());
        let (doors, tls) = (self.doors.clone(), self.tls.clone());
        self.doors.tasks.spawn(async move {
            doors.metrics.connections.inc();
            connection(stream, peer, tls, &builder, &doors, watcher).await;
            doors.metrics.connections.dec();
            drop(place);
        });
    }
}

/// `silence_max` is how long a connection may be idle, and how long a request's head may take.
fn builder(silence_max: Duration) -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(silence_max)
        .max_buf_size(BUFFER_BYTES_MAX)
        .keep_alive(true);
    builder
        .http2()
        .timer(TokioTimer::new())
        .initial_stream_window_size(STREAM_WINDOW_BYTES)
        .initial_connection_window_size(CONNECTION_WINDOW_BYTES)
        .max_frame_size(256 << 10)
        .max_send_buf_size(1 << 20)
        .max_concurrent_streams(250)
        .keep_alive_interval(Duration::from_secs(20));
    builder
}

async fn connection(
    stream: TcpStream,
    peer: Peer,
    tls: Option<TlsAcceptor>,
    builder: &Builder<TokioExecutor>,
    doors: &Arc<Doors>,
    watcher: hyper_util::server::graceful::Watcher,
) {
    // Small answers must not wait for acknowledgements of others.
    drop(stream.set_nodelay(true));
    match tls {
        None => http(stream, peer, builder, doors, watcher).await,
        Some(tls) => match tokio::time::timeout(HANDSHAKE_MAX, tls.accept(stream)).await {
            Ok(Ok(stream)) => http(stream, peer, builder, doors, watcher).await,
            Ok(Err(error)) => tracing::debug!(%error, "TLS handshake failed"),
            Err(_) => tracing::debug!("TLS handshake took too long"),
        },
    }
}

async fn http<S>(
    stream: S,
    peer: Peer,
    builder: &Builder<TokioExecutor>,
    doors: &Arc<Doors>,
    watcher: hyper_util::server::graceful::Watcher,
) where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let service = service_fn(move |mut request: http::Request<hyper::body::Incoming>| {
        request.extensions_mut().insert(peer);
        let (doors, version) = (doors.clone(), request.version());
        async move {
            let mut response = router::answer(doors.clone(), request).await;
            // Whoever keeps this connection would find it closed a little later: between two requests if all goes
            // well, and in the middle of one if not. HTTP/2 has its own words, which hyper says.
            if doors.tasks.is_draining() && version < Version::HTTP_2 {
                response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
            }
            Ok::<_, Infallible>(response)
        }
    });
    let io = TokioIo::new(CutWhenStalled::new(stream, doors.silence_max));
    let connection = builder.serve_connection(io, service).into_owned();
    if let Err(error) = watcher.watch(connection).await {
        tracing::debug!(error = error.to_string(), "connection ended");
    }
}

async fn rest_if_exhausted(error: &io::Error) {
    // A connection that died while it waited is its client's affair.
    let is_the_clients = matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionRefused
    );
    if !is_the_clients {
        tracing::error!(%error, "connections cannot be accepted");
        tokio::time::sleep(EXHAUSTED_WAIT).await;
    }
}
