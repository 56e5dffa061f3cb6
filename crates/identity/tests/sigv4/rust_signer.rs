use std::time::Duration;

use http::{HeaderValue, Method, Uri};
use identity::sigv4::{PayloadHash, PayloadHasher, ScopeProblem, SecretKey, SignatureRefusal};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::sent::Sent;
use super::unsigned::{Unsigned, unsigned};

fn config() -> ProptestConfig {
    ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_the_rust_sdk_signs_is_accepted(unsigned in unsigned()) {
        let sent = unsigned.sign();
        let presented = sent.present(&unsigned.expected());
        prop_assert!(presented.is_ok(), "{presented:?} of {sent:?}");
        let presented = presented.unwrap();
        prop_assert_eq!(presented.session_token(), unsigned.session_token.as_deref());
        let verified = sent.verify(&unsigned.expected(), &unsigned.secret);
        prop_assert!(verified.is_ok(), "{verified:?} of {sent:?}");
        let verified = verified.unwrap();
        prop_assert_eq!(verified.access_key_id.as_str(), "AKIDEXAMPLE");
        prop_assert_eq!(verified.region.as_str(), unsigned.region);
        prop_assert_eq!(verified.signed_at, sent.now);
    }

    #[test]
    fn http_2_is_accepted_as_well(unsigned in unsigned()) {
        let mut sent = unsigned.sign();
        sent.headers.remove("host");
        let uri = format!("https://registry.example:8443{}", sent.uri);
        sent.uri = uri.parse().unwrap();
        let verified = sent.verify(&unsigned.expected(), &unsigned.secret);
        prop_assert!(verified.is_ok(), "{verified:?} of {sent:?}");
    }

    #[test]
    fn no_bit_of_a_signature_can_be_flipped(unsigned in unsigned(), bit in 0..256_usize) {
        let mut sent = unsigned.sign();
        let signature = signature_of(&sent);
        let mut bytes: Vec<_> = signature.bytes().collect();
        let digit = char::from(bytes[bit / 4]).to_digit(16).unwrap() ^ (1 << (bit % 4));
        bytes[bit / 4] = char::from_digit(digit, 16).unwrap().try_into().unwrap();
        sent.replace_authorization(&signature, str::from_utf8(&bytes).unwrap());
        prop_assert_eq!(refusal(&sent, &unsigned), SignatureRefusal::SignatureDiffers);
    }

    #[test]
    fn a_signature_has_one_spelling(unsigned in unsigned()) {
        let mut sent = unsigned.sign();
        let signature = signature_of(&sent);
        prop_assume!(signature.to_uppercase() != signature);
        sent.replace_authorization(&signature, &signature.to_uppercase());
        prop_assert_eq!(refusal(&sent, &unsigned), SignatureRefusal::SignatureDiffers);
    }

    #[test]
    fn another_body_is_refused(unsigned in unsigned(), byte in any::<u8>()) {
        let mut sent = unsigned.sign();
        sent.body.push(byte);
        let announced = sent.headers.contains_key("x-amz-content-sha256");
        let expected = if announced {
            SignatureRefusal::PayloadHashDiffers
        } else {
            SignatureRefusal::SignatureDiffers
        };
        prop_assert_eq!(refusal(&sent, &unsigned), expected);
    }

    #[test]
    fn a_head_is_judged_before_its_body_if_it_announces_it(unsigned in unsigned(), other in "[A-Za-z0-9/+]{1,60}") {
        prop_assume!(other != unsigned.secret);
        let sent = unsigned.sign();
        let presented = sent.present(&unsigned.expected()).unwrap();
        let judged = |secret: &str| presented.verify_announced(Some(&SecretKey::new(secret)));
        if sent.headers.contains_key("x-amz-content-sha256") {
            prop_assert_eq!(judged(&unsigned.secret), Some(Ok(())));
            prop_assert_eq!(judged(&other), Some(Err(SignatureRefusal::SignatureDiffers)));
            let unknown = presented.verify_announced(None);
            prop_assert_eq!(unknown, Some(Err(SignatureRefusal::UnknownAccessKey)));
        } else {
            prop_assert_eq!(judged(&unsigned.secret), None);
        }
    }

    #[test]
    fn a_body_hashes_the_same_in_pieces(body in vec(any::<u8>(), 0..200), size in 1..50_usize) {
        let mut hasher = PayloadHasher::default();
        body.chunks(size).for_each(|piece| hasher.update(piece));
        prop_assert_eq!(hasher.finish(), PayloadHash::of(&body));
    }

    #[test]
    fn another_request_is_refused(unsigned in unsigned(), change in select(CHANGES.to_vec())) {
        let mut sent = unsigned.sign();
        change(&mut sent);
        prop_assert_eq!(refusal(&sent, &unsigned), SignatureRefusal::SignatureDiffers);
    }

    #[test]
    fn another_header_is_refused(mut unsigned in unsigned(), value in "[a-z]{1,5}") {
        unsigned.headers.push(("x-mine".to_owned(), "signed".to_owned()));
        prop_assume!(value != "signed");
        let mut sent = unsigned.sign();
        sent.headers.insert("x-mine", value.parse().unwrap());
        prop_assert_eq!(refusal(&sent, &unsigned), SignatureRefusal::SignatureDiffers);
        sent.headers.remove("x-mine");
        prop_assert_eq!(refusal(&sent, &unsigned), SignatureRefusal::SignatureDiffers);
    }

    #[test]
    fn another_secret_is_refused(unsigned in unsigned(), other in "[A-Za-z0-9/+]{1,60}") {
        prop_assume!(other != unsigned.secret);
        let refused = unsigned.sign().verify(&unsigned.expected(), &other).unwrap_err();
        prop_assert_eq!(refused, SignatureRefusal::SignatureDiffers);
    }

    #[test]
    fn another_scope_is_refused(unsigned in unsigned(), word in 0..4_usize) {
        let mut sent = unsigned.sign();
        let slash = if unsigned.presigned_seconds.is_some() { "%2F" } else { "/" };
        let day = &basic_day(unsigned.at_seconds);
        let words = [day.as_str(), unsigned.region, unsigned.service, "aws4_request"];
        let others = ["20990101", "Nowhere", "s3", "aws5_request"];
        let mut changed = words;
        changed[word] = others[word];
        sent.replace_authorization(&words.join(slash), &changed.join(slash));
        let SignatureRefusal::WrongScope { problems } = refusal(&sent, &unsigned) else {
            panic!("the scope is wrong");
        };
        let named = match problems[..] {
            [ScopeProblem::Date { .. }] => 0,
            [ScopeProblem::Region { .. }] => 1,
            [ScopeProblem::Service { .. }] => 2,
            [ScopeProblem::Terminator { .. }] => 3,
            _ => panic!("one thing is wrong: {problems:?}"),
        };
        prop_assert_eq!(named, word);
    }

    #[test]
    fn a_signature_for_another_region_is_refused(unsigned in unsigned()) {
        let mut sent = unsigned.sign();
        let slash = if unsigned.presigned_seconds.is_some() { "%2F" } else { "/" };
        sent.replace_authorization(&format!("{slash}{}{slash}", unsigned.region), &format!("{slash}elsewhere{slash}"));
        prop_assert_eq!(refusal(&sent, &unsigned), SignatureRefusal::SignatureDiffers);
    }

    #[test]
    fn another_second_is_refused(mut unsigned in unsigned(), seconds in 0..86_399_u32) {
        unsigned.at_seconds = 1_440_892_800 + seconds;
        let mut sent = unsigned.sign();
        let (then, next) = (basic_date(unsigned.at_seconds), basic_date(unsigned.at_seconds + 1));
        match sent.headers.get_mut("x-amz-date") {
            Some(date) => *date = next.parse().unwrap(),
            None => sent.replace_authorization(&then, &next),
        }
        prop_assert_eq!(refusal(&sent, &unsigned), SignatureRefusal::SignatureDiffers);
    }

    #[test]
    fn a_session_token_cannot_be_dropped(mut unsigned in unsigned(), other in "[a-z]{1,9}") {
        let token = "Token0".to_owned();
        unsigned.session_token = Some(token.clone());
        let mut sent = unsigned.sign();
        if unsigned.presigned_seconds.is_some() {
            sent.replace_authorization(&format!("Security-Token={token}"), &format!("Security-Token={other}"));
        } else {
            sent.headers.insert("x-amz-security-token", other.parse().unwrap());
        }
        prop_assert_eq!(refusal(&sent, &unsigned), SignatureRefusal::SignatureDiffers);
        if sent.headers.remove("x-amz-security-token").is_some() {
            prop_assert_eq!(refusal(&sent, &unsigned), SignatureRefusal::SignatureDiffers);
        }
    }

    #[test]
    fn time_runs_out(unsigned in unsigned()) {
        let mut sent = unsigned.sign();
        // STS ignores how long a query says that it lives.
        let says = unsigned.presigned_seconds.filter(|_| unsigned.service != "sts");
        let life = says.unwrap_or(900).min(900);
        sent.now = sent.now.plus(Duration::from_secs(life));
        prop_assert!(sent.verify(&unsigned.expected(), &unsigned.secret).is_ok());
        sent.now = sent.now.plus(Duration::from_secs(1));
        let refused = refusal(&sent, &unsigned);
        let is_expired = matches!(refused, SignatureRefusal::Expired { .. });
        prop_assert!(is_expired, "{refused:?}");
    }
}

/// Changes that a signature does not survive, whatever the request was. (The access key id is not
/// signed; it is bound by being what the secret is looked up by.)
const CHANGES: [fn(&mut Sent); 5] = [
    |sent| sent.method = Method::PATCH,
    |sent| append_to_path(sent, "/more"),
    |sent| append_to_query(sent, "zz=1"),
    |sent| drop(sent.headers.insert("host", HeaderValue::from_static("other.example"))),
    |sent| drop(sent.headers.insert("host", HeaderValue::from_static("registry.example"))),
];

fn append_to_path(sent: &mut Sent, more: &str) {
    let query = sent.uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    sent.uri = format!("{}{more}{query}", sent.uri.path()).parse::<Uri>().expect("a URI");
}

fn append_to_query(sent: &mut Sent, more: &str) {
    let mark = if sent.uri.query().is_some() { '&' } else { '?' };
    sent.uri = format!("{}{mark}{more}", sent.uri).parse().expect("a URI");
}

fn refusal(sent: &Sent, unsigned: &Unsigned) -> SignatureRefusal {
    sent.verify(&unsigned.expected(), &unsigned.secret).expect_err("it must be refused")
}

fn signature_of(sent: &Sent) -> String {
    let text = match sent.headers.get("authorization") {
        Some(value) => value.to_str().expect("ASCII").to_owned(),
        None => sent.uri.to_string(),
    };
    let (_, signature) = text.rsplit_once("Signature=").expect("it is signed");
    signature[..64].to_owned()
}

fn basic_date(seconds: u32) -> String {
    let moment = jiff::Timestamp::from_second(seconds.into()).expect("a moment");
    moment.strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn basic_day(seconds: u32) -> String {
    basic_date(seconds)[..8].to_owned()
}
