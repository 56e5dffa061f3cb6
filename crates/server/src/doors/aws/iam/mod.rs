//! IAM: who there is and what they may. One file, one operation; the verbs are those of `operations`.

pub(super) mod get_account_summary;
