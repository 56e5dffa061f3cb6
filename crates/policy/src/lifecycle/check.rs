//! What a policy of the right form must not say: contradictions within a rule, and between rules.

use std::collections::BTreeSet;

use crate::lifecycle::document::{
    Action, Count, Document, RULES_MAX, Rule, StorageClass, TagSelection,
};
use crate::lifecycle::draft::{Draft, Status};
use crate::lifecycle::extension::{Extension, NOT_PATTERNS, NOT_REGEXES, REGEXES};
use crate::lifecycle::malformed::Unsound;
use crate::lifecycle::pattern::TagPattern;
use crate::lifecycle::tag_regex::{REGEXES_MAX, TagRegex};

/// Archived images must stay for so many days ("Archiving an image" in ECR's guide).
const ARCHIVED_DAYS_MIN: u32 = 90;

const PREFIXES: &str = "tagPrefixList";
const PATTERNS: &str = "tagPatternList";

/// Makes a document of its rules. Each rule is checked for itself, in the order of the text, before
/// they are held against each other.
pub(crate) fn document(drafts: &[Draft<'_>]) -> Result<Document, Unsound> {
    debug_assert!(drafts.len() <= RULES_MAX, "the schema lets no more through");
    let mut rules: Vec<Rule> = drafts.iter().map(rule).collect::<Result<_, _>>()?;
    if rules.iter().map(|rule| rule.extension.regex_count()).sum::<usize>() > REGEXES_MAX {
        return Err(Unsound::TooManyRegexes);
    }
    rules.sort_by_key(|rule| rule.priority);
    if rules.windows(2).any(|pair| pair[0].priority == pair[1].priority) {
        return Err(Unsound::DuplicatePriority);
    }
    for class in [StorageClass::Standard, StorageClass::Archive] {
        let of_class: Vec<&Rule> =
            rules.iter().filter(|rule| rule.storage_class() == class).collect();
        one_of_each(&of_class)?;
    }
    Ok(Document { rules: rules.into() })
}

fn rule(draft: &Draft<'_>) -> Result<Rule, Unsound> {
    let extension = extension(draft)?;
    let tags = tags(draft)?;
    count(draft)?;
    let Draft { priority, description, class, count, action, .. } = *draft;
    let description = description.map(Into::into);
    Ok(Rule { priority, description, tags, extension, written_class: class, count, action })
}

/// ECR's guide: "Lifecycle policy properties".
fn tags(draft: &Draft<'_>) -> Result<TagSelection, Unsound> {
    let (prefixes, patterns) = (draft.prefixes.as_deref(), draft.patterns.as_deref());
    let none_with = |status| match (prefixes, patterns) {
        (Some(_), _) => Err(Unsound::TagListForStatus { list: PREFIXES, status }),
        (None, Some(_)) => Err(Unsound::TagListForStatus { list: PATTERNS, status }),
        (None, None) => Ok(()),
    };
    match draft.status {
        Status::Any => none_with("any").map(|()| TagSelection::Any),
        Status::Untagged => none_with("untagged").map(|()| TagSelection::Untagged),
        Status::Tagged => match (prefixes, patterns) {
            (Some(_), Some(_)) => Err(Unsound::BothTagLists),
            (None, None) if !draft.regexes.is_empty() => Ok(TagSelection::Tagged),
            // An empty list would select every tagged image, as it asks for nothing; it is taken
            // for none (ours).
            (None | Some([]), None) | (None, Some([])) => Err(no_list(draft)),
            (Some(prefixes), None) => {
                Ok(TagSelection::Prefixes(prefixes.iter().map(|prefix| (*prefix).into()).collect()))
            }
            (None, Some(patterns)) => {
                let patterns = patterns.iter().map(|pattern| TagPattern::parse(pattern));
                let patterns: Option<_> = patterns.collect();
                patterns.map(TagSelection::Patterns).ok_or(Unsound::TooManyStars)
            }
        },
    }
}

/// A rule for tagged images that does not say which.
fn no_list(draft: &Draft<'_>) -> Unsound {
    match (&*draft.not_patterns, &*draft.not_regexes) {
        ([], []) => Unsound::NoTagList,
        ([_, ..], _) => Unsound::OnlyNotTagList { list: NOT_PATTERNS },
        ([], _) => Unsound::OnlyNotTagList { list: NOT_REGEXES },
    }
}

/// What stands under `longshore`. Images without tags have none to select by, and all images need
/// no tag.
fn extension(draft: &Draft<'_>) -> Result<Extension, Unsound> {
    let Draft { regexes, not_patterns, not_regexes, pulled_within_days, .. } = draft;
    let has = [
        (REGEXES, !regexes.is_empty(), draft.status != Status::Tagged),
        (NOT_PATTERNS, !not_patterns.is_empty(), draft.status == Status::Untagged),
        (NOT_REGEXES, !not_regexes.is_empty(), draft.status == Status::Untagged),
    ];
    let status = if draft.status == Status::Any { "any" } else { "untagged" };
    if let Some((list, ..)) = has.into_iter().find(|(_, is_there, is_odd)| *is_there && *is_odd) {
        return Err(Unsound::TagListForStatus { list, status });
    }
    if pulled_within_days.is_some() && !matches!(draft.count, Count::ImagesMoreThan(_)) {
        return Err(Unsound::PulledWithinOfAge);
    }
    let compiled = |list, texts: &[&str]| {
        if texts.len() > REGEXES_MAX {
            return Err(Unsound::TooManyRegexes);
        }
        let read = |text: &&str| {
            let (regex, rule) = ((*text).into(), draft.priority);
            TagRegex::parse(text).map_err(|why| Unsound::BadRegex { regex, list, rule, why })
        };
        let regexes = texts.iter().map(read);
        regexes.collect::<Result<_, _>>()
    };
    let not_patterns: Option<_> = not_patterns.iter().map(|text| TagPattern::parse(text)).collect();
    Ok(Extension {
        regexes: compiled(REGEXES, regexes)?,
        not_patterns: not_patterns.ok_or(Unsound::TooManyStars)?,
        not_regexes: compiled(NOT_REGEXES, not_regexes)?,
        pulled_within_days: *pulled_within_days,
    })
}

/// ECR's guide: "Lifecycle policy evaluation rules", and the examples for archived images.
fn count(draft: &Draft<'_>) -> Result<(), Unsound> {
    let of_archive = draft.class == Some(StorageClass::Archive);
    match (draft.count, draft.action) {
        (Count::DaysSinceTransitioned(_), _) if !of_archive => {
            Err(Unsound::TransitionedNotOfArchive)
        }
        (Count::DaysSinceTransitioned(_), Action::Transition) => {
            Err(Unsound::TransitionedTransitions)
        }
        (Count::DaysSinceTransitioned(days), Action::Expire) => {
            let minimum = ARCHIVED_DAYS_MIN;
            if days < minimum { Err(Unsound::TransitionedTooSoon { minimum }) } else { Ok(()) }
        }
        _ if of_archive => Err(Unsound::CountOfArchive),
        (Count::DaysSincePulled(_), Action::Expire) => Err(Unsound::PulledExpires),
        (
            Count::ImagesMoreThan(_) | Count::DaysSincePushed(_) | Count::DaysSincePulled(_),
            Action::Expire | Action::Transition,
        ) => Ok(()),
    }
}

/// The rules of one storage class, in order.
fn one_of_each(rules: &[&Rule]) -> Result<(), Unsound> {
    let number_of = |wanted: &TagSelection| rules.iter().filter(|r| r.tags == *wanted).count();
    if number_of(&TagSelection::Untagged) > 1 {
        return Err(Unsound::TwoUntaggedRules);
    }
    if number_of(&TagSelection::Any) > 1 {
        return Err(Unsound::TwoAnyRules);
    }
    if let Some((_last, others)) = rules.split_last()
        && others.iter().any(|rule| rule.tags == TagSelection::Any)
    {
        return Err(Unsound::AnyNotLast);
    }
    let (mut prefixes, mut patterns) = (BTreeSet::new(), BTreeSet::new());
    let mut regexes = BTreeSet::new();
    for rule in rules {
        let extension = rule.extension.canonical();
        // A list is a set: neither its order nor a repeated entry makes it another.
        let (list, is_new) = match &rule.tags {
            TagSelection::Any | TagSelection::Untagged => continue,
            TagSelection::Tagged => (REGEXES, regexes.insert(extension)),
            TagSelection::Prefixes(these) => {
                let these: BTreeSet<&str> = these.iter().map(|prefix| &**prefix).collect();
                (PREFIXES, prefixes.insert((these, extension)))
            }
            TagSelection::Patterns(these) => {
                let these: BTreeSet<&str> = these.iter().map(TagPattern::as_str).collect();
                (PATTERNS, patterns.insert((these, extension)))
            }
        };
        if !is_new {
            return Err(Unsound::DuplicateTagList { list });
        }
    }
    Ok(())
}
