//! Caches registry tokens between runs of the credential helper, each in a file that only its owner
//! can read.
//!
//! # Invariants
//! * A token is found only for the same registry, endpoint and principal.
//! * A cache that cannot be read or written counts as empty: docker still logs in, only more
//!   slowly.

use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

use keys::secret_file;
use names::{Digest, Timestamp};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{Environment, RegistryToken};

/// How many files are read. A user with more registries requests tokens more often.
const FILES_MAX: usize = 1_000;

/// The key of a token.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CacheKey<'a> {
    pub(crate) host: &'a str,
    pub(crate) endpoint: &'a str,
    /// See [`super::Source::fingerprint`].
    pub(crate) principal: &'a str,
}

/// The folder. `None` if there is no home folder.
pub(crate) struct TokenCache(Option<PathBuf>);

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    host: String,
    endpoint: String,
    principal: String,
    password: Zeroizing<String>,
    issued_at: i64,
    expires_at: i64,
    proxy_endpoint: String,
}

impl TokenCache {
    /// `longshore/registry-tokens` in `XDG_CACHE_HOME`, or in `~/.cache`.
    pub(crate) fn of(environment: &Environment) -> Self {
        let folder = environment.path_or_home("XDG_CACHE_HOME", ".cache");
        Self(folder.map(|folder| folder.join("longshore/registry-tokens")))
    }

    /// The cached token for this key.
    pub(crate) fn find(&self, key: &CacheKey<'_>) -> Option<RegistryToken> {
        let entry = read(&key.path(self.0.as_ref()?))?;
        let kept =
            CacheKey { host: &entry.host, endpoint: &entry.endpoint, principal: &entry.principal };
        key.equals(&kept).then(|| entry.token())
    }

    /// Caches a token, and removes expired ones.
    pub(crate) fn keep(&self, key: &CacheKey<'_>, token: &RegistryToken) {
        let Some(folder) = &self.0 else { return };
        // Writing the file fails if the folder could not be made.
        let _ = DirBuilder::new().recursive(true).mode(0o700).create(folder);
        let entry = Entry {
            host: key.host.to_owned(),
            endpoint: key.endpoint.to_owned(),
            principal: key.principal.to_owned(),
            password: token.password.clone(),
            issued_at: token.issued_at.as_micros(),
            expires_at: token.expires_at.as_micros(),
            proxy_endpoint: token.proxy_endpoint.clone(),
        };
        let bytes = Zeroizing::new(serde_json::to_vec(&entry).expect("strings and numbers"));
        let _ = secret_file::replace(&key.path(folder), &bytes);
        self.drop_if(|entry| !entry.token().is_good(token.issued_at));
    }

    /// Removes the cached tokens of a registry.
    pub(crate) fn forget(&self, host: &str) {
        self.drop_if(|entry| entry.host == host);
    }

    /// The registries with a valid token in the cache.
    pub(crate) fn hosts(&self, now: Timestamp) -> Vec<String> {
        let good = |(_, entry): (PathBuf, Entry)| entry.token().is_good(now).then_some(entry.host);
        self.entries().filter_map(good).collect()
    }

    fn drop_if(&self, is_unwanted: impl Fn(&Entry) -> bool) {
        for (path, _) in self.entries().filter(|(_, entry)| is_unwanted(entry)) {
            #[expect(clippy::disallowed_methods, reason = "a password that is no longer needed")]
            // Another run may have removed it first.
            let _ = std::fs::remove_file(path);
        }
    }

    fn entries(&self) -> impl Iterator<Item = (PathBuf, Entry)> {
        let listed = self.0.as_ref().and_then(|folder| folder.read_dir().ok());
        let paths = listed.into_iter().flatten().take(FILES_MAX).flatten().map(|file| file.path());
        paths.filter_map(|path| {
            let entry = read(&path)?;
            Some((path, entry))
        })
    }
}

impl CacheKey<'_> {
    fn path(&self, folder: &Path) -> PathBuf {
        let all = [self.host, self.endpoint, self.principal].join("\n");
        let digest = Digest::sha256(all.as_bytes());
        folder.join(format!("{}.json", digest.as_str().trim_start_matches("sha256:")))
    }

    fn equals(&self, other: &CacheKey<'_>) -> bool {
        (self.host, self.endpoint, self.principal) == (other.host, other.endpoint, other.principal)
    }
}

impl Entry {
    fn token(&self) -> RegistryToken {
        RegistryToken {
            password: self.password.clone(),
            issued_at: Timestamp::from_micros(self.issued_at),
            expires_at: Timestamp::from_micros(self.expires_at),
            proxy_endpoint: self.proxy_endpoint.clone(),
        }
    }
}

fn read(path: &Path) -> Option<Entry> {
    serde_json::from_slice(&secret_file::read(path).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn token(password: &str, expires_at: i64) -> RegistryToken {
        RegistryToken {
            password: Zeroizing::new(password.to_owned()),
            issued_at: Timestamp::from_seconds(100),
            expires_at: Timestamp::from_seconds(expires_at),
            proxy_endpoint: String::new(),
        }
    }

    fn key<'a>(host: &'a str, principal: &'a str) -> CacheKey<'a> {
        CacheKey { host, endpoint: "https://api.example.com", principal }
    }

    #[test]
    fn a_token_is_found_by_whom_it_was_kept_for_and_read_by_its_owner() {
        let home = tempfile::tempdir().unwrap();
        let cache = TokenCache(Some(home.path().join("a/b")));
        cache.keep(&key("one", "AKIA1"), &token("pw1", 1_000));
        cache.keep(&key("one", "AKIA2"), &token("pw2", 2_000));
        let found = |host, principal| cache.find(&key(host, principal)).map(|t| t.password);
        assert_eq!(found("one", "AKIA1").as_deref().map(String::as_str), Some("pw1"));
        assert_eq!(found("one", "AKIA2").as_deref().map(String::as_str), Some("pw2"));
        assert!(found("one", "AKIA3").is_none() && found("two", "AKIA1").is_none());
        let other = CacheKey { endpoint: "https://other.example.com", ..key("one", "AKIA1") };
        assert!(cache.find(&other).is_none());

        let folder = home.path().join("a/b");
        let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&folder), 0o700);
        for file in folder.read_dir().unwrap() {
            assert_eq!(mode(&file.unwrap().path()), 0o600);
        }
    }

    #[test]
    fn expired_tokens_go_and_forgotten_ones_too() {
        let home = tempfile::tempdir().unwrap();
        let cache = TokenCache(Some(home.path().to_owned()));
        cache.keep(&key("old", "AKIA1"), &token("pw", 100));
        cache.keep(&key("one", "AKIA1"), &token("pw", 1_000));
        cache.keep(&key("two", "AKIA1"), &token("pw", 1_000));
        assert!(cache.find(&key("old", "AKIA1")).is_none());
        cache.forget("one");
        assert_eq!(cache.hosts(Timestamp::from_seconds(100)), ["two"]);
        assert!(cache.hosts(Timestamp::from_seconds(1_000)).is_empty());
        assert_eq!(home.path().read_dir().unwrap().count(), 1);
    }

    #[test]
    fn a_file_that_others_may_read_is_not_believed() {
        let home = tempfile::tempdir().unwrap();
        let cache = TokenCache(Some(home.path().to_owned()));
        cache.keep(&key("one", "AKIA1"), &token("pw", 1_000));
        let file = home.path().read_dir().unwrap().next().unwrap().unwrap().path();
        std::fs::set_permissions(&file, PermissionsExt::from_mode(0o644)).unwrap();
        assert!(cache.find(&key("one", "AKIA1")).is_none());
        std::fs::set_permissions(&file, PermissionsExt::from_mode(0o600)).unwrap();
        secret_file::replace(&file, b"junk").unwrap();
        assert!(cache.find(&key("one", "AKIA1")).is_none());
    }
}
