use crate::malformed::choice;

choice! {
    /// How a registry scans images.
    ScanType "a scan type" {
        /// For packages of the operating system, when an image is pushed or by hand.
        Basic = "BASIC",
        /// For packages of languages as well.
        Enhanced = "ENHANCED",
    }
}

choice! {
    /// When images of a repository are scanned.
    ScanFrequency "a scan frequency" {
        /// When they are pushed.
        ScanOnPush = "SCAN_ON_PUSH",
        /// When they are pushed, and again when advisories change.
        ContinuousScan = "CONTINUOUS_SCAN",
        /// When a caller asks.
        Manual = "MANUAL",
    }
}

choice! {
    /// How far the scan of an image is, in ECR's words.
    ScanStatus "a scan status" {
        /// It runs, or waits for its turn.
        InProgress = "IN_PROGRESS",
        /// Its findings can be read.
        Complete = "COMPLETE",
        /// The image could not be read.
        Failed = "FAILED",
        /// Nothing in the image can be scanned.
        UnsupportedImage = "UNSUPPORTED_IMAGE",
        /// Its findings can be read, and follow the advisories.
        Active = "ACTIVE",
        /// An enhanced scan waits for its turn.
        Pending = "PENDING",
        /// The image was pushed too long ago.
        ScanEligibilityExpired = "SCAN_ELIGIBILITY_EXPIRED",
        /// There are no advisories to compare the packages of the image with.
        FindingsUnavailable = "FINDINGS_UNAVAILABLE",
        /// Too many images were scanned.
        LimitExceeded = "LIMIT_EXCEEDED",
        /// The image is in the archive.
        ImageArchived = "IMAGE_ARCHIVED",
        /// The image is too large to be scanned.
        ImageSizeExceeded = "IMAGE_SIZE_EXCEEDED",
    }
}
