use std::io::{self, Read as _};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Args, Subcommand};
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use super::Outcome;
use super::account::call_service;
use super::image_name::ImageName;
use super::usage::wrong_usage;
use crate::client::{ClientFailure, Reach, run};

const EXAMPLES: &str = "\
Examples:
  longshore cache warm quay/prometheus/prometheus:latest docker-hub/library/redis:8
  longshore cache warm --from images.txt

`warm` asks the server for each image, so that it fetches what is not here, and waits until all layers are stored. It prints a line \
of JSON for each image that is here whole, in the order of the command line, and its place among all of them: \
{\"Image\":…,\"ImageDigest\":…,\"SizeBytes\":…,\"Done\":3,\"Of\":40}. What cannot be fetched is told on standard error, does not stop \
the others, and makes the exit code 1. It needs what a pull through the cache needs, and ecr:DescribeImages.";

/// Fetches images into pull through caches.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Cache {
    #[command(subcommand)]
    act: Act,
}

#[derive(Subcommand)]
enum Act {
    /// Fetch images from their upstream registries ahead of the first pull
    Warm(Warm),
}

#[derive(Args)]
struct Warm {
    /// Images as clients pull them: [HOST/]REPOSITORY:TAG or [HOST/]REPOSITORY@DIGEST
    #[arg(value_name = "IMAGE", required_unless_present = "from")]
    image: Vec<String>,
    /// File with an image a line, or - for standard input; lines that begin with # are left out
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// For how many minutes to wait until all images are stored
    #[arg(long, value_name = "MINUTES", default_value_t = 60)]
    wait_minutes: u64,
    #[command(flatten)]
    reach: Reach,
}

const GET: &str = "AmazonEC2ContainerRegistry_V20150921.BatchGetImage";
const DESCRIBE: &str = "AmazonEC2ContainerRegistry_V20150921.DescribeImages";

/// How often it is looked for an image that is coming.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// A list of some ten thousand images.
const LIST_BYTES_MAX: u64 = 1 << 20;

impl Cache {
    pub(super) fn run(self) -> Outcome {
        let Act::Warm(warm) = self.act;
        let words = warm.words()?;
        let named: Result<Vec<_>, _> =
            words.iter().map(|word| ImageName::read(word, None)?.whole()).collect();
        match named {
            Ok(images) => Ok(run(warm.fetch(&words, &images))?),
            Err(why) => Ok(wrong_usage(&why)),
        }
    }
}

impl Warm {
    /// The images of the command line, and then those of the file.
    fn words(&self) -> io::Result<Vec<String>> {
        let mut words = self.image.clone();
        if let Some(path) = &self.from {
            let list = read_list(path).map_err(|error| {
                io::Error::other(format!("cannot read {}: {error}", path.display()))
            })?;
            words.extend(lines(&list).map(ToOwned::to_owned));
        }
        Ok(words)
    }

    /// Has all fetched, and then waits for one after the other: they come at the same time.
    async fn fetch(
        &self,
        words: &[String],
        images: &[ImageName],
    ) -> Result<ExitCode, ClientFailure> {
        let until = Instant::now() + Duration::from_secs(self.wait_minutes.saturating_mul(60));
        let mut coming = Vec::new();
        for (word, image) in words.iter().zip(images) {
            match self.ask(image).await? {
                Ok(digest) => coming.push((word, image, digest)),
                Err(why) => eprintln!("longshore: {word}: {why}"),
            }
        }
        let (mut done, of) = (0, words.len());
        for (word, image, digest) in coming {
            let Some(size) = self.await_image(image, &digest, until).await? else {
                eprintln!(
                    "longshore: {word}: it is not stored after {} minutes; `longshore jobs list` says why",
                    self.wait_minutes
                );
                continue;
            };
            done += 1;
            println!(
                "{}",
                json!({
                    "Image": word, "ImageDigest": digest, "SizeBytes": size, "Done": done, "Of": of,
                })
            );
        }
        Ok(if done == of { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }

    /// Has an image fetched. Returns its digest, or why it does not come.
    async fn ask(&self, image: &ImageName) -> Result<Result<String, String>, ClientFailure> {
        let mut id = json!({});
        for (member, word) in [("imageTag", image.tag()), ("imageDigest", image.digest())] {
            if let Some(word) = word {
                id[member] = json!(word);
            }
        }
        let answer = match call_service(&self.reach, "ecr", GET, &input(image, &id)).await {
            Ok(answer) => answer,
            // Another image may be in another repository.
            Err(refused @ ClientFailure::Refused { .. }) => return Ok(Err(refused.to_string())),
            Err(failure) => return Err(failure),
        };
        if let Some(digest) = answer["images"][0]["imageId"]["imageDigest"].as_str() {
            return Ok(Ok(digest.to_owned()));
        }
        let why = answer["failures"][0]["failureReason"].as_str();
        Ok(Err(why.unwrap_or("the server did not say why it does not have it").to_owned()))
    }

    /// Waits until an image is stored. Returns its size; `None` if the time is over.
    async fn await_image(
        &self,
        image: &ImageName,
        digest: &str,
        until: Instant,
    ) -> Result<Option<Value>, ClientFailure> {
        let input = input(image, &json!({ "imageDigest": digest }));
        loop {
            match call_service(&self.reach, "ecr", DESCRIBE, &input).await {
                Ok(mut found) => {
                    return Ok(Some(found["imageDetails"][0]["imageSizeInBytes"].take()));
                }
                Err(ClientFailure::Refused { code, .. }) if code == "ImageNotFoundException" => {}
                Err(failure) if failure.may_pass() => {}
                Err(failure) => return Err(failure),
            }
            if Instant::now() >= until {
                return Ok(None);
            }
            sleep(LOOK_EVERY).await;
        }
    }
}

/// A request about one image of a repository.
fn input(image: &ImageName, id: &Value) -> Value {
    let of = image.input_of_repository();
    let mut input = json!({ "repositoryName": of["RepositoryName"], "imageIds": [id] });
    if let Some(account) = of.get("RegistryId") {
        input["registryId"] = account.clone();
    }
    input
}

fn read_list(path: &std::path::Path) -> io::Result<String> {
    if path.as_os_str() == "-" {
        return super::input::read();
    }
    let mut text = String::new();
    std::fs::File::open(path)?.take(LIST_BYTES_MAX + 1).read_to_string(&mut text)?;
    if text.len() as u64 > LIST_BYTES_MAX {
        return Err(io::Error::other("it is longer than 1 MiB"));
    }
    Ok(text)
}

/// The lines that name images.
fn lines(list: &str) -> impl Iterator<Item = &str> {
    list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_images_is_read_line_by_line() {
        let list = "# ours\r\n\nhub/web:v1\r\n  hub/db:v2  \n#hub/x:v3\n";
        assert_eq!(lines(list).collect::<Vec<_>>(), ["hub/web:v1", "hub/db:v2"]);
    }
}
