//! Kill -9 while records of calls are required: nothing is there without the record of the call
//! that made it.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use black_box::{AccessKey, Announces, Client, Server, signed_call};
use serde_json::{Value, json};

const ROUNDS: u32 = 4;
const CREATORS: u32 = 4;
const LIFE: Duration = Duration::from_millis(300);

/// Creates repositories until the server is gone. Returns those that were acknowledged.
fn create(address: &str, place: &str, dying: &AtomicBool) -> Vec<String> {
    let (mut client, mut acknowledged) = (Client::stranger(address), Vec::new());
    for number in 0.. {
        let name = format!("{place}-{number}");
        let input = json!({ "repositoryName": name }).to_string();
        let key = AccessKey::root();
        let signed = signed_call(address, &key, "CreateRepository", &input, Announces::Nothing);
        match client.try_ask(signed) {
            Ok(answer) if answer.status == 200 => acknowledged.push(name),
            Ok(answer) => panic!("{}: {}", answer.status, answer.text()),
            Err(_) if dying.load(Ordering::SeqCst) => break,
            Err(error) => panic!("it was not killed: {error}"),
        }
    }
    acknowledged
}

/// The repositories that are there.
fn existing(server: &Server) -> BTreeSet<String> {
    let printed = server.aws(["ecr", "describe-repositories"]).succeeds();
    let printed: Value = serde_json::from_str(&printed).expect("the CLI prints JSON");
    let all = printed["repositories"].as_array().expect("a list").iter();
    all.filter_map(|one| one["repositoryName"].as_str()).map(str::to_owned).collect()
}

/// The repositories whose creation has a record that does not say that it failed.
fn recorded(server: &Server) -> BTreeSet<String> {
    let search = ["audit", "search", "--name", "CreateRepository", "--limit", "100000", "--json"];
    let printed = server.longshore(search).succeeds();
    let printed: Value = serde_json::from_str(&printed).expect("it is JSON");
    let all = printed["Records"].as_array().expect("a list").iter();
    let created = all.filter(|record| record["errorCode"].is_null());
    let name =
        |record: &Value| record["requestParameters"]["repositoryName"].as_str().map(str::to_owned);
    created.filter_map(name).collect()
}

#[test]
fn nothing_is_created_without_a_required_record() {
    let mut server = Server::start_with(&["--audit", "required"]);
    let mut acknowledged = BTreeSet::new();
    for round in 0..ROUNDS {
        let (address, dying) = (server.address().to_owned(), AtomicBool::new(false));
        thread::scope(|scope| {
            let begin = |creator| {
                let place = format!("records/{round}-{creator}");
                let (address, dying) = (&address, &dying);
                scope.spawn(move || create(address, &place, dying))
            };
            let creators: Vec<_> = (0..CREATORS).map(begin).collect();
            thread::sleep(LIFE);
            dying.store(true, Ordering::SeqCst);
            server.kill();
            for creator in creators {
                acknowledged.extend(creator.join().expect("it was not refused"));
            }
        });
        server.start_again();
    }
    let (existing, recorded) = (existing(&server), recorded(&server));
    assert!(acknowledged.len() > 20, "{} were created", acknowledged.len());
    let lost: Vec<_> = acknowledged.difference(&existing).collect();
    assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
    let untold: Vec<_> = existing.difference(&recorded).collect();
    assert!(untold.is_empty(), "there and not recorded: {untold:?}");
}
