use names::ImageTag;

use crate::lifecycle::canonical::{list, quoted_all};
use crate::lifecycle::pattern::TagPattern;
use crate::lifecycle::tag_regex::TagRegex;

/// The key of a selection under which everything stands that ECR does not have.
pub(crate) const LONGSHORE: &str = "longshore";

pub(crate) const REGEXES: &str = "tagRegexList";
pub(crate) const NOT_PATTERNS: &str = "notTagPatternList";
pub(crate) const NOT_REGEXES: &str = "notTagRegexList";
pub(crate) const PULLED_WITHIN: &str = "pulledWithinDays";

/// What a rule selects by beyond ECR: what stands under `longshore` in its selection. It narrows
/// what the rest selects. Nothing, in a document that ECR would take.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Extension {
    pub(crate) regexes: Box<[TagRegex]>,
    pub(crate) not_patterns: Box<[TagPattern]>,
    pub(crate) not_regexes: Box<[TagRegex]>,
    pub(crate) pulled_within_days: Option<u32>,
}

impl Extension {
    /// `tagRegexList`: an image must have a tag for each.
    pub fn regexes(&self) -> &[TagRegex] {
        &self.regexes
    }

    /// `notTagPatternList`: an image must have no tag for any.
    pub fn not_patterns(&self) -> &[TagPattern] {
        &self.not_patterns
    }

    /// `notTagRegexList`: an image must have no tag for any.
    pub fn not_regexes(&self) -> &[TagRegex] {
        &self.not_regexes
    }

    /// `pulledWithinDays`: a rule that counts spares only images that were pulled, or if they never
    /// were, pushed within so many days.
    pub fn pulled_within_days(&self) -> Option<u32> {
        self.pulled_within_days
    }

    /// Does it leave an image with these tags to the rule?
    pub fn selects(&self, tags: &[ImageTag]) -> bool {
        let has = |fits: &dyn Fn(&str) -> bool| tags.iter().any(|tag| fits(tag.as_str()));
        self.regexes.iter().all(|regex| has(&|tag| regex.matches(tag)))
            && !self.not_patterns.iter().any(|pattern| has(&|tag| pattern.matches(tag)))
            && !self.not_regexes.iter().any(|regex| has(&|tag| regex.matches(tag)))
    }

    /// How many regular expressions it has.
    pub(crate) fn regex_count(&self) -> usize {
        self.regexes.len() + self.not_regexes.len()
    }

    /// The member of a selection in the canonical text; `None` if it says nothing.
    pub(crate) fn canonical(&self) -> Option<String> {
        let Self { regexes, not_patterns, not_regexes, pulled_within_days } = self;
        let mut members = Vec::new();
        let mut add = |name, words: Vec<String>| {
            if !words.is_empty() {
                members.push(list(name, &words));
            }
        };
        add(REGEXES, quoted_all(regexes.iter().map(TagRegex::as_str)));
        add(NOT_PATTERNS, quoted_all(not_patterns.iter().map(TagPattern::as_str)));
        add(NOT_REGEXES, quoted_all(not_regexes.iter().map(TagRegex::as_str)));
        if let Some(days) = pulled_within_days {
            members.push(format!(r#""{PULLED_WITHIN}":{days}"#));
        }
        (!members.is_empty()).then(|| format!(r#""{LONGSHORE}":{{{}}}"#, members.join(",")))
    }
}
