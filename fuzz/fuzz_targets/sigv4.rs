//! A request in the shape of HTTP/1.1: no input is authenticated without the secret.

#![no_main]

use http::{HeaderMap, HeaderName, HeaderValue, Method, Uri};
use identity::sigv4::{Expected, PayloadHash, Protocol, SecretKey, ServedRegions, present};
use libfuzzer_sys::fuzz_target;
use names::Timestamp;

fuzz_target!(|request: &[u8]| {
    let _ = attempt(request);
});

fn attempt(request: &[u8]) -> Option<()> {
    let mut lines = request.split(|byte| *byte == b'\n');
    let first = str::from_utf8(lines.next()?).ok()?;
    let (method, target) = first.split_once(' ')?;
    let (method, uri): (Method, Uri) = (method.parse().ok()?, target.parse().ok()?);
    let mut headers = HeaderMap::new();
    for line in lines.by_ref().take_while(|line| !line.is_empty()) {
        let colon = line.iter().position(|byte| *byte == b':')?;
        let name = HeaderName::from_bytes(&line[..colon]).ok()?;
        headers.append(name, HeaderValue::from_bytes(line[colon + 1..].trim_ascii()).ok()?);
    }
    let body = lines.next().unwrap_or_default();

    // The moment of the seeds: 2023-11-14T22:13:20Z.
    let now = Timestamp::from_seconds(1_700_000_000);
    let expected =
        Expected { service: "ecr", protocol: Protocol::Json, regions: ServedRegions::Any };
    match present(&method, &uri, &headers, now, &expected) {
        Ok(presented) => {
            let payload = PayloadHash::of(body);
            let secret = SecretKey::new("the fuzzer does not know this secret");
            assert!(presented.verify(Some(&secret), &payload).is_err());
            assert!(presented.verify(None, &payload).is_err());
        }
        Err(refusal) => {
            assert!(refusal.message().len() < 16_384, "a message is bounded");
            assert!(!refusal.message().contains(char::is_control), "and safe to write down");
        }
    }
    Some(())
}
