use crate::malformed::choice;

choice! {
    /// What is being done to change the key of a repository.
    RekeyStage "a stage of a change of keys" {
        /// The layers under the key before are counted.
        Counting = "COUNTING",
        /// They are encrypted again.
        Layers = "LAYERS",
        /// The copies of manifests are written again.
        Records = "RECORDS",
        /// Nothing: it has ended.
        Done = "DONE",
    }
}
