use crate::malformed::choice;

choice! {
    /// Where the bytes of an image are kept.
    StorageClass "a storage class" {
        /// Where it was pushed to, and can be pulled from.
        Standard = "STANDARD",
        /// Where it is kept until it is restored.
        Archive = "ARCHIVE",
    }
}

choice! {
    /// What a lifecycle rule does with an image.
    LifecycleAction "a lifecycle action" {
        /// It deletes the image.
        Expire = "EXPIRE",
        /// It moves the image to the archive.
        Transition = "TRANSITION",
    }
}

choice! {
    /// How far the preview of a lifecycle policy is.
    PreviewState "a state of a preview" {
        /// It is being made.
        InProgress = "IN_PROGRESS",
        /// Its results can be read.
        Complete = "COMPLETE",
        /// Its results were given up after a while.
        Expired = "EXPIRED",
        /// It did not come to an end.
        Failed = "FAILED",
    }
}
