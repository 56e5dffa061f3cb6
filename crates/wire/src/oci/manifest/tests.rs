use super::*;

const OCI: &str = "application/vnd.oci.image.manifest.v1+json";
const INDEX: &str = "application/vnd.oci.image.index.v1+json";

fn descriptor() -> String {
    format!(r#"{{"mediaType":"application/x","digest":"sha256:{}","size":3}}"#, "a".repeat(64))
}

fn image(extra: &str) -> String {
    let d = descriptor();
    format!(r#"{{"schemaVersion":2,"config":{d},"layers":[{d}]{extra}}}"#)
}

#[test]
fn manifests_that_are_read() {
    let d = descriptor();
    #[rustfmt::skip]
    let cases = [
        (image(""),                                                   Some(OCI),  "the request says what it is"),
        (image(&format!(r#","mediaType":"{OCI}""#)),                  None,       "the document says it"),
        (image(&format!(r#","mediaType":"{OCI}""#)),                  Some("application/json"), "plain JSON contradicts nothing"),
        (image(r#","org.example":{"any":[1]}"#),                      Some(OCI),  "unknown members are left alone"),
        (image(&format!(r#","subject":{d},"artifactType":"a/b;v=1""#)), Some(OCI), "a referrer, with parameters in its type"),
        (format!(r#"{{"schemaVersion":2,"config":{d},"layers":[]}}"#), Some(OCI), "no layers"),
        (r#"{"schemaVersion":2,"manifests":[]}"#.to_owned(),          Some(INDEX), "an empty index"),
        (format!(r#"{{"schemaVersion":2,"config":{d},"layers":null}}"#), Some(OCI), "no layers, as Go writes it"),
        (r#"{"schemaVersion":2,"manifests":null}"#.to_owned(),        Some(INDEX), "an empty index, as Go writes it"),
        (image(r#","manifests":null"#),                               Some(OCI),  "nothing of the other kind"),
        (r#"{"schemaVersion":2,"manifests":[],"config":null,"layers":null}"#.to_owned(), Some(INDEX), "nothing of the other kind"),
        (image(r#","subject":null,"annotations":null,"artifactType":null,"mediaType":null"#), Some(OCI), "nothing said"),
        (image(r#","artifactType":"","mediaType":"""#),               Some(OCI),  "nothing said, in quotes"),
        (format!(r#"{{"schemaVersion":2,"manifests":[{d}]}}"#),       Some(INDEX), "an index of something unknown"),
    ];
    for (text, content_type, because) in cases {
        let read = Manifest::parse(text.as_bytes(), content_type);
        assert!(read.is_ok(), "{because}: {read:?}");
    }
}

#[test]
fn manifests_that_are_refused() {
    let d = descriptor();
    #[rustfmt::skip]
    let cases = [
        ("",                                                Some(OCI),   "empty"),
        ("{",                                               Some(OCI),   "not JSON"),
        ("[]",                                              Some(OCI),   "not an object"),
        ("null",                                            Some(OCI),   "null"),
        ("[2,null,null,null,null,[],null,null]",            Some(INDEX), "an array of the members' values"),
        (r#"{"schemaVersion":2,"manifests":[["a/b","sha256:",1]]}"#, Some(INDEX), "a descriptor as an array"),
        (&image(""),                                        None,        "no media type is stated"),
        (&image(""),                                        Some(INDEX), "an image is no index"),
        (&image(&format!(r#","mediaType":"{OCI}""#)),       Some(INDEX), "two say different things"),
        (&image(&format!(r#","manifests":[{d}]"#)),         Some(OCI),   "both an image and an index"),
        (&image(""),                                        Some("text/html"), "a kind that is not kept"),
        (&image("").replace(":2,", ":1,"),                  Some(OCI),   "schema 1"),
        (&image("").replace("sha256", "md5"),               Some(OCI),   "an unknown algorithm"),
        (&image("").replace("\"size\":3", "\"size\":-3"),   Some(OCI),   "a negative size"),
        (&image("").replace("\"size\":3", "\"size\":3.5"),  Some(OCI),   "half a byte"),
        (&image("").replace("\"size\":3", "\"size\":18446744073709551615"), Some(OCI), "too large a size"),
        (&image("").replace("application/x", "x"),          Some(OCI),   "a bad media type"),
        (&image(r#","layers":[]"#),                         Some(OCI),   "one member twice"),
        (&format!(r#"{{"schemaVersion":2,"config":{d}}}"#), Some(OCI),   "layers are missing"),
        (r#"{"schemaVersion":2,"config":null,"layers":[]}"#, Some(OCI),  "no configuration"),
        (r#"{"schemaVersion":2,"manifests":[null]}"#,       Some(INDEX), "a descriptor that is null"),
        (&image("").replace("\"application/x\"", "null"), Some(OCI),   "a media type that is null"),
        (&image(r#","annotations":{"a":1}"#),               Some(OCI),   "an annotation that is no text"),
        (&format!("{}{}", "[".repeat(500), "]".repeat(500)), Some(OCI),  "too deep"),
    ];
    for (text, content_type, because) in cases {
        assert!(Manifest::parse(text.as_bytes(), content_type).is_err(), "{because}: {text}");
    }
    let long = vec![b' '; BYTES_MAX + 1];
    assert_eq!(Manifest::parse(&long, Some(OCI)), Err(ManifestRefusal::TooLarge));
}

#[test]
fn an_index_of_layers_is_refused_with_what_to_do() {
    #[rustfmt::skip]
    let kinds = [
        "application/vnd.oci.image.layer.v1.tar+gzip",
        "application/vnd.docker.image.rootfs.diff.tar.gzip",
        "application/vnd.buildkit.cacheconfig.v0",
    ];
    for kind in kinds {
        let named = descriptor().replace("application/x", kind);
        let text = format!(r#"{{"schemaVersion":2,"manifests":[{named}]}}"#);
        let refused = Manifest::parse(text.as_bytes(), Some(INDEX)).unwrap_err().to_string();
        assert!(refused.contains(kind) && refused.contains("image-manifest=true"), "{refused}");
    }
}

#[test]
fn an_artifact_is_what_it_says_or_what_its_configuration_is() {
    let read = |extra| Manifest::parse(image(extra).as_bytes(), Some(OCI)).unwrap();
    let kind = |manifest: &Manifest| manifest.kind_of_artifact().unwrap().as_str().to_owned();
    assert_eq!(kind(&read("")), "application/x");
    assert_eq!(kind(&read(r#","artifactType":"""#)), "application/x", "empty is not said");
    assert_eq!(kind(&read(r#","artifactType":"a/b""#)), "a/b");
}
