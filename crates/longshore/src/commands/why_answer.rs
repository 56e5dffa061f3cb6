//! How every command of the `why` family answers: on standard output, as text or as JSON, and with
//! an exit code that no failure can be mistaken for.

use std::process::ExitCode;

use serde_json::Value;

use crate::client::ClientFailure;

/// What the help of each of these commands says at its end.
pub(super) const EXIT_CODES: &str = "Exit code 0: yes. 1: no. 2: no answer.";

/// What was asked, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Yes,
    No,
    /// The server cannot know, or could not be asked.
    NoAnswer,
}

impl From<Verdict> for ExitCode {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Yes => Self::SUCCESS,
            Verdict::No => Self::FAILURE,
            Verdict::NoAnswer => Self::from(2),
        }
    }
}

impl Verdict {
    /// The one of an answer, by its two words.
    pub(super) fn of(word: &Value, yes: &str, no: &str) -> Self {
        match word.as_str() {
            Some(word) if word == yes => Self::Yes,
            Some(word) if word == no => Self::No,
            _ => Self::NoAnswer,
        }
    }
}

/// Prints the answer, whole as JSON or as `tell` has it, or why there is none.
pub(super) fn answer(
    asked: Result<Value, ClientFailure>,
    as_json: bool,
    tell: impl FnOnce(&Value) -> (String, Verdict),
) -> ExitCode {
    match asked {
        Ok(answer) => {
            let (told, verdict) = tell(&answer);
            if as_json {
                println!("{answer:#}");
            } else {
                print!("{told}");
            }
            verdict.into()
        }
        Err(failure) => {
            eprintln!("longshore: {failure}");
            Verdict::NoAnswer.into()
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn no_failure_is_taken_for_a_no() {
        let word = |text: &str| Verdict::of(&json!(text), "REFUSED", "ALLOWED");
        assert_eq!(word("REFUSED"), Verdict::Yes);
        assert_eq!(word("ALLOWED"), Verdict::No);
        assert_eq!(word("OF_A_NEWER_SERVER"), Verdict::NoAnswer);
        assert_eq!(Verdict::of(&Value::Null, "REFUSED", "ALLOWED"), Verdict::NoAnswer);
        let exit = |asked: Result<Value, ClientFailure>| {
            answer(asked, true, |answer| (String::new(), Verdict::of(answer, "yes", "no")))
        };
        assert_eq!(exit(Ok(json!("yes"))), ExitCode::SUCCESS);
        assert_eq!(exit(Ok(json!("no"))), ExitCode::from(1));
        assert_eq!(exit(Err(ClientFailure::NoEndpoint)), ExitCode::from(2));
    }
}
