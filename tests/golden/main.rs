//! Conversations with the AWS door, word for word, against the built server.
//!
//! A conversation is a file of `aws/OPERATION/CASE.http`:
//!
//! ```text
//! # recorded: ours; wording: API reference      where the words come from: `aws <date>`, or `ours`
//! given repository web                           what is there before (see `scene`)
//! > DescribeImages {"repositoryName":"web"}      what is asked
//! < 200 {"imageDetails":[]}                      what is answered, to the letter
//! ```
//!
//! Words in brackets stand for what differs from run to run (see `bindings`). Every conversation has a Region of
//! its own, and so a registry of its own in the one server. `UPDATE_GOLDEN=1` writes the answers anew in the
//! files whose words are `ours`, and leaves the others alone.

mod aws_call;
mod bindings;
mod conversation;
mod scene;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use black_box::{Server, root};

use crate::aws_call::{AwsCall, Signer};
use crate::conversation::Conversation;
use crate::scene::Scene;

fn folder() -> PathBuf {
    root().join("tests/golden/aws")
}

/// The entries of a folder, in order.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let read = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> =
        read.map(|entry| entry.expect("a folder can be read").path()).collect();
    paths.sort();
    paths
}

fn conversations() -> Vec<PathBuf> {
    entries(&folder()).iter().flat_map(|operation| entries(operation)).collect()
}

#[test]
fn every_conversation_goes_as_it_is_written() {
    let server = Server::start();
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut wrong = Vec::new();
    for (number, path) in conversations().iter().enumerate() {
        let mut conversation = Conversation::read(path);
        let mut scene = Scene::new(&server, format!("golden-{number:03}"));
        let differences = conversation.hold(&mut scene);
        if differences.is_empty() {
            continue;
        }
        if update && conversation.is_ours() {
            fs::write(path, conversation.render()).unwrap();
        } else {
            let name = path.strip_prefix(folder()).unwrap().display();
            wrong.push(format!("{name}\n{}", differences.join("\n")));
        }
    }
    assert!(wrong.is_empty(), "{} conversations differ\n\n{}", wrong.len(), wrong.join("\n\n"));
}

#[test]
fn every_operation_that_is_there_has_a_success_and_a_refusal() {
    let mut wrong = Vec::new();
    for (operation, is_there) in operations() {
        if !is_there {
            continue;
        }
        let cases = entries(&folder().join(snake(&operation)));
        let answers: String = cases.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
        let asked = format!("> {operation} ");
        let has_both = answers.contains("\n< 200 ") && answers.contains("\n< 400 ");
        if !answers.contains(&asked) || !has_both {
            wrong.push(operation);
        }
    }
    assert!(wrong.is_empty(), "without a success or without a refusal: {wrong:?}");
}

#[test]
fn nobody_gets_an_answer_without_a_signature() {
    let server = Server::start();
    let operations = operations();
    assert!(operations.len() > 60, "{} operations are listed", operations.len());
    for operation in operations.keys() {
        for service in ["AmazonEC2ContainerRegistry_V20150921", "SpencerFrontendService"] {
            let call = AwsCall {
                target: format!("{service}.{operation}"),
                body: "{}".to_owned(),
                region: "us-east-1".to_owned(),
                signer: Signer::Nobody,
            };
            let answer = call.send(&server);
            let refused = ["MissingAuthenticationTokenException", "UnknownOperationException"];
            let code = answer.body["__type"].as_str().unwrap_or_default();
            assert!(answer.status == 400 && refused.contains(&code), "{operation}: {answer:?}");
        }
    }
}

/// The operations that `docs/coverage.md` lists, and whether each is there.
fn operations() -> BTreeMap<String, bool> {
    let page =
        fs::read_to_string(root().join("docs/coverage.md")).expect("the page of coverage is there");
    let mut operations = BTreeMap::new();
    for line in page.lines() {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [_, name, action, state, _] = cells.as_slice() else { continue };
        if action.starts_with('`') {
            *operations.entry((*name).to_owned()).or_default() |= *state == "✓";
        }
    }
    operations
}

fn snake(name: &str) -> String {
    let mut text = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !text.is_empty() {
            text.push('_');
        }
        text.push(c.to_ascii_lowercase());
    }
    text
}
