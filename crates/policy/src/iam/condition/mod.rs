//! Conditions: operators, and the values that they compare.

mod check;
mod decimal;
mod network;
mod operator;
mod values;

pub(crate) use check::{Condition, Outcome};
pub(crate) use operator::Operator;
