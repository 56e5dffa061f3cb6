"""Users, groups, roles, keys and policies: made, found, changed and deleted as IAM does it."""

import json
import re

from people import Account, Person, policy, statement, trust, user_arn
from scenario import ACCOUNT, client, refused, run, scenario

account = Account()
iam = account.iam
PULL = policy(statement("Allow", ["ecr:GetAuthorizationToken", "ecr:BatchGetImage"]))


@scenario
def a_user_is_made_found_renamed_and_deleted(_):
    made = iam.create_user(UserName="alice", Path="/team/", Tags=[{"Key": "team", "Value": "a"}])["User"]
    assert made["Arn"] == f"arn:aws:iam::{ACCOUNT}:user/team/alice", made
    assert re.fullmatch("AIDA[A-Z2-7]{17}", made["UserId"]), made
    found = iam.get_user(UserName="ALICE")["User"]
    assert found["UserId"] == made["UserId"] and found["UserName"] == "alice", found
    assert found["Tags"] == [{"Key": "team", "Value": "a"}], found
    with refused("EntityAlreadyExists", "User with name Alice already exists.", status=409):
        iam.create_user(UserName="Alice")
    iam.update_user(UserName="alice", NewUserName="alicia", NewPath="/")
    assert iam.get_user(UserName="alicia")["User"]["UserId"] == made["UserId"]
    listed = [user["UserName"] for user in iam.list_users()["Users"]]
    assert "alicia" in listed and "alice" not in listed, listed
    iam.delete_user(UserName="alicia")
    with refused("NoSuchEntity", "The user with name alicia cannot be found.", status=404):
        iam.get_user(UserName="alicia")


@scenario
def lists_come_page_by_page(_):
    names = [f"page-{number:02}" for number in range(7)]
    for name in names:
        iam.create_user(UserName=name, Path="/pages/")
    pages = list(iam.get_paginator("list_users").paginate(PathPrefix="/pages/", PaginationConfig={"PageSize": 3}))
    assert [len(page["Users"]) for page in pages] == [3, 3, 1], pages
    assert [user["UserName"] for page in pages for user in page["Users"]] == names
    for name in names:
        iam.delete_user(UserName=name)


@scenario
def a_user_has_two_keys_at_most_and_each_can_be_put_to_rest(registry):
    iam.create_user(UserName="keys")
    iam.put_user_policy(UserName="keys", PolicyName="all", PolicyDocument=policy(statement("Allow", "ecr:*")))
    first, second = (iam.create_access_key(UserName="keys")["AccessKey"] for _ in range(2))
    assert re.fullmatch("AKIA[A-Z2-7]{16}", first["AccessKeyId"]) and len(first["SecretAccessKey"]) == 40
    with refused("LimitExceeded", "Cannot exceed quota for AccessKeysPerUser: 2", status=409):
        iam.create_access_key(UserName="keys")
    person = Person(first["AccessKeyId"], first["SecretAccessKey"])
    person.ecr.describe_repositories()
    iam.update_access_key(UserName="keys", AccessKeyId=first["AccessKeyId"], Status="Inactive")
    with refused("UnrecognizedClientException", "The security token included in the request is invalid."):
        person.ecr.describe_repositories()
    iam.update_access_key(UserName="keys", AccessKeyId=first["AccessKeyId"], Status="Active")
    person.ecr.describe_repositories()
    with refused("DeleteConflict", status=409):
        iam.delete_user(UserName="keys")
    for key in (first, second):
        iam.delete_access_key(UserName="keys", AccessKeyId=key["AccessKeyId"])
    iam.delete_user_policy(UserName="keys", PolicyName="all")
    iam.delete_user(UserName="keys")
    with refused("UnrecognizedClientException"):
        person.ecr.describe_repositories()


@scenario
def rights_come_through_groups_and_attached_policies(registry):
    person = account.user("member")
    registry.create("groups")
    assert not person.may("list_images", repositoryName="groups")
    arn = iam.create_policy(PolicyName="lists", PolicyDocument=policy(statement("Allow", "ecr:ListImages")))["Policy"]["Arn"]
    iam.create_group(GroupName="developers")
    iam.attach_group_policy(GroupName="developers", PolicyArn=arn)
    iam.add_user_to_group(GroupName="developers", UserName="member")
    assert person.may("list_images", repositoryName="groups")
    iam.remove_user_from_group(GroupName="developers", UserName="member")
    assert not person.may("list_images", repositoryName="groups")
    iam.attach_user_policy(UserName="member", PolicyArn=arn)
    assert person.may("list_images", repositoryName="groups")
    assert iam.get_policy(PolicyArn=arn)["Policy"]["AttachmentCount"] == 2
    with refused("DeleteConflict", status=409):
        iam.delete_policy(PolicyArn=arn)
    iam.create_policy_version(PolicyArn=arn, PolicyDocument=policy(statement("Deny", "ecr:*")), SetAsDefault=True)
    assert not person.may("list_images", repositoryName="groups")
    iam.set_default_policy_version(PolicyArn=arn, VersionId="v1")
    assert person.may("list_images", repositoryName="groups")
    iam.detach_user_policy(UserName="member", PolicyArn=arn)
    iam.detach_group_policy(GroupName="developers", PolicyArn=arn)
    iam.delete_policy_version(PolicyArn=arn, VersionId="v2")
    iam.delete_policy(PolicyArn=arn)
    iam.delete_group(GroupName="developers")


@scenario
def policies_read_back_as_they_were_written(_):
    document = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ecr:*", "Resource": "*"}]}
    account.user("reader", json.dumps(document))
    assert iam.get_user_policy(UserName="reader", PolicyName="inline-0")["PolicyDocument"] == document
    assert iam.list_user_policies(UserName="reader")["PolicyNames"] == ["inline-0"]


@scenario
def what_aws_manages_is_there(registry):
    arn = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly"
    version = iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"]
    document = iam.get_policy_version(PolicyArn=arn, VersionId=version)["PolicyVersion"]["Document"]
    assert "ecr:BatchGetImage" in json.dumps(document), document
    person = account.user("puller")
    iam.attach_user_policy(UserName="puller", PolicyArn=arn)
    registry.create("managed")
    assert person.may("batch_get_image", repositoryName="managed", imageIds=[{"imageTag": "v1"}])
    assert not person.may("list_images", repositoryName="managed")
    attached = iam.list_attached_user_policies(UserName="puller")["AttachedPolicies"]
    assert attached == [{"PolicyName": "AmazonEC2ContainerRegistryPullOnly", "PolicyArn": arn}], attached


@scenario
def a_boundary_takes_and_never_gives(registry):
    registry.create("bounded")
    arn = iam.create_policy(PolicyName="bound", PolicyDocument=policy(statement("Allow", "ecr:List*")))["Policy"]["Arn"]
    person = account.user("bounded", policy(statement("Allow", "ecr:*")))
    assert person.may("describe_images", repositoryName="bounded")
    iam.put_user_permissions_boundary(UserName="bounded", PermissionsBoundary=arn)
    assert person.may("list_images", repositoryName="bounded")
    sentence = (
        f"User: {user_arn('bounded')} is not authorized to perform: ecr:DescribeImages on resource: "
        f"arn:aws:ecr:us-east-1:{ACCOUNT}:repository/bounded because no permissions boundary allows the "
        "ecr:DescribeImages action"
    )
    with refused("AccessDeniedException", sentence):
        person.ecr.describe_images(repositoryName="bounded")
    iam.delete_user_permissions_boundary(UserName="bounded")
    assert person.may("describe_images", repositoryName="bounded")


@scenario
def malformed_policies_are_refused_in_awss_words(_):
    iam.create_user(UserName="malformed")
    document = lambda **more: json.dumps({"Version": "2012-10-17", "Statement": [statement("Allow", "ecr:*") | more]})
    cases = [
        # document                                     what is said
        ("{",                                          "Syntax errors in policy."),
        (document(Conditions={}),                      "Syntax errors in policy."),
        (json.dumps({"Statement": [statement("Allow", "ecr:*")]}), "Policy document must be version 2012-10-17 or greater."),
        (document(Action="PutImage"),                  "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."),
        (document(Resource="web"),                     'Resource web must be in ARN format or "*".'),
    ]
    for text, said in cases:
        with refused("MalformedPolicyDocument", said):
            iam.put_user_policy(UserName="malformed", PolicyName="bad", PolicyDocument=text)
    long = policy(*[statement("Allow", f"ecr:{'x' * 100}") for _ in range(30)])
    with refused("LimitExceeded", "Maximum policy size of 2048 bytes exceeded for user malformed", status=409):
        iam.put_user_policy(UserName="malformed", PolicyName="bad", PolicyDocument=long)
    iam.delete_user(UserName="malformed")


@scenario
def a_trusted_principal_must_exist(_):
    with refused("MalformedPolicyDocument", starts="Invalid principal in policy"):
        iam.create_role(RoleName="unplayed", AssumeRolePolicyDocument=trust({"AWS": user_arn("no-such-user")}))


@scenario
def a_user_may_be_simulated(_):
    account.user("simulated", policy(statement("Allow", "ecr:PutImage"), statement("Deny", "ecr:DeleteRepository")))
    answer = iam.simulate_principal_policy(
        PolicySourceArn=user_arn("simulated"), ActionNames=["ecr:PutImage", "ecr:DeleteRepository", "ecr:ListImages"]
    )
    decisions = {one["EvalActionName"]: one["EvalDecision"] for one in answer["EvaluationResults"]}
    assert decisions == {
        "ecr:PutImage": "allowed",
        "ecr:DeleteRepository": "explicitDeny",
        "ecr:ListImages": "implicitDeny",
    }, decisions


@scenario
def iam_guards_itself(_):
    person = account.user("curious", PULL)
    with refused("AccessDenied", starts=f"User: {user_arn('curious')} is not authorized to perform: iam:ListUsers", status=403):
        person.iam.list_users()
    with refused("AccessDenied", starts=f"User: {user_arn('curious')} is not authorized to perform: iam:PutUserPolicy", status=403):
        person.iam.put_user_policy(UserName="curious", PolicyName="all", PolicyDocument=policy(statement("Allow", "*")))


@scenario
def the_whole_account_can_be_described(_):
    details = iam.get_account_authorization_details()
    users = {user["UserName"]: user for user in details["UserDetailList"]}
    assert users["simulated"]["UserPolicyList"][0]["PolicyName"] == "inline-0", users["simulated"]
    assert iam.get_account_summary()["SummaryMap"]["Users"] >= len(users)


@scenario
def inputs_that_fit_no_constraint_are_refused(_):
    with refused("ValidationError", starts="1 validation error detected: Value 'a b' at 'userName' failed to satisfy constraint"):
        iam.create_user(UserName="a b")
    with refused("ValidationError", "1 validation error detected: Value null at 'userName' failed to satisfy constraint: Member must not be null"):
        iam.create_user()


@scenario
def an_unknown_action_is_none(_):
    with refused("InvalidAction"):
        iam.list_organizations_features()


run()
