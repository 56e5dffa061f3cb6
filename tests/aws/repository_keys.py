"""Repositories under KMS keys: made, pushed, pulled, and refused at both doors without their keys."""

import json
import re
import time

from own_service import ask, longshore
from people import Account, policy, statement
from scenario import ACCOUNT, AGREED_SECONDS, REGION, client, digest_of, http, refused, run, scenario

account = Account()
kms = client("kms")
SERVICE = f"ecr.{REGION}.amazonaws.com"
ABSENT = "1234abcd-12ab-34cd-56ef-1234567890ab"


def key_arn(key, owner=ACCOUNT, region=REGION):
    return f"arn:aws:kms:{region}:{owner}:key/{key}"


def made(**wanted):
    return kms.create_key(**wanted)["KeyMetadata"]["KeyId"]


def under(key=None, kind="KMS"):
    return {"encryptionConfiguration": {"encryptionType": kind} | ({"kmsKey": key} if key else {})}


def settled(done):
    """Waits until every node has noticed what was done to a key."""
    time.sleep(AGREED_SECONDS)
    return done


def grants_of(key, repository):
    arn = f"arn:aws:ecr:{REGION}:{ACCOUNT}:repository/{repository}"
    grants = kms.list_grants(KeyId=key)["Grants"]
    return [one for one in grants if one["Constraints"] == {"EncryptionContextSubset": {"aws:ecr:arn": arn}}]


class Pushed:
    """A repository under a key with one image, and what each door says of it."""

    def __init__(self, registry, name, key):
        self.registry, self.name = registry, name
        registry.create(name, **under(key))
        registry.push(name, name, tag="v1")
        self.manifest = registry.manifest(name, name)
        self.layer = digest_of(f"the layer of {name}".encode())
        url = registry.ecr.get_download_url_for_layer(repositoryName=name, layerDigest=self.layer)
        self.url = url["downloadUrl"]

    def works(self):
        got = self.registry.ecr.batch_get_image(repositoryName=self.name, imageIds=[{"imageTag": "v1"}])
        assert len(got["images"]) == 1 and not got["failures"], got
        assert self.registry.door("GET", f"{self.name}/manifests/v1").status == 200
        for layer in (
            self.registry.door("GET", f"{self.name}/blobs/{self.layer}", X_Longshore_Redirect="never"),
            http("GET", self.url),
        ):
            assert (layer.status, layer.body) == (200, f"the layer of {self.name}".encode()), layer.body
        self.registry.push(self.name, f"{self.name} {time.monotonic_ns()}")

    def is_refused(self, code, message):
        ecr, name = self.registry.ecr, self.name
        got = ecr.batch_get_image(repositoryName=name, imageIds=[{"imageTag": "v1"}])
        failure = {"imageId": {"imageTag": "v1"}, "failureCode": "KmsError", "failureReason": message}
        assert (got["images"], got["failures"]) == ([], [failure]), got
        with refused("KmsException", message) as error:
            ecr.initiate_layer_upload(repositoryName=name)
        assert error["kmsError"] == code, error
        with refused("KmsException", message):
            ecr.put_image(repositoryName=name, imageManifest=self.manifest, imageTag="again")
        for method, path in (
            ("GET", "manifests/v1"),
            ("HEAD", "manifests/v1"),
            ("GET", f"blobs/{self.layer}"),
            ("HEAD", f"blobs/{self.layer}"),
            ("POST", "blobs/uploads/"),
        ):
            answer = self.registry.door(method, f"{name}/{path}")
            assert answer.status == 403, (method, path, answer.status, answer.body)
            assert method == "HEAD" or answer.error() == ("DENIED", message), answer.body
        layer = http("GET", self.url)
        assert (layer.status, layer.error()) == (403, ("DENIED", message)), layer.body


@scenario
def a_repository_says_which_key_it_is_under(registry):
    key = made()
    kms.create_alias(AliasName="alias/repositories/mine", TargetKeyId=key)
    spellings = [key, key_arn(key), "alias/repositories/mine", f"arn:aws:kms:{REGION}:{ACCOUNT}:alias/repositories/mine"]
    for number, named in enumerate(spellings):
        created = registry.create(f"keys/spelled-{number}", **under(named))
        assert created["encryptionConfiguration"] == {"encryptionType": "KMS", "kmsKey": key_arn(key)}, created
    described = registry.ecr.describe_repositories(repositoryNames=["keys/spelled-0"])["repositories"][0]
    assert described["encryptionConfiguration"] == {"encryptionType": "KMS", "kmsKey": key_arn(key)}, described
    plain = registry.create("keys/plain")
    assert plain["encryptionConfiguration"] == {"encryptionType": "AES256"}, plain


@scenario
def without_a_name_the_key_is_the_one_that_ecr_manages(registry):
    created = registry.create("keys/managed", **under())
    arn = created["encryptionConfiguration"]["kmsKey"]
    assert re.fullmatch(key_arn("[0-9a-f-]{36}"), arn), arn
    metadata = kms.describe_key(KeyId="alias/aws/ecr")["KeyMetadata"]
    assert metadata["Arn"] == arn, metadata
    named = registry.create("keys/managed-by-name", **under("alias/aws/ecr"))
    assert named["encryptionConfiguration"]["kmsKey"] == arn, named
    registry.push("keys/managed", "managed", tag="v1")
    assert registry.door("GET", "keys/managed/manifests/v1").status == 200


@scenario
def a_key_that_cannot_be_used_is_refused_in_kms_s_words(registry):
    disabled, going = made(), made()
    pair = made(KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY")
    kms.disable_key(KeyId=disabled)
    kms.schedule_key_deletion(KeyId=going, PendingWindowInDays=7)
    usage = f"{key_arn(pair)} key usage is SIGN_VERIFY which is not valid for GenerateDataKey."
    cases = [
        (ABSENT, "NotFoundException", f"Key '{key_arn(ABSENT)}' does not exist"),
        ("alias/nothing", "NotFoundException", f"Alias arn:aws:kms:{REGION}:{ACCOUNT}:alias/nothing is not found."),
        ("mine", "NotFoundException", "Invalid keyId 'mine'"),
        (key_arn(ABSENT, region="eu-west-1"), "NotFoundException", "Invalid arn eu-west-1"),
        (disabled, "DisabledException", f"{key_arn(disabled)} is disabled."),
        (going, "KMSInvalidStateException", f"{key_arn(going)} is pending deletion."),
        (pair, "InvalidKeyUsageException", usage),
    ]
    for key, code, message in cases:
        with refused("KmsException", message) as error:
            registry.create("keys/refused", **under(key))
        assert error["kmsError"] == code, error
    with refused("InvalidParameterException", starts="Invalid encryption configuration: KMS_DSSE"):
        registry.create("keys/refused", **under(disabled, kind="KMS_DSSE"))
    with refused("RepositoryNotFoundException"):
        registry.ecr.describe_repositories(repositoryNames=["keys/refused"])


@scenario
def who_makes_a_repository_under_a_key_may_grant_the_key(registry):
    key = made()
    may_create = statement("Allow", "ecr:CreateRepository")
    by_way_of_ecr = {"Condition": {"StringEquals": {"kms:ViaService": SERVICE}}}
    describe = statement("Allow", "kms:DescribeKey", key_arn(key), **by_way_of_ecr)
    for_aws = {"Condition": {"Bool": {"kms:GrantIsForAWSResource": "true"}}}
    grant = statement("Allow", "kms:CreateGrant", key_arn(key), **for_aws)
    for name, statements, lacks in (
        ("none", [may_create], "kms:DescribeKey"),
        ("describes", [may_create, describe], "kms:CreateGrant"),
        ("grants", [may_create, grant], "kms:DescribeKey"),
        ("both", [may_create, describe, grant], None),
    ):
        person = account.user(f"keys-{name}", policy(*statements))
        create = lambda: person.ecr.create_repository(repositoryName=f"keys/by-{name}", **under(key))
        if lacks is None:
            create()
            continue
        with refused("KmsException") as error:
            create()
        said = f"is not authorized to perform: {lacks} on resource: {key_arn(key)}"
        assert said in error["Error"]["Message"] and error["kmsError"] == "AccessDeniedException", error
    someone = account.user("keys-managed", policy(may_create))
    someone.ecr.create_repository(repositoryName="keys/by-managed", **under())


@scenario
def grants_come_and_go_with_a_repository(registry):
    key = made()
    registry.create("keys/granted", **under(key))
    grants = grants_of(key, "keys/granted")
    assert len(grants) == 2, grants
    for one in grants:
        assert one["GranteePrincipal"] == one["RetiringPrincipal"] == SERVICE, one
        assert sorted(one["Operations"]) == ["Decrypt", "GenerateDataKey"], one
    registry.ecr.delete_repository(repositoryName="keys/granted")
    assert grants_of(key, "keys/granted") == []
    registry.create("keys/granted", **under(key))
    kms.disable_key(KeyId=key)
    registry.ecr.delete_repository(repositoryName="keys/granted", force=True)
    kms.enable_key(KeyId=key)
    assert grants_of(key, "keys/granted") == [], "whatever state the key is in"


@scenario
def a_disabled_key_closes_its_repositories_and_an_enabled_one_opens_them(registry):
    key = made()
    pushed = Pushed(registry, "keys/disabled", key)
    pushed.works()
    for _ in range(2):
        settled(kms.disable_key(KeyId=key))
        pushed.is_refused("DisabledException", f"{key_arn(key)} is disabled.")
        settled(kms.enable_key(KeyId=key))
        pushed.works()


@scenario
def a_key_that_waits_for_its_deletion_closes_its_repositories(registry):
    key = made()
    pushed = Pushed(registry, "keys/going", key)
    settled(kms.schedule_key_deletion(KeyId=key, PendingWindowInDays=7))
    pushed.is_refused("KMSInvalidStateException", f"{key_arn(key)} is pending deletion.")
    kms.cancel_key_deletion(KeyId=key)
    settled(kms.enable_key(KeyId=key))
    pushed.works()


@scenario
def revoked_grants_close_one_repository_and_an_equal_one_opens_it(registry):
    key = made()
    pushed, beside = (Pushed(registry, f"keys/revoked-{name}", key) for name in ("a", "b"))
    grants = grants_of(key, "keys/revoked-a")
    for one in grants:
        kms.revoke_grant(KeyId=key, GrantId=one["GrantId"])
    settled(None)
    why = f"{SERVICE} is not authorized to perform: kms:Decrypt on resource: {key_arn(key)} because no grant allows the kms:Decrypt action"
    pushed.is_refused("AccessDeniedException", why)
    beside.works()
    kms.create_grant(
        KeyId=key,
        GranteePrincipal=SERVICE,
        Operations=grants[0]["Operations"],
        Constraints=grants[0]["Constraints"],
    )
    settled(None)
    pushed.works()


@scenario
def a_rotation_changes_nothing_for_what_is_there(registry):
    key = made()
    pushed = Pushed(registry, "keys/rotated", key)
    settled(kms.rotate_key_on_demand(KeyId=key))
    pushed.works()


@scenario
def an_upload_under_way_ends_with_its_key_and_continues_with_it(registry):
    key = made()
    registry.create("keys/under-way", **under(key))
    at_aws = registry.ecr.initiate_layer_upload(repositoryName="keys/under-way")["uploadId"]
    begun = registry.door("POST", "keys/under-way/blobs/uploads/")
    place = begun.headers["Location"].split("/v2/", 1)[1]
    assert registry.door("PATCH", place, b"first ").status == 202
    settled(kms.disable_key(KeyId=key))
    message = f"{key_arn(key)} is disabled."
    part = dict(repositoryName="keys/under-way", uploadId=at_aws, partFirstByte=0, partLastByte=4)
    with refused("KmsException", message):
        registry.ecr.upload_layer_part(layerPartBlob=b"bytes", **part)
    assert registry.door("PATCH", place, b"second").error() == ("DENIED", message)
    digest = digest_of(b"first second")
    ended = registry.door("PUT", f"{place}?digest={digest}", b"second")
    assert (ended.status, ended.error()) == (403, ("DENIED", message)), ended.body
    settled(kms.enable_key(KeyId=key))
    registry.ecr.upload_layer_part(layerPartBlob=b"bytes", **part)
    done = registry.ecr.complete_layer_upload(
        repositoryName="keys/under-way", uploadId=at_aws, layerDigests=[digest_of(b"bytes")]
    )
    assert done["layerDigest"] == digest_of(b"bytes"), done
    assert registry.door("PUT", f"{place}?digest={digest}", b"second").status == 201
    assert registry.door("GET", f"keys/under-way/blobs/{digest}").body == b"first second"


def rekeyed(name):
    """Waits until everything in a repository is under its new key."""
    ends = time.monotonic() + 60
    while (rekey := longshore("DescribeRekey", RepositoryName=name)["Rekey"])["Status"] != "DONE":
        assert time.monotonic() < ends, rekey
        time.sleep(0.2)


@scenario
def a_repository_is_put_under_another_key_and_needs_that_alone(registry):
    one, two = made(), made()
    pushed = Pushed(registry, "keys/moved", one)
    kms.create_alias(AliasName="alias/repositories/next", TargetKeyId=two)
    begun = longshore("RekeyRepository", RepositoryName="keys/moved", To="alias/repositories/next")
    described = registry.ecr.describe_repositories(repositoryNames=["keys/moved"])["repositories"][0]
    assert described["encryptionConfiguration"]["kmsKey"] == key_arn(two), (begun, described)
    pushed.works()
    rekeyed("keys/moved")
    assert not grants_of(one, "keys/moved") and len(grants_of(two, "keys/moved")) == 2
    settled(kms.disable_key(KeyId=one))
    pushed.works()
    settled(kms.disable_key(KeyId=two))
    pushed.is_refused("DisabledException", f"{key_arn(two)} is disabled.")
    settled(kms.enable_key(KeyId=two))
    for to, kind in ((one, "KmsException"), ("alias/absent", "KmsException")):
        answer = ask("RekeyRepository", RepositoryName="keys/moved", To=to)
        assert (answer.status, answer.json()["__type"]) == (400, kind), answer.body
    pushed.works()


@scenario
def a_layer_is_mounted_under_the_same_key_alone(registry):
    one, two = made(), made()
    for name, key in (("a", one), ("b", one), ("c", two)):
        registry.create(f"keys/mount-{name}", **under(key))
    registry.create("keys/mount-plain")
    layer = registry.push_layer("keys/mount-a", b"a layer to be mounted")
    for name, status in (("b", 201), ("c", 202), ("plain", 202)):
        mounted = registry.door("POST", f"keys/mount-{name}/blobs/uploads/?mount={layer}&from=keys/mount-a", b"")
        assert mounted.status == status, (name, mounted.status, mounted.body)


run()
