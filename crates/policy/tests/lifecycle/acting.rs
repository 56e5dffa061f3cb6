//! In which order images are acted on.

use policy::lifecycle::Action;

use crate::notation::Scene;

fn order(text: &str) -> String {
    let scene = Scene::read(text);
    let names: Vec<&str> =
        scene.evaluate().taken().map(|place| &*scene.images[place].name).collect();
    names.join(" ")
}

#[test]
fn older_images_go_first_but_children_after_their_index() {
    #[rustfmt::skip]
    let cases = [
        ("image a - pushed 7d
          image b - pushed 9d
          image c - pushed 8d",
         "b c a", "oldest first, in whatever order they are given"),
        ("image a - pushed 9d
          image b - pushed 9d",
         "a b", "of the same moment, the first that came"),
        ("image a - pushed 9d
          image i - pushed 7d children a
          image b - pushed 8d",
         "b i a", "a child is pushed before its index, and goes after it"),
        ("image s - pushed 9d subject b
          image b - pushed 8d",
         "b s", "a subject before its referrers"),
        ("image a - pushed 9d restored 2d
          image b - pushed 5d
          image c - pushed 9d archived 91d",
         "c b a", "a restored image is as old as its activation"),
    ];
    let rules = "rule 1 any older than 1d\n rule 2 any archived for 90d\n";
    for (images, expected, because) in cases {
        assert_eq!(order(&format!("{rules}{images}")), expected, "{because}");
    }
}

#[test]
fn actions_are_counted() {
    let scene = Scene::read(
        "rule 1   v*        older than 1d   archives
         rule 2   untagged  older than 1d
         image a  v1        pushed 9d
         image s  -         pushed 9d subject a
         image b  -         pushed 9d
         image c  x         pushed 9d",
    );
    let evaluation = scene.evaluate();
    assert_eq!(evaluation.count(Action::Transition), 2, "with the referrer");
    assert_eq!(evaluation.count(Action::Expire), 1);
    assert_eq!(evaluation.taken().len(), 3);
}

#[test]
fn no_images_are_no_trouble() {
    let evaluation = Scene::read("rule 1 any older than 1d").evaluate();
    assert!(evaluation.decisions().is_empty());
    assert_eq!(evaluation.taken().len(), 0);
}
