use serde_json::Value;

/// The member of this name, unless it is `null`.
pub(super) fn present<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    value.get(name).filter(|member| !member.is_null())
}
