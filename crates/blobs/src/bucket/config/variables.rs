use super::MalformedBucketConfig;
use super::malformed::malformed;

/// The variables for one address.
pub(super) struct Variables<'a> {
    pub(super) address: &'a str,
    pub(super) variable: &'a dyn Fn(&str) -> Option<String>,
}

impl Variables<'_> {
    /// An empty one is one that was not set.
    pub(super) fn find(&self, name: &str) -> Option<String> {
        (self.variable)(name).filter(|value| !value.is_empty())
    }

    pub(super) fn require(&self, name: &str) -> Result<String, MalformedBucketConfig> {
        self.find(name).ok_or_else(|| self.missing(name))
    }

    pub(super) fn missing(&self, name: &str) -> MalformedBucketConfig {
        let is_not = if name.starts_with("neither") { "is" } else { "is not" };
        malformed(format!("{name} {is_not} set; {} needs it", self.address))
    }

    pub(super) fn switch(&self, name: &str) -> Result<bool, MalformedBucketConfig> {
        match self.find(name).as_deref() {
            None | Some("false") => Ok(false),
            Some("true") => Ok(true),
            Some(_) => Err(malformed(format!("{name} is neither true nor false"))),
        }
    }

    /// A store's address, with at most so many names in its path.
    pub(super) fn endpoint(
        &self,
        name: &str,
        names_max: usize,
        allow_http: bool,
    ) -> Result<Option<String>, MalformedBucketConfig> {
        let Some(text) = self.find(name) else { return Ok(None) };
        let text = text.trim_end_matches('/');
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        let is_one = |rest: &str| {
            let mut names = rest.split('/');
            !rest.contains(['@', '?', '#', ' '])
                && names.clone().count() <= 1 + names_max
                && names.all(|name| !name.is_empty())
        };
        if !rest.is_some_and(is_one) {
            return Err(malformed(format!("{name} is not https://HOST or https://HOST:PORT")));
        }
        if text.starts_with("http://") && !allow_http {
            let allow = name.replace("ENDPOINT", "ALLOW_HTTP");
            return Err(malformed(format!("{name} has no TLS; use https://, or set {allow}=true")));
        }
        Ok(Some(text.to_owned()))
    }
}
