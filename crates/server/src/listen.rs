//! The accept loop: TLS, limits, timeouts, drain.

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
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

/// Serves until `stop` comes, then lets what is under way end, for `drain` at most.
pub(crate) async fn serve(
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    doors: Arc<Doors>,
    connections_max: usize,
    drain: Duration,
    stop: impl Future<Output = ()>,
) {
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(connections_max));
    let builder = Arc::new(builder(doors.silence_max));
    tokio::pin!(stop);
    loop {
        let place = tokio::select! {
            () = &mut stop => break,
            place = places.clone().acquire_owned() => place.expect("the semaphore is never closed"),
        };
        let (stream, address) = tokio::select! {
            () = &mut stop => break,
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    rest_if_exhausted(&error).await;
                    continue;
                }
            },
        };
        let (watcher, builder) = (graceful.watcher(), builder.clone());
        let (doors, tls) = (doors.clone(), tls.clone());
        let tasks = doors.tasks.clone();
        tasks.spawn(async move {
            doors.metrics.connections.inc();
            // A client that speaks IPv4 is not to look like another where IPv6 is listened on.
            let peer = Peer { address: address.ip().to_canonical(), is_tls: tls.is_some() };
            connection(stream, peer, tls, &builder, &doors, watcher).await;
            doors.metrics.connections.dec();
            drop(place);
        });
    }
    drop(listener);
    doors.tasks.begin_draining();
    tracing::info!(drain_seconds = drain.as_secs(), "draining");
    let all = async {
        graceful.shutdown().await;
        doors.tasks.drain().await;
    };
    if tokio::time::timeout(drain, all).await.is_err() {
        tracing::warn!("some requests did not end in time and are cut");
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
        let doors = doors.clone();
        async move { Ok::<_, Infallible>(router::answer(doors, request).await) }
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
