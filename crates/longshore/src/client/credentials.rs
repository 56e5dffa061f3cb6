use std::fmt;

use identity::AccessKeyId;
use identity::sigv4::SecretKey;
use zeroize::Zeroizing;

use super::ClientFailure;

/// An access key, with its session token if it is temporary.
#[derive(Clone)]
pub(crate) struct Credentials {
    pub(crate) access_key_id: AccessKeyId,
    pub(crate) secret: SecretKey,
    pub(crate) session_token: Option<Zeroizing<String>>,
}

impl Credentials {
    /// Reads credentials from variables or files. `place` names their source in error messages.
    pub(crate) fn read(
        place: &str,
        id: &str,
        secret: &str,
        session_token: Option<&str>,
    ) -> Result<Self, ClientFailure> {
        let access_key_id = AccessKeyId::parse(id).map_err(|malformed| {
            ClientFailure::Settings(format!("{place}: the access key id is {malformed}"))
        })?;
        let session_token = session_token.map(|token| Zeroizing::new(token.to_owned()));
        Ok(Self { access_key_id, secret: SecretKey::new(secret), session_token })
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Credentials({})", self.access_key_id)
    }
}
