//! SimulatePrincipalPolicy, SimulateCustomPolicy, GetContextKeysForPrincipalPolicy.

use std::sync::Arc;

use names::{AccountId, Principal, Timestamp};
use policy::{
    Attached, Context, DocumentKind, Explanation, Policies, Request, SourceKind, Subject, explain,
};

use super::documents::require_document;
use super::simulated_policies::{Gathered, PolicySource, find_caller, gather, nobody_of};
use crate::{Failure, IamRefusal, Operations};

/// What to simulate.
#[derive(Debug, Clone, Default)]
pub struct Simulation {
    /// Whose policies; nobody's in `SimulateCustomPolicy`.
    pub source: Option<PolicySource>,
    /// Policies to judge by as well.
    pub policies: Vec<String>,
    /// Policies to bound by, in place of the source's own. There is one at most.
    pub boundaries: Vec<String>,
    /// A policy of the resource.
    pub resource_policy: Option<String>,
    /// Whose the resource is, where its ARN does not say.
    pub resource_owner: Option<AccountId>,
    /// Who asks, by ARN; the source itself where nobody is named.
    pub caller_arn: Option<String>,
    /// What is asked for.
    pub actions: Vec<String>,
    /// What it is done to; `*` where nothing is named.
    pub resources: Vec<String>,
    /// Condition keys and their values.
    pub context: Vec<ContextEntry>,
    /// How many results to leave out.
    pub skip: usize,
    /// How many results to answer with.
    pub limit: usize,
}

/// A condition key and its values.
#[derive(Debug, Clone)]
pub struct ContextEntry {
    /// `aws:SourceIp`.
    pub key: String,
    /// Its values.
    pub values: Vec<String>,
    /// May it have several?
    pub is_list: bool,
}

/// What would be decided about one action and resource.
#[derive(Debug, Clone)]
pub struct Simulated {
    /// The action.
    pub action: String,
    /// The resource.
    pub resource: String,
    /// The decision, and what led to it.
    pub explanation: Explanation,
}

/// What the whole simulation is judged by.
struct Scene {
    principal: Principal,
    /// Is it somebody in particular, whom condition keys can tell of?
    is_known: bool,
    tags: Vec<(String, String)>,
    identity: Vec<Attached>,
    boundary: Option<Attached>,
    resource: Vec<Attached>,
}

impl Operations {
    /// Judges actions on resources without doing anything.
    pub async fn simulate_policy(
        &self,
        account: &AccountId,
        simulation: Simulation,
    ) -> Result<Vec<Simulated>, Failure> {
        require_actions(&simulation.actions)?;
        let (account, now) = (account.clone(), self.now());
        self.db
            .read(move |tx| {
                let gathered = match &simulation.source {
                    Some(source) => gather(tx, &account, source)?,
                    None => nothing(),
                };
                let caller = match &simulation.caller_arn {
                    Some(arn) => Some(find_caller(tx, &account, arn)?),
                    None => None,
                };
                let scene = set(&account, &simulation, gathered, caller)?;
                Ok(judge_all(&account, &simulation, &scene, now))
            })
            .await
    }

    /// The condition keys and variables that policies ask for, in the order in which they are met.
    pub async fn get_context_keys(
        &self,
        account: &AccountId,
        source: Option<PolicySource>,
        policies: Vec<String>,
    ) -> Result<Vec<String>, Failure> {
        let account = account.clone();
        self.db
            .read(move |tx| {
                let mut all = match &source {
                    Some(source) => gather(tx, &account, source)?.identity,
                    None => Vec::new(),
                };
                all.extend(input("PolicyInputList", &policies)?);
                let mut keys: Vec<String> = Vec::new();
                for key in all.iter().flat_map(|attached| attached.document.context_keys()) {
                    if !keys.iter().any(|known| known.eq_ignore_ascii_case(key)) {
                        keys.push(key.to_owned());
                    }
                }
                Ok(keys)
            })
            .await
    }
}

fn nothing() -> Gathered {
    Gathered { principal: None, tags: Vec::new(), identity: Vec::new(), boundary: None }
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

/// Policies that came with the call.
fn input(list: &str, documents: &[String]) -> Result<Vec<Attached>, Failure> {
    let read = |(at, text): (usize, &String)| {
        let document = require_document(text, DocumentKind::Identity).map_err(as_input)?;
        let name = format!("{list}.{}", at + 1).into();
        Ok(Attached { source: SourceKind::SessionInline, name, document: Arc::new(document) })
    };
    documents.iter().enumerate().map(read).collect()
}

/// The simulator has no code of its own for malformed policies.
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
    let Gathered { principal, tags, mut identity, boundary } = gathered;
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
        principal: principal.unwrap_or_else(|| nobody_of(account)),
        tags,
        identity,
        boundary: given.or(boundary),
        resource,
    })
}

fn judge_all(
    account: &AccountId,
    simulation: &Simulation,
    scene: &Scene,
    now: Timestamp,
) -> Vec<Simulated> {
    let everything = ["*".to_owned()];
    let resources: &[String] =
        if simulation.resources.is_empty() { &everything } else { &simulation.resources };
    let pairs = simulation
        .actions
        .iter()
        .flat_map(|action| resources.iter().map(move |resource| (action, resource)));
    let mut results = Vec::new();
    for (action, resource) in pairs.skip(simulation.skip).take(simulation.limit) {
        let owner = owner(simulation, resource).unwrap_or_else(|| account.clone());
        let explanation = judge(simulation, scene, now, (action, resource, &owner));
        let (action, resource) = (action.clone(), resource.clone());
        results.push(Simulated { action, resource, explanation });
    }
    results
}

/// Whose the resource is: its ARN may say.
fn owner(simulation: &Simulation, resource: &str) -> Option<AccountId> {
    let written = resource.split(':').nth(4).and_then(|text| AccountId::parse(text).ok());
    written.or_else(|| simulation.resource_owner.clone())
}

fn judge(
    simulation: &Simulation,
    scene: &Scene,
    now: Timestamp,
    (action, resource, owner): (&str, &str, &AccountId),
) -> Explanation {
    let subject = Subject::Principal(&scene.principal);
    let mut context = Context::new();
    context.set_time(now);
    if scene.is_known {
        for (key, value) in &scene.tags {
            context.set(format!("aws:PrincipalTag/{key}"), value);
        }
        context.set_subject(&subject, None);
    }
    // What the simulation says stands in place of what is so. What it says twice, in whatever case, is both.
    simulation.context.iter().for_each(|entry| context.forget(&entry.key));
    for ContextEntry { key, values, is_list } in &simulation.context {
        match values.as_slice() {
            [value] if !is_list => context.set(key, value),
            values => context.set_many(key, values),
        }
    }
    let request = Request { subject, action, resource, resource_account: owner, context: &context };
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
