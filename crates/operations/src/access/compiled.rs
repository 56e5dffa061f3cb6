use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use policy::{Document, DocumentKind};

use crate::Operations;

/// Documents kept compiled, at most. A policy has a few thousand characters, so they take some tens of MiB.
const DOCUMENTS_MAX: usize = 4_096;

/// Policies that were parsed before, by their text.
#[derive(Default)]
pub(super) struct Compiled {
    identity: Texts,
    trust: Texts,
    repository: Texts,
    registry: Texts,
}

type Texts = RwLock<HashMap<Box<str>, Arc<Document>>>;

impl Compiled {
    /// The document of a stored text. One that cannot be read denies everything: it was checked when it was
    /// stored, so somebody has to look at it.
    pub(super) fn document(&self, kind: DocumentKind, text: &str, name: &str) -> Arc<Document> {
        let texts = self.texts(kind);
        let known = texts.read().expect("nobody panics while holding it").get(text).cloned();
        if let Some(document) = known {
            return document;
        }
        let document = Arc::new(Document::parse(text, kind).unwrap_or_else(|malformed| {
            tracing::error!(
                policy.name = name,
                error = malformed.to_string(),
                "a stored policy cannot be read; it denies everything"
            );
            Document::deny_all()
        }));
        let mut all = texts.write().expect("nobody panics while holding it");
        if all.len() >= DOCUMENTS_MAX {
            all.clear();
        }
        all.insert(text.into(), document.clone());
        document
    }

    /// Was this text compiled before?
    pub(super) fn has(&self, kind: DocumentKind, text: &str) -> bool {
        self.texts(kind).read().expect("nobody panics while holding it").contains_key(text)
    }

    fn texts(&self, kind: DocumentKind) -> &Texts {
        match kind {
            DocumentKind::Identity => &self.identity,
            DocumentKind::Trust => &self.trust,
            DocumentKind::Repository => &self.repository,
            DocumentKind::Registry => &self.registry,
        }
    }
}

impl Operations {
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
}
