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
use crate::doors::Doors;
use crate::intake::{DRAINED_BYTES_MAX, RequestBody};
use crate::places::{AddressPlace, Place, Places};
use crate::router;
use crate::stall::CutWhenStalled;
use crate::trusted_proxies::Peer;

/// How long a client may take to shake hands.
const HANDSHAKE_MAX: Duration = Duration::from_secs(10);

/// What one connection may make us buffer of a request, so of its head: strangers' heads are in no
/// other sum. hyper may take as much again before it looks.
const BUFFER_BYTES_MAX: usize = 64 << 10;

/// What one stream of HTTP/2 may have waiting to be sent.
const SEND_BYTES_MAX: usize = 256 << 10;

/// Requests that one connection of HTTP/2 may ask at a time: as many as RFC 9113 wants at least,
/// and some.
const STREAMS_MAX: u32 = 128;

/// How long a connection that was told to end may take to, once nothing is asked on it.
const LINGER_MAX: Duration = Duration::from_secs(5);

/// How often it is said that an address has too many connections.
const WARN_EVERY: Duration = Duration::from_mins(1);

/// How long we wait before accepting again when the system has no descriptor left for us.
const EXHAUSTED_WAIT: Duration = Duration::from_millis(100);

/// How the end goes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Drain {
    /// How long we go on serving while `/readyz` says no. A balancer that has not noticed yet sends
    /// requests until it has, and each that met a closed port would be a failure that somebody
    /// sees.
    pub(crate) delay: Duration,
    /// How long requests under way have after that.
    pub(crate) max: Duration,
}

/// Serves until `stop` comes, and then ends in three steps: it says that it is on its way out and
/// goes on; it takes no connection any more and lets what is under way end; it cuts what has not
/// ended in time.
pub(crate) async fn serve(
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    doors: Arc<Doors>,
    places: Places,
    drain: Drain,
    stop: impl Future<Output = ()>,
) {
    let builder = builder(Streams::new(doors.tasks.clone(), doors.silence_max), doors.silence_max);
    let mut door = FrontDoor {
        listener,
        tls,
        places,
        closing: CancellationToken::new(),
        builder: Arc::new(builder),
        doors: doors.clone(),
        warned_at: None,
    };
    door.admit_until(stop).await;
    doors.tasks.begin_draining();
    let (delay_seconds, drain_seconds) = (drain.delay.as_secs(), drain.max.as_secs());
    tracing::info!(delay_seconds, drain_seconds, "draining");
    if !drain.delay.is_zero() {
        door.admit_until(tokio::time::sleep(drain.delay)).await;
    }
    let FrontDoor { listener, closing, .. } = door;
    drop(listener);
    closing.cancel();
    if tokio::time::timeout(drain.max, doors.tasks.drain()).await.is_err() {
        tracing::warn!("some requests did not finish in time and are cut off; raise --drain-seconds");
    }
}

/// Where connections come in.
struct FrontDoor {
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    places: Places,
    /// Tells connections to end with the requests that are under way.
    closing: CancellationToken,
    builder: Arc<Builder<Streams>>,
    doors: Arc<Doors>,
    /// When it was last said that an address has too many connections.
    warned_at: Option<Instant>,
}

impl FrontDoor {
    /// Takes connections and serves each beside the others.
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
            // A client that speaks IPv4 is not to look like another where IPv6 is listened on.
            let peer = Peer { address: address.ip().to_canonical(), is_tls: self.tls.is_some() };
            // Behind a proxy are many, who have no address here.
            if self.doors.trusted_proxies.trusts(peer.address) {
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
        let (doors, tls) = (self.doors.clone(), self.tls.clone());
        self.doors.tasks.spawn(async move {
            doors.metrics.connections.inc();
            connection(stream, peer, tls, &builder, &doors, closing).await;
            doors.metrics.connections.dec();
            drop(place);
        });
    }

    fn refuse(&mut self, peer: Peer) {
        self.doors.metrics.refused_connections.inc();
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
        // Windows begin small and grow with what is read, so that a client fills no memory with
        // what nothing reads.
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
    doors: &Arc<Doors>,
    closing: CancellationToken,
) {
    // Small answers must not wait for acknowledgements of others.
    drop(stream.set_nodelay(true));
    match tls {
        None => http(stream, peer, builder, doors, closing).await,
        Some(tls) => match tokio::time::timeout(HANDSHAKE_MAX, tls.accept(stream)).await {
            Ok(Ok(stream)) => http(stream, peer, builder, doors, closing).await,
            Ok(Err(error)) => tracing::debug!(%error, "TLS handshake failed"),
            Err(_) => tracing::debug!("TLS handshake took too long"),
        },
    }
}

async fn http<S>(
    stream: S,
    peer: Peer,
    builder: &Builder<Streams>,
    doors: &Arc<Doors>,
    closing: CancellationToken,
) where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let activity = Activity::new();
    let (begun, at) = (activity.clone(), doors.clone());
    let service = service_fn(move |request| {
        let (doors, busy) = (at.clone(), begun.begin());
        async move { Ok::<_, Infallible>(answer(doors, peer, request, busy).await) }
    });
    let io = TokioIo::new(CutWhenStalled::new(stream, doors.silence_max));
    let connection = builder.serve_connection(io, service).into_owned();
    tokio::pin!(connection);
    let (mut is_closing, mut idle_max) = (false, Some(doors.silence_max));
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
            // Nothing is asked: it is told to end, and cut if it does not.
            () = idle => if idle_max.take().is_none() {
                return tracing::debug!("idle connection closed");
            },
        }
        connection.as_mut().graceful_shutdown();
    }
}

/// Answers one request of a connection.
async fn answer(
    doors: Arc<Doors>,
    peer: Peer,
    mut request: Request<Incoming>,
    busy: Busy,
) -> Response<Watched> {
    let told = doors.trusted_proxies.told(peer, request.headers());
    let share = doors.answers.share(told.address);
    request.extensions_mut().insert(told);
    let (parts, body) = request.into_parts();
    let version = parts.version;
    let body = RequestBody::new(body, &parts.headers, &doors.intake);
    let is_long = body.announced().is_some_and(|bytes| bytes > DRAINED_BYTES_MAX);
    let request = Request::from_parts(parts, body);
    let mut response = router::answer(doors.clone(), &share, request).await;
    // A client that reuses this connection would find it closed a little later: between two
    // requests if all goes well, and in the middle of one if not. One whose long body is refused
    // will not be heard to its end. HTTP/2 has its own words, which hyper says.
    let is_refused = is_long && response.status().as_u16() >= 400;
    if (doors.tasks.is_draining() || is_refused) && version < Version::HTTP_2 {
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
