//! The configuration of an image, as far as it says what made the layers.

use serde::Deserialize;

/// Longer instructions are cut: they are shown to people.
const INSTRUCTION_CHARS_MAX: usize = 4096;

#[derive(Deserialize)]
struct Config {
    #[serde(default)]
    history: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    created_by: Option<String>,
    #[serde(default)]
    empty_layer: bool,
}

/// The instruction that made each layer, the lowest first; an empty text where none is told. None
/// at all if this is no configuration.
pub fn instructions(bytes: &[u8]) -> Vec<String> {
    let config: Result<Config, _> = serde_json::from_slice(bytes);
    let history = config.map(|config| config.history).unwrap_or_default();
    let made_layers = history.into_iter().filter(|entry| !entry.empty_layer);
    let text = |entry: Entry| -> String {
        let plain = entry.created_by.unwrap_or_default();
        plain.chars().filter(|c| !c.is_control()).take(INSTRUCTION_CHARS_MAX).collect()
    };
    made_layers.map(text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instructions_are_those_of_layers() {
        #[rustfmt::skip]
        let cases: [(&str, &[&str], &str); 6] = [
            // configuration | instructions | because
            (r#"{"history":[{"created_by":"ADD a"},{"created_by":"ENV b","empty_layer":true},{"created_by":"RUN c"}]}"#, &["ADD a", "RUN c"], "one made no layer"),
            (r#"{"history":[{}]}"#,                   &[""],   "none is told"),
            (r#"{"history":[{"created_by":"a\nb"}]}"#, &["ab"], "one line"),
            (r#"{"architecture":"amd64"}"#,           &[],     "no history"),
            (r#"{"history":1}"#,                      &[],     "no list"),
            ("PK",                                    &[],     "no JSON"),
        ];
        for (config, expected, because) in cases {
            assert_eq!(instructions(config.as_bytes()), expected, "{because}");
        }
    }
}
