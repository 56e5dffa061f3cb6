//! The chart: linted, rendered with every file of values in its `ci` folder, read as a strict API
//! server reads it, and compared with its promises.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use black_box::{Ended, Invocation, longshore, root, tool};
use serde_json::{Value, json};
use tempfile::TempDir;

/// The oldest Kubernetes that the chart takes, and one of today.
const KUBERNETES: [&str; 2] = ["1.25.0", "1.34.0"];

fn chart() -> PathBuf {
    root().join("deploy/helm/longshore")
}

fn cases() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(chart().join("ci")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 5, "{files:?}");
    files
}

struct Helm(TempDir);

impl Helm {
    fn new() -> Self {
        Self(TempDir::with_prefix("longshore-").unwrap())
    }

    fn helm<'a>(&self, args: impl IntoIterator<Item = &'a str>) -> Invocation {
        Invocation::new(tool("helm"), self.0.path()).args(args)
    }

    fn template(&self, kubernetes: &str, values: &[PathBuf], sets: &[&str]) -> Ended {
        self.helm(["template", "r", "--namespace", "registry", "--kube-version", kubernetes])
            .args([chart()])
            .args(values.iter().flat_map(|file| ["--values".into(), file.clone()]))
            .args(sets.iter().flat_map(|set| ["--set", set]))
            .run()
    }

    /// The objects that come of values.
    fn render(&self, kubernetes: &str, values: &[PathBuf], sets: &[&str]) -> Vec<Value> {
        let rendered = self.template(kubernetes, values, sets);
        assert!(rendered.succeeded(), "{rendered}");
        let read = Invocation::new(tool("kube"), self.0.path()).input(rendered.stdout).succeeds();
        serde_json::from_str(&read).unwrap()
    }
}

fn of_kind<'a>(objects: &'a [Value], kind: &str) -> Vec<&'a Value> {
    objects.iter().filter(|object| object["kind"] == kind).collect()
}

/// The object that runs pods.
fn workload(objects: &[Value]) -> &Value {
    let found: Vec<&Value> =
        objects.iter().filter(|object| object["spec"]["template"].is_object()).collect();
    assert_eq!(found.len(), 1, "{found:?}");
    found[0]
}

fn pod(objects: &[Value]) -> &Value {
    &workload(objects)["spec"]["template"]["spec"]
}

fn variable<'a>(container: &'a Value, name: &str) -> Option<&'a Value> {
    container["env"].as_array().unwrap().iter().find(|variable| variable["name"] == name)
}

#[test]
fn the_chart_is_linted() {
    let helm = Helm::new();
    for values in cases() {
        let ended = helm
            .helm(["lint", "--strict"])
            .args([chart()])
            .args(["--values".as_ref(), values.as_os_str()])
            .run();
        assert!(ended.succeeded() && ended.stdout.contains("1 chart(s) linted, 0"), "{ended}");
    }
}

#[test]
fn every_container_is_confined_and_watched() {
    let helm = Helm::new();
    for values in cases() {
        for kubernetes in KUBERNETES {
            let objects = helm.render(kubernetes, std::slice::from_ref(&values), &[]);
            let place = values.display();
            assert_pod_confined(pod(&objects), &place.to_string());
            for container in pod(&objects)["containers"].as_array().unwrap() {
                assert_container_confined(container, &place.to_string());
            }
        }
    }
}

fn assert_pod_confined(pod: &Value, place: &str) {
    #[rustfmt::skip]
    let cases = [
        ("/securityContext/runAsNonRoot",        json!(true)),
        ("/securityContext/runAsUser",           json!(65532)),
        ("/securityContext/seccompProfile/type", json!("RuntimeDefault")),
        ("/automountServiceAccountToken",        json!(false)),
        ("/hostNetwork",                         json!(null)),
    ];
    for (pointer, expected) in cases {
        let value = pod.pointer(pointer).cloned().unwrap_or_default();
        assert_eq!(value, expected, "{place}: {pointer}");
    }
}

fn assert_container_confined(container: &Value, place: &str) {
    #[rustfmt::skip]
    let cases = [
        ("/securityContext/runAsNonRoot",             json!(true)),
        ("/securityContext/readOnlyRootFilesystem",   json!(true)),
        ("/securityContext/allowPrivilegeEscalation", json!(false)),
        ("/securityContext/capabilities",             json!({ "drop": ["ALL"] })),
        ("/securityContext/seccompProfile/type",      json!("RuntimeDefault")),
        ("/livenessProbe/httpGet/path",               json!("/healthz")),
        ("/readinessProbe/httpGet/path",              json!("/readyz")),
        ("/startupProbe/httpGet/path",                json!("/readyz")),
    ];
    for (pointer, expected) in cases {
        let value = container.pointer(pointer).cloned().unwrap_or_default();
        assert_eq!(value, expected, "{place}: {pointer}");
    }
    assert!(container["resources"]["requests"]["memory"].is_string(), "{place}: no request");
}

/// Words that are in the values of `ci` and nowhere else: the secrets.
const SECRETS: [&str; 5] = [
    "a-password",
    "a-secret",
    "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
    "AKIAEXAMPLEROOTKEY01",
    "chart/ci+signs+with+this+example+00000000",
];

#[test]
fn secrets_are_in_a_secret_and_nowhere_else() {
    let helm = Helm::new();
    for values in cases() {
        let objects = helm.render(KUBERNETES[1], std::slice::from_ref(&values), &[]);
        for object in &objects {
            let text = object.to_string();
            let found: Vec<_> = SECRETS.iter().filter(|secret| text.contains(**secret)).collect();
            assert!(
                object["kind"] == "Secret" || found.is_empty(),
                "{}: {found:?}",
                values.display()
            );
        }
        let container = &pod(&objects)["containers"][0];
        for variable in container["env"].as_array().unwrap() {
            let name = variable["name"].as_str().unwrap();
            let is_secret = ["DATABASE", "SECRET", "ACCESS_KEY", "ACCOUNT_KEY"]
                .iter()
                .any(|word| name.contains(word));
            let from = variable["valueFrom"]["secretKeyRef"].is_object();
            assert_eq!(from, is_secret, "{}: {name}", values.display());
        }
    }
}

#[test]
fn the_secret_that_the_chart_makes_has_every_key_that_a_node_reads() {
    for values in ["ci/trial-values.yaml", "ci/azure-values.yaml", "ci/google-values.yaml"] {
        let objects = Helm::new().render(KUBERNETES[1], &[chart().join(values)], &[]);
        let secret = of_kind(&objects, "Secret")[0];
        let made: BTreeSet<&String> = secret["stringData"].as_object().unwrap().keys().collect();
        let container = &pod(&objects)["containers"][0];
        let references = container["env"].as_array().unwrap().iter().filter_map(|variable| {
            let reference = &variable["valueFrom"]["secretKeyRef"];
            (!reference.is_null()).then(|| {
                assert_eq!(reference["name"], secret["metadata"]["name"]);
                reference["key"].as_str().unwrap().to_owned()
            })
        });
        let read: BTreeSet<String> = references.collect();
        assert_eq!(made, read.iter().collect());
    }
}

#[test]
fn what_is_missing_or_contradicts_is_refused_with_a_sentence() {
    let helm = Helm::new();
    let cluster = chart().join("ci/cluster-values.yaml");
    let trial = chart().join("ci/trial-values.yaml");
    let embedded = chart().join("ci/embedded-values.yaml");
    let azure = chart().join("ci/azure-values.yaml");
    let google = chart().join("ci/google-values.yaml");
    #[rustfmt::skip]
    let cases: [(Option<&Path>, &[&str], &str); 20] = [
        (None,            &[],                                   "a cluster needs secrets, and these are missing: database-url, keyring-secret"),
        (Some(&trial),    &["secrets.keyringSecret="],           "these are missing: keyring-secret. Set secrets"),
        (Some(&trial),    &["secrets.keyringSecret=abc"],        "must be 64 hexadecimal digits"),
        (Some(&trial),    &["secrets.existingSecret=other"],     "are both set"),
        (Some(&trial),    &["secrets.databaseUrl=mysql://x"],    "databaseUrl"),
        (Some(&embedded), &["secrets.rootAccessKeyId=AKIAEXAMPLEROOTKEY01"], "or neither"),
        (Some(&embedded), &["autoscaling.enabled=true"],         "needs mode: cluster"),
        (Some(&cluster),  &["image.repository="],                "image.repository is not set"),
        (Some(&cluster),  &["objects.url="],                     "objects.url is not set"),
        (Some(&cluster),  &["objects.url=ftp://bucket"],         "objects"),
        (Some(&google),   &["secrets.gcsServiceAccountKey="],    "these are missing: gcs-service-account-key. Set secrets"),
        (Some(&azure),    &["objects.account="],                 "objects.account is not set"),
        (Some(&azure),    &["secrets.azureAccessKey="],          "these are missing: azure-access-key. Set secrets"),
        (Some(&azure),    &["secrets.s3AccessKeyId=an-id"],      "s3AccessKeyId is set, but objects.url is"),
        (Some(&trial),    &["secrets.azureAccessKey=a-secret"],  "azureAccessKey is set, but objects.url is"),
        (Some(&cluster),  &["ingress.enabled=true"],             "ingress.hosts is empty"),
        (Some(&cluster),  &["mode=both"],                        "mode"),
        (Some(&cluster),  &["replica=3"],                        "replica"),
        (Some(&cluster),  &["registry.account=12345"],           "account"),
        (Some(&cluster),  &["shutdown.drainSeconds=0"],          "drainSeconds"),
    ];
    for (values, sets, said) in cases {
        let values: Vec<PathBuf> = values.map(Path::to_owned).into_iter().collect();
        let ended = helm.template(KUBERNETES[1], &values, sets);
        assert!(!ended.succeeded() && ended.stderr.contains(said), "{sets:?}: {ended}");
    }
}

#[test]
fn a_cluster_rolls_without_a_gap_and_waits_for_the_drain() {
    let helm = Helm::new();
    let cluster = [chart().join("ci/cluster-values.yaml")];
    let objects = helm.render(KUBERNETES[1], &cluster, &["shutdown.drainSeconds=600"]);
    let deployment = workload(&objects);
    assert_eq!(deployment["kind"], "Deployment");
    assert_eq!(deployment["spec"]["replicas"], 3);
    let rolling = json!({ "maxUnavailable": 0, "maxSurge": 1 });
    assert_eq!(deployment["spec"]["strategy"]["rollingUpdate"], rolling);
    let container = &pod(&objects)["containers"][0];
    let seconds = |name: &str| {
        let value = variable(container, name).unwrap()["value"].as_str().unwrap();
        value.parse::<u64>().unwrap()
    };
    let (delay, drain) =
        (seconds("LONGSHORE_DRAIN_DELAY_SECONDS"), seconds("LONGSHORE_DRAIN_SECONDS"));
    let grace = pod(&objects)["terminationGracePeriodSeconds"].as_u64().unwrap();
    assert!(delay > 0 && drain == 600 && grace > delay + drain, "{delay} + {drain} in {grace}");
    // Unready by the probe, too, before the delay is over.
    let probe = &container["readinessProbe"];
    let noticed =
        probe["periodSeconds"].as_u64().unwrap() * probe["failureThreshold"].as_u64().unwrap();
    assert!(noticed < delay, "{noticed} s until the probe has noticed");
    let budget = of_kind(&objects, "PodDisruptionBudget")[0];
    assert_eq!(budget["spec"]["maxUnavailable"], 1);
    let labels = &deployment["spec"]["template"]["metadata"]["labels"];
    let chosen = [
        &budget["spec"]["selector"]["matchLabels"],
        &deployment["spec"]["selector"]["matchLabels"],
    ];
    for (selector, (name, value)) in chosen
        .iter()
        .flat_map(|selector| selector.as_object().unwrap().iter().map(move |pair| (selector, pair)))
    {
        assert_eq!(&labels[name], value, "{selector}");
    }
    assert_eq!(pod(&objects)["topologySpreadConstraints"].as_array().unwrap().len(), 2);
}

#[test]
fn an_embedded_node_is_one_with_a_volume() {
    let helm = Helm::new();
    let own = helm.render(KUBERNETES[1], &[chart().join("ci/embedded-values.yaml")], &[]);
    let set = workload(&own);
    assert_eq!((&set["kind"], &set["spec"]["replicas"]), (&json!("StatefulSet"), &json!(1)));
    let claim = &set["spec"]["volumeClaimTemplates"][0]["spec"];
    assert_eq!(claim["resources"]["requests"]["storage"], "2Ti");
    assert_eq!(pod(&own)["containers"][0]["volumeMounts"][0]["mountPath"], "/data");
    assert_eq!(pod(&own)["securityContext"]["fsGroup"], 65532);
    assert!(of_kind(&own, "PodDisruptionBudget").is_empty(), "it would forbid every drain");
    assert!(of_kind(&own, "Secret").is_empty());

    let given = helm.render(KUBERNETES[1], &[chart().join("ci/embedded-given-values.yaml")], &[]);
    assert!(workload(&given)["spec"]["volumeClaimTemplates"].is_null());
    assert_eq!(pod(&given)["volumes"][0]["persistentVolumeClaim"]["claimName"], "layers");
    let container = &pod(&given)["containers"][0];
    assert!(container["image"].as_str().unwrap().contains("@sha256:"));
    assert_eq!(container["livenessProbe"]["httpGet"]["scheme"], "HTTPS");
}

#[test]
fn everything_that_is_optional_is_there_when_it_is_asked_for() {
    let objects = Helm::new().render(KUBERNETES[1], &[chart().join("ci/ingress-values.yaml")], &[]);
    let kinds: BTreeSet<&str> =
        objects.iter().map(|object| object["kind"].as_str().unwrap()).collect();
    let expected = [
        "Deployment",
        "HorizontalPodAutoscaler",
        "Ingress",
        "NetworkPolicy",
        "PodDisruptionBudget",
        "Service",
        "ServiceAccount",
        "ServiceMonitor",
    ];
    assert_eq!(kinds, expected.into());
    let ingress = &of_kind(&objects, "Ingress")[0]["spec"];
    assert_eq!(ingress["tls"][0]["secretName"], "registry-tls");
    assert_eq!(ingress["tls"][0]["hosts"].as_array().unwrap().len(), 2);
    assert!(workload(&objects)["spec"]["replicas"].is_null(), "the autoscaler counts");
    let port = &of_kind(&objects, "Service")[0]["spec"]["ports"][0];
    assert_eq!(
        ingress["rules"][0]["http"]["paths"][0]["backend"]["service"]["port"]["number"],
        port["port"]
    );
}

/// What answers name is what clients can use: as it is set, as proxies say, or as the ingress is
/// reached.
#[test]
fn nodes_are_told_where_clients_reach_them() {
    let helm = Helm::new();
    let ingress = [chart().join("ci/ingress-values.yaml")];
    let first = "https://123456789012.dkr.ecr.us-east-1.example.com";
    #[rustfmt::skip]
    let cases: [(&[&str], Option<&str>, &str); 4] = [
        (&[],                                                    None,          "the proxies that are named say it"),
        (&["registry.trustedProxies=null"],                      Some(first),   "no proxy is believed, and the ingress speaks TLS"),
        (&["registry.trustedProxies=null", "ingress.tlsSecret="], None,         "it is not known what speaks TLS"),
        (&["registry.publicUrl=https://r.example.com:8443"],     Some("https://r.example.com:8443"), "as it is set"),
    ];
    for (sets, expected, because) in cases {
        let objects = helm.render(KUBERNETES[1], &ingress, sets);
        let container = &pod(&objects)["containers"][0];
        let told = variable(container, "LONGSHORE_PUBLIC_URL").map(|it| &it["value"]);
        assert_eq!(told, expected.map(Value::from).as_ref(), "{because}");
    }
    let refused = helm.template(KUBERNETES[1], &ingress, &["registry.publicUrl=r.example.com"]);
    assert!(!refused.succeeded() && refused.stderr.contains("publicUrl"), "{refused}");
}

/// Everything that a pod is told by variables, the binary knows: told the same with one bad value,
/// it names that and nothing else.
#[test]
fn the_binary_knows_every_variable_that_the_chart_sets() {
    let helm = Helm::new();
    let told = Invocation::new(longshore(), helm.0.path()).args(["serve", "--help"]).succeeds();
    for values in cases() {
        let objects = helm.render(KUBERNETES[1], std::slice::from_ref(&values), &[]);
        for variable in pod(&objects)["containers"][0]["env"].as_array().unwrap() {
            let name = variable["name"].as_str().unwrap();
            assert!(told.contains(name), "{}: serve --help does not know {name}", values.display());
        }
    }
}

/// What helm prints after an installation. It prints none without a cluster, so a copy of the chart
/// has them as an object.
#[test]
fn the_notes_say_how_to_log_in() {
    let helm = Helm::new();
    let copy = helm.0.path().join("copy");
    let arguments = ["-r".into(), chart(), copy.clone()];
    Invocation::new("cp", helm.0.path()).args(arguments).succeeds();
    let notes = fs::read_to_string(copy.join("templates/NOTES.txt")).unwrap();
    let object = format!(
        "{{{{ define \"notes\" }}}}{notes}{{{{ end }}}}\nnotes: {{{{ include \"notes\" . | toJson }}}}\n"
    );
    fs::write(copy.join("templates/notes.yaml"), object).unwrap();
    for values in cases() {
        let said = helm
            .helm(["template", "r", "copy", "--kube-version", KUBERNETES[1]])
            .args(["--show-only", "templates/notes.yaml", "--values"])
            .args([&values])
            .succeeds();
        let words =
            ["AWS_ENDPOINT_URL=http", "ACCESS_KEY", "docker login --username AWS", "KEEP A COPY"];
        let missing: Vec<_> = words.iter().filter(|word| !said.contains(**word)).collect();
        assert!(missing.is_empty(), "{}: {missing:?} not in {said}", values.display());
    }
}
