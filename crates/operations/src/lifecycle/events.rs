//! What runs and previews of lifecycle policies tell: CloudTrail's `PolicyExecutionEvent` and
//! `DryRunEvent`.
//!
//! * An event lists ten images at most, and of each a hundred tags. More images take more events.
//! * A run tells of images in the transaction that acts on them, and of a run without any in the
//!   one that ends it. So each image is told once, however often the run is stopped and goes on.
//! * Every event has the numbers of the whole run, so that a policy that takes everything shows.
//! * The words of rules are those that AWS was seen to write.

use db::{DbError, LifecycleImage, LifecyclePolicy, PreviewedImage, Tx};
use names::{Digest, ImageTag, RepositoryArn, Timestamp, Uuid};
use policy::lifecycle::{Count, Document, Rule, TagSelection};
use serde::Serialize;

use crate::audit::Audit;
use crate::audit::service_event::{Numbers, ServiceEvent};
use crate::wording::list;

/// How many images one event lists.
const IMAGES_PER_EVENT: usize = 10;

/// How many tags of an image an event lists.
const TAGS_PER_IMAGE: usize = 100;

/// What an event tells of an image.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EventImage {
    digest: String,
    tag_status: &'static str,
    tag_list: Vec<String>,
    pushed_at: i64,
}

/// What became of an image that a rule takes.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    image: EventImage,
    rule: u32,
    /// The indexes that kept it.
    kept_by: Vec<Digest>,
}

/// The policy that an event is about.
pub(crate) struct EventPolicy<'a> {
    /// The policy, compiled.
    pub(crate) document: &'a Document,
    /// Its row, if it is the repository's own.
    pub(crate) stored: Option<&'a LifecyclePolicy>,
}

impl Told {
    /// An image that the rule of this priority takes, before something becomes of it.
    pub(crate) fn of(image: &LifecycleImage, rule: u32) -> Self {
        let image = event_image(&image.digest, &image.tags, image.pushed_at);
        Self { image, rule, kept_by: Vec::new() }
    }

    /// The same, if these indexes kept it from that.
    pub(crate) fn kept_by(self, indexes: Vec<Digest>) -> Self {
        Self { kept_by: indexes, ..self }
    }

    /// An image that a preview found.
    pub(crate) fn previewed(image: &PreviewedImage) -> Self {
        let PreviewedImage { digest, tags, pushed_at, rule, .. } = image;
        Self { image: event_image(digest, tags, *pushed_at), rule: *rule, kept_by: Vec::new() }
    }
}

fn event_image(digest: &Digest, tags: &[ImageTag], pushed_at: Timestamp) -> EventImage {
    EventImage {
        digest: digest.to_string(),
        tag_status: if tags.is_empty() { "Untagged" } else { "Tagged" },
        tag_list: tags.iter().take(TAGS_PER_IMAGE).map(ImageTag::to_string).collect(),
        pushed_at: millis(pushed_at),
    }
}

/// Writes the events about these images; one without any, if there are none.
pub(crate) fn write(
    tx: &mut Tx<'_>,
    audit: Audit,
    name: &'static str,
    (repository, policy): (&RepositoryArn, &EventPolicy<'_>),
    numbers: Numbers,
    images: &[Told],
    now: Timestamp,
) -> Result<(), DbError> {
    if audit == Audit::Off {
        return Ok(());
    }
    let groups = images.chunks(IMAGES_PER_EVENT);
    let none: Option<&[Told]> = images.is_empty().then_some(&[]);
    for images in none.into_iter().chain(groups) {
        let details = details(repository, policy, images);
        let event = ServiceEvent { name, repository, details, additional: Some(numbers) };
        event.write(tx, audit, Uuid::from_random(keys::random()), now)?;
    }
    Ok(())
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Details {
    repository_name: String,
    lifecycle_event_policy: WrittenPolicy,
    #[serde(rename = "lifecycleEventImageActions")]
    actions: Vec<ImageAction>,
    #[serde(rename = "lifecycleEventFailureDetails")]
    failures: Vec<FailureDetail>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WrittenPolicy {
    lifecycle_event_rules: Vec<WrittenRule>,
    last_evaluated_at: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    policy_version: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    policy_id: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WrittenRule {
    rule_priority: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    lifecycle_event_selection: Selection,
    action: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Selection {
    tag_status: &'static str,
    tag_prefix_list: Vec<String>,
    tag_pattern_list: Vec<String>,
    count_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    count_unit: Option<&'static str>,
    count_number: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ImageAction {
    lifecycle_event_image: EventImage,
    rule_priority: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FailureDetail {
    lifecycle_event_image: EventImage,
    rule_priority: u32,
    failure_code: &'static str,
    failure_reason: String,
}

fn details(repository: &RepositoryArn, policy: &EventPolicy<'_>, images: &[Told]) -> Details {
    let EventPolicy { document, stored } = policy;
    let evaluated = stored.and_then(|stored| stored.last_evaluated_at);
    let (kept, gone): (Vec<&Told>, Vec<&Told>) =
        images.iter().partition(|told| !told.kept_by.is_empty());
    let action = |told: &Told| ImageAction {
        lifecycle_event_image: told.image.clone(),
        rule_priority: told.rule,
    };
    let failure = |told: &Told| FailureDetail {
        lifecycle_event_image: told.image.clone(),
        rule_priority: told.rule,
        failure_code: "ImageReferencedByManifestList",
        failure_reason: format!(
            "Requested image referenced by manifest list: {}",
            list(&told.kept_by)
        ),
    };
    Details {
        repository_name: repository.repository.to_string(),
        lifecycle_event_policy: WrittenPolicy {
            lifecycle_event_rules: document.rules().iter().map(written_rule).collect(),
            last_evaluated_at: evaluated.map_or(0, millis),
            policy_version: stored.map(|stored| stored.version),
            policy_id: stored.map(|stored| stored.id.to_string()),
        },
        actions: gone.into_iter().map(action).collect(),
        failures: kept.into_iter().map(failure).collect(),
    }
}

fn written_rule(rule: &Rule) -> WrittenRule {
    let (tag_status, prefixes, patterns) = match rule.tags() {
        TagSelection::Any => ("Any", Vec::new(), Vec::new()),
        TagSelection::Untagged => ("Untagged", Vec::new(), Vec::new()),
        TagSelection::Tagged => ("Tagged", Vec::new(), Vec::new()),
        TagSelection::Prefixes(prefixes) => {
            ("Tagged", prefixes.iter().map(ToString::to_string).collect(), Vec::new())
        }
        TagSelection::Patterns(patterns) => {
            let patterns = patterns.iter().map(|pattern| pattern.as_str().to_owned());
            ("Tagged", Vec::new(), patterns.collect())
        }
    };
    let count = rule.count();
    let count_type = match count {
        Count::ImagesMoreThan(_) => "Image count more than",
        Count::DaysSincePushed(_) => "Time since image pushed",
        Count::DaysSincePulled(_) => "Time since image pulled",
        Count::DaysSinceTransitioned(_) => "Time since image transitioned",
    };
    WrittenRule {
        rule_priority: rule.priority(),
        description: rule.description().map(str::to_owned),
        lifecycle_event_selection: Selection {
            tag_status,
            tag_prefix_list: prefixes,
            tag_pattern_list: patterns,
            count_type,
            count_unit: count.unit().map(|_| "Days"),
            count_number: count.number(),
        },
        action: rule.action().as_str(),
    }
}

fn millis(moment: Timestamp) -> i64 {
    moment.as_micros().div_euclid(1_000)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const POLICY: &str = r#"{"rules":[
        {"rulePriority":1,"description":"Old ones go","selection":{"tagStatus":"untagged","countType":"sinceImagePushed","countUnit":"days","countNumber":365},"action":{"type":"expire"}},
        {"rulePriority":2,"selection":{"tagStatus":"tagged","tagPrefixList":["v"],"countType":"imageCountMoreThan","countNumber":3},"action":{"type":"expire"}},
        {"rulePriority":3,"selection":{"tagStatus":"tagged","tagPatternList":["a*"],"countType":"sinceImagePulled","countUnit":"days","countNumber":7},"action":{"type":"transition","targetStorageClass":"archive"}},
        {"rulePriority":4,"selection":{"tagStatus":"any","storageClass":"archive","countType":"sinceImageTransitioned","countUnit":"days","countNumber":90},"action":{"type":"expire"}}
    ]}"#;

    fn told(tags: usize) -> Told {
        let tags: Vec<ImageTag> =
            (0..tags).map(|tag| ImageTag::parse(&format!("v{tag}")).unwrap()).collect();
        let image = event_image(&Digest::sha256(b"a"), &tags, Timestamp::from_micros(1_500_999));
        Told { image, rule: 2, kept_by: Vec::new() }
    }

    fn written(stored: Option<&LifecyclePolicy>, images: &[Told]) -> Value {
        let arn = "arn:aws:ecr:us-east-1:123456789012:repository/web";
        let (arn, document) =
            (RepositoryArn::parse(arn).unwrap(), Document::parse(POLICY).unwrap());
        let policy = EventPolicy { document: &document, stored };
        serde_json::to_value(details(&arn, &policy, images)).unwrap()
    }

    #[test]
    fn rules_are_written_in_words() {
        let policy = written(None, &[])["lifecycleEventPolicy"].clone();
        let selection = |status: &str,
                         prefixes: &[&str],
                         patterns: &[&str],
                         count: &str,
                         number: u32| {
            json!({ "tagStatus": status, "tagPrefixList": prefixes, "tagPatternList": patterns, "countType": count, "countUnit": "Days", "countNumber": number })
        };
        let mut counted = selection("Tagged", &["v"], &[], "Image count more than", 3);
        counted.as_object_mut().unwrap().remove("countUnit");
        let expected = json!({
            "lifecycleEventRules": [
                { "rulePriority": 1, "description": "Old ones go", "action": "expire",
                  "lifecycleEventSelection": selection("Untagged", &[], &[], "Time since image pushed", 365) },
                { "rulePriority": 2, "action": "expire", "lifecycleEventSelection": counted },
                { "rulePriority": 3, "action": "transition",
                  "lifecycleEventSelection": selection("Tagged", &[], &["a*"], "Time since image pulled", 7) },
                { "rulePriority": 4, "action": "expire",
                  "lifecycleEventSelection": selection("Any", &[], &[], "Time since image transitioned", 90) },
            ],
            "lastEvaluatedAt": 0,
        });
        assert_eq!(policy, expected);
    }

    #[test]
    fn the_repositorys_own_policy_is_named() {
        let id = Uuid::from_random([7; 16]);
        let stored = LifecyclePolicy {
            document: POLICY.to_owned(),
            put_at: Timestamp::from_seconds(1),
            last_evaluated_at: Some(Timestamp::from_micros(1_741_782_216_108_999)),
            id: id.clone(),
            version: 3,
        };
        let policy = written(Some(&stored), &[])["lifecycleEventPolicy"].clone();
        assert_eq!(policy["policyId"], id.as_str());
        assert_eq!(policy["policyVersion"], 3);
        assert_eq!(policy["lastEvaluatedAt"], 1_741_782_216_108_i64);
    }

    #[test]
    fn an_image_that_an_index_keeps_is_a_failure() {
        let index = Digest::sha256(b"index");
        let details = written(None, &[told(0), told(1).kept_by(vec![index.clone()])]);
        let image = |status: &str, tags: &[&str]| json!({ "digest": Digest::sha256(b"a").as_str(), "tagStatus": status, "tagList": tags, "pushedAt": 1_500 });
        assert_eq!(
            details["lifecycleEventImageActions"],
            json!([{ "lifecycleEventImage": image("Untagged", &[]), "rulePriority": 2 }])
        );
        let reason = format!("Requested image referenced by manifest list: [{index}]");
        assert_eq!(
            details["lifecycleEventFailureDetails"],
            json!([{ "lifecycleEventImage": image("Tagged", &["v0"]), "rulePriority": 2,
                     "failureCode": "ImageReferencedByManifestList", "failureReason": reason }])
        );
    }

    #[test]
    fn an_image_has_a_hundred_tags_at_most() {
        for (tags, listed) in [(0, 0), (100, 100), (101, 100), (1_000, 100)] {
            assert_eq!(told(tags).image.tag_list.len(), listed);
        }
    }
}
