//! Principals: the subjects of policies.

use crate::{AccountId, IamPath, PolicyArn, RoleName, SessionName, Timestamp, UniqueId, UserName};

/// A principal: it can be allowed or denied something.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Principal {
    /// The account itself.
    Root {
        /// Which account.
        account: AccountId,
    },
    /// A user, with its own key or in a session of `GetSessionToken`.
    User(UserIdentity),
    /// A role's session.
    AssumedRole {
        /// The role.
        role: RoleIdentity,
        /// The session's name, chosen by its creator.
        session: SessionName,
    },
    /// A federated user, created by a user or the account through `GetFederationToken`.
    FederatedUser {
        /// The creator; a federated user has no more rights than it.
        vouched_by: Voucher,
        /// The name of the federated user.
        name: SessionName,
    },
}

/// The creator of a federated user.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Voucher {
    /// The account itself.
    Root {
        /// Which account.
        account: AccountId,
    },
    /// A user.
    User(UserIdentity),
}

/// A user as policies and refusals name it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct UserIdentity {
    /// The account that it is a user of.
    pub account: AccountId,
    /// `AIDA…`.
    pub id: UniqueId,
    /// Its path.
    pub path: IamPath,
    /// Its name.
    pub name: UserName,
}

/// A role as policies and refusals name it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RoleIdentity {
    /// The account that it is a role of.
    pub account: AccountId,
    /// `AROA…`.
    pub id: UniqueId,
    /// Its path.
    pub path: IamPath,
    /// Its name.
    pub name: RoleName,
}

impl UserIdentity {
    /// `arn:aws:iam::ACCOUNT:user/PATH/NAME`.
    pub fn arn(&self) -> String {
        let Self { account, id: _, path, name } = self;
        format!("arn:aws:iam::{account}:user{path}{name}")
    }
}

impl RoleIdentity {
    /// `arn:aws:iam::ACCOUNT:role/PATH/NAME`.
    pub fn arn(&self) -> String {
        let Self { account, id: _, path, name } = self;
        format!("arn:aws:iam::{account}:role{path}{name}")
    }
}

impl Principal {
    /// The account that the principal lives in.
    pub fn account(&self) -> &AccountId {
        match self {
            Self::Root { account }
            | Self::FederatedUser { vouched_by: Voucher::Root { account }, .. } => account,
            Self::User(user) | Self::FederatedUser { vouched_by: Voucher::User(user), .. } => {
                &user.account
            }
            Self::AssumedRole { role, .. } => &role.account,
        }
    }

    /// Its ARN, as `GetCallerIdentity` and refusals print it.
    pub fn arn(&self) -> String {
        match self {
            Self::Root { account } => format!("arn:aws:iam::{account}:root"),
            Self::User(user) => user.arn(),
            Self::AssumedRole { role: RoleIdentity { account, name, .. }, session } => {
                format!("arn:aws:sts::{account}:assumed-role/{name}/{session}")
            }
            Self::FederatedUser { name, .. } => {
                format!("arn:aws:sts::{}:federated-user/{name}", self.account())
            }
        }
    }

    /// `aws:PrincipalArn`: for a session the ARN of its role, for others their own.
    pub fn principal_arn(&self) -> String {
        match self {
            Self::AssumedRole { role, .. } => role.arn(),
            Self::Root { .. } | Self::User(_) | Self::FederatedUser { .. } => self.arn(),
        }
    }

    /// `aws:userid`, the `UserId` of `GetCallerIdentity`.
    pub fn user_id(&self) -> String {
        match self {
            Self::Root { account } => account.to_string(),
            Self::User(user) => user.id.to_string(),
            Self::AssumedRole { role, session } => format!("{}:{session}", role.id),
            Self::FederatedUser { name, .. } => format!("{}:{name}", self.account()),
        }
    }

    /// `aws:PrincipalType`.
    pub fn principal_type(&self) -> &'static str {
        match self {
            Self::Root { .. } => "Account",
            Self::User(_) => "User",
            Self::AssumedRole { .. } => "AssumedRole",
            Self::FederatedUser { .. } => "FederatedUser",
        }
    }
}

/// The content of temporary credentials besides the principal. It limits, and never allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// When the credentials were issued: `aws:TokenIssueTime`.
    pub issued_at: Timestamp,
    /// When they stop working.
    pub ends_at: Timestamp,
    /// How they were created.
    pub origin: SessionOrigin,
    /// The session policy, as JSON.
    pub policy: Option<String>,
    /// Managed policies that limit the session as well.
    pub policy_arns: Vec<PolicyArn>,
    /// Session tags; they win over the tags of the role.
    pub tags: Vec<(String, String)>,
    /// Keys of the tags that pass on to the next role.
    pub transitive_tag_keys: Vec<String>,
    /// `aws:SourceIdentity`: set once, it stays through the whole chain.
    pub source_identity: Option<String>,
    /// The policies that the session narrowed itself with, through `GetScopedCredentials`, as JSON:
    /// all must allow.
    pub scopes: Vec<String>,
}

/// How temporary credentials were created.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SessionOrigin {
    /// `AssumeRole` with long-term credentials.
    AssumeRole,
    /// `AssumeRole` with a role's credentials: a chain, which lives an hour at most.
    RoleChaining,
    /// `AssumeRoleWithWebIdentity`.
    WebIdentity {
        /// ARN of the provider: `aws:FederatedProvider`.
        provider: String,
    },
    /// `GetSessionToken`.
    SessionToken,
    /// `GetFederationToken`.
    FederationToken,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::IdKind;

    #[test]
    fn principals_are_named_as_aws_names_them() {
        let account = AccountId::parse("123456789012").unwrap();
        let path = IamPath::parse("/team/").unwrap();
        let user = UserIdentity {
            account: account.clone(),
            id: UniqueId::from_random(IdKind::User, [1; 17]),
            path: path.clone(),
            name: UserName::parse("alice").unwrap(),
        };
        let role = RoleIdentity {
            account: account.clone(),
            id: UniqueId::from_random(IdKind::Role, [2; 17]),
            path,
            name: RoleName::parse("ci").unwrap(),
        };
        let session = SessionName::parse("run-1").unwrap();
        #[rustfmt::skip]
        let cases = [
            (Principal::Root { account },
             "arn:aws:iam::123456789012:root", "arn:aws:iam::123456789012:root", "123456789012"),
            (Principal::User(user.clone()),
             "arn:aws:iam::123456789012:user/team/alice", "arn:aws:iam::123456789012:user/team/alice",
             "AIDABBBBBBBBBBBBBBBBB"),
            (Principal::AssumedRole { role, session: session.clone() },
             "arn:aws:sts::123456789012:assumed-role/ci/run-1", "arn:aws:iam::123456789012:role/team/ci",
             "AROACCCCCCCCCCCCCCCCC:run-1"),
            (Principal::FederatedUser { vouched_by: Voucher::User(user), name: session },
             "arn:aws:sts::123456789012:federated-user/run-1",
             "arn:aws:sts::123456789012:federated-user/run-1", "123456789012:run-1"),
        ];
        for (principal, arn, principal_arn, user_id) in cases {
            assert_eq!(principal.arn(), arn);
            assert_eq!(principal.principal_arn(), principal_arn, "{arn}");
            assert_eq!(principal.user_id(), user_id, "{arn}");
            assert_eq!(principal.account().as_str(), "123456789012", "{arn}");
        }
    }
}
