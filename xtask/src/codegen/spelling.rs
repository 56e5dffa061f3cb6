//! Wire names in Rust's spellings.

/// `imageTagMutability` → `image_tag_mutability`.
pub(super) fn snake(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut snake = String::new();
    for (index, letter) in letters.iter().enumerate() {
        let after_lower = index > 0 && !letters[index - 1].is_uppercase();
        let before_lower = letters.get(index + 1).is_some_and(|next| next.is_lowercase());
        if letter.is_uppercase() && index > 0 && (after_lower || before_lower) {
            snake.push('_');
        }
        snake.extend(letter.to_lowercase());
    }
    if snake == "type" { "r#type".to_owned() } else { snake }
}

/// `statusType` → `StatusType`; most shapes begin with a capital in their models.
pub(super) fn type_name(name: &str) -> String {
    let (first, rest) = name.split_at(1);
    first.to_uppercase() + rest
}

/// `ImageTagMutability` → `IMAGE_TAG_MUTABILITY`.
pub(super) fn screaming(name: &str) -> String {
    snake(name).trim_start_matches("r#").to_uppercase()
}

/// `IMMUTABLE_WITH_EXCLUSION` → `ImmutableWithExclusion`, `docker-hub` → `DockerHub`.
pub(super) fn camel(word: &str) -> String {
    let part = |part: &str| {
        let shouted = !part.contains(|letter: char| letter.is_lowercase());
        let (first, rest) = part.split_at(1);
        let rest = if shouted { rest.to_lowercase() } else { rest.to_owned() };
        first.to_uppercase() + &rest
    };
    let name: String = word.split(['_', '-']).filter(|part| !part.is_empty()).map(part).collect();
    // The only keyword that is spelled so.
    if name == "Self" { "TheSelf".to_owned() } else { name }
}

/// The result of serde's `rename_all = "PascalCase"` for a field.
pub(super) fn serde_pascal(field: &str) -> String {
    field
        .trim_start_matches("r#")
        .split('_')
        .map(|part| part.split_at(1))
        .map(|(first, rest)| first.to_uppercase() + rest)
        .collect()
}

/// The result of serde's `rename_all = "camelCase"` for a field.
pub(super) fn serde_camel(field: &str) -> String {
    let pascal = serde_pascal(field);
    let (first, rest) = pascal.split_at(1);
    first.to_lowercase() + rest
}

/// Joins `items` into lines of at most `width`, each after `indent` spaces.
pub(super) fn filled(items: &[String], indent: usize, width: usize) -> String {
    let mut text = String::new();
    let mut used = width;
    for item in items {
        if used + 1 + item.len() > width {
            let line_end = if text.is_empty() { "" } else { "\n" };
            text = text + line_end + &" ".repeat(indent) + item;
            used = indent + item.len();
        } else {
            text = text + " " + item;
            used += 1 + item.len();
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{camel, serde_camel, snake};

    #[test]
    fn wire_names_become_rust_names() {
        #[rustfmt::skip]
        let fields = [
            // wire                  field                      camelCase gives it back
            ("registryId",           "registry_id",             true),
            ("awsEcrContainerImage", "aws_ecr_container_image", true),
            ("kmsKey",               "kms_key",                 true),
            ("Key",                  "key",                     false),
            ("type",                 "r#type",                  true),
            ("policyARN",            "policy_arn",              false),
        ];
        for (wire, field, back) in fields {
            assert_eq!(snake(wire), field);
            assert_eq!(serde_camel(field) == wire, back, "{wire}");
        }
        #[rustfmt::skip]
        let words = [
            ("IMMUTABLE_WITH_EXCLUSION", "ImmutableWithExclusion"),
            ("AES256",                   "Aes256"),
            ("docker-hub",               "DockerHub"),
            ("k8s",                      "K8s"),
            ("SELF",                     "TheSelf"),
            ("InvalidImageDigest",       "InvalidImageDigest"),
        ];
        for (wire, variant) in words {
            assert_eq!(camel(wire), variant);
        }
    }
}
