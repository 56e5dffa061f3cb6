//! TLS, from files and made by the server itself.

use std::fs;
use std::path::Path;

use black_box::{Ended, Invocation};

use crate::{Place, address};

fn make_certificate(folder: &Path) {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]);
    let made = made.expect("a name can be certified");
    let write = |name, pem: String| fs::write(folder.join(name), pem).expect("it is writable");
    write("chain.pem", made.cert.pem());
    write("key.pem", made.signing_key.serialize_pem());
}

fn curl(place: &Place, url: &str, certificate: &Path) -> Ended {
    let (_, port) = url.rsplit_once(':').expect("a URL has a port");
    let page = format!("https://localhost:{port}/healthz");
    let certificate = certificate.display().to_string();
    let run = Invocation::new("curl", place.path());
    run.args(["--silent", "--show-error", "--cacert", &certificate, &page]).run()
}

#[test]
fn certificate_and_key_come_from_files() {
    let place = Place::new();
    make_certificate(place.path());
    let mut server = place.serve(&["--tls-certificate", "chain.pem", "--tls-key", "key.pem"], &[]);
    let url = server.await_url();
    assert!(url.starts_with("https://"), "{url}");
    let page = curl(&place, &url, &place.path().join("chain.pem"));
    assert_eq!(page.stdout, "ok\n", "{page}");
    let endpoint = place.root_key(crate::ACCOUNT)["EndpointUrl"].clone();
    assert!(endpoint.as_str().unwrap().starts_with("https://localhost:"), "{endpoint}");
}

#[test]
fn a_self_made_certificate_convinces_clients_that_were_given_it_and_outlives_the_server() {
    let place = Place::new();
    let pem = place.data().join("tls-self-made-certificate.pem");
    let mut kept = Vec::new();
    for _ in 0..2 {
        let mut server = place.serve(&["--tls-self-made"], &[]);
        let url = server.await_url();
        let page = curl(&place, &url, &pem);
        assert_eq!(page.stdout, "ok\n", "{page}");
        kept.push(fs::read(&pem).unwrap());
    }
    assert_eq!(kept[0], kept[1]);

    let other = Place::new();
    make_certificate(other.path());
    let mut server = place.serve(&["--tls-self-made"], &[]);
    let page = curl(&place, &server.await_url(), &other.path().join("chain.pem"));
    assert!(!page.succeeded(), "a client trusted a certificate that it was not given\n{page}");
}

#[test]
fn what_clients_are_given_of_a_self_made_certificate_holds_no_key() {
    let place = Place::new();
    let read = |name: &str| fs::read_to_string(place.data().join(name)).unwrap();
    place.serve(&["--tls-self-made"], &[]).await_url();
    let certificate = read("tls-self-made-certificate.pem");
    assert!(certificate.starts_with("-----BEGIN CERTIFICATE-----"), "{certificate}");
    assert!(!certificate.contains("KEY"), "{certificate}");
    assert!(read("tls-self-made.pem").starts_with(&certificate), "{certificate}");

    fs::remove_file(place.data().join("tls-self-made-certificate.pem")).unwrap();
    let mut server = place.serve(&["--tls-self-made"], &[]);
    let url = server.await_url();
    assert_eq!(read("tls-self-made-certificate.pem"), certificate, "a folder of an older version");

    let exports = place.run(&["env", "--data", "data"], &[]).stdout;
    let bundle = exports.lines().find_map(|line| line.strip_prefix("export AWS_CA_BUNDLE="));
    let bundle = bundle.expect("aws is told which certificate to believe").trim_matches('\'');
    assert_eq!(curl(&place, &url, Path::new(bundle)).stdout, "ok\n");
}

#[test]
fn clients_without_tls_are_turned_away_and_harm_no_other() {
    let place = Place::new();
    let mut server = place.serve(&["--tls-self-made"], &[]);
    let url = server.await_url();
    let page = format!("http://{}/healthz", address(&url));
    let plain = Invocation::new("curl", place.path()).args(["--silent", &page]).run();
    assert!(!plain.succeeded(), "{plain}");
    let page = curl(&place, &url, &place.data().join("tls-self-made-certificate.pem"));
    assert_eq!(page.stdout, "ok\n", "{page}");
}

#[test]
fn tls_that_cannot_work_is_refused_with_a_sentence() {
    let place = Place::new();
    make_certificate(place.path());
    fs::create_dir(place.path().join("other")).unwrap();
    make_certificate(&place.path().join("other"));
    fs::write(place.path().join("junk.pem"), "junk").unwrap();
    #[rustfmt::skip]
    let cases: &[(&[&str], &str, &str)] = &[
        (&["--tls-certificate=chain.pem"],                                "tls-key",         "no key"),
        (&["--tls-key=key.pem"],                                          "tls-certificate", "no certificate"),
        (&["--tls-certificate=none.pem", "--tls-key=key.pem"],            "none.pem",        "no such file"),
        (&["--tls-certificate=chain.pem", "--tls-key=none.pem"],          "none.pem",        "no such file"),
        (&["--tls-certificate=junk.pem", "--tls-key=key.pem"],            "junk.pem",        "no certificate in it"),
        (&["--tls-certificate=chain.pem", "--tls-key=junk.pem"],          "junk.pem",        "no key in it"),
        (&["--tls-certificate=chain.pem", "--tls-key=chain.pem"],         "chain.pem",       "a certificate is no key"),
        (&["--tls-certificate=chain.pem", "--tls-key=other/key.pem"],     "do not match",    "another certificate's key"),
        (&["--tls-certificate=chain.pem", "--tls-key=key.pem", "--tls-self-made"], "tls-self-made", "two at once"),
    ];
    for (arguments, named, because) in cases {
        let said = place.refused(&[&["--data", "data"], *arguments].concat(), &[]);
        assert!(said.contains(named) && !said.contains("panicked"), "{because}: {said}");
    }
}
