use names::Clock as _;
use server::SystemClock;

use super::{
    CacheKey, ClientFailure, RegistryHost, RegistryToken, Settings, Source, Target, TokenCache,
    ask_token, obtain,
};

/// Gets a new token for a registry.
pub(crate) async fn ask_registry_token(
    settings: &Settings,
    source: &Source,
    target: &Target,
) -> Result<RegistryToken, ClientFailure> {
    let Target { endpoint, region, trusted: _ } = target;
    let credentials = obtain(settings, source, settings.sts(endpoint), region).await?;
    ask_token(&settings.service("ecr", endpoint, region), &credentials).await
}

/// Returns a token for a registry: the cached one while it is fresh, else a new one. If the server
/// cannot be reached, it returns the cached one even if it is not fresh. Returns `None` if the
/// server says that it does not have the registry.
pub(crate) async fn log_in(
    settings: &Settings,
    target: &Target,
    host: &RegistryHost,
    cache: &TokenCache,
) -> Result<Option<RegistryToken>, ClientFailure> {
    let source = settings.require_source()?;
    let (endpoint, principal) = (target.endpoint.to_string(), source.fingerprint()?);
    let key = CacheKey { host: host.as_str(), endpoint: &endpoint, principal: &principal };
    let now = SystemClock.now();
    let kept = cache.find(&key).filter(|token| token.is_good(now));
    if let Some(token) = kept.as_ref().filter(|token| token.is_fresh(now)) {
        return Ok(Some(token.clone()));
    }
    match ask_registry_token(settings, source, target).await {
        Ok(token) if target.allows(host, &token) => {
            cache.keep(&key, &token);
            Ok(Some(token))
        }
        Ok(_) => Ok(None),
        Err(failure) if failure.may_pass() && kept.is_some() => Ok(kept),
        Err(failure) => Err(failure),
    }
}
