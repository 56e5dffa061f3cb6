//! What a run writes to the log.

use std::io;
use std::sync::{Arc, Mutex};

use db::on_both_engines;
use db::testing::Engine;

use crate::place::{MINUTE, Place};

on_both_engines!(a_run_names_its_repository_in_the_log);

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

async fn a_run_names_its_repository_in_the_log(engine: Engine) {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_writer(move || writer.clone())
        .finish();
    let _until_the_end = tracing::subscriber::set_default(subscriber);
    let mut place = Place::new(engine).await;
    place.image(&[]).await;
    place.image(&[]).await;
    place.put_policy(&["any newest 1"]).await;
    place.world.clock.forward(11 * MINUTE);
    place.world.run_due().await;
    let lines = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    let lines = lines.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let runs: Vec<_> =
        lines.filter(|line| line["message"] == "a lifecycle policy was carried out").collect();
    let [run] = &runs[..] else { panic!("{runs:?}") };
    assert_eq!(run["repository.arn"], place.web.to_string());
    assert_eq!((&run["images.judged"], &run["images.expired"]), (&2.into(), &1.into()));
}
