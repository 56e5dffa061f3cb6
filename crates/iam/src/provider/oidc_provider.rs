//! CreateOpenIDConnectProvider, GetOpenIDConnectProvider, ListOpenIDConnectProviders,
//! DeleteOpenIDConnectProvider, AddClientIDToOpenIDConnectProvider,
//! RemoveClientIDFromOpenIDConnectProvider, UpdateOpenIDConnectProviderThumbprint.

use db::{OidcProvider, Tx};
use names::AccountId;

use crate::entity::{TAGS_MAX, put_tags};
use crate::{Failure, Iam, IamRefusal, Missing, Quota, Taken};

/// Providers of one account. IAM's quota.
const PROVIDERS_MAX: usize = 100;

/// Audiences of one provider. IAM's quota.
const CLIENTS_MAX: usize = 100;

/// Thumbprints of one provider. IAM's quota.
const THUMBPRINTS_MAX: usize = 5;

/// SHA-1 in hexadecimal, according to AWS, which accepts any forty characters.
const THUMBPRINT_LENGTH: usize = 40;

/// An identity provider to be made.
#[derive(Debug, Clone)]
pub struct NewOidcProvider {
    /// `https://…`.
    pub url: String,
    /// The audiences that its tokens may have.
    pub clients: Vec<String>,
    /// SHA-1 of certificates, in hexadecimal. Stored only to be shown; trust comes from public
    /// certificate authorities.
    pub thumbprints: Vec<String>,
    /// Tags, in the order given.
    pub tags: Vec<(String, String)>,
}

/// An identity provider.
#[derive(Debug, Clone)]
pub struct DescribedOidcProvider {
    /// The provider.
    pub provider: OidcProvider,
    /// The audiences that its tokens may have.
    pub clients: Vec<String>,
    /// Its tags.
    pub tags: Vec<(String, String)>,
}

/// The account's provider with this ARN, or the refusal that it is not there.
pub(crate) fn require_provider(
    tx: &mut Tx<'_>,
    account: &AccountId,
    arn: &str,
) -> Result<OidcProvider, Failure> {
    let found = tx.find_oidc_provider(arn)?.filter(|provider| provider.account == *account);
    found.ok_or_else(|| Missing::OidcProvider(arn.to_owned()).into())
}

/// The part after `https://` in the URL of a provider, without a trailing slash: its ARN and the
/// condition keys of its tokens begin with it.
fn host_and_path(url: &str) -> Result<&str, IamRefusal> {
    let refuse = |words: &str| Err(IamRefusal::InvalidInput(words.to_owned()));
    let Some(rest) = url.strip_prefix("https://") else {
        return refuse("Invalid Open ID Connect Provider URL");
    };
    let rest = rest.trim_end_matches('/');
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let is_host = |b: u8| b.is_ascii_alphanumeric() || b"-._:[]".contains(&b);
    let is_path = |b: u8| b.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@%/".contains(&b);
    if host.is_empty() || !host.bytes().all(is_host) || !path.bytes().all(is_path) {
        return refuse("Invalid Open ID Connect Provider URL");
    }
    Ok(rest)
}

fn require_thumbprints(thumbprints: &[String]) -> Result<(), IamRefusal> {
    if thumbprints.len() > THUMBPRINTS_MAX {
        let words = "Thumbprint list must contain fewer than 5 entries.";
        return Err(IamRefusal::InvalidInput(words.to_owned()));
    }
    if thumbprints.iter().all(|text| text.chars().count() == THUMBPRINT_LENGTH) {
        return Ok(());
    }
    Err(IamRefusal::InvalidInput("Thumbprint must be 40 characters.".to_owned()))
}

fn require_few_clients(tx: &mut Tx<'_>, arn: &str) -> Result<(), Failure> {
    if tx.list_oidc_clients(arn)?.len() > CLIENTS_MAX {
        return Err(Quota::Named("ClientIdsPerOpenIdConnectProvider", CLIENTS_MAX).into());
    }
    Ok(())
}

impl Iam {
    /// Trusts an issuer of web identities; answers with its ARN.
    pub async fn create_open_id_connect_provider(
        &self,
        account: &AccountId,
        new: NewOidcProvider,
    ) -> Result<String, Failure> {
        let host_and_path = host_and_path(&new.url).map_err(Failure::from)?;
        require_thumbprints(&new.thumbprints)?;
        let arn = format!("arn:aws:iam::{account}:oidc-provider/{host_and_path}");
        let provider = OidcProvider {
            arn: arn.clone(),
            account: account.clone(),
            url: format!("https://{host_and_path}"),
            thumbprints: new.thumbprints.clone(),
            created_at: self.now(),
        };
        self.rows
            .change_rights(account, move |tx| {
                if !tx.insert_oidc_provider(&provider)? {
                    return Err(Failure::from(Taken::OidcProvider(provider.url.clone())));
                }
                if tx.list_oidc_providers(&provider.account)?.len() > PROVIDERS_MAX {
                    let quota = Quota::Named("OpenIdConnectProvidersPerAccount", PROVIDERS_MAX);
                    return Err(quota.into());
                }
                for client in &new.clients {
                    tx.put_oidc_client(&provider.arn, client)?;
                }
                require_few_clients(tx, &provider.arn)?;
                put_tags(tx, &provider.arn, &new.tags)
            })
            .await?;
        Ok(arn)
    }

    /// One provider.
    pub async fn get_open_id_connect_provider(
        &self,
        account: &AccountId,
        arn: String,
    ) -> Result<DescribedOidcProvider, Failure> {
        let account = account.clone();
        self.rows
            .read(move |tx| {
                let provider = require_provider(tx, &account, &arn)?;
                let clients = tx.list_oidc_clients(&arn)?;
                let tags = tx.list_iam_tags(&arn, None, TAGS_MAX)?;
                Ok(DescribedOidcProvider { provider, clients, tags })
            })
            .await
    }

    /// All providers of an account, by URL.
    pub async fn list_open_id_connect_providers(
        &self,
        account: &AccountId,
    ) -> Result<Vec<OidcProvider>, Failure> {
        let account = account.clone();
        self.rows.read(move |tx| Ok(tx.list_oidc_providers(&account)?)).await
    }

    /// Trusts an issuer no longer.
    pub async fn delete_open_id_connect_provider(
        &self,
        account: &AccountId,
        arn: String,
    ) -> Result<(), Failure> {
        let of = account.clone();
        self.rows
            .change_rights(account, move |tx| {
                require_provider(tx, &of, &arn)?;
                tx.delete_oidc_clients(&arn)?;
                tx.delete_iam_tags(&arn)?;
                tx.delete_oidc_provider(&arn).map_err(Failure::from)
            })
            .await
    }

    /// Allows an audience. Nothing happens if it is allowed.
    pub async fn add_client_id_to_open_id_connect_provider(
        &self,
        account: &AccountId,
        arn: String,
        client: String,
    ) -> Result<(), Failure> {
        let of = account.clone();
        self.rows
            .change_rights(account, move |tx| {
                require_provider(tx, &of, &arn)?;
                tx.put_oidc_client(&arn, &client)?;
                require_few_clients(tx, &arn)
            })
            .await
    }

    /// Forbids an audience. Nothing happens if it is not allowed.
    pub async fn remove_client_id_from_open_id_connect_provider(
        &self,
        account: &AccountId,
        arn: String,
        client: String,
    ) -> Result<(), Failure> {
        let of = account.clone();
        self.rows
            .change_rights(account, move |tx| {
                require_provider(tx, &of, &arn)?;
                tx.delete_oidc_client(&arn, &client).map_err(Failure::from)
            })
            .await
    }

    /// Replaces the thumbprints of a provider.
    pub async fn update_open_id_connect_provider_thumbprint(
        &self,
        account: &AccountId,
        arn: String,
        thumbprints: Vec<String>,
    ) -> Result<(), Failure> {
        require_thumbprints(&thumbprints)?;
        let of = account.clone();
        self.rows
            .change_rights(account, move |tx| {
                require_provider(tx, &of, &arn)?;
                tx.put_oidc_thumbprints(&arn, &thumbprints).map_err(Failure::from)
            })
            .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_of_providers() {
        #[rustfmt::skip]
        let cases = [
            ("https://token.actions.githubusercontent.com", Some("token.actions.githubusercontent.com"), "GitHub's"),
            ("https://oidc.eks.us-east-1.amazonaws.com/id/EXAMPLE", Some("oidc.eks.us-east-1.amazonaws.com/id/EXAMPLE"), "a path"),
            ("https://gitlab.example.com/",                 Some("gitlab.example.com"),  "a slash at the end means nothing"),
            ("https://127.0.0.1:8443",                      Some("127.0.0.1:8443"),      "a port"),
            ("http://example.org",                          None,                        "not encrypted"),
            ("https://",                                    None,                        "no host"),
            ("https://example.org?x=1",                     None,                        "a query"),
            ("https://user@example.org",                    None,                        "a user"),
            ("example.org",                                 None,                        "no scheme"),
        ];
        for (url, expected, because) in cases {
            assert_eq!(host_and_path(url).ok(), expected, "{url}: {because}");
        }
    }

    #[test]
    fn thumbprints_have_forty_characters() {
        #[rustfmt::skip]
        let cases = [
            (vec![],                                     true,  "none: AWS asks the issuer, we ask the authorities"),
            (vec!["a".repeat(40)],                       true,  "one"),
            (vec!["g".repeat(40)],                       true,  "AWS does not look whether they are hexadecimal"),
            (vec!["a".repeat(39)],                       false, "too short"),
            (vec!["a".repeat(40); 6],                    false, "too many"),
        ];
        for (thumbprints, accepted, because) in cases {
            assert_eq!(require_thumbprints(&thumbprints).is_ok(), accepted, "{because}");
        }
    }
}
