"""The rules of pull through caches: made, described, changed, tried and deleted."""

import json

from people import Account, policy, statement
from scenario import ACCOUNT, REGION, client, refused, run, scenario

secrets = client("secretsmanager")
account = Account()


def missing(prefix):
    return f"The pull through cache rule with prefix '{prefix}' does not exist in the registry with id '{ACCOUNT}'"


def listed(registry, **wanted):
    pages = registry.ecr.get_paginator("describe_pull_through_cache_rules").paginate(**wanted)
    return [rule for page in pages for rule in page["pullThroughCacheRules"]]


@scenario
def a_rule_is_made_described_changed_and_deleted(registry):
    role = f"arn:aws:iam::{ACCOUNT}:role/puller"
    wanted = {
        "ecrRepositoryPrefix": "made/apps",
        "upstreamRegistryUrl": "111122223333.dkr.ecr.eu-west-3.amazonaws.com",
        "upstreamRepositoryPrefix": "apps",
        "customRoleArn": role,
    }
    made = registry.ecr.create_pull_through_cache_rule(**wanted)
    assert made.pop("createdAt").tzinfo and made.pop("ResponseMetadata"), made
    assert made == wanted | {"registryId": ACCOUNT, "upstreamRegistry": "ecr"}, made
    with refused("PullThroughCacheRuleAlreadyExistsException"):
        registry.ecr.create_pull_through_cache_rule(**wanted)
    changed = registry.ecr.update_pull_through_cache_rule(
        ecrRepositoryPrefix="made/apps", customRoleArn=f"{role}s"
    )
    assert changed["customRoleArn"] == f"{role}s" and changed["updatedAt"].tzinfo, changed
    [described] = listed(registry, ecrRepositoryPrefixes=["made/apps"])
    assert described["updatedAt"] == changed["updatedAt"] > described["createdAt"], described
    assert described["customRoleArn"] == f"{role}s", described
    deleted = registry.ecr.delete_pull_through_cache_rule(ecrRepositoryPrefix="made/apps", registryId=ACCOUNT)
    assert deleted["upstreamRepositoryPrefix"] == "apps", deleted
    with refused("PullThroughCacheRuleNotFoundException", missing("made/apps")):
        listed(registry, ecrRepositoryPrefixes=["made/apps"])
    with refused("PullThroughCacheRuleNotFoundException", missing("made/apps")):
        registry.ecr.delete_pull_through_cache_rule(ecrRepositoryPrefix="made/apps")


@scenario
def rules_are_listed_page_by_page_up_to_the_quota(registry):
    prefixes = [f"listed/{number:03}" for number in range(50)]
    for prefix in prefixes:
        registry.ecr.create_pull_through_cache_rule(
            ecrRepositoryPrefix=prefix, upstreamRegistryUrl="registry.example.com:5000"
        )
    with refused("LimitExceededException"):
        registry.ecr.create_pull_through_cache_rule(
            ecrRepositoryPrefix="one-more", upstreamRegistryUrl="public.ecr.aws"
        )
    rules = listed(registry, PaginationConfig={"PageSize": 7})
    assert [rule["ecrRepositoryPrefix"] for rule in rules] == prefixes, rules
    for prefix in prefixes:
        registry.ecr.delete_pull_through_cache_rule(ecrRepositoryPrefix=prefix)
    assert listed(registry) == []


@scenario
def a_rule_has_what_its_upstream_registry_asks_for(registry):
    secret = f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:ecr-pullthroughcache/hub"
    with refused("UnsupportedUpstreamRegistryException"):
        registry.ecr.create_pull_through_cache_rule(
            ecrRepositoryPrefix="hub", upstreamRegistryUrl="registry-1.docker.io"
        )
    with refused("UnsupportedUpstreamRegistryException"):
        registry.ecr.create_pull_through_cache_rule(
            ecrRepositoryPrefix="quay", upstreamRegistryUrl="quay.io", credentialArn=secret
        )
    assert listed(registry) == []


@scenario
def a_rule_is_tried_with_what_is_in_its_secret(registry):
    name = "ecr-pullthroughcache/tried"
    secret = secrets.create_secret(Name=name, SecretString="no JSON")["ARN"]
    # A port that no one listens at; this server calls no addresses inside anyway.
    url = "https://localhost:9"
    registry.ecr.create_pull_through_cache_rule(
        ecrRepositoryPrefix="tried", upstreamRegistryUrl=url, credentialArn=secret
    )

    def tried():
        answer = registry.ecr.validate_pull_through_cache_rule(ecrRepositoryPrefix="tried")
        assert answer.pop("ResponseMetadata")["HTTPStatusCode"] == 200, answer
        why = answer.pop("failure")
        assert answer == {
            "ecrRepositoryPrefix": "tried",
            "registryId": ACCOUNT,
            "upstreamRegistryUrl": url,
            "credentialArn": secret,
            "isValid": False,
        }, answer
        return why

    assert "username and accessToken" in tried()
    value = json.dumps({"username": "me", "accessToken": "not to be told"})
    secrets.put_secret_value(SecretId=name, SecretString=value)
    assert "is unavailable" in tried()
    secrets.delete_secret(SecretId=name, ForceDeleteWithoutRecovery=True)
    assert "was not found" in tried()
    registry.ecr.delete_pull_through_cache_rule(ecrRepositoryPrefix="tried")
    with refused("PullThroughCacheRuleNotFoundException", missing("tried")):
        registry.ecr.validate_pull_through_cache_rule(ecrRepositoryPrefix="tried")


@scenario
def rules_are_tried_for_callers_who_may(_registry):
    editor = account.user("rule-editor", policy(statement("Allow", "ecr:UpdatePullThroughCacheRule")))
    with refused("AccessDeniedException"):
        editor.ecr.validate_pull_through_cache_rule(ecrRepositoryPrefix="none")
    checker = account.user("rule-checker", policy(statement("Allow", "ecr:ValidatePullThroughCacheRule")))
    with refused("PullThroughCacheRuleNotFoundException", missing("none")):
        checker.ecr.validate_pull_through_cache_rule(ecrRepositoryPrefix="none")


run()
