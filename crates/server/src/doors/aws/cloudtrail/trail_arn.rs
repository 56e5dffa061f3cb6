//! The names of trails: `arn:aws:cloudtrail:REGION:ACCOUNT:trail/NAME`.

use identity::Caller;
use names::AccountId;
use wire::aws::WireRefusal;
use wire::aws::cloudtrail::Exception;

use super::super::call::Target;
use crate::guard::Resource;

/// The ARN of a trail, which may not be there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::doors::aws) struct TrailArn {
    text: String,
    account: AccountId,
}

/// Longer than the ARN of any trail.
const LENGTH_MAX: usize = 256;

impl TrailArn {
    /// The ARN of a trail of an account.
    pub(super) fn of(account: &AccountId, home_region: &str, name: &str) -> Self {
        let text = format!("arn:aws:cloudtrail:{home_region}:{account}:trail/{name}");
        Self { text, account: account.clone() }
    }

    /// Reads what a caller names a trail by: its name, which is that of a trail of the caller's
    /// account and Region, or its ARN. Whether the name could be one is for [`require_name`].
    pub(super) fn parse(caller: &Caller, text: &str) -> Result<Self, WireRefusal> {
        if !text.starts_with("arn:") {
            return Ok(Self::of(caller.account(), caller.region.as_str(), text));
        }
        let invalid = || {
            let text = "The ARN of the trail is not valid. It is like \
                        arn:aws:cloudtrail:us-east-1:123456789012:trail/MyTrail.";
            WireRefusal::new(Exception::CloudTrailARNInvalid, text)
        };
        let parts: Vec<&str> = text.splitn(6, ':').collect();
        let ["arn", _, "cloudtrail", _, account, trail] = parts[..] else { return Err(invalid()) };
        let name = trail.strip_prefix("trail/").filter(|name| require_name(name).is_ok());
        let account = AccountId::parse(account).ok().filter(|_| name.is_some());
        let account = account.filter(|_| text.len() <= LENGTH_MAX).ok_or_else(invalid)?;
        Ok(Self { text: text.to_owned(), account })
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }
}

impl Target for TrailArn {
    fn resources(&self) -> Vec<Resource> {
        vec![Resource::iam(self.text.clone(), self.account.clone())]
    }
}

/// Refuses a name that no trail can have. ARNs are read by [`TrailArn::parse`].
pub(super) fn require_name(name: &str) -> Result<(), WireRefusal> {
    if name.starts_with("arn:") {
        return Ok(());
    }
    let fits = |b: u8| b.is_ascii_alphanumeric() || b"-_.".contains(&b);
    if (3..=128).contains(&name.len()) && name.bytes().all(fits) {
        return Ok(());
    }
    let text = "The name of a trail has 3 to 128 letters, digits, periods, underscores and dashes.";
    Err(WireRefusal::new(Exception::InvalidTrailName, text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guard::testing::root;

    #[test]
    fn trails_are_named_by_name_or_arn() {
        const ARN: &str = "arn:aws:cloudtrail:us-east-1:111111111111:trail/logs";
        let long = format!("arn:aws:cloudtrail:{}:111111111111:trail/logs", "a".repeat(256));
        #[rustfmt::skip]
        let cases = [
            ("logs",                                                  Some(ARN), "a name"),
            (ARN,                                                     Some(ARN), "an ARN"),
            ("arn:aws:cloudtrail:us-east-1:111111111111:trail",       None, "no name"),
            ("arn:aws:cloudtrail:us-east-1:111111111111:trail/a/b",   None, "a slash"),
            ("arn:aws:cloudtrail:us-east-1:11:trail/logs",            None, "no account"),
            ("arn:aws:s3:us-east-1:111111111111:trail/logs",          None, "another service"),
            (&long,                                                   None, "too long"),
        ];
        for (text, expected, because) in cases {
            let read = TrailArn::parse(&root("111111111111"), text);
            assert_eq!(read.as_ref().ok().map(TrailArn::as_str), expected, "{text:?}: {because}");
        }
        for (name, expected) in
            [("logs", true), (ARN, true), ("", false), ("ab", false), ("a b c", false)]
        {
            assert_eq!(require_name(name).is_ok(), expected, "{name:?}");
        }
    }
}
