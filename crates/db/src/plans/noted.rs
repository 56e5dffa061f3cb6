use std::cell::RefCell;

thread_local! {
    static NOTED: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Remembers a statement that this thread runs.
pub(crate) fn note(sql: &str) {
    NOTED.with_borrow_mut(|noted| noted.push(sql.to_owned()));
}

/// The statements since the last call, in order.
pub(super) fn take() -> Vec<String> {
    NOTED.take()
}
