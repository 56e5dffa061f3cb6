//! Temporary credentials: their rights, their ends, and which callers get none.

mod denials;
mod issued;
mod issuer;
mod scoped;
mod secrets;
mod sessions;
mod web_identity;

use black_box::Answer;

/// The text of the first element of this name.
fn element(answer: &Answer, name: &str) -> String {
    let text = answer.text();
    let begin = format!("<{name}>");
    let (_, rest) = text.split_once(&begin).unwrap_or_else(|| panic!("no {name} in {text}"));
    rest.split_once("</").expect("elements end").0.to_owned()
}

/// Status, code and sentence of a refusal.
fn refused(answer: &Answer) -> (u16, String, String) {
    (answer.status, element(answer, "Code"), element(answer, "Message"))
}
