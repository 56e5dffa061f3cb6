use std::cmp::Ordering;

use crate::advisory::{Affected, Event, Range, RangeKind};
use crate::order::Order;
use crate::package::Package;
use crate::words::Version;

/// How rpm marks the release of a package of a module.
const MODULE_MARK: &str = ".module";

/// Whether an advisory concerns a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It does not.
    NotAffected,
    /// It does.
    Affected {
        /// The first version without it, if there is one.
        fixed_in: Option<Version>,
    },
    /// The versions cannot be compared.
    Unknown,
}

/// Judges a package by what an advisory says of its key. `version` is that of the lookup: the
/// package's own, or its source's.
pub fn judge(package: &Package, version: &Version, affected: &Affected) -> Verdict {
    let order = affected.key.ecosystem().family().order();
    if !is_of_arch(package, affected) || !is_of_module(package, version, affected) {
        return Verdict::NotAffected;
    }
    let mut is_unknown = false;
    let mut fixes = Vec::new();
    let mut is_affected = affected.versions.contains(version);
    for range in affected.ranges.iter().filter(|range| range.kind != RangeKind::Git) {
        match Line::of(range, version, order) {
            Some(line) if line.is_affected() => {
                is_affected = true;
                fixes.extend(line.fixed_in());
            }
            Some(_) => {}
            None => is_unknown = true,
        }
    }
    if is_affected {
        let earlier = |one: &Version, other: &Version| {
            order.compare(one.as_str(), other.as_str()).unwrap_or(Ordering::Equal)
        };
        Verdict::Affected { fixed_in: fixes.into_iter().min_by(earlier) }
    } else if is_unknown {
        Verdict::Unknown
    } else {
        Verdict::NotAffected
    }
}

fn is_of_arch(package: &Package, affected: &Affected) -> bool {
    match (&affected.arch, &package.arch) {
        (Some(wanted), Some(arch)) => wanted == arch,
        (Some(_) | None, None) | (None, Some(_)) => true,
    }
}

/// A module's packages have versions of their own, which are compared with those of the same stream
/// alone.
fn is_of_module(package: &Package, version: &Version, affected: &Affected) -> bool {
    if affected.key.ecosystem().family().order() != Order::Rpm {
        return true;
    }
    if let (Some(wanted), Some(module)) = (&affected.module, &package.module) {
        return wanted == module;
    }
    let fixes = affected.ranges.iter().flat_map(|range| &range.events);
    let mut fixes = fixes.filter_map(|event| match event {
        Event::Fixed(version) | Event::LastAffected(version) => Some(version),
        Event::IntroducedFirst | Event::Introduced(_) | Event::Limit(_) => None,
    });
    let is_modular = |version: &Version| version.as_str().contains(MODULE_MARK);
    fixes.next().is_none_or(|fix| is_modular(fix) == is_modular(version))
}

/// The events of a range, each with where it is from a version.
struct Line<'a>(Vec<(&'a Event, Ordering)>);

impl<'a> Line<'a> {
    /// `None` if the version cannot be compared with an event.
    fn of(range: &'a Range, version: &Version, order: Order) -> Option<Self> {
        let place = |event: &'a Event| {
            let at = match event {
                Event::IntroducedFirst => return Some((event, Ordering::Less)),
                Event::Introduced(at)
                | Event::Fixed(at)
                | Event::LastAffected(at)
                | Event::Limit(at) => at,
            };
            Some((event, order.compare(at.as_str(), version.as_str())?))
        };
        let mut line: Vec<_> = range.events.iter().map(place).collect::<Option<_>>()?;
        // A sound line: events at equal versions end before they begin.
        line.sort_by(|(one, _), (other, _)| compare_events(one, other, order));
        Some(Self(line))
    }

    /// Whether the last event at or before the version begins the range.
    fn is_affected(&self) -> bool {
        let mut is_affected = false;
        let mut limits = 0;
        let mut is_within_a_limit = false;
        for (event, place) in &self.0 {
            match event {
                Event::IntroducedFirst => is_affected = true,
                Event::Introduced(_) if place.is_le() => is_affected = true,
                Event::Fixed(_) if place.is_le() => is_affected = false,
                Event::LastAffected(_) if place.is_lt() => is_affected = false,
                Event::Limit(_) => {
                    limits += 1;
                    is_within_a_limit |= place.is_gt();
                }
                Event::Introduced(_) | Event::Fixed(_) | Event::LastAffected(_) => {}
            }
        }
        is_affected && (limits == 0 || is_within_a_limit)
    }

    fn fixed_in(&self) -> Option<Version> {
        self.0.iter().find_map(|(event, place)| match event {
            Event::Fixed(version) if place.is_gt() => Some(version.clone()),
            Event::IntroducedFirst
            | Event::Introduced(_)
            | Event::Fixed(_)
            | Event::LastAffected(_)
            | Event::Limit(_) => None,
        })
    }
}

fn compare_events(one: &Event, other: &Event, order: Order) -> Ordering {
    let place = |event| match event {
        Event::IntroducedFirst => (None, 0),
        Event::Fixed(at) => (Some(at), 1),
        Event::Limit(at) => (Some(at), 2),
        Event::Introduced(at) => (Some(at), 3),
        // The version itself is in the range.
        Event::LastAffected(at) => (Some(at), 4),
    };
    let ((one, rank), (other, rank_of_other)) = (place(one.clone()), place(other.clone()));
    let versions = match (&one, &other) {
        (Some(one), Some(other)) => {
            order.compare(one.as_str(), other.as_str()).unwrap_or(Ordering::Equal)
        }
        (one, other) => one.is_some().cmp(&other.is_some()),
    };
    versions.then(rank.cmp(&rank_of_other))
}
