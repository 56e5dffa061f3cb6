//! Indexes and their children, subjects and their referrers.

use crate::notation::check;

#[test]
fn a_child_stays_as_long_as_an_index_refers_to_it() {
    check(
        "an untagged child of a tagged index is what rules for untagged images meet most",
        "rule 1   untagged  older than 1d
         image i  latest    pushed 9d children a,b   => stays
         image a  -         pushed 9d                => stays in i despite 1
         image b  -         pushed 9d                => stays in i despite 1
         image c  -         pushed 9d                => expires by 1",
    );
    check(
        "one index of two is enough",
        "rule 1   v*        older than 20d
         rule 2   untagged  older than 1d
         image i  v1        pushed 30d children a,b   => expires by 1
         image j  v2        pushed 9d  children b     => stays by 1 for 11d
         image a  -         pushed 30d                => expires by 2
         image b  -         pushed 30d                => stays in j despite 2",
    );
    check(
        "an index that goes takes none along that no rule takes",
        "rule 1   v*   older than 20d
         image i  v1   pushed 30d children a,b   => expires by 1
         image a  -    pushed 30d                => stays
         image b  v2   pushed 9d                 => stays by 1 for 11d",
    );
}

#[test]
fn indexes_may_be_nested() {
    check(
        "what keeps an index keeps its children, and theirs",
        "rule 1   untagged  older than 1d
         image a  -         pushed 9d             => stays in b despite 1
         image b  -         pushed 9d children a  => stays in c despite 1
         image c  top       pushed 9d children b  => stays",
    );
    check(
        "and they go together, in whatever order they are given",
        "rule 1   any  older than 1d
         image a  -    pushed 9d             => expires by 1
         image b  -    pushed 9d children a  => expires by 1
         image c  top  pushed 9d children b  => expires by 1",
    );
}

#[test]
fn children_are_counted_as_images_are() {
    check(
        "a count is about all images that a rule selects",
        "rule 1   any     more than 2
         image a  -       pushed 4d             => stays in i despite 1
         image b  -       pushed 3d             => stays by 1 as 2 of 2
         image i  latest  pushed 2d children a  => stays by 1 as 1 of 2",
    );
}

#[test]
fn an_index_is_archived_before_its_children() {
    check(
        "a child may go to the archive with its index, or after it",
        "rule 1   v*        older than 20d     archives
         rule 2   untagged  older than 1d      archives
         image i  v1        pushed 30d children a              => archives by 1
         image a  -         pushed 30d                         => archives by 2
         image j  v2        pushed 9d  children b,c            => stays by 1 for 11d
         image b  -         pushed 9d                          => stays in j despite 2
         image k  v3        pushed 99d archived 9d children c  => stays
         image c  -         pushed 9d                          => stays in j despite 2
         image l  v4        pushed 99d archived 9d children d  => stays
         image d  -         pushed 9d                          => archives by 2
         image m  v5        pushed 99d activating children e   => stays as it activates
         image e  -         pushed 9d                          => stays in m despite 2",
    );
    check(
        "but it cannot expire while the index is in the archive",
        "rule 1   v*        older than 20d     archives
         rule 2   untagged  older than 1d
         rule 3   any       archived for 90d
         image i  v1        pushed 30d children a                 => archives by 1
         image a  -         pushed 30d                            => stays in i despite 2
         image j  v2        pushed 99d archived 91d children b,c  => expires by 3
         image b  -         pushed 99d                            => expires by 2
         image c  -         pushed 99d archived 91d               => expires by 3",
    );
}

#[test]
fn referrers_do_what_their_subject_does() {
    check(
        "no rule sees a referrer, and none counts it",
        "rule 1   untagged  older than 1d
         rule 2   any       more than 2
         image a  v1        pushed 9d             => expires by 2
         image s  -         pushed 9d subject a   => expires by 2 with a
         image b  v2        pushed 8d             => stays by 2 as 2 of 2
         image t  -         pushed 8d subject b   => stays with b
         image u  sig       pushed 7d subject b   => stays with b
         image c  v3        pushed 6d             => stays by 2 as 1 of 2",
    );
    check(
        "the signature of an SBOM of an image goes with the image",
        "rule 1   v*   older than 1d
         image s  -    pushed 9d subject t   => expires by 1 with t
         image t  -    pushed 9d subject a   => expires by 1 with a
         image a  v1   pushed 9d             => expires by 1",
    );
    check(
        "without its subject it is an image like others",
        "rule 1   untagged  older than 1d
         image s  -         pushed 9d subject gone   => expires by 1
         image t  sig       pushed 9d subject gone   => stays",
    );
}

#[test]
fn referrers_follow_their_subject_into_the_archive_and_out_of_it() {
    check(
        "those that are there already have nothing to do",
        "rule 1   v*   older than 10d    archives
         rule 2   any  archived for 90d
         image a  v1   pushed 20d                         => archives by 1
         image s  -    pushed 20d subject a               => archives by 1 with a
         image t  -    pushed 20d archived 9d subject a   => stays with a
         image b  v2   pushed 99d archived 91d            => expires by 2
         image u  -    pushed 99d archived 9d subject b   => expires by 2 with b
         image w  -    pushed 1d subject b                => expires by 2 with b",
    );
}

#[test]
fn a_referrer_in_an_index_that_stays_stays_too() {
    check(
        "it could not be deleted",
        "rule 1   v*   older than 10d
         image a  v1   pushed 20d             => expires by 1
         image s  -    pushed 20d subject a   => stays in i despite 1
         image i  x    pushed 20d children s  => stays",
    );
}

#[test]
fn an_index_that_holds_its_subject_is_an_image_like_others() {
    check(
        "each would wait for the other: the image for the index, and the index for its subject",
        "rule 1   untagged  older than 1d
         image a  -         pushed 9d                        => expires by 1
         image i  -         pushed 9d children a subject a   => expires by 1
         image b  -         pushed 9d                        => stays in j despite 1
         image j  sboms     pushed 9d children b subject b   => stays",
    );
}

#[test]
fn circles_do_no_harm() {
    check(
        "two indexes, each of them about an image of the other: all of it stays",
        "rule 1   any  older than 1d
         image a  v1   pushed 9d                        => stays in a circle
         image b  v2   pushed 9d                        => stays in a circle
         image i  v3   pushed 9d children a subject b   => stays in a circle
         image j  v4   pushed 9d children b subject a   => stays in a circle
         image s  -    pushed 9d subject i              => stays in a circle
         image e  v5   pushed 9d                        => expires by 1",
    );
    check(
        "digests that are made up",
        "rule 1   any  older than 1d
         image a  v1   pushed 9d children b     => stays in a circle
         image b  v2   pushed 9d children a,d   => stays in a circle
         image c  v3   pushed 9d subject c      => stays in a circle
         image d  v4   pushed 9d                => stays in a circle
         image f  v6   pushed 9d children f,f   => stays in a circle",
    );
}

#[test]
fn a_child_that_is_named_twice_or_not_there_makes_no_difference() {
    check(
        "an index may repeat itself, and a registry may hold it without all of its children",
        "rule 1   any  older than 5d
         image i  v1   pushed 9d children a,gone,a   => expires by 1
         image a  -    pushed 9d                     => expires by 1",
    );
}

#[test]
fn a_shielded_image_stays_and_keeps_what_belongs_to_it() {
    check(
        "rules count it like others, so it takes a place of the newest",
        "rule 1   v*        more than 1
         rule 2   untagged  older than 1d
         image a  -         pushed 9d shielded   => stays by its shield despite 2
         image b  -         pushed 9d            => expires by 2
         image c  v1        pushed 8d            => expires by 1
         image d  v2        pushed 7d shielded   => stays by 1 as 1 of 1
         image e  -         pushed 0d shielded   => stays by 2 for 1d",
    );
    check(
        "a shielded index keeps its children, and a shielded subject its referrers",
        "rule 1   any  older than 1d
         image a  -    pushed 9d                      => stays in i despite 1
         image i  -    pushed 9d children a shielded  => stays by its shield despite 1
         image s  -    pushed 9d subject i            => stays with i
         image b  -    pushed 9d                      => expires by 1
         image t  -    pushed 9d subject b shielded   => stays by its shield despite 1",
    );
    check(
        "nor is it archived, nor does it expire from the archive",
        "rule 1   untagged  older than 1d     archives
         rule 2   any       archived for 90d
         image a  -         pushed 9d shielded                => stays by its shield despite 1
         image b  -         pushed 99d archived 91d shielded  => stays by its shield despite 2",
    );
}
