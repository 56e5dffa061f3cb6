//! Lists the keys that have anything in the bucket.

use futures_util::TryStreamExt as _;
use names::ObjectKey;
use object_store::path::Path;

use super::BucketStore;
use crate::StoreError;
use crate::bucket::key::{Folders, Place, object_of};
use crate::bucket::service::not_about_one;

impl BucketStore {
    pub(super) async fn list_now(
        &self,
        after: Option<&ObjectKey>,
        limit: usize,
    ) -> Result<Vec<ObjectKey>, StoreError> {
        let homes = [
            (Place::Objects, after.map(Place::Object)),
            (Place::Uploads, after.map(|after| Place::Behind(after, Folders::Uploads))),
            (Place::Pieces, after.map(|after| Place::Behind(after, Folders::Pieces))),
        ];
        let mut keys = Vec::new();
        for (home, behind) in homes {
            let behind = behind.map(|behind| self.service.path(behind));
            keys.extend(self.list_keys(&self.service.path(home), behind, limit).await?);
        }
        keys.sort_unstable();
        keys.dedup();
        keys.truncate(limit);
        Ok(keys)
    }

    /// Up to `limit` keys under one path, in order.
    async fn list_keys(
        &self,
        home: &Path,
        after: Option<Path>,
        limit: usize,
    ) -> Result<Vec<ObjectKey>, StoreError> {
        let work = async {
            let mut listed = match &after {
                Some(after) => self.service.cloud.objects().list_with_offset(Some(home), after),
                None => self.service.cloud.objects().list(Some(home)),
            };
            let mut keys: Vec<ObjectKey> = Vec::new();
            while keys.len() < limit {
                let Some(meta) = listed.try_next().await? else { break };
                // An emulator of Azure always lists from the start.
                if after.as_ref().is_some_and(|after| meta.location <= *after) {
                    continue;
                }
                // A name that is not an object key is not ours.
                let key = object_of(&meta.location, home);
                keys.extend(key.filter(|key| keys.last() != Some(key)));
            }
            Ok(keys)
        };
        self.service.ask("list objects", work).await.map_err(not_about_one)
    }
}
