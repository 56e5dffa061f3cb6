//! GetScopedCredentials: a session continues with fewer rights, and never with more.

use black_box::{Answer, Client, Invocation, REGION, Server, digest_of, python};
use serde_json::{Value, json};

use crate::sessions::{Key, ask, percent, user};
use crate::{element, refused};

fn allow(actions: &[&str]) -> Value {
    json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": actions, "Resource": "*"},
    ]})
}

fn narrow(server: &Server, key: &Key, words: &str) -> Answer {
    ask(server, key, "sts", &format!("Action=GetScopedCredentials{words}"))
}

fn narrow_to(server: &Server, key: &Key, policy: &Value) -> Answer {
    narrow(server, key, &format!("&Policy={}", percent(&policy.to_string())))
}

/// A session of the role `ci`, which may do everything.
fn role(server: &Server) -> Key {
    let (root, kim) = (Key::root(), user(server, "kim"));
    let trust = json!({"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Action": ["sts:AssumeRole", "sts:SetSourceIdentity"],
        "Principal": {"AWS": "arn:aws:iam::123456789012:user/kim"},
    }]});
    let trust = percent(&trust.to_string());
    let words = format!("Action=CreateRole&RoleName=ci&AssumeRolePolicyDocument={trust}");
    assert_eq!(ask(server, &root, "iam", &words).status, 200);
    let words =
        "Action=AttachRolePolicy&RoleName=ci&PolicyArn=arn:aws:iam::aws:policy/AdministratorAccess";
    assert_eq!(ask(server, &root, "iam", words).status, 200);
    let words = "Action=AssumeRole&RoleSessionName=run-1&SourceIdentity=kim\
                 &RoleArn=arn:aws:iam::123456789012:role/ci";
    Key::read(&ask(server, &kim, "sts", words))
}

#[test]
fn a_session_narrows_itself_three_times_and_stays_who_it_is() {
    let server = Server::start();
    let role = role(&server);
    let scopes = [
        allow(&["iam:ListUsers", "iam:ListRoles", "iam:ListGroups", "sts:GetScopedCredentials"]),
        allow(&["iam:ListUsers", "iam:ListRoles", "sts:GetScopedCredentials"]),
        allow(&["iam:ListUsers", "iam:ListGroups", "sts:*"]),
    ];
    let mut keys = vec![role.clone()];
    for (index, scope) in scopes.iter().enumerate() {
        let answer = narrow_to(&server, &keys[index], scope);
        keys.push(Key::read(&answer));
        assert_eq!(element(&answer, "ScopedPoliciesCount"), (index + 1).to_string());
        assert!(element(&answer, "ScopedSessionId").ends_with(":run-1"), "{}", answer.text());
        let arn = "arn:aws:sts::123456789012:assumed-role/ci/run-1";
        assert_eq!(element(&answer, "Arn"), arn);
        assert_eq!(element(&answer, "SourceIdentity"), "kim");
        let whoami = ask(&server, &keys[index + 1], "sts", "Action=GetCallerIdentity");
        assert_eq!(element(&whoami, "Arn"), arn);
    }
    #[rustfmt::skip]
    let cases = [
        ("ListUsers",  [200, 200, 200, 200], "in every policy"),
        ("ListRoles",  [200, 200, 200, 403], "not in the third"),
        ("ListGroups", [200, 200, 403, 403], "not in the second, and the third brings nothing back"),
        ("ListInstanceProfiles", [200, 403, 403, 403], "not in the first"),
    ];
    for (operation, expected, because) in cases {
        let action = format!("Action={operation}");
        let statuses = keys.iter().map(|key| ask(&server, key, "iam", &action).status);
        assert!(statuses.eq(expected), "{operation}: {because}");
    }
    let (status, code, text) = refused(&ask(&server, &keys[3], "iam", "Action=ListGroups"));
    assert_eq!((status, code.as_str()), (403, "AccessDenied"));
    assert!(text.ends_with("because no session policy allows the iam:ListGroups action"), "{text}");
    let (status, code, text) = refused(&narrow_to(&server, &keys[3], &allow(&["*"])));
    assert_eq!((status, code.as_str()), (403, "AccessDenied"), "a fourth: {text}");
    let answer = narrow(&server, &keys[3], "&DurationSeconds=60");
    assert_eq!(element(&answer, "ScopedPoliciesCount"), "3", "a shorter life is no policy");
}

/// What `docker login` gets in a session.
fn password(server: &Server, key: &Key) -> String {
    let invocation = Invocation::new(python("aws"), &server.scratch("session"))
        .args(["ecr", "get-login-password"])
        .env("AWS_ENDPOINT_URL", server.url())
        .env("AWS_REGION", REGION)
        .env("AWS_DEFAULT_REGION", REGION)
        .env("AWS_ACCESS_KEY_ID", &key.id)
        .env("AWS_SECRET_ACCESS_KEY", &key.secret)
        .env("AWS_SESSION_TOKEN", key.token.as_deref().expect("a session has a token"));
    invocation.succeeds().trim().to_owned()
}

#[test]
fn what_a_session_was_narrowed_to_holds_at_the_registry_too() {
    let server = Server::start();
    let role = role(&server);
    let login = "ecr:GetAuthorizationToken";
    let puller = Key::read(&narrow_to(&server, &role, &allow(&[login, "ecr:BatchGetImage"])));
    for (key, catalog) in [(role, 200), (puller, 403)] {
        let mut client = Client::logged_in(server.address(), &password(&server, &key));
        assert_eq!(client.get("/v2/").status, 200);
        assert_eq!(client.get("/v2/_catalog").status, catalog);
    }
}

/// An upload that never was looks like one whose end is asked for again.
#[test]
fn the_end_of_an_upload_tells_only_who_may_see_layers_what_is_there() {
    let server = Server::start();
    let role = role(&server);
    server.create_repository("web");
    let push = ["ecr:GetAuthorizationToken", "ecr:InitiateLayerUpload", "ecr:UploadLayerPart"];
    let push = [&push[..], &["ecr:CompleteLayerUpload"]].concat();
    let blind = Key::read(&narrow_to(&server, &role, &allow(&push)));
    let mut admin = server.client();
    let digest = digest_of(b"a layer");
    let upload = admin.begin_upload("web");
    assert_eq!(admin.put(&format!("{upload}?digest={digest}"), "a layer").status, 201);
    let end = format!("{upload}?digest={digest}");
    assert_eq!(admin.put(&end, "").status, 201, "asked for again");
    let mut blind = Client::logged_in(server.address(), &password(&server, &blind));
    assert_eq!(blind.head(&format!("/v2/web/blobs/{digest}")).status, 403);
    assert_eq!(blind.put(&end, "").status, 404, "the same as for a layer that is not there");
    let upload = blind.begin_upload("web");
    assert_eq!(blind.put(&format!("{upload}?digest={digest}"), "a layer").status, 201);
}

#[test]
fn the_account_itself_narrows_its_own_session() {
    let server = Server::start();
    let session = Key::read(&ask(&server, &Key::root(), "sts", "Action=GetSessionToken"));
    let info = format!("Action=GetAccessKeyInfo&AccessKeyId={}", session.id);
    assert_eq!(ask(&server, &session, "sts", &info).status, 200);
    let nothing = allow(&["ecr:ListImages"]);
    let narrow_root = Key::read(&narrow_to(&server, &session, &nothing));
    let (status, code, text) = refused(&ask(&server, &narrow_root, "sts", &info));
    assert_eq!((status, code.as_str()), (403, "AccessDenied"), "{text}");
}

#[test]
fn what_cannot_be_narrowed_is_refused() {
    let server = Server::start();
    let role = role(&server);
    let long = user(&server, "max");
    let blind = Key::read(&narrow_to(&server, &role, &allow(&["ecr:*"])));
    let everything = percent(&allow(&["*"]).to_string());
    #[rustfmt::skip]
    let cases = [
        (&long,        format!("&Policy={everything}"), 403, "AccessDenied",                "it needs the right"),
        (&Key::root(), format!("&Policy={everything}"), 403, "AccessDenied",                "no session"),
        (&role,        String::new(),                   400, "ValidationError",             "nothing to narrow to"),
        (&role,        "&Policy=%7B".to_owned(),        400, "MalformedPolicyDocument",     "no policy"),
        (&role,        format!("&Policy={}", "%20".repeat(2_049)), 400, "ValidationError",  "2,049 characters"),
        (&role,        "&DurationSeconds=0".to_owned(), 400, "ValidationError",             "no time"),
        (&role,        "&DurationSeconds=7200".to_owned(), 400, "InsufficientSessionLifetime", "longer than an hour"),
        (&blind,       "&DurationSeconds=60".to_owned(), 403, "AccessDenied",               "narrowed so that it may not"),
    ];
    for (key, words, status, code, because) in cases {
        let (answered, told, text) = refused(&narrow(&server, key, &words));
        assert_eq!((answered, told.as_str()), (status, code), "{because}: {text}");
    }
}

#[test]
fn a_token_is_as_long_as_was_asked_and_says_so() {
    let server = Server::start();
    let role = role(&server);
    for (size, expected) in [("0", None), ("2048", Some("2048")), ("4096", Some("4096"))] {
        let words = format!("&DurationSeconds=60&MinimumSessionTokenSize={size}");
        let answer = narrow(&server, &role, &words);
        let token = element(&answer, "SessionToken");
        assert_eq!(element(&answer, "SessionTokenSize"), token.len().to_string());
        if let Some(expected) = expected {
            let length: usize = expected.parse().expect("a number");
            assert!((length..=length + 2).contains(&token.len()), "{} for {size}", token.len());
        }
        let whoami = ask(&server, &Key::read(&answer), "sts", "Action=GetCallerIdentity");
        assert_eq!(whoami.status, 200, "{}", whoami.text());
    }
    let (status, code, _) = refused(&narrow(&server, &role, "&MinimumSessionTokenSize=4097"));
    assert_eq!((status, code.as_str()), (400, "ValidationError"));
}
