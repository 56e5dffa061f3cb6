//! What a key management service that is not ours answers: it is read, a fault, or a refusal in
//! words that break no line of a log, and no terminal.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u16, &[u8])| {
    let (status, body) = input;
    let Some((code, message)) = server::fuzzing::kms_answer(status, body) else { return };
    assert!((400..500).contains(&status), "{status}");
    assert!(!code.is_empty() && code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.'));
    assert!(message.chars().count() <= 512 && !message.contains(char::is_control));
});
