"""Runs the scenarios of one file, each on repositories of its own, against the server the environment names.

A scenario is a function whose name is a sentence about behaviour. It takes the registry, and asserts.
"""

import base64
import contextlib
import hashlib
import json
import os
import sys
import time
import traceback
import urllib.error
import urllib.request

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json"
OCI_INDEX = "application/vnd.oci.image.index.v1+json"
OCI_CONFIG = "application/vnd.oci.image.config.v1+json"
OCI_LAYER = "application/vnd.oci.image.layer.v1.tar"

ENDPOINT = os.environ["AWS_ENDPOINT_URL"]
REGION = os.environ["AWS_REGION"]
ACCOUNT = "123456789012"

# Within which all nodes act on what one of them was told of rights; a server that is one process
# does at once.
AGREED_SECONDS = float(os.environ.get("AGREED_SECONDS", "0"))

# What changes rights besides IAM: policies ask for the tags of repositories.
RIGHTS = (
    "SetRepositoryPolicy",
    "DeleteRepositoryPolicy",
    "PutRegistryPolicy",
    "DeleteRegistryPolicy",
    "CreatePolicyVersion",
    "TagResource",
    "UntagResource",
)

scenarios = []

changed_at = -AGREED_SECONDS


def note_change(model, **_):
    """Remembers when rights were changed. What IAM creates has none yet, and was never asked about."""
    global changed_at
    told = model.service_model.service_name == "iam" and not model.name.startswith(("Get", "List", "Create"))
    if told or model.name in RIGHTS:
        changed_at = time.monotonic()


def await_agreement(**_):
    """Waits until every node acts on the rights that were changed last."""
    time.sleep(max(0, changed_at + AGREED_SECONDS - time.monotonic()))


def scenario(function):
    """Marks a function as one of the file's scenarios."""
    scenarios.append(function)
    return function


def client(service="ecr", **more):
    """A client that asks once and lets the server judge the input."""
    config = Config(retries={"total_max_attempts": 1}, parameter_validation=False)
    made = boto3.client(service, config=config, **more)
    made.meta.events.register("after-call", note_change)
    if more:
        # The root user may everything at all times; others are judged.
        made.meta.events.register("before-call", await_agreement)
    return made


def digest_of(content):
    return "sha256:" + hashlib.sha256(content).hexdigest()


@contextlib.contextmanager
def refused(code, message=None, starts=None, status=400):
    """Holds that the call inside is refused with this code and text; gives the error's members."""
    members = {}
    try:
        yield members
    except ClientError as error:
        said = error.response["Error"]
        assert said["Code"] == code, f"{said}, not {code}"
        assert message is None or said["Message"] == message, f"{said['Message']!r}, not {message!r}"
        assert starts is None or said["Message"].startswith(starts), f"{said['Message']!r} does not start {starts!r}"
        assert error.response["ResponseMetadata"]["HTTPStatusCode"] == status, error.response
        members.update(error.response)
        return
    raise AssertionError(f"not refused, though {code} was due")


def not_found(repository):
    """What the service says of a repository that is not there."""
    return f"The repository with name '{repository}' does not exist in the registry with id '{ACCOUNT}'"


class Answer:
    """What a door answered to a plain HTTP request."""

    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    def json(self):
        return json.loads(self.body)

    def error(self):
        """The one error of an OCI error body, as its code and message."""
        errors = self.json()["errors"]
        assert len(errors) == 1, errors
        return errors[0]["code"], errors[0]["message"]


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def http(method, url, body=None, headers=()):
    """Sends a request with no credentials but those in its headers, and takes any answer."""
    await_agreement()
    request = urllib.request.Request(url, data=body, method=method, headers=dict(headers))
    try:
        with urllib.request.build_opener(NoRedirect).open(request, timeout=30) as response:
            return Answer(response)
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error)


class Registry:
    """Both doors of the server: the AWS API as `ecr`, and the OCI one as `door`."""

    def __init__(self):
        self.ecr = client()
        granted = self.ecr.get_authorization_token()["authorizationData"][0]
        self.authorization = "Basic " + granted["authorizationToken"]

    def door(self, method, path, body=None, **headers):
        """A request to the OCI door as the user AWS."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return http(method, f"{ENDPOINT}/v2/{path}", body, {"Authorization": self.authorization} | named)

    def create(self, name, **settings):
        return self.ecr.create_repository(repositoryName=name, **settings)["repository"]

    def push_layer(self, repository, content):
        """Uploads a layer in one part; gives its digest."""
        upload = self.ecr.initiate_layer_upload(repositoryName=repository)["uploadId"]
        digest = digest_of(content)
        self.ecr.upload_layer_part(
            repositoryName=repository,
            uploadId=upload,
            partFirstByte=0,
            partLastByte=len(content) - 1,
            layerPartBlob=content,
        )
        self.ecr.complete_layer_upload(repositoryName=repository, uploadId=upload, layerDigests=[digest])
        return digest

    def has_layer(self, repository, digest):
        layers = self.ecr.batch_check_layer_availability(repositoryName=repository, layerDigests=[digest])["layers"]
        return [layer["layerAvailability"] for layer in layers] == ["AVAILABLE"]

    def manifest(self, repository, content, **members):
        """Pushes the two layers of a small image that holds `content`; gives its manifest's text."""
        config = json.dumps({"architecture": "amd64", "os": "linux", "author": content}).encode()
        layer = f"the layer of {content}".encode()
        for blob in (config, layer):
            if not self.has_layer(repository, digest_of(blob)):
                self.push_layer(repository, blob)
        described = lambda kind, blob: {"mediaType": kind, "digest": digest_of(blob), "size": len(blob)}
        return json.dumps(
            {
                "schemaVersion": 2,
                "mediaType": OCI_MANIFEST,
                "config": described(OCI_CONFIG, config),
                "layers": [described(OCI_LAYER, layer)],
            }
            | members
        )

    def push(self, repository, content, tag=None, **members):
        """Pushes a small image through the AWS door; gives its digest."""
        manifest = self.manifest(repository, content, **members)
        tagged = {"imageTag": tag} if tag else {}
        image = self.ecr.put_image(repositoryName=repository, imageManifest=manifest, **tagged)["image"]
        return image["imageId"]["imageDigest"]

    def put_manifest(self, repository, reference, manifest, kind=OCI_MANIFEST):
        """Pushes a manifest through the OCI door."""
        return self.door("PUT", f"{repository}/manifests/{reference}", manifest.encode(), Content_Type=kind)

    def index(self, *children):
        """The text of an index of images, each given as its manifest's text."""
        described = [
            {"mediaType": OCI_MANIFEST, "digest": digest_of(child.encode()), "size": len(child)} for child in children
        ]
        return json.dumps({"schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": described})


def decoded_token(registry):
    """User and password that an authorization token stands for."""
    token = registry.authorization.removeprefix("Basic ")
    return base64.b64decode(token).decode().split(":", 1)


def run():
    """Runs every scenario of the file; the process fails when one did."""
    registry = Registry()
    failed = 0
    for one in scenarios:
        try:
            one(registry)
            print(f"{one.__name__} ... ok")
        except Exception:
            failed += 1
            print(f"{one.__name__} ... FAILED\n{traceback.format_exc()}")
    print(f"{len(scenarios) - failed} of {len(scenarios)} scenarios passed")
    sys.exit(1 if failed or not scenarios else 0)
