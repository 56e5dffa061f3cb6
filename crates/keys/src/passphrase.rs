use std::fmt;
use std::path::Path;

use zeroize::Zeroizing;

use crate::error::KeyError;
use crate::secret_file;

/// A shorter passphrase seals nothing: guesses are slow, not impossible.
const LENGTH_MIN: usize = 12;

/// A passphrase under which a keyring is sealed. Wiped after use.
#[derive(Clone)]
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// The text, without the end of line that a file of one line has.
    pub fn new(text: &str) -> Self {
        Self(Zeroizing::new(text.trim_end_matches(['\r', '\n']).to_owned()))
    }

    /// Reads one from a file of one line that only its owner, and perhaps its group, can read.
    pub fn read(path: &Path) -> Result<Self, KeyError> {
        let bytes = secret_file::read_handed(path)?;
        let unreadable = |what| KeyError::PassphraseUnreadable { path: path.to_owned(), what };
        let text = std::str::from_utf8(&bytes).map_err(|_| unreadable("it is not text"))?;
        let passphrase = Self::new(text);
        if passphrase.0.is_empty() || passphrase.0.contains('\n') {
            return Err(unreadable("a passphrase is one line"));
        }
        Ok(passphrase)
    }

    pub(crate) fn expose(&self) -> &str {
        &self.0
    }

    /// Refuses one that is too short to seal a keyring.
    pub(crate) fn require_length(&self) -> Result<(), KeyError> {
        if self.0.chars().count() < LENGTH_MIN {
            return Err(KeyError::PassphraseShort { min: LENGTH_MIN });
        }
        Ok(())
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(…)")
    }
}
