//! Many nodes over one database and one bucket, a balancer before them, and trouble between all of these.
//!
//! # Invariants
//! * PostgreSQL, the S3 server and that of Azure are real, and go with this process, however it ends.
//! * Where one of them cannot be had, the run says so: `SKIPPED: …`.

mod asked;
mod azure_server;
mod balancer;
mod framing;
mod http_faults;
mod node;
mod nodes;
mod patience;
mod postgres;
mod relay;
pub(crate) mod runtime;
mod s3_server;
mod stores;
mod tcp_faults;
mod turns;
mod watched;

pub use azure_server::AzureServer;
pub use balancer::Balancer;
pub use http_faults::{HttpFaults, Plan as FaultPlan, Trouble};
pub use node::{Faults, Node, faketime};
pub use nodes::{Cluster, KEYRING_SECRET, Plan};
pub use postgres::{Database, Postgres};
pub use s3_server::{BUCKET, S3Server};
pub use stores::Stores;
pub use tcp_faults::{TcpFaults, Upstream, Weather};
