//! A node over PostgreSQL with ten thousand images, and then with a million: lists, deletes and
//! sweeps cost the same.
//!
//! The rows are made by the database itself. A sweep is that of a hundred layers which lost their
//! only image: three jobs each, from the first that runs to the last object's deletion.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde_json::json;

use super::lists::{PAGE, repeat};
use super::{Floor, Room, Sample, Series, Unit, Workload, metrics, rows};
use crate::arguments::Plan;
use crate::ecr::Ecr;
use crate::oci::Client;
use crate::peers::{Peer, REPOSITORY, Who, wait};

const SHALLOW: usize = 10_000;

/// The most images in one call of BatchDeleteImage.
const DELETED: usize = 100;

/// Deletions, each with its sweep, in one sample.
const TURNS: usize = 3;

/// Jobs that ended well.
const JOBS: &str = "longshore_jobs_total{lane=\"reclaiming\",outcome=\"succeeded\"}";

const SWEPT_SECONDS_MAX: u64 = 60;
const LOOK_INTERVAL: Duration = Duration::from_millis(5);

/// Twice as much is noise of the machine; a cost that grows with the rows would be a hundred times
/// as much.
const FLAT: &[Floor] = &[Floor::AtMost { subject: Who::OneNode, value: 2.0 }];

/// With few images, with all of them, and how many times as much that is.
static SERIES: [[Series; 5]; 3] = [
    [
        milliseconds("tags_list_of_few", "tags/list, first page, 10,000 images"),
        milliseconds("list_images_of_few", "ListImages, first page, 10,000 images"),
        milliseconds("describe_images_of_few", "DescribeImages, first page, 10,000 images"),
        milliseconds("delete_of_few", "BatchDeleteImage of 100, 10,000 images"),
        milliseconds("sweep_of_few", "sweep of 100 layers, 10,000 images"),
    ],
    [
        milliseconds("tags_list_of_many", "tags/list, first page, all images"),
        milliseconds("list_images_of_many", "ListImages, first page, all images"),
        milliseconds("describe_images_of_many", "DescribeImages, first page, all images"),
        milliseconds("delete_of_many", "BatchDeleteImage of 100, all images"),
        milliseconds("sweep_of_many", "sweep of 100 layers, all images"),
    ],
    [
        ratio("tags_list_grows", "tags/list, all images ÷ 10,000"),
        ratio("list_images_grows", "ListImages, all images ÷ 10,000"),
        ratio("describe_images_grows", "DescribeImages, all images ÷ 10,000"),
        ratio("delete_grows", "BatchDeleteImage, all images ÷ 10,000"),
        ratio("sweep_grows", "sweep, all images ÷ 10,000"),
    ],
];

const fn milliseconds(name: &'static str, title: &'static str) -> Series {
    Series { name, title, unit: Unit::Milliseconds, floors: &[] }
}

const fn ratio(name: &'static str, title: &'static str) -> Series {
    Series { name, title, unit: Unit::Ratio, floors: FLAT }
}

pub(super) struct Deep {
    images: usize,
    sample: Duration,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// The measurements before the repository was made deep.
    shallow: Option<Vec<f64>>,
    deleted: usize,
}

impl Deep {
    pub(super) fn new(plan: &Plan) -> Self {
        let images = plan.images.max(SHALLOW);
        Self { images, sample: plan.sample / 4, state: Mutex::default() }
    }

    fn measure_at(
        &self,
        peer: &Peer,
        state: &mut State,
        series: &'static [Series; 5],
    ) -> Result<Vec<(&'static Series, Sample)>> {
        let ecr = peer.ecr().context("no AWS door")?;
        let page = json!({ "repositoryName": REPOSITORY, "maxResults": PAGE });
        let [tags_list, list_images, describe_images, delete, sweep] = series;
        let path = format!("/v2/{REPOSITORY}/tags/list?n={PAGE}");
        let mut samples = Vec::new();
        for (series, request) in [
            (tags_list, peer.entrance().prepared("GET", &path)),
            (list_images, ecr.prepared("ListImages", &page)),
            (describe_images, ecr.prepared("DescribeImages", &page)),
        ] {
            samples.push((series, repeat(peer, series, self.sample, request)?));
        }
        let (mut deletions, mut sweeps) = (Vec::new(), Vec::new());
        for _ in 0..TURNS {
            let from = SHALLOW / 2 + state.deleted;
            state.deleted += DELETED;
            let tags: Vec<String> = (from..from + DELETED).map(|n| format!("v{n}")).collect();
            let (deletion, sweep) = wait(delete_and_sweep(peer, &ecr, &tags))?;
            deletions.push(deletion);
            sweeps.push(sweep);
        }
        samples.push((delete, Sample::single(middle(deletions))));
        samples.push((sweep, Sample::single(middle(sweeps))));
        Ok(samples)
    }
}

impl Workload for Deep {
    fn name(&self) -> &'static str {
        "deep"
    }

    fn series(&self) -> &'static [Series] {
        SERIES.as_flattened()
    }

    fn wants(&self, who: Who) -> bool {
        who == Who::OneNode
    }

    fn room(&self) -> Room {
        Room::with_images(self.images)
    }

    fn prepare(&self, peer: &Peer) -> Result<()> {
        let database = peer.database().context("no database")?;
        rows::add_images_with_layers(database, REPOSITORY, 0, SHALLOW)
    }

    /// The first time also before the repository is made deep.
    fn measure(&self, peer: &mut Peer) -> Result<Vec<(&'static Series, Sample)>> {
        let [of_few, of_many, growth] = &SERIES;
        let mut state = self.state.lock().expect("measured by one thread");
        let mut samples = Vec::new();
        if state.shallow.is_none() {
            samples = self.measure_at(peer, &mut state, of_few)?;
            state.shallow = Some(samples.iter().map(|(_, sample)| sample.value).collect());
            let database = peer.database().context("no database")?;
            rows::add_images_with_layers(database, REPOSITORY, SHALLOW, self.images)?;
        }
        let deep = self.measure_at(peer, &mut state, of_many)?;
        let shallow = state.shallow.iter().flatten();
        for ((series, few), (_, many)) in growth.iter().zip(shallow).zip(&deep) {
            samples.push((series, Sample::single(many.value / few)));
        }
        samples.extend(deep);
        Ok(samples)
    }
}

/// The milliseconds of the call, and of the sweep after it.
async fn delete_and_sweep(peer: &Peer, ecr: &Ecr, tags: &[String]) -> Result<(f64, f64)> {
    let mut client = peer.entrance().open().await?;
    let before = Reclaimed::read(&mut client).await?;
    let begun = Instant::now();
    ecr.delete_images(REPOSITORY, tags).await?;
    let deletion = begun.elapsed();
    // An idle runner checks once a second; that is not work.
    before.until(&mut client, |now| now.jobs > before.jobs).await?;
    let begun = Instant::now();
    let deleted = tags.len() as u64;
    before.until(&mut client, |now| now.objects >= before.objects + deleted).await?;
    Ok((deletion.as_secs_f64() * 1e3, begun.elapsed().as_secs_f64() * 1e3))
}

/// What a node has reclaimed since it started.
#[derive(Clone, Copy)]
struct Reclaimed {
    jobs: u64,
    objects: u64,
}

impl Reclaimed {
    async fn read(client: &mut Client) -> Result<Self> {
        let [jobs, objects] = metrics::read(client, [JOBS, metrics::RECLAIMED]).await?;
        Ok(Self { jobs, objects })
    }

    async fn until(self, client: &mut Client, reached: impl Fn(Self) -> bool) -> Result<()> {
        let begun = Instant::now();
        while !reached(Self::read(client).await?) {
            let limit = Duration::from_secs(SWEPT_SECONDS_MAX);
            ensure!(begun.elapsed() < limit, "not swept after {SWEPT_SECONDS_MAX} seconds");
            tokio::time::sleep(LOOK_INTERVAL).await;
        }
        Ok(())
    }
}

fn middle(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
