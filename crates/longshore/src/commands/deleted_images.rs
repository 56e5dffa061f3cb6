//! The deleted images of a repository that can be restored, as an answer of the server has them.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::account::call;
use super::image_name::ImageName;
use super::moment::moment;
use crate::client::{ClientFailure, Reach};

/// Images of one call.
const PAGE_MAX: usize = 1_000;

/// As many images are told to choose from.
const CHOICES_MAX: usize = 20;

/// Deleted images, in the order of their deletion.
pub(super) struct DeletedImages {
    images: Vec<Value>,
    /// There are more.
    is_cut: bool,
    /// How long the server keeps what is deleted now, if it says so.
    undo_days: Option<u64>,
}

impl DeletedImages {
    /// Fetches the list page by page, and not much more of it than `max` images.
    pub(super) async fn list(
        reach: &Reach,
        mut input: Value,
        max: usize,
    ) -> Result<Self, ClientFailure> {
        let mut listed = Self { images: Vec::new(), is_cut: false, undo_days: None };
        input["maxResults"] = json!(PAGE_MAX);
        loop {
            let mut answer = call(reach, "Longshore_20261121.ListDeletedImages", &input).await?;
            listed.undo_days = answer["UndoDays"].as_u64();
            if let Value::Array(page) = answer["Images"].take() {
                listed.images.extend(page);
            }
            let token = answer["nextToken"].take();
            listed.is_cut = token.is_string();
            if !listed.is_cut || listed.images.len() >= max {
                return Ok(listed);
            }
            input["nextToken"] = token;
        }
    }

    /// As the answer of one call.
    pub(super) fn as_json(&self) -> Value {
        let mut answer = json!({ "Images": self.images });
        if let Some(days) = self.undo_days {
            answer["UndoDays"] = json!(days);
        }
        answer
    }

    /// The digest of the one image that had this tag, or that has a digest which begins like this.
    pub(super) fn pick(&self, name: &ImageName) -> Result<String, String> {
        let place = name.place();
        let list = format!("`longshore restore-image --list {place}` prints what can be restored");
        if self.is_cut {
            return Err(format!(
                "more images of {place} can be restored than are looked through: give the whole digest; {list}"
            ));
        }
        let had = |image: &Value, tag: &str| {
            image["ImageTags"].as_array().is_some_and(|tags| tags.contains(&json!(tag)))
        };
        let begins = |image: &Value, part: &str| {
            image["ImageDigest"].as_str().is_some_and(|digest| digest.starts_with(part))
        };
        let part = name.digest().map(|digest| digest.trim_end_matches('…'));
        let is_meant = |image: &&Value| match (name.tag(), part) {
            (Some(tag), _) => had(image, tag),
            (None, Some(part)) => begins(image, part),
            (None, None) => false,
        };
        let what = match (name.tag(), part) {
            (Some(tag), _) => format!("that had the tag {tag}"),
            (None, part) => format!("whose digest begins with {}", part.unwrap_or_default()),
        };
        let found: Vec<&Value> = self.images.iter().rev().filter(is_meant).collect();
        match &*found {
            [] if self.undo_days == Some(0) => {
                Err(format!("no image {what} can be restored: {NOTHING}"))
            }
            [] => Err(format!("no image {what} can be restored: {list}")),
            [one] => Ok(one["ImageDigest"].as_str().unwrap_or_default().to_owned()),
            several => Err(several_found(place, &what, several)),
        }
    }
}

/// Why there is nothing to restore on a server without an undo window.
const NOTHING: &str = "the server keeps nothing that is deleted (--undo-days is 0)";

fn several_found(place: &str, what: &str, images: &[&Value]) -> String {
    let mut told =
        format!("{} images {what} can be restored: name one of them by its digest", images.len());
    for image in images.iter().take(CHOICES_MAX) {
        let (cause, at) = (cause(image), moment(&image["DeletedAt"]));
        let digest = image["ImageDigest"].as_str().unwrap_or_default();
        let _ = write!(told, "\n  {place}@{digest}  {cause} {at}");
    }
    if images.len() > CHOICES_MAX {
        told.push_str("\n  and older ones");
    }
    told
}

fn cause(image: &Value) -> String {
    image["Cause"].as_str().unwrap_or_default().to_lowercase()
}

/// Renders the list as a table.
pub(super) fn tell_list(listed: &DeletedImages) -> String {
    if listed.images.is_empty() {
        return match listed.undo_days {
            Some(0) => format!("no image can be restored: {NOTHING}\n"),
            Some(_) | None => "no image can be restored\n".to_owned(),
        };
    }
    let mut told =
        format!("{:<71}  {:<8}  {:<20}  {:<20}  tags\n", "digest", "cause", "gone since", "until");
    for image in &listed.images {
        let digest = image["ImageDigest"].as_str().unwrap_or_default();
        let (since, until) = (moment(&image["DeletedAt"]), moment(&image["RestorableUntil"]));
        let cause = cause(image);
        let tags = match words(&image["ImageTags"]) {
            tags if tags.is_empty() => kind(image),
            tags => tags,
        };
        let line = format!("{digest:<71}  {cause:<8}  {since:<20}  {until:<20}  {tags}");
        let _ = writeln!(told, "{}", line.trim_end());
    }
    told
}

/// What an image without tags is, in parentheses.
fn kind(image: &Value) -> String {
    if let Some(subject) = image["SubjectManifestDigest"].as_str() {
        return format!("(refers to {subject})");
    }
    let media_type = image["ImageManifestMediaType"].as_str().unwrap_or_default();
    let is_index = media_type.contains("image.index") || media_type.contains("manifest.list");
    if is_index { "(index)".to_owned() } else { String::new() }
}

/// A list of words, with commas.
pub(super) fn words(list: &Value) -> String {
    let words = list.as_array().map_or(&[][..], Vec::as_slice).iter().filter_map(Value::as_str);
    words.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn image(digit: &str, tags: &[&str]) -> Value {
        json!({
            "ImageDigest": format!("sha256:{}", digit.repeat(64)), "Cause": "EXPIRED",
            "DeletedAt": 0.5, "RestorableUntil": 86_400, "ImageTags": tags,
        })
    }

    fn of(images: Vec<Value>) -> DeletedImages {
        DeletedImages { images, is_cut: false, undo_days: Some(7) }
    }

    #[test]
    fn what_can_be_restored_is_listed() {
        let told = tell_list(&of(vec![image("a", &["v1"])]));
        let line = told.lines().nth(1).unwrap();
        assert!(line.starts_with("sha256:aaaa"), "{line}");
        assert!(
            line.ends_with("  expired   1970-01-01T00:00:00Z  1970-01-02T00:00:00Z  v1"),
            "{line}"
        );
        let [mut index, mut signature] = [image("b", &[]), image("c", &[])];
        index["ImageManifestMediaType"] = json!("application/vnd.oci.image.index.v1+json");
        signature["SubjectManifestDigest"] = json!("sha256:bb");
        let told = tell_list(&of(vec![index, signature]));
        let ends: Vec<&str> = told.lines().skip(1).map(|line| &line[line.len() - 22..]).collect();
        assert!(ends[0].ends_with("Z  (index)"), "{told}");
        assert!(ends[1].ends_with("(refers to sha256:bb)"), "{told}");
        assert_eq!(tell_list(&of(Vec::new())), "no image can be restored\n");
        let off = DeletedImages { undo_days: Some(0), ..of(Vec::new()) };
        let told = "no image can be restored: the server keeps nothing that is deleted (--undo-days is 0)\n";
        assert_eq!(tell_list(&off), told);
    }

    #[test]
    fn the_one_image_is_found_by_a_tag_or_by_a_part_of_its_digest() {
        let all = of(vec![image("a", &["v1", "x"]), image("b", &["v1"]), image("c", &[])]);
        let pick = |all: &DeletedImages, word: &str| all.pick(&ImageName::of_any(word));
        let [a, c] = ["a", "c"].map(|digit| format!("sha256:{}", digit.repeat(64)));
        assert_eq!(pick(&all, "web:x"), Ok(a));
        assert_eq!(pick(&all, "web@sha256:cc"), Ok(c.clone()));
        assert_eq!(pick(&all, "web@sha256:cc…"), Ok(c));
        let several = pick(&all, "web:v1").unwrap_err();
        let lines: Vec<&str> = several.lines().collect();
        assert_eq!(
            lines[0],
            "2 images that had the tag v1 can be restored: name one of them by its digest"
        );
        assert!(lines[1].starts_with("  web@sha256:bbb"), "the newest is first: {several}");
        assert!(lines[2].ends_with("aaa  expired 1970-01-01T00:00:00Z"), "{several}");
        let list = "`longshore restore-image --list web` prints what can be restored";
        let none = format!("no image that had the tag v9 can be restored: {list}");
        assert_eq!(pick(&all, "web:v9"), Err(none));
        let off = DeletedImages { undo_days: Some(0), ..of(Vec::new()) };
        let told = pick(&off, "web@sha256:d").unwrap_err();
        let nothing = "no image whose digest begins with sha256:d can be restored: the server keeps \
                       nothing that is deleted (--undo-days is 0)";
        assert_eq!(told, nothing);
        let cut = DeletedImages { is_cut: true, ..all };
        let told = pick(&cut, "web:x").unwrap_err();
        assert!(told.ends_with(&format!("give the whole digest; {list}")), "{told}");
    }
}
