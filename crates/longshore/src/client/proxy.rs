use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::{ClientFailure, Endpoint, Environment};

/// A proxy's answer to `CONNECT` is a line and a few headers.
const ANSWER_BYTES_MAX: usize = 8 << 10;

/// The proxy for connections with TLS, and the servers that it is not used for. Connections without
/// TLS never use a proxy.
#[derive(Debug, Default)]
pub(super) struct Proxy {
    endpoint: Option<Endpoint>,
    not_for: Vec<String>,
}

impl Proxy {
    /// `HTTPS_PROXY` and `NO_PROXY`, in capitals or not.
    pub(super) fn of(environment: &Environment) -> Result<Self, ClientFailure> {
        let find = |names: [&str; 2]| names.iter().find_map(|name| environment.find(name));
        let endpoint = find(["HTTPS_PROXY", "https_proxy"]).map(Endpoint::parse).transpose()?;
        if endpoint.as_ref().is_some_and(|endpoint| endpoint.is_tls) {
            return Err(ClientFailure::Settings(
                "HTTPS_PROXY is an https:// URL; TLS to the proxy itself is not supported: use an \
                 http:// URL"
                    .to_owned(),
            ));
        }
        let not_for = find(["NO_PROXY", "no_proxy"]).unwrap_or_default().split(',');
        let not_for = not_for.map(|name| name.trim().trim_start_matches('.').to_ascii_lowercase());
        Ok(Self { endpoint, not_for: not_for.filter(|name| !name.is_empty()).collect() })
    }

    /// The proxy to use for a server, if any.
    pub(super) fn find(&self, server: &Endpoint) -> Option<&Endpoint> {
        let below = |name: &String| {
            let rest = server.host.strip_suffix(name.as_str());
            name == "*" || rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        };
        let direct = !server.is_tls || server.is_loopback() || self.not_for.iter().any(below);
        self.endpoint.as_ref().filter(|_| !direct)
    }
}

/// Asks the proxy at the other end of `stream` to connect to a server.
pub(super) async fn connect_through(
    stream: &mut TcpStream,
    server: &Endpoint,
) -> std::io::Result<()> {
    let host =
        if server.host.contains(':') { format!("[{}]", server.host) } else { server.host.clone() };
    let target = format!("{host}:{}", server.port);
    let request = format!("CONNECT {target} HTTP/1.1\r\nhost: {target}\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    // Byte by byte, because the bytes after the head come from the server.
    while !answer.ends_with(b"\r\n\r\n") {
        if answer.len() == ANSWER_BYTES_MAX {
            return Err(std::io::Error::other("the proxy's answer is too long"));
        }
        answer.push(stream.read_u8().await?);
    }
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let line = answer.lines().next().unwrap_or_default();
    match line.split(' ').nth(1) {
        Some("200") => Ok(()),
        _ => Err(std::io::Error::other(format!("the proxy refused the connection: {line}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_servers_are_behind_the_proxy() {
        let environment = Environment::from([
            ("HTTPS_PROXY", "http://proxy.example:3128"),
            ("no_proxy", "internal.example, .corp.example,10.0.0.1"),
        ]);
        let proxy = Proxy::of(&environment).unwrap();
        #[rustfmt::skip]
        let cases = [
            // server                           proxied  because
            ("https://registry.example.com",    true,    "any other"),
            ("http://registry.example.com",     false,   "no TLS"),
            ("https://localhost:5050",          false,   "this machine"),
            ("https://internal.example",        false,   "named"),
            ("https://a.internal.example:8443", false,   "below a name"),
            ("https://notinternal.example",     true,    "another name that ends alike"),
            ("https://a.b.corp.example",        false,   "below a name with a dot"),
            ("https://10.0.0.1",                false,   "an address"),
        ];
        for (server, expected, because) in cases {
            let server = Endpoint::parse(server).unwrap();
            assert_eq!(proxy.find(&server).is_some(), expected, "{server}: {because}");
        }
    }

    #[test]
    fn no_proxy_for_any_host_means_no_proxy() {
        let environment =
            Environment::from([("https_proxy", "http://proxy.example"), ("NO_PROXY", "*")]);
        let server = Endpoint::parse("https://registry.example.com").unwrap();
        assert!(Proxy::of(&environment).unwrap().find(&server).is_none());
        let tls = Environment::from([("https_proxy", "https://proxy.example")]);
        assert!(Proxy::of(&tls).is_err());
    }
}
