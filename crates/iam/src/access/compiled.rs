use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use policy::{Document, DocumentKind};

use crate::Iam;

/// How many bytes of text of one kind are kept compiled, twice: the recently used ones and the ones
/// before them. Compiled texts take about ten times as much.
const TEXT_BYTES_MAX: usize = 3 * 1024 * 1024;

/// Policies that were parsed before, by their text.
#[derive(Default)]
pub(super) struct Compiled {
    identity: Texts,
    /// Session policies: a caller that begins many sessions cannot displace stored policies.
    session: Texts,
    trust: Texts,
    repository: Texts,
    registry: Texts,
    key: Texts,
}

/// Recently used texts stay: when the young generation is full, it becomes the old one, and the old
/// one is dropped.
#[derive(Default)]
struct Texts(RwLock<Generations>);

#[derive(Default)]
struct Generations {
    young: HashMap<Box<str>, Arc<Document>>,
    old: HashMap<Box<str>, Arc<Document>>,
    young_bytes: usize,
}

impl Compiled {
    /// The document of a stored text. One that cannot be read denies everything. It was checked
    /// when it was stored, so an operator has to look at it.
    pub(super) fn document(&self, kind: DocumentKind, text: &str, name: &str) -> Arc<Document> {
        self.texts(kind).document(kind, text, name)
    }

    /// The document that limits a session.
    pub(super) fn session_document(&self, text: &str, name: &str) -> Arc<Document> {
        self.session.document(DocumentKind::Identity, text, name)
    }

    /// Was this text compiled before?
    pub(super) fn has(&self, kind: DocumentKind, text: &str) -> bool {
        let texts = self.texts(kind).0.read().expect("no thread panics while holding it");
        texts.young.contains_key(text) || texts.old.contains_key(text)
    }

    fn texts(&self, kind: DocumentKind) -> &Texts {
        match kind {
            DocumentKind::Identity => &self.identity,
            DocumentKind::Trust => &self.trust,
            DocumentKind::Repository => &self.repository,
            DocumentKind::Registry => &self.registry,
            DocumentKind::Key => &self.key,
        }
    }
}

impl Texts {
    fn document(&self, kind: DocumentKind, text: &str, name: &str) -> Arc<Document> {
        let (young, old) = {
            let texts = self.0.read().expect("no thread panics while holding it");
            (texts.young.get(text).cloned(), texts.old.get(text).cloned())
        };
        if let Some(document) = young {
            return document;
        }
        let document = old.unwrap_or_else(|| Arc::new(parse(kind, text, name)));
        self.0.write().expect("no thread panics while holding it").keep(text, &document);
        document
    }
}

impl Generations {
    fn keep(&mut self, text: &str, document: &Arc<Document>) {
        if self.young_bytes + text.len() > TEXT_BYTES_MAX {
            self.old = std::mem::take(&mut self.young);
            self.young_bytes = 0;
        }
        if self.young.insert(text.into(), Arc::clone(document)).is_none() {
            self.young_bytes += text.len();
        }
    }
}

fn parse(kind: DocumentKind, text: &str, name: &str) -> Document {
    Document::parse(text, kind).unwrap_or_else(|malformed| {
        tracing::error!(
            policy.name = name,
            error = malformed.to_string(),
            "cannot read a stored policy; it denies everything"
        );
        Document::deny_all()
    })
}

impl Iam {
    /// The trust policy of a role, from its stored text.
    pub(crate) fn trust_policy(&self, text: &str, role: &str) -> Arc<Document> {
        self.rights.compiled.document(DocumentKind::Trust, text, role)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"{"Version":"2012-10-17","Statement":
        {"Effect":"Allow","Action":"ecr:*","Resource":"*"}}"#;

    #[test]
    fn a_text_is_parsed_once() {
        let compiled = Compiled::default();
        let first = compiled.document(DocumentKind::Identity, TEXT, "a");
        let again = compiled.document(DocumentKind::Identity, TEXT, "b");
        assert!(Arc::ptr_eq(&first, &again));
    }

    #[test]
    fn texts_are_bounded_and_those_in_use_stay() {
        let compiled = Compiled::default();
        let first = compiled.document(DocumentKind::Identity, TEXT, "a");
        for number in 0..200 {
            let padding = " ".repeat(100_000 + number);
            compiled.document(DocumentKind::Identity, &format!("{TEXT}{padding}"), "b");
            let again = compiled.document(DocumentKind::Identity, TEXT, "a");
            assert!(Arc::ptr_eq(&first, &again), "it was asked for all the time");
        }
        let texts = compiled.identity.0.read().unwrap();
        let bytes: usize = texts.young.keys().chain(texts.old.keys()).map(|text| text.len()).sum();
        assert!(bytes <= 2 * TEXT_BYTES_MAX, "{bytes}");
    }

    #[test]
    fn texts_of_sessions_take_no_place_of_stored_ones() {
        let compiled = Compiled::default();
        let stored = compiled.document(DocumentKind::Identity, TEXT, "a");
        for number in 0..200 {
            compiled
                .session_document(&format!("{TEXT}{}", " ".repeat(100_000 + number)), "session");
        }
        let again = compiled.document(DocumentKind::Identity, TEXT, "a");
        assert!(Arc::ptr_eq(&stored, &again));
    }
}
