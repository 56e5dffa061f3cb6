/// The parts of an operator's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Operator {
    pub(crate) quantifier: Quantifier,
    pub(crate) test: TestKind,
    /// `…Not…`: holds when no value fits.
    pub(crate) negated: bool,
    pub(crate) if_missing: Presence,
}

/// How many of the request's values must fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quantifier {
    /// The key has one value.
    None,
    /// `ForAllValues:`.
    All,
    /// `ForAnyValue:`.
    Any,
}

/// Must the request have the key?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Presence {
    Required,
    /// `…IfExists`.
    Optional,
}

/// What an operator compares, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TestKind {
    Text(Case),
    Like,
    Number(Relation),
    Moment(Relation),
    Bool,
    Binary,
    Address,
    Arn,
    Null,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    Counts,
    Ignored,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Relation {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Relation {
    /// Whether this relation holds, given how the request's value compares with the policy's.
    pub(crate) fn holds(self, compared: std::cmp::Ordering) -> bool {
        match self {
            Self::Equal => compared.is_eq(),
            Self::Less => compared.is_lt(),
            Self::LessOrEqual => compared.is_le(),
            Self::Greater => compared.is_gt(),
            Self::GreaterOrEqual => compared.is_ge(),
        }
    }
}

impl Operator {
    /// Parses an operator's name. A name that is not in AWS's list is no operator.
    pub(crate) fn read(name: &str) -> Option<Self> {
        let (quantifier, rest) = match name.split_once(':') {
            None => (Quantifier::None, name),
            Some(("ForAllValues", rest)) => (Quantifier::All, rest),
            Some(("ForAnyValue", rest)) => (Quantifier::Any, rest),
            Some(_) => return None,
        };
        let (word, if_missing) = match rest.strip_suffix("IfExists") {
            Some(word) => (word, Presence::Optional),
            None => (rest, Presence::Required),
        };
        let (test, negated) = plain(word)?;
        if test == TestKind::Null && if_missing == Presence::Optional {
            return None;
        }
        Some(Self { quantifier, test, negated, if_missing })
    }
}

fn plain(word: &str) -> Option<(TestKind, bool)> {
    use Relation::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual};
    use TestKind::{Address, Arn, Binary, Bool, Like, Moment, Null, Number, Text};
    Some(match word {
        "StringEquals" => (Text(Case::Counts), false),
        "StringNotEquals" => (Text(Case::Counts), true),
        "StringEqualsIgnoreCase" => (Text(Case::Ignored), false),
        "StringNotEqualsIgnoreCase" => (Text(Case::Ignored), true),
        "StringLike" => (Like, false),
        "StringNotLike" => (Like, true),
        "NumericEquals" => (Number(Equal), false),
        "NumericNotEquals" => (Number(Equal), true),
        "NumericLessThan" => (Number(Less), false),
        "NumericLessThanEquals" => (Number(LessOrEqual), false),
        "NumericGreaterThan" => (Number(Greater), false),
        "NumericGreaterThanEquals" => (Number(GreaterOrEqual), false),
        "DateEquals" => (Moment(Equal), false),
        "DateNotEquals" => (Moment(Equal), true),
        "DateLessThan" => (Moment(Less), false),
        "DateLessThanEquals" => (Moment(LessOrEqual), false),
        "DateGreaterThan" => (Moment(Greater), false),
        "DateGreaterThanEquals" => (Moment(GreaterOrEqual), false),
        "Bool" => (Bool, false),
        "BinaryEquals" => (Binary, false),
        "IpAddress" => (Address, false),
        "NotIpAddress" => (Address, true),
        "ArnEquals" | "ArnLike" => (Arn, false),
        "ArnNotEquals" | "ArnNotLike" => (Arn, true),
        "Null" => (Null, false),
        _ => return None,
    })
}
