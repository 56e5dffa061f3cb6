//! A read-only server: pulls and lists work, and every write is refused in words that clients show
//! at once.

use std::time::Instant;

use black_box::{AccessKey, Invocation, Random, call, manifest_of, tool};
use serde_json::json;
use tempfile::TempDir;

use crate::content::{Content, REPOSITORIES, create_repositories};
use crate::place::{Running, below, run};

#[test]
fn a_read_only_server_is_read_and_nothing_else() {
    let folder = TempDir::with_prefix("longshore-").expect("a temporary folder can be made");
    let (_, data) = below(folder.path(), "data");
    let none = run(folder.path(), &["serve", "--read-only", "--data", &data], &[]);
    assert!(none.stderr.contains("there is no data folder at"), "{none}");

    let server = Running::start(&folder.path().join("first"), &["--data", &data], &[]);
    create_repositories(server.address());
    let mut content = Content::default();
    let mut client = server.client();
    content.push(&mut client, 2, &mut Random::new(1));
    let upload = client.begin_upload(REPOSITORIES[0]);
    let refused = run(folder.path(), &["serve", "--read-only", "--data", &data], &[]);
    assert!(refused.stderr.contains("a server that can write has"), "{refused}");
    server.stop();

    let arguments = ["--data", &data, "--read-only"];
    let server = Running::start(&folder.path().join("second"), &arguments, &[]);
    // Several may read.
    Running::start(&folder.path().join("third"), &arguments, &[]).stop();
    let refused = run(folder.path(), &["serve", "--data", &data], &[]);
    assert!(refused.stderr.contains("is in use by another longshore process"), "{refused}");
    let mut client = server.client();
    content.assert_all_there(&mut client);

    let repository = REPOSITORIES[0];
    let manifest = manifest_of(77, &black_box::Layer::of(b"x"), &[]);
    let (_, tag) = content.images().next().expect("there is an image");
    let answers = [
        ("POST", client.post(&format!("/v2/{repository}/blobs/uploads/"), "")),
        ("PATCH", client.patch(&upload, "bytes")),
        ("PUT", client.put(&format!("{upload}?digest={}", black_box::digest_of(b"")), "")),
        ("DELETE", client.delete(&upload)),
        ("manifest", client.put_manifest(repository, "new", &manifest)),
        ("tag", client.delete(&format!("/v2/{repository}/manifests/{tag}"))),
    ];
    for (what, answer) in answers {
        let text = answer.text();
        assert!(answer.status == 405 || answer.status == 404, "{what}: {} {text}", answer.status);
        if answer.status == 405 {
            assert!(text.contains("UNSUPPORTED") && text.contains("read-only"), "{what}: {text}");
        }
    }
    let wanted = json!({ "repositoryName": "new" });
    let answer = call(server.address(), &AccessKey::root(), "CreateRepository", &wanted);
    let text = answer.text();
    assert_eq!(answer.status, 400, "{text}");
    assert!(text.contains("ServerException") && text.contains("read-only"), "{text}");
    let listed = call(server.address(), &AccessKey::root(), "DescribeRepositories", &json!({}));
    assert_eq!(listed.status, 200, "{}", listed.text());

    let crane = |arguments: &[&str]| Invocation::new(tool("crane"), folder.path()).args(arguments);
    let address = server.address();
    let login = ["auth", "login", address, "--username", "AWS", "--password-stdin"];
    crane(&login).input(server.password()).succeeds();
    let (repository, tag) = content.images().next().expect("there is an image");
    let from = format!("{address}/{repository}:{tag}");
    crane(&["pull", &from, "image.tar"]).succeeds();
    let asked = Instant::now();
    let said = crane(&["copy", &from, &format!("{address}/three:copy")]).fails();
    assert!(said.contains("read-only for now"), "{said}");
    assert!(asked.elapsed().as_secs() < 20, "a client gives up at once");
    server.stop();
}
