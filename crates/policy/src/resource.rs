//! Which resources a statement is about.

use crate::context::{Context, Key};
use crate::document::Version;
use crate::glob::Glob;
use crate::malformed::Malformed;
use crate::template::{Template, Unresolved, Wildcards};
use crate::work::Work;

/// How many parts an ARN has: `arn`, partition, service, Region, account, resource.
const ARN_PARTS: usize = 6;

/// A resource of a policy: `*`, or an ARN whose parts may hold wildcards, and whose last part may hold variables.
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
}

/// An ARN, taken apart. The last part keeps its colons.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Arn<'a> {
    pub(crate) partition: &'a str,
    pub(crate) service: &'a str,
    pub(crate) region: &'a str,
    pub(crate) account: &'a str,
    pub(crate) resource: &'a str,
}

impl<'a> Arn<'a> {
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
        if service.is_empty() || !crate::action::is_vendor(service) {
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
        })))
    }

    /// Is the request's resource one of these? `arn` is the resource taken apart, if it is an ARN.
    pub(crate) fn matches(
        &self,
        arn: Option<&Arn<'_>>,
        context: &Context<'_>,
        work: &Work,
    ) -> Result<bool, Unresolved> {
        if !work.spend(1) {
            return Ok(false);
        }
        match (self, arn) {
            (Self::Any, _) => Ok(true),
            (Self::Arn(_), None) => Ok(false),
            (Self::Arn(pattern), Some(arn)) => {
                let ArnPattern { partition, service, region, account, resource } = &**pattern;
                let is_there = crate::action::is_same_service(service, arn.service)
                    && account.matches(arn.account, work)
                    && region.matches(arn.region, work)
                    && partition.matches(arn.partition, work);
                if is_there { resource.matches(arn.resource, context, work) } else { Ok(false) }
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
        context.set("aws:PrincipalTag/team", "a*");
        let pattern = ResourcePattern::read(pattern, Version::V2012).unwrap();
        pattern.matches(Arn::split(resource).as_ref(), &context, &Work::of_decision())
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
            ("arn:aws:ecr:*:*:repository/${aws:PrincipalTag/team}", "arn:aws:ecr:r:1:repository/ab", false, "a value is literal"),
            ("arn:aws:ecr:*:*:repository/${aws:PrincipalTag/team}", "arn:aws:ecr:r:1:repository/a*", true,  "a value is literal"),
            ("arn:aws:ecr:*:${aws:PrincipalTag/team}:*",           "arn:aws:ecr:r:a*:x", false, "variables only after the fifth colon"),
        ];
        for (pattern, resource, matched, because) in cases {
            assert_eq!(check(pattern, resource), Ok(matched), "{pattern}: {because}");
        }
        assert_eq!(check("arn:aws:ecr:*:*:repository/${aws:x}*", WEB), Err(Unresolved));
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
