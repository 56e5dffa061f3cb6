//! What a workload is, and what it says.

use anyhow::Result;
use serde::Serialize;

use crate::load::Outcome;
use crate::peers::{Peer, Who};

/// The rows of an image, its tag and its layer, with their indexes and in the log of the database.
const IMAGE_ROWS_BYTES_MAX: u64 = 6 * 1024;

/// One kind of work that every server is given.
pub(crate) trait Workload {
    /// The name on the command line and of the file of samples.
    fn name(&self) -> &'static str;

    /// The measured series; each becomes a row.
    fn series(&self) -> &'static [Series];

    /// Whether this server can do this work at all.
    fn wants(&self, who: Who) -> bool;

    /// What the servers keep meanwhile.
    fn room(&self) -> Room {
        Room::LITTLE
    }

    /// Fills a server that has just started and holds nothing.
    fn prepare(&self, peer: &Peer) -> Result<()>;

    /// Takes one sample of each series that this server has.
    fn measure(&self, peer: &mut Peer) -> Result<Vec<(&'static Series, Sample)>>;
}

/// One row of the tables.
#[derive(Debug, PartialEq)]
pub(crate) struct Series {
    pub(crate) name: &'static str,
    pub(crate) title: &'static str,
    pub(crate) unit: Unit,
    pub(crate) floors: &'static [Floor],
}

/// How many bytes one server is given to keep, at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Room {
    /// Before the first sample, to the end.
    pub(crate) prepared_bytes: u64,
    /// In each sample. Where memory is the disk, a server starts again with nothing after a sample
    /// that leaves anything.
    pub(crate) sample_bytes: u64,
}

/// The unit of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    RequestsPerSecond,
    /// With so many requests for an image.
    ImagesPerSecond {
        requests: u32,
    },
    BytesPerSecond,
    Milliseconds,
    Bytes,
    /// Of one amount to another.
    Ratio,
}

/// The least that Longshore must reach.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Floor {
    /// `subject` is at least so many times as fast as `of`.
    Times { subject: Who, times: f64, of: Who },
    /// `subject`'s value is at most this, whatever the others' values.
    AtMost { subject: Who, value: f64 },
    /// The same, where memory is the disk: a disk may be slower than any server.
    OnMemory(&'static Floor),
}

/// One measurement of one server, as it was taken.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Sample {
    pub(crate) value: f64,
    /// Requests, images, or another unit of this workload.
    pub(crate) turns: u64,
    pub(crate) bytes: u64,
    pub(crate) seconds: f64,
    pub(crate) server_cpu_seconds: f64,
    pub(crate) generator_cpu_seconds: f64,
    pub(crate) p50_microseconds: u32,
    pub(crate) p99_microseconds: u32,
}

impl Room {
    /// What images of small layers and a database's own files need.
    pub(crate) const LITTLE: Self = Self { prepared_bytes: 256 << 20, sample_bytes: 0 };

    /// With so many rows besides, all that belong to an image taken together.
    pub(crate) fn with_images(images: usize) -> Self {
        let rows = images as u64 * IMAGE_ROWS_BYTES_MAX;
        Self { prepared_bytes: Self::LITTLE.prepared_bytes + rows, sample_bytes: 0 }
    }

    /// What all of `servers` need at once.
    pub(crate) fn of_all(self, servers: usize) -> u64 {
        let prepared = self.prepared_bytes.saturating_mul(servers as u64);
        prepared.saturating_add(self.sample_bytes)
    }
}

impl Unit {
    /// How many requests make a turn, if the work is told in requests.
    pub(crate) fn requests_of_a_turn(self) -> Option<u32> {
        match self {
            Self::RequestsPerSecond | Self::Milliseconds => Some(1),
            Self::ImagesPerSecond { requests } => Some(requests),
            Self::BytesPerSecond | Self::Bytes | Self::Ratio => None,
        }
    }

    pub(crate) fn more_is_better(self) -> bool {
        match self {
            Self::RequestsPerSecond | Self::ImagesPerSecond { .. } | Self::BytesPerSecond => true,
            Self::Milliseconds | Self::Bytes | Self::Ratio => false,
        }
    }
}

impl Sample {
    /// Of a load, in the series' own unit.
    pub(crate) fn of(mut outcome: Outcome, unit: Unit) -> Self {
        let p50_microseconds = outcome.tally.quantile_microseconds(0.5);
        let p99_microseconds = outcome.tally.quantile_microseconds(0.99);
        let Outcome { tally, seconds, server_cpu_seconds, generator_cpu_seconds } = outcome;
        let value = match unit {
            Unit::RequestsPerSecond | Unit::ImagesPerSecond { .. } => tally.turns as f64 / seconds,
            Unit::BytesPerSecond => tally.bytes as f64 / seconds,
            Unit::Milliseconds => f64::from(p50_microseconds) / 1000.0,
            Unit::Bytes | Unit::Ratio => tally.bytes as f64,
        };
        Self {
            value,
            turns: tally.turns,
            bytes: tally.bytes,
            seconds,
            server_cpu_seconds,
            generator_cpu_seconds,
            p50_microseconds,
            p99_microseconds,
        }
    }

    /// Of something that is not a load: a time to wait for, or an amount of memory.
    pub(crate) fn single(value: f64) -> Self {
        Self {
            value,
            turns: 1,
            bytes: 0,
            seconds: 0.0,
            server_cpu_seconds: 0.0,
            generator_cpu_seconds: 0.0,
            p50_microseconds: 0,
            p99_microseconds: 0,
        }
    }
}
