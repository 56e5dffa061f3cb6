//! helm, which keeps its charts in registries.

use std::fs;

use black_box::{Invocation, Server, tool};

const CHART: &str = "apiVersion: v2\nname: hello\nversion: 1.2.3\n";
const TEMPLATE: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\n";

#[test]
fn helm_pulls_the_chart_that_it_pushed() {
    let server = Server::start();
    let folder = server.scratch("helm");
    let helm = |args: &[&str]| Invocation::new(tool("helm"), &folder).args(args);
    fs::create_dir(folder.join("pulled")).expect("a scratch folder is writable");
    fs::create_dir_all(folder.join("hello/templates")).expect("a scratch folder is writable");
    fs::write(folder.join("hello/Chart.yaml"), CHART).expect("a scratch file is writable");
    fs::write(folder.join("hello/templates/map.yaml"), TEMPLATE)
        .expect("a scratch file is writable");
    let repository = server.create_repository("charts/hello");
    let charts = format!("oci://{}", repository.trim_end_matches("/hello"));

    helm(&["registry", "login", "--plain-http", "--username", "AWS", "--password-stdin"])
        .args([server.registry()])
        .input(server.password())
        .succeeds();
    helm(&["package", "hello"]).succeeds();
    helm(&["push", "--plain-http", "hello-1.2.3.tgz", &charts]).succeeds();
    let chart = format!("{charts}/hello");
    helm(&["pull", "--plain-http", "--version", "1.2.3", "--destination", "pulled"])
        .args([&chart])
        .succeeds();

    let bytes = |path: &str| fs::read(folder.join(path)).expect("helm wrote the chart");
    assert_eq!(bytes("pulled/hello-1.2.3.tgz"), bytes("hello-1.2.3.tgz"));
    let shown = helm(&["show", "chart", "--plain-http", &chart]).succeeds();
    assert!(shown.contains("version: 1.2.3"), "{shown}");
}
