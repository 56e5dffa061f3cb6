//! Forms of Query calls: any input is parsed or refused in AWS's words, which are well-formed XML.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wire::aws::query::{Form, write_error};
use wire::aws::{Operation, Protocol};

fuzz_target!(|input: (u16, &[u8])| {
    let (choice, body) = input;
    let all: Vec<_> = Operation::all()
        .filter(|operation| matches!(operation.service().protocol(), Protocol::Query { .. }))
        .collect();
    let operation = all[usize::from(choice) % all.len()];
    let form = Form::parse(body);
    let refusals = match &form {
        Ok(form) => [form.operation().err(), form.read_document(operation.spec().input).err()],
        Err(refusal) => [Some(refusal.clone()), None],
    };
    for refusal in refusals.into_iter().flatten() {
        assert!(refusal.status() == 400, "{refusal:?}");
        let answer = write_error(Some(operation.service()), &refusal, &"id");
        let text = String::from_utf8(answer).expect("UTF-8");
        assert_eq!(text.matches('<').count(), 12, "{text}");
    }
});
