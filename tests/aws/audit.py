"""CloudTrail's LookupEvents: what the service did by itself, what callers did at both doors, and who may see it."""

import datetime
import json
import time

from audit_records import attribute, named, recorded
from people import Account, policy, statement
from scenario import ACCOUNT, OCI_MANIFEST, client, digest_of, refused, run, scenario

cloudtrail = client("cloudtrail")
account = Account()


def preview(registry, name):
    """Previews a policy that takes all images but the newest, and waits for its end."""
    text = {
        "rules": [
            {
                "rulePriority": 1,
                "description": "Keep only the newest image of the repository",
                "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 1},
                "action": {"type": "expire"},
            }
        ]
    }
    registry.ecr.start_lifecycle_policy_preview(repositoryName=name, lifecyclePolicyText=json.dumps(text))
    waiter = registry.ecr.get_waiter("lifecycle_policy_preview_complete")
    waiter.wait(repositoryName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 30})


@scenario
def a_preview_is_an_event(registry):
    registry.create("audit/previewed")
    before = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(minutes=5)
    preview(registry, "audit/previewed")
    arn = f"arn:aws:ecr:us-east-1:{ACCOUNT}:repository/audit/previewed"
    for name in ("audit/previewed", arn):
        (event,) = named("DryRunEvent", LookupAttributes=attribute("ResourceName", name), StartTime=before)
        assert event["EventSource"] == "ecr.amazonaws.com", event
        assert event["ReadOnly"] == "true" and "Username" not in event, event
        assert event["Resources"] == [{"ResourceType": "AWS::ECR::Repository", "ResourceName": arn}], event
        assert event["EventTime"] > before, event
        record = json.loads(event["CloudTrailEvent"])
        assert record["eventID"] == event["EventId"] and record["recipientAccountId"] == ACCOUNT, record
        assert record["additionalEventData"] == {"imagesEvaluated": 0, "imagesTaken": 0}, record
    (same,) = cloudtrail.lookup_events(LookupAttributes=attribute("EventId", event["EventId"]))["Events"]
    assert same == event
    later = cloudtrail.lookup_events(LookupAttributes=attribute("ResourceName", arn), EndTime=before)
    assert later["Events"] == [], later


@scenario
def events_are_read_page_by_page(registry):
    registry.create("audit/pages")
    for _ in range(5):
        preview(registry, "audit/pages")
    about = attribute("ResourceName", "audit/pages")
    events = named("DryRunEvent", LookupAttributes=about, PaginationConfig={"PageSize": 2})
    assert len({event["EventId"] for event in events}) == len(events) == 5, events
    times = [event["EventTime"] for event in events]
    assert times == sorted(times, reverse=True), "the newest first"


@scenario
def a_call_is_an_event_of_its_caller_whether_it_was_allowed_or_not(registry):
    registry.create("audit/called")
    (record,) = recorded("CreateRepository", "audit/called")
    assert record["eventType"] == "AwsApiCall" and record["eventSource"] == "ecr.amazonaws.com", record
    assert record["userIdentity"]["type"] == "Root" and record["userIdentity"]["accountId"] == ACCOUNT, record
    assert record["requestParameters"]["repositoryName"] == "audit/called", record
    assert record["responseElements"]["repository"]["repositoryName"] == "audit/called", record
    assert record["readOnly"] is False and "errorCode" not in record, record
    assert record["userAgent"].startswith("Boto3/") and record["sourceIPAddress"], record

    stranger = account.user("caller", policy(statement("Allow", "ecr:GetAuthorizationToken")))
    with refused("AccessDeniedException"):
        stranger.ecr.delete_repository(repositoryName="audit/called")
    (record,) = recorded("DeleteRepository", "audit/called")
    assert record["errorCode"] == "AccessDenied", record
    assert "is not authorized to perform: ecr:DeleteRepository" in record["errorMessage"], record
    assert record["userIdentity"]["userName"] == stranger.sts.get_caller_identity()["Arn"].rsplit("/", 1)[1], record
    key = stranger.credentials["aws_access_key_id"]
    events = cloudtrail.lookup_events(LookupAttributes=attribute("AccessKeyId", key))["Events"]
    assert "DeleteRepository" in [event["EventName"] for event in events], events


@scenario
def a_pull_is_an_event_in_the_words_of_the_api(registry):
    registry.create("audit/pulled")
    manifest = registry.manifest("audit/pulled", "one")
    registry.put_manifest("audit/pulled", "v1", manifest)
    for _ in range(3):
        registry.door("GET", "audit/pulled/manifests/v1", Accept=OCI_MANIFEST)
    (put,) = recorded("PutImage", "audit/pulled")
    assert put["responseElements"]["image"]["imageId"]["imageDigest"] == digest_of(manifest.encode()), put
    assert put["requestParameters"]["imageTag"] == "v1" and put["readOnly"] is False, put
    times = lambda records: sum(record["additionalEventData"].get("times", 1) for record in records)
    for _ in range(40):
        pulls = recorded("BatchGetImage", "audit/pulled")
        if times(pulls) == 3:
            break
        time.sleep(0.25)
    assert times(pulls) == 3, pulls
    pull = pulls[0]
    assert pull["sourceIPAddress"] == pull["userAgent"] == "ecr.amazonaws.com", pull
    assert pull["userIdentity"]["invokedBy"] == "ecr.amazonaws.com", pull
    assert pull["requestParameters"]["imageIds"] == [{"imageTag": "v1"}], pull
    assert pull["additionalEventData"]["clientIPAddress"], pull


@scenario
def a_new_secret_is_in_no_record(registry):
    person = account.user("secretive", policy(statement("Allow", "*")))
    secret = person.credentials["aws_secret_access_key"]
    session = person.sts.get_session_token()["Credentials"]
    token = person.ecr.get_authorization_token()["authorizationData"][0]["authorizationToken"]
    time.sleep(3)
    pages = cloudtrail.get_paginator("lookup_events").paginate()
    text = json.dumps([event["CloudTrailEvent"] for page in pages for event in page["Events"]])
    for hidden in (secret, session["SecretAccessKey"], session["SessionToken"], token):
        assert hidden not in text
    assert session["AccessKeyId"] in text, "which key it is, is told"


@scenario
def what_cannot_be_looked_up_is_refused(registry):
    two = attribute("EventName", "a") + attribute("EventName", "b")
    with refused("InvalidLookupAttributesException"):
        cloudtrail.lookup_events(LookupAttributes=two)
    with refused("InvalidMaxResultsException"):
        cloudtrail.lookup_events(MaxResults=51)
    with refused("InvalidNextTokenException"):
        cloudtrail.lookup_events(NextToken="nonsense")
    with refused("InvalidTimeRangeException"):
        cloudtrail.lookup_events(StartTime=2, EndTime=1)
    with refused("UnknownOperationException"):
        cloudtrail.list_trails()


@scenario
def those_without_the_right_are_refused(registry):
    stranger = account.user("stranger", policy(statement("Allow", "ecr:*")))
    with refused("AccessDeniedException", starts="User: "):
        client("cloudtrail", **stranger.credentials).lookup_events()
    auditor = account.user("auditor", policy(statement("Allow", "cloudtrail:LookupEvents")))
    client("cloudtrail", **auditor.credentials).lookup_events()


@scenario
def a_server_without_a_trail_has_none(registry):
    assert cloudtrail.describe_trails()["trailList"] == []
    assert cloudtrail.list_public_keys()["PublicKeyList"] == []
    with refused("TrailNotFoundException"):
        cloudtrail.get_trail_status(Name="no-such-trail")


run()
