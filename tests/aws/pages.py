"""Lists in pages: every entry once, whatever the page's size."""

import math
import re
import urllib.parse

from scenario import ENDPOINT, http, refused, run, scenario

NAMES = [f"paged/{letter}" for letter in "abcdefg"]


def read_all(registry, operation, key, size, **inputs):
    """Reads a list with the SDK's paginator; gives its entries and the number of pages."""
    pages = list(registry.ecr.get_paginator(operation).paginate(**inputs, PaginationConfig={"PageSize": size}))
    assert all(len(page[key]) == size for page in pages[:-1]), [len(page[key]) for page in pages]
    assert all("nextToken" in page for page in pages[:-1])
    assert "nextToken" not in pages[-1], "a page after the last was promised"
    return [entry for page in pages for entry in page[key]], len(pages)


@scenario
def repositories_come_in_pages(registry):
    # The first scenario of its file: it lists every repository there is.
    for name in NAMES:
        registry.create(name)
    for size in (1, 3, 7, 1000):
        entries, pages = read_all(registry, "describe_repositories", "repositories", size)
        assert [entry["repositoryName"] for entry in entries] == NAMES, entries
        assert pages == math.ceil(len(NAMES) / size), (size, pages)


@scenario
def images_come_in_pages(registry):
    repository = "images"
    registry.create(repository)
    digests = {registry.push(repository, f"image {number}", tag=f"v{number}") for number in range(6)}
    digests.add(registry.push(repository, "untagged"))
    for size in (1, 2, 7, 1000):
        entries, _ = read_all(registry, "describe_images", "imageDetails", size, repositoryName=repository)
        assert len(entries) == 7 and {entry["imageDigest"] for entry in entries} == digests, (size, entries)
        entries, _ = read_all(registry, "list_images", "imageIds", size, repositoryName=repository)
        assert len(entries) == 7 and {entry["imageDigest"] for entry in entries} == digests, (size, entries)
        tagged = {"repositoryName": repository, "filter": {"tagStatus": "TAGGED"}}
        entries, _ = read_all(registry, "describe_images", "imageDetails", size, **tagged)
        assert len({entry["imageDigest"] for entry in entries}) == len(entries) == 6, (size, entries)


@scenario
def a_list_that_changes_between_pages_repeats_nothing(registry):
    repository = "changing"
    registry.create(repository)
    for number in range(6):
        registry.push(repository, f"image {number}", tag=f"v{number}")
    first = registry.ecr.list_images(repositoryName=repository, maxResults=3)
    registry.ecr.batch_delete_image(repositoryName=repository, imageIds=first["imageIds"][:1])
    rest = registry.ecr.list_images(repositoryName=repository, maxResults=1000, nextToken=first["nextToken"])
    seen = [image["imageTag"] for image in first["imageIds"] + rest["imageIds"]]
    assert sorted(seen) == [f"v{number}" for number in range(6)], seen


@scenario
def a_page_outside_the_limits_is_refused(registry):
    registry.create("limits")
    at = "Invalid parameter at 'maxResults' failed to satisfy constraint: 'Member must have value "
    for size, text in ((0, "greater than or equal to 1'"), (1001, "less than or equal to 1000'")):
        with refused("InvalidParameterException", at + text):
            registry.ecr.describe_repositories(maxResults=size)
        with refused("InvalidParameterException", at + text):
            registry.ecr.list_images(repositoryName="limits", maxResults=size)


@scenario
def a_token_that_was_not_given_is_refused(registry):
    registry.create("tokens")
    for token in ("nonsense", "AAAA"):
        with refused("InvalidParameterException"):
            registry.ecr.describe_images(repositoryName="tokens", nextToken=token)
    # An empty one says nothing.
    assert registry.ecr.describe_images(repositoryName="tokens", nextToken="")["imageDetails"] == []


@scenario
def tags_at_the_oci_door_come_in_pages_that_name_the_next(registry):
    repository = "tagged"
    registry.create(repository)
    manifest = registry.manifest(repository, "one")
    for number in range(6):
        registry.ecr.put_image(repositoryName=repository, imageManifest=manifest, imageTag=f"v{number}")
    path, tags = f"{ENDPOINT}/v2/{repository}/tags/list?n=4", []
    for _ in range(3):
        answer = http("GET", path, headers={"Authorization": registry.authorization})
        assert answer.status == 200, answer.body
        tags += answer.json()["tags"]
        link = answer.headers["Link"]
        if link is None:
            break
        path = urllib.parse.urljoin(path, re.fullmatch(r'<([^>]+)>; rel="next"', link).group(1))
    assert sorted(tags) == [f"v{number}" for number in range(6)], tags
    assert link is None, "a page after the last was promised"


run()
