//! Whether a rule still takes an image, as it is in the transaction that acts on it.

use db::{DbError, LifecycleImage, Repository, Tx};
use names::{ImageStatus, Timestamp};
use policy::lifecycle::{Action, Candidate, Count, Document, StorageClass, evaluate};

use super::evaluation::candidate;

/// Is this a referrer whose subject, which was before it in the order, has expired or was archived?
pub(super) fn has_lost_subject(
    tx: &mut Tx<'_>,
    repository: &Repository,
    image: &LifecycleImage,
    action: Action,
) -> Result<bool, DbError> {
    let Some(subject) = &image.subject else { return Ok(false) };
    let subject = tx.find_image(repository.key, subject)?;
    Ok(match action {
        Action::Expire => subject.is_none(),
        Action::Transition => subject.is_none_or(|it| it.status == ImageStatus::Archived),
    })
}

/// Would the rule take the image as it is now? Its tags may have moved, and it may have been pulled
/// or restored. How many newer images there are is as it was when all were judged.
pub(super) fn is_still_taken(
    (document, evaluated_at): (&Document, Timestamp),
    image: &LifecycleImage,
    priority: u32,
    now: Timestamp,
) -> bool {
    let class = match image.status {
        ImageStatus::Active => StorageClass::Standard,
        ImageStatus::Archived => StorageClass::Archive,
        ImageStatus::Activating => return false,
    };
    let mut rules = document.rules().iter();
    let first = rules.find(|rule| rule.storage_class() == class && rule.selects(&image.tags));
    let Some(rule) = first.filter(|rule| rule.priority() == priority) else { return false };
    match rule.count() {
        Count::ImagesMoreThan(_) => {
            let is_as_before = |at: Option<Timestamp>| at.is_none_or(|at| at <= evaluated_at);
            let asks_for_pulls = rule.extension().pulled_within_days().is_some();
            is_as_before(image.activated_at) && (!asks_for_pulls || is_as_before(image.pulled_at))
        }
        Count::DaysSincePushed(_) | Count::DaysSincePulled(_) | Count::DaysSinceTransitioned(_) => {
            let alone = Candidate { children: &[], subject: None, ..candidate(image) };
            evaluate(document, now, [alone]).decisions()[0].action().is_some()
        }
    }
}
