"""Layers: up in parts, checked, and down by a URL that carries its own right."""

import re
import urllib.parse

from scenario import OCI_LAYER, digest_of, http, refused, run, scenario

MIB = 1024 * 1024
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
UNKNOWN = "sha256:" + 64 * "0"


def begin(registry, repository):
    return registry.ecr.initiate_layer_upload(repositoryName=repository)["uploadId"]


def send(registry, repository, upload, first, content):
    return registry.ecr.upload_layer_part(
        repositoryName=repository,
        uploadId=upload,
        partFirstByte=first,
        partLastByte=first + len(content) - 1,
        layerPartBlob=content,
    )


def complete(registry, repository, upload, digest):
    return registry.ecr.complete_layer_upload(repositoryName=repository, uploadId=upload, layerDigests=[digest])


def url_of(registry, repository, digest):
    return registry.ecr.get_download_url_for_layer(repositoryName=repository, layerDigest=digest)["downloadUrl"]


@scenario
def a_layer_goes_up_in_parts_and_comes_down_by_a_url(registry):
    registry.create("layers/parts")
    content = b"0123456789abcdef" * (5 * MIB // 16) + b"the end"
    digest = digest_of(content)
    begun = registry.ecr.initiate_layer_upload(repositoryName="layers/parts")
    upload = begun["uploadId"]
    assert UUID.fullmatch(upload), upload
    assert begun["partSize"] == 10 * MIB, begun
    sent = send(registry, "layers/parts", upload, 0, content[: 5 * MIB])
    assert (sent["uploadId"], sent["lastByteReceived"]) == (upload, 5 * MIB - 1), sent
    sent = send(registry, "layers/parts", upload, 5 * MIB, content[5 * MIB :])
    assert sent["lastByteReceived"] == len(content) - 1, sent
    done = complete(registry, "layers/parts", upload, digest)
    assert (done["uploadId"], done["layerDigest"]) == (upload, digest), done

    layer = {"mediaType": OCI_LAYER, "digest": digest, "size": len(content)}
    registry.push("layers/parts", "parts", tag="v1", layers=[layer])
    url = url_of(registry, "layers/parts", digest)
    whole = http("GET", url)
    assert (whole.status, digest_of(whole.body)) == (200, digest), whole.status
    assert whole.headers["Content-Length"] == str(len(content)), whole.headers
    part = http("GET", url, headers={"Range": f"bytes={5 * MIB - 2}-{5 * MIB + 2}"})
    assert (part.status, part.body) == (206, b"efthe"), (part.status, part.body)


@scenario
def a_download_url_holds_only_as_it_was_given(registry):
    registry.create("layers/url")
    registry.push("layers/url", "url", tag="v1")
    digest = digest_of(b"the layer of url")
    url = url_of(registry, "layers/url", digest)
    assert http("GET", url).body == b"the layer of url"
    parts = urllib.parse.urlsplit(url)
    query = urllib.parse.parse_qsl(parts.query, keep_blank_values=True)
    assert query, f"nothing in {url} limits it"

    def refuses(changed):
        changed = urllib.parse.urlunsplit(parts._replace(query=urllib.parse.urlencode(changed)))
        answer = http("GET", changed)
        assert 400 <= answer.status < 500, f"{changed} was answered with {answer.status}"

    for position, (name, value) in enumerate(query):
        for other in (value + "1", "9" + value[1:] if value[:1] != "9" else "8" + value[1:], ""):
            refuses(query[:position] + [(name, other)] + query[position + 1 :])
        refuses(query[:position] + query[position + 1 :])


@scenario
def availability_is_told_per_layer(registry):
    registry.create("layers/check")
    registry.push("layers/check", "check", tag="v1")
    here = digest_of(b"the layer of check")
    answer = registry.ecr.batch_check_layer_availability(
        repositoryName="layers/check", layerDigests=[here, UNKNOWN, "nonsense"]
    )
    layers = {layer["layerDigest"]: layer for layer in answer["layers"]}
    assert layers[here] == {
        "layerDigest": here,
        "layerAvailability": "AVAILABLE",
        "layerSize": len(b"the layer of check"),
        "mediaType": OCI_LAYER,
    }, layers
    assert layers[UNKNOWN]["layerAvailability"] == "UNAVAILABLE", layers
    failures = [(failure["layerDigest"], failure["failureCode"]) for failure in answer["failures"]]
    assert failures == [("nonsense", "InvalidLayerDigest")], answer["failures"]


@scenario
def a_part_out_of_order_is_refused_and_the_upload_goes_on(registry):
    registry.create("layers/order")
    upload = begin(registry, "layers/order")
    send(registry, "layers/order", upload, 0, b"first")
    with refused("InvalidLayerPartException", "First byte of the layer part is 9 instead of 5") as members:
        send(registry, "layers/order", upload, 9, b"third")
    assert members["lastValidByteReceived"] == 4, members
    assert members["uploadId"] == upload, members
    with refused("InvalidLayerPartException"):
        registry.ecr.upload_layer_part(
            repositoryName="layers/order", uploadId=upload, partFirstByte=5, partLastByte=20, layerPartBlob=b"short"
        )


@scenario
def only_the_last_part_may_be_small(registry):
    registry.create("layers/small")
    upload = begin(registry, "layers/small")
    with refused("LayerPartTooSmallException", "All layer parts except the last part should be at least 5MB"):
        send(registry, "layers/small", upload, 0, b"small ")
        send(registry, "layers/small", upload, 6, b"and small")
        complete(registry, "layers/small", upload, digest_of(b"small and small"))


@scenario
def an_upload_is_completed_only_with_what_it_holds(registry):
    registry.create("layers/complete")
    upload = begin(registry, "layers/complete")
    with refused("EmptyUploadException"):
        complete(registry, "layers/complete", upload, digest_of(b""))
    upload = begin(registry, "layers/complete")
    send(registry, "layers/complete", upload, 0, b"content")
    with refused("InvalidLayerException"):
        complete(registry, "layers/complete", upload, digest_of(b"other content"))
    registry.push_layer("layers/complete", b"twice")
    with refused("LayerAlreadyExistsException"):
        registry.push_layer("layers/complete", b"twice")
    with refused("UploadNotFoundException"):
        complete(registry, "layers/complete", "00000000-0000-4000-8000-000000000000", UNKNOWN)
    with refused("InvalidParameterException", starts="Invalid parameter at 'uploadId' failed to satisfy constraint: '"):
        complete(registry, "layers/complete", "not an id", UNKNOWN)


@scenario
def an_upload_belongs_to_its_repository(registry):
    registry.create("layers/mine")
    registry.create("layers/yours")
    upload = begin(registry, "layers/mine")
    with refused("UploadNotFoundException"):
        send(registry, "layers/yours", upload, 0, b"content")


@scenario
def a_layer_without_an_image_is_not_given_out(registry):
    registry.create("layers/lonely")
    with refused("LayersNotFoundException"):
        url_of(registry, "layers/lonely", UNKNOWN)
    digest = registry.push_layer("layers/lonely", b"lonely")
    with refused("LayerInaccessibleException"):
        url_of(registry, "layers/lonely", digest)


@scenario
def a_layer_of_one_repository_is_unknown_in_another(registry):
    registry.create("layers/one")
    registry.create("layers/two")
    digest = registry.push_layer("layers/one", b"only in one")
    assert not registry.has_layer("layers/two", digest)
    assert registry.door("HEAD", f"layers/two/blobs/{digest}").status == 404
    assert registry.door("GET", f"layers/one/blobs/{digest}").status in (200, 307)


run()
