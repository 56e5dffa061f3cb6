//! Parses a document from text.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::iam::compile;
use crate::iam::document::{Document, DocumentKind, TEXT_BYTES_MAX};
use crate::iam::malformed::Malformed;
use crate::iam::statement::{Position, Span};
use crate::iam::text::{StatementText, object, string};
use crate::iam::version::Version;
use crate::json::{self, Json, Value};

impl Document {
    /// Parses and compiles a document. Anything outside of the grammar is refused.
    pub fn parse(text: &str, kind: DocumentKind) -> Result<Self, Malformed> {
        let Outline { version, id, statements } = outline(text)?;
        // Errors in the form of any statement are reported before errors in its meaning.
        let written: Vec<_> =
            statements.into_iter().map(StatementText::read).collect::<Result<_, _>>()?;
        if kind == DocumentKind::Identity && version != Version::V2012 {
            return Err(Malformed::Version);
        }
        let mut sids = BTreeSet::new();
        let mut lines = Lines::new(text);
        let mut statements = Vec::with_capacity(written.len());
        for written in written {
            if is_kept_by_iam(kind) {
                check_sid(written.sid.as_deref(), &mut sids)?;
            }
            let span = lines.span(&written.at);
            let index = statements.len();
            statements.push(Arc::new(compile::statement(written, kind, version, index, span)?));
        }
        Ok(Self { kind, version, id, statements: statements.into() })
    }
}

fn is_kept_by_iam(kind: DocumentKind) -> bool {
    match kind {
        DocumentKind::Identity | DocumentKind::Trust => true,
        DocumentKind::Repository | DocumentKind::Registry | DocumentKind::Key => false,
    }
}

fn check_sid(sid: Option<&str>, known: &mut BTreeSet<String>) -> Result<(), Malformed> {
    let Some(sid) = sid.filter(|sid| !sid.is_empty()) else { return Ok(()) };
    if !sid.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Err(Malformed::SidNotAlphanumeric);
    }
    if known.insert(sid.to_owned()) { Ok(()) } else { Err(Malformed::SidsNotUnique) }
}

/// The document's own elements.
struct Outline<'a> {
    version: Version,
    id: Option<Arc<str>>,
    /// Not yet read.
    statements: Vec<Json<'a>>,
}

fn outline(text: &str) -> Result<Outline<'_>, Malformed> {
    if text.len() > TEXT_BYTES_MAX {
        return Err(Malformed::Syntax);
    }
    let json = json::read(text).map_err(|_| Malformed::Syntax)?;
    let (mut version, mut id, mut statements) = (Version::V2008, None, None);
    for (key, json) in object(json)? {
        match &*key {
            "Version" => {
                version = match &*string(json)? {
                    "2012-10-17" => Version::V2012,
                    "2008-10-17" => Version::V2008,
                    _ => return Err(Malformed::Syntax),
                }
            }
            "Id" => id = Some(Arc::from(&*string(json)?)),
            "Statement" => {
                statements = Some(match json.value {
                    Value::List(items) => items,
                    _ => vec![json],
                });
            }
            _ => return Err(Malformed::Syntax),
        }
    }
    match statements {
        Some(statements) if !statements.is_empty() => Ok(Outline { version, id, statements }),
        _ => Err(Malformed::Syntax),
    }
}

/// Turns places in a text into lines and columns, going through it once.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    position: Position,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, at: 0, position: Position { line: 1, column: 1 } }
    }

    /// Spans are requested in the order of the text.
    fn span(&mut self, at: &std::ops::Range<usize>) -> Span {
        Span { start: self.position(at.start), end: self.position(at.end) }
    }

    fn position(&mut self, at: usize) -> Position {
        for c in self.text[self.at..at].chars() {
            if c == '\n' {
                self.position = Position { line: self.position.line + 1, column: 1 };
            } else {
                self.position.column += 1;
            }
        }
        self.at = at;
        self.position
    }
}
