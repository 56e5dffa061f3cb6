//! Passwords for roles: a pod's own token, and a role in a profile.

use std::fs;

use black_box::{Ended, Invocation, REGION, Server, longshore};
use serde_json::{Value, json};

use crate::issuer::Issuer;
use crate::{assert_opens, credentials};

const POD: &str = "system:serviceaccount:shop:web";

/// A server that trusts an issuer with one role, which one service account may have.
struct Cluster {
    server: Server,
    issuer: Issuer,
    role: String,
}

impl Cluster {
    fn start() -> Self {
        let issuer = Issuer::start();
        let ca = issuer.ca().display().to_string();
        let server = Server::start_with(&["--oidc-ca", &ca, "--oidc-allow-private"]);
        server
            .aws(["iam", "create-open-id-connect-provider", "--url", issuer.url()])
            .args(["--client-id-list", "sts.amazonaws.com"])
            .succeeds();
        let name = issuer.name();
        let trust = json!({ "Version": "2012-10-17", "Statement": [{
            "Effect": "Allow",
            "Principal": { "Federated": format!("arn:aws:iam::123456789012:oidc-provider/{name}") },
            "Action": "sts:AssumeRoleWithWebIdentity",
            "Condition": { "StringEquals": {
                format!("{name}:aud"): "sts.amazonaws.com",
                format!("{name}:sub"): POD,
            }},
        }]});
        let role = create_role(&server, "pull", &trust);
        Self { server, issuer, role }
    }

    /// What kubelet is answered when a pod of this service account wants an image. The node has no
    /// credentials.
    fn provide(&mut self, subject: &str) -> Ended {
        let request = json!({
            "kind": "CredentialProviderRequest",
            "apiVersion": "credentialprovider.kubelet.k8s.io/v1",
            "image": format!("{}/web:v1", self.server.registry()),
            "serviceAccountToken": self.issuer.token(subject),
            "serviceAccountAnnotations": { "eks.amazonaws.com/role-arn": self.role },
        });
        Invocation::new(longshore(), &self.server.scratch("kubelet"))
            .args(["kubelet-credential-provider"])
            .env("AWS_ENDPOINT_URL", self.server.url())
            .env("AWS_REGION", REGION)
            .input(request.to_string() + "\n")
            .run()
    }
}

/// Makes a role that may do anything with ECR; returns its ARN.
fn create_role(server: &Server, name: &str, trust: &Value) -> String {
    let role = server
        .aws(["iam", "create-role", "--role-name", name, "--query", "Role.Arn", "--output", "text"])
        .args(["--assume-role-policy-document", &trust.to_string()])
        .succeeds();
    let policy = json!({ "Version": "2012-10-17", "Statement": [
        { "Effect": "Allow", "Action": "ecr:*", "Resource": "*" },
    ]});
    server
        .aws(["iam", "put-role-policy", "--role-name", name, "--policy-name", "ecr"])
        .args(["--policy-document", &policy.to_string()])
        .succeeds();
    role
}

#[test]
fn a_pod_pulls_with_its_service_accounts_role() {
    let mut cluster = Cluster::start();
    let ended = cluster.provide(POD);
    assert!(ended.succeeded(), "{ended}");
    let response: Value = serde_json::from_str(&ended.stdout).expect("a plugin prints JSON");
    let registry = cluster.server.registry();
    assert_opens(cluster.server.address(), &response["auth"][&registry]["password"]);
    // The session lives for an hour, and the token no longer than that.
    let seconds = response["cacheDuration"].as_str().and_then(|text| text.strip_suffix('s'));
    let seconds: u64 = seconds.and_then(|seconds| seconds.parse().ok()).expect("a duration");
    assert!((1_700..=1_800).contains(&seconds), "{ended}");
}

#[test]
fn a_pod_of_another_service_account_gets_nothing() {
    let mut cluster = Cluster::start();
    let ended = cluster.provide("system:serviceaccount:shop:other");
    assert!(!ended.succeeded(), "{ended}");
    assert_eq!(ended.stdout, "", "{ended}");
    let expected = "AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity";
    assert!(ended.stderr.contains(expected), "{ended}");
}

#[test]
fn docker_is_given_a_password_for_a_token_in_a_file() {
    let mut cluster = Cluster::start();
    let folder = cluster.server.scratch("helper");
    let token = cluster.issuer.token(POD);
    fs::write(folder.join("token"), format!("{token}\n")).unwrap();
    let printed = Invocation::new(longshore(), &folder)
        .args(["docker-credential", "get"])
        .env("AWS_ENDPOINT_URL", cluster.server.url())
        .env("AWS_ROLE_ARN", &cluster.role)
        .env("AWS_WEB_IDENTITY_TOKEN_FILE", folder.join("token"))
        .input(cluster.server.registry())
        .succeeds();
    assert_opens(cluster.server.address(), &credentials(&printed)["Secret"]);
}

#[test]
fn docker_is_given_a_password_for_a_profiles_role() {
    let server = Server::start();
    server.aws(["iam", "create-user", "--user-name", "kim"]).succeeds();
    let key = server.aws(["iam", "create-access-key", "--user-name", "kim"]).succeeds();
    let key: Value = serde_json::from_str(&key).unwrap();
    let word = |name: &str| key["AccessKey"][name].as_str().unwrap().to_owned();
    let user = "arn:aws:iam::123456789012:user/kim";
    let role = create_role(
        &server,
        "ci",
        &json!({ "Version": "2012-10-17", "Statement": [
            { "Effect": "Allow", "Principal": { "AWS": user }, "Action": "sts:AssumeRole" },
        ]}),
    );
    let folder = server.scratch("helper");
    fs::create_dir_all(folder.join(".aws")).unwrap();
    fs::write(
        folder.join(".aws/config"),
        format!(
            "[profile kim]\naws_access_key_id = {}\naws_secret_access_key = {}\n\
             [profile ci]\nrole_arn = {role}\nsource_profile = kim\nendpoint_url = {}\n",
            word("AccessKeyId"),
            word("SecretAccessKey"),
            server.url()
        ),
    )
    .unwrap();
    let get = |profile: &str| {
        Invocation::new(longshore(), &folder)
            .args(["docker-credential", "get"])
            .env("AWS_PROFILE", profile)
            .input(server.registry())
    };
    let printed = get("ci").succeeds();
    assert_opens(server.address(), &credentials(&printed)["Secret"]);
    let denied = get("kim").env("AWS_ENDPOINT_URL", server.url()).run();
    assert!(denied.stdout.contains("AccessDeniedException: "), "kim alone may not: {denied}");
}
