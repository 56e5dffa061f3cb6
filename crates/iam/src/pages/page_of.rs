use crate::Page;

/// One page of a list that is short enough to be read whole, in the order of `position`.
pub(crate) fn page_of<T>(
    page: &Page,
    all: impl Iterator<Item = T>,
    position: impl Fn(&T) -> String,
) -> Vec<T> {
    let begins =
        |item: &T| page.after.as_deref().is_none_or(|after| position(item).as_str() > after);
    all.filter(begins).take(page.limit as usize).collect()
}
