use std::fmt::Write as _;
use std::process::ExitCode;

use clap::Args;
use serde_json::{Value, json};

use super::account::call;
use super::image_name::ImageName;
use super::why_answer::{EXIT_CODES, Verdict, answer};
use crate::client::{ClientFailure, Reach, run};

/// An image and a vulnerability.
#[derive(Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct WhyVulnerable {
    /// Image: [HOST/]REPOSITORY:TAG or [HOST/]REPOSITORY@DIGEST
    #[arg(value_name = "IMAGE")]
    image: String,
    /// Vulnerability, e.g. CVE-2024-3094, or an advisory's identifier
    #[arg(value_name = "VULNERABILITY")]
    vulnerability: String,
    /// Print the whole answer as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    reach: Reach,
}

impl WhyVulnerable {
    /// Prints what has the vulnerability, and exits with 1 if nothing has it. An image that was not
    /// scanned is no answer.
    pub(super) fn explain(&self) -> ExitCode {
        answer(run(self.ask()), self.json, |answer| {
            (tell(answer, &self.vulnerability), verdict(answer))
        })
    }

    async fn ask(&self) -> Result<Value, ClientFailure> {
        let image = ImageName::read(&self.image, None).and_then(ImageName::whole);
        let mut input = image.map_err(ClientFailure::Settings)?.input();
        input["VulnerabilityId"] = json!(self.vulnerability);
        call(&self.reach, "Longshore_20261121.ExplainVulnerability", &input).await
    }
}

fn reasons(answer: &Value) -> &[Value] {
    answer["Vulnerabilities"].as_array().map_or(&[], Vec::as_slice)
}

fn was_judged(answer: &Value) -> bool {
    matches!(answer["ScanStatus"].as_str(), Some("COMPLETE" | "ACTIVE"))
}

fn verdict(answer: &Value) -> Verdict {
    match (reasons(answer), was_judged(answer)) {
        ([_, ..], _) => Verdict::Yes,
        ([], true) => Verdict::No,
        ([], false) => Verdict::NoAnswer,
    }
}

/// The members of a reason, with their names for people.
const TOLD: [(&str, &str); 12] = [
    ("vulnerability", "VulnerabilityId"),
    ("severity", "Severity"),
    ("exploited", "KnownExploited"),
    ("EPSS", "EpssScore"),
    ("because", "Because"),
    ("package", "Package"),
    ("version", "Version"),
    ("file", "Path"),
    ("layer", "Layer"),
    ("instruction", "Instruction"),
    ("advisory", "Advisory"),
    ("page", "AdvisoryPage"),
];

fn tell(answer: &Value, vulnerability: &str) -> String {
    let text = |value: &Value| match value {
        Value::Bool(true) => "yes, CISA lists it".to_owned(),
        Value::Bool(false) => "CISA does not list it".to_owned(),
        _ => value.as_str().unwrap_or_default().to_owned(),
    };
    let found = reasons(answer);
    if found.is_empty() && was_judged(answer) {
        return format!("no package of the image is known to have {vulnerability}\n");
    }
    if found.is_empty() {
        let status = answer["ScanStatus"].as_str().unwrap_or("never scanned");
        let description = text(&answer["ScanDescription"]);
        return format!("it is not known: the image is {status}\n{description}\n");
    }
    let mut told = String::new();
    for (place, reason) in found.iter().enumerate() {
        if place > 0 {
            told.push('\n');
        }
        for (name, member) in TOLD {
            let value = text(&reason[member]);
            if !value.is_empty() {
                let _ = writeln!(told, "{name:<15}{value}");
            }
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vulnerability_is_told_with_its_package_and_layer() {
        let answer = json!({
            "ScanStatus": "COMPLETE",
            "Vulnerabilities": [{
                "VulnerabilityId": "CVE-2024-1", "Severity": "HIGH", "Package": "openssl",
                "Version": "3.0.9-1", "Layer": "sha256:ab", "Instruction": "RUN apt-get install",
                "Because": "openssl 3.0.9-1 comes before 3.0.11-1, the first version without it",
            }],
        });
        let told = tell(&answer, "CVE-2024-1");
        assert!(told.starts_with("vulnerability  CVE-2024-1\nseverity       HIGH\n"), "{told}");
        assert!(!told.contains("exploited"), "nothing is said without a list: {told}");
        let mut listed = answer.clone();
        listed["Vulnerabilities"][0]["KnownExploited"] = json!(true);
        listed["Vulnerabilities"][0]["EpssScore"] = json!("0.94358");
        let of_list = tell(&listed, "CVE-2024-1");
        let lines = "\nexploited      yes, CISA lists it\nEPSS           0.94358\n";
        assert!(of_list.contains(lines), "{of_list}");
        assert!(told.contains("\nlayer          sha256:ab\ninstruction    RUN apt-get"), "{told}");
        assert_eq!(verdict(&answer), Verdict::Yes);
    }

    #[test]
    fn an_image_that_was_not_judged_is_not_called_clean() {
        let judged = json!({ "ScanStatus": "COMPLETE", "Vulnerabilities": [] });
        assert!(tell(&judged, "CVE-1").starts_with("no package of the image is known"));
        assert_eq!(verdict(&judged), Verdict::No);
        let unknown = json!({
            "ScanStatus": "FINDINGS_UNAVAILABLE", "ScanDescription": "There are no advisories",
            "Vulnerabilities": [],
        });
        let told = tell(&unknown, "CVE-1");
        let expected =
            "it is not known: the image is FINDINGS_UNAVAILABLE\nThere are no advisories\n";
        assert_eq!(told, expected);
        assert_eq!(verdict(&unknown), Verdict::NoAnswer);
        assert_eq!(verdict(&json!({})), Verdict::NoAnswer);
    }
}
