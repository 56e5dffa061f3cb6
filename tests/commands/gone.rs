//! Images that are gone: what is said of them, and how they or their tags come back.

use black_box::{Client, Layer, Server, digest_of, manifest_of};
use serde_json::Value;

/// A server with images that are alike but for a number.
struct Shop {
    server: Server,
    client: Client,
    config: Layer,
}

impl Shop {
    fn open(arguments: &[&str]) -> Self {
        let server = Server::start_with(arguments);
        server.create_repository("web");
        let mut client = server.client();
        let config = client.push_layer("web", b"{}");
        Self { server, client, config }
    }

    fn push(&mut self, number: u64, tag: &str) -> String {
        let manifest = manifest_of(number, &self.config, &[]);
        assert_eq!(self.client.put_manifest("web", tag, &manifest).status, 201);
        digest_of(&manifest)
    }

    fn delete(&mut self, digest: &str) {
        assert_eq!(self.client.delete(&format!("/v2/web/manifests/{digest}")).status, 202);
    }

    /// Runs a command, which ends with this code; returns what it says.
    fn says(&self, code: i32, words: &[&str]) -> String {
        let ended = self.server.longshore(words.iter().copied()).run();
        assert_eq!(ended.code(), Some(code), "{words:?}: {ended}");
        format!("{}{}", ended.stdout, ended.stderr).trim_end().to_owned()
    }
}

/// The first digits, as a history shows them.
fn short(digest: &str) -> &str {
    &digest[.."sha256:".len() + 12]
}

#[test]
fn what_is_gone_is_told_with_how_it_comes_back() {
    let mut shop = Shop::open(&["--undo-days", "7"]);
    let (one, two) = (shop.push(1, "v1"), shop.push(2, "v1"));
    shop.delete(&one);
    let back = |digest: &str| {
        format!(", and `longshore restore-image web@{digest}` brings it back until ")
    };
    let told = shop.says(1, &["tags", "rollback", "web:v1"]);
    assert!(told.contains("ImageNotFoundException: ") && told.contains(&back(&one)), "{told}");
    shop.delete(&two);
    let kept = shop.says(1, &["why", "kept", "web:v1"]);
    assert!(kept.starts_with("it is not there: it was deleted at 2"), "{kept}");
    assert!(kept.contains(&back(&two)), "{kept}");
    let expired = shop.says(1, &["why", "expired", &format!("web@{one}")]);
    assert!(expired.starts_with("it did not expire: it was deleted at 2"), "{expired}");
    assert!(expired.contains(&back(&one)), "{expired}");
    let whole = shop.says(1, &["why", "kept", "web:v1", "--json"]);
    let whole: Value = serde_json::from_str(&whole).expect("it is JSON");
    assert_eq!(whole["Deleted"]["ImageDigest"], *two);
    assert_eq!(whole["Expiries"], serde_json::json!([]));
}

#[test]
fn a_deleted_image_is_restored_by_a_tag_or_by_a_part_of_its_digest() {
    let mut shop = Shop::open(&["--undo-days", "7"]);
    let one = shop.push(1, "v1");
    shop.delete(&one);
    let said = shop.says(0, &["restore-image", "web:v1"]);
    assert_eq!(said, format!("{one} is restored as v1"));
    shop.delete(&one);
    let two = shop.push(2, "v1");
    let said = shop.says(0, &["restore-image", "web:v1"]);
    let moves = format!(
        "{one} is restored without a tag\nnot as v1, which {two} has now: `longshore tags rollback web:v1 --to {one}` moves it, if tags can be moved there"
    );
    assert_eq!(said, moves);
    shop.says(0, &["tags", "rollback", "web:v1", "--to", &one]);
    shop.delete(&one);
    let again = shop.push(2, "v1");
    assert_eq!(again, two);
    shop.delete(&two);
    let several = shop.says(1, &["restore-image", "web:v1"]);
    let lines: Vec<&str> = several.lines().collect();
    assert!(lines[0].contains("2 images that had the tag v1 can be restored"), "{several}");
    assert!(lines[1].starts_with(&format!("  web@{two}  deleted 2")), "{several}");
    assert!(lines[2].starts_with(&format!("  web@{one}  deleted 2")), "{several}");
    let said = shop.says(0, &["restore-image", &format!("web@{}", short(&two))]);
    assert_eq!(said, format!("{two} is restored as v1"));
    assert_eq!(shop.says(0, &["restore-image", "web:v1"]), moves, "the other one is left");
    let there = shop.says(1, &["restore-image", "web:v1"]);
    assert!(there.contains(&format!("v1 is there: it names {two}; ")), "{there}");
    let none = shop.says(1, &["restore-image", "web:v2"]);
    assert!(none.contains("no image that had the tag v2 can be restored: `longshore"), "{none}");
    let unnamed = shop.says(2, &["restore-image", "web"]);
    assert_eq!(
        unnamed,
        "longshore: name the image as web@DIGEST, or as web:TAG by a tag that it had; `longshore \
         restore-image --list web` prints what can be restored"
    );
}

#[test]
fn a_server_that_keeps_nothing_says_so() {
    const NOTHING: &str = "the server keeps nothing that is deleted (--undo-days is 0)";
    let mut shop = Shop::open(&[]);
    let one = shop.push(1, "v1");
    shop.delete(&one);
    let image = format!("web@{one}");
    let list = shop.says(0, &["restore-image", "--list", "web"]);
    assert_eq!(list, format!("no image can be restored: {NOTHING}"));
    for word in [&*image, "web:v1"] {
        let told = shop.says(1, &["restore-image", word]);
        assert!(told.contains(NOTHING), "{told}");
    }
    let told = shop.says(1, &["why", "kept", "web:v1"]);
    assert!(told.starts_with("it is not there, and no lifecycle policy expired it"), "{told}");
}

#[test]
fn a_tag_goes_back_to_what_its_history_prints_as_json() {
    let mut shop = Shop::open(&[]);
    let (one, two, three) = (shop.push(1, "v1"), shop.push(2, "v1"), shop.push(3, "v1"));
    let printed = shop.says(0, &["tags", "history", "web:v1", "--json"]);
    let history: Value = serde_json::from_str(&printed).expect("it is JSON");
    let moves = history["Moves"].as_array().expect("it is a list");
    let digests: Vec<&str> = moves.iter().filter_map(|it| it["ToImageDigest"].as_str()).collect();
    assert_eq!(digests, [&*three, &*two, &*one]);
    for (moved, digest) in moves.iter().zip(digests) {
        let moved_at = moved["MovedAt"].to_string();
        shop.says(0, &["tags", "rollback", "web:v1", "--to", &moved_at]);
        let found = shop.client.head("/v2/web/manifests/v1");
        assert_eq!(found.header("docker-content-digest"), Some(digest), "{moved_at}");
    }
    shop.says(0, &["tags", "rollback", "web:v1", "--to", &three]);
}
