//! Versions, ordered as the native tools order them: thousands of recorded pairs for each
//! (`record.py`), tables by hand, and what holds for any text.

mod properties;
mod recorded;
mod tables;
