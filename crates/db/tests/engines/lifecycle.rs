//! Rows of lifecycle policies, of their previews, and of what they look at.

use db::{DbError, ImageKey, LifecycleImage, PreviewedImage, RepositoryKey, TagStatus, Tx};
use names::{Digest, ImageTag, LifecycleAction, PreviewState, StorageClass, Timestamp, Uuid};

use crate::house::{House, on_both_engines};
use crate::lists::{image, now, repository};

on_both_engines!(
    a_policy_that_is_put_again_was_not_evaluated,
    a_policy_from_before_ids_were_kept_gets_one_when_it_is_put_again,
    a_run_of_a_preview_ends_with_the_next_one,
    results_are_listed_by_tags_and_deleted_in_steps,
    images_come_with_tags_and_children,
);

fn id(number: u8) -> Uuid {
    Uuid::from_random([number; 16])
}

async fn a_policy_from_before_ids_were_kept_gets_one_when_it_is_put_again(house: &House) {
    let ids: Result<_, DbError> = house
        .open()
        .write(|tx| {
            let home = repository(tx, "web")?;
            let nil = Uuid::parse("00000000-0000-0000-0000-000000000000").expect("the nil UUID");
            let mut ids = Vec::new();
            for id in [nil, id(1), id(2)] {
                tx.put_lifecycle_policy(home, "{}", &id, now())?;
                ids.extend(tx.find_lifecycle_policy(home)?.map(|policy| policy.id));
            }
            Ok(ids)
        })
        .await;
    assert_eq!(ids.unwrap()[1..], [id(1), id(1)]);
}

async fn a_policy_that_is_put_again_was_not_evaluated(house: &House) {
    let (first, second) = (Timestamp::from_seconds(1), Timestamp::from_seconds(2));
    let found: Result<_, DbError> = house
        .open()
        .write(move |tx| {
            let home = repository(tx, "web")?;
            let mut found = vec![tx.find_lifecycle_policy(home)?];
            tx.put_lifecycle_policy(home, "{}", &id(1), first)?;
            assert!(!tx.put_lifecycle_evaluation(home, second, second)?, "of another one");
            found.push(tx.find_lifecycle_policy(home)?);
            assert!(tx.put_lifecycle_evaluation(home, first, second)?);
            found.push(tx.find_lifecycle_policy(home)?);
            tx.put_lifecycle_policy(home, "[]", &id(2), second)?;
            found.push(tx.find_lifecycle_policy(home)?);
            tx.delete_lifecycle_policy(home)?;
            found.push(tx.find_lifecycle_policy(home)?);
            Ok(found)
        })
        .await;
    let found = found.unwrap().into_iter();
    let found: Vec<_> = found
        .map(|policy| policy.map(|p| (p.document, p.last_evaluated_at, p.id, p.version)))
        .collect();
    let expected = [
        None,
        Some(("{}".to_owned(), None, id(1), 1)),
        Some(("{}".to_owned(), Some(second), id(1), 1)),
        Some(("[]".to_owned(), None, id(1), 2)),
        None,
    ];
    assert_eq!(found, expected);
}

async fn a_run_of_a_preview_ends_with_the_next_one(house: &House) {
    let done: Result<_, DbError> = house
        .open()
        .write(|tx| {
            let home = repository(tx, "web")?;
            assert_eq!(tx.find_lifecycle_preview(home)?, None);
            tx.start_lifecycle_preview(home, " {} ", now())?;
            let mut preview = tx.find_lifecycle_preview(home)?.expect("it was started");
            assert_eq!(
                (preview.state, preview.document.as_str()),
                (PreviewState::InProgress, " {} ")
            );
            assert!(tx.put_lifecycle_preview(home, &preview, preview.turn + 1)?, "a run begins");
            preview.state = PreviewState::Complete;
            assert!(
                !tx.put_lifecycle_preview(home, &preview, preview.turn)?,
                "it is not the newest"
            );
            preview.turn += 1;
            preview.expiring = 7;
            preview.ended_at = Some(now());
            assert!(tx.put_lifecycle_preview(home, &preview, preview.turn)?, "the newest writes");
            assert_eq!(tx.find_lifecycle_preview(home)?, Some(preview.clone()));
            tx.start_lifecycle_preview(home, "{}", now())?;
            let next = tx.find_lifecycle_preview(home)?.expect("it was started");
            assert_eq!((next.turn, next.expiring, next.ended_at), (preview.turn + 1, 0, None));
            Ok(())
        })
        .await;
    done.unwrap();
}

fn result(place: u64, tags: &[&str]) -> PreviewedImage {
    PreviewedImage {
        place,
        digest: Digest::sha256(&place.to_be_bytes()),
        tags: tags.iter().map(|tag| ImageTag::parse(tag).unwrap()).collect(),
        pushed_at: now(),
        storage_class: StorageClass::Standard,
        rule: u32::MAX,
        action: LifecycleAction::Expire,
    }
}

async fn results_are_listed_by_tags_and_deleted_in_steps(house: &House) {
    let results = [result(0, &["a", "b"]), result(1, &[]), result(2, &["c"]), result(3, &[])];
    let written = results.clone();
    let done: Result<_, DbError> = house
        .open()
        .write(move |tx| {
            let (home, other) = (repository(tx, "web")?, repository(tx, "other")?);
            tx.insert_previewed_images(home, 2, &written)?;
            tx.insert_previewed_images(home, 3, &written[..1])?;
            tx.insert_previewed_images(other, 2, &written[..1])?;
            let mut list =
                |tags, after, limit| tx.list_previewed_images(home, 2, tags, after, limit);
            let all = list(TagStatus::Any, None, 10)?;
            let page = list(TagStatus::Any, Some(1), 1)?;
            let tagged = list(TagStatus::Tagged, Some(0), 10)?;
            let untagged = list(TagStatus::Untagged, None, 10)?;
            let digests = [&written[2].digest, &Digest::sha256(b"another"), &written[0].digest];
            let found = tx.find_previewed_images(home, 2, &digests)?;
            let mut steps = 0;
            while tx.delete_previewed_images(home, 3, 3)? {
                steps += 1;
            }
            assert_eq!(steps, 2);
            assert_eq!(tx.list_previewed_images(home, 3, TagStatus::Any, None, 10)?.len(), 1);
            assert_eq!(tx.list_previewed_images(other, 2, TagStatus::Any, None, 10)?.len(), 1);
            Ok((all, page, tagged, untagged, found))
        })
        .await;
    let (all, page, tagged, untagged, found) = done.unwrap();
    let [a, b, c, d] = results;
    assert_eq!(all, [a.clone(), b.clone(), c.clone(), d.clone()]);
    assert_eq!(page, std::slice::from_ref(&c));
    assert_eq!(tagged, std::slice::from_ref(&c));
    assert_eq!(untagged, [b, d]);
    assert_eq!(found, [Some(c), None, Some(a)]);
}

async fn images_come_with_tags_and_children(house: &House) {
    let tags = || ["a", "b"].map(|tag| ImageTag::parse(tag).unwrap()).to_vec();
    let no_tags = Vec::new;
    let found: Result<_, DbError> = house
        .open()
        .write(move |tx| {
            let home = repository(tx, "web")?;
            let (one, two) = (push(tx, home, b"one")?, push(tx, home, b"two")?);
            tx.insert_image_child(home, &Digest::sha256(b"one"), two)?;
            for tag in ["b", "a"] {
                let tag = ImageTag::parse(tag).unwrap();
                let image = (one, &Digest::sha256(b"one"));
                tx.point_tag(home, &tag, image, db::IfTaken::Refuse, None)?;
            }
            let all = tx.list_lifecycle_images(home, None, 10)?;
            let rest = tx.list_lifecycle_images(home, Some(one), 10)?;
            let named = tx.find_lifecycle_images(&[two, ImageKey(99), one])?;
            assert_eq!(tx.list_tags_of_active(&[two, ImageKey(99), one])?, [no_tags(), tags()]);
            tx.archive_image(one, now())?;
            assert_eq!(tx.list_tags_of_active(&[two, one])?, [no_tags()]);
            Ok([all, rest, named])
        })
        .await;
    let shown = |image: &LifecycleImage| {
        let tags: Vec<&str> = image.tags.iter().map(ImageTag::as_str).collect();
        format!(
            "{} [{}] {}",
            image.digest == Digest::sha256(b"one"),
            tags.join(" "),
            image.children.len()
        )
    };
    let found: Vec<Vec<String>> =
        found.unwrap().iter().map(|images| images.iter().map(shown).collect()).collect();
    let (one, two) = ("true [a b] 0".to_owned(), "false [] 1".to_owned());
    assert_eq!(found, [vec![one.clone(), two.clone()], vec![two.clone()], vec![two, one]]);
}

fn push(tx: &mut Tx<'_>, home: RepositoryKey, manifest: &[u8]) -> Result<ImageKey, DbError> {
    tx.insert_image(&image(home, manifest), now())
}
