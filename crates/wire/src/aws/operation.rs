//! Operations of every service, and what the models say about them.

use super::exception::ErrorType;
use super::schema::Structure;

/// The model of one operation.
#[derive(Debug)]
pub struct OperationSpec {
    /// The operation's name.
    pub name: &'static str,
    /// The IAM action that allows it.
    pub action: &'static str,
    /// The table of its input.
    pub input: &'static Structure,
    /// The XML element around its answer, if there is one.
    pub result: Option<&'static str>,
    /// How its pages follow each other, if clients know it to page.
    pub pagination: Option<Pagination>,
    /// The errors that the model declares.
    pub errors: &'static [ErrorType],
}

impl OperationSpec {
    /// The longest body of this operation: the limit for reading it from a socket.
    pub fn body_bytes_max(&self) -> usize {
        self.input.body_bytes_max()
    }
}

/// How an operation pages.
#[derive(Debug)]
pub struct Pagination {
    /// The input member with the page token.
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

            /// The model of the operation.
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

/// The model of a service.
#[derive(Debug)]
pub struct ServiceSpec {
    /// The service's name in a credential scope.
    pub signing_name: &'static str,
    /// How it is spoken to.
    pub protocol: Protocol,
}

/// How a service is spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// JSON 1.1: the operation is named in a header.
    Json {
        /// The part of an `X-Amz-Target` header before the dot.
        target_prefix: &'static str,
    },
    /// Forms in, XML out: the operation is named in the form.
    Query {
        /// The `Version` of the form.
        version: &'static str,
        /// The namespace of the answers.
        namespace: &'static str,
    },
}

/// Declares the services and, over them, an operation of any.
macro_rules! services {
    ($($(#[$attribute:meta])* $variant:ident = $module:ident;)+) => {
        /// A service that we speak.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Service {
            $($(#[$attribute])* $variant,)+
        }

        /// An operation of any service.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Operation {
            $($(#[$attribute])* $variant(super::$module::Operation),)+
        }

        impl Service {
            /// Every service.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The model of the service.
            pub fn spec(self) -> &'static ServiceSpec {
                match self {
                    $(Self::$variant => &super::$module::SERVICE,)+
                }
            }

            /// The service's operation of this name.
            pub fn operation(self, name: &str) -> Option<Operation> {
                match self {
                    $(Self::$variant => {
                        super::$module::Operation::from_name(name).map(Operation::$variant)
                    })+
                }
            }
        }

        impl Operation {
            /// Every operation of every service.
            pub fn all() -> impl Iterator<Item = Self> {
                let none = std::iter::empty();
                $(let none = none.chain(
                    super::$module::Operation::ALL.iter().copied().map(Self::$variant),
                );)+
                none
            }

            /// The service that offers it.
            pub const fn service(self) -> Service {
                match self {
                    $(Self::$variant(_) => Service::$variant,)+
                }
            }

            /// The model of the operation.
            pub fn spec(self) -> &'static OperationSpec {
                match self {
                    $(Self::$variant(operation) => operation.spec(),)+
                }
            }
        }
    };
}

services! {
    /// Amazon ECR.
    Ecr = ecr;
    /// Amazon ECR Public.
    EcrPublic = ecr_public;
    /// AWS Identity and Access Management.
    Iam = iam;
    /// AWS Security Token Service.
    Sts = sts;
    /// AWS Key Management Service.
    Kms = kms;
    /// AWS CloudTrail.
    CloudTrail = cloudtrail;
    /// Amazon EventBridge.
    EventBridge = events;
    /// AWS Secrets Manager.
    SecretsManager = secrets_manager;
    /// This server's own administration.
    Longshore = longshore;
}

impl Service {
    /// The service's name in a credential scope.
    pub fn signing_name(self) -> &'static str {
        self.spec().signing_name
    }

    /// How it is spoken to.
    pub fn protocol(self) -> Protocol {
        self.spec().protocol
    }
}

impl Operation {
    /// Its name.
    pub fn name(self) -> &'static str {
        self.spec().name
    }

    /// The IAM action that allows it.
    pub fn action(self) -> &'static str {
        self.spec().action
    }
}
