use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use black_box::{Answer, Client, Invocation, REGION, Request, Server, python};
use jsonwebtoken::{Algorithm, EncodingKey};
use serde_json::{Value, json};

use crate::issuer::{FAULTS, Issuer, rsa_key, sign};
use crate::{element, refused};

const SUBJECT: &str = "repo:team/web:ref:refs/heads/main";
const ROLE: &str = "arn:aws:iam::123456789012:role/ci";

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).expect("1970 is over").as_secs()
}

pub(crate) fn claims(issuer: &str) -> Value {
    let now = now();
    json!({
        "iss": issuer, "sub": SUBJECT, "aud": "sts.amazonaws.com",
        "iat": now - 5, "nbf": now - 5, "exp": now + 600, "repository": "team/web",
    })
}

fn with(issuer: &str, name: &str, value: Value) -> Value {
    let mut claims = claims(issuer);
    claims[name] = value;
    claims
}

/// A server that trusts the issuer with a role, in all the forms that the issuer has.
pub(crate) struct Deployment {
    pub(crate) server: Server,
    pub(crate) issuer: Issuer,
}

impl Deployment {
    pub(crate) fn start(more: &[&str]) -> Self {
        let issuer = Issuer::start();
        let ca = issuer.ca().display().to_string();
        let server = Server::start_with(&[&["--oidc-ca", &ca], more].concat());
        let forms = FAULTS.into_iter().map(Some).chain([None]);
        let statement = |fault: Option<&str>| {
            let url = issuer.url(fault);
            let provider = server
                .aws(["iam", "create-open-id-connect-provider", "--url", &url, "--output", "text"])
                .args(["--client-id-list", "sts.amazonaws.com"])
                .succeeds();
            let name = url.strip_prefix("https://").expect("an issuer speaks TLS");
            json!({
                "Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
                "Principal": {"Federated": provider.trim()},
                "Condition": {"StringEquals": {format!("{name}:sub"): SUBJECT}},
            })
        };
        let statements: Vec<Value> = forms.map(statement).collect();
        let trust = json!({"Version": "2012-10-17", "Statement": statements}).to_string();
        server
            .aws([
                "iam",
                "create-role",
                "--role-name",
                "ci",
                "--assume-role-policy-document",
                &trust,
            ])
            .succeeds();
        let may = json!({"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Action": "ecr:*", "Resource": "*"},
        ]});
        server
            .aws(["iam", "put-role-policy", "--role-name", "ci", "--policy-name", "ecr"])
            .args(["--policy-document", &may.to_string()])
            .succeeds();
        Self { server, issuer }
    }

    pub(crate) fn ask(&self, token: &str) -> Answer {
        let body = format!(
            "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleSessionName=run-1&RoleArn={ROLE}\
             &WebIdentityToken={token}"
        );
        let form = "application/x-www-form-urlencoded";
        let request = Request::new("POST", "/").header("content-type", form).body(body);
        self.server.stranger().ask(request)
    }

    /// A run of the AWS CLI with the credentials in an answer.
    pub(crate) fn aws<'a>(
        &self,
        answer: &Answer,
        args: impl IntoIterator<Item = &'a str>,
    ) -> Invocation {
        Invocation::new(python("aws"), &self.server.scratch("role"))
            .args(args)
            .env("AWS_ENDPOINT_URL", self.server.url())
            .env("AWS_REGION", REGION)
            .env("AWS_DEFAULT_REGION", REGION)
            .env("AWS_ACCESS_KEY_ID", element(answer, "AccessKeyId"))
            .env("AWS_SECRET_ACCESS_KEY", element(answer, "SecretAccessKey"))
            .env("AWS_SESSION_TOKEN", element(answer, "SessionToken"))
    }
}

#[test]
fn a_token_is_worth_temporary_credentials() {
    let deployment = Deployment::start(&["--oidc-allow-private"]);
    let Deployment { server, issuer } = &deployment;
    let url = issuer.url(None);
    let by_ec = deployment.ask(&sign(Algorithm::ES256, "e", &issuer.ec, &claims(&url)));
    assert_eq!(by_ec.status, 200, "{}", by_ec.text());
    let answer = deployment.ask(&sign(Algorithm::RS256, "r", &issuer.rsa, &claims(&url)));
    assert_eq!(answer.status, 200, "{}", answer.text());
    // A request that changes nothing goes to the same node, however many there are.
    assert_eq!(issuer.asked(), 2, "the keys are fetched once");
    assert_eq!(element(&answer, "SubjectFromWebIdentityToken"), SUBJECT);
    assert_eq!(element(&answer, "Audience"), "sts.amazonaws.com");
    assert_eq!(element(&answer, "Provider"), url);
    assert!(element(&answer, "AccessKeyId").starts_with("ASIA"));
    let caller = deployment
        .aws(&answer, ["sts", "get-caller-identity", "--output", "text", "--query", "Arn"]);
    assert_eq!(caller.succeeds().trim(), "arn:aws:sts::123456789012:assumed-role/ci/run-1");
    let password = deployment.aws(&answer, ["ecr", "get-login-password"]).succeeds();
    assert!(password.trim().len() < 2_000, "{} characters", password.trim().len());
    let mut client = Client::logged_in(server.address(), password.trim());
    assert_eq!(client.get("/v2/").status, 200);

    server
        .aws(["iam", "delete-role-policy", "--role-name", "ci", "--policy-name", "ecr"])
        .succeeds();
    server.aws(["iam", "delete-role", "--role-name", "ci"]).succeeds();
    server.await_agreement();
    assert_eq!(client.get("/v2/").status, 401, "the password dies with the role");
    let ended = deployment.aws(&answer, ["sts", "get-caller-identity"]).run();
    let expected = "(InvalidClientTokenId) when calling the GetCallerIdentity operation: The security token \
                    included in the request is invalid.";
    assert!(ended.stderr.contains(expected), "{ended}");
}

#[test]
fn bad_tokens_are_worth_nothing() {
    let deployment = Deployment::start(&["--oidc-allow-private"]);
    let issuer = &deployment.issuer;
    let (url, now) = (issuer.url(None), now());
    let rsa = |claims: &Value| sign(Algorithm::RS256, "r", &issuer.rsa, claims);
    let none = format!("{}.{}.", spell(&json!({"alg": "none"})), spell(&claims(&url)));
    let secret = EncodingKey::from_secret(b"a public key is no secret");
    let (stranger, _) = rsa_key("r");
    let good = rsa(&claims(&url));
    let (head, signature) = good.rsplit_once('.').expect("a token has three parts");
    let altered = format!("{head}.A{}", &signature[1..]);
    let unknown_key = "Couldn't retrieve verification key from your identity provider,  please reference \
                       AssumeRoleWithWebIdentity documentation for requirements";
    let differs = "The web identity token that was passed could not be validated.";
    let no_provider = "No OpenIDConnect provider found in your account for https://example.com";
    #[rustfmt::skip]
    let cases = [
        (none,                                          "InvalidIdentityToken", "not signed with a supported algorithm", "alg none"),
        (sign(Algorithm::HS256, "r", &secret, &claims(&url)), "InvalidIdentityToken", "not signed with a supported algorithm", "a shared secret"),
        (rsa(&claims("https://example.com")),           "InvalidIdentityToken", no_provider, "another issuer"),
        (rsa(&with(&url, "aud", json!("other"))),       "InvalidIdentityToken", "Incorrect token audience", "another audience"),
        (rsa(&with(&url, "exp", json!(now - 1))),       "ExpiredTokenException", "Token expired: current date/time ", "expired"),
        (rsa(&with(&url, "nbf", json!(now + 3_600))),   "InvalidIdentityToken", "Token not yet valid", "not yet valid"),
        (rsa(&with(&url, "exp", json!("9999999999"))),  "InvalidIdentityToken", "Missing a required claim: exp", "a time in text"),
        (rsa(&with(&url, "sub", json!("repo:evil/web:ref:refs/heads/main"))), "AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity", "another repository"),
        (sign(Algorithm::RS256, "x", &issuer.rsa, &claims(&url)), "InvalidIdentityToken", unknown_key, "a key of another name"),
        (sign(Algorithm::RS256, "r", &stranger, &claims(&url)),   "InvalidIdentityToken", differs, "a stranger's key"),
        (altered,                                       "InvalidIdentityToken", differs, "an altered signature"),
        ("no-token".to_owned(),                         "InvalidIdentityToken", "is not a valid JWT", "no token"),
    ];
    for (token, code, message, because) in cases {
        let (status, told, text) = refused(&deployment.ask(&token));
        let text = text.replace("&apos;", "'").replace("&#39;", "'").replace("&#x27;", "'");
        let expected = if code == "AccessDenied" { 403 } else { 400 };
        assert_eq!((status, told.as_str()), (expected, code), "{because}: {text}");
        assert!(text.contains(message), "{because}: {text}");
    }
    let most = 2 * deployment.server.nodes();
    assert!(issuer.asked() <= most, "bad tokens cost the issuer nothing: {}", issuer.asked());
}

#[test]
fn a_role_that_a_token_is_not_worth_is_explained_to_its_owner() {
    let deployment = Deployment::start(&["--oidc-allow-private", "--enforcement", "audit"]);
    let issuer = &deployment.issuer;
    let url = issuer.url(None);
    let evil = with(&url, "sub", json!("repo:evil/web"));
    let answer = deployment.ask(&sign(Algorithm::RS256, "r", &issuer.rsa, &evil));
    assert_eq!(answer.status, 403, "watching alone hands out no role: {}", answer.text());
    let id = answer.header("x-amzn-requestid").expect("each answer has an id");
    let server = &deployment.server;
    let told = server.run_why(|| server.longshore(["why", id, "--json"]).run());
    let told: Value = serde_json::from_str(&told.stdout).unwrap_or_else(|_| panic!("{told}"));
    let host = url.strip_prefix("https://").expect("an issuer speaks TLS");
    let provider = format!("arn:aws:iam::123456789012:oidc-provider/{host}");
    let who = format!("{provider}:sts.amazonaws.com:repo:evil/web");
    let expected = [&*who, "sts:AssumeRoleWithWebIdentity", ROLE, "no role trust policy allows it"];
    let names = ["Principal", "Action", "Resource", "Reason"];
    assert_eq!(names.map(|name| told[name].as_str().unwrap()), expected, "{told}");
    assert_eq!(told["Enforcement"], "enforce");
    let looked_at = told["Policies"].as_array().expect("policies are listed");
    assert_eq!(looked_at[0]["Kind"], "role trust policy", "{told}");
}

#[test]
fn bad_issuers_are_not_waited_for() {
    let deployment = Deployment::start(&["--oidc-allow-private"]);
    let issuer = &deployment.issuer;
    #[rustfmt::skip]
    let cases = [
        ("slow",  "IDPCommunicationError", "keys that do not come"),
        ("huge",  "InvalidIdentityToken",  "keys without end"),
        ("moved", "InvalidIdentityToken",  "a redirect is not followed"),
        ("other", "InvalidIdentityToken",  "a discovery document of another issuer"),
        ("gone",  "InvalidIdentityToken",  "no discovery document"),
        ("junk",  "InvalidIdentityToken",  "keys that are none"),
    ];
    for (fault, code, because) in cases {
        let token = sign(Algorithm::RS256, "r", &issuer.rsa, &claims(&issuer.url(Some(fault))));
        let (status, told, text) = refused(&deployment.ask(&token));
        assert_eq!((status, told.as_str()), (400, code), "{because}: {text}");
    }
}

#[test]
fn private_addresses_are_not_called_unless_the_operator_says_so() {
    let deployment = Deployment::start(&[]);
    let issuer = &deployment.issuer;
    let token = sign(Algorithm::RS256, "r", &issuer.rsa, &claims(&issuer.url(None)));
    let (status, code, _) = refused(&deployment.ask(&token));
    assert_eq!((status, code.as_str()), (400, "InvalidIdentityToken"));
    assert_eq!(issuer.asked(), 0);
    let log = deployment.server.log();
    assert!(log.contains("no address that may be called"), "{log}");
}

fn spell(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}
