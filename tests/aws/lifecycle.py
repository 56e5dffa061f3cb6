"""Lifecycle policies: put, read, deleted, and previewed with the waiter and the paginator of the SDK."""

import json

from scenario import ACCOUNT, digest_of, refused, run, scenario


def rule(priority, description, count, **selection):
    selection = {"tagStatus": "any", "countType": "imageCountMoreThan"} | selection | {"countNumber": count}
    return {
        "rulePriority": priority,
        "description": description,
        "selection": selection,
        "action": {"type": "expire"},
    }


def text(*rules):
    return json.dumps({"rules": rules}, indent=2)


@scenario
def a_lifecycle_policy_is_put_read_and_deleted(registry):
    registry.create("lifecycle/kept")
    name = {"repositoryName": "lifecycle/kept"}
    missing = f"Lifecycle policy does not exist for the repository with name 'lifecycle/kept' in the registry with id '{ACCOUNT}'"
    with refused("LifecyclePolicyNotFoundException", missing):
        registry.ecr.get_lifecycle_policy(**name)
    sent = text(rule(1, "Keep the ten newest images of this repository", 10))
    put = registry.ecr.put_lifecycle_policy(lifecyclePolicyText=sent, **name)
    assert put["registryId"] == ACCOUNT and put["repositoryName"] == "lifecycle/kept", put
    minified = json.dumps(json.loads(sent), separators=(",", ":"))
    assert put["lifecyclePolicyText"] == minified, put
    assert registry.ecr.get_lifecycle_policy(**name)["lifecyclePolicyText"] == minified
    assert registry.ecr.delete_lifecycle_policy(**name)["lifecyclePolicyText"] == minified
    with refused("LifecyclePolicyNotFoundException", missing):
        registry.ecr.delete_lifecycle_policy(**name)


@scenario
def a_policy_that_contradicts_itself_is_refused(registry):
    registry.create("lifecycle/refused")
    twice = text(rule(1, "Keep one image", 1), rule(1, "Keep two images", 2, tagStatus="untagged"))
    message = (
        "Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: "
        "'Lifecycle policy validation failure: Duplicate priority in multiple rules'"
    )
    for operation in (registry.ecr.put_lifecycle_policy, registry.ecr.start_lifecycle_policy_preview):
        with refused("InvalidParameterException", message):
            operation(repositoryName="lifecycle/refused", lifecyclePolicyText=twice)


@scenario
def a_preview_is_waited_for_and_read_in_pages(registry):
    registry.create("lifecycle/seen")
    name = {"repositoryName": "lifecycle/seen"}
    digests = []
    for tag in ("v1", "v2", "v3"):
        manifest = registry.manifest("lifecycle/seen", tag)
        registry.ecr.put_image(imageManifest=manifest, imageTag=tag, **name)
        digests.append(digest_of(manifest.encode()))
    sent = text(rule(3, "Keep the newest image of this repository", 1))
    started = registry.ecr.start_lifecycle_policy_preview(lifecyclePolicyText=sent, **name)
    assert (started["status"], started["lifecyclePolicyText"]) == ("IN_PROGRESS", sent), started
    waiter = registry.ecr.get_waiter("lifecycle_policy_preview_complete")
    waiter.wait(WaiterConfig={"Delay": 1, "MaxAttempts": 60}, **name)
    pages = list(registry.ecr.get_paginator("get_lifecycle_policy_preview").paginate(maxResults=1, **name))
    assert [page["summary"] for page in pages] == [{"expiringImageTotalCount": 2}] * 2, pages
    results = [result for page in pages for result in page["previewResults"]]
    assert [result["imageDigest"] for result in results] == digests[:2], results
    assert {result["appliedRulePriority"] for result in results} == {3}, results
    named = registry.ecr.get_lifecycle_policy_preview(imageIds=[{"imageTag": "v2"}, {"imageTag": "v3"}], **name)
    assert [result["imageTags"] for result in named["previewResults"]] == [["v2"]], named


run()
