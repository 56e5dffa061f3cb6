//! TestEventPattern: does an event match a pattern?

use identity::Caller;
use names::AccountId;
use wire::aws::WireRefusal;
use wire::aws::events::{TestEventPatternRequest, TestEventPatternResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct TestEventPattern;

impl Call for TestEventPattern {
    type Input = TestEventPatternRequest;
    type Target = AccountId;
    type Output = TestEventPatternResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        let _ = input;
        Ok(caller.account().clone())
    }

    async fn act(
        context: &Context<'_>,
        _account: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let TestEventPatternRequest { event_pattern, event } = input;
        let matches = context.operations().test_event_pattern(&event_pattern, &event)?;
        Ok(TestEventPatternResponse { result: Some(matches) })
    }
}
