use std::fmt::Write as _;
use std::process::ExitCode;

use clap::Args;
use serde_json::Value;

use super::account::call;
use super::image_name::ImageName;
use super::moment::moment;
use super::why_answer::{EXIT_CODES, Verdict, answer};
use crate::client::{ClientFailure, Reach, run};

/// An image that may be held back.
#[derive(Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct WhyRefused {
    /// Image: [HOST/]REPOSITORY:TAG or [HOST/]REPOSITORY@DIGEST
    #[arg(value_name = "IMAGE")]
    image: String,
    /// Print the whole answer as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    reach: Reach,
}

impl WhyRefused {
    /// Prints what holds an image back, and exits with 1 if nothing does.
    pub(super) fn explain(&self) -> ExitCode {
        answer(run(self.ask()), self.json, |answer| {
            (tell(answer), Verdict::of(&answer["Verdict"], "REFUSED", "ALLOWED"))
        })
    }

    async fn ask(&self) -> Result<Value, ClientFailure> {
        let image = ImageName::read(&self.image, None).and_then(ImageName::whole);
        let input = image.map_err(ClientFailure::Settings)?.input();
        call(&self.reach, "Longshore_20261121.ExplainPull", &input).await
    }
}

fn tell(answer: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut told = match answer["Verdict"].as_str() {
        Some("REFUSED") => format!("held back: {}\n", text(&answer["Because"])),
        _ => format!("let through: {}\n", text(&answer["Because"])),
    };
    for (name, member) in [("counts", "Counted"), ("excused", "Excused")] {
        for finding in answer[member].as_array().into_iter().flatten() {
            let [vulnerability, severity, package, version] =
                ["VulnerabilityId", "Severity", "Package", "Version"].map(|it| text(&finding[it]));
            let since = moment(&finding["ObservedAt"]);
            let _ = write!(told, "{name:<9}{severity} {vulnerability} in {package} {version}");
            if let Some(fixed) = finding["FixedInVersion"].as_str() {
                let _ = write!(told, ", fixed in {fixed}");
            }
            let _ = write!(told, ", known since {since}");
            if let Some(excuse) = finding["Excuse"].as_str() {
                let _ = write!(told, ": {excuse}");
            }
            let end = moment(&finding["ExcuseEndsAt"]);
            if !end.is_empty() {
                let _ = write!(told, " (until {end})");
            }
            told.push('\n');
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_counts_and_what_is_excused_is_told_line_by_line() {
        let finding = json!({
            "VulnerabilityId": "CVE-2024-1", "Severity": "HIGH", "Package": "openssl",
            "Version": "1", "FixedInVersion": "2", "ObservedAt": 1_700_000_000,
        });
        let mut excused = finding.clone();
        excused["Excuse"] = json!("an exception: not reached");
        excused["ExcuseEndsAt"] = json!(1_800_000_000);
        let answer = json!({
            "Verdict": "REFUSED", "Because": "it has 1 vulnerability",
            "Counted": [finding], "Excused": [excused],
        });
        let expected = "held back: it has 1 vulnerability\n\
            counts   HIGH CVE-2024-1 in openssl 1, fixed in 2, known since 2023-11-14T22:13:20Z\n\
            excused  HIGH CVE-2024-1 in openssl 1, fixed in 2, known since 2023-11-14T22:13:20Z: \
            an exception: not reached (until 2027-01-15T08:00:00Z)\n";
        assert_eq!(tell(&answer), expected);
        let allowed = json!({ "Verdict": "ALLOWED", "Because": "the registry has no pull gate" });
        assert_eq!(tell(&allowed), "let through: the registry has no pull gate\n");
    }
}
