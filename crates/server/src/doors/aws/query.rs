//! Recognises a Query call (`Action=…`, answered in XML).

use http::HeaderMap;
use http::header::CONTENT_TYPE;
use wire::aws::query::CONTENT_TYPE_FORM;

/// Is the body a form?
pub(super) fn is_form(headers: &HeaderMap) -> bool {
    let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    content_type
        .is_some_and(|value| value.trim_start().to_ascii_lowercase().starts_with(CONTENT_TYPE_FORM))
}

/// Whether the query is a form, as in a presigned call, such as the one in a cluster's token.
pub(super) fn names_an_action(query: &str) -> bool {
    query.split('&').any(|pair| pair.starts_with("Action="))
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn headers(content_type: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static(content_type))])
    }

    #[test]
    fn forms_are_told_by_their_content_type() {
        #[rustfmt::skip]
        let cases = [
            ("application/x-www-form-urlencoded",                true,  "the usual"),
            ("application/x-www-form-urlencoded; charset=utf-8", true,  "as botocore sends it"),
            ("Application/X-WWW-Form-URLEncoded",                true,  "media types have no case"),
            ("application/x-amz-json-1.1",                       false, "another protocol"),
            ("",                                                 false, "nothing"),
        ];
        for (content_type, expected, because) in cases {
            assert_eq!(is_form(&headers(content_type)), expected, "{content_type:?}: {because}");
        }
        assert!(!is_form(&HeaderMap::new()));
    }

    #[test]
    fn presigned_calls_are_told_by_their_action() {
        #[rustfmt::skip]
        let cases = [
            ("Action=GetCallerIdentity&Version=2011-06-15", true,  "the usual order"),
            ("Version=2011-06-15&Action=GetCallerIdentity", true,  "another order"),
            ("action=GetCallerIdentity",                    false, "case counts"),
            ("XAction=GetCallerIdentity",                   false, "another name"),
            ("",                                            false, "nothing"),
        ];
        for (query, expected, because) in cases {
            assert_eq!(names_an_action(query), expected, "{query:?}: {because}");
        }
    }
}
