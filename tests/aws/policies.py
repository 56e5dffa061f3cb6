"""Repository and registry policies: set, read, deleted, and obeyed at both doors."""

import json

from people import Account, policy, resource_policy, statement, user_arn
from scenario import ACCOUNT, ENDPOINT, REGION, await_agreement, http, refused, run, scenario

account = Account()


def allow(principal, action, **more):
    return {"Sid": "a statement", "Effect": "Allow", "Principal": principal, "Action": action} | more


def deny(principal, action, **more):
    return allow(principal, action, **more) | {"Effect": "Deny"}


def door(person, method, path):
    """The status of a request to the OCI door with a person's registry token."""
    token = person.ecr.get_authorization_token()["authorizationData"][0]["authorizationToken"]
    return http(method, f"{ENDPOINT}/v2/{path}", headers={"Authorization": f"Basic {token}"})


@scenario
def a_repository_policy_is_set_read_and_deleted(registry):
    registry.create("policies/kept")
    name = {"repositoryName": "policies/kept"}
    missing = f"Repository policy does not exist for the repository with name 'policies/kept' in the registry with id '{ACCOUNT}'"
    with refused("RepositoryPolicyNotFoundException", missing):
        registry.ecr.get_repository_policy(**name)
    document = {"Version": "2008-10-17", "Statement": [allow("*", "ecr:BatchGetImage")]}
    put = registry.ecr.set_repository_policy(policyText=json.dumps(document), **name)
    assert put["registryId"] == ACCOUNT and put["repositoryName"] == "policies/kept", put
    assert json.loads(put["policyText"]) == document, put
    assert json.loads(registry.ecr.get_repository_policy(**name)["policyText"]) == document
    assert json.loads(registry.ecr.delete_repository_policy(**name)["policyText"]) == document
    with refused("RepositoryPolicyNotFoundException", missing):
        registry.ecr.delete_repository_policy(**name)


@scenario
def a_repository_policy_that_is_none_is_refused(registry):
    registry.create("policies/refused")
    said = "Invalid parameter at 'PolicyText' failed to satisfy constraint: '{}'"
    one = lambda statement: json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    cases = [
        # text                                                     what is said
        ("{",                                                      "Invalid repository policy provided"),
        ("[]",                                                     "Invalid repository policy provided"),
        (one(statement("Allow", "ecr:*")),                         "Invalid repository policy provided"),
        (one(allow("*", "ecr:*", Conditions={})),                  "Invalid repository policy provided"),
        (one(allow({"AWS": user_arn("no-such-user")}, "ecr:*")),   "Principal not found"),
    ]
    for text, constraint in cases:
        with refused("InvalidParameterException", said.format(constraint)):
            registry.ecr.set_repository_policy(repositoryName="policies/refused", policyText=text, force=True)


@scenario
def a_caller_locks_itself_out_only_by_force(registry):
    registry.create("policies/locked")
    shut = resource_policy(deny("*", "ecr:*"))
    with refused("InvalidParameterException"):
        registry.ecr.set_repository_policy(repositoryName="policies/locked", policyText=shut)
    registry.ecr.set_repository_policy(repositoryName="policies/locked", policyText=shut, force=True)
    with refused("AccessDeniedException") as error:
        registry.ecr.list_images(repositoryName="policies/locked")
    assert error["Error"]["Message"].endswith("with an explicit deny in a resource-based policy"), error


@scenario
def a_repository_policy_lets_in_whom_no_other_policy_does(registry):
    digest = None
    registry.create("policies/open")
    digest = registry.push("policies/open", "open", "v1")
    person = account.user("guest", policy(statement("Allow", "ecr:GetAuthorizationToken")))
    assert not person.may("list_images", repositoryName="policies/open")
    denied = door(person, "GET", "policies/open/manifests/v1")
    sentence = (
        f"User: {user_arn('guest')} is not authorized to perform: ecr:BatchGetImage on resource: "
        f"arn:aws:ecr:{REGION}:{ACCOUNT}:repository/policies/open because no identity-based policy allows the "
        "ecr:BatchGetImage action"
    )
    assert denied.status == 403 and denied.error() == ("DENIED", sentence), (denied.status, denied.body)
    opened = resource_policy(allow({"AWS": user_arn("guest")}, ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]))
    registry.ecr.set_repository_policy(repositoryName="policies/open", policyText=opened)
    pulled = door(person, "GET", "policies/open/manifests/v1")
    assert pulled.status == 200 and digest.endswith(digest), pulled.status
    assert not person.may("list_images", repositoryName="policies/open")
    registry.ecr.delete_repository_policy(repositoryName="policies/open")
    assert door(person, "GET", "policies/open/manifests/v1").status == 403


@scenario
def tags_of_the_repository_decide(registry):
    registry.create("policies/prod", tags=[{"Key": "environment", "Value": "prod"}])
    registry.create("policies/dev", tags=[{"Key": "environment", "Value": "dev"}])
    only = statement("Allow", "ecr:ListImages", Condition={"StringEquals": {"aws:ResourceTag/environment": "dev"}})
    make = statement("Allow", ["ecr:CreateRepository", "ecr:TagResource"], Condition={"StringEquals": {"aws:RequestTag/environment": "dev"}})
    person = account.user("tagger", policy(only, make))
    assert person.may("list_images", repositoryName="policies/dev")
    assert not person.may("list_images", repositoryName="policies/prod")
    registry.ecr.tag_resource(
        resourceArn=f"arn:aws:ecr:{REGION}:{ACCOUNT}:repository/policies/prod", tags=[{"Key": "environment", "Value": "dev"}]
    )
    assert person.may("list_images", repositoryName="policies/prod")
    assert not person.may("create_repository", repositoryName="policies/none")
    tagged = lambda value: [{"Key": "environment", "Value": value}]
    assert not person.may("create_repository", repositoryName="policies/none", tags=tagged("prod"))
    assert person.may("create_repository", repositoryName="policies/made", tags=tagged("dev"))


@scenario
def an_address_decides(registry):
    registry.create("policies/addresses")
    elsewhere = deny("*", "ecr:ListImages", Condition={"NotIpAddress": {"aws:SourceIp": ["10.0.0.0/8"]}})
    here = deny("*", "ecr:ListImages", Condition={"NotIpAddress": {"aws:SourceIp": ["127.0.0.0/8", "::1/128"]}})
    for said, allowed in ((elsewhere, False), (here, True)):
        registry.ecr.set_repository_policy(repositoryName="policies/addresses", policyText=resource_policy(said))
        # A deny for everyone is one for the root user too.
        await_agreement()
        try:
            registry.ecr.list_images(repositoryName="policies/addresses")
            assert allowed, said
        except registry.ecr.exceptions.ClientError:
            assert not allowed, said


@scenario
def a_registry_policy_is_set_obeyed_and_deleted(registry):
    registry.create("policies/registry")
    person = account.user("registered")
    with refused("RegistryPolicyNotFoundException"):
        registry.ecr.get_registry_policy()
    said = allow({"AWS": user_arn("registered")}, "ecr:ListImages", Sid="lists", Resource=f"arn:aws:ecr:{REGION}:{ACCOUNT}:repository/policies/*")
    assert not person.may("list_images", repositoryName="policies/registry")
    document = {"Version": "2012-10-17", "Statement": [said]}
    put = registry.ecr.put_registry_policy(policyText=json.dumps(document))
    assert put["registryId"] == ACCOUNT and json.loads(put["policyText"]) == document, put
    assert person.may("list_images", repositoryName="policies/registry")
    registry.ecr.delete_registry_policy()
    assert not person.may("list_images", repositoryName="policies/registry")
    with refused("InvalidParameterException", "Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid registry policy provided'"):
        registry.ecr.put_registry_policy(policyText="{")


@scenario
def lambdas_statements_are_kept(registry):
    registry.create("policies/lambda")
    pull = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    text = resource_policy(
        allow({"AWS": "arn:aws:iam::123456789012:root"}, pull, Sid="CrossAccountPermission"),
        allow(
            {"Service": "lambda.amazonaws.com"},
            pull,
            Sid="LambdaECRImageCrossAccountRetrievalPolicy",
            Condition={"StringLike": {"aws:sourceARN": "arn:aws:lambda:us-east-1:123456789012:function:*"}},
        ),
    )
    registry.ecr.set_repository_policy(repositoryName="policies/lambda", policyText=text)
    assert json.loads(registry.ecr.get_repository_policy(repositoryName="policies/lambda")["policyText"]) == json.loads(text)


run()
