//! Many nodes over one database and one bucket, a balancer before them, and trouble between all of these.
//!
//! # Invariants
//! * PostgreSQL, the S3 server and that of Azure are stand-ins: real, and gone when this process is, however it ends.
//! * Where one of them cannot be had, the run says so: `SKIPPED: …`.

mod asked;
mod balancer;
mod framing;
mod http_faults;
mod node;
mod nodes;
mod patience;
mod relay;
pub(crate) mod runtime;
mod stores;
mod tcp_faults;
mod turns;

pub use balancer::Balancer;
pub use http_faults::{HttpFaults, Plan as FaultPlan, Trouble};
pub use node::{Faults, Node, faketime};
pub use nodes::{Cluster, KEYRING_SECRET, Plan};
pub use stores::Stores;
pub use tcp_faults::{TcpFaults, Upstream, Weather};
