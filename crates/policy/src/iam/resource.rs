//! The resources of a statement.

use crate::iam::context::{Context, Key};
use crate::iam::glob::Glob;
use crate::iam::malformed::Malformed;
use crate::iam::template::{Template, Unresolved, Wildcards};
use crate::iam::version::Version;
use crate::work::Work;

/// How many parts an ARN has: `arn`, partition, service, Region, account, resource.
const ARN_PARTS: usize = 6;

/// A resource of a policy: `*`, or an ARN whose parts may contain wildcards, and whose last part
/// may contain variables.
#[derive(Debug, Clone)]
pub(crate) enum ResourcePattern {
    Any,
    Arn(Box<ArnPattern>),
}

#[derive(Debug, Clone)]
pub(crate) struct ArnPattern {
    partition: Glob,
    service: Box<str>,
    region: Glob,
    account: Glob,
    resource: Template,
    /// The last part up to the first wildcard or variable.
    head: Box<str>,
}

/// The parts of an ARN. The last part keeps its colons.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Arn<'a> {
    pub(crate) partition: &'a str,
    pub(crate) service: &'a str,
    pub(crate) region: &'a str,
    pub(crate) account: &'a str,
    pub(crate) resource: &'a str,
}

/// A letter that occurs in no name, to stand for any.
const ANY: char = '\u{10ffff}';

/// How much of a list a pattern must match. A list is everything whose ARN begins alike, such as
/// all repositories of a registry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Share {
    /// Everything: required to allow a list, or to exclude it from a `Deny`.
    All,
    /// Every name of some length: enough to deny it.
    OfSomeLength,
    /// Anything, as far as can be decided: enough to exclude it from an `Allow`.
    Something,
}

/// Whether the last part of an ARN is case-sensitive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    Counts,
    /// It is not: this keeps a name from being given in any spelling.
    Ignored,
}

impl<'a> Arn<'a> {
    /// The common start of the ARNs of a list, if the resource is one. A list is written with a
    /// star or a slash at the end, which no name has: `repository/*`, `user/team/`.
    fn list(&self) -> Option<&'a str> {
        let prefix = self.resource.strip_suffix('*');
        prefix.or_else(|| self.resource.ends_with('/').then_some(self.resource))
    }

    pub(crate) fn split(text: &'a str) -> Option<Self> {
        let mut parts = text.splitn(ARN_PARTS, ':');
        if parts.next()? != "arn" {
            return None;
        }
        let mut next = || parts.next();
        let (partition, service, region, account) = (next()?, next()?, next()?, next()?);
        Some(Self { partition, service, region, account, resource: next()? })
    }
}

impl ResourcePattern {
    pub(crate) fn read(text: &str, version: Version) -> Result<Self, Malformed> {
        if text == "*" {
            return Ok(Self::Any);
        }
        let not_an_arn = || Malformed::NotAnArn(text.to_owned());
        let mut parts = text.splitn(ARN_PARTS, ':');
        let (Some("arn"), Some(partition)) = (parts.next(), parts.next()) else {
            return Err(not_an_arn());
        };
        if !is_partition(partition) {
            let (partition, resource) = (partition.to_owned(), text.to_owned());
            return Err(Malformed::Partition { partition, resource });
        }
        let service = parts.next().ok_or(Malformed::ResourceVendor)?;
        if service.is_empty() || !crate::iam::action::is_vendor(service) {
            return Err(Malformed::ResourceVendor);
        }
        if text.contains("::") && text.matches(':').count() + 1 < ARN_PARTS {
            return Err(Malformed::LegacyParsing);
        }
        // AWS completes an ARN that ends early with wildcards.
        let (region, account) = (parts.next().unwrap_or("*"), parts.next().unwrap_or("*"));
        let resource = parts.next().unwrap_or("*");
        Ok(Self::Arn(Box::new(ArnPattern {
            partition: Glob::new(partition),
            service: service.into(),
            region: Glob::new(region),
            account: Glob::new(account),
            resource: Template::read(resource, version, Wildcards::Wild)?,
            head: resource.split(['*', '?', '$']).next().unwrap_or_default().into(),
        })))
    }

    /// Whether the request's resource is one of these. `arn` is the parsed resource, if it is an
    /// ARN. A list is one if this matches `share` of it: a wildcard that could match the star of a
    /// list does not allow the list.
    pub(crate) fn matches(
        &self,
        arn: Option<&Arn<'_>>,
        context: &Context<'_>,
        share: Share,
        case: Case,
        work: &Work,
    ) -> Result<bool, Unresolved> {
        if !work.spend(1) {
            return Ok(false);
        }
        match (self, arn) {
            (Self::Any, _) => Ok(true),
            (Self::Arn(_), None) => Ok(false),
            (Self::Arn(pattern), Some(arn)) => {
                let ArnPattern { partition, service, region, account, resource, head: _ } =
                    &**pattern;
                let is_there = crate::iam::action::is_same_service(service, arn.service)
                    && account.matches(arn.account, work)
                    && region.matches(arn.region, work)
                    && partition.matches(arn.partition, work);
                match arn.list() {
                    _ if !is_there => Ok(false),
                    None if case == Case::Ignored => {
                        resource.matches_folded(arn.resource, context, work)
                    }
                    None => resource.matches(arn.resource, context, work),
                    Some(prefix) => {
                        pattern.matches_list(arn.resource, prefix, context, share, work)
                    }
                }
            }
        }
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = &Key> {
        let template = match self {
            Self::Any => None,
            Self::Arn(pattern) => Some(&pattern.resource),
        };
        template.into_iter().flat_map(Template::keys)
    }
}

impl ArnPattern {
    fn matches_list(
        &self,
        list: &str,
        prefix: &str,
        context: &Context<'_>,
        share: Share,
        work: &Work,
    ) -> Result<bool, Unresolved> {
        let names = [1, 2].map(|length| format!("{prefix}{}", ANY.to_string().repeat(length)));
        let [one, two] = names.each_ref().map(|name| self.resource.matches(name, context, work));
        let (one, two) = (one?, two?);
        // A folder that is written out as refusals print it is meant: nothing else has that name.
        let is_named = *list == *self.head && self.is_literal();
        Ok(match share {
            Share::All => is_named || (one && two),
            Share::OfSomeLength => is_named || one || two,
            Share::Something => self.head.starts_with(prefix) || prefix.starts_with(&*self.head),
        })
    }

    fn is_literal(&self) -> bool {
        matches!(&self.resource, Template::Fixed(Glob::Literal(text)) if **text == *self.head)
    }
}

/// `aws`, one of its kin, or a pattern for them.
fn is_partition(text: &str) -> bool {
    let is_word = text.bytes().all(|b| b.is_ascii_lowercase() || b"-*?".contains(&b));
    is_word && (text.starts_with("aws") || text.starts_with(['*', '?']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pattern: &str, resource: &str) -> Result<bool, Unresolved> {
        let mut context = Context::new();
        context.set("aws:PrincipalTag/team", "a*b");
        let pattern = ResourcePattern::read(pattern, Version::V2012).unwrap();
        let arn = Arn::split(resource);
        pattern.matches(arn.as_ref(), &context, Share::All, Case::Counts, &Work::of_decision())
    }

    #[test]
    fn resources_match_part_by_part() {
        const WEB: &str = "arn:aws:ecr:us-east-1:123456789012:repository/team/web";
        #[rustfmt::skip]
        let cases = [
            ("*",                                                  WEB, true,  "everything"),
            (WEB,                                                  WEB, true,  "itself"),
            ("arn:aws:ecr:*",                                      WEB, true,  "an ARN that ends early is completed"),
            ("arn:aws:ecr",                                        WEB, true,  "an ARN that ends early is completed"),
            ("arn:aws:ecr:us-*",                                   WEB, true,  "an ARN that ends early is completed"),
            ("arn:aws:ecr:eu-*",                                   WEB, false, "another Region"),
            ("arn:*:ecr:*:*:repository/*",                         WEB, true,  "wildcards in every part"),
            ("arn:aws:ecr:*:repository/*",                         WEB, false, "a star does not cross a colon"),
            ("arn:aws:ecr:us-east-1:*:repository/team*",           WEB, true,  "a star crosses a slash"),
            ("arn:aws:ecr:us-east-?:*:repository/*/web",           WEB, true,  "one character"),
            ("arn:aws:ecr:us-east-1:123456789012:repository/TEAM/web", WEB, false, "case counts"),
            ("arn:aws:ecr-public:*:*:*",                           WEB, false, "another service"),
            ("arn:aws:ecr:*:*:*",                                  "*", false, "an action without a resource wants a star"),
            ("*",                                                  "*", true,  "an action without a resource wants a star"),
            ("arn:aws:logs:*:*:log-group:a:*", "arn:aws:logs:r:1:log-group:a:b:c", true,  "the last part keeps its colons"),
            ("arn:aws:ecr:*:*:repository/${aws:PrincipalTag/team}", "arn:aws:ecr:r:1:repository/axb", false, "a value is literal"),
            ("arn:aws:ecr:*:*:repository/${aws:PrincipalTag/team}", "arn:aws:ecr:r:1:repository/a*b", true,  "a value is literal"),
            ("arn:aws:ecr:*:${aws:PrincipalTag/team}:*",           "arn:aws:ecr:r:a*b:x", false, "variables only after the fifth colon"),
        ];
        for (pattern, resource, matched, because) in cases {
            assert_eq!(check(pattern, resource), Ok(matched), "{pattern}: {because}");
        }
        assert_eq!(check("arn:aws:ecr:*:*:repository/${aws:x}*", WEB), Err(Unresolved));
    }

    #[test]
    fn a_name_that_is_given_is_matched_in_any_spelling() {
        #[rustfmt::skip]
        let cases = [
            ("arn:aws:iam::1:role/Guard",                       "arn:aws:iam::1:role/GUARD",     true,  "a name"),
            ("arn:aws:iam::1:role/Guard*",                      "arn:aws:iam::1:role/gUARD-x",   true,  "a prefix"),
            ("arn:aws:iam::1:role/*/Guard*x",                   "arn:aws:iam::1:role/a/GUARD-X", true,  "stars between"),
            ("arn:aws:iam::1:role/Gu?rd",                       "arn:aws:iam::1:role/GUARD",     true,  "one character"),
            ("arn:aws:iam::1:role/X${aws:PrincipalTag/team}",   "arn:aws:iam::1:role/xA*B",      true,  "a variable"),
            ("arn:aws:iam::1:role/Guard",                       "arn:aws:iam::1:role/GUARDS",    false, "another name"),
            ("arn:aws:iam::1:role/Guard",                       "arn:aws:iam::2:role/GUARD",     false, "another account's"),
        ];
        let mut context = Context::new();
        context.set("aws:PrincipalTag/team", "a*b");
        for (text, arn, expected, because) in cases {
            let pattern = ResourcePattern::read(text, Version::V2012).unwrap();
            let (arn, work) = (Arn::split(arn), Work::of_decision());
            let matched =
                pattern.matches(arn.as_ref(), &context, Share::OfSomeLength, Case::Ignored, &work);
            assert_eq!(matched, Ok(expected), "{text}: {because}");
        }
    }

    #[test]
    fn a_list_is_open_to_those_who_may_do_it_to_all_of_it() {
        const ALL: &str = "arn:aws:ecr:us-east-1:123456789012:repository/*";
        const TEAM: &str = "arn:aws:iam::123456789012:user/team/";
        #[rustfmt::skip]
        let cases = [
            // pattern                                            list   all    denies something
            ("*",                                                 ALL,   true,  true,  true),
            (ALL,                                                 ALL,   true,  true,  true),
            ("arn:aws:ecr:*:*:*",                                 ALL,   true,  true,  true),
            ("arn:aws:ecr:*:*:repository/?*",                     ALL,   true,  true,  true),
            ("arn:aws:ecr:*:*:repository?*",                      ALL,   true,  true,  true),
            ("arn:aws:ecr:*:*:repository/?",                      ALL,   false, true,  true),
            ("arn:aws:ecr:*:*:repository/??",                     ALL,   false, true,  true),
            ("arn:aws:ecr:*:*:repository/??*",                    ALL,   false, true,  true),
            ("arn:aws:ecr:*:*:repository/${*}",                   ALL,   false, false, true),
            ("arn:aws:ecr:*:*:repository/${aws:PrincipalTag/star}", ALL, false, false, true),
            ("arn:aws:ecr:*:*:repository/team/*",                 ALL,   false, false, true),
            ("arn:aws:ecr:*:*:repository/team",                   ALL,   false, false, true),
            ("arn:aws:ecr:*:*:repository/*/web",                  ALL,   false, false, true),
            ("arn:aws:ecr:*:*:repository/",                       ALL,   false, false, true),
            ("arn:aws:ecr:eu-west-1:*:repository/*",              ALL,   false, false, false),
            ("arn:aws:ecr:*:*:pull-through/*",                    ALL,   false, false, false),
            ("arn:aws:iam::*:user/*",                             TEAM,  true,  true,  true),
            (TEAM,                                                TEAM,  true,  true,  true),
            ("arn:aws:iam::*:user/team/*",                        TEAM,  true,  true,  true),
            ("arn:aws:iam::*:user/team?",                         TEAM,  false, false, true),
            ("arn:aws:iam::*:user/team/?",                        TEAM,  false, true,  true),
            ("arn:aws:iam::*:user/team",                          TEAM,  false, false, true),
            ("arn:aws:iam::*:user/teams/*",                       TEAM,  false, false, false),
            ("arn:aws:iam::*:user/${aws:PrincipalTag/team}",      TEAM,  false, false, true),
        ];
        let mut context = Context::new();
        context.set("aws:PrincipalTag/star", "*");
        context.set("aws:PrincipalTag/team", "team/");
        for (text, list, all, denies, something) in cases {
            let (pattern, arn) =
                (ResourcePattern::read(text, Version::V2012).unwrap(), Arn::split(list));
            let matches = |share| {
                let work = Work::of_decision();
                pattern.matches(arn.as_ref(), &context, share, Case::Counts, &work).unwrap()
            };
            assert_eq!(matches(Share::All), all, "{text}: all of {list}");
            assert_eq!(matches(Share::OfSomeLength), denies, "{text}: denies {list}");
            assert_eq!(matches(Share::Something), something, "{text}: some of {list}");
        }
    }

    #[test]
    fn resources_that_cannot_be_are_refused_in_aws_s_words() {
        #[rustfmt::skip]
        let cases = [
            ("web",                 "Resource web must be in ARN format or \"*\"."),
            ("",                    "Resource  must be in ARN format or \"*\"."),
            ("**",                  "Resource ** must be in ARN format or \"*\"."),
            ("a:b:c:d:e:f",         "Resource a:b:c:d:e:f must be in ARN format or \"*\"."),
            ("arn:error:ecr:::x",   "Partition \"error\" is not valid for resource \"arn:error:ecr:::x\"."),
            ("arn:aws",             "Resource vendor must be fully qualified and cannot contain regexes."),
            ("arn:aws:*",           "Resource vendor must be fully qualified and cannot contain regexes."),
            ("arn:aws:e*:*:*:*",    "Resource vendor must be fully qualified and cannot contain regexes."),
            ("arn:aws:iam::1",      "The policy failed legacy parsing"),
            ("arn:aws:ecr:*:*:${",  "Syntax errors in policy."),
        ];
        for (text, sentence) in cases {
            let malformed = ResourcePattern::read(text, Version::V2012).unwrap_err();
            assert_eq!(malformed.to_string(), sentence, "{text}");
        }
    }
}
