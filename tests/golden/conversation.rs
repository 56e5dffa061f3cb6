//! A file of a conversation: read, compared, written.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::aws_call::{Answered, AwsAnswer};
use crate::scene::{Scene, Signer};

/// A conversation, line by line as its file has it.
pub(crate) struct Conversation {
    steps: Vec<Step>,
}

enum Step {
    /// A comment or an empty line.
    Aside(String),
    /// What is there before.
    Given(String),
    /// A request's lines, and the answer's.
    Exchange { asked: Vec<String>, answered: Vec<String> },
}

/// A longer answer is broken into lines.
const LINE_MAX: usize = 110;

impl Conversation {
    /// Reads a file. A line of a request that begins with a space or a closing bracket goes on with
    /// the one before.
    pub(crate) fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path).expect("a conversation can be read");
        let mut steps = Vec::new();
        for line in text.lines() {
            match (line.split_at_checked(2), steps.last_mut()) {
                (Some(("> ", more)), Some(Step::Exchange { asked, answered }))
                    if answered.is_empty() && more.starts_with([' ', '}', ']']) =>
                {
                    asked.push(more.to_owned());
                }
                (Some(("> ", request)), _) => {
                    let asked = vec![request.to_owned()];
                    steps.push(Step::Exchange { asked, answered: Vec::new() });
                }
                (Some(("< ", answer)), Some(Step::Exchange { answered, .. })) => {
                    answered.push(answer.to_owned());
                }
                _ if line.starts_with("given ") => steps.push(Step::Given(line[6..].to_owned())),
                _ if line.is_empty() || line.starts_with('#') => {
                    steps.push(Step::Aside(line.to_owned()));
                }
                _ => panic!("{}: what is {line:?}?", path.display()),
            }
        }
        Self { steps }
    }

    /// May the answers be written anew? Not if they were recorded from AWS.
    pub(crate) fn is_ours(&self) -> bool {
        self.steps
            .iter()
            .any(|step| matches!(step, Step::Aside(line) if line.starts_with("# recorded: ours")))
    }

    /// Runs it; returns where the answers differ, and keeps the new ones.
    pub(crate) fn hold(&mut self, scene: &mut Scene<'_>) -> Vec<String> {
        let mut differences = Vec::new();
        for step in &mut self.steps {
            match step {
                Step::Aside(_) => {}
                Step::Given(what) => scene.set(what),
                Step::Exchange { asked, answered } => {
                    let answer = ask(scene, &asked.join("\n"));
                    if !is_same(answered, &answer) {
                        let now = write(&answer);
                        differences.push(format!(
                            "> {}\n  expected\n{}\n  answered\n{}",
                            asked.join("\n> "),
                            quote(answered),
                            quote(&now)
                        ));
                        *answered = now;
                    }
                }
            }
        }
        differences
    }

    pub(crate) fn render(&self) -> String {
        let mut text = String::new();
        let mut write = |mark: &str, lines: &[String]| {
            for line in lines {
                text.push_str(mark);
                text.push_str(line);
                text.push('\n');
            }
        };
        for step in &self.steps {
            match step {
                Step::Aside(aside) => write("", std::slice::from_ref(aside)),
                Step::Given(what) => write("given ", std::slice::from_ref(what)),
                Step::Exchange { asked, answered } => {
                    write("> ", asked);
                    write("< ", answered);
                }
            }
        }
        text
    }
}

/// What a request may begin with. Without it, it is one of ECR.
const SERVICES: [&str; 7] =
    ["iam", "sts", "kms", "cloudtrail", "events", "secretsmanager", "longshore"];

/// `[unsigned|forged|strange|answered|as USER] [SERVICE] OPERATION INPUT`.
fn ask(scene: &mut Scene<'_>, request: &str) -> AwsAnswer {
    let (signer, request) = match request.split_once(' ') {
        Some(("unsigned", rest)) => (Signer::None, rest),
        Some(("forged", rest)) => (Signer::Forger, rest),
        Some(("strange", rest)) => (Signer::Stranger, rest),
        Some(("answered", rest)) => (Signer::Answered, rest),
        Some(("as", rest)) => {
            let (user, rest) = rest.split_once(' ').expect("a user asks for something");
            (Signer::User(user.to_owned()), rest)
        }
        _ => (Signer::Root, request),
    };
    let (service, request) = match request.split_once(' ') {
        Some((service, rest)) if SERVICES.contains(&service) => (service, rest),
        _ => ("ecr", request),
    };
    let (operation, input) = request.split_once([' ', '\n']).unwrap_or((request, ""));
    scene.ask(service, operation, input, &signer)
}

/// Members of JSON may come in any order; XML is held to the letter.
fn is_same(expected: &[String], answer: &AwsAnswer) -> bool {
    match &answer.body {
        Answered::Json(body) => parse(&expected.join("\n")) == Some((answer.status, body.clone())),
        Answered::Xml(_) => *expected == write(answer),
    }
}

fn parse(answered: &str) -> Option<(u16, Value)> {
    let (status, body) = answered.split_once(' ')?;
    Some((status.parse().ok()?, serde_json::from_str(body).ok()?))
}

fn write(answer: &AwsAnswer) -> Vec<String> {
    let AwsAnswer { status, body } = answer;
    let mut text = format!("{status} ");
    match body {
        Answered::Json(body) => lay(body, 0, &mut text),
        Answered::Xml(body) => text.push_str(body),
    }
    text.lines().map(str::to_owned).collect()
}

/// Writes JSON so that it can be proofread: on one line what fits there, and the rest member by
/// member.
fn lay(value: &Value, depth: usize, text: &mut String) {
    let line = value.to_string();
    let open_for = LINE_MAX.saturating_sub(2 * depth);
    let (marks, parts): (_, Vec<(String, &Value)>) = match value {
        Value::Object(members) if line.chars().count() > open_for => {
            let named =
                |(name, value)| (format!("{}: ", Value::String(String::clone(name))), value);
            (["{", "}"], members.iter().map(named).collect())
        }
        Value::Array(elements) if line.chars().count() > open_for => {
            (["[", "]"], elements.iter().map(|element| (String::new(), element)).collect())
        }
        _ => return text.push_str(&line),
    };
    text.push_str(marks[0]);
    for (at, (name, value)) in parts.iter().enumerate() {
        text.push_str(if at == 0 { "\n" } else { ",\n" });
        text.push_str(&"  ".repeat(depth + 1));
        text.push_str(name);
        lay(value, depth + 1, text);
    }
    text.push('\n');
    text.push_str(&"  ".repeat(depth));
    text.push_str(marks[1]);
}

fn quote(lines: &[String]) -> String {
    lines.iter().map(|line| format!("< {line}")).collect::<Vec<_>>().join("\n")
}
