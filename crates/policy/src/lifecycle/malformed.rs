use std::fmt::{self, Write as _};

use crate::lifecycle::canonical::quoted;
use crate::lifecycle::document::{TEXT_CHARS_MAX, TEXT_CHARS_MIN};
use crate::lifecycle::tag_regex::{BadTagRegex, REGEXES_MAX};

/// Why a lifecycle policy is not taken. Prints as the constraint that ECR names in its
/// `InvalidParameterException`, for the parameter that [`Malformed::path`] names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Malformed {
    /// It is shorter than the service model allows.
    TooShort,
    /// It is longer than the service model allows.
    TooLong,
    /// It is not a JSON object, has a key twice, or holds what the schema does not see: a number
    /// that is too large, a transition to nowhere.
    Unmappable,
    /// It is not of the schema: each violation is a line, the first few of them.
    OffSchema(Vec<Violation>),
    /// It is of the schema and contradicts itself.
    Unsound(Unsound),
}

impl Malformed {
    /// The parameter that ECR blames: a member of the model for its own constraints, another
    /// spelling for the others.
    pub fn path(&self) -> &'static str {
        match self {
            Self::TooShort | Self::TooLong => "lifecyclePolicyText",
            Self::Unmappable | Self::OffSchema(_) | Self::Unsound(_) => "LifecyclePolicyText",
        }
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const FAILURE: &str = "Lifecycle policy validation failure: ";
        match self {
            Self::TooShort => {
                write!(f, "Member must have length greater than or equal to {TEXT_CHARS_MIN}")
            }
            Self::TooLong => {
                write!(f, "Member must have length less than or equal to {TEXT_CHARS_MAX}")
            }
            Self::Unmappable => {
                write!(f, "{FAILURE}Could not map policyString into LifecyclePolicy.")
            }
            Self::OffSchema(violations) => {
                f.write_str(FAILURE)?;
                for (index, violation) in violations.iter().enumerate() {
                    if index > 0 {
                        f.write_char('\n')?;
                    }
                    write!(f, "{violation}")?;
                }
                Ok(())
            }
            Self::Unsound(unsound) => write!(f, "{FAILURE}{unsound}"),
        }
    }
}

impl std::error::Error for Malformed {}

/// What the schema does not allow. ECR answers in the words of a JSON Schema validator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Violation {
    /// Another type of value than there must be.
    WrongType {
        /// What is there.
        found: &'static str,
        /// What must be.
        allowed: &'static str,
    },
    /// Keys that must be there and are not, in alphabetical order.
    Missing(Vec<&'static str>),
    /// Keys that must not be there, in alphabetical order.
    NotAllowed(Vec<String>),
    /// A word that is none of those that may be.
    NotInEnum {
        /// What is there.
        found: String,
        /// What may be, in alphabetical order.
        possible: &'static [&'static str],
    },
    /// A number that is too small.
    BelowMinimum {
        /// The smallest that may be.
        minimum: u32,
        /// What is there, as it was written.
        found: String,
    },
    /// More elements than there may be.
    TooManyElements {
        /// As many as may be.
        maximum: usize,
        /// As many as there are.
        found: usize,
    },
    /// Fewer elements than there must be.
    TooFewElements {
        /// As many as must be.
        minimum: usize,
        /// As many as there are.
        found: usize,
    },
    /// An object that is none of its variants: a count of no known type or with a unit too many or
    /// too few, an action with the members of another.
    NoVariant {
        /// How many variants there are.
        of: usize,
    },
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WrongType { found, allowed } => write!(
                f,
                "instance type ({found}) does not match any allowed primitive type (allowed: [\"{allowed}\"])"
            ),
            Self::Missing(keys) => {
                write!(f, "object has missing required properties ({})", list(keys))
            }
            Self::NotAllowed(keys) => write!(
                f,
                "object instance has properties which are not allowed by the schema: ({})",
                list(keys)
            ),
            Self::NotInEnum { found, possible } => write!(
                f,
                "instance value ({}) not found in enum (possible values: {})",
                quoted(found),
                list(possible)
            ),
            Self::BelowMinimum { minimum, found } => write!(
                f,
                "numeric instance is lower than the required minimum (minimum: {minimum}, found: {found})"
            ),
            Self::TooManyElements { maximum, found } => write!(
                f,
                "array is too long: must have at most {maximum} elements but instance has {found} elements"
            ),
            Self::TooFewElements { minimum, found } => write!(
                f,
                "array is too short: must have at least {minimum} elements but instance has {found} elements"
            ),
            Self::NoVariant { of } => {
                write!(f, "instance failed to match exactly one schema (matched 0 out of {of})")
            }
        }
    }
}

/// The first characters of a text: a refusal must not grow with what it refuses.
fn shortened(text: &str) -> String {
    const CHARS_MAX: usize = 60;
    match text.char_indices().nth(CHARS_MAX) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// `["a","b"]`
fn list(words: &[impl AsRef<str>]) -> String {
    let words: Vec<_> = words.iter().map(|word| quoted(word.as_ref())).collect();
    format!("[{}]", words.join(","))
}

/// How a policy of the right form contradicts itself, or ECR's rules. The texts are ECR's where a
/// comment does not say otherwise; where ECR's are not known, ours are in its style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unsound {
    /// Two rules have one priority.
    DuplicatePriority,
    /// A rule for tagged images that does not say which.
    NoTagList,
    /// The same, but it says which it does not select (ours).
    OnlyNotTagList {
        /// The list: `notTagPatternList` or `notTagRegexList`.
        list: &'static str,
    },
    /// A rule with both lists.
    BothTagLists,
    /// A list of tags where the status leaves none.
    TagListForStatus {
        /// The list: `tagPrefixList`, `tagPatternList`, or one of ours.
        list: &'static str,
        /// The status: `untagged` or `any`.
        status: &'static str,
    },
    /// A pattern with too many stars.
    TooManyStars,
    /// Two rules of a storage class select by the same list.
    DuplicateTagList {
        /// The list: `tagPrefixList` or `tagPatternList`.
        list: &'static str,
    },
    /// Two rules of a storage class are for untagged images.
    TwoUntaggedRules,
    /// Two rules of a storage class are for all images.
    TwoAnyRules,
    /// A rule for all images stands before another of its storage class.
    AnyNotLast,
    /// A count of images that are pushed or pulled, over archived ones.
    CountOfArchive,
    /// A count of archived images, over others.
    TransitionedNotOfArchive,
    /// Images that are not pulled must not expire at once: they can only be archived.
    PulledExpires,
    /// Archived images cannot be archived.
    TransitionedTransitions,
    /// Archived images must stay for 90 days at least.
    TransitionedTooSoon {
        /// As many days as must be.
        minimum: u32,
    },
    /// A regular expression that is none, or too large (ours).
    BadRegex {
        /// The expression.
        regex: Box<str>,
        /// The list: `tagRegexList` or `notTagRegexList`.
        list: &'static str,
        /// The priority of its rule.
        rule: u32,
        /// What is wrong with it.
        why: BadTagRegex,
    },
    /// More regular expressions than a policy may have (ours).
    TooManyRegexes,
    /// `pulledWithinDays` in a rule that does not count (ours).
    PulledWithinOfAge,
}

impl fmt::Display for Unsound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::DuplicatePriority => "Duplicate priority in multiple rules",
            Self::NoTagList => "Must specify tagPrefixList or tagPatternList when tagStatus=TAGGED.",
            Self::BothTagLists => {
                "If policy has a tagged rule, it must specify only one of tagPrefixList or tagPatternList"
            }
            Self::TagListForStatus { list, status } => {
                return write!(f, "Cannot specify {list} with tagStatus {status}");
            }
            Self::TooManyStars => {
                "Invalid tag pattern provided. Total number of * must not exceed 4"
            }
            // Ours.
            Self::DuplicateTagList { list } => {
                return write!(f, "Duplicate {list} in multiple rules per storage class");
            }
            Self::TwoUntaggedRules => {
                "Only one rule can select Untagged images per storage class."
            }
            Self::TwoAnyRules => "Only one rule can specify tagStatus=ANY",
            Self::AnyNotLast => {
                "Rule for tagStatus=ANY must have the lowest priority per storage class"
            }
            Self::CountOfArchive => {
                "SINCE_IMAGE_PUSHED, SINCE_IMAGE_PULLED and IMAGE_COUNT_MORE_THAN support the STANDARD storage class only"
            }
            // Ours, and so are those below.
            Self::TransitionedNotOfArchive => {
                "SINCE_IMAGE_TRANSITIONED supports the ARCHIVE storage class only"
            }
            Self::PulledExpires => "SINCE_IMAGE_PULLED supports the TRANSITION action only",
            Self::TransitionedTransitions => {
                "SINCE_IMAGE_TRANSITIONED supports the EXPIRE action only"
            }
            Self::OnlyNotTagList { list } => {
                return write!(
                    f,
                    "Must specify tagPrefixList, tagPatternList or tagRegexList when tagStatus=TAGGED: {list} only leaves out some of what these select. A tagPatternList of * selects all tagged images."
                );
            }
            Self::BadRegex { regex, list, rule, why } => {
                return write!(
                    f,
                    "Invalid regular expression {} in {list} of the rule with rulePriority {rule}. {why}",
                    quoted(&shortened(regex))
                );
            }
            Self::TooManyRegexes => {
                return write!(f, "A policy can have at most {REGEXES_MAX} regular expressions");
            }
            Self::PulledWithinOfAge => "pulledWithinDays supports IMAGE_COUNT_MORE_THAN only",
            Self::TransitionedTooSoon { minimum } => {
                return write!(
                    f,
                    "SINCE_IMAGE_TRANSITIONED supports a countNumber of at least {minimum} only"
                );
            }
        })
    }
}
