//! The principals and resources of the scenarios, by short names.

use names::{
    AccountId, IamPath, IdKind, Principal, RoleIdentity, RoleName, SessionName, UniqueId,
    UserIdentity, UserName, Voucher,
};

use crate::case::Who;

pub(crate) const A: &str = "111122223333";
pub(crate) const B: &str = "444455556666";

/// Reads who asks: `user alice`, `B role /team/ci/run-1`, `service lambda.amazonaws.com`.
pub(crate) fn who(text: &str) -> Who {
    let (account, text) = match text.strip_prefix("B ") {
        Some(text) => (B, text),
        None => (A, text),
    };
    let account = AccountId::parse(account).unwrap();
    let (kind, name) = text.split_once(' ').unwrap_or((text, ""));
    match kind {
        "root" => Who::Principal(Principal::Root { account }),
        "user" => Who::Principal(Principal::User(user(account, name))),
        "role" => {
            let (role, session) = name.rsplit_once('/').expect("ROLE/SESSION");
            let role = self::role(account, role);
            Who::Principal(Principal::AssumedRole { role, session: session_name(session) })
        }
        "federated" => {
            let (name, of) = name.split_once(" of ").expect("NAME of WHOM");
            let vouched_by = match of.strip_prefix("user ") {
                Some(of) => Voucher::User(user(account, of)),
                None => Voucher::Root { account },
            };
            Who::Principal(Principal::FederatedUser { vouched_by, name: session_name(name) })
        }
        "service" => Who::Service(name.to_owned()),
        "web" => Who::WebIdentity(expand(name)),
        "anonymous" => Who::Anonymous,
        other => panic!("no one is called {other:?}"),
    }
}

fn user(account: AccountId, name: &str) -> UserIdentity {
    let (path, name) = filed(name);
    let id = unique_id(IdKind::User, name);
    UserIdentity { account, id, path, name: UserName::parse(name).unwrap() }
}

fn role(account: AccountId, name: &str) -> RoleIdentity {
    let (path, name) = filed(name);
    let id = unique_id(IdKind::Role, name);
    RoleIdentity { account, id, path, name: RoleName::parse(name).unwrap() }
}

/// `/team/alice` → (`/team/`, `alice`).
fn filed(name: &str) -> (IamPath, &str) {
    let (path, name) = match name.rfind('/') {
        Some(last) => name.split_at(last + 1),
        None => ("/", name),
    };
    (IamPath::parse(path).unwrap(), name)
}

fn session_name(name: &str) -> SessionName {
    SessionName::parse(name).unwrap()
}

/// An id that belongs to a name, so that a policy can be written with it.
fn unique_id(kind: IdKind, name: &str) -> UniqueId {
    let mut random = [0; 17];
    for (at, byte) in name.bytes().enumerate() {
        random[at % 17] ^= byte;
    }
    UniqueId::from_random(kind, random)
}

/// Replaces each `<…>` with what it is short for.
pub(crate) fn expand(text: &str) -> String {
    let mut written = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        let (short, after) = after.split_once('>').expect("what is opened is closed");
        written.push_str(before);
        written.push_str(&long(short));
        rest = after;
    }
    written + rest
}

fn long(short: &str) -> String {
    match short {
        "A" => return A.to_owned(),
        "B" => return B.to_owned(),
        _ => {}
    }
    let (account, short) = match short.strip_prefix("B:") {
        Some(short) => (B, short),
        None => (A, short),
    };
    let (kind, name) = short.split_once(' ').unwrap_or((short, ""));
    let slash = if name.starts_with('/') { "" } else { "/" };
    match kind {
        "root" => format!("arn:aws:iam::{account}:root"),
        "user" | "role" => format!("arn:aws:iam::{account}:{kind}{slash}{name}"),
        "session" => format!("arn:aws:sts::{account}:assumed-role/{name}"),
        "federated" => format!("arn:aws:sts::{account}:federated-user/{name}"),
        "oidc" => format!("arn:aws:iam::{account}:oidc-provider/{name}"),
        "id" => match name.split_once(' ').expect("id KIND NAME") {
            ("user", name) => unique_id(IdKind::User, name).to_string(),
            (_, name) => unique_id(IdKind::Role, name).to_string(),
        },
        _ => format!("arn:aws:ecr:us-east-1:{account}:repository/{short}"),
    }
}
