"""Temporary credentials: roles played, sessions limited, and everything that ends them."""

import base64
import datetime
import json
import time

from people import Account, Person, policy, statement, trust, user_arn
from scenario import ACCOUNT, ENDPOINT, client, http, refused, run, scenario

account = Account()
iam = account.iam
ASSUME = policy(statement("Allow", "sts:AssumeRole"))


@scenario
def callers_learn_who_they_are(_):
    assert account.sts.get_caller_identity()["Arn"] == f"arn:aws:iam::{ACCOUNT}:root"
    person = account.user("whoami")
    known = person.sts.get_caller_identity()
    assert known["Arn"] == user_arn("whoami") and known["Account"] == ACCOUNT, known
    assert known["UserId"] == iam.get_user(UserName="whoami")["User"]["UserId"], known


@scenario
def a_role_is_played_by_whom_it_trusts(registry):
    registry.create("played")
    person = account.user("player", ASSUME)
    stranger = account.user("not-trusted", ASSUME)
    role = account.role("ci", trust({"AWS": user_arn("player")}), policy(statement("Allow", "ecr:*")))
    answer = person.sts.assume_role(RoleArn=role, RoleSessionName="run-1")
    assert answer["AssumedRoleUser"]["Arn"] == f"arn:aws:sts::{ACCOUNT}:assumed-role/ci/run-1", answer
    assert answer["Credentials"]["AccessKeyId"].startswith("ASIA"), answer
    left = answer["Credentials"]["Expiration"] - datetime.datetime.now(datetime.timezone.utc)
    assert datetime.timedelta(minutes=55) < left <= datetime.timedelta(hours=1), left
    session = Person.of(answer["Credentials"])
    assert session.sts.get_caller_identity()["Arn"] == f"arn:aws:sts::{ACCOUNT}:assumed-role/ci/run-1"
    assert session.may("list_images", repositoryName="played")
    with refused("AccessDenied", f"User: {user_arn('not-trusted')} is not authorized to perform: sts:AssumeRole on resource: {role}", status=403):
        stranger.sts.assume_role(RoleArn=role, RoleSessionName="run-1")


@scenario
def a_session_policy_takes_and_never_gives(registry):
    registry.create("limited")
    role = account.role("limited", trust({"AWS": f"arn:aws:iam::{ACCOUNT}:root"}), policy(statement("Allow", "ecr:List*")))
    person = account.user("limiter", ASSUME)
    limit = policy(statement("Allow", "ecr:*"))
    session = Person.of(person.sts.assume_role(RoleArn=role, RoleSessionName="wide", Policy=limit)["Credentials"])
    assert session.may("list_images", repositoryName="limited")
    assert not session.may("describe_images", repositoryName="limited")
    narrow = policy(statement("Allow", "ecr:Describe*"))
    session = Person.of(person.sts.assume_role(RoleArn=role, RoleSessionName="narrow", Policy=narrow)["Credentials"])
    with refused("AccessDeniedException") as error:
        session.ecr.list_images(repositoryName="limited")
    assert error["Error"]["Message"].endswith("because no session policy allows the ecr:ListImages action"), error


@scenario
def an_external_id_and_session_tags_are_held_against_the_trust_policy(registry):
    registry.create("tagged")
    trusted = json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": {"AWS": ACCOUNT},
                    "Action": ["sts:AssumeRole", "sts:TagSession"],
                    "Condition": {"StringEquals": {"sts:ExternalId": "s3cret-id"}},
                }
            ],
        }
    )
    allowed = statement("Allow", "ecr:*", Condition={"StringEquals": {"aws:PrincipalTag/team": "a"}})
    role = account.role("external", trusted, policy(allowed))
    person = account.user("outsider", policy(statement("Allow", ["sts:AssumeRole", "sts:TagSession"])))
    with refused("AccessDenied", status=403):
        person.sts.assume_role(RoleArn=role, RoleSessionName="without")
    begin = lambda **more: Person.of(
        person.sts.assume_role(RoleArn=role, RoleSessionName="with", ExternalId="s3cret-id", **more)["Credentials"]
    )
    assert not begin().may("list_images", repositoryName="tagged")
    assert begin(Tags=[{"Key": "team", "Value": "a"}]).may("list_images", repositoryName="tagged")
    assert not begin(Tags=[{"Key": "team", "Value": "b"}]).may("list_images", repositoryName="tagged")


@scenario
def a_chain_of_roles_lives_an_hour(_):
    second = account.role("second", trust({"AWS": ACCOUNT}), ASSUME, MaxSessionDuration=43200)
    first = account.role("first", trust({"AWS": ACCOUNT}), ASSUME, MaxSessionDuration=43200)
    person = account.user("chainer", ASSUME)
    session = Person.of(person.sts.assume_role(RoleArn=first, RoleSessionName="one", DurationSeconds=43200)["Credentials"])
    session.sts.assume_role(RoleArn=second, RoleSessionName="two", DurationSeconds=3600)
    with refused("ValidationError", "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining"):
        session.sts.assume_role(RoleArn=second, RoleSessionName="two", DurationSeconds=3601)
    short = account.role("short", trust({"AWS": ACCOUNT}))
    with refused("ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."):
        person.sts.assume_role(RoleArn=short, RoleSessionName="long", DurationSeconds=7200)


@scenario
def sessions_of_a_role_are_revoked_by_date(registry):
    registry.create("revoked")
    role = account.role("revoked", trust({"AWS": ACCOUNT}), policy(statement("Allow", "ecr:*")))
    person = account.user("revoker", ASSUME)
    begin = lambda: Person.of(person.sts.assume_role(RoleArn=role, RoleSessionName="run")["Credentials"])
    before = begin()
    assert before.may("list_images", repositoryName="revoked")
    time.sleep(1.1)
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    older = statement("Deny", "*", Condition={"DateLessThan": {"aws:TokenIssueTime": now}})
    iam.put_role_policy(RoleName="revoked", PolicyName="AWSRevokeOlderSessions", PolicyDocument=policy(older))
    assert not before.may("list_images", repositoryName="revoked")
    time.sleep(1.1)
    assert begin().may("list_images", repositoryName="revoked")


@scenario
def a_session_ends_with_its_role(registry):
    role = account.role("deleted", trust({"AWS": ACCOUNT}), policy(statement("Allow", "ecr:*")))
    person = account.user("deleter", ASSUME)
    session = Person.of(person.sts.assume_role(RoleArn=role, RoleSessionName="run")["Credentials"])
    token = session.ecr.get_authorization_token()["authorizationData"][0]["authorizationToken"]
    door = lambda: http("GET", f"{ENDPOINT}/v2/_catalog", headers={"Authorization": f"Basic {token}"}).status
    assert door() == 200
    iam.delete_role_policy(RoleName="deleted", PolicyName="inline-0")
    assert door() == 403, "a registry token acts with the rights that its principal has now"
    iam.delete_role(RoleName="deleted")
    assert door() == 401
    with refused("UnrecognizedClientException", "The security token included in the request is invalid."):
        session.ecr.describe_repositories()


@scenario
def a_user_begins_sessions_of_its_own(registry):
    registry.create("own")
    person = account.user("selfish", policy(statement("Allow", ["ecr:*", "iam:*", "sts:*"])))
    session = Person.of(person.sts.get_session_token()["Credentials"])
    assert session.sts.get_caller_identity()["Arn"] == user_arn("selfish")
    assert session.may("list_images", repositoryName="own")
    with refused("AccessDenied", status=403):
        session.sts.get_session_token()
    with refused("InvalidClientTokenId", status=403):
        session.iam.list_users()


@scenario
def a_federated_user_has_what_user_and_session_policy_both_allow(registry):
    registry.create("federated")
    person = account.user("voucher", policy(statement("Allow", ["ecr:*", "sts:GetFederationToken"])))
    bare = person.sts.get_federation_token(Name="guest")
    assert bare["FederatedUser"]["Arn"] == f"arn:aws:sts::{ACCOUNT}:federated-user/guest", bare
    assert not Person.of(bare["Credentials"]).may("list_images", repositoryName="federated")
    limit = policy(statement("Allow", "ecr:List*"))
    guest = Person.of(person.sts.get_federation_token(Name="guest", Policy=limit)["Credentials"])
    assert guest.may("list_images", repositoryName="federated")
    assert not guest.may("describe_images", repositoryName="federated")


@scenario
def a_token_that_is_not_the_one_given_is_refused(_):
    role = account.role("tampered", trust({"AWS": ACCOUNT}))
    person = account.user("tamperer", ASSUME)
    given = person.sts.assume_role(RoleArn=role, RoleSessionName="run")["Credentials"]
    token = given["SessionToken"]
    for at in range(0, len(token), max(1, len(token) // 40)):
        other = "A" if token[at] != "A" else "B"
        tampered = Person.of(given | {"SessionToken": token[:at] + other + token[at + 1 :]})
        with refused("InvalidClientTokenId", "The security token included in the request is invalid.", status=403):
            tampered.sts.get_caller_identity()


@scenario
def an_unsigned_call_has_no_caller(_):
    answer = http("POST", ENDPOINT, b"Action=GetCallerIdentity&Version=2011-06-15", {"Content-Type": "application/x-www-form-urlencoded"})
    assert answer.status == 403 and b"<Code>MissingAuthenticationToken</Code>" in answer.body, answer.body


run()
