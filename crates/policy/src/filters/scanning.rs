/// Whether a filter of the scanning configuration takes a repository.
///
/// A filter without `*` takes each repository whose name contains it. In another one, `*` stands
/// for any text at an end, and for at least one character in the middle, as ECR's guide shows it.
pub fn matches_scanning_filter(filter: &str, repository: &str) -> bool {
    let mut parts = filter.split('*');
    let (Some(first), Some(last)) = (parts.next(), parts.next_back()) else {
        return repository.contains(filter);
    };
    let Some(mut rest) = repository.strip_prefix(first) else { return false };
    let mut gap = usize::from(!first.is_empty());
    for part in parts.filter(|part| !part.is_empty()) {
        // The first place is the best: it leaves the most for what follows.
        let Some(at) = rest.get(gap..).and_then(|rest| rest.find(part)) else { return false };
        rest = &rest[gap + at + part.len()..];
        gap = 1;
    }
    if last.is_empty() {
        return true;
    }
    // In the middle, something stands between what comes before and the end.
    rest.len().checked_sub(last.len()).is_some_and(|left| left >= gap) && rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_take_the_repositories_of_the_guides_table() {
        let repositories = ["prod", "repo-prod", "prod-repo", "repo-prod-repo", "prodrepo"];
        #[rustfmt::skip]
        let cases = [
            // filter       prod   repo-prod prod-repo repo-prod-repo prodrepo
            ("prod",        [true, true,     true,     true,          true]),
            ("*prod",       [true, true,     false,    false,         false]),
            ("prod*",       [true, false,    true,     false,         true]),
            ("*prod*",      [true, true,     true,     true,          true]),
            ("prod*repo",   [false, false,   true,     false,         false]),
        ];
        for (filter, expected) in cases {
            for (repository, takes) in repositories.iter().zip(expected) {
                assert_eq!(
                    matches_scanning_filter(filter, repository),
                    takes,
                    "{filter} {repository}"
                );
            }
        }
    }

    #[test]
    fn stars_stand_anywhere() {
        #[rustfmt::skip]
        let cases = [
            // filter        repository      takes  because
            ("*",            "web",          true,  "everything"),
            ("**",           "web",          true,  "twice nothing"),
            ("a*b*c",        "a-b-c",        true,  "two in the middle"),
            ("a*b*c",        "abc",          false, "each stands for something"),
            ("*team*web*",   "my-team/web",  true,  "in order"),
            ("*web*team*",   "my-team/web",  false, "out of order"),
            ("team/*",       "team/web",     true,  "a folder"),
            ("team/*",       "other/web",    false, "another folder"),
            ("*a",           "aa",           true,  "the last counts"),
            ("a*a",          "aa",           false, "nothing is between"),
            ("a*a",          "a",            false, "one letter is not two"),
        ];
        for (filter, repository, takes, because) in cases {
            assert_eq!(matches_scanning_filter(filter, repository), takes, "{because}");
        }
    }
}
