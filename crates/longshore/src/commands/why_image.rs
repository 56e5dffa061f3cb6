use std::fmt::Write as _;
use std::process::ExitCode;

use clap::Args;
use serde_json::{Value, json};

use super::account::call;
use super::why::UNKNOWN;
use crate::client::{ClientFailure, Reach, run};

/// An image that a question of lifecycle policies is about.
#[derive(Args)]
pub(crate) struct WhyImage {
    /// Repository of the image
    #[arg(value_name = "REPOSITORY")]
    repository: String,
    /// Tag or digest of the image
    #[arg(value_name = "IMAGE")]
    image: String,
    /// Print the whole answer as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    reach: Reach,
}

impl WhyImage {
    /// Prints what keeps the image, and exits with 1 if the next run takes it or it is gone.
    pub(super) fn explain_kept(&self) -> ExitCode {
        self.explain(|answer| {
            let image = &answer["Image"];
            let told = match image {
                Value::Null => "it is not there\n".to_owned(),
                image => tell_image(image),
            };
            (told, image["Verdict"] == "KEPT")
        })
    }

    /// Prints when and why such an image expired, and exits with 1 if none did.
    pub(super) fn explain_expired(&self) -> ExitCode {
        self.explain(|answer| {
            let expiries = answer["Expiries"].as_array().map_or(&[][..], Vec::as_slice);
            let told = match expiries {
                [] => "it did not expire, or that was too long ago\n".to_owned(),
                expiries => expiries.iter().map(tell_expiry).collect::<Vec<_>>().join("\n"),
            };
            (told, !expiries.is_empty())
        })
    }

    fn explain(&self, tell: impl FnOnce(&Value) -> (String, bool)) -> ExitCode {
        match run(self.ask()) {
            Ok(answer) => {
                let (told, is_so) = tell(&answer);
                if self.json {
                    println!("{answer:#}");
                } else {
                    print!("{told}");
                }
                if is_so { ExitCode::SUCCESS } else { ExitCode::FAILURE }
            }
            Err(failure) => {
                eprintln!("longshore: {failure}");
                ExitCode::from(UNKNOWN)
            }
        }
    }

    async fn ask(&self) -> Result<Value, ClientFailure> {
        let member = if self.image.contains(':') { "ImageDigest" } else { "ImageTag" };
        let input = json!({ "RepositoryName": self.repository, "ImageId": { member: self.image } });
        call(&self.reach, "Longshore_20261121.ExplainRetention", &input).await
    }
}

/// Renders an image that is there for people to read.
fn tell_image(image: &Value) -> String {
    let verdict = match image["Verdict"].as_str() {
        Some("KEPT") => "kept",
        _ => "due",
    };
    lines(&[
        ("verdict", verdict.to_owned()),
        ("because", text(&image["Reason"])),
        ("until", moment(&image["KeptUntil"])),
        ("image", text(&image["ImageDigest"])),
        ("tags", tags(image)),
        ("rule", text(&image["Rule"])),
    ])
}

/// Renders an image that expired.
fn tell_expiry(expiry: &Value) -> String {
    lines(&[
        ("expired", moment(&expiry["ExpiredAt"])),
        ("because", text(&expiry["Reason"])),
        ("image", text(&expiry["ImageDigest"])),
        ("tags", tags(expiry)),
        ("pushed", moment(&expiry["ImagePushedAt"])),
        ("last pull", moment(&expiry["LastRecordedPullTime"])),
        ("rule", text(&expiry["Rule"])),
    ])
}

fn lines(lines: &[(&str, String)]) -> String {
    let mut told = String::new();
    for (name, value) in lines.iter().filter(|(_, value)| !value.is_empty()) {
        let _ = writeln!(told, "{name:<12}{value}");
    }
    told
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn tags(image: &Value) -> String {
    let tags = image["ImageTags"].as_array().into_iter().flatten().filter_map(Value::as_str);
    tags.collect::<Vec<_>>().join(", ")
}

/// Seconds since 1970 as a date and a time in UTC.
fn moment(value: &Value) -> String {
    let Some(seconds) = value.as_f64() else { return String::new() };
    #[expect(clippy::cast_possible_truncation, reason = "a fraction of a second is not told")]
    let moment = jiff::Timestamp::from_second(seconds as i64);
    moment.map_or_else(|_| String::new(), |moment| moment.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_image_is_told() {
        let image = json!({
            "Verdict": "KEPT", "Reason": "rule 1 keeps the newest 3 images", "KeptUntil": 0,
            "ImageDigest": "sha256:ab", "ImageTags": ["v1", "v2"], "Rule": "{}",
        });
        let told = tell_image(&image);
        assert!(
            told.starts_with("verdict     kept\nbecause     rule 1 keeps the newest 3 images\n")
        );
        assert!(told.contains("\nuntil       1970-01-01T00:00:00"), "{told}");
        assert!(
            told.ends_with("image       sha256:ab\ntags        v1, v2\nrule        {}\n"),
            "{told}"
        );
        let due = tell_image(&json!({ "Verdict": "DUE", "Reason": "why" }));
        assert_eq!(due, "verdict     due\nbecause     why\n");
    }

    #[test]
    fn an_expiry_is_told() {
        let expiry = json!({ "ExpiredAt": 0, "Reason": "why", "ImageTags": [] });
        let told = tell_expiry(&expiry);
        assert!(told.starts_with("expired     1970-01-01T00:00:00"), "{told}");
        assert!(told.ends_with("because     why\n"), "{told}");
    }
}
