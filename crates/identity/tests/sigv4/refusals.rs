use http::StatusCode;
use identity::sigv4::{
    Expected, PayloadHash, Protocol, SecretKey, ServedRegions, SignatureRefusal,
};
use names::{Region, Timestamp};

use super::sent::{ECR, NOW_SECONDS, Sent};

const DATE: &str = "20150830T123600Z";
const CREDENTIAL: &str = "AKIDEXAMPLE/20150830/us-east-1/ecr/aws4_request";
const SIGNATURE: &str = "00000000000000000000000000000000000000000000000000000000000000f0";

/// A complete header, whose signature is wrong.
fn header() -> String {
    format!(
        "AWS4-HMAC-SHA256 Credential={CREDENTIAL}, SignedHeaders=host;x-amz-date, Signature={SIGNATURE}"
    )
}

/// A complete query, whose signature is wrong.
fn query() -> String {
    format!(
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={}&X-Amz-Date={DATE}&X-Amz-SignedHeaders=host&X-Amz-Signature={SIGNATURE}",
        CREDENTIAL.replace('/', "%2F")
    )
}

fn signed(authorization: &str) -> Sent {
    Sent::get("/").with("x-amz-date", DATE).with("authorization", authorization)
}

fn at(date: &str) -> Sent {
    let day = &date.get(..8).unwrap_or("20150830");
    signed(&header().replace("20150830", day)).with("x-amz-date", date)
}

fn presigned(query: &str) -> Sent {
    Sent::get(&format!("/?{query}"))
}

fn refusal(sent: &Sent) -> SignatureRefusal {
    sent.verify(&ECR, "secret").expect_err("it must be refused")
}

/// One row of the catalogue: what is sent, and what is answered.
struct Row {
    sent: Sent,
    json: (u16, &'static str),
    query: (u16, &'static str),
    message: String,
}

fn check(rows: Vec<Row>) {
    for Row { sent, json, query, message } in rows {
        let refusal = refusal(&sent);
        let seen = (refusal.status_json().as_u16(), refusal.code_json());
        assert_eq!(seen, json, "{sent:?}");
        let seen = (refusal.status_query().as_u16(), refusal.code_query());
        assert_eq!(seen, query, "{sent:?}");
        assert_eq!(refusal.message(), message, "{sent:?}");
    }
}

fn incomplete(sent: Sent, message: &str) -> Row {
    Row {
        sent,
        json: (400, "IncompleteSignatureException"),
        query: (400, "IncompleteSignature"),
        message: message.to_owned(),
    }
}

fn invalid(sent: Sent, message: &str) -> Row {
    Row {
        sent,
        json: (400, "InvalidSignatureException"),
        query: (403, "SignatureDoesNotMatch"),
        message: message.to_owned(),
    }
}

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
fn nobody_has_signed() {
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
fn dates_that_are_no_dates() {
    let text = |got: &str| {
        format!(
            "Date must be in ISO-8601 'basic format'. Got '{got}'. See http://en.wikipedia.org/wiki/ISO_8601"
        )
    };
    let query = query().replace(DATE, "now%00");
    check(vec![
        incomplete(at("yesterday"), &text("yesterday")),
        incomplete(at("20150830T12:36:00Z"), &text("20150830T12:36:00Z")),
        incomplete(presigned(&query), &text("now\u{fffd}")),
    ]);
}

#[test]
fn signatures_out_of_time() {
    let short = format!("{}&X-Amz-Expires=60", query());
    let odd = format!("{}&X-Amz-Expires=90", query());
    let later = |query: &str, seconds| Sent {
        now: Timestamp::from_seconds(NOW_SECONDS + seconds),
        ..presigned(query)
    };
    check(vec![
        invalid(
            at("20150830T122059Z"),
            "Signature expired: 20150830T122059Z is now earlier than 20150830T122100Z (20150830T123600Z - 15 min.)",
        ),
        invalid(
            at("20150830T125101Z"),
            "Signature not yet current: 20150830T125101Z is still later than 20150830T125100Z (20150830T123600Z + 15 min.)",
        ),
        invalid(
            later(&short, 61),
            "Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z (20150830T123701Z - 1 min.)",
        ),
        invalid(
            later(&odd, 91),
            "Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z (20150830T123731Z - 90 sec.)",
        ),
        invalid(
            later(&query(), 901),
            "Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z (20150830T125101Z - 15 min.)",
        ),
    ]);
}

#[test]
fn the_edges_of_the_window_are_inside() {
    let week = format!("{}&X-Amz-Expires=604800", query());
    let late = Sent { now: Timestamp::from_seconds(NOW_SECONDS + 604_800), ..presigned(&week) };
    for sent in [at("20150830T122100Z"), at("20150830T125100Z"), late] {
        assert!(sent.present(&ECR).is_ok(), "{sent:?}");
    }
}

#[test]
fn lives_that_nobody_may_ask_for() {
    let text = "X-Amz-Expires must be a number of seconds between 1 and 604800.";
    for expires in ["0", "604801", "-1", "%2B5", "1e3", "", "soon", "99999999999999999999"] {
        let sent = presigned(&format!("{}&X-Amz-Expires={expires}", query()));
        check(vec![incomplete(sent, text)]);
    }
}

#[test]
fn credentials_of_another_shape() {
    let text = |got: &str| {
        format!(
            "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '{got}'"
        )
    };
    let with = |credential: &str| signed(&header().replace(CREDENTIAL, credential));
    for credential in ["", "AKIDEXAMPLE", "a/b/c/d", "a/b/c/d/e/f", "a b"] {
        check(vec![incomplete(with(credential), &text(credential))]);
    }
}

#[test]
fn signatures_for_something_else() {
    let with = |from: &str, to: &str| {
        let credential = CREDENTIAL.replace(from, to);
        signed(&header().replace(CREDENTIAL, &credential))
    };
    let region = "Credential should be scoped to a valid region, not 'Nowhere'.";
    let service = "Credential should be scoped to correct service: 'ecr'.";
    let terminator =
        "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'.";
    let date = "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20150829' != '20150830', from '20150830T123600Z'.";
    check(vec![
        invalid(with("us-east-1", "Nowhere"), region),
        invalid(with("/ecr/", "/sts/"), service),
        invalid(with("/ecr/", "/ECR/"), service),
        invalid(with("aws4_request", "aws5_request"), terminator),
        invalid(with("20150830", "20150829"), date),
        invalid(
            with("20150830/us-east-1/ecr/aws4_request", "20150829/Nowhere/sts/aws5_request"),
            &format!("{region} {service} {terminator} {date}"),
        ),
    ]);
}

#[test]
fn a_region_that_is_not_served_is_refused() {
    let served = [Region::parse("eu-central-1").unwrap()];
    let expected = Expected { regions: ServedRegions::Only(&served), ..ECR };
    let refusal = signed(&header()).present(&expected).unwrap_err();
    assert_eq!(
        refusal.message(),
        "Credential should be scoped to a valid region, not 'us-east-1'."
    );
    let there = signed(&header().replace("us-east-1", "eu-central-1"));
    assert_eq!(there.present(&expected).unwrap().scope().region, served[0]);
}

#[test]
fn access_keys_that_nobody_knows() {
    let text = "The security token included in the request is invalid.";
    let unknown = |sent| Row {
        sent,
        json: (400, "UnrecognizedClientException"),
        query: (403, "InvalidClientTokenId"),
        message: text.to_owned(),
    };
    let query = format!("{}&X-Amz-Security-Token={}", query(), "x".repeat(5_000));
    check(vec![
        unknown(signed(&header().replace("AKIDEXAMPLE", "AKID.EXAMPLE"))),
        unknown(presigned(&query)),
    ]);
    let presented = signed(&header()).present(&ECR).unwrap();
    let refusal = presented.verify(None, &PayloadHash::of(b"")).unwrap_err();
    assert_eq!(refusal, SignatureRefusal::UnknownAccessKey);
    assert_eq!(refusal.message(), text);
}

#[test]
fn a_session_that_is_over() {
    let refusal = SignatureRefusal::SessionExpired;
    assert_eq!(refusal.message(), "The security token included in the request is expired");
    assert_eq!(
        (refusal.code_json(), refusal.status_json().as_u16()),
        ("ExpiredTokenException", 400)
    );
    assert_eq!((refusal.code_query(), refusal.status_query().as_u16()), ("ExpiredToken", 403));
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
