//! Conversations with the AWS door, word for word, against the built server.
//!
//! A conversation is a file of `aws/OPERATION/CASE.http`, or `aws/SERVICE/OPERATION/CASE.http` for
//! services beside ECR:
//!
//! ```text
//! # recorded: ours; wording: API reference      where the words come from: `aws <date>`, or `ours`
//! given repository web                           what is there before (see `scene`)
//! > DescribeImages {"repositoryName":"web"}      what is asked
//! < 200 {"imageDetails":[]}                      what is answered, to the letter
//! ```
//!
//! IAM and STS are asked in the same way, `> iam CreateUser {"UserName":"alice"}`: the members
//! become a form, and the answer is XML, line by line.
//!
//! `aws/terraform/RESOURCE.http` is what Terraform's AWS provider asks about a resource, in its
//! order: what it reads out of the answers must be in them, and it ends on each code that it does
//! not wait for.
//!
//! Words in brackets stand for what differs from run to run (see `bindings`). Every conversation
//! has a Region of its own, and so a registry of its own in the one server; those of IAM, STS and
//! Terraform have an account of their own. `UPDATE_GOLDEN=1` writes the answers anew in the files
//! whose words are `ours`, and leaves the others alone.

mod aws_call;
mod bindings;
mod conversation;
mod form;
mod scene;

use std::fs;
use std::path::{Path, PathBuf};

use black_box::{Server, root};

use crate::aws_call::{Answered, AwsCall, CLOUDTRAIL, Said};
use crate::conversation::Conversation;
use crate::form::form;
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
    let (mut found, mut folders) = (Vec::new(), vec![folder()]);
    while let Some(folder) = folders.pop() {
        for path in entries(&folder) {
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

/// Conversations about the keyring of one process. Nodes are handed theirs, and `tests/nodes`
/// rotates it.
const OF_ONE_PROCESS: [&str; 3] =
    ["longshore/describe_keyring", "longshore/remove_root_key/in_use", "longshore/rotate_root_key"];

fn is_held_here(path: &Path) -> bool {
    let is_alone = std::env::var_os("LONGSHORE_TEST_NODES").is_none();
    let path = path.strip_prefix(folder()).expect("it is below the folder").to_string_lossy();
    is_alone || !OF_ONE_PROCESS.iter().any(|one| path.starts_with(one))
}

/// Where it takes place. Users and roles know no Regions, so what is about them has an account of
/// its own.
fn scene<'a>(server: &'a Server, number: usize, path: &Path) -> Scene<'a> {
    let region = format!("golden-{number:03}");
    if ["iam", "sts", "terraform"].iter().any(|service| path.starts_with(folder().join(service))) {
        Scene::with_account(server, region, &format!("3{number:011}"))
    } else {
        Scene::new(server, region)
    }
}

#[test]
fn every_conversation_goes_as_it_is_written() {
    let server = Server::start_with(&["--undo-days", "7"]);
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut wrong = Vec::new();
    let all = conversations();
    for (number, path) in all.iter().enumerate().filter(|(_, path)| is_held_here(path)) {
        let mut conversation = Conversation::read(path);
        let mut scene = scene(&server, number, path);
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
    for Listed { service, operation, .. } in operations().into_iter().filter(|each| each.is_there) {
        let (folder, asked) = if service == "ecr" {
            (folder().join(snake(&operation)), operation.clone())
        } else {
            (folder().join(&service).join(snake(&operation)), format!("{service} {operation}"))
        };
        let cases = if folder.is_dir() { entries(&folder) } else { Vec::new() };
        let answers: String = cases.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
        let is_asked = ["\n", " "].iter().any(|end| answers.contains(&format!("{asked}{end}")));
        // Success takes an identity provider that is running, or a trail; other tests have them.
        let elsewhere = ["AssumeRoleWithWebIdentity", "GetTrailStatus"];
        let succeeds = answers.contains("\n< 200 ") || elsewhere.contains(&operation.as_str());
        if !is_asked || !succeeds || !answers.contains("\n< 4") {
            wrong.push(asked);
        }
    }
    assert!(wrong.is_empty(), "without a success or without a refusal: {wrong:?}");
}

#[test]
fn no_one_gets_an_answer_without_a_signature() {
    let server = Server::start();
    let operations = operations();
    assert!(operations.len() > 60, "{} operations are listed", operations.len());
    for Listed { service, operation, .. } in operations {
        if operation == "AssumeRoleWithWebIdentity" {
            // The token in it names the caller.
            continue;
        }
        let json = |prefix: &str| Said::Json {
            target: format!("{prefix}.{operation}"),
            body: "{}".to_owned(),
        };
        let (said, status, refused) = match service.as_str() {
            "ecr" => (json("AmazonEC2ContainerRegistry_V20150921"), 400, MISSING_JSON),
            "ecr-public" => (json("SpencerFrontendService"), 400, MISSING_JSON),
            "longshore" => (json("Longshore_20261121"), 400, MISSING_JSON),
            "kms" => (json("TrentService"), 400, MISSING_JSON),
            "cloudtrail" => (json(CLOUDTRAIL), 400, MISSING_JSON),
            "events" => (json("AWSEvents"), 400, MISSING_JSON),
            "secretsmanager" => (json("secretsmanager"), 400, MISSING_JSON),
            "iam" => (query("iam", "2010-05-08", &operation), 403, MISSING_QUERY),
            "sts" => (query("sts", "2011-06-15", &operation), 403, MISSING_QUERY),
            other => panic!("how is {other} spoken to?"),
        };
        let call = AwsCall { said, region: "us-east-1".to_owned(), key: None };
        let answer = call.send(&server);
        let code = match &answer.body {
            Answered::Json(body) => body["__type"].as_str().unwrap_or_default(),
            xml @ Answered::Xml(_) => xml.element("Code"),
        };
        assert_eq!((answer.status, code), (status, refused), "{service} {operation}: {answer:?}");
    }
}

const MISSING_JSON: &str = "MissingAuthenticationTokenException";
const MISSING_QUERY: &str = "MissingAuthenticationToken";

fn query(service: &'static str, version: &str, operation: &str) -> Said {
    Said::Form { service, form: form(version, operation, "") }
}

/// An operation of the page of coverage.
struct Listed {
    /// What its action begins with.
    service: String,
    operation: String,
    is_there: bool,
}

/// Operations of our own service that actions of ECR allow.
const OF_ECRS_ACTIONS: [&str; 8] = [
    "DescribeRekey",
    "ExplainPull",
    "ExplainVulnerability",
    "GetImageSbom",
    "ListDeletedImages",
    "ListTagHistory",
    "RestoreImage",
    "RollBackTag",
];

/// The operations that `docs/coverage.md` lists, and whether each is there.
fn operations() -> Vec<Listed> {
    let page =
        fs::read_to_string(root().join("docs/coverage.md")).expect("the page of coverage is there");
    let mut operations = Vec::new();
    for line in page.lines() {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [_, name, action, state, _] = cells.as_slice() else { continue };
        let Some((service, _)) = action.trim_matches('`').split_once(':') else { continue };
        let service = if OF_ECRS_ACTIONS.contains(name) { "longshore" } else { service };
        operations.push(Listed {
            service: service.to_owned(),
            operation: (*name).to_owned(),
            is_there: *state == "✓",
        });
    }
    operations
}

/// `ListSSHPublicKeys` → `list_ssh_public_keys`.
fn snake(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut text = String::new();
    for (index, letter) in letters.iter().enumerate() {
        let after_lower = index > 0 && letters[index - 1].is_lowercase();
        let before_lower = letters.get(index + 1).is_some_and(|next| next.is_lowercase());
        if letter.is_uppercase() && index > 0 && (after_lower || before_lower) {
            text.push('_');
        }
        text.extend(letter.to_lowercase());
    }
    text
}
