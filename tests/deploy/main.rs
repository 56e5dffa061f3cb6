//! Deploying: the image of the project's own Dockerfile, run; the compose file, brought up; the chart, linted and rendered.

mod bases;
mod chart;
mod compose;
mod image;
mod stand_ins;
