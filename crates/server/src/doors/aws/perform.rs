//! One call: read, judged by the guard, carried out, answered. There is no other way to a handler.
//!
//! # Invariants
//! * What happens around an operation is compiled once, not for each of them: a call hides its
//!   types as soon as it is read. An operation adds to the program what it does, and no more.

use std::future::Future;
use std::pin::Pin;

use erased_serde::Serialize;
use iam::Iam;
use identity::Caller;
use wire::aws::json::Input as _;
use wire::aws::{Operation, WireRefusal};

use super::call::{Call, Context, Target, require};
use super::failure::Refused;
use super::recording::tells_answer;
use super::words::Words;
use crate::audit::{Recording, Subject, Told, tell};
use crate::guard::{Asking, RequestKeys, Resource};

/// Reads the input of a call, and finds its subject.
pub(super) type Begin = fn(&Caller, Operation, &Words<'_>) -> Result<Box<dyn Begun>, WireRefusal>;

type Later<'a, T> = Pin<Box<dyn Future<Output = Result<T, Refused>> + Send + 'a>>;

/// A call that was read.
pub(super) trait Begun: Send {
    /// Looks up what the guard must know of its subject.
    fn locate<'a>(&'a mut self, iam: &'a Iam) -> Later<'a, ()>;

    /// What the guard is asked.
    fn asks(&self) -> Asks;

    /// What the record tells of the input.
    fn told(&mut self) -> Told;

    /// Carries out the call. The guard has allowed it.
    fn act<'a>(self: Box<Self>, context: &'a Context<'a>) -> Later<'a, Answer>;
}

/// What the guard is asked about a call.
pub(super) struct Asks {
    resources: Vec<Resource>,
    keys: RequestKeys,
    /// Actions beside the operation's own.
    further: &'static [&'static str],
}

/// The output of a call.
pub(super) struct Answer {
    /// About how long it is as text, if it can be long.
    bytes: usize,
    output: Box<dyn Serialize + Send>,
}

struct Read<C: Call> {
    target: C::Target,
    input: C::Input,
    told: Told,
}

impl<C: Call> Begun for Read<C> {
    fn locate<'a>(&'a mut self, iam: &'a Iam) -> Later<'a, ()> {
        Box::pin(self.target.locate(iam))
    }

    fn asks(&self) -> Asks {
        Asks {
            resources: self.target.resources(),
            keys: self.target.said(C::request_keys(&self.input)),
            further: C::further_actions(&self.input),
        }
    }

    fn told(&mut self) -> Told {
        std::mem::take(&mut self.told)
    }

    fn act<'a>(self: Box<Self>, context: &'a Context<'a>) -> Later<'a, Answer> {
        let Self { target, input, told: _ } = *self;
        Box::pin(async move {
            let output = C::act(context, target, input).await?;
            Ok(Answer { bytes: C::bytes(&output), output: Box::new(output) })
        })
    }
}

/// Begins a call of this operation.
pub(super) fn begin<C: Call + 'static>(
    caller: &Caller,
    operation: Operation,
    words: &Words<'_>,
) -> Result<Box<dyn Begun>, WireRefusal> {
    let document = words.document(operation, C::Input::schema())?;
    let told = tell(&document);
    let input: C::Input = words.typed(document)?;
    let target = C::target(caller, &input)?;
    Ok(Box::new(Read::<C> { target, input, told }))
}

/// Performs a call, from the bytes of its input to the bytes of its output.
pub(super) async fn perform(
    context: &Context<'_>,
    operation: Operation,
    words: &Words<'_>,
    begin: Begin,
    recording: &mut Recording<'_>,
) -> Result<Vec<u8>, Refused> {
    let long_work = &context.doors.long_work;
    let read = || begin(context.caller, operation, words);
    let mut call = long_work.run(words.bytes(), read).await?;
    let mut subjects = Vec::new();
    let admitted = admit(&context.asking(), operation, &mut *call, &mut subjects).await;
    if let Some(record) = recording.call() {
        (record.parameters, record.subjects) = (call.told(), subjects);
    }
    admitted?;
    recording.begin().await?;
    let Answer { bytes, output } = call.act(context).await?;
    if let Some(record) = recording.call().filter(|_| tells_answer(operation)) {
        record.answer =
            serde_json::to_value(&*output).map_or_else(|_| Told::default(), |it| tell(&it));
    }
    let write = move || words.write(operation, &*output, &context.from.id);
    Ok(long_work.run(bytes, write).await)
}

/// Asks the guard, and names what it is asked about.
pub(super) async fn admit(
    asking: &Asking<'_>,
    operation: Operation,
    call: &mut dyn Begun,
    subjects: &mut Vec<Subject>,
) -> Result<(), Refused> {
    call.locate(asking.iam()).await?;
    let Asks { resources, keys, further } = call.asks();
    subjects.extend(resources.iter().filter_map(Subject::asked));
    require(asking, operation.action(), &resources, &keys).await?;
    for action in further {
        require(asking, action, &resources, &keys).await?;
    }
    *subjects = resources.iter().filter_map(Subject::found).collect();
    Ok(())
}
