use std::path::{Path, PathBuf};

use aws_lc_rs::hmac;
use names::{DataKey, SealingKey, WrappedKey};
use zeroize::Zeroizing;

use crate::entropy::random;
use crate::root_key::{Kind, RootKey, named_root};
use crate::secret_file::{self, SecretFileError};
use crate::{keyring_file, keyring_text};

/// The purpose under which data keys are wrapped.
const DATA_KEY: &str = "data key";

/// The local keyring: one or more root keys in one file.
///
/// # Rotation
///
/// [`Keyring::add`] adds a new root key, which from then on wraps and seals. The older ones still
/// open what they sealed, because every sealed value names its root key. *Derived* keys
/// ([`Keyring::sealing_key`]) come from the oldest root key and so stay the same: existing tokens
/// and download links keep working, and processes that have not read the new file yet agree with
/// those that have. To end them all at once, seal everything again and then remove the oldest root
/// key from the file.
#[derive(Debug)]
pub struct Keyring {
    /// Its file, if it is ours to write to.
    path: Option<PathBuf>,
    /// Oldest first, never empty; the last one is the primary.
    roots: Vec<RootKey>,
}

impl Keyring {
    /// Reads the keyring at `path`, or creates one with a single root key if there is no file.
    pub fn open_or_create(path: &Path) -> Result<Self, KeyError> {
        match Self::open_file(path) {
            Err(KeyError::File(SecretFileError::NotFound { .. })) => Self::create_file(path),
            opened => opened,
        }
    }

    /// Reads a keyring that the operator put at `path` for several nodes: the text of a keyring
    /// file, or the format of [`Keyring::parse`].
    pub fn open_handed(path: &Path) -> Result<Self, KeyError> {
        let bytes = secret_file::read_handed(path)?;
        let unreadable = |what| KeyError::Unreadable { path: path.to_owned(), what };
        let text = std::str::from_utf8(&bytes).map_err(|_| unreadable("it is not text"))?;
        let roots = keyring_text::read(text).map_err(unreadable)?;
        Ok(Self { path: None, roots })
    }

    /// Reads a keyring from a secret: 64 hexadecimal digits, or several such keys with commas
    /// between them, oldest first; or the whole text of a keyring file.
    pub fn parse(secret: &str) -> Result<Self, KeyError> {
        let roots = keyring_text::read(secret).map_err(|what| KeyError::Malformed { what })?;
        Ok(Self { path: None, roots })
    }

    /// Adds a root key and makes it the primary. It is durable before it is used. The operator
    /// rotates a keyring that came from outside.
    pub fn add(&mut self) -> Result<(), KeyError> {
        let Some(path) = &self.path else {
            return Err(KeyError::Malformed { what: "it is not ours to add a key to" });
        };
        let mut roots = self.roots.clone();
        roots.push(RootKey::generate());
        secret_file::replace(path, &keyring_file::write(&roots))?;
        self.roots = roots;
        Ok(())
    }

    /// A fresh data key.
    pub fn data_key(&self) -> DataKey {
        DataKey::from_bytes(random())
    }

    /// Wraps a data key, bound to `context`. The result is 81 bytes long.
    pub fn wrap(&self, context: &str, key: &DataKey) -> WrappedKey {
        WrappedKey::from_bytes(&self.primary().seal(Kind::Wrap, DATA_KEY, context, key.expose()))
    }

    /// Opens a wrapped data key that was bound to the same context.
    pub fn unwrap(&self, context: &str, wrapped: &WrappedKey) -> Result<DataKey, KeyError> {
        let opened = self.open_as(Kind::Wrap, DATA_KEY, context, wrapped.as_bytes())?;
        let bytes: [u8; 32] = opened.as_slice().try_into().map_err(|_| KeyError::Refused)?;
        Ok(DataKey::from_bytes(bytes))
    }

    /// Seals a secret that fits into memory for one purpose, bound to `context`. Adds 49 bytes.
    pub fn seal(&self, purpose: &str, context: &str, plaintext: &[u8]) -> Vec<u8> {
        self.primary().seal(Kind::Seal, purpose, context, plaintext)
    }

    /// Opens a value that [`Keyring::seal`] made for the same purpose and context.
    pub fn open(
        &self,
        purpose: &str,
        context: &str,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        self.open_as(Kind::Seal, purpose, context, sealed)
    }

    /// The key that seals short-lived things of one purpose: tokens, page tokens, download links.
    /// The same after a rotation: see [`Keyring`].
    pub fn sealing_key(&self, purpose: &str) -> SealingKey {
        let oldest = self.roots.first().expect("a keyring is never empty");
        SealingKey::from_bytes(*oldest.derive(Kind::Derive, purpose, &[]))
    }

    /// A keyed hash of `content` (HMAC-SHA-256). It is the same for the same content, even after a
    /// rotation, and does not help to guess the content. The two parts are separated: content of
    /// one cannot pass for the other.
    pub fn fingerprint(&self, purpose: &str, place: &str, content: &[u8]) -> [u8; 32] {
        let key = self.sealing_key(purpose);
        let mut mac = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, key.expose()));
        mac.update(&(place.len() as u64).to_le_bytes());
        mac.update(place.as_bytes());
        mac.update(content);
        let tag = mac.sign();
        *tag.as_ref().first_chunk().expect("SHA-256 has 32 bytes")
    }

    /// Writes a copy to `path`, which must not exist yet.
    pub fn copy_to(&self, path: &Path) -> Result<(), KeyError> {
        Ok(secret_file::create(path, &keyring_file::write(&self.roots))?)
    }

    /// The ids of its root keys, oldest first. They distinguish keyrings and are not secret.
    pub fn root_ids(&self) -> Vec<String> {
        self.roots.iter().map(|root| hex::encode(root.id())).collect()
    }

    /// Whether this keyring opens everything that the other one sealed, and derives the same keys.
    pub fn stands_in_for(&self, other: &Self) -> bool {
        let same =
            |one: &RootKey, two: &RootKey| one.id() == two.id() && one.secret() == two.secret();
        let has = |wanted: &RootKey| self.roots.iter().any(|root| same(root, wanted));
        self.roots.first().zip(other.roots.first()).is_some_and(|(one, two)| same(one, two))
            && other.roots.iter().all(has)
    }

    fn open_file(path: &Path) -> Result<Self, KeyError> {
        let text = secret_file::read(path)?;
        let roots = keyring_file::read(&text)
            .map_err(|what| KeyError::Unreadable { path: path.to_owned(), what })?;
        Ok(Self { path: Some(path.to_owned()), roots })
    }

    /// Two processes may start at once: the second one uses the first one's keyring.
    fn create_file(path: &Path) -> Result<Self, KeyError> {
        let roots = vec![RootKey::generate()];
        match secret_file::create(path, &keyring_file::write(&roots)) {
            Ok(()) => Ok(Self { path: Some(path.to_owned()), roots }),
            Err(SecretFileError::Exists { .. }) => Self::open_file(path),
            Err(other) => Err(other.into()),
        }
    }

    fn primary(&self) -> &RootKey {
        self.roots.last().expect("a keyring is never empty")
    }

    fn open_as(
        &self,
        kind: Kind,
        purpose: &str,
        context: &str,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        let id = named_root(sealed).ok_or(KeyError::Refused)?;
        let root = self
            .roots
            .iter()
            .find(|root| root.id() == id)
            .ok_or_else(|| KeyError::UnknownRoot { id: hex::encode(id) })?;
        root.open(kind, purpose, context, sealed).ok_or(KeyError::Refused)
    }
}

/// The id of the root key that a sealed value names. The id is not authenticated yet.
pub fn root_id_of(sealed: &[u8]) -> Option<String> {
    named_root(sealed).map(hex::encode)
}

/// Why a key could not be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// Sealed for another purpose or context, or damaged: the cipher cannot tell which.
    #[error("the sealed value does not open with this purpose and context")]
    Refused,
    /// The root key is not in this keyring: removed, or the keyring is another one.
    #[error("no root key {id} in the keyring")]
    UnknownRoot {
        /// Which root key the sealed value names.
        id: String,
    },
    /// The keyring file is not one that this version reads.
    #[error("cannot use the keyring {}: {what}", path.display())]
    Unreadable {
        /// The keyring file.
        path: PathBuf,
        /// What is wrong.
        what: &'static str,
    },
    /// The text is no keyring.
    #[error("cannot use the keyring's secret: {what}")]
    Malformed {
        /// What is wrong.
        what: &'static str,
    },
    /// The keyring file could not be read or written.
    #[error(transparent)]
    File(#[from] SecretFileError),
}
