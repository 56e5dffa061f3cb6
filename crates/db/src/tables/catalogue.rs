use super::Stays::{Everything, Nothing};
use super::Table;

/// Every table except the schema's own number. Referenced tables come before those that refer to
/// them. Jobs, which have no foreign keys, come first, because waiting jobs decide how the rest is
/// read.
#[rustfmt::skip]
pub static TABLES: &[Table] = &[
    Table {
        name: "job", generated: true, stays: Nothing, key: &["id"],
        columns: &["id", "lane", "name", "subject", "payload", "due_at", "attempts", "fence", "dead_at", "last_error", "created_at", "cause", "state", "again_at", "waits_for", "waits_because"],
    },
    Table {
        name: "registry", generated: true, stays: Nothing, key: &["id"],
        columns: &["id", "account", "region", "created_at", "pull_gate"],
    },
    Table {
        name: "registry_setting", generated: false, stays: Nothing, key: &["registry", "name"],
        columns: &["registry", "name", "value"],
    },
    Table {
        name: "access_key", generated: false, stays: Nothing, key: &["id"],
        columns: &["id", "account", "principal", "secret", "active", "created_at", "last_used_at", "last_used_region", "last_used_service"],
    },
    Table {
        name: "repository", generated: true, stays: Nothing, key: &["id"],
        columns: &["id", "registry", "name", "mutability", "exclusion_filters", "scan_on_push", "encryption", "encryption_key", "created_at", "erased_at", "kms_grants"],
    },
    Table {
        name: "repository_rekey", generated: false, stays: Nothing, key: &["repository"],
        columns: &["repository", "from_key", "kms_grants", "to_key", "stage", "position", "layers", "bytes", "layers_done", "bytes_done", "images_done", "begun_at", "ended_at"],
    },
    Table {
        name: "resource_tag", generated: false, stays: Nothing, key: &["repository", "name"],
        columns: &["repository", "name", "value"],
    },
    Table {
        name: "blob", generated: true, stays: Nothing, key: &["id"],
        columns: &["id", "registry", "encryption_key", "digest", "size", "object", "wrapped_key", "condemned_at", "created_at", "storage_class", "damaged_at"],
    },
    Table {
        name: "stored_total", generated: false, stays: Everything, key: &["kind", "shard"],
        columns: &["kind", "shard", "number", "bytes"],
    },
    Table {
        name: "repository_blob", generated: false, stays: Nothing, key: &["repository", "digest"],
        columns: &["repository", "digest", "blob", "media_type", "lease_until"],
    },
    Table {
        name: "image", generated: true, stays: Nothing, key: &["id"],
        columns: &["id", "repository", "digest", "media_type", "artifact_type", "config_media_type", "size", "subject", "annotations", "status", "tag_count", "pushed_at", "pulled_at", "manifest_size", "manifest", "archived_at", "activated_at"],
    },
    Table {
        name: "image_tag", generated: false, stays: Nothing, key: &["repository", "tag"],
        columns: &["repository", "tag", "image"],
    },
    Table {
        name: "image_blob", generated: false, stays: Nothing, key: &["repository", "digest", "image"],
        columns: &["repository", "digest", "image"],
    },
    Table {
        name: "image_child", generated: false, stays: Nothing, key: &["repository", "child", "parent"],
        columns: &["repository", "child", "parent"],
    },
    Table {
        name: "image_record", generated: false, stays: Nothing, key: &["object"],
        columns: &["object", "image", "tag"],
    },
    Table {
        name: "deleted_image", generated: true, stays: Nothing, key: &["id"],
        columns: &["id", "repository", "digest", "deleted_at", "restorable_until", "cause", "tags", "layers", "children", "media_type", "artifact_type", "config_media_type", "size", "subject", "annotations", "status", "pushed_at", "pulled_at", "archived_at", "activated_at", "manifest_size", "manifest"],
    },
    Table {
        name: "upload", generated: false, stays: Everything, key: &["id"],
        columns: &["id", "repository", "encryption_key", "object", "wrapped_key", "received", "parked", "version", "parts", "last_part", "short_part", "created_at", "updated_at"],
    },
    Table {
        name: "account", generated: false, stays: Nothing, key: &["id"],
        columns: &["id", "created_at", "closed_at"],
    },
    Table {
        name: "iam_user", generated: false, stays: Nothing, key: &["id"],
        columns: &["id", "account", "path", "name", "folded", "boundary", "created_at"],
    },
    Table {
        name: "iam_group", generated: false, stays: Nothing, key: &["id"],
        columns: &["id", "account", "path", "name", "folded", "created_at"],
    },
    Table {
        name: "iam_group_member", generated: false, stays: Nothing, key: &["group", "user"],
        columns: &["group", "user"],
    },
    Table {
        name: "iam_role", generated: false, stays: Nothing, key: &["id"],
        columns: &["id", "account", "path", "name", "folded", "trust_policy", "description", "max_session_seconds", "boundary", "created_at", "last_used_at", "last_used_region"],
    },
    Table {
        name: "iam_policy", generated: false, stays: Nothing, key: &["id"],
        columns: &["id", "account", "path", "name", "folded", "description", "default_version", "last_version", "created_at", "updated_at"],
    },
    Table {
        name: "iam_policy_version", generated: false, stays: Nothing, key: &["policy", "version"],
        columns: &["policy", "version", "document", "created_at"],
    },
    Table {
        name: "iam_attachment", generated: false, stays: Nothing, key: &["holder", "policy_arn"],
        columns: &["holder", "policy_arn", "account", "policy_name", "attached_at"],
    },
    Table {
        name: "iam_inline_policy", generated: false, stays: Nothing, key: &["holder", "name"],
        columns: &["holder", "name", "document"],
    },
    Table {
        name: "iam_tag", generated: false, stays: Nothing, key: &["holder", "folded"],
        columns: &["holder", "folded", "name", "value"],
    },
    Table {
        name: "iam_oidc_provider", generated: false, stays: Nothing, key: &["arn"],
        columns: &["arn", "account", "url", "thumbprints", "created_at"],
    },
    Table {
        name: "iam_oidc_client", generated: false, stays: Nothing, key: &["provider", "client"],
        columns: &["provider", "client"],
    },
    Table {
        name: "iam_instance_profile", generated: false, stays: Nothing, key: &["id"],
        columns: &["id", "account", "path", "name", "folded", "role", "created_at"],
    },
    Table {
        name: "kms_key", generated: false, stays: Nothing, key: &["id"],
        columns: &["id", "account", "region", "description", "spec", "usage", "manager", "policy", "is_enabled", "created_at", "delete_at", "rotation_days", "rotates_at", "material", "public_key"],
    },
    Table {
        name: "kms_material", generated: false, stays: Nothing, key: &["key", "id"],
        columns: &["key", "id", "sealed", "origin", "created_at"],
    },
    Table {
        name: "kms_alias", generated: false, stays: Nothing, key: &["account", "region", "name"],
        columns: &["account", "region", "name", "key", "created_at", "updated_at"],
    },
    Table {
        name: "event_rule", generated: false, stays: Nothing,
        key: &["account", "region", "name"],
        columns: &["account", "region", "name", "pattern", "state", "description", "role", "created_at"],
    },
    Table {
        name: "event_target", generated: false, stays: Nothing,
        key: &["account", "region", "rule", "id"],
        columns: &["account", "region", "rule", "id", "arn", "parameters"],
    },
    Table {
        name: "kms_tag", generated: false, stays: Nothing, key: &["key", "name"],
        columns: &["key", "name", "value"],
    },
    Table {
        name: "kms_grant", generated: false, stays: Nothing, key: &["key", "id"],
        columns: &["key", "id", "name", "grantee", "shown_grantee", "retiree", "shown_retiree", "operations", "context_rule", "context", "source_arn", "issuer", "created_at"],
    },
    Table {
        name: "root_key", generated: false, stays: Nothing, key: &["id"],
        columns: &["id", "place", "since", "retired_at", "handed_down", "secrets", "data_keys", "counted_at"],
    },
    Table {
        name: "repository_policy", generated: false, stays: Nothing, key: &["repository"],
        columns: &["repository", "document"],
    },
    Table {
        name: "registry_policy", generated: false, stays: Nothing, key: &["registry"],
        columns: &["registry", "document"],
    },
    Table {
        name: "lifecycle_policy", generated: false, stays: Nothing, key: &["repository"],
        columns: &["repository", "document", "put_at", "last_evaluated_at", "id", "version"],
    },
    Table {
        name: "lifecycle_preview", generated: false, stays: Nothing, key: &["repository"],
        columns: &["repository", "document", "state", "turn", "started_at", "ended_at", "expiring", "transitioning"],
    },
    Table {
        name: "lifecycle_preview_image", generated: false, stays: Nothing,
        key: &["repository", "turn", "place"],
        columns: &["repository", "turn", "place", "digest", "tags", "is_tagged", "pushed_at", "storage_class", "rule", "action"],
    },
    Table {
        name: "expired_image", generated: false, stays: Nothing, key: &["repository", "digest", "expired_at"],
        columns: &["repository", "digest", "expired_at", "tags", "pushed_at", "pulled_at", "rule", "reason"],
    },
    Table {
        name: "expired_image_tag", generated: false, stays: Nothing,
        key: &["repository", "tag", "expired_at", "digest"],
        columns: &["repository", "tag", "expired_at", "digest"],
    },
    Table {
        name: "tag_move", generated: true, stays: Nothing, key: &["id"],
        columns: &["id", "repository", "tag", "from_digest", "to_digest", "moved_at", "moved_by", "through"],
    },
    Table {
        name: "audit_record", generated: true, stays: Nothing, key: &["id"],
        columns: &["id", "account", "region", "event_id", "happened_at", "name", "source", "read_only", "user_name", "access_key", "resources", "record"],
    },
    Table {
        name: "audit_resource", generated: false, stays: Nothing, key: &["record", "name"],
        columns: &["record", "name", "account", "region", "happened_at"],
    },
    Table {
        name: "audit_trail", generated: false, stays: Nothing, key: &["id"],
        columns: &["id", "name", "home_region", "bucket", "prefix", "begun_at"],
    },
    Table {
        name: "audit_undelivered", generated: false, stays: Nothing, key: &["record"],
        columns: &["record", "account", "region", "due_at"],
    },
    Table {
        name: "audit_log_file", generated: false, stays: Nothing, key: &["account", "region", "object"],
        columns: &["account", "region", "object", "hash", "oldest_at", "newest_at", "body"],
    },
    Table {
        name: "audit_chain", generated: false, stays: Nothing, key: &["account", "region"],
        columns: &["account", "region", "digested_until", "object", "hash", "signature", "body", "log_written_at", "digest_written_at"],
    },
    Table {
        name: "audit_signing_key", generated: false, stays: Nothing, key: &["id"],
        columns: &["id", "account", "region", "public", "sealed", "since"],
    },
    Table {
        name: "event", generated: true, stays: Nothing, key: &["id"],
        columns: &["id", "account", "region", "event_id", "time", "written_at", "source", "detail_type", "resources", "detail", "about", "is_pending"],
    },
    Table {
        name: "event_delivery", generated: true, stays: Nothing, key: &["id"],
        columns: &["id", "event", "account", "region", "target", "about", "since", "due_at", "attempts", "last_error", "dead_at"],
    },
    Table {
        name: "upstream_fetch", generated: false, stays: Everything, key: &["account", "region", "repository", "subject"],
        columns: &["account", "region", "repository", "subject", "holder", "lease_until"],
    },
    Table {
        name: "upstream_manifest", generated: false, stays: Nothing, key: &["repository", "digest"],
        columns: &["repository", "digest", "media_type", "manifest", "fetched_at"],
    },
    Table {
        name: "upstream_tag", generated: false, stays: Nothing, key: &["repository", "tag"],
        columns: &["repository", "tag", "digest", "confirmed_at", "check_at"],
    },
    Table {
        name: "pull_time_exclusion", generated: false, stays: Nothing, key: &["registry", "principal"],
        columns: &["registry", "principal", "created_at"],
    },
    Table {
        name: "creation_template", generated: false, stays: Nothing, key: &["registry", "stem"],
        columns: &["registry", "stem", "prefix", "description", "encryption", "kms_key", "mutability", "exclusion_filters", "repository_policy", "lifecycle_policy", "applied_for", "custom_role", "created_at", "updated_at"],
    },
    Table {
        name: "creation_template_tag", generated: false, stays: Nothing, key: &["registry", "stem", "place"],
        columns: &["registry", "stem", "place", "name", "value"],
    },
    Table {
        name: "pull_through_cache_rule", generated: false, stays: Nothing, key: &["account", "region", "stem"],
        columns: &["account", "region", "stem", "prefix", "upstream", "upstream_prefix", "credential", "custom_role", "created_at", "updated_at"],
    },
    Table {
        name: "secret", generated: false, stays: Nothing, key: &["arn"],
        columns: &["arn", "account", "region", "name", "description", "policy", "created_at", "changed_at", "accessed_at", "deleted_at", "delete_at"],
    },
    Table {
        name: "secret_version", generated: false, stays: Nothing, key: &["secret", "version"],
        columns: &["secret", "version", "sealed", "created_at", "accessed_at"],
    },
    Table {
        name: "secret_stage", generated: false, stays: Nothing, key: &["secret", "stage"],
        columns: &["secret", "stage", "version"],
    },
    Table {
        name: "secret_tag", generated: false, stays: Nothing, key: &["secret", "name"],
        columns: &["secret", "name", "value"],
    },
    Table {
        name: "policy_principals", generated: false, stays: Nothing, key: &["scope"],
        columns: &["scope"],
    },
    Table {
        name: "deployment_fact", generated: false, stays: Everything, key: &["name"],
        columns: &["name", "value"],
    },
    Table {
        name: "keyring_node", generated: false, stays: Everything, key: &["id"],
        columns: &["id", "root_keys", "seen_at"],
    },
    Table {
        name: "denial", generated: false, stays: Everything, key: &["request", "account"],
        columns: &["request", "account", "told", "at"],
    },
    Table {
        name: "advisory_source", generated: false, stays: Nothing, key: &["name"],
        columns: &["name", "licence", "advisories", "modified_at", "imported_at"],
    },
    Table {
        name: "advisory", generated: true, stays: Nothing, key: &["id"],
        columns: &["id", "name", "source", "digest", "modified_at", "document"],
    },
    Table {
        name: "advisory_package", generated: false, stays: Nothing, key: &["ecosystem", "name", "advisory"],
        columns: &["ecosystem", "name", "advisory", "affected"],
    },
    Table {
        name: "cve_score", generated: false, stays: Nothing, key: &["vulnerability"],
        columns: &["vulnerability", "cna", "cisa", "listed_at", "nvd", "rated_at"],
    },
    Table {
        name: "exploited_cve", generated: false, stays: Nothing, key: &["vulnerability"],
        columns: &["vulnerability"],
    },
    Table {
        name: "cve_epss", generated: false, stays: Nothing, key: &["vulnerability"],
        columns: &["vulnerability", "probability", "percentile"],
    },
    Table {
        name: "layer_facts", generated: false, stays: Nothing, key: &["blob"],
        columns: &["blob", "readers", "facts"],
    },
    Table {
        name: "scanned_package", generated: true, stays: Nothing, key: &["id"],
        columns: &["id", "digest", "document", "is_of_os", "shown_name", "shown_version"],
    },
    Table {
        name: "scanned_package_key", generated: false, stays: Nothing, key: &["ecosystem", "name", "package"],
        columns: &["ecosystem", "name", "package"],
    },
    Table {
        name: "package_finding", generated: false, stays: Nothing, key: &["package", "vulnerability"],
        columns: &["package", "vulnerability", "severity", "advisory", "document", "observed_at", "updated_at"],
    },
    Table {
        name: "package_to_judge", generated: false, stays: Nothing, key: &["package"],
        columns: &["package", "turn", "is_changed"],
    },
    Table {
        name: "image_inventory", generated: false, stays: Nothing, key: &["image"],
        columns: &["image", "readers", "document", "made_at"],
    },
    Table {
        name: "image_package", generated: false, stays: Nothing, key: &["image", "package", "path"],
        columns: &["image", "package", "path", "layer"],
    },
    Table {
        name: "image_scan", generated: false, stays: Nothing, key: &["image", "scan_type"],
        columns: &["image", "scan_type", "status", "description", "started_at", "ended_at", "judged_at", "counts", "source", "awaits"],
    },
    Table {
        name: "image_to_count", generated: false, stays: Nothing, key: &["image"],
        columns: &["image"],
    },
    Table {
        name: "incoming", generated: false, stays: Everything, key: &["id"],
        columns: &["id", "source", "rows_digest", "blobs_done", "records_done", "strays", "begun_at", "completed_at", "turn", "held_until"],
    },
    Table {
        name: "deletion_hold", generated: false, stays: Everything, key: &["holder"],
        columns: &["holder", "held_until"],
    },
];
