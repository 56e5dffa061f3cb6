//! ListDeadLetters: events of the caller's registry that could not be delivered, and why.

use identity::Caller;
use names::{RegistryId, Timestamp};
use operations::{EventDelivery, envelope};
use wire::aws::WireRefusal;
use wire::aws::longshore::{DeadLetter, ListDeadLettersRequest, ListDeadLettersResponse};

use super::super::call::{Call, Context};
use super::super::failure::Refused;
use super::super::pages::{LIMIT, Pages, limit};
use crate::guard::Resource;

pub(in crate::doors::aws) struct ListDeadLetters;

impl Call for ListDeadLetters {
    type Input = ListDeadLettersRequest;
    type Target = RegistryId;
    type Output = ListDeadLettersResponse;

    fn target(caller: &Caller, _input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(caller.registry())
    }

    async fn act(
        context: &Context<'_>,
        registry: RegistryId,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let resource = Resource::Account(registry.account.clone());
        let (named, limit) = (format!("{registry:?}"), limit(input.max_results, LIMIT));
        let pages = Pages::new(context, "ListDeadLetters", &resource, &named, limit);
        let after = pages.after::<i64>(input.next_token.as_deref())?.unwrap_or_default();
        let listed = context.operations().list_dead_letters(&registry, after, pages.rows()).await?;
        let (letters, next_token) = pages.cut(listed, |letter| letter.id);
        let dead_letters = Some(letters.into_iter().map(write).collect());
        Ok(ListDeadLettersResponse { dead_letters, next_token })
    }
}

fn write(letter: EventDelivery) -> DeadLetter {
    DeadLetter {
        dead_letter_id: Some(letter.id.to_string()),
        event_id: Some(letter.event.event.event_id.to_string()),
        event: envelope(&letter.event),
        target: Some(letter.target),
        attempts: Some(i64::from(letter.attempts)),
        last_error: letter.last_error,
        given_up_at: letter.dead_at.map(Timestamp::as_epoch_seconds),
    }
}
