//! Objects, uploads and stores, seen from outside.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod conformance;
mod copies;
mod damage;
mod faults;
mod objects;
mod proxy;
mod s3;
mod s3_cost;
mod s3_server;
mod s3_support;
mod s3_trouble;
mod support;
