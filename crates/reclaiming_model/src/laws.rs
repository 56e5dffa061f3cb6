//! What holds in every state, and a proof that each rule is needed.

use crate::expiry::Expiry;
use crate::moves::Moves;
use crate::protocol::{Cast, Protocol, Rule, SHORT, SKEWED, Seat};
use crate::search::{Found, search};
use crate::turns::Turns;

/// One repository; two pushers, and one client that deletes images and layers.
const ONE_REPOSITORY: Cast = Cast {
    pushers: [
        Some(Seat { repository: 0, mounts_from: None }),
        Some(Seat { repository: 0, mounts_from: None }),
    ],
    layers_are_deleted: true,
    reads: None,
    objects: 3,
    times: SHORT,
    nodes_sleep: false,
};

/// Two repositories; one pusher to the first, one client that mounts into the second, and one that
/// deletes images.
const TWO_REPOSITORIES: Cast = Cast {
    pushers: [
        Some(Seat { repository: 0, mounts_from: None }),
        Some(Seat { repository: 1, mounts_from: Some(0) }),
    ],
    layers_are_deleted: false,
    reads: None,
    objects: 2,
    times: SHORT,
    nodes_sleep: false,
};

/// One pusher, one client that deletes images and layers; runners that sleep and wake, and uploads
/// that end under their writers.
const SLEEPERS: Cast = Cast {
    pushers: [Some(Seat { repository: 0, mounts_from: None }), None],
    layers_are_deleted: true,
    reads: None,
    objects: 2,
    times: SHORT,
    nodes_sleep: true,
};

/// The same with a reader and no sleepers, on nodes whose clocks differ.
const CLOCKS: Cast = Cast {
    pushers: [Some(Seat { repository: 0, mounts_from: None }), None],
    layers_are_deleted: true,
    reads: Some(0),
    objects: 2,
    times: SKEWED,
    nodes_sleep: false,
};

#[test]
fn no_interleaving_loses_a_layer_breaks_a_promise_or_leaves_an_orphan() {
    for (name, cast) in [
        ("sleepers", SLEEPERS),
        ("clocks", CLOCKS),
        ("two pushers", ONE_REPOSITORY),
        ("two repositories", TWO_REPOSITORIES),
    ] {
        match search(&Protocol { cast: &cast, without: None }) {
            Found::Nothing { states } => {
                println!("{name}: {states} states");
                assert!(states > 1_000, "{name}: the cast does not play");
            }
            Found::Violation { what, steps } => panic!("{name}: {what} after {steps:#?}"),
        }
    }
}

#[test]
fn every_rule_of_the_protocol_is_needed() {
    #[rustfmt::skip]
    let cases = [
        // rule left out                        what happens then
        (Rule::GraceBeforeDeletion,             "a reader found its row and not its object"),
        (Rule::LeaseBeforeReview,               "a promise was broken"),
        (Rule::PutChecksRight,                  "an image lacks its layer"),
        (Rule::ReviewLooksForImages,            "an image lacks its layer"),
        (Rule::ReclaimLooksForRights,           "a right lacks its blob"),
        (Rule::RowBeforeBytes,                  "a right lacks its bytes"),
        (Rule::KeysAreUsedOnce,                 "a right lacks its bytes"),
        (Rule::AttachingRevives,                "a reader found its row and not its object"),
        (Rule::AskingAgainRunsAgain,            "something is never given back"),
        (Rule::DeletedImageIsReviewed,          "something is never given back"),
        (Rule::LostRightIsReclaimed,            "something is never given back"),
        (Rule::DeletionIsQueuedWithTheRow,      "something is never given back"),
        (Rule::ObjectIsNamedBeforeItsBytes,     "something is never given back"),
        (Rule::LateWriterHasItDeleted,          "something is never given back"),
        (Rule::EndedUploadIsDeletedTwice,       "something is never given back"),
        (Rule::OnlyTheLastClaimEnds,            "something is never given back"),
        (Rule::ReviewIsOneTransaction,          "an image lacks its layer"),
        (Rule::ReclaimIsOneTransaction,         "a right lacks its blob"),
        (Rule::HeadLooksWhenItRenews,           "a promise was broken"),
        (Rule::ClocksKeepTheBound,              "a promise was broken"),
    ];
    for (rule, expected) in cases {
        let found = [SLEEPERS, TWO_REPOSITORIES, CLOCKS].iter().find_map(|cast| {
            match search(&Protocol { cast, without: Some(rule) }) {
                Found::Violation { what, .. } => Some(what),
                Found::Nothing { .. } => None,
            }
        });
        assert_eq!(found, Some(expected), "without {rule:?}");
    }
}

#[test]
fn requests_on_two_nodes_lose_nothing_that_was_acknowledged_of_an_upload() {
    for acknowledged in [0, 1] {
        match search(&Turns { without: None, acknowledged }) {
            Found::Nothing { states } => {
                println!("turns from {acknowledged}: {states} states");
                assert!(states > 10_000, "the nodes do not play");
            }
            Found::Violation { what, steps } => panic!("{what} after {steps:#?}"),
        }
    }
}

#[test]
fn every_rule_of_turns_is_needed() {
    use crate::turns::Rule;
    #[rustfmt::skip]
    let cases = [
        // rule left out                what happens then
        (Rule::ProgressChecksVersion,   "what was acknowledged is lost"),
        (Rule::AttachingChecksVersion,  "a layer lacks its bytes"),
        (Rule::RowBeforeSalvage,        "what was acknowledged is lost"),
        (Rule::PointingTakesJobBack,    "what was acknowledged is lost"),
        (Rule::StoreGivesClaimsOnce,    "one nonce for two contents"),
        (Rule::ClaimLooksForTheOneBefore, "one nonce for two contents"),
        (Rule::LoserHasItDeleted,       "something is never given back"),
        (Rule::LoserLooksAtRows,        "what was acknowledged is lost"),
    ];
    for (rule, expected) in cases {
        let found = match search(&Turns { without: Some(rule), acknowledged: 1 }) {
            Found::Violation { what, .. } => Some(what),
            Found::Nothing { .. } => None,
        };
        assert_eq!(found, Some(expected), "without {rule:?}");
    }
}

#[test]
fn runs_of_a_policy_expire_only_what_its_rules_take_at_that_moment() {
    match search(&Expiry { without: None }) {
        Found::Nothing { states } => {
            println!("expiry: {states} states");
            assert!(states > 10_000, "the runs do not play");
        }
        Found::Violation { what, steps } => panic!("{what} after {steps:#?}"),
    }
}

#[test]
fn every_rule_of_expiry_is_needed() {
    use crate::expiry::Rule;
    #[rustfmt::skip]
    let cases = [
        // rule left out         what happens then
        (Rule::Policy,    "an image expired by a policy that was replaced"),
        (Rule::Rows,      "an image expired too young"),
        (Rule::Tags,      "an image expired by a rule that does not select it"),
        (Rule::Indexes,   "an index lacks its image"),
        (Rule::Ranking,   "the newest image expired"),
    ];
    for (rule, expected) in cases {
        let found = match search(&Expiry { without: Some(rule) }) {
            Found::Violation { what, .. } => Some(what),
            Found::Nothing { .. } => None,
        };
        assert_eq!(found, Some(expected), "without {rule:?}");
    }
}

#[test]
fn bytes_that_move_are_whole_where_they_are_needed() {
    match search(&Moves { without: None }) {
        Found::Nothing { states } => {
            println!("moves: {states} states");
            assert!(states > 10_000, "the movers do not play");
        }
        Found::Violation { what, steps } => panic!("{what} after {steps:#?}"),
    }
}

#[test]
fn every_rule_of_moves_is_needed() {
    use crate::moves::Rule;
    #[rustfmt::skip]
    let cases = [
        // rule left out        what happens then
        (Rule::NamedFirst,     "an object is left for ever"),
        (Rule::StillArchived,  "an active image has archived bytes"),
        (Rule::Lease,          "a promise was broken"),
        (Rule::TakeBack,       "a row names an object that is gone"),
        (Rule::Grace,          "a reader found its object gone"),
        (Rule::BytesBack,      "an active image has archived bytes"),
    ];
    for (rule, expected) in cases {
        let found = match search(&Moves { without: Some(rule) }) {
            Found::Violation { what, .. } => Some(what),
            Found::Nothing { .. } => None,
        };
        assert_eq!(found, Some(expected), "without {rule:?}");
    }
}
