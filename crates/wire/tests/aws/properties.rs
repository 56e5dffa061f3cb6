//! Properties of all documents.

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use serde_json::{Value, json};
use wire::aws::ecr::{
    ImageTagMutability, PutImageTagMutabilityRequest, PutReplicationConfigurationRequest,
    ReplicationConfiguration, ReplicationDestination, ReplicationRule, RepositoryFilter,
    RepositoryFilterType,
};
use wire::aws::json::{self, parse, read};
use wire::aws::schema::{Shape, Structure};

use crate::probes::smallest;
use crate::readers;

/// Any JSON, with names and values that the models know among the others.
fn any_json() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,20}".prop_map(Value::from),
        Just(json!("web")),
        Just(json!("123456789012")),
    ];
    scalar.prop_recursive(5, 64, 8, |inner| {
        let name = prop_oneof![
            4 => proptest::sample::select(member_names()).prop_map(str::to_owned),
            1 => ".{0,8}",
        ];
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Value::from),
            btree_map(name, inner, 0..8).prop_map(|members| members.into_iter().collect()),
        ]
    })
}

fn member_names() -> Vec<&'static str> {
    let members = readers::all().into_iter().flat_map(|reader| reader.schema.members);
    members.map(|member| member.name).collect()
}

/// An input in which every member is absent, the smallest that fits, or anything.
fn almost_valid(structure: &'static Structure) -> BoxedStrategy<Value> {
    let member = |shape: &'static Shape| {
        prop_oneof![
            2 => Just(Some(smallest(shape))),
            1 => Just(None),
            1 => any_json().prop_map(Some),
            1 => nested(shape).prop_map(Some),
        ]
    };
    let members: Vec<_> = structure.members.iter().map(|each| member(each.shape)).collect();
    members
        .prop_map(|values| {
            let names = structure.members.iter().map(|member| member.name.to_owned());
            let present = names.zip(values).filter_map(|(name, value)| Some((name, value?)));
            present.collect()
        })
        .boxed()
}

fn nested(shape: &'static Shape) -> BoxedStrategy<Value> {
    match shape {
        Shape::Structure(structure) => almost_valid(structure),
        Shape::List(_, element) => vec(nested(element), 0..4).prop_map(Value::from).boxed(),
        _ => Just(smallest(shape)).boxed(),
    }
}

fn any_input() -> impl Strategy<Value = (usize, Value)> {
    let readers = 0..readers::all().len();
    readers.prop_flat_map(|index| {
        let schema = readers::all()[index].schema;
        (Just(index), prop_oneof![any_json(), almost_valid(schema)])
    })
}

fn any_replication() -> impl Strategy<Value = ReplicationConfiguration> {
    let destination = ("[0-9a-z-]{2,25}", "[0-9]{12}")
        .prop_map(|(region, registry_id)| ReplicationDestination { region, registry_id });
    let filter = "[a-z0-9]{2,20}".prop_map(|filter| RepositoryFilter {
        filter,
        filter_type: RepositoryFilterType::PrefixMatch,
    });
    let rule = (vec(destination, 0..4), proptest::option::of(vec(filter, 1..4))).prop_map(
        |(destinations, repository_filters)| ReplicationRule {
            destinations,
            repository_filters,
            delete_replication: None,
        },
    );
    vec(rule, 0..4).prop_map(|rules| ReplicationConfiguration { rules })
}

proptest! {
    #[test]
    fn no_bytes_make_the_reader_panic(body in vec(any::<u8>(), 0..200)) {
        if let Ok(document) = parse(&body) {
            prop_assert!(body.is_empty() || serde_json::from_slice::<Value>(&body).ok() == Some(document));
        }
    }

    #[test]
    fn a_document_within_bounds_is_read_as_serde_json_reads_it(document in any_json()) {
        let text = document.to_string();
        let expected: Value = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(parse(text.as_bytes()).unwrap(), expected);
    }

    #[test]
    fn an_input_that_passes_the_check_is_always_typed((index, input) in any_input()) {
        let reader = &readers::all()[index];
        let checked = wire::aws::check::check(&input, reader.schema);
        let read = (reader.read)(input.to_string().as_bytes());
        prop_assert_eq!(read, checked);
    }

    #[test]
    fn what_is_written_is_read_again(replication in any_replication()) {
        let written: Value = serde_json::from_slice(&json::write(&replication)).unwrap();
        let body = json!({"replicationConfiguration": &written}).to_string();
        let input = read::<PutReplicationConfigurationRequest>(body.as_bytes()).unwrap();
        let again = json::write(&input.replication_configuration);
        prop_assert_eq!(serde_json::from_slice::<Value>(&again).unwrap(), written);
    }

    #[test]
    fn a_word_is_read_as_it_is_written(index in 0..ImageTagMutability::ALL.len()) {
        let mutability = ImageTagMutability::ALL[index];
        let body = json!({"repositoryName": "web", "imageTagMutability": mutability.as_str()});
        let input = read::<PutImageTagMutabilityRequest>(body.to_string().as_bytes()).unwrap();
        prop_assert_eq!(input.image_tag_mutability, mutability);
        prop_assert_eq!(json::write(&mutability), format!("\"{}\"", mutability.as_str()).into_bytes());
    }
}
