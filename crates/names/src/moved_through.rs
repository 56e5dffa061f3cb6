use crate::malformed::choice;

choice! {
    /// What a tag was moved through: a door, or a job.
    MovedThrough "what moves a tag" {
        /// ECR's API.
        AwsApi = "AWS_API",
        /// The distribution API, which docker and its like speak.
        OciApi = "OCI_API",
        /// A rollback, which is an operation of our own service.
        Rollback = "ROLLBACK",
        /// The restoring of a deleted image, which is one, too.
        Restore = "RESTORE",
        /// The lifecycle policy of the repository.
        LifecyclePolicy = "LIFECYCLE_POLICY",
        /// The pull through cache that fills the repository.
        PullThroughCache = "PULL_THROUGH_CACHE",
    }
}
