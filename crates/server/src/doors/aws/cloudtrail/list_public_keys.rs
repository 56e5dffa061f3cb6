//! ListPublicKeys: the keys that verify the digest files of the caller's account and Region.

use identity::Caller;
use names::{AccountId, Timestamp};
use operations::TrailKey;
use wire::aws::WireRefusal;
use wire::aws::cloudtrail::{Exception, ListPublicKeysRequest, ListPublicKeysResponse, PublicKey};

use super::super::call::{Call, Context};
use super::super::failure::Refused;
use super::super::moments::{moment, seconds};

pub(in crate::doors::aws) struct ListPublicKeys;

impl Call for ListPublicKeys {
    type Input = ListPublicKeysRequest;
    type Target = AccountId;
    type Output = ListPublicKeysResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        let _ = input;
        Ok(caller.account().clone())
    }

    async fn act(
        context: &Context<'_>,
        _account: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let ListPublicKeysRequest { start_time, end_time, next_token } = input;
        if next_token.is_some() {
            // All keys are in the first page.
            let text = "The token is not valid.";
            return Err(WireRefusal::new(Exception::InvalidToken, text).into());
        }
        let until = end_time.map_or(Timestamp::from_micros(i64::MAX), moment);
        if start_time.map(moment).is_some_and(|since| since > until) {
            let text = "The start time must not be after the end time.";
            return Err(WireRefusal::new(Exception::InvalidTimeRange, text).into());
        }
        let registry = context.caller.registry();
        let keys = context.operations().list_public_keys(&registry, until).await?;
        let public_key_list = Some(keys.into_iter().map(write).collect());
        Ok(ListPublicKeysResponse { public_key_list, next_token: None })
    }
}

/// A key signs for as long as its trail does: it has no end.
fn write(key: TrailKey) -> PublicKey {
    let TrailKey { fingerprint, public, since } = key;
    PublicKey {
        value: Some(public),
        validity_start_time: Some(seconds(since)),
        validity_end_time: None,
        fingerprint: Some(fingerprint),
    }
}
