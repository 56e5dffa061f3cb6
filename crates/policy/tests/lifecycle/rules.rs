//! What a rule selects, spares and takes, beyond the guide's examples.

use crate::notation::{Scene, check};

#[test]
fn a_tag_may_serve_for_several_entries_of_a_list() {
    check(
        "the guide asks that each entry matches one of the tags, not each another one",
        "rule 1   v1*,*-rc,*.2*   older than 1d
         image a  v1.2-rc         pushed 9d   => expires by 1
         image b  v1.2,x-rc       pushed 9d   => expires by 1
         image c  v1-rc           pushed 9d   => stays",
    );
}

#[test]
fn prefixes_know_no_star_and_patterns_without_a_star_are_names() {
    check(
        "a pattern is held against the whole tag",
        "rule 1   release        older than 1d
         rule 2   prefix:latest  older than 1d
         image a  release        pushed 9d   => expires by 1
         image b  release-1      pushed 9d   => stays
         image c  latest         pushed 9d   => expires by 2
         image d  latest-1       pushed 9d   => expires by 2
         image e  Latest         pushed 9d   => stays",
    );
}

#[test]
fn the_order_of_rules_is_that_of_their_priorities() {
    check(
        "priorities need not follow each other, and the text may have them in any order",
        "rule 900  any      more than 3
         rule 20   v*       older than 30d
         rule 3    v1*      older than 90d
         image a   v1.0     pushed 60d   => stays by 3 for 30d
         image b   v2.0     pushed 60d   => expires by 20
         image c   -        pushed 60d   => stays by 900 as 2 of 3
         image d   -        pushed 9d    => stays by 900 as 1 of 3",
    );
}

#[test]
fn older_is_older_by_more_than_nothing() {
    check(
        "an image of just that age is not older",
        "rule 1   any  older than 5d
         image a  v1   pushed 5d     => stays by 1 for 0d
         image b  v2   pushed 5d1s   => expires by 1",
    );
}

#[test]
fn a_new_tag_does_not_make_an_image_young() {
    check(
        "its age is that of the push of its manifest",
        "rule 1   v1       older than 30d
         rule 2   any      older than 10d
         image a  old,v2   pushed 20d   => expires by 2
         image b  old,v1   pushed 20d   => stays by 1 for 10d",
    );
}

#[test]
fn images_of_the_same_moment_are_ranked_as_they_came() {
    check(
        "the later one is the newer one",
        "rule 1   any  more than 2
         image a  v1   pushed 5d   => expires by 1
         image b  v2   pushed 5d   => stays by 1 as 2 of 2
         image c  v3   pushed 5d   => stays by 1 as 1 of 2",
    );
}

#[test]
fn an_image_given_twice_is_one() {
    let text = "rule 1   any  more than 2
                image a  v1   pushed 5d
                image b  v2   pushed 4d
                image c  v3   pushed 3d";
    let once = Scene::read(text).outcomes();
    let mut twice = Scene::read(text);
    twice.images.extend(twice.images.clone());
    assert_eq!(twice.outcomes(), once);
}

#[test]
fn an_empty_prefix_is_that_of_every_tag() {
    check(
        "people write it to mean all tagged images",
        "rule 1   prefix:  older than 1d
         image a  v1       pushed 9d   => expires by 1
         image b  -        pushed 9d   => stays",
    );
}

#[test]
fn numbers_may_be_as_large_as_they_get() {
    check(
        "nothing overflows: beyond what a moment can be, an image stays for ever",
        "rule 1   v*   more than 2147483647
         rule 2   any  older than 2147483647d
         image a  v1   pushed 9000d   => stays by 1 as 1 of 2147483647
         image b  x    pushed 9000d   => stays by 2 for 106731157d",
    );
}
