"""Repositories: made, described, set, tagged and deleted."""

from scenario import ACCOUNT, ENDPOINT, REGION, not_found, refused, run, scenario


def arn(name):
    return f"arn:aws:ecr:{REGION}:{ACCOUNT}:repository/{name}"


@scenario
def a_new_repository_has_the_defaults(registry):
    made = registry.create("defaults")
    uri = made.pop("repositoryUri")
    assert uri == ENDPOINT.removeprefix("http://") + "/defaults", f"{uri} cannot be pushed to from here"
    made_at = made.pop("createdAt")
    assert made == {
        "repositoryArn": arn("defaults"),
        "registryId": ACCOUNT,
        "repositoryName": "defaults",
        "imageTagMutability": "MUTABLE",
        "imageScanningConfiguration": {"scanOnPush": False},
        "encryptionConfiguration": {"encryptionType": "AES256"},
    }, made
    described = registry.ecr.describe_repositories(repositoryNames=["defaults"])["repositories"]
    assert described == [made | {"repositoryUri": uri, "createdAt": made_at}], described


@scenario
def a_repository_keeps_what_it_was_created_with(registry):
    registry.create(
        "kept/as-made",
        imageTagMutability="IMMUTABLE",
        imageScanningConfiguration={"scanOnPush": True},
        tags=[{"Key": "team", "Value": "a"}],
    )
    described = registry.ecr.describe_repositories(repositoryNames=["kept/as-made"])["repositories"][0]
    assert described["imageTagMutability"] == "IMMUTABLE", described
    assert described["imageScanningConfiguration"] == {"scanOnPush": True}, described
    tags = registry.ecr.list_tags_for_resource(resourceArn=arn("kept/as-made"))["tags"]
    assert tags == [{"Key": "team", "Value": "a"}], tags


@scenario
def a_name_is_taken_once(registry):
    registry.create("taken")
    text = f"The repository with name 'taken' already exists in the registry with id '{ACCOUNT}'"
    with refused("RepositoryAlreadyExistsException", text):
        registry.create("taken")


@scenario
def a_name_outside_the_grammar_is_refused(registry):
    starts = "Invalid parameter at 'repositoryName' failed to satisfy constraint: '"
    for name in ["a", "Web", "a//b", "-a", "a-", "a/", "/a", "a..b", "a___b", "a b", "a:b", "x" * 257]:
        with refused("InvalidParameterException", starts=starts):
            registry.create(name)


@scenario
def every_separator_of_the_grammar_is_allowed(registry):
    for name in ["a1", "a.b", "a_b", "a__b", "a---b", "deep/er/and/deeper", "x" * 256]:
        assert registry.create(name)["repositoryName"] == name


@scenario
def a_setting_outside_the_model_is_refused(registry):
    starts = "Invalid parameter at 'imageTagMutability' failed to satisfy constraint: 'Member must satisfy enum value set: ["
    with refused("InvalidParameterException", starts=starts):
        registry.create("odd/mutability", imageTagMutability="SOMETIMES")
    starts = "Invalid parameter at 'registryId' failed to satisfy constraint: 'must satisfy regular expression"
    with refused("InvalidParameterException", starts=starts):
        registry.ecr.describe_repositories(registryId="mine")
    key = {"encryptionType": "AES256", "kmsKey": "alias/mine"}
    with refused("InvalidParameterException"):
        registry.create("odd/key", encryptionConfiguration=key)


@scenario
def every_operation_says_that_a_repository_is_missing(registry):
    ecr, name = registry.ecr, "missing"
    upload = "00000000-0000-4000-8000-000000000000"
    digest = "sha256:" + 64 * "0"
    manifest = registry.index()
    calls = [
        lambda: ecr.describe_repositories(repositoryNames=[name]),
        lambda: ecr.delete_repository(repositoryName=name),
        lambda: ecr.put_image_tag_mutability(repositoryName=name, imageTagMutability="MUTABLE"),
        lambda: ecr.put_image_scanning_configuration(
            repositoryName=name, imageScanningConfiguration={"scanOnPush": True}
        ),
        lambda: ecr.list_tags_for_resource(resourceArn=arn(name)),
        lambda: ecr.tag_resource(resourceArn=arn(name), tags=[{"Key": "a", "Value": "b"}]),
        lambda: ecr.untag_resource(resourceArn=arn(name), tagKeys=["a"]),
        lambda: ecr.batch_check_layer_availability(repositoryName=name, layerDigests=[digest]),
        lambda: ecr.initiate_layer_upload(repositoryName=name),
        lambda: ecr.upload_layer_part(
            repositoryName=name, uploadId=upload, partFirstByte=0, partLastByte=0, layerPartBlob=b"x"
        ),
        lambda: ecr.complete_layer_upload(repositoryName=name, uploadId=upload, layerDigests=[digest]),
        lambda: ecr.get_download_url_for_layer(repositoryName=name, layerDigest=digest),
        lambda: ecr.put_image(repositoryName=name, imageManifest=manifest),
        lambda: ecr.batch_get_image(repositoryName=name, imageIds=[{"imageTag": "v1"}]),
        lambda: ecr.batch_delete_image(repositoryName=name, imageIds=[{"imageTag": "v1"}]),
        lambda: ecr.describe_images(repositoryName=name),
        lambda: ecr.list_images(repositoryName=name),
        lambda: ecr.list_image_referrers(repositoryName=name, subjectId={"imageDigest": digest}),
    ]
    for call in calls:
        with refused("RepositoryNotFoundException", not_found(name)):
            call()
    answer = registry.door("GET", f"{name}/tags/list")
    assert (answer.status, answer.error()) == (404, ("NAME_UNKNOWN", not_found(name))), answer.body
    answer = registry.door("POST", f"{name}/blobs/uploads/")
    assert (answer.status, answer.error()) == (404, ("NAME_UNKNOWN", not_found(name))), answer.body


@scenario
def a_repository_that_holds_images_goes_only_by_force(registry):
    registry.create("full")
    registry.push("full", "one", tag="v1")
    text = f"The repository with name 'full' in registry with id '{ACCOUNT}' cannot be deleted because it still contains images"
    with refused("RepositoryNotEmptyException", text):
        registry.ecr.delete_repository(repositoryName="full")
    deleted = registry.ecr.delete_repository(repositoryName="full", force=True)["repository"]
    assert (deleted["repositoryName"], deleted["repositoryArn"]) == ("full", arn("full")), deleted
    with refused("RepositoryNotFoundException", not_found("full")):
        registry.ecr.describe_images(repositoryName="full")
    assert registry.door("GET", "full/manifests/v1").status == 404


@scenario
def a_name_can_be_used_again_and_nothing_comes_back(registry):
    registry.create("again", tags=[{"Key": "old", "Value": "1"}])
    registry.push("again", "one", tag="v1")
    registry.ecr.delete_repository(repositoryName="again", force=True)
    registry.create("again")
    assert registry.ecr.list_images(repositoryName="again")["imageIds"] == []
    assert registry.ecr.list_tags_for_resource(resourceArn=arn("again"))["tags"] == []


@scenario
def resource_tags_merge_and_go(registry):
    registry.create("tagged")
    ecr, resource = registry.ecr, arn("tagged")
    listed = lambda: {tag["Key"]: tag["Value"] for tag in ecr.list_tags_for_resource(resourceArn=resource)["tags"]}
    assert listed() == {}
    ecr.tag_resource(resourceArn=resource, tags=[{"Key": "a", "Value": "1"}, {"Key": "b", "Value": ""}])
    ecr.tag_resource(resourceArn=resource, tags=[{"Key": "a", "Value": "2"}, {"Key": "c", "Value": "3"}])
    assert listed() == {"a": "2", "b": "", "c": "3"}, listed()
    ecr.untag_resource(resourceArn=resource, tagKeys=["b", "c"])
    assert listed() == {"a": "2"}, listed()


@scenario
def a_repository_takes_fifty_resource_tags(registry):
    registry.create("fifty")
    many = [{"Key": f"key-{number}", "Value": "x"} for number in range(50)]
    registry.ecr.tag_resource(resourceArn=arn("fifty"), tags=many)
    with refused("TooManyTagsException"):
        registry.ecr.tag_resource(resourceArn=arn("fifty"), tags=[{"Key": "one-more", "Value": "x"}])
    assert len(registry.ecr.list_tags_for_resource(resourceArn=arn("fifty"))["tags"]) == 50


@scenario
def an_arn_that_is_none_is_refused(registry):
    text = "Invalid parameter at 'resourceArn' failed to satisfy constraint: 'Invalid ARN'"
    with refused("InvalidParameterException", text):
        registry.ecr.list_tags_for_resource(resourceArn="repository/web")


@scenario
def scanning_on_push_is_set_and_described(registry):
    registry.create("scanned")
    answer = registry.ecr.put_image_scanning_configuration(
        repositoryName="scanned", imageScanningConfiguration={"scanOnPush": True}
    )
    del answer["ResponseMetadata"]
    assert answer == {
        "registryId": ACCOUNT,
        "repositoryName": "scanned",
        "imageScanningConfiguration": {"scanOnPush": True},
    }, answer
    described = registry.ecr.describe_repositories(repositoryNames=["scanned"])["repositories"][0]
    assert described["imageScanningConfiguration"] == {"scanOnPush": True}, described


run()
