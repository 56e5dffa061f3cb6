//! Deploying: the image of the project's own Dockerfile, run; the compose file, started; the chart,
//! linted and rendered.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod bases;
mod chart;
mod compose;
mod image;
mod stand_ins;
