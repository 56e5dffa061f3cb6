"""Scans: advisories are imported, images scanned on push and by hand, findings read with the waiter and the paginator."""

import base64
import io
import json
import tarfile
import time

from own_service import longshore
from scenario import (
    ACCOUNT,
    OCI_CONFIG,
    OCI_LAYER,
    OCI_MANIFEST,
    digest_of,
    refused,
    run,
    scenario,
)

# A scan is a job, and an idle node looks for jobs every second; a busy machine takes longer.
SCANNED_SECONDS = 60

STATUS = """Package: openssl
Status: install ok installed
Architecture: amd64
Version: 3.0.9-1

Package: libssl3
Status: install ok installed
Architecture: amd64
Source: openssl
Version: 3.0.9-1

Package: zlib1g
Status: install ok installed
Architecture: amd64
Source: zlib
Version: 1:1.2.13.dfsg-1

"""

FILES = {
    "etc/os-release": 'ID=debian\nVERSION_ID="12"\n',
    "var/lib/dpkg/status": STATUS,
    "usr/lib/python3/dist-packages/jinja2-2.11.2.dist-info/METADATA": "Name: Jinja2\nVersion: 2.11.2\n",
}

VECTOR = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"


def advisory(number, package, fixed=None, **members):
    """A record of OSV about a package of Debian 12."""
    events = [{"introduced": "0"}] + ([{"fixed": fixed}] if fixed else [])
    affected = {
        "package": {"ecosystem": "Debian:12", "name": package},
        "ranges": [{"type": "ECOSYSTEM", "events": events}],
    }
    return {
        "id": f"DEBIAN-CVE-2024-{number}",
        "modified": "2024-05-01T00:00:00Z",
        "published": "2024-04-01T00:00:00Z",
        "details": f"A flaw in {package}.",
        "affected": [affected],
    } | members


ADVISORIES = [
    advisory(9001, "openssl", "3.0.11-1~deb12u1", severity=[{"type": "CVSS_V3", "score": VECTOR}]),
    advisory(9002, "openssl"),
    advisory(9003, "zlib", "1:1.2.14-1", severity=[{"type": "CVSS_V3", "score": VECTOR}]),
    advisory(9004, "bash"),
    {
        "id": "PYSEC-2021-66",
        "modified": "2024-05-01T00:00:00Z",
        "aliases": ["CVE-2020-28493"],
        "affected": [
            {
                "package": {"ecosystem": "PyPI", "name": "jinja2"},
                "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "2.11.3"}]}],
            }
        ],
    },
]


def import_advisories(records):
    lines = "\n".join(json.dumps(record) for record in records)
    return longshore("ImportAdvisories", Format="OSV", Documents=base64.b64encode(lines.encode()).decode())


def layer(files):
    """An archive of these files."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for path, content in files.items():
            entry = tarfile.TarInfo(path)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content.encode()))
    return packed.getvalue()


def push(registry, repository, tag, content):
    """Pushes an image of one layer; gives its digest."""
    config = json.dumps({"architecture": "amd64", "os": "linux", "author": tag}).encode()
    described = lambda kind, blob: {"mediaType": kind, "digest": digest_of(blob), "size": len(blob)}
    for blob in (config, content):
        if not registry.has_layer(repository, digest_of(blob)):
            registry.push_layer(repository, blob)
    manifest = json.dumps(
        {
            "schemaVersion": 2,
            "mediaType": OCI_MANIFEST,
            "config": described(OCI_CONFIG, config),
            "layers": [described(f"{OCI_LAYER}+gzip", content)],
        }
    )
    image = registry.ecr.put_image(repositoryName=repository, imageManifest=manifest, imageTag=tag)["image"]
    return image["imageId"]["imageDigest"]


def await_status(registry, status, **image):
    until = time.monotonic() + SCANNED_SECONDS
    while True:
        described = registry.ecr.describe_image_scan_findings(**image)
        if described["imageScanStatus"]["status"] == status:
            return described
        assert time.monotonic() < until, described["imageScanStatus"]
        time.sleep(0.2)


def named(repository, tag):
    return {"repositoryName": repository, "imageId": {"imageTag": tag}}


@scenario
def a_scan_without_advisories_never_says_that_there_are_no_findings(registry):
    registry.create("scanning/unknown", imageScanningConfiguration={"scanOnPush": True})
    other = layer(FILES | {"etc/os-release": 'ID=debian\nVERSION_ID="11"\n'})
    push(registry, "scanning/unknown", "v1", other)
    described = await_status(registry, "FINDINGS_UNAVAILABLE", **named("scanning/unknown", "v1"))
    assert "Debian:11" in described["imageScanStatus"]["description"], described
    assert "imageScanFindings" not in described, described
    image = registry.ecr.describe_images(repositoryName="scanning/unknown")["imageDetails"][0]
    assert image["imageScanStatus"]["status"] == "FINDINGS_UNAVAILABLE", image
    assert "imageScanFindingsSummary" not in image, image


@scenario
def advisories_are_imported_once(registry):
    first = import_advisories(ADVISORIES)
    assert (first["Added"], first["Refused"]) == (len(ADVISORIES), 0), first
    again = import_advisories(ADVISORIES)
    assert (again["Added"], again["Changed"], again["Unchanged"]) == (0, 0, len(ADVISORIES)), again
    sources = {source["Name"]: source for source in longshore("ListAdvisorySources")["Sources"]}
    assert sources["Debian"]["Advisories"] == 4 and sources["PyPA"]["Licence"] == "CC-BY-4.0", sources


@scenario
def an_image_is_scanned_on_push_and_its_findings_are_waited_for_and_read_in_pages(registry):
    registry.create("scanning/pushed")
    registry.ecr.put_image_scanning_configuration(
        repositoryName="scanning/pushed", imageScanningConfiguration={"scanOnPush": True}
    )
    digest = push(registry, "scanning/pushed", "v1", layer(FILES))
    image = named("scanning/pushed", "v1")
    waiter = registry.ecr.get_waiter("image_scan_complete")
    waiter.wait(WaiterConfig={"Delay": 1, "MaxAttempts": SCANNED_SECONDS}, **image)
    described = registry.ecr.describe_image_scan_findings(**image)
    assert described["registryId"] == ACCOUNT and described["repositoryName"] == "scanning/pushed", described
    assert described["imageId"] == {"imageDigest": digest, "imageTag": "v1"}, described
    told = {"status": "COMPLETE", "description": "The scan was completed successfully."}
    assert described["imageScanStatus"] == told, described
    findings = described["imageScanFindings"]
    assert findings["findingSeverityCounts"] == {"CRITICAL": 2, "UNDEFINED": 1}, findings
    assert findings["imageScanCompletedAt"].tzinfo and findings["vulnerabilitySourceUpdatedAt"].year == 2024, findings
    names = [finding["name"] for finding in findings["findings"]]
    assert names == ["CVE-2024-9001", "CVE-2024-9003", "CVE-2024-9002"], names
    first = findings["findings"][0]
    attributes = {attribute["key"]: attribute["value"] for attribute in first["attributes"]}
    assert attributes == {
        "package_name": "openssl",
        "package_version": "3.0.9-1",
        "CVSS3_VECTOR": VECTOR,
        "CVSS3_SCORE": "9.8",
        "fixed_in_version": "3.0.11-1~deb12u1",
    }, attributes
    assert first["uri"] == "https://security-tracker.debian.org/tracker/CVE-2024-9001", first
    assert (first["severity"], first["description"]) == ("CRITICAL", "A flaw in openssl."), first
    pages = list(registry.ecr.get_paginator("describe_image_scan_findings").paginate(maxResults=1, **image))
    paged = [finding["name"] for page in pages for finding in page["imageScanFindings"]["findings"]]
    assert paged == names and len(pages) == 3, paged
    detail = registry.ecr.describe_images(repositoryName="scanning/pushed")["imageDetails"][0]
    assert detail["imageScanStatus"] == told, detail
    summary = detail["imageScanFindingsSummary"]
    assert summary["findingSeverityCounts"] == {"CRITICAL": 2, "UNDEFINED": 1}, summary
    assert summary["vulnerabilitySourceUpdatedAt"] == findings["vulnerabilitySourceUpdatedAt"], summary


@scenario
def a_scan_is_started_by_hand_once_a_day(registry):
    registry.create("scanning/by-hand")
    push(registry, "scanning/by-hand", "v1", layer(FILES))
    image = named("scanning/by-hand", "v1")
    with refused("ScanNotFoundException", starts="Image scan does not exist for the image with '{imageDigest:'null'"):
        registry.ecr.describe_image_scan_findings(**image)
    started = registry.ecr.start_image_scan(**image)
    assert started["imageScanStatus"] == {"status": "IN_PROGRESS"}, started
    registry.ecr.get_waiter("image_scan_complete").wait(WaiterConfig={"Delay": 1, "MaxAttempts": 60}, **image)
    with refused("LimitExceededException", "The scan quota per image has been exceeded. Wait and try again."):
        registry.ecr.start_image_scan(**image)
    with refused("ImageNotFoundException"):
        registry.ecr.start_image_scan(**named("scanning/by-hand", "v2"))
    index = registry.index(registry.ecr.batch_get_image(repositoryName="scanning/by-hand", imageIds=[image["imageId"]])["images"][0]["imageManifest"])
    registry.ecr.put_image(repositoryName="scanning/by-hand", imageManifest=index, imageTag="all")
    with refused("UnsupportedImageTypeException"):
        registry.ecr.start_image_scan(**named("scanning/by-hand", "all"))


@scenario
def an_unknown_operating_system_is_not_called_clean(registry):
    registry.create("scanning/scratch", imageScanningConfiguration={"scanOnPush": True})
    push(registry, "scanning/scratch", "v1", layer({"app": "hello"}))
    described = await_status(registry, "FAILED", **named("scanning/scratch", "v1"))
    assert described["imageScanStatus"]["description"].startswith("UnsupportedImageError: "), described
    assert "imageScanFindings" not in described, described


@scenario
def a_changed_advisory_reaches_an_image_that_was_scanned(registry):
    registry.create("scanning/kept", imageScanningConfiguration={"scanOnPush": True})
    push(registry, "scanning/kept", "v1", layer(FILES | {"etc/hostname": "kept"}))
    image = named("scanning/kept", "v1")
    await_status(registry, "COMPLETE", **image)
    changed = advisory(9002, "openssl", "3.0.12", modified="2024-06-01T00:00:00Z")
    assert import_advisories([changed])["PackagesToJudge"] >= 2
    until = time.monotonic() + SCANNED_SECONDS
    while True:
        findings = registry.ecr.describe_image_scan_findings(**image)["imageScanFindings"]["findings"]
        found = next(finding for finding in findings if finding["name"] == "CVE-2024-9002")
        if {"key": "fixed_in_version", "value": "3.0.12"} in found["attributes"]:
            break
        assert time.monotonic() < until, found
        time.sleep(0.2)
    explained = longshore(
        "ExplainVulnerability",
        RepositoryName="scanning/kept",
        ImageId={"ImageTag": "v1"},
        VulnerabilityId="CVE-2024-9002",
    )
    packages = {reason["Package"] for reason in explained["Vulnerabilities"]}
    assert packages == {"openssl", "libssl3"}, explained
    assert all(reason["FixedInVersion"] == "3.0.12" for reason in explained["Vulnerabilities"]), explained


def import_beside(kind, text):
    return longshore("ImportAdvisories", Format=kind, Documents=base64.b64encode(text.encode()).decode())


@scenario
def what_stands_beside_advisories_is_shown_in_findings(registry):
    registry.create("scanning/beside", imageScanningConfiguration={"scanOnPush": True})
    push(registry, "scanning/beside", "v1", layer(FILES | {"etc/hostname": "beside"}))
    image = named("scanning/beside", "v1")
    await_status(registry, "COMPLETE", **image)
    kev = {"dateReleased": "2024-06-01T00:00:00Z", "vulnerabilities": [{"cveID": "CVE-2024-9002"}]}
    assert import_beside("KEV", json.dumps(kev))["Added"] == 1
    epss = "#model_version:v1,score_date:2024-06-02T00:00:00+0000\ncve,epss,percentile\nCVE-2024-9002,0.94358,0.99957\n"
    assert import_beside("EPSS", epss)["Added"] == 1
    record = {
        "dataType": "CVE_RECORD",
        "cveMetadata": {"cveId": "CVE-2024-9002", "dateUpdated": "2024-06-03T00:00:00.000Z"},
        "containers": {"cna": {"metrics": [{"cvssV3_1": {"vectorString": VECTOR}}]}},
    }
    imported = import_beside("CVE", json.dumps(record))
    assert (imported["Added"], imported["Refused"]) == (1, 0) and imported["PackagesToJudge"] >= 2, imported
    until = time.monotonic() + SCANNED_SECONDS
    while True:
        findings = registry.ecr.describe_image_scan_findings(**image)["imageScanFindings"]
        found = next(finding for finding in findings["findings"] if finding["name"] == "CVE-2024-9002")
        if found["severity"] == "CRITICAL":
            break
        assert time.monotonic() < until, found
        time.sleep(0.2)
    attributes = {attribute["key"]: attribute["value"] for attribute in found["attributes"]}
    assert attributes["CVSS3_SCORE"] == "9.8" and attributes["CVSS3_VECTOR"] == VECTOR, attributes
    assert (attributes["epss_score"], attributes["epss_percentile"]) == ("0.94358", "0.99957"), attributes
    assert attributes["known_exploited"] == "true", attributes
    sources = {source["Name"]: source for source in longshore("ListAdvisorySources")["Sources"]}
    assert [sources[name]["Advisories"] for name in ("KEV", "EPSS", "CVE List")] == [1, 1, 1], sources
    updated = findings["vulnerabilitySourceUpdatedAt"].timestamp()
    assert updated < sources["EPSS"]["UpdatedAt"], "that of the distribution, not of the newest source"
    explained = longshore(
        "ExplainVulnerability",
        RepositoryName="scanning/beside",
        ImageId={"ImageTag": "v1"},
        VulnerabilityId="CVE-2024-9002",
    )
    assert all(reason["KnownExploited"] is True for reason in explained["Vulnerabilities"]), explained
    assert all(reason["EpssScore"] == "0.94358" for reason in explained["Vulnerabilities"]), explained


@scenario
def a_scanned_image_has_a_bill_of_materials(registry):
    asked = {"RepositoryName": "scanning/pushed", "ImageId": {"ImageTag": "v1"}}
    answer = longshore("GetImageSbom", Format="CYCLONEDX", **asked)
    assert answer["MediaType"] == "application/vnd.cyclonedx+json", answer
    components = json.loads(answer["Document"])["components"]
    urls = {component.get("purl", "").split("?")[0] for component in components}
    assert {"pkg:deb/debian/openssl@3.0.9-1", "pkg:pypi/jinja2@2.11.2"} <= urls, urls
    spdx = json.loads(longshore("GetImageSbom", Format="SPDX", **asked)["Document"])
    assert {package["name"] for package in spdx["packages"]} >= {"scanning/pushed", "libssl3", "Jinja2"}, spdx


@scenario
def the_pull_gate_leaves_images_out_of_batches(registry):
    registry.create("scanning/gated", imageScanningConfiguration={"scanOnPush": True})
    push(registry, "scanning/gated", "v1", layer(FILES | {"etc/hostname": "gated"}))
    image = named("scanning/gated", "v1")
    await_status(registry, "COMPLETE", **image)
    get = lambda: registry.ecr.batch_get_image(repositoryName="scanning/gated", imageIds=[image["imageId"]])
    assert len(get()["images"]) == 1
    gate = {"MinimumSeverity": "CRITICAL", "RepositoryFilters": ["scanning/gated"]}
    try:
        put = longshore("PutPullGate", PullGate=gate)["PullGate"]
        assert put == longshore("GetPullGate")["PullGate"] and put["MinimumSeverity"] == "CRITICAL", put
        answer = get()
        assert answer["images"] == [] and answer["failures"][0]["failureCode"] == "ImageInaccessible", answer
        assert "held back by the pull gate" in answer["failures"][0]["failureReason"], answer
        explained = longshore("ExplainPull", RepositoryName="scanning/gated", ImageId={"ImageTag": "v1"})
        assert explained["Verdict"] == "REFUSED" and explained["Counted"], explained
    finally:
        assert longshore("DeletePullGate") == {}
    assert len(get()["images"]) == 1


@scenario
def a_registry_says_which_repositories_it_scans_and_enhanced_findings_have_their_shape(registry):
    ecr = registry.ecr
    read = ecr.get_registry_scanning_configuration()
    assert read["registryId"] == ACCOUNT, read
    assert read["scanningConfiguration"] == {"scanType": "BASIC", "rules": []}, read
    rule = lambda frequency, *filters: {
        "scanFrequency": frequency,
        "repositoryFilters": [{"filter": filter, "filterType": "WILDCARD"} for filter in filters],
    }
    text = "Invalid parameter failed to satisfy constraint: 'Invalid scan frequency for scanType BASIC: CONTINUOUS_SCAN'"
    with refused("InvalidParameterException", text):
        ecr.put_registry_scanning_configuration(scanType="BASIC", rules=[rule("CONTINUOUS_SCAN", "*")])
    wanted = {"scanType": "ENHANCED", "rules": [rule("CONTINUOUS_SCAN", "always"), rule("SCAN_ON_PUSH", "*push*")]}
    try:
        put = ecr.put_registry_scanning_configuration(**wanted)
        assert put["registryScanningConfiguration"] == wanted, put
        assert ecr.get_registry_scanning_configuration()["scanningConfiguration"] == wanted
        registry.create("scanning/always")
        asked = ["scanning/always", "scanning/by-hand", "scanning/gone"]
        got = ecr.batch_get_repository_scanning_configuration(repositoryNames=asked)
        first, second = got["scanningConfigurations"]
        assert first["scanFrequency"] == "CONTINUOUS_SCAN" and first["scanOnPush"] is True, first
        assert first["appliedScanFilters"] == [{"filter": "always", "filterType": "WILDCARD"}], first
        assert "scanFrequency" not in second and second["scanOnPush"] is False, second
        code = "REPOSITORY_NOT_FOUND"
        missing = {"repositoryName": "scanning/gone", "failureCode": code, "failureReason": code}
        assert got["failures"] == [missing], got
        digest = push(registry, "scanning/always", "v1", layer(FILES | {"etc/hostname": "always"}))
        image = named("scanning/always", "v1")
        described = await_status(registry, "ACTIVE", **image)
        assert described["imageScanStatus"]["description"] == "Continuous scan is selected for image.", described
        findings = described["imageScanFindings"]["enhancedFindings"]
        found = {finding["packageVulnerabilityDetails"]["vulnerabilityId"]: finding for finding in findings}
        assert set(found) == {"CVE-2024-9001", "CVE-2024-9002", "CVE-2024-9003", "CVE-2020-28493"}, set(found)
        python = found["CVE-2020-28493"]["packageVulnerabilityDetails"]["vulnerablePackages"][0]
        assert python["packageManager"] == "PYTHONPKG" and python["fixedInVersion"] == "2.11.3", python
        assert python["filePath"].endswith("METADATA"), python
        openssl = found["CVE-2024-9001"]
        assert openssl["title"] == "CVE-2024-9001 - openssl" and openssl["severity"] == "CRITICAL", openssl
        assert openssl["score"] == 9.8 and openssl["fixAvailable"] == "YES", openssl
        exploited = found["CVE-2024-9002"]
        assert (exploited["severity"], exploited["exploitAvailable"]) == ("CRITICAL", "YES"), exploited
        assert exploited["scoreDetails"]["cvss"]["scoreSource"] == "CVE", exploited
        assert openssl["exploitAvailable"] == "NO", openssl
        vectors = exploited["packageVulnerabilityDetails"]["cvss"]
        assert [vector["source"] for vector in vectors] == ["CVE"], vectors
        packages = openssl["packageVulnerabilityDetails"]["vulnerablePackages"]
        assert {package["name"] for package in packages} == {"openssl", "libssl3"}, packages
        assert packages[0]["version"] == "3.0.9" and packages[0]["release"] == "1", packages
        resource = openssl["resources"][0]
        assert resource["id"].endswith(f":repository/scanning/always/{digest}"), resource
        container = resource["details"]["awsEcrContainerImage"]
        assert container["platform"] == "DEBIAN_12" and container["imageTags"] == ["v1"], container
        with refused("ValidationException", "This feature is disabled"):
            ecr.start_image_scan(**image)
        pages = list(ecr.get_paginator("describe_image_scan_findings").paginate(maxResults=3, **image))
        assert sum(len(page["imageScanFindings"]["enhancedFindings"]) for page in pages) == 4, pages
    finally:
        ecr.put_registry_scanning_configuration(scanType="BASIC", rules=[])


run()
