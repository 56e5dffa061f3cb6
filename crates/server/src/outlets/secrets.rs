//! The secrets that webhooks are signed with: lines of `NAME=SECRET` in a file.

use std::collections::BTreeMap;

/// The lines of a file; or the number of one that is no such line.
pub(super) fn parse(text: &str) -> Result<BTreeMap<String, String>, usize> {
    let mut secrets = BTreeMap::new();
    for (number, line) in (1..).zip(text.lines().map(str::trim)) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (name, secret) = line.split_once('=').ok_or(number)?;
        let (name, secret) = (name.trim(), secret.trim());
        if name.is_empty() || secret.is_empty() {
            return Err(number);
        }
        secrets.insert(name.to_owned(), secret.to_owned());
    }
    Ok(secrets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_secrets() {
        let sound = parse("# ours\n\nhook = whsec_YQ==\n123456789012/hook=b=c\n").unwrap();
        let pair = |(name, secret): (&String, &String)| format!("{name} {secret}");
        let pairs: Vec<String> = sound.iter().map(pair).collect();
        assert_eq!(pairs, ["123456789012/hook b=c", "hook whsec_YQ=="]);
        for (text, line) in [("hook", 1), ("a=b\n=c", 2), ("a=", 1)] {
            assert_eq!(parse(text), Err(line), "{text}");
        }
    }
}
