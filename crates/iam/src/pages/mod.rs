//! Pages of lists.
//!
//! * A page begins after a position, never at an offset.
//! * A page of rows that hold documents ends early rather than grow without bound.

mod bounded_rows;
mod page;
mod page_of;

pub use bounded_rows::BoundedRows;
pub(crate) use page::ENTRY_BYTES;
pub use page::Page;
pub(crate) use page_of::page_of;
