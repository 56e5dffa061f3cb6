//! Policies of secrets: PutResourcePolicy, GetResourcePolicy, DeleteResourcePolicy.
//!
//! * A stored policy names users and roles by their ids (`iam::named_principals`).

use db::{Secret, Tx};
use iam::named_principals::{self, NotKept};
use names::SecretRef;
use policy::{Document, DocumentKind};
use serde_json::Value;

use super::refusal::SecretRefusal;
use super::versions::require_alive;
use crate::{Failure, Operations};

const NO_SUCH_PRINCIPAL: &str = "a principal that is not there";

impl Operations {
    /// Sets the policy of a secret. One that lets everyone in is refused, if that is asked for.
    pub async fn put_resource_policy(
        &self,
        wanted: &SecretRef,
        text: String,
        is_public_refused: bool,
    ) -> Result<Secret, Failure> {
        let malformed =
            |error: policy::Malformed| SecretRefusal::MalformedPolicy(error.to_string());
        let document = Document::parse(&text, DocumentKind::Repository).map_err(malformed)?;
        if is_public_refused && lets_everyone_in(&text) {
            return Err(SecretRefusal::PublicPolicy.into());
        }
        let (wanted, now) = (wanted.clone(), self.now());
        self.db
            .write(move |tx| {
                let secret = require_alive(tx, &wanted, now)?;
                let kept = named_principals::kept(tx, &document, &text).map_err(refuse)?;
                let secret = Secret { policy: Some(kept), changed_at: now, ..secret };
                tx.put_secret_facts(&secret)?;
                Ok::<_, Failure>(secret)
            })
            .await
    }

    /// The policy of a secret, if it has one.
    pub async fn get_resource_policy(
        &self,
        wanted: &SecretRef,
    ) -> Result<(Secret, Option<String>), Failure> {
        let (wanted, now) = (wanted.clone(), self.now());
        self.db
            .read(move |tx| {
                let secret = require_alive(tx, &wanted, now)?;
                let shown = secret.policy.clone().map(|kept| shown(tx, kept)).transpose()?;
                Ok::<_, Failure>((secret, shown))
            })
            .await
    }

    /// Removes the policy of a secret, if it has one.
    pub async fn delete_resource_policy(&self, wanted: &SecretRef) -> Result<Secret, Failure> {
        let (wanted, now) = (wanted.clone(), self.now());
        self.db
            .write(move |tx| {
                let secret = require_alive(tx, &wanted, now)?;
                let secret = Secret { policy: None, changed_at: now, ..secret };
                tx.put_secret_facts(&secret)?;
                Ok::<_, Failure>(secret)
            })
            .await
    }
}

fn refuse(not_kept: NotKept) -> Failure {
    match not_kept {
        NotKept::Missing(_) => SecretRefusal::MalformedPolicy(NO_SUCH_PRINCIPAL.to_owned()).into(),
        NotKept::Failed(failure) => failure.into(),
    }
}

/// As clients see what a row has. A text that cannot be read any more is shown as it is.
fn shown(tx: &mut Tx<'_>, kept: String) -> Result<String, Failure> {
    match Document::parse(&kept, DocumentKind::Repository) {
        Ok(document) => Ok(named_principals::shown(tx, &document, &kept)?),
        Err(_) => Ok(kept),
    }
}

/// Whether a statement allows something to everyone, on no condition. The text is a policy.
fn lets_everyone_in(text: &str) -> bool {
    let Ok(document) = serde_json::from_str::<Value>(text) else { return true };
    let statements = match &document["Statement"] {
        Value::Array(statements) => statements.iter().collect(),
        one => vec![one],
    };
    let is_star = |value: &Value| match value {
        Value::String(text) => text == "*",
        Value::Array(texts) => texts.iter().any(|text| text == "*"),
        _ => false,
    };
    let has_star = |principal: &Value| is_star(principal) || is_star(&principal["AWS"]);
    let is_open = |statement: &&Value| {
        let is_conditional = statement["Condition"].as_object().is_some_and(|it| !it.is_empty());
        statement["Effect"] == "Allow"
            && !is_conditional
            && (has_star(&statement["Principal"]) || statement.get("NotPrincipal").is_some())
    };
    statements.iter().any(is_open)
}

#[cfg(test)]
mod tests {
    use super::lets_everyone_in;

    #[test]
    fn policies_that_let_everyone_in() {
        #[rustfmt::skip]
        let cases = [
            (r#"{"Statement":{"Effect":"Allow","Principal":"*"}}"#,                                   true,  "a star"),
            (r#"{"Statement":[{"Effect":"Allow","Principal":{"AWS":"*"}}]}"#,                         true,  "any principal"),
            (r#"{"Statement":[{"Effect":"Allow","Principal":{"AWS":["111122223333","*"]}}]}"#,        true,  "one of them"),
            (r#"{"Statement":[{"Effect":"Allow","NotPrincipal":{"AWS":"111122223333"}}]}"#,           true,  "all but one"),
            (r#"{"Statement":[{"Effect":"Deny","Principal":"*"}]}"#,                                  false, "a denial"),
            (r#"{"Statement":[{"Effect":"Allow","Principal":"*","Condition":{"Bool":{"a":"true"}}}]}"#, false, "on a condition"),
            (r#"{"Statement":[{"Effect":"Allow","Principal":"*","Condition":{}}]}"#,                  true,  "on no condition"),
            (r#"{"Statement":[{"Effect":"Allow","Principal":{"AWS":"111122223333"}}]}"#,              false, "an account"),
        ];
        for (text, expected, because) in cases {
            assert_eq!(lets_everyone_in(text), expected, "{text}: {because}");
        }
    }
}
