//! Which host a request names, and which host answers name.

use black_box::{
    AccessKey, Answer, Client, Connection, Request, Server, call, is_about_one_process,
};
use serde_json::json;

const FORM: &str = "content-type: application/x-www-form-urlencoded\r\ncontent-length: 8\r\n";
const TARGET: &str = "x-amz-target: AmazonEC2ContainerRegistry_V20150921.DescribeRegistry\r\n\
                      content-type: application/x-amz-json-1.1\r\ncontent-length: 2\r\n";

/// Each door, page and download: method, path, headers and body.
const PLACES: [(&str, &str, &str, &str); 7] = [
    ("GET", "/v2/", "", ""),
    ("GET", "/v2/web/tags/list", "", ""),
    ("GET", "/download/123456789012/us-east-1/web/sha256:0?grant=x", "", ""),
    ("GET", "/healthz", "", ""),
    ("GET", "/nothing", "", ""),
    ("POST", "/", TARGET, "{}"),
    ("POST", "/", FORM, "Action=x"),
];

/// Sends a request whose lines are as they stand here.
fn send(server: &Server, target: &str, hosts: &str, place: (&str, &str, &str, &str)) -> Answer {
    let (method, _, headers, body) = place;
    let mut connection = Connection::open(server.address()).expect("the server listens");
    let request =
        format!("{method} {target} HTTP/1.1\r\n{hosts}{headers}connection: close\r\n\r\n{body}");
    connection.send_bytes(request.as_bytes()).expect("it is taken");
    connection.answer(true).expect("it is answered")
}

#[test]
fn every_door_page_and_download_wants_one_host() {
    let server = Server::start();
    #[rustfmt::skip]
    let cases = [
        ("",                                             "", "none"),
        ("host:\r\n",                                    "", "an empty one"),
        ("host: a.example\r\nhost: a.example\r\n",       "", "twice the same"),
        ("host: a.example\r\nhost: b.example\r\n",       "", "two"),
        ("host: a.example, b.example\r\n",              "", "two in one"),
        ("host: user@a.example\r\n",                    "", "a user"),
        ("host: b.example\r\n",                         "http://a.example", "another than the target's"),
    ];
    for place in PLACES {
        for (hosts, authority, because) in cases {
            let answer = send(&server, &format!("{authority}{}", place.1), hosts, place);
            assert_eq!(answer.status, 400, "{place:?}: {because}: {}", answer.text());
        }
        let alike = format!("http://a.example{}", place.1);
        let answer = send(&server, &alike, "host: A.example\r\n", place);
        let words = answer.text();
        assert!(!words.contains("host"), "{place:?}: one host, in two places: {words}");
    }
}

#[test]
fn a_name_under_the_domain_is_a_registrys_or_refused_everywhere() {
    let server = Server::start_with(&["--domain", "example.com"]);
    for place in PLACES {
        for name in [
            "11112222333.dkr.ecr.us-east-1",
            "x.111122223333.dkr.ecr.us-east-1",
            "111122223333",
            "111122223333.ecr.us-east-1",
            "111122223333-dkr.ecr.us-east-1",
        ] {
            for dot in ["", "."] {
                let host = format!("host: {name}.example.com{dot}\r\n");
                let answer = send(&server, place.1, &host, place);
                assert_eq!(answer.status, 421, "{place:?}: {host}: {}", answer.text());
            }
        }
    }
    let named = "host: 111122223333.dkr.ecr.us-east-1.example.com.\r\n";
    let challenge = send(&server, "/v2/", named, PLACES[0]);
    let realm = challenge.header("www-authenticate").expect("a stranger is challenged");
    let expected = "Basic realm=\"http://111122223333.dkr.ecr.us-east-1.example.com/\"";
    assert!(realm.starts_with(expected), "{realm}");
}

fn realm(server: &Server, headers: &[(&str, &str)]) -> String {
    let request = Request::new("GET", "/v2/");
    let add = |request: Request, (name, value): &(&str, &str)| request.header(name, value);
    let answer = Client::stranger(server.address()).ask(headers.iter().fold(request, add));
    let challenge = answer.header("www-authenticate").expect("a stranger is challenged");
    challenge.split('"').nth(1).expect("a realm is quoted").to_owned()
}

#[test]
fn a_proxy_that_is_trusted_says_what_the_client_used() {
    if is_about_one_process("a_proxy_that_is_trusted_says_what_the_client_used") {
        return;
    }
    let trusting = Server::start_with(&["--trusted-proxies", "127.0.0.1"]);
    let (proto, host, port) = ("x-forwarded-proto", "x-forwarded-host", "x-forwarded-port");
    let own = |server: &Server| format!("http://{}/", server.address());
    #[rustfmt::skip]
    let cases: [(&[(&str, &str)], String); 5] = [
        (&[],                                                        own(&trusting)),
        (&[(proto, "https"), (host, "r.example.com")],               "https://r.example.com/".to_owned()),
        (&[(proto, "https"), (host, "r.example.com"), (port, "443")], "https://r.example.com/".to_owned()),
        (&[(proto, "https"), (host, "r.example.com"), (port, "8443")], "https://r.example.com:8443/".to_owned()),
        (&[("forwarded", "for=192.0.2.1;proto=https;host=r.example.com")], "https://r.example.com/".to_owned()),
    ];
    let other = Server::start_with(&["--trusted-proxies", "192.0.2.1"]);
    for (headers, expected) in cases {
        assert_eq!(realm(&trusting, headers), expected, "{headers:?}");
        assert_eq!(realm(&other, headers), own(&other), "{headers:?} of one that is not trusted");
    }
}

#[test]
fn the_public_url_is_what_every_answer_names() {
    let server = Server::start_with(&["--public-url", "https://r.example.com:8443"]);
    let key = AccessKey::root();
    let token = call(&server.registry(), &key, "GetAuthorizationToken", &json!({})).json();
    let endpoint = &token["authorizationData"][0]["proxyEndpoint"];
    assert_eq!(endpoint, "https://r.example.com:8443");
    assert_eq!(server.create_repository("web"), "r.example.com:8443/web");
    assert_eq!(realm(&server, &[]), "https://r.example.com:8443/");
}
