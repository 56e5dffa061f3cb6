//! Which secrets a list shows.
//!
//! * Values are prefixes, and those of one filter are alternatives. A value with `!` before it is
//!   one that nothing may have.

use operations::DescribedSecret;
use wire::aws::secrets_manager::{Filter, FilterNameStringType as Key};

/// Whether a secret fits every filter.
pub(super) fn fits(secret: &DescribedSecret, filters: &[Filter]) -> bool {
    filters.iter().all(|filter| fits_one(secret, filter))
}

fn fits_one(described: &DescribedSecret, filter: &Filter) -> bool {
    let DescribedSecret { secret, tags, .. } = described;
    let keys = || tags.iter().map(|(key, _)| key.as_str());
    let values = || tags.iter().map(|(_, value)| value.as_str());
    let description = || secret.description.as_deref().into_iter();
    let (texts, is_exact): (Vec<&str>, bool) = match filter.key {
        Some(Key::Name) => (vec![secret.name.as_str()], true),
        Some(Key::Description) => (description().collect(), false),
        Some(Key::TagKey) => (keys().collect(), true),
        Some(Key::TagValue) => (values().collect(), true),
        // They are of no other Region and of no service.
        Some(Key::PrimaryRegion | Key::OwningService) => (Vec::new(), true),
        Some(Key::All) | None => {
            let all = [secret.name.as_str()].into_iter().chain(description());
            (all.chain(keys()).chain(values()).collect(), false)
        }
    };
    let is_in = |value: &str| texts.iter().any(|text| begins(text, value, is_exact));
    let wanted = filter.values.iter().flatten();
    let (not, these): (Vec<&String>, Vec<&String>) =
        wanted.partition(|value| value.starts_with('!'));
    let is_excluded = not.iter().any(|value| is_in(&value[1..]));
    !is_excluded && (these.is_empty() || these.iter().any(|value| is_in(value)))
}

fn begins(text: &str, value: &str, is_exact: bool) -> bool {
    if is_exact {
        text.starts_with(value)
    } else {
        text.to_lowercase().starts_with(&value.to_lowercase())
    }
}
