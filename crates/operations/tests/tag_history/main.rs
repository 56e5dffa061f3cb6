//! What tags named before: written down, listed, rolled back, forgotten.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[expect(dead_code, reason = "the fixture is made for more than this")]
#[path = "../fixture/mod.rs"]
mod fixture;
mod forgetting;
mod moves;
mod place;
mod rollbacks;
