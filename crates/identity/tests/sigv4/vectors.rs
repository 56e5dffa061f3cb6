use identity::sigv4::{Expected, Protocol};
use names::Timestamp;

use super::sent::{ECR, Sent};

/// Two signatures that botocore made once: they pin the arithmetic where no other signer is
/// installed.
#[test]
fn fixed_signatures_are_accepted() {
    let now = Timestamp::from_seconds(1_700_000_000);
    let signed =
        Sent { body: b"{}".to_vec(), method: "POST".parse().unwrap(), now, ..Sent::get("/") }
            .with("host", "localhost:5050")
            .with("content-type", "application/x-amz-json-1.1")
            .with("x-amz-date", "20231114T221320Z")
            .with("x-amz-target", "AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken")
            .with(
                "authorization",
                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20231114/us-east-1/ecr/aws4_request, \
             SignedHeaders=content-type;host;x-amz-date;x-amz-target, \
             Signature=79ad61dcd28f540cfbafe93527a39c4faac82e9f8c99d266678c2e2818b13459",
            );
    assert!(signed.verify(&ECR, "secret").is_ok());
    assert!(signed.verify(&ECR, "Secret").is_err());

    let target = "/?Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Algorithm=AWS4-HMAC-SHA256\
        &X-Amz-Credential=AKIDEXAMPLE%2F20231114%2Fus-east-1%2Fsts%2Faws4_request\
        &X-Amz-Date=20231114T221320Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host\
        &X-Amz-Signature=9bbdd7f26b161512dd02d5ef691054c09c1ac9f36927f38494c62b376b959faa";
    let presigned = Sent { now, ..Sent::get(target) }.with("host", "localhost:5050");
    let sts = Expected { service: "sts", protocol: Protocol::Query, ..ECR };
    assert!(presigned.verify(&sts, "secret").is_ok());
    assert!(presigned.verify(&sts, "Secret").is_err());
}
