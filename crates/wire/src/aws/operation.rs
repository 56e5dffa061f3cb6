//! Operations of every service, and what the models say about them.

use super::exception::ErrorType;
use super::schema::Structure;
use super::{ecr, ecr_public};

/// What a model says about one operation.
#[derive(Debug)]
pub struct OperationSpec {
    /// The operation's name.
    pub name: &'static str,
    /// The IAM action that allows it.
    pub action: &'static str,
    /// The table of its input.
    pub input: &'static Structure,
    /// How its pages follow each other, if clients know it to page.
    pub pagination: Option<Pagination>,
    /// The errors that the model declares.
    pub errors: &'static [ErrorType],
}

impl OperationSpec {
    /// The longest body of this operation: what a door reads from a socket at most.
    pub fn body_bytes_max(&self) -> usize {
        self.input.body_bytes_max()
    }
}

/// How an operation pages.
#[derive(Debug)]
pub struct Pagination {
    /// The input member that asks for a page.
    pub input_token: &'static str,
    /// The output member that names the next page.
    pub output_token: &'static str,
    /// The input member that limits a page.
    pub limit_key: &'static str,
    /// The output members that grow from page to page; a dot descends.
    pub result_keys: &'static [&'static str],
}

/// Declares a service's operations, with their facts in `SPECS` in the same order.
macro_rules! operations {
    ($($variant:ident,)+) => {
        /// The operations of the service.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Operation {
            $(#[doc = concat!("`", stringify!($variant), "`.")] $variant,)+
        }

        impl Operation {
            /// Every operation, in the order of the model.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// What the model says about the operation.
            pub fn spec(self) -> &'static OperationSpec {
                &SPECS[self as usize]
            }

            /// The operation's name.
            pub fn name(self) -> &'static str {
                self.spec().name
            }

            /// The IAM action that allows it.
            pub fn action(self) -> &'static str {
                self.spec().action
            }

            /// The operation of this name.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|operation| operation.name() == name)
            }
        }
    };
}

pub(crate) use operations;

/// A service that we speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Service {
    /// Amazon ECR.
    Ecr,
    /// Amazon ECR Public.
    EcrPublic,
}

/// An operation of any service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operation {
    /// An operation of Amazon ECR.
    Ecr(ecr::Operation),
    /// An operation of Amazon ECR Public.
    EcrPublic(ecr_public::Operation),
}

impl Service {
    /// Every service.
    pub const ALL: &'static [Self] = &[Self::Ecr, Self::EcrPublic];

    /// What an `X-Amz-Target` header says before the dot.
    pub const fn target_prefix(self) -> &'static str {
        match self {
            Self::Ecr => ecr::TARGET_PREFIX,
            Self::EcrPublic => ecr_public::TARGET_PREFIX,
        }
    }

    /// The service's name in a credential scope.
    pub const fn signing_name(self) -> &'static str {
        match self {
            Self::Ecr => ecr::SIGNING_NAME,
            Self::EcrPublic => ecr_public::SIGNING_NAME,
        }
    }

    /// The service's operation of this name.
    pub fn operation(self, name: &str) -> Option<Operation> {
        match self {
            Self::Ecr => ecr::Operation::from_name(name).map(Operation::Ecr),
            Self::EcrPublic => ecr_public::Operation::from_name(name).map(Operation::EcrPublic),
        }
    }
}

impl Operation {
    /// Every operation of every service.
    pub fn all() -> impl Iterator<Item = Self> {
        let public = ecr_public::Operation::ALL.iter().copied().map(Self::EcrPublic);
        ecr::Operation::ALL.iter().copied().map(Self::Ecr).chain(public)
    }

    /// The service that offers it.
    pub const fn service(self) -> Service {
        match self {
            Self::Ecr(_) => Service::Ecr,
            Self::EcrPublic(_) => Service::EcrPublic,
        }
    }

    /// What the model says about it.
    pub fn spec(self) -> &'static OperationSpec {
        match self {
            Self::Ecr(operation) => operation.spec(),
            Self::EcrPublic(operation) => operation.spec(),
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        self.spec().name
    }

    /// The IAM action that allows it.
    pub fn action(self) -> &'static str {
        self.spec().action
    }
}
