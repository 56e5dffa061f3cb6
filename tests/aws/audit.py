"""CloudTrail's LookupEvents: what the service did by itself, with the paginator of the SDK, and who may see it."""

import datetime
import json

from people import Account, policy, statement
from scenario import ACCOUNT, client, refused, run, scenario

cloudtrail = client("cloudtrail")
account = Account()


def attribute(key, value):
    return [{"AttributeKey": key, "AttributeValue": value}]


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
    for named in ("audit/previewed", arn):
        found = cloudtrail.lookup_events(LookupAttributes=attribute("ResourceName", named), StartTime=before)
        (event,) = found["Events"]
        assert event["EventName"] == "DryRunEvent" and event["EventSource"] == "ecr.amazonaws.com", event
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
    pages = cloudtrail.get_paginator("lookup_events").paginate(
        LookupAttributes=attribute("ResourceName", "audit/pages"), PaginationConfig={"PageSize": 2}
    )
    events = [event for page in pages for event in page["Events"]]
    assert len({event["EventId"] for event in events}) == len(events) == 5, events
    times = [event["EventTime"] for event in events]
    assert times == sorted(times, reverse=True), "the newest first"


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
        cloudtrail.describe_trails()


@scenario
def those_without_the_right_are_refused(registry):
    stranger = account.user("stranger", policy(statement("Allow", "ecr:*")))
    with refused("AccessDeniedException", starts="User: "):
        client("cloudtrail", **stranger.credentials).lookup_events()
    auditor = account.user("auditor", policy(statement("Allow", "cloudtrail:LookupEvents")))
    client("cloudtrail", **auditor.credentials).lookup_events()


run()
