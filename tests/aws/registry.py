"""The registry as a whole: who gets in, what it is set to, and what it cannot do yet."""

import datetime
import json
import re

import botocore.session
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.exceptions import ClientError
from scenario import ACCOUNT, ENDPOINT, REGION, client, decoded_token, http, refused, run, scenario

TARGET = "AmazonEC2ContainerRegistry_V20150921."

IMPLEMENTED = {
    "BatchCheckLayerAvailability",
    "BatchDeleteImage",
    "BatchGetImage",
    "BatchGetRepositoryScanningConfiguration",
    "CompleteLayerUpload",
    "CreatePullThroughCacheRule",
    "CreateRepository",
    "CreateRepositoryCreationTemplate",
    "DeleteLifecyclePolicy",
    "DeletePullThroughCacheRule",
    "DeleteRegistryPolicy",
    "DeleteRepository",
    "DeleteRepositoryCreationTemplate",
    "DeleteRepositoryPolicy",
    "DeregisterPullTimeUpdateExclusion",
    "DescribeImageScanFindings",
    "DescribeImages",
    "DescribePullThroughCacheRules",
    "DescribeRegistry",
    "DescribeRepositories",
    "DescribeRepositoryCreationTemplates",
    "GetAccountSetting",
    "GetAuthorizationToken",
    "GetDownloadUrlForLayer",
    "GetLifecyclePolicy",
    "GetLifecyclePolicyPreview",
    "GetRegistryPolicy",
    "GetRegistryScanningConfiguration",
    "GetRepositoryPolicy",
    "InitiateLayerUpload",
    "ListImageReferrers",
    "ListImages",
    "ListPullTimeUpdateExclusions",
    "ListTagsForResource",
    "PutAccountSetting",
    "PutImage",
    "PutImageScanningConfiguration",
    "PutImageTagMutability",
    "PutLifecyclePolicy",
    "PutRegistryPolicy",
    "PutRegistryScanningConfiguration",
    "RegisterPullTimeUpdateExclusion",
    "SetRepositoryPolicy",
    "StartImageScan",
    "StartLifecyclePolicyPreview",
    "TagResource",
    "UntagResource",
    "UpdateImageStorageClass",
    "UpdatePullThroughCacheRule",
    "UpdateRepositoryCreationTemplate",
    "UploadLayerPart",
    "ValidatePullThroughCacheRule",
}


def post(target, body=b"{}", signed=True):
    """A call of the AWS API made by hand."""
    headers = {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": target}
    request = AWSRequest("POST", ENDPOINT + "/", headers, body)
    if signed:
        SigV4Auth(botocore.session.get_session().get_credentials(), "ecr", REGION).add_auth(request)
    return http("POST", ENDPOINT + "/", body, request.headers.items())


# What a member takes that is more than any short word.
TEXTS = {
    "repositoryName": "web",
    "lifecyclePolicyText": json.dumps({"rules": []}).ljust(100),
    "principalArn": f"arn:aws:iam::{ACCOUNT}:role/reader",
    "registryId": ACCOUNT,
    "region": REGION,
    "replicationBackfillId": "00000000-0000-4000-8000-000000000000",
}


def sample(shape, name=""):
    """The smallest input that a shape of the service's model allows."""
    match shape.type_name:
        case "structure":
            return {member: sample(shape.members[member], member) for member in shape.required_members}
        case "list":
            return [sample(shape.member, name) for _ in range(shape.metadata.get("min", 0))]
        case "string":
            return TEXTS.get(name) or (shape.enum[0] if shape.enum else "word")
    return {"boolean": True, "integer": 1, "long": 1, "map": {}, "blob": b"x"}[shape.type_name]


def assert_not_yet(operation, error):
    assert re.search("not( yet)? implemented", error["Message"]), (operation, error)
    assert operation in error["Message"], (operation, error)
    assert re.fullmatch("[A-Za-z]+", error["Code"]), (operation, error)


@scenario
def a_token_opens_the_oci_door_for_twelve_hours(registry):
    [granted] = registry.ecr.get_authorization_token()["authorizationData"]
    left = granted["expiresAt"] - datetime.datetime.now(datetime.timezone.utc)
    assert datetime.timedelta(hours=11, minutes=50) < left <= datetime.timedelta(hours=12), left
    assert granted["proxyEndpoint"].startswith("http"), granted["proxyEndpoint"]
    user, password = decoded_token(registry)
    assert user == "AWS" and 0 < len(password) < 2000, (user, len(password))
    answer = registry.door("GET", "")
    assert answer.status == 200, answer.status
    assert answer.headers["Docker-Distribution-Api-Version"] == "registry/2.0", answer.headers


@scenario
def the_oci_door_is_shut_without_a_token(registry):
    middle = len(registry.authorization) // 2
    swapped = "A" if registry.authorization[middle] != "A" else "B"
    tampered = registry.authorization[:middle] + swapped + registry.authorization[middle + 1 :]
    for authorization in (None, "Basic QVdTOndyb25n", "Bearer x", "Basic !", tampered):
        headers = {"Authorization": authorization} if authorization else {}
        answer = http("GET", f"{ENDPOINT}/v2/", headers=headers)
        assert answer.status == 401, (authorization and authorization[:20], answer.status)
        assert answer.headers["Www-Authenticate"].startswith("Basic realm="), answer.headers


@scenario
def the_aws_door_tells_apart_who_may_not_come_in(registry):
    for made_with, code in (
        ({"aws_secret_access_key": "wrong" * 8}, "InvalidSignatureException"),
        ({"aws_access_key_id": "AKIAEXAMPLENOSUCHKEY", "aws_secret_access_key": "x" * 40}, "UnrecognizedClientException"),
    ):
        stranger = client(**({"aws_access_key_id": registry.ecr._get_credentials().access_key} | made_with))
        try:
            stranger.describe_repositories()
        except ClientError as error:
            assert error.response["Error"]["Code"] == code, error.response
        else:
            raise AssertionError(f"{code} was due")
    answer = post(TARGET + "DescribeRepositories", signed=False)
    assert answer.json()["__type"] == "MissingAuthenticationTokenException", answer.body
    assert 400 <= answer.status <= 403, answer.status


@scenario
def a_call_that_makes_no_sense_is_answered_well_formed(registry):
    cases = [
        (TARGET + "DescribeRepositoriez", b"{}", "UnknownOperationException"),
        ("Nonsense", b"{}", "UnknownOperationException"),
        (TARGET + "DescribeRepositories", b"{", "SerializationException"),
        (TARGET + "DescribeRepositories", b'{"maxResults": "many"}', "SerializationException"),
    ]
    for target, body, code in cases:
        answer = post(target, body)
        assert answer.json()["__type"] == code, (target, body, answer.body)
        assert answer.headers["Content-Type"] == "application/x-amz-json-1.1", answer.headers
        assert answer.headers["x-amzn-RequestId"], answer.headers


@scenario
def the_registry_describes_itself(registry):
    answer = registry.ecr.describe_registry()
    metadata = answer.pop("ResponseMetadata")
    assert answer == {"registryId": ACCOUNT, "replicationConfiguration": {"rules": []}}, answer
    assert re.fullmatch("[0-9a-f-]{36}", metadata["RequestId"]), metadata


@scenario
def account_settings_have_defaults_and_can_be_put(registry):
    cases = [
        # name                      default       another
        ("BASIC_SCAN_TYPE_VERSION", "AWS_NATIVE", "AWS_NATIVE"),
        ("REGISTRY_POLICY_SCOPE",   "V2",         "V2"),
        # ECR's default is DISABLED; ours is what the distribution specification wants.
        ("BLOB_MOUNTING",           "ENABLED",    "DISABLED"),
    ]
    for name, default, another in cases:
        got = lambda: registry.ecr.get_account_setting(name=name)
        assert (got()["name"], got()["value"]) == (name, default), got()
        put = registry.ecr.put_account_setting(name=name, value=another)
        assert (put["name"], put["value"]) == (name, another), put
        assert got()["value"] == another, got()
        registry.ecr.put_account_setting(name=name, value=default)
    # ECR has withdrawn it.
    with refused("InvalidParameterException"):
        registry.ecr.put_account_setting(name="REGISTRY_POLICY_SCOPE", value="V1")


@scenario
def layers_are_mounted_unless_the_registry_is_set_not_to(registry):
    registry.create("mount/from")
    registry.create("mount/to")
    digest = registry.push_layer("mount/from", b"mounted")
    for value, status, there in (("DISABLED", 202, False), ("ENABLED", 201, True)):
        registry.ecr.put_account_setting(name="BLOB_MOUNTING", value=value)
        answer = registry.door("POST", f"mount/to/blobs/uploads/?mount={digest}&from=mount/from")
        assert answer.status == status, (value, answer.status, answer.body)
        assert registry.has_layer("mount/to", digest) == there, value


@scenario
def an_account_setting_that_is_none_is_refused(registry):
    calls = [
        lambda: registry.ecr.get_account_setting(name="NO_SUCH_SETTING"),
        lambda: registry.ecr.put_account_setting(name="NO_SUCH_SETTING", value="ENABLED"),
        lambda: registry.ecr.put_account_setting(name="BLOB_MOUNTING", value="SOMETIMES"),
    ]
    for call in calls:
        try:
            call()
        except ClientError as error:
            code = error.response["Error"]["Code"]
            assert code in ("InvalidParameterException", "ValidationException"), error.response
        else:
            raise AssertionError("an unknown setting was taken")


@scenario
def what_is_not_implemented_says_so(registry):
    registry.create("web")
    model = registry.ecr.meta.service_model
    assert IMPLEMENTED < set(model.operation_names), IMPLEMENTED - set(model.operation_names)
    for operation in sorted(set(model.operation_names) - IMPLEMENTED):
        shape = model.operation_model(operation).input_shape
        try:
            registry.ecr._make_api_call(operation, sample(shape) if shape else {})
        except ClientError as error:
            assert_not_yet(operation, error.response["Error"])
        else:
            raise AssertionError(f"{operation} answered: is it implemented now?")


run()
