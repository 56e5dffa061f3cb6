"""Images: put, got, described, listed and deleted, at both doors."""

import json

from scenario import ACCOUNT, OCI_CONFIG, OCI_INDEX, OCI_MANIFEST, digest_of, refused, run, scenario

UNKNOWN = "sha256:" + 64 * "0"
# All that ECR says of a manifest it does not like. Ours says why after it, so this is how the text
# begins.
JSON_SYNTAX = "Invalid parameter at 'ImageManifest' failed to satisfy constraint: 'Invalid JSON syntax"


def listed(registry, repository):
    found = registry.ecr.list_images(repositoryName=repository)["imageIds"]
    return sorted((image["imageDigest"], image.get("imageTag", "")) for image in found)


def get(registry, repository, *ids):
    answer = registry.ecr.batch_get_image(repositoryName=repository, imageIds=list(ids))
    return answer["images"], answer["failures"]


def delete(registry, repository, *ids):
    answer = registry.ecr.batch_delete_image(repositoryName=repository, imageIds=list(ids))
    gone = sorted((image["imageDigest"], image.get("imageTag", "")) for image in answer["imageIds"])
    return gone, answer["failures"]


@scenario
def what_one_door_takes_the_other_gives(registry):
    registry.create("doors")
    through_aws = registry.manifest("doors", "through the AWS door")
    through_oci = registry.manifest("doors", "through the OCI door")
    put = registry.ecr.put_image(repositoryName="doors", imageManifest=through_aws, imageTag="aws")["image"]
    digest = digest_of(through_aws.encode())
    assert put == {
        "registryId": ACCOUNT,
        "repositoryName": "doors",
        "imageId": {"imageDigest": digest, "imageTag": "aws"},
        "imageManifest": through_aws,
        "imageManifestMediaType": OCI_MANIFEST,
    }, put
    assert registry.put_manifest("doors", "oci", through_oci).status == 201

    answer = registry.door("GET", "doors/manifests/aws", Accept=OCI_MANIFEST)
    assert (answer.status, answer.body.decode()) == (200, through_aws), answer.status
    assert answer.headers["Content-Type"] == OCI_MANIFEST, answer.headers
    answer = registry.door("HEAD", f"doors/manifests/{digest}", Accept=OCI_MANIFEST)
    assert (answer.status, answer.headers["Docker-Content-Digest"]) == (200, digest), answer.headers
    images, failures = get(registry, "doors", {"imageTag": "oci"})
    assert [image["imageManifest"] for image in images] == [through_oci], images
    assert failures == [], failures


@scenario
def an_image_and_tag_are_put_once(registry):
    registry.create("once")
    manifest = registry.manifest("once", "one")
    registry.ecr.put_image(repositoryName="once", imageManifest=manifest, imageTag="v1")
    text = (
        f"Image with digest '{digest_of(manifest.encode())}' and tag 'v1' already exists in the repository "
        f"with name 'once' in registry with id '{ACCOUNT}'"
    )
    with refused("ImageAlreadyExistsException", text):
        registry.ecr.put_image(repositoryName="once", imageManifest=manifest, imageTag="v1")


@scenario
def a_further_tag_leaves_the_time_of_the_push(registry):
    registry.create("tags")
    manifest = registry.manifest("tags", "one")
    registry.ecr.put_image(repositoryName="tags", imageManifest=manifest, imageTag="v1")
    described = lambda: registry.ecr.describe_images(repositoryName="tags")["imageDetails"]
    pushed_at = described()[0]["imagePushedAt"]
    registry.ecr.put_image(repositoryName="tags", imageManifest=manifest, imageTag="v2")
    [image] = described()
    assert (image["imagePushedAt"], sorted(image["imageTags"])) == (pushed_at, ["v1", "v2"]), image


@scenario
def a_moved_tag_leaves_the_old_image_untagged(registry):
    registry.create("moved")
    old = registry.push("moved", "old", tag="v1")
    new = registry.push("moved", "new", tag="v1")
    assert listed(registry, "moved") == sorted([(old, ""), (new, "v1")])


@scenario
def an_image_whose_parts_are_missing_is_refused(registry):
    registry.create("parts")
    layer = {"mediaType": "application/vnd.oci.image.layer.v1.tar", "digest": UNKNOWN, "size": 1}
    with refused("LayersNotFoundException") as members:
        registry.push("parts", "no layer", tag="v1", layers=[layer])
    assert UNKNOWN in members["Error"]["Message"], members
    child = registry.manifest("parts", "never pushed")
    text = (
        f"Images with digests '[{digest_of(child.encode())}]' required for pushing image into repository "
        f"with name 'parts' in the registry with id '{ACCOUNT}' do not exist"
    )
    with refused("ReferencedImagesNotFoundException", text):
        registry.ecr.put_image(repositoryName="parts", imageManifest=registry.index(child), imageTag="v1")
    assert listed(registry, "parts") == []


@scenario
def a_manifest_that_is_none_is_refused(registry):
    registry.create("bad")
    untyped = json.loads(registry.manifest("bad", "untyped"))
    del untyped["mediaType"]
    for manifest in ("{", "[]", '"text"', json.dumps(untyped)):
        with refused("InvalidParameterException", starts=JSON_SYNTAX):
            registry.ecr.put_image(repositoryName="bad", imageManifest=manifest, imageTag="v1")
    named = registry.ecr.put_image(
        repositoryName="bad", imageManifest=json.dumps(untyped), imageManifestMediaType=OCI_MANIFEST, imageTag="v1"
    )
    assert named["image"]["imageManifestMediaType"] == OCI_MANIFEST, named
    answer = registry.put_manifest("bad", "v2", "{")
    code, message = answer.error()
    assert (answer.status, code) == (405, "UNSUPPORTED") and message.startswith(JSON_SYNTAX), answer.body


@scenario
def a_digest_that_is_not_the_manifests_is_refused(registry):
    registry.create("digest")
    text = (
        f"The image with digest '{UNKNOWN}' in repository 'digest' and registry ID '{ACCOUNT}' "
        "does not match the image digest that Amazon ECR has calculated."
    )
    manifest = registry.manifest("digest", "one")
    with refused("ImageDigestDoesNotMatchException", text):
        registry.ecr.put_image(repositoryName="digest", imageManifest=manifest, imageDigest=UNKNOWN)


@scenario
def getting_images_fails_for_each_alone(registry):
    registry.create("batch")
    digest = registry.push("batch", "one", tag="v1")
    other = registry.push("batch", "two", tag="v2")
    images, failures = get(
        registry,
        "batch",
        {"imageTag": "v1"},
        {"imageDigest": other},
        {"imageTag": "absent"},
        {"imageDigest": UNKNOWN},
        {"imageDigest": "nonsense"},
        {"imageDigest": digest, "imageTag": "v2"},
        {},
    )
    got = sorted((image["imageId"]["imageDigest"], image["imageId"].get("imageTag", "")) for image in images)
    assert got == sorted([(digest, "v1"), (other, "")]), got
    by_code = {}
    for failure in failures:
        by_code.setdefault(failure["failureCode"], []).append((failure["imageId"], failure["failureReason"]))
    assert by_code["ImageNotFound"] == [
        ({"imageTag": "absent"}, "Requested image not found"),
        ({"imageDigest": UNKNOWN}, "Requested image not found"),
    ], by_code
    assert by_code["InvalidImageDigest"] == [
        (
            {"imageDigest": "nonsense"},
            "Invalid request parameters: image digest should satisfy the regex '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'",
        )
    ], by_code
    assert by_code["MissingDigestAndTag"] == [
        ({}, "Invalid request parameters: both tag and digest cannot be null")
    ], by_code
    assert [one for one, _ in by_code["ImageTagDoesNotMatchDigest"]] == [{"imageDigest": digest, "imageTag": "v2"}]
    assert len(failures) == 5, failures


@scenario
def a_batch_takes_a_hundred_images(registry):
    registry.create("hundred")
    text = "Invalid parameter at 'imageIds' failed to satisfy constraint: 'Member must have length less than or equal to 100'"
    with refused("InvalidParameterException", text):
        get(registry, "hundred", *[{"imageTag": f"v{number}"} for number in range(101)])


@scenario
def an_image_is_described_as_what_it_is(registry):
    registry.create("described")
    digest = registry.push("described", "one", tag="v1")
    untagged = registry.push("described", "two")
    [image] = registry.ecr.describe_images(repositoryName="described", imageIds=[{"imageTag": "v1"}])["imageDetails"]
    pushed_at, size = image.pop("imagePushedAt"), image.pop("imageSizeInBytes")
    image.pop("lastRecordedPullTime", None)
    assert image == {
        "registryId": ACCOUNT,
        "repositoryName": "described",
        "imageDigest": digest,
        "imageTags": ["v1"],
        "imageManifestMediaType": OCI_MANIFEST,
        "artifactMediaType": OCI_CONFIG,
        "imageStatus": "ACTIVE",
    }, image
    assert pushed_at.tzinfo is not None and size >= len("the layer of one"), (pushed_at, size)
    status = lambda wanted: registry.ecr.describe_images(repositoryName="described", filter={"tagStatus": wanted})
    digests = lambda wanted: sorted(one["imageDigest"] for one in status(wanted)["imageDetails"])
    assert digests("TAGGED") == [digest]
    assert digests("UNTAGGED") == [untagged]
    assert digests("ANY") == sorted([digest, untagged])
    [image] = status("UNTAGGED")["imageDetails"]
    assert "imageTags" not in image, image


@scenario
def describing_an_unknown_image_fails_the_call(registry):
    registry.create("unknown")
    text = (
        "The image with imageId {imageDigest:'null', imageTag:'absent'} does not exist within the repository "
        f"with name 'unknown' in the registry with id '{ACCOUNT}'"
    )
    with refused("ImageNotFoundException", text):
        registry.ecr.describe_images(repositoryName="unknown", imageIds=[{"imageTag": "absent"}])


@scenario
def a_list_has_an_entry_for_each_tag(registry):
    registry.create("listed")
    manifest = registry.manifest("listed", "one")
    for tag in ("v1", "v2"):
        registry.ecr.put_image(repositoryName="listed", imageManifest=manifest, imageTag=tag)
    digest = digest_of(manifest.encode())
    untagged = registry.push("listed", "two")
    assert listed(registry, "listed") == sorted([(digest, "v1"), (digest, "v2"), (untagged, "")])
    filtered = registry.ecr.list_images(repositoryName="listed", filter={"tagStatus": "UNTAGGED"})["imageIds"]
    assert filtered == [{"imageDigest": untagged}], filtered


@scenario
def deleting_the_last_tag_deletes_the_image(registry):
    registry.create("last")
    manifest = registry.manifest("last", "one")
    digest = digest_of(manifest.encode())
    for tag in ("v1", "v2"):
        registry.ecr.put_image(repositoryName="last", imageManifest=manifest, imageTag=tag)
    assert delete(registry, "last", {"imageTag": "v1"}) == ([(digest, "v1")], [])
    assert listed(registry, "last") == [(digest, "v2")]
    assert delete(registry, "last", {"imageTag": "v2"}) == ([(digest, "v2")], [])
    assert listed(registry, "last") == []
    assert registry.door("GET", f"last/manifests/{digest}").status == 404


@scenario
def deleting_by_digest_takes_every_tag(registry):
    registry.create("whole")
    manifest = registry.manifest("whole", "one")
    digest = digest_of(manifest.encode())
    for tag in ("v1", "v2"):
        registry.ecr.put_image(repositoryName="whole", imageManifest=manifest, imageTag=tag)
    untagged = registry.push("whole", "two")
    gone, failures = delete(registry, "whole", {"imageDigest": digest}, {"imageDigest": untagged}, {"imageTag": "absent"})
    assert gone == sorted([(digest, "v1"), (digest, "v2"), (untagged, "")]), gone
    assert [(one["imageId"], one["failureCode"], one["failureReason"]) for one in failures] == [
        ({"imageTag": "absent"}, "ImageNotFound", "Requested image not found")
    ], failures


@scenario
def an_index_keeps_its_children_until_it_goes(registry):
    registry.create("family")
    child = registry.manifest("family", "child")
    registry.ecr.put_image(repositoryName="family", imageManifest=child, imageTag="child")
    index = registry.index(child)
    put = registry.ecr.put_image(repositoryName="family", imageManifest=index, imageTag="index")["image"]
    assert put["imageManifestMediaType"] == OCI_INDEX, put
    digest, parent = digest_of(child.encode()), digest_of(index.encode())
    reason = f"Requested image referenced by manifest list: [{parent}]"
    for image in ({"imageDigest": digest}, {"imageTag": "child"}):
        gone, failures = delete(registry, "family", image)
        assert gone == [], gone
        assert [(one["failureCode"], one["failureReason"]) for one in failures] == [
            ("ImageReferencedByManifestList", reason)
        ], failures
    answer = registry.door("DELETE", f"family/manifests/{digest}")
    assert (answer.status, answer.error()) == (405, ("UNSUPPORTED", reason)), answer.body
    delete(registry, "family", {"imageDigest": parent})
    assert listed(registry, "family") == [(digest, "child")]
    assert delete(registry, "family", {"imageDigest": digest})[0] == [(digest, "child")]


@scenario
def an_unknown_manifest_is_told_in_the_services_words(registry):
    registry.create("words")
    for reference in ("absent", UNKNOWN):
        answer = registry.door("GET", f"words/manifests/{reference}")
        assert (answer.status, answer.error()) == (404, ("MANIFEST_UNKNOWN", "Requested image not found")), answer.body


run()
