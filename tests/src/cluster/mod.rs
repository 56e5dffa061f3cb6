//! Many nodes over one database and one bucket, with a balancer in front of them and injected
//! faults between all of these.
//!
//! # Invariants
//! * PostgreSQL, the S3 server and the Azure server are stand-ins: real servers that end with this
//!   process, even if it is killed.
//! * If one of them is not available, the run says so: `SKIPPED: …`.

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
