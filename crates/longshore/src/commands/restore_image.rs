use std::fmt::Write as _;
use std::process::ExitCode;

use clap::Args;
use serde_json::{Value, json};

use super::Outcome;
use super::account::{call, call_service};
use super::deleted_images::{DeletedImages, tell_list, words};
use super::image_name::{ImageName, is_whole_digest};
use super::usage::{EXIT_CODES, wrong_usage};
use crate::client::{ClientFailure, Reach, run};

const EXAMPLES: &str = "\
Examples:
  longshore restore-image --list web
  longshore restore-image web@sha256:9f86d0…
  longshore restore-image web:v1.3
  longshore restore-image web@sha256:9f86d0… --tag v1.3 --tag stable

A server keeps what was deleted or expired for as long as `longshore serve --undo-days` says; by default it keeps nothing. \
By a tag, that image is restored that had it, if it is one alone; a digest may be shortened. \
Without --tag the image gets the tags back that it had, except those that another image has now. Images of an index come \
back with it; signatures and other referrers have to be restored each for itself. The caller needs ecr:PutImage on the \
repository, and ecr:DescribeImages for --list, a tag or a shortened digest.";

/// Restores an image that was deleted or expired.
#[derive(Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{EXIT_CODES}"))]
pub(crate) struct RestoreImage {
    /// Image to restore: [HOST/]REPOSITORY@DIGEST or [HOST/]REPOSITORY:TAG; with --list the
    /// repository alone
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
        if self.list { self.print_list() } else { self.restore() }
    }

    fn print_list(&self) -> Outcome {
        let input = match ImageName::repository_of(&self.image) {
            Ok(input) => input,
            Err(why) => return Ok(wrong_usage(&why)),
        };
        let listed = run(DeletedImages::list(&self.reach, input, usize::MAX))?;
        if self.json {
            println!("{:#}", listed.as_json());
        } else {
            print!("{}", tell_list(&listed));
        }
        Ok(ExitCode::SUCCESS)
    }

    fn restore(&self) -> Outcome {
        let name = match named(&self.image) {
            Ok(name) => name,
            Err(why) => return Ok(wrong_usage(&why)),
        };
        let answer = run(self.ask(&name))?;
        if self.json {
            println!("{answer:#}");
        } else {
            println!("{}{}", tell(&answer), tell_taken(name.place(), &answer));
        }
        Ok(ExitCode::SUCCESS)
    }

    async fn ask(&self, name: &ImageName) -> Result<Value, ClientFailure> {
        let mut input = name.input_of_repository();
        let whole = name.digest().filter(|digest| is_whole_digest(digest));
        let digest = if let Some(digest) = whole {
            digest.to_owned()
        } else {
            let listed = DeletedImages::list(&self.reach, input.clone(), LOOKED_AT_MAX).await?;
            match listed.pick(name) {
                Ok(digest) => digest,
                Err(why) => return Err(self.not_picked(name, why).await),
            }
        };
        input["ImageDigest"] = json!(digest);
        if !self.tag.is_empty() {
            input["ImageTags"] = json!(self.tag);
        }
        call(&self.reach, "Longshore_20261121.RestoreImage", &input).await
    }

    /// Why no image was picked: perhaps one with this tag is there already.
    async fn not_picked(&self, name: &ImageName, why: String) -> ClientFailure {
        const TARGET: &str = "AmazonEC2ContainerRegistry_V20150921.DescribeImages";
        let Some(tag) = name.tag() else { return ClientFailure::Settings(why) };
        let of = name.input_of_repository();
        let mut input =
            json!({ "repositoryName": of["RepositoryName"], "imageIds": [{ "imageTag": tag }] });
        if let Some(account) = of.get("RegistryId") {
            input["registryId"] = account.clone();
        }
        let found = call_service(&self.reach, "ecr", TARGET, &input).await;
        let digest = found
            .ok()
            .and_then(|found| Some(found["imageDetails"][0]["imageDigest"].as_str()?.to_owned()));
        ClientFailure::Settings(match digest {
            Some(digest) => format!("{tag} is there: it names {digest}; {why}"),
            None => why,
        })
    }
}

/// How many deleted images are looked at for a tag or for the rest of a digest: ten calls.
const LOOKED_AT_MAX: usize = 10_000;

/// The image that a word names by a digest or by a tag, or how to name one.
fn named(word: &str) -> Result<ImageName, String> {
    let name = ImageName::of_any(word);
    match (name.tag(), name.digest()) {
        (Some(_), None) | (None, Some(_)) => Ok(name),
        (None, None) | (Some(_), Some(_)) => {
            let place = name.place();
            Err(format!(
                "name the image as {place}@DIGEST, or as {place}:TAG by a tag that it had; `longshore restore-image --list {place}` prints what can be restored"
            ))
        }
    }
}

/// The tags of the image that other images have now, and how it gets them back.
fn tell_taken(place: &str, answer: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let digest = text(&answer["ImageDigest"]);
    let mut told = String::new();
    for taken in answer["TakenTags"].as_array().into_iter().flatten() {
        let (tag, other) = (text(&taken["ImageTag"]), text(&taken["ImageDigest"]));
        let _ = write!(
            told,
            "\nnot as {tag}, which {other} has now: `longshore tags rollback {place}:{tag} --to {digest}` moves it, if tags can be moved there"
        );
    }
    told
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_is_named_by_its_digest_or_by_a_tag() {
        for word in ["web@sha256:ab", "web:v1", "localhost:5050/team/web:v1"] {
            assert!(named(word).is_ok(), "{word}");
        }
        let told = "name the image as team/web@DIGEST, or as team/web:TAG by a tag that it had; \
                    `longshore restore-image --list team/web` prints what can be restored";
        assert_eq!(named("team/web").unwrap_err(), told);
        assert_eq!(named("team/web:v1@sha256:ab").unwrap_err(), told, "which of the two?");
    }

    #[test]
    fn tags_that_other_images_have_are_told() {
        let taken = json!([{ "ImageTag": "stable", "ImageDigest": "sha256:cd" }]);
        let answer = json!({ "ImageDigest": "sha256:ab", "ImageTags": ["v1"], "TakenTags": taken });
        let told = "\nnot as stable, which sha256:cd has now: `longshore tags rollback web:stable \
                    --to sha256:ab` moves it, if tags can be moved there";
        assert_eq!(tell_taken("web", &answer), told);
        assert_eq!(tell_taken("web", &json!({ "ImageDigest": "sha256:ab" })), "");
    }

    #[test]
    fn what_came_back_is_told_in_a_sentence() {
        let answer = |status: &str, tags: &[&str]| json!({ "ImageDigest": "sha256:ab", "ImageTags": tags, "ImageStatus": status });
        assert_eq!(tell(&answer("ACTIVE", &["v1", "v2"])), "sha256:ab is restored as v1, v2");
        assert_eq!(tell(&answer("ACTIVE", &[])), "sha256:ab is restored without a tag");
        let archived = tell(&answer("ARCHIVED", &["v1"]));
        assert!(archived.starts_with("sha256:ab is restored as v1; it is archived"), "{archived}");
    }
}
