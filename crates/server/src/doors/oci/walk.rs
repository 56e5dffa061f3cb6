//! Calls every route as every kind of caller.

use std::collections::BTreeSet;

use names::RepositoryName;

use super::dispatch::admit;
use super::route::Route;
use crate::guard::NotAllowed;
use crate::guard::testing::{Gate, part_of_list, root, statement};

const HOME: &str = "111111111111";
const ABROAD: &str = "222222222222";

/// Every route, and a request for it.
fn routes() -> Vec<(String, Route)> {
    let digest = format!("sha256:{}", "a".repeat(64));
    let id = "abababab-abab-4bab-abab-abababababab";
    let paths = [
        "/v2/".to_owned(),
        "/v2/_catalog".to_owned(),
        "/v2/web/tags/list".to_owned(),
        "/v2/web/manifests/v1".to_owned(),
        format!("/v2/web/referrers/{digest}"),
        format!("/v2/web/blobs/{digest}"),
        "/v2/web/blobs/uploads/".to_owned(),
        format!("/v2/web/blobs/uploads/{id}"),
    ];
    let mut routes = Vec::new();
    for method in ["GET", "HEAD", "PUT", "POST", "PATCH", "DELETE"] {
        for path in &paths {
            if let Ok(route) = Route::parse(&method.parse().unwrap(), path) {
                routes.push((format!("{method} {path}"), route));
            }
        }
    }
    routes
}

/// The guard's decision: `None` if it allows, or the refusal.
async fn refusal(
    gate: &Gate,
    caller: &identity::Caller,
    route: &Route,
    of: &str,
) -> Option<String> {
    match admit(&gate.asking(caller), route, &root(of).registry()).await {
        Ok(()) => None,
        Err(NotAllowed::Denied(denied)) => Some(denied.to_string()),
        Err(NotAllowed::Failed(failure)) => panic!("{failure:?}"),
    }
}

#[tokio::test]
async fn there_is_a_path_here_to_every_route() {
    let names: BTreeSet<&str> = routes().iter().map(|(_, route)| route.name().0).collect();
    // The variants of `Route` and `InRepository`: add a new one above too.
    assert_eq!(names.len(), 16, "{names:?}");
}

#[tokio::test]
async fn a_route_is_open_to_callers_who_may_do_its_actions_alone() {
    let gate = Gate::new().await;
    let user = gate.user(HOME, "alice").await;
    for (asked, route) in routes() {
        let actions = route.actions();
        gate.put_policy(&user, &[]).await;
        let Some(action) = actions.first() else {
            assert_eq!(refusal(&gate, &user, &route, HOME).await, None, "{asked} takes no action");
            continue;
        };
        let none = refusal(&gate, &user, &route, HOME).await.unwrap_or_else(|| panic!("{asked}"));
        let end = format!(" because no identity-based policy allows the {action} action");
        assert!(none.ends_with(&end), "{asked}: {none}");

        let (_, rest) = none.split_once(" on resource: ").unwrap();
        let resource = rest.split_once(" because ").unwrap().0;
        for odd in part_of_list(resource) {
            gate.put_policy(&user, &[statement("Allow", actions, &odd)]).await;
            assert!(refusal(&gate, &user, &route, HOME).await.is_some(), "{asked}: open to {odd}");
        }

        let allow = statement("Allow", actions, "*");
        gate.put_policy(&user, std::slice::from_ref(&allow)).await;
        assert_eq!(refusal(&gate, &user, &route, HOME).await, None, "{asked}");
        let abroad = refusal(&gate, &user, &route, ABROAD).await.unwrap();
        let end = format!(" because no resource-based policy allows the {action} action");
        assert!(abroad.ends_with(&end), "{asked}: {abroad}");

        gate.put_policy(&user, &[allow, statement("Deny", actions, "*")]).await;
        let denied = refusal(&gate, &user, &route, HOME).await.unwrap();
        let end = " with an explicit deny in an identity-based policy";
        assert!(denied.ends_with(end), "{asked}: {denied}");
    }
}

#[tokio::test]
async fn another_account_comes_in_where_both_sides_agree() {
    let gate = Gate::new().await;
    let user = gate.user(HOME, "alice").await;
    let web = gate.repository(ABROAD, "web").await;
    let other = gate.repository(ABROAD, "other").await;
    for (asked, route) in routes() {
        let (actions, Route::In(_, wanted)) = (route.actions(), &route) else { continue };
        gate.set_repository_policy(&web, HOME, actions).await;
        gate.put_policy(&user, &[]).await;
        let alone = refusal(&gate, &user, &route, ABROAD).await.unwrap();
        assert!(alone.contains("no identity-based policy allows"), "{asked}: {alone}");

        gate.put_policy(&user, &[statement("Allow", actions, &web.to_string())]).await;
        assert_eq!(refusal(&gate, &user, &route, ABROAD).await, None, "{asked}");
        let beside = Route::In(RepositoryName::parse("other").unwrap(), wanted.clone());
        assert!(refusal(&gate, &user, &beside, ABROAD).await.is_some(), "{asked}: not in {other}");
    }
}

#[tokio::test]
async fn a_deleted_user_may_do_nothing_more() {
    let gate = Gate::new().await;
    let user = gate.user(HOME, "alice").await;
    let web = gate.repository(HOME, "web").await;
    for (_, route) in routes() {
        gate.set_repository_policy(&web, "*", route.actions()).await;
        gate.put_policy(&user, &[statement("Allow", &["ecr:*"], "*")]).await;
        assert_eq!(refusal(&gate, &user, &route, HOME).await, None);
    }
    gate.delete(&user).await;
    for (asked, route) in routes().iter().filter(|(_, route)| !route.actions().is_empty()) {
        gate.set_repository_policy(&web, "*", route.actions()).await;
        assert!(refusal(&gate, &user, route, HOME).await.is_some(), "{asked}");
    }
}
