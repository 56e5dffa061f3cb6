//! Images that go to the archive, are there, or come back ("Archiving an image" in ECR's guide).

use crate::notation::check;

#[test]
fn each_storage_class_has_its_own_rules() {
    check(
        "no rule sees an image of another class, and none counts it",
        "rule 1   v*   archived for 90d
         rule 2   any  more than 1
         image a  v1   pushed 900d archived 91d   => expires by 1
         image b  v2   pushed 900d archived 89d   => stays by 1 for 1d
         image c  x    pushed 900d archived 91d   => stays
         image d  v3   pushed 4d                  => expires by 2
         image e  -    pushed 3d                  => stays by 2 as 1 of 1",
    );
}

#[test]
fn any_is_last_in_its_class_only() {
    check(
        "the rule for all archived images may stand before rules for others",
        "rule 1   any  archived for 90d
         rule 2   v*   older than 10d    archives
         image a  v1   pushed 900d archived 91d   => expires by 1
         image b  v2   pushed 11d                 => archives by 2",
    );
}

#[test]
fn an_image_that_is_being_restored_is_left_alone() {
    check(
        "no rule sees it, and none counts it",
        "rule 1   any  more than 1
         rule 2   any  archived for 90d
         image a  v1   pushed 900d activating   => stays as it activates
         image b  v2   pushed 800d              => stays by 1 as 1 of 1",
    );
}

#[test]
fn a_restored_image_is_as_old_as_its_activation() {
    check(
        "for its age, and for its place among others",
        "rule 1   v*       older than 30d
         rule 2   any      more than 1
         image a  v1       pushed 900d restored 29d   => stays by 1 for 1d
         image b  v2       pushed 900d restored 31d   => expires by 1
         image c  x        pushed 900d restored 1d    => stays by 2 as 1 of 1
         image d  y        pushed 2d                  => expires by 2",
    );
}

#[test]
fn a_pull_counts_from_the_last_use() {
    check(
        "never pulled: the push; restored and not pulled since: the activation",
        "rule 1   any  unpulled for 30d   archives
         image a  v1   pushed 31d                           => archives by 1
         image b  v2   pushed 29d                           => stays by 1 for 1d
         image c  v3   pushed 99d pulled 29d                => stays by 1 for 1d
         image d  v4   pushed 99d pulled 31d                => archives by 1
         image e  v5   pushed 99d pulled 80d restored 29d   => stays by 1 for 1d
         image f  v6   pushed 99d pulled 29d restored 80d   => stays by 1 for 1d
         image g  v7   pushed 99d restored 31d              => archives by 1",
    );
}

#[test]
fn counts_may_archive_too() {
    check(
        "every count of standard images takes a transition",
        "rule 1   v*   more than 1      archives
         rule 2   any  older than 10d   archives
         image a  v1   pushed 5d    => archives by 1
         image b  v2   pushed 4d    => stays by 1 as 1 of 1
         image c  x    pushed 11d   => archives by 2",
    );
}
