//! Headers and bodies, byte for byte.

use wire::aws::json::{self, DEPTH_MAX, VALUES_MAX};
use wire::aws::{ErrorType, FrontDoor, Operation, WireRefusal, ecr, ecr_public, kms};

#[test]
fn targets() {
    let put_image = Operation::Ecr(ecr::Operation::PutImage);
    let encrypt = Operation::Kms(kms::Operation::Encrypt);
    let public = Operation::EcrPublic(ecr_public::Operation::PutImage);
    #[rustfmt::skip]
    let cases = [
        // header                                             operation        because
        ("AmazonEC2ContainerRegistry_V20150921.PutImage",     Some(put_image), "private"),
        ("SpencerFrontendService.PutImage",                   Some(public),    "public"),
        ("SpencerFrontendService.PutLifecyclePolicy",         None,            "public has no such operation"),
        ("AmazonEC2ContainerRegistry_V20150921.putImage",     None,            "case counts"),
        ("AmazonEC2ContainerRegistry_V20150921.PutImage.",    None,            "nothing may follow"),
        ("amazonec2containerregistry_v20150921.PutImage",     None,            "case counts in the service too"),
        ("AmazonEC2ContainerRegistry_V20150921",              None,            "no operation"),
        ("PutImage",                                          None,            "no service"),
        ("TrentService.Encrypt",                              Some(encrypt),   "KMS"),
        ("DynamoDB_20120810.PutItem",                         None,            "another service"),
        ("",                                                  None,            "no header"),
    ];
    for (header, operation, because) in cases {
        let found = json::target(header);
        assert_eq!(found.clone().ok(), operation, "{header}: {because}");
        if let Err(refusal) = found {
            let name = "UnknownOperationException";
            assert_eq!(refusal.kind(), ErrorType { name, status: 400 });
        }
    }
}

#[test]
fn bodies_that_are_no_input_are_refused() {
    let deep = "[".repeat(100_000);
    let nested = |depth: usize| format!("{{\"x\":{}{}}}", "[".repeat(depth), "]".repeat(depth));
    let wide = format!("{{\"x\":[{}0]}}", "0,".repeat(VALUES_MAX));
    let (too_deep, deep_enough) = (nested(DEPTH_MAX), nested(DEPTH_MAX - 1));
    let json = Some("The request body is not valid JSON");
    let bound = Some("The request body nests too deeply or holds too many values");
    #[rustfmt::skip]
    let cases: &[(&[u8], Option<&str>, &str)] = &[
        // body                        refused  because
        (b"",                          None,    "an empty body counts as {}"),
        (b" {} ",                      None,    "white space surrounds"),
        (deep_enough.as_bytes(),       None,    "as deep as may be"),
        (b" ",                         json,    "white space alone is no document"),
        (b"{",                         json,    "cut off"),
        (b"{}x",                       json,    "something follows"),
        (b"{}{}",                      json,    "a second document follows"),
        (b"{'a':1}",                   json,    "single quotes"),
        (b"{\"a\":1,}",                json,    "a comma too many"),
        (b"{\"a\":01}",                json,    "a leading nought"),
        (b"{\"a\":1e999}",             json,    "a number beyond all numbers"),
        (b"{\"a\":NaN}",               json,    "not a number"),
        (b"{\"a\":\"\xff\"}",          json,    "not UTF-8"),
        (b"{\"a\":\"\\ud800\"}",       json,    "half a surrogate pair"),
        (b"{\"a\":\"\n\"}",            json,    "a bare line end in a text"),
        (b"\xef\xbb\xbf{}",            json,    "a byte order mark"),
        (b"Action=ListImages",         json,    "another protocol"),
        (deep.as_bytes(),              bound,   "a tower of brackets"),
        (too_deep.as_bytes(),          bound,   "one level too deep"),
        (wide.as_bytes(),              bound,   "too many values"),
        (b"[]",                        Some("Start of list found where not expected"), "a list"),
        (b"null",                      Some("Unexpected field type"), "no structure"),
    ];
    for (body, refused, because) in cases {
        let read = json::read::<ecr::DescribeRegistryRequest>(body);
        let text = read.as_ref().err().map(WireRefusal::message);
        assert_eq!(text, *refused, "{because}");
        if let Err(refusal) = read {
            assert_eq!(refusal.kind(), FrontDoor::Serialization.into());
        }
    }
}

#[test]
fn a_body_becomes_a_typed_input() {
    let body = br#"{
        "registryId": "123456789012", "repositoryName": "first", "repositoryName": "web",
        "uploadId": "0f0f0f0f-0000-0000-0000-000000000000", "partFirstByte": 0, "partLastByte": 3,
        "layerPartBlob": "AAEC/w==", "unheard": {"of": []}
    }"#;
    let input = json::read::<ecr::UploadLayerPartRequest>(body).unwrap();
    let expected = ecr::UploadLayerPartRequest {
        registry_id: Some("123456789012".to_owned()),
        repository_name: "web".to_owned(),
        upload_id: "0f0f0f0f-0000-0000-0000-000000000000".to_owned(),
        part_first_byte: 0,
        part_last_byte: 3,
        layer_part_blob: vec![0, 1, 2, 255],
    };
    let because = "of two members with one name the last counts";
    assert_eq!(format!("{input:?}"), format!("{expected:?}"), "{because}");
}

#[test]
fn an_optional_blob_is_read() {
    let read = |body: &str| {
        let input = json::read::<ecr_public::CreateRepositoryRequest>(body.as_bytes()).unwrap();
        input.catalog_data.and_then(|catalog| catalog.logo_image_blob)
    };
    let with = r#"{"repositoryName":"web","catalogData":{"logoImageBlob":"aGk="}}"#;
    assert_eq!(read(with).as_deref(), Some("hi".as_bytes()));
    assert_eq!(read(r#"{"repositoryName":"web","catalogData":{}}"#), None);
}

#[test]
fn an_output_leaves_out_what_is_absent() {
    let output = ecr::DescribeImagesResponse {
        image_details: Some(vec![ecr::ImageDetail {
            repository_name: Some("web".to_owned()),
            image_pushed_at: Some(1_700_000_000.125),
            image_size_in_bytes: Some(1620),
            image_status: Some(ecr::ImageStatus::Active),
            ..ecr::ImageDetail::default()
        }]),
        next_token: None,
    };
    let body = r#"{"imageDetails":[{"repositoryName":"web","imageSizeInBytes":1620,"imagePushedAt":1700000000.125,"imageStatus":"ACTIVE"}]}"#;
    assert_eq!(String::from_utf8(json::write(&output)).unwrap(), body);
    assert_eq!(json::write(&ecr::TagResourceResponse {}), b"{}");
    let tag = ecr::Tag { key: "team".to_owned(), value: String::new() };
    assert_eq!(json::write(&tag), br#"{"Key":"team","Value":""}"#);
}

#[test]
fn a_time_is_a_number_with_a_fraction() {
    let at = |seconds| {
        let output = ecr::AuthorizationData { expires_at: Some(seconds), ..Default::default() };
        String::from_utf8(json::write(&output)).unwrap()
    };
    assert_eq!(at(1_700_000_000.0), r#"{"expiresAt":1700000000.0}"#);
    assert_eq!(at(1_700_000_000.001), r#"{"expiresAt":1700000000.001}"#);
    assert_eq!(at(4_102_444_800.999_999), r#"{"expiresAt":4102444800.999999}"#);
}

#[test]
fn a_credential_is_not_shown_by_debug() {
    let token = Some("secret".to_owned());
    let output = ecr::AuthorizationData { authorization_token: token, ..Default::default() };
    assert_eq!(format!("{output:?}"), "AuthorizationData { .. }");
    assert_eq!(json::write(&output), br#"{"authorizationToken":"secret"}"#);
}

#[test]
fn an_error_is_its_name_its_text_and_its_members() {
    let plain = WireRefusal::new(ecr::Exception::RepositoryNotFound, "no 'web'");
    let body = br#"{"__type":"RepositoryNotFoundException","message":"no 'web'"}"#;
    assert_eq!((json::write_error(&plain), plain.status()), (body.to_vec(), 400));

    let part = WireRefusal::new(ecr::Exception::InvalidLayerPart, "out of order").with(
        &ecr::InvalidLayerPartException {
            registry_id: Some("123456789012".to_owned()),
            repository_name: Some("web".to_owned()),
            upload_id: Some("1".to_owned()),
            last_valid_byte_received: Some(99),
        },
    );
    let body = r#"{"__type":"InvalidLayerPartException","message":"out of order","lastValidByteReceived":99,"registryId":"123456789012","repositoryName":"web","uploadId":"1"}"#;
    assert_eq!(String::from_utf8(json::write_error(&part)).unwrap(), body);

    assert_eq!(ecr::Exception::Server.status(), 500);
    assert_eq!(ecr_public::Exception::UnsupportedCommand.name(), "UnsupportedCommandException");
    assert_eq!(FrontDoor::AccessDenied.status(), 400);
}

#[test]
fn a_body_has_room_for_its_largest_member() {
    let room = |name| {
        let header = format!("AmazonEC2ContainerRegistry_V20150921.{name}");
        json::target(&header).unwrap().spec().body_bytes_max()
    };
    assert!(room("UploadLayerPart") > 20_971_520 / 3 * 4);
    assert!(room("UploadLayerPart") < 32 << 20);
    assert!(room("PutImage") > 4_194_304);
    assert!((1 << 20..2 << 20).contains(&room("ListImages")));
}

#[test]
fn pages_are_known_where_clients_page() {
    let pages = ecr::Operation::DescribeImageScanFindings.spec().pagination.as_ref().unwrap();
    assert_eq!(
        (pages.input_token, pages.output_token, pages.limit_key),
        ("nextToken", "nextToken", "maxResults")
    );
    let keys = ["imageScanFindings.findings", "imageScanFindings.enhancedFindings"];
    assert_eq!(pages.result_keys, keys);
    assert!(ecr::Operation::PutImage.spec().pagination.is_none());
}
