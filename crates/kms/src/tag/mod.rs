//! TagResource, UntagResource, ListResourceTags.
//!
//! * A key has at most 50 tags. Their keys are different, and none begins with `aws:`.

mod key_tags;

pub(crate) use key_tags::put_tags;
