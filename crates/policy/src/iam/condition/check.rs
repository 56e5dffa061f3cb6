use super::operator::{Operator, Presence, Quantifier};
use super::outcome::Outcome;
use super::values::Values;
use crate::iam::context::{Context, Found, Key, Value};
use crate::iam::malformed::Malformed;
use crate::iam::version::Version;
use crate::work::Work;

/// One key of one operator, and the values that it is compared with.
#[derive(Debug, Clone)]
pub(crate) struct Condition {
    key: Key,
    quantifier: Quantifier,
    negated: bool,
    if_missing: Presence,
    values: Values,
}

impl Condition {
    pub(crate) fn read(
        operator: Operator,
        key: &str,
        texts: &[std::borrow::Cow<'_, str>],
        version: Version,
    ) -> Result<Self, Malformed> {
        let Operator { quantifier, test, negated, if_missing } = operator;
        if !key.contains(':') {
            return Err(Malformed::NoVendor);
        }
        let values = Values::read(test, texts, version)?;
        Ok(Self { key: Key::new(key), quantifier, negated, if_missing, values })
    }

    /// Its key, and those of the variables in its values.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &Key> {
        std::iter::once(&self.key).chain(self.values.keys())
    }

    pub(crate) fn check(&self, context: &Context<'_>, work: &Work) -> Outcome {
        let found = context.look_up(&self.key, work);
        if let Values::Null(wanted) = &self.values {
            work.spend_on_bytes(wanted.len());
            return Outcome::of(wanted.contains(&found.is_none()));
        }
        let Some(found) = found else { return self.without_key() };
        let one = |value: &Value<'_>| self.check_one(value, context, work);
        match (self.quantifier, found) {
            (Quantifier::All, _) => Outcome::all(found.all().iter().map(one)),
            (Quantifier::Any, _) => Outcome::any(found.all().iter().map(one)),
            (Quantifier::None, Found::One(value)) => one(value),
            // A multivalued key is never compared with a single value, even if it has only one.
            (Quantifier::None, Found::Many(_)) => Outcome::NotMet,
        }
    }

    /// AWS's rules for a key that the request does not have.
    fn without_key(&self) -> Outcome {
        let Self { quantifier, negated, if_missing, .. } = self;
        Outcome::of(match (if_missing, quantifier) {
            (Presence::Optional, _) | (Presence::Required, Quantifier::All) => true,
            (Presence::Required, Quantifier::Any) => false,
            (Presence::Required, Quantifier::None) => *negated,
        })
    }

    /// One value of the request against all of the policy's: one must fit, or none when negated.
    fn check_one(&self, value: &Value<'_>, context: &Context<'_>, work: &Work) -> Outcome {
        let fits = self.values.fit(value, context, self.negated, work);
        if self.negated { fits.negated() } else { fits }
    }
}
