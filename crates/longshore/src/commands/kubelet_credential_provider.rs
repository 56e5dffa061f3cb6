use std::collections::BTreeMap;
use std::process::ExitCode;

use clap::Args;
use serde::Deserialize;
use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::{Outcome, input};
use crate::client::{
    ClientFailure, Environment, IdentityToken, Reach, RegistryHost, RegistryToken, Source,
    WebIdentity, ask_registry_token, find_target, run,
};

/// The only stable version of the plugin API.
const API_VERSION: &str = "credentialprovider.kubelet.k8s.io/v1";

/// Annotations of a service account that name its role. The first one present wins.
const ROLE_ANNOTATIONS: [&str; 2] =
    ["eks.amazonaws.com/ecr-role-arn", "eks.amazonaws.com/role-arn"];

const SESSION_NAME: &str = "kubelet";

const EXAMPLES: &str = "\
kubelet runs this program from --image-credential-provider-bin-dir, as its CredentialProviderConfig says:
  providers:
    - name: longshore
      apiVersion: credentialprovider.kubelet.k8s.io/v1
      args: [kubelet-credential-provider]
      matchImages: [\"*.dkr.ecr.*.example.com\"]
      defaultCacheDuration: 1h
      env: [{name: LONGSHORE_DOMAIN, value: example.com}]

Whatever matchImages says, it gives passwords only for the registries that docker-credential serves: those under \
$LONGSHORE_DOMAIN (at the port of AWS_ENDPOINT_URL, else of LONGSHORE_PUBLIC_URL, else 443), the endpoint's own host \
(AWS_ENDPOINT_URL), and the hosts that the endpoint claims.

It signs with the node's credentials, which it finds as the AWS SDKs do. If kubelet sends a service account's token, it \
assumes that account's role instead: the one in the annotation eks.amazonaws.com/ecr-role-arn or \
eks.amazonaws.com/role-arn, else --role-arn.";

/// Speaks kubelet's image credential provider API: a request on standard input, a response on
/// standard output.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct KubeletCredentialProvider {
    /// Role for service accounts without a role annotation
    #[arg(long, env = "AWS_ECR_ROLE_ARN", value_name = "ARN")]
    role_arn: Option<String>,
    #[command(flatten)]
    reach: Reach,
}

/// kubelet's request.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CredentialProviderRequest {
    kind: String,
    api_version: String,
    image: String,
    #[serde(default)]
    service_account_token: Zeroizing<String>,
    #[serde(default)]
    service_account_annotations: Option<BTreeMap<String, String>>,
}

impl KubeletCredentialProvider {
    pub(super) fn run(self) -> Outcome {
        let text = Zeroizing::new(input::read()?);
        let request = read(&text)?;
        let host = RegistryHost::of_image(&request.image)
            .ok_or_else(|| settings_failure(format!("{} names no registry", request.image)))?;
        let environment = Environment::of_process();
        let settings = self.reach.settle(&environment)?;
        // First of all: no pod's token and no credentials of the node are read for a foreign
        // registry.
        let target = find_target(&environment, &settings, &host).ok_or_else(|| stranger(&host))?;
        let source = match self.web_identity(&request)? {
            Some(identity) => Source::WebIdentity(identity),
            None => settings.require_source()?.clone(),
        };
        let token = run(ask_registry_token(&settings, &source, &target))?;
        if !target.allows(&host, &token) {
            return Err(stranger(&host).into());
        }
        println!("{}", response(&host, &token));
        Ok(ExitCode::SUCCESS)
    }

    /// The pod's own identity, if kubelet sends its token. It never falls back to the node's
    /// identity, which may have more rights than the pod.
    fn web_identity(
        &self,
        request: &CredentialProviderRequest,
    ) -> Result<Option<WebIdentity>, ClientFailure> {
        if request.service_account_token.is_empty() {
            return Ok(None);
        }
        let annotations = request.service_account_annotations.as_ref();
        let annotated = |key: &&str| annotations.and_then(|all| all.get(*key)).cloned();
        let role_arn =
            ROLE_ANNOTATIONS.iter().find_map(annotated).or_else(|| self.role_arn.clone());
        let role_arn = role_arn.ok_or_else(|| {
            settings_failure(format!(
                "the service account has no role: set its annotation {} or {}, or --role-arn",
                ROLE_ANNOTATIONS[0], ROLE_ANNOTATIONS[1]
            ))
        })?;
        let token = IdentityToken::Given(request.service_account_token.clone());
        Ok(Some(WebIdentity { role_arn, session_name: SESSION_NAME.to_owned(), token }))
    }
}

fn read(text: &str) -> Result<CredentialProviderRequest, ClientFailure> {
    let request: CredentialProviderRequest = serde_json::from_str(text).map_err(|error| {
        settings_failure(format!("standard input is not a CredentialProviderRequest: {error}"))
    })?;
    if request.kind == "CredentialProviderRequest" && request.api_version == API_VERSION {
        return Ok(request);
    }
    Err(settings_failure(format!(
        "kubelet sent {} of {}; this plugin supports only CredentialProviderRequest of {API_VERSION}",
        request.kind, request.api_version
    )))
}

/// The password belongs to the registry, and serves all of its images.
fn response(host: &RegistryHost, token: &RegistryToken) -> Value {
    json!({
        "kind": "CredentialProviderResponse",
        "apiVersion": API_VERSION,
        "cacheKeyType": "Registry",
        "cacheDuration": format!("{}s", token.fresh_for().as_secs()),
        "auth": { host.as_str(): { "username": "AWS", "password": *token.password } },
    })
}

/// Anyone who can start a pod can name any image, so only our own registries are sent a password.
fn stranger(host: &RegistryHost) -> ClientFailure {
    settings_failure(format!(
        "{} is not known to be a registry of this server: set LONGSHORE_DOMAIN to its domain, or AWS_ENDPOINT_URL to the \
         server's URL, in the provider's env; a port other than 443 must be that of AWS_ENDPOINT_URL or \
         LONGSHORE_PUBLIC_URL",
        host.as_str()
    ))
}

fn settings_failure(why: String) -> ClientFailure {
    ClientFailure::Settings(why)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn provider(role_arn: Option<&str>) -> KubeletCredentialProvider {
        let role_arn = role_arn.map(str::to_owned);
        KubeletCredentialProvider { role_arn, reach: Reach::default() }
    }

    #[test]
    fn the_role_is_the_service_accounts_own() {
        let request = |token: &str, annotations: Value| {
            json!({
                "kind": "CredentialProviderRequest", "apiVersion": API_VERSION, "image": "h.example/web",
                "serviceAccountToken": token, "serviceAccountAnnotations": annotations,
            })
        };
        let [ecr, pod] = ROLE_ANNOTATIONS;
        let refused = Err(());
        #[rustfmt::skip]
        let cases = [
            // token  annotations                    --role-arn    role              because
            ("",      json!({ pod: "of-pod" }),      Some("given"), Ok(None),            "no token, so the node asks"),
            ("jwt",   json!({ pod: "of-pod" }),      Some("given"), Ok(Some("of-pod")),  "annotations are stronger"),
            ("jwt",   json!({ pod: "of-pod", ecr: "for-ecr" }), None, Ok(Some("for-ecr")), "the narrower annotation is stronger"),
            ("jwt",   json!({}),                     Some("given"), Ok(Some("given")),   "the flag is for the others"),
            ("jwt",   Value::Null,                   Some("given"), Ok(Some("given")),   "no annotations"),
            ("jwt",   json!({ "other": "x" }),       None,          refused,             "the node's rights are not the pod's"),
        ];
        for (token, annotations, flag, role, because) in cases {
            let request = read(&request(token, annotations).to_string()).unwrap();
            let found = provider(flag).web_identity(&request);
            let found = found.map(|identity| identity.map(|identity| identity.role_arn));
            let expected = role.map(|role| role.map(str::to_owned));
            assert_eq!(found.map_err(drop), expected, "{because}");
        }
    }

    #[test]
    fn another_kind_or_version_is_refused() {
        let asked = |kind: &str, version: &str| {
            read(&json!({ "kind": kind, "apiVersion": version, "image": "h/i" }).to_string())
                .is_ok()
        };
        assert!(asked("CredentialProviderRequest", API_VERSION));
        assert!(!asked("CredentialProviderResponse", API_VERSION));
        assert!(!asked("CredentialProviderRequest", "credentialprovider.kubelet.k8s.io/v1alpha1"));
        assert!(read("{}").is_err() && read("").is_err());
    }
}
