//! Objects, uploads and stores, seen from outside.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod azure;
mod azure_server;
mod bucket;
mod bucket_support;
mod conformance;
mod copies;
mod damage;
mod faults;
mod google;
mod google_server;
mod objects;
mod proxy;
mod s3;
mod s3_cost;
mod s3_server;
mod servers;
mod support;
mod trouble;
