//! The root access key: made at the first start, kept readable by the owner alone, and told once.

use std::path::{Path, PathBuf};

use db::{AccessKey, Db, DbError, KeyOwner, Tx};
use keys::Keyring;
use keys::secret_file::{self, SecretFileError};
use names::{AccountId, Clock, KeyKind};
use operations::{ACCESS_KEY_PURPOSE, made_secret};
use serde::{Deserialize, Serialize};

use crate::config::Config;
use crate::start::{StartError, chain};

/// The root access key of an account, in the words of AWS's own JSON.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct RootKey {
    /// Whose root.
    pub account_id: String,
    /// `AKIA…`.
    pub access_key_id: String,
    /// The secret.
    pub secret_access_key: String,
    /// Where the server was last reached.
    pub endpoint_url: String,
    /// Its Region.
    pub region: String,
}

/// Was the key made now?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Novelty {
    Made,
    Known,
}

/// The file of an account's root key in the data folder.
fn path(data: &Path, account: &AccountId) -> PathBuf {
    data.join(format!("root-access-key-{account}.json"))
}

/// Reads the root key that the server left in its data folder, for `longshore env` and `login`.
pub fn read_root_key(data: &Path, account: &AccountId) -> Result<RootKey, String> {
    let path = path(data, account);
    let bytes = secret_file::read(&path).map_err(|error| match error {
        SecretFileError::NotFound { .. } => format!(
            "{} is not there: start the server once with `longshore serve`, or name its folder with --data",
            path.display()
        ),
        other => other.to_string(),
    })?;
    serde_json::from_slice(&bytes).map_err(|error| format!("{}: {error}", path.display()))
}

/// The root key of the default account: from the environment, or the folder, or made now. Its secret is
/// sealed in a row; the file is for people.
pub(crate) async fn settle_root_key(
    config: &Config,
    endpoint_url: String,
    db: &Db,
    keyring: &Keyring,
    clock: &dyn Clock,
) -> Result<(RootKey, Novelty), StartError> {
    let file = path(&config.data, &config.account);
    let kept =
        match secret_file::read(&file) {
            Ok(bytes) => Some(serde_json::from_slice::<RootKey>(&bytes).map_err(|error| {
                StartError(format!("{} cannot be read: {error}", file.display()))
            })?),
            Err(SecretFileError::NotFound { .. }) => None,
            Err(error) => return Err(StartError(error.to_string())),
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
    let key = RootKey {
        account_id: config.account.as_str().to_owned(),
        access_key_id: id,
        secret_access_key: secret,
        endpoint_url,
        region: config.region.as_str().to_owned(),
    };
    write_file(&file, &key, kept.as_ref())?;
    match find_rows(&key, &config.account, db, keyring).await? {
        Rows::Closed => {
            return Err(StartError(format!(
                "the account {} was closed: choose another with --account",
                config.account
            )));
        }
        Rows::Known => {}
        // Whoever took the file's key away has made another, and that one is good.
        Rows::Others if config.root_key.is_none() => {
            tracing::warn!(file = %file.display(), "the root access key in the file was deleted or deactivated");
        }
        Rows::Others | Rows::None => write_rows(&key, &config.account, db, keyring, clock).await?,
    }
    Ok((key, novelty))
}

/// Writes the file if it says something else. On a full disk a key that is there already must do: pulls go on,
/// and what is deleted makes room.
fn write_file(file: &Path, key: &RootKey, kept: Option<&RootKey>) -> Result<(), StartError> {
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
            tracing::warn!(error = chain(&error), "the root access key's file is not up to date");
            Ok(())
        }
        Err(error) => Err(StartError(chain(&error))),
    }
}

/// What the rows say of the account's root keys.
enum Rows {
    /// The account is closed.
    Closed,
    /// The key is there, and good.
    Known,
    /// It is not, or not good, but others are.
    Others,
    /// There is none.
    None,
}

/// Looks whether the key is in the rows as it is in the file: then a start writes nothing.
async fn find_rows(
    key: &RootKey,
    account: &AccountId,
    db: &Db,
    keyring: &Keyring,
) -> Result<Rows, StartError> {
    let (id, of) = (key.access_key_id.clone(), account.clone());
    let look = move |tx: &mut Tx<'_>| {
        let account = tx.find_account(&of)?;
        let keys = tx.list_access_keys(&of, &KeyOwner::Root, None, ROOT_KEYS_LOOKED_AT)?;
        Ok((account, tx.find_access_key(&id)?, keys))
    };
    let (found, row, keys) = db.read(look).await.map_err(|error: DbError| {
        StartError(format!("the root access key cannot be looked up: {}", chain(&error)))
    })?;
    let Some(found) = found else { return Ok(Rows::None) };
    if found.closed_at.is_some() {
        return Ok(Rows::Closed);
    }
    let is_same = |row: &AccessKey| {
        let secret = keyring.open(ACCESS_KEY_PURPOSE, &row.id, &row.sealed_secret);
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
    db: &Db,
    keyring: &Keyring,
    clock: &dyn Clock,
) -> Result<(), StartError> {
    let id = key.access_key_id.clone();
    let row = AccessKey {
        sealed_secret: keyring.seal(ACCESS_KEY_PURPOSE, &id, key.secret_access_key.as_bytes()),
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
    .map_err(|error: DbError| {
        StartError(format!("the root access key cannot be kept: {}", chain(&error)))
    })
}

/// What a newcomer needs to know next.
pub(crate) fn welcome(key: &RootKey, novelty: Novelty, config: &Config) -> String {
    let data = config.data.display();
    let host = key.endpoint_url.split_once("://").map_or("", |(_, host)| host);
    let root = match novelty {
        Novelty::Made => "A root access key was made and is kept there, readable by you alone.",
        Novelty::Known => "The root access key is kept there, readable by you alone.",
    };
    let quoted = shell_word(&config.data.to_string_lossy());
    format!(
        "Longshore serves the registry of account {account} in {region}.
Everything is kept in {data}. {root}

  eval \"$(longshore env --data {quoted})\"                  # credentials and endpoint for aws
  aws ecr create-repository --repository-name hello
  longshore login --data {quoted}                         # docker login {host}
  docker tag IMAGE {host}/hello:latest && docker push {host}/hello:latest
",
        account = key.account_id,
        region = key.region,
    )
}

/// A word as a shell takes it, quoted only where it must be.
pub(crate) fn shell_word(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+:=@%".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}
