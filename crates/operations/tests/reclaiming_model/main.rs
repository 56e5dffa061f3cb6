//! The protocol of reclaiming (`jobs/mod.rs` says it in words), searched over every interleaving.
//!
//! Pushers, deleters, a reader, the clock and the jobs take steps in any order, each on a node of its own, and any of them may
//! die between two steps. A state holds what the rows, the store and the actors hold; times are kept as what is left of
//! them, so that there are finitely many states. Every state that can be reached is visited once.
//!
//! In every state: an image has its layer, and a right has its bytes. On every step: a promise that was
//! made is kept, and a reader that found a row a moment ago opens the object. From every state: if all
//! actors stop, the jobs give back everything that nobody needs.
//!
//! What many nodes add: any number of sweeps run at once, because a body is one transaction and its end another; runners sleep
//! until others have claimed their jobs, and then end them, or delete an object; uploads end under their writers; clocks differ.
//! The requests of one upload on two nodes have a model of their own (`turns`).
//!
//! Bounds: one digest, two repositories, two pushers (one where nodes sleep or clocks differ), three objects at once, a lease of two ticks
//! (four where clocks differ, by one). About a million states here, and 1.3 million of turns.
//!
//! A protocol with one of its rules left out must be caught at it: that is tested as well.

mod protocol;
mod search;
mod turns;

use protocol::{Cast, Protocol, Rule, SHORT, SKEWED, Seat};
use search::{Found, search};
use turns::Turns;

/// One repository; two that push to it, and somebody who deletes images and layers.
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

/// Two repositories; one that pushes to the first, one that mounts into the second, and
/// somebody who deletes images.
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

/// One that pushes, somebody who deletes images and layers; runners that sleep and wake, and
/// uploads that end under their writers.
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
    use turns::Rule;
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
