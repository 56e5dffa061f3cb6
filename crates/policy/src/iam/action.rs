//! The actions of a statement.

use crate::iam::glob::Glob;
use crate::iam::malformed::Malformed;
use crate::work::Work;

/// Actions that give something of IAM's a name. IAM keeps the spelling, and finds by any.
const NAMING: [&str; 7] = [
    "iam:creategroup",
    "iam:createinstanceprofile",
    "iam:createpolicy",
    "iam:createrole",
    "iam:createuser",
    "iam:updategroup",
    "iam:updateuser",
];

/// An action of a policy: `*`, or `service:Name` with wildcards in the name. Case is ignored.
#[derive(Debug, Clone)]
pub(crate) enum ActionPattern {
    Any,
    Of { service: Box<str>, name: Glob },
}

/// The action of a request, ready to be compared: lower case, service and name apart.
#[derive(Debug)]
pub(crate) struct Asked {
    text: String,
    colon: usize,
}

impl Asked {
    pub(crate) fn new(action: &str) -> Self {
        let text = action.to_ascii_lowercase();
        let colon = text.find(':').unwrap_or(text.len());
        Self { text, colon }
    }

    /// Whether it gives an entity a name that is then found in any spelling.
    pub(crate) fn names_something(&self) -> bool {
        NAMING.contains(&&*self.text)
    }

    fn service(&self) -> &str {
        &self.text[..self.colon]
    }

    fn name(&self) -> &str {
        self.text.get(self.colon + 1..).unwrap_or_default()
    }
}

impl ActionPattern {
    pub(crate) fn read(text: &str) -> Result<Self, Malformed> {
        if text == "*" {
            return Ok(Self::Any);
        }
        let (service, name) = text.split_once(':').ok_or(Malformed::NoVendor)?;
        if name.contains(':') {
            return Err(Malformed::TwoColons);
        }
        if !is_vendor(service) {
            return Err(Malformed::Vendor(service.to_owned()));
        }
        let is_name = |b: u8| b.is_ascii_alphanumeric() || b"*?-_.".contains(&b);
        if name.is_empty() || !name.bytes().all(is_name) {
            return Err(Malformed::LegacyParsing);
        }
        let service = service.to_ascii_lowercase().into();
        Ok(Self::Of { service, name: Glob::new(&name.to_ascii_lowercase()) })
    }

    pub(crate) fn matches(&self, asked: &Asked, work: &Work) -> bool {
        match self {
            Self::Any => true,
            Self::Of { service, name } => {
                work.spend(1)
                    && is_same_service(service, asked.service())
                    && name.matches(asked.name(), work)
            }
        }
    }

    /// Is it certainly an action of this service?
    pub(crate) fn is_of(&self, wanted: &str) -> bool {
        match self {
            Self::Any => false,
            Self::Of { service, name: _ } => **service == *wanted,
        }
    }
}

/// Names of services are so short that a loop is faster than a call.
pub(crate) fn is_same_service(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).all(|(a, b)| a == b)
}

pub(crate) fn is_vendor(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actions_match_without_case() {
        #[rustfmt::skip]
        let cases = [
            ("*",              "ecr:PutImage",     true,  "everything"),
            ("ecr:*",          "ecr:PutImage",     true,  "everything of a service"),
            ("ECR:putimage",   "ecr:PutImage",     true,  "case does not count"),
            ("ecr:Put*",       "ecr:PutImage",     true,  "a wildcard"),
            ("ecr:?utImage",   "ecr:PutImage",     true,  "one character"),
            ("ecr:Put",        "ecr:PutImage",     false, "a prefix is not enough"),
            ("ecr:*",          "ecr-public:Get",   false, "another service"),
            ("ecr:*",          "ecrx:Get",         false, "another service"),
        ];
        for (pattern, action, matched, because) in cases {
            let pattern = ActionPattern::read(pattern).unwrap();
            assert_eq!(
                pattern.matches(&Asked::new(action), &Work::of_decision()),
                matched,
                "{action}: {because}"
            );
        }
    }

    #[test]
    fn actions_that_cannot_be_are_refused_in_aws_s_words() {
        #[rustfmt::skip]
        let cases = [
            ("PutImage",   "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."),
            ("",           "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."),
            ("**",         "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."),
            ("a:b:c",      "Actions/Condition can contain only one colon."),
            ("e*r:Get",    "Vendor e*r is not valid"),
            ("*:Get",      "Vendor * is not valid"),
            (":Get",       "Vendor  is not valid"),
            ("ecr:",       "The policy failed legacy parsing"),
            ("ecr:Put Im", "The policy failed legacy parsing"),
            ("ecr:${a:b}", "Actions/Condition can contain only one colon."),
            ("ecr:${ab}",  "The policy failed legacy parsing"),
        ];
        for (text, sentence) in cases {
            assert_eq!(ActionPattern::read(text).unwrap_err().to_string(), sentence, "{text}");
        }
    }
}
