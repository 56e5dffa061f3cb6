use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use aws_lc_rs::hmac;
use names::{DataKey, SealingKey, WrappedKey};
use zeroize::Zeroizing;

use crate::entropy::random;
use crate::error::KeyError;
use crate::passphrase::Passphrase;
use crate::root_key::{Kind, RootKey, RootKeyId, named_root};
use crate::roots::{NotedRootKey, Roots};
use crate::seal::Seal;
use crate::sealed_as::SealedAs;
use crate::secret_file::{self, SecretFileError};
use crate::{keyring_file, keyring_text};

/// The purpose under which data keys are wrapped.
const DATA_KEY: &str = "data key";

/// The keyring: root keys, of which one seals.
///
/// # Rotation
///
/// [`Keyring::add`] adds a root key, which seals nothing until the rows say that it does
/// ([`Keyring::settle`]): then all processes over these rows have it. The older ones still open
/// what they sealed, because every sealed value names its root key. Once its secret is *handed
/// down*, which means that the rows hold it sealed under the new root key
/// ([`Keyring::hand_down`]), an old root key may be taken out of the keyring: processes find it in
/// the rows. *Derived* keys ([`Keyring::sealing_key`]) come from the oldest root key and so stay
/// the same: existing tokens and download links keep working.
#[derive(Debug)]
pub struct Keyring {
    /// Its file, if it is ours to write to.
    path: Option<PathBuf>,
    /// What its file is sealed under, if it is.
    seal: Option<Seal>,
    roots: RwLock<Arc<Roots>>,
    /// Held while the file is written.
    writing: Mutex<()>,
}

impl Keyring {
    /// Reads the keyring at `path`, or creates one with a single root key if there is no file.
    pub fn open_or_create(path: &Path) -> Result<Self, KeyError> {
        Self::open_or_create_under(path, None)
    }

    /// The same, and the file is sealed so: a plain one is replaced.
    pub fn open_or_create_under(path: &Path, seal: Option<&Seal>) -> Result<Self, KeyError> {
        match Self::open_file(path, seal) {
            Err(KeyError::File(SecretFileError::NotFound { .. })) => Self::create_file(path, seal),
            opened => opened,
        }
    }

    /// Reads a keyring that the operator put at `path`: the text of a keyring file, perhaps sealed,
    /// or the format of [`Keyring::parse`].
    pub fn open_handed(path: &Path, seal: Option<&Seal>) -> Result<Self, KeyError> {
        let bytes = secret_file::read_handed(path)?;
        let unreadable = |what| KeyError::Unreadable { path: path.to_owned(), what };
        let text = std::str::from_utf8(&bytes).map_err(|_| unreadable("it is not text"))?;
        let roots = read_text(text, seal, Some(path))?;
        Ok(Self::of(None, seal, roots))
    }

    /// Reads a keyring from a secret: 64 hexadecimal digits, or several such keys with commas
    /// between them, oldest first; or the whole text of a keyring file.
    pub fn parse(secret: &str) -> Result<Self, KeyError> {
        Self::parse_under(secret, None)
    }

    /// The same, if the text may be sealed under this seal.
    pub fn parse_under(secret: &str, seal: Option<&Seal>) -> Result<Self, KeyError> {
        Ok(Self::of(None, seal, read_text(secret, seal, None)?))
    }

    fn of(path: Option<PathBuf>, seal: Option<&Seal>, roots: Vec<RootKey>) -> Self {
        let roots = RwLock::new(Arc::new(Roots::held(roots)));
        Self { path, seal: seal.cloned(), roots, writing: Mutex::default() }
    }

    /// Adds a root key, durably. It does not seal yet. The operator adds one to a keyring that came
    /// from outside.
    pub fn add(&self) -> Result<RootKeyId, KeyError> {
        let root = RootKey::generate();
        let id = root.id();
        self.change_file(|roots| roots.with(root))?;
        Ok(id)
    }

    /// Removes a root key from the file, durably. It stays known to this process. The caller has
    /// made sure that it was handed down.
    pub fn remove(&self, id: RootKeyId) -> Result<(), KeyError> {
        self.change_file(|roots| roots.without(id))
    }

    fn change_file(&self, change: impl FnOnce(&Roots) -> Roots) -> Result<(), KeyError> {
        let path = self.path.as_ref().ok_or(KeyError::Handed)?;
        let _alone = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let changed = change(&self.roots());
        let text = file_text(&changed.held_roots(), self.seal.as_ref())?;
        secret_file::replace(path, &text)?;
        self.replace_roots(changed);
        Ok(())
    }

    /// Goes by what the rows say from now on: these root keys, oldest first, and which of them
    /// seals.
    pub fn settle(&self, noted: &[NotedRootKey], current: RootKeyId) -> Result<(), KeyError> {
        let _alone = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let settled = self.roots().beside(noted, current);
        self.replace_roots(settled.ok_or(KeyError::UnknownRoot { id: current.to_string() })?);
        Ok(())
    }

    /// A root key's secret, sealed under the one that seals; `None` if it is not known.
    pub fn hand_down(&self, id: RootKeyId) -> Option<Vec<u8>> {
        self.roots().hand_down(id)
    }

    /// The root key that seals.
    pub fn current(&self) -> RootKeyId {
        self.roots().current().id()
    }

    /// Whether a value is sealed under the root key that seals now.
    pub fn is_current(&self, sealed: &[u8]) -> bool {
        named_root(sealed) == Some(self.current())
    }

    /// Whether a root key is known, from the keyring or handed down.
    pub fn knows(&self, id: RootKeyId) -> bool {
        self.roots().find(id).is_some()
    }

    /// The root keys that are known, oldest first.
    pub fn known(&self) -> Vec<RootKeyId> {
        self.roots().ids()
    }

    /// The root keys in the keyring itself, oldest first.
    pub fn held(&self) -> Vec<RootKeyId> {
        self.roots().held_roots().iter().map(RootKey::id).collect()
    }

    /// A fresh data key.
    pub fn data_key(&self) -> DataKey {
        DataKey::from_bytes(random())
    }

    /// Wraps a data key, bound to `context`. The result is 81 bytes long.
    pub fn wrap(&self, context: &str, key: &DataKey) -> WrappedKey {
        let sealed = self.roots().current().seal(Kind::Wrap, DATA_KEY, context, key.expose());
        WrappedKey::from_bytes(&sealed)
    }

    /// Opens a wrapped data key that was bound to the same context.
    pub fn unwrap(&self, context: &str, wrapped: &WrappedKey) -> Result<DataKey, KeyError> {
        let opened = self.open_kind(Kind::Wrap, DATA_KEY, context, wrapped.as_bytes())?;
        let bytes: [u8; 32] = opened.as_slice().try_into().map_err(|_| KeyError::Refused)?;
        Ok(DataKey::from_bytes(bytes))
    }

    /// Seals a secret that fits into memory for one purpose, bound to `context`. Adds 49 bytes.
    pub fn seal(&self, purpose: &str, context: &str, plaintext: &[u8]) -> Vec<u8> {
        self.roots().current().seal(Kind::Seal, purpose, context, plaintext)
    }

    /// Opens a value that [`Keyring::seal`] made for the same purpose and context.
    pub fn open(
        &self,
        purpose: &str,
        context: &str,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        self.open_kind(Kind::Seal, purpose, context, sealed)
    }

    /// Seals a value of the rows.
    pub fn seal_as(&self, what: SealedAs<'_>, plaintext: &[u8]) -> Vec<u8> {
        self.seal(what.purpose(), &what.context(), plaintext)
    }

    /// Opens a value of the rows.
    pub fn open_as(
        &self,
        what: SealedAs<'_>,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        self.open(what.purpose(), &what.context(), sealed)
    }

    /// Seals a value of the rows again, under the root key that seals now; `None` if it is sealed
    /// under it already.
    pub fn reseal(&self, what: SealedAs<'_>, sealed: &[u8]) -> Result<Option<Vec<u8>>, KeyError> {
        if self.is_current(sealed) {
            return Ok(None);
        }
        let opened = self.open_as(what, sealed)?;
        Ok(Some(self.seal_as(what, &opened)))
    }

    /// The key that seals short-lived things of one purpose: tokens, page tokens, download links.
    /// The same after a rotation: see [`Keyring`].
    pub fn sealing_key(&self, purpose: &str) -> SealingKey {
        SealingKey::from_bytes(*self.roots().oldest().derive(Kind::Derive, purpose, &[]))
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

    /// Writes a copy to `path`, which must not exist yet, sealed as its own file is.
    pub fn copy_to(&self, path: &Path) -> Result<(), KeyError> {
        self.copy_under(path, self.seal.as_ref())
    }

    /// Writes a copy to `path`, which must not exist yet, sealed under this seal if there is
    /// one.
    pub fn copy_under(&self, path: &Path, seal: Option<&Seal>) -> Result<(), KeyError> {
        let text = file_text(&self.roots().held_roots(), seal)?;
        Ok(secret_file::create(path, &text)?)
    }

    /// The text of a keyring file with its root keys, sealed under this passphrase.
    pub fn export(&self, passphrase: &Passphrase) -> Result<Vec<u8>, KeyError> {
        Seal::Passphrase(passphrase.clone()).seal(&self.roots().held_roots())
    }

    /// The ids of the root keys in the keyring itself, oldest first. They distinguish keyrings and
    /// are not secret.
    pub fn root_ids(&self) -> Vec<String> {
        self.held().iter().map(RootKeyId::to_string).collect()
    }

    /// Whether this keyring opens everything that the other one sealed, and derives the same keys.
    pub fn stands_in_for(&self, other: &Self) -> bool {
        let same =
            |one: &RootKey, two: &RootKey| one.id() == two.id() && one.secret() == two.secret();
        let (ours, theirs) = (self.roots().held_roots(), other.roots().held_roots());
        let has = |wanted: &RootKey| ours.iter().any(|root| same(root, wanted));
        ours.first().zip(theirs.first()).is_some_and(|(one, two)| same(one, two))
            && theirs.iter().all(has)
    }

    fn open_file(path: &Path, seal: Option<&Seal>) -> Result<Self, KeyError> {
        let text = secret_file::read(path)?;
        let is_plain = !Seal::is_on(&text);
        let roots = read_file(&text, seal, Some(path))?;
        let opened = Self::of(Some(path.to_owned()), seal, roots);
        if is_plain && seal.is_some() {
            opened.change_file(|roots| Roots::held(roots.held_roots()))?;
        }
        Ok(opened)
    }

    /// Two processes may start at once: the second one uses the first one's keyring.
    fn create_file(path: &Path, seal: Option<&Seal>) -> Result<Self, KeyError> {
        let created = Self::of(Some(path.to_owned()), seal, vec![RootKey::generate()]);
        match created.copy_to(path) {
            Ok(()) => Ok(created),
            Err(KeyError::File(SecretFileError::Exists { .. })) => Self::open_file(path, seal),
            Err(other) => Err(other),
        }
    }

    fn roots(&self) -> Arc<Roots> {
        Arc::clone(&self.roots.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn replace_roots(&self, roots: Roots) {
        *self.roots.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(roots);
    }

    fn open_kind(
        &self,
        kind: Kind,
        purpose: &str,
        context: &str,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        let id = named_root(sealed).ok_or(KeyError::Refused)?;
        let roots = self.roots();
        let root = roots.find(id).ok_or_else(|| KeyError::UnknownRoot { id: id.to_string() })?;
        root.open(kind, purpose, context, sealed).ok_or(KeyError::Refused)
    }
}

/// The id of the root key that a sealed value names. The id is not authenticated yet.
pub fn root_id_of(sealed: &[u8]) -> Option<RootKeyId> {
    named_root(sealed)
}

fn file_text(roots: &[RootKey], seal: Option<&Seal>) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    match seal {
        None => Ok(keyring_file::write(roots)),
        Some(seal) => seal.seal(roots).map(Zeroizing::new),
    }
}

fn read_text(
    text: &str,
    seal: Option<&Seal>,
    path: Option<&Path>,
) -> Result<Vec<RootKey>, KeyError> {
    let text = text.trim();
    if text.starts_with('{') {
        return read_file(text.as_bytes(), seal, path);
    }
    keyring_text::read(text).map_err(|what| KeyError::unreadable(path, what))
}

/// Root keys from the text of a keyring file, sealed or plain.
fn read_file(
    text: &[u8],
    seal: Option<&Seal>,
    path: Option<&Path>,
) -> Result<Vec<RootKey>, KeyError> {
    if Seal::is_on(text) {
        return Seal::open(seal, text)?.map_err(|what| KeyError::unreadable(path, what));
    }
    keyring_file::read(text).map_err(|what| KeyError::unreadable(path, what))
}
