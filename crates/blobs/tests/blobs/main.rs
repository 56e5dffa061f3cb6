//! Objects, uploads and stores, seen from outside.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod azure;
mod boundaries;
mod bucket;
mod bucket_support;
mod conformance;
mod copies;
mod damage;
mod exchange;
mod faults;
mod files;
mod google;
mod lost_bytes;
mod objects;
mod refused_stores;
mod s3;
mod s3_cost;
mod servers;
mod support;
mod tampering;
mod trouble;
