//! Classifies a request and its sender for the balancer: whether the node that takes it learns
//! something that the other nodes have not been told.

use std::time::Duration;

use tokio::io::AsyncReadExt;
use tokio::time::timeout;

use crate::cluster::framing::Message;
use crate::cluster::relay::Client;

/// After this time an incomplete head, or a form without its operation, is not waited for any
/// longer.
const PATIENCE: Duration = Duration::from_millis(300);

/// A form names its operation within this many bytes.
const FORM_BYTES_MAX: usize = 64 << 10;

/// The effect of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    /// It changes nothing that is kept.
    Read,
    /// It may change something, or the effect is unknown.
    Change,
    /// It may change rights.
    ChangeOfRights,
}

/// A request, before it is forwarded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) act: Act,
    /// The operation, or the first line.
    pub(crate) what: String,
    /// The access key, or the password, that it carries.
    pub(crate) caller: Option<String>,
}

/// The prefixes of operations that change nothing. `ExplainDecision` is not among them: it asks for
/// a node's note of a request that it refused, so it is sent where changes are.
const READS: [&str; 8] =
    ["Assume", "BatchCheck", "BatchGet", "Decode", "Describe", "Get", "List", "Simulate"];

/// Operations that change rights, besides IAM's; policies may use a repository's tags. New IAM
/// entities have no rights yet, and no node has been asked about them.
const RIGHTS: [&str; 8] = [
    "CloseAccount",
    "CreatePolicyVersion",
    "DeleteRegistryPolicy",
    "DeleteRepositoryPolicy",
    "PutRegistryPolicy",
    "SetRepositoryPolicy",
    "TagResource",
    "UntagResource",
];

impl Asked {
    /// Reads until the effect of this client's request is clear.
    pub(crate) async fn by(client: &mut Client) -> Self {
        let reads = async {
            loop {
                if let Some(asked) = Self::told_by(&client.pending) {
                    return asked;
                }
                let read = client.stream.read_buf(&mut client.pending).await;
                if !matches!(read, Ok(1..)) {
                    return Self::outcome_unknown();
                }
            }
        };
        timeout(PATIENCE, reads).await.unwrap_or_else(|_| Self::outcome_unknown())
    }

    fn outcome_unknown() -> Self {
        Self { act: Act::Change, what: String::new(), caller: None }
    }

    /// The classification from the first bytes of a request; `None` if more are needed.
    fn told_by(bytes: &[u8]) -> Option<Self> {
        let mut message = Message::request();
        let taken = message.take(bytes);
        if !message.head_is_over() {
            return None;
        }
        let line = message.line();
        let caller = message.header("authorization").and_then(|words| caller(&words));
        let by_method = |act| Self { act, what: line.clone(), caller: caller.clone() };
        let by_operation = |name: &str, is_query| {
            let act = Act::of_operation(name, is_query);
            Self { act, what: name.to_owned(), caller: caller.clone() }
        };
        let mut words = line.split(' ');
        let (method, target) = (words.next()?, words.next().unwrap_or_default());
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        if let Some(name) = action(query.as_bytes()) {
            return Some(by_operation(&name, true));
        }
        match (method, path) {
            ("GET" | "HEAD", _) => Some(by_method(Act::Read)),
            ("POST", "/") => {
                if let Some(target) = message.header("x-amz-target") {
                    return Some(by_operation(target.rsplit('.').next()?, false));
                }
                let form = &bytes[message.head_length()..taken];
                let is_whole = message.is_over() || form.len() > FORM_BYTES_MAX;
                match action(form) {
                    Some(name) => Some(by_operation(&name, true)),
                    None => is_whole.then(|| by_method(Act::Change)),
                }
            }
            _ => Some(by_method(Act::Change)),
        }
    }
}

impl Act {
    /// IAM and STS are called with a form or a query, and STS changes nothing.
    fn of_operation(name: &str, is_query: bool) -> Self {
        if READS.iter().any(|read| name.starts_with(read)) {
            Self::Read
        } else if RIGHTS.contains(&name) || is_query && !name.starts_with("Create") {
            Self::ChangeOfRights
        } else {
            Self::Change
        }
    }
}

/// The access key or login of the request.
fn caller(authorization: &str) -> Option<String> {
    let named = match authorization.split_once("Credential=") {
        Some((_, credential)) => credential.split('/').next()?,
        None => authorization.strip_prefix("Basic ")?,
    };
    Some(named.to_owned())
}

/// The operation in a form or a query, if its name has ended there.
fn action(pairs: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(pairs);
    let mut pairs = text.split('&').peekable();
    while let Some(pair) = pairs.next() {
        if let Some(name) = pair.strip_prefix("Action=") {
            // A cut value is whole a moment later: every form also has a version, before or after
            // it.
            return (pairs.peek().is_some() || text.contains("Version=")).then(|| name.to_owned());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Act, Asked};

    #[test]
    fn reads_are_told_from_changes_at_both_doors() {
        use Act::{Change, ChangeOfRights, Read};
        let head = "host: x\r\ncontent-length: 0\r\n\r\n";
        let ecr = |operation: &str| {
            format!(
                "POST / HTTP/1.1\r\nX-Amz-Target: AmazonEC2ContainerRegistry_V20150921.{operation}\r\n{head}"
            )
        };
        let form =
            |form: &str| format!("POST / HTTP/1.1\r\ncontent-length: {}\r\n\r\n{form}", form.len());
        let oci = |line: &str| format!("{line} HTTP/1.1\r\n{head}");
        #[rustfmt::skip]
        let cases = [
            (ecr("DescribeImages"),                          Read,           "a read"),
            (ecr("BatchGetImage"),                           Read,           "many reads"),
            (ecr("BatchDeleteImage"),                        Change,         "many changes"),
            (ecr("UploadLayerPart"),                         Change,         "an upload goes on"),
            (ecr("SetRepositoryPolicy"),                     ChangeOfRights, "a policy"),
            (ecr("ExplainDecision"),                         Change,         "not where it was denied"),
            (form("Action=ListUsers&Version=1"),             Read,           "a form"),
            (form("Version=1&Action=DeleteRole&RoleName=a"), ChangeOfRights, "in any order"),
            (form("Action=CreateUser&Version=1"),            Change,         "a new user has no rights yet"),
            (form("Action=CreatePolicyVersion&Version=1"),   ChangeOfRights, "a policy that is attached"),
            (form("Action=AssumeRole&Version=1"),            Read,           "rights are read"),
            (form("Version=1"),                              Change,         "no operation"),
            (oci("GET /v2/web/manifests/v1"),                Read,           "a pull"),
            (oci("HEAD /v2/web/blobs/sha256:0"),             Read,           "a look"),
            (oci("POST /v2/web/blobs/uploads/"),             Change,         "an upload"),
            (oci("PATCH /v2/web/blobs/uploads/1"),           Change,         "its bytes"),
            (oci("DELETE /v2/web/manifests/v1"),             Change,         "a delete"),
            (oci("GET /?Action=GetCallerIdentity&Version=1"), Read,          "a call in a query"),
            (oci("GET /?Action=DeleteUser&Version=1"),       ChangeOfRights, "a change in a query"),
            ("\u{16}\u{3}\u{1}".to_owned(),                  Change,         "TLS"),
            ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned(),  Change,         "HTTP/2"),
        ];
        for (bytes, expected, because) in cases {
            let told = Asked::told_by(bytes.as_bytes()).map(|asked| asked.act);
            assert_eq!(told, Some(expected), "{because}: {bytes}");
            let is_text = bytes.starts_with(|letter: char| letter.is_ascii_alphabetic());
            assert!(
                !is_text || Asked::told_by(&bytes.as_bytes()[..12]).is_none(),
                "{because}: cut"
            );
        }
        for cut in ["Action=De", "Version=1&Acti"] {
            let cut = format!("POST / HTTP/1.1\r\ncontent-length: 90\r\n\r\n{cut}");
            assert_eq!(Asked::told_by(cut.as_bytes()), None, "{cut}: the operation is coming");
        }
    }

    #[test]
    fn callers_are_told_apart_by_what_they_come_with() {
        #[rustfmt::skip]
        let cases = [
            ("AWS4-HMAC-SHA256 Credential=AKIAX/20260101/us-east-1/ecr/aws4_request, SignedHeaders=host", Some("AKIAX"), "a key"),
            ("Basic QVdTOng=",                                                       Some("QVdTOng="),  "a password"),
            ("Bearer x",                                                             None,              "neither"),
        ];
        for (words, expected, because) in cases {
            let request = format!("GET /v2/ HTTP/1.1\r\nAuthorization: {words}\r\n\r\n");
            let caller = Asked::told_by(request.as_bytes()).unwrap().caller;
            assert_eq!(caller.as_deref(), expected, "{because}");
        }
    }
}
