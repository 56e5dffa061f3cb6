use std::path::PathBuf;

use serde_json::Value;

use super::{Environment, RegistryHost};

/// Whether docker's or podman's configuration names a credential helper for this registry. Files
/// that are missing or unreadable count as empty.
pub(super) fn names_registry(environment: &Environment, host: &RegistryHost) -> bool {
    let docker = match environment.find("DOCKER_CONFIG") {
        Some(folder) => Some(PathBuf::from(folder).join("config.json")),
        None => environment.path_or_home("DOCKER_CONFIG", ".docker/config.json"),
    };
    let run = environment.find("XDG_RUNTIME_DIR");
    let podman = [
        environment.find("REGISTRY_AUTH_FILE").map(PathBuf::from),
        run.map(|folder| PathBuf::from(folder).join("containers/auth.json")),
    ];
    let files = docker.into_iter().chain(podman.into_iter().flatten());
    files.filter_map(|file| std::fs::read_to_string(file).ok()).any(|text| names(&text, host))
}

fn names(config: &str, host: &RegistryHost) -> bool {
    let config: Value = serde_json::from_str(config).unwrap_or_default();
    let Some(given) = config["credHelpers"].as_object() else { return false };
    given.keys().any(|registry| RegistryHost::parse(registry).as_ref() == Some(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_configuration_names_registries() {
        let host = RegistryHost::parse("registry.example.com:5000").unwrap();
        #[rustfmt::skip]
        let cases = [
            // configuration                                                  named   because
            (r#"{"credHelpers":{"registry.example.com:5000":"longshore"}}"#, true,  "by name"),
            (r#"{"credHelpers":{"Registry.Example.com:5000":"longshore"}}"#, true,  "host names have no case"),
            (r#"{"credHelpers":{"registry.example.com":"longshore"}}"#,      false, "another port"),
            (r#"{"credsStore":"longshore"}"#,                                false, "all registries are none by name"),
            (r#"{"auths":{"registry.example.com:5000":{}}}"#,                false, "logged in is not given"),
            ("{",                                                            false, "not JSON"),
            ("",                                                             false, "empty"),
        ];
        for (config, expected, because) in cases {
            assert_eq!(names(config, &host), expected, "{config}: {because}");
        }
    }
}
