//! What nodes share: a database and a bucket, both real.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

use crate::cluster::postgres::{Database, Postgres};
use crate::cluster::s3_server::S3Server;

/// A PostgreSQL and an S3 server.
#[derive(Debug)]
pub struct Stores {
    /// Rows.
    pub postgres: Postgres,
    /// Bytes.
    pub s3: S3Server,
    prefixes: AtomicU32,
}

impl Stores {
    /// Starts both, or says which cannot be had, and why.
    pub fn start() -> Result<Self, String> {
        let postgres = Postgres::start()?;
        let s3 = S3Server::start()?;
        Ok(Self { postgres, s3, prefixes: AtomicU32::new(0) })
    }

    /// Those that the tests of this process share. They go when it does.
    pub fn shared() -> Result<Arc<Self>, String> {
        static SHARED: OnceLock<Result<Arc<Stores>, String>> = OnceLock::new();
        SHARED.get_or_init(|| Self::start().map(Arc::new)).clone()
    }

    /// A database and a prefix in the bucket, with nothing in either.
    pub fn place(&self) -> (Database, String) {
        let prefix = format!("place-{}", self.prefixes.fetch_add(1, Ordering::Relaxed));
        (self.postgres.database(), prefix)
    }
}
