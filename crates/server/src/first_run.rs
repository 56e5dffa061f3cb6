//! The root access key. In a data folder it is made at the first start, stored readable only by the
//! owner, and announced once. Nodes that share a database get it from the operator: a file on one
//! node would be unknown to the others.

use std::path::{Path, PathBuf};

use db::{AccessKey, DbError, KeyOwner, Tx};
use iam::made_secret;
use keys::SealedAs;
use keys::secret_file::{self, SecretFileError};
use names::{AccountId, KeyKind, Region, error_chain};
use serde::{Deserialize, Serialize};

use crate::config::Config;
use crate::stores::Stores;

/// The root access key of an account, in the words of AWS's own JSON.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct RootKey {
    /// The account.
    pub account_id: String,
    /// `AKIA…`.
    pub access_key_id: String,
    /// The secret.
    pub secret_access_key: String,
    /// The URL at which the server last listened.
    pub endpoint_url: String,
    /// Its Region.
    pub region: String,
}

/// Why there is no root access key, to start with or to use.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the sentences say what each case is, and what its fields are")]
pub enum RootKeyError {
    #[error(
        "{} does not exist: start the server once with `longshore serve`; if the folder was restored, copy the file into it; or name the right folder with --data",
        file.display()
    )]
    NotThere { file: PathBuf },
    #[error("{}: {why}", file.display())]
    NotJson { file: PathBuf, why: serde_json::Error },
    #[error("cannot read {}: {why}", file.display())]
    Malformed { file: PathBuf, why: serde_json::Error },
    #[error("{0}")]
    Unreadable(SecretFileError),
    #[error(transparent)]
    Unwritten(SecretFileError),
    #[error("account {0} was closed: choose another with --account")]
    Closed(AccountId),
    #[error(
        "the database holds no root access key yet: set LONGSHORE_ROOT_ACCESS_KEY_ID (16 to 128 letters and digits) \
         and LONGSHORE_ROOT_SECRET_ACCESS_KEY (16 to 128 visible characters), the same on every node"
    )]
    NoneGiven,
    #[error("cannot look up the root access key")]
    NotLookedUp(#[source] DbError),
    #[error("cannot store the root access key")]
    NotStored(#[source] DbError),
}

/// Where the operator finds the root key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Novelty {
    /// In the folder, since now.
    Made,
    /// In the folder.
    Known,
    /// In no file: the operator gave it to the nodes, or has another one from IAM.
    Given,
    /// Elsewhere: the rows came without the file, as after a restore, or the file's key no longer
    /// works.
    Elsewhere,
}

/// The file of an account's root key in the data folder.
fn path(data: &Path, account: &AccountId) -> PathBuf {
    data.join(format!("root-access-key-{account}.json"))
}

/// Reads the root key that the server left in its data folder, for `longshore env` and `login`.
pub fn read_root_key(data: &Path, account: &AccountId) -> Result<RootKey, RootKeyError> {
    let path = path(data, account);
    let bytes = secret_file::read(&path).map_err(|error| match error {
        SecretFileError::NotFound { path } => RootKeyError::NotThere { file: path },
        other => RootKeyError::Unreadable(other),
    })?;
    serde_json::from_slice(&bytes).map_err(|why| RootKeyError::NotJson { file: path, why })
}

/// The root key of the default account: from the environment, or the folder, or made now. Its
/// secret is sealed in a row; the file is for people.
pub(crate) async fn settle_root_key(
    config: &Config,
    endpoint_url: &str,
    stores: &Stores,
) -> Result<Novelty, RootKeyError> {
    if config.storage.is_shared() {
        return settle_shared_root_key(config, endpoint_url, stores).await;
    }
    let file = path(&config.storage.data, &config.account);
    let kept = match secret_file::read(&file) {
        Ok(bytes) => Some(
            serde_json::from_slice::<RootKey>(&bytes)
                .map_err(|why| RootKeyError::Malformed { file: file.clone(), why })?,
        ),
        Err(SecretFileError::NotFound { .. }) => None,
        Err(error) => return Err(RootKeyError::Unreadable(error)),
    };
    let (id, secret, novelty) = match (&config.root_key, &kept) {
        (Some((id, secret)), _) => (id.clone(), secret.clone(), Novelty::Known),
        (None, Some(kept)) => {
            (kept.access_key_id.clone(), kept.secret_access_key.clone(), Novelty::Known)
        }
        (None, None) => (
            KeyKind::LongTerm.access_key_id(&config.account, keys::random()),
            made_secret().expose().to_owned(),
            Novelty::Made,
        ),
    };
    let key = root_key(config, endpoint_url, id, secret);
    let write_file = || write_file(&file, &key, kept.as_ref());
    match find_rows(&key, &config.account, stores).await? {
        Rows::Closed => Err(RootKeyError::Closed(config.account.clone())),
        Rows::Known => write_file().map(|()| novelty),
        // The rows know another key, which is good. One that they do not know would open nothing.
        Rows::Others if config.root_key.is_none() => {
            if kept.is_some() {
                write_file()?;
            }
            warn_of_other_key(&file, kept.is_some());
            Ok(Novelty::Elsewhere)
        }
        Rows::Others | Rows::None => {
            write_file()?;
            write_rows(&key, &config.account, stores).await.map(|()| novelty)
        }
    }
}

fn warn_of_other_key(file: &Path, is_there: bool) {
    let why = if is_there {
        "the root access key in this file does not work: it was deleted or deactivated, or belongs to another registry"
    } else {
        "the file of the root access key is missing, but the database has a root access key"
    };
    tracing::warn!(file = %file.display(), "{why}; {OTHER_KEY_WAYS}");
}

/// What to do if the rows have another root key than the folder.
const OTHER_KEY_WAYS: &str = "copy the file from the old folder, or replace the key: restart once with \
    LONGSHORE_ROOT_ACCESS_KEY_ID and LONGSHORE_ROOT_SECRET_ACCESS_KEY";

/// The root key of nodes that share a database: from the environment, the same on each; or none, if
/// the rows hold one.
async fn settle_shared_root_key(
    config: &Config,
    endpoint_url: &str,
    stores: &Stores,
) -> Result<Novelty, RootKeyError> {
    let (id, secret) = config.root_key.clone().unwrap_or_default();
    let key = root_key(config, endpoint_url, id, secret);
    match (find_rows(&key, &config.account, stores).await?, &config.root_key) {
        (Rows::Closed, _) => Err(RootKeyError::Closed(config.account.clone())),
        (Rows::Known, _) | (Rows::Others, None) => Ok(Novelty::Given),
        (Rows::Others | Rows::None, Some(_)) => {
            write_rows(&key, &config.account, stores).await.map(|()| Novelty::Given)
        }
        (Rows::None, None) => Err(RootKeyError::NoneGiven),
    }
}

fn root_key(config: &Config, endpoint_url: &str, id: String, secret: String) -> RootKey {
    RootKey {
        account_id: config.account.as_str().to_owned(),
        access_key_id: id,
        secret_access_key: secret,
        endpoint_url: endpoint_url.to_owned(),
        region: config.region.as_str().to_owned(),
    }
}

/// Writes the file if its content changed. On a full disk an existing key must do: pulls continue,
/// and deletions free space.
fn write_file(file: &Path, key: &RootKey, kept: Option<&RootKey>) -> Result<(), RootKeyError> {
    if kept == Some(key) {
        return Ok(());
    }
    let opens_the_same = |kept: &RootKey| {
        (&kept.access_key_id, &kept.secret_access_key)
            == (&key.access_key_id, &key.secret_access_key)
    };
    let bytes = serde_json::to_vec_pretty(key).expect("strings are JSON");
    match secret_file::replace(file, &bytes) {
        Ok(()) => Ok(()),
        Err(error) if kept.is_some_and(opens_the_same) => {
            tracing::warn!(
                error = error_chain(&error),
                "cannot update the file of the root access key"
            );
            Ok(())
        }
        Err(error) => Err(RootKeyError::Unwritten(error)),
    }
}

/// The account's root keys in the rows.
enum Rows {
    /// The account is closed.
    Closed,
    /// The key exists and is active.
    Known,
    /// It is missing or inactive, but there are others.
    Others,
    /// There is none.
    None,
}

/// Checks whether the rows have the key of the file: then a start writes nothing.
async fn find_rows(
    key: &RootKey,
    account: &AccountId,
    stores: &Stores,
) -> Result<Rows, RootKeyError> {
    let (id, of) = (key.access_key_id.clone(), account.clone());
    let look = move |tx: &mut Tx<'_>| {
        let account = tx.find_account(&of)?;
        let keys = tx.list_access_keys(&of, &KeyOwner::Root, None, ROOT_KEYS_LOOKED_AT)?;
        Ok((account, tx.find_access_key(&id)?, keys))
    };
    let looked = stores.db.read(look).await;
    let (found, row, keys) = looked.map_err(|error: DbError| RootKeyError::NotLookedUp(error))?;
    let Some(found) = found else { return Ok(Rows::None) };
    if found.closed_at.is_some() {
        return Ok(Rows::Closed);
    }
    let is_same = |row: &AccessKey| {
        let secret = stores.keyring.open_as(SealedAs::AccessKey(&row.id), &row.sealed_secret);
        secret.is_ok_and(|secret| *secret == *key.secret_access_key.as_bytes())
            && row.active
            && row.owner == KeyOwner::Root
            && row.account == *account
    };
    Ok(match row {
        Some(row) if is_same(&row) => Rows::Known,
        Some(_) | None if keys.iter().any(|key| key.active) => Rows::Others,
        Some(_) | None => Rows::None,
    })
}

/// A root user has two keys at most.
const ROOT_KEYS_LOOKED_AT: u32 = 2;

async fn write_rows(
    key: &RootKey,
    account: &AccountId,
    stores: &Stores,
) -> Result<(), RootKeyError> {
    let Stores { db, keyring, clock, .. } = stores;
    let id = key.access_key_id.clone();
    let row = AccessKey {
        sealed_secret: keyring.seal_as(SealedAs::AccessKey(&id), key.secret_access_key.as_bytes()),
        id,
        account: account.clone(),
        owner: KeyOwner::Root,
        active: true,
        created_at: clock.now(),
        last_use: None,
    };
    db.write(move |tx| {
        tx.insert_account(&row.account, row.created_at)?;
        tx.put_access_key(&row)?;
        tx.delete_other_access_keys(&row.account, &row.owner, &row.id)
    })
    .await
    .map(drop)
    .map_err(|error: DbError| RootKeyError::NotStored(error))
}

/// Says where everything is kept, and how to push a first image.
pub(crate) fn welcome(endpoint_url: &str, novelty: Novelty, config: &Config) -> String {
    let host = endpoint_url.split_once("://").map_or("", |(_, host)| host);
    let Config { account, region, storage, .. } = config;
    let kept = storage.describe();
    let quoted = shell_word(&storage.data.to_string_lossy());
    let start = format!("Longshore serves the registry of account {account} in {region}.");
    let (root, login) = match novelty {
        Novelty::Made => (
            format!("A new root access key is in {quoted}; only you can read it."),
            folder_login(&quoted, host),
        ),
        Novelty::Known => (
            format!("The root access key is in {quoted}; only you can read it."),
            folder_login(&quoted, host),
        ),
        Novelty::Given => (
            "Any number of nodes can serve it. Use the root access key that you gave them."
                .to_owned(),
            shared_login(endpoint_url, region, host),
        ),
        Novelty::Elsewhere => (
            format!(
                "There is no working root access key in {quoted}. Use another key that you have; or copy \
                 root-access-key-{account}.json from the old folder and restart; or restart once with \
                 LONGSHORE_ROOT_ACCESS_KEY_ID and LONGSHORE_ROOT_SECRET_ACCESS_KEY, which replace the root key."
            ),
            shared_login(endpoint_url, region, host),
        ),
    };
    format!(
        "{start}
Everything is kept in {kept}. {root}

{login}  docker tag IMAGE {host}/hello:latest && docker push {host}/hello:latest
"
    )
}

fn shared_login(endpoint_url: &str, region: &Region, host: &str) -> String {
    format!(
        "  export AWS_ENDPOINT_URL={endpoint_url} AWS_DEFAULT_REGION={region}   # or the balancer's address
  aws ecr create-repository --repository-name hello
  aws ecr get-login-password | docker login --username AWS --password-stdin {host}
"
    )
}

fn folder_login(data: &str, host: &str) -> String {
    format!(
        "  eval \"$(longshore env --data {data})\"                  # credentials and endpoint for aws
  aws ecr create-repository --repository-name hello
  longshore login --data {data}                         # docker login {host}
"
    )
}

/// Writes a word for a shell, quoted only where necessary.
pub(crate) fn shell_word(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+:=@%".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}
