//! Texts that are compared without regard to case.

/// A text, each character of which also stands for its lower and upper case.
///
/// As in Amazon's matcher, a character may be written longer in the other case (`ß` and `SS`), and
/// the case of the event's characters does not matter: `s` does not stand for `ſ`, whose upper
/// case is `S`, but `ſ` stands for `S`.
#[derive(Debug, Clone)]
pub(super) struct AnyCase(Vec<[Box<str>; 2]>);

impl AnyCase {
    pub(super) fn new(text: &str) -> Self {
        let both = |c: char| {
            let (lower, upper): (String, String) =
                (c.to_lowercase().collect(), c.to_uppercase().collect());
            [lower.into_boxed_str(), upper.into_boxed_str()]
        };
        Self(text.chars().map(both).collect())
    }

    pub(super) fn equals(&self, text: &str) -> bool {
        self.ends(text).contains(&text.len())
    }

    pub(super) fn begins(&self, text: &str) -> bool {
        !self.ends(text).is_empty()
    }

    pub(super) fn finishes(&self, text: &str) -> bool {
        let mut starts = vec![text.len()];
        for spellings in self.0.iter().rev() {
            let before = |end: &usize| {
                let rest = &text[..*end];
                spellings.iter().filter_map(|one| Some(rest.strip_suffix(&**one)?.len()))
            };
            starts = different(starts.iter().flat_map(before).collect());
        }
        !starts.is_empty()
    }

    /// Where this text can end at the beginning of another.
    fn ends(&self, text: &str) -> Vec<usize> {
        let mut ends = vec![0];
        for spellings in &self.0 {
            let after = |start: &usize| {
                let rest = &text[*start..];
                let found = spellings.iter().filter(|one| rest.starts_with(&***one));
                found.map(|one| start + one.len()).collect::<Vec<_>>()
            };
            ends = different(ends.iter().flat_map(after).collect());
        }
        ends
    }
}

fn different(mut places: Vec<usize>) -> Vec<usize> {
    places.sort_unstable();
    places.dedup();
    places
}
