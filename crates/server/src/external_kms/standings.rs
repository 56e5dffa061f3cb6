use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use keys::KeyFault;
use names::{KmsKeyArn, RepositoryArn};
use tokio::time::Instant;

/// How long a yes is believed: a key that is disabled there is refused here after that, and a
/// repository that is in use costs one call in that time.
pub(super) const BELIEF: Duration = Duration::from_secs(10);

/// How long a refusal is believed: those who ask meanwhile are not passed on.
const REFUSAL: Duration = Duration::from_secs(1);

/// The most repositories whose standing is kept. Each is a few hundred bytes.
const KEPT_MAX: usize = 16_384;

/// What each repository was told about its key. Each is asked about by one request at a time; the
/// others wait for its answer.
#[derive(Debug, Default)]
pub(super) struct Standings(Mutex<HashMap<Name, Arc<tokio::sync::Mutex<Standing>>>>);

type Name = (KmsKeyArn, RepositoryArn);

/// What a repository was told about its key.
#[derive(Debug, Default)]
pub(super) struct Standing {
    /// A ciphertext in the name of the repository, which has to open.
    pub(super) probe: Option<Vec<u8>>,
    told: Option<(Instant, Told)>,
}

#[derive(Debug)]
enum Told {
    Yes,
    No { code: String, message: String },
}

impl Standings {
    pub(super) fn of(
        &self,
        key: &KmsKeyArn,
        repository: &RepositoryArn,
    ) -> Arc<tokio::sync::Mutex<Standing>> {
        let mut all = self.0.lock().expect("no thread panics while holding it");
        let name = (key.clone(), repository.clone());
        if let Some(known) = all.get(&name) {
            return known.clone();
        }
        if all.len() >= KEPT_MAX {
            all.clear();
        }
        all.entry(name).or_default().clone()
    }
}

impl Standing {
    /// What was told a moment ago: for how much longer it is believed, or the refusal.
    pub(super) fn known(&self, now: Instant) -> Option<Result<Duration, KeyFault>> {
        let (at, told) = self.told.as_ref()?;
        let age = now.duration_since(*at);
        match told {
            Told::Yes => BELIEF.checked_sub(age).filter(|left| !left.is_zero()).map(Ok),
            Told::No { code, message } if age < REFUSAL => {
                let (code, message) = (code.clone(), message.clone());
                Some(Err(KeyFault::Refused { code, message }))
            }
            Told::No { .. } => None,
        }
    }

    /// Notes what was told to who asked at `asked`. That there was no answer is not noted.
    pub(super) fn note(&mut self, asked: Instant, outcome: &Result<(), KeyFault>) {
        self.told = match outcome {
            Ok(()) => Some((asked, Told::Yes)),
            Err(KeyFault::Refused { code, message }) => {
                let (code, message) = (code.clone(), message.clone());
                Some((asked, Told::No { code, message }))
            }
            Err(KeyFault::Unavailable { .. } | KeyFault::Broken(_)) => None,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_believed_for_a_while() {
        let began = Instant::now();
        let after = |millis: u64| began + Duration::from_millis(millis);
        let mut standing = Standing::default();
        assert!(standing.known(began).is_none(), "nothing was told");
        standing.note(began, &Ok(()));
        let left = standing.known(after(4_000)).unwrap().unwrap();
        assert_eq!(left, Duration::from_secs(6));
        assert!(standing.known(after(10_000)).is_none());
        let (code, message) = ("DisabledException".to_owned(), "a is disabled.".to_owned());
        standing.note(began, &Err(KeyFault::Refused { code, message }));
        let told = standing.known(after(900)).unwrap();
        assert!(matches!(told, Err(KeyFault::Refused { code, .. }) if code == "DisabledException"));
        assert!(standing.known(after(1_000)).is_none(), "it may be enabled again");
        let (retry_after, why) = (BELIEF, String::new());
        standing.note(began, &Err(KeyFault::Unavailable { retry_after, why }));
        assert!(standing.known(began).is_none(), "no answer is none");
    }
}
