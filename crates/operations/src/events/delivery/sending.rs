//! The turn of one target: sends what is due, some at a time, and settles all of it in one
//! transaction.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use db::{DbError, EventDelivery, Tx};
use futures_util::StreamExt as _;
use futures_util::stream;
use names::Timestamp;

use super::backoff::next_try;
use super::listeners::Aim;
use super::sender::{Parcel, Unsent};
use crate::{Failure, Operations};

/// Deliveries of one turn: they are read, and settled, together.
const SENT_IN_TURN: u32 = 256;

/// Things that are told at a time to one target.
const SENT_AT_ONCE: usize = 32;

/// How the turn of a target went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turn {
    /// It took something, or there was nothing.
    Well,
    /// It could not be reached.
    Unreachable,
}

/// What became of a delivery.
enum Sent {
    Taken(i64),
    Failed { delivery: Box<EventDelivery>, why: String, next: Option<Timestamp> },
}

impl Operations {
    /// Takes the turn of a target.
    pub(crate) async fn deliver_to(&self, target: &str) -> Result<Turn, Failure> {
        let (wanted, now) = (target.to_owned(), self.now());
        let list = move |tx: &mut Tx<'_>| tx.list_due_deliveries(&wanted, now, SENT_IN_TURN);
        let listed: Result<_, DbError> = self.db.read(list).await;
        let due = listed?;
        let Some(aim) = self.find_aim(target).await? else {
            let gone: Vec<i64> = due.iter().map(|delivery| delivery.id).collect();
            return self
                .settle_deliveries(gone.into_iter().map(Sent::Taken).collect(), Turn::Well)
                .await;
        };
        let unreachable = AtomicBool::new(false);
        let mut by_thing: BTreeMap<String, Vec<EventDelivery>> = BTreeMap::new();
        for delivery in due {
            by_thing.entry(delivery.event.event.about.clone()).or_default().push(delivery);
        }
        let told = by_thing.into_values().map(|one| self.tell_target(&aim, one, &unreachable));
        let sent: Vec<Vec<Sent>> =
            stream::iter(told).buffer_unordered(SENT_AT_ONCE).collect().await;
        let is_unreachable = unreachable.load(Ordering::Relaxed);
        let turn = if is_unreachable { Turn::Unreachable } else { Turn::Well };
        self.settle_deliveries(sent.into_iter().flatten().collect(), turn).await
    }

    /// Tells what happened to one thing, in order, up to the first that has to be told again.
    async fn tell_target(
        &self,
        aim: &Aim,
        deliveries: Vec<EventDelivery>,
        unreachable: &AtomicBool,
    ) -> Vec<Sent> {
        let mut sent = Vec::new();
        for delivery in deliveries {
            // A target that does not answer is not asked for the rest of the turn.
            if unreachable.load(Ordering::Relaxed) {
                break;
            }
            let why = match self.send_event(aim, &delivery).await {
                Ok(()) => {
                    sent.push(Sent::Taken(delivery.id));
                    continue;
                }
                Err(why) => why,
            };
            let (now, chance) = (self.now(), keys::random::<1>()[0]);
            let (why, next) = match why {
                Unsent::Unreachable(why) => {
                    unreachable.store(true, Ordering::Relaxed);
                    (why, next_try(&delivery, aim.retry(), now, chance))
                }
                Unsent::Later(why) => (why, next_try(&delivery, aim.retry(), now, chance)),
                Unsent::Refused(why) => (why, None),
            };
            let waits = next.is_some();
            sent.push(Sent::Failed { delivery: Box::new(delivery), why, next });
            if waits {
                break;
            }
        }
        sent
    }

    async fn send_event(&self, aim: &Aim, delivery: &EventDelivery) -> Result<(), Unsent> {
        let event = &delivery.event;
        let Some(body) = aim.body(event) else {
            return Err(Unsent::Refused("the stored event is not JSON".to_owned()));
        };
        let (outlet, message_group) = (aim.outlet.as_str(), aim.message_group());
        self.outlets.sender.send(&Parcel { outlet, event, body: &body, message_group }).await
    }

    async fn settle_deliveries(&self, sent: Vec<Sent>, turn: Turn) -> Result<Turn, Failure> {
        if sent.is_empty() {
            return Ok(turn);
        }
        self.tally_events(&sent);
        let (sent, now) = (Arc::new(sent), self.now());
        let write = move |tx: &mut Tx<'_>| {
            let taken = sent.iter().filter_map(|sent| match sent {
                Sent::Taken(id) => Some(*id),
                Sent::Failed { .. } => None,
            });
            tx.delete_event_deliveries(&taken.collect::<Vec<_>>())?;
            for sent in &*sent {
                match sent {
                    Sent::Failed { delivery, why, next: Some(next) } => {
                        tx.postpone_event_delivery(delivery, why, *next)?;
                    }
                    Sent::Failed { delivery, why, next: None } => {
                        tx.bury_event_delivery(delivery.id, why, now)?;
                    }
                    Sent::Taken(_) => {}
                }
            }
            Ok(())
        };
        let settled: Result<(), DbError> = self.db.write(write).await;
        settled?;
        Ok(turn)
    }

    fn tally_events(&self, sent: &[Sent]) {
        for sent in sent {
            match sent {
                Sent::Taken(_) => self.event_tally.delivered(),
                Sent::Failed { delivery, why, next } => {
                    self.event_tally.failed(&delivery.target, next.is_none());
                    if next.is_none() {
                        tracing::warn!(
                            event.id = delivery.event.event.event_id.as_str(),
                            event.target = delivery.target,
                            event.attempts = delivery.attempts + 1,
                            reason = why,
                            "an event could not be delivered and is a dead letter now"
                        );
                    }
                }
            }
        }
    }
}
