use std::fmt;

use crate::root_key::{Kind, RootKey, RootKeyId};

/// The purpose under which the secret of one root key is sealed under another.
const HANDED_DOWN: &str = "root key";

/// A root key as the rows have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotedRootKey {
    /// Its id.
    pub id: RootKeyId,
    /// Its secret, sealed under a later root key, if it was handed down.
    pub handed_down: Option<Vec<u8>>,
}

/// The root keys that a keyring knows.
pub(crate) struct Roots {
    /// Oldest first, never empty.
    known: Vec<Known>,
    /// Which of them seals.
    current: RootKeyId,
}

#[derive(Clone)]
struct Known {
    root: RootKey,
    /// It is in the keyring itself, not only in the rows, sealed under another one.
    is_held: bool,
}

impl Roots {
    /// Those of a keyring that knows no rows: the last one seals. There is at least one.
    pub(crate) fn held(roots: Vec<RootKey>) -> Self {
        let current = roots.last().expect("a keyring is never empty").id();
        let known = roots.into_iter().map(|root| Known { root, is_held: true }).collect();
        Self { known, current }
    }

    /// Those of the same keyring beside these rows, oldest first. `None` if `current`, which the
    /// rows say is to seal, is not known.
    ///
    /// Root keys that no row names come last, in the keyring's order: they were never used. A root
    /// key that cannot be had is left out, so what it sealed does not open.
    pub(crate) fn beside(&self, noted: &[NotedRootKey], current: RootKeyId) -> Option<Self> {
        let mut opened = self.held_roots();
        // Each round opens at least one, or is the last: they may be sealed under one another.
        loop {
            let before = opened.len();
            for NotedRootKey { id, handed_down } in noted {
                if opened.iter().all(|root| root.id() != *id)
                    && let Some(root) = inherit(&opened, *id, handed_down.as_deref())
                {
                    opened.push(root);
                }
            }
            if opened.len() == before {
                break;
            }
        }
        let place = |root: &RootKey| noted.iter().position(|noted| noted.id == root.id());
        opened.sort_by_key(|root| place(root).unwrap_or(usize::MAX));
        let is_held = |id| self.known.iter().any(|known| known.is_held && known.root.id() == id);
        let known: Vec<Known> =
            opened.into_iter().map(|root| Known { is_held: is_held(root.id()), root }).collect();
        known.iter().any(|known| known.root.id() == current).then_some(Self { known, current })
    }

    /// The same with one more, which is held and does not seal yet.
    pub(crate) fn with(&self, root: RootKey) -> Self {
        let mut known = self.known.clone();
        known.push(Known { root, is_held: true });
        Self { known, current: self.current }
    }

    /// The same, but one is not held any more. It stays known.
    pub(crate) fn without(&self, id: RootKeyId) -> Self {
        let let_go = |known: &Known| Known {
            is_held: known.is_held && known.root.id() != id,
            root: known.root.clone(),
        };
        Self { known: self.known.iter().map(let_go).collect(), current: self.current }
    }

    pub(crate) fn oldest(&self) -> &RootKey {
        &self.known.first().expect("a keyring is never empty").root
    }

    pub(crate) fn current(&self) -> &RootKey {
        self.find(self.current).expect("the one that seals is known")
    }

    pub(crate) fn find(&self, id: RootKeyId) -> Option<&RootKey> {
        self.known.iter().map(|known| &known.root).find(|root| root.id() == id)
    }

    pub(crate) fn ids(&self) -> Vec<RootKeyId> {
        self.known.iter().map(|known| known.root.id()).collect()
    }

    /// Those in the keyring itself, oldest first.
    pub(crate) fn held_roots(&self) -> Vec<RootKey> {
        let held = self.known.iter().filter(|known| known.is_held);
        held.map(|known| known.root.clone()).collect()
    }

    /// The secret of a root key, sealed under the one that seals.
    pub(crate) fn hand_down(&self, id: RootKeyId) -> Option<Vec<u8>> {
        let secret = self.find(id)?.secret();
        Some(self.current().seal(Kind::Seal, HANDED_DOWN, &id.to_string(), secret))
    }
}

/// A root key whose secret was sealed under one of these.
fn inherit(opened: &[RootKey], id: RootKeyId, sealed: Option<&[u8]>) -> Option<RootKey> {
    let sealed = sealed?;
    let under = crate::root_key::named_root(sealed)?;
    let root = opened.iter().find(|root| root.id() == under)?;
    let secret = root.open(Kind::Seal, HANDED_DOWN, &id.to_string(), sealed)?;
    Some(RootKey::from_parts(id, secret.as_slice().try_into().ok()?))
}

impl fmt::Debug for Roots {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.known.iter().map(|known| &known.root)).finish()
    }
}
