"""Secrets Manager: secrets made, read, changed, listed, shared, deleted and restored."""

import json
import uuid

from audit_records import recorded
from people import Account, policy, statement, user_arn
from scenario import ACCOUNT, REGION, client, refused, run, scenario

secrets = client("secretsmanager")
account = Account()

ARN = f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:"
VALUE = json.dumps({"username": "me", "accessToken": "not to be seen anywhere"})


def delete(name):
    secrets.delete_secret(SecretId=name, ForceDeleteWithoutRecovery=True)


@scenario
def a_secret_is_made_read_changed_and_deleted(_registry):
    name = "ecr-pullthroughcache/boto3"
    made = secrets.create_secret(Name=name, Description="for a cache", SecretString=VALUE, Tags=[{"Key": "a", "Value": "b"}])
    arn = made["ARN"]
    assert arn.startswith(f"{ARN}{name}-") and len(arn) == len(f"{ARN}{name}-") + 6, made
    for named in (name, arn, f"{ARN}{name}"):
        read = secrets.get_secret_value(SecretId=named)
        assert read["SecretString"] == VALUE and read["VersionStages"] == ["AWSCURRENT"], read
        assert read["VersionId"] == made["VersionId"] and read["CreatedDate"].tzinfo, read
    token = str(uuid.uuid4())
    put = secrets.put_secret_value(SecretId=name, ClientRequestToken=token, SecretBinary=b"\x00\xff")
    assert put["VersionId"] == token and put["VersionStages"] == ["AWSCURRENT"], put
    assert secrets.get_secret_value(SecretId=name)["SecretBinary"] == b"\x00\xff"
    assert secrets.get_secret_value(SecretId=name, VersionStage="AWSPREVIOUS")["SecretString"] == VALUE
    updated = secrets.update_secret(SecretId=name, Description="changed", SecretString="three")
    described = secrets.describe_secret(SecretId=name)
    assert described["Description"] == "changed" and described["Tags"] == [{"Key": "a", "Value": "b"}], described
    assert described["VersionIdsToStages"] == {
        updated["VersionId"]: ["AWSCURRENT"],
        token: ["AWSPREVIOUS"],
    }, described
    assert described["LastAccessedDate"] < described["LastChangedDate"], described
    ids = secrets.list_secret_version_ids(SecretId=name, IncludeDeprecated=True)["Versions"]
    assert {version["VersionId"] for version in ids} == {made["VersionId"], token, updated["VersionId"]}, ids
    secrets.untag_resource(SecretId=name, TagKeys=["a"])
    secrets.tag_resource(SecretId=name, Tags=[{"Key": "c", "Value": "d"}])
    assert secrets.describe_secret(SecretId=name)["Tags"] == [{"Key": "c", "Value": "d"}]
    secrets.delete_secret(SecretId=name, RecoveryWindowInDays=7)
    with refused("InvalidRequestException"):
        secrets.get_secret_value(SecretId=name)
    secrets.restore_secret(SecretId=name)
    assert secrets.get_secret_value(SecretId=name)["SecretString"] == "three"
    delete(name)
    with refused("ResourceNotFoundException", "Secrets Manager can't find the specified secret."):
        secrets.describe_secret(SecretId=name)


@scenario
def a_secret_keeps_a_hundred_versions_and_those_with_labels(_registry):
    first = secrets.create_secret(Name="versions", SecretString="0")["VersionId"]
    secrets.put_secret_value(SecretId="versions", SecretString="kept", VersionStages=["KEPT"])
    for number in range(105):
        secrets.put_secret_value(SecretId="versions", SecretString=str(number))
    listed = []
    token = {}
    while True:
        page = secrets.list_secret_version_ids(SecretId="versions", IncludeDeprecated=True, MaxResults=40, **token)
        listed += page["Versions"]
        if "NextToken" not in page:
            break
        token = {"NextToken": page["NextToken"]}
    assert len(listed) == 100 and first not in {version["VersionId"] for version in listed}, len(listed)
    assert secrets.get_secret_value(SecretId="versions", VersionStage="KEPT")["SecretString"] == "kept"
    assert secrets.get_secret_value(SecretId="versions")["SecretString"] == "104"
    delete("versions")


@scenario
def secrets_are_listed_in_pages_and_by_filters(_registry):
    names = [f"listed/{number:02}" for number in range(12)]
    for name in names:
        secrets.create_secret(Name=name, Description=f"Number {name[-2:]}")
    pages = secrets.get_paginator("list_secrets").paginate(PaginationConfig={"PageSize": 5})
    listed = [secret["Name"] for page in pages for secret in page["SecretList"]]
    assert [name for name in listed if name.startswith("listed/")] == names, listed
    [one] = secrets.list_secrets(Filters=[{"Key": "description", "Values": ["number 07"]}])["SecretList"]
    assert one["Name"] == "listed/07", one
    for name in names:
        delete(name)


@scenario
def a_policy_lets_a_user_read_one_secret_and_no_record_has_a_value(_registry):
    shared = secrets.create_secret(Name="shared", SecretString=VALUE)["ARN"]
    secrets.create_secret(Name="closed", SecretString=VALUE)
    guest = account.user("secret-guest-of-boto3")
    theirs = client("secretsmanager", **guest.credentials)
    with refused("AccessDeniedException"):
        theirs.get_secret_value(SecretId="shared")
    with refused("AccessDeniedException") as denial:
        theirs.get_secret_value(SecretId=f"{ARN}shared")
    assert shared not in denial["Error"]["Message"], "its suffix is for those who may know of it"
    grant = statement(
        "Allow",
        "secretsmanager:GetSecretValue",
        Principal={"AWS": user_arn("secret-guest-of-boto3")},
        Condition={"StringEquals": {"secretsmanager:VersionStage": "AWSCURRENT"}},
    )
    secrets.put_resource_policy(SecretId="shared", ResourcePolicy=policy(grant), BlockPublicPolicy=True)
    assert theirs.get_secret_value(SecretId="shared", VersionStage="AWSCURRENT")["SecretString"] == VALUE
    with refused("AccessDeniedException"):
        theirs.get_secret_value(SecretId="shared")
    with refused("AccessDeniedException"):
        theirs.get_secret_value(SecretId="closed", VersionStage="AWSCURRENT")
    text = secrets.get_resource_policy(SecretId="shared")["ResourcePolicy"]
    assert json.loads(text)["Statement"][0]["Principal"] == {"AWS": user_arn("secret-guest-of-boto3")}, text
    # The root user, whom a policy may shut out from the secret, can always take the policy back.
    closed = statement("Deny", "secretsmanager:*", Principal="*")
    secrets.put_resource_policy(SecretId="shared", ResourcePolicy=policy(closed))
    with refused("AccessDeniedException"):
        secrets.get_secret_value(SecretId="shared")
    secrets.delete_resource_policy(SecretId="shared")
    assert "ResourcePolicy" not in secrets.get_resource_policy(SecretId="shared")
    with refused("AccessDeniedException"):
        theirs.get_secret_value(SecretId="shared", VersionStage="AWSCURRENT")
    # Before it is made, a secret has no ARN yet.
    for name, resource in (("CreateSecret", f"{ARN}shared-??????"), ("GetSecretValue", shared)):
        for record in recorded(name, resource):
            assert record["eventSource"] == "secretsmanager.amazonaws.com", record
            assert "not to be seen" not in json.dumps(record), record
    delete("shared")
    delete("closed")


@scenario
def what_is_not_there_says_so(_registry):
    with refused("UnknownOperationException"):
        secrets.rotate_secret(SecretId="any")
    with refused("UnknownOperationException"):
        secrets.batch_get_secret_value(SecretIdList=["any"])


@scenario
def passwords_are_random(_registry):
    made = secrets.get_random_password(PasswordLength=20, ExcludePunctuation=True)["RandomPassword"]
    assert len(made) == 20 and made.isalnum(), "a password has what it may have"
    assert made != secrets.get_random_password(PasswordLength=20, ExcludePunctuation=True)["RandomPassword"]


run()
