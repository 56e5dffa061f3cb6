//! One process or several nodes: how long until all act alike.

use std::thread;
use std::time::{Duration, Instant};

use super::{Running, Server};
use crate::Ended;
use crate::cluster::Cluster;

/// The promised time for rights and keys on other nodes.
const AGREED_WITHIN: Duration = Duration::from_secs(2);

/// Nodes write down for each other every two seconds why they denied something; the rest is for a
/// machine that has much to do.
const TOLD_WITHIN: Duration = Duration::from_secs(5);

const ASK_EVERY: Duration = Duration::from_millis(100);

impl Server {
    /// Asks why a request was denied, again and again, until the node that denied it has told the
    /// one that is asked.
    pub fn ask_why<T>(&self, ask: impl Fn() -> T, is_told: impl Fn(&T) -> bool) -> T {
        let began = Instant::now();
        loop {
            let answer = ask();
            let is_over = self.nodes() == 1 || began.elapsed() > TOLD_WITHIN;
            if is_over || is_told(&answer) {
                return answer;
            }
            thread::sleep(ASK_EVERY);
        }
    }

    /// The same with `longshore why`.
    pub fn run_why(&self, run: impl Fn() -> Ended) -> Ended {
        self.ask_why(run, |ended| !ended.stderr.contains("DecisionNotFoundException"))
    }

    /// The time within which every node acts on a change of rights and keys. One process does so at
    /// once.
    pub fn agreed_within(&self) -> Duration {
        if self.nodes() > 1 { AGREED_WITHIN } else { Duration::ZERO }
    }

    /// Waits until every node acts on a change of rights and keys.
    pub fn await_agreement(&self) {
        thread::sleep(self.agreed_within());
    }

    /// `HOST:PORT` of each node.
    pub fn node_addresses(&self) -> Vec<String> {
        match &self.running {
            Running::One(_) => vec![self.address.clone()],
            Running::Many(cluster) => cluster.addresses(),
        }
    }

    /// How many nodes it is.
    pub fn nodes(&self) -> usize {
        match &self.running {
            Running::One(_) => 1,
            Running::Many(cluster) => cluster.addresses().len(),
        }
    }

    /// The nodes, if it is more than one process.
    pub fn cluster(&mut self) -> Option<&mut Cluster> {
        match &mut self.running {
            Running::One(_) => None,
            Running::Many(cluster) => Some(cluster),
        }
    }
}
