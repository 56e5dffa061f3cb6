use crate::malformed::choice;

choice! {
    /// Whether an image can be pulled.
    ImageStatus "an image status" {
        /// It can.
        Active = "ACTIVE",
        /// It is in the archive storage class.
        Archived = "ARCHIVED",
        /// It is on its way back from the archive.
        Activating = "ACTIVATING",
    }
}
