use std::fmt::Write as _;
use std::process::ExitCode;

use clap::Args;
use serde_json::{Value, json};

use super::account::call;
use super::image_name::ImageName;
use super::moment::moment;
use super::why_answer::{EXIT_CODES, Verdict, answer};
use crate::client::{ClientFailure, Reach, run};

/// What is known of an image that is not there, and did not expire.
const NEITHER: &str = "\
it is not there, and no lifecycle policy expired it in the time that the server remembers (90 days, unless \
--remember-expiries-days says otherwise): it was \
deleted otherwise, or never existed
";

/// How to bring an image back from the archive.
const RESTORE: &str = "to pull it, restore it with `aws ecr update-image-storage-class --target-storage-class STANDARD`";

/// An image that a question of lifecycle policies is about.
#[derive(Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct WhyImage {
    /// Repository of the image, or the image in one word: [HOST/]REPOSITORY:TAG or
    /// [HOST/]REPOSITORY@DIGEST
    #[arg(value_name = "REPOSITORY")]
    repository: String,
    /// Tag or digest of the image, unless the first word names it
    #[arg(value_name = "IMAGE")]
    image: Option<String>,
    /// Print the whole answer as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    reach: Reach,
}

impl WhyImage {
    /// Prints what keeps the image, and exits with 1 if the next run takes it or it is gone.
    pub(super) fn explain_kept(&self) -> ExitCode {
        self.explain(tell_kept)
    }

    /// Prints when and why such an image expired, and exits with 1 if none did.
    pub(super) fn explain_expired(&self) -> ExitCode {
        self.explain(tell_expired)
    }

    fn explain(&self, tell: impl FnOnce(&Value, &str) -> (String, bool)) -> ExitCode {
        let image = ImageName::read(&self.repository, self.image.as_deref());
        let image = image.and_then(ImageName::whole).map_err(ClientFailure::Settings);
        let place = image.as_ref().map_or("", ImageName::place).to_owned();
        let asked = image.and_then(|image| run(self.ask(&image)).or_else(nothing_known));
        answer(asked, self.json, |answer| {
            let (told, is_so) = tell(answer, &place);
            (told, if is_so { Verdict::Yes } else { Verdict::No })
        })
    }

    async fn ask(&self, image: &ImageName) -> Result<Value, ClientFailure> {
        call(&self.reach, "Longshore_20261121.ExplainRetention", &image.input()).await
    }
}

/// The answer about an image that is not there, and of which no expiry is remembered.
fn nothing_known(failure: ClientFailure) -> Result<Value, ClientFailure> {
    match failure {
        ClientFailure::Refused { code, .. } if code == "ImageNotFoundException" => {
            Ok(json!({ "Expiries": [] }))
        }
        failure => Err(failure),
    }
}

/// What keeps the image, and whether something does.
fn tell_kept(answer: &Value, place: &str) -> (String, bool) {
    let told = match (&answer["Image"], expiries(answer)) {
        (Value::Null, expiries) => {
            let expiry = expiries.first().map(tell_expiry).unwrap_or_default();
            match (gone(answer, place), &*expiry) {
                (Some(gone), "") => format!("it is not there: it {gone}\n"),
                (Some(gone), expiry) => format!("it is not there: it {gone}\n\n{expiry}"),
                (None, "") => NEITHER.to_owned(),
                (None, expiry) => format!("it is not there: it expired\n\n{expiry}"),
            }
        }
        (image, _) => tell_image(image),
    };
    (told, answer["Image"]["Verdict"] == "KEPT")
}

/// When and why such an image expired, and whether one did.
fn tell_expired(answer: &Value, place: &str) -> (String, bool) {
    let (image, expiries) = (&answer["Image"], expiries(answer));
    let now = match (image, expiries, gone(answer, place)) {
        (Value::Null, [], None) => NEITHER.to_owned(),
        (Value::Null, [], Some(gone)) => format!("it did not expire: it {gone}\n"),
        (Value::Null, _, None) => String::new(),
        (Value::Null, [last, ..], Some(gone)) => {
            let is_same = last["ImageDigest"] == answer["Deleted"]["ImageDigest"];
            let what = if is_same { "it" } else { "the image that had the tag last" };
            format!("{what} {gone}\n\n")
        }
        (image, [], _) if image["ImageStatus"] == "ARCHIVED" => {
            let since = moment(&image["ArchivedAt"]);
            format!(
                "it did not expire: it is in the archive since {since}. If a rule archived it, the records of `longshore audit search --repository {place}` of that time say which\n"
            )
        }
        (_, [], _) => {
            "it did not expire: it is there, and `longshore why kept` says why\n".to_owned()
        }
        (image, [last, ..], _) if image["ImageDigest"] == last["ImageDigest"] => {
            "it was pushed again or restored since, and is there now\n\n".to_owned()
        }
        (image, ..) => {
            format!("the tag names another image now: {}\n\n", text(&image["ImageDigest"]))
        }
    };
    let told = expiries.iter().map(tell_expiry).collect::<Vec<_>>().join("\n");
    (now + &told, !expiries.is_empty())
}

/// How an image went that can be restored, and how it comes back.
fn gone(answer: &Value, place: &str) -> Option<String> {
    let deleted = &answer["Deleted"];
    let how = match deleted["Cause"].as_str()? {
        "EXPIRED" => "expired",
        _ => "was deleted",
    };
    let [at, until] = ["DeletedAt", "RestorableUntil"].map(|member| moment(&deleted[member]));
    let digest = text(&deleted["ImageDigest"]);
    Some(format!(
        "{how} at {at}, and `longshore restore-image {place}@{digest}` brings it back until {until}"
    ))
}

fn expiries(answer: &Value) -> &[Value] {
    answer["Expiries"].as_array().map_or(&[], Vec::as_slice)
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
        ("next run", moment(&image["NextRunAt"])),
        ("status", status(image)),
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

/// The status of an image that cannot be pulled, and how that ends.
fn status(image: &Value) -> String {
    match image["ImageStatus"].as_str() {
        Some("ARCHIVED") => {
            let since = moment(&image["ArchivedAt"]);
            format!("ARCHIVED since {since}: {RESTORE}")
        }
        Some("ACTIVATING") => "ACTIVATING: it can be pulled in a moment".to_owned(),
        _ => String::new(),
    }
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

#[cfg(test)]
mod tests {
    use http::StatusCode;

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
        let archived = json!({ "Verdict": "KEPT", "ImageStatus": "ARCHIVED", "ArchivedAt": 0 });
        let (expired, has) = tell_expired(&json!({ "Image": archived, "Expiries": [] }), "web");
        let begins =
            "it did not expire: it is in the archive since 1970-01-01T00:00:00Z. If a rule";
        assert!(expired.starts_with(begins) && !has, "{expired}");
        assert!(expired.contains("`longshore audit search --repository web`"), "{expired}");
        let told = tell_image(&archived);
        assert!(
            told.contains("\nstatus      ARCHIVED since 1970-01-01T00:00:00Z: to pull it, "),
            "{told}"
        );
        let due = tell_image(&json!({ "Verdict": "DUE", "Reason": "why", "NextRunAt": 0 }));
        let wanted = "verdict     due\nbecause     why\nnext run    1970-01-01T00:00:00Z\n";
        assert_eq!(due, wanted);
    }

    #[test]
    fn an_image_that_is_gone_or_came_again_is_told() {
        let (there, other) = ("sha256:ab", "sha256:cd");
        let image = |digest: &str| json!({ "Verdict": "KEPT", "ImageDigest": digest });
        let expiry = json!({ "ExpiredAt": 0, "Reason": "why", "ImageDigest": there });
        let unknown = "it is not there, and no lifecycle policy expired it";
        #[rustfmt::skip]
        let cases = [
            // image       expiries          kept?                                  expired?
            (image(there), json!([]),        ("verdict     kept\n", true),          ("it did not expire: it is there", false)),
            (image(there), json!([expiry]),  ("verdict     kept\n", true),          ("it was pushed again or restored since, and is there now\n\nexpired ", true)),
            (image(other), json!([expiry]),  ("verdict     kept\n", true),          ("the tag names another image now: sha256:cd\n\nexpired ", true)),
            (Value::Null,  json!([expiry]),  ("it is not there: it expired\n\nexpired ", false), ("expired ", true)),
            (Value::Null,  json!([]),        (unknown, false),                      (unknown, false)),
        ];
        for (image, expiries, kept, expired) in cases {
            let answer = json!({ "Image": image, "Expiries": expiries });
            for ((begins, is_so), (told, said)) in
                [(kept, tell_kept(&answer, "web")), (expired, tell_expired(&answer, "web"))]
            {
                assert!(told.starts_with(begins), "{answer}: {told}");
                assert_eq!(said, is_so, "{answer}: {told}");
            }
        }
    }

    #[test]
    fn an_image_that_can_be_restored_is_told_with_how() {
        let deleted = |cause: &str| {
            json!({
                "Cause": cause, "DeletedAt": 0, "RestorableUntil": 86_400, "ImageDigest": "sha256:ab",
            })
        };
        let back = "at 1970-01-01T00:00:00Z, and `longshore restore-image web@sha256:ab` brings it back until 1970-01-02T00:00:00Z\n";
        let by_caller = json!({ "Expiries": [], "Deleted": deleted("DELETED") });
        let wanted = (format!("it is not there: it was deleted {back}"), false);
        assert_eq!(tell_kept(&by_caller, "web"), wanted);
        let wanted = (format!("it did not expire: it was deleted {back}"), false);
        assert_eq!(tell_expired(&by_caller, "web"), wanted);

        let expiry = json!({ "ExpiredAt": 0, "Reason": "why", "ImageDigest": "sha256:ab" });
        let by_rule = json!({ "Expiries": [expiry], "Deleted": deleted("EXPIRED") });
        let (told, is_kept) = tell_kept(&by_rule, "web");
        let begins = format!("it is not there: it expired {back}\nexpired     1970-01-01");
        assert!(told.starts_with(&begins) && !is_kept, "{told}");
        let (told, has_expired) = tell_expired(&by_rule, "web");
        let begins = format!("it expired {back}\nexpired     1970-01-01");
        assert!(told.starts_with(&begins) && has_expired, "{told}");
        let mut of_another = by_rule;
        of_another["Deleted"]["ImageDigest"] = json!("sha256:cd");
        let (told, has_expired) = tell_expired(&of_another, "web");
        let begins = "the image that had the tag last expired at 1970";
        assert!(told.starts_with(begins) && has_expired, "{told}");
    }

    #[test]
    fn an_image_that_the_server_does_not_know_is_an_answer_and_not_a_failure() {
        let refused = |code: &str| ClientFailure::Refused {
            status: StatusCode::BAD_REQUEST,
            code: code.to_owned(),
            message: String::new(),
            request_id: None,
        };
        let answer = nothing_known(refused("ImageNotFoundException")).unwrap();
        assert_eq!(answer, json!({ "Expiries": [] }));
        assert!(nothing_known(refused("RepositoryNotFoundException")).is_err());
    }

    #[test]
    fn an_expiry_is_told() {
        let expiry = json!({ "ExpiredAt": 0, "Reason": "why", "ImageTags": [] });
        let told = tell_expiry(&expiry);
        assert!(told.starts_with("expired     1970-01-01T00:00:00"), "{told}");
        assert!(told.ends_with("because     why\n"), "{told}");
    }
}
