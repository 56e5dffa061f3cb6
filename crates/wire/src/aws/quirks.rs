//! Constraint texts that AWS words differently from its model.
//!
//! * A repository name is checked by the current model (which allows `__` and runs of `-`), but
//!   refusals have only ever been seen with the older expression. Clients match on that text, so we
//!   print the older expression.
//! * A registry id's expression is printed bare; every other one is in its own quotes, inside the
//!   quotes of the constraint, so that the quotes look unbalanced.
//! * The words of `imageTagMutability` are printed in another order than the model lists them.

/// The current expression for private repository names.
const REPOSITORY_NAME: &str =
    r"[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*";

/// The expression in refusals of repository names. ECR Public still uses it.
const REPOSITORY_NAME_PRINTED: &str =
    "(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*";

const REGISTRY_ID: &str = "[0-9]{12}";

const IMAGE_TAG_MUTABILITY: [&str; 4] =
    ["MUTABLE", "IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION", "MUTABLE_WITH_EXCLUSION"];

const IMAGE_TAG_MUTABILITY_PRINTED: [&str; 4] =
    ["IMMUTABLE", "MUTABLE", "MUTABLE_WITH_EXCLUSION", "IMMUTABLE_WITH_EXCLUSION"];

/// The constraint that a text breaks when it does not match `pattern`.
pub(super) fn pattern_constraint(pattern: &str) -> String {
    match pattern {
        REGISTRY_ID => format!("must satisfy regular expression {pattern}"),
        REPOSITORY_NAME => format!("must satisfy regular expression '{REPOSITORY_NAME_PRINTED}'"),
        _ => format!("must satisfy regular expression '{pattern}'"),
    }
}

/// The constraint that a text breaks when it is none of `words`.
pub(super) fn word_constraint(words: &[&str]) -> String {
    let printed = if words == IMAGE_TAG_MUTABILITY { &IMAGE_TAG_MUTABILITY_PRINTED } else { words };
    format!("Member must satisfy enum value set: [{}]", printed.join(", "))
}

#[cfg(test)]
mod tests {
    use super::{IMAGE_TAG_MUTABILITY, IMAGE_TAG_MUTABILITY_PRINTED, REGISTRY_ID, REPOSITORY_NAME};
    use crate::aws::ecr::{ImageTagMutability, ListImagesRequest};
    use crate::aws::schema::{Input, Shape};

    fn pattern_of(member: &str) -> &'static str {
        let members = ListImagesRequest::schema().members;
        let member = members.iter().find(|each| each.name == member).unwrap();
        match member.shape {
            Shape::Text { pattern: Some(pattern), .. } => pattern.source(),
            _ => panic!("{} has no pattern", member.name),
        }
    }

    #[test]
    fn each_quirk_still_meets_its_model() {
        assert_eq!(pattern_of("registryId"), REGISTRY_ID);
        assert_eq!(pattern_of("repositoryName"), REPOSITORY_NAME);
        assert_eq!(ImageTagMutability::TEXTS, IMAGE_TAG_MUTABILITY);
        let mut printed = IMAGE_TAG_MUTABILITY_PRINTED;
        let mut words = IMAGE_TAG_MUTABILITY;
        printed.sort_unstable();
        words.sort_unstable();
        assert_eq!(printed, words);
    }
}
