use db::OidcProvider;
use names::AccountId;

use crate::{Failure, Iam, StsRefusal};

/// An identity provider that an account trusts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustedIssuer {
    /// `arn:aws:iam::ACCOUNT:oidc-provider/HOST/PATH`.
    pub arn: String,
    /// What its tokens have as `iss`.
    pub url: String,
    /// Whom its tokens may be for.
    pub audiences: Vec<String>,
}

impl Iam {
    /// The provider of this URL that the account trusts. It says no in AWS's words if there is none.
    pub async fn require_trusted_issuer(
        &self,
        account: &AccountId,
        url: &str,
    ) -> Result<TrustedIssuer, Failure> {
        let (wanted, account) = (url.to_owned(), account.clone());
        let found = self
            .rows
            .read(move |tx| {
                // A token may say anything before its signature is looked at; no provider's URL has a zero byte.
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
