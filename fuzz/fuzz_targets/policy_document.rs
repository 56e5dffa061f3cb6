//! Policy documents of every kind: a parsed document can be evaluated, names what it names, and
//! allows no one that it does not name.

#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use names::AccountId;
use policy::{
    Attached, Context, Document, DocumentKind, Effect, KeyPolicies, Policies, Request, SourceKind,
    Subject, TEXT_BYTES_MAX, Verdict, explain, rewrite_principals, size,
};

const KINDS: [(DocumentKind, SourceKind); 5] = [
    (DocumentKind::Identity, SourceKind::UserInline),
    (DocumentKind::Trust, SourceKind::RoleTrust),
    (DocumentKind::Key, SourceKind::Key),
    (DocumentKind::Repository, SourceKind::Repository),
    (DocumentKind::Registry, SourceKind::Registry),
];

fuzz_target!(|input: (&str, &str)| {
    let (text, value) = input;
    for (kind, source) in KINDS {
        match Document::parse(text, kind) {
            Ok(document) => judge(text, value, source, document),
            Err(malformed) => assert!(malformed.to_string().len() <= 2 * TEXT_BYTES_MAX + 256),
        }
    }
});

fn judge(text: &str, value: &str, source: SourceKind, document: Document) {
    assert!(text.len() <= TEXT_BYTES_MAX && size(text) <= text.len());
    assert!(!document.statements().is_empty());
    assert_eq!(rewrite_principals(text, |_| None).as_deref(), Ok(text));
    let mut context = Context::new();
    for key in document.context_keys() {
        context.set(key.to_owned(), value);
    }
    let allows = document.statements().iter().any(|one| one.effect() == Effect::Allow);
    let owner = AccountId::parse("123456789012").expect("twelve digits");
    let request = Request {
        subject: Subject::Service("lambda.amazonaws.com"),
        action: "ecr:PutImage",
        resource: "arn:aws:ecr:us-east-1:123456789012:repository/team/web",
        resource_account: &owner,
        context: &context,
    };
    let attached = [Attached { source, name: Arc::from("p"), document: Arc::new(document) }];
    let key = KeyPolicies { policy: attached[0].clone(), grants: attached.to_vec() };
    let mut policies = Policies::default();
    match source {
        SourceKind::Key => policies.key = Some(&key),
        SourceKind::RoleTrust => policies.trust = attached.first(),
        SourceKind::UserInline => policies.identity = &attached,
        _ => policies.resource = &attached,
    }
    let explanation = explain(&request, &policies);
    let is_allowed = explanation.decision.is_allowed();
    assert!(!is_allowed || (allows && source != SourceKind::UserInline));
    let denies = explanation.matched.iter().any(|matched| matched.effect == Effect::Deny);
    assert_eq!(denies, explanation.decision.verdict == Verdict::ExplicitDeny);
}
