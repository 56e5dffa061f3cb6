/// The result of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Met,
    NotMet,
    /// It cannot be decided: a variable without a value, a malformed number.
    Unknown,
}

impl Outcome {
    pub(crate) fn of(holds: bool) -> Self {
        if holds { Self::Met } else { Self::NotMet }
    }

    pub(crate) fn negated(self) -> Self {
        match self {
            Self::Met => Self::NotMet,
            Self::NotMet => Self::Met,
            Self::Unknown => Self::Unknown,
        }
    }

    /// Met if one is; not met if none is.
    pub(crate) fn any(outcomes: impl Iterator<Item = Self>) -> Self {
        let mut so_far = Self::NotMet;
        for outcome in outcomes {
            match outcome {
                Self::Met => return Self::Met,
                Self::Unknown => so_far = Self::Unknown,
                Self::NotMet => {}
            }
        }
        so_far
    }

    /// Met if all are; not met if one is not.
    pub(crate) fn all(outcomes: impl Iterator<Item = Self>) -> Self {
        Self::any(outcomes.map(Self::negated)).negated()
    }
}
