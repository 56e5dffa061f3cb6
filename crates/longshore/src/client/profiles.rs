//! Reads `~/.aws/config` and `~/.aws/credentials` as `aws` does.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use super::{ClientFailure, Environment};

/// The settings of one profile.
pub(super) type Profile = BTreeMap<String, String>;

/// All profiles of both files.
#[derive(Default)]
pub(super) struct Profiles(BTreeMap<String, Profile>);

impl Profiles {
    /// Reads both files. A missing file counts as empty.
    pub(super) fn read(environment: &Environment) -> Result<Self, ClientFailure> {
        let file = |variable, below| match environment.path_or_home(variable, below) {
            Some(path) => read(&path),
            None => Ok(String::new()),
        };
        let config = file("AWS_CONFIG_FILE", ".aws/config")?;
        let credentials = file("AWS_SHARED_CREDENTIALS_FILE", ".aws/credentials")?;
        Ok(Self::of(&config, &credentials))
    }

    /// The settings of a profile. The credentials file overrides the config file.
    pub(super) fn of(config: &str, credentials: &str) -> Self {
        let mut all = Self::default();
        for (section, key, value) in settings(config) {
            let name = match section.strip_prefix("profile") {
                Some(name) if name.starts_with(char::is_whitespace) => name.trim(),
                _ if section == "default" => section,
                _ => continue,
            };
            all.put(name, key, value);
        }
        for (section, key, value) in settings(credentials) {
            all.put(section, key, value);
        }
        all
    }

    fn put(&mut self, name: &str, key: &str, value: &str) {
        let profile = self.0.entry(name.trim_matches('"').to_owned()).or_default();
        profile.insert(key.to_ascii_lowercase(), value.to_owned());
    }

    pub(super) fn find(&self, name: &str) -> Option<&Profile> {
        self.0.get(name)
    }
}

fn read(path: &Path) -> Result<String, ClientFailure> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
        Err(error) => Err(ClientFailure::Settings(format!("{}: {error}", path.display()))),
    }
}

/// The section, key and value of each setting. Indented lines belong to settings that we do not
/// use.
fn settings(text: &str) -> impl Iterator<Item = (&str, &str, &str)> {
    let mut section = "";
    text.lines().filter_map(move |line| {
        let is_comment = line.starts_with(['#', ';']);
        if is_comment || line.starts_with(char::is_whitespace) {
            return None;
        }
        if let Some(rest) = line.strip_prefix('[') {
            section = rest.split(']').next().unwrap_or_default().trim();
            return None;
        }
        let (key, value) = line.split_once('=')?;
        let end = [" #", " ;", "\t#", "\t;"].iter().filter_map(|mark| value.find(mark)).min();
        let value = value[..end.unwrap_or(value.len())].trim();
        (!section.is_empty() && !value.is_empty()).then_some((section, key.trim(), value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONFIG: &str = "
# a comment
region = of-no-profile
[default]
region = us-east-1
[profile ci]
Region=eu-west-1   ; where CI is
endpoint_url = https://registry.example.com/#fragment
s3 =
  max_concurrent_requests = 20
[profile \"two words\"]
region = x
[ci]
region = not a profile in this file
[sso-session s]
region = not a profile at all
";
    const CREDENTIALS: &str = "
[ci]
aws_access_key_id = AKIAEXAMPLE
aws_secret_access_key = a+b/c=
region = eu-central-1
";

    #[test]
    fn profiles_are_read_as_aws_reads_them() {
        let profiles = Profiles::of(CONFIG, CREDENTIALS);
        #[rustfmt::skip]
        let cases = [
            // profile     key                      value                because
            ("default",   "region",                Some("us-east-1"),   "default needs no `profile`"),
            ("ci",        "region",                Some("eu-central-1"), "the credentials file is stronger"),
            ("ci",        "endpoint_url",          Some("https://registry.example.com/#fragment"), "a comment begins after space"),
            ("ci",        "aws_secret_access_key", Some("a+b/c="),      "only the first = splits"),
            ("ci",        "max_concurrent_requests", None,              "nested settings are another's"),
            ("two words", "region",                Some("x"),           "quoted names"),
            ("s",         "region",                None,                "no profile"),
            ("",          "region",                None,                "before the first section"),
        ];
        for (profile, key, value, because) in cases {
            let found = profiles.find(profile).and_then(|profile| profile.get(key));
            assert_eq!(found.map(String::as_str), value, "{profile}.{key}: {because}");
        }
    }
}
