//! The `userIdentity` of a record, for each kind of caller.

use names::{Principal, RoleIdentity, Session, SessionOrigin, UserIdentity, Voucher};
use serde_json::{Map, Value, json};

use super::call::Identity;
use super::moment::to_the_second;

/// The caller, as the records of its own account name it.
pub(super) fn user_identity(identity: &Identity) -> Value {
    let caller = match identity {
        Identity::Caller(caller) => caller,
        Identity::WebIdentity { provider, subject, audience, .. } => {
            return json!({
                "type": "WebIdentityUser",
                "principalId": format!("{provider}:{audience}:{subject}"),
                "userName": subject,
                "identityProvider": provider,
            });
        }
    };
    let mut told = Map::new();
    let principal = &caller.principal;
    let kind = match principal {
        Principal::Root { .. } => "Root",
        Principal::User(_) => "IAMUser",
        Principal::AssumedRole { .. } => "AssumedRole",
        Principal::FederatedUser { .. } => "FederatedUser",
    };
    told.insert("type".to_owned(), kind.into());
    told.insert("principalId".to_owned(), principal.user_id().into());
    told.insert("arn".to_owned(), principal.arn().into());
    told.insert("accountId".to_owned(), principal.account().as_str().into());
    told.insert("accessKeyId".to_owned(), caller.access_key_id.as_str().into());
    if let Principal::User(user) = principal {
        told.insert("userName".to_owned(), user.name.as_str().into());
    }
    if let Some(session) = &caller.session {
        told.insert("sessionContext".to_owned(), session_context(principal, session));
    }
    Value::Object(told)
}

/// The caller, as the records of other accounts name it.
pub(super) fn foreign_identity(identity: &Identity) -> Value {
    let principal = match identity {
        Identity::Caller(caller) => caller.principal.user_id(),
        Identity::WebIdentity { subject, .. } => subject.clone(),
    };
    json!({
        "type": "AWSAccount",
        "principalId": principal,
        "accountId": identity.account().as_str(),
    })
}

/// The name of the user or session, by which LookupEvents finds what it did.
pub(super) fn user_name(identity: &Identity) -> String {
    match identity {
        Identity::WebIdentity { subject, .. } => subject.clone(),
        Identity::Caller(caller) => match &caller.principal {
            Principal::Root { .. } => "root".to_owned(),
            Principal::User(user) => user.name.to_string(),
            Principal::AssumedRole { session: name, .. }
            | Principal::FederatedUser { name, .. } => name.to_string(),
        },
    }
}

fn session_context(principal: &Principal, session: &Session) -> Value {
    let mut told = Map::new();
    if let Some(issuer) = session_issuer(principal) {
        told.insert("sessionIssuer".to_owned(), issuer);
    }
    if let SessionOrigin::WebIdentity { provider } = &session.origin {
        let federation = json!({ "federatedProvider": provider, "attributes": {} });
        told.insert("webIdFederationData".to_owned(), federation);
    }
    if let Some(source) = &session.source_identity {
        told.insert("sourceIdentity".to_owned(), source.as_str().into());
    }
    let attributes = json!({
        "creationDate": to_the_second(session.issued_at),
        "mfaAuthenticated": "false",
    });
    told.insert("attributes".to_owned(), attributes);
    Value::Object(told)
}

fn session_issuer(principal: &Principal) -> Option<Value> {
    let of_user = |user: &UserIdentity| {
        let UserIdentity { account, id, path: _, name } = user;
        json!({
            "type": "IAMUser",
            "principalId": id.as_str(),
            "arn": user.arn(),
            "accountId": account.as_str(),
            "userName": name.as_str(),
        })
    };
    match principal {
        Principal::AssumedRole { role, session: _ } => {
            let RoleIdentity { account, id, path: _, name } = role;
            Some(json!({
                "type": "Role",
                "principalId": id.as_str(),
                "arn": role.arn(),
                "accountId": account.as_str(),
                "userName": name.as_str(),
            }))
        }
        Principal::FederatedUser { vouched_by: Voucher::User(user), .. } => Some(of_user(user)),
        Principal::FederatedUser { vouched_by: Voucher::Root { account }, .. } => Some(json!({
            "type": "Root",
            "principalId": account.as_str(),
            "arn": format!("arn:aws:iam::{account}:root"),
            "accountId": account.as_str(),
        })),
        Principal::Root { .. } | Principal::User(_) => None,
    }
}
