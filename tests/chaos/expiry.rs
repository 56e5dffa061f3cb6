//! A lifecycle policy that expires images while everything fails.
//!
//! Images that were put under a tag such as `old-3` may expire at any moment after that: now and
//! then the rows say that they were pushed long ago, and the policy's jobs are due. Such an image
//! is there whole, or it is gone; no other image ever is.

use std::time::Duration;

use black_box::cluster::Cluster;
use black_box::{AccessKey, Random};
use serde_json::{Value, json};
use stand_ins::Database;

use crate::client::await_that;
use crate::healed::AT_WORK;

/// What the tags of images that may expire begin with.
const PREFIX: &str = "old-";

/// How many such tags a repository has.
const TAGS: usize = 5;

/// Longer than a job remembers why images expired, in microseconds.
const REMEMBERED: u64 = 91 * 24 * 3_600 * 1_000_000;

/// How long the nodes may take to expire what is left, once all is well.
const PATIENCE: Duration = Duration::from_mins(1);

/// A tag of an image that may expire.
pub(crate) fn tag(random: &mut Random) -> String {
    format!("{PREFIX}{}", random.below(TAGS))
}

/// Whether an image that is put under this reference may expire.
pub(crate) fn is_old(reference: &str) -> bool {
    reference.starts_with(PREFIX)
}

/// Gives each repository the policy.
pub(crate) fn put_policies(address: &str, repositories: &[String]) {
    let selection = json!({
        "tagStatus": "tagged", "tagPrefixList": [PREFIX],
        "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 1,
    });
    let rule = json!({ "rulePriority": 1, "selection": selection, "action": { "type": "expire" } });
    let policy = json!({ "rules": [rule] }).to_string();
    for name in repositories {
        let input = json!({ "repositoryName": name, "lifecyclePolicyText": policy });
        call(address, "PutLifecyclePolicy", &input);
    }
}

/// Makes the images old that may expire, and the jobs of their policies due. Rows that a node holds
/// at this moment are left alone.
pub(crate) fn make_old(rows: &Database) {
    rows.sql(&format!(
        "UPDATE image SET pushed_at = 0 WHERE id IN (
             SELECT i.id FROM image i JOIN image_tag t ON t.image = i.id
             WHERE t.tag LIKE '{PREFIX}%' ORDER BY i.id FOR UPDATE OF i SKIP LOCKED)"
    ));
    // A policy runs once a day, whenever its job is due.
    rows.sql(
        "UPDATE lifecycle_policy SET last_evaluated_at = 0 WHERE repository IN (
             SELECT repository FROM lifecycle_policy ORDER BY repository FOR UPDATE SKIP LOCKED)",
    );
    rows.sql(&format!(
        "UPDATE job SET due_at = 0 WHERE id IN (
             SELECT id FROM job WHERE name = 'apply_lifecycle_policy' AND dead_at IS NULL
                 AND due_at - (extract(epoch FROM now()) * 1000000)::bigint NOT {AT_WORK}
             ORDER BY id FOR UPDATE SKIP LOCKED)"
    ));
}

/// Waits until all that may expire did, and takes the policies away, and with them the time for
/// which their jobs would remember what expired.
pub(crate) fn end(cluster: &Cluster, repositories: &[String]) {
    let rows = cluster.database();
    await_that("all old images expire", PATIENCE, || {
        make_old(rows);
        rows.sql(&format!("SELECT count(*) FROM image_tag WHERE tag LIKE '{PREFIX}%'")) == "0"
    });
    let expired = rows.sql("SELECT count(*) FROM expired_image");
    eprintln!("chaos: {expired} images expired");
    assert_ne!(expired, "0", "no image expired: nothing was tried");
    for name in repositories {
        call(&cluster.address(), "DeleteLifecyclePolicy", &json!({ "repositoryName": name }));
    }
    // From now on no row is added: each expiry looks at the policy again.
    rows.sql(&format!(
        "UPDATE expired_image_tag SET expired_at = expired_at - {REMEMBERED};
         UPDATE expired_image SET expired_at = expired_at - {REMEMBERED}"
    ));
}

fn call(address: &str, operation: &str, input: &Value) {
    let answer = black_box::call(address, &AccessKey::root(), operation, input);
    assert_eq!(answer.status, 200, "{operation}: {}", answer.text());
}
