//! Walks every operation of every service as everybody who could ask for it. The operations are those that the models
//! list, so that a new one is walked too.

use identity::Caller;
use wire::aws::Operation;

use super::dispatch::admit_only;
use super::failure::Refused;
use super::guarded::input;
use super::words::Words;
use crate::guard::testing::{Gate, root, statement};

const HOME: &str = "111111111111";
const ABROAD: &str = "222222222222";

/// Operations that everybody may ask for, or that judge for themselves, and why.
const NOT_GUARDED: &[(&str, &str)] = &[];

/// What the guard says: nothing if it lets through, or why not.
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
    // Not there yet, which is said to those alone who might.
    let told = refused.into_told(&gate.from.id, operation);
    assert_eq!(told.kind().name, "UnsupportedCommandException", "{}: {told}", operation.name());
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
}

#[tokio::test]
async fn an_operation_is_open_to_whoever_may_do_its_action_and_to_nobody_else() {
    let gate = Gate::new().await;
    let user = gate.user(HOME, "alice").await;
    let mut walked = 0;
    for operation in guarded() {
        let (name, action) = (operation.name(), operation.action());
        gate.put_policy(&user, &[]).await;
        let none = refusal(&gate, &user, operation, HOME).await;
        let none = none.unwrap_or_else(|| panic!("{name} is open to a user without a policy"));
        let end = format!(" because no identity-based policy allows the {action} action");
        assert!(none.ends_with(&end), "{name}: {none}");

        let resource = resource_of(&none);
        let allow = statement("Allow", &[action], &resource);
        gate.put_policy(&user, std::slice::from_ref(&allow)).await;
        assert_eq!(refusal(&gate, &user, operation, HOME).await, None, "{name}");

        gate.put_policy(&user, &[allow, statement("Deny", &[action], "*")]).await;
        let denied = refusal(&gate, &user, operation, HOME).await.expect(name);
        let end = " with an explicit deny in an identity-based policy";
        assert!(denied.ends_with(end), "{name}: {denied}");

        // The right to all else is not the right to this.
        gate.put_policy(
            &user,
            &[format!(r#"{{"Effect":"Allow","NotAction":"{action}","Resource":"*"}}"#)],
        )
        .await;
        assert!(refusal(&gate, &user, operation, HOME).await.is_some(), "{name}");
        if resource != "*" {
            gate.put_policy(&user, &[statement("Allow", &[action], &format!("{resource}-not"))])
                .await;
            assert!(refusal(&gate, &user, operation, HOME).await.is_some(), "{name}");
        }
        walked += 1;
    }
    assert_eq!(walked + NOT_GUARDED.len(), Operation::all().count());
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
async fn whoever_is_gone_may_do_nothing_more() {
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
