use http::{HeaderMap, Request, Version};
use names::{AccountId, Region, RegistryId};

use super::*;
use crate::endpoints::Endpoints;
use crate::trusted_proxies::{Peer, TrustedProxies};

/// A request's version, target and headers, and the host that it reached, or why none.
type Case<'a> =
    (Version, &'a str, &'a [(&'static str, &'a str)], Result<&'a str, Misaddressed>, &'a str);

const PROXY: &str = "10.0.0.1";
const STRANGER: &str = "192.0.2.9";

fn endpoints() -> Endpoints {
    let account = AccountId::parse("123456789012").unwrap();
    let region = Region::parse("us-east-1").unwrap();
    Endpoints {
        default: RegistryId { account, region },
        domain: Some("example.com".to_owned()),
        public_url: None,
        is_tls: false,
        port: 5050,
    }
}

fn reach(
    peer: &str,
    version: Version,
    target: &str,
    headers: &[(&'static str, &str)],
) -> Result<Reached, Misaddressed> {
    let mut request = Request::builder().version(version).uri(target).body(()).unwrap();
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.append(*name, value.parse().unwrap());
    }
    *request.headers_mut() = map;
    let peer = Peer { address: peer.parse().unwrap(), is_tls: false };
    let proxies = TrustedProxies::new(vec!["10.0.0.0/8".parse().unwrap()]);
    let told = proxies.told(peer, request.headers());
    request.extensions_mut().insert(told);
    Reached::read(&request, &endpoints())
}

#[test]
fn a_request_names_one_host() {
    use Misaddressed::{HostsDiffer, Malformed, NoHost, SeveralHosts};
    const TWO: Version = Version::HTTP_2;
    const ONE: Version = Version::HTTP_11;
    let bad_host = || Malformed("The Host header");
    #[rustfmt::skip]
    let cases: &[Case<'_>] = &[
        (ONE, "/v2/",                       &[("host", "a.example:5050")], Ok("a.example:5050"), "the header"),
        (ONE, "http://a.example:5050/v2/",  &[("host", "a.example:5050")], Ok("a.example:5050"), "a proxy's form, alike"),
        (ONE, "http://a.example/v2/",       &[("host", "A.example:80")],   Ok("a.example:80"),   "alike but for how it is spelled"),
        (TWO, "https://a.example/v2/",      &[],                           Ok("a.example"),      "HTTP/2"),
        (TWO, "https://a.example/v2/",      &[("host", "a.example:443")],  Ok("a.example:443"),  "HTTP/2 with both, alike"),
        (TWO, "/v2/",                       &[("host", "a.example")],      Ok("a.example"),      "HTTP/2 with the header alone"),
        (Version::HTTP_10, "/healthz",      &[],                           Ok("localhost:5050"), "HTTP/1.0 wants none"),
        (ONE, "/v2/",                       &[],                           Err(NoHost),          "none"),
        (ONE, "/v2/",                       &[("host", "")],               Err(NoHost),          "an empty one"),
        (TWO, "/v2/",                       &[],                           Err(NoHost),          "none in HTTP/2"),
        (ONE, "/v2/",                       &[("host", "a.example"), ("host", "a.example")], Err(SeveralHosts), "twice the same"),
        (ONE, "/v2/",                       &[("host", "a.example"), ("host", "b.example")], Err(SeveralHosts), "two"),
        (ONE, "/v2/",                       &[("host", "a.example, b.example")],             Err(bad_host()),   "two in one"),
        (ONE, "/v2/",                       &[("host", "u@a.example")],    Err(bad_host()),      "a user"),
        (ONE, "/v2/",                       &[("host", "a.example:port")], Err(bad_host()),      "no port"),
        (ONE, "http://a.example/v2/",       &[("host", "b.example")],      Err(HostsDiffer),     "two hosts"),
        (ONE, "http://a.example/v2/",       &[("host", "a.example:5050")], Err(HostsDiffer),     "two ports"),
        (TWO, "https://a.example/v2/",      &[("host", "b.example")],      Err(HostsDiffer),     "two hosts in HTTP/2"),
        (TWO, "https://u@a.example/v2/",    &[],                           Err(Malformed("The request's target")), "a user in HTTP/2"),
    ];
    for (version, target, headers, expected, because) in cases {
        let host = reach(STRANGER, *version, target, headers).map(|it| it.host.to_string());
        assert_eq!(host, expected.clone().map(str::to_owned), "{headers:?}: {because}");
    }
}

#[test]
fn a_registrys_name_means_that_registry_or_none() {
    let default = endpoints().default;
    #[rustfmt::skip]
    let cases = [
        ("111122223333.dkr.ecr.eu-west-1.example.com",       Some("111122223333"), "its own name"),
        ("111122223333.dkr.ecr.eu-west-1.example.com.",      Some("111122223333"), "with the root's dot"),
        ("111122223333.dkr.ecr.eu-west-1.example.com.:443",  Some("111122223333"), "and a port"),
        ("111122223333.DKR.ecr.EU-WEST-1.Example.com",       Some("111122223333"), "in capitals"),
        ("api.ecr.eu-west-1.example.com",                    Some("123456789012"), "the API's"),
        ("localhost:5050",                                   Some("123456789012"), "no registry's name"),
        ("11112222333.dkr.ecr.eu-west-1.example.com",        None,                 "an account that is none"),
        ("11112222333.dkr.ecr.eu-west-1.example.com.",       None,                 "the same with the root's dot"),
    ];
    for (host, account, because) in cases {
        // However the host comes.
        let target = format!("https://{host}/v2/");
        let ways = [
            reach(STRANGER, Version::HTTP_11, "/v2/", &[("host", host)]),
            reach(STRANGER, Version::HTTP_2, &target, &[]),
            reach(PROXY, Version::HTTP_11, "/v2/", &[("host", "node"), ("x-forwarded-host", host)]),
        ];
        for reached in ways {
            let found = reached.as_ref().map(|it| it.registry.account.as_str());
            match account {
                Some(account) => assert_eq!(found, Ok(account), "{host}: {because}"),
                None => assert!(
                    matches!(reached, Err(Misaddressed::NoSuchRegistry(_))),
                    "{host}: {because}: {found:?} is served, of {default:?}"
                ),
            }
        }
    }
}

#[test]
fn what_a_trusted_proxy_forwards_is_what_the_client_used() {
    type Case<'a> =
        (&'a str, &'a str, &'a [(&'static str, &'a str)], Result<(&'a str, bool), ()>, &'a str);
    let (host, proto) = ("x-forwarded-host", "x-forwarded-proto");
    let (port, fwd) = ("x-forwarded-port", "forwarded");
    #[rustfmt::skip]
    let cases: &[Case<'_>] = &[
        // (peer, Host, what is forwarded, host used and whether by TLS, because)
        (PROXY,    "a.example",       &[(proto, "https")],                                    Ok(("a.example", true)),     "TLS, and the host as it came"),
        (PROXY,    "a.example:8443",  &[(proto, "https")],                                    Ok(("a.example:8443", true)), "and the port as it came"),
        (PROXY,    "a.example",       &[(proto, "https"), (port, "443")],                     Ok(("a.example", true)),     "a port that goes without saying"),
        (PROXY,    "a.example",       &[(proto, "https"), (port, "8443")],                    Ok(("a.example:8443", true)), "a port that does not"),
        (PROXY,    "node:5050",       &[(proto, "https"), (host, "a.example")],               Ok(("a.example", true)),     "the proxy asked by another name"),
        (PROXY,    "node:5050",       &[(proto, "https"), (host, "a.example:8443"), (port, "443")], Ok(("a.example:8443", true)), "what the client wrote is stronger"),
        (PROXY,    "node:5050",       &[(fwd, "proto=https;host=a.example")],                 Ok(("a.example", true)),     "the standard's words"),
        (PROXY,    "a.example:5050",  &[],                                                    Ok(("a.example:5050", false)), "a proxy that says nothing"),
        (STRANGER, "a.example:5050",  &[(proto, "https"), (host, "b.example"), (port, "443")], Ok(("a.example:5050", false)), "a stranger is not believed"),
        (STRANGER, "a.example:5050",  &[(fwd, "proto=https;host=b.example")],                 Ok(("a.example:5050", false)), "in no words"),
        (PROXY,    "a.example",       &[(host, "u@b.example")],                               Err(()),                     "no host"),
        (PROXY,    "a.example",       &[(port, "https")],                                     Err(()),                     "no port"),
    ];
    for (peer, named, forwarded, expected, because) in cases {
        let headers = [&[("host", *named)], *forwarded].concat();
        let reached = reach(peer, Version::HTTP_11, "/v2/", &headers);
        let used = reached.map(|it| (it.host.to_string(), it.is_tls)).map_err(drop);
        let expected = expected.map(|(host, is_tls)| (host.to_owned(), is_tls));
        assert_eq!(used, expected, "{headers:?}: {because}");
    }
}
