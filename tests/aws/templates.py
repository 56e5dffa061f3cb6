"""Repository creation templates: made, described, changed and deleted, and what a push creates from them."""

import json
import time

from audit_records import recorded
from people import Account, policy, statement, trust, user_arn
from scenario import ACCOUNT, AGREED_SECONDS, ENDPOINT, REGION, client, digest_of, http, refused, run, scenario

account = Account()

LIFECYCLE = json.dumps(
    {
        "rules": [
            {
                "rulePriority": 1,
                "description": "Keep the ten newest images of the repository",
                "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 10},
                "action": {"type": "expire"},
            }
        ]
    }
)


def missing(prefix):
    return (
        f"The repository creation template with prefix '{prefix}' does not exist "
        f"in the registry with id '{ACCOUNT}'"
    )


def listed(registry, **wanted):
    pages = registry.ecr.get_paginator("describe_repository_creation_templates").paginate(**wanted)
    return [one for page in pages for one in page["repositoryCreationTemplates"]]


@scenario
def a_template_is_made_described_changed_and_deleted(registry):
    pull = trust({"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, "ecr:BatchGetImage")
    wanted = {
        "prefix": "made",
        "description": "what made/ gets",
        "encryptionConfiguration": {"encryptionType": "KMS"},
        "resourceTags": [{"Key": "team", "Value": "a"}, {"Key": "cost", "Value": ""}],
        "imageTagMutability": "IMMUTABLE_WITH_EXCLUSION",
        "imageTagMutabilityExclusionFilters": [{"filterType": "WILDCARD", "filter": "latest"}],
        "repositoryPolicy": pull,
        "lifecyclePolicy": LIFECYCLE,
        "appliedFor": ["CREATE_ON_PUSH"],
        "customRoleArn": f"arn:aws:iam::{ACCOUNT}:role/templates",
    }
    made = registry.ecr.create_repository_creation_template(**wanted)
    assert made["registryId"] == ACCOUNT, made
    template = made["repositoryCreationTemplate"]
    moments = {name: template.pop(name) for name in ("createdAt", "updatedAt")}
    assert moments["createdAt"] == moments["updatedAt"] and moments["createdAt"].tzinfo, moments
    assert template == wanted, template
    with refused("TemplateAlreadyExistsException"):
        registry.ecr.create_repository_creation_template(**wanted)
    changed = registry.ecr.update_repository_creation_template(
        prefix="made", description="", lifecyclePolicy="", appliedFor=["CREATE_ON_PUSH", "REPLICATION"]
    )["repositoryCreationTemplate"]
    assert changed["updatedAt"] > changed["createdAt"] == moments["createdAt"], changed
    assert "description" not in changed and "lifecyclePolicy" not in changed, changed
    assert set(changed["appliedFor"]) == {"CREATE_ON_PUSH", "REPLICATION"}, changed
    assert changed["repositoryPolicy"] == pull and changed["resourceTags"] == wanted["resourceTags"], changed
    assert listed(registry, prefixes=["made"]) == [changed]
    deleted = registry.ecr.delete_repository_creation_template(prefix="made")
    assert deleted["repositoryCreationTemplate"] == changed, deleted
    assert listed(registry, prefixes=["made"]) == []
    with refused("TemplateNotFoundException", missing("made")):
        registry.ecr.update_repository_creation_template(prefix="made", description="gone")
    with refused("TemplateNotFoundException", missing("made")):
        registry.ecr.delete_repository_creation_template(prefix="made")


@scenario
def templates_are_listed_page_by_page_up_to_the_quota(registry):
    prefixes = [f"listed/{number:03}" for number in range(100)]
    for prefix in prefixes:
        registry.ecr.create_repository_creation_template(prefix=prefix, appliedFor=["REPLICATION"])
    with refused("LimitExceededException"):
        registry.ecr.create_repository_creation_template(prefix="ROOT", appliedFor=["REPLICATION"])
    for size in (7, 100, 1000):
        shown = listed(registry, PaginationConfig={"PageSize": size})
        assert [one["prefix"] for one in shown] == prefixes, (size, shown)
    for prefix in prefixes:
        registry.ecr.delete_repository_creation_template(prefix=prefix)


@scenario
def only_a_role_that_the_caller_may_pass_on_is_named(registry):
    own, other = (f"arn:aws:iam::{ACCOUNT}:role/{name}" for name in ("own-templates", "other-templates"))
    template = statement("Allow", ["ecr:CreateRepositoryCreationTemplate", "ecr:UpdateRepositoryCreationTemplate"])
    editor = account.user("template-editor", policy(template, statement("Allow", "iam:PassRole", own)))
    made = editor.ecr.create_repository_creation_template(
        prefix="passed", appliedFor=["REPLICATION"], customRoleArn=own
    )
    assert made["repositoryCreationTemplate"]["customRoleArn"] == own, made
    sentence = (
        f"User: arn:aws:iam::{ACCOUNT}:user/template-editor is not authorized to perform: iam:PassRole on resource: "
        f"{other} because no identity-based policy allows the iam:PassRole action"
    )
    with refused("AccessDeniedException", sentence):
        editor.ecr.update_repository_creation_template(prefix="passed", customRoleArn=other)
    with refused("AccessDeniedException"):
        editor.ecr.delete_repository_creation_template(prefix="passed")
    assert listed(registry, prefixes=["passed"])[0]["customRoleArn"] == own
    registry.ecr.delete_repository_creation_template(prefix="passed")



ECR = trust({"Service": "ecr.amazonaws.com"})
PULL = trust({"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, "ecr:BatchGetImage")
PUSH = ["ecr:GetAuthorizationToken", "ecr:InitiateLayerUpload", "ecr:UploadLayerPart", "ecr:CompleteLayerUpload", "ecr:PutImage"]


def arn(repository):
    return f"arn:aws:ecr:{REGION}:{ACCOUNT}:repository/{repository}"


def password(person):
    """What the OCI door is asked with in the name of a person."""
    return "Basic " + person.ecr.get_authorization_token()["authorizationData"][0]["authorizationToken"]


def begin(person, repository, query=""):
    headers = {"Authorization": password(person)}
    return http("POST", f"{ENDPOINT}/v2/{repository}/blobs/uploads/{query}", b"", headers)


def ends(registry, begun):
    """Cancels an upload that was begun."""
    assert begun.status == 202, begun.body
    ended = registry.door("DELETE", begun.headers["Location"].removeprefix("/v2/"))
    assert ended.status == 204, ended.body


def settled(done):
    """Waits until every node has noticed what was done to a key."""
    time.sleep(AGREED_SECONDS)
    return done


def missing_repository(name):
    return f"The repository with name '{name}' does not exist in the registry with id '{ACCOUNT}'"


def denied(answer, sentence):
    assert answer.status == 403, answer.body
    (error,) = json.loads(answer.body)["errors"]
    assert error["code"] == "DENIED" and error["message"] == sentence, error


def is_there(registry, name):
    try:
        registry.ecr.describe_repositories(repositoryNames=[name])
    except registry.ecr.exceptions.RepositoryNotFoundException:
        return False
    return True


def push(registry, repository, content, tag):
    """Pushes a small image at the OCI door alone."""
    config = json.dumps({"architecture": "amd64", "os": "linux", "author": content}).encode()
    layer = f"the layer of {content}".encode()
    for blob in (config, layer):
        made = registry.door("POST", f"{repository}/blobs/uploads/?digest={digest_of(blob)}", blob)
        assert made.status == 201, made.body
    kinds = ("application/vnd.oci.image.config.v1+json", "application/vnd.oci.image.layer.v1.tar")
    config, layer = (
        {"mediaType": kind, "digest": digest_of(blob), "size": len(blob)}
        for kind, blob in zip(kinds, (config, layer), strict=True)
    )
    kind = "application/vnd.oci.image.manifest.v1+json"
    manifest = json.dumps({"schemaVersion": 2, "mediaType": kind, "config": config, "layers": [layer]})
    return registry.put_manifest(repository, tag, manifest)


@scenario
def only_a_template_for_pushes_creates_a_repository(registry):
    name = "unborn/a/web"
    for prefix, uses in (
        (None, []),
        ("unborn/a", ["REPLICATION", "PULL_THROUGH_CACHE"]),
        ("unborn/a/web", ["CREATE_ON_PUSH"]),
        ("unborn/b", ["CREATE_ON_PUSH"]),
    ):
        if prefix:
            registry.ecr.create_repository_creation_template(prefix=prefix, appliedFor=uses)
        answer = registry.door("POST", f"{name}/blobs/uploads/", b"")
        assert answer.status == 404, (prefix, answer.body)
        (error,) = json.loads(answer.body)["errors"]
        assert error == {"code": "NAME_UNKNOWN", "message": missing_repository(name)} | {
            key: error[key] for key in error.keys() - {"code", "message"}
        }, error
        assert not is_there(registry, name), prefix
    # Neither does the AWS API.
    registry.ecr.create_repository_creation_template(prefix="unborn", appliedFor=["CREATE_ON_PUSH"])
    with refused("RepositoryNotFoundException", missing_repository(name)):
        registry.ecr.initiate_layer_upload(repositoryName=name)
    assert not is_there(registry, name)
    for method, path in (("GET", "manifests/v1"), ("HEAD", "manifests/v1"), ("GET", "tags/list")):
        assert registry.door(method, f"{name}/{path}").status == 404
    assert not is_there(registry, name)
    # A longer prefix for another use does not hide it.
    assert push(registry, name, name, "v1").status == 201
    assert is_there(registry, name)


@scenario
def the_template_with_the_longest_prefix_is_used(registry):
    for prefix, mode in (("ROOT", "IMMUTABLE"), ("long", "MUTABLE"), ("long/er", "IMMUTABLE"), ("long/er/web", "MUTABLE")):
        registry.ecr.create_repository_creation_template(
            prefix=prefix, appliedFor=["CREATE_ON_PUSH"], imageTagMutability=mode
        )
    for name, mode in (
        ("root-web", "IMMUTABLE"),
        ("longer/web", "IMMUTABLE"),
        ("long", "IMMUTABLE"),
        ("long/web", "MUTABLE"),
        ("long/er", "MUTABLE"),
        ("long/er/web", "IMMUTABLE"),
        ("long/er/web/deep", "MUTABLE"),
    ):
        assert push(registry, name, name, "v1").status == 201
        (made,) = registry.ecr.describe_repositories(repositoryNames=[name])["repositories"]
        assert made["imageTagMutability"] == mode, made
        again = push(registry, name, f"{name} again", "v1")
        assert again.status == (201 if mode == "MUTABLE" else 400), again.body
    for prefix in ("ROOT", "long", "long/er", "long/er/web"):
        registry.ecr.delete_repository_creation_template(prefix=prefix)
    assert registry.door("POST", "long/gone/blobs/uploads/", b"").status == 404


@scenario
def a_repository_has_every_setting_of_its_template_from_its_first_push_on(registry):
    kms = client("kms")
    key = kms.create_key()["KeyMetadata"]["Arn"]
    tags = [{"Key": "team", "Value": "whole"}, {"Key": "cost", "Value": ""}]
    rights = policy(
        statement(
            "Allow",
            ["ecr:CreateRepository", "ecr:TagResource", "ecr:SetRepositoryPolicy", "ecr:PutLifecyclePolicy"],
            arn("whole/*"),
        ),
        statement("Allow", ["kms:DescribeKey", "kms:CreateGrant"], key),
    )
    role = account.role("whole-templates", ECR, rights)
    registry.ecr.create_repository_creation_template(
        prefix="whole",
        appliedFor=["CREATE_ON_PUSH"],
        encryptionConfiguration={"encryptionType": "KMS", "kmsKey": key},
        imageTagMutability="IMMUTABLE_WITH_EXCLUSION",
        imageTagMutabilityExclusionFilters=[{"filterType": "WILDCARD", "filter": "latest"}],
        resourceTags=tags,
        repositoryPolicy=PULL,
        lifecyclePolicy=LIFECYCLE,
        customRoleArn=role,
    )
    name = "whole/web"
    assert push(registry, name, "first", "v1").status == 201
    (made,) = registry.ecr.describe_repositories(repositoryNames=[name])["repositories"]
    assert made["encryptionConfiguration"] == {"encryptionType": "KMS", "kmsKey": key}, made
    assert made["imageTagMutability"] == "IMMUTABLE_WITH_EXCLUSION", made
    assert made["imageTagMutabilityExclusionFilters"] == [{"filterType": "WILDCARD", "filter": "latest"}], made
    told = registry.ecr.list_tags_for_resource(resourceArn=made["repositoryArn"])["tags"]
    assert sorted(told, key=str) == sorted(tags, key=str), told
    assert json.loads(registry.ecr.get_repository_policy(repositoryName=name)["policyText"]) == json.loads(PULL)
    kept = registry.ecr.get_lifecycle_policy(repositoryName=name)["lifecyclePolicyText"]
    assert json.loads(kept) == json.loads(LIFECYCLE), kept
    assert push(registry, name, "second", "v1").status == 400, "the first tag is immutable"
    for content in ("second", "third"):
        assert push(registry, name, content, "latest").status == 201
    # Even the first layer is under the key.
    grants = kms.list_grants(KeyId=key)["Grants"]
    of_ecr = [one for one in grants if one["Constraints"] == {"EncryptionContextSubset": {"aws:ecr:arn": arn(name)}}]
    assert len(of_ecr) == 2, grants
    first = f"{name}/blobs/{digest_of(b'the layer of first')}"
    assert registry.door("GET", first).body == b"the layer of first"
    settled(kms.disable_key(KeyId=key))
    closed = registry.door("GET", first)
    assert closed.status == 403 and b"is disabled" in closed.body, closed.body
    settled(kms.enable_key(KeyId=key))
    assert registry.door("GET", first).status == 200
    # What is changed later is for later repositories.
    registry.ecr.update_repository_creation_template(prefix="whole", imageTagMutability="MUTABLE", lifecyclePolicy="")
    (same,) = registry.ecr.describe_repositories(repositoryNames=[name])["repositories"]
    assert same == made, same
    assert push(registry, "whole/later", "first", "v1").status == 201
    with refused("LifecyclePolicyNotFoundException"):
        registry.ecr.get_lifecycle_policy(repositoryName="whole/later")
    (record,) = recorded("CreateRepository", arn(name))
    creator = record["userIdentity"]
    assert creator["type"] == "AssumedRole" and creator["invokedBy"] == "ecr.amazonaws.com", record
    assert creator["sessionContext"]["sessionIssuer"]["arn"] == role, record
    assert record["requestParameters"]["repositoryName"] == name, record
    assert record["requestParameters"]["encryptionConfiguration"] == {"encryptionType": "KMS", "kmsKey": key}, record
    assert record["responseElements"]["repository"]["repositoryArn"] == arn(name), record
    assert record["eventSource"] == "ecr.amazonaws.com" and "errorCode" not in record, record
    assert not record["readOnly"] and record["resources"][0]["ARN"] == arn(name), record


@scenario
def a_push_needs_the_right_to_create_the_repository(registry):
    registry.ecr.create_repository_creation_template(prefix="needed", appliedFor=["CREATE_ON_PUSH"])
    name = "needed/web"
    pusher = account.user("needed-pusher", policy(statement("Allow", PUSH)))
    sentence = (
        f"User: {user_arn('needed-pusher')} is not authorized to perform: ecr:CreateRepository on resource: {arn(name)} "
        "because no identity-based policy allows the ecr:CreateRepository action"
    )
    for query in ("", f"?digest={digest_of(b'')}", f"?mount={digest_of(b'x')}"):
        denied(begin(pusher, name, query), sentence)
        assert not is_there(registry, name), query
    beside = statement("Allow", "ecr:CreateRepository", arn("needed/other"))
    account.iam.put_user_policy(UserName="needed-pusher", PolicyName="create", PolicyDocument=policy(beside))
    denied(begin(pusher, name), sentence)
    assert not is_there(registry, name)
    # A caller that may not push is told nothing of it.
    creator = account.user("needed-creator", policy(statement("Allow", ["ecr:GetAuthorizationToken", "ecr:CreateRepository"])))
    refusal = begin(creator, name)
    assert refusal.status == 403 and b"ecr:InitiateLayerUpload" in refusal.body, refusal.body
    assert not is_there(registry, name)
    right = statement("Allow", "ecr:CreateRepository", arn("needed/*"))
    account.iam.put_user_policy(UserName="needed-pusher", PolicyName="create", PolicyDocument=policy(right))
    ends(registry, begin(pusher, name))
    (record,) = recorded("CreateRepository", arn(name))
    creator = record["userIdentity"]
    assert creator["arn"] == user_arn("needed-pusher") and creator["invokedBy"] == "ecr.amazonaws.com", record


@scenario
def the_role_of_a_template_needs_every_right_that_it_uses(registry):
    key = client("kms").create_key()["KeyMetadata"]["Arn"]
    settings = {
        "resourceTags": [{"Key": "team", "Value": "a"}],
        "repositoryPolicy": PULL,
        "lifecyclePolicy": LIFECYCLE,
        "encryptionConfiguration": {"encryptionType": "KMS", "kmsKey": key},
    }
    registry.ecr.create_repository_creation_template(prefix="acting", appliedFor=["CREATE_ON_PUSH"], **settings)
    name = "acting/web"
    answer = registry.door("POST", f"{name}/blobs/uploads/", b"")
    assert answer.status == 405 and b"needs a customRoleArn" in answer.body, answer.body
    assert not is_there(registry, name)

    role = f"arn:aws:iam::{ACCOUNT}:role/acting-templates"
    registry.ecr.update_repository_creation_template(prefix="acting", customRoleArn=role)
    not_assumed = (
        f"The repository with name '{name}' cannot be created in the registry with id '{ACCOUNT}': ecr.amazonaws.com "
        f"cannot assume the role {role} of the repository creation template; check that it exists and trusts that service"
    )
    denied(registry.door("POST", f"{name}/blobs/uploads/", b""), not_assumed)
    account.role("acting-templates", trust({"Service": "lambda.amazonaws.com"}))
    denied(registry.door("POST", f"{name}/blobs/uploads/", b""), not_assumed)
    elsewhere = trust({"Service": "ecr.amazonaws.com"}, Condition={"StringEquals": {"aws:SourceAccount": "999999999999"}})
    account.iam.update_assume_role_policy(RoleName="acting-templates", PolicyDocument=elsewhere)
    denied(registry.door("POST", f"{name}/blobs/uploads/", b""), not_assumed)
    here = trust({"Service": "ecr.amazonaws.com"}, Condition={"StringEquals": {"aws:SourceAccount": ACCOUNT}})
    account.iam.update_assume_role_policy(RoleName="acting-templates", PolicyDocument=here)

    session = f"arn:aws:sts::{ACCOUNT}:assumed-role/acting-templates/ecr-repository-creation-template"
    allowed = []
    for action, resource in (
        ("ecr:CreateRepository", arn(name)),
        ("ecr:TagResource", arn(name)),
        ("ecr:SetRepositoryPolicy", arn(name)),
        ("ecr:PutLifecyclePolicy", arn(name)),
        ("kms:DescribeKey", key),
        ("kms:CreateGrant", key),
    ):
        answer = registry.door("POST", f"{name}/blobs/uploads/", b"")
        begins = f"User: {session} is not authorized to perform: {action} on resource: {resource} because no "
        assert answer.status == 403, (action, answer.body)
        assert json.loads(answer.body)["errors"][0]["message"].startswith(begins), (action, answer.body)
        assert not is_there(registry, name), action
        allowed.append(statement("Allow", action, resource))
        account.iam.put_role_policy(RoleName="acting-templates", PolicyName="acting", PolicyDocument=policy(*allowed))
    ends(registry, registry.door("POST", f"{name}/blobs/uploads/", b""))
    assert is_there(registry, name)


@scenario
def a_key_that_cannot_be_used_creates_nothing(registry):
    kms = client("kms")
    key = kms.create_key()["KeyMetadata"]["Arn"]
    role = account.role("locked-templates", ECR, policy(statement("Allow", ["ecr:*", "kms:*"])))
    registry.ecr.create_repository_creation_template(
        prefix="locked",
        appliedFor=["CREATE_ON_PUSH"],
        encryptionConfiguration={"encryptionType": "KMS", "kmsKey": key},
        customRoleArn=role,
    )
    settled(kms.disable_key(KeyId=key))
    answer = registry.door("POST", "locked/web/blobs/uploads/", b"")
    assert answer.status == 403 and b"is disabled" in answer.body, answer.body
    assert not is_there(registry, "locked/web")
    settled(kms.enable_key(KeyId=key))
    assert push(registry, "locked/web", "locked", "v1").status == 201
    # Without a key, it is the one that ECR manages.
    registry.ecr.update_repository_creation_template(prefix="locked", encryptionConfiguration={"encryptionType": "KMS"})
    assert push(registry, "locked/managed", "locked", "v1").status == 201
    (made,) = registry.ecr.describe_repositories(repositoryNames=["locked/managed"])["repositories"]
    managed = kms.describe_key(KeyId="alias/aws/ecr")["KeyMetadata"]["Arn"]
    assert made["encryptionConfiguration"] == {"encryptionType": "KMS", "kmsKey": managed}, made
    # CreateRepository takes the same configuration.
    by_hand = registry.create("locked/by-hand", encryptionConfiguration={"encryptionType": "KMS", "kmsKey": key})
    assert by_hand["encryptionConfiguration"] == {"encryptionType": "KMS", "kmsKey": key}, by_hand


@scenario
def a_principal_that_is_gone_is_in_no_policy(registry):
    account.iam.create_user(UserName="leaver")
    registry.ecr.create_repository_creation_template(
        prefix="left",
        appliedFor=["CREATE_ON_PUSH"],
        repositoryPolicy=trust({"AWS": user_arn("leaver")}, "ecr:BatchGetImage"),
    )
    assert push(registry, "left/before", "left", "v1").status == 201
    account.iam.delete_user(UserName="leaver")
    answer = registry.door("POST", "left/after/blobs/uploads/", b"")
    assert answer.status == 405 and b"Principal not found" in answer.body, answer.body
    assert not is_there(registry, "left/after")


run()
