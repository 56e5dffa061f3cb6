//! RekeyRepository, DescribeRekey: changes under which key a repository is. ECR has no such
//! operation.

use db::{Rekey, Repository, Tx};
use names::{EncryptionKey, RekeyStage, RepositoryArn, Timestamp};

use crate::jobs::rekey_repository::RekeyRepository;
use crate::operations::require_repository;
use crate::repository::create_repository::grants;
use crate::{EncryptionRefusal, Failure, Operations};

impl Operations {
    /// Puts a repository under another key. What is pushed from now on is under it; a job encrypts
    /// the rest again. Until that has ended, what is not done yet needs the key before as well.
    ///
    /// Asked again for the same key, it answers how far it is.
    pub async fn rekey_repository(
        &self,
        arn: &RepositoryArn,
        to: &EncryptionKey,
    ) -> Result<Rekey, Failure> {
        let (wanted, to, now) = (arn.clone(), to.clone(), self.now());
        self.change_repository(arn, move |tx| {
            let repository = require_repository(tx, &wanted)?;
            let known = tx.find_rekey(repository.key)?;
            match known {
                Some(rekey) if rekey.to_key == to && repository.encryption_key == to => Ok(rekey),
                Some(Rekey { ended_at: None, .. }) => {
                    Err(EncryptionRefusal::RekeyInProgress { repository: wanted.clone() }.into())
                }
                Some(_) | None if repository.encryption_key == to => {
                    Err(EncryptionRefusal::SameKey { repository: wanted.clone() }.into())
                }
                Some(_) | None => begin(tx, &wanted, &repository, &to, now),
            }
        })
        .await
    }

    /// How far the last change of a repository's key is; `None` if there was none.
    pub async fn describe_rekey(&self, arn: &RepositoryArn) -> Result<Option<Rekey>, Failure> {
        let arn = arn.clone();
        let find = move |tx: &mut Tx<'_>| {
            let repository = require_repository(tx, &arn)?;
            Ok::<_, Failure>(tx.find_rekey(repository.key)?)
        };
        self.db.read(find).await
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
