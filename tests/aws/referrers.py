"""Referrers: what is attached to an image, as both doors tell it."""

import json

from scenario import OCI_INDEX, OCI_MANIFEST, digest_of, run, scenario

SBOM = "application/vnd.example.sbom"
SIGNATURE = "application/vnd.example.signature"


def attach(registry, repository, subject, artifact_type, content):
    """Pushes an artifact that refers to `subject`; gives what a list of referrers should say of it."""
    described = {"mediaType": OCI_MANIFEST, "digest": digest_of(subject.encode()), "size": len(subject)}
    annotations = {"org.example.content": content}
    manifest = registry.manifest(
        repository, content, artifactType=artifact_type, subject=described, annotations=annotations
    )
    digest = digest_of(manifest.encode())
    answer = registry.put_manifest(repository, digest, manifest)
    assert answer.status == 201, (answer.status, answer.body)
    assert answer.headers["OCI-Subject"] == described["digest"], answer.headers
    return {
        "digest": digest,
        "mediaType": OCI_MANIFEST,
        "artifactType": artifact_type,
        "size": len(manifest),
        "annotations": annotations,
    }


def family(registry, repository):
    registry.create(repository)
    subject = registry.manifest(repository, "subject")
    registry.ecr.put_image(repositoryName=repository, imageManifest=subject, imageTag="v1")
    kinds = [SBOM, SIGNATURE, SIGNATURE]
    attached = [attach(registry, repository, subject, kind, f"attached {n}") for n, kind in enumerate(kinds)]
    return digest_of(subject.encode()), sorted(attached, key=lambda one: one["digest"])


def by_digest(referrers):
    return sorted(referrers, key=lambda one: one["digest"])


@scenario
def both_doors_list_the_same_referrers(registry):
    subject, attached = family(registry, "attached/both")
    answer = registry.ecr.list_image_referrers(repositoryName="attached/both", subjectId={"imageDigest": subject})
    active = [one | {"artifactStatus": "ACTIVE"} for one in attached]
    assert by_digest(answer["referrers"]) == active, answer["referrers"]
    door = registry.door("GET", f"attached/both/referrers/{subject}")
    assert (door.status, door.headers["Content-Type"]) == (200, OCI_INDEX), door.headers
    index = door.json()
    assert (index["schemaVersion"], index["mediaType"]) == (2, OCI_INDEX), index
    assert by_digest(index["manifests"]) == attached, index


@scenario
def referrers_are_filtered_by_type(registry):
    subject, attached = family(registry, "attached/types")
    wanted = [one["digest"] for one in attached if one["artifactType"] == SIGNATURE]
    answer = registry.ecr.list_image_referrers(
        repositoryName="attached/types", subjectId={"imageDigest": subject}, filter={"artifactTypes": [SIGNATURE]}
    )
    assert sorted(one["digest"] for one in answer["referrers"]) == wanted, answer
    door = registry.door("GET", f"attached/types/referrers/{subject}?artifactType={SIGNATURE}")
    assert door.headers["OCI-Filters-Applied"] == "artifactType", door.headers
    assert sorted(one["digest"] for one in door.json()["manifests"]) == wanted, door.body
    door = registry.door("GET", f"attached/types/referrers/{subject}?artifactType=signature")
    assert (door.status, door.json()["manifests"]) == (200, []), "what is no media type is the type of nothing"


@scenario
def referrers_come_in_pages(registry):
    subject, attached = family(registry, "attached/pages")
    seen, token = [], {}
    for _ in range(len(attached)):
        answer = registry.ecr.list_image_referrers(
            repositoryName="attached/pages", subjectId={"imageDigest": subject}, maxResults=1, **token
        )
        seen += [one["digest"] for one in answer["referrers"]]
        token = {"nextToken": answer["nextToken"]} if "nextToken" in answer else {}
        if not token:
            break
    assert sorted(seen) == [one["digest"] for one in attached], seen
    assert not token, "a page after the last was promised"


@scenario
def a_referrer_says_whose_it_is(registry):
    subject, attached = family(registry, "attached/described")
    ids = [{"imageDigest": one["digest"]} for one in attached]
    described = registry.ecr.describe_images(repositoryName="attached/described", imageIds=ids)["imageDetails"]
    assert {one["subjectManifestDigest"] for one in described} == {subject}, described


@scenario
def an_image_with_nothing_attached_has_an_empty_list(registry):
    registry.create("attached/none")
    digest = registry.push("attached/none", "alone", tag="v1")
    answer = registry.ecr.list_image_referrers(repositoryName="attached/none", subjectId={"imageDigest": digest})
    assert answer["referrers"] == [], answer
    assert json.loads(registry.door("GET", f"attached/none/referrers/{digest}").body)["manifests"] == []


run()
