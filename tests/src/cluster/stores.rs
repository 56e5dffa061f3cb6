//! The stores that nodes share: a database and a bucket, both real.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

use stand_ins::{Database, Postgres, S3Server};

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
    /// Starts both, so that they can be stopped; or says which is not available, and why.
    pub fn start() -> Result<Self, String> {
        Self::over(Postgres::start()?)
    }

    /// The ones that the tests of this process share. Do not stop them: other processes may use the
    /// same PostgreSQL.
    pub fn shared() -> Result<Arc<Self>, String> {
        static SHARED: OnceLock<Result<Arc<Stores>, String>> = OnceLock::new();
        let start = || Postgres::handed_over_or_own().and_then(Self::over);
        SHARED.get_or_init(|| start().map(Arc::new)).clone()
    }

    fn over(postgres: Postgres) -> Result<Self, String> {
        Ok(Self { postgres, s3: S3Server::start()?, prefixes: AtomicU32::new(0) })
    }

    /// A database and a prefix in the bucket, with nothing in either.
    pub fn place(&self) -> (Database, String) {
        let prefix = format!("place-{}", self.prefixes.fetch_add(1, Ordering::Relaxed));
        (self.postgres.database(), prefix)
    }
}
