//! What commands say of what cannot be, and with which code they exit.

use black_box::Server;

#[test]
fn a_part_of_a_digest_is_told_where_whole_ones_are() {
    let server = Server::start();
    server.create_repository("web");
    for words in [
        &["why", "kept", "web@sha256:9f86d081884c"][..],
        &["why", "expired", "web", "sha256:9f86d081884c"],
        &["why", "vulnerable", "web@sha256:9f86d081884c", "CVE-2024-1"],
        &["why", "refused", "web@sha256:9f86d081884c"],
    ] {
        let ended = server.longshore(words.iter().copied()).run();
        assert_eq!(ended.code(), Some(2), "{ended}");
        let told = "give the whole digest instead of sha256:9f86d081884c: `aws ecr list-images \
                    --repository-name web` prints those";
        assert!(ended.stderr.contains(told), "{ended}");
    }
}

#[test]
fn jobs_are_not_listed_by_a_name_that_nothing_has() {
    let server = Server::start();
    server.create_repository("team/web");
    let list = |words: &[&str]| {
        server.longshore(["jobs", "list"].into_iter().chain(words.iter().copied())).run()
    };
    let arn = "arn:aws:ecr:us-east-1:123456789012:repository/team/web";
    for words in
        [&["--name", "move_blob"][..], &["--repository", "team/web"], &["--repository", arn]]
    {
        let ended = list(words);
        assert!(ended.succeeded() && ended.stdout.contains("{\"Jobs\":["), "{ended}");
    }
    let ended = list(&["--name", "move_blobs"]);
    assert_eq!(ended.code(), Some(1), "{ended}");
    let told = "no job is named move_blobs; the names are abandon_upload, apply_lifecycle_policy, ";
    assert!(ended.stderr.contains(told), "{ended}");
    for name in ["web", "arn:aws:ecr:us-east-1:123456789012:repository/web"] {
        let ended = list(&["--repository", name]);
        assert_eq!(ended.code(), Some(1), "{ended}");
        let told = "The repository with name 'web' does not exist in the registry";
        assert!(ended.stderr.contains(told), "{ended}");
    }
}

#[test]
fn exit_codes_are_those_that_the_help_tells() {
    const ANSWERS: &str = "Exit code 0: yes. 1: no. 2: no answer.";
    const NOWHERE: &str =
        "web@sha256:0000000000000000000000000000000000000000000000000000000000000000";
    const ACTS: &str = "Exit code 0: done. 1: refused or failed. 2: wrong usage.";
    let server = Server::start();
    server.create_repository("web");
    let mut client = server.client();
    let config = client.push_layer("web", b"{}");
    let manifest = black_box::manifest_of(1, &config, &[]);
    assert_eq!(client.put_manifest("web", "v1", &manifest).status, 201);
    let run = |words: &[&str]| server.longshore(words.iter().copied()).run();
    for (command, told) in [
        (&["why", "kept"][..], ANSWERS),
        (&["why", "expired"], ANSWERS),
        (&["why", "vulnerable"], ANSWERS),
        (&["why", "refused"], ANSWERS),
        (&["why"], "Exit code 0: allowed. 1: denied. 2: no answer."),
        (&["restore-image"], ACTS),
        (&["tags"], ACTS),
        (&["tags", "history"], ACTS),
        (&["tags", "rollback"], ACTS),
        (&["jobs"], ACTS),
        (&["jobs", "list"], ACTS),
        (&["jobs", "retry"], ACTS),
    ] {
        let help = run(&[command, &["--help"]].concat());
        assert!(help.succeeded() && help.stdout.contains(told), "{command:?}: {help}");
    }
    #[rustfmt::skip]
    let cases: [(&[&str], i32, &str); 17] = [
        // words                                    code  because
        (&["why", "kept", "web:v1"],                   0, "yes"),
        (&["why", "kept", "web:v2"],                   1, "no: there is none"),
        (&["why", "kept", "none:v1"],                  2, "there is no such repository"),
        (&["why", "kept", "web"],                      2, "which image?"),
        (&["why", "expired", "web:v1"],                1, "no: it is there"),
        (&["why", "refused", "web:v1"],                1, "no: there is no gate"),
        (&["why", "refused", "web:v2"],                2, "there is no such image"),
        (&["why", "vulnerable", "web:v1", "CVE-2024-1"], 2, "it was not scanned"),
        (&["why", "--nonsense"],                       2, "the usage is wrong"),
        (&["tags", "history", "web:v1"],               0, "done"),
        (&["tags", "history", "none"],                 1, "refused"),
        (&["tags", "history", "web@sha256:ab"],        2, "only tags have a history"),
        (&["tags", "rollback", "web:v1"],              1, "there is no image before"),
        (&["tags", "rollback", "web"],                 2, "which tag?"),
        (&["jobs", "retry", "4711"],                   1, "there is no such job"),
        (&["jobs", "retry"],                           2, "which job?"),
        (&["restore-image", NOWHERE],                  1, "there is no such image"),
    ];
    for (words, code, because) in cases {
        let ended = run(words);
        assert_eq!(ended.code(), Some(code), "{words:?}: {because}: {ended}");
    }
}
