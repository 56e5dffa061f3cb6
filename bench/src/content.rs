//! What is pushed: layers that no server has seen before, and images made of them.
//!
//! A layer is a long random body that all layers of one size share, then a tail of its own. The
//! body is hashed once and the hash's state is kept, so a fresh digest costs the generator one
//! block. No registry here looks inside a layer, so to them each one is new from its first byte.

mod image;
mod layer;
mod noise;

pub(crate) use image::{Image, MANIFEST_MEDIA_TYPE};
pub(crate) use layer::{Layer, LayerSource};
pub(crate) use noise::Noise;
