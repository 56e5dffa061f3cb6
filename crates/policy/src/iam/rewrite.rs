use crate::iam::malformed::Malformed;
use crate::iam::principal::{NamedPrincipal, PrincipalKind};
use crate::json::{self, Json, Value};

/// The same text with other principals: `new` returns the replacement of a principal, or `None` to
/// leave it. Nothing else changes, not even white space. It is called only for principals under
/// `AWS`: roles and users may be stored by their ids and shown by their ARNs.
pub fn rewrite_principals(
    text: &str,
    mut new: impl FnMut(&NamedPrincipal) -> Option<String>,
) -> Result<String, Malformed> {
    let json = json::read(text).map_err(|_| Malformed::Syntax)?;
    let mut written = String::with_capacity(text.len());
    let mut done = 0;
    for name in names_in(&json) {
        let Value::Text(named) = &name.value else { return Err(Malformed::Syntax) };
        let named = NamedPrincipal::read(PrincipalKind::Aws, named)?;
        if let Some(new) = new(&named) {
            written.push_str(&text[done..name.at.start]);
            written.push_str(&quoted(&new));
            done = name.at.end;
        }
    }
    written.push_str(&text[done..]);
    Ok(written)
}

/// Everything under `AWS`, in the order of the text.
fn names_in<'a>(document: &'a Json<'a>) -> impl Iterator<Item = &'a Json<'a>> {
    member(document, "Statement")
        .flat_map(items)
        .flat_map(|statement| {
            let Value::Object(members) = &statement.value else { return Vec::new() };
            let is_named = |key: &str| key == "Principal" || key == "NotPrincipal";
            members.iter().filter(|(key, _)| is_named(key)).map(|(_, json)| json).collect()
        })
        .flat_map(|principal| member(principal, "AWS"))
        .flat_map(items)
}

fn member<'a>(json: &'a Json<'a>, name: &'a str) -> impl Iterator<Item = &'a Json<'a>> {
    let members = match &json.value {
        Value::Object(members) => &**members,
        _ => &[],
    };
    members.iter().filter(move |(key, _)| key == name).map(|(_, json)| json)
}

/// A list's items; anything else is the only item.
fn items<'a>(json: &'a Json<'a>) -> impl Iterator<Item = &'a Json<'a>> {
    match &json.value {
        Value::List(items) => items.iter(),
        _ => std::slice::from_ref(json).iter(),
    }
}

/// A JSON string. Names of principals are visible ASCII.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn principals_are_replaced_and_nothing_else() {
        let text = r#"{"Statement": [ {"Effect":"Allow", "Principal": {"AWS": [ "arn:aws:iam::123456789012:role/a",
            "123456789012"], "Service": "arn:aws:iam::123456789012:role/a"}, "Action": "sts:AssumeRole"} ] }"#;
        let new = |named: &NamedPrincipal| {
            matches!(named, NamedPrincipal::Role { .. }).then(|| "AROAAAAAAAAAAAAAAAAAA".to_owned())
        };
        let expected =
            text.replacen("arn:aws:iam::123456789012:role/a", "AROAAAAAAAAAAAAAAAAAA", 1);
        assert_eq!(rewrite_principals(text, new), Ok(expected));
        assert_eq!(rewrite_principals(text, |_| None).as_deref(), Ok(text));
        assert_eq!(rewrite_principals("{", |_| None), Err(Malformed::Syntax));
    }
}
