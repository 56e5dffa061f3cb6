//! Everything moves while it is used: from a folder to a database and a bucket, into backups and
//! out of them, with commands that are killed half way, again and again. The result is compared
//! byte by byte, and pulled by a third-party client.
//!
//! `MOVING_SEED` repeats a run: the same content, the same moments of death, as far as the machine
//! allows.

mod backup;
mod content;
mod keyring;
mod migrate;
mod place;
mod point_in_time;
mod private;
mod read_only;
mod under_keys;
