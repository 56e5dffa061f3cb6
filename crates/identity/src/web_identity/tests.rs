//! Tokens are signed by `jsonwebtoken`, which knows nothing of how we read them.

use std::sync::LazyLock;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa::{KeySize, PublicKeyComponents};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair,
    EcdsaSigningAlgorithm, KeyPair as _, RsaKeyPair,
};
use aws_lc_rs::{rand::SystemRandom, rsa};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use names::Timestamp;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

const ISSUER: &str = "https://issuer.example.com/id";
const NOW: i64 = 1_700_000_000;

fn now() -> Timestamp {
    Timestamp::from_seconds(NOW)
}

fn audiences() -> Vec<String> {
    vec!["sts.amazonaws.com".to_owned(), "other".to_owned()]
}

struct Issuer {
    rsa: EncodingKey,
    p256: EncodingKey,
    p384: EncodingKey,
    keys: Value,
}

fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn rsa_key(kid: &str) -> (EncodingKey, Value) {
    let pair = rsa::KeyPair::generate(KeySize::Rsa2048).unwrap();
    let der = AsDer::<Pkcs8V1Der<'_>>::as_der(&pair).unwrap();
    let pem = format!(
        "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n",
        STANDARD.encode(der.as_ref())
    );
    let pair = RsaKeyPair::from_pkcs8(der.as_ref()).unwrap();
    let PublicKeyComponents { n, e } = PublicKeyComponents::<Vec<u8>>::from(pair.public_key());
    let jwk = json!({"kty": "RSA", "kid": kid, "use": "sig", "n": encode(&n), "e": encode(&e)});
    (EncodingKey::from_rsa_pem(pem.as_bytes()).unwrap(), jwk)
}

fn ec_key(how: &'static EcdsaSigningAlgorithm, curve: &str, kid: &str) -> (EncodingKey, Value) {
    let pkcs8 = EcdsaKeyPair::generate_pkcs8(how, &SystemRandom::new()).unwrap();
    let pair = EcdsaKeyPair::from_pkcs8(how, pkcs8.as_ref()).unwrap();
    let (x, y) = pair.public_key().as_ref()[1..].split_at(pair.public_key().as_ref().len() / 2);
    let jwk = json!({"kty": "EC", "kid": kid, "crv": curve, "x": encode(x), "y": encode(y)});
    (EncodingKey::from_ec_der(pkcs8.as_ref()), jwk)
}

static OURS: LazyLock<Issuer> = LazyLock::new(|| {
    let (rsa, rsa_jwk) = rsa_key("r");
    let (p256, p256_jwk) = ec_key(&ECDSA_P256_SHA256_FIXED_SIGNING, "P-256", "e");
    let (p384, p384_jwk) = ec_key(&ECDSA_P384_SHA384_FIXED_SIGNING, "P-384", "f");
    let okp = json!({"kty": "OKP", "kid": "o", "crv": "Ed25519", "x": "AAAA"});
    let sealing = json!({"kty": "RSA", "kid": "enc", "use": "enc", "n": rsa_jwk["n"], "e": "AQAB"});
    let keys = json!({"keys": [okp, sealing, rsa_jwk, p256_jwk, p384_jwk, {"kty": 7}, "junk"]});
    Issuer { rsa, p256, p384, keys }
});

fn keys() -> VerificationKeys {
    VerificationKeys::parse(OURS.keys.to_string().as_bytes()).unwrap()
}

fn claims() -> Value {
    json!({
        "iss": ISSUER, "sub": "repo:team/web:ref:refs/heads/main", "aud": "sts.amazonaws.com",
        "exp": NOW + 600, "iat": NOW - 10, "nbf": NOW - 10,
        "repository": "team/web", "run_attempt": 2, "private": true,
        "kubernetes.io": {"namespace": "build", "serviceaccount": {"name": "pusher"}},
    })
}

fn with(changes: &Value) -> Value {
    let mut claims = claims();
    for (name, value) in changes.as_object().unwrap() {
        if value.is_null() {
            claims.as_object_mut().unwrap().remove(name);
        } else {
            claims[name] = value.clone();
        }
    }
    claims
}

fn sign(algorithm: Algorithm, kid: Option<&str>, key: &EncodingKey, claims: &Value) -> String {
    let header = Header { kid: kid.map(str::to_owned), ..Header::new(algorithm) };
    jsonwebtoken::encode(&header, claims, key).unwrap()
}

fn good() -> String {
    sign(Algorithm::RS256, Some("r"), &OURS.rsa, &claims())
}

fn judge(token: &str) -> Result<WebIdentity, WebIdentityRefusal> {
    let presented = PresentedToken::parse(token)?;
    presented.require_claims(ISSUER, &audiences(), now())?;
    presented.verify(&keys(), &audiences())
}

#[test]
fn tokens_of_every_algorithm_are_believed() {
    let Issuer { rsa, p256, p384, .. } = &*OURS;
    #[rustfmt::skip]
    let cases = [
        (Algorithm::RS256, Some("r"), rsa,  "what GitHub, GitLab and Kubernetes use"),
        (Algorithm::RS384, Some("r"), rsa,  "a longer hash"),
        (Algorithm::RS512, Some("r"), rsa,  "the longest hash"),
        (Algorithm::ES256, Some("e"), p256, "elliptic curves"),
        (Algorithm::ES384, Some("f"), p384, "a longer curve"),
        (Algorithm::RS256, None,      rsa,  "no key named: whichever fits"),
    ];
    for (algorithm, kid, key, because) in cases {
        let judged = judge(&sign(algorithm, kid, key, &claims()));
        assert_eq!(judged.unwrap().subject, "repo:team/web:ref:refs/heads/main", "{because}");
    }
}

#[test]
fn an_identity_is_what_the_token_says() {
    let tags =
        json!({"principal_tags": {"team": ["red"], "env": "ci"}, "transitive_tag_keys": ["team"]});
    let token = with(&json!({
        "amr": ["pwd", "otp"], "https://aws.amazon.com/tags": tags,
        "https://aws.amazon.com/source_identity": "alice",
    }));
    let judged = judge(&sign(Algorithm::RS256, Some("r"), &OURS.rsa, &token)).unwrap();
    assert_eq!(judged.issuer, ISSUER);
    assert_eq!(judged.audience, "sts.amazonaws.com");
    assert_eq!(judged.methods, ["pwd", "otp"]);
    assert_eq!(
        judged.tags,
        [("env".to_owned(), "ci".to_owned()), ("team".to_owned(), "red".to_owned())]
    );
    assert_eq!(judged.transitive_tag_keys, ["team"]);
    assert_eq!(judged.source_identity.as_deref(), Some("alice"));
    let claim =
        |wanted: &str| judged.claims.iter().find(|(name, _)| name == wanted).map(|it| &*it.1);
    assert_eq!(claim("repository"), Some("team/web"));
    assert_eq!(claim("run_attempt"), Some("2"));
    assert_eq!(claim("private"), Some("true"));
    assert_eq!(claim("kubernetes.io/serviceaccount/name"), Some("pusher"));
}

#[test]
fn tags_may_come_as_claims_of_their_own() {
    let token = with(&json!({
        "https://aws.amazon.com/tags/principal_tags/team": "red",
        "https://aws.amazon.com/tags/transitive_tag_keys": ["team"],
    }));
    let judged = judge(&sign(Algorithm::RS256, Some("r"), &OURS.rsa, &token)).unwrap();
    assert_eq!(judged.tags, [("team".to_owned(), "red".to_owned())]);
    assert_eq!(judged.transitive_tag_keys, ["team"]);
}

#[test]
fn claims_that_are_refused() {
    use WebIdentityRefusal::{
        Expired, MalformedTags, MissingClaim, NotYetValid, OtherAudience, OtherIssuer,
    };
    let missing = |claim| MissingClaim { claim };
    let ended = NOW - 1;
    let soon = NOW + 301;
    #[rustfmt::skip]
    let cases = [
        (json!({"iss": "https://issuer.example.com/i"}),   OtherIssuer,    "a prefix of ours"),
        (json!({"iss": "https://issuer.example.com/id/"}), OtherIssuer,    "a slash is a difference"),
        (json!({"iss": null}),                             missing("iss"), "no issuer"),
        (json!({"iss": ["https://issuer.example.com/id"]}),missing("iss"), "a list is no issuer"),
        (json!({"sub": null}),                             missing("sub"), "no subject"),
        (json!({"sub": ""}),                               missing("sub"), "an empty subject"),
        (json!({"sub": "x".repeat(256)}),                  missing("sub"), "longer than STS tells"),
        (json!({"aud": null}),                             missing("aud"), "no audience"),
        (json!({"aud": 7}),                                missing("aud"), "a number is no audience"),
        (json!({"aud": []}),                               missing("aud"), "an empty list"),
        (json!({"aud": "STS.amazonaws.com"}),              OtherAudience,  "audiences have case"),
        (json!({"aud": "x", "azp": "other"}),              OtherAudience,  "one audience: it counts"),
        (json!({"aud": ["x", "other"], "azp": "y"}),       OtherAudience,  "several: who asked counts"),
        (json!({"aud": ["x", "y"]}),                       OtherAudience,  "several, none ours"),
        (json!({"exp": null}),                             missing("exp"), "no end"),
        (json!({"exp": "1700000600"}),                     missing("exp"), "a text is no time"),
        (json!({"exp": 1_700_000_600.5}),                  missing("exp"), "not a whole number"),
        (json!({"exp": NOW}),      Expired { now: now(), expires_at: NOW },   "it ends now"),
        (json!({"exp": ended}),    Expired { now: now(), expires_at: ended }, "it ended"),
        (json!({"exp": -1}),       Expired { now: now(), expires_at: -1 },    "before all time"),
        (json!({"iat": null}),                             missing("iat"), "no beginning"),
        (json!({"iat": "1"}),                              missing("iat"), "a text is no time"),
        (json!({"nbf": "1"}),                              missing("nbf"), "a text is no time"),
        (json!({"iat": soon}),     NotYetValid { now: now(), valid_from: soon }, "issued in the future"),
        (json!({"nbf": soon}),     NotYetValid { now: now(), valid_from: soon }, "good in the future"),
        (json!({"https://aws.amazon.com/tags": "x"}),      MalformedTags,  "tags are an object"),
        (json!({"https://aws.amazon.com/tags": {"principal_tags": {"k": ["a", "b"]}}}), MalformedTags, "one value a tag"),
        (json!({"https://aws.amazon.com/source_identity": 1}), MalformedTags, "a number is no identity"),
        (json!({"https://aws.amazon.com/source_identity": "a"}), MalformedTags, "an identity has two letters at least"),
        (json!({"https://aws.amazon.com/source_identity": "a".repeat(257)}), MalformedTags, "and 256 at most"),
        (json!({"https://aws.amazon.com/source_identity": "al ice"}), MalformedTags, "and no blanks"),
    ];
    for (changes, refusal, because) in cases {
        let token = sign(Algorithm::RS256, Some("r"), &OURS.rsa, &with(&changes));
        assert_eq!(judge(&token), Err(refusal), "{changes}: {because}");
    }
    #[rustfmt::skip]
    let accepted = [
        (json!({"aud": null, "azp": "other"}),        "no audience, but who asked"),
        (json!({"aud": ["x", "other"], "azp": "sts.amazonaws.com"}), "several, and who asked is ours"),
        (json!({"aud": ["x", "other"]}),              "several, one ours"),
        (json!({"nbf": null}),                        "good at once"),
        (json!({"iat": NOW + 299}),                   "the issuer's clock is a little before ours"),
    ];
    for (changes, because) in accepted {
        let token = sign(Algorithm::RS256, Some("r"), &OURS.rsa, &with(&changes));
        assert!(judge(&token).is_ok(), "{changes}: {because}");
    }
}

/// A token of these header and claims, signed with nothing.
fn unsigned(header: &Value, signature: &str) -> String {
    let part = |value: &Value| encode(value.to_string().as_bytes());
    format!("{}.{}.{signature}", part(header), part(&claims()))
}

#[test]
fn headers_that_are_refused() {
    use WebIdentityRefusal::{NotJwt, SignatureDiffers, UnknownKey, UnsupportedAlgorithm};
    let secret = EncodingKey::from_secret(OURS.keys["keys"][2]["n"].as_str().unwrap().as_bytes());
    let by_secret = sign(Algorithm::HS256, Some("r"), &secret, &claims());
    let (stranger, _) = rsa_key("r");
    #[rustfmt::skip]
    let cases = [
        (unsigned(&json!({"alg": "none"}), ""),                UnsupportedAlgorithm, "not signed"),
        (unsigned(&json!({"alg": "None", "kid": "r"}), ""),    UnsupportedAlgorithm, "not signed, in another spelling"),
        (unsigned(&json!({"alg": "RS256", "kid": "r"}), ""),   SignatureDiffers,     "an empty signature"),
        (unsigned(&json!({"alg": "ES256", "kid": "e"}), &encode(&[0; 64])), SignatureDiffers, "a signature of zeros"),
        (by_secret,                                            UnsupportedAlgorithm, "a public key is no secret"),
        (unsigned(&json!({"alg": "RS256", "kid": "x"}), "AA"), UnknownKey,           "no key of that name"),
        (unsigned(&json!({"alg": "RS256", "kid": "enc"}), "AA"), UnknownKey,         "a key for another purpose"),
        (unsigned(&json!({"alg": "ES256", "kid": "r"}), "AA"), UnknownKey,           "an RSA key signs no ES256"),
        (unsigned(&json!({"alg": "ES384", "kid": "e"}), "AA"), UnknownKey,           "another curve"),
        (unsigned(&json!({"alg": "RS256", "kid": "r", "crit": ["b64"], "b64": false}), "AA"), NotJwt, "extensions"),
        (unsigned(&json!({"alg": 7}), "AA"),                   NotJwt,               "no algorithm"),
        (unsigned(&json!([]), "AA"),                           NotJwt,               "no header"),
        (sign(Algorithm::RS256, Some("r"), &stranger, &claims()), SignatureDiffers,  "a stranger's key"),
        (sign(Algorithm::ES256, Some("r"), &OURS.p256, &claims()), UnknownKey,       "named like another"),
    ];
    for (token, refusal, because) in cases {
        assert_eq!(judge(&token), Err(refusal), "{because}");
    }
}

#[test]
fn what_is_no_token_is_refused() {
    let good = good();
    let (message, signature) = good.rsplit_once('.').unwrap();
    let long = format!("{}.{}.{}", "A".repeat(10_000), "A".repeat(10_000), "A");
    let padded = format!("{good}=");
    let five = format!("{good}.AA.AA");
    let spaced = format!("{message} .{signature}");
    let nested = encode(format!("{}1{}", "[".repeat(1_000), "]".repeat(1_000)).as_bytes());
    let deep = format!("{nested}.{nested}.AA");
    #[rustfmt::skip]
    let cases = [
        ("",          "empty"),
        ("....",      "nothing between the dots"),
        ("a.b.c",     "no base64"),
        ("e30.e30.",  "no algorithm"),
        (message,     "two parts"),
        (&padded,     "another spelling of a good one"),
        (&five,       "five parts: encrypted ones have them"),
        (&spaced,     "a blank"),
        (&long,       "too long"),
        (&deep,       "deeper than any real token"),
        ("ä.ä.ä",     "not ASCII"),
    ];
    for (token, because) in cases {
        assert_eq!(judge(token), Err(WebIdentityRefusal::NotJwt), "{because}");
    }
}

#[test]
fn key_sets() {
    let many = json!({"keys": vec![json!({"kty": "OKP"}); KEYS_MAX + 1]}).to_string();
    let huge = format!("{{\"keys\":[],\"x\":\"{}\"}}", "x".repeat(JWKS_SIZE_BYTES_MAX));
    for (text, because) in [
        ("", "empty"),
        ("[]", "a list is no set"),
        ("{}", "no keys"),
        (r#"{"keys":{}}"#, "keys are a list"),
        (&many, "too many"),
        (&huge, "too large"),
    ] {
        assert!(VerificationKeys::parse(text.as_bytes()).is_err(), "{because}");
    }
    let none = VerificationKeys::parse(br#"{"keys":[{"kty":"RSA","kid":"x","n":"!","e":"AQAB"}]}"#);
    assert!(!none.unwrap().has(Some("x")), "a key that cannot be read is no key");
    assert!(keys().has(Some("r")) && keys().has(None) && !keys().has(Some("enc")));
}

#[test]
fn a_weak_key_verifies_nothing() {
    let weak =
        json!({"keys": [{"kty": "RSA", "kid": "r", "n": encode(&[0xff; 128]), "e": "AQAB"}]});
    let weak = VerificationKeys::parse(weak.to_string().as_bytes()).unwrap();
    let presented = PresentedToken::parse(&good()).unwrap();
    let judged = presented.verify(&weak, &audiences());
    assert_eq!(judged, Err(WebIdentityRefusal::SignatureDiffers));
}

#[test]
fn discovery_documents() {
    let good = json!({"issuer": ISSUER, "jwks_uri": "https://issuer.example.com/keys", "x": 1});
    let found = jwks_uri(good.to_string().as_bytes(), ISSUER);
    assert_eq!(found.as_deref(), Ok("https://issuer.example.com/keys"));
    let huge = format!("{good}{}", " ".repeat(DISCOVERY_SIZE_BYTES_MAX));
    let other =
        json!({"issuer": "https://issuer.example.com", "jwks_uri": "https://x"}).to_string();
    for (text, because) in [
        ("", "empty"),
        ("{}", "nothing in it"),
        (other.as_str(), "another issuer's"),
        (&huge, "too large"),
    ] {
        assert!(jwks_uri(text.as_bytes(), ISSUER).is_err(), "{because}");
    }
}

#[test]
fn nothing_of_a_token_shows_in_debug() {
    let shown = format!("{:?}", PresentedToken::parse(&good()).unwrap());
    assert!(!shown.contains("repo:") && !shown.contains(&good()[..20]), "{shown}");
}

fn config() -> ProptestConfig {
    ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn an_altered_token_is_refused(at in any::<prop::sample::Index>(), to in 0x20_u8..0x7f) {
        static TOKENS: LazyLock<[String; 2]> = LazyLock::new(|| {
            [good(), sign(Algorithm::ES256, Some("e"), &OURS.p256, &claims())]
        });
        for good in &*TOKENS {
            let mut altered = good.clone().into_bytes();
            let at = at.index(altered.len());
            altered[at] = to;
            let altered = String::from_utf8(altered).unwrap();
            prop_assert_eq!(judge(&altered).is_ok(), altered == *good, "{} at {}", to, at);
        }
    }
}
