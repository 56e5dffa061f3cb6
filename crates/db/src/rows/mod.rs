//! One file per family of tables: the types of its rows, and every statement that names them.

pub(crate) mod access_key;
pub(crate) mod account;
pub(crate) mod blob;
pub(crate) mod deletion_hold;
pub(crate) mod denial;
pub(crate) mod deployment_fact;
pub(crate) mod ecr_policy;
pub(crate) mod expired_image;
pub(crate) mod iam_attachment;
pub(crate) mod iam_group;
pub(crate) mod iam_holder;
pub(crate) mod iam_inline_policy;
pub(crate) mod iam_instance_profile;
pub(crate) mod iam_oidc_provider;
pub(crate) mod iam_policy;
pub(crate) mod iam_rights;
pub(crate) mod iam_role;
pub(crate) mod iam_tag;
pub(crate) mod iam_user;
pub(crate) mod image;
pub(crate) mod image_archive;
pub(crate) mod image_record;
pub(crate) mod image_tag;
pub(crate) mod incoming;
pub(crate) mod job;
pub(crate) mod lifecycle_image;
pub(crate) mod lifecycle_policy;
pub(crate) mod lifecycle_preview;
pub(crate) mod policy_principals;
pub(crate) mod pull_time_exclusion;
pub(crate) mod registry;
pub(crate) mod repository;
pub(crate) mod repository_blob;
pub(crate) mod resource_tag;
pub(crate) mod upload;

/// Makes a type for a generated key, so that keys of different tables cannot be mixed up.
macro_rules! row_key {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub i64);

        impl From<$name> for $crate::value::Value<'_> {
            fn from(key: $name) -> Self {
                Self::Int(key.0)
            }
        }
    };
}
pub(crate) use row_key;
