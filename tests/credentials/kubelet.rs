//! `longshore kubelet-credential-provider`, driven with the documents that kubelet writes and
//! reads.

use std::net::TcpListener;

use black_box::{Ended, Invocation, REGION, ROOT_ACCESS_KEY, ROOT_SECRET_KEY, Server, longshore};
use serde_json::{Value, json};

use crate::assert_opens;
use crate::named::{API, Named, REGISTRY};

/// As kubelet 1.34 writes it: its encoder ends with a line's end, and writes the members that are
/// empty too.
fn request(image: &str) -> String {
    format!(
        "{{\"kind\":\"CredentialProviderRequest\",\"apiVersion\":\"credentialprovider.kubelet.k8s.io/v1\",\
         \"image\":\"{image}\",\"serviceAccountToken\":\"\",\"serviceAccountAnnotations\":null}}\n"
    )
}

fn provide(server: &Server, input: &str) -> Ended {
    let run = Invocation::new(longshore(), &server.scratch("kubelet"));
    server.signed(run).args(["kubelet-credential-provider"]).input(input).run()
}

/// Takes the password out of a response, and asserts that the rest is what kubelet wants.
fn password(response: &str, registry: &str) -> Value {
    let mut read: Value = serde_json::from_str(response).expect("a plugin prints JSON");
    let cached = read["cacheDuration"].take();
    // Go's durations; kubelet refuses what it cannot parse.
    let seconds: u64 = cached
        .as_str()
        .and_then(|text| text.strip_suffix('s'))
        .and_then(|seconds| seconds.parse().ok())
        .unwrap_or_else(|| panic!("{cached} is no duration"));
    // Half of twelve hours, less what the test took.
    assert!((21_000..=21_600).contains(&seconds), "{seconds} s is not half of a token's life");
    let password = read["auth"][registry]["password"].take();
    let expected = json!({
        "kind": "CredentialProviderResponse",
        "apiVersion": "credentialprovider.kubelet.k8s.io/v1",
        "cacheKeyType": "Registry",
        "cacheDuration": null,
        "auth": { registry: { "username": "AWS", "password": null } },
    });
    assert_eq!(read, expected, "{response}");
    password
}

#[test]
fn kubelet_is_given_the_password_of_an_images_registry() {
    let server = Server::start();
    let registry = server.registry();
    for image in
        [format!("{registry}/team/web:v1"), format!("{registry}/web@sha256:{}", "0".repeat(64))]
    {
        let ended = provide(&server, &request(&image));
        assert!(ended.succeeded(), "{ended}");
        assert_opens(server.address(), &password(&ended.stdout, &registry));
        assert_eq!(ended.stderr, "", "{ended}");
    }
    // Before 1.33 kubelet knew no service accounts.
    let old = json!({
        "kind": "CredentialProviderRequest",
        "apiVersion": "credentialprovider.kubelet.k8s.io/v1",
        "image": format!("{registry}/web"),
    });
    let ended = provide(&server, &old.to_string());
    assert_opens(server.address(), &password(&ended.stdout, &registry));
}

#[test]
fn the_api_of_an_image_is_found_from_its_name() {
    let named = Named::start();
    let printed = named
        .signed(Invocation::new(longshore(), &named.scratch("kubelet")))
        .env("LONGSHORE_DOMAIN", "amazonaws.com")
        .args(["kubelet-credential-provider"])
        .input(request(&format!("{REGISTRY}/team/web:v1")))
        .succeeds();
    let password = password(&printed, REGISTRY);
    assert_eq!(named.status_of(password.as_str().unwrap()), "200");
    assert_eq!(named.proxy.asked()[0], API);

    let asked = named.proxy.asked().len();
    let ended = named
        .signed(Invocation::new(longshore(), &named.scratch("kubelet")))
        .env("LONGSHORE_DOMAIN", "amazonaws.com")
        .args(["kubelet-credential-provider"])
        .input(request(&format!("{REGISTRY}:1/team/web:v1")))
        .run();
    assert!(!ended.succeeded(), "another port of the name may be another's: {ended}");
    assert_eq!(ended.stdout, "", "{ended}");
    assert!(ended.stderr.contains("AWS_ENDPOINT_URL"), "{ended}");
    assert_eq!(named.proxy.asked().len(), asked, "a server that was not named was asked");
}

#[test]
fn images_of_strangers_get_no_password_and_no_strangers_are_asked() {
    let server = Server::start();
    let registry = server.registry();
    let (_, port) = registry.rsplit_once(':').expect("it has a port");
    // Any server at this port would be asked, if an image's name were enough.
    let trap = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    trap.set_nonblocking(true).expect("a socket of our own");
    let trapped = format!("localhost:{}", trap.local_addr().expect("it is bound").port());
    #[rustfmt::skip]
    let cases = [
        (format!("{trapped}/web"),                                      "another port of this machine"),
        ("ghcr.io/team/web".to_owned(),                                 "another registry"),
        (format!("registry.example.com:{port}/web"),                    "another host at the same port"),
        (format!("{REGISTRY}/web"),                                     "a name of ECR's form that the server does not say is its own"),
        (format!("123456789012.dkr.ecr.us-east-1.{registry}/web"),      "a name of ECR's form over the server's own"),
    ];
    for (image, because) in &cases {
        for pod in ["", "header.claims.signature"] {
            let mut asked: Value = serde_json::from_str(&request(image)).unwrap();
            asked["serviceAccountToken"] = pod.into();
            let annotations =
                json!({ "eks.amazonaws.com/role-arn": "arn:aws:iam::123456789012:role/web" });
            asked["serviceAccountAnnotations"] = annotations;
            let ended = provide(&server, &asked.to_string());
            assert!(!ended.succeeded(), "{because}: {ended}");
            assert_eq!(ended.stdout, "", "{because}: {ended}");
        }
        // With a key, and nothing that says which registries are ours.
        let run = Invocation::new(longshore(), &server.scratch("kubelet"));
        let run = run
            .env("AWS_ACCESS_KEY_ID", ROOT_ACCESS_KEY)
            .env("AWS_SECRET_ACCESS_KEY", ROOT_SECRET_KEY)
            .env("AWS_REGION", REGION);
        let ended = run.args(["kubelet-credential-provider"]).input(request(image)).run();
        assert!(!ended.succeeded(), "{because}: {ended}");
        assert!(ended.stderr.contains("LONGSHORE_DOMAIN"), "{because}: {ended}");
    }
    assert!(trap.accept().is_err(), "a stranger was asked");
}

#[test]
fn what_kubelet_cannot_mean_is_refused_with_a_sentence() {
    let server = Server::start();
    let image = format!("{}/web", server.registry());
    let alpha = request(&image).replace("k8s.io/v1", "k8s.io/v1alpha1");
    let pod = |annotations: &Value| {
        let mut asked: Value = serde_json::from_str(&request(&image)).unwrap();
        asked["serviceAccountToken"] = "header.claims.signature".into();
        asked["serviceAccountAnnotations"] = annotations.clone();
        asked.to_string()
    };
    #[rustfmt::skip]
    let cases = [
        (request("debian:12"),    "debian:12 names no registry",          "Docker Hub's"),
        (alpha,                   "this plugin supports only",            "a version that is not stable"),
        (String::new(),           "not a CredentialProviderRequest",     "nothing"),
        (request(&image) + "{}",  "not a CredentialProviderRequest",     "two documents"),
        (pod(&json!({})),         "the service account has no role",      "a pod without a role is not the node"),
    ];
    for (input, expected, because) in cases {
        let ended = provide(&server, &input);
        assert!(!ended.succeeded(), "{because}: {ended}");
        assert_eq!(ended.stdout, "", "{because}: {ended}");
        assert!(ended.stderr.contains(expected), "{because}: {ended}");
        assert!(!ended.stderr.contains("claims"), "{because}: the token is told");
    }
}
