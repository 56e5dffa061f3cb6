//! Flags, variables and the file: which wins, and how mistakes are refused.

use std::fs;

use crate::{ACCOUNT, Arguments, Place, Variables};

/// What the file says, the variables, the flags; whose account and Region come of it, and why.
type Case<'a> = (&'a str, Variables<'a>, Arguments<'a>, (&'a str, &'a str), &'a str);

#[test]
fn flags_are_stronger_than_variables_and_these_than_the_file() {
    let file = "region = \"eu-west-1\"\naccount = \"111111111111\"\n";
    let variables = [("LONGSHORE_REGION", "eu-west-2"), ("LONGSHORE_ACCOUNT", "222222222222")];
    let flags = ["--region", "eu-west-3", "--account", "333333333333"];
    #[rustfmt::skip]
    let cases: [Case<'_>; 6] = [
        ("",   &[],             &[],         (ACCOUNT, "us-east-1"),        "nothing set"),
        (file, &[],             &[],         ("111111111111", "eu-west-1"), "the file alone"),
        (file, &variables,      &[],         ("222222222222", "eu-west-2"), "a variable over the file"),
        (file, &variables,      &flags,      ("333333333333", "eu-west-3"), "a flag over both"),
        (file, &variables[..1], &flags[2..], ("333333333333", "eu-west-2"), "each key by itself"),
        (file, &[],             &flags[..2], ("111111111111", "eu-west-3"), "each key by itself"),
    ];
    for (file, variables, flags, (account, region), because) in cases {
        let place = Place::new();
        fs::write(place.path().join("longshore.toml"), file).unwrap();
        let flags = [&["--config", "longshore.toml"], flags].concat();
        place.serve(&flags, variables).await_url();
        let key = place.root_key(account);
        assert_eq!(
            (&key["AccountId"], &key["Region"]),
            (&account.into(), &region.into()),
            "{because}"
        );
    }
}

#[test]
fn the_file_can_be_named_by_a_variable_and_takes_every_key() {
    let place = Place::new();
    let file = "
        data = \"elsewhere\"
        listen = \"127.0.0.1:0\"
        domain = \"example.com\"
        public-url = \"https://registry.example.com:8443\"
        account = \"111111111111\"
        region = \"eu-west-1\"
        encryption = \"storage\"
        tls-self-made = true
        enforcement = \"audit\"
        trusted-proxies = [\"10.0.0.0/8\", \"::1\"]
        connections-max = 7
        connections-per-address-max = 5
        drain-delay-seconds = 0
        drain-seconds = 3
        idle-seconds = 9
        log-format = \"json\"
        log = \"warn\"
    ";
    fs::write(place.path().join("longshore.toml"), file).unwrap();
    let mut command = black_box::bare();
    command.arg("serve").env("LONGSHORE_CONFIG", "longshore.toml").current_dir(place.path());
    let mut server = black_box::Process::start(command, place.path());
    assert!(server.await_url().starts_with("https://127.0.0.1:"));
    assert!(place.path().join("elsewhere/root-access-key-111111111111.json").exists());
}

#[test]
fn a_file_with_mistakes_is_refused_with_a_sentence_that_names_them() {
    #[rustfmt::skip]
    let cases = [
        ("lisen = \"127.0.0.1:0\"",       "lisen",             "a key that does not exist"),
        ("[server]\nlisten = \"\"",       "server",            "a table that does not exist"),
        ("tls_key = \"key.pem\"",         "tls_key",           "an underscore for a hyphen"),
        ("region = 5",                    "region",            "a number for a word"),
        ("region = \"Europe\"",           "region",            "no region"),
        ("account = \"12345\"",           "account",           "no account"),
        ("connections-max = 0",           "connections-max",   "no client could connect"),
        ("connections-max = -1",          "connections-max",   "fewer than none"),
        ("connections-per-address-max = 0", "connections-per-address-max", "no client could connect"),
        ("idle-seconds = 0",              "idle-seconds",      "every client would be cut"),
        ("encryption = \"rot13\"",        "rot13",             "no way to encrypt"),
        ("listen = \"localhost\"",        "listen",            "no port"),
        ("audit = \"always\"",            "always",            "no way to record calls"),
        ("audit = \"required\"\nkeep-audit-days = 0", "keep-audit-days", "no record would be kept"),
        ("audit = \"required\"\nread-only = true",    "read-only",       "no record could be kept"),
        ("log-format = \"xml\"",          "xml",               "no form of log"),
        ("log = \"=\"",                   "log",               "no filter"),
        ("domain = \"exa mple\"",         "domain",            "no domain"),
        ("public-url = \"example.com\"",  "public-url",        "no scheme"),
        ("tls-key = \"key.pem\"",         "tls-certificate",   "half of TLS"),
        ("region = \"us-east-1",          "longshore.toml",    "no TOML"),
    ];
    for (file, named, because) in cases {
        let place = Place::new();
        fs::write(place.path().join("longshore.toml"), file).unwrap();
        let said = place.refused(&["--data", "data", "--config", "longshore.toml"], &[]);
        assert!(said.contains(named), "{because}: {said}");
        assert!(!said.contains("panicked"), "{because}: {said}");
    }
    let said = Place::new().refused(&["--config", "nowhere.toml"], &[]);
    assert!(said.contains("nowhere.toml"), "{said}");
}

#[test]
fn bad_values_are_refused_by_flag_and_by_variable() {
    #[rustfmt::skip]
    let cases = [
        ("listen",          "localhost",     "no port"),
        ("listen",          "127.0.0.1:66000", "no such port"),
        ("account",         "12345678901",   "eleven digits"),
        ("account",         "12345678901a",  "a letter"),
        ("region",          "us east",       "a space"),
        ("region",          "",              "nothing"),
        ("domain",          "a..b",          "an empty label"),
        ("domain",          "",              "nothing"),
        ("public-url",      "r.example.com", "no scheme"),
        ("public-url",      "https://r.example.com/v2", "a path"),
        ("encryption",      "none",          "no such word"),
        ("connections-max", "0",             "no client could connect"),
        ("connections-max", "many",          "no number"),
        ("connections-per-address-max", "0", "no client could connect"),
        ("connections-max", "99999999999999999999", "more than a number holds"),
        ("drain-delay-seconds", "-1",        "less than none"),
        ("drain-seconds",   "-1",            "less than none"),
        ("idle-seconds",    "0",             "every client would be cut"),
        ("log-format",      "xml",           "no such form"),
        ("log",             "a=b=c",         "no filter"),
        ("tls-self-made",   "maybe",         "neither yes nor no"),
        ("enforcement",     "sometimes",     "no such word"),
        ("trusted-proxies", "10.0.0.0/33",   "more bits than there are"),
        ("trusted-proxies", "proxy",         "a name"),
        ("config",          "nowhere.toml",  "no such file"),
    ];
    for (name, value, because) in cases {
        let place = Place::new();
        let variable = format!("LONGSHORE_{}", name.replace('-', "_").to_uppercase());
        let by_flag = place.refused(&["--data", "data", &format!("--{name}={value}")], &[]);
        let mut all_said = vec![by_flag];
        // An empty variable is one that is not set.
        if !value.is_empty() {
            let by_variable = place.run(&["serve", "--data", "data"], &[(&variable, value)]);
            assert!(!by_variable.succeeded(), "{name} = {value:?}, {because}: {by_variable}");
            all_said.push(by_variable.stderr);
        }
        for said in all_said {
            let names_it = said.contains(name) || said.contains(value) && !value.is_empty();
            assert!(
                names_it && !said.contains("panicked"),
                "{name} = {value:?}, {because}: {said}"
            );
        }
        assert!(!place.data().exists(), "{name} = {value:?} left a data folder");
    }
}

#[test]
fn a_data_folder_that_cannot_be_one_is_refused() {
    let place = Place::new();
    fs::write(place.path().join("file"), "").unwrap();
    for path in ["file", "file/below", "/proc/longshore"] {
        let said = place.refused(&["--data", path], &[]);
        assert!(said.contains(path) && !said.contains("panicked"), "{path}: {said}");
    }
}
