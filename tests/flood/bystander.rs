//! The other client: it pulls, pushes and lists, one thing after the other, and notes how long each
//! takes.

use std::time::{Duration, Instant};

use black_box::{AccessKey, Announces, Client, Layer, MANIFEST, Random, Request, Server};
use black_box::{manifest_of, signed_call};

const REPOSITORY: &str = "calm";

pub(crate) struct Bystander<'a> {
    server: &'a Server,
    client: Client,
    layer: Layer,
    random: Random,
    pushed: u64,
    /// The most memory that the server was seen to hold.
    pub(crate) memory_bytes_max: u64,
}

impl<'a> Bystander<'a> {
    pub(crate) fn new(server: &'a Server) -> Self {
        server.create_repository(REPOSITORY);
        let mut client = server.client();
        let mut random = Random::new(1);
        let layer = client.push_layer(REPOSITORY, &random.bytes(64 << 10));
        let manifest = manifest_of(0, &layer, std::slice::from_ref(&layer));
        assert_eq!(client.put_manifest(REPOSITORY, "v1", &manifest).status, 201);
        Self { server, client, layer, random, pushed: 0, memory_bytes_max: 0 }
    }

    /// Works for this long; returns the time within which 99 of 100 requests ended.
    pub(crate) fn watch(&mut self, window: Duration) -> Duration {
        let (began, mut took) = (Instant::now(), Vec::new());
        while began.elapsed() < window || took.len() < 20 {
            self.go_round(&mut took);
            self.memory_bytes_max = self.memory_bytes_max.max(self.server.memory_bytes());
        }
        took.sort_unstable();
        took[took.len() - 1 - took.len() / 100]
    }

    fn go_round(&mut self, took: &mut Vec<Duration>) {
        self.pushed += 1;
        let bytes = self.random.bytes(16 << 10);
        let pushed = Layer::of(&bytes);
        let manifest = manifest_of(self.pushed, &self.layer, std::slice::from_ref(&pushed));
        let at = |rest: &str| format!("/v2/{REPOSITORY}/{rest}");
        let get = |rest: &str| Request::new("GET", &at(rest));
        let post = at(&format!("blobs/uploads/?digest={}", pushed.digest));
        let put = Request::new("PUT", &at(&format!("manifests/n{}", self.pushed % 50)));
        let asked = [
            (get("manifests/v1").header("accept", MANIFEST), 200),
            (get(&format!("blobs/{}", self.layer.digest)), 200),
            (Request::new("POST", &post).body(bytes), 201),
            (put.header("content-type", MANIFEST).body(manifest), 201),
        ];
        for (request, status) in asked {
            let began = Instant::now();
            let answer = self.client.ask(request);
            took.push(began.elapsed());
            assert_eq!(answer.status, status, "{}", answer.text());
        }
        let (address, key) = (self.server.address(), AccessKey::root());
        let call = signed_call(address, &key, "DescribeRepositories", "{}", Announces::Nothing);
        let began = Instant::now();
        let answer = Client::stranger(address).ask(call);
        took.push(began.elapsed());
        assert_eq!(answer.status, 200, "{}", answer.text());
    }
}
