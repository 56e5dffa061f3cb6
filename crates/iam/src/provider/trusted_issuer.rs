use db::OidcProvider;
use names::AccountId;

use crate::{Failure, Iam, StsRefusal};

/// An identity provider that an account trusts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustedIssuer {
    /// `arn:aws:iam::ACCOUNT:oidc-provider/HOST/PATH`.
    pub arn: String,
    /// The `iss` of its tokens.
    pub url: String,
    /// The audiences that its tokens may have.
    pub audiences: Vec<String>,
}

impl Iam {
    /// The provider of this URL that the account trusts, or a refusal in AWS's words.
    pub async fn require_trusted_issuer(
        &self,
        account: &AccountId,
        url: &str,
    ) -> Result<TrustedIssuer, Failure> {
        let (wanted, account) = (url.to_owned(), account.clone());
        let found = self
            .rows
            .read(move |tx| {
                // A token may contain anything before its signature is checked; no provider's URL
                // has a NUL byte.
                if wanted.contains('\0') || !tx.account_is_open(&account)? {
                    return Ok(None);
                }
                let Some(provider) = tx.find_oidc_provider_by_url(&account, &wanted)? else {
                    return Ok(None);
                };
                let audiences = tx.list_oidc_clients(&provider.arn)?;
                let OidcProvider { arn, url, .. } = provider;
                Ok::<_, Failure>(Some(TrustedIssuer { arn, url, audiences }))
            })
            .await?;
        found.ok_or_else(|| {
            StsRefusal::InvalidIdentityToken(format!(
                "No OpenIDConnect provider found in your account for {url}"
            ))
            .into()
        })
    }
}
