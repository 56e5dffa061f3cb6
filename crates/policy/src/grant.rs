//! The constraints of a grant on a KMS key: which encryption contexts it is for.

use std::collections::BTreeMap;

/// Which encryption contexts a grant is for. Keys and values are compared as they are written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum GrantConstraint {
    /// Any, and none.
    #[default]
    Any,
    /// Exactly this one.
    Equals(BTreeMap<String, String>),
    /// This one, with or without more in it.
    Subset(BTreeMap<String, String>),
}

impl GrantConstraint {
    /// Whether it allows everything that the other one allows: the other is the same, or stricter.
    pub fn covers(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Any, _) => true,
            (Self::Equals(one), Self::Equals(two)) => one == two,
            (Self::Subset(_), Self::Equals(context) | Self::Subset(context)) => {
                self.allows(Some(context))
            }
            (Self::Equals(_), Self::Subset(_)) | (Self::Equals(_) | Self::Subset(_), Self::Any) => {
                false
            }
        }
    }

    /// Whether a request with this encryption context satisfies it. A request that has none, such
    /// as one to describe the key, satisfies only a constraint that demands nothing.
    pub fn allows(&self, context: Option<&BTreeMap<String, String>>) -> bool {
        match (self, context) {
            (Self::Any, _) => true,
            (Self::Equals(_) | Self::Subset(_), None) => false,
            (Self::Equals(wanted), Some(context)) => wanted == context,
            (Self::Subset(wanted), Some(context)) => {
                wanted.iter().all(|(key, value)| context.get(key) == Some(value))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grant_covers_those_that_are_as_strict() {
        let map = |pairs: &[(&str, &str)]| -> BTreeMap<String, String> {
            pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
        };
        let any = || GrantConstraint::Any;
        let equals = |pairs: &[(&str, &str)]| GrantConstraint::Equals(map(pairs));
        let subset = |pairs: &[(&str, &str)]| GrantConstraint::Subset(map(pairs));
        let (one, two) = (&[("a", "1")][..], &[("a", "1"), ("b", "2")][..]);
        #[rustfmt::skip]
        let cases = [
            (any(),       any(),                 true,  "the same"),
            (any(),       subset(one),           true,  "stricter"),
            (subset(one), any(),                 false, "no constraint"),
            (subset(one), subset(one),           true,  "the same"),
            (subset(one), subset(two),           true,  "stricter"),
            (subset(two), subset(one),           false, "less strict"),
            (subset(one), equals(two),           true,  "one context of those"),
            (subset(one), equals(&[("b", "2")]), false, "another context"),
            (equals(one), equals(one),           true,  "the same"),
            (equals(one), equals(two),           false, "another context"),
            (equals(one), subset(one),           false, "more contexts"),
            (equals(one), any(),                 false, "no constraint"),
        ];
        for (parent, child, expected, because) in cases {
            assert_eq!(parent.covers(&child), expected, "{parent:?} {child:?}: {because}");
        }
    }

    #[test]
    fn a_grant_is_for_some_contexts() {
        let map = |pairs: &[(&str, &str)]| -> BTreeMap<String, String> {
            pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
        };
        let equals = || GrantConstraint::Equals(map(&[("a", "1")]));
        let subset = || GrantConstraint::Subset(map(&[("a", "1")]));
        let none: &[(&str, &str)] = &[];
        #[rustfmt::skip]
        let cases = [
            (GrantConstraint::Any, Some(none),                      true,  "nothing is demanded"),
            (GrantConstraint::Any, None,                            true,  "nothing is demanded"),
            (equals(), Some(&[("a", "1")][..]),                     true,  "the same"),
            (equals(), Some(&[("a", "1"), ("b", "2")][..]),         false, "more"),
            (equals(), Some(&[("A", "1")][..]),                     false, "case counts"),
            (equals(), Some(none),                                  false, "none"),
            (equals(), None,                                        false, "the request has no context"),
            (subset(), Some(&[("a", "1"), ("b", "2")][..]),         true,  "more"),
            (subset(), Some(&[("a", "2"), ("b", "2")][..]),         false, "another value"),
            (subset(), Some(&[("b", "2")][..]),                     false, "another key"),
            (subset(), None,                                        false, "the request has no context"),
            (GrantConstraint::Subset(map(&[])), Some(none),         true,  "it demands nothing"),
        ];
        for (constraint, context, expected, because) in cases {
            let context = context.map(map);
            assert_eq!(constraint.allows(context.as_ref()), expected, "{constraint:?}: {because}");
        }
    }
}
