//! Random questions with random policies, from few names, so that they often match.

use std::env;
use std::sync::LazyLock;

use black_box::Random;
use names::Principal;
use serde_json::{Map, Value, json};

use crate::case::{Case, Given, Kind, Who};
use crate::cast;

/// Cases of a run, unless `POLICY_CASES` names another number: some seconds of the oracle's time.
const CASE_COUNT: u64 = 4_000;

/// Where they begin, unless `POLICY_SEED` names another number.
const SEED: u64 = 20_261_121;

const WHO: [&str; 14] = [
    "user alice",
    "user alice",
    "user bob",
    "user /team/alice",
    "role ci/run-1",
    "role ci/run-1",
    "role /team/ci/run-1",
    "federated alice of user alice",
    "root",
    "B user bob",
    "B role ci/run-1",
    "B root",
    "service lambda.amazonaws.com",
    "anonymous",
];

const PRINCIPALS: [&str; 15] = [
    "<user alice>",
    "<user alice>",
    "<user bob>",
    "<user /team/alice>",
    "<role ci>",
    "<role /team/ci>",
    "<session ci/run-1>",
    "<federated alice>",
    "<root>",
    "<A>",
    "<B:root>",
    "<B:user bob>",
    "<B:role ci>",
    "<B:session ci/run-1>",
    "*",
];

/// What is asked, and how policies write it.
struct Words {
    actions: &'static [&'static str],
    action_patterns: &'static [&'static str],
    /// How many of them, from the first, a resource's policy may have.
    of_the_service: usize,
    resources: &'static [&'static str],
    resource_patterns: &'static [&'static str],
}

const ECR: Words = Words {
    actions: &[
        "ecr:BatchGetImage",
        "ecr:PutImage",
        "ecr:ListImages",
        "ecr:TagResource",
        "ecr:GetAuthorizationToken",
    ],
    action_patterns: &[
        "ecr:BatchGetImage",
        "ecr:PutImage",
        "ecr:TagResource",
        "ecr:GetAuthorizationToken",
        "ecr:*",
        "ecr:*",
        "ecr:Put*",
        "ecr:*Image",
        "ECR:batchgetimage",
        "*",
        "iam:*",
    ],
    of_the_service: 9,
    resources: &["<web>", "<red/web>", "<blue/api>", "<B:web>"],
    resource_patterns: &[
        "*",
        "*",
        "<web>",
        "<*>",
        "<red/*>",
        "<*/web>",
        "<we?>",
        "<${aws:PrincipalTag/team}/*>",
        "<${aws:PrincipalTag/team}*>",
        "<${aws:PrincipalTag/team, 'blue'}/*>",
        "<B:*>",
        "arn:aws:ecr:*",
        "arn:aws:ecr:eu-*:*:repository/*",
    ],
};

const STS: Words = Words {
    actions: &["sts:AssumeRole"],
    action_patterns: &["sts:AssumeRole", "sts:AssumeRole", "sts:TagSession", "sts:*", "*", "ecr:*"],
    of_the_service: 3,
    resources: &["<role red/deploy>", "<role deploy>", "<B:role deploy>"],
    resource_patterns: &[
        "*",
        "<role *>",
        "<role deploy>",
        "<role ${aws:PrincipalTag/team}/*>",
        "arn:aws:iam::*:role/deploy",
        "<web>",
    ],
};

/// Of a hundred cases, how many are about assuming a role.
const STS_PERCENT: usize = 15;

/// Keys with one value, and the values that requests bring.
const KEYS: [(&str, &[&str]); 8] = [
    ("aws:PrincipalTag/team", &["red", "blue", "r*", "RED"]),
    ("aws:ResourceTag/team", &["red", "blue", "Red"]),
    ("aws:SourceIp", &["10.1.2.3", "203.0.113.7", "2001:db8::1"]),
    ("aws:SecureTransport", &["true", "false"]),
    ("aws:CurrentTime", &["2026-11-21T12:00:00Z", "2026-11-22T00:00:00Z"]),
    ("aws:MultiFactorAuthAge", &["299", "300", "301"]),
    ("aws:SourceArn", &["arn:aws:sns:us-east-1:111122223333:news"]),
    ("aws:SourceIdentity", &["alice", "bob"]),
];

/// What policies test: operator, without prefix and suffix, key, values.
const TESTS: [(&str, &str, &[&str]); 34] = [
    ("StringEquals", "aws:PrincipalTag/team", &["red", "blue", "r*"]),
    ("StringEquals", "AWS:principaltag/team", &["red"]),
    ("StringEquals", "aws:ResourceTag/team", &["red", "${aws:PrincipalTag/team}"]),
    ("StringEquals", "aws:ResourceTag/team", &["${aws:PrincipalTag/team, 'red'}"]),
    ("StringNotEquals", "aws:ResourceTag/team", &["red", "blue", "${aws:PrincipalTag/team}"]),
    ("StringNotEquals", "aws:PrincipalTag/team", &["red", "blue"]),
    ("StringEqualsIgnoreCase", "aws:PrincipalTag/team", &["red"]),
    ("StringNotEqualsIgnoreCase", "aws:PrincipalTag/team", &["red", "blue"]),
    ("StringLike", "aws:PrincipalTag/team", &["r*", "?l*", "*", "r${*}"]),
    ("StringLike", "aws:ResourceTag/team", &["${aws:PrincipalTag/team}", "b*"]),
    ("StringNotLike", "aws:PrincipalTag/team", &["r*", "b*"]),
    ("StringEquals", "aws:SourceIdentity", &["alice"]),
    ("StringEquals", "aws:username", &["alice", "bob"]),
    ("StringLike", "aws:PrincipalArn", &["*role/*", "*alice"]),
    ("StringEquals", "aws:PrincipalAccount", &["111122223333"]),
    ("StringNotEquals", "aws:PrincipalAccount", &["111122223333"]),
    ("NumericEquals", "aws:MultiFactorAuthAge", &["300", "301.0"]),
    ("NumericNotEquals", "aws:MultiFactorAuthAge", &["300", "301"]),
    ("NumericLessThan", "aws:MultiFactorAuthAge", &["300", "1000"]),
    ("NumericGreaterThanEquals", "aws:MultiFactorAuthAge", &["300"]),
    ("DateLessThan", "aws:CurrentTime", &["2026-11-21T13:00:00Z"]),
    ("DateGreaterThan", "aws:CurrentTime", &["2026-11-21T12:00:00Z"]),
    ("DateEquals", "aws:CurrentTime", &["2026-11-22T00:00:00Z"]),
    ("Bool", "aws:SecureTransport", &["true", "false"]),
    ("Bool", "aws:MultiFactorAuthPresent", &["true"]),
    ("IpAddress", "aws:SourceIp", &["10.0.0.0/8", "203.0.113.7", "2001:db8::/32"]),
    ("NotIpAddress", "aws:SourceIp", &["10.0.0.0/8", "203.0.113.0/24"]),
    ("ArnEquals", "aws:SourceArn", &["arn:aws:sns:*:111122223333:news", "arn:aws:sns:*:*:n*"]),
    ("ArnLike", "aws:PrincipalArn", &["arn:aws:iam::111122223333:role/*"]),
    ("ArnNotLike", "aws:SourceArn", &["arn:aws:sns:*:111122223333:*", "arn:aws:sqs:*:*:*"]),
    ("ArnNotEquals", "aws:PrincipalArn", &["arn:aws:iam::*:user/*"]),
    ("Null", "aws:PrincipalTag/team", &["true", "false"]),
    ("Null", "aws:SourceIp", &["true", "false"]),
    ("Null", "aws:MultiFactorAuthPresent", &["true"]),
];

/// Tests of the key with several values, with their prefix.
const SET_TESTS: [(&str, &[&str]); 9] = [
    ("ForAllValues:StringEquals", &["team", "stage"]),
    ("ForAllValues:StringNotEquals", &["owner", "stage"]),
    ("ForAllValues:StringLike", &["t*", "s*"]),
    ("ForAnyValue:StringEquals", &["team", "stage"]),
    ("ForAnyValue:StringNotEquals", &["team", "stage"]),
    ("ForAnyValue:StringLike", &["t*"]),
    ("ForAllValues:StringEqualsIfExists", &["team"]),
    ("ForAnyValue:StringEqualsIfExists", &["team"]),
    ("Null", &["true", "false"]),
];

const TAG_KEYS: [&str; 3] = ["team", "stage", "owner"];

/// The random cases, each with what it takes to make it again.
pub(crate) static CASES: LazyLock<Vec<(String, Case)>> = LazyLock::new(|| {
    let seed = setting("POLICY_SEED", SEED);
    let case = |at| (format!("seed {seed} case {at}"), random_case(&mut numbers(seed, at)));
    (0..setting("POLICY_CASES", CASE_COUNT)).map(case).collect()
});

#[expect(clippy::disallowed_methods, reason = "a test's own setting")]
fn setting(name: &str, default: u64) -> u64 {
    env::var(name).map_or(default, |value| value.parse().expect("a number"))
}

/// The numbers of a case: no case depends on those before it.
fn numbers(seed: u64, at: u64) -> Random {
    Random::new(seed.wrapping_add(at.wrapping_mul(0x1_0000_0001)))
}

fn random_case(random: &mut Random) -> Case {
    let words = if random.percent(STS_PERCENT) { &STS } else { &ECR };
    let action = *one(random, words.actions);
    let has_no_resource = action == "ecr:GetAuthorizationToken";
    let resource = if has_no_resource { "*" } else { one(random, words.resources) };
    let mut who = cast::who(one::<&str>(random, &WHO));
    if has_no_resource && who.account().is_none() {
        who = cast::who("user alice");
    }
    Case {
        documents: documents(random, words, &who),
        context: context(random, action),
        who,
        action: action.to_owned(),
        resource: cast::expand(resource),
    }
}

fn one<'a, T>(random: &mut Random, from: &'a [T]) -> &'a T {
    &from[random.below(from.len())]
}

fn some<'a>(random: &mut Random, from: &[&'a str], count_max: usize) -> Vec<&'a str> {
    let count = random.between(1, count_max);
    let mut chosen: Vec<&str> = (0..count).map(|_| *one(random, from)).collect();
    chosen.sort_unstable();
    chosen.dedup();
    chosen
}

fn context(random: &mut Random, action: &str) -> Vec<(String, Given)> {
    let mut context = Vec::new();
    for (key, values) in KEYS {
        if random.percent(60) {
            context.push((key.to_owned(), Given::One((*one(random, values)).to_owned())));
        }
    }
    if action == "ecr:TagResource" && random.percent(75) {
        let keys = some(random, &TAG_KEYS, 3);
        let keys = keys.into_iter().map(str::to_owned).collect();
        context.push(("aws:TagKeys".to_owned(), Given::Many(keys)));
    }
    context
}

fn documents(random: &mut Random, words: &Words, who: &Who) -> Vec<(Kind, String)> {
    let mut documents = Vec::new();
    let mut add = |random: &mut Random, kind, chance, version| {
        if random.percent(chance) {
            documents.push((kind, document(random, words, kind, version)));
        }
    };
    let older = [Some("2012-10-17"), Some("2008-10-17"), None];
    let version = if random.percent(85) { older[0] } else { *one(random, &older[1..]) };
    if let Who::Principal(principal) = who
        && !matches!(principal, Principal::Root { .. })
    {
        add(random, Kind::Identity, 85, older[0]);
        add(random, Kind::Group, 25, older[0]);
        add(random, Kind::Boundary, 25, older[0]);
        let is_session = principal.arn().starts_with("arn:aws:sts:");
        add(random, Kind::Session, if is_session { 35 } else { 0 }, older[0]);
    }
    if words.actions == STS.actions {
        add(random, Kind::Trust, 100, version);
    } else {
        add(random, Kind::Repository, 60, version);
        add(random, Kind::Registry, 25, version);
    }
    documents
}

fn document(random: &mut Random, words: &Words, kind: Kind, version: Option<&str>) -> String {
    let count = random.between(1, 3);
    let mut statements = Vec::new();
    for _ in 0..count {
        let effect = if random.percent(80) { "Allow" } else { "Deny" };
        statements.push(statement(random, words, kind, effect));
    }
    let mut document = Map::new();
    if let Some(version) = version {
        document.insert("Version".into(), version.into());
    }
    document.insert("Statement".into(), statements.into());
    Value::from(document).to_string()
}

fn statement(random: &mut Random, words: &Words, kind: Kind, effect: &str) -> Value {
    let mut statement = Map::new();
    statement.insert("Effect".into(), effect.into());
    let is_trust = kind == Kind::Trust;
    if matches!(kind, Kind::Repository | Kind::Registry | Kind::Trust) {
        let (element, principal) = principal(random, effect, is_trust);
        statement.insert(element.into(), principal);
    }
    let patterns = match kind {
        Kind::Registry | Kind::Trust => &words.action_patterns[..words.of_the_service],
        _ => words.action_patterns,
    };
    let element = if is_trust || random.percent(90) { "Action" } else { "NotAction" };
    statement.insert(element.into(), listed(some(random, patterns, 3)));
    if !matches!(kind, Kind::Repository | Kind::Trust) {
        let element = if random.percent(90) { "Resource" } else { "NotResource" };
        statement.insert(element.into(), listed(some(random, words.resource_patterns, 3)));
    }
    if random.percent(45) {
        statement.insert("Condition".into(), condition(random));
    }
    statement.into()
}

fn listed(items: Vec<&str>) -> Value {
    items.into_iter().map(cast::expand).collect()
}

fn principal(random: &mut Random, effect: &str, is_trust: bool) -> (&'static str, Value) {
    if random.percent(15) {
        return ("Principal", "*".into());
    }
    let spares = effect == "Deny" && !is_trust && random.percent(15);
    let element = if spares { "NotPrincipal" } else { "Principal" };
    let mut principal = json!({ "AWS": listed(some(random, &PRINCIPALS, 3)) });
    if random.percent(20) {
        principal["Service"] = "lambda.amazonaws.com".into();
    }
    (element, principal)
}

fn condition(random: &mut Random) -> Value {
    let mut operators: Map<String, Value> = Map::new();
    for _ in 0..random.between(1, 2) {
        let (operator, key, values) = if random.percent(20) {
            let (operator, values) = *one(random, &SET_TESTS);
            (operator.to_owned(), "aws:TagKeys", values)
        } else {
            let (operator, key, values) = *one(random, &TESTS);
            (dressed(random, operator), key, values)
        };
        // Null takes one answer.
        let count_max = if operator == "Null" { 1 } else { 2 };
        let values = listed(some(random, values, count_max));
        let keys = operators.entry(operator).or_insert_with(|| json!({}));
        keys[key] = values;
    }
    operators.into()
}

/// The operator, at times with a prefix and a suffix.
fn dressed(random: &mut Random, operator: &str) -> String {
    if operator == "Null" {
        return operator.to_owned();
    }
    let prefix = match random.below(20) {
        0 => "ForAllValues:",
        1 => "ForAnyValue:",
        _ => "",
    };
    let suffix = if random.percent(15) { "IfExists" } else { "" };
    format!("{prefix}{operator}{suffix}")
}
