//! SimulatePrincipalPolicy, SimulateCustomPolicy, GetContextKeysForPrincipalPolicy.

use std::collections::HashSet;
use std::sync::Arc;

use names::{AccountId, Principal, Timestamp};
use policy::{
    Attached, Context, DECISION_STEPS_MAX, DocumentKind, Explanation, Policies, Request,
    SourceKind, Subject, explain,
};

use super::simulated_policies::{Gathered, Held, PolicySource, find_caller, gather, unknown_in};
use crate::policy::require_document;
use crate::{Failure, Iam, IamRefusal};

/// A simulation.
#[derive(Debug, Clone, Default)]
pub struct Simulation {
    /// The entity whose policies are simulated; `None` in `SimulateCustomPolicy`.
    pub source: Option<PolicySource>,
    /// Policies to judge by as well.
    pub policies: Vec<String>,
    /// Policies to bound by, in place of the source's own. There is one at most.
    pub boundaries: Vec<String>,
    /// A policy of the resource.
    pub resource_policy: Option<String>,
    /// The owner of the resource, if its ARN does not say.
    pub resource_owner: Option<AccountId>,
    /// The ARN of the caller; by default the source itself.
    pub caller_arn: Option<String>,
    /// The actions.
    pub actions: Vec<String>,
    /// The resources; `*` if there are none.
    pub resources: Vec<String>,
    /// Condition keys and their values.
    pub context: Vec<ContextEntry>,
    /// How many results to leave out.
    pub skip: usize,
    /// How many results to answer with at most.
    pub limit: usize,
}

/// A condition key and its values.
#[derive(Debug, Clone)]
pub struct ContextEntry {
    /// `aws:SourceIp`.
    pub key: String,
    /// Its values.
    pub values: Vec<String>,
    /// Whether it may have several values.
    pub is_list: bool,
}

/// Some results, and the position of the next.
#[derive(Debug, Clone)]
pub struct SimulatedPage {
    /// In the order of actions, and for each of resources.
    pub results: Vec<Simulated>,
    /// How many results the next page skips; `None` on the last page.
    pub next: Option<usize>,
}

/// A page ends after this many steps or bytes. It always has at least one decision.
const PAGE_STEPS_MAX: usize = 20 * DECISION_STEPS_MAX;
const PAGE_BYTES_MAX: usize = 1024 * 1024;
/// About the size of a statement besides its name.
const STATEMENT_BYTES: usize = 256;

/// The simulated decision about one action and resource.
#[derive(Debug, Clone)]
pub struct Simulated {
    /// The action.
    pub action: String,
    /// The resource.
    pub resource: String,
    /// The decision and its explanation.
    pub explanation: Explanation,
}

/// What all decisions of the simulation share.
struct Scene {
    principal: Principal,
    /// Whether the caller is a known principal, with condition keys of its own.
    is_known: bool,
    tags: Vec<(String, String)>,
    identity: Vec<Attached>,
    boundary: Option<Attached>,
    resource: Vec<Attached>,
}

impl Iam {
    /// Evaluates actions on resources, without side effects. A page may be short although more
    /// follow, because much work ends it.
    pub async fn simulate_policy(
        &self,
        account: &AccountId,
        simulation: Simulation,
    ) -> Result<SimulatedPage, Failure> {
        require_actions(&simulation.actions)?;
        let (account, now) = (account.clone(), self.now());
        let (source, caller_arn) = (simulation.source.clone(), simulation.caller_arn.clone());
        let home = account.clone();
        let (gathered, caller) = self
            .rows
            .read(move |tx| {
                let gathered = match &source {
                    Some(source) => gather(tx, &home, source)?,
                    None => Gathered::default(),
                };
                let caller = match &caller_arn {
                    Some(arn) => Some(find_caller(tx, &home, arn)?),
                    None => None,
                };
                Ok::<_, Failure>((gathered, caller))
            })
            .await?;
        let judge = move || {
            let scene = set(&account, &simulation, gathered, caller)?;
            Ok(judge_page(&account, &simulation, &scene, now))
        };
        self.bench.run(judge).await?
    }

    /// The condition keys and variables that policies use, in the order of their appearance.
    pub async fn get_context_keys(
        &self,
        account: &AccountId,
        source: Option<PolicySource>,
        policies: Vec<String>,
    ) -> Result<Vec<String>, Failure> {
        let account = account.clone();
        let gathered = match source {
            Some(source) => self.rows.read(move |tx| gather(tx, &account, &source)).await?,
            None => Gathered::default(),
        };
        let list = move || {
            let mut all: Vec<Attached> = gathered.identity.iter().map(Held::read).collect();
            all.extend(input("PolicyInputList", &policies)?);
            let mut known = HashSet::new();
            let keys = all.iter().flat_map(|attached| attached.document.context_keys());
            let new = keys.filter(|key| known.insert(key.to_ascii_lowercase()));
            Ok(new.map(str::to_owned).collect())
        };
        self.bench.run(list).await?
    }
}

fn require_actions(actions: &[String]) -> Result<(), IamRefusal> {
    let is_action = |action: &String| {
        let parts = action.split_once(':');
        parts.is_some_and(|(service, name)| !service.is_empty() && !name.is_empty())
            && !action.contains(['*', '?'])
    };
    match actions.iter().find(|action| !is_action(action)) {
        None => Ok(()),
        Some(action) => Err(IamRefusal::InvalidInput(format!("Invalid Entity Action: {action}"))),
    }
}

/// The policies in the call.
fn input(list: &str, documents: &[String]) -> Result<Vec<Attached>, Failure> {
    let read = |(at, text): (usize, &String)| {
        let document = require_document(text, DocumentKind::Identity).map_err(as_input)?;
        let name = format!("{list}.{}", at + 1).into();
        Ok(Attached { source: SourceKind::SessionInline, name, document: Arc::new(document) })
    };
    documents.iter().enumerate().map(read).collect()
}

/// The simulator has no separate code for malformed policies.
fn as_input(failure: Failure) -> Failure {
    match failure {
        Failure::Refused(crate::Refusal::Iam(IamRefusal::MalformedPolicyDocument(words))) => {
            IamRefusal::InvalidInput(words).into()
        }
        Failure::Refused(_) | Failure::Fault(_) => failure,
    }
}

fn set(
    account: &AccountId,
    simulation: &Simulation,
    gathered: Gathered,
    caller: Option<Principal>,
) -> Result<Scene, Failure> {
    let Gathered { principal, tags, identity, boundary } = gathered;
    let mut identity: Vec<Attached> = identity.iter().map(Held::read).collect();
    identity.extend(input("PolicyInputList", &simulation.policies)?);
    if simulation.boundaries.len() > 1 {
        let words = "Only one permissions boundary policy can be given.".to_owned();
        return Err(IamRefusal::InvalidInput(words).into());
    }
    let given = input("PermissionsBoundaryPolicyInputList", &simulation.boundaries)?.pop();
    let resource = match &simulation.resource_policy {
        None => Vec::new(),
        Some(text) => {
            let document = require_document(text, DocumentKind::Repository).map_err(as_input)?;
            let (source, name) = (SourceKind::Repository, "ResourcePolicy".into());
            vec![Attached { source, name, document: Arc::new(document) }]
        }
    };
    let principal = caller.or(principal);
    Ok(Scene {
        is_known: principal.is_some(),
        principal: principal.unwrap_or_else(|| unknown_in(account)),
        tags,
        identity,
        boundary: given.or(boundary.as_ref().map(Held::read)),
        resource,
    })
}

fn judge_page(
    account: &AccountId,
    simulation: &Simulation,
    scene: &Scene,
    now: Timestamp,
) -> SimulatedPage {
    let everything = ["*".to_owned()];
    let resources: &[String] =
        if simulation.resources.is_empty() { &everything } else { &simulation.resources };
    let context = context(simulation, scene, now);
    let end = simulation.actions.len().saturating_mul(resources.len());
    let (mut steps, mut bytes) = (0, 0);
    let mut results = Vec::new();
    let mut at = simulation.skip;
    while at < end && results.len() < simulation.limit {
        let is_full = steps >= PAGE_STEPS_MAX || bytes >= PAGE_BYTES_MAX;
        if is_full && !results.is_empty() {
            break;
        }
        let (action, resource) =
            (&simulation.actions[at / resources.len()], &resources[at % resources.len()]);
        let owner = owner(simulation, resource).unwrap_or_else(|| account.clone());
        let explanation = judge(scene, &context, (action, resource, &owner));
        let (action, resource) = (action.clone(), resource.clone());
        let result = Simulated { action, resource, explanation };
        steps += result.explanation.steps;
        bytes += result.size_bytes();
        results.push(result);
        at += 1;
    }
    SimulatedPage { results, next: (at < end).then_some(at) }
}

impl Simulated {
    /// About the size of an answer with it.
    fn size_bytes(&self) -> usize {
        let Explanation { matched, missing_context, .. } = &self.explanation;
        let matched = matched.iter().map(|matched| STATEMENT_BYTES + matched.statement.name.len());
        let missing = missing_context.iter().map(String::len);
        STATEMENT_BYTES
            + self.action.len()
            + self.resource.len()
            + matched.sum::<usize>()
            + missing.sum::<usize>()
    }
}

/// The owner of the resource, which its ARN may state.
fn owner(simulation: &Simulation, resource: &str) -> Option<AccountId> {
    let written = resource.split(':').nth(4).and_then(|text| AccountId::parse(text).ok());
    written.or_else(|| simulation.resource_owner.clone())
}

/// The context of every request in the simulation.
fn context<'a>(simulation: &'a Simulation, scene: &'a Scene, now: Timestamp) -> Context<'a> {
    let mut context = Context::new();
    context.set_time(now);
    if scene.is_known {
        for (key, value) in &scene.tags {
            context.set(format!("aws:PrincipalTag/{key}"), value);
        }
        context.set_subject(&Subject::Principal(&scene.principal), None);
    }
    // The simulation's values replace the real ones. A key that it gives twice, in any case, has
    // both values.
    simulation.context.iter().for_each(|entry| context.forget(&entry.key));
    for ContextEntry { key, values, is_list } in &simulation.context {
        match values.as_slice() {
            [value] if !is_list => context.set(key, value),
            values => context.set_many(key, values),
        }
    }
    context
}

fn judge(
    scene: &Scene,
    context: &Context<'_>,
    (action, resource, owner): (&str, &str, &AccountId),
) -> Explanation {
    let subject = Subject::Principal(&scene.principal);
    let request = Request { subject, action, resource, resource_account: owner, context };
    let policies = Policies {
        identity: &scene.identity,
        boundary: scene.boundary.as_ref(),
        resource: &scene.resource,
        ..Policies::default()
    };
    explain(&request, &policies)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actions_are_written_whole() {
        #[rustfmt::skip]
        let cases = [
            ("ecr:PutImage", true,  "the usual"),
            ("ecr:*",        false, "a pattern asks for nothing in particular"),
            ("PutImage",     false, "no service"),
            (":PutImage",    false, "an empty service"),
        ];
        for (action, accepted, because) in cases {
            assert_eq!(require_actions(&[action.to_owned()]).is_ok(), accepted, "{because}");
        }
    }
}
