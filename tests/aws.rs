//! The AWS API, called by AWS's own clients: boto3 for what each operation does, the CLI for its
//! spelling.

use std::fs;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use black_box::{Invocation, Server, find_node_modules, python, root, skipped};
use serde_json::{Value, json};

/// Runs one file of `tests/aws` against a server of its own.
fn run_scenarios(file: &str) {
    let server = Server::start();
    let run = Invocation::new(python("python"), &server.scratch("python"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("AGREED_SECONDS", server.agreed_within().as_secs().to_string())
        .args([root().join("tests/aws").join(file)]);
    server.signed(run).succeeds();
}

#[test]
fn boto3_makes_describes_sets_and_deletes_repositories() {
    run_scenarios("repositories.py");
    run_scenarios("templates.py");
    run_scenarios("pull_through_rules.py");
}

#[test]
fn boto3_finds_tag_mutability_held_at_both_doors() {
    run_scenarios("mutability.py");
}

#[test]
fn boto3_uploads_checks_and_downloads_layers() {
    run_scenarios("layers.py");
}

#[test]
fn boto3_puts_gets_lists_and_deletes_images() {
    run_scenarios("images.py");
}

#[test]
fn boto3_lists_what_is_attached_to_an_image() {
    run_scenarios("referrers.py");
}

#[test]
fn boto3_reads_every_list_page_by_page() {
    run_scenarios("pages.py");
}

#[test]
fn boto3_finds_the_registry_guarded_set_and_honest_about_what_it_lacks() {
    run_scenarios("registry.py");
}

#[test]
fn boto3_reads_roles_policies_profiles_and_providers() {
    run_scenarios("entities.py");
}

#[test]
fn boto3_makes_changes_and_deletes_users_groups_roles_and_policies() {
    run_scenarios("identity.py");
}

#[test]
fn boto3_plays_roles_and_finds_sessions_limited_and_ended() {
    run_scenarios("sessions.py");
}

#[test]
fn boto3_finds_repository_and_registry_policies_obeyed_at_both_doors() {
    run_scenarios("policies.py");
}

#[test]
fn boto3_puts_lifecycle_policies_looks_up_what_happened_and_puts_rules_and_secrets() {
    ["lifecycle.py", "audit.py", "event_rules.py", "secrets_manager.py"]
        .into_iter()
        .for_each(run_scenarios);
}

#[test]
fn boto3_imports_advisories_and_waits_for_scans() {
    run_scenarios("scanning.py");
}

#[test]
fn boto3_makes_uses_shares_rotates_and_deletes_keys() {
    run_scenarios("keys.py");
}

#[test]
fn the_javascript_sdk_drives_keys_with_errors_and_pages() {
    let server = Server::start();
    let Some(modules) = find_node_modules("javascript") else {
        return skipped("the AWS SDK for JavaScript", "it is not installed: run tests/install.sh");
    };
    let script = root().join("tests/tools/javascript/keys.cjs");
    let run = Invocation::new("node", &server.scratch("node")).args([script, modules]);
    let ended = server.signed(run).run();
    assert!(ended.succeeded(), "{ended}");
    assert_eq!(ended.stdout.lines().count(), 7, "{ended}");
}

#[test]
fn boto3_puts_repositories_under_keys_and_takes_the_keys_away() {
    run_scenarios("repository_keys.py");
}

#[test]
fn the_aws_cli_speaks_the_operations_on_keys() {
    let server = Server::start();
    let kms = |arguments: &str| -> Value {
        let printed = server.aws(["kms"]).args(arguments.split_whitespace()).succeeds();
        if printed.is_empty() {
            Value::Null
        } else {
            serde_json::from_str(&printed).expect("the CLI prints JSON")
        }
    };
    let text = |value: &Value| value.as_str().expect("it is a text").to_owned();
    let made = kms("create-key --description layers --tags TagKey=team,TagValue=a");
    let key = text(&made["KeyMetadata"]["KeyId"]);
    kms(&format!("create-alias --alias-name alias/cli --target-key-id {key}"));
    let described = kms("describe-key --key-id alias/cli");
    assert_eq!(described["KeyMetadata"]["KeyId"], key.as_str());
    let home = server.scratch("home");
    fs::write(home.join("plain"), "a secret").expect("a scratch file is writable");
    let sealed = kms(
        "encrypt --key-id alias/cli --plaintext fileb://plain --encryption-context repository=web",
    );
    let blob = BASE64_STANDARD.decode(text(&sealed["CiphertextBlob"])).expect("it is base64");
    fs::write(home.join("sealed"), blob).expect("a scratch file is writable");
    let opened =
        kms("decrypt --ciphertext-blob fileb://sealed --encryption-context repository=web");
    assert_eq!(opened["Plaintext"], "YSBzZWNyZXQ=");
    kms(&format!("enable-key-rotation --key-id {key}"));
    assert_eq!(kms(&format!("get-key-rotation-status --key-id {key}"))["KeyRotationEnabled"], true);
    kms(&format!("disable-key --key-id {key}"));
    kms(&format!("schedule-key-deletion --key-id {key} --pending-window-in-days 7"));
    let state = kms(&format!("describe-key --key-id {key}"));
    assert_eq!(state["KeyMetadata"]["KeyState"], "PendingDeletion");
}

/// The AWS CLI's `ecr` commands, on one repository.
struct Cli<'a> {
    server: &'a Server,
}

impl Cli<'_> {
    fn ecr(&self, arguments: &str) -> Value {
        let printed = self.server.aws(["ecr"]).args(arguments.split_whitespace()).succeeds();
        // An empty answer is printed as nothing at all.
        if printed.is_empty() {
            Value::Null
        } else {
            serde_json::from_str(&printed).expect("the CLI prints JSON")
        }
    }

    /// Uploads a file of the CLI's home as a layer, and describes it.
    fn push_layer(&self, content: &str, media_type: &str) -> Value {
        let home = self.server.scratch("home");
        fs::write(home.join("layer"), content).expect("a scratch file is writable");
        let sum = Invocation::new("sha256sum", &home).args(["layer"]).succeeds();
        let digest = format!("sha256:{}", sum.split(' ').next().expect("the sum comes first"));
        let begun = self.ecr("initiate-layer-upload --repository-name web");
        let upload = begun["uploadId"].as_str().expect("an upload has an id");
        let last = content.len() - 1;
        self.ecr(&format!(
            "upload-layer-part --repository-name web --upload-id {upload} \
             --part-first-byte 0 --part-last-byte {last} --layer-part-blob fileb://layer"
        ));
        self.ecr(&format!(
            "complete-layer-upload --repository-name web --upload-id {upload} --layer-digests {digest}"
        ));
        json!({ "mediaType": media_type, "digest": digest, "size": content.len() })
    }

    /// Pushes an image of two small layers under the tag `v1`; returns its digest and its layer's.
    fn push_image(&self) -> (String, String) {
        let config = self.push_layer("{}", "application/vnd.oci.image.config.v1+json");
        let layer = self.push_layer("a layer", "application/vnd.oci.image.layer.v1.tar");
        let manifest = json!({
            "schemaVersion": 2,
            "mediaType": "application/vnd.oci.image.manifest.v1+json",
            "config": config,
            "layers": [layer],
        });
        let path = self.server.scratch("home").join("manifest");
        fs::write(path, manifest.to_string()).expect("a scratch file is writable");
        let put = self
            .ecr("put-image --repository-name web --image-tag v1 --image-manifest file://manifest");
        let text = |value: &Value| value.as_str().expect("a digest is a text").to_owned();
        (text(&put["image"]["imageId"]["imageDigest"]), text(&layer["digest"]))
    }
}

#[test]
fn the_aws_cli_speaks_the_operations_on_repositories() {
    let server = Server::start();
    let cli = Cli { server: &server };
    let made = cli.ecr("create-repository --repository-name web --tags Key=team,Value=a");
    let arn = made["repository"]["repositoryArn"].as_str().expect("a repository has an ARN");
    cli.ecr(&format!("tag-resource --resource-arn {arn} --tags Key=stage,Value=test"));
    cli.ecr(&format!("untag-resource --resource-arn {arn} --tag-keys team"));
    let tags = cli.ecr(&format!("list-tags-for-resource --resource-arn {arn}"));
    assert_eq!(tags, json!({ "tags": [{ "Key": "stage", "Value": "test" }] }));

    cli.ecr("put-image-tag-mutability --repository-name web --image-tag-mutability IMMUTABLE");
    cli.ecr(
        "put-image-scanning-configuration --repository-name web \
         --image-scanning-configuration scanOnPush=true",
    );
    let described = cli.ecr("describe-repositories --repository-names web");
    let repository = &described["repositories"][0];
    assert_eq!(repository["imageTagMutability"], "IMMUTABLE");
    assert_eq!(repository["imageScanningConfiguration"], json!({ "scanOnPush": true }));

    let deleted = cli.ecr("delete-repository --repository-name web");
    assert_eq!(deleted["repository"]["repositoryArn"], arn);
    let left = cli.ecr("describe-repositories");
    assert_eq!(left, json!({ "repositories": [] }));
}

#[test]
fn the_aws_cli_speaks_the_operations_on_images_and_layers() {
    let server = Server::start();
    let cli = Cli { server: &server };
    cli.ecr("create-repository --repository-name web");
    let (image, layer) = cli.push_image();

    let checked = cli.ecr(&format!(
        "batch-check-layer-availability --repository-name web --layer-digests {layer}"
    ));
    assert_eq!(checked["layers"][0]["layerAvailability"], "AVAILABLE");
    let url = cli
        .ecr(&format!("get-download-url-for-layer --repository-name web --layer-digest {layer}"));
    assert_eq!(url["layerDigest"], layer);
    let got = cli.ecr("batch-get-image --repository-name web --image-ids imageTag=v1");
    assert_eq!(got["images"][0]["imageId"]["imageDigest"], image);
    let described = cli.ecr("describe-images --repository-name web");
    assert_eq!(described["imageDetails"][0]["imageTags"], json!(["v1"]));
    let listed = cli.ecr("list-images --repository-name web");
    assert_eq!(listed, json!({ "imageIds": [{ "imageDigest": image, "imageTag": "v1" }] }));
    let referrers = cli.ecr(&format!(
        "list-image-referrers --repository-name web --subject-id imageDigest={image}"
    ));
    assert_eq!(referrers["referrers"], json!([]));
    let deleted = cli.ecr("batch-delete-image --repository-name web --image-ids imageTag=v1");
    assert_eq!(deleted["imageIds"], json!([{ "imageDigest": image, "imageTag": "v1" }]));
}

#[test]
fn the_aws_cli_speaks_the_operations_on_lifecycle_policies_and_the_archive() {
    let server = Server::start();
    let cli = Cli { server: &server };
    cli.ecr("create-repository --repository-name web");
    let (image, _) = cli.push_image();
    let selection =
        json!({ "tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 1 });
    let rule = json!({ "rulePriority": 1, "selection": selection, "action": { "type": "expire" } });
    let policy = json!({ "rules": [rule] });
    let path = server.scratch("home").join("policy");
    fs::write(path, format!("{policy:#}")).expect("a scratch file is writable");
    let file = "--repository-name web --lifecycle-policy-text file://policy";
    let text = |answer: &Value| -> Value {
        let text = answer["lifecyclePolicyText"].as_str().expect("a policy is a text");
        serde_json::from_str(text).expect("it is JSON")
    };
    assert_eq!(text(&cli.ecr(&format!("put-lifecycle-policy {file}"))), policy);
    assert_eq!(text(&cli.ecr("get-lifecycle-policy --repository-name web")), policy);
    cli.ecr(&format!("start-lifecycle-policy-preview {file}"));
    cli.ecr("wait lifecycle-policy-preview-complete --repository-name web");
    let preview = cli.ecr("get-lifecycle-policy-preview --repository-name web");
    assert_eq!(preview["summary"]["expiringImageTotalCount"], 0);
    assert_eq!(text(&cli.ecr("delete-lifecycle-policy --repository-name web")), policy);

    let moved = cli.ecr(
        "update-image-storage-class --repository-name web --image-id imageTag=v1 \
         --target-storage-class ARCHIVE",
    );
    assert_eq!(
        (&moved["imageId"]["imageDigest"], &moved["imageStatus"]),
        (&image.into(), &"ARCHIVED".into())
    );

    let scanner = "arn:aws:iam::123456789012:role/scanner";
    cli.ecr(&format!("register-pull-time-update-exclusion --principal-arn {scanner}"));
    let listed = cli.ecr("list-pull-time-update-exclusions");
    assert_eq!(listed["pullTimeUpdateExclusions"], json!([scanner]));
    cli.ecr(&format!("deregister-pull-time-update-exclusion --principal-arn {scanner}"));
    let listed = cli.ecr("list-pull-time-update-exclusions");
    assert_eq!(listed["pullTimeUpdateExclusions"], json!([]));
}

#[test]
fn the_aws_cli_speaks_the_operations_on_the_registry() {
    let server = Server::start();
    let cli = Cli { server: &server };
    let described = cli.ecr("describe-registry");
    assert_eq!(described["replicationConfiguration"], json!({ "rules": [] }));
    let granted = cli.ecr("get-authorization-token");
    assert!(granted["authorizationData"][0]["authorizationToken"].is_string(), "{granted}");
    let put = cli.ecr("put-account-setting --name BLOB_MOUNTING --value DISABLED");
    assert_eq!(put, cli.ecr("get-account-setting --name BLOB_MOUNTING"));
}

#[test]
fn the_aws_cli_gives_a_user_and_a_role_their_rights() {
    let server = Server::start();
    let iam = |arguments: &[&str]| {
        let printed = server.aws(["iam"]).args(arguments).succeeds();
        serde_json::from_str(&printed).unwrap_or(Value::Null)
    };
    let key = create_alice(&iam);
    let role = create_role_for_alice(&iam);
    let played = as_role(&server, &key, &role);
    server.create_repository("web");
    let known = played("sts get-caller-identity --query Arn --output text").succeeds();
    assert_eq!(known, "arn:aws:sts::123456789012:assumed-role/pull/cli");
    let password = played("ecr get-login-password").succeeds();
    assert!((100..2_000).contains(&password.len()), "{} characters", password.len());
    let refused = played("ecr create-repository --repository-name other").fails();
    let sentence = "User: arn:aws:sts::123456789012:assumed-role/pull/cli is not authorized to perform: \
                    ecr:CreateRepository on resource: arn:aws:ecr:us-east-1:123456789012:repository/other \
                    because no identity-based policy allows the ecr:CreateRepository action";
    assert!(refused.contains(sentence), "{refused}");
}

/// A user who may push, and assume every role that trusts her. Returns her key.
fn create_alice(iam: &impl Fn(&[&str]) -> Value) -> (String, String) {
    iam(&["create-user", "--user-name", "alice"]);
    let arn = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPowerUser";
    iam(&["attach-user-policy", "--user-name", "alice", "--policy-arn", arn]);
    let assume = json!({
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*" },
    });
    let assume = assume.to_string();
    iam(&[
        "put-user-policy",
        "--user-name",
        "alice",
        "--policy-name",
        "assume",
        "--policy-document",
        &assume,
    ]);
    let made: Value = iam(&["create-access-key", "--user-name", "alice"]);
    let key = &made["AccessKey"];
    (text(&key["AccessKeyId"]), text(&key["SecretAccessKey"]))
}

/// A role that may pull, and that alice may assume. Returns its ARN.
fn create_role_for_alice(iam: &impl Fn(&[&str]) -> Value) -> String {
    let trust = json!({
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Principal": { "AWS": "arn:aws:iam::123456789012:user/alice" },
            "Action": "sts:AssumeRole",
        },
    });
    let trust = trust.to_string();
    let role =
        iam(&["create-role", "--role-name", "pull", "--assume-role-policy-document", &trust]);
    let pull = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly";
    iam(&["attach-role-policy", "--role-name", "pull", "--policy-arn", pull]);
    text(&role["Role"]["Arn"])
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// The CLI with a profile that assumes the role by itself, as people configure it.
fn as_role(server: &Server, key: &(String, String), arn: &str) -> impl Fn(&str) -> Invocation {
    let home = server.scratch("home").join(".aws");
    fs::create_dir_all(&home).expect("a scratch folder is writable");
    let credentials =
        format!("[alice]\naws_access_key_id = {}\naws_secret_access_key = {}\n", key.0, key.1);
    fs::write(home.join("credentials"), credentials).expect("a scratch file is writable");
    let profile = format!(
        "[profile pull]\nrole_arn = {arn}\nsource_profile = alice\nrole_session_name = cli\n"
    );
    fs::write(home.join("config"), profile).expect("a scratch file is writable");
    move |arguments: &str| {
        Invocation::new(python("aws"), &server.scratch("home"))
            .args(["--profile", "pull"])
            .args(arguments.split_whitespace())
            .env("AWS_ENDPOINT_URL", server.url())
            .env("AWS_DEFAULT_REGION", "us-east-1")
            .env("AWS_PAGER", "")
            .env("AWS_EC2_METADATA_DISABLED", "true")
    }
}
