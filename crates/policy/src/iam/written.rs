use crate::iam::document::{Document, DocumentKind, size};
use crate::iam::malformed::Malformed;

/// Makes the type of the policies of one kind, with their text.
macro_rules! written {
    ($(#[$doc:meta])* $name:ident: $kind:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub struct $name {
            text: Box<str>,
            document: Document,
        }

        impl $name {
            /// Reads the text, and keeps every byte of it.
            pub fn parse(text: &str) -> Result<Self, Malformed> {
                let document = Document::parse(text, DocumentKind::$kind)?;
                Ok(Self { text: text.into(), document })
            }

            /// The text as it was written.
            pub fn as_str(&self) -> &str {
                &self.text
            }

            /// Its meaning.
            pub fn document(&self) -> &Document {
                &self.document
            }

            /// How long it is as IAM's quotas count.
            pub fn size(&self) -> usize {
                size(&self.text)
            }
        }

        impl std::str::FromStr for $name {
            type Err = Malformed;

            fn from_str(text: &str) -> Result<Self, Malformed> {
                Self::parse(text)
            }
        }
    };
}

written! {
    /// A policy of a user, group or role, or a managed one, as it was written.
    IdentityPolicy: Identity
}
written! {
    /// The trust policy of a role, as it was written.
    TrustPolicy: Trust
}

#[cfg(test)]
mod tests {
    use super::*;

    const PULL: &str = r#"{ "Version": "2012-10-17",
        "Statement": {"Effect":"Allow","Action":"ecr:BatchGetImage","Resource":"*"} }"#;
    const TRUST: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:AssumeRole"}]}"#;

    #[test]
    fn a_policy_is_kept_as_it_was_written_and_is_of_one_kind() {
        assert_eq!(IdentityPolicy::parse(PULL).unwrap().as_str(), PULL);
        assert_eq!(TrustPolicy::parse(TRUST).unwrap().as_str(), TRUST);
        assert!(TrustPolicy::parse(PULL).is_err(), "it trusts no one");
        assert!(IdentityPolicy::parse(TRUST).is_err(), "it names a principal");
        assert!(IdentityPolicy::parse("{").is_err(), "not JSON");
    }
}
