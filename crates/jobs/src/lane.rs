/// Names the lanes, so that none can be forgotten where all are served.
macro_rules! lanes {
    ($($(#[$doc:meta])* $lane:ident = $name:literal, $places:literal;)*) => {
        /// Where a job waits. Lanes share nothing but the table.
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
    /// Giving back what nothing refers to any more.
    Reclaiming = "reclaiming", 8;
    /// Writing what a rebuild would need.
    Records = "records", 8;
}
