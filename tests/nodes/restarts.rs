//! Each node is stopped and started again while clients push and pull: no push fails without need.

use std::io;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use black_box::{Answer, Client, Layer, MANIFEST, Random, Request, digest_of, manifest_of};

use crate::{end, three_nodes};

const CLIENTS: u64 = 4;

/// Times that all nodes are restarted.
const ROUNDS: usize = 2;

/// What the clients did, together.
#[derive(Debug, Default)]
struct Tally {
    pushes: AtomicU64,
    pulls: AtomicU64,
    /// Requests that were sent twice because the connection broke.
    retries: AtomicU64,
}

/// A client that sends a request once more, and only once, if its connection breaks.
struct Patient<'a> {
    client: Client,
    tally: &'a Tally,
}

impl Patient<'_> {
    /// `None`: the connection broke, and it is unknown what was done.
    fn ask(&mut self, request: &Request) -> Option<Answer> {
        match self.client.try_ask(request.clone()) {
            Ok(answer) => {
                assert!(answer.status < 500, "{} {}", answer.status, answer.text());
                Some(answer)
            }
            Err(error) => {
                let broke = [
                    io::ErrorKind::ConnectionReset,
                    io::ErrorKind::UnexpectedEof,
                    io::ErrorKind::BrokenPipe,
                    io::ErrorKind::ConnectionAborted,
                ];
                assert!(broke.contains(&error.kind()), "{error}");
                self.tally.retries.fetch_add(1, Ordering::Relaxed);
                None
            }
        }
    }

    /// For requests that may be done twice.
    fn ask_again(&mut self, request: &Request) -> Answer {
        let first = self.ask(request);
        first.or_else(|| self.ask(request)).expect("a second connection is not broken")
    }

    fn push_layer(&mut self, bytes: &[u8]) -> Layer {
        let begin = Request::new("POST", "/v2/web/blobs/uploads/");
        let answer = self.ask_again(&begin);
        assert_eq!(answer.status, 202, "{}", answer.text());
        let upload = answer.header("location").expect("an upload has a location").to_owned();
        let mut from = 0;
        let mut broke = 0;
        while from < bytes.len() {
            let to = bytes.len().min(from + bytes.len().div_ceil(3));
            let range = format!("{from}-{}", to - 1);
            let patch = Request::new("PATCH", &upload).header("content-range", &range);
            if let Some(answer) = self.ask(&patch.body(&bytes[from..to])) {
                assert_eq!(answer.status, 202, "{range}: {}", answer.text());
                from = to;
            } else {
                broke += 1;
                assert!(broke < 2, "one chunk broke off twice");
                from = self.offset(&upload);
            }
        }
        let layer = Layer::of(bytes);
        let put = Request::new("PUT", &format!("{upload}?digest={}", layer.digest));
        let answer = self.ask(&put).unwrap_or_else(|| {
            // Done, perhaps; then the upload is no more.
            let again = self.ask_again(&put);
            let blob = Request::new("HEAD", &format!("/v2/web/blobs/{}", layer.digest));
            if again.status == 404 { self.ask_again(&blob) } else { again }
        });
        assert!([200, 201].contains(&answer.status), "{}: {}", answer.status, answer.text());
        layer
    }

    fn offset(&mut self, upload: &str) -> usize {
        let answer = self.ask_again(&Request::new("GET", upload));
        assert_eq!(answer.status, 204, "{}", answer.text());
        let range = answer.header("range").expect("an upload has a range");
        let last: Option<usize> = range.strip_prefix("0-").and_then(|last| last.parse().ok());
        let last = last.expect("a range begins at 0 and ends somewhere");
        if last == 0 { 0 } else { last + 1 }
    }

    fn push(&mut self, tag: &str, number: u64, random: &mut Random) {
        let config = self.push_layer(b"{}");
        let layers = [random.between(1_000, 50_000), random.between(100_000, 2_000_000)];
        let layers = layers.map(|length| random.bytes(length));
        let layers: Vec<Layer> = layers.iter().map(|bytes| self.push_layer(bytes)).collect();
        let manifest = manifest_of(number, &config, &layers);
        let put = Request::new("PUT", &format!("/v2/web/manifests/{tag}"));
        let put = put.header("content-type", MANIFEST).body(&*manifest);
        let answer = self.ask_again(&put);
        assert_eq!(answer.status, 201, "{}", answer.text());
        self.tally.pushes.fetch_add(1, Ordering::Relaxed);

        let pulled = self.ask_again(&Request::new("GET", &format!("/v2/web/manifests/{tag}")));
        assert_eq!(digest_of(&pulled.body), digest_of(&manifest), "not what was just pushed");
        for layer in &layers {
            let get = Request::new("GET", &format!("/v2/web/blobs/{}", layer.digest));
            let pulled = self.ask_again(&get);
            assert_eq!((pulled.status, digest_of(&pulled.body)), (200, layer.digest.clone()));
        }
        self.tally.pulls.fetch_add(1, Ordering::Relaxed);
    }
}

#[test]
fn a_rolling_restart_under_load_fails_no_push() {
    let test = "a_rolling_restart_under_load_fails_no_push";
    let Some(mut cluster) = three_nodes(test) else { return };
    let (address, password) = (cluster.address(), cluster.password());
    let (tally, is_over) = (Tally::default(), AtomicBool::new(false));
    let work = |client: u64| {
        let mut random = Random::new(client);
        let logged_in = Client::logged_in(&address, &password);
        let mut patient = Patient { client: logged_in, tally: &tally };
        for number in 0.. {
            if is_over.load(Ordering::SeqCst) {
                break;
            }
            patient.push(&format!("client-{client}"), client << 32 | number, &mut random);
        }
    };
    thread::scope(|scope| {
        let clients: Vec<_> =
            (0..CLIENTS).map(|client| scope.spawn(move || work(client))).collect();
        for node in (0..ROUNDS).flat_map(|_| 0..3) {
            let before = tally.pushes.load(Ordering::Relaxed);
            let ended = cluster.nodes()[node].stop(Duration::from_secs(40));
            assert!(ended.is_some_and(|status| status.success()), "node {node}: {ended:?}");
            cluster.start_again(node);
            // A client pushes before the next one goes.
            let began = Instant::now();
            while tally.pushes.load(Ordering::Relaxed) < before + 2 {
                let stuck = clients.iter().all(thread::ScopedJoinHandle::is_finished);
                assert!(!stuck && began.elapsed() < Duration::from_mins(1), "no client pushes");
                thread::sleep(Duration::from_millis(20));
            }
        }
        is_over.store(true, Ordering::SeqCst);
    });
    let count = |number: &AtomicU64| number.load(Ordering::Relaxed);
    eprintln!(
        "rolling restart: {} restarts, {} pushes, {} pulls, {} requests sent twice, none failed",
        ROUNDS * 3,
        count(&tally.pushes),
        count(&tally.pulls),
        count(&tally.retries)
    );
    end(cluster);
}
