use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{
    SignableBody, SignableRequest, SignatureLocation, SigningSettings, sign,
};
use aws_sigv4::sign::v4::SigningParams;
use black_box::{Answer, Client, REGION, ROOT_ACCESS_KEY, ROOT_SECRET_KEY, Request, Server};
use serde_json::{Value, json};

use crate::{element, refused};

/// How long a signature in a query lives.
const LIFE: Duration = Duration::from_mins(1);

const JSON: &str = "application/x-amz-json-1.1";

const FORM: &str = "application/x-www-form-urlencoded";

/// A key, and the token that must come with it if it is temporary.
#[derive(Clone)]
pub(crate) struct Key {
    pub(crate) id: String,
    pub(crate) secret: String,
    pub(crate) token: Option<String>,
}

impl Key {
    pub(crate) fn root() -> Self {
        Self { id: ROOT_ACCESS_KEY.to_owned(), secret: ROOT_SECRET_KEY.to_owned(), token: None }
    }

    /// What STS or IAM answered with.
    pub(crate) fn read(answer: &Answer) -> Self {
        assert_eq!(answer.status, 200, "{}", answer.text());
        let token = answer.text().contains("<SessionToken>");
        Self {
            id: element(answer, "AccessKeyId"),
            secret: element(answer, "SecretAccessKey"),
            token: token.then(|| element(answer, "SessionToken")),
        }
    }

    fn with_token(&self, token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..self.clone() }
    }
}

/// Names and values.
type Pairs = Vec<(String, String)>;

/// The headers, or the parameters, that sign a request with a key.
fn signed(
    key: &Key,
    service: &str,
    place: SignatureLocation,
    request: SignableRequest<'_>,
) -> (Pairs, Pairs) {
    let credentials =
        Credentials::new(&key.id, &key.secret, key.token.clone(), None, "black-box").into();
    let mut settings = SigningSettings::default();
    settings.expires_in = matches!(place, SignatureLocation::QueryParams).then_some(LIFE);
    settings.signature_location = place;
    let params = SigningParams::builder()
        .identity(&credentials)
        .region(REGION)
        .name(service)
        .time(SystemTime::now())
        .settings(settings)
        .build()
        .expect("all parameters are there")
        .into();
    let (instructions, _) = sign(request, &params).expect("a key signs").into_parts();
    let (headers, query) = instructions.into_parts();
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    (
        headers.iter().map(|header| pair(header.name(), header.value())).collect(),
        query.iter().map(|(name, value)| pair(name, value)).collect(),
    )
}

pub(crate) fn ask(server: &Server, key: &Key, service: &str, words: &str) -> Answer {
    let version = if service == "iam" { "2010-05-08" } else { "2011-06-15" };
    let body = format!("{words}&Version={version}");
    let (address, url) = (server.address(), format!("http://{}/", server.address()));
    let plain = [("content-type", FORM), ("host", address)];
    let signable = SignableBody::Bytes(body.as_bytes());
    let signable = SignableRequest::new("POST", &url, plain.into_iter(), signable)
        .expect("a plain request can be signed");
    let (headers, _) = signed(key, service, SignatureLocation::Headers, signable);
    let request = Request::new("POST", "/").header("content-type", FORM);
    let request =
        headers.iter().fold(request, |request, (name, value)| request.header(name, value));
    Client::stranger(address).ask(request.body(body))
}

/// Calls an operation of ECR.
pub(crate) fn ask_ecr(server: &Server, key: &Key, operation: &str, input: &Value) -> Answer {
    let body = input.to_string();
    let (address, url) = (server.address(), format!("http://{}/", server.address()));
    let target = format!("AmazonEC2ContainerRegistry_V20150921.{operation}");
    let plain = [("content-type", JSON), ("host", address), ("x-amz-target", &target)];
    let signable = SignableBody::Bytes(body.as_bytes());
    let signable = SignableRequest::new("POST", &url, plain.into_iter(), signable)
        .expect("a plain request can be signed");
    let (headers, _) = signed(key, "ecr", SignatureLocation::Headers, signable);
    let request = Request::new("POST", "/").header("content-type", JSON);
    let request = request.header("x-amz-target", &target);
    let request =
        headers.iter().fold(request, |request, (name, value)| request.header(name, value));
    Client::stranger(address).ask(request.body(body))
}

/// The target of a call that is signed in its query, which is a form of this service.
pub(crate) fn presign(server: &Server, key: &Key, service: &str, words: &str) -> String {
    let target = format!("/?{words}");
    let url = format!("http://{}{target}", server.address());
    let plain = [("host", server.address())];
    let request = SignableRequest::new("GET", &url, plain.into_iter(), SignableBody::Bytes(b""))
        .expect("a plain request can be signed");
    let (_, query) = signed(key, service, SignatureLocation::QueryParams, request);
    let more = query
        .iter()
        .fold(String::new(), |all, (name, value)| all + &format!("&{name}={}", percent(value)));
    format!("{target}{more}")
}

/// The identity of a caller, told by STS.
fn whoami(server: &Server, key: &Key) -> Answer {
    ask(server, key, "sts", "Action=GetCallerIdentity")
}

/// A user who may assume every role, and its key.
pub(crate) fn user(server: &Server, name: &str) -> Key {
    let root = Key::root();
    let made = ask(server, &root, "iam", &format!("Action=CreateUser&UserName={name}"));
    assert_eq!(made.status, 200, "{}", made.text());
    Key::read(&ask(server, &root, "iam", &format!("Action=CreateAccessKey&UserName={name}")))
}

pub(crate) fn percent(text: &str) -> String {
    text.bytes().fold(String::new(), |escaped, byte| escaped + &format!("%{byte:02X}"))
}

const INVALID: (u16, &str, &str) =
    (403, "InvalidClientTokenId", "The security token included in the request is invalid.");

fn assert_invalid(answer: &Answer, because: &str) {
    let (status, code, text) = refused(answer);
    assert_eq!((status, code.as_str(), text.as_str()), INVALID, "{because}");
}

#[test]
fn a_token_belongs_to_its_key_and_cannot_be_altered() {
    let server = Server::start();
    let long = user(&server, "kim");
    let session = Key::read(&ask(&server, &long, "sts", "Action=GetSessionToken"));
    let other = Key::read(&ask(&server, &long, "sts", "Action=GetSessionToken"));
    let answer = whoami(&server, &session);
    assert_eq!(element(&answer, "Arn"), "arn:aws:iam::123456789012:user/kim");
    let token = session.token.clone().expect("a session has a token");
    let middle = token.len() / 2;
    let letter = if token.as_bytes()[middle] == b'A' { "B" } else { "A" };
    let altered = format!("{}{letter}{}", &token[..middle], &token[middle + 1..]);
    let cut = &token[..token.len() - 4];
    let foreign = other.token.clone().expect("a session has a token");
    #[rustfmt::skip]
    let cases = [
        (session.with_token(&altered),                "one letter is another"),
        (session.with_token(cut),                     "cut off"),
        (session.with_token("FwoGZXIvYXdzEBYaDHqa0A"), "another caller's token"),
        (session.with_token(&foreign),                "the token of another session"),
        (Key { token: None, ..session.clone() },      "no token"),
        (long.with_token(&token),                     "a long-lived key needs none"),
    ];
    for (key, because) in cases {
        assert_invalid(&whoami(&server, &key), because);
    }
    let secret = Key { secret: other.secret.clone(), ..session.clone() };
    assert_eq!(refused(&whoami(&server, &secret)).1, "SignatureDoesNotMatch");
}

#[test]
fn a_users_own_session_is_no_one_to_iam_and_ends_with_the_user() {
    let server = Server::start();
    let (root, long) = (Key::root(), user(&server, "kim"));
    let session = Key::read(&ask(&server, &long, "sts", "Action=GetSessionToken"));
    assert_invalid(&ask(&server, &session, "iam", "Action=GetUser"), "IAM wants a second factor");
    let again = ask(&server, &session, "sts", "Action=GetSessionToken");
    let expected = "Cannot call GetSessionToken with session credentials";
    let (status, code, text) = refused(&again);
    assert_eq!((status, code.as_str(), text.as_str()), (403, "AccessDenied", expected));
    let delete = format!("Action=DeleteAccessKey&UserName=kim&AccessKeyId={}", long.id);
    assert_eq!(ask(&server, &root, "iam", &delete).status, 200);
    server.await_agreement();
    assert_eq!(whoami(&server, &session).status, 200, "the session does not hang on the key");
    assert_eq!(ask(&server, &root, "iam", "Action=DeleteUser&UserName=kim").status, 200);
    server.await_agreement();
    assert_invalid(&whoami(&server, &session), "the user is gone");
}

#[test]
fn a_federated_user_has_what_the_session_policy_lets_through() {
    let server = Server::start();
    let root = Key::root();
    let policy = json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "sts:GetAccessKeyInfo", "Resource": "*"},
    ]});
    let words =
        format!("Action=GetFederationToken&Name=bob&Policy={}", percent(&policy.to_string()));
    let answer = ask(&server, &root, "sts", &words);
    assert_eq!(element(&answer, "FederatedUserId"), "123456789012:bob");
    let packed: u64 = element(&answer, "PackedPolicySize").parse().expect("a percentage");
    assert!((1..20).contains(&packed), "{packed}");
    let bob = Key::read(&answer);
    let answer = whoami(&server, &bob);
    assert_eq!(element(&answer, "Arn"), "arn:aws:sts::123456789012:federated-user/bob");
    let info = format!("Action=GetAccessKeyInfo&AccessKeyId={}", bob.id);
    let answer = ask(&server, &bob, "sts", &info);
    assert_eq!(element(&answer, "Account"), "123456789012");
    let words = "Action=GetFederationToken&Name=carol";
    let carol = Key::read(&ask(&server, &root, "sts", words));
    let (status, code, text) = refused(&ask(&server, &carol, "sts", &info));
    assert_eq!((status, code.as_str()), (403, "AccessDenied"), "nothing was passed: {text}");
}

#[test]
fn session_policies_and_tags_that_do_not_fit_are_refused() {
    let server = Server::start();
    let mut words = "Action=GetFederationToken&Name=bob".to_owned();
    for at in 1..=50_u64 {
        let noise = at.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let next = |noise: u64| noise.wrapping_mul(0xd134_2543_de82_ef95).rotate_left(29);
        let (second, third) = (next(noise), next(next(noise)));
        let value = format!("{noise:016x}{second:016x}{third:016x}{:016x}", next(third));
        let value = format!("{value}{:016x}{:016x}", next(next(third)), next(next(next(third))));
        let tag = format!("Tags.member.{at}");
        words = format!("{words}&{tag}.Key=key-{noise:x}&{tag}.Value={value}");
    }
    let (status, code, text) = refused(&ask(&server, &Key::root(), "sts", &words));
    assert_eq!((status, code.as_str()), (400, "PackedPolicyTooLarge"), "{text}");
    let (size, max) = text
        .strip_prefix("Session token size of ")
        .and_then(|rest| rest.strip_suffix(" bytes."))
        .and_then(|rest| rest.split_once(" bytes exceeds the maximum allowed size of "))
        .unwrap_or_else(|| panic!("{text}"));
    assert_eq!(max, "4096", "{text}");
    assert!(size.parse::<u64>().is_ok_and(|size| size > 4_096), "{text}");
}

#[test]
fn a_role_is_played_and_left_to_the_guard() {
    let server = Server::start();
    let (root, kim) = (Key::root(), user(&server, "kim"));
    let trust = json!({"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Action": "sts:AssumeRole",
        "Principal": {"AWS": "arn:aws:iam::123456789012:user/kim"},
    }]});
    let words = format!(
        "Action=CreateRole&RoleName=ci&AssumeRolePolicyDocument={}",
        percent(&trust.to_string())
    );
    assert_eq!(ask(&server, &root, "iam", &words).status, 200);
    let words = "Action=AssumeRole&RoleSessionName=run-1&RoleArn=arn:aws:iam::123456789012:role/ci";
    let denied = refused(&ask(&server, &root, "sts", words));
    assert_eq!(denied.2, "Roles may not be assumed by root accounts.");
    let answer = ask(&server, &kim, "sts", words);
    assert!(element(&answer, "AssumedRoleId").ends_with(":run-1"), "{}", answer.text());
    let role = Key::read(&answer);
    let (status, code, text) = refused(&ask(&server, &role, "iam", "Action=ListUsers"));
    assert_eq!((status, code.as_str()), (403, "AccessDenied"), "{text}");
    let expected = "User: arn:aws:sts::123456789012:assumed-role/ci/run-1 is not authorized to perform: \
                    iam:ListUsers";
    assert!(text.starts_with(expected), "{text}");
}

#[test]
fn a_token_may_be_in_the_query() {
    let server = Server::start();
    let session = Key::read(&ask(&server, &user(&server, "kim"), "sts", "Action=GetSessionToken"));
    let words = "Action=GetCallerIdentity&Version=2011-06-15";
    let target = presign(&server, &session, "sts", words);
    let answer = Client::stranger(server.address()).get(&target);
    assert_eq!(element(&answer, "Arn"), "arn:aws:iam::123456789012:user/kim");
}
