//! Compiles a document's parts: checks what each kind of document must and must not contain.

use std::borrow::Cow;
use std::sync::Arc;

use crate::iam::action::ActionPattern;
use crate::iam::condition::Condition;
use crate::iam::document::DocumentKind;
use crate::iam::malformed::Malformed;
use crate::iam::principal::NamedPrincipal;
use crate::iam::resource::ResourcePattern;
use crate::iam::statement::{Actions, Effect, Principals, Resources, Span, Statement};
use crate::iam::text::{Choice, ConditionText, PrincipalText, StatementText};
use crate::iam::version::Version;

/// The actions that a trust policy may name.
const TRUST_ACTIONS: [&str; 5] = [
    "sts:assumerole",
    "sts:assumerolewithsaml",
    "sts:assumerolewithwebidentity",
    "sts:tagsession",
    "sts:setsourceidentity",
];

pub(crate) fn statement(
    written: StatementText<'_>,
    kind: DocumentKind,
    version: Version,
    index: usize,
    span: Span,
) -> Result<Statement, Malformed> {
    let StatementText { sid, effect, principals, actions, resources, conditions, .. } = written;
    let effect = match &*effect {
        "Allow" => Effect::Allow,
        "Deny" => Effect::Deny,
        other if ["allow", "deny"].contains(&&*other.to_ascii_lowercase()) => {
            return Err(Malformed::LegacyParsing);
        }
        _ => return Err(Malformed::Syntax),
    };
    let principals = compile_principals(kind, principals)?;
    let actions = compile_actions(kind, actions)?;
    let resources = compile_resources(kind, version, resources)?;
    let conditions = conditions
        .into_iter()
        .map(|ConditionText { operator, key, values }| {
            Condition::read(operator, &key, &values, version)
        })
        .collect::<Result<_, _>>()?;
    let sid = sid.map(|sid| Arc::from(&*sid));
    Ok(Statement { sid, index, span, effect, principals, actions, resources, conditions })
}

fn compile_principals(
    kind: DocumentKind,
    written: Option<(Choice, PrincipalText<'_>)>,
) -> Result<Principals, Malformed> {
    let (choice, text) = match (kind, written) {
        (DocumentKind::Identity, None) => return Ok(Principals::Implied),
        (DocumentKind::Identity, Some(_)) => return Err(Malformed::HasPrincipal),
        (_, None) => return Err(Malformed::MissingField("Principal")),
        (DocumentKind::Trust, Some((Choice::AllBut, _))) => {
            return Err(Malformed::ProhibitedField("NotPrincipal"));
        }
        (_, Some(written)) => written,
    };
    let named = match text {
        PrincipalText::Alone(text) if text == "*" => vec![NamedPrincipal::Everyone],
        PrincipalText::Alone(text) => {
            let text = text.into_owned();
            return Err(Malformed::InvalidPrincipal { kind: "STAR", text });
        }
        PrincipalText::By(groups) => groups
            .iter()
            .flat_map(|(kind, texts)| texts.iter().map(|text| NamedPrincipal::read(*kind, text)))
            .collect::<Result<_, _>>()?,
    };
    if named.is_empty() {
        return Err(Malformed::MissingField("Principal cannot be empty!"));
    }
    Ok(match choice {
        Choice::These => Principals::These(named.into()),
        Choice::AllBut => Principals::AllBut(named.into()),
    })
}

fn compile_actions(
    kind: DocumentKind,
    written: Option<(Choice, Vec<Cow<'_, str>>)>,
) -> Result<Actions, Malformed> {
    let (choice, texts) =
        written.filter(|(_, texts)| !texts.is_empty()).ok_or(Malformed::NoActions)?;
    if kind == DocumentKind::Trust {
        let is_known = |text: &Cow<'_, str>| TRUST_ACTIONS.contains(&&*text.to_ascii_lowercase());
        if choice == Choice::AllBut || !texts.iter().all(is_known) {
            return Err(Malformed::TrustActions);
        }
    }
    let patterns: Box<[_]> =
        texts.iter().map(|text| ActionPattern::read(text)).collect::<Result<_, _>>()?;
    if kind == DocumentKind::Registry && !patterns.iter().all(|pattern| pattern.is_of("ecr")) {
        return Err(Malformed::RegistryActions);
    }
    Ok(match choice {
        Choice::These => Actions::These(patterns),
        Choice::AllBut => Actions::AllBut(patterns),
    })
}

fn compile_resources(
    kind: DocumentKind,
    version: Version,
    written: Option<(Choice, Vec<Cow<'_, str>>)>,
) -> Result<Resources, Malformed> {
    let (choice, texts) = match (kind, written) {
        (DocumentKind::Trust, Some((Choice::These, _))) => {
            return Err(Malformed::ProhibitedField("Resource"));
        }
        (DocumentKind::Trust, Some((Choice::AllBut, _))) => {
            return Err(Malformed::ProhibitedField("NotResource"));
        }
        (DocumentKind::Trust | DocumentKind::Repository, None) => return Ok(Resources::Implied),
        (DocumentKind::Identity | DocumentKind::Registry | DocumentKind::Key, None) => {
            return Err(Malformed::NoResources);
        }
        (_, Some((_, texts))) if texts.is_empty() => return Err(Malformed::NoResources),
        (_, Some(written)) => written,
    };
    let patterns =
        texts.iter().map(|text| ResourcePattern::read(text, version)).collect::<Result<_, _>>()?;
    Ok(match choice {
        Choice::These => Resources::These(patterns),
        Choice::AllBut => Resources::AllBut(patterns),
    })
}
