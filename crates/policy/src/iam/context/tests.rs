use super::*;

fn texts(context: &Context<'_>, key: &str) -> Vec<String> {
    let key = Key::new(key);
    let read = |reading: Context<'_>| {
        reading.find(&key).and_then(Found::only).map(|value| value.text().into_owned())
    };
    let readings = context.readings([&key].into_iter(), &Work::of_decision()).unwrap();
    readings.into_iter().filter_map(read).collect()
}

#[test]
fn no_value_hides_another() {
    let mut context = Context::new();
    context.set("aws:RequestTag/env", "dev");
    assert!(!context.is_ambiguous());
    context.set("aws:RequestTag/ENV", "dev");
    assert!(!context.is_ambiguous(), "the same value twice is one value");
    context.set("AWS:requesttag/Env", "prod");
    assert!(context.is_ambiguous());
    assert_eq!(texts(&context, "aws:RequestTag/eNV"), ["dev", "prod"]);
    context.forget("aws:requestTag/env");
    assert!(!context.is_ambiguous() && texts(&context, "aws:RequestTag/env").is_empty());
}

#[test]
fn keys_fold_in_every_alphabet() {
    let mut context = Context::new();
    context.set("aws:RequestTag/\u{c9}quipe", "a");
    context.set("aws:RequestTag/\u{212a}", "kelvin");
    assert_eq!(texts(&context, "aws:RequestTag/\u{e9}QUIPE"), ["a"]);
    assert_eq!(texts(&context, "aws:RequestTag/k"), ["kelvin"]);
}

#[test]
fn there_are_so_many_readings_and_no_more() {
    let mut context = Context::new();
    let keys: Vec<Key> = ["a", "b"].into_iter().map(Key::new).collect();
    for value in 0..16 {
        context.set("a", value);
        context.set("b", value);
    }
    let count = |context: &Context<'_>| {
        context.readings(keys.iter(), &Work::of_decision()).map(|all| all.len())
    };
    assert_eq!(count(&context), Some(256));
    context.set("b", 16);
    assert_eq!(count(&context), None);
}

#[test]
fn a_session_s_tags_win_over_those_of_its_role() {
    let tags = [("TEAM", "blue")].map(|(key, value)| (key.to_owned(), value.to_owned()));
    let session = Session {
        issued_at: Timestamp::from_seconds(0),
        ends_at: Timestamp::from_seconds(1),
        origin: SessionOrigin::AssumeRole,
        policy: None,
        policy_arns: Vec::new(),
        tags: tags.into(),
        transitive_tag_keys: Vec::new(),
        source_identity: None,
        scopes: Vec::new(),
    };
    let mut context = Context::new();
    context.set("aws:PrincipalTag/Team", "red");
    context.set_subject(&Subject::Anonymous, Some(&session));
    assert_eq!(texts(&context, "aws:PrincipalTag/team"), ["blue"]);
}
