//! Bodies and targets of AWS calls: any input is parsed or refused in AWS's words, which are valid
//! JSON.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wire::aws::{check, json};

fuzz_target!(|input: (&str, u16, &[u8])| {
    let (target, choice, body) = input;
    drop(json::target(target));
    let all: Vec<_> = wire::aws::Operation::all().collect();
    let operation = all[usize::from(choice) % all.len()];
    let refusal = match json::parse(body) {
        Ok(value) => check::check(&value, operation.spec().input).err(),
        Err(refusal) => Some(refusal),
    };
    if let Some(refusal) = refusal {
        let answer = json::write_error(&refusal);
        assert!(json::parse(&answer).is_ok());
        assert!(refusal.status() == 400, "{refusal:?}");
    }
});
