//! Jobs are listed with the names of what they are about.

use db::on_both_engines;
use db::testing::Engine;
use names::{Digest, ImageId, StorageClass};
use operations::{Chunk, JobAbout};

use crate::fixture::{Wanted, body, pusher};
use crate::place::{Place, policy};

on_both_engines!(
    jobs_name_what_they_are_about,
    a_job_about_something_that_is_gone_is_listed_without_it,
);

impl Place {
    async fn push_layer(&self, content: &[u8]) -> (Digest, u64) {
        let (digest, length) = (Digest::sha256(content), content.len() as u64);
        let chunk =
            Chunk { first_byte: None, length: Some(length), expected: None, body: body(content) };
        self.world.operations().upload_layer(&self.web, &digest, chunk).await.unwrap();
        (digest, length)
    }

    /// What the last job of this name is about.
    pub(crate) async fn about(&self, name: &str) -> JobAbout {
        let mut listed = self.world.operations().list_jobs(None, 0, 100).await.unwrap();
        listed.retain(|it| it.job.name == name);
        let found = listed.pop().unwrap_or_else(|| panic!("no job {name}"));
        let (name, subject) = (&found.job.name, &found.job.subject);
        let alone = self.world.operations().find_job(name, subject).await.unwrap();
        assert_eq!(alone.map(|alone| alone.about), Some(found.about.clone()));
        found.about
    }
}

async fn jobs_name_what_they_are_about(engine: Engine) {
    let mut place = Place::new(engine).await;
    place.world.restart_with_archive(true);
    let operations = place.world.operations();
    operations.initiate_layer_upload(&place.web).await.unwrap();
    let (kept, gone) = (place.push_layer(b"kept").await, place.push_layer(b"gone").await);
    let (kept_layer, gone_layer) = (kept.0.clone(), gone.0.clone());
    let kept = place.push(Wanted { layers: vec![kept], ..Wanted::default() }, &["kept"]).await;
    let gone = place.push(Wanted { layers: vec![gone], ..Wanted::default() }, &["gone"]).await;
    let operations = place.world.operations();
    operations.put_lifecycle_policy(&place.web, &policy(&["any newest 5"])).await.unwrap();
    let (class, id) = (StorageClass::Archive, ImageId::Digest(kept.clone()));
    operations.update_image_storage_class(&place.web, id, class).await.unwrap();
    let ids = vec![ImageId::Digest(gone)];
    operations.batch_delete_image(&place.web, ids, &pusher()).await.unwrap();

    let of_web = || JobAbout { repository: Some(place.web.clone()), ..JobAbout::default() };
    assert_eq!(place.about("abandon_upload").await, of_web());
    assert_eq!(place.about("apply_lifecycle_policy").await, of_web());
    let image = JobAbout { image: Some(kept), ..of_web() };
    assert_eq!(place.about("follow_subject").await, image);
    let layer = JobAbout { layer: Some(gone_layer), ..of_web() };
    assert_eq!(place.about("review_repository_blob").await, layer);
    place.world.run_lane(jobs::Lane::Lifecycle).await.unwrap();
    let blob = JobAbout { layer: Some(kept_layer), ..JobAbout::default() };
    assert_eq!(place.about("move_blob").await, blob);
}

async fn a_job_about_something_that_is_gone_is_listed_without_it(engine: Engine) {
    let mut place = Place::new(engine).await;
    let image = place.image(&["v1"]).await;
    let operations = place.world.operations();
    let (class, ids) = (StorageClass::Archive, vec![ImageId::Digest(image.clone())]);
    operations.update_image_storage_class(&place.web, ids[0].clone(), class).await.unwrap();
    operations.batch_delete_image(&place.web, ids, &pusher()).await.unwrap();
    assert_eq!(place.about("follow_subject").await, JobAbout::default());
    // One that is being erased still has its name.
    place.image(&["v2"]).await;
    place.world.operations().delete_repository(&place.web, true).await.unwrap();
    let of_web = JobAbout { repository: Some(place.web.clone()), ..JobAbout::default() };
    assert_eq!(place.about("erase_repository").await, of_web);
}
