//! Opens the place that audit records are delivered to, if one is configured.

use std::sync::Arc;
use std::time::Duration;

use blobs::{BucketFiles, FileStore, Files, LocalFiles};
use names::Region;
use operations::{TrailChoice, TrailDestination};
use tokio::runtime::Handle;

use super::StoresError;
use crate::config::{AuditPlace, AuditTrail};

/// Opens the place. A folder is made; whether a bucket answers is seen when records are delivered:
/// a place that is away keeps no server from starting.
pub(crate) fn open_audit_trail(
    trail: &AuditTrail,
    home_region: &Region,
) -> Result<TrailChoice, StoresError> {
    let (name, place, digest_minutes) = match trail {
        AuditTrail::Unsaid => return Ok(TrailChoice::Unsaid),
        AuditTrail::Off => return Ok(TrailChoice::Off),
        AuditTrail::To { name, place, digest_minutes } => (name, place, *digest_minutes),
    };
    let (bucket, prefix, store): (_, _, Arc<dyn FileStore>) = match place {
        AuditPlace::Folder(folder) => {
            let opened = LocalFiles::open(folder);
            let opened = opened.map_err(|source| StoresError::AuditTrail {
                folder: folder.clone(),
                source: source.into(),
            })?;
            // Files name a bucket. In a folder it is the trail's own.
            (name.clone(), String::new(), Arc::new(opened))
        }
        AuditPlace::Bucket(config) => {
            let opened = BucketFiles::new(config, Handle::current());
            let opened = opened.map_err(|error| StoresError::bucket(config, error))?;
            (config.bucket.clone(), config.prefix.clone(), Arc::new(opened))
        }
    };
    Ok(TrailChoice::Deliver(Box::new(TrailDestination {
        name: name.clone(),
        home_region: home_region.clone(),
        bucket,
        prefix,
        files: Files::new(store),
        digest_every: Duration::from_mins(digest_minutes),
    })))
}
