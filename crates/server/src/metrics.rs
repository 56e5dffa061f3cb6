//! The program's metrics, for Prometheus.

use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use jobs::Runner;
use operations::{CachePulls, Stored};
use prometheus_client::encoding::text::encode;
use prometheus_client::encoding::{EncodeLabelSet, EncodeLabelValue, LabelValueEncoder};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

use crate::cache_figures;
use crate::event_figures::EventFigures;
use crate::external_kms::Calls;

/// A route's name: one of a fixed set, so that no client can make series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct RouteName(pub(crate) &'static str);

impl EncodeLabelValue for RouteName {
    fn encode(&self, encoder: &mut LabelValueEncoder<'_>) -> Result<(), std::fmt::Error> {
        encoder.write_str(self.0)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    route: RouteName,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: RouteName,
}

/// The counters that requests touch.
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<Answered, Counter>,
    latency: Family<Route, Histogram>,
    /// Connections that are open.
    pub(crate) connections: Gauge,
    /// Connections that were refused because their addresses had the maximum number.
    pub(crate) refused_connections: Counter,
    /// Calls whose records are missing.
    pub(crate) unrecorded_calls: Counter,
    /// Bytes of layers and manifests that were sent.
    pub(crate) sent_bytes: Counter,
    /// Bytes of layers and manifests that were received.
    pub(crate) received_bytes: Counter,
    runners: Vec<Arc<Runner>>,
    storage: Box<dyn Fn() -> StorageFigures + Send + Sync>,
}

/// The disk usage.
pub(crate) struct StorageFigures {
    /// Size of the database.
    pub(crate) database_bytes: u64,
    /// The disk that the folder is on, if anything is kept in one.
    pub(crate) disk: Option<DiskFigures>,
    /// Bytes of objects that were deleted since the start.
    pub(crate) reclaimed_bytes: u64,
    /// Objects that were deleted since the start.
    pub(crate) reclaimed_objects: u64,
    /// Images that lifecycle policies expired since the start.
    pub(crate) expired_images: u64,
    /// Reads of objects that found them corrupt or missing since the start.
    pub(crate) corrupt_reads: u64,
    /// How pulls of cached images ended, by rule.
    pub(crate) cache_pulls: Vec<CachePulls>,
    /// How long the oldest audit record has waited to be delivered, if there is a trail.
    pub(crate) undelivered_audit: Option<Duration>,
    /// How the delivery of events goes, if there is any.
    pub(crate) events: Option<EventFigures>,
    /// How much there is, once it was measured.
    pub(crate) stored: Option<Stored>,
    /// Calls of external key management services, if there are any.
    pub(crate) external_kms: Option<Arc<Calls>>,
}

/// How full a disk is.
pub(crate) struct DiskFigures {
    /// Free space of the filesystem that holds objects.
    pub(crate) available_bytes: u64,
    /// Size of the filesystem that holds objects.
    pub(crate) size_bytes: u64,
}

/// From half a millisecond to a minute: the answers' first byte, so that long pulls do not blur it.
const LATENCY_SECONDS: [f64; 12] =
    [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2.5, 10.0, 60.0];

fn latency_histogram() -> Histogram {
    Histogram::new(LATENCY_SECONDS)
}

impl Metrics {
    pub(crate) fn new(
        runners: Vec<Arc<Runner>>,
        storage: Box<dyn Fn() -> StorageFigures + Send + Sync>,
    ) -> Self {
        let mut registry = Registry::with_prefix("longshore");
        let requests = Family::default();
        registry.register("requests", "Requests answered", requests.clone());
        let latency = Family::new_with_constructor(latency_histogram as fn() -> Histogram);
        registry.register_with_unit(
            "request_latency",
            "Time to the first byte of the answer",
            Unit::Seconds,
            latency.clone(),
        );
        let connections = Gauge::default();
        registry.register("connections", "Connections open", connections.clone());
        let refused_connections = Counter::default();
        registry.register(
            "refused_connections",
            "Connections refused because their address had too many",
            refused_connections.clone(),
        );
        let unrecorded_calls = Counter::default();
        registry.register(
            "unrecorded_calls",
            "Calls without an audit record, for want of room or because writing it failed",
            unrecorded_calls.clone(),
        );
        let sent_bytes = Counter::default();
        registry.register_with_unit(
            "sent",
            "Bytes of layers and manifests sent",
            Unit::Bytes,
            sent_bytes.clone(),
        );
        let received_bytes = Counter::default();
        registry.register_with_unit(
            "received",
            "Bytes of layers and manifests received",
            Unit::Bytes,
            received_bytes.clone(),
        );
        let latency = Family::clone(&latency);
        Self {
            registry,
            requests,
            latency,
            connections,
            refused_connections,
            unrecorded_calls,
            sent_bytes,
            received_bytes,
            runners,
            storage,
        }
    }

    /// Counts one answer.
    pub(crate) fn answered(&self, route: RouteName, status: u16, took: Duration) {
        self.requests.get_or_create(&Answered { route, status }).inc();
        self.latency.get_or_create(&Route { route }).observe(took.as_secs_f64());
    }

    /// Everything in the text format of Prometheus.
    pub(crate) fn render(&self) -> String {
        let mut text = String::new();
        encode(&mut text, &self.registry).expect("writing to a string cannot fail");
        let text_end = "# EOF\n";
        text.truncate(text.len() - if text.ends_with(text_end) { text_end.len() } else { 0 });
        self.render_jobs(&mut text);
        self.render_storage(&mut text);
        text.push_str(text_end);
        text
    }

    fn render_jobs(&self, text: &mut String) {
        text.push_str(
            "# HELP longshore_jobs Job runs, by outcome.\n# TYPE longshore_jobs counter\n",
        );
        for runner in &self.runners {
            let (lane, counts) = (runner.lane().as_str(), runner.counts());
            for (outcome, count) in [
                ("succeeded", &counts.succeeded),
                ("failed", &counts.failed),
                ("dead", &counts.dead),
                ("lost", &counts.lost),
            ] {
                let count = count.load(Ordering::Relaxed);
                let sample = format!(
                    "longshore_jobs_total{{lane=\"{lane}\",outcome=\"{outcome}\"}} {count}\n"
                );
                text.push_str(&sample);
            }
        }
    }

    fn render_storage(&self, text: &mut String) {
        let StorageFigures {
            database_bytes,
            disk,
            reclaimed_bytes,
            reclaimed_objects,
            expired_images,
            corrupt_reads,
            cache_pulls,
            stored,
            undelivered_audit,
            events,
            external_kms,
        } = (self.storage)();
        #[rustfmt::skip]
        let mut figures = vec![
            ("database_bytes", "gauge", "", "Size of the database on disk", database_bytes),
            ("reclaimed_bytes", "counter", "_total", "Bytes of objects deleted", reclaimed_bytes),
            ("reclaimed_objects", "counter", "_total", "Objects deleted", reclaimed_objects),
            ("expired_images", "counter", "_total", "Images expired by lifecycle policies", expired_images),
            ("corrupt_reads", "counter", "_total", "Reads of objects that found them corrupt or missing", corrupt_reads),
        ];
        if let Some(DiskFigures { available_bytes, size_bytes }) = disk {
            let (free, all) = (
                "Free space of the filesystem that holds objects",
                "Size of the filesystem that holds objects",
            );
            figures.push(("storage_available_bytes", "gauge", "", free, available_bytes));
            figures.push(("storage_size_bytes", "gauge", "", all, size_bytes));
        }
        if let Some(waits) = undelivered_audit {
            let help = "How long the oldest audit record has waited to be delivered to the trail";
            figures.push(("audit_undelivered_seconds", "gauge", "", help, waits.as_secs()));
        }
        for (name, kind, suffix, help, value) in figures {
            write!(
                text,
                "# HELP longshore_{name} {help}.\n# TYPE longshore_{name} {kind}\nlongshore_{name}{suffix} {value}\n"
            )
            .expect("writing to a string cannot fail");
        }
        cache_figures::render(&cache_pulls, text);
        if let Some(stored) = stored {
            render_stored(stored, text);
        }
        if let Some(calls) = external_kms {
            calls.render(text);
        }
        if let Some(events) = events {
            events.render(text);
        }
    }
}

fn render_stored(stored: Stored, text: &mut String) {
    let Stored { standard_bytes, archive_bytes, restorable_images, restorable_bytes } = stored;
    text.push_str(
        "# HELP longshore_stored_bytes Bytes of layers, by place.\n# TYPE longshore_stored_bytes gauge\n",
    );
    for (place, bytes) in [("standard", standard_bytes), ("archive", archive_bytes)] {
        let sample = format!("longshore_stored_bytes{{place=\"{place}\"}} {bytes}\n");
        text.push_str(&sample);
    }
    for (name, help, value) in [
        ("restorable_images", "Deleted images that can be restored", restorable_images),
        ("restorable_bytes", "Sizes of deleted images that can be restored", restorable_bytes),
    ] {
        let sample = format!(
            "# HELP longshore_{name} {help}.\n# TYPE longshore_{name} gauge\nlongshore_{name} {value}\n"
        );
        text.push_str(&sample);
    }
}
