use std::fmt;
use std::path::PathBuf;

use clap::Args;
use http::Uri;
use names::{KmsKeyArn, SecretAccessKey};

use super::error::ConfigError;
use super::file::File;
use super::variable::Variable;

/// Key management services beside our own.
#[derive(Debug, Clone, Default, Args)]
pub struct ExternalKmsFlags {
    /// Key management services that speak AWS's KMS API, for the keys whose ARNs begin so:
    /// `arn:aws:kms:eu-west-1:210987654321:=https://kms.eu-west-1.amazonaws.com`, several with
    /// commas between them. The longest beginning decides. Credentials are in the variables
    /// LONGSHORE_EXTERNAL_KMS_ACCESS_KEY_ID, LONGSHORE_EXTERNAL_KMS_SECRET_ACCESS_KEY and
    /// LONGSHORE_EXTERNAL_KMS_SESSION_TOKEN, or else in AWS_ACCESS_KEY_ID and so on
    #[arg(
        long,
        env = "LONGSHORE_EXTERNAL_KMS",
        value_delimiter = ',',
        value_name = "ARN-PREFIX=URL,…"
    )]
    pub external_kms: Option<Vec<String>>,
    /// File with the credentials for --external-kms, in the format of ~/.aws/credentials, profile
    /// `default`. It is read before each call, so that what rotates them only has to replace it
    #[arg(long, env = "LONGSHORE_EXTERNAL_KMS_CREDENTIALS", value_name = "FILE")]
    pub external_kms_credentials: Option<PathBuf>,
    /// PEM file of certificate authorities to trust for --external-kms, in addition to those that
    /// this machine trusts
    #[arg(long, env = "LONGSHORE_EXTERNAL_KMS_CA", value_name = "FILE")]
    pub external_kms_ca: Option<PathBuf>,
    /// Key of one of these services that the keyring is sealed under, instead of a passphrase:
    /// keyring.json in the data folder is written sealed, and each start asks the service to open
    /// it
    #[arg(long, env = "LONGSHORE_KEYRING_KMS_KEY", value_name = "ARN")]
    pub keyring_kms_key: Option<String>,
}

/// Key management services beside our own, settled.
#[derive(Debug, Clone, Default)]
pub struct ExternalKms {
    /// The longest beginning first.
    pub endpoints: Vec<KmsEndpoint>,
    /// What calls are signed with.
    pub credentials: KmsCredentials,
    /// Authorities to trust besides the machine's.
    pub authorities: Option<PathBuf>,
    /// The key that the keyring is sealed under, if it is one of theirs.
    pub keyring_key: Option<KmsKeyArn>,
}

/// The service that holds the keys whose ARNs begin so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KmsEndpoint {
    /// How the ARNs begin.
    pub prefix: String,
    /// `https://HOST`, perhaps with a port.
    pub url: Uri,
}

/// What calls are signed with.
#[derive(Clone, Default)]
pub enum KmsCredentials {
    /// Nothing: there is no service to call.
    #[default]
    None,
    /// An access key.
    Key {
        /// Its id.
        id: String,
        /// Its secret.
        secret: SecretAccessKey,
        /// The session token, if it is temporary.
        token: Option<SecretAccessKey>,
    },
    /// Whatever is in this file.
    File(PathBuf),
}

impl fmt::Debug for KmsCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("None"),
            Self::Key { id, .. } => write!(f, "Key({id})"),
            Self::File(path) => write!(f, "File({})", path.display()),
        }
    }
}

impl ExternalKms {
    pub(super) fn settle(
        flags: ExternalKmsFlags,
        file: &File,
        variable: Variable<'_>,
    ) -> Result<Self, ConfigError> {
        let ExternalKmsFlags {
            external_kms,
            external_kms_credentials,
            external_kms_ca,
            keyring_kms_key,
        } = flags;
        let texts = external_kms.or_else(|| file.external_kms.clone()).unwrap_or_default();
        // Orchestrators leave an empty variable for one that was not set.
        let texts = texts.iter().filter(|text| !text.is_empty());
        let mut endpoints: Vec<_> = texts.map(|text| endpoint(text)).collect::<Result<_, _>>()?;
        endpoints.sort_by(|one, two| {
            two.prefix.len().cmp(&one.prefix.len()).then_with(|| one.prefix.cmp(&two.prefix))
        });
        if let Some(twice) = endpoints.windows(2).find(|pair| pair[0].prefix == pair[1].prefix) {
            let text = twice[0].prefix.clone();
            return Err(ConfigError::ExternalKms { text, why: "given twice" });
        }
        let credentials =
            match external_kms_credentials.or_else(|| file.external_kms_credentials.clone()) {
                _ if endpoints.is_empty() => KmsCredentials::None,
                Some(path) => KmsCredentials::File(path),
                None => key(variable)?,
            };
        let authorities = external_kms_ca.or_else(|| file.external_kms_ca.clone());
        let keyring_key = keyring_kms_key.or_else(|| file.keyring_kms_key.clone());
        let keyring_key = keyring_key.filter(|text| !text.is_empty());
        let keyring_key = keyring_key.map(|text| keyring_key_of(text, &endpoints)).transpose()?;
        Ok(Self { endpoints, credentials, authorities, keyring_key })
    }
}

fn endpoint(text: &str) -> Result<KmsEndpoint, ConfigError> {
    let refuse = |why| ConfigError::ExternalKms { text: without_password(text), why };
    let (prefix, url) = text
        .split_once('=')
        .ok_or_else(|| refuse("not ARN-PREFIX=URL, such as arn:aws:kms:eu-west-1:210987654321:=https://kms.eu-west-1.amazonaws.com"))?;
    if !prefix.starts_with("arn:aws:kms:") {
        return Err(refuse("not for KMS keys: their ARNs begin with arn:aws:kms:"));
    }
    if prefix.contains(['*', '?']) {
        return Err(refuse("a pattern: write the beginning of the ARNs, without * and ?"));
    }
    let url: Uri = url.parse().map_err(|_| refuse("no URL behind the ="))?;
    if url.scheme_str() != Some("https") {
        return Err(refuse("without TLS: the URL must begin with https://"));
    }
    if url.path() != "/" || url.query().is_some() {
        return Err(refuse("not an endpoint: its URL has a path"));
    }
    let has_user = url.authority().is_none_or(|authority| authority.as_str().contains('@'));
    if has_user {
        return Err(refuse("not an endpoint: its URL names a user"));
    }
    Ok(KmsEndpoint { prefix: prefix.to_owned(), url })
}

/// The text, as it may be printed.
fn without_password(text: &str) -> String {
    match (text.find("://"), text.rfind('@')) {
        (Some(scheme), Some(host)) if scheme + 3 <= host => {
            format!("{}…{}", &text[..scheme + 3], &text[host..])
        }
        _ => text.to_owned(),
    }
}

fn keyring_key_of(text: String, endpoints: &[KmsEndpoint]) -> Result<KmsKeyArn, ConfigError> {
    let Ok(key) = KmsKeyArn::parse(&text) else {
        return Err(ConfigError::KeyringKmsKey { text, why: "not the ARN of a KMS key" });
    };
    if !endpoints.iter().any(|endpoint| text.starts_with(&endpoint.prefix)) {
        let why = "a key of no service in --external-kms: our own KMS cannot hold it";
        return Err(ConfigError::KeyringKmsKey { text, why });
    }
    Ok(key)
}

/// An access key: ours first, then the one that AWS's own programs use.
fn key(variable: Variable<'_>) -> Result<KmsCredentials, ConfigError> {
    for (prefix, is_last) in [("LONGSHORE_EXTERNAL_KMS", false), ("AWS", true)] {
        let find = |name: &str| variable(&format!("{prefix}_{name}")).filter(|it| !it.is_empty());
        match (find("ACCESS_KEY_ID"), find("SECRET_ACCESS_KEY")) {
            (None, None) if is_last => break,
            (None, None) => {}
            (Some(id), Some(secret)) => {
                let secret = SecretAccessKey::new(secret);
                let token = find("SESSION_TOKEN").map(SecretAccessKey::new);
                return Ok(KmsCredentials::Key { id, secret, token });
            }
            (Some(_), None) | (None, Some(_)) => {
                return Err(ConfigError::HalfExternalKmsKey { prefix });
            }
        }
    }
    Err(ConfigError::NoExternalKmsCredentials)
}

#[cfg(test)]
mod tests {
    use super::*;

    const AWS: &str = "arn:aws:kms:eu-west-1:210987654321:=https://kms.eu-west-1.amazonaws.com";
    const KEYS: [(&str, &str); 2] =
        [("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE"), ("AWS_SECRET_ACCESS_KEY", "hush")];

    fn settle(texts: &[&str], variables: &[(&str, &str)]) -> Result<ExternalKms, ConfigError> {
        let find = |name: &str| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        let texts = texts.iter().map(|text| (*text).to_owned()).collect();
        let flags = ExternalKmsFlags { external_kms: Some(texts), ..ExternalKmsFlags::default() };
        ExternalKms::settle(flags, &File::default(), &find)
    }

    #[test]
    fn endpoints() {
        #[rustfmt::skip]
        let cases = [
            // text                                        why it is refused
            (AWS,                                          None),
            ("arn:aws:kms:=https://localhost:8443/",       None),
            ("https://kms.eu-west-1.amazonaws.com",        Some("not ARN-PREFIX=URL")),
            ("arn:aws:s3:::=https://example.com",          Some("not for KMS keys")),
            ("=https://example.com",                       Some("not for KMS keys")),
            ("arn:aws:kms:*=https://example.com",          Some("a pattern")),
            ("arn:aws:kms:=http://example.com",            Some("without TLS")),
            ("arn:aws:kms:=example.com",                   Some("without TLS")),
            ("arn:aws:kms:=",                              Some("no URL")),
            ("arn:aws:kms:=https://example.com/kms",       Some("not an endpoint: its URL has a path")),
            ("arn:aws:kms:=https://example.com?a=b",       Some("not an endpoint: its URL has a path")),
            ("arn:aws:kms:=https://me:hush@example.com",   Some("not an endpoint: its URL names a user")),
            ("arn:aws:kms:=http://me:hush@example.com",    Some("without TLS")),
            ("https://me:hush@example.com",                Some("not ARN-PREFIX=URL")),
        ];
        for (text, refused) in cases {
            match (settle(&[text], &KEYS), refused) {
                (Ok(_), None) => {}
                (Err(ConfigError::ExternalKms { text: told, why }), Some(start)) => {
                    assert!(why.starts_with(start), "{text}: {why}");
                    assert!(!told.contains("hush"), "{told}");
                }
                (outcome, _) => panic!("{text}: {outcome:?}"),
            }
        }
        let twice = settle(&[AWS, AWS], &KEYS);
        assert!(matches!(twice, Err(ConfigError::ExternalKms { why: "given twice", .. })));
    }

    #[test]
    fn the_longest_beginning_comes_first() {
        let all = "arn:aws:kms:=https://all.example.com";
        let one = "arn:aws:kms:eu-west-1:210987654321:key/1=https://one.example.com";
        let settled = settle(&[all, AWS, one, ""], &KEYS).unwrap();
        let hosts: Vec<_> = settled.endpoints.iter().filter_map(|it| it.url.host()).collect();
        assert_eq!(hosts, ["one.example.com", "kms.eu-west-1.amazonaws.com", "all.example.com"]);
    }

    #[test]
    fn keys_for_the_keyring() {
        const ID: &str = "1234abcd-12ab-34cd-56ef-1234567890ab";
        let (theirs, ours) = (
            format!("arn:aws:kms:eu-west-1:210987654321:key/{ID}"),
            format!("arn:aws:kms:eu-west-1:123456789012:key/{ID}"),
        );
        let settle = |text: &str| {
            let variable = |name: &str| {
                let key = KEYS.iter().find(|(known, _)| *known == name);
                key.map(|(_, value)| (*value).to_owned())
            };
            let flags = ExternalKmsFlags {
                external_kms: Some(vec![AWS.to_owned()]),
                keyring_kms_key: Some(text.to_owned()),
                ..ExternalKmsFlags::default()
            };
            ExternalKms::settle(flags, &File::default(), &variable)
        };
        assert_eq!(settle(&theirs).unwrap().keyring_key.unwrap().to_string(), theirs);
        assert_eq!(settle("").unwrap().keyring_key, None, "an empty variable is not set");
        for text in [ours.as_str(), ID, "arn:aws:kms:eu-west-1:210987654321:alias/a"] {
            let refused = settle(text).unwrap_err();
            assert!(matches!(refused, ConfigError::KeyringKmsKey { .. }), "{text}: {refused}");
        }
    }

    #[test]
    fn credentials() {
        const ID: (&str, &str) = ("LONGSHORE_EXTERNAL_KMS_ACCESS_KEY_ID", "AKIAOURS");
        const SECRET: (&str, &str) = ("LONGSHORE_EXTERNAL_KMS_SECRET_ACCESS_KEY", "hush");
        #[rustfmt::skip]
        let cases = [
            (vec![KEYS[0], KEYS[1]],             Some("Key(AKIAEXAMPLE)"), "those of AWS's programs"),
            (vec![KEYS[0], KEYS[1], ID, SECRET], Some("Key(AKIAOURS)"),    "ours come first"),
            (vec![KEYS[0], KEYS[1], (ID.0, "")], Some("Key(AKIAEXAMPLE)"), "an empty one is none"),
            (vec![KEYS[0], KEYS[1], ID],         None,                     "half of ours"),
            (vec![KEYS[1]],                      None,                     "half of AWS's"),
            (vec![],                             None,                     "none"),
        ];
        for (variables, expected, because) in cases {
            let settled = settle(&[AWS], &variables).ok();
            let credentials = settled.map(|settled| format!("{:?}", settled.credentials));
            assert_eq!(credentials.as_deref(), expected, "{because}");
        }
        let none = settle(&[], &[]).unwrap();
        assert!(matches!(none.credentials, KmsCredentials::None), "there is nothing to call");
    }
}
