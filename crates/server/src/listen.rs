//! The accept loop: TLS, limits, timeouts, drain.

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use http::header::CONNECTION;
use http::{HeaderValue, Request, Response, Version};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;

use crate::activity::{Activity, Busy, Streams, Watched};
use crate::entrance::Entrance;
use crate::intake::{DRAINED_BYTES_MAX, RequestBody};
use crate::places::{AddressPlace, Place, Places};
use crate::router;
use crate::socket::Socket;
use crate::stall::CutWhenStalled;
use crate::trusted_proxies::Peer;

/// How long a TLS handshake may take.
const HANDSHAKE_MAX: Duration = Duration::from_secs(10);

/// How much of a request, and so of its head, one connection may make us buffer: heads of
/// unauthenticated clients are not counted elsewhere. hyper may use as much again before it checks.
const BUFFER_BYTES_MAX: usize = 64 << 10;

/// How many bytes one stream of HTTP/2 may have waiting to be sent.
const SEND_BYTES_MAX: usize = 256 << 10;

/// How many requests one connection of HTTP/2 may have at a time: slightly more than the minimum
/// that RFC 9113 recommends.
const STREAMS_MAX: u32 = 128;

/// How long a connection that was asked to close may take, once it has no requests.
const LINGER_MAX: Duration = Duration::from_secs(5);

/// How often the log says that an address has too many connections.
const WARN_EVERY: Duration = Duration::from_mins(1);

/// How long we wait before accepting again when the system has no descriptor left for us.
const EXHAUSTED_WAIT: Duration = Duration::from_millis(100);

/// The timing of a shutdown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Drain {
    /// How long we keep serving while `/readyz` answers not ready. A balancer that has not noticed
    /// yet keeps sending requests, and each that met a closed port would be a visible failure.
    pub(crate) delay: Duration,
    /// How long requests under way have after that.
    pub(crate) max: Duration,
}

/// Serves until `stop` resolves, and then stops in three steps: it announces the shutdown and keeps
/// serving; it accepts no more connections and lets running requests finish; it closes connections
/// that have not finished in time.
pub(crate) async fn serve(
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    entrance: Arc<Entrance>,
    places: Places,
    drain: Drain,
    stop: impl Future<Output = ()>,
) {
    let builder =
        builder(Streams::new(entrance.tasks.clone(), entrance.silence_max), entrance.silence_max);
    let mut door = FrontDoor {
        listener,
        tls,
        places,
        closing: CancellationToken::new(),
        builder: Arc::new(builder),
        entrance: entrance.clone(),
        warned_at: None,
    };
    door.admit_until(stop).await;
    entrance.tasks.begin_draining();
    let (delay_seconds, drain_seconds) = (drain.delay.as_secs(), drain.max.as_secs());
    tracing::info!(delay_seconds, drain_seconds, "draining");
    if !drain.delay.is_zero() {
        door.admit_until(tokio::time::sleep(drain.delay)).await;
    }
    let FrontDoor { listener, closing, .. } = door;
    drop(listener);
    closing.cancel();
    if tokio::time::timeout(drain.max, entrance.tasks.drain()).await.is_err() {
        tracing::warn!("some requests did not finish in time and are cut; raise --drain-seconds");
    }
}

/// The accept loop.
struct FrontDoor {
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    places: Places,
    /// Asks connections to close after their running requests.
    closing: CancellationToken,
    builder: Arc<Builder<Streams>>,
    entrance: Arc<Entrance>,
    /// When the log last said that an address has too many connections.
    warned_at: Option<Instant>,
}

impl FrontDoor {
    /// Accepts connections and serves each in a task.
    async fn admit_until(&mut self, end: impl Future<Output = ()>) {
        tokio::pin!(end);
        loop {
            let place = tokio::select! {
                () = &mut end => return,
                place = self.places.take() => place,
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
            // An IPv4 client must not look like another one if the server listens on IPv6.
            let peer = Peer { address: address.ip().to_canonical(), is_tls: self.tls.is_some() };
            // Many clients share a proxy's connections, and do not have an address here.
            if self.entrance.trusted_proxies.trusts(peer.address) {
                self.admit(stream, peer, (place, None));
            } else if let Some(of_address) = self.places.take_of(peer.address) {
                self.admit(stream, peer, (place, Some(of_address)));
            } else {
                self.refuse(peer);
            }
        }
    }

    fn admit(&self, stream: TcpStream, peer: Peer, place: (Place, Option<AddressPlace>)) {
        let (closing, builder) = (self.closing.clone(), self.builder.clone());
        let (entrance, tls) = (self.entrance.clone(), self.tls.clone());
        self.entrance.tasks.spawn(async move {
            entrance.metrics.connections.inc();
            connection(stream, peer, tls, &builder, &entrance, closing).await;
            entrance.metrics.connections.dec();
            drop(place);
        });
    }

    fn refuse(&mut self, peer: Peer) {
        self.entrance.metrics.refused_connections.inc();
        if self.warned_at.is_none_or(|at| at.elapsed() > WARN_EVERY) {
            self.warned_at = Some(Instant::now());
            tracing::warn!(
                address = %peer.address,
                "an address has reached its maximum number of connections, and further ones are closed; raise \
                 --connections-per-address-max, or add the address to --trusted-proxies if it is your proxy"
            );
        }
    }
}

/// `silence_max` is how long a connection may be idle, and how long a request's head may take.
fn builder(streams: Streams, silence_max: Duration) -> Builder<Streams> {
    let mut builder = Builder::new(streams);
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(silence_max)
        .max_buf_size(BUFFER_BYTES_MAX)
        .keep_alive(true);
    builder
        .http2()
        .timer(TokioTimer::new())
        // Windows start small and grow with what is read, so that a client cannot fill memory with
        // data that we do not read.
        .adaptive_window(true)
        .max_frame_size(256 << 10)
        .max_send_buf_size(SEND_BYTES_MAX)
        .max_concurrent_streams(STREAMS_MAX)
        .keep_alive_interval(Duration::from_secs(20));
    builder
}

async fn connection(
    stream: TcpStream,
    peer: Peer,
    tls: Option<TlsAcceptor>,
    builder: &Builder<Streams>,
    entrance: &Arc<Entrance>,
    closing: CancellationToken,
) {
    // Small answers must not wait for acknowledgements of earlier ones.
    drop(stream.set_nodelay(true));
    let stream = Socket::new(stream, entrance.tasks.clone(), entrance.silence_max);
    match tls {
        None => http(stream, peer, builder, entrance, closing).await,
        Some(tls) => match tokio::time::timeout(HANDSHAKE_MAX, tls.accept(stream)).await {
            Ok(Ok(stream)) => http(stream, peer, builder, entrance, closing).await,
            Ok(Err(error)) => tracing::debug!(%error, "TLS handshake failed"),
            Err(_) => tracing::debug!("TLS handshake took too long"),
        },
    }
}

async fn http<S>(
    stream: S,
    peer: Peer,
    builder: &Builder<Streams>,
    entrance: &Arc<Entrance>,
    closing: CancellationToken,
) where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let activity = Activity::new();
    let (begun, at) = (activity.clone(), entrance.clone());
    let service = service_fn(move |request| {
        let (entrance, busy) = (at.clone(), begun.begin());
        async move { Ok::<_, Infallible>(answer(entrance, peer, request, busy).await) }
    });
    let stream = CutWhenStalled::new(stream, entrance.silence_max);
    let stalled = stream.stalled();
    let connection = builder.serve_connection(TokioIo::new(stream), service).into_owned();
    tokio::pin!(connection);
    let (mut is_closing, mut idle_max) = (false, Some(entrance.silence_max));
    loop {
        let idle = activity.none_for(idle_max.unwrap_or(LINGER_MAX));
        tokio::select! {
            ended = connection.as_mut() => {
                if let Err(error) = ended {
                    tracing::debug!(error = error.to_string(), "connection ended");
                }
                return;
            }
            () = closing.cancelled(), if !is_closing => is_closing = true,
            // The connection has no requests: it is asked to close, and closed if it does not,
            // unless its client has yet to take what is left of an answer.
            () = idle => if idle_max.take().is_none() && !stalled.now() {
                return tracing::debug!("idle connection closed");
            },
        }
        connection.as_mut().graceful_shutdown();
    }
}

/// Answers one request of a connection.
async fn answer(
    entrance: Arc<Entrance>,
    peer: Peer,
    mut request: Request<Incoming>,
    busy: Busy,
) -> Response<Watched> {
    let told = entrance.trusted_proxies.told(peer, request.headers());
    let share = entrance.answers.share(told.address);
    request.extensions_mut().insert(told);
    let (parts, body) = request.into_parts();
    let version = parts.version;
    let body = RequestBody::new(body, &parts.headers, &entrance.intake);
    let is_long = body.announced().is_some_and(|bytes| bytes > DRAINED_BYTES_MAX);
    let request = Request::from_parts(parts, body);
    let mut response = router::answer(&entrance.doors, &share, request).await;
    // A client that reused this connection would find it closed a little later: between two
    // requests if all goes well, and in the middle of one if not. A refused long body is not read
    // to its end. HTTP/2 has its own mechanism, which hyper uses.
    let is_refused = is_long && response.status().as_u16() >= 400;
    if (entrance.tasks.is_draining() || is_refused) && version < Version::HTTP_2 {
        response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    }
    response.map(|body| Watched::new(body, busy, share))
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
        tracing::error!(%error, "cannot accept connections");
        tokio::time::sleep(EXHAUSTED_WAIT).await;
    }
}
