//! From samples to tables: medians, ratios beside their floors, and what each server cost.

mod amounts;
mod floors;
mod samples;
mod table;

pub(crate) use floors::all_hold;
pub(crate) use samples::keep;
pub(crate) use table::{print, print_failures};
