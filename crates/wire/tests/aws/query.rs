//! Forms and their answers, byte for byte.

use wire::aws::query::{self, BODY_BYTES_MAX, FAULT_NAMESPACE, Form, PAIRS_MAX};
use wire::aws::schema::Nothing;
use wire::aws::{ErrorType, Operation, QueryDoor, Service, WireRefusal, iam, sts};

const IAM: &str = "Version=2010-05-08";

fn create_user(parameters: &str) -> Result<iam::CreateUserRequest, WireRefusal> {
    let body = format!("Action=CreateUser&{IAM}&{parameters}");
    Form::parse(body.as_bytes())?.read()
}

#[test]
fn operations_are_named_by_action_and_version() {
    let create_user = Ok(Operation::Iam(iam::Operation::CreateUser));
    let identity = Ok(Operation::Sts(sts::Operation::GetCallerIdentity));
    let unknown = |action: &str, version: &str| {
        let text = format!("Could not find operation {action} for version {version}");
        Err(("InvalidAction", text))
    };
    let missing = "The request is missing an action or a required parameter.".to_owned();
    let missing = Err(("MissingAction", missing));
    #[rustfmt::skip]
    let cases = [
        // form operation or refusal because
        ("Action=CreateUser&Version=2010-05-08",           create_user.clone(),                             "IAM"),
        ("Version=2010-05-08&Action=CreateUser&UserName=", create_user.clone(),                             "order does not count"),
        ("Action=Create%55ser&Version=2010%2D05-08",       create_user,                                     "names are decoded"),
        ("Action=GetCallerIdentity&Version=2011-06-15",    identity,                                        "STS"),
        ("Action=GetCallerIdentity&Version=2010-05-08",    unknown("GetCallerIdentity", "2010-05-08"),      "not of this service"),
        ("Action=CreateSAMLProvider&Version=2010-05-08",   unknown("CreateSAMLProvider", "2010-05-08"),     "not served"),
        ("Action=createuser&Version=2010-05-08",           unknown("createuser", "2010-05-08"),             "case counts"),
        ("Action=CreateUser&Version=2015-01-01",           unknown("CreateUser", "2015-01-01"),             "no such version"),
        ("Action=CreateUser",                              unknown("CreateUser", "NO_VERSION_SPECIFIED"),   "no version"),
        ("Action=CreateUser&Action=X&Version=2010-05-08",  unknown("X", "2010-05-08"),                      "the last counts"),
        ("Action=&Version=2010-05-08",                     missing.clone(),                                 "an empty name"),
        ("",                                               missing,                                         "nothing"),
    ];
    for (body, expected, because) in cases {
        let found = Form::parse(body.as_bytes()).expect("a form").operation();
        let told = found.map_err(|refusal| (refusal.kind().name, refusal.message().to_owned()));
        assert_eq!(told, expected, "{body}: {because}");
    }
}

#[test]
fn a_form_becomes_a_typed_input() {
    let input = create_user(
        "UserName=alice&Path=%2Fteam%2F&Tags.member.2.Key=b&Tags.member.2.Value=%C3%A9+%2B&\
         Tags.member.1.Key=a&Tags.member.1.Value=&Unheard.member.1.Of=x&Tags.member.10.Key=c&\
         Tags.member.10.Value=z",
    )
    .unwrap();
    let tag = |key: &str, value: &str| iam::Tag { key: key.into(), value: value.into() };
    let expected = iam::CreateUserRequest {
        path: Some("/team/".to_owned()),
        user_name: "alice".to_owned(),
        permissions_boundary: None,
        tags: Some(vec![tag("a", ""), tag("b", "é +"), tag("c", "z")]),
    };
    let because = "elements come in the order of their numbers";
    assert_eq!(format!("{input:?}"), format!("{expected:?}"), "{because}");

    let assume = "Action=AssumeRole&Version=2011-06-15&RoleSessionName=ci&DurationSeconds=900&\
                  RoleArn=arn:aws:iam::123456789012:role/pull&PolicyArns.member.1.arn=\
                  arn:aws:iam::aws:policy/ReadOnly&TransitiveTagKeys=";
    let input: sts::AssumeRoleRequest = Form::parse(assume.as_bytes()).unwrap().read().unwrap();
    assert_eq!(input.duration_seconds, Some(900));
    let arns = input.policy_arns.unwrap();
    assert_eq!(arns[0].arn.as_deref(), Some("arn:aws:iam::aws:policy/ReadOnly"));
    assert_eq!(input.transitive_tag_keys, Some(vec![]), "a name without a value is an empty list");

    let nothing = Form::parse(b"Action=GetAccountSummary&Version=2010-05-08&X=1").unwrap();
    assert_eq!(nothing.read(), Ok(Nothing {}));
}

#[test]
fn forms_that_are_no_input_are_refused() {
    let malformed = |text: &str| ("MalformedInput", text.to_owned());
    let invalid = |text: &str| ("ValidationError", text.to_owned());
    let long = "a".repeat(65);
    let two = format!(
        "2 validation errors detected: Value 'x' at 'path' failed to satisfy constraint: Member must \
         satisfy regular expression pattern: (\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F); Value '{long}' \
         at 'userName' failed to satisfy constraint: Member must have length less than or equal to 64"
    );
    #[rustfmt::skip]
    let cases = [
        // parameters                         refused
        (String::new(),                       invalid("1 validation error detected: Value null at 'userName' failed to satisfy constraint: Member must not be null")),
        ("UserName=a b".to_owned(),           invalid(r"1 validation error detected: Value 'a b' at 'userName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\w+=,.@-]+")),
        ("UserName=%3Cb%3E".to_owned(),       invalid(r"1 validation error detected: Value '<b>' at 'userName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\w+=,.@-]+")),
        (format!("Path=x&UserName={long}"),   invalid(&two)),
        ("UserName=a&Tags.member.1.Key=k".to_owned(), invalid("1 validation error detected: Value null at 'tags.1.member.value' failed to satisfy constraint: Member must not be null")),
        ("UserName=a&Tags.member.7.Key=&Tags.member.7.Value=".to_owned(), invalid("2 validation errors detected: Value '' at 'tags.1.member.key' failed to satisfy constraint: Member must have length greater than or equal to 1; Value '' at 'tags.1.member.key' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+")),
        ("UserName.member.1=a".to_owned(),    malformed("Start of structure or map found where not expected.")),
        ("UserName=a&Tags=x".to_owned(),      malformed("Unexpected field type")),
        ("UserName=a&Tags.member.x.Key=a".to_owned(), malformed("Key of a list element is not a number")),
        ("UserName=a&Tags.member.-1.Key=a".to_owned(), malformed("Key of a list element is not a number")),
        ("UserName=a&Tags.member.99999999999.Key=a".to_owned(), malformed("Key of a list element is not a number")),
        ("UserName=a&Tags.member.1=a".to_owned(), malformed("Unexpected field type")),
        ("UserName=%ff".to_owned(),           malformed("The form is not valid UTF-8")),
        ("%ff=a".to_owned(),                  malformed("The form is not valid UTF-8")),
        ("&".repeat(PAIRS_MAX),               malformed("The form holds too many parameters")),
        ("a".repeat(BODY_BYTES_MAX),          malformed("The form is too long")),
    ];
    for (parameters, expected) in cases {
        let refusal = create_user(&parameters).unwrap_err();
        assert_eq!((refusal.kind().name, refusal.message().to_owned()), expected);
        assert_eq!(refusal.status(), 400);
    }
}

#[test]
fn scalars_are_of_their_types() {
    let number = |text: &str| format!("Action=ListUsers&{IAM}&MaxItems={text}");
    let refused =
        |text: &str, wanted: &str| Err(format!("{text} can not be converted to {wanted}"));
    let least = "1 validation error detected: Value '0' at 'maxItems' failed to satisfy constraint: \
                 Member must have value greater than or equal to 1";
    #[rustfmt::skip]
    let cases = [
        ("7",          Ok(Some(7)),                              "a number"),
        ("0",          Err(least.to_owned()),                    "too small a number"),
        ("",           refused("STRING_VALUE", "an Integer"),    "nothing"),
        ("1.0",        refused("STRING_VALUE", "an Integer"),    "a fraction"),
        ("abc",        refused("STRING_VALUE", "an Integer"),    "a word"),
        ("2147483648", refused("STRING_VALUE", "an Integer"),    "beyond 32 bits"),
    ];
    for (text, expected, because) in cases {
        let body = number(text);
        let read = Form::parse(body.as_bytes()).unwrap().read::<iam::ListUsersRequest>();
        let read = read.map(|input| input.max_items);
        assert_eq!(read.map_err(|refusal| refusal.message().to_owned()), expected, "{because}");
    }
    let body = format!("Action=ListPolicies&{IAM}&OnlyAttached=maybe&Scope=None");
    let read = Form::parse(body.as_bytes()).unwrap().read::<iam::ListPoliciesRequest>();
    assert_eq!(read.unwrap_err().message(), "STRING_VALUE can not be converted to a Boolean");
    let body = format!("Action=ListPolicies&{IAM}&OnlyAttached=true&Scope=None");
    let read = Form::parse(body.as_bytes()).unwrap().read::<iam::ListPoliciesRequest>();
    assert_eq!(
        read.unwrap_err().message(),
        "1 validation error detected: Value 'None' at 'scope' failed to satisfy constraint: \
         Member must satisfy enum value set: [All, AWS, Local]"
    );
}

#[test]
fn a_secret_is_not_repeated() {
    let body = "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&WebIdentityToken=abc&\
                RoleSessionName=ci&RoleArn=arn:aws:iam::123456789012:role/pull";
    let form = Form::parse(body.as_bytes()).unwrap();
    let refusal = form.read::<sts::AssumeRoleWithWebIdentityRequest>().unwrap_err();
    assert_eq!(
        refusal.message(),
        "1 validation error detected: Value at 'webIdentityToken' failed to satisfy constraint: \
         Member must have length greater than or equal to 4"
    );
    assert!(!format!("{form:?}").contains("abc"), "{form:?}");
    let body = body.replace("=abc", "=abcd");
    let input = Form::parse(body.as_bytes())
        .unwrap()
        .read::<sts::AssumeRoleWithWebIdentityRequest>()
        .unwrap();
    assert_eq!(format!("{input:?}"), "AssumeRoleWithWebIdentityRequest { .. }");
}

fn text(body: Vec<u8>) -> String {
    String::from_utf8(body).expect("answers are UTF-8")
}

#[test]
fn an_answer_is_xml() {
    let user = iam::User {
        path: "/".to_owned(),
        user_name: "a<b>&'\"\u{0}\r\n]]>".to_owned(),
        user_id: "AIDA".to_owned(),
        arn: "arn:aws:iam::123456789012:user/a".to_owned(),
        create_date: 1_795_272_326.25,
        password_last_used: None,
        permissions_boundary: None,
        tags: Some(vec![iam::Tag { key: "k".to_owned(), value: String::new() }]),
    };
    let output = iam::CreateUserResponse { user: Some(user) };
    let body = query::write(Operation::Iam(iam::Operation::CreateUser), &output, &"id");
    let expected = "\
<CreateUserResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">
  <CreateUserResult>
    <User>
      <Path>/</Path>
      <UserName>a&lt;b&gt;&amp;'\"\u{fffd}&#xD;
]]&gt;</UserName>
      <UserId>AIDA</UserId>
      <Arn>arn:aws:iam::123456789012:user/a</Arn>
      <CreateDate>2026-11-21T14:45:26Z</CreateDate>
      <Tags>
        <member>
          <Key>k</Key>
          <Value/>
        </member>
      </Tags>
    </User>
  </CreateUserResult>
  <ResponseMetadata>
    <RequestId>id</RequestId>
  </ResponseMetadata>
</CreateUserResponse>
";
    assert_eq!(text(body), expected);
}

#[test]
fn lists_maps_and_nothing_are_written() {
    let output = iam::ListUsersResponse { users: vec![], is_truncated: Some(false), marker: None };
    let body = text(query::write(Operation::Iam(iam::Operation::ListUsers), &output, &"id"));
    let inside = "  <ListUsersResult>\n    <Users/>\n    <IsTruncated>false</IsTruncated>\n  </ListUsersResult>\n";
    assert!(body.contains(inside), "{body}");

    let summary = [(iam::SummaryKeyType::Users, 1), (iam::SummaryKeyType::UsersQuota, 5000)];
    let output = iam::GetAccountSummaryResponse { summary_map: Some(summary.into()) };
    let body =
        text(query::write(Operation::Iam(iam::Operation::GetAccountSummary), &output, &"id"));
    let entry = "      <entry>\n        <key>UsersQuota</key>\n        <value>5000</value>\n      </entry>\n";
    assert!(body.contains(entry), "{body}");

    let body = text(query::write(Operation::Iam(iam::Operation::DeleteUser), &(), &"id"));
    let expected = "<DeleteUserResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">\n  \
                    <ResponseMetadata>\n    <RequestId>id</RequestId>\n  </ResponseMetadata>\n\
                    </DeleteUserResponse>\n";
    assert_eq!(body, expected);
}

#[test]
fn an_error_says_whose_doing_it_is() {
    let refusal = WireRefusal::new(iam::Exception::NoSuchEntity, "no <user>");
    assert_eq!(refusal.kind(), ErrorType { name: "NoSuchEntity", status: 404 });
    let body = text(query::write_error(Some(Service::Iam), &refusal, &"id"));
    let expected = "<ErrorResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">\n  <Error>\n    \
                    <Type>Sender</Type>\n    <Code>NoSuchEntity</Code>\n    \
                    <Message>no &lt;user&gt;</Message>\n  </Error>\n  <RequestId>id</RequestId>\n\
                    </ErrorResponse>\n";
    assert_eq!(body, expected);

    let fault = WireRefusal::new(QueryDoor::InternalFailure, "");
    let body = text(query::write_error(None, &fault, &"id"));
    assert!(body.contains("<Type>Receiver</Type>"), "{body}");
    assert!(body.contains(FAULT_NAMESPACE), "{body}");
    assert!(body.contains("<Message/>"), "{body}");
    assert_eq!(iam::Exception::ServiceFailure.status(), 500);
    assert_eq!(sts::Exception::IDPRejectedClaim.kind().status, 403);
}

#[test]
fn credentials_are_not_shown_by_debug() {
    let credentials = sts::Credentials {
        access_key_id: "ASIA".to_owned(),
        secret_access_key: "secret".to_owned(),
        session_token: "token".to_owned(),
        expiration: 0.0,
    };
    let output = sts::AssumeRoleResponse { credentials: Some(credentials), ..Default::default() };
    let shown = "credentials: Some(Credentials { .. })";
    assert!(format!("{output:?}").contains(shown));
}

#[test]
fn documents_are_escaped_as_iam_escapes_them() {
    let escaped = query::escaped_document("{\"a\": \"é*~\"}");
    assert_eq!(escaped, "%7B%22a%22%3A%20%22%C3%A9%2A~%22%7D");
}
