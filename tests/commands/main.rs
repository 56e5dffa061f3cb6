//! The commands that a new user needs first, besides `serve`.

mod gone;
mod refusals;

use black_box::{
    AccessKey, Invocation, Server, archive_of, call_kms, digest_of, manifest_of, python, tool,
};
use serde_json::{Value, json};

#[test]
fn the_printed_environment_lets_the_aws_cli_in() {
    let server = Server::start();
    let aws = python("aws").display().to_string();
    let script =
        format!("eval \"$(cat)\" && {aws} ecr describe-registry --query registryId --output text");
    let exports = server.longshore(["env"]).succeeds();
    let shell = Invocation::new("sh", &server.scratch("shell"));
    assert_eq!(shell.args(["-c", &script]).input(exports).succeeds(), "123456789012");
}

#[test]
fn the_login_command_logs_a_client_in() {
    let server = Server::start();
    let repository = server.create_repository("web");
    let home = server.scratch("crane");
    let list = || Invocation::new(tool("crane"), &home).args(["ls", &repository]);
    let refused = list().fails();
    assert!(refused.contains("UNAUTHORIZED"), "{refused}");

    server
        .longshore(["login", "--client", &format!("{} auth", tool("crane").display())])
        .env("HOME", &home)
        .succeeds();
    assert_eq!(list().succeeds(), "");
}

#[test]
fn the_printed_password_opens_the_oci_door() {
    let server = Server::start();
    let repository = server.create_repository("web");
    let home = server.scratch("crane");
    let crane = |args: &[&str]| Invocation::new(tool("crane"), &home).args(args);
    let password = server.longshore(["login", "--print"]).succeeds();
    crane(&["auth", "login", &server.registry(), "--username", "AWS", "--password-stdin"])
        .input(password)
        .succeeds();
    assert_eq!(crane(&["ls", &repository]).succeeds(), "");
}

#[test]
fn the_aws_cli_and_our_own_command_look_up_what_happened() {
    const POLICY: &str = r#"{"rules":[{"rulePriority":1,"description":"Keep only the newest image","selection":{"tagStatus":"any","countType":"imageCountMoreThan","countNumber":1},"action":{"type":"expire"}}]}"#;
    let server = Server::start();
    server.create_repository("web");
    let start = ["ecr", "start-lifecycle-policy-preview", "--repository-name", "web"];
    server.aws(start).args(["--lifecycle-policy-text", POLICY]).succeeds();
    let wait = ["ecr", "wait", "lifecycle-policy-preview-complete", "--repository-name", "web"];
    server.aws(wait).succeeds();
    let lookup = ["cloudtrail", "lookup-events", "--lookup-attributes"];
    let printed =
        server.aws(lookup).args(["AttributeKey=EventName,AttributeValue=DryRunEvent"]).succeeds();
    let found: Value = serde_json::from_str(&printed).expect("the CLI prints JSON");
    let record = found["Events"][0]["CloudTrailEvent"].as_str().expect("a record is a text");
    let record: Value = serde_json::from_str(record).expect("it is JSON");
    assert_eq!(record["serviceEventDetails"]["repositoryName"], "web");

    let search = |words: &[&str]| {
        server.longshore(["audit", "search"].into_iter().chain(words.iter().copied())).succeeds()
    };
    let told = search(&["--repository", "web", "--name", "DryRunEvent"]);
    let lines: Vec<&str> = told.lines().collect();
    assert!(lines.len() == 2 && lines[0].starts_with("WHEN"), "{told}");
    assert!(lines[1].contains("DryRunEvent") && lines[1].ends_with("web    0; 0 of 0"), "{told}");
    let whole: Value =
        serde_json::from_str(&search(&["--name", "DryRunEvent", "--json"])).expect("it is JSON");
    assert_eq!(whole["Records"], json!([record]));
    for other in [
        &["--repository", "other"][..],
        &["--name", "PolicyExecutionEvent"],
        &["--user", "kim"],
        &["--failed"],
        &["--until", "2026-01-01T00:00:00Z"],
        &["--since", "2999-01-01T00:00:00Z"],
    ] {
        assert_eq!(search(other), "no event is kept", "{other:?}");
    }
}

#[test]
fn a_tag_is_rolled_back_from_its_history() {
    let server = Server::start();
    server.create_repository("web");
    let mut client = server.client();
    let config = client.push_layer("web", b"{}");
    let mut push = |number| {
        let manifest = manifest_of(number, &config, &[]);
        assert_eq!(client.put_manifest("web", "v1", &manifest).status, 201);
        digest_of(&manifest)
    };
    let (one, two) = (push(1), push(2));
    let longshore = |args: &[&str]| server.longshore(args.iter().copied());
    let pulled = || {
        let mut client = server.client();
        client.head("/v2/web/manifests/v1").header("docker-content-digest").map(str::to_owned)
    };
    let short = |digest: &str| digest["sha256:".len()..][..12].to_owned();

    let history = longshore(&["tags", "history", "web:v1"]).succeeds();
    let lines: Vec<&str> = history.lines().collect();
    assert_eq!(lines.len(), 3, "{history}");
    let told: Vec<&str> = lines[1].split_whitespace().skip(1).collect();
    let (from, to) = (format!("sha256:{}", short(&one)), format!("sha256:{}", short(&two)));
    assert_eq!(told, [&*from, &*to, "OCI", "API", "123456789012:root"], "{history}");

    let said = longshore(&["tags", "rollback", "web:v1"]).succeeds();
    assert!(said.starts_with(&format!("web:v1 names {one} again\n")), "{said}");
    assert_eq!(pulled(), Some(one.clone()));
    longshore(&["tags", "rollback", "web:v1", "--to", &to]).succeeds();
    assert_eq!(pulled(), Some(two.clone()));
    let json = longshore(&["tags", "rollback", "web:v1", "--to", &one, "--json"]).succeeds();
    assert!(json.contains(&format!("\"ToImageDigest\": \"{one}\"")), "{json}");
    assert_eq!(pulled(), Some(one));
    let refused = longshore(&["tags", "history", "web", "--limit", "0"]).fails();
    assert!(refused.contains("invalid value '0'"), "{refused}");
    let all = longshore(&["tags", "history", "web"]).succeeds();
    assert_eq!(all.lines().count(), 6, "{all}");
    assert_eq!(all.matches("rollback").count(), 3, "{all}");
    let refused = longshore(&["tags", "rollback", "web:v2"]).fails();
    assert!(refused.contains("TagVersionNotFoundException"), "{refused}");
}

#[test]
fn a_deleted_image_is_restored_by_its_digest() {
    let server = Server::start_with(&["--undo-days", "7"]);
    server.create_repository("web");
    let mut client = server.client();
    let config = client.push_layer("web", b"{}");
    let manifest = manifest_of(1, &config, &[]);
    assert_eq!(client.put_manifest("web", "v1", &manifest).status, 201);
    let digest = digest_of(&manifest);
    let longshore = |args: &[&str]| server.longshore(args.iter().copied());
    let listed = || longshore(&["restore-image", "--list", "web"]).succeeds();
    assert_eq!(listed(), "no image can be restored");
    assert_eq!(client.delete(&format!("/v2/web/manifests/{digest}")).status, 202);
    assert_eq!(client.head("/v2/web/manifests/v1").status, 404);
    let list = listed();
    assert_eq!(list.lines().count(), 2, "{list}");
    assert!(list.contains(&format!("{digest}  deleted")) && list.ends_with("  v1"), "{list}");
    let image = format!("web@{digest}");
    let said = longshore(&["restore-image", &image]).succeeds();
    assert_eq!(said, format!("{digest} is restored as v1"));
    assert_eq!(client.head("/v2/web/manifests/v1").status, 200);
    let refused = longshore(&["restore-image", &image]).fails();
    assert!(refused.contains("ImageAlreadyExistsException"), "{refused}");
    assert_eq!(client.delete(&format!("/v2/web/manifests/{digest}")).status, 202);
    let json = longshore(&["restore-image", &image, "--tag", "v2", "--json"]).succeeds();
    assert!(json.contains("\"v2\""), "{json}");
    assert_eq!(client.head("/v2/web/manifests/v2").status, 200);
}

#[test]
fn advisories_are_imported_from_files_and_explain_what_is_vulnerable() {
    let server = Server::start();
    server.create_repository("web");
    let folder = server.scratch("advisories");
    let longshore = |args: &[&str]| server.longshore(args.iter().copied());
    let json = |printed: &str| -> serde_json::Value {
        serde_json::from_str(printed).expect("the command prints JSON")
    };
    let record = |number: u32, fixed: &str| {
        format!(
            r#"{{"id":"DEBIAN-CVE-2024-{number}","modified":"2024-05-01T00:00:00Z","affected":[{{
                "package":{{"ecosystem":"Debian:12","name":"openssl"}},"ranges":[{{"type":"ECOSYSTEM",
                "events":[{{"introduced":"0"}},{{"fixed":"{fixed}"}}]}}]}}]}}"#
        )
    };
    let write = |name: &str, text: &str| {
        std::fs::write(folder.join(name), text).expect("a scratch file is writable");
    };
    write("one.json", &record(1, "3.0.11"));
    write("two.json", &record(2, "3.0.8"));
    write("README", "not an advisory");
    let path = folder.display().to_string();
    let import = || json(&longshore(&["advisories", "import", &path]).succeeds());
    assert_eq!(import()["Added"], 2);
    assert_eq!(import()["Unchanged"], 2);
    write("three.json", "{");
    let told = longshore(&["advisories", "import", &path]).fails();
    assert!(told.contains("\"Refused\":1"), "{told}");
    let refused = format!("{path}/three.json: the advisory is malformed: ");
    assert!(told.contains(&refused), "{told}");
    let status = json(&longshore(&["advisories", "status"]).succeeds());
    assert_eq!(status["Sources"][0]["Name"], "Debian");
    assert_eq!(status["Sources"][0]["Advisories"], 2);
    let missing = longshore(&["advisories", "import", "/no/such/file.json"]).fails();
    assert!(missing.contains("cannot read /no/such/file.json"), "{missing}");

    let mut client = server.client();
    let config = client.push_layer(
        "web",
        br#"{"history":[{"created_by":"ENV A=b","empty_layer":true},{"created_by":"ADD rootfs.tar /"}]}"#,
    );
    let layer = client.push_layer("web", &debian_layer());
    assert_eq!(client.put_manifest("web", "v1", &manifest_of(1, &config, &[layer])).status, 201);
    let why =
        |vulnerability: &str| server.longshore(["why", "vulnerable", "web:v1", vulnerability]);
    assert_eq!(why("CVE-2024-1").run().code(), Some(2), "it was never scanned");
    let image = ["--repository-name", "web", "--image-id", "imageTag=v1"];
    server.aws(["ecr", "start-image-scan"]).args(image).succeeds();
    server.aws(["ecr", "wait", "image-scan-complete"]).args(image).succeeds();
    let told = why("CVE-2024-1").succeeds();
    for line in [
        "because        openssl 3.0.9-1 comes before 3.0.11, the first version without it",
        "file           var/lib/dpkg/status",
        "instruction    ADD rootfs.tar /",
        "advisory       DEBIAN-CVE-2024-1",
    ] {
        assert!(told.contains(line), "{told}");
    }
    assert_eq!(why("CVE-2024-2").run().code(), Some(1), "its version mends it");
    what_stands_beside_is_told(&server, &folder);
}

/// What stands beside advisories is imported, and told of a vulnerability of `web:v1`.
fn what_stands_beside_is_told(server: &Server, folder: &std::path::Path) {
    let import_as = |format: &str, name: &str, text: &str| {
        let path = folder.join(name);
        std::fs::write(&path, text).expect("a scratch file is writable");
        let path = path.display().to_string();
        let run = server.longshore(["advisories", "import", &path, "--format", format]);
        serde_json::from_str::<serde_json::Value>(&run.succeeds()).expect("it prints JSON")
    };
    let kev = r#"{"vulnerabilities": [{"cveID": "CVE-2024-1"}]}"#;
    assert_eq!(import_as("kev", "kev", kev)["Added"], 1);
    let epss = "#score_date:2024-05-02\ncve,epss,percentile\nCVE-2024-1,0.94358,0.99957\n";
    assert_eq!(import_as("epss", "epss.csv", epss)["Added"], 1);
    let vector = r#"[{"type": "Primary", "cvssData": {"vectorString": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}}]"#;
    let entry = |number: u32| {
        format!(
            r#"{{"cve": {{"id": "CVE-2024-{number}", "metrics": {{"cvssMetricV31": {vector}}}}}}}"#
        )
    };
    let feed =
        format!(r#"{{"format": "NVD_CVE", "vulnerabilities": [{}, {}]}}"#, entry(1), entry(2));
    assert_eq!(import_as("nvd", "nvd.json", &feed)["Added"], 2);
    let told = server.longshore(["why", "vulnerable", "web:v1", "CVE-2024-1"]).succeeds();
    for line in ["exploited      yes, CISA lists it", "EPSS           0.94358"] {
        assert!(told.contains(line), "{told}");
    }
}

#[test]
fn the_pull_gate_holds_images_back_and_says_why() {
    let server = Server::start();
    server.create_repository("web");
    let folder = server.scratch("advisories");
    let path = folder.join("one.json");
    let record = r#"{"id":"DEBIAN-CVE-2024-1","modified":"2024-05-01T00:00:00Z","affected":[{
        "package":{"ecosystem":"Debian:12","name":"openssl"},"ranges":[{"type":"ECOSYSTEM",
        "events":[{"introduced":"0"},{"fixed":"3.0.11"}]}],"ecosystem_specific":{"urgency":"high"}}]}"#;
    std::fs::write(&path, record).expect("a scratch file is writable");
    let longshore = |args: &[&str]| server.longshore(args.iter().copied());
    longshore(&["advisories", "import", &path.display().to_string()]).succeeds();
    let mut client = server.client();
    let config = client.push_layer("web", b"{}");
    let layer = client.push_layer("web", &debian_layer());
    assert_eq!(client.put_manifest("web", "v1", &manifest_of(1, &config, &[layer])).status, 201);
    let image = ["--repository-name", "web", "--image-id", "imageTag=v1"];
    server.aws(["ecr", "start-image-scan"]).args(image).succeeds();
    server.aws(["ecr", "wait", "image-scan-complete"]).args(image).succeeds();

    let bill: serde_json::Value =
        serde_json::from_str(&longshore(&["sbom", "web:v1"]).succeeds()).expect("it is JSON");
    assert_eq!(bill["components"][1]["purl"], "pkg:deb/debian/openssl@3.0.9-1?distro=debian-12");
    let bill = longshore(&["sbom", "web:v1", "--format", "spdx"]).succeeds();
    assert!(bill.contains("\"spdxVersion\":\"SPDX-2.3\""), "{bill}");

    let mut pull = || client.get("/v2/web/manifests/v1");
    let why = || longshore(&["why", "refused", "web:v1"]).run();
    assert_eq!(pull().status, 200);
    assert_eq!(why().code(), Some(1), "nothing refuses it");
    let refused = longshore(&["pull-gate", "except", "CVE-1", "--days", "1", "--reason", "x"]);
    assert!(refused.fails().contains("there is no pull gate"));
    let put = longshore(&["pull-gate", "put", "--severity", "high", "--fixable"]).succeeds();
    assert!(put.contains("\"MinimumSeverity\":\"HIGH\""), "{put}");
    let answer = pull();
    assert_eq!((answer.status, answer.code().as_str()), (403, "DENIED"), "{}", answer.text());
    let text = "HIGH CVE-2024-1 in openssl 3.0.9-1, fixed in 3.0.11";
    assert!(answer.text().contains(text), "{}", answer.text());
    let explained = why();
    assert_eq!(explained.code(), Some(0), "{explained}");
    assert!(explained.stdout.contains(&format!("counts   {text}, known since 20")), "{explained}");
    let except = ["pull-gate", "except", "CVE-2024-1", "--days", "30", "--reason", "not reached"];
    longshore(&except).succeeds();
    assert_eq!(pull().status, 200);
    let explained = why();
    assert_eq!(explained.code(), Some(1), "{explained}");
    assert!(explained.stdout.contains("an exception: not reached (until 20"), "{explained}");
    longshore(&["pull-gate", "remove"]).succeeds();
    assert_eq!(longshore(&["pull-gate", "show"]).succeeds(), "{}");
}

/// A layer of Debian 12 with one package.
fn debian_layer() -> Vec<u8> {
    archive_of(&[
        ("etc/os-release", b"ID=debian\nVERSION_ID=12\n"),
        (
            "var/lib/dpkg/status",
            b"Package: openssl\nStatus: install ok installed\nVersion: 3.0.9-1\n\n",
        ),
    ])
}

#[test]
fn a_repository_is_encrypted_again_under_another_key() {
    let server = Server::start();
    server.create_repository("web");
    let mut client = server.client();
    let config = client.push_layer("web", b"{}");
    assert_eq!(client.put_manifest("web", "v1", &manifest_of(1, &config, &[])).status, 201);
    let kms = |operation: &str, input| {
        let answer = call_kms(server.address(), &AccessKey::root(), operation, &input);
        assert_eq!(answer.status, 200, "{operation}: {}", answer.text());
        answer
    };
    let made = kms("CreateKey", json!({})).json();
    let (id, arn) = (made["KeyMetadata"]["KeyId"].as_str(), made["KeyMetadata"]["Arn"].as_str());
    let (id, arn) = (id.unwrap(), arn.unwrap());
    kms("CreateAlias", json!({ "AliasName": "alias/images", "TargetKeyId": id }));
    let longshore = |args: &[&str]| server.longshore(args.iter().copied());

    let said = longshore(&["rekey", "web", "--status"]).succeeds();
    assert_eq!(said, "the key of this repository was never changed");
    let refused = longshore(&["rekey", "web"]).fails();
    assert!(refused.contains("--to"), "{refused}");
    let refused = longshore(&["rekey", "web", "--to", "alias/nothing"]).fails();
    assert!(refused.contains("alias/nothing is not found"), "{refused}");
    let said = longshore(&["rekey", "web", "--to", "alias/images", "--wait"]).succeeds();
    let done = format!("everything is under {arn}; layers encrypted again: 1");
    assert_eq!(said, done);
    assert_eq!(longshore(&["rekey", "web", "--status"]).succeeds(), done);
    let json = longshore(&["rekey", "web", "--status", "--json"]).succeeds();
    assert!(json.contains("\"From\": \"AES256\""), "{json}");
    assert_eq!(client.get("/v2/web/manifests/v1").status, 200);
    kms("DisableKey", json!({ "KeyId": id }));
    // Within two seconds on every node.
    std::thread::sleep(std::time::Duration::from_secs(3));
    assert_eq!(client.get("/v2/web/manifests/v1").status, 403);
    kms("EnableKey", json!({ "KeyId": id }));
    assert_eq!(longshore(&["rekey", "web", "--to", id]).succeeds(), done, "asked again");
    let said = longshore(&["rekey", "web", "--to", "AES256", "--wait"]).succeeds();
    assert_eq!(said, "everything is under AES256; layers encrypted again: 1");
    assert_eq!(client.get("/v2/web/manifests/v1").status, 200);
}
