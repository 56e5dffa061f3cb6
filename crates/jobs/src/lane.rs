/// Names the lanes, so that a server cannot forget to run one.
macro_rules! lanes {
    ($($(#[$doc:meta])* $lane:ident = $name:literal, $places:literal;)*) => {
        /// The lane in which a job waits. Lanes share only the table.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Lane {
            $($(#[$doc])* $lane,)*
        }

        impl Lane {
            /// Every lane: a runner serves each.
            pub const ALL: [Self; [$($places),*].len()] = [$(Self::$lane),*];

            /// The name in rows, metrics and logs.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$lane => $name,)*
                }
            }

            /// Jobs that one node has under way at most.
            pub(crate) fn places(self) -> u32 {
                match self {
                    $(Self::$lane => $places,)*
                }
            }
        }
    };
}

lanes! {
    /// Deletes what nothing refers to any more.
    Reclaiming = "reclaiming", 8;
    /// Judges the images of repositories by their lifecycle policies. Each job keeps a few hundred
    /// bytes of each image in memory.
    Lifecycle = "lifecycle", 6;
    /// Restores archived images, moves bytes to the archive storage and back, and encrypts them
    /// again. Each job may copy gigabytes.
    Archiving = "archiving", 4;
    /// Reads layers for what is in them, and compares packages with advisories. Each job keeps what
    /// an image has in memory.
    Scanning = "scanning", 4;
    /// Stores images of upstream registries. Each job has up to three layers under way.
    PullThrough = "pull_through", 4;
    /// Delivers events. Its one job serves all targets.
    Events = "events", 3;
    /// Writes what a rebuild would need.
    Records = "records", 8;
}
