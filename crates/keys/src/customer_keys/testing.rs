//! A key service for tests: its keys are what the test says, and it counts what it is asked.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

use async_trait::async_trait;
use names::{DataKey, KmsKeyArn, RepositoryArn};

use super::{KeyContext, KeyFault, KeyService};
use crate::{Keyring, random};

/// How long an answer may be believed.
const BELIEF: Duration = Duration::from_millis(1_500);

/// Keys that need no rows. A key exists when it is first used.
pub struct PaperKeys {
    keyring: Keyring,
    state: Mutex<State>,
    epoch: AtomicU64,
    calls: AtomicU64,
}

#[derive(Default)]
struct State {
    disabled: BTreeSet<String>,
    /// Repositories whose grants were revoked.
    revoked: BTreeSet<String>,
    is_away: bool,
}

impl Default for PaperKeys {
    fn default() -> Self {
        let keyring = Keyring::parse(&"0123456789abcdef".repeat(4)).expect("64 digits");
        Self {
            keyring,
            state: Mutex::default(),
            epoch: AtomicU64::new(0),
            calls: AtomicU64::new(0),
        }
    }
}

impl PaperKeys {
    /// Disables a key, or enables it again.
    pub fn set_enabled(&self, key: &KmsKeyArn, enabled: bool) {
        let (mut state, name) = (self.state(), key.to_string());
        let _ = if enabled { state.disabled.remove(&name) } else { state.disabled.insert(name) };
        self.epoch.fetch_add(1, Ordering::Release);
    }

    /// The same by another process: only time tells.
    pub fn set_enabled_elsewhere(&self, key: &KmsKeyArn, enabled: bool) {
        let (mut state, name) = (self.state(), key.to_string());
        let _ = if enabled { state.disabled.remove(&name) } else { state.disabled.insert(name) };
    }

    /// Revokes the grants of a repository.
    pub fn revoke(&self, repository: &RepositoryArn) {
        self.state().revoked.insert(repository.to_string());
        self.epoch.fetch_add(1, Ordering::Release);
    }

    /// Lets the service not answer, or answer again.
    pub fn set_away(&self, is_away: bool) {
        self.state().is_away = is_away;
        self.epoch.fetch_add(1, Ordering::Release);
    }

    /// How often it was asked for anything.
    pub fn calls(&self) -> u64 {
        self.calls.load(Ordering::Relaxed)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no thread panics while holding it")
    }

    fn require_enabled(&self, key: &KmsKeyArn) -> Result<(), KeyFault> {
        self.calls.fetch_add(1, Ordering::Relaxed);
        let state = self.state();
        if state.is_away {
            let (retry_after, why) = (Duration::from_secs(1), "it is away".to_owned());
            return Err(KeyFault::Unavailable { retry_after, why });
        }
        if state.disabled.contains(&key.to_string()) {
            let (code, message) = ("DisabledException".to_owned(), format!("{key} is disabled."));
            return Err(KeyFault::Refused { code, message });
        }
        Ok(())
    }

    fn context(key: &KmsKeyArn, context: &KeyContext) -> String {
        format!("{key} {:?}", context.pairs())
    }
}

impl fmt::Debug for PaperKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PaperKeys").finish_non_exhaustive()
    }
}

#[async_trait]
impl KeyService for PaperKeys {
    fn epoch(&self) -> u64 {
        self.epoch.load(Ordering::Acquire)
    }

    async fn require_usable(
        &self,
        key: &KmsKeyArn,
        repository: &RepositoryArn,
    ) -> Result<Duration, KeyFault> {
        self.require_enabled(key)?;
        if self.state().revoked.contains(&repository.to_string()) {
            let (code, message) = ("AccessDeniedException".to_owned(), "no grant".to_owned());
            return Err(KeyFault::Refused { code, message });
        }
        Ok(BELIEF)
    }

    async fn generate_data_key(
        &self,
        key: &KmsKeyArn,
        context: &KeyContext,
    ) -> Result<(DataKey, Vec<u8>), KeyFault> {
        self.require_enabled(key)?;
        let data_key = DataKey::from_bytes(random());
        let wrapped = self.keyring.wrap(&Self::context(key, context), &data_key);
        Ok((data_key, wrapped.as_bytes().to_vec()))
    }

    async fn decrypt(
        &self,
        key: &KmsKeyArn,
        context: &KeyContext,
        ciphertext: &[u8],
    ) -> Result<DataKey, KeyFault> {
        self.require_enabled(key)?;
        let wrapped = names::WrappedKey::from_bytes(ciphertext);
        let opened = self.keyring.unwrap(&Self::context(key, context), &wrapped);
        opened.map_err(|_| KeyFault::Refused {
            code: "InvalidCiphertextException".to_owned(),
            message: String::new(),
        })
    }
}
