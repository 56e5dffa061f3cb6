//! Requests that are almost right, and the catalogue of what they are answered.

use identity::sigv4::SignatureRefusal;

use super::sent::{ECR, Sent};

pub(crate) const DATE: &str = "20150830T123600Z";
pub(crate) const CREDENTIAL: &str = "AKIDEXAMPLE/20150830/us-east-1/ecr/aws4_request";
pub(crate) const SIGNATURE: &str =
    "00000000000000000000000000000000000000000000000000000000000000f0";

/// A complete header, whose signature is wrong.
pub(crate) fn header() -> String {
    format!(
        "AWS4-HMAC-SHA256 Credential={CREDENTIAL}, SignedHeaders=host;x-amz-date, Signature={SIGNATURE}"
    )
}

/// A complete query, whose signature is wrong.
pub(crate) fn query() -> String {
    format!(
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={}&X-Amz-Date={DATE}&X-Amz-SignedHeaders=host&X-Amz-Signature={SIGNATURE}",
        CREDENTIAL.replace('/', "%2F")
    )
}

pub(crate) fn signed(authorization: &str) -> Sent {
    Sent::get("/").with("x-amz-date", DATE).with("authorization", authorization)
}

pub(crate) fn at(date: &str) -> Sent {
    let day = &date.get(..8).unwrap_or("20150830");
    signed(&header().replace("20150830", day)).with("x-amz-date", date)
}

pub(crate) fn presigned(query: &str) -> Sent {
    Sent::get(&format!("/?{query}"))
}

pub(crate) fn refusal(sent: &Sent) -> SignatureRefusal {
    sent.verify(&ECR, "secret").expect_err("it must be refused")
}

/// One row of the catalogue: what is sent, and what is answered.
pub(crate) struct Row {
    pub(crate) sent: Sent,
    pub(crate) json: (u16, &'static str),
    pub(crate) query: (u16, &'static str),
    pub(crate) message: String,
}

pub(crate) fn check(rows: Vec<Row>) {
    for Row { sent, json, query, message } in rows {
        let refusal = refusal(&sent);
        let seen = (refusal.status_json().as_u16(), refusal.code_json());
        assert_eq!(seen, json, "{sent:?}");
        let seen = (refusal.status_query().as_u16(), refusal.code_query());
        assert_eq!(seen, query, "{sent:?}");
        assert_eq!(refusal.message(), message, "{sent:?}");
    }
}

pub(crate) fn incomplete(sent: Sent, message: &str) -> Row {
    Row {
        sent,
        json: (400, "IncompleteSignatureException"),
        query: (400, "IncompleteSignature"),
        message: message.to_owned(),
    }
}

pub(crate) fn invalid(sent: Sent, message: &str) -> Row {
    Row {
        sent,
        json: (400, "InvalidSignatureException"),
        query: (403, "SignatureDoesNotMatch"),
        message: message.to_owned(),
    }
}
