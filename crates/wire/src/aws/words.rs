//! Sets of words: the enums of the models.

/// Declares an enum whose values are words on the wire.
macro_rules! words {
    ($(#[$attribute:meta])* $name:ident { $($variant:ident = $text:literal,)+ }) => {
        $(#[$attribute])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $(#[doc = concat!("`", $text, "`.")] $variant,)+
        }

        impl $name {
            /// Every value, in the order of the model.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Every word, in the order of the model.
            pub const TEXTS: &'static [&'static str] = &[$($text),+];

            /// The word on the wire.
            pub const fn as_str(self) -> &'static str {
                Self::TEXTS[self as usize]
            }

            /// The value of this word.
            pub fn from_word(word: &str) -> Option<Self> {
                let index = Self::TEXTS.iter().position(|text| *text == word)?;
                Some(Self::ALL[index])
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
                let word = <String as serde::Deserialize>::deserialize(source)?;
                Self::from_word(&word)
                    .ok_or_else(|| serde::de::Error::unknown_variant(&word, Self::TEXTS))
            }
        }
    };
}

pub(crate) use words;
