//! Which documents are accepted, and in which words the others are refused.

use policy::{Document, DocumentKind, Effect, Malformed, Position, Version, size};

use DocumentKind::{Identity, Registry, Repository, Trust};

fn refusal(text: &str, kind: DocumentKind) -> String {
    Document::parse(text, kind).err().map_or_else(String::new, |malformed| malformed.to_string())
}

/// Whether a statement is taken in a document of 2012: the words of the refusal, or nothing.
fn statement(text: &str, kind: DocumentKind) -> String {
    refusal(&format!(r#"{{"Version":"2012-10-17","Statement":{text}}}"#), kind)
}

const SYNTAX: &str = "Syntax errors in policy.";
const LEGACY: &str = "The policy failed legacy parsing";
const VERSION: &str = "Policy document must be version 2012-10-17 or greater.";
const TAKEN: &str = "";

#[test]
fn documents_have_the_elements_of_the_grammar_and_no_others() {
    #[rustfmt::skip]
    let cases = [
        (r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#, TAKEN, "one statement"),
        (r#"{"Version":"2012-10-17","Id":"x","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#, TAKEN, "an id"),
        (r#"{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#, VERSION, "no version means 2008"),
        (r#"{"Version":"2008-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#, VERSION, "IAM keeps 2012"),
        (r#"{"Version":"2013-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#, SYNTAX, "no such version"),
        (r#"{"Version":2012,"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#, SYNTAX, "a version is a text"),
        (r#"{"Version":"2012-10-17","Statement":[]}"#, SYNTAX, "no statement"),
        (r#"{"Version":"2012-10-17"}"#, SYNTAX, "no statements"),
        (r#"{"Version":"2012-10-17","Statement":["x"]}"#, SYNTAX, "a statement is an object"),
        (r#"{"Version":"2012-10-17","Statement":"x"}"#, SYNTAX, "a statement is an object"),
        (r#"{"Version":"2012-10-17","Statements":[]}"#, SYNTAX, "a misspelt element"),
        (r#"{"version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#, SYNTAX, "case counts"),
        (r#"{"Version":"2012-10-17","Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#, SYNTAX, "an element twice"),
        (r#"{"Version":"2012-10-17","Id":1,"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#, SYNTAX, "an id is a text"),
        (r#"{"Version":"2012-10-17","Condition":{},"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#, SYNTAX, "conditions belong to statements"),
        ("[]", SYNTAX, "not an object"),
        ("", SYNTAX, "nothing"),
        ("null", SYNTAX, "nothing"),
    ];
    for (text, words, because) in cases {
        assert_eq!(refusal(text, Identity), words, "{text}: {because}");
    }
    let long =
        format!(r#"{{"Version":"2012-10-17","Id":"{}"}}"#, "x".repeat(policy::TEXT_BYTES_MAX));
    assert_eq!(refusal(&long, Identity), SYNTAX);
}

#[test]
fn statements_have_the_elements_of_the_grammar_and_no_others() {
    #[rustfmt::skip]
    let cases = [
        (r#"{"Effect":"Allow","Action":["ecr:*","sts:*"],"Resource":["*"]}"#, TAKEN, "lists"),
        (r#"{"Effect":"Allow","NotAction":"ecr:*","NotResource":"arn:aws:ecr:*"}"#, TAKEN, "all but"),
        (r#"{"Sid":"Abc123","Effect":"Deny","Action":"*","Resource":"*"}"#, TAKEN, "a sid"),
        (r#"{"Sid":"A\u0062c","Effect":"Deny","Action":"*","Resource":"*"}"#, TAKEN, "a sid with an escape"),
        (r#"{"Sid":"","Effect":"Deny","Action":"*","Resource":"*"}"#, TAKEN, "an empty sid"),
        (r#"{"Effect":"Allow","Action":"*","Resource":"*","Condition":{}}"#, TAKEN, "no condition"),
        (r#"{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{}}}"#, TAKEN, "no condition either"),
        (r#"{"Sid":"a b","Effect":"Deny","Action":"*","Resource":"*"}"#,
         "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*", "a space in a sid"),
        (r#"[{"Sid":"a","Effect":"Deny","Action":"*","Resource":"*"},{"Sid":"a","Effect":"Deny","Action":"*","Resource":"*"}]"#,
         "Statement IDs (SID) in a single policy must be unique.", "a sid twice"),
        (r#"[{"Sid":"","Effect":"Deny","Action":"*","Resource":"*"},{"Sid":"","Effect":"Deny","Action":"*","Resource":"*"}]"#, TAKEN, "no sid twice"),
        (r#"{"Effect":"allow","Action":"*","Resource":"*"}"#, LEGACY, "an effect of another case"),
        (r#"{"Effect":"Permit","Action":"*","Resource":"*"}"#, SYNTAX, "no effect"),
        (r#"{"Action":"*","Resource":"*"}"#, SYNTAX, "no effect"),
        (r#"{"Effect":"Allow","Resource":"*"}"#, "Policy statement must contain actions.", "no actions"),
        (r#"{"Effect":"Allow","Action":[],"Resource":"*"}"#, "Policy statement must contain actions.", "no actions"),
        (r#"{"Effect":"Allow","Action":"*"}"#, "Policy statement must contain resources.", "no resources"),
        (r#"{"Effect":"Allow","Action":"*","Resource":[]}"#, "Policy statement must contain resources.", "no resources"),
        (r#"{"Effect":"Allow","Action":"*","NotAction":"*","Resource":"*"}"#, SYNTAX, "both"),
        (r#"{"Effect":"Allow","Action":"*","Resource":"*","NotResource":"*"}"#, SYNTAX, "both"),
        (r#"{"Effect":"Allow","Action":"*","Resource":"*","Action":"*"}"#, SYNTAX, "an element twice"),
        (r#"{"Effect":"Allow","Action":1,"Resource":"*"}"#, SYNTAX, "an action is a text"),
        (r#"{"Effect":"Allow","Action":["ecr:*",1],"Resource":"*"}"#, SYNTAX, "an action is a text"),
        (r#"{"Effect":"Allow","Action":"*","Resource":{"a":"b"}}"#, SYNTAX, "a resource is a text"),
        (r#"{"Effect":"Allow","Action":"PutImage","Resource":"*"}"#,
         "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.", "no vendor"),
        (r#"{"Effect":"Allow","Action":"*","Resource":"web"}"#, "Resource web must be in ARN format or \"*\".", "no ARN"),
        (r#"{"Effect":"Allow","Action":"*","Resource":"*","Conditions":{}}"#, SYNTAX, "a misspelt element"),
        (r#"{"Effect":"Allow","Action":"*","Resource":"*","Principal":"*"}"#,
         "Policy document should not specify a principal.", "an identity knows whose it is"),
        (r#"{"Effect":"Allow","Action":"*","Resource":"*","NotPrincipal":"*"}"#,
         "Policy document should not specify a principal.", "an identity knows whose it is"),
        (r#"{"Effect":"Allow","Action":"*","Resource":"arn:aws:ecr:*:*:${aws:a"}"#, SYNTAX, "a variable without end"),
    ];
    for (text, words, because) in cases {
        assert_eq!(statement(text, Identity), words, "{text}: {because}");
    }
}

#[test]
fn conditions_have_operators_that_there_are_and_values_that_can_be_read() {
    #[rustfmt::skip]
    let cases = [
        (r#"{"StringEquals":{"aws:a":"b"}}"#, TAKEN, "one value"),
        (r#"{"StringEquals":{"aws:a":["b","c"]},"Bool":{"aws:b":true}}"#, TAKEN, "values and a boolean"),
        (r#"{"NumericLessThan":{"aws:a":[1,"2.5"]}}"#, TAKEN, "numbers, and numbers as texts"),
        (r#"{"ForAllValues:StringEqualsIfExists":{"aws:a":"b"}}"#, TAKEN, "prefix and suffix"),
        (r#"{"ForAnyValue:Null":{"aws:a":"true"}}"#, TAKEN, "a prefix on any operator"),
        (r#"{"StringMatches":{"aws:a":"b"}}"#, SYNTAX, "no such operator"),
        (r#"{"stringequals":{"aws:a":"b"}}"#, SYNTAX, "case counts"),
        (r#"{"NullIfExists":{"aws:a":"true"}}"#, SYNTAX, "what exists cannot be absent"),
        (r#"{"ForNoValue:StringEquals":{"aws:a":"b"}}"#, SYNTAX, "no such prefix"),
        (r#"{"StringEqualsIfExistsIfExists":{"aws:a":"b"}}"#, SYNTAX, "a suffix twice"),
        (r#"{"NumericLike":{"aws:a":"1"}}"#, SYNTAX, "no such operator"),
        (r#"{"StringEquals":{"aws:a":null}}"#, SYNTAX, "no value"),
        (r#"{"StringEquals":{"aws:a":[]}}"#, SYNTAX, "no value"),
        (r#"{"StringEquals":{"aws:a":{"b":"c"}}}"#, SYNTAX, "an object is no value"),
        (r#"{"StringEquals":{"aws:a":[["b"]]}}"#, SYNTAX, "a list is no value"),
        (r#"{"StringEquals":"aws:a"}"#, SYNTAX, "no key"),
        (r#"{"StringEquals":{"aws:a":"b","aws:a":"c"}}"#, SYNTAX, "a key twice"),
        (r#"["StringEquals"]"#, SYNTAX, "not an object"),
        (r#"{"StringEquals":{"a":"b"}}"#,
         "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.", "a key without vendor"),
        (r#"{"NumericEquals":{"aws:a":"one"}}"#, LEGACY, "not a number"),
        (r#"{"NumericEquals":{"aws:a":"${aws:b}"}}"#, LEGACY, "numbers take no variables"),
        (r#"{"NumericEquals":{"aws:a":1e3}}"#, LEGACY, "a number with an exponent"),
        (r#"{"DateLessThan":{"aws:CurrentTime":"tomorrow"}}"#, LEGACY, "not a date"),
        (r#"{"Bool":{"aws:a":"yes"}}"#, LEGACY, "neither true nor false"),
        (r#"{"Null":{"aws:a":"maybe"}}"#, LEGACY, "neither true nor false"),
        (r#"{"BinaryEquals":{"aws:a":"%"}}"#, LEGACY, "not base64"),
        (r#"{"IpAddress":{"aws:SourceIp":"10.0.0.0/33"}}"#, LEGACY, "no such network"),
        (r#"{"IpAddress":{"aws:SourceIp":"localhost"}}"#, LEGACY, "not an address"),
        (r#"{"StringEquals":{"aws:a":"${aws:b"}}"#, SYNTAX, "a variable without end"),
    ];
    for (condition, words, because) in cases {
        let text =
            format!(r#"{{"Effect":"Allow","Action":"*","Resource":"*","Condition":{condition}}}"#);
        assert_eq!(statement(&text, Identity), words, "{condition}: {because}");
    }
}

#[test]
fn every_operator_of_the_language_is_known_with_its_prefixes_and_suffix() {
    let families: [(&str, &[&str], &str); 6] = [
        (
            "String",
            &["Equals", "NotEquals", "EqualsIgnoreCase", "NotEqualsIgnoreCase", "Like", "NotLike"],
            "x",
        ),
        (
            "Numeric",
            &[
                "Equals",
                "NotEquals",
                "LessThan",
                "LessThanEquals",
                "GreaterThan",
                "GreaterThanEquals",
            ],
            "1",
        ),
        (
            "Date",
            &[
                "Equals",
                "NotEquals",
                "LessThan",
                "LessThanEquals",
                "GreaterThan",
                "GreaterThanEquals",
            ],
            "2026-01-01",
        ),
        ("Arn", &["Equals", "Like", "NotEquals", "NotLike"], "arn:aws:ecr:::x"),
        ("Binary", &["Equals"], "QUI="),
        ("", &["Bool"], "true"),
    ];
    let mut operators = vec![("IpAddress".to_owned(), "::1"), ("NotIpAddress".to_owned(), "::1")];
    for (family, words, value) in families {
        operators.extend(words.iter().map(|word| (format!("{family}{word}"), value)));
    }
    assert_eq!(operators.len(), 26);
    for (operator, value) in operators {
        for prefix in ["", "ForAllValues:", "ForAnyValue:"] {
            for suffix in ["", "IfExists"] {
                let text = format!(
                    r#"{{"Effect":"Allow","Action":"*","Resource":"*","Condition":{{"{prefix}{operator}{suffix}":{{"aws:a":"{value}"}}}}}}"#
                );
                assert_eq!(statement(&text, Identity), TAKEN, "{text}");
            }
        }
    }
}

#[test]
fn each_kind_of_document_has_its_own_rules() {
    const TRUST_ACTIONS: &str = "Trust Policy statement actions can only be sts:AssumeRole, sts:AssumeRoleWithSAML, and sts:AssumeRoleWithWebIdentity";
    #[rustfmt::skip]
    let cases = [
        (Trust, r#"{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:AssumeRole"}"#, TAKEN, "the usual"),
        (Trust, r#"{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::123456789012:oidc-provider/x.org"},"Action":["sts:AssumeRoleWithWebIdentity","sts:TagSession"]}"#, TAKEN, "web identity"),
        (Trust, r#"{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:assumerole"}"#, TAKEN, "case does not count"),
        (Trust, r#"{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Resource":"*"}"#, "Has prohibited field Resource.", "the role is the resource"),
        (Trust, r#"{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","NotResource":"*"}"#, "Has prohibited field NotResource.", "the role is the resource"),
        (Trust, r#"{"Effect":"Allow","NotPrincipal":{"AWS":"123456789012"},"Action":"sts:AssumeRole"}"#, "Has prohibited field NotPrincipal.", "trust names"),
        (Trust, r#"{"Effect":"Allow","Action":"sts:AssumeRole"}"#, "Missing required field Principal", "trust names"),
        (Trust, r#"{"Effect":"Allow","Principal":{},"Action":"sts:AssumeRole"}"#, "Missing required field Principal cannot be empty!", "trust names"),
        (Trust, r#"{"Effect":"Allow","Principal":{"AWS":[]},"Action":"sts:AssumeRole"}"#, "Missing required field Principal cannot be empty!", "trust names"),
        (Trust, r#"{"Effect":"Allow","Principal":"*","Action":"ecr:PutImage"}"#, TRUST_ACTIONS, "another action"),
        (Trust, r#"{"Effect":"Allow","Principal":"*","Action":"sts:*"}"#, TRUST_ACTIONS, "a pattern"),
        (Trust, r#"{"Effect":"Allow","Principal":"*","NotAction":"sts:AssumeRole"}"#, TRUST_ACTIONS, "all but"),
        (Repository, r#"{"Sid":"a b","Effect":"Allow","Principal":"*","Action":"ecr:*"}"#, TAKEN, "no resource, any sid"),
        (Repository, r#"[{"Sid":"a","Effect":"Allow","Principal":"*","Action":"ecr:*"},{"Sid":"a","Effect":"Allow","Principal":"*","Action":"ecr:*"}]"#, TAKEN, "a sid twice"),
        (Repository, r#"{"Effect":"Allow","Principal":"*","Action":"ecr:*","Resource":"*"}"#, TAKEN, "a resource"),
        (Repository, r#"{"Effect":"Deny","NotPrincipal":{"AWS":"123456789012"},"Action":"ecr:*"}"#, TAKEN, "all but"),
        (Repository, r#"{"Effect":"Allow","Action":"ecr:*"}"#, "Missing required field Principal", "for whom?"),
        (Repository, r#"{"Effect":"Allow","Principal":"*","Action":"ecr:*","Resource":[]}"#, "Policy statement must contain resources.", "an empty list"),
        (Registry, r#"{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"ecr:ReplicateImage","Resource":"arn:aws:ecr:us-east-1:123456789012:repository/*"}"#, TAKEN, "replication"),
        (Registry, r#"{"Effect":"Allow","Principal":"*","Action":"ecr:*","Resource":"*"}"#, TAKEN, "everything of ecr"),
        (Registry, r#"{"Effect":"Allow","Principal":"*","Action":"ecr:*"}"#, "Policy statement must contain resources.", "to what?"),
        (Registry, r#"{"Effect":"Allow","Action":"ecr:*","Resource":"*"}"#, "Missing required field Principal", "for whom?"),
        (Registry, r#"{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"*"}"#, "Registry policy statement actions can only be those of ecr", "another service"),
    ];
    for (kind, text, words, because) in cases {
        assert_eq!(statement(text, kind), words, "{kind:?} {text}: {because}");
        // Only what IAM keeps for identities must be of 2012.
        let old = refusal(&format!(r#"{{"Version":"2008-10-17","Statement":{text}}}"#), kind);
        assert_eq!(old, words, "{kind:?} {text} in 2008: {because}");
    }
}

#[test]
fn a_document_tells_what_it_says() {
    let text = "{\"Version\": \"2012-10-17\", \"Id\": \"é\", \"Statement\": [\n  {\"Sid\": \"One\", \"Effect\": \"Allow\",\n   \"Action\": \"*\", \"Resource\": \"arn:aws:ecr:*:*:${aws:username}\"}, {\"Effect\": \"Deny\",\n \"Action\": \"*\", \"Resource\": \"*\", \"Condition\": {\"StringLike\": {\"aws:X\": \"${aws:UserName}\"}}}\n]}";
    let document = Document::parse(text, Identity).unwrap();
    assert_eq!((document.kind(), document.version()), (Identity, Version::V2012));
    assert_eq!(document.id(), Some("é"));
    assert_eq!(document.context_keys(), ["aws:username", "aws:X"]);
    let [one, two] = document.statements() else { panic!("two statements") };
    assert_eq!((one.sid(), one.effect()), (Some("One"), Effect::Allow));
    assert_eq!((two.sid(), two.effect()), (None, Effect::Deny));
    assert_eq!(one.span().start, Position { line: 2, column: 3 });
    assert_eq!(one.span().end, Position { line: 3, column: 65 });
    assert_eq!(two.span().start, Position { line: 3, column: 67 });
    assert_eq!(two.span().end.line, 4);
}

#[test]
fn size_counts_no_white_space() {
    assert_eq!(size(" {\t\"é\" :\r\n1 }"), 7);
}

#[test]
fn strangers_words_are_repeated_where_aws_does() {
    let partition = Malformed::Partition { partition: "x".into(), resource: "arn:x:y".into() };
    assert_eq!(partition.to_string(), "Partition \"x\" is not valid for resource \"arn:x:y\".");
}
