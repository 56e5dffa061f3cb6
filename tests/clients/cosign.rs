//! cosign, which signs images with keys of our KMS and attaches what it signed.

use std::path::PathBuf;

use black_box::{Ended, Invocation, Server, find_tool, skipped};
use serde_json::Value;

use crate::crane::Crane;

/// cosign, with the credentials of crane for the registry and of the root user for KMS.
struct Cosign<'a> {
    program: PathBuf,
    server: &'a Server,
}

impl<'a> Cosign<'a> {
    fn find(server: &'a Server) -> Option<Self> {
        let program = find_tool("cosign");
        if program.is_none() {
            skipped("cosign", "it is not installed: run tests/install.sh cosign");
        }
        program.map(|program| Self { program, server })
    }

    fn run(&self, arguments: &[&str]) -> Ended {
        let cosign = Invocation::new(&self.program, &self.server.scratch("crane")).args(arguments);
        self.server.signed(cosign).run()
    }

    /// Signs without the public log, which tests do not reach.
    fn sign(&self, key: &str, image: &str) -> Ended {
        let no_log = ["--use-signing-config=false", "--tlog-upload=false"];
        let arguments = ["sign", "--yes", "--allow-http-registry", "--key", key];
        self.run(&[&arguments[..], &no_log, &[image]].concat())
    }

    fn verify(&self, key: &str, image: &str) -> Ended {
        let no_log = "--insecure-ignore-tlog=true";
        self.run(&["verify", "--allow-http-registry", no_log, "--key", key, image])
    }

    /// A new key for signatures; returns its ARN.
    fn make_key(&self, spec: &str, alias: &str) -> String {
        let kms = |arguments: &[&str]| self.server.aws(["kms"]).args(arguments).succeeds();
        let made = kms(&["create-key", "--key-spec", spec, "--key-usage", "SIGN_VERIFY"]);
        let made: Value = serde_json::from_str(&made).expect("the CLI prints JSON");
        let arn = made["KeyMetadata"]["Arn"].as_str().expect("a key has an ARN").to_owned();
        kms(&["create-alias", "--alias-name", alias, "--target-key-id", &arn]);
        arn
    }
}

fn assert_refused(ended: &Ended, part: &str) {
    assert!(!ended.succeeded() && ended.stderr.contains(part), "{ended}");
}

#[test]
fn cosign_signs_with_a_key_of_kms_and_verifies_with_it() {
    let server = Server::start();
    let Some(cosign) = Cosign::find(&server) else { return };
    let crane = Crane::new(&server);
    let repository = server.create_repository("signed");
    let specs = ["ECC_NIST_P256", "ECC_NIST_P384", "RSA_3072"];
    let mut signed = Vec::new();
    for (number, spec) in specs.into_iter().enumerate() {
        let alias = format!("alias/signing/{number}");
        let arn = cosign.make_key(spec, &alias);
        let key = format!("awskms:///{alias}");
        let image =
            format!("{repository}@{}", crane.push_small(&format!("{repository}:v{number}"), spec));
        assert_refused(&cosign.verify(&key, &image), "no signatures found");
        let ended = cosign.sign(&key, &image);
        assert!(ended.succeeded(), "{spec}: {ended}");
        for key in [&key, &format!("awskms:///{arn}")] {
            let ended = cosign.verify(key, &image);
            assert!(ended.succeeded(), "{spec}: {ended}");
            assert!(ended.stdout.contains(image.rsplit('@').next().unwrap_or_default()), "{ended}");
        }
        signed.push((key, arn, image));
    }
    let [(key, arn, image), (other, _, _), ..] = &signed[..] else { panic!("three images") };

    // Outside of KMS, with the public key that it gives out.
    let public = cosign.run(&["public-key", "--key", key]);
    assert!(public.succeeded(), "{public}");
    let file = server.scratch("crane").join("public.pem");
    std::fs::write(&file, &public.stdout).expect("a scratch file is writable");
    let ended = cosign.verify(&file.display().to_string(), image);
    assert!(ended.succeeded(), "{ended}");

    assert_refused(&cosign.verify(other, image), "failed to verify signature");
    server.aws(["kms", "disable-key", "--key-id", arn]).succeeds();
    assert_refused(&cosign.sign(key, image), &format!("DisabledException: {arn} is disabled."));
    let ended = cosign.verify(&file.display().to_string(), image);
    assert!(ended.succeeded(), "signatures outlive the key: {ended}");
}
