//! The subjects of IAM's operations: users, groups, roles and the like by name, policies and
//! identity providers by ARN, and the account itself.

use std::fmt;

use iam::{EntityStanding, Iam, IamEntity};
use identity::Caller;
use names::{
    AccountId, GroupName, IamPath, InstanceProfileName, Malformed, PolicyArn, PolicyName, RoleName,
    UserName,
};
use wire::aws::{QueryDoor, WireRefusal};

use super::super::call::Target;
use super::super::failure::Refused;
use super::read::policy_arn;
use crate::guard::{RequestKeys, Resource};

/// A user, group, role or instance profile of the caller's account.
pub(in crate::doors::aws) struct Entity<N> {
    pub(super) account: AccountId,
    /// As the caller spells it; after the look-up, as it is stored.
    pub(super) name: N,
    /// The ARN from the caller's spelling, without a path.
    asked: String,
    standing: EntityStanding,
    /// Whether it is about to be created. Then its path comes from the caller.
    is_new: bool,
}

/// The name of a kind of entity.
pub(in crate::doors::aws) trait EntityName:
    fmt::Display + Clone + Send + Sync
{
    /// How ARNs name the kind.
    const KIND: &'static str;

    /// The name of its member in inputs.
    const MEMBER: &'static str;

    fn read(text: &str) -> Result<Self, Malformed>;

    /// The entity to look up.
    fn entity(&self) -> IamEntity;
}

/// The entity that an input names.
pub(super) fn named<N: EntityName>(caller: &Caller, name: &str) -> Result<Entity<N>, WireRefusal> {
    let name = N::read(name).map_err(|_| invalid_name(N::MEMBER))?;
    let account = caller.account().clone();
    let asked = format!("arn:aws:iam::{account}:{}/{name}", N::KIND);
    Ok(Entity { account, name, asked, standing: EntityStanding::default(), is_new: false })
}

/// A name that the model allows and its kind does not.
pub(super) fn invalid_name(member: &str) -> WireRefusal {
    let text = format!(
        "The specified value for {member} is invalid. It must contain only alphanumeric characters and/or \
         the following: +=,.@_-"
    );
    WireRefusal::new(QueryDoor::ValidationError, text)
}

/// The path that an input names, or none.
pub(super) fn path(path: Option<&str>) -> Result<IamPath, WireRefusal> {
    let Some(path) = path else { return Ok(IamPath::root()) };
    IamPath::parse(path).map_err(|_| {
        let text = "The specified value for path is invalid. It must begin and end with / and contain only \
                    alphanumeric characters and/or / characters.";
        WireRefusal::new(QueryDoor::ValidationError, text)
    })
}

impl<N: EntityName> Entity<N> {
    /// The entity that is about to be made here.
    pub(super) fn at(mut self, path: &IamPath) -> Self {
        let Self { account, name, .. } = &self;
        let arn = format!("arn:aws:iam::{account}:{}{path}{name}", N::KIND);
        (self.asked, self.standing.arn, self.is_new) = (arn.clone(), Some(arn), true);
        self
    }

    /// What the guard judges: the found entity, or the one to be created.
    pub(super) fn resource(&self) -> Resource {
        let Self { account, asked, standing, .. } = self;
        let arn = standing.arn.clone().unwrap_or_else(|| asked.clone());
        Resource::Iam { arn, asked: Some(asked.clone()), account: account.clone() }
    }
}

impl<N: EntityName> Target for Entity<N> {
    fn resources(&self) -> Vec<Resource> {
        vec![self.resource()]
    }

    async fn locate(&mut self, iam: &Iam) -> Result<(), Refused> {
        if !self.is_new {
            let entity = self.name.entity();
            self.standing = iam.find_entity_standing(&self.account, entity).await?;
            let kept = self.standing.arn.as_deref().and_then(|arn| arn.rsplit('/').next());
            if let Some(Ok(kept)) = kept.map(N::read) {
                self.name = kept;
            }
        }
        Ok(())
    }

    fn said(&self, keys: RequestKeys) -> RequestKeys {
        let keys = keys.resource_tags(&self.standing.tags);
        match &self.standing.boundary {
            // When a boundary is set, the condition keys describe the new one.
            Some(boundary) if !keys.has(BOUNDARY) => keys.with(BOUNDARY, boundary.as_str()),
            Some(_) | None => keys,
        }
    }
}

/// The managed policy that bounds a user or role, or is to.
pub(super) const BOUNDARY: &str = "iam:PermissionsBoundary";

impl EntityName for UserName {
    const KIND: &'static str = "user";
    const MEMBER: &'static str = "userName";

    fn read(text: &str) -> Result<Self, Malformed> {
        Self::parse(text)
    }

    fn entity(&self) -> IamEntity {
        IamEntity::User(self.clone())
    }
}

impl EntityName for GroupName {
    const KIND: &'static str = "group";
    const MEMBER: &'static str = "groupName";

    fn read(text: &str) -> Result<Self, Malformed> {
        Self::parse(text)
    }

    fn entity(&self) -> IamEntity {
        IamEntity::Group(self.clone())
    }
}

impl EntityName for RoleName {
    const KIND: &'static str = "role";
    const MEMBER: &'static str = "roleName";

    fn read(text: &str) -> Result<Self, Malformed> {
        Self::parse(text)
    }

    fn entity(&self) -> IamEntity {
        IamEntity::Role(self.clone())
    }
}

impl EntityName for InstanceProfileName {
    const KIND: &'static str = "instance-profile";
    const MEMBER: &'static str = "instanceProfileName";

    fn read(text: &str) -> Result<Self, Malformed> {
        Self::parse(text)
    }

    fn entity(&self) -> IamEntity {
        IamEntity::InstanceProfile(self.clone())
    }
}

/// A managed policy or identity provider, by its ARN.
pub(in crate::doors::aws) struct ByArn {
    /// The caller's account.
    pub(super) account: AccountId,
    pub(super) arn: String,
    /// The owner.
    owner: AccountId,
    tags: Vec<(String, String)>,
    is_new: bool,
}

/// The subject with this ARN, for reading. AWS's managed policies belong to every account.
pub(super) fn by_arn(caller: &Caller, arn: &str) -> ByArn {
    let account = caller.account().clone();
    // A text that is not an ARN belongs to no account; the verb says what is wrong with it.
    let written = arn.split(':').nth(4).and_then(|text| AccountId::parse(text).ok());
    let owner = written.unwrap_or_else(|| account.clone());
    ByArn { account, arn: arn.to_owned(), owner, tags: Vec::new(), is_new: false }
}

/// A second factor by its serial number, which is an ARN unless it can be touched.
pub(super) fn mfa_device(caller: &Caller, serial_number: &str) -> ByArn {
    if serial_number.starts_with("arn:") {
        return by_arn(caller, serial_number);
    }
    by_arn(caller, &format!("arn:aws:iam::{}:mfa/{serial_number}", caller.account()))
}

/// A server's certificate by its name.
pub(super) fn server_certificate(caller: &Caller, name: &str) -> ByArn {
    by_arn(caller, &format!("arn:aws:iam::{}:server-certificate/{name}", caller.account()))
}

/// The subject with this ARN, for changing. No account may change AWS's managed policies.
pub(super) fn own_by_arn(caller: &Caller, action: &str, arn: &str) -> Result<ByArn, WireRefusal> {
    if arn.starts_with("arn:aws:iam::aws:") {
        let text = format!(
            "User: {} is not authorized to perform: {action} on resource: policy {arn}",
            caller.arn()
        );
        return Err(WireRefusal::new(QueryDoor::AccessDenied, text));
    }
    Ok(by_arn(caller, arn))
}

impl ByArn {
    /// The managed policy with this ARN, which may not exist.
    pub(super) fn policy(&self) -> Result<PolicyArn, Refused> {
        policy_arn(&self.arn)
    }

    fn is_own(&self) -> bool {
        self.owner == self.account && !self.arn.starts_with("arn:aws:iam::aws:")
    }

    /// The entity that is to be created under this ARN.
    pub(super) fn to_be_made(caller: &Caller, arn: String) -> Self {
        let account = caller.account().clone();
        Self { owner: account.clone(), account, arn, tags: Vec::new(), is_new: true }
    }
}

impl Target for ByArn {
    fn resources(&self) -> Vec<Resource> {
        vec![Resource::iam(self.arn.clone(), self.owner.clone())]
    }

    async fn locate(&mut self, iam: &Iam) -> Result<(), Refused> {
        if !self.is_new && self.is_own() {
            self.tags = iam.find_standing_of_arn(&self.account, &self.arn).await?.tags;
        }
        Ok(())
    }

    fn said(&self, keys: RequestKeys) -> RequestKeys {
        keys.resource_tags(&self.tags)
    }
}

/// The name of a policy that an input holds.
pub(super) fn policy_name(name: &str) -> Result<PolicyName, WireRefusal> {
    PolicyName::parse(name).map_err(|_| invalid_name("policyName"))
}
