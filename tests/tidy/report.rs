/// Fails with everything that is wrong, not only with the first.
pub(crate) fn report(rule: &str, wrong: &[String]) {
    assert!(wrong.is_empty(), "{rule}:\n  {}", wrong.join("\n  "));
}

/// The same with a list of exceptions, which may only shrink. What is wrong comes with the place
/// that an exception names.
pub(crate) fn report_except(rule: &str, wrong: &[(String, String)], exceptions: &[&str]) {
    let mut failures: Vec<String> = Vec::new();
    for (place, what) in wrong {
        if !exceptions.contains(&place.as_str()) {
            failures.push(format!("{place}: {what}"));
        }
    }
    for exception in exceptions {
        if !wrong.iter().any(|(place, _)| place == exception) {
            failures.push(format!("{exception}: nothing is wrong any more; take it off the list"));
        }
    }
    report(rule, &failures);
}

#[test]
#[should_panic(expected = "b.rs: two lines\n  c.rs: nothing is wrong any more")]
fn what_is_wrong_and_what_is_no_longer_wrong_fail() {
    let wrong = [("a.rs", "one line"), ("b.rs", "two lines")];
    let wrong = wrong.map(|(place, what)| (place.to_owned(), what.to_owned()));
    report_except("a rule", &wrong, &["a.rs", "c.rs"]);
}
