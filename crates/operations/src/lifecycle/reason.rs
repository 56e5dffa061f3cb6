//! Why a lifecycle policy takes or keeps an image, in sentences.

use std::time::Duration;

use db::{Image, LifecycleImage, TagMove};
use names::{Digest, Timestamp};
use policy::lifecycle::{Action, Count, Kept, Rule, TagRegex, TagSelection};

use crate::wording::moment;

/// When what happened to an image.
#[derive(Debug, Clone, Copy)]
pub(super) struct Times {
    pushed: Timestamp,
    pulled: Option<Timestamp>,
    archived: Option<Timestamp>,
    activated: Option<Timestamp>,
}

impl From<&Image> for Times {
    fn from(image: &Image) -> Self {
        let Image { pushed_at, pulled_at, archived_at, activated_at, .. } = *image;
        Self {
            pushed: pushed_at,
            pulled: pulled_at,
            archived: archived_at,
            activated: activated_at,
        }
    }
}

impl From<&LifecycleImage> for Times {
    fn from(image: &LifecycleImage) -> Self {
        let LifecycleImage { pushed_at, pulled_at, archived_at, activated_at, .. } = *image;
        Self {
            pushed: pushed_at,
            pulled: pulled_at,
            archived: archived_at,
            activated: activated_at,
        }
    }
}

impl Times {
    /// The last pull. An image that was not pulled counts as pulled when it was pushed, or
    /// restored.
    fn last_used_at(self) -> Timestamp {
        self.pulled.max(self.activated).unwrap_or(self.pushed)
    }

    fn was_used_within(self, days: u32, now: Timestamp) -> bool {
        now <= self.last_used_at().plus(Duration::from_hours(24 * u64::from(days)))
    }

    /// The last use in words.
    fn last_use(self) -> String {
        let at = moment(self.last_used_at());
        match (self.pulled, self.activated) {
            (None, None) => format!("pushed at {at} and not pulled since"),
            (pulled, Some(activated)) if pulled.is_none_or(|pulled| pulled <= activated) => {
                format!("restored at {at} and not pulled since")
            }
            _ => format!("last pulled at {at}"),
        }
    }

    /// Where the age begins for a rule by the push, or by how many newer ones there are, if it does
    /// not begin with the push.
    fn restored(self, rule: &Rule) -> Option<String> {
        let is_by_push =
            matches!(rule.count(), Count::DaysSincePushed(_) | Count::ImagesMoreThan(_));
        let at = self.activated.filter(|_| is_by_push)?;
        Some(format!("it was restored at {}", moment(at)))
    }
}

/// Why a rule expired an image, as it was when it was judged.
pub(super) fn of_expiry(
    rule: &Rule,
    times: Times,
    subject: Option<&Digest>,
    judged_at: Timestamp,
) -> String {
    let priority = rule.priority();
    if let Some(subject) = subject {
        return format!(
            "rule {priority} expired {subject}, which this image refers to, and referrers follow"
        );
    }
    let since = |what: &str, at: Timestamp, days: u32| {
        format!("rule {priority} {}; it was {what} at {}", expires_after(rule, days), moment(at))
    };
    match rule.count() {
        Count::ImagesMoreThan(_) => {
            let restored =
                times.restored(rule).map_or_else(String::new, |it| format!("{it}, and "));
            let why = match rule.extension().pulled_within_days() {
                None => format!("{restored}enough newer ones were there"),
                Some(days) if times.was_used_within(days, judged_at) => {
                    format!("{restored}enough newer ones that were pulled in that time were there")
                }
                Some(_) => format!("it was {}", times.last_use()),
            };
            format!("rule {priority} {}; {why}", keeps_newest(rule))
        }
        Count::DaysSincePushed(days) => match times.activated {
            Some(at) => since("restored", at, days),
            None => since("pushed", times.pushed, days),
        },
        Count::DaysSincePulled(days) => since("last used", times.last_used_at(), days),
        Count::DaysSinceTransitioned(days) => {
            since("archived", times.archived.unwrap_or(times.pushed), days)
        }
    }
}

/// What a rule is about to do with an image.
pub(super) fn of_taking(
    rule: &Rule,
    times: Times,
    (subject, before): (Option<&Digest>, Option<&RestoredBefore>),
    now: Timestamp,
) -> String {
    let priority = rule.priority();
    let act = match rule.action() {
        Action::Expire => "expires",
        Action::Transition => "archives",
    };
    if let Some(subject) = subject {
        return format!(
            "the next run {act} it, because rule {priority} takes {subject}, which it refers to"
        );
    }
    let why = why_taken(rule, times, now).map_or_else(String::new, |why| format!("; {why}"));
    let before = before.map_or_else(String::new, RestoredBefore::told);
    format!("the next run {act} it by rule {priority}, which {}{why}{before}", spares(rule))
}

/// Images that were pushed before another, and count as newer than that because they were restored.
#[derive(Debug, Clone)]
pub(super) struct RestoredBefore {
    /// How many there are, among those that were looked at.
    count: usize,
    /// The one that was restored last, and when.
    last: (Digest, Timestamp),
}

impl RestoredBefore {
    /// Those among the images that a rule spares.
    pub(super) fn of(spared: &[LifecycleImage], image: Times) -> Option<Self> {
        let age = image.activated.unwrap_or(image.pushed);
        let restored = spared.iter().filter_map(|newer| {
            let at =
                newer.activated_at.filter(|at| newer.pushed_at < image.pushed && *at >= age)?;
            Some((newer, at))
        });
        let count = restored.clone().count();
        let (last, at) = restored.max_by_key(|(_, at)| *at)?;
        Some(Self { count, last: (last.digest.clone(), at) })
    }

    fn told(&self) -> String {
        let (digest, at) = (&self.last.0, moment(self.last.1));
        match self.count {
            1 => format!("; the older image {digest} counts as newer, as it was restored at {at}"),
            count => format!(
                "; {count} older images count as newer, as they were restored: {digest} at {at}, and others before"
            ),
        }
    }
}

/// What of an image lets a rule take it, where the rule alone does not say that.
fn why_taken(rule: &Rule, times: Times, now: Timestamp) -> Option<String> {
    let Some(days) = rule.extension().pulled_within_days() else { return times.restored(rule) };
    if !times.was_used_within(days, now) {
        return Some(format!("it was {}", times.last_use()));
    }
    let restored = times.restored(rule).map_or_else(String::new, |it| format!("{it}, and "));
    Some(match rule.count().number() {
        1 => format!("{restored}a newer one was pulled in that time"),
        newer => format!("{restored}{newer} newer ones were pulled in that time"),
    })
}

/// What keeps an image. `rule` is the one that the decision names, `other` the image that it names.
pub(super) fn of_keeping(
    kept: Kept,
    times: Times,
    rule: Option<&Rule>,
    other: Option<&Digest>,
) -> String {
    let restored = rule.and_then(|rule| times.restored(rule));
    let restored = restored.map_or_else(String::new, |restored| format!(", and {restored}"));
    let rule_spares = rule.map(spares).unwrap_or_default();
    let other = other.map(Digest::as_str).unwrap_or_default();
    match kept {
        Kept::Unselected => "no rule of the policy selects it".to_owned(),
        Kept::Counted { rule, place, count, until } => {
            let out = match u64::from(count) - u64::from(place) + 1 {
                1 => "one newer image would push it out".to_owned(),
                more => format!("{more} newer ones would push it out"),
            };
            let until = until.map_or_else(String::new, |until| {
                let (used, until) = (times.last_use(), moment(until));
                format!("; it was {used}, and if it is not pulled again, it stays until {until}")
            });
            format!("rule {rule} {rule_spares}{restored}, and it is number {place}: {out}{until}")
        }
        Kept::Young { rule, until } => {
            format!(
                "rule {rule} {rule_spares}{restored}: it stays until {}, if nothing changes",
                moment(until)
            )
        }
        Kept::Referred { rule, index: _ } => {
            format!("rule {rule} would take it, but the index {other} refers to it and stays")
        }
        Kept::Shielded { rule } => format!(
            "rule {rule} would take it, but the history of a tag can roll back to it, and the server shields such images"
        ),
        Kept::Subject { subject: _ } => {
            format!("it refers to {other}, which stays, and referrers follow their subject")
        }
        Kept::Activating => "it is being restored from the archive".to_owned(),
        Kept::Circular => {
            "it is part of an index that is a referrer of it, which no rule can resolve".to_owned()
        }
    }
}

/// What else keeps an image that a rule spares.
pub(super) fn of_index(index: &Digest) -> String {
    format!("; it also stays while the index {index} refers to it")
}

/// What keeps an image that a rule would take: a tag named it before, and may be rolled back to it
/// as long as the move is remembered.
pub(super) fn of_history(rule: u32, away: &TagMove, until: Timestamp) -> String {
    format!("rule {rule} would take it, but {}", history(away, until))
}

/// The same, for an image that a rule spares.
pub(super) fn of_history_later(away: &TagMove, until: Timestamp) -> String {
    format!("; it also stays because {}", history(away, until))
}

fn history(TagMove { tag, mover, .. }: &TagMove, until: Timestamp) -> String {
    format!(
        "the tag {tag} named it until {}, and the server shields what tags can be rolled back to, in this case until {}",
        moment(mover.at),
        moment(until)
    )
}

/// What a rule leaves alone of what it selects.
fn spares(rule: &Rule) -> String {
    match rule.count() {
        Count::ImagesMoreThan(_) => keeps_newest(rule),
        Count::DaysSincePushed(days)
        | Count::DaysSincePulled(days)
        | Count::DaysSinceTransitioned(days) => expires_after(rule, days),
    }
}

fn keeps_newest(rule: &Rule) -> String {
    let images = match rule.count().number() {
        1 => "image".to_owned(),
        number => format!("{number} images"),
    };
    let pulled = match rule.extension().pulled_within_days() {
        None => String::new(),
        Some(1) => " of those pulled within a day".to_owned(),
        Some(days) => format!(" of those pulled within {days} days"),
    };
    format!("keeps the newest {images}{}{pulled}", selection(rule))
}

fn expires_after(rule: &Rule, days: u32) -> String {
    let act = match rule.action() {
        Action::Expire => "expires",
        Action::Transition => "archives",
    };
    let since = match rule.count() {
        Count::DaysSincePulled(_) => "their last use",
        Count::DaysSinceTransitioned(_) => "they were archived",
        Count::DaysSincePushed(_) | Count::ImagesMoreThan(_) => "their push",
    };
    let after = match days {
        1 => "a day".to_owned(),
        days => format!("{days} days"),
    };
    format!("{act} images{} {after} after {since}", selection(rule))
}

fn selection(rule: &Rule) -> String {
    let mut with: Vec<String> = match rule.tags() {
        TagSelection::Any | TagSelection::Tagged => Vec::new(),
        TagSelection::Untagged => return " without tags".to_owned(),
        TagSelection::Prefixes(prefixes) => {
            prefixes.iter().map(|prefix| format!("{prefix}*")).collect()
        }
        TagSelection::Patterns(patterns) => {
            patterns.iter().map(|pattern| pattern.as_str().to_owned()).collect()
        }
    };
    let between_slashes = |regex: &TagRegex| format!("/{}/", regex.as_str());
    let extension = rule.extension();
    with.extend(extension.regexes().iter().map(between_slashes));
    let mut without: Vec<String> =
        extension.not_patterns().iter().map(|pattern| pattern.as_str().to_owned()).collect();
    without.extend(extension.not_regexes().iter().map(between_slashes));
    let list = |how: &str, words: &[String], link: &str| match words {
        [] => String::new(),
        words => format!(" {how} {}", words.join(link)),
    };
    format!("{}{}", list("with tags", &with, " and "), list("without a tag", &without, " or "))
}
