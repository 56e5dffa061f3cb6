//! Reads files of scenarios: blocks of lines, in which a line of capitals begins a table.

/// A scenario as it is written: its lines by their first word, all holes filled.
#[derive(Debug)]
pub(crate) struct Written {
    /// `FILE:LINE TITLE`.
    pub(crate) place: String,
    pub(crate) lines: Vec<(String, String)>,
}

impl Written {
    /// What the line that begins with `word` says, if there is one.
    pub(crate) fn line(&self, word: &str) -> Option<&str> {
        self.lines.iter().find(|(first, _)| first == word).map(|(_, rest)| rest.as_str())
    }

    /// Everything that is said by lines that begin with `word`.
    pub(crate) fn all(&self, word: &str) -> Vec<String> {
        let wanted = self.lines.iter().filter(|(first, _)| first == word);
        wanted.map(|(_, rest)| rest.clone()).collect()
    }
}

/// The scenarios of a file.
pub(crate) fn read(file: &str, text: &str) -> Vec<Written> {
    let mut found = Vec::new();
    let mut block = Vec::new();
    for (at, line) in text.lines().chain([""]).enumerate() {
        if line.starts_with('#') {
            continue;
        }
        if line.trim().is_empty() {
            found.extend(scenarios(file, &block));
            block.clear();
        } else {
            block.push((at + 1, line));
        }
    }
    found
}

fn scenarios(file: &str, block: &[(usize, &str)]) -> Vec<Written> {
    let Some(((first, title), body)) = block.split_first() else { return Vec::new() };
    assert!(!title.starts_with(' '), "{file}:{first}: a block begins with its title");
    let head = body.iter().position(|(_, line)| is_head(line)).unwrap_or(body.len());
    let template = joined(&body[..head]);
    let Some(((_, columns), rows)) = body[head..].split_first() else {
        return vec![Written { place: format!("{file}:{first} {title}"), lines: template }];
    };
    let columns = cells(columns);
    assert!(!rows.is_empty(), "{file}:{first}: a table without rows");
    rows.iter()
        .map(|(at, row)| {
            let place = format!("{file}:{at} {title}");
            let cells = cells(row);
            assert_eq!(cells.len(), columns.len(), "{place}: cells in {row:?}");
            let filled = columns.iter().copied().zip(cells.iter().copied()).collect();
            Written { lines: fill(&template, filled), place }
        })
        .collect()
}

fn is_head(line: &str) -> bool {
    line.split_whitespace().all(|word| word.bytes().all(|byte| byte.is_ascii_uppercase()))
}

/// The lines of a block, those that stand further in joined to the one before.
fn joined(lines: &[(usize, &str)]) -> Vec<(String, String)> {
    let mut joined: Vec<(String, String)> = Vec::new();
    for (_, line) in lines {
        let text = line.trim();
        let indent = line.len() - line.trim_start().len();
        if indent > 4 {
            let (_, last) = joined.last_mut().expect("something to continue");
            last.push(' ');
            last.push_str(text);
        } else {
            let (word, rest) = text.split_once(' ').expect("a word and what it says");
            joined.push((word.to_owned(), rest.trim().to_owned()));
        }
    }
    joined
}

fn cells(row: &str) -> Vec<&str> {
    row.trim().split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect()
}

fn fill(template: &[(String, String)], filled: Vec<(&str, &str)>) -> Vec<(String, String)> {
    let mut by_length = filled;
    // The longest first: `$ASKED` is not `$AS` and some text.
    by_length.sort_by_key(|(column, _)| std::cmp::Reverse(column.len()));
    let mut lines = template.to_vec();
    for word in ["gives", "because"] {
        if !lines.iter().any(|(first, _)| first == word) {
            lines.push((word.to_owned(), format!("${}", word.to_uppercase())));
        }
    }
    for (_, rest) in &mut lines {
        for (column, cell) in &by_length {
            let cell = if *cell == "-" { "" } else { *cell };
            *rest = rest.replace(&format!("${column}"), cell);
        }
    }
    lines.retain(|(_, rest)| !rest.is_empty());
    lines
}
