//! A denied role: recorded under the request's id, and never given.

use black_box::{Answer, Invocation, Server, longshore};
use serde_json::{Value, json};

use crate::sessions::{Key, ask, percent, user};
use crate::{element, refused};

const WORDS: &str =
    "Action=AssumeRole&RoleSessionName=run-1&RoleArn=arn:aws:iam::123456789012:role/";
const KIM: &str = "arn:aws:iam::123456789012:user/kim";

fn statement(effect: &str, sid: &str, principal: &Value) -> Value {
    json!({ "Sid": sid, "Effect": effect, "Principal": principal, "Action": "sts:AssumeRole" })
}

fn create_role(server: &Server, name: &str, statement: &Value) {
    let trust = json!({ "Version": "2012-10-17", "Statement": [statement] }).to_string();
    let words =
        format!("Action=CreateRole&RoleName={name}&AssumeRolePolicyDocument={}", percent(&trust));
    let made = ask(server, &Key::root(), "iam", &words);
    assert_eq!(made.status, 200, "{}", made.text());
}

/// What the root user of the first account, or the holder of this key, is told of the denial that
/// an answer names.
fn why(server: &Server, answer: &Answer, key: Option<&Key>) -> Value {
    let id = answer.header("x-amzn-requestid").expect("each answer has an id");
    let asked = ["why", id, "--json"];
    let ended = server.run_why(|| match key {
        None => server.longshore(asked).run(),
        Some(Key { id, secret, token: _ }) => server
            .signed(Invocation::new(longshore(), &server.scratch("admin")).args(asked))
            .env("AWS_ACCESS_KEY_ID", id)
            .env("AWS_SECRET_ACCESS_KEY", secret)
            .run(),
    });
    serde_json::from_str(&ended.stdout).unwrap_or_else(|error| panic!("{error}: {ended}"))
}

#[test]
fn a_denied_role_is_explained_to_its_owner() {
    let server = Server::start();
    let kim = user(&server, "kim");
    let account = json!({ "AWS": "123456789012" });
    create_role(&server, "ci", &statement("Deny", "NotKim", &json!({ "AWS": KIM })));
    create_role(&server, "open", &statement("Allow", "All", &account));
    #[rustfmt::skip]
    let cases = [
        ("ci",     "explicitly denied by role trust policy (ci, statement 'NotKim' at line 1, column 15)", "the role denies it"),
        ("open",   "no identity-based policy allows it",                       "the role trusts the account, which has said nothing"),
        ("absent", "no role trust policy allows it",                           "there is no such role"),
    ];
    for (role, reason, because) in cases {
        let answer = ask(&server, &kim, "sts", &format!("{WORDS}{role}"));
        let resource = format!("arn:aws:iam::123456789012:role/{role}");
        let sentence = format!(
            "User: {KIM} is not authorized to perform: sts:AssumeRole on resource: {resource}"
        );
        assert_eq!(
            refused(&answer),
            (403, "AccessDenied".to_owned(), sentence.clone()),
            "{because}"
        );
        let told = why(&server, &answer, None);
        let expected = [KIM, "sts:AssumeRole", &resource, reason, &sentence, "DENIED"];
        let names = ["Principal", "Action", "Resource", "Reason", "Sentence", "Verdict"];
        assert_eq!(names.map(|name| told[name].as_str().unwrap()), expected, "{because}: {told}");
        let said = json!({ "Key": "sts:RoleSessionName", "Values": ["run-1"] });
        assert!(told["Context"].as_array().unwrap().contains(&said), "{because}: {told}");
    }
}

#[test]
fn another_account_does_not_learn_which_roles_there_are() {
    let server = Server::start();
    let made = server.longshore(["account", "create", "111122223333"]).succeeds();
    let made: Value = serde_json::from_str(&made).expect("a key is printed as JSON");
    let word = |name: &str| made[name].as_str().expect("it is text").to_owned();
    let guest = Key { id: word("AccessKeyId"), secret: word("SecretAccessKey"), token: None };
    assert_eq!(ask(&server, &guest, "iam", "Action=CreateUser&UserName=guest").status, 200);
    let words = "Action=CreateAccessKey&UserName=guest";
    let user = Key::read(&ask(&server, &guest, "iam", words));
    let abroad = json!({ "AWS": "111122223333" });
    create_role(&server, "shut", &statement("Deny", "Abroad", &abroad));
    create_role(&server, "other", &statement("Allow", "Kim", &json!({ "AWS": "123456789012" })));
    let told = ["shut", "other", "absent"].map(|role| {
        let answer = ask(&server, &user, "sts", &format!("{WORDS}{role}"));
        assert_eq!(answer.status, 403, "{role}: {}", answer.text());
        let mut told = why(&server, &answer, Some(&guest));
        for name in ["RequestId", "Time", "Resource", "Sentence"] {
            assert!(!told[name].take().is_null(), "{role}: no {name}");
        }
        told
    });
    assert_eq!(told[0]["Reason"], "no role trust policy allows it");
    assert_eq!(told[0]["Policies"], json!([]));
    assert_eq!(told[0], told[2], "a role that denies it is like one that is not there");
    assert_eq!(told[1], told[2], "one that trusts others, too");
}

#[test]
fn watching_alone_hands_out_no_role() {
    let server = Server::start_with(&["--enforcement", "audit"]);
    let kim = user(&server, "kim");
    let users = ask(&server, &kim, "iam", "Action=ListUsers");
    assert_eq!(users.status, 200, "what kim may not is only watched: {}", users.text());
    create_role(&server, "named", &statement("Allow", "Kim", &json!({ "AWS": KIM })));
    let account = json!({ "AWS": "123456789012" });
    create_role(&server, "delegated", &statement("Allow", "Account", &account));
    create_role(&server, "shut", &statement("Deny", "Kim", &json!({ "AWS": KIM })));
    for role in ["delegated", "shut", "absent"] {
        let answer = ask(&server, &kim, "sts", &format!("{WORDS}{role}"));
        let (status, code, text) = refused(&answer);
        assert_eq!((status, code.as_str()), (403, "AccessDenied"), "{role}: {text}");
        assert_eq!(why(&server, &answer, None)["Enforcement"], "enforce", "{role}");
    }
    let played = ask(&server, &kim, "sts", &format!("{WORDS}named"));
    assert_eq!(element(&played, "AssumedRoleId").split_once(':').unwrap().1, "run-1");
    let log = server.log();
    let lines = |words: &str| log.lines().filter(|line| line.contains(words)).count();
    assert_eq!((lines("access denied"), lines("access would be denied")), (3, 1), "{log}");
}
