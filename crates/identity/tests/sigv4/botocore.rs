use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, HeaderName, HeaderValue};
use identity::sigv4::{Expected, Protocol, ServedRegions};
use names::Timestamp;
use serde_json::Value;

use super::sent::Sent;

const SEED: &str = "1";
const COUNT: &str = "800";

/// Needs a Python with botocore, and says so if there is none.
#[test]
fn what_botocore_signs_is_accepted() {
    let Some(python) = python_with_botocore() else {
        // Not `println!`, which the test harness keeps to itself when a test passes.
        let says = b"SKIPPED: what_botocore_signs_is_accepted: there is no Python with botocore\n";
        std::io::stderr().write_all(says).unwrap();
        return;
    };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sigv4/botocore_sign.py");
    let output = Command::new(python).arg(script).args([SEED, COUNT]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).unwrap();
    let mut presigned = 0;
    for (at, line) in lines.lines().enumerate() {
        let signed: Value = serde_json::from_str(line).unwrap();
        let sent = read(&signed);
        presigned += usize::from(!sent.headers.contains_key("authorization"));
        check(&sent, &signed, at);
    }
    assert!(presigned > 300, "{presigned} of them are presigned");
}

fn check(sent: &Sent, signed: &Value, at: usize) {
    let expected = Expected {
        service: text(&signed["service"]),
        protocol: Protocol::Query,
        regions: ServedRegions::Any,
    };
    let presented = sent.present(&expected).unwrap_or_else(|e| panic!("{at}: {e} {signed}"));
    assert_eq!(presented.session_token(), signed["token"].as_str(), "{at}: {signed}");
    let verified = sent.verify(&expected, text(&signed["secret"]));
    let verified = verified.unwrap_or_else(|e| panic!("{at}: {e} {signed}"));
    assert_eq!(verified.region.as_str(), text(&signed["region"]), "{at}");
    let mut other = sent.clone();
    other.body.push(0);
    assert!(other.verify(&expected, text(&signed["secret"])).is_err(), "{at}: another body");
}

fn read(signed: &Value) -> Sent {
    let mut headers = HeaderMap::new();
    for header in signed["headers"].as_array().expect("headers") {
        let name: HeaderName = text(&header[0]).parse().expect("a name");
        // A server's parser takes the space at both ends off.
        let value = HeaderValue::from_bytes(text(&header[1]).trim().as_bytes());
        headers.append(name, value.expect("a value"));
    }
    Sent {
        method: text(&signed["method"]).parse().expect("a method"),
        uri: text(&signed["target"]).parse().expect("a target"),
        headers,
        body: STANDARD.decode(text(&signed["body"])).expect("base64"),
        now: Timestamp::from_seconds(signed["seconds"].as_i64().expect("seconds")),
    }
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

/// The project's own environment if it is there, else whatever the machine has.
fn python_with_botocore() -> Option<std::path::PathBuf> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.tools/venv/bin/python");
    [own, "python3".into()].into_iter().find(|python| {
        let probe = Command::new(python).args(["-c", "import botocore"]).output();
        probe.is_ok_and(|output| output.status.success())
    })
}
