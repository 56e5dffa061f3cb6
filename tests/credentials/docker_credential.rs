//! `longshore docker-credential`, called as docker calls it, and by clients that treat it as
//! docker's.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use black_box::{
    Invocation, Process, REGION, ROOT_ACCESS_KEY, ROOT_SECRET_KEY, Server, is_about_one_process,
    longshore, tool,
};
use serde_json::{Value, json};

use crate::named::{API, Named, REGISTRY};
use crate::{assert_opens, credentials, linked_helper, path_with};

const NOT_FOUND: &str = "credentials not found in native keychain\n";

/// A home in which the root user of a server calls the helper.
struct Home<'a> {
    server: &'a Server,
    folder: PathBuf,
}

impl<'a> Home<'a> {
    fn new(server: &'a Server) -> Self {
        Self { server, folder: server.scratch("helper") }
    }

    /// A run of the helper with a key in the environment, and nothing that says where the server
    /// is.
    fn with_key(&self, word: &str, input: &str) -> Invocation {
        Invocation::new(longshore(), &self.folder)
            .args(["docker-credential", word])
            .env("AWS_ACCESS_KEY_ID", ROOT_ACCESS_KEY)
            .env("AWS_SECRET_ACCESS_KEY", ROOT_SECRET_KEY)
            .env("AWS_REGION", REGION)
            .input(input)
    }

    /// The same, with the server's address.
    fn run(&self, word: &str, input: &str) -> Invocation {
        self.with_key(word, input).env("AWS_ENDPOINT_URL", self.server.url())
    }

    fn password(&self) -> Value {
        let printed = self.run("get", &self.server.registry()).succeeds();
        credentials(&printed)["Secret"].clone()
    }

    /// Gives registries to the helper by name.
    fn write_docker_config(&self, registries: &[&str]) {
        let named = registries.iter().map(|registry| ((*registry).to_owned(), json!("longshore")));
        let config = json!({ "credHelpers": named.collect::<serde_json::Map<_, _>>() });
        let folder = self.folder.join(".docker");
        fs::create_dir_all(&folder).expect("a home is writable");
        fs::write(folder.join("config.json"), config.to_string()).expect("a home is writable");
    }

    fn cached(&self) -> Vec<PathBuf> {
        let Ok(folder) = fs::read_dir(self.folder.join(".cache/longshore/registry-tokens")) else {
            return Vec::new();
        };
        folder.map(|file| file.expect("a folder can be listed").path()).collect()
    }

    /// Moves what the only cached token says of its life.
    fn age(&self, issued_before_seconds: i64, expires_in_seconds: i64) {
        let [file] = &*self.cached() else { panic!("there is not one token: {:?}", self.cached()) };
        let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("1970 is over");
        let now = i64::try_from(since.as_micros()).expect("so much fits until the year 294,000");
        let text = fs::read(file).expect("a token was kept");
        let mut token: Value = serde_json::from_slice(&text).expect("it is kept as JSON");
        token["issuedAt"] = (now - issued_before_seconds * 1_000_000).into();
        token["expiresAt"] = (now + expires_in_seconds * 1_000_000).into();
        fs::write(file, token.to_string()).expect("a home is writable");
    }
}

#[test]
fn docker_is_given_a_password_in_its_own_words() {
    let server = Server::start();
    let home = Home::new(&server);
    let registry = server.registry();
    let printed = home.run("get", &format!("{registry}\n")).succeeds();
    let read = credentials(&printed);
    let expected = json!({ "ServerURL": registry, "Username": "AWS", "Secret": read["Secret"] });
    assert_eq!(read, expected);
    assert_opens(server.address(), &read["Secret"]);
    let version = home.run("version", "").succeeds();
    assert!(version.starts_with("docker-credential-longshore (longshore) "), "{version}");
}

#[test]
fn registries_that_were_not_named_get_no_password() {
    let server = Server::start();
    let home = Home::new(&server);
    let ended = home.with_key("get", &server.registry()).run();
    assert_eq!((ended.succeeded(), ended.stdout.as_str()), (false, NOT_FOUND), "{ended}");
    for stranger in ["https://index.docker.io/v1/", "ghcr.io", "localhost:1", "", "a b"] {
        let ended = home.run("get", stranger).run();
        assert_eq!((ended.succeeded(), ended.stdout.as_str()), (false, NOT_FOUND), "{ended}");
    }
    // Any host can have a name of this form: the server must say that it is one of its own, and it
    // has no domain.
    let ended = home.run("get", REGISTRY).run();
    assert_eq!((ended.succeeded(), ended.stdout.as_str()), (false, NOT_FOUND), "{ended}");
    assert!(home.cached().is_empty(), "a password was kept for a host that is not ours");

    home.write_docker_config(&[&server.registry()]);
    let printed = home.with_key("get", &server.registry()).succeeds();
    assert_opens(server.address(), &credentials(&printed)["Secret"]);
}

#[test]
fn mistakes_are_told_where_docker_reads_them() {
    let server = Server::start();
    let home = Home::new(&server);
    let registry = server.registry();
    let get = || home.run("get", &registry);
    let nowhere = "http://127.0.0.1:1";
    #[rustfmt::skip]
    let cases = [
        (get().env("AWS_SECRET_ACCESS_KEY", "another"), "InvalidSignatureException: ",  "a wrong secret"),
        (get().env("AWS_ACCESS_KEY_ID", "AKIANOBODY"), "UnrecognizedClientException: ", "an unknown key"),
        (get().env("AWS_ACCESS_KEY_ID", ""),           "set both AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY", "half a key"),
        (get().env("AWS_ACCESS_KEY_ID", "").env("AWS_SECRET_ACCESS_KEY", ""), "there are no credentials", "no key"),
        (home.run("get", "localhost:1").env("AWS_ENDPOINT_URL", nowhere), "cannot reach http://127.0.0.1:1: ", "no server"),
        (get().env("AWS_ENDPOINT_URL_ECR", "ftp://x"), "starts with neither",             "no URL"),
    ];
    home.write_docker_config(&[&registry]);
    for (run, expected, because) in cases {
        let ended = run.run();
        assert!(!ended.succeeded(), "{because}: {ended}");
        assert!(ended.stdout.contains(expected), "{because}: {ended}");
        let said = ended.stdout + &ended.stderr;
        assert!(!said.contains(ROOT_SECRET_KEY), "{because}: the secret is told");
    }
    // Docker Hub is still used without a password, no matter what is wrong with ours.
    let hub = home.run("get", "https://index.docker.io/v1/").env("AWS_PROFILE", "none").run();
    assert_eq!(hub.stdout, NOT_FOUND, "{hub}");
}

#[test]
fn a_password_is_kept_for_its_owner_and_half_its_life() {
    // Where all nodes are gone the balancer still answers.
    if is_about_one_process("a password without a server") {
        return;
    }
    let mut server = Server::start();
    let registry = server.registry();
    let folder = Home::new(&server).folder;
    let first = Home::new(&server).password();
    {
        let home = Home::new(&server);
        assert_eq!(home.password(), first, "it is fresh");
        let [file] = &*home.cached() else { panic!("one token is kept") };
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(file), mode(file.parent().unwrap())), (0o600, 0o700));
        home.age(30_000, 13_200);
        let second = home.password();
        assert_ne!(second, first, "past half its life there is a new one");
        assert_opens(server.address(), &second);
    }
    let url = server.url();
    server.kill();
    let offline = |word: &str| {
        let home = Home { server: &server, folder: folder.clone() };
        home.run(word, &registry).env("AWS_ENDPOINT_URL", &url)
    };
    assert!(offline("get").run().succeeded(), "a fresh one needs no server");
    let home = Home { server: &server, folder: folder.clone() };
    home.age(30_000, 13_200);
    assert!(offline("get").run().succeeded(), "an old one is better than none");
    let other = offline("get").env("AWS_ACCESS_KEY_ID", "AKIASOMEBODYELSE").run();
    assert!(other.stdout.contains("cannot reach"), "another's is not ours: {other}");
    home.age(30_000, -1);
    let expired = offline("get").run();
    assert!(expired.stdout.contains("cannot reach"), "{expired}");
    server.start_again();
}

#[test]
fn what_is_brought_is_let_go_and_what_is_kept_is_listed_and_dropped() {
    let server = Server::start();
    let home = Home::new(&server);
    let registry = server.registry();
    assert_eq!(home.run("list", "").succeeds(), "{}");
    home.password();
    assert_eq!(home.run("list", "").succeeds(), json!({ &registry: "AWS" }).to_string());

    let brought = |host: &str| json!({ "ServerURL": host, "Username": "AWS", "Secret": "pw" });
    home.run("store", &brought(&registry).to_string()).succeeds();
    for stranger in [brought("https://index.docker.io/v1/").to_string(), "{}".to_owned()] {
        let ended = home.run("store", &stranger).run();
        assert_eq!(ended.stdout, "not implemented\n", "another's would be lost: {ended}");
        assert!(!ended.succeeded(), "{ended}");
    }

    home.run("erase", "registry.example.com").succeeds();
    assert_eq!(home.cached().len(), 1, "another registry's was erased");
    home.run("erase", &registry).succeeds();
    assert!(home.cached().is_empty());
}

#[test]
fn clients_call_it_by_the_name_that_docker_gives_it() {
    let server = Server::start();
    let repository = server.create_repository("web");
    let home = Home::new(&server);
    home.write_docker_config(&[&server.registry()]);
    let bin = linked_helper(&home.folder);
    let crane = |args: &[&str]| {
        server
            .signed(Invocation::new(tool("crane"), &home.folder))
            .args(args)
            .env("PATH", path_with(&bin))
    };
    assert_eq!(crane(&["ls", &repository]).succeeds(), "");
    // What `docker login` would do: the helper takes what it is brought, and the config stays
    // without it.
    crane(&["auth", "login", &server.registry(), "--username", "AWS", "--password", "pw"])
        .succeeds();
    assert_eq!(crane(&["ls", &repository]).succeeds(), "");
    crane(&["auth", "logout", &server.registry()]).succeeds();
    assert!(home.cached().is_empty(), "logging out drops the password");
    let wrong = crane(&["ls", &repository]).env("AWS_SECRET_ACCESS_KEY", "another").fails();
    assert!(wrong.contains("InvalidSignatureException"), "{wrong}");
}

#[test]
fn credentials_come_from_a_profile_or_from_the_servers_folder() {
    let server = Server::start();
    let home = Home::new(&server);
    let registry = server.registry();
    let bare = || {
        Invocation::new(longshore(), &home.folder)
            .args(["docker-credential", "get"])
            .input(&*registry)
    };
    fs::create_dir_all(home.folder.join(".aws")).unwrap();
    let url = server.url();
    fs::write(
        home.folder.join(".aws/config"),
        format!("[profile ci]\nregion = {REGION}\nendpoint_url = {url}\n"),
    )
    .unwrap();
    fs::write(
        home.folder.join(".aws/credentials"),
        format!("[ci]\naws_access_key_id = {ROOT_ACCESS_KEY}\naws_secret_access_key = {ROOT_SECRET_KEY}\n"),
    )
    .unwrap();
    let printed = bare().env("AWS_PROFILE", "ci").succeeds();
    assert_opens(server.address(), &credentials(&printed)["Secret"]);
    let printed = bare().env("LONGSHORE_DATA", server.data()).succeeds();
    assert_opens(server.address(), &credentials(&printed)["Secret"]);
}

#[test]
fn the_api_is_found_from_the_registrys_name() {
    let named = Named::start();
    let folder = named.scratch("helper");
    let get = |registry: &str| {
        named
            .signed(Invocation::new(longshore(), &folder))
            .args(["docker-credential", "get"])
            .input(registry)
    };
    let ended = get(REGISTRY).run();
    assert_eq!(ended.stdout, NOT_FOUND, "it was not named: {ended}");
    assert!(named.proxy.asked().is_empty(), "a server that was not named was asked");

    let printed = get(REGISTRY).env("LONGSHORE_DOMAIN", "amazonaws.com").succeeds();
    assert_eq!(named.status_of(credentials(&printed)["Secret"].as_str().unwrap()), "200");
    assert_eq!(named.proxy.asked()[0], API);

    // Another port of the same name may be another server.
    let elsewhere = format!("{REGISTRY}:1");
    let asked = named.proxy.asked().len();
    let ended = get(&elsewhere).env("LONGSHORE_DOMAIN", "amazonaws.com").run();
    assert_eq!(ended.stdout, NOT_FOUND, "{ended}");
    assert_eq!(named.proxy.asked().len(), asked, "a server that was not named was asked");

    // The endpoint itself says which domain is its own.
    let api = format!("https://{API}");
    let ended = get(&elsewhere)
        .env("AWS_ENDPOINT_URL", &api)
        .env("LONGSHORE_DOMAIN", "amazonaws.com")
        .run();
    assert_eq!(ended.stdout, NOT_FOUND, "{ended}");
    let other = "111122223333.dkr.ecr.us-east-1.amazonaws.com";
    let printed = get(other).env("AWS_ENDPOINT_URL", &api).succeeds();
    assert_eq!(credentials(&printed)["ServerURL"], other);
    let foreign = "123456789012.dkr.ecr.us-east-1.example.com";
    let ended = get(foreign).env("AWS_ENDPOINT_URL", &api).run();
    assert_eq!(ended.stdout, NOT_FOUND, "{ended}");

    let untrusting = get(other)
        .env("AWS_ENDPOINT_URL", &api)
        .env("AWS_ACCESS_KEY_ID", "AKIASOMEBODYELSE")
        .env("SSL_CERT_FILE", "/dev/null")
        .run();
    assert!(untrusting.stdout.contains("invalid peer certificate"), "{untrusting}");
}

#[test]
fn a_bundle_of_ones_own_is_believed_in_place_of_the_systems() {
    let named = Named::start();
    let get = || {
        named
            .signed(Invocation::new(longshore(), &named.scratch("helper")))
            .args(["docker-credential", "get"])
            .env("LONGSHORE_DOMAIN", "amazonaws.com")
            .env("SSL_CERT_FILE", "/dev/null")
            .input(REGISTRY)
    };
    let printed = get().env("AWS_CA_BUNDLE", named.ca()).succeeds();
    assert_eq!(named.status_of(credentials(&printed)["Secret"].as_str().unwrap()), "200");
    let missing = get().env("AWS_CA_BUNDLE", "/nowhere").env("XDG_CACHE_HOME", "/nowhere").run();
    assert!(missing.stdout.contains("the certificates in /nowhere"), "{missing}");
}

#[test]
fn a_server_is_believed_by_the_certificate_in_its_folder() {
    let folder = tempfile::TempDir::with_prefix("longshore-").unwrap();
    let data = folder.path().join("data");
    let mut command = Process::serve(&data);
    command.arg("--tls-self-made");
    let mut server = Process::start(command, folder.path());
    let url = server.await_url();
    let (_, port) = url.rsplit_once(':').unwrap();
    let get = |word: &str| {
        Invocation::new(longshore(), folder.path())
            .args(["docker-credential", word])
            .env("LONGSHORE_DATA", &data)
            .input(format!("localhost:{port}"))
    };
    credentials(&get("get").succeeds());
    get("erase").succeeds();
    for name in ["tls-self-made.pem", "tls-self-made-certificate.pem"] {
        std::fs::remove_file(data.join(name)).unwrap();
    }
    let ended = get("get").run();
    assert!(ended.stdout.contains("invalid peer certificate"), "{ended}");
}
