//! Addresses that let a client read a layer straight from the bucket.

use std::time::Duration;

use names::{ObjectKey, Timestamp};
use object_store::signer::Signer as _;

use super::BucketStore;
use crate::StoreError;
use crate::bucket::config::CloudConfig;
use crate::bucket::key::Place;
use crate::bucket::pieces::{self, PIECES};
use crate::bucket::presign;
use crate::bucket::service::{metadata, not_about_one};
use crate::bucket::writer::FRONT_BYTES;

impl BucketStore {
    /// The presigned URL of an object's content; `None` if clients cannot use the object as it is.
    pub(super) async fn address_of(
        &self,
        object: &ObjectKey,
        now: Timestamp,
        life: Duration,
    ) -> Result<Option<String>, StoreError> {
        let (Some(s3), CloudConfig::S3(config)) =
            (self.service.cloud.addresses(), &self.config.cloud)
        else {
            return Ok(None);
        };
        let path = self.service.path(Place::Object(object));
        let found = self.service.inspect(&path).await.map_err(|error| error.about(object))?;
        // Clients cannot use an object that contains its header and footer.
        if metadata(&found.attributes, FRONT_BYTES).is_none() {
            return Ok(None);
        }
        let path = match metadata(&found.attributes, PIECES).map(pieces::parse) {
            None => path,
            // The whole content is in one piece.
            Some(Some(pieces)) if pieces.len() == 1 => {
                self.service.path(Place::Piece(object, pieces[0].turn))
            }
            Some(_) => {
                let what = "its metadata is damaged";
                return Err(StoreError::Corrupt { object: object.clone(), offset: 0, what });
            }
        };
        let signed = s3.signed_url(http::Method::GET, &path, life);
        let signed: String = match self.service.ask("make an address", signed).await {
            Ok(url) => url.into(),
            Err(denied) => return Err(not_about_one(denied)),
        };
        let address = signed.split_once('?').map_or(&*signed, |(address, _)| address);
        Ok(Some(presign::sign(config, address, now, life)))
    }
}
