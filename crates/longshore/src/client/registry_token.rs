use std::fmt;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use names::{Clock as _, Timestamp};
use serde_json::{Value, json};
use server::SystemClock;
use zeroize::Zeroizing;

use super::{ClientFailure, Credentials, Service};

/// The password of the user `AWS`, and how long it is valid.
#[derive(Clone)]
pub(crate) struct RegistryToken {
    pub(crate) password: Zeroizing<String>,
    pub(crate) issued_at: Timestamp,
    pub(crate) expires_at: Timestamp,
    /// The registry that the service names in the same answer.
    pub(crate) proxy_endpoint: String,
}

impl RegistryToken {
    /// How long it is valid, from the moment of its issue.
    fn life(&self) -> Duration {
        let micros = self.expires_at.as_micros().saturating_sub(self.issued_at.as_micros());
        Duration::from_micros(u64::try_from(micros).unwrap_or(0))
    }

    /// How long to reuse it: half its lifetime, so that its last user still has the other half.
    pub(crate) fn fresh_for(&self) -> Duration {
        self.life() / 2
    }

    /// Whether it should still be reused.
    pub(crate) fn is_fresh(&self, now: Timestamp) -> bool {
        self.issued_at <= now && now < self.issued_at.plus(self.fresh_for())
    }

    /// Whether a registry would still accept it.
    pub(crate) fn is_good(&self, now: Timestamp) -> bool {
        now < self.expires_at
    }
}

/// Requests a token from ECR.
pub(crate) async fn ask_token(
    ecr: &Service<'_>,
    credentials: &Credentials,
) -> Result<RegistryToken, ClientFailure> {
    const TARGET: &str = "AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken";
    let answer = ecr.call_json(credentials, TARGET, &json!({})).await?;
    read(&answer, SystemClock.now())
        .ok_or_else(|| ecr.unintelligible("the authorization token in its answer is malformed"))
}

fn read(answer: &Value, now: Timestamp) -> Option<RegistryToken> {
    let given = &answer["authorizationData"][0];
    let token = STANDARD.decode(given["authorizationToken"].as_str()?).ok()?;
    let token = Zeroizing::new(String::from_utf8(token).ok()?);
    let expires_at = Duration::try_from_secs_f64(given["expiresAt"].as_f64()?).ok()?;
    Some(RegistryToken {
        password: Zeroizing::new(token.strip_prefix("AWS:")?.to_owned()),
        issued_at: now,
        expires_at: Timestamp::from_micros(0).plus(expires_at),
        proxy_endpoint: given["proxyEndpoint"].as_str().unwrap_or_default().to_owned(),
    })
}

impl fmt::Debug for RegistryToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RegistryToken(until {})", self.expires_at.as_seconds())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_and_lives_for_half_its_life() {
        let answer = json!({ "authorizationData": [{
            "authorizationToken": STANDARD.encode("AWS:pass:word"),
            "expiresAt": 44_200.5,
            "proxyEndpoint": "http://localhost:5050",
        }]});
        let at = Timestamp::from_seconds;
        let token = read(&answer, at(1_000)).unwrap();
        assert_eq!(*token.password, "pass:word");
        #[rustfmt::skip]
        let cases = [
            // now     fresh  good   because
            (999,     false, true,  "the clock was set back: its age is not known"),
            (1_000,   true,  true,  "new"),
            (22_599,  true,  true,  "before half its life"),
            (22_601,  false, true,  "after half its life"),
            (44_200,  false, true,  "the last second"),
            (44_201,  false, false, "expired"),
        ];
        for (now, fresh, good, because) in cases {
            let held = (token.is_fresh(at(now)), token.is_good(at(now)));
            assert_eq!(held, (fresh, good), "{now}: {because}");
        }
    }

    #[test]
    fn what_is_no_token_is_refused() {
        let with = |token: &str, expires: Value| {
            let token = STANDARD.encode(token);
            json!({ "authorizationData": [{ "authorizationToken": token, "expiresAt": expires }] })
        };
        #[rustfmt::skip]
        let cases = [
            (json!({}),                       "nothing"),
            (with("AWS:pw", json!("later")),  "no number"),
            (with("AWS:pw", json!(-1.0)),     "before all time"),
            (with("BOB:pw", json!(1.0)),      "another user"),
        ];
        for (answer, because) in cases {
            assert!(read(&answer, Timestamp::from_seconds(0)).is_none(), "{because}");
        }
    }
}
