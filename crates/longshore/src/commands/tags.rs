use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::str::FromStr;

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::Outcome;
use super::account::call;
use super::image_name::{ImageName, is_whole_digest};
use super::tag_moves::{matching_digest, tell};
use super::usage::{EXIT_CODES, wrong_usage};
use crate::client::{ClientFailure, Reach, run};

const EXAMPLES: &str = "\
Examples:
  longshore tags history web
  longshore tags history web:latest
  longshore tags rollback web:latest
  longshore tags rollback web:latest --to sha256:9f86d081884c
  longshore tags rollback web:latest --to 2026-11-28T09:00:00Z

The server remembers each move of a tag for 90 days, or as long as --remember-tags-days says. To read a history, \
ecr:DescribeImages on the repository is needed; to roll back, ecr:PutImage and ecr:BatchGetImage. A rollback is a move, \
too: a second one without --to takes back the first.";

/// Shows which images a tag named before, and rolls it back to one of them.
#[derive(Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{EXIT_CODES}"))]
pub(crate) struct Tags {
    #[command(subcommand)]
    act: Act,
}

#[derive(Subcommand)]
enum Act {
    /// Print the moves of a tag, or of all tags of a repository, the newest first
    #[command(after_help = EXIT_CODES)]
    History {
        /// Tag, [HOST/]REPOSITORY:TAG; or repository, [HOST/]REPOSITORY, with all of its tags
        #[arg(value_name = "REPOSITORY[:TAG]")]
        name: String,
        /// Moves to print at most
        #[arg(long, value_name = "N", default_value = "100")]
        limit: NonZeroUsize,
        /// Print the whole answer as JSON: {"Moves":[{"ImageTag","FromImageDigest",
        /// "ToImageDigest","MovedAt","MovedBy","MovedThrough"}]}
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        reach: Reach,
    },
    /// Point a tag at the image that it named before, or at an earlier one
    #[command(after_help = EXIT_CODES)]
    Rollback {
        /// Tag: [HOST/]REPOSITORY:TAG
        #[arg(value_name = "REPOSITORY:TAG")]
        name: String,
        /// Digest of the image, which may be shortened as in `history`; or a time, for the image
        /// that the tag named then: in UTC, such as 2026-11-28T09:00:00Z, or in seconds since 1970,
        /// as `history --json` prints it [default: the image before the one that it names now]
        #[arg(long, value_name = "DIGEST|TIME")]
        to: Option<Version>,
        /// Print the whole answer as JSON: {"ImageTag","FromImageDigest","ToImageDigest"}
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        reach: Reach,
    },
}

/// An earlier version of a tag.
#[derive(Debug, Clone, PartialEq)]
enum Version {
    /// The image with this digest, which may be shortened.
    Digest(String),
    /// What it named at this moment, in seconds since 1970.
    At(f64),
}

impl FromStr for Version {
    type Err = &'static str;

    /// A history shows whole seconds, and as JSON milliseconds. What moved in the second or in the
    /// millisecond that it shows has moved at that time. So a time without a fraction means the end
    /// of its second, and a number with one the end of its millisecond.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const EXPECTED: &str = "expected a digest, such as sha256:9f86d081884c, or a time, such as 2026-11-28T09:00:00Z or 1795856400.25, in seconds since 1970";
        if text.starts_with("sha256:") || text.starts_with("sha512:") {
            return Ok(Self::Digest(text.to_owned()));
        }
        if let Some(micros) = micros_of(text) {
            return Ok(Self::at(micros));
        }
        let moment: jiff::Timestamp = text.parse().map_err(|_| EXPECTED)?;
        let has_fraction = text.contains('.');
        let end_of_second = if has_fraction { 0 } else { 999_999 };
        Ok(Self::at(moment.as_microsecond() + end_of_second))
    }
}

impl Version {
    fn at(micros: i64) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "microseconds stay exact for 280 years")]
        let seconds = micros as f64 / 1e6;
        Self::At(seconds)
    }
}

/// Seconds since 1970 in digits, with up to six more behind a point, in microseconds.
fn micros_of(text: &str) -> Option<i64> {
    /// A number with more digits is not of seconds.
    const SECONDS_DIGITS_MAX: usize = 12;
    let (seconds, fraction) = match text.split_once('.') {
        Some((seconds, fraction)) => (seconds, Some(fraction)),
        None => (text, None),
    };
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let digits = fraction.unwrap_or("0");
    if seconds.len() > SECONDS_DIGITS_MAX || digits.len() > 6 {
        return None;
    }
    if !is_digits(seconds) || !is_digits(digits) {
        return None;
    }
    let micros = match fraction {
        None => "999999".to_owned(),
        Some(millis) if millis.len() <= MILLIS_DIGITS => format!("{millis:0<MILLIS_DIGITS$}999"),
        Some(micros) => format!("{micros:0<6}"),
    };
    format!("{seconds}{micros}").parse().ok()
}

/// Digits of a fraction that the answers of the server have.
const MILLIS_DIGITS: usize = 3;

impl Tags {
    pub(super) fn run(self) -> Outcome {
        match self.act {
            Act::History { name, limit, json, reach } => {
                let name = match ImageName::read_tags(&name) {
                    Ok(name) => name,
                    Err(why) => return Ok(wrong_usage(&why)),
                };
                let (answer, is_cut) = run(history(&reach, &name, limit.get()))?;
                if json {
                    println!("{answer:#}");
                } else {
                    print!("{}", tell(&answer, name.tag().is_none()));
                }
                if is_cut {
                    eprintln!("longshore: older moves are not shown; --limit shows more");
                }
            }
            Act::Rollback { name, to, json, reach } => {
                let name = match ImageName::read_tags(&name).and_then(with_tag) {
                    Ok(name) => name,
                    Err(why) => return Ok(wrong_usage(&why)),
                };
                let answer = run(roll_back(&reach, &name, to))?;
                if json {
                    println!("{answer:#}");
                } else {
                    print!("{}", tell_rollback(&name, &answer));
                }
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// The newest moves, and whether there are more.
async fn history(
    reach: &Reach,
    name: &ImageName,
    limit: usize,
) -> Result<(Value, bool), ClientFailure> {
    const PAGE_MAX: usize = 1_000;
    let mut input = name.input_of_tags();
    let mut moves = Vec::new();
    loop {
        input["maxResults"] = json!((limit - moves.len()).clamp(1, PAGE_MAX));
        let mut answer = call(reach, "Longshore_20261121.ListTagHistory", &input).await?;
        if let Value::Array(page) = answer["Moves"].take() {
            moves.extend(page);
        }
        let token = answer["nextToken"].take();
        if moves.len() >= limit || !token.is_string() {
            let is_cut = token.is_string() || moves.len() > limit;
            moves.truncate(limit);
            return Ok((json!({ "Moves": moves }), is_cut));
        }
        input["nextToken"] = token;
    }
}

fn with_tag(name: ImageName) -> Result<ImageName, String> {
    match name.tag() {
        Some(_) => Ok(name),
        None => Err(format!("name a tag of {0}: {0}:TAG", name.place())),
    }
}

async fn roll_back(
    reach: &Reach,
    name: &ImageName,
    to: Option<Version>,
) -> Result<Value, ClientFailure> {
    let mut input = name.input_of_tags();
    match to {
        None => {}
        Some(Version::At(seconds)) => input["ToTime"] = json!(seconds),
        Some(Version::Digest(digest)) => {
            let digest = whole_digest(reach, name, digest).await?;
            input["ToImageDigest"] = json!(digest);
        }
    }
    call(reach, "Longshore_20261121.RollBackTag", &input).await
}

/// The digest that a shortened one stands for in the history of a tag.
async fn whole_digest(
    reach: &Reach,
    name: &ImageName,
    digest: String,
) -> Result<String, ClientFailure> {
    if is_whole_digest(&digest) {
        return Ok(digest);
    }
    let (answer, _) = history(reach, name, usize::MAX).await?;
    matching_digest(&answer, &digest).map_err(ClientFailure::Settings)
}

/// What a rollback did.
fn tell_rollback(name: &ImageName, answer: &Value) -> String {
    let (repository, tag) = (name.repository(), name.tag().unwrap_or_default());
    let digest = |member: &str| answer[member].as_str().unwrap_or_default();
    let (from, to) = (digest("FromImageDigest"), digest("ToImageDigest"));
    match from {
        "" => format!("{repository}:{tag} was deleted, and names {to} again\n"),
        from if from == to => {
            format!("{repository}:{tag} names {to} already: nothing was changed\n")
        }
        from => format!(
            "{repository}:{tag} names {to} again\nto take this back: longshore tags rollback {repository}:{tag} --to {from}\n"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_a_digest_or_a_time() {
        let digest = |text: &str| Ok(Version::Digest(text.to_owned()));
        #[rustfmt::skip]
        let cases = [
            // text                      version                 because
            ("sha256:9f86d081884c",      digest("sha256:9f86d081884c"), "it may be shortened"),
            ("1970-01-01T00:00:01Z",     Ok(Version::At(1.999_999)),    "the end of the second"),
            ("1970-01-01T00:00:01.5Z",   Ok(Version::At(1.5)),          "a fraction"),
            ("1970-01-01T00:00:01.0Z",   Ok(Version::At(1.0)),          "a fraction of nothing"),
            ("1970-01-01T01:00:01+01",   Ok(Version::At(1.999_999)),    "another zone"),
            ("1795856400.25",            Ok(Version::At(1_795_856_400.250_999)), "the end of the millisecond"),
            ("1795856400.123",           Ok(Version::At(1_795_856_400.123_999)), "as a history has it"),
            ("1795856400.1234",          Ok(Version::At(1_795_856_400.123_4)),   "finer than a history"),
            ("1795856400.123456",        Ok(Version::At(1_795_856_400.123_456)), "a whole moment"),
            ("1795856400.0",             Ok(Version::At(1_795_856_400.000_999)), "JSON's whole second"),
            ("1",                        Ok(Version::At(1.999_999)),    "the end of the second"),
        ];
        for (text, version, because) in cases {
            assert_eq!(text.parse::<Version>(), version, "{because}");
        }
        for text in [
            "v1",
            "",
            "1970-01-01",
            "9f86d081884c",
            "1795856400123",
            "-1",
            "1e9",
            ".5",
            "1.1234567",
            "1.",
        ] {
            assert!(text.parse::<Version>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_rollback_says_what_it_did_and_how_to_take_it_back() {
        let name = ImageName::read_tags("web:v1").unwrap();
        let told = |from: Option<&str>| {
            tell_rollback(&name, &json!({ "FromImageDigest": from, "ToImageDigest": "sha256:ab" }))
        };
        assert_eq!(
            told(Some("sha256:cd")),
            "web:v1 names sha256:ab again\nto take this back: longshore tags rollback web:v1 --to sha256:cd\n"
        );
        assert_eq!(told(None), "web:v1 was deleted, and names sha256:ab again\n");
        assert_eq!(
            told(Some("sha256:ab")),
            "web:v1 names sha256:ab already: nothing was changed\n"
        );
    }
}
