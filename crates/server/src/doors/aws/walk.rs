//! Calls every operation of every service as every kind of caller. The operations come from the
//! models, so new ones are included.

use identity::Caller;
use wire::aws::Operation;

use super::call::Context;
use super::dispatch::{admit_only, dispatch};
use super::failure::Refused;
use super::guarded::{input, unserved};
use super::words::Words;
use crate::config::Redirects;
use crate::guard::testing::{Gate, part_of_list, root, statement};

const HOME: &str = "111111111111";
const ABROAD: &str = "222222222222";

/// Operations that every caller may use, or that decide for themselves, and why.
#[rustfmt::skip]
const NOT_GUARDED: &[(&str, &str)] = &[
    ("AssumeRole",                "the verb asks, with the role and its trust policy at hand"),
    ("AssumeRoleWithWebIdentity", "it is not signed: the role's trust policy decides about the token"),
    ("GetCallerIdentity",         "it needs no right, and cannot be denied"),
    ("GetSessionToken",           "it needs no right: it gives none that the user does not have"),
];

/// Operations that need a second action on the same resource, and why.
#[rustfmt::skip]
const TWO_ACTIONS: &[(&str, &str, &str)] = &[
    ("RollBackTag", "ecr:BatchGetImage", "it puts an image again that the caller may get"),
];

/// The guard's decision: `None` if it allows, or the refusal.
async fn refusal(
    gate: &Gate,
    caller: &Caller,
    operation: Operation,
    account: &str,
) -> Option<String> {
    let body = input(operation.spec().input, account).to_string();
    let words = Words::Json(body.as_bytes());
    let refused = admit_only(&gate.asking(caller), operation, &words).await.err()?;
    if let Refused::Denied(denied) = refused {
        return Some(denied.to_string());
    }
    // Not implemented yet, which is answered only to callers with the right.
    let told = refused.into_told(&gate.from.id, operation);
    assert_eq!(told.kind().name, unserved(operation), "{}: {told}", operation.name());
    None
}

fn guarded() -> impl Iterator<Item = Operation> {
    Operation::all()
        .filter(|operation| !NOT_GUARDED.iter().any(|(name, _)| *name == operation.name()))
}

/// The resource that a denial names.
fn resource_of(denial: &str) -> String {
    let (_, rest) = denial.split_once(" on resource: ").expect("a denial names the resource");
    rest.split_once(" because ").expect("and a reason").0.to_owned()
}

#[test]
fn those_that_are_not_guarded_exist() {
    for (name, because) in NOT_GUARDED {
        assert!(Operation::all().any(|operation| operation.name() == *name), "{name}: {because}");
    }
    for (name, _, because) in TWO_ACTIONS {
        assert!(guarded().any(|operation| operation.name() == *name), "{name}: {because}");
    }
}

#[tokio::test]
async fn an_operation_is_open_to_callers_who_may_do_its_action_alone() {
    let gate = Gate::new().await;
    let user = gate.user(HOME, "alice").await;
    let (mut walked, mut wrong) = (0, Vec::new());
    for operation in guarded() {
        if let Err(why) = walk(&gate, &user, operation).await {
            wrong.push(format!("{}: {why}", operation.name()));
        }
        walked += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(walked + NOT_GUARDED.len(), Operation::all().count());
}

/// Calls it without a policy, with exactly the right one, with an additional deny, and with rights
/// to everything else. If it takes a second right, either alone is not enough.
async fn walk(gate: &Gate, user: &Caller, operation: Operation) -> Result<(), String> {
    let action = operation.action();
    let ends = |text: Option<String>, end: &str| match text {
        Some(text) if text.ends_with(end) => Ok(text),
        other => Err(format!("{other:?} does not end with {end:?}")),
    };
    gate.put_policy(user, &[]).await;
    let end = format!(" because no identity-based policy allows the {action} action");
    let none = ends(refusal(gate, user, operation, HOME).await, &end)?;

    let resource = resource_of(&none);
    let mut actions = vec![action];
    let second = TWO_ACTIONS.iter().find(|(name, ..)| *name == operation.name());
    if let Some((_, second, because)) = second {
        gate.put_policy(user, &[statement("Allow", &actions, &resource)]).await;
        let end = format!(" because no identity-based policy allows the {second} action");
        ends(refusal(gate, user, operation, HOME).await, &end)
            .map_err(|why| format!("{because}: {why}"))?;
        actions.push(second);
    }
    let allow = statement("Allow", &actions, &resource);
    gate.put_policy(user, std::slice::from_ref(&allow)).await;
    if let Some(text) = refusal(gate, user, operation, HOME).await {
        return Err(format!("with the right to {action} on {resource}: {text}"));
    }

    gate.put_policy(user, &[allow, statement("Deny", &[action], "*")]).await;
    let end = " with an explicit deny in an identity-based policy";
    ends(refusal(gate, user, operation, HOME).await, end)?;

    let all_else = format!(r#"{{"Effect":"Allow","NotAction":"{action}","Resource":"*"}}"#);
    gate.put_policy(user, &[all_else]).await;
    refusal(gate, user, operation, HOME).await.ok_or("open to a caller who may do all else")?;
    if resource != "*" {
        let beside = statement("Allow", &[action], &format!("{resource}-not"));
        gate.put_policy(user, &[beside]).await;
        refusal(gate, user, operation, HOME).await.ok_or("open beside the resource")?;
    }
    // A wildcard of one character matches no list, however lists are written.
    for odd in part_of_list(&resource) {
        gate.put_policy(user, &[statement("Allow", &[action], &odd)]).await;
        refusal(gate, user, operation, HOME).await.ok_or(format!("a list is open to {odd}"))?;
    }
    Ok(())
}

#[tokio::test]
async fn another_account_comes_in_where_both_sides_agree() {
    let gate = Gate::new().await;
    let user = gate.user(HOME, "alice").await;
    let web = gate.repository(ABROAD, "web").await;
    let mut walked = 0;
    for operation in guarded().filter(|operation| matches!(operation, Operation::Ecr(_))) {
        let (name, action) = (operation.name(), operation.action());
        gate.delete_repository_policy(&web).await;
        gate.put_policy(&user, &[statement("Allow", &[action], "*")]).await;
        // One that names no account is about the caller's own.
        let Some(alone) = refusal(&gate, &user, operation, ABROAD).await else { continue };
        let end = format!(" because no resource-based policy allows the {action} action");
        assert!(alone.ends_with(&end), "{name}: {alone}");
        if resource_of(&alone) != web.to_string() {
            continue;
        }
        gate.set_repository_policy(&web, HOME, &[action]).await;
        assert_eq!(refusal(&gate, &user, operation, ABROAD).await, None, "{name}");
        gate.put_policy(&user, &[]).await;
        let foreign = refusal(&gate, &user, operation, ABROAD).await.expect(name);
        let end = format!(" because no identity-based policy allows the {action} action");
        assert!(foreign.ends_with(&end), "{name}: {foreign}");
        walked += 1;
    }
    assert!(walked > 25, "{walked} operations are about a repository");
}

#[tokio::test]
async fn a_deleted_user_may_do_nothing_more() {
    let gate = Gate::new().await;
    let user = gate.user(HOME, "alice").await;
    gate.put_policy(&user, &[statement("Allow", &["*"], "*")]).await;
    for operation in guarded() {
        assert_eq!(refusal(&gate, &user, operation, HOME).await, None, "{}", operation.name());
    }
    gate.delete(&user).await;
    for operation in guarded() {
        let name = operation.name();
        assert!(refusal(&gate, &user, operation, HOME).await.is_some(), "{name}");
    }
}

#[tokio::test]
async fn a_repository_policy_denies_its_owner_too() {
    let gate = Gate::new().await;
    let owner = root(HOME);
    let web = gate.repository(HOME, "web").await;
    gate.deny_in_repository(&web).await;
    let mut walked = 0;
    for operation in guarded().filter(|operation| matches!(operation, Operation::Ecr(_))) {
        if let Some(denied) = refusal(&gate, &owner, operation, HOME).await {
            assert!(
                denied.ends_with(" with an explicit deny in a resource-based policy"),
                "{denied}"
            );
            walked += 1;
        }
    }
    assert!(walked > 25, "{walked} operations are about a repository");
}

#[tokio::test]
async fn access_is_explained_without_the_policies_of_another_account() {
    let (gate, operation) = (Gate::new().await, wire::aws::longshore::Operation::ExplainAccess);
    gate.user(HOME, "alice").await;
    let web = gate.repository(ABROAD, "web").await;
    gate.deny_in_repository(&web).await;
    let (doors, caller) = (gate.doors(), root(HOME));
    let context = Context {
        doors: &doors,
        caller: &caller,
        reached: &gate.reached(),
        from: &gate.from,
        redirects: Redirects::Never,
    };
    let input = serde_json::json!({
        "PrincipalArn": format!("arn:aws:iam::{HOME}:user/alice"),
        "Action": "ecr:PutImage",
        "ResourceArn": web.to_string(),
    });
    let input = input.to_string();
    let words = Words::Json(input.as_bytes());
    let told = dispatch(&context, Operation::Longshore(operation), &words).await.unwrap();
    let told: serde_json::Value = serde_json::from_slice(&told).unwrap();
    let decision = &told["Decision"];
    assert_eq!(decision["Verdict"], "DENIED", "{told}");
    assert_eq!(decision["Reason"], "explicitly denied by resource-based policy", "{told}");
    assert_eq!(decision["Policies"], serde_json::json!([]), "{told}");
}
