//! Assembles the program, runs it, and shuts it down.

use std::future::Future;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use db::Db;
use identity::signed_url::SignedUrls;
use jobs::{Lane, Runner};
use names::{Clock, RegistryId};
use operations::{Operations, Shield, TagHistory, Upstreams};
use remote::{Client, Reach, Trust, UpstreamClient};
use tokio::net::TcpListener;

use crate::answers::Answers;
use crate::audit::CallLog;
use crate::authenticate::Authenticator;
use crate::background::Background;
use crate::config::{Audit, Config, Enforcement, Storage, Tls, UpstreamConfig};
use crate::doors::Doors;
use crate::endpoints::Endpoints;
use crate::entrance::Entrance;
use crate::event_figures::EventFigures;
use crate::first_run::Novelty;
use crate::guard::Guard;
use crate::intake::{Intake, Room};
use crate::keyring_watch::{KeyringWatch, Sharing};
use crate::listen::Drain;
use crate::long_work::LongWork;
use crate::metrics::{DiskFigures, Metrics, StorageFigures};
use crate::oidc::{Fetcher, Issuers};
use crate::outlets::open_outlets;
use crate::places::Places;
use crate::start_error::StartError;
use crate::stores::{self, Beside, Stores};
use crate::tasks::Tasks;
use crate::{first_run, listen, logs, lost_rows, tls};

/// Serves until `stop` resolves. Prints on standard output that it is ready.
pub async fn serve(config: Config, stop: impl Future<Output = ()>) -> Result<(), StartError> {
    let keeping = keeping(&config)?;
    let stores = if config.read_only {
        stores::open_as_is_keeping(&config.storage, Beside::Readers, keeping).await?
    } else {
        stores::open_keeping(&config.storage, config.encryption, keeping).await?
    };
    stores::require_complete(&stores).await?;
    stores.require_layers(&config.storage).await?;
    if !config.read_only {
        lost_rows::warn(&stores.operations).await?;
    }
    let tls = tls::acceptor(&config)?;
    let listener = listener(config.listen).await?;
    let address = listener.local_addr().map_err(StartError::ListensNowhere)?;
    let endpoints = endpoints(&config, address.port());
    let scheme = endpoints.scheme();
    let endpoint_url = format!("{scheme}://{}", friendly_host(&address));
    let novelty = if config.read_only {
        Novelty::Given
    } else {
        first_run::settle_root_key(&config, &endpoint_url, &stores).await?
    };
    if !config.read_only {
        // Only now: a start that is refused leaves nothing in the rows.
        settle_rows(&stores.operations, &config.storage).await?;
    }

    let tasks = Tasks::default();
    let runners = if config.read_only { Vec::new() } else { runners(&stores) };
    let doors = doors(&config, &stores, endpoints, &tasks, runners.clone())?;
    let sharing = if config.storage.is_shared() { Sharing::WithNodes } else { Sharing::Alone };
    let watch = KeyringWatch::begin(&stores.operations, sharing).await.map_err(StartError::Verb)?;
    let background = Background::start(&stores, &doors, runners, sharing, watch);
    // The only line on standard output, for programs that wait for it. The rest is for people.
    let mut out = std::io::stdout().lock();
    let told = writeln!(out, "listening on {scheme}://{address}").and_then(|()| out.flush());
    drop(out);
    told.map_err(StartError::Output)?;
    logs::guide(&config, &first_run::welcome(&endpoint_url, novelty, &config));
    if config.read_only {
        tracing::warn!("read-only: the server serves pulls and lists, and refuses every write");
    }
    if config.enforcement == Enforcement::Audit {
        tracing::warn!(
            "policies are not enforced: every authenticated caller may do everything, and denials are only logged; set --enforcement enforce to refuse them"
        );
    }

    let drain = Drain {
        delay: Duration::from_secs(config.drain_delay_seconds),
        max: Duration::from_secs(config.drain_seconds),
    };
    let places = Places::new(config.connections_max, config.connections_per_address_max);
    let entrance = Arc::new(entrance(&config, &doors));
    listen::serve(listener, tls, entrance, places, drain, stop).await;
    background.end().await;
    Ok(())
}

/// Writes what a server finds in the rows when it begins.
async fn settle_rows(operations: &Operations, storage: &Storage) -> Result<(), StartError> {
    operations.settle_root_keys().await.map_err(StartError::Verb)?;
    let settled = operations.iam().settle_named_principals().await;
    settled.map_err(|failure| StartError::Verb(failure.into()))?;
    operations.begin_forgetting_tag_moves().await.map_err(StartError::Verb)?;
    operations.begin_forgetting_events().await.map_err(StartError::Verb)?;
    operations.begin_forgetting_audit_records().await.map_err(StartError::Verb)?;
    operations.settle_audit_trail().await.map_err(StartError::Verb)?;
    operations.settle_archive_storage().await.map_err(StartError::Verb)?;
    if !storage.is_shared() {
        operations.take_over_jobs().await.map_err(StartError::Verb)?;
    }
    Ok(())
}

fn keeping(config: &Config) -> Result<stores::Keeping, StartError> {
    let days = |days: u64| Duration::from_hours(days.saturating_mul(24));
    Ok(stores::Keeping {
        deleted: Duration::from_hours(config.keep_deleted_hours),
        expiries: days(config.remember_expiries_days),
        removed: days(config.undo_days),
        audit: days(config.keep_audit_days),
        events: days(config.keep_events_days),
        outlets: open_outlets(&config.event_targets)?,
        upstreams: Some(Arc::new(upstreams(&config.upstreams)?)),
        trail: stores::open_audit_trail(&config.audit_trail, &config.region)?,
        tags: TagHistory {
            remember: days(config.remember_tags_days),
            shield: if config.shield_tag_history { Shield::On } else { Shield::Off },
        },
    })
}

fn upstreams(config: &UpstreamConfig) -> Result<Upstreams, StartError> {
    let UpstreamConfig { allow_private, authorities, check_hours, stale_hours } = config;
    let trust = Trust::of_machine_and(authorities.as_deref()).map_err(StartError::UpstreamCa)?;
    let client = if *allow_private {
        Client::new(trust, Reach::Anywhere).allowing_plain()
    } else {
        Client::new(trust, Reach::Public)
    };
    let hours = |hours: u64| Duration::from_hours(hours.min(HOURS_MAX));
    let stale_max = stale_hours.map(hours);
    Ok(Upstreams::new(UpstreamClient::new(client), hours(*check_hours), stale_max))
}

/// A thousand years, which is as good as for ever.
const HOURS_MAX: u64 = 24 * 365_250;

async fn listener(address: std::net::SocketAddr) -> Result<TcpListener, StartError> {
    let bound = TcpListener::bind(address).await;
    bound.map_err(|why| StartError::Listen { address, why })
}

fn endpoints(config: &Config, port: u16) -> Endpoints {
    Endpoints {
        default: RegistryId { account: config.account.clone(), region: config.region.clone() },
        domain: config.domain.clone(),
        public_url: config.public_url.clone(),
        is_tls: config.tls != Tls::Off,
        port,
    }
}

/// `localhost` if that is the address: docker trusts it without TLS.
fn friendly_host(address: &std::net::SocketAddr) -> String {
    if address.ip().is_loopback() || address.ip().is_unspecified() {
        format!("localhost:{}", address.port())
    } else {
        address.to_string()
    }
}

fn runners(stores: &Stores) -> Vec<Arc<Runner>> {
    let runner = |lane| {
        let (db, bodies) = (stores.db.clone(), stores.operations.clone());
        let pace = bodies.pace().clone();
        Arc::new(Runner::new(lane, db, bodies, stores.clock.clone()).pacing(pace))
    };
    Lane::ALL.into_iter().map(runner).collect()
}

fn doors(
    config: &Config,
    stores: &Stores,
    endpoints: Endpoints,
    tasks: &Tasks,
    runners: Vec<Arc<Runner>>,
) -> Result<Arc<Doors>, StartError> {
    let Stores { db, keyring, operations, clock, .. } = stores;
    let (rows, storage, verbs) = (db.clone(), config.storage.clone(), operations.clone());
    let calls = stores.external_keys.calls();
    let figures = Box::new(move || StorageFigures {
        external_kms: calls.clone(),
        ..figures(&rows, &storage, &verbs)
    });
    let iam = operations.iam();
    Ok(Arc::new(Doors {
        operations: operations.clone(),
        kms: stores.kms.clone(),
        external_keys: stores.external_keys.clone(),
        authenticator: Authenticator::new(iam.clone(), keyring, clock.clone()),
        guard: Guard::new(iam.clone(), config.enforcement),
        endpoints,
        clock: clock.clone(),
        tasks: tasks.clone(),
        metrics: Arc::new(Metrics::new(runners, figures)),
        long_work: LongWork::new(iam.workbench().clone()),
        page_key: keyring.sealing_key("page-token"),
        signed_urls: SignedUrls::new(&keyring.sealing_key("download-url")),
        redirects: config.redirects,
        issuers: issuers(config, clock)?,
        calls: CallLog::new(if operations.keeps_audit() { config.audit } else { Audit::Off }),
    }))
}

/// The way to the doors.
pub(crate) fn entrance(config: &Config, doors: &Arc<Doors>) -> Entrance {
    let silence_max = Duration::from_secs(config.idle_seconds);
    let (tasks, metrics) = (doors.tasks.clone(), doors.metrics.clone());
    Entrance {
        doors: doors.clone(),
        trusted_proxies: config.trusted_proxies.clone(),
        silence_max,
        intake: Arc::new(Intake { room: Room::default(), silence_max, tasks: tasks.clone() }),
        answers: Answers::new(),
        metrics,
        tasks,
    }
}

/// The doors of a server that runs no jobs, for tests.
#[cfg(test)]
pub(crate) fn doors_of(config: &Config, stores: &Stores) -> Result<Arc<Doors>, StartError> {
    doors(config, stores, endpoints(config, config.listen.port()), &Tasks::default(), Vec::new())
}

fn issuers(config: &Config, clock: &Arc<dyn Clock>) -> Result<Issuers, StartError> {
    let reach = if config.oidc_allow_private { Reach::Anywhere } else { Reach::Public };
    let trust = Trust::of_machine_and(config.oidc_ca.as_deref()).map_err(StartError::OidcCa)?;
    Ok(Issuers::new(Fetcher::new(Client::new(trust, reach)), clock.clone()))
}

fn figures(rows: &Db, storage: &Storage, verbs: &Operations) -> StorageFigures {
    let disk = if storage.uses_folder() { disk(&storage.data) } else { None };
    let (reclaimed_objects, reclaimed_bytes) = verbs.reclaimed();
    StorageFigures {
        database_bytes: rows.size_bytes(),
        disk,
        reclaimed_bytes,
        reclaimed_objects,
        expired_images: verbs.expired(),
        corrupt_reads: verbs.corrupt_reads(),
        cache_pulls: verbs.cache_pulls(),
        stored: verbs.measured(),
        undelivered_audit: verbs.audit_waits(),
        events: EventFigures::of(verbs),
        external_kms: None,
    }
}

fn disk(folder: &Path) -> Option<DiskFigures> {
    let fs = rustix::fs::statvfs(folder).ok()?;
    let (available_bytes, size_bytes) = (fs.f_bavail * fs.f_frsize, fs.f_blocks * fs.f_frsize);
    Some(DiskFigures { available_bytes, size_bytes })
}
