//! Requests whose signature is missing, incomplete or wrong.

use http::StatusCode;
use identity::sigv4::{Expected, Protocol, SecretKey, SignatureRefusal};

use super::rows::{
    Row, SIGNATURE, at, check, header, incomplete, invalid, presigned, query, refusal, signed,
};
use super::sent::{ECR, Sent};

#[test]
fn requests_that_are_no_requests() {
    let malformed = |target: &str, message: &str| Row {
        sent: Sent::get(target),
        json: (400, "MalformedHttpRequestException"),
        query: (400, "MalformedHttpRequestException"),
        message: message.to_owned(),
    };
    check(vec![
        malformed("/%zz", "The path of the request is malformed."),
        malformed("/../a", "The path of the request is malformed."),
        malformed("/?a=%z", "The query string contains a syntax error."),
    ]);
}

#[test]
fn requests_without_a_signature_are_refused() {
    for sent in [Sent::get("/"), signed("Basic QVdTOnNlY3JldA=="), signed("Bearer x"), signed("")] {
        for (protocol, message) in [
            (Protocol::Json, "Missing Authentication Token"),
            (Protocol::Query, "Request is missing Authentication Token"),
        ] {
            let refusal = sent.present(&Expected { protocol, ..ECR }).unwrap_err();
            assert_eq!(refusal.message(), message);
            assert_eq!(refusal.code_json(), "MissingAuthenticationTokenException");
            assert_eq!(refusal.status_json(), StatusCode::BAD_REQUEST);
            assert_eq!(refusal.code_query(), "MissingAuthenticationToken");
            assert_eq!(refusal.status_query(), StatusCode::FORBIDDEN);
        }
    }
}

#[test]
fn credentials_in_several_places() {
    let mut twice = signed(&header());
    twice.headers.append("authorization", header().parse().unwrap());
    check(vec![
        invalid(presigned(&query()).with("authorization", &header()), ""),
        invalid(presigned(&query()).with("authorization", "Basic QVdTOnNlY3JldA=="), ""),
        invalid(twice, ""),
    ]);
}

#[test]
fn algorithms_that_are_not_done_here() {
    let sigv4a = "Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256'.";
    check(vec![
        incomplete(signed(&header().replace("HMAC", "ECDSA-P256")), sigv4a),
        incomplete(presigned(&query().replace("HMAC", "ECDSA-P256")), sigv4a),
        incomplete(signed("AWS AKIDEXAMPLE:abc"), "Unsupported AWS 'algorithm': 'AWS'."),
    ]);
}

#[test]
fn headers_that_lack_parts() {
    let credential = "Authorization header requires 'Credential' parameter. ";
    let signature = "Authorization header requires 'Signature' parameter. ";
    let signed_headers = "Authorization header requires 'SignedHeaders' parameter. ";
    let date =
        "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ";
    let nothing = "AWS4-HMAC-SHA256";
    let only = |part: &str| format!("{nothing} {part}");
    let row = |header: &str, missing: &str| {
        incomplete(signed(header), &format!("{missing}Authorization={header}"))
    };
    let undated = Sent::get("/").with("authorization", nothing);
    check(vec![
        row(nothing, &format!("{credential}{signature}{signed_headers}")),
        row(&only("Credential=a"), &format!("{signature}{signed_headers}")),
        row(&only("Signature=a"), &format!("{credential}{signed_headers}")),
        row(&only("SignedHeaders=a"), &format!("{credential}{signature}")),
        row(&only("credential=a, Signature=b, SignedHeaders=c"), credential),
        incomplete(
            undated,
            &format!("{credential}{signature}{signed_headers}{date}Authorization={nothing}"),
        ),
    ]);
}

#[test]
fn queries_that_lack_parts() {
    let text = |names: &[&str]| {
        let says = |name| format!("AWS query-string parameters must include '{name}'. ");
        let all: String = names.iter().map(says).collect();
        format!("{all}Re-examine the query-string parameters.")
    };
    let without = |name: &str| {
        let kept: Vec<_> =
            query().split('&').filter(|pair| !pair.starts_with(name)).map(str::to_owned).collect();
        presigned(&kept.join("&"))
    };
    let names = ["X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-SignedHeaders", "X-Amz-Date"];
    let mut rows: Vec<_> =
        names.iter().map(|name| incomplete(without(name), &text(&[name]))).collect();
    rows.push(incomplete(without("X-Amz-Signature="), &text(&["X-Amz-Signature"])));
    rows.push(incomplete(
        presigned("X-Amz-Signature=0"),
        &text(&["X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-SignedHeaders", "X-Amz-Date"]),
    ));
    check(rows);
}

#[test]
fn pairs_without_an_equal_sign() {
    let header = "AWS4-HMAC-SHA256 Credential";
    check(vec![incomplete(
        signed(header),
        "'Credential' not a valid key=value pair (missing equal-sign) in Authorization header: 'AWS4-HMAC-SHA256 Credential'.",
    )]);
}

#[test]
fn headers_that_must_be_signed() {
    let token = signed(&header()).with("x-amz-security-token", "token");
    let target = signed(&header()).with("x-amz-target", "Service.Operation");
    let retargeted = presigned(&query()).with("x-amz-target", "Service.Operation");
    let of = |name: &str| format!("'{name}' must be a 'SignedHeader' in the AWS Authorization.");
    check(vec![
        invalid(
            signed(&header().replace("host;", "")),
            "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
        ),
        invalid(signed(&header().replace(";x-amz-date", "")), &of("x-amz-date")),
        invalid(token, &of("x-amz-security-token")),
        invalid(target, &of("x-amz-target")),
        invalid(retargeted, &of("x-amz-target")),
    ]);
}

#[test]
fn signatures_that_do_not_match() {
    let text = "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";
    let with = |signature: &str| signed(&header().replace(SIGNATURE, signature));
    check(vec![
        invalid(signed(&header()), text),
        invalid(presigned(&query()), text),
        invalid(with(""), text),
        invalid(with("00"), text),
        invalid(with(&"g".repeat(64)), text),
        invalid(with(&"0".repeat(4_000)), text),
    ]);
}

#[test]
fn bodies_other_than_announced() {
    let text = "The provided 'x-amz-content-sha256' header does not match what was computed.";
    let other = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b856";
    for announced in [other, "UNSIGNED-PAYLOAD", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD", ""] {
        check(vec![invalid(signed(&header()).with("x-amz-content-sha256", announced), text)]);
    }
}

#[test]
fn a_head_that_announces_what_no_body_hashes_to() {
    let secret = SecretKey::new("secret");
    for announced in ["UNSIGNED-PAYLOAD", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "", &"E".repeat(64)]
    {
        let sent = signed(&header()).with("x-amz-content-sha256", announced);
        let judged = sent.present(&ECR).unwrap().verify_announced(Some(&secret));
        assert_eq!(judged, Some(Err(SignatureRefusal::PayloadHashDiffers)), "{announced}");
    }
}

#[test]
fn the_first_fault_is_answered() {
    let expired_and_elsewhere = at("20150829T000000Z");
    let refusal = refusal(&expired_and_elsewhere);
    assert!(matches!(refusal, SignatureRefusal::Expired { .. }), "time before scope: {refusal:?}");
    let unsigned = signed(&header().replace("host;", "").replace("us-east-1", "Nowhere"));
    assert!(matches!(self::refusal(&unsigned), SignatureRefusal::UnsignedHeader { .. }));
}

#[test]
fn duplicates_count_as_they_do_at_aws() {
    let last = header().replace("Credential=", "Credential=a/b, Credential=");
    assert!(signed(&last).present(&ECR).is_ok(), "the header's last");
    let first = format!("{}&X-Amz-Credential=a%2Fb", query());
    assert!(presigned(&first).present(&ECR).is_ok(), "the query's first");
}

#[test]
fn what_is_secret_does_not_show_in_debug() {
    let presented = signed(&header()).with("x-amz-content-sha256", "").present(&ECR).unwrap();
    assert!(!format!("{presented:?}").contains("f0"), "{presented:?}");
    assert_eq!(format!("{:?}", SecretKey::new("secret")), "SecretKey(…)");
    let refusal = refusal(&signed(&header().replace("SignedHeaders=", "S=")));
    assert!(refusal.message().contains(SIGNATURE), "the client gets its own header back");
    assert!(!format!("{refusal:?}").contains("f0"), "the log does not: {refusal:?}");
}

#[test]
fn what_is_echoed_is_bounded() {
    let refusal = refusal(&signed(&format!("AWS4-HMAC-SHA256 {}", "x".repeat(100_000))));
    assert!(refusal.message().len() < 3_000, "{}", refusal.message().len());
}
