//! Finds the source of credentials, without the network. [`obtain`](super::obtain()) then gets
//! them.
//!
//! The order is: the key in the environment, the web identity in the environment, the profile.
//! Instance metadata, single sign-on and `credential_process` are not supported.

use std::fmt;
use std::path::PathBuf;

use names::Digest;
use zeroize::Zeroizing;

use super::profiles::{Profile, Profiles};
use super::{ClientFailure, Credentials, Environment};

/// The longest chain of profiles. A longer one is taken for a circle.
const SOURCE_PROFILES_MAX: usize = 5;

/// The default session name.
const SESSION_NAME: &str = "longshore";

/// The source of credentials.
#[derive(Debug, Clone)]
pub(crate) enum Source {
    /// An access key.
    Key(Credentials),
    /// STS issues them for the token of an identity provider.
    WebIdentity(WebIdentity),
    /// STS issues them to the principal of another source.
    Role {
        role_arn: String,
        session_name: String,
        external_id: Option<String>,
        source: Box<Source>,
    },
}

/// A role, and the token that proves the right to assume it.
#[derive(Debug, Clone)]
pub(crate) struct WebIdentity {
    pub(crate) role_arn: String,
    pub(crate) session_name: String,
    pub(crate) token: IdentityToken,
}

/// A JWT, given directly or in a file that another program keeps fresh.
#[derive(Clone)]
pub(crate) enum IdentityToken {
    Given(Zeroizing<String>),
    File(PathBuf),
}

impl WebIdentity {
    /// Reads the current token.
    pub(super) fn read_token(&self) -> Result<Zeroizing<String>, ClientFailure> {
        match &self.token {
            IdentityToken::Given(token) => Ok(token.clone()),
            IdentityToken::File(path) => match std::fs::read_to_string(path) {
                Ok(text) => Ok(Zeroizing::new(Zeroizing::new(text).trim().to_owned())),
                Err(error) => Err(ClientFailure::Settings(format!(
                    "cannot read the web identity token {}: {error}",
                    path.display()
                ))),
            },
        }
    }
}

impl Source {
    /// A text that identifies the principal. It differs whenever the principal's rights could
    /// differ.
    pub(crate) fn fingerprint(&self) -> Result<String, ClientFailure> {
        Ok(match self {
            Self::Key(credentials) => credentials.access_key_id.to_string(),
            Self::WebIdentity(identity) => {
                let token = Digest::sha256(identity.read_token()?.as_bytes());
                format!("{} {} {}", identity.role_arn, identity.session_name, token.as_str())
            }
            Self::Role { role_arn, session_name, external_id: _, source } => {
                format!("{role_arn} {session_name} {}", source.fingerprint()?)
            }
        })
    }

    /// Looks in the environment, then in the profile that it names, else in `default`.
    pub(super) fn find(
        environment: &Environment,
        profiles: &Profiles,
    ) -> Result<Option<Self>, ClientFailure> {
        if let Some(credentials) = key_of_environment(environment)? {
            return Ok(Some(Self::Key(credentials)));
        }
        let file = environment.find("AWS_WEB_IDENTITY_TOKEN_FILE");
        if let (Some(file), Some(role)) = (file, environment.find("AWS_ROLE_ARN")) {
            return Ok(Some(Self::WebIdentity(WebIdentity {
                role_arn: role.to_owned(),
                session_name: environment
                    .find("AWS_ROLE_SESSION_NAME")
                    .unwrap_or(SESSION_NAME)
                    .to_owned(),
                token: IdentityToken::File(file.into()),
            })));
        }
        match environment.find("AWS_PROFILE") {
            Some(name) => Self::of_profile(environment, profiles, name).map(Some),
            None if profiles.find("default").is_some_and(has_credentials) => {
                Self::of_profile(environment, profiles, "default").map(Some)
            }
            None => Ok(None),
        }
    }

    /// Reads the source from a profile.
    pub(super) fn of_profile(
        environment: &Environment,
        profiles: &Profiles,
        name: &str,
    ) -> Result<Self, ClientFailure> {
        Self::follow(environment, profiles, name, SOURCE_PROFILES_MAX)
    }

    fn follow(
        environment: &Environment,
        profiles: &Profiles,
        name: &str,
        left: usize,
    ) -> Result<Self, ClientFailure> {
        let refuse = |why: &str| ClientFailure::Settings(format!("the profile {name} {why}"));
        let profile = profiles
            .find(name)
            .ok_or_else(|| refuse("is neither in ~/.aws/config nor in ~/.aws/credentials"))?;
        let text = |key: &str| profile.get(key).cloned();
        let Some(role_arn) = text("role_arn") else { return key_of(name, profile) };
        let session_name = text("role_session_name").unwrap_or_else(|| SESSION_NAME.to_owned());
        if let Some(file) = text("web_identity_token_file") {
            let token = IdentityToken::File(file.into());
            return Ok(Self::WebIdentity(WebIdentity { role_arn, session_name, token }));
        }
        let left =
            left.checked_sub(1).ok_or_else(|| refuse("refers to itself through source_profile"))?;
        let source = match (text("source_profile"), text("credential_source").as_deref()) {
            (Some(source), _) if source == name => key_of(name, profile)?,
            (Some(source), _) => Self::follow(environment, profiles, &source, left)?,
            (None, Some("Environment")) => Self::Key(
                key_of_environment(environment)?
                    .ok_or_else(|| refuse("needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"))?,
            ),
            _ => {
                return Err(refuse(
                    "has a role_arn, but neither source_profile nor web_identity_token_file",
                ));
            }
        };
        let external_id = text("external_id");
        Ok(Self::Role { role_arn, session_name, external_id, source: Box::new(source) })
    }
}

fn has_credentials(profile: &Profile) -> bool {
    ["aws_access_key_id", "role_arn"].iter().any(|key| profile.contains_key(*key))
}

fn key_of_environment(environment: &Environment) -> Result<Option<Credentials>, ClientFailure> {
    const PLACE: &str = "AWS_ACCESS_KEY_ID";
    match (environment.find(PLACE), environment.find("AWS_SECRET_ACCESS_KEY")) {
        (None, None) => Ok(None),
        (Some(id), Some(secret)) => {
            Credentials::read(PLACE, id, secret, environment.find("AWS_SESSION_TOKEN")).map(Some)
        }
        _ => Err(ClientFailure::Settings(
            "set both AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or neither".to_owned(),
        )),
    }
}

fn key_of(name: &str, profile: &Profile) -> Result<Source, ClientFailure> {
    let text = |key: &str| profile.get(key).map(String::as_str);
    let (id, secret) = (text("aws_access_key_id"), text("aws_secret_access_key"));
    let (Some(id), Some(secret)) = (id, secret) else {
        return Err(ClientFailure::Settings(format!(
            "the profile {name} has no access key and no role; AWS's other sources of credentials \
             are not supported"
        )));
    };
    let place = format!("the profile {name}");
    Credentials::read(&place, id, secret, text("aws_session_token")).map(Source::Key)
}

impl fmt::Debug for IdentityToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Given(_) => f.write_str("Given(…)"),
            Self::File(path) => write!(f, "File({})", path.display()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONFIG: &str = "
[default]
region = us-east-1
[profile keyed]
aws_access_key_id = AKIAKEYED
aws_secret_access_key = s
[profile role]
role_arn = arn:role
source_profile = keyed
external_id = x
[profile twice]
role_arn = arn:twice
source_profile = role
[profile self]
role_arn = arn:self
source_profile = self
aws_access_key_id = AKIASELF
aws_secret_access_key = s
[profile circle]
role_arn = arn:circle
source_profile = elcric
[profile elcric]
role_arn = arn:elcric
source_profile = circle
[profile web]
role_arn = arn:web
web_identity_token_file = /t
[profile of-environment]
role_arn = arn:environment
credential_source = Environment
[profile metadata]
role_arn = arn:metadata
credential_source = Ec2InstanceMetadata
[profile process]
credential_process = /bin/true
";

    /// What a source is, shortly.
    fn tell(source: &Source) -> String {
        match source {
            Source::Key(credentials) => credentials.access_key_id.to_string(),
            Source::WebIdentity(identity) => format!("{} {:?}", identity.role_arn, identity.token),
            Source::Role { role_arn, source, .. } => format!("{role_arn} by {}", tell(source)),
        }
    }

    #[test]
    fn credentials_come_from_the_first_place_that_has_them() {
        const ID: (&str, &str) = ("AWS_ACCESS_KEY_ID", "AKIAENV");
        const SECRET: (&str, &str) = ("AWS_SECRET_ACCESS_KEY", "s");
        const FILE: (&str, &str) = ("AWS_WEB_IDENTITY_TOKEN_FILE", "/file");
        const ROLE: (&str, &str) = ("AWS_ROLE_ARN", "arn:env");
        let profile = |name| ("AWS_PROFILE", name);
        let none = ("LC_ALL", "C");
        #[rustfmt::skip]
        let cases = [
            // (environment, found, because)
            ([ID, SECRET, FILE, ROLE],                            Ok(Some("AKIAENV")),               "the environment's key is first"),
            ([FILE, ROLE, profile("keyed"), none],                Ok(Some("arn:env File(/file)")),   "then its web identity"),
            ([FILE, profile("keyed"), none, none],                Ok(Some("AKIAKEYED")),             "a token without a role is none"),
            ([none, none, none, none],                            Ok(None),                          "default has a Region only"),
            ([profile("role"), none, none, none],                 Ok(Some("arn:role by AKIAKEYED")), "a role by another profile"),
            ([profile("twice"), none, none, none],                Ok(Some("arn:twice by arn:role by AKIAKEYED")), "a chain"),
            ([profile("self"), none, none, none],                 Ok(Some("arn:self by AKIASELF")),  "its own key"),
            ([profile("web"), none, none, none],                  Ok(Some("arn:web File(/t)")),      "a token in a file"),
            ([profile("of-environment"), none, none, none],       Err("needs AWS_ACCESS_KEY_ID"),      "there is no key"),
            ([profile("circle"), none, none, none],               Err("refers to itself"),           "a circle"),
            ([profile("metadata"), none, none, none],             Err("has a role_arn, but neither"),  "not supported"),
            ([profile("process"), none, none, none],              Err("no access key and no role"),  "not supported"),
            ([profile("keyde"), none, none, none],                Err("is neither in ~/.aws/config"),  "misspelled"),
            ([ID, none, none, none],                              Err("or neither"),                 "half a key"),
            ([SECRET, FILE, ROLE, none],                          Err("or neither"),                 "the other half"),
            ([("AWS_ACCESS_KEY_ID", "A/B"), SECRET, none, none],  Err("not an access key id"),       "a slash"),
        ];
        let profiles = Profiles::of(CONFIG, "");
        for (environment, expected, because) in cases {
            let found = Source::find(&Environment::from(environment), &profiles);
            match (found, expected) {
                (Ok(found), Ok(expected)) => {
                    assert_eq!(found.as_ref().map(tell).as_deref(), expected, "{because}");
                }
                (Err(failure), Err(expected)) => {
                    assert!(failure.to_string().contains(expected), "{because}: {failure}");
                }
                (found, _) => panic!("{because}: {found:?}"),
            }
        }
    }

    #[test]
    fn a_fingerprint_differs_with_the_token() {
        let with = |token: &str| {
            let token = IdentityToken::Given(Zeroizing::new(token.to_owned()));
            let (role_arn, session_name) = ("arn:role".to_owned(), "s".to_owned());
            let identity = WebIdentity { role_arn, session_name, token };
            Source::WebIdentity(identity).fingerprint().unwrap()
        };
        assert_eq!(with("one"), with("one"));
        assert_ne!(with("one"), with("two"));
        assert!(!with("one").contains("one"), "the token itself is in no file");
    }
}
