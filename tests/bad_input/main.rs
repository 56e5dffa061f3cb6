//! Malformed requests, each with its status and code, and with nothing left behind.
//!
//! Every row is sent three times: without credentials and with a wrong password, where the client
//! learns nothing at all, and with valid credentials. When a test ends, the fixture checks that no
//! upload is left and that the data is sound.

mod full_disk;
mod manifests;
mod names;
mod pages;
mod policy_races;
mod races;
mod uploads;

use black_box::{Client, Layer, Request, Server, manifest_of};

/// A server with one image in the repository `web`.
struct Scene {
    server: Server,
    client: Client,
    config: Layer,
    layer: Layer,
}

impl Scene {
    fn new() -> Self {
        let mut server = Server::start();
        server.must_leave_no_uploads();
        for repository in ["web", "other", "team-a/web"] {
            server.create_repository(repository);
        }
        let mut client = server.client();
        let config = client.push_layer("web", b"{}");
        let layer = client.push_layer("web", b"a layer");
        let manifest = manifest_of(1, &config, std::slice::from_ref(&layer));
        assert_eq!(client.put_manifest("web", "v1", &manifest).status, 201);
        Self { server, client, config, layer }
    }

    /// Asserts that each row is refused as it says, and that no other caller learns or changes
    /// anything by it.
    fn refuses(&mut self, rows: Vec<Row>) {
        let mut wrong = Vec::new();
        for Row { request, status, code, because } in rows {
            let mut strangers = [
                self.server.stranger(),
                Client::logged_in(self.server.address(), "a wrong password"),
            ];
            for stranger in &mut strangers {
                let answer = stranger.ask(request.clone());
                let challenge = answer.header("www-authenticate").unwrap_or_default();
                let told = (answer.status, answer.code());
                if told != (401, "UNAUTHORIZED".to_owned()) || !challenge.starts_with("Basic ") {
                    wrong.push(format!("{because}: a stranger was told {answer:.300?}"));
                }
            }
            let answer = self.server.client().ask(request);
            if (answer.status, answer.code().as_str()) != (status, code) {
                let (status, text) = (answer.status, answer.text());
                wrong.push(format!("{because}: {status} {text:.300}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        self.is_as_it_was();
    }

    /// Asserts that the repositories have what they had at the beginning, and nothing more.
    fn is_as_it_was(&mut self) {
        let mut read = |path: &str| {
            let answer = self.client.get(path);
            (answer.status, answer.text())
        };
        let tags = |name: &str, tags: &str| format!("{{\"name\":\"{name}\",\"tags\":[{tags}]}}");
        assert_eq!(read("/v2/web/tags/list"), (200, tags("web", "\"v1\"")));
        assert_eq!(read("/v2/other/tags/list"), (200, tags("other", "")));
        assert_eq!(read(&format!("/v2/web/blobs/{}", self.layer.digest)), (200, "a layer".into()));
        let images = self.server.call("ListImages", &serde_json::json!({"repositoryName": "web"}));
        assert_eq!(images["imageIds"].as_array().map(Vec::len), Some(1), "{images}");
    }
}

/// A request, and how it is refused.
struct Row {
    request: Request,
    status: u16,
    code: &'static str,
    because: &'static str,
}

impl From<(Request, u16, &'static str, &'static str)> for Row {
    fn from((request, status, code, because): (Request, u16, &'static str, &'static str)) -> Self {
        Self { request, status, code, because }
    }
}

/// A table as rows.
fn rows<const N: usize>(table: [(Request, u16, &'static str, &'static str); N]) -> Vec<Row> {
    table.map(Row::from).into()
}
