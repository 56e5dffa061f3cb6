//! Signatures of Standard Webhooks.

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use names::Timestamp;

/// How secrets begin that are written as Standard Webhooks has them.
const PREFIX: &str = "whsec_";

/// What signs.
pub(super) struct WebhookSecret(hmac::Key);

impl WebhookSecret {
    /// A secret: `whsec_` and base64, or any other text as it is. `None` if it is not base64.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let bytes = match text.strip_prefix(PREFIX) {
            Some(base64) => STANDARD.decode(base64).ok()?,
            None => text.as_bytes().to_vec(),
        };
        (!bytes.is_empty()).then(|| Self(hmac::Key::new(hmac::HMAC_SHA256, &bytes)))
    }

    /// The value of `webhook-signature`.
    pub(super) fn sign(&self, id: &str, at: Timestamp, body: &str) -> String {
        let mut context = hmac::Context::with_key(&self.0);
        for part in [id, ".", &at.as_seconds().to_string(), ".", body] {
            context.update(part.as_bytes());
        }
        format!("v1,{}", STANDARD.encode(context.sign()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_specification_is_signed_alike() {
        let secret = WebhookSecret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let at = Timestamp::from_seconds(1_614_265_330);
        let signature = secret.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", at, r#"{"test": 2432232314}"#);
        assert_eq!(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn secrets_are_base64_behind_their_prefix() {
        #[rustfmt::skip]
        let cases = [
            ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", true,  "the usual"),
            ("any other text",                         true,  "as it is"),
            ("whsec_!",                                false, "no base64"),
            ("whsec_",                                 false, "empty"),
            ("",                                       false, "empty"),
        ];
        for (text, is_sound, because) in cases {
            assert_eq!(WebhookSecret::parse(text).is_some(), is_sound, "{because}");
        }
    }
}
