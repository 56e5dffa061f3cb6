//! Performs acts on the registry and on the model, and compares the answers.

use std::fmt::Debug;
use std::time::Duration;

use db::testing::Engine;
use jobs::Lane;
use names::{Digest, RepositoryArn, Timestamp};
use operations::fsck::{Depth, Finding, Severity};
use operations::{
    Failure, GRACE, LEASE, LayerRefusal, MountSource, Mounted, Refusal, RepositoryRefusal,
    RepositorySettings, UPLOAD_LIFE,
};

use crate::act::{Act, Failing};
use crate::catalogue::{Catalogue, mutability_of};
use crate::fixture::World;
use crate::state::{Presence, Registry, Repository, Setting};
use crate::undo::WINDOW;

/// A registry and its model, side by side.
pub(crate) struct Trial<'a> {
    pub(crate) catalogue: &'a Catalogue,
    pub(crate) world: World,
    pub(crate) model: Registry,
    pub(crate) setting: Setting,
    /// May the act under way meet a fault?
    failing: bool,
    /// An upload whose object was deleted because of its digest, and whose row a fault has kept.
    pub(crate) upload_may_be_damaged: bool,
}

/// What a verb answered; nothing if it met a fault that was asked for.
pub(crate) type Answer<T> = Option<Result<T, Refusal>>;

impl<'a> Trial<'a> {
    pub(crate) fn new(catalogue: &'a Catalogue, engine: Engine) -> Self {
        let (world, model) = (World::new(engine), Registry::default());
        let setting = Setting::default();
        Self { catalogue, world, model, setting, failing: false, upload_may_be_damaged: false }
    }

    pub(crate) async fn perform(&mut self, act: &Act) -> Result<(), String> {
        let Act::Failing { failing, act } = act else {
            let done = self.perform_one(act).await.map_err(|why| format!("{act:?}: {why}"));
            return done.and(self.learn_statuses().await);
        };
        match *failing {
            Failing::Commit { nth } => self.world.db().faults().fail_commit(nth),
            Failing::Store { call, nth, fault } => self.world.faults().arm(call, nth, fault),
            Failing::Archive { call, nth, fault } => {
                self.world.archive_faults().arm(call, nth, fault);
            }
        }
        self.failing = true;
        let done = self.perform_one(act).await.map_err(|why| format!("{failing:?} {act:?}: {why}"));
        self.failing = false;
        self.world.db().faults().clear();
        self.world.faults().disarm();
        self.world.archive_faults().disarm();
        done.and(self.learn_statuses().await)
    }

    #[expect(clippy::too_many_lines, reason = "one exhaustive match, an act an arm")]
    async fn perform_one(&mut self, act: &Act) -> Result<(), String> {
        match *act {
            Act::CreateRepository { repository, mutability } => {
                self.create_repository(repository, mutability).await
            }
            Act::DeleteRepository { repository, force } => {
                self.delete_repository(repository, force).await
            }
            Act::PutMutability { repository, mutability } => {
                self.put_mutability(repository, mutability).await
            }
            Act::Rekey { repository, key } => self.rekey(repository, key).await,
            Act::Initiate { repository, content } => self.initiate(repository, content).await,
            Act::Append { upload, stretch, manner } => self.append(upload, stretch, manner).await,
            Act::Complete { upload, ending } => self.complete(upload, ending).await,
            Act::Cancel { upload } => self.cancel(upload).await,
            Act::UploadLayer { repository, content, manner } => {
                self.upload_layer(repository, content, manner).await
            }
            Act::Mount { repository, from, content } => self.mount(repository, from, content).await,
            Act::HeadBlob { repository, content } => self.head_blob(repository, content).await,
            Act::DeleteBlob { repository, content } => self.delete_blob(repository, content).await,
            Act::PutImage { repository, image, tags, refuse_same } => {
                self.put_image(repository, image, tags, refuse_same).await
            }
            Act::PushImage { repository, image, tags } => {
                self.push_image(repository, image, tags).await
            }
            Act::BatchDelete { repository, image, tag } => {
                self.batch_delete(repository, image, tag).await
            }
            Act::DeleteManifest { repository, image, tag } => {
                self.delete_manifest(repository, image, tag).await
            }
            Act::RollBack { repository, tag, to } => self.roll_back(repository, tag, to).await,
            Act::Move { repository, image, target } => {
                self.update_storage_class(repository, image, target).await
            }
            Act::RestoreImage { repository, image, tags } => {
                self.restore_image(repository, image, tags).await
            }
            Act::UseArchive => self.use_archive().await,
            Act::UndoWithin { window } => self.undo_within(window).await,
            Act::List { repository, limit } => self.list(repository, limit.into()).await,
            Act::Forward { seconds } => {
                self.world.clock.forward(Duration::from_secs(seconds));
                Ok(())
            }
            Act::RunJobs => self.run_due().await,
            Act::RunRecords => {
                let ran = self.world.run_lane(Lane::Records).await;
                self.judge(ran.map_err(Failure::from)).map(drop)
            }
            Act::RecordPulls => {
                let recorded = self.world.operations().record_pulls().await;
                self.judge(recorded).map(drop)
            }
            Act::Restart => {
                self.world.restart();
                self.settle_archive_storage().await
            }
            Act::Quieten => {
                self.world.faults().disarm();
                self.world.archive_faults().disarm();
                self.world.db().faults().clear();
                self.quieten().await
            }
            Act::Failing { .. } => Err("one fault at a time".to_owned()),
        }
    }

    pub(crate) fn now(&self) -> Timestamp {
        names::Clock::now(&*self.world.clock)
    }

    /// Sorts an answer: a fault is right only if one was asked for.
    pub(crate) fn judge<T>(&self, outcome: Result<T, Failure>) -> Result<Answer<T>, String> {
        match outcome {
            Ok(value) => Ok(Some(Ok(value))),
            Err(Failure::Refused(refusal)) => Ok(Some(Err(refusal))),
            Err(Failure::Fault(_)) if self.failing => Ok(None),
            Err(Failure::Fault(fault)) => Err(format!("a fault: {}", fault.chain())),
        }
    }

    /// Tells the model how the server was started.
    pub(crate) fn spread_setting(&mut self) {
        for repository in self.model.0.values_mut() {
            repository.setting = self.setting;
        }
    }

    pub(crate) fn is_failing(&self) -> bool {
        self.failing
    }

    pub(crate) fn repository(&mut self, arn: &RepositoryArn) -> Option<&mut Repository> {
        self.model.0.get_mut(&arn.repository)
    }

    /// The layer that a number means: now and then under its SHA-512 digest.
    pub(crate) fn layer(&self, number: u8) -> Digest {
        let content = self.catalogue.content(number);
        if number % 7 == 6 { content.sha512.clone() } else { content.sha256.clone() }
    }

    async fn create_repository(&mut self, number: u8, mutability: u8) -> Result<(), String> {
        let arn = self.catalogue.repository(number).clone();
        let (mutability, filters) = mutability_of(mutability);
        let settings = RepositorySettings {
            mutability,
            exclusion_filters: filters.clone(),
            ..RepositorySettings::default()
        };
        let created = self.world.operations().create_repository(&arn, settings).await;
        let Some(created) = self.judge(created)? else { return Ok(()) };
        if self.repository(&arn).is_some() {
            return same(
                "answer",
                created.err(),
                Some(RepositoryRefusal::AlreadyExists(arn).into()),
            );
        }
        same("answer", created.map(|created| created.name), Ok(arn.repository.clone()))?;
        self.model.0.insert(arn.repository, Repository::new(mutability, filters, self.setting));
        Ok(())
    }

    async fn delete_repository(&mut self, number: u8, force: bool) -> Result<(), String> {
        let arn = self.catalogue.repository(number).clone();
        let deleted = self.world.operations().delete_repository(&arn, force).await;
        let Some(deleted) = self.judge(deleted)? else { return Ok(()) };
        let Some(repository) = self.repository(&arn) else {
            return same("answer", deleted.err(), Some(RepositoryRefusal::NotFound(arn).into()));
        };
        if !force && !repository.images.is_empty() {
            return same("answer", deleted.err(), Some(RepositoryRefusal::NotEmpty(arn).into()));
        }
        same("answer", deleted.map(|deleted| deleted.name), Ok(arn.repository.clone()))?;
        self.model.0.remove(&arn.repository);
        Ok(())
    }

    async fn put_mutability(&mut self, number: u8, mode: u8) -> Result<(), String> {
        let arn = self.catalogue.repository(number).clone();
        let (mutability, filters) = mutability_of(mode);
        let operations = self.world.operations();
        let put = operations.put_image_tag_mutability(&arn, mutability, filters.clone()).await;
        let Some(put) = self.judge(put)? else { return Ok(()) };
        let Some(repository) = self.repository(&arn) else {
            return same("answer", put.err(), Some(RepositoryRefusal::NotFound(arn).into()));
        };
        same("answer", put.map(|put| put.mutability), Ok(mutability))?;
        (repository.mutability, repository.filters) = (mutability, filters);
        Ok(())
    }

    async fn mount(&mut self, number: u8, from: u8, content: u8) -> Result<(), String> {
        let (arn, now) = (self.catalogue.repository(number).clone(), self.now());
        let from = self.catalogue.repository(from).repository.clone();
        let layer = self.layer(content);
        let source = MountSource::From(from.clone());
        let mounted = self.world.operations().mount_blob(&arn, &layer, source).await;
        let Some(mounted) = self.judge(mounted)? else { return Ok(()) };
        let there = self.model.0.get(&from);
        let there = there.map_or(Presence::Impossible, |source| source.presence(&layer, now));
        let there = self.under_one_key(&arn, &from, there);
        let Some(repository) = self.repository(&arn) else {
            return same("answer", mounted.err(), Some(RepositoryRefusal::NotFound(arn).into()));
        };
        let mounted = mounted.map_err(|refusal| refusal.to_string())? == Mounted::Yes;
        if mounted {
            repository.promise(&layer, now.plus(LEASE));
        }
        possible("mounted", mounted, there)
    }

    async fn head_blob(&mut self, number: u8, content: u8) -> Result<(), String> {
        let (arn, now) = (self.catalogue.repository(number).clone(), self.now());
        let layer = self.layer(content);
        let size = self.catalogue.bytes_of(&layer).len() as u64;
        let found = self.world.operations().head_blob(&arn, &layer).await;
        let Some(found) = self.judge(found)? else { return Ok(()) };
        let Some(repository) = self.repository(&arn) else {
            return same("answer", found.err(), Some(RepositoryRefusal::NotFound(arn).into()));
        };
        let there = repository.presence(&layer, now);
        let found = found.map_err(|refusal| refusal.to_string())?;
        match found {
            Some(_) => repository.promise(&layer, now.plus(LEASE / 2)),
            None => repository.learn_absent(&layer),
        }
        possible("found", found.is_some(), there)?;
        same("size", found.unwrap_or(size), size)
    }

    async fn delete_blob(&mut self, number: u8, content: u8) -> Result<(), String> {
        let (arn, now) = (self.catalogue.repository(number).clone(), self.now());
        let layer = self.layer(content);
        let deleted = self.world.operations().delete_blob(&arn, &layer).await;
        let Some(deleted) = self.judge(deleted)? else { return Ok(()) };
        let Some(repository) = self.repository(&arn) else {
            return same("answer", deleted.err(), Some(RepositoryRefusal::NotFound(arn).into()));
        };
        if repository.needs(&layer) {
            let in_use = LayerRefusal::InUse { repository: arn, digest: layer }.into();
            return same("answer", deleted.err(), Some(in_use));
        }
        let there = repository.presence(&layer, now);
        repository.layers.remove(&layer);
        repository.dropped.insert(layer);
        possible("deleted", deleted.map_err(|refusal| refusal.to_string())?, there)
    }

    /// Lets all leases run out and all jobs end. Then only what is needed is left.
    pub(crate) async fn quieten(&mut self) -> Result<(), String> {
        self.settle_archive_storage().await?;
        self.world.clock.forward(LEASE + UPLOAD_LIFE + GRACE);
        if self.model.0.values().any(|repository| !repository.kept.is_empty()) {
            self.world.clock.forward(WINDOW);
        }
        for _ in 0..8 {
            self.run_due().await?;
            self.world.clock.forward(Duration::from_hours(1));
        }
        for repository in self.model.0.values_mut() {
            repository.settle();
        }
        self.learn_statuses().await?;
        self.upload_may_be_damaged = false;
        let waiting = self.world.db().read(|tx| {
            let lanes = Lane::ALL.map(|lane| tx.next_job_due(lane.as_str()));
            Ok::<_, db::DbError>(lanes.into_iter().filter(|due| !matches!(due, Ok(None))).count())
        });
        same("lanes with jobs left", waiting.await.map_err(|error| error.to_string())?, 0)?;
        same("findings", self.world.findings(Depth::Digests).await, Vec::new())?;
        self.verify_places().await?;
        self.verify_keys().await?;
        self.verify(true).await
    }

    /// At any moment, nothing is lost and nothing is forgotten.
    pub(crate) async fn check(&self) -> Result<(), String> {
        let excused = |finding: &Finding| {
            self.upload_may_be_damaged && matches!(finding, Finding::UploadDamaged { .. })
        };
        let mut found = self.world.findings(Depth::Objects).await;
        found.retain(|finding| finding.severity() == Severity::Error && !excused(finding));
        let texts: Vec<String> = found.iter().map(ToString::to_string).collect();
        same("findings", texts, Vec::new())
    }
}

/// Are the registry's answer and the model's the same?
#[expect(clippy::needless_pass_by_value, reason = "answers are made to be compared")]
pub(crate) fn same<T: PartialEq + Debug>(what: &str, actual: T, model: T) -> Result<(), String> {
    if actual == model {
        Ok(())
    } else {
        Err(format!("{what}\n  of the registry: {actual:?}\n  of the model:    {model:?}"))
    }
}

/// Does the model allow that something is there, or that it is not?
pub(crate) fn possible(what: &str, actual: bool, model: Presence) -> Result<(), String> {
    if model.allows(actual) {
        Ok(())
    } else {
        Err(format!("{what}: {actual}, but in the model it is {model:?}"))
    }
}
