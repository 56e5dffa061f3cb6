//! Docker with temporary credentials: a role pushes, another account pulls, and docker reports each
//! denial.

use std::path::PathBuf;

use black_box::{Docker, Invocation, longshore, python};
use serde_json::{Value, json};

use crate::named::{API, Named, REGISTRY};

const OWNER: &str = "123456789012";
const GUEST: &str = "111122223333";
const PUSH: &str = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPowerUser";
const PULL: &str = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly";
const WEB: &str = "arn:aws:ecr:us-east-1:123456789012:repository/team/web";

/// A caller's credentials, as AWS's clients find them in their environment.
struct Key(Vec<(&'static str, String)>);

impl Key {
    /// What an API prints of a key, without its envelope.
    fn read(printed: &Value) -> Self {
        let names = [
            ("AWS_ACCESS_KEY_ID", "AccessKeyId"),
            ("AWS_SECRET_ACCESS_KEY", "SecretAccessKey"),
            ("AWS_SESSION_TOKEN", "SessionToken"),
        ];
        let words = names.into_iter().filter_map(|(variable, name)| {
            printed[name].as_str().map(|word| (variable, word.to_owned()))
        });
        Self(words.collect())
    }
}

/// A server, and one docker whose users keep their logins apart.
struct Site {
    docker: Docker,
    named: Named,
}

impl Site {
    fn start(test: &str) -> Option<Self> {
        let named = Named::start();
        let (proxy, ca) = (named.proxy.url(), named.ca().display().to_string());
        let environment = [("HTTPS_PROXY", proxy.as_str()), ("SSL_CERT_FILE", ca.as_str())];
        let docker = Docker::start_with(test, named.scratch("docker"), &environment)?;
        Some(Self { docker: docker.reaching(named.proxy.port()), named })
    }

    /// A run of the AWS CLI, as the root user of the first account if no other caller is named.
    fn aws(&self, key: Option<&Key>, args: &[&str]) -> Invocation {
        let run = Invocation::new(python("aws"), &self.named.scratch("aws")).args(args);
        let run = self.named.signed(run).env("AWS_CA_BUNDLE", self.named.ca());
        key.iter().flat_map(|key| &key.0).fold(run, |run, (name, word)| run.env(name, word))
    }

    fn asks(&self, key: Option<&Key>, args: &[&str]) -> Value {
        let printed = self.aws(key, args).args(["--output", "json"]).succeeds();
        serde_json::from_str(&printed).unwrap_or_else(|error| panic!("{error}: {printed}"))
    }

    /// Makes an account; returns its root user's key.
    fn create_account(&self, id: &str) -> Key {
        let run = Invocation::new(longshore(), &self.named.scratch("admin"));
        let printed = self
            .named
            .signed(run.args(["account", "create", id]))
            .env("AWS_ENDPOINT_URL", format!("https://{API}"))
            .succeeds();
        Key::read(&serde_json::from_str(&printed).expect("a key is printed as JSON"))
    }

    /// Makes a user with one managed policy in the account of `root`; returns its key.
    fn create_user(&self, root: Option<&Key>, name: &str, policy: Option<&str>) -> Key {
        self.asks(root, &["iam", "create-user", "--user-name", name]);
        if let Some(policy) = policy {
            let attach = ["iam", "attach-user-policy", "--user-name", name, "--policy-arn", policy];
            self.aws(root, &attach).succeeds();
        }
        let made = self.asks(root, &["iam", "create-access-key", "--user-name", name]);
        Key::read(&made["AccessKey"])
    }

    /// Makes a role of the first account with one managed policy, which one of its users may
    /// assume; assumes it.
    fn play(&self, user: &Key, role: &str, policy: &str) -> Key {
        let trust = json!({ "Version": "2012-10-17", "Statement": [{
            "Effect": "Allow",
            "Principal": { "AWS": format!("arn:aws:iam::{OWNER}:user/ci") },
            "Action": "sts:AssumeRole",
        }]});
        let trust = trust.to_string();
        let create =
            ["iam", "create-role", "--role-name", role, "--assume-role-policy-document", &trust];
        let made = self.asks(None, &create);
        let attach = ["iam", "attach-role-policy", "--role-name", role, "--policy-arn", policy];
        self.aws(None, &attach).succeeds();
        let arn = made["Role"]["Arn"].as_str().expect("a role has an ARN");
        let play = ["sts", "assume-role", "--role-arn", arn, "--role-session-name", "run-1"];
        Key::read(&self.asks(Some(user), &play)["Credentials"])
    }

    /// A run of docker as a user who keeps separate logins.
    fn docker(&self, who: &str, args: &[&str]) -> Invocation {
        let config: PathBuf = self.docker.folder().join(who);
        let run = self.docker.docker(["--config", &config.display().to_string()]);
        self.named.reached(run.args(args))
    }

    /// `aws ecr get-login-password | docker login`
    fn log_in(&self, who: &str, key: &Key) {
        let password = self.aws(Some(key), &["ecr", "get-login-password"]).succeeds();
        let login = ["login", "--username", "AWS", "--password-stdin", REGISTRY];
        self.docker(who, &login).input(password).succeeds();
    }
}

/// The sentence in which AWS says no, as docker passes it on.
fn denied(who: &str, action: &str, kind: &str) -> String {
    format!(
        "denied: User: {who} is not authorized to perform: {action} on resource: {WEB} because no {kind} policy \
         allows the {action} action"
    )
}

#[test]
fn a_role_pushes_and_another_account_pulls_once_it_is_named() {
    let test = "a_role_pushes_and_another_account_pulls_once_it_is_named";
    let Some(site) = Site::start(test) else { return };
    site.asks(None, &["ecr", "create-repository", "--repository-name", "team/web"]);
    let ci = site.create_user(None, "ci", None);
    site.log_in("pusher", &site.play(&ci, "push", PUSH));
    site.log_in("reader", &site.play(&ci, "read", PULL));
    let guest = site.create_account(GUEST);
    site.log_in("guest", &site.create_user(Some(&guest), "kim", Some(PULL)));

    let image = format!("{REGISTRY}/team/web:v1");
    site.docker("pusher", &["import", "-", &image]).input([0; 1024]).succeeds();
    let refused = site.docker("reader", &["push", &image]).fails();
    let reader = format!("arn:aws:sts::{OWNER}:assumed-role/read/run-1");
    let words = denied(&reader, "ecr:InitiateLayerUpload", "identity-based");
    assert!(refused.contains(&words), "{words}\nis not in\n{refused}");
    site.docker("pusher", &["push", &image]).succeeds();
    site.docker("pusher", &["rmi", &image]).succeeds();

    let refused = site.docker("guest", &["pull", &image]).fails();
    let kim = format!("arn:aws:iam::{GUEST}:user/kim");
    let words = denied(&kim, "ecr:BatchGetImage", "resource-based");
    assert!(refused.contains(&words), "{words}\nis not in\n{refused}");
    let policy = json!({ "Version": "2012-10-17", "Statement": [{
        "Effect": "Allow",
        "Principal": { "AWS": format!("arn:aws:iam::{GUEST}:root") },
        "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
    }]});
    let policy = policy.to_string();
    let set = ["ecr", "set-repository-policy", "--repository-name", "team/web", "--policy-text"];
    site.aws(None, &set).args([&policy]).succeeds();
    site.docker("guest", &["pull", &image]).succeeds();
    let refused = site.docker("guest", &["push", &image]).fails();
    assert!(refused.contains(&format!("denied: User: {kim} is not authorized")), "{refused}");
}

#[test]
fn a_docker_login_ends_with_its_role() {
    let test = "a_docker_login_ends_with_its_role";
    let Some(site) = Site::start(test) else { return };
    site.asks(None, &["ecr", "create-repository", "--repository-name", "team/web"]);
    let ci = site.create_user(None, "ci", None);
    site.log_in("pusher", &site.play(&ci, "push", PUSH));
    let image = format!("{REGISTRY}/team/web:v1");
    site.docker("pusher", &["import", "-", &image]).input([0; 1024]).succeeds();
    site.docker("pusher", &["push", &image]).succeeds();
    site.docker("pusher", &["pull", &image]).succeeds();

    let detach = ["iam", "detach-role-policy", "--role-name", "push", "--policy-arn", PUSH];
    site.aws(None, &detach).succeeds();
    let refused = site.docker("pusher", &["pull", &image]).fails();
    let pusher = format!("arn:aws:sts::{OWNER}:assumed-role/push/run-1");
    let words = denied(&pusher, "ecr:BatchGetImage", "identity-based");
    assert!(refused.contains(&words), "the login has its role's rights of now\n{refused}");

    site.aws(None, &["iam", "delete-role", "--role-name", "push"]).succeeds();
    for command in ["pull", "push"] {
        let refused = site.docker("pusher", &[command, &image]).fails();
        assert!(!refused.contains(&pusher), "the pusher is gone, and no longer named\n{refused}");
        assert!(refused.contains("unauthorized") || refused.contains("no basic auth"), "{refused}");
    }
}
