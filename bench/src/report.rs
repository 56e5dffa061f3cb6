//! From samples to tables: medians, ratios beside the limit and their floors, and what each server
//! cost.

mod amounts;
mod chart;
mod floors;
mod ratios;
mod samples;
mod table;
mod terms;
mod whole;

pub(crate) use samples::{Row, keep};
pub(crate) use table::print_failures;
pub(crate) use terms::Terms;
pub(crate) use whole::Report;
