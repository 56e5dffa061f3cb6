use names::{AccountId, PolicyArn, Session};
use policy::{Document, DocumentKind};

use crate::StsRefusal;

/// The limits and tags of a session.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SessionLimits {
    /// The session policy, as JSON.
    pub policy: Option<String>,
    /// Managed policies that limit it as well.
    pub policy_arns: Vec<PolicyArn>,
    /// Session tags.
    pub tags: Vec<(String, String)>,
    /// Keys of the tags that pass on to the next role.
    pub transitive_tag_keys: Vec<String>,
}

/// AWS's bounds.
const POLICY_ARNS_MAX: usize = 10;
const TAGS_MAX: usize = 50;
const TAG_KEY_LENGTH_MAX: usize = 128;
const TAG_VALUE_LENGTH_MAX: usize = 256;

fn invalid(text: impl Into<String>) -> StsRefusal {
    StsRefusal::ValidationError(text.into())
}

impl SessionLimits {
    /// Checks the request against STS's rules, for a session of a principal of `account`.
    pub(crate) fn require_valid(&self, account: &AccountId) -> Result<(), StsRefusal> {
        let Self { policy, policy_arns, tags, transitive_tag_keys } = self;
        if let Some(policy) = policy {
            Document::parse(policy, DocumentKind::Identity)
                .map_err(|malformed| StsRefusal::MalformedPolicyDocument(malformed.to_string()))?;
        }
        if policy_arns.len() > POLICY_ARNS_MAX {
            return Err(invalid(format!(
                "The number of session policy ARNs must not exceed {POLICY_ARNS_MAX}"
            )));
        }
        let foreign = |arn: &&PolicyArn| arn.local().is_some_and(|own| own.account != *account);
        if let Some(arn) = policy_arns.iter().find(foreign) {
            return Err(invalid(format!("ARN {arn} is not valid.")));
        }
        require_tags(tags)?;
        let is_tagged = |key: &String| tags.iter().any(|(tag, _)| same(tag, key));
        if transitive_tag_keys.iter().all(is_tagged) {
            Ok(())
        } else {
            Err(invalid("The specified transitive tag key must be included in the requested tags."))
        }
    }

    /// Adds the tags that `before`, the caller's session, passes on: its transitive tags win, and
    /// stay transitive.
    pub(crate) fn inherit(&mut self, before: &Session) -> Result<(), StsRefusal> {
        for key in &before.transitive_tag_keys {
            if self.tags.iter().any(|(tag, _)| same(tag, key)) {
                return Err(invalid(
                    "One of the specified transitive tag keys can't be set because it conflicts with a transitive \
                     tag key from the calling session.",
                ));
            }
            let Some(tag) = before.tags.iter().find(|(tag, _)| same(tag, key)) else { continue };
            self.tags.push(tag.clone());
            self.transitive_tag_keys.push(key.clone());
        }
        Ok(())
    }
}

/// Keys of tags are compared without regard to case.
fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

fn require_tags(tags: &[(String, String)]) -> Result<(), StsRefusal> {
    if tags.len() > TAGS_MAX {
        return Err(invalid(format!("The number of session tags must not exceed {TAGS_MAX}")));
    }
    let mut keys: Vec<String> = tags.iter().map(|(key, _)| key.to_lowercase()).collect();
    keys.sort_unstable();
    if keys.windows(2).any(|pair| pair[0] == pair[1]) {
        return Err(invalid(
            "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
        ));
    }
    if keys.iter().any(|key| key.starts_with("aws:")) {
        return Err(invalid("Tag keys cannot start with aws:."));
    }
    let letter = |letter: char| {
        letter.is_alphanumeric() || letter.is_whitespace() || "_.:/=+-@".contains(letter)
    };
    let fits = |(key, value): &(String, String)| {
        (1..=TAG_KEY_LENGTH_MAX).contains(&key.chars().count())
            && value.chars().count() <= TAG_VALUE_LENGTH_MAX
            && key.chars().chain(value.chars()).all(letter)
    };
    if tags.iter().all(fits) {
        Ok(())
    } else {
        Err(invalid("A session tag has a key or a value that is not valid."))
    }
}

#[cfg(test)]
mod tests {
    use names::{SessionOrigin, Timestamp};

    use super::*;

    fn account() -> AccountId {
        AccountId::parse("123456789012").unwrap()
    }

    fn tags(all: &[(&str, &str)]) -> Vec<(String, String)> {
        all.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    fn tagged(all: &[(&str, &str)], transitive: &[&str]) -> SessionLimits {
        let transitive_tag_keys = transitive.iter().map(|key| (*key).to_owned()).collect();
        SessionLimits { tags: tags(all), transitive_tag_keys, ..SessionLimits::default() }
    }

    #[test]
    fn session_tags() {
        let many: Vec<String> = (0..51).map(|at| format!("k{at}")).collect();
        let many: Vec<(&str, &str)> = many.iter().map(|key| (key.as_str(), "v")).collect();
        let long = "k".repeat(129);
        #[rustfmt::skip]
        let cases = [
            (tagged(&[("Team", "red"), ("Env", "")], &["team"]), true,  "keys have no case"),
            (tagged(&many[..50], &[]),                           true,  "fifty"),
            (tagged(&many, &[]),                                 false, "fifty-one"),
            (tagged(&[("a", "1"), ("A", "2")], &[]),             false, "the same key twice"),
            (tagged(&[("aws:x", "1")], &[]),                     false, "AWS's own"),
            (tagged(&[("AWS:x", "1")], &[]),                     false, "AWS's own, in capitals"),
            (tagged(&[("", "1")], &[]),                          false, "no key"),
            (tagged(&[(&long, "1")], &[]),                       false, "a long key"),
            (tagged(&[("a", "*")], &[]),                         false, "a letter that tags do not have"),
            (tagged(&[("a", "1")], &["b"]),                      false, "nothing to hand on"),
        ];
        for (limits, valid, because) in cases {
            assert_eq!(limits.require_valid(&account()).is_ok(), valid, "{because}");
        }
    }

    #[test]
    fn session_policies() {
        let with = |policy: &str| SessionLimits {
            policy: Some(policy.to_owned()),
            ..SessionLimits::default()
        };
        let good = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ecr:*","Resource":"*"}]}"#;
        assert_eq!(with(good).require_valid(&account()), Ok(()));
        let refused = with("{").require_valid(&account());
        assert!(matches!(refused, Err(StsRefusal::MalformedPolicyDocument(_))), "{refused:?}");
        let arns = |arn: &str, count| SessionLimits {
            policy_arns: vec![PolicyArn::parse(arn).unwrap(); count],
            ..SessionLimits::default()
        };
        let aws = "arn:aws:iam::aws:policy/ReadOnlyAccess";
        #[rustfmt::skip]
        let cases = [
            (arns(aws, 10),                                   true,  "ten of AWS's"),
            (arns(aws, 11),                                   false, "eleven"),
            (arns("arn:aws:iam::123456789012:policy/p", 1),   true,  "our own"),
            (arns("arn:aws:iam::111122223333:policy/p", 1),   false, "another account's"),
        ];
        for (limits, valid, because) in cases {
            assert_eq!(limits.require_valid(&account()).is_ok(), valid, "{because}");
        }
    }

    #[test]
    fn transitive_tags_are_handed_on() {
        let before = Session {
            issued_at: Timestamp::from_seconds(0),
            ends_at: Timestamp::from_seconds(1),
            origin: SessionOrigin::AssumeRole,
            policy: Some("{}".to_owned()),
            policy_arns: Vec::new(),
            tags: tags(&[("Team", "red"), ("run", "7")]),
            transitive_tag_keys: vec!["team".to_owned()],
            source_identity: None,
            scopes: Vec::new(),
        };
        let mut next = tagged(&[("env", "ci")], &[]);
        next.inherit(&before).unwrap();
        assert_eq!(next.tags, tags(&[("env", "ci"), ("Team", "red")]));
        assert_eq!(next.transitive_tag_keys, ["team"]);
        assert_eq!(next.policy, None, "a policy limits one session");
        assert!(tagged(&[("TEAM", "blue")], &[]).inherit(&before).is_err(), "it cannot be changed");
    }
}
