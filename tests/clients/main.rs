//! The clients people use, each doing what people do with it, against the built server.

mod cosign;
mod crane;
mod created;
mod debian;
mod docker;
mod helm;
mod oras;
mod podman;
mod rust_sdk;
mod skopeo;
