//! What metrics say of pull through caches, by rule.

use std::fmt::Write as _;

use operations::CachePulls;

/// A metric: its name, type, suffix and help, and what it says of a rule.
type Figure =
    (&'static str, &'static str, &'static str, &'static str, fn(&CachePulls) -> Option<u64>);

const FIGURES: [Figure; 3] = [
    (
        "fetched_bytes",
        "counter",
        "_total",
        "Bytes of layers fetched from upstream registries",
        |pulls| Some(pulls.fetched_bytes),
    ),
    (
        "saved_bytes",
        "counter",
        "_total",
        "Bytes of layers sent from here that would have come from upstream registries",
        |pulls| Some(pulls.saved_bytes),
    ),
    (
        "upstream_requests_remaining",
        "gauge",
        "",
        "Requests that the upstream registry said to be left",
        |pulls| pulls.remaining,
    ),
];

/// As Prometheus reads them.
pub(crate) fn render(pulls: &[CachePulls], text: &mut String) {
    text.push_str(
        "# HELP longshore_pull_through_manifests Manifests asked of pull through caches: here, looked for upstream, or here and not confirmed by upstream.\n# TYPE longshore_pull_through_manifests counter\n",
    );
    for of_rule in pulls {
        let rule = labels(of_rule);
        let CachePulls { hits, misses, stale, .. } = of_rule;
        for (outcome, count) in [("hit", hits), ("miss", misses), ("stale", stale)] {
            let sample = format!(
                "longshore_pull_through_manifests_total{{{rule},outcome=\"{outcome}\"}} {count}\n"
            );
            text.push_str(&sample);
        }
    }
    for (name, kind, suffix, help, figure) in FIGURES {
        let head = format!(
            "# HELP longshore_pull_through_{name} {help}.\n# TYPE longshore_pull_through_{name} {kind}\n"
        );
        text.push_str(&head);
        for of_rule in pulls {
            if let Some(value) = figure(of_rule) {
                let rule = labels(of_rule);
                writeln!(text, "longshore_pull_through_{name}{suffix}{{{rule}}} {value}")
                    .expect("writing to a string cannot fail");
            }
        }
    }
}

/// A prefix has no character that a label would have to escape.
fn labels(CachePulls { registry, prefix, .. }: &CachePulls) -> String {
    let (account, region) = (&registry.account, &registry.region);
    format!("account=\"{account}\",region=\"{region}\",prefix=\"{prefix}\"")
}
