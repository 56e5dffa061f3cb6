//! The services whose shapes we generate. A new one is a new row here.

/// One published model and where its Rust goes.
pub(crate) struct Service {
    /// Folder of the model, both in botocore's data and in `models/`.
    pub(crate) model: &'static str,
    /// Module of `wire::aws` that receives `generated.rs`.
    pub(crate) module: &'static str,
    /// What its IAM actions begin with.
    pub(crate) action_prefix: &'static str,
    /// Operations allowed by an action of another name.
    pub(crate) actions: &'static [(&'static str, &'static str)],
    /// Structures that hold a credential: they are never shown by `Debug`.
    pub(crate) secret: &'static [&'static str],
}

pub(crate) const SERVICES: &[Service] = &[
    Service {
        model: "ecr/2015-09-21",
        module: "ecr",
        action_prefix: "ecr",
        // The service authorization reference has no action for listing referrers: whoever may
        // get the image may list them.
        actions: &[("ListImageReferrers", "BatchGetImage")],
        secret: &["AuthorizationData", "GetDownloadUrlForLayerResponse"],
    },
    Service {
        model: "ecr-public/2020-10-30",
        module: "ecr_public",
        action_prefix: "ecr-public",
        actions: &[],
        secret: &["AuthorizationData"],
    },
];

impl Service {
    /// The IAM action that allows `operation`, e.g. `ecr:PutImage`.
    pub(crate) fn action(&self, operation: &str) -> String {
        let renamed = self.actions.iter().find(|(name, _)| *name == operation);
        format!("{}:{}", self.action_prefix, renamed.map_or(operation, |(_, action)| action))
    }
}
