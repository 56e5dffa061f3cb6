use names::Timestamp;

use crate::lifecycle::document::Action;

/// What becomes of an image, and why. Rules are named by their priority, images by their place in
/// the order in which they were given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// A rule acts on it.
    Taken {
        /// The rule.
        rule: u32,
        /// What the rule does.
        action: Action,
        /// The subject that the rule takes, if this is a referrer that goes with it.
        subject: Option<usize>,
    },
    /// It stays.
    Kept(Kept),
}

impl Decision {
    /// What is done with the image, and by which rule.
    pub fn action(&self) -> Option<(u32, Action)> {
        match *self {
            Self::Taken { rule, action, subject: _ } => Some((rule, action)),
            Self::Kept(_) => None,
        }
    }
}

/// What keeps an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// No rule of its storage class selects it.
    Unselected,
    /// It is among the newest that the first rule that selects it spares.
    Counted {
        /// The rule.
        rule: u32,
        /// Its place among the images that the rule selects: the newest has 1.
        place: u32,
        /// As many as the rule spares.
        count: u32,
        /// The rule takes it after this moment if it is not pulled and nothing else changes: the
        /// rule asks for pulls.
        until: Option<Timestamp>,
    },
    /// It is not older than the first rule that selects it asks for.
    Young {
        /// The rule.
        rule: u32,
        /// The rule takes it after this moment, if nothing changes.
        until: Timestamp,
    },
    /// A rule would take it, and an index that stays refers to it.
    Referred {
        /// The rule that would.
        rule: u32,
        /// The index.
        index: usize,
    },
    /// A rule would take it, and it is shielded.
    Shielded {
        /// The rule that would.
        rule: u32,
    },
    /// It is a referrer, and its subject stays.
    Subject {
        /// The subject.
        subject: usize,
    },
    /// It is being restored.
    Activating,
    /// It waits for itself: it is part of an index that is, perhaps through others, a referrer of
    /// it. No rule can take such images; a caller can delete them.
    Circular,
}

/// What becomes of each image of a repository.
#[derive(Debug, Clone)]
pub struct Evaluation {
    pub(crate) decisions: Vec<Decision>,
    /// Images that are taken, in the order to act in.
    pub(crate) taken: Vec<u32>,
    /// Rules that count images, each with those that it spares, if there are more.
    pub(crate) spared: Vec<(u32, Vec<u32>)>,
}

impl Evaluation {
    /// Of each image, in the order in which they were given.
    pub fn decisions(&self) -> &[Decision] {
        &self.decisions
    }

    /// The images to act on, as places in the order in which they were given. They are in the order
    /// to act in: older ones before newer ones, but an index before its children and a subject
    /// before its referrers. After an act that fails, those on the children and the referrers of
    /// its image must not be tried.
    pub fn taken(&self) -> impl ExactSizeIterator<Item = usize> {
        self.taken.iter().map(|place| *place as usize)
    }

    /// The newest images that a rule counts, as many as it spares: as long as they are there and it
    /// selects them, it takes those that it took. They are places in the order in which images were
    /// given. None are named if there are no more than that: if the rule takes an image then, it
    /// does so however many there are. `None` for a rule that does not count.
    pub fn spared(&self, rule: u32) -> Option<impl ExactSizeIterator<Item = usize>> {
        let (_, spared) = self.spared.iter().find(|(priority, _)| *priority == rule)?;
        Some(spared.iter().map(|place| *place as usize))
    }

    /// How many images an action takes.
    pub fn count(&self, wanted: Action) -> usize {
        let actions = self.decisions.iter().filter_map(Decision::action);
        actions.filter(|(_, action)| *action == wanted).count()
    }
}
