//! Chooses the node for a request: the one that knows least of the changes.
//!
//! # Invariants
//! * A request that follows a change goes to a node that did not take the change.
//! * One node gets all reads, and takes no change as long as another can: its knowledge is the
//!   oldest, and every change happens on other nodes.
//! * Changes go round the others, so that each step of an upload goes to another node than the step
//!   before.
//! * The same requests go to the same nodes, every time.

use crate::cluster::asked::Act;

/// Which changes each node took, by its number.
#[derive(Debug, Default)]
pub(crate) struct Turns {
    /// For each node, the number of the last change that it took.
    told: Vec<u64>,
    changes: u64,
}

/// The node that gets all reads.
const READER: usize = 0;

impl Turns {
    pub(crate) fn of(nodes: usize) -> Self {
        Self { told: vec![0; nodes], changes: 0 }
    }

    /// All nodes, the one that should do this first.
    pub(crate) fn order(&self, act: Act) -> Vec<usize> {
        let mut nodes: Vec<usize> = (0..self.told.len()).collect();
        nodes.sort_by_key(|&node| {
            let took_the_last = self.changes > 0 && self.told[node] == self.changes;
            let suits = (node == READER) == (act == Act::Read);
            (took_the_last, !suits, self.told[node])
        });
        nodes
    }

    /// Notes that a node takes a request.
    pub(crate) fn note(&mut self, node: usize, act: Act) {
        if act != Act::Read {
            self.changes += 1;
            self.told[node] = self.changes;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Turns;
    use crate::cluster::asked::Act::{Change, Read};

    fn taken(nodes: usize, acts: &[super::Act]) -> Vec<usize> {
        let mut turns = Turns::of(nodes);
        let turn = |&act: &super::Act| {
            let node = turns.order(act)[0];
            turns.note(node, act);
            node
        };
        acts.iter().map(turn).collect()
    }

    #[test]
    fn what_follows_a_change_goes_to_a_node_that_did_not_take_it() {
        #[rustfmt::skip]
        let cases: [(usize, &[super::Act], &[usize], &str); 4] = [
            (3, &[Read, Change, Read, Read, Change, Read], &[0, 1, 0, 0, 2, 0], "one node reads"),
            (3, &[Change, Change, Change, Change],         &[1, 2, 1, 2],       "the others take changes in turns"),
            (2, &[Change, Read, Change, Read],             &[1, 0, 0, 1],       "two nodes have no third"),
            (1, &[Change, Read, Change],                   &[0, 0, 0],          "one is told everything"),
        ];
        for (nodes, acts, expected, because) in cases {
            assert_eq!(taken(nodes, acts), expected, "{because}");
        }
    }

    #[test]
    fn the_others_stand_in_for_a_node_that_is_gone() {
        let mut turns = Turns::of(3);
        turns.note(0, Change);
        assert_eq!(turns.order(Read), [1, 2, 0], "the reader took the last change");
        assert_eq!(turns.order(Change), [1, 2, 0]);
        turns.note(1, Change);
        assert_eq!(turns.order(Read), [0, 2, 1]);
    }
}
