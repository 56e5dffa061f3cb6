/// How many nodes each server of the tests is: `LONGSHORE_TEST_NODES`, or one process with a
/// folder.
pub(crate) fn nodes_under_test() -> usize {
    let Ok(text) = std::env::var("LONGSHORE_TEST_NODES") else { return 1 };
    text.parse().unwrap_or_else(|_| panic!("LONGSHORE_TEST_NODES is not a number: {text}"))
}
