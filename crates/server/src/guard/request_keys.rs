/// The condition keys of a request's input, besides those of every request.
///
/// Keys that the request does not mention stay absent, and conditions can test that.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct RequestKeys {
    single: Vec<(String, String)>,
    tag_keys: Option<Vec<String>>,
    many: Vec<(&'static str, Vec<String>)>,
}

impl RequestKeys {
    /// Tags to set: `aws:RequestTag/KEY`, and `aws:TagKeys`.
    #[must_use]
    pub(crate) fn tags<K, V>(mut self, tags: impl IntoIterator<Item = (K, V)>) -> Self
    where
        K: Into<String>,
        V: Into<String>,
    {
        let mut keys = Vec::new();
        for (key, value) in tags {
            let key = key.into();
            self.single.push((format!("aws:RequestTag/{key}"), value.into()));
            keys.push(key);
        }
        self.tag_keys(keys)
    }

    /// Keys of tags to set or remove: `aws:TagKeys`.
    #[must_use]
    pub(crate) fn tag_keys<K: Into<String>>(mut self, keys: impl IntoIterator<Item = K>) -> Self {
        let keys: Vec<String> = keys.into_iter().map(Into::into).collect();
        if !keys.is_empty() {
            self.tag_keys.get_or_insert_default().extend(keys);
        }
        self
    }

    /// Tags of the request's subject: `aws:ResourceTag/KEY` and `iam:ResourceTag/KEY`.
    #[must_use]
    pub(crate) fn resource_tags(mut self, tags: &[(String, String)]) -> Self {
        for (key, value) in tags {
            for service in ["aws", "iam"] {
                self.single.push((format!("{service}:ResourceTag/{key}"), value.clone()));
            }
        }
        self
    }

    /// Whether the request mentions this key.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.single.iter().any(|(held, _)| held == key)
    }

    /// Any other key that has one value.
    #[must_use]
    pub(crate) fn with(mut self, key: &'static str, value: impl Into<String>) -> Self {
        self.single.push((key.to_owned(), value.into()));
        self
    }

    /// A key that the request itself names, and its value.
    #[must_use]
    pub(crate) fn with_own(mut self, key: String, value: impl Into<String>) -> Self {
        self.single.push((key, value.into()));
        self
    }

    /// Any other key that can have many values. Without a value it is absent.
    #[must_use]
    pub(crate) fn with_many<V: Into<String>>(
        mut self,
        key: &'static str,
        values: impl IntoIterator<Item = V>,
    ) -> Self {
        let values: Vec<String> = values.into_iter().map(Into::into).collect();
        if !values.is_empty() {
            self.many.push((key, values));
        }
        self
    }

    /// Any other key that has one value, if the request names it.
    #[must_use]
    pub(crate) fn with_maybe(self, key: &'static str, value: Option<impl Into<String>>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    /// Their size in bytes.
    pub(crate) fn size_bytes(&self) -> usize {
        let single = self.single.iter().map(size_of_pair);
        let keys = self.tag_keys.iter().flatten().map(size_of_key);
        let many = self.many.iter().map(size_of_many);
        single.sum::<usize>() + keys.sum::<usize>() + many.sum::<usize>()
    }

    /// Drops everything beyond this many bytes.
    pub(crate) fn cut(&mut self, bytes_max: usize) {
        let mut bytes = 0;
        let mut fits = |size: usize| {
            bytes += size;
            bytes <= bytes_max
        };
        let single = self.single.iter().take_while(|pair| fits(size_of_pair(pair))).count();
        self.single.truncate(single);
        self.single.shrink_to_fit();
        if let Some(keys) = &mut self.tag_keys {
            let kept = keys.iter().take_while(|key| fits(size_of_key(key))).count();
            keys.truncate(kept);
            keys.shrink_to_fit();
        }
        let many = self.many.iter().take_while(|held| fits(size_of_many(held))).count();
        self.many.truncate(many);
        self.many.shrink_to_fit();
    }

    /// Keys with one value each.
    pub(crate) fn single(&self) -> &[(String, String)] {
        &self.single
    }

    /// Keys with many values each, beside `aws:TagKeys`.
    pub(crate) fn many(&self) -> &[(&'static str, Vec<String>)] {
        &self.many
    }

    /// `aws:TagKeys`, if there is any.
    pub(crate) fn all_tag_keys(&self) -> Option<&[String]> {
        self.tag_keys.as_deref()
    }
}

fn size_of_pair(pair: &(String, String)) -> usize {
    size_of_val(pair) + pair.0.len() + pair.1.len()
}

fn size_of_many(held: &(&'static str, Vec<String>)) -> usize {
    size_of_val(held) + held.1.iter().map(size_of_key).sum::<usize>()
}

fn size_of_key(key: &String) -> usize {
    size_of_val(key) + key.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_become_a_key_each_and_a_list_of_keys() {
        let keys = RequestKeys::default()
            .tags([("team", "a"), ("stage", "dev")])
            .with_maybe("sts:ExternalId", None::<String>)
            .with("iam:PolicyARN", "arn:aws:iam::aws:policy/ReadOnlyAccess");
        let single = [
            ("aws:RequestTag/team", "a"),
            ("aws:RequestTag/stage", "dev"),
            ("iam:PolicyARN", "arn:aws:iam::aws:policy/ReadOnlyAccess"),
        ];
        let single = single.map(|(key, value)| (key.to_owned(), value.to_owned()));
        assert_eq!(keys.single(), single);
        assert_eq!(keys.all_tag_keys().unwrap(), ["team", "stage"]);
    }

    #[test]
    fn a_request_without_tags_says_nothing_of_tags() {
        let none: [(&str, &str); 0] = [];
        assert_eq!(RequestKeys::default().tags(none), RequestKeys::default());
        assert!(RequestKeys::default().all_tag_keys().is_none());
    }
}
