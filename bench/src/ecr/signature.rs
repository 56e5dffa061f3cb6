//! Signature version 4, for `POST /` with three headers or four and nothing else.

use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

/// The signer.
#[derive(Clone)]
pub(crate) struct AccessKey {
    pub(crate) id: String,
    pub(crate) secret: String,
}

/// The signed request.
pub(super) struct Signed<'a> {
    pub(super) host: &'a str,
    pub(super) service: &'a str,
    pub(super) content_type: &'a str,
    /// `X-Amz-Target`, if it names the operation.
    pub(super) target: Option<&'a str>,
    pub(super) body: &'a [u8],
    pub(super) region: &'a str,
}

impl Signed<'_> {
    /// The values of `X-Amz-Date` and `Authorization`.
    pub(super) fn sign(&self, key: &AccessKey, now: Timestamp) -> (String, String) {
        let date = now.strftime("%Y%m%dT%H%M%SZ").to_string();
        let day = &date[..8];
        let scope = format!("{day}/{}/{}/aws4_request", self.region, self.service);
        let canonical_hash = hex::encode(Sha256::digest(self.canonical(&date)));
        let text = format!("AWS4-HMAC-SHA256\n{date}\n{scope}\n{canonical_hash}");

        let secret = format!("AWS4{}", key.secret);
        let steps = [day, self.region, self.service, "aws4_request", &text];
        let signature = steps.iter().fold(secret.into_bytes(), |key, step| mac(&key, step));
        let authorization = format!(
            "AWS4-HMAC-SHA256 Credential={}/{scope}, SignedHeaders={}, Signature={}",
            key.id,
            self.signed_headers(),
            hex::encode(signature),
        );
        (date, authorization)
    }

    fn canonical(&self, date: &str) -> String {
        let Self { host, content_type, target, body, service: _, region: _ } = self;
        let body_hash = hex::encode(Sha256::digest(body));
        let target = target.map_or_else(String::new, |target| format!("x-amz-target:{target}\n"));
        format!(
            "POST\n/\n\ncontent-type:{content_type}\nhost:{host}\nx-amz-date:{date}\n\
             {target}\n{}\n{body_hash}",
            self.signed_headers(),
        )
    }

    fn signed_headers(&self) -> &'static str {
        match self.target {
            Some(_) => "content-type;host;x-amz-date;x-amz-target",
            None => "content-type;host;x-amz-date",
        }
    }
}

fn mac(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The expected value comes from the AWS CLI's own signer (botocore) for the same request.
    #[test]
    fn the_signature_is_the_one_that_aws_clients_make() {
        let key = AccessKey {
            id: "AKIDEXAMPLE".into(),
            secret: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY".into(),
        };
        let signed = Signed {
            host: "localhost:5050",
            service: "ecr",
            content_type: "application/x-amz-json-1.1",
            target: Some("AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken"),
            body: b"{}",
            region: "us-east-1",
        };
        let now = "2026-01-02T03:04:05Z".parse().unwrap();
        let (date, authorization) = signed.sign(&key, now);
        assert_eq!(date, "20260102T030405Z");
        assert_eq!(
            authorization,
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260102/us-east-1/ecr/aws4_request, \
             SignedHeaders=content-type;host;x-amz-date;x-amz-target, \
             Signature=6168287a39d36014fc12e336d273538d86ec4082d3cbf8104c6c046522c6bdc9"
        );
    }
}
