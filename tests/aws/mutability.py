"""Tag mutability, held at both doors."""

from scenario import ACCOUNT, digest_of, refused, run, scenario


def wildcards(*filters):
    return [{"filterType": "WILDCARD", "filter": one} for one in filters]


def frozen(repository, tag):
    return (
        f"The image tag '{tag}' already exists in the '{repository}' repository "
        "and cannot be overwritten because the tag is immutable."
    )


def set_mode(registry, repository, mode, filters=()):
    more = {"imageTagMutabilityExclusionFilters": wildcards(*filters)} if filters else {}
    return registry.ecr.put_image_tag_mutability(repositoryName=repository, imageTagMutability=mode, **more)


@scenario
def each_mode_decides_which_tags_move_at_both_doors(registry):
    cases = [
        # mode                        filters            tag       moves
        ("MUTABLE",                   [],                "v1",     True),
        ("IMMUTABLE",                 [],                "v1",     False),
        ("IMMUTABLE_WITH_EXCLUSION",  ["dev-*"],         "dev-1",  True),
        ("IMMUTABLE_WITH_EXCLUSION",  ["dev-*"],         "v1",     False),
        ("IMMUTABLE_WITH_EXCLUSION",  ["a", "*-b-*"],    "x-b-y",  True),
        ("IMMUTABLE_WITH_EXCLUSION",  ["latest"],        "latest2", False),
        ("MUTABLE_WITH_EXCLUSION",    ["v*"],            "v1",     False),
        ("MUTABLE_WITH_EXCLUSION",    ["v*"],            "latest", True),
    ]
    for number, (mode, filters, tag, moves) in enumerate(cases):
        repository = f"modes/{number}"
        registry.create(repository)
        set_mode(registry, repository, mode, filters)
        first = registry.push(repository, "first", tag=tag)
        second, third = (registry.manifest(repository, content) for content in ("second", "third"))
        because = f"{mode} {filters} {tag}"
        if moves:
            registry.ecr.put_image(repositoryName=repository, imageManifest=second, imageTag=tag)
            answer = registry.put_manifest(repository, tag, third)
            assert answer.status == 201, (because, answer.status, answer.body)
            held = digest_of(third.encode())
        else:
            with refused("ImageTagAlreadyExistsException", frozen(repository, tag)):
                registry.ecr.put_image(repositoryName=repository, imageManifest=second, imageTag=tag)
            answer = registry.put_manifest(repository, tag, third)
            assert answer.status == 400, (because, answer.status, answer.body)
            assert answer.error() == ("TAG_INVALID", frozen(repository, tag)), (because, answer.body)
            held = first
        got = registry.ecr.batch_get_image(repositoryName=repository, imageIds=[{"imageTag": tag}])["images"]
        assert [image["imageId"]["imageDigest"] for image in got] == [held], because


@scenario
def a_refused_push_leaves_nothing_behind(registry):
    registry.create("clean", imageTagMutability="IMMUTABLE")
    registry.push("clean", "first", tag="v1")
    second = registry.manifest("clean", "second")
    with refused("ImageTagAlreadyExistsException"):
        registry.ecr.put_image(repositoryName="clean", imageManifest=second, imageTag="v1")
    assert len(registry.ecr.list_images(repositoryName="clean")["imageIds"]) == 1


@scenario
def the_same_manifest_may_be_put_under_its_frozen_tag_again(registry):
    registry.create("same", imageTagMutability="IMMUTABLE")
    manifest = registry.manifest("same", "one")
    assert registry.put_manifest("same", "v1", manifest).status == 201
    assert registry.put_manifest("same", "v1", manifest).status == 201
    text = (
        f"Image with digest '{digest_of(manifest.encode())}' and tag 'v1' already exists in the repository "
        f"with name 'same' in registry with id '{ACCOUNT}'"
    )
    with refused("ImageAlreadyExistsException", text):
        registry.ecr.put_image(repositoryName="same", imageManifest=manifest, imageTag="v1")


@scenario
def a_frozen_tag_can_be_deleted_and_then_set_anew(registry):
    registry.create("freed", imageTagMutability="IMMUTABLE")
    registry.push("freed", "one", tag="v1")
    registry.ecr.batch_delete_image(repositoryName="freed", imageIds=[{"imageTag": "v1"}])
    registry.push("freed", "two", tag="v1")


@scenario
def a_change_of_mode_is_answered_described_and_holds_for_old_tags(registry):
    registry.create("changed")
    registry.push("changed", "one", tag="v1")
    answer = set_mode(registry, "changed", "MUTABLE_WITH_EXCLUSION", ["v*", "release"])
    del answer["ResponseMetadata"]
    assert answer == {
        "registryId": ACCOUNT,
        "repositoryName": "changed",
        "imageTagMutability": "MUTABLE_WITH_EXCLUSION",
        "imageTagMutabilityExclusionFilters": wildcards("v*", "release"),
    }, answer
    with refused("ImageTagAlreadyExistsException", frozen("changed", "v1")):
        registry.push("changed", "two", tag="v1")
    set_mode(registry, "changed", "MUTABLE")
    described = registry.ecr.describe_repositories(repositoryNames=["changed"])["repositories"][0]
    assert described["imageTagMutability"] == "MUTABLE", described
    assert "imageTagMutabilityExclusionFilters" not in described, described
    registry.push("changed", "two", tag="v1")


@scenario
def filters_go_with_the_modes_that_have_exclusions_and_only_with_those(registry):
    registry.create("filters")
    at = "Invalid parameter at 'imageTagMutabilityExclusionFilters' failed to satisfy constraint: 'ImageTagMutabilityExclusionFilters "
    for mode in ("MUTABLE", "IMMUTABLE"):
        with refused("InvalidParameterException", f"{at}are not allowed when imageTagMutability is set as {mode}'"):
            set_mode(registry, "filters", mode, ["v*"])
        with refused("InvalidParameterException", f"{at}can't be null when imageTagMutability is set as {mode}_WITH_EXCLUSION'"):
            set_mode(registry, "filters", f"{mode}_WITH_EXCLUSION")
    for bad in (["a b"], ["*a*b*"], ["x" * 129], list("abcdef")):
        with refused("InvalidParameterException"):
            set_mode(registry, "filters", "IMMUTABLE_WITH_EXCLUSION", bad)


run()
