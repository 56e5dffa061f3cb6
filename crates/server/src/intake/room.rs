//! Limits the memory of bodies that are read whole: in total and per payer.
//!
//! Bodies of each size class have a separate pool, so that small ones never wait for large ones. In
//! each pool a payer may hold as much as it leaves free: a single one gets half, and however many
//! come, the next one still gets some. A body without room waits for a while, holding nothing;
//! during that time, bodies that arrive too slowly for their room give it up.

use std::collections::{HashMap, HashSet, VecDeque};
use std::future::Future;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use http::request::Parts;
use identity::Caller;
use names::{Principal, Voucher};
use tokio::sync::{Notify, oneshot};

use crate::trusted_proxies::Told;

/// The length limits of bodies, and the room for all bodies of each class. The largest, a part of a
/// layer, takes 27 MiB, and as much again while it is decoded.
const TIERS: [(usize, usize); 3] =
    [(64 << 10, 32 << 20), (1 << 20, 48 << 20), (usize::MAX, 128 << 20)];

/// The least charge for a body: it has a head, a task and a connection.
const BODY_BYTES_MIN: usize = 4 << 10;

/// How long a body waits for room. Clients try again.
const WAIT_MAX: Duration = Duration::from_secs(5);

/// Bodies of one payer that wait, at most.
const WAITING_MAX: usize = 64;

/// How often slow bodies are looked for while others wait.
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// While others wait, a body must arrive this fast after its first second.
const HURRIED_BYTES_PER_SECOND_MIN: usize = 64 << 10;

/// And must be on its way to be there in so many seconds.
const HURRIED_SECONDS_MAX: usize = 30;

/// The payer for the memory of a body.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Payer {
    /// The client's address, while the caller is not proven. `None` if proxies cannot name it.
    Address(Option<IpAddr>),
    /// The proven caller: a user, a role with all its sessions, or an account, as the issuer of the
    /// session.
    Caller(String),
}

impl Payer {
    pub(crate) fn address(address: Option<IpAddr>) -> Self {
        Self::Address(address.map(network))
    }

    /// The payer for a request whose caller is not proven: the client's address.
    pub(crate) fn unproven(parts: &Parts) -> Self {
        Self::address(parts.extensions.get::<Told>().and_then(|told| told.address))
    }

    pub(crate) fn caller(caller: &Caller) -> Self {
        Self::of_principal(&caller.principal)
    }

    /// Sessions are charged to the principal they come from, so that another session name is not
    /// another share.
    pub(crate) fn of_principal(principal: &Principal) -> Self {
        Self::Caller(match principal {
            Principal::Root { account }
            | Principal::FederatedUser { vouched_by: Voucher::Root { account }, .. } => {
                account.to_string()
            }
            Principal::User(user)
            | Principal::FederatedUser { vouched_by: Voucher::User(user), .. } => {
                user.id.to_string()
            }
            Principal::AssumedRole { role, .. } => role.id.to_string(),
        })
    }
}

/// What counts as one address: for IPv6 a whole /64, which a single machine usually has.
pub(crate) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).into()
        }
        address @ IpAddr::V4(_) => address,
    }
}

/// There is none, within the time that one waits for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NoRoom;

/// Room for bodies, of the whole process.
pub(crate) struct Room([Arc<Pool>; 3]);

impl Default for Room {
    fn default() -> Self {
        Self(TIERS.map(|(_, bytes)| Pool::new(bytes)))
    }
}

impl Room {
    /// Waits for room for a body of `bytes`.
    pub(super) async fn take(&self, payer: Payer, bytes: usize) -> Result<Held, NoRoom> {
        let tier = TIERS.iter().take_while(|(body_bytes_max, _)| bytes > *body_bytes_max).count();
        self.0[tier].take(payer, bytes.max(BODY_BYTES_MIN)).await
    }
}

struct Pool {
    bytes: usize,
    state: Mutex<State>,
}

struct State {
    free: usize,
    held: HashMap<Payer, usize>,
    arriving: HashMap<u64, Arc<Arrival>>,
    arrivals: u64,
    waiting: VecDeque<Waiting>,
    looked_at: Option<Instant>,
}

struct Waiting {
    payer: Payer,
    bytes: usize,
    granted: oneshot::Sender<Held>,
}

/// A body that is on its way.
struct Arrival {
    payer: Payer,
    since: Instant,
    bytes: usize,
    received: AtomicUsize,
    is_cut: AtomicBool,
    cut: Notify,
}

impl Arrival {
    fn is_slow(&self, now: Instant) -> bool {
        let floor = HURRIED_BYTES_PER_SECOND_MIN.max(self.bytes / HURRIED_SECONDS_MAX);
        let millis = now.duration_since(self.since).as_millis().saturating_sub(1_000);
        let due = usize::try_from(millis).unwrap_or(usize::MAX).saturating_mul(floor) / 1_000;
        self.received.load(Ordering::Relaxed) < due
    }
}

impl Pool {
    fn new(bytes: usize) -> Arc<Self> {
        let state = State {
            free: bytes,
            held: HashMap::new(),
            arriving: HashMap::new(),
            arrivals: 0,
            waiting: VecDeque::new(),
            looked_at: None,
        };
        Arc::new(Self { bytes, state: Mutex::new(state) })
    }

    async fn take(self: &Arc<Self>, payer: Payer, bytes: usize) -> Result<Held, NoRoom> {
        let mut granted = match self.ask(&payer, bytes)? {
            Asked::Granted(held) => return Ok(held),
            Asked::Waits(granted) => granted,
        };
        let began = Instant::now();
        while began.elapsed() < WAIT_MAX {
            self.look(&payer);
            if let Ok(outcome) = tokio::time::timeout(LOOK_EVERY, &mut granted).await {
                return outcome.map_err(|_| NoRoom);
            }
        }
        Err(NoRoom)
    }

    fn ask(self: &Arc<Self>, payer: &Payer, bytes: usize) -> Result<Asked, NoRoom> {
        let mut state = self.lock();
        state.waiting.retain(|waiting| !waiting.granted.is_closed());
        let mine = |waiting: &&Waiting| waiting.payer == *payer;
        let is_next = !state.waiting.iter().filter(mine).any(|waiting| waiting.bytes <= bytes);
        if is_next && state.has_room(payer, bytes) {
            return Ok(Asked::Granted(self.give(&mut state, payer.clone(), bytes)));
        }
        if state.waiting.iter().filter(mine).count() >= WAITING_MAX {
            // The payer's largest body gives way, so that large ones do not keep a small one
            // waiting.
            let largest = (0..state.waiting.len())
                .filter(|at| state.waiting[*at].payer == *payer)
                .max_by_key(|at| state.waiting[*at].bytes);
            match largest {
                Some(at) if state.waiting[at].bytes > bytes => drop(state.waiting.remove(at)),
                _ => return Err(NoRoom),
            }
        }
        let (granted, waits) = oneshot::channel();
        let at = state.waiting.partition_point(|waiting| waiting.bytes <= bytes);
        state.waiting.insert(at, Waiting { payer: payer.clone(), bytes, granted });
        Ok(Asked::Waits(waits))
    }

    fn give(self: &Arc<Self>, state: &mut State, payer: Payer, bytes: usize) -> Held {
        state.free -= bytes;
        *state.held.entry(payer.clone()).or_default() += bytes;
        let number = state.arrivals;
        state.arrivals += 1;
        let arrival = Arc::new(Arrival {
            payer,
            since: Instant::now(),
            bytes,
            received: AtomicUsize::new(0),
            is_cut: AtomicBool::new(false),
            cut: Notify::new(),
        });
        state.arriving.insert(number, arrival.clone());
        Held { pool: self.clone(), number, arrival }
    }

    /// Bodies of this payer that arrive too slowly give way; those of others only if all together
    /// take more than half.
    fn look(self: &Arc<Self>, payer: &Payer) {
        let now = Instant::now();
        let mut state = self.lock();
        if state.looked_at.is_some_and(|at| now.duration_since(at) < LOOK_EVERY / 2) {
            return;
        }
        state.looked_at = Some(now);
        // One that gave up waiting may have blocked others.
        let given = self.grant(&mut state);
        let is_short = state.free < self.bytes / 2;
        let slow = state
            .arriving
            .values()
            .filter(|arrival| (is_short || arrival.payer == *payer) && arrival.is_slow(now));
        for arrival in slow {
            arrival.is_cut.store(true, Ordering::Relaxed);
            arrival.cut.notify_one();
        }
        drop(state);
        hand_out(given);
    }

    /// Takes room back, and gives it to waiting bodies.
    fn release(self: &Arc<Self>, held: &Held) {
        let mut state = self.lock();
        state.free += held.arrival.bytes;
        state.arriving.remove(&held.number);
        if let Some(all) = state.held.get_mut(&held.arrival.payer) {
            *all -= held.arrival.bytes;
            if *all == 0 {
                state.held.remove(&held.arrival.payer);
            }
        }
        let given = self.grant(&mut state);
        drop(state);
        hand_out(given);
    }

    /// Gives room to waiting bodies: small ones first, and those of the same size in order of
    /// arrival. None overtakes a smaller one of the same payer.
    fn grant(self: &Arc<Self>, state: &mut State) -> Vec<(Held, oneshot::Sender<Held>)> {
        let (mut given, mut passed, mut waiting) = (Vec::new(), HashSet::new(), VecDeque::new());
        for next in std::mem::take(&mut state.waiting) {
            let may = !passed.contains(&next.payer) && state.has_room(&next.payer, next.bytes);
            if next.granted.is_closed() {
                continue;
            }
            if may {
                given.push((self.give(state, next.payer, next.bytes), next.granted));
            } else {
                passed.insert(next.payer.clone());
                waiting.push_back(next);
            }
        }
        state.waiting = waiting;
        given
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("nothing panics while it is held")
    }
}

/// If the receiver is gone, the room returns to the pool, which takes its lock: so this must run
/// without it.
fn hand_out(given: Vec<(Held, oneshot::Sender<Held>)>) {
    for (held, granted) in given {
        drop(granted.send(held));
    }
}

impl State {
    fn has_room(&self, payer: &Payer, bytes: usize) -> bool {
        self.held.get(payer).copied().unwrap_or_default() + bytes <= self.free
    }
}

enum Asked {
    Granted(Held),
    Waits(oneshot::Receiver<Held>),
}

/// Room that is taken, until it is dropped.
pub(super) struct Held {
    pool: Arc<Pool>,
    number: u64,
    arrival: Arc<Arrival>,
}

impl Held {
    /// Notes that bytes arrived.
    pub(super) fn received(&self, bytes: usize) {
        self.arrival.received.fetch_add(bytes, Ordering::Relaxed);
    }

    /// The body is complete: it no longer gives way.
    pub(super) fn has_arrived(&mut self) {
        self.pool.lock().arriving.remove(&self.number);
    }

    /// Waits for the next bytes, unless faster bodies need the room.
    pub(super) async fn unless_cut<T>(&self, next: impl Future<Output = T>) -> Result<T, NoRoom> {
        if self.arrival.is_cut.load(Ordering::Relaxed) {
            return Err(NoRoom);
        }
        tokio::select! {
            biased;
            next = next => Ok(next),
            () = self.arrival.cut.notified() => Err(NoRoom),
        }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let pool = self.pool.clone();
        pool.release(self);
    }
}

#[cfg(test)]
mod tests;
