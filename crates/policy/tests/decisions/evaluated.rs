//! Asks the engine.

use std::sync::Arc;

use policy::{
    Attached, Context, Decision, Document, DocumentKind, Malformed, Policies, Request, SourceKind,
    Subject, evaluate, explain,
};

use crate::case::{Case, Given, Kind, Who};

/// What the engine decides, and explains alike; or the first document that it refuses.
pub(crate) fn evaluated(case: &Case) -> Result<Decision, Malformed> {
    asked(case, |request, policies| {
        let decision = evaluate(request, policies);
        let explanation = explain(request, policies);
        assert_eq!(explanation.decision, decision, "an explanation decides alike");
        if let Some(deciding) = &decision.deciding {
            let is_there = explanation.matched.iter().any(|found| found.statement == *deciding);
            assert!(is_there, "{deciding:?} decided, and is not explained");
        }
        decision
    })
}

/// What a refused caller reads.
pub(crate) fn sentence(case: &Case) -> Result<String, Malformed> {
    asked(case, |request, policies| evaluate(request, policies).sentence(request))
}

fn asked<T>(
    case: &Case,
    ask: impl FnOnce(&Request<'_>, &Policies<'_>) -> T,
) -> Result<T, Malformed> {
    let mut attached = Vec::new();
    for (kind, text) in &case.documents {
        attached.push((*kind, attach(*kind, text)?));
    }
    let of = |kinds: &[Kind]| -> Vec<Attached> {
        let wanted = attached.iter().filter(|(kind, _)| kinds.contains(kind));
        wanted.map(|(_, attached)| attached.clone()).collect()
    };
    let identity = of(&[Kind::Identity, Kind::Group]);
    let boundary = of(&[Kind::Boundary]);
    let session = of(&[Kind::Session, Kind::Managed]);
    let resource = of(&[Kind::Repository, Kind::Registry]);
    let trust = of(&[Kind::Trust]);
    let subject = subject(&case.who);
    let mut context = Context::new();
    context.set_subject(&subject, None);
    // What a case says stands in place of what follows from who asks; what it says twice stands
    // side by side.
    case.context.iter().for_each(|(key, _)| context.forget(key));
    for (key, given) in &case.context {
        match given {
            Given::One(value) => context.set(key.clone(), value.as_str()),
            Given::Many(values) => context.set_many(key.clone(), values.clone()),
        }
    }
    let request = Request {
        subject,
        action: &case.action,
        resource: &case.resource,
        resource_account: &case.owner(),
        context: &context,
    };
    let policies = Policies {
        identity: &identity,
        boundary: boundary.first(),
        session: (!session.is_empty()).then_some(&session),
        scopes: &[],
        resource: &resource,
        trust: trust.first(),
        key: None,
    };
    Ok(ask(&request, &policies))
}

fn attach(kind: Kind, text: &str) -> Result<Attached, Malformed> {
    let document = Document::parse(text, document_kind(kind))?;
    Ok(Attached { source: source(kind), name: kind.word().into(), document: Arc::new(document) })
}

pub(crate) fn document_kind(kind: Kind) -> DocumentKind {
    match kind {
        Kind::Identity | Kind::Group | Kind::Boundary | Kind::Session | Kind::Managed => {
            DocumentKind::Identity
        }
        Kind::Repository => DocumentKind::Repository,
        Kind::Registry => DocumentKind::Registry,
        Kind::Trust => DocumentKind::Trust,
    }
}

fn source(kind: Kind) -> SourceKind {
    match kind {
        Kind::Identity => SourceKind::UserInline,
        Kind::Group => SourceKind::GroupInline,
        Kind::Boundary | Kind::Managed => SourceKind::CustomerManaged,
        Kind::Session => SourceKind::SessionInline,
        Kind::Repository => SourceKind::Repository,
        Kind::Registry => SourceKind::Registry,
        Kind::Trust => SourceKind::RoleTrust,
    }
}

fn subject(who: &Who) -> Subject<'_> {
    match who {
        Who::Principal(principal) => Subject::Principal(principal),
        Who::Service(name) => Subject::Service(name),
        Who::WebIdentity(provider) => Subject::WebIdentity { provider, user: "some-user" },
        Who::Anonymous => Subject::Anonymous,
    }
}
