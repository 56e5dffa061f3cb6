//! GenerateRandom.

use identity::Caller;
use kms::KmsRefusal;
use names::AccountId;
use wire::aws::WireRefusal;
use wire::aws::kms::{GenerateRandomRequest, GenerateRandomResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::kms::read::{bytes, require_no_recipient};

pub(in crate::doors::aws) struct GenerateRandom;

impl Call for GenerateRandom {
    type Input = GenerateRandomRequest;
    type Target = AccountId;
    type Output = GenerateRandomResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        let _ = input;
        Ok(caller.account().clone())
    }

    async fn act(
        context: &Context<'_>,
        _account: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let GenerateRandomRequest { number_of_bytes, custom_key_store_id, recipient } = input;
        require_no_recipient(recipient.as_ref())?;
        if custom_key_store_id.is_some() {
            let text = "Custom key stores are not supported.".to_owned();
            return Err(KmsRefusal::Unsupported(text).into());
        }
        if number_of_bytes.is_none() {
            let text = "NumberOfBytes is required.".to_owned();
            return Err(KmsRefusal::Validation(text).into());
        }
        let plaintext = context.doors.kms.generate_random(bytes(number_of_bytes));
        Ok(GenerateRandomResponse {
            plaintext: Some(plaintext.to_vec()),
            ciphertext_for_recipient: None,
        })
    }
}
