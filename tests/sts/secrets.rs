//! No secret gets into the log, whatever is done with it, at the most verbose level.

use black_box::{AccessKey, Answer, Client, Request, Server, authorization, call};
use jsonwebtoken::Algorithm;
use serde_json::{Value, json};

use crate::issuer::sign;
use crate::sessions::{Key, ask, percent, user};
use crate::web_identity::{Deployment, claims};

const ROLE: &str = "arn:aws:iam::123456789012:role/play";

/// Everything that opens a door, and everything that nearly does.
#[derive(Default)]
struct Secrets(Vec<(&'static str, String)>);

impl Secrets {
    fn add(&mut self, what: &'static str, secret: impl Into<String>) {
        let secret = secret.into();
        assert!(secret.len() >= 8, "{what} is too short to be looked for: {secret}");
        self.0.push((what, secret));
    }

    fn add_key(&mut self, what: &'static str, key: &Key) {
        self.add(what, &key.secret);
        if let Some(token) = &key.token {
            self.add(what, token);
            self.add(what, percent(token));
        }
    }

    /// A password, and the header that carries it.
    fn add_password(&mut self, what: &'static str, password: &str) {
        self.add(what, password);
        self.add(what, authorization(password).trim_start_matches("Basic "));
    }

    /// A token of an issuer: its signature is what makes it worth anything.
    fn add_jwt(&mut self, what: &'static str, token: &str) {
        self.add(what, token);
        let (_, signature) = token.rsplit_once('.').expect("a token has three parts");
        self.add(what, signature);
    }
}

/// The text with another letter in its middle.
fn tampered(text: &str) -> String {
    let middle = text.len() / 2;
    let letter = if text.as_bytes()[middle] == b'A' { "B" } else { "A" };
    format!("{}{letter}{}", &text[..middle], &text[middle + 1..])
}

fn assert_status(answer: &Answer, expected: u16, because: &str) {
    assert_eq!(answer.status, expected, "{because}: {}", answer.text());
}

/// A user's key and sessions, right and wrong.
fn people(server: &Server, secrets: &mut Secrets) -> Key {
    let kim = user(server, "kim");
    secrets.add_key("a user's key", &kim);
    let trust = json!({ "Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Action": "sts:AssumeRole",
        "Principal": { "AWS": "arn:aws:iam::123456789012:user/kim" },
    }]});
    let words = format!(
        "Action=CreateRole&RoleName=play&AssumeRolePolicyDocument={}",
        percent(&trust.to_string())
    );
    assert_status(&ask(server, &Key::root(), "iam", &words), 200, "a role is made");
    let words = format!("Action=AssumeRole&RoleSessionName=run-1&RoleArn={ROLE}");
    let role = Key::read(&ask(server, &kim, "sts", &words));
    secrets.add_key("a role's session", &role);
    let session = Key::read(&ask(server, &kim, "sts", "Action=GetSessionToken"));
    secrets.add_key("a user's session", &session);
    let federated = ask(server, &Key::root(), "sts", "Action=GetFederationToken&Name=bob");
    secrets.add_key("a federated user's session", &Key::read(&federated));

    let token = session.token.clone().expect("a session has a token");
    let bad = tampered(&token);
    let altered = Key { token: Some(bad), ..session.clone() };
    secrets.add_key("an altered session token", &altered);
    assert_status(&ask(server, &altered, "sts", "Action=GetCallerIdentity"), 403, "altered");
    let wrong = Key { secret: "a/wrong/secret/of/kim".to_owned(), ..kim.clone() };
    secrets.add_key("a wrong secret", &wrong);
    assert_status(&ask(server, &wrong, "sts", "Action=GetCallerIdentity"), 403, "wrong");
    let denied = ask(server, &role, "iam", "Action=ListUsers");
    assert_status(&denied, 403, "a denial with a session");
    kim
}

/// Passwords of the registry, right and wrong.
fn logins(server: &Server, kim: &Key, secrets: &mut Secrets) {
    let password = server.password();
    secrets.add_password("the root user's password", password);
    server.create_repository("web");
    assert_status(&server.client().get("/v2/web/tags/list"), 200, "a good login");
    for (what, bad) in [
        ("an altered password", tampered(password)),
        ("no password", "not the password".to_owned()),
    ] {
        secrets.add_password(what, &bad);
        let answer = Client::logged_in(server.address(), &bad).get("/v2/");
        assert_status(&answer, 401, what);
    }
    let policy = json!({ "Version": "2012-10-17", "Statement": [
        { "Effect": "Allow", "Action": "ecr:GetAuthorizationToken", "Resource": "*" },
    ]});
    let words = format!(
        "Action=PutUserPolicy&UserName=kim&PolicyName=login&PolicyDocument={}",
        percent(&policy.to_string())
    );
    assert_status(&ask(server, &Key::root(), "iam", &words), 200, "kim may log in");
    server.await_agreement();
    let key = AccessKey { id: kim.id.clone(), secret: kim.secret.clone() };
    let answer = call(&server.registry(), &key, "GetAuthorizationToken", &json!({}));
    let token = answer.json()["authorizationData"][0]["authorizationToken"].clone();
    let token = token.as_str().unwrap_or_else(|| panic!("{}", answer.text())).to_owned();
    secrets.add("a user's login", &token);
    let header = format!("Basic {token}");
    let request = Request::new("GET", "/v2/web/tags/list");
    let denied = server.stranger().ask(request.header("authorization", &header));
    assert_status(&denied, 403, "a login that may nothing");
}

/// Tokens of an issuer, right and wrong, and what one of them is worth.
fn tokens(deployment: &Deployment, secrets: &mut Secrets) {
    let Deployment { server, issuer } = deployment;
    let good = sign(Algorithm::RS256, "r", &issuer.rsa, &claims(&issuer.url(None)));
    secrets.add_jwt("an issuer's token", &good);
    let answer = deployment.ask(&good);
    let key = Key::read(&answer);
    secrets.add_key("the session that a token is worth", &key);
    let password = deployment.aws(&answer, ["ecr", "get-login-password"]).succeeds();
    secrets.add_password("a session's password", &password);
    let opened = Client::logged_in(server.address(), &password).get("/v2/");
    assert_status(&opened, 200, "the session logs in");
    let mut evil = claims(&issuer.url(None));
    evil["sub"] = Value::from("repo:evil/web");
    let denied = sign(Algorithm::RS256, "r", &issuer.rsa, &evil);
    let garbage = format!("{}.{}.garbage-garbage", "x".repeat(40), "y".repeat(40));
    for (what, token) in [
        ("an altered token", tampered(&good)),
        ("a token that is worth nothing", denied),
        ("a token that is garbage", garbage),
    ] {
        secrets.add_jwt(what, &token);
        let status = deployment.ask(&token).status;
        assert!([400, 403].contains(&status), "{what}: {status}");
    }
}

#[test]
fn no_secret_is_logged() {
    let mut secrets = Secrets::default();
    let mut deployment = Deployment::start(&["--oidc-allow-private", "--log", "trace"]);
    let made = deployment.server.longshore(["account", "create", "111122223333"]).succeeds();
    let made: Value = serde_json::from_str(&made).expect("a key is printed as JSON");
    let secret = made["SecretAccessKey"].as_str().expect("it is text");
    secrets.add("an account's key", secret);
    secrets.add_key("the root user's key", &Key::root());
    let kim = people(&deployment.server, &mut secrets);
    logins(&deployment.server, &kim, &mut secrets);
    tokens(&deployment, &mut secrets);
    deployment.server.terminate();
    deployment.server.await_end();
    let log = deployment.server.log();
    for told in ["access denied", "sts.AssumeRoleWithWebIdentity", "/v2/web/tags/list", "DEBUG"] {
        assert!(log.contains(told), "the log does not speak of {told}");
    }
    for (what, secret) in secrets.0 {
        let line = log.lines().find(|line| line.contains(&secret));
        assert_eq!(line, None, "{what} is logged");
    }
}
