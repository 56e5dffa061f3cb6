//! What calls are signed with.

use identity::AccessKeyId;
use identity::sigv4::SecretKey;
use keys::secret_file;

use crate::config::KmsCredentials;

/// An access key, read.
pub(crate) struct Signing {
    pub(crate) id: AccessKeyId,
    pub(crate) secret: SecretKey,
    pub(crate) token: Option<String>,
}

/// The access key of the moment; or why there is none, for the log.
pub(crate) fn read(credentials: &KmsCredentials) -> Result<Signing, String> {
    match credentials {
        KmsCredentials::None => Err("no credentials".to_owned()),
        KmsCredentials::Key { id, secret, token } => Ok(Signing {
            id: access_key_id(id)?,
            secret: SecretKey::new(secret.expose()),
            token: token.as_ref().map(|token| token.expose().to_owned()),
        }),
        KmsCredentials::File(path) => {
            let bytes = secret_file::read_handed(path).map_err(|error| error.to_string())?;
            let text = std::str::from_utf8(&bytes);
            let read = text.map_err(|_| "it is not text".to_owned()).and_then(profile);
            read.map_err(|why| format!("{}: {why}", path.display()))
        }
    }
}

fn access_key_id(text: &str) -> Result<AccessKeyId, String> {
    AccessKeyId::parse(text).map_err(|_| "the access key id is malformed".to_owned())
}

/// The profile `default` of a file in the format of `~/.aws/credentials`.
fn profile(text: &str) -> Result<Signing, String> {
    let (mut id, mut secret, mut token) = (None, None, None);
    let mut is_ours = false;
    for line in text.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            is_ours = name.trim() == "default";
            continue;
        }
        let Some((key, value)) = line.split_once('=').filter(|_| is_ours) else { continue };
        let value = Some(value.trim()).filter(|value| !value.is_empty());
        match key.trim() {
            "aws_access_key_id" => id = value,
            "aws_secret_access_key" => secret = value,
            "aws_session_token" => token = value,
            _ => {}
        }
    }
    let (Some(id), Some(secret)) = (id, secret) else {
        return Err("the profile default has no access key".to_owned());
    };
    let (id, secret) = (access_key_id(id)?, SecretKey::new(secret));
    Ok(Signing { id, secret, token: token.map(str::to_owned) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_in_files() {
        const WHOLE: &str = "# ours\n[default]\naws_access_key_id = AKIAEXAMPLE\n\
            aws_secret_access_key=a/b=c\naws_session_token = t\nregion = x\n[other]\n\
            aws_access_key_id = AKIAOTHER\n";
        let read = profile(WHOLE).ok().unwrap();
        assert_eq!((read.id.as_str(), read.token.as_deref()), ("AKIAEXAMPLE", Some("t")));
        #[rustfmt::skip]
        let cases = [
            // text                                                            because
            ("",                                                                "empty"),
            ("[other]\naws_access_key_id=A\naws_secret_access_key=b",           "another profile"),
            ("aws_access_key_id=AKIAEXAMPLE\naws_secret_access_key=b",          "no profile"),
            ("[default]\naws_access_key_id=AKIAEXAMPLE",                        "half of it"),
            ("[default]\naws_access_key_id=AKIAEXAMPLE\naws_secret_access_key", "half of it"),
            ("[default]\naws_access_key_id=AKIAEXAMPLE\naws_secret_access_key=", "an empty secret"),
            ("[default]\naws_access_key_id=a b\naws_secret_access_key=b",       "no id"),
        ];
        for (text, because) in cases {
            assert!(profile(text).is_err(), "{because}");
        }
    }
}
