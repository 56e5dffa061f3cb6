use names::ImageTag;

use crate::lifecycle::extension::Extension;
use crate::lifecycle::pattern::TagPattern;

/// As many rules as a policy may have (ECR's quota page).
pub const RULES_MAX: usize = 50;

/// The shortest text that a client may send, in characters (ECR's service model).
pub const TEXT_CHARS_MIN: usize = 100;

/// The longest (ECR's service model). Whatever a text says costs no more than a text of this
/// length.
pub const TEXT_CHARS_MAX: usize = 30_720;

/// A lifecycle policy: sound, and in the order of its priorities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    pub(crate) rules: Box<[Rule]>,
}

impl Document {
    /// Its rules, those of the smallest `rulePriority` first.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The rule of this priority.
    pub fn find_rule(&self, priority: u32) -> Option<&Rule> {
        let at = self.rules.binary_search_by_key(&priority, |rule| rule.priority).ok()?;
        Some(&self.rules[at])
    }
}

/// One rule: what it selects, how many or how old images it spares, what it does with the rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    pub(crate) priority: u32,
    pub(crate) description: Option<Box<str>>,
    pub(crate) tags: TagSelection,
    pub(crate) extension: Extension,
    /// As it was written: `standard` may be left out.
    pub(crate) written_class: Option<StorageClass>,
    pub(crate) count: Count,
    pub(crate) action: Action,
}

impl Rule {
    /// Its `rulePriority`: the smallest is applied first.
    pub fn priority(&self) -> u32 {
        self.priority
    }

    /// What its author says about it.
    pub fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }

    /// Which images it selects by their tags, apart from its extension.
    pub fn tags(&self) -> &TagSelection {
        &self.tags
    }

    /// What it says that ECR does not have.
    pub fn extension(&self) -> &Extension {
        &self.extension
    }

    /// Does it select an image with these tags?
    pub fn selects(&self, tags: &[ImageTag]) -> bool {
        self.tags.selects(tags) && self.extension.selects(tags)
    }

    /// Which images it selects by where they are.
    pub fn storage_class(&self) -> StorageClass {
        self.written_class.unwrap_or(StorageClass::Standard)
    }

    /// What it spares.
    pub fn count(&self) -> Count {
        self.count
    }

    /// What it does with the others.
    pub fn action(&self) -> Action {
        self.action
    }
}

/// Which images a rule selects by their tags. An image must have a tag for *each* entry of a list;
/// one tag may serve for several entries ("Lifecycle policy evaluation rules" in ECR's guide).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TagSelection {
    /// All images.
    Any,
    /// Images without a tag.
    Untagged,
    /// Images with a tag, of which the extension says more.
    Tagged,
    /// Images with tags that begin so.
    Prefixes(Box<[Box<str>]>),
    /// Images with tags that fit these patterns.
    Patterns(Box<[TagPattern]>),
}

impl TagSelection {
    /// Does it contain an image with these tags?
    pub fn selects(&self, tags: &[ImageTag]) -> bool {
        let has = |fits: &dyn Fn(&str) -> bool| tags.iter().any(|tag| fits(tag.as_str()));
        match self {
            Self::Any => true,
            Self::Untagged => tags.is_empty(),
            Self::Tagged => !tags.is_empty(),
            Self::Prefixes(prefixes) => {
                prefixes.iter().all(|prefix| has(&|tag| tag.starts_with(&**prefix)))
            }
            Self::Patterns(patterns) => {
                patterns.iter().all(|pattern| has(&|tag| pattern.matches(tag)))
            }
        }
    }

    /// The `tagStatus` of the document.
    pub fn status(&self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Untagged => "untagged",
            Self::Tagged | Self::Prefixes(_) | Self::Patterns(_) => "tagged",
        }
    }
}

/// Where an image is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StorageClass {
    /// Where images are pushed to, and can be pulled from.
    Standard,
    /// Where they are kept cheaply until they are restored.
    Archive,
}

impl StorageClass {
    /// The word of the document. In results of the API it is in capitals.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Archive => "archive",
        }
    }
}

/// What a rule spares: a number of images, or images that are not older than so many days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Count {
    /// `imageCountMoreThan`: so many images stay, the newest.
    ImagesMoreThan(u32),
    /// `sinceImagePushed`: images stay for so many days after they were pushed, or restored.
    DaysSincePushed(u32),
    /// `sinceImagePulled`: images stay for so many days after the last recorded pull.
    DaysSincePulled(u32),
    /// `sinceImageTransitioned`: archived images stay for so many days after they were archived.
    DaysSinceTransitioned(u32),
}

impl Count {
    /// The `countType` of the document.
    pub fn kind(self) -> &'static str {
        match self {
            Self::ImagesMoreThan(_) => "imageCountMoreThan",
            Self::DaysSincePushed(_) => "sinceImagePushed",
            Self::DaysSincePulled(_) => "sinceImagePulled",
            Self::DaysSinceTransitioned(_) => "sinceImageTransitioned",
        }
    }

    /// The `countNumber` of the document.
    pub fn number(self) -> u32 {
        let (Self::ImagesMoreThan(number)
        | Self::DaysSincePushed(number)
        | Self::DaysSincePulled(number)
        | Self::DaysSinceTransitioned(number)) = self;
        number
    }

    /// The `countUnit` of the document.
    pub fn unit(self) -> Option<&'static str> {
        match self {
            Self::ImagesMoreThan(_) => None,
            Self::DaysSincePushed(_)
            | Self::DaysSincePulled(_)
            | Self::DaysSinceTransitioned(_) => Some("days"),
        }
    }
}

/// What a rule does with the images that it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Deletes them.
    Expire,
    /// Moves them to the archive.
    Transition,
}

impl Action {
    /// The word of the document. In results of the API it is in capitals.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Expire => "expire",
            Self::Transition => "transition",
        }
    }

    /// Where it moves images to.
    pub fn target(self) -> Option<StorageClass> {
        match self {
            Self::Expire => None,
            Self::Transition => Some(StorageClass::Archive),
        }
    }
}
