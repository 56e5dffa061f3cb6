//! Random sequences of pushes, archivings, restorings and deletions in two repositories that share
//! layers, while calls to either place fail.
//!
//! At any time an active image is whole, and every row names a whole object. After a quiet time,
//! bytes are in the archive storage exactly if all images that need them are archived.

use std::time::Duration;

use blobs::testing::{Call, Fault};
use db::testing::Engine;
use names::{Digest, ImageId, ImageStatus, ImageTag, Reference, RepositoryArn, StorageClass};
use operations::fsck::{Depth, Finding};
use operations::{ImageFilter, TagStatus};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::fixture::{pusher, repository};
use crate::house::{House, bytes};

#[derive(Debug, Clone)]
enum Act {
    /// Image, with its layers or the manifest alone.
    Push(usize, bool),
    Update(usize, StorageClass),
    Delete(usize),
    Head(usize),
    Forward(u64),
    RunJobs,
    Restart,
    Fail(Call, usize, Fault, bool),
}

/// Images are tags of a repository, with layers by number. Each tag has one image.
const IMAGES: [(&str, &str, &[u8]); 5] = [
    ("web", "a", &[1, 2]),
    ("web", "b", &[2]),
    ("web", "c", &[3]),
    ("api", "a", &[1]),
    ("api", "d", &[2, 3]),
];

fn act() -> impl Strategy<Value = Act> {
    let image = 0..IMAGES.len();
    let classes =
        select(vec![StorageClass::Archive, StorageClass::Archive, StorageClass::Standard]);
    let calls =
        select(vec![Call::Create, Call::Write, Call::Commit, Call::Open, Call::Read, Call::Delete]);
    let faults = select(vec![Fault::Broken, Fault::AnswerLost]);
    prop_oneof![
        3 => (image.clone(), any::<bool>()).prop_map(|(image, whole)| Act::Push(image, whole)),
        4 => (image.clone(), classes).prop_map(|(image, class)| Act::Update(image, class)),
        1 => image.clone().prop_map(Act::Delete),
        1 => image.prop_map(Act::Head),
        4 => select(vec![60_u64, 4_000, 100_000]).prop_map(Act::Forward),
        5 => Just(Act::RunJobs),
        1 => Just(Act::Restart),
        2 => (calls, 1..4_usize, faults, any::<bool>())
            .prop_map(|(call, nth, fault, in_archive)| Act::Fail(call, nth, fault, in_archive)),
    ]
}

fn content(layer: u8) -> Vec<u8> {
    bytes(layer, 70_000 * usize::from(layer))
}

fn place(image: usize) -> (RepositoryArn, &'static str, Vec<Vec<u8>>) {
    let (name, tag, layers) = IMAGES[image];
    (repository(name), tag, layers.iter().map(|layer| content(*layer)).collect())
}

/// What fails is tried again, by a client or by a job.
async fn perform(house: &mut House, act: &Act) {
    let operations = house.world.operations();
    match act {
        Act::Push(image, whole) => {
            let (arn, tag, contents) = place(*image);
            let mut layers = Vec::new();
            for content in &contents {
                if *whole {
                    drop(house.try_push_layer(&arn, content).await);
                }
                layers.push((Digest::sha256(content), content.len() as u64));
            }
            drop(house.put(&arn, tag, layers).await);
        }
        Act::Update(image, class) => {
            let (arn, tag, _) = place(*image);
            let id = ImageId::Tag(ImageTag::parse(tag).unwrap());
            drop(operations.update_image_storage_class(&arn, id, *class).await);
        }
        Act::Delete(image) => {
            let (arn, tag, _) = place(*image);
            let tag = Reference::Tag(ImageTag::parse(tag).unwrap());
            drop(operations.delete_manifest(&arn, &tag, &pusher()).await);
        }
        Act::Head(image) => {
            let (arn, _, contents) = place(*image);
            drop(operations.head_blob(&arn, &Digest::sha256(&contents[0])).await);
        }
        Act::Forward(seconds) => house.world.clock.forward(Duration::from_secs(*seconds)),
        Act::RunJobs => drop(house.world.run_due().await),
        Act::Restart => house.world.restart(),
        Act::Fail(call, nth, fault, in_archive) => {
            let faults =
                if *in_archive { house.world.archive_faults() } else { house.world.faults() };
            faults.arm(*call, *nth, *fault);
        }
    }
}

/// An image that can be pulled has all of its layers.
async fn active_images_are_whole(house: &House) -> Result<(), TestCaseError> {
    for image in 0..IMAGES.len() {
        let (arn, tag, contents) = place(image);
        if !house.can_be_pulled(&arn, tag).await {
            continue;
        }
        for content in &contents {
            let digest = Digest::sha256(content);
            let found = house.read(&arn, &digest).await;
            prop_assert_eq!(found.as_ref(), Some(&digest), "of {} in {}", tag, arn);
        }
    }
    Ok(())
}

/// After a quiet time: the bytes of each layer are where they belong.
async fn bytes_are_where_they_belong(house: &House) -> Result<(), TestCaseError> {
    let mut statuses: Vec<(u8, ImageStatus)> = Vec::new();
    for name in ["web", "api"] {
        let all = ImageFilter { status: None, tags: TagStatus::Any };
        let arn = repository(name);
        let listed = house.world.operations().list_described_images(&arn, all, None, 100).await;
        for row in listed.unwrap().rows {
            let of_tag = |(known, tag, _): &&(&str, &str, &[u8])| {
                *known == name && row.tags.iter().any(|found| found.as_str() == *tag)
            };
            let (_, _, layers) = IMAGES.iter().find(of_tag).expect("each has its tag");
            statuses.extend(layers.iter().map(|layer| (*layer, row.image.status)));
        }
    }
    let (mut standard, mut archive) = (0, 0);
    for layer in 1..=3 {
        let mut of_layer = statuses.iter().filter(|(of, _)| *of == layer).peekable();
        let is_held = of_layer.peek().is_some();
        let size = content(layer).len() as u64;
        match of_layer.all(|(_, status)| *status == ImageStatus::Archived) {
            _ if !is_held => {}
            true => archive += size,
            false => standard += size,
        }
    }
    prop_assert_eq!(house.bytes().await, (standard, archive), "{:?}", statuses);
    Ok(())
}

async fn hold(acts: Vec<Act>) -> Result<(), TestCaseError> {
    let mut house = House::new(Engine::Sqlite).await;
    for act in &acts {
        perform(&mut house, act).await;
        if !matches!(act, Act::Fail(..)) {
            house.world.faults().disarm();
            house.world.archive_faults().disarm();
        }
        if house.world.faults().pending() + house.world.archive_faults().pending() == 0 {
            active_images_are_whole(&house).await?;
        }
    }
    house.world.faults().disarm();
    house.world.archive_faults().disarm();
    let findings = house.world.findings(Depth::Digests).await;
    let lost = findings.iter().find(|finding| {
        matches!(
            finding,
            Finding::ObjectMissing { .. }
                | Finding::ObjectDamaged { .. }
                | Finding::BytesArchived { .. }
        )
    });
    prop_assert_eq!(lost, None);
    house.world.restart();
    house.settle().await;
    house.settle().await;
    active_images_are_whole(&house).await?;
    bytes_are_where_they_belong(&house).await?;
    let findings = house.world.findings(Depth::Digests).await;
    prop_assert_eq!(findings, Vec::<Finding>::new());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_bytes_are_where_they_belong(acts in vec(act(), 1..32)) {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        runtime.block_on(hold(acts))?;
    }
}
