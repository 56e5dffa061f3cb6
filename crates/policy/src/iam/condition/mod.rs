//! Conditions: operators, and the values that they compare.

mod check;
mod decimal;
mod network;
mod operator;
mod outcome;
mod values;

pub(crate) use check::Condition;
pub(crate) use operator::Operator;
pub(crate) use outcome::Outcome;
