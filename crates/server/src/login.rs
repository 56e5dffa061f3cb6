//! A registry token without asking the server: whoever may read the data folder may log in.

use std::path::Path;

use identity::registry_token::RegistryTokens;
use identity::{AccessKeyId, Caller};
use keys::Keyring;
use names::{AccountId, Clock as _, Principal, Region};

use crate::RootKey;
use crate::clock::SystemClock;

/// The password that `docker login` wants, for the root user.
pub fn registry_password(data: &Path, key: &RootKey) -> Result<String, String> {
    let explain =
        |what: &str| format!("the root access key in {} has no valid {what}", data.display());
    let account = AccountId::parse(&key.account_id).map_err(|_| explain("account"))?;
    let caller = Caller {
        principal: Principal::Root { account },
        access_key_id: AccessKeyId::parse(&key.access_key_id).map_err(|_| explain("id"))?,
        region: Region::parse(&key.region).map_err(|_| explain("Region"))?,
        session: None,
    };
    let keyring =
        Keyring::open_or_create(&data.join("keyring.json")).map_err(|error| error.to_string())?;
    let tokens = RegistryTokens::new(&keyring.sealing_key("registry-token"));
    Ok(tokens.issue(&caller, SystemClock.now(), keys::random()).password)
}
