use std::fmt::Write as _;
use std::process::ExitCode;

use clap::Args;
use serde_json::{Value, json};

use super::Outcome;
use super::account::{call, list_all};
use super::image_name::ImageName;
use crate::client::{ClientFailure, Reach, run};

const EXAMPLES: &str = "\
Examples:
  longshore restore-image --list web
  longshore restore-image web@sha256:9f86d0…
  longshore restore-image web@sha256:9f86d0… --tag v1.3 --tag stable

A server keeps what was deleted or expired for as long as `longshore serve --undo-days` says; by default it keeps nothing. \
Without --tag the image gets the tags back that it had, except those that another image has now. Images of an index come \
back with it; signatures and other referrers have to be restored each for itself. The caller needs ecr:PutImage on the \
repository, and for --list ecr:DescribeImages.";

/// Restores an image that was deleted or expired.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct RestoreImage {
    /// Image to restore: [HOST/]REPOSITORY@DIGEST; with --list the repository alone
    #[arg(value_name = "REPOSITORY@DIGEST")]
    image: String,
    /// Tag that the image is to have; give it again for more
    #[arg(long, value_name = "TAG", conflicts_with = "list")]
    tag: Vec<String>,
    /// List the images of the repository that can be restored
    #[arg(long)]
    list: bool,
    /// Print the whole answer as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    reach: Reach,
}

impl RestoreImage {
    pub(super) fn run(self) -> Outcome {
        let answer =
            run(async { if self.list { self.ask().await } else { self.restore().await } })?;
        if self.json {
            println!("{answer:#}");
        } else if self.list {
            print!("{}", tell_list(&answer));
        } else {
            println!("{}", tell(&answer));
        }
        Ok(ExitCode::SUCCESS)
    }

    async fn ask(&self) -> Result<Value, ClientFailure> {
        let input = ImageName::repository_of(&self.image).map_err(ClientFailure::Settings)?;
        list_all(&self.reach, "Longshore_20261121.ListDeletedImages", "Images", input).await
    }

    async fn restore(&self) -> Result<Value, ClientFailure> {
        let name = ImageName::read(&self.image, None).map_err(ClientFailure::Settings)?;
        let input = input(name.input(), &self.image, &self.tag).map_err(ClientFailure::Settings)?;
        call(&self.reach, "Longshore_20261121.RestoreImage", &input).await
    }
}

/// The request, from one that names an image.
fn input(mut named: Value, word: &str, tags: &[String]) -> Result<Value, String> {
    let mut id = named["ImageId"].take();
    let (Value::String(digest), Value::Null) = (id["ImageDigest"].take(), id["ImageTag"].take())
    else {
        return Err(format!(
            "name the image by its digest, as REPOSITORY@DIGEST, and its tags with --tag: {word}"
        ));
    };
    if let Some(members) = named.as_object_mut() {
        members.remove("ImageId");
        members.insert("ImageDigest".to_owned(), json!(digest));
        if !tags.is_empty() {
            members.insert("ImageTags".to_owned(), json!(tags));
        }
    }
    Ok(named)
}

fn tell(answer: &Value) -> String {
    let digest = answer["ImageDigest"].as_str().unwrap_or_default();
    let tags = words(&answer["ImageTags"]);
    let tags = if tags.is_empty() { "without a tag".to_owned() } else { format!("as {tags}") };
    let state = match answer["ImageStatus"].as_str() {
        Some("ARCHIVED") => {
            "; it is archived, as it was: `aws ecr update-image-storage-class` restores it from there"
        }
        Some("ACTIVATING") => "; it can be pulled when its bytes are back from the archive storage",
        Some(_) | None => "",
    };
    format!("{digest} is restored {tags}{state}")
}

fn tell_list(answer: &Value) -> String {
    let images = answer["Images"].as_array().map_or(&[][..], Vec::as_slice);
    if images.is_empty() {
        return "no image can be restored\n".to_owned();
    }
    let mut told =
        format!("{:<71}  {:<8}  {:<20}  {:<20}  tags\n", "digest", "cause", "gone since", "until");
    for image in images {
        let digest = image["ImageDigest"].as_str().unwrap_or_default();
        let cause = image["Cause"].as_str().unwrap_or_default().to_lowercase();
        let (since, until) = (moment(&image["DeletedAt"]), moment(&image["RestorableUntil"]));
        let tags = words(&image["ImageTags"]);
        let line = format!("{digest:<71}  {cause:<8}  {since:<20}  {until:<20}  {tags}");
        writeln!(told, "{}", line.trim_end()).expect("a string takes everything");
    }
    told
}

fn words(list: &Value) -> String {
    let words = list.as_array().map_or(&[][..], Vec::as_slice).iter().filter_map(Value::as_str);
    words.collect::<Vec<_>>().join(", ")
}

/// Seconds since 1970, as a moment in UTC.
fn moment(seconds: &Value) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "a fraction of a second is left out")]
    let seconds = seconds.as_f64().unwrap_or_default() as i64;
    jiff::Timestamp::from_second(seconds).map_or_else(|_| seconds.to_string(), |at| at.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_is_restored_by_its_digest() {
        let named = |word: &str| {
            let name = ImageName::read(word, None).unwrap().input();
            input(name, word, &["v1".to_owned()])
        };
        let wanted =
            json!({ "RepositoryName": "web", "ImageDigest": "sha256:ab", "ImageTags": ["v1"] });
        assert_eq!(named("web@sha256:ab"), Ok(wanted));
        let refused = named("web:v1").unwrap_err();
        assert!(refused.contains("as REPOSITORY@DIGEST"), "{refused}");
        assert!(named("web:v1@sha256:ab").is_err(), "which of the tags?");
        let bare = input(ImageName::read("web@sha256:ab", None).unwrap().input(), "web", &[]);
        assert_eq!(bare, Ok(json!({ "RepositoryName": "web", "ImageDigest": "sha256:ab" })));
    }

    #[test]
    fn what_came_back_is_told_in_a_sentence() {
        let answer = |status: &str, tags: &[&str]| json!({ "ImageDigest": "sha256:ab", "ImageTags": tags, "ImageStatus": status });
        assert_eq!(tell(&answer("ACTIVE", &["v1", "v2"])), "sha256:ab is restored as v1, v2");
        assert_eq!(tell(&answer("ACTIVE", &[])), "sha256:ab is restored without a tag");
        let archived = tell(&answer("ARCHIVED", &["v1"]));
        assert!(archived.starts_with("sha256:ab is restored as v1; it is archived"), "{archived}");
    }

    #[test]
    fn what_can_be_restored_is_listed() {
        let image = json!({
            "ImageDigest": format!("sha256:{}", "a".repeat(64)), "Cause": "EXPIRED",
            "DeletedAt": 0.5, "RestorableUntil": 86_400, "ImageTags": ["v1"],
        });
        let told = tell_list(&json!({ "Images": [image] }));
        let line = told.lines().nth(1).unwrap();
        assert!(line.starts_with("sha256:aaaa"), "{line}");
        assert!(
            line.ends_with("  expired   1970-01-01T00:00:00Z  1970-01-02T00:00:00Z  v1"),
            "{line}"
        );
        assert_eq!(tell_list(&json!({ "Images": [] })), "no image can be restored\n");
    }
}
