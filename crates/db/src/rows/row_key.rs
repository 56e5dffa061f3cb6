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
