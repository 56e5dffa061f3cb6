use crate::error::KeyError;
use crate::kms_keyring::{self, KmsSeal, KmsWrapped};
use crate::passphrase::Passphrase;
use crate::root_key::RootKey;
use crate::{keyring_file, sealed_keyring};

/// What a keyring file is sealed under.
#[derive(Debug, Clone)]
pub enum Seal {
    /// A passphrase.
    Passphrase(Passphrase),
    /// A data key, which a key management service opens.
    Kms(KmsSeal),
}

impl Seal {
    /// Whether a text is sealed, sound or not.
    pub(crate) fn is_on(text: &[u8]) -> bool {
        let version = keyring_file::version_of(text);
        version.is_some_and(|version| {
            [sealed_keyring::VERSION, kms_keyring::VERSION].contains(&version)
        })
    }

    /// The text that holds these root keys, sealed.
    pub(crate) fn seal(&self, roots: &[RootKey]) -> Result<Vec<u8>, KeyError> {
        match self {
            Self::Passphrase(passphrase) => sealed_keyring::seal(passphrase, roots),
            Self::Kms(seal) => Ok(kms_keyring::seal(seal, roots)),
        }
    }

    /// The root keys in a sealed text, or what is wrong with it. An error if it needs something
    /// else than what there is.
    pub(crate) fn open(
        with: Option<&Self>,
        text: &[u8],
    ) -> Result<Result<Vec<RootKey>, &'static str>, KeyError> {
        let is_under_kms = keyring_file::version_of(text) == Some(kms_keyring::VERSION);
        match with {
            Some(Self::Kms(seal)) if is_under_kms => Ok(kms_keyring::open(seal, text)),
            Some(Self::Passphrase(passphrase)) if !is_under_kms => {
                Ok(sealed_keyring::open(passphrase, text))
            }
            Some(_) | None if is_under_kms => {
                let wrapped = KmsWrapped::in_text(text);
                let key = wrapped.map_or_else(String::new, |wrapped| wrapped.key.to_string());
                Err(KeyError::KmsMissing { key })
            }
            Some(_) | None => Err(KeyError::PassphraseMissing),
        }
    }
}
