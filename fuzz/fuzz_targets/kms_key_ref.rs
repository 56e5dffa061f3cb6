//! How clients name KMS keys: what is understood prints as an ARN, which is understood alike.

#![no_main]

use libfuzzer_sys::fuzz_target;
use names::{AliasName, KmsKeyRef, RegistryId};

fuzz_target!(|text: &str| {
    let home = RegistryId {
        account: "123456789012".parse().expect("twelve digits"),
        region: "us-east-1".parse().expect("a Region"),
    };
    if let Ok(named) = KmsKeyRef::parse(text, &home) {
        let arn = named.to_string();
        assert!(arn.starts_with("arn:aws:kms:us-east-1:"));
        assert!(arn == text || arn.ends_with(text));
        assert_eq!(KmsKeyRef::parse(&arn, &home), Ok(named));
    }
    if let Ok(name) = AliasName::parse(text) {
        assert_eq!(name.as_str(), text);
        assert!(!text.contains([':', '*', '\0']));
    }
});
