//! GetSecretValue.

use db::{Secret, Tx};
use keys::Keyring;
use names::{SecretRef, Timestamp};

use super::refusal::SecretRefusal;
use super::value::{self, SecretValue};
use super::versions::{CURRENT, STAGES_READ, require_alive};
use crate::{Failure, Operations};

/// A version that was read.
#[derive(Debug, Clone)]
pub struct ReadVersion {
    /// Its secret.
    pub secret: Secret,
    /// Its id.
    pub version: String,
    /// Its labels.
    pub stages: Vec<String>,
    /// Its value.
    pub value: SecretValue,
    /// When it was put.
    pub created_at: Timestamp,
    /// The day on which it was last read.
    accessed_at: Option<Timestamp>,
}

/// Microseconds of a day.
const DAY: i64 = 24 * 60 * 60 * 1_000_000;

impl Operations {
    /// The value of a version, named by its id, by a label, or by both; the current one if by
    /// neither. Of reads, only the day is noted.
    pub async fn get_secret_value(
        &self,
        wanted: &SecretRef,
        version: Option<String>,
        stage: Option<String>,
    ) -> Result<ReadVersion, Failure> {
        let read = self.read_secret_value(wanted, version, stage).await?;
        let micros = self.now().as_micros();
        let today = Timestamp::from_micros(micros - micros.rem_euclid(DAY));
        let is_noted = read.secret.accessed_at == Some(today) && read.accessed_at == Some(today);
        if !is_noted && !self.is_read_only() {
            let (arn, version) = (read.secret.arn.clone(), read.version.clone());
            let note = move |tx: &mut Tx<'_>| {
                Ok::<_, Failure>(tx.note_secret_access(&arn, &version, today)?)
            };
            self.db.write(note).await?;
        }
        Ok(read)
    }

    /// The same, without a note.
    pub(crate) async fn read_secret_value(
        &self,
        wanted: &SecretRef,
        version: Option<String>,
        stage: Option<String>,
    ) -> Result<ReadVersion, Failure> {
        let (keyring, wanted, now) = (self.keyring.clone(), wanted.clone(), self.now());
        self.db
            .read(move |tx| {
                let secret = require_alive(tx, &wanted, now)?;
                read(tx, &keyring, secret, version.as_deref(), stage.as_deref())
            })
            .await
    }
}

fn read(
    tx: &mut Tx<'_>,
    keyring: &Keyring,
    secret: Secret,
    version: Option<&str>,
    stage: Option<&str>,
) -> Result<ReadVersion, Failure> {
    let labels = tx.list_secret_stages(&secret.arn, STAGES_READ)?;
    let wanted = stage.or(version.is_none().then_some(CURRENT));
    let labelled = wanted.and_then(|stage| labels.iter().find(|(label, _)| label == stage));
    let version = match (version, wanted, labelled) {
        (Some(version), Some(_), named) => {
            if named.is_none_or(|(_, named)| named != version) {
                return Err(SecretRefusal::OtherStage.into());
            }
            version.to_owned()
        }
        (Some(version), None, _) => version.to_owned(),
        (None, _, Some((_, named))) => named.clone(),
        (None, stage, None) => {
            let stage = stage.unwrap_or(CURRENT).to_owned();
            return Err(SecretRefusal::StageNotFound { stage }.into());
        }
    };
    let found = tx.find_secret_version(&secret.arn, &version)?;
    let missing = || SecretRefusal::VersionNotFound { version: version.clone() };
    let (row, sealed) = found.ok_or_else(missing)?;
    let value = value::open(keyring, (&secret.arn, &version), &sealed)?;
    let is_its = |(_, named): &&(String, String)| *named == version;
    let stages = labels.iter().filter(is_its).map(|(stage, _)| stage.clone()).collect();
    let (created_at, accessed_at) = (row.created_at, row.accessed_at);
    Ok(ReadVersion { secret, version, stages, value, created_at, accessed_at })
}
