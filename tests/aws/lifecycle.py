"""Lifecycle policies: put, read, deleted, and previewed with the waiter and the paginator of the SDK; and pull times."""

import json
import time

from people import Account, Person, policy, statement, trust, user_arn
from scenario import ACCOUNT, ENDPOINT, OCI_MANIFEST, digest_of, http, refused, run, scenario

# Pulls are stored every two seconds, on a busy machine later.
STORED_SECONDS = 30

account = Account()


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


def meaning(written):
    """A policy as Terraform compares it: rules by their priority, and no order of members."""
    rules = json.loads(written)["rules"]
    return sorted(rules, key=lambda one: one["rulePriority"])


@scenario
def policies_as_terraform_and_the_cdk_write_them_come_back_without_a_difference(registry):
    registry.create("lifecycle/tools")
    name = {"repositoryName": "lifecycle/tools"}
    keep = {
        "rulePriority": 10,
        "description": "keep > 10 & < 20 of main",
        "selection": {
            "tagStatus": "tagged",
            "tagPatternList": ["main-*", "main"],
            "countType": "imageCountMoreThan",
            "countNumber": 20,
        },
        "action": {"type": "expire"},
    }
    # The CDK writes the unit after the number.
    untagged = {
        "rulePriority": 2,
        "selection": {"tagStatus": "untagged", "countType": "sinceImagePushed", "countNumber": 7, "countUnit": "days"},
        "action": {"type": "expire"},
    }
    rules = {"rules": [keep, untagged]}
    encoded = json.dumps(rules, separators=(",", ":"), sort_keys=True)
    for character in "<>&":
        encoded = encoded.replace(character, f"\\u{ord(character):04x}")
    forms = {
        "the CDK": json.dumps(rules, separators=(",", ":")),
        "jsonencode": encoded,
        "pasted": json.dumps(rules, indent=4) + "\n",
    }
    texts = set()
    for form, sent in forms.items():
        put = registry.ecr.put_lifecycle_policy(lifecyclePolicyText=sent, **name)
        got = registry.ecr.get_lifecycle_policy(**name)
        assert meaning(got["lifecyclePolicyText"]) == meaning(sent), form
        assert put["lifecyclePolicyText"] == got["lifecyclePolicyText"], form
        again = registry.ecr.put_lifecycle_policy(lifecyclePolicyText=got["lifecyclePolicyText"], **name)
        assert again["lifecyclePolicyText"] == got["lifecyclePolicyText"], form
        texts.add(got["lifecyclePolicyText"])
    assert len(texts) == 1, texts


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


def pull(person, repository, tag):
    """Pulls an image through the OCI door as a person."""
    token = person.ecr.get_authorization_token()["authorizationData"][0]["authorizationToken"]
    answer = http("GET", f"{ENDPOINT}/v2/{repository}/manifests/{tag}", headers={"Authorization": f"Basic {token}"})
    assert answer.status == 200, answer.body


def await_pull_times(registry, repository, tags):
    """Waits until just the images with these tags have a pull time."""
    until = time.monotonic() + STORED_SECONDS
    while True:
        images = registry.ecr.describe_images(repositoryName=repository)["imageDetails"]
        pulled = {image["imageTags"][0] for image in images if "lastRecordedPullTime" in image}
        if pulled == set(tags):
            return
        assert pulled < set(tags) and time.monotonic() < until, pulled
        time.sleep(0.2)


@scenario
def pulls_of_excluded_principals_are_not_recorded_at_either_door(registry):
    repository = "lifecycle/pulled"
    registry.create(repository)
    for tag in ("v1", "v2", "v3", "v4", "v5"):
        registry.push(repository, tag, tag=tag)
    may_pull = policy(statement("Allow", ["ecr:GetAuthorizationToken", "ecr:BatchGetImage"]))
    scanner = account.user("pull-times-scanner", may_pull)
    reader = account.user("pull-times-reader", may_pull)
    role = account.role("pull-times-role", trust({"AWS": f"arn:aws:iam::{ACCOUNT}:root"}), may_pull)
    may_assume = policy(statement("Allow", "sts:AssumeRole"))
    assuming = account.user("pull-times-assuming", may_assume)
    session = Person.of(assuming.sts.assume_role(RoleArn=role, RoleSessionName="inventory")["Credentials"])
    for principal in (user_arn("pull-times-scanner"), role):
        made = registry.ecr.register_pull_time_update_exclusion(principalArn=principal)
        assert made["principalArn"] == principal and made["createdAt"].tzinfo is not None, made
    # botocore has no paginator for it.
    listed, more = [], {}
    while True:
        page = registry.ecr.list_pull_time_update_exclusions(maxResults=1, **more)
        listed += page["pullTimeUpdateExclusions"]
        if "nextToken" not in page:
            break
        more = {"nextToken": page["nextToken"]}
    assert set(listed) >= {user_arn("pull-times-scanner"), role} and listed == sorted(listed), listed
    with refused("ExclusionAlreadyExistsException"):
        registry.ecr.register_pull_time_update_exclusion(principalArn=role)
    with refused("AccessDeniedException"):
        reader.ecr.register_pull_time_update_exclusion(principalArn=user_arn("pull-times-reader"))
    pull(scanner, repository, "v1")
    pull(session, repository, "v2")
    scanner.ecr.batch_get_image(repositoryName=repository, imageIds=[{"imageTag": "v3"}])
    session.ecr.batch_get_image(repositoryName=repository, imageIds=[{"imageTag": "v3"}])
    reader.ecr.batch_get_image(repositoryName=repository, imageIds=[{"imageTag": "v4"}])
    pull(reader, repository, "v5")
    await_pull_times(registry, repository, ["v4", "v5"])
    for principal in (user_arn("pull-times-scanner"), role):
        assert registry.ecr.deregister_pull_time_update_exclusion(principalArn=principal)["principalArn"] == principal
    with refused("ExclusionNotFoundException"):
        registry.ecr.deregister_pull_time_update_exclusion(principalArn=role)
    pull(session, repository, "v1")
    await_pull_times(registry, repository, ["v1", "v4", "v5"])


@scenario
def an_archived_image_is_refused_to_docker_and_pulled_once_restored(registry):
    repository = "lifecycle/archived"
    registry.create(repository)
    name = {"repositoryName": repository}
    digest = registry.push(repository, "v1", tag="v1")
    subject = {"mediaType": OCI_MANIFEST, "digest": digest, "size": 1}
    signature = registry.push(repository, "signature", subject=subject)
    update = registry.ecr.update_image_storage_class
    move = lambda target: update(imageId={"imageTag": "v1"}, targetStorageClass=target, **name)
    moved = move("ARCHIVE")
    assert moved["imageStatus"] == "ARCHIVED", moved
    assert moved["imageId"] == {"imageDigest": digest, "imageTag": "v1"}, moved
    answer = registry.door("GET", f"{repository}/manifests/v1")
    assert answer.status == 404 and answer.error()[0] == "MANIFEST_UNKNOWN", answer.body
    got = registry.ecr.batch_get_image(imageIds=[{"imageTag": "v1"}], **name)
    assert not got["images"] and [failure["failureCode"] for failure in got["failures"]] == ["ImageInaccessible"], got

    def described(status):
        images = registry.ecr.describe_images(filter={"imageStatus": status}, **name)["imageDetails"]
        return {image["imageDigest"]: image for image in images}

    def await_status(status):
        until = time.monotonic() + STORED_SECONDS
        while set(described(status)) != {digest, signature}:
            assert time.monotonic() < until, described("ANY")
            time.sleep(0.2)

    await_status("ARCHIVED")
    assert described("ARCHIVED")[digest]["lastArchivedAt"].tzinfo is not None
    listed = registry.ecr.list_images(filter={"imageStatus": "ARCHIVED", "tagStatus": "TAGGED"}, **name)["imageIds"]
    assert listed == [{"imageDigest": digest, "imageTag": "v1"}], listed
    assert registry.ecr.list_images(**name)["imageIds"] == []
    name_subject = {"subjectId": {"imageDigest": digest}} | name
    assert registry.ecr.list_image_referrers(**name_subject)["referrers"] == []
    wanted = {"artifactStatus": "ARCHIVED"}
    [archived] = registry.ecr.list_image_referrers(filter=wanted, **name_subject)["referrers"]
    assert (archived["digest"], archived["artifactStatus"]) == (signature, "ARCHIVED"), archived
    with refused("ImageStorageClassUpdateNotSupportedException"):
        move("ARCHIVE")
    assert move("STANDARD")["imageStatus"] == "ACTIVATING"
    await_status("ACTIVE")
    assert described("ACTIVE")[digest]["lastActivatedAt"] >= described("ACTIVE")[digest]["lastArchivedAt"]
    assert registry.door("GET", f"{repository}/manifests/v1").status == 200
    with refused("ImageStorageClassUpdateNotSupportedException"):
        move("STANDARD")
    move("ARCHIVE")
    registry.push(repository, "v1", tag="v1")
    assert registry.door("GET", f"{repository}/manifests/v1").status == 200, "a push restores at once"


run()
