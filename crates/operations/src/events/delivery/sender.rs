use async_trait::async_trait;
use db::Event;

/// What is sent to a target.
#[derive(Debug, Clone)]
pub struct Parcel<'a> {
    /// The name of the outlet that the operator configured.
    pub outlet: &'a str,
    /// What happened.
    pub event: &'a Event,
    /// What the target gets: the event, or what the rule makes of it.
    pub body: &'a str,
    /// The group of messages that it belongs to in a queue that keeps an order, if the rule says.
    pub message_group: Option<&'a str>,
}

/// Why a target did not take a parcel. The text is for those who look for the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unsent {
    /// It cannot be reached, or did not answer in time: neither would the next parcel.
    Unreachable(String),
    /// It would not take this one now.
    Later(String),
    /// It will never take this one.
    Refused(String),
}

/// What brings parcels to where they go.
#[async_trait]
pub trait EventSender: Send + Sync + 'static {
    /// Sends one. It ends within a few seconds, whatever the target does.
    async fn send(&self, parcel: &Parcel<'_>) -> Result<(), Unsent>;
}

/// Without outlets.
pub(crate) struct NoOutlets;

#[async_trait]
impl EventSender for NoOutlets {
    async fn send(&self, parcel: &Parcel<'_>) -> Result<(), Unsent> {
        Err(Unsent::Unreachable(format!("no outlet is named {}", parcel.outlet)))
    }
}
