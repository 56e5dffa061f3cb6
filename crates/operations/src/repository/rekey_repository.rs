//! RekeyRepository, DescribeRekey: changes under which key a repository is. ECR has no such
//! operation.

use db::{Rekey, Repository, Tx};
use jobs::Job as _;
use names::{EncryptionKey, RekeyStage, RepositoryArn, Timestamp};

use crate::jobs::rekey_repository::RekeyRepository;
use crate::operations::require_repository;
use crate::repository::create_repository::grants;
use crate::{EncryptionRefusal, Failure, Operations};

/// How far a change of a repository's key is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DescribedRekey {
    /// The change.
    pub rekey: Rekey,
    /// Why it does not go on for now: a key is disabled, or a layer cannot be read.
    pub waits_because: Option<String>,
}

impl Operations {
    /// Puts a repository under another key. What is pushed from now on is under it; a job encrypts
    /// the rest again. Until that has ended, what is not done yet needs the key before as well. It
    /// must be usable now: a change does not open what its owner has closed.
    ///
    /// Asked again for the same key, it answers how far it is.
    pub async fn rekey_repository(
        &self,
        arn: &RepositoryArn,
        to: &EncryptionKey,
    ) -> Result<Rekey, Failure> {
        let (wanted, under) = (arn.clone(), to.clone());
        let look = move |tx: &mut Tx<'_>| {
            let repository = require_repository(tx, &wanted)?;
            let known = find_known(tx, &wanted, &repository, &under)?;
            Ok::<_, Failure>((known, repository.encryption_key))
        };
        let (known, before) = self.db.read(look).await?;
        if let Some(known) = known {
            return Ok(known);
        }
        self.require_usable_key(arn, &before).await?;
        let (wanted, under, now) = (arn.clone(), to.clone(), self.now());
        let rekey = self
            .change_repository(arn, move |tx| {
                let repository = require_repository(tx, &wanted)?;
                match find_known(tx, &wanted, &repository, &under)? {
                    Some(known) => Ok(known),
                    None if repository.encryption_key == before => {
                        begin(tx, &wanted, &repository, &under, now)
                    }
                    None => {
                        Err(EncryptionRefusal::RekeyInProgress { repository: wanted.clone() }
                            .into())
                    }
                }
            })
            .await?;
        self.key_hints.note(arn, &rekey.to_key);
        Ok(rekey)
    }

    /// The key that a repository is under.
    pub async fn find_encryption_key(&self, arn: &RepositoryArn) -> Result<EncryptionKey, Failure> {
        let arn = arn.clone();
        let find = move |tx: &mut Tx<'_>| require_repository(tx, &arn);
        Ok(self.db.read(find).await?.encryption_key)
    }

    /// How far the last change of a repository's key is; `None` if there was none.
    pub async fn describe_rekey(
        &self,
        arn: &RepositoryArn,
    ) -> Result<Option<DescribedRekey>, Failure> {
        let arn = arn.clone();
        let find = move |tx: &mut Tx<'_>| {
            let repository = require_repository(tx, &arn)?;
            let Some(rekey) = tx.find_rekey(repository.key)? else { return Ok(None) };
            let subject = RekeyRepository::new(repository.key).subject();
            let job = tx.find_job(RekeyRepository::NAME, &subject)?;
            let waits_because = job.and_then(|job| job.waits_because.or(job.last_error));
            Ok::<_, Failure>(Some(DescribedRekey { rekey, waits_because }))
        };
        self.db.read(find).await
    }
}

/// The change that was asked for before; `None` if a new one can begin.
fn find_known(
    tx: &mut Tx<'_>,
    arn: &RepositoryArn,
    repository: &Repository,
    to: &EncryptionKey,
) -> Result<Option<Rekey>, Failure> {
    match tx.find_rekey(repository.key)? {
        Some(rekey) if rekey.to_key == *to && repository.encryption_key == *to => Ok(Some(rekey)),
        Some(Rekey { ended_at: None, .. }) => {
            Err(EncryptionRefusal::RekeyInProgress { repository: arn.clone() }.into())
        }
        Some(_) | None if repository.encryption_key == *to => {
            Err(EncryptionRefusal::SameKey { repository: arn.clone() }.into())
        }
        Some(_) | None => Ok(None),
    }
}

fn begin(
    tx: &mut Tx<'_>,
    arn: &RepositoryArn,
    repository: &Repository,
    to: &EncryptionKey,
    now: Timestamp,
) -> Result<Rekey, Failure> {
    let granted = grants(tx, to, arn, now)?;
    tx.put_repository_key(repository.key, to, &granted)?;
    let rekey = Rekey {
        from_key: repository.encryption_key.clone(),
        kms_grants: repository.kms_grants.clone(),
        to_key: to.clone(),
        stage: RekeyStage::Counting,
        position: String::new(),
        layers: 0,
        bytes: 0,
        layers_done: 0,
        bytes_done: 0,
        images_done: 0,
        begun_at: now,
        ended_at: None,
    };
    tx.put_rekey(repository.key, &rekey)?;
    jobs::enqueue(tx, &RekeyRepository::new(repository.key), now, now)?;
    Ok(rekey)
}
