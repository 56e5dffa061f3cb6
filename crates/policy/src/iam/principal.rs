//! The principals of a statement.

use names::{AccountId, Principal, RoleIdentity, RoleName, SessionName, UserIdentity, Voucher};
use names::{IamPath, UserName};

use crate::iam::malformed::Malformed;
use crate::iam::subject::Subject;

/// A principal in a policy.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum NamedPrincipal {
    /// `*`: everyone.
    Everyone,
    /// An account, by its number or as its root: the account decides which of its principals may
    /// act.
    Account(AccountId),
    /// A user, by its ARN.
    User {
        /// Its account.
        account: AccountId,
        /// The part after `user/`.
        path_and_name: Box<str>,
    },
    /// A role, by its ARN: its sessions are meant.
    Role {
        /// Its account.
        account: AccountId,
        /// The part after `role/`.
        path_and_name: Box<str>,
    },
    /// One session of a role.
    AssumedRole {
        /// The role's account.
        account: AccountId,
        /// The role's name, without its path.
        role: RoleName,
        /// The session's name.
        session: SessionName,
    },
    /// A federated user.
    FederatedUser {
        /// The account that vouched.
        account: AccountId,
        /// The name of the federated user.
        name: SessionName,
    },
    /// A user or role by its id: never a later one of the same name.
    UniqueId(Box<str>),
    /// One session of a role, by the role's id.
    UniqueSession {
        /// The role's id.
        role: Box<str>,
        /// The session's name.
        session: SessionName,
    },
    /// A service.
    Service(Box<str>),
    /// An identity provider.
    Federated(Box<str>),
    /// An account, in S3's form. It matches no caller here.
    CanonicalUser(Box<str>),
}

/// How well a policy's principals match the subject. A better grade allows more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Grade {
    /// Their account is named, which leaves it to the account's own policies.
    Account,
    /// Its role, or its creator, is named: the limits of the session apply to this too.
    Role,
    /// They themselves are named.
    Direct,
}

/// The keys of a `Principal` object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PrincipalKind {
    Aws,
    Service,
    Federated,
    CanonicalUser,
}

/// AWS's ids are 21 characters, its examples 16; the rest is room.
const UNIQUE_ID_LENGTHS: std::ops::RangeInclusive<usize> = 16..=128;
/// The longest ARN that IAM accepts.
const NAME_BYTES_MAX: usize = 2048;

impl PrincipalKind {
    pub(crate) fn of(key: &str) -> Option<Self> {
        Some(match key {
            "AWS" => Self::Aws,
            "Service" => Self::Service,
            "Federated" => Self::Federated,
            "CanonicalUser" => Self::CanonicalUser,
            _ => return None,
        })
    }

    fn shouted(self) -> &'static str {
        match self {
            Self::Aws => "AWS",
            Self::Service => "SERVICE",
            Self::Federated => "FEDERATED",
            Self::CanonicalUser => "CANONICALUSER",
        }
    }
}

impl NamedPrincipal {
    pub(crate) fn read(kind: PrincipalKind, text: &str) -> Result<Self, Malformed> {
        let invalid =
            || Malformed::InvalidPrincipal { kind: kind.shouted(), text: text.to_owned() };
        let is_plain = (1..=NAME_BYTES_MAX).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_graphic() && b != b'*' && b != b'?');
        match kind {
            PrincipalKind::Aws => aws(text).ok_or_else(invalid),
            PrincipalKind::Service if is_plain && is_service(text) => {
                Ok(Self::Service(text.into()))
            }
            PrincipalKind::Federated if is_plain => Ok(Self::Federated(text.into())),
            PrincipalKind::CanonicalUser if is_plain => Ok(Self::CanonicalUser(text.into())),
            _ => Err(invalid()),
        }
    }

    /// Reads what stands under `AWS` in a policy: an account's number, or the ARN or id of a
    /// principal.
    pub fn parse_aws(text: &str) -> Result<Self, Malformed> {
        Self::read(PrincipalKind::Aws, text)
    }

    /// How well this matches the subject, in a Region.
    pub(crate) fn fits(&self, subject: &Subject<'_>, region: &str) -> Option<Grade> {
        match (self, subject) {
            (Self::Everyone, _) => Some(Grade::Direct),
            (Self::Service(named), Subject::Service(asking)) => {
                is_same_service(named, asking, region).then_some(Grade::Direct)
            }
            (Self::Federated(named), Subject::WebIdentity { provider, user: _ }) => {
                (**named == **provider).then_some(Grade::Direct)
            }
            (_, Subject::Principal(principal)) => self.fits_principal(principal),
            (_, Subject::Service(_) | Subject::WebIdentity { .. } | Subject::Anonymous) => None,
        }
    }

    fn fits_principal(&self, asking: &Principal) -> Option<Grade> {
        if let Self::Account(account) = self {
            return (account == asking.account()).then_some(Grade::Account);
        }
        match asking {
            Principal::Root { .. } => None,
            Principal::User(user) => self.is_user(user).then_some(Grade::Direct),
            Principal::AssumedRole { role, session } => self.fits_session(role, session),
            Principal::FederatedUser { vouched_by, name } => match (self, vouched_by) {
                (Self::FederatedUser { account, name: named }, _) => {
                    (account == asking.account() && named == name).then_some(Grade::Direct)
                }
                (_, Voucher::User(user)) => self.is_user(user).then_some(Grade::Role),
                (_, Voucher::Root { .. }) => None,
            },
        }
    }

    fn is_user(&self, user: &UserIdentity) -> bool {
        match self {
            Self::User { account, path_and_name } => {
                *account == user.account && is_filed(path_and_name, &user.path, user.name.as_str())
            }
            Self::UniqueId(id) => **id == *user.id.as_str(),
            _ => false,
        }
    }

    fn fits_session(&self, role: &RoleIdentity, session: &SessionName) -> Option<Grade> {
        let is_role = match self {
            Self::Role { account, path_and_name } => {
                *account == role.account && is_filed(path_and_name, &role.path, role.name.as_str())
            }
            Self::UniqueId(id) => **id == *role.id.as_str(),
            Self::AssumedRole { account, role: named, session: of } => {
                let is_it = *account == role.account && *named == role.name && of == session;
                return is_it.then_some(Grade::Direct);
            }
            Self::UniqueSession { role: id, session: of } => {
                return (**id == *role.id.as_str() && of == session).then_some(Grade::Direct);
            }
            _ => false,
        };
        is_role.then_some(Grade::Role)
    }
}

/// Whether `path_and_name` is the path and name without the first slash.
fn is_filed(path_and_name: &str, path: &IamPath, name: &str) -> bool {
    let folder = path.as_str().strip_prefix('/').unwrap_or_default();
    path_and_name.strip_prefix(folder) == Some(name)
}

/// `lambda.amazonaws.com`, or as services are called within a Region:
/// `lambda.us-east-1.amazonaws.com`.
fn is_same_service(named: &str, asking: &str, region: &str) -> bool {
    let is_regional = || {
        let (name, domain) = asking.split_once(".amazonaws.com")?;
        let rest = named.strip_prefix(name)?.strip_prefix('.')?;
        Some(!region.is_empty() && rest.strip_prefix(region)? == format!(".amazonaws.com{domain}"))
    };
    named == asking || is_regional() == Some(true)
}

fn is_service(text: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    text.contains('.') && text.split('.').all(is_label)
}

fn aws(text: &str) -> Option<NamedPrincipal> {
    if text == "*" {
        return Some(NamedPrincipal::Everyone);
    }
    if let Ok(account) = AccountId::parse(text) {
        return Some(NamedPrincipal::Account(account));
    }
    if text.starts_with("AIDA") || text.starts_with("AROA") {
        let fits = |id: &str| {
            UNIQUE_ID_LENGTHS.contains(&id.len())
                && id.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        };
        // In the form of `aws:userid`.
        if let Some((role, session)) = text.split_once(':') {
            let session = SessionName::parse(session).ok()?;
            let is_role = role.starts_with("AROA") && fits(role);
            return is_role.then(|| NamedPrincipal::UniqueSession { role: role.into(), session });
        }
        return fits(text).then(|| NamedPrincipal::UniqueId(text.into()));
    }
    if text.len() > NAME_BYTES_MAX {
        return None;
    }
    let (is_iam, rest) = match text.strip_prefix("arn:aws:iam::") {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix("arn:aws:sts::")?),
    };
    let (account, resource) = rest.split_once(':')?;
    let account = AccountId::parse(account).ok()?;
    if is_iam { of_iam(account, resource) } else { of_sts(account, resource) }
}

fn of_iam(account: AccountId, resource: &str) -> Option<NamedPrincipal> {
    if resource == "root" {
        return Some(NamedPrincipal::Account(account));
    }
    let (kind, path_and_name) = resource.split_once('/')?;
    let (path, name) = match resource.rsplit_once('/') {
        Some((path, name)) if path.len() > kind.len() => (&path[kind.len()..], name),
        _ => ("", path_and_name),
    };
    IamPath::parse(&format!("{path}/")).ok()?;
    // A path may contain any visible character; in the ARN of a principal a wildcard would be
    // misread.
    if path.contains(['*', '?']) {
        return None;
    }
    let path_and_name = path_and_name.into();
    match kind {
        "user" => {
            UserName::parse(name).ok()?;
            Some(NamedPrincipal::User { account, path_and_name })
        }
        "role" => {
            RoleName::parse(name).ok()?;
            Some(NamedPrincipal::Role { account, path_and_name })
        }
        _ => None,
    }
}

fn of_sts(account: AccountId, resource: &str) -> Option<NamedPrincipal> {
    let (kind, rest) = resource.split_once('/')?;
    match kind {
        "assumed-role" => {
            let (role, session) = rest.split_once('/')?;
            let (role, session) = (RoleName::parse(role).ok()?, SessionName::parse(session).ok()?);
            Some(NamedPrincipal::AssumedRole { account, role, session })
        }
        "federated-user" => {
            Some(NamedPrincipal::FederatedUser { account, name: SessionName::parse(rest).ok()? })
        }
        _ => None,
    }
}
