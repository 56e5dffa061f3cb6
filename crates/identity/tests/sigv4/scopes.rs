//! Credentials that are malformed, unknown or over, or for something else.

use identity::sigv4::{Expected, PayloadHash, ServedRegions, SignatureRefusal};
use names::Region;

use super::rows::{CREDENTIAL, Row, check, header, incomplete, invalid, presigned, query, signed};
use super::sent::ECR;

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
fn unknown_access_keys_are_refused() {
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
