//! See [`crate::fuzzing`].

use super::query::Query;
use super::route::Route;

pub(crate) fn route(method: &str, path: &str) -> Option<String> {
    let method = http::Method::from_bytes(method.as_bytes()).ok()?;
    match Route::parse(&method, path).ok()? {
        Route::In(name, _) => Some(name.as_str().to_owned()),
        Route::Ping | Route::ListRepositories => Some(String::new()),
    }
}

pub(crate) fn query(query: &str) {
    let Ok(query) = Query::parse(Some(query)) else { return };
    drop(query.page_length(100, 1_000));
    assert!(query.all("tag").count() <= 64);
}
