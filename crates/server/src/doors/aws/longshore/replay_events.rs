//! ReplayEvents: delivers events of the caller's registry again, some in a call.

use identity::Caller;
use names::{RegistryId, Timestamp};
use operations::EventPlace;
use wire::aws::WireRefusal;
use wire::aws::longshore::{ReplayEventsRequest, ReplayEventsResponse};

use super::super::call::{Call, Context};
use super::super::failure::Refused;
use super::super::moments::moment;
use super::super::pages::Pages;
use crate::guard::Resource;

pub(in crate::doors::aws) struct ReplayEvents;

impl Call for ReplayEvents {
    type Input = ReplayEventsRequest;
    type Target = RegistryId;
    type Output = ReplayEventsResponse;

    fn target(caller: &Caller, _input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(caller.registry())
    }

    async fn act(
        context: &Context<'_>,
        registry: RegistryId,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let ReplayEventsRequest { since, until, next_token } = input;
        let since = moment(since);
        let until = until.map_or(Timestamp::from_micros(i64::MAX), moment);
        let named = format!("{registry:?}\n{since:?}\n{until:?}");
        let resource = Resource::Account(registry.account.clone());
        let pages = Pages::new(context, "ReplayEvents", &resource, &named, 0);
        let after = pages.after::<EventPlace>(next_token.as_deref())?;
        let replayed = context.operations().replay_events(&registry, (since, until), after);
        let (count, last) = replayed.await?;
        let next_token = last.map(|place| pages.token(&place));
        Ok(ReplayEventsResponse { replayed: Some(i64::from(count)), next_token })
    }
}
