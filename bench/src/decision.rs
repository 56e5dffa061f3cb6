//! What a policy decision costs. No server takes part: the guard asks this before every verb.

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Result, ensure};
use names::{AccountId, IamPath, IdKind, Principal, Timestamp, UniqueId, UserIdentity, UserName};
use policy::{
    Attached, Context, Document, DocumentKind, Policies, Request, SourceKind, Subject, evaluate,
};

const POLICIES: usize = 20;
const STATEMENTS: usize = 10;
/// The limit of a decision: little beside the request that it is for.
const MICROSECONDS_MAX: f64 = 20.0;
/// Enough for the clock not to matter, and rounds enough for a median.
const DECISIONS_PER_ROUND: u32 = 2_000;
const ROUNDS: usize = 15;

const ACCOUNT: &str = "123456789012";
const RESOURCE: &str = "arn:aws:ecr:us-east-1:123456789012:repository/team/web";

/// The measurements.
pub(crate) struct Measured {
    /// A decision, with the making of its condition keys.
    microseconds: f64,
}

impl Measured {
    /// Is it as cheap as it must be?
    pub(crate) fn holds(&self) -> bool {
        self.microseconds <= MICROSECONDS_MAX
    }

    /// One line for the report.
    pub(crate) fn line(&self) -> String {
        format!(
            "policy decision: {POLICIES} policies × {STATEMENTS} statements: {:.2} µs (at most {MICROSECONDS_MAX} µs)",
            self.microseconds
        )
    }
}

/// Measures whether a user may push, with policies that all have to be read to the end.
pub(crate) fn measure() -> Result<Measured> {
    let identity = (0..POLICIES).map(attached).collect::<Result<Vec<_>>>()?;
    let policies = Policies { identity: &identity, ..Policies::default() };
    let (owner, principal) = (AccountId::parse(ACCOUNT)?, user()?);
    ensure!(decide(&principal, &owner, &policies), "the last statement allows it");
    let mut rounds = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        for _ in 0..DECISIONS_PER_ROUND {
            black_box(decide(black_box(&principal), &owner, &policies));
        }
        let seconds = begun.elapsed().as_secs_f64();
        rounds.push(seconds * 1e6 / f64::from(DECISIONS_PER_ROUND));
    }
    rounds.sort_by(f64::total_cmp);
    Ok(Measured { microseconds: rounds[ROUNDS / 2] })
}

/// One request: its condition keys are built again, as for each request.
fn decide(principal: &Principal, owner: &AccountId, policies: &Policies<'_>) -> bool {
    let subject = Subject::Principal(principal);
    let mut context = Context::new();
    context.set("aws:PrincipalTag/team", "team");
    context.set_subject(&subject, None);
    context.set_time(Timestamp::from_seconds(1_700_000_000));
    context.set("aws:SecureTransport", true);
    context.set("aws:SourceIp", std::net::IpAddr::from([10, 1, 2, 3]));
    context.set("aws:UserAgent", "docker/28.0.1");
    context.set("aws:RequestedRegion", "us-east-1");
    context.set("aws:ResourceAccount", owner.as_str());
    let request = Request {
        subject,
        action: "ecr:PutImage",
        resource: RESOURCE,
        resource_account: owner,
        context: &context,
    };
    evaluate(&request, policies).is_allowed()
}

fn user() -> Result<Principal> {
    Ok(Principal::User(UserIdentity {
        account: AccountId::parse(ACCOUNT)?,
        id: UniqueId::from_random(IdKind::User, [7; 17]),
        path: IamPath::root(),
        name: UserName::parse("alice")?,
    }))
}

/// A policy of statements that nearly apply: another action, another repository, another address, a
/// deny that does not apply. Only the last statement of the last policy allows.
fn attached(number: usize) -> Result<Attached> {
    let statements: Vec<_> = (0..STATEMENTS)
        .map(|at| {
            let is_last = (number, at) == (POLICIES - 1, STATEMENTS - 1);
            if is_last { LAST.to_owned() } else { nearly(number, at) }
        })
        .collect();
    let text = format!(r#"{{"Version":"2012-10-17","Statement":[{}]}}"#, statements.join(","));
    let document = Document::parse(&text, DocumentKind::Identity)?;
    let name = format!("policy-{number}").into();
    Ok(Attached { source: SourceKind::CustomerManaged, name, document: Arc::new(document) })
}

const LAST: &str = r#"{"Effect":"Allow","Action":"ecr:Put*","Resource":"arn:aws:ecr:*:123456789012:repository/${aws:PrincipalTag/team}/*"}"#;

fn nearly(number: usize, at: usize) -> String {
    match at % 5 {
        0 => format!(
            r#"{{"Effect":"Allow","Action":["ecr:BatchGetImage","ecr:GetDownloadUrlForLayer","s3:Get*"],"Resource":"arn:aws:ecr:*:*:repository/{number}-{at}/*"}}"#
        ),
        1 => format!(
            r#"{{"Effect":"Allow","Action":"ecr:*","Resource":["arn:aws:ecr:*:*:repository/{number}-{at}","arn:aws:ecr:*:*:repository/*-{at}/web"]}}"#
        ),
        2 => r#"{"Effect":"Allow","Action":"ecr:*","Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":["192.0.2.0/24","2001:db8::/32"]}}}"#.to_owned(),
        3 => r#"{"Effect":"Deny","Action":"ecr:Put*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"},"StringNotLike":{"aws:UserAgent":"docker/*"}}}"#.to_owned(),
        _ => format!(
            r#"{{"Effect":"Allow","Action":"ecr:Put*","Resource":"arn:aws:ecr:*:*:repository/${{aws:username}}/*","Condition":{{"StringEquals":{{"aws:PrincipalTag/team":"team-{number}"}}}}}}"#
        ),
    }
}
