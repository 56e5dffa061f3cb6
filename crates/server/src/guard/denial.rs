//! One denial: the parts of a request and its decision that are kept for explanations.

use iam::RoleDenied;
use names::AccountId;
use policy::{Deciding, Explanation, LookedAt, Reason};

use super::{RequestFrom, RequestKeys};

/// The limit of a denial's texts: the ARNs of the caller and the resource, and the message with
/// both.
const TEXT_BYTES_MAX: usize = 4 * 1024;
/// The condition keys of the input.
const KEYS_BYTES_MAX: usize = 8 * 1024;
/// Each list of an explanation.
const LIST_BYTES_MAX: usize = 8 * 1024;

/// A request that was denied, or would have been, and everything that led to it.
#[derive(Debug, Clone)]
pub(crate) struct Denial {
    pub(crate) from: RequestFrom,
    pub(crate) keys: RequestKeys,
    /// The principal: an ARN, or an identity provider's name for a caller without one.
    pub(crate) principal: String,
    /// The account of the caller. An identity provider's subject has none.
    pub(crate) home: Option<AccountId>,
    pub(crate) action: String,
    pub(crate) resource: String,
    /// The account of the resource.
    pub(crate) account: AccountId,
    /// `false` if the guard only logs.
    pub(crate) is_enforced: bool,
    pub(crate) explanation: Explanation,
    /// The message that the client read, or would have read.
    pub(crate) sentence: String,
}

/// The principal that asked for a role.
pub(crate) struct Player {
    /// As [`Denial::principal`].
    pub(crate) principal: String,
    /// As [`Denial::home`].
    pub(crate) home: Option<AccountId>,
}

impl Denial {
    /// A denied role. It is enforced even where others are only logged: a role's session acts with
    /// other rights, under another name.
    pub(super) fn of_role(
        from: &RequestFrom,
        keys: &RequestKeys,
        player: Player,
        denied: &RoleDenied,
    ) -> Self {
        let Player { principal, home } = player;
        let RoleDenied { action, role, account, explanation, sentence } = denied.clone();
        Self {
            from: from.clone(),
            keys: keys.clone(),
            principal,
            home,
            action: action.to_owned(),
            resource: role,
            account,
            is_enforced: true,
            explanation,
            sentence,
        }
    }

    /// Writes it to the log.
    pub(super) fn log(&self) {
        let Self { from, principal, action, resource, account, is_enforced, explanation, .. } =
            self;
        let decision = &explanation.decision;
        let deciding = decision.deciding.as_ref();
        let statement = deciding.map(|deciding| match &deciding.sid {
            Some(sid) => sid.to_string(),
            None => deciding.index.to_string(),
        });
        tracing::info!(
            request.id = %from.id,
            principal.arn = principal,
            action,
            resource.arn = resource,
            resource.account = %account,
            decision.verdict = decision.verdict.as_str(),
            decision.layer = layer(decision.reason),
            decision.policy = deciding.map(|deciding| &*deciding.name),
            decision.statement = statement,
            decision.enforced = is_enforced,
            "{}",
            if *is_enforced { "access denied" } else { "access would be denied" }
        );
    }
}

impl Denial {
    /// The part of it that is kept: a request can be arbitrarily large. Shortened texts say so.
    #[must_use]
    pub(super) fn cut(self) -> Self {
        let mut denial = self;
        let before = denial.size_bytes();
        for text in
            [&mut denial.principal, &mut denial.action, &mut denial.resource, &mut denial.sentence]
        {
            cut_text(text);
        }
        denial.keys.cut(KEYS_BYTES_MAX);
        let explanation = &mut denial.explanation;
        cut_list(&mut explanation.looked_at, |LookedAt { name, .. }| name.len());
        cut_list(&mut explanation.matched, |matched| size_of_statement(&matched.statement));
        cut_list(&mut explanation.missing_context, String::len);
        denial.explanation.is_cut |= denial.size_bytes() < before;
        denial
    }

    /// Its size in bytes.
    pub(super) fn size_bytes(&self) -> usize {
        let Self {
            from,
            keys,
            principal,
            home: _,
            action,
            resource,
            account: _,
            is_enforced: _,
            ..
        } = self;
        let Explanation { decision, layers, looked_at, matched, missing_context, .. } =
            &self.explanation;
        let texts = [principal, action, resource, &self.sentence];
        let headers = from.user_agent.iter().chain(&from.referer).map(|header| header.len());
        size_of::<Self>()
            + texts.into_iter().map(String::len).sum::<usize>()
            + headers.sum::<usize>()
            + keys.size_bytes()
            + decision.deciding.as_ref().map_or(0, size_of_statement)
            + size_of_val(layers.as_slice())
            + size_of_list(looked_at, |LookedAt { name, .. }| name.len())
            + size_of_list(matched, |matched| size_of_statement(&matched.statement))
            + size_of_list(missing_context, String::len)
    }

    /// The principal within its account that shares the room: for a role, all of its sessions
    /// together. A caller without an account shares with all callers that ask for the same.
    pub(super) fn asker(&self) -> &str {
        match (&self.home, self.principal.split_once(":assumed-role/")) {
            (None, _) => &self.resource,
            (Some(_), Some((_, session))) => {
                let name = session.rsplit_once('/').map_or(0, |(_, name)| name.len() + 1);
                &self.principal[..self.principal.len() - name]
            }
            (Some(_), None) => &self.principal,
        }
    }
}

/// The name of a statement.
fn size_of_statement(statement: &Deciding) -> usize {
    statement.name.len() + statement.sid.as_ref().map_or(0, |sid| sid.len())
}

fn size_of_list<T>(list: &[T], held: impl Fn(&T) -> usize) -> usize {
    size_of_val(list) + list.iter().map(held).sum::<usize>()
}

fn cut_list<T>(list: &mut Vec<T>, held: impl Fn(&T) -> usize) {
    let mut bytes = 0;
    let fits = |item: &T| {
        bytes += size_of::<T>() + held(item);
        bytes <= LIST_BYTES_MAX
    };
    let kept = list.iter().map(fits).take_while(|fits| *fits).count();
    list.truncate(kept);
    list.shrink_to_fit();
}

fn cut_text(text: &mut String) {
    text.truncate(text.floor_char_boundary(TEXT_BYTES_MAX));
    text.shrink_to_fit();
}

fn layer(reason: Reason) -> Option<&'static str> {
    match reason {
        Reason::Root => None,
        Reason::AllowedBy(layer)
        | Reason::DeniedBy(layer)
        | Reason::NothingAllowsIn(layer)
        | Reason::TooMuchWork(layer) => Some(layer.as_str()),
    }
}
