//! Everything that is issued ends with its issuer: with the account, the user or role, the key, the
//! permission and the repository.
//!
//! The kinds of issued things are listed in [`issue`]; add a new kind there, and it is tested
//! against every end. URLs of an object store cannot be revoked; the server's own tests check how
//! long they are valid.

use black_box::{Answer, Client, Request, Server, digest_of};
use serde_json::{Value, json};

use crate::sessions::{Key, ask, ask_ecr, percent, presign};

const FIRST: &str = "123456789012";
const NEW: &str = "111122223333";

/// What the layer and the configuration of the image hold.
const CONTENT: &str = "{}";

/// Refusals that say that the issuer, its right or the repository is no more, and nothing else.
const ENDS: [&str; 9] = [
    "AccessDenied",
    "AccessDeniedException",
    "DENIED",
    "InvalidClientTokenId",
    "NAME_UNKNOWN",
    "BLOB_UNKNOWN",
    "RepositoryNotFoundException",
    "UNAUTHORIZED",
    "UnrecognizedClientException",
];

/// Something that was issued, and its use.
struct Issued<'a> {
    what: &'static str,
    used: Box<dyn Fn() -> Answer + 'a>,
}

fn code(answer: &Answer) -> String {
    let text = answer.text();
    if let Some((_, rest)) = text.split_once("<Code>") {
        return rest.split_once("</").expect("elements end").0.to_owned();
    }
    let json = answer.json();
    json["__type"].as_str().map_or_else(|| answer.code(), str::to_owned)
}

fn assert_good(issued: &[Issued<'_>]) {
    for Issued { what, used } in issued {
        let answer = used();
        assert!((200..300).contains(&answer.status), "{what}: {}", answer.text());
    }
}

fn assert_dead(server: &Server, issued: &[Issued<'_>], because: &str) {
    server.await_agreement();
    for Issued { what, used } in issued {
        let answer = used();
        let code = code(&answer);
        let is_dead = (400..500).contains(&answer.status) && ENDS.contains(&code.as_str());
        assert!(is_dead, "{because}: {what} answers {} {}", answer.status, answer.text());
    }
}

fn done(answer: &Answer) -> Value {
    assert_eq!(answer.status, 200, "{}", answer.text());
    if answer.text().starts_with('{') { answer.json() } else { Value::Null }
}

fn iam(server: &Server, key: &Key, words: &str) {
    done(&ask(server, key, "iam", words));
}

/// An image in a repository of the key's account, which has a second repository for lists to go on
/// with.
fn push(server: &Server, root: &Key, repository: &str) {
    for name in [repository, &format!("{repository}-too")] {
        done(&ask_ecr(server, root, "CreateRepository", &json!({ "repositoryName": name })));
    }
    let upload = begin(server, root, repository);
    assert_eq!(send(server, root, repository, &upload).status, 200);
    let digest = digest_of(CONTENT.as_bytes());
    let complete = json!({
        "repositoryName": repository, "uploadId": upload, "layerDigests": [digest],
    });
    done(&ask_ecr(server, root, "CompleteLayerUpload", &complete));
    let named = |kind: &str| json!({ "mediaType": kind, "digest": digest, "size": CONTENT.len() });
    let manifest = json!({
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": named("application/vnd.oci.image.config.v1+json"),
        "layers": [named("application/vnd.oci.image.layer.v1.tar")],
    });
    let put = json!({
        "repositoryName": repository, "imageTag": "v1", "imageManifest": manifest.to_string(),
    });
    done(&ask_ecr(server, root, "PutImage", &put));
}

fn begin(server: &Server, key: &Key, repository: &str) -> String {
    let input = json!({ "repositoryName": repository });
    let answer = done(&ask_ecr(server, key, "InitiateLayerUpload", &input));
    answer["uploadId"].as_str().expect("an upload has an id").to_owned()
}

fn send(server: &Server, key: &Key, repository: &str, upload: &str) -> Answer {
    let part = json!({
        "repositoryName": repository, "uploadId": upload,
        "partFirstByte": 0, "partLastByte": 1, "layerPartBlob": "e30=",
    });
    ask_ecr(server, key, "UploadLayerPart", &part)
}

/// A user who may do everything in its account, and its key.
fn make_user(server: &Server, root: &Key, name: &str) -> Key {
    iam(server, root, &format!("Action=CreateUser&UserName={name}"));
    let words = format!("Action=PutUserPolicy&UserName={name}&{}", everything());
    iam(server, root, &words);
    Key::read(&ask(server, root, "iam", &format!("Action=CreateAccessKey&UserName={name}")))
}

/// A session of a role that may do everything in its account and that the user may assume.
fn make_session(server: &Server, root: &Key, user: &Key, account: &str, role: &str) -> Key {
    let trust = json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": account}},
    ]});
    let trust = percent(&trust.to_string());
    let words = format!("Action=CreateRole&RoleName={role}&AssumeRolePolicyDocument={trust}");
    iam(server, root, &words);
    iam(server, root, &format!("Action=PutRolePolicy&RoleName={role}&{}", everything()));
    let arn = format!("arn:aws:iam::{account}:role/{role}");
    let words = format!("Action=AssumeRole&RoleSessionName=run&RoleArn={}", percent(&arn));
    Key::read(&ask(server, user, "sts", &words))
}

fn everything() -> String {
    let policy = json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "*", "Resource": "*"},
    ]});
    format!("PolicyName=all&PolicyDocument={}", percent(&policy.to_string()))
}

/// Everything that is issued to the holder of this key.
fn issue<'a>(
    server: &'a Server,
    key: &'a Key,
    account: &str,
    repository: &'a str,
) -> Vec<Issued<'a>> {
    let digest = digest_of(CONTENT.as_bytes());
    let layer = json!({ "repositoryName": repository, "layerDigest": digest });
    let url = done(&ask_ecr(server, key, "GetDownloadUrlForLayer", &layer));
    let url = url["downloadUrl"].as_str().expect("there is a URL").to_owned();
    let (_, path) = url.split_once("/download/").expect("the node serves it");
    let path = format!("/download/{path}");

    let token = done(&ask_ecr(server, key, "GetAuthorizationToken", &json!({})));
    let token = token["authorizationData"][0]["authorizationToken"].as_str().expect("a token");
    let basic = format!("Basic {token}");
    // Without names only the first account has a registry at this door.
    let asked =
        if account == FIRST { format!("/v2/{repository}/tags/list") } else { "/v2/".into() };

    let page = done(&ask_ecr(server, key, "DescribeRepositories", &json!({ "maxResults": 1 })));
    let page = json!({ "nextToken": page["nextToken"], "maxResults": 1 });
    let upload = begin(server, key, repository);
    let presigned = presign(server, key, "iam", "Action=ListUsers&Version=2010-05-08");
    let stranger = move || Client::stranger(server.address());
    let with_token = move || {
        let request = Request::new("GET", &asked).header("authorization", &basic);
        stranger().ask(request)
    };
    let images = json!({ "repositoryName": repository });
    vec![
        Issued { what: "a download URL", used: Box::new(move || stranger().get(&path)) },
        Issued { what: "a registry token", used: Box::new(with_token) },
        Issued { what: "a presigned call", used: Box::new(move || stranger().get(&presigned)) },
        Issued {
            what: "a page token",
            used: Box::new(move || ask_ecr(server, key, "DescribeRepositories", &page)),
        },
        Issued {
            what: "an upload",
            used: Box::new(move || send(server, key, repository, &upload)),
        },
        Issued {
            what: "the key itself",
            used: Box::new(move || ask_ecr(server, key, "ListImages", &images)),
        },
    ]
}

#[test]
fn nothing_that_was_issued_outlives_its_account() {
    let server = Server::start();
    let made = server.longshore(["account", "create", NEW]).succeeds();
    let made: Value = serde_json::from_str(&made).expect("a key is printed");
    let word = |name: &str| made[name].as_str().expect("it is text").to_owned();
    let root = Key { id: word("AccessKeyId"), secret: word("SecretAccessKey"), token: None };
    push(&server, &root, "web");
    let user = make_user(&server, &root, "kim");
    let role = make_session(&server, &root, &user, NEW, "ci");
    let own = Key::read(&ask(&server, &user, "sts", "Action=GetSessionToken"));
    let by_root = issue(&server, &root, NEW, "web");
    let by_user = issue(&server, &user, NEW, "web");
    let by_role = issue(&server, &role, NEW, "web");
    let own_session = [Issued {
        what: "a user's own session",
        used: Box::new(|| {
            ask_ecr(&server, &own, "ListImages", &json!({ "repositoryName": "web" }))
        }),
    }];
    let all = [by_root, by_user, by_role, own_session.into()];
    for issued in &all {
        assert_good(issued);
    }
    server.longshore(["account", "close", NEW]).succeeds();
    for issued in &all {
        assert_dead(&server, issued, "the account is closed");
    }
}

#[test]
fn nothing_that_was_issued_outlives_its_key() {
    let server = Server::start();
    let root = Key::root();
    push(&server, &root, "web");
    #[rustfmt::skip]
    let ends = [
        ("kim", "Action=UpdateAccessKey&Status=Inactive", "the key is inactive"),
        ("ann", "Action=DeleteAccessKey",                 "the key is deleted"),
    ];
    for (name, act, because) in ends {
        let key = make_user(&server, &root, name);
        let issued = issue(&server, &key, FIRST, "web");
        assert_good(&issued);
        iam(&server, &root, &format!("{act}&UserName={name}&AccessKeyId={}", key.id));
        assert_dead(&server, &issued, because);
    }
}

#[test]
fn nothing_that_was_issued_outlives_its_user_or_role() {
    let server = Server::start();
    let root = Key::root();
    push(&server, &root, "web");
    let player = make_user(&server, &root, "player");
    let user = make_user(&server, &root, "kim");
    let own = Key::read(&ask(&server, &user, "sts", "Action=GetSessionToken"));
    let role = make_session(&server, &root, &player, FIRST, "ci");
    server.await_agreement();
    let mut by_user = issue(&server, &user, FIRST, "web");
    by_user.push(Issued {
        what: "a user's own session",
        used: Box::new(|| {
            ask_ecr(&server, &own, "ListImages", &json!({ "repositoryName": "web" }))
        }),
    });
    let by_role = issue(&server, &role, FIRST, "web");
    assert_good(&by_user);
    assert_good(&by_role);
    let delete_key = format!("Action=DeleteAccessKey&UserName=kim&AccessKeyId={}", user.id);
    for words in [
        &delete_key,
        "Action=DeleteUserPolicy&UserName=kim&PolicyName=all",
        "Action=DeleteUser&UserName=kim",
        "Action=DeleteRolePolicy&RoleName=ci&PolicyName=all",
        "Action=DeleteRole&RoleName=ci",
    ] {
        iam(&server, &root, words);
    }
    assert_dead(&server, &by_user, "the user is deleted");
    assert_dead(&server, &by_role, "the role is deleted");
    // A new user of the same name is another one.
    make_user(&server, &root, "kim");
    make_session(&server, &root, &player, FIRST, "ci");
    assert_dead(&server, &by_user, "another user has the name");
    assert_dead(&server, &by_role, "another role has the name");
}

#[test]
fn nothing_that_was_issued_outlives_the_permission_for_it() {
    let server = Server::start();
    let root = Key::root();
    push(&server, &root, "web");
    let user = make_user(&server, &root, "kim");
    let role = make_session(&server, &root, &user, FIRST, "ci");
    let by_user = issue(&server, &user, FIRST, "web");
    let by_role = issue(&server, &role, FIRST, "web");
    assert_good(&by_user);
    assert_good(&by_role);
    iam(&server, &root, "Action=DeleteRolePolicy&RoleName=ci&PolicyName=all");
    assert_dead(&server, &by_role, "the role's policy is deleted");
    iam(&server, &root, "Action=DeleteUserPolicy&UserName=kim&PolicyName=all");
    assert_dead(&server, &by_user, "the user's policy is deleted");
}

#[test]
fn what_was_issued_for_a_repository_goes_with_it() {
    let server = Server::start();
    let root = Key::root();
    push(&server, &root, "web");
    let of_repository = ["a download URL", "a registry token", "an upload", "the key itself"];
    let issued = issue(&server, &root, FIRST, "web");
    assert_good(&issued);
    let issued: Vec<_> =
        issued.into_iter().filter(|issued| of_repository.contains(&issued.what)).collect();
    assert_eq!(issued.len(), of_repository.len());
    let delete = json!({ "repositoryName": "web", "force": true });
    done(&ask_ecr(&server, &root, "DeleteRepository", &delete));
    assert_dead(&server, &issued, "the repository is deleted");
    // One of the same name is another: what was begun in the old one is not in it.
    done(&ask_ecr(&server, &root, "CreateRepository", &json!({ "repositoryName": "web" })));
    for Issued { what, used } in &issued {
        if ["a download URL", "an upload"].contains(what) {
            let answer = used();
            assert!((400..500).contains(&answer.status), "{what}: {}", answer.text());
        }
    }
}
