//! Checks rows that name objects, and objects that rows name.

use blobs::{Blobs, Footer, ParkedUpload, Resumed, StoreError};
use db::{Blob, ImageRecord, Upload};
use jobs::Job;
use names::{ObjectKey, StorageClass, WrappedKey};

use super::check::{Check, PAGE};
use super::{Depth, Finding, Holder, Leftover};
use crate::jobs::reclaim_blob::ReclaimBlob;
use crate::jobs::record_image::{RecordImage, WantedRecord};
use crate::{Failure, Fault, Refusal};

impl Check<'_> {
    /// Every blob has its object.
    pub(super) async fn blobs(&mut self) -> Result<(), Failure> {
        let mut after = None;
        loop {
            let page = self.operations.db.read(move |tx| tx.list_blobs(after, PAGE)).await;
            let page = page.map_err(Failure::from)?;
            let Some(last) = page.last() else { return Ok(()) };
            after = Some(last.key);
            for blob in page {
                self.blob(blob).await?;
            }
        }
    }

    async fn blob(&mut self, blob: Blob) -> Result<(), Failure> {
        self.summary.blobs += 1;
        let Blob {
            key, digest, size_bytes, object, wrapped_key, storage_class, damaged_at, ..
        } = blob;
        let says = Says::Layer(size_bytes, &wrapped_key, storage_class);
        let is_whole = self.object(Holder::Layer(digest.clone()), &object, says).await;
        if is_whole && damaged_at.is_some() && self.depth == Depth::Digests {
            self.found(Finding::NotDamaged { digest: digest.clone(), object });
        }
        let subject = ReclaimBlob::new(key).subject();
        let forgotten = self.operations.db.read(move |tx| {
            Ok(!tx.blob_is_attached(key)? && !tx.job_is_known(ReclaimBlob::NAME, &subject)?)
        });
        if forgotten.await.map_err(|error: db::DbError| Failure::from(error))? {
            self.found(Finding::NobodyReclaims(Leftover::Blob(key, digest)));
        }
        Ok(())
    }

    /// The totals that metrics show are right.
    pub(super) async fn totals(&mut self) -> Result<(), Failure> {
        for (total, actual) in self.operations.count_all().await? {
            let stated = self.operations.db.read(move |tx| tx.find_total(total)).await;
            let stated = stated.map_err(Failure::from)?;
            if stated != actual {
                self.found(Finding::TotalWrong { total, stated, actual });
            }
        }
        Ok(())
    }

    /// Every record has its object, or a job that will write it.
    pub(super) async fn records(&mut self) -> Result<(), Failure> {
        let mut after: Option<ObjectKey> = None;
        loop {
            let from = after.clone();
            let page = self
                .operations
                .db
                .read(move |tx| {
                    let mut page = Vec::new();
                    for (repository, image, record) in
                        tx.list_all_image_records(from.as_ref(), PAGE)?
                    {
                        let waits = tx.job_is_known(RecordImage::NAME, record.object.as_str())?;
                        let tags = tx.list_tags_of(image)?;
                        let astray = record.tag.clone().filter(|tag| !tags.contains(tag));
                        let ImageRecord { object, tag } = record;
                        let wanted = WantedRecord::find(tx, &object, repository)?;
                        let holder = wanted.as_ref().map(|wanted| {
                            let digest = wanted.digest.clone();
                            Holder::Record { image, repository, digest, tag }
                        });
                        page.push((object, holder.zip(wanted), waits, astray));
                    }
                    Ok::<_, Failure>(page)
                })
                .await?;
            let Some((last, ..)) = page.last() else { return Ok(()) };
            after = Some(last.clone());
            for (object, holder, waits, astray) in page {
                if let Some(tag) = astray {
                    self.found(Finding::RecordAstray { object: object.clone(), tag });
                }
                if let Some((holder, wanted)) = holder.filter(|_| !waits) {
                    self.object(holder, &object, Says::Record(&wanted)).await;
                }
            }
        }
    }

    /// Checks that an object matches its row. Returns whether it does.
    async fn object(&mut self, holder: Holder, object: &ObjectKey, says: Says<'_>) -> bool {
        let (Holder::Layer(digest) | Holder::Record { digest, .. }) = &holder;
        let wrong = match self.footer(object, says).await {
            Ok(footer) if footer.digest == *digest => return true,
            Ok(footer) => Wrong::Damaged(format!("it holds {}", footer.digest)),
            Err(wrong) => wrong,
        };
        let object = object.clone();
        self.found(match wrong {
            Wrong::Missing => Finding::ObjectMissing { holder, object },
            Wrong::Damaged(why) => Finding::ObjectDamaged { holder, object, why },
            Wrong::Locked(why) => Finding::KeyUnusable { holder, object, why },
        });
        false
    }

    async fn footer(&self, object: &ObjectKey, says: Says<'_>) -> Result<Footer, Wrong> {
        let class = match says {
            Says::Layer(.., class) => class,
            Says::Record(_) => StorageClass::Standard,
        };
        let blobs = self.operations.blobs_of(class)?;
        let stored = blobs.inspect(object).await?;
        if let Says::Layer(size_bytes, wrapped, _) = says {
            if stored.size_bytes != size_bytes {
                let actual = stored.size_bytes;
                return Err(Wrong::Damaged(format!(
                    "it has {actual} bytes instead of {size_bytes}"
                )));
            }
            if stored.wrapped != *wrapped {
                return Err(Wrong::Damaged("it is sealed under another key".to_owned()));
            }
        }
        let protection = self.operations.protection(object, &stored.wrapped).await?;
        let footer = match self.depth {
            Depth::Objects => stored.footer(&protection)?,
            Depth::Digests => blobs.verify(object, &protection).await?,
        };
        match says {
            Says::Layer(..) => Ok(footer),
            Says::Record(wanted) => {
                wanted.contradiction(&footer).map_or(Ok(footer), |why| Err(Wrong::Damaged(why)))
            }
        }
    }

    /// Checks that every upload can continue from where its row says it is.
    pub(super) async fn uploads(&mut self) -> Result<(), Failure> {
        let mut after = None;
        loop {
            let from = after.clone();
            let page = self.operations.db.read(move |tx| tx.list_all_uploads(from.as_ref(), PAGE));
            let page = page.await.map_err(Failure::from)?;
            let Some(last) = page.last() else { return Ok(()) };
            after = Some(last.id.clone());
            for upload in page {
                self.summary.uploads += 1;
                self.upload_is_awaited(&upload).await?;
                let id = upload.id.clone();
                match self.resumes(upload).await {
                    // The client is told the same as long as the key cannot be used.
                    Ok(Resumption::AsParked) | Err(Wrong::Locked(_)) => {}
                    Ok(Resumption::Torn) => self.found(Finding::UploadTorn { upload: id }),
                    Err(wrong) => {
                        let why = wrong.to_string();
                        self.found(Finding::UploadDamaged { upload: id, why });
                    }
                }
            }
        }
    }

    async fn resumes(&self, upload: Upload) -> Result<Resumption, Wrong> {
        let blobs = &self.operations.blobs;
        if upload.progress.parked.is_empty() {
            let is_used = blobs.is_used(&upload.object).await?;
            return Ok(if is_used { Resumption::Torn } else { Resumption::AsParked });
        }
        let parked = ParkedUpload::from_bytes(&upload.progress.parked)?;
        let explained = parked.offset() == upload.progress.received_bytes
            && *parked.object() == upload.object
            && *parked.wrapped() == upload.wrapped_key;
        if !explained {
            return Err(Wrong::Damaged("its row contradicts its parked state".to_owned()));
        }
        let protection = self.operations.protection(&upload.object, &upload.wrapped_key).await?;
        match blobs.resume(parked, &protection).await? {
            // It is dropped: nothing was written.
            Resumed::Ready(_) => Ok(Resumption::AsParked),
            Resumed::Torn(_) => Ok(Resumption::Torn),
        }
    }

    /// Every object is named by a row or a job.
    pub(super) async fn store(&mut self) -> Result<(), Failure> {
        let operations = self.operations;
        for (_, blobs) in operations.places() {
            self.objects_in(blobs).await?;
        }
        Ok(())
    }

    async fn objects_in(&mut self, blobs: &Blobs) -> Result<(), Failure> {
        let mut after = None;
        loop {
            let page = blobs.list(after, PAGE as usize).await?;
            let Some(last) = page.last() else { return Ok(()) };
            after = Some(last.clone());
            self.summary.objects += page.len() as u64;
            let unknown = self.operations.db.read(move |tx| {
                let mut unknown = Vec::new();
                for object in &page {
                    if !tx.object_is_known(object)? {
                        unknown.push(object.clone());
                    }
                }
                Ok::<_, Failure>(unknown)
            });
            for object in unknown.await? {
                self.found(Finding::UnknownObject { object });
            }
        }
    }
}

/// What rows say about an object besides its digest. A layer's size, key and place are in its row.
/// A record's are in the object itself, but the recorded image is in the rows.
#[derive(Clone, Copy)]
enum Says<'a> {
    Layer(u64, &'a WrappedKey, StorageClass),
    Record(&'a WantedRecord),
}

/// How an upload would continue.
enum Resumption {
    AsParked,
    Torn,
}

/// What is wrong with an object.
enum Wrong {
    Missing,
    Damaged(String),
    /// Its key may not be used.
    Locked(String),
}

impl std::fmt::Display for Wrong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Missing => f.write_str("its object is not there"),
            Self::Damaged(why) | Self::Locked(why) => f.write_str(why),
        }
    }
}

impl From<StoreError> for Wrong {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound(_) => Self::Missing,
            error => Self::Damaged(Fault::Broken(error.into()).chain()),
        }
    }
}

impl From<Failure> for Wrong {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(Refusal::Encryption(refusal)) => Self::Locked(refusal.to_string()),
            Failure::Refused(refusal) => Self::Damaged(refusal.to_string()),
            Failure::Fault(fault) => Self::Damaged(fault.chain()),
        }
    }
}
