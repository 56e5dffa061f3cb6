//! Which binaries run, with which arguments, and beside which others.

use super::binaries::Binary;

/// The parts that are tests.
pub(super) const PARTS: [&str; 3] = ["unit", "clients", "clients-cluster"];

/// One run of a binary.
#[derive(Debug, Clone)]
pub(super) struct Suite {
    pub(super) name: String,
    pub(super) binary: Binary,
    pub(super) arguments: &'static [&'static str],
    pub(super) variables: &'static [(&'static str, &'static str)],
    /// Its figures would depend on what runs beside it.
    pub(super) is_alone: bool,
    /// The command that runs only this one.
    pub(super) alone: String,
    /// Slow suites start first: this is their order.
    rank: usize,
}

/// The slowest suites, slowest first.
const LONG: [&str; 11] = [
    "black-box nodes",
    "blobs blobs",
    "black-box deploy",
    "operations nodes",
    "operations model",
    "black-box moving",
    "black-box running",
    "black-box aws",
    "black-box credentials",
    "black-box aws, three nodes",
    "black-box bad_input, three nodes",
];

/// Suites that measure waiting times.
const ALONE: [&str; 1] = ["black-box flood"];

/// Settings of tests that could run for any length, for a normal run.
const SAMPLES: &[(&str, &str)] = &[("CHAOS_SEED", "1"), ("CHAOS_SECONDS", "30")];

const THREE_NODES: &[(&str, &str)] = &[("LONGSHORE_TEST_NODES", "3")];

/// Suites that also run against three nodes. Suites about a single process and its folder are left
/// out.
const OF_CLUSTERS: [(&str, &[&str]); 10] = [
    ("accounts", &[]),
    ("aws", &[]),
    ("bad_input", &[]),
    ("clients", &[]),
    ("commands", &[]),
    ("conformance", &[]),
    ("credentials", &[]),
    ("golden", &[]),
    ("sts", &[]),
    ("running", &["the_pages_answer", "requests_that_want_too_much"]),
];

const BLACK_BOX: &str = "black-box";

/// The suites of a part; none if it has no tests.
pub(super) fn of(part: &str, binaries: &[Binary]) -> Vec<Suite> {
    let suites =
        |belongs: fn(&Binary) -> bool| binaries.iter().filter(move |b| belongs(b)).cloned();
    match part {
        "unit" => suites(|b| b.package != BLACK_BOX).map(|b| Suite::new(b, &[], &[])).collect(),
        "clients" => {
            suites(|b| b.package == BLACK_BOX).map(|b| Suite::new(b, &[], SAMPLES)).collect()
        }
        "clients-cluster" => OF_CLUSTERS
            .iter()
            .filter_map(|(target, arguments)| {
                let is_it = |b: &&Binary| b.package == BLACK_BOX && b.target == *target;
                let binary = binaries.iter().find(is_it)?;
                Some(Suite::new(binary.clone(), arguments, THREE_NODES))
            })
            .collect(),
        _ => Vec::new(),
    }
}

impl Suite {
    fn new(
        binary: Binary,
        arguments: &'static [&'static str],
        variables: &'static [(&'static str, &'static str)],
    ) -> Self {
        let what = if binary.is_unit { "itself" } else { &binary.target };
        let nodes = if variables == THREE_NODES { ", three nodes" } else { "" };
        let name = format!("{} {what}{nodes}", binary.package);
        let rank = LONG.iter().position(|long| *long == name).unwrap_or(LONG.len());
        let is_alone = ALONE.contains(&&*name);
        let alone = alone(&binary, arguments, variables);
        Self { name, binary, arguments, variables, is_alone, alone, rank }
    }

    /// A target of the Makefile.
    pub(super) fn of_step(step: &'static &'static str) -> Self {
        let binary = Binary {
            package: (*step).to_owned(),
            target: (*step).to_owned(),
            is_unit: false,
            program: "make".into(),
            folder: crate::files::root(),
        };
        let (name, alone) = ((*step).to_owned(), format!("make {step}"));
        let arguments = std::slice::from_ref(step);
        Self { name, binary, arguments, variables: &[], is_alone: false, alone, rank: 0 }
    }

    /// The order in which suites start: slow ones, the others, and those that run alone.
    pub(super) fn order(&self) -> (bool, usize) {
        (self.is_alone, self.rank)
    }
}

/// The command that runs one binary.
fn alone(binary: &Binary, arguments: &[&str], variables: &[(&str, &str)]) -> String {
    let Binary { package, target, is_unit, .. } = binary;
    let variables = variables.iter().map(|(name, value)| format!("{name}={value} "));
    let target = if *is_unit { String::new() } else { format!(" --test {target}") };
    let build = if package == BLACK_BOX { "cargo build -p longshore && " } else { "" };
    let arguments = match arguments {
        [] => String::new(),
        arguments => format!(" -- {}", arguments.join(" ")),
    };
    format!("{build}{}cargo test -p {package}{target}{arguments}", variables.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn binary(package: &str, target: &str, is_unit: bool) -> Binary {
        let (program, folder) = ("/p".into(), "/f".into());
        Binary { package: package.to_owned(), target: target.to_owned(), is_unit, program, folder }
    }

    #[test]
    fn each_part_has_its_binaries() {
        let all = [
            binary("db", "db", true),
            binary("black-box", "golden", false),
            binary("black-box", "crash", false),
        ];
        let names = |part| of(part, &all).into_iter().map(|suite| suite.name).collect::<Vec<_>>();
        assert_eq!(names("unit"), ["db itself"]);
        assert_eq!(names("clients"), ["black-box golden", "black-box crash"]);
        assert_eq!(names("clients-cluster"), ["black-box golden, three nodes"]);
        assert!(names("fmt").is_empty());
    }

    #[test]
    fn a_suite_says_how_it_is_run_alone() {
        let running =
            Suite::new(binary("black-box", "running", false), &["the_pages_answer"], THREE_NODES);
        assert_eq!(
            running.alone,
            "cargo build -p longshore && LONGSHORE_TEST_NODES=3 cargo test -p black-box --test running -- the_pages_answer"
        );
        assert_eq!(Suite::new(binary("db", "db", true), &[], &[]).alone, "cargo test -p db");
    }
}
