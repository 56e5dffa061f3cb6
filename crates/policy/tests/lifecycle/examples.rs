//! The worked examples of ECR's guide ("Examples of lifecycle policies").

use crate::notation::check;

#[test]
fn images_older_than_two_weeks_expire() {
    check(
        "filtering on image age",
        "rule 1   prod*   older than 14d
         image a  prod-1  pushed 15d   => expires by 1
         image b  prod-2  pushed 13d   => stays by 1 for 1d
         image c  dev-1   pushed 99d   => stays",
    );
}

#[test]
fn one_untagged_image_is_kept() {
    check(
        "filtering on image count",
        "rule 1   untagged  more than 1
         image a  -         pushed 3d   => expires by 1
         image b  -         pushed 2d   => expires by 1
         image c  -         pushed 1d   => stays by 1 as 1 of 1
         image d  v1        pushed 9d   => stays",
    );
}

#[test]
fn a_rule_shields_what_it_selects_and_spares() {
    check(
        "two rules, the guide's first example: prod before beta",
        "rule 1   prod*          more than 1
         rule 2   beta*          more than 1
         image a  beta-1,prod-1  pushed 10d   => expires by 1
         image b  beta-2,prod-2  pushed 9d    => stays by 1 as 1 of 1
         image c  beta-3         pushed 8d    => stays by 2 as 1 of 1",
    );
    check(
        "its second example: beta before prod",
        "rule 1   beta*          more than 1
         rule 2   prod*          more than 1
         image a  beta-1,prod-1  pushed 10d   => expires by 1
         image b  beta-2,prod-2  pushed 9d    => expires by 1
         image c  beta-3         pushed 8d    => stays by 1 as 1 of 1",
    );
}

#[test]
fn a_list_of_patterns_asks_for_all_of_them() {
    check(
        "filtering on multiple tags",
        "rule 1   alpha*,beta*    older than 5d
         image a  alpha-1         pushed 12d   => stays
         image b  beta-1          pushed 11d   => stays
         image c  alpha-2,beta-2  pushed 10d   => expires by 1
         image d  alpha-3         pushed 4d    => stays
         image e  beta-3          pushed 3d    => stays
         image f  alpha-4,beta-4  pushed 2d    => stays by 1 for 3d",
    );
    check(
        "the same with prefixes",
        "rule 1   prefix:alpha,beta  older than 5d
         image a  alpha-1            pushed 12d   => stays
         image b  alpha-2,beta-2     pushed 10d   => expires by 1",
    );
    check(
        "one at a time, by count",
        "rule 1   alpha*          more than 1
         rule 2   beta*           more than 1
         image a  alpha-1         pushed 6d   => expires by 1
         image b  beta-1          pushed 5d   => expires by 2
         image c  alpha-2,beta-2  pushed 4d   => expires by 1
         image d  alpha-3         pushed 3d   => stays by 1 as 1 of 1
         image e  beta-3          pushed 2d   => stays by 2 as 1 of 1",
    );
}

#[test]
fn all_images_can_be_counted_together() {
    check(
        "filtering on all images",
        "rule 1   any      more than 1
         image a  alpha-1  pushed 4d   => expires by 1
         image b  beta-1   pushed 3d   => expires by 1
         image c  -        pushed 2d   => expires by 1
         image d  alpha-2  pushed 1d   => stays by 1 as 1 of 1",
    );
    check(
        "and after others: images that others select are counted too",
        "rule 1   alpha*          more than 1
         rule 2   untagged        older than 1d
         rule 3   any             more than 1
         image a  alpha-1,beta-1  pushed 4d    => expires by 1
         image b  -               pushed 3d    => expires by 2
         image c  alpha-2         pushed 2d    => stays by 1 as 1 of 1
         image d  git-hash        pushed 1d    => expires by 3
         image e  -               pushed 1d    => stays by 2 for 0d",
    );
}

#[test]
fn images_that_are_not_pulled_are_archived_and_then_expire() {
    check(
        "archiving by last pull, expiring from the archive",
        "rule 1   any  unpulled for 90d   archives
         rule 2   any  archived for 365d
         image a  v1   pushed 300d pulled 91d     => archives by 1
         image b  v2   pushed 300d pulled 89d     => stays by 1 for 1d
         image c  v3   pushed 91d                 => archives by 1
         image d  v4   pushed 900d archived 366d  => expires by 2
         image e  v5   pushed 900d archived 364d  => stays by 2 for 1d",
    );
}
