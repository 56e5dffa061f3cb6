"""EventBridge's rules and targets, as boto3 puts, lists, matches and deletes them."""

import json

from people import Account, policy, statement
from scenario import ACCOUNT, client, refused, run, scenario

events = client("events")
account = Account()

PUSHES = json.dumps({"source": ["aws.ecr"], "detail": {"action-type": ["PUSH"]}})
QUEUE = f"arn:aws:sqs:us-east-1:{ACCOUNT}:pushes"
RULES = f"arn:aws:events:us-east-1:{ACCOUNT}:rule/"
PLACE = f"arn:aws:events:us-east-1:{ACCOUNT}:api-destination/ci"


def event(**detail):
    envelope = {"id": "1", "account": ACCOUNT, "source": "aws.ecr", "time": "2026-11-30T00:00:00Z"}
    kind = {"region": "us-east-1", "resources": [], "detail-type": "ECR Image Action", "detail": detail}
    return json.dumps(envelope | kind)


@scenario
def a_rule_is_put_described_switched_and_deleted(_registry):
    arn = events.put_rule(Name="switched", EventPattern=PUSHES, Description="pushes")["RuleArn"]
    assert arn == f"arn:aws:events:us-east-1:{ACCOUNT}:rule/switched", arn
    events.disable_rule(Name="switched")
    assert events.describe_rule(Name="switched")["State"] == "DISABLED"
    events.enable_rule(Name="switched")
    described = events.describe_rule(Name="switched")
    assert described["State"] == "ENABLED" and described["EventPattern"] == PUSHES, described
    bus = f"arn:aws:events:us-east-1:{ACCOUNT}:event-bus/"
    assert events.describe_rule(Name="switched", EventBusName=f"{bus}default")["EventBusName"] == "default"
    with refused("ResourceNotFoundException", "Event bus other does not exist."):
        events.describe_rule(Name="switched", EventBusName=f"{bus}other")
    events.delete_rule(Name="switched")
    with refused("ResourceNotFoundException"):
        events.describe_rule(Name="switched")


@scenario
def rules_are_listed_page_by_page(_registry):
    names = [f"paged-{number}" for number in range(5)]
    for name in names:
        events.put_rule(Name=name, EventPattern=PUSHES)
    pages = events.get_paginator("list_rules").paginate(NamePrefix="paged-", PaginationConfig={"PageSize": 2})
    pages = [[rule["Name"] for rule in page["Rules"]] for page in pages]
    assert pages == [names[:2], names[2:4], names[4:]], pages


@scenario
def targets_are_put_listed_found_and_removed(_registry):
    for name in ("aimed-1", "aimed-2"):
        events.put_rule(Name=name, EventPattern=PUSHES)
        transformer = {"InputPathsMap": {"tag": "$.detail.image-tag"}, "InputTemplate": '{"tag": <tag>}'}
        put = events.put_targets(
            Rule=name,
            Targets=[
                {"Id": "ci", "Arn": PLACE, "InputTransformer": transformer},
                {"Id": "queue", "Arn": QUEUE},
            ],
        )
        assert put["FailedEntryCount"] == 0, put
    pages = events.get_paginator("list_targets_by_rule").paginate(Rule="aimed-1", PaginationConfig={"PageSize": 1})
    targets = [target for page in pages for target in page["Targets"]]
    assert [target["Id"] for target in targets] == ["ci", "queue"], targets
    assert targets[0]["InputTransformer"] == transformer, targets
    pages = events.get_paginator("list_rule_names_by_target").paginate(
        TargetArn=QUEUE, PaginationConfig={"PageSize": 1}
    )
    assert [name for page in pages for name in page["RuleNames"]] == ["aimed-1", "aimed-2"]
    with refused("ValidationException"):
        events.delete_rule(Name="aimed-1")
    removed = events.remove_targets(Rule="aimed-1", Ids=["ci", "queue", "none"])
    assert [entry["TargetId"] for entry in removed["FailedEntries"]] == ["none"], removed
    events.delete_rule(Name="aimed-1")


@scenario
def patterns_are_tried_on_events(_registry):
    def matches(pattern, text):
        return events.test_event_pattern(EventPattern=pattern, Event=text)["Result"]

    assert matches(PUSHES, event(**{"action-type": "PUSH"}))
    assert not matches(PUSHES, event(**{"action-type": "DELETE"}))
    with refused("InvalidEventPatternException"):
        matches('{"detail": {}}', event())


@scenario
def rules_are_there_for_callers_who_may(_registry):
    reader = account.user("rule-reader", policy(statement("Allow", "events:DescribeRule", f"{RULES}read")))
    events.put_rule(Name="read", EventPattern=PUSHES)
    theirs = client("events", **reader.credentials)
    assert theirs.describe_rule(Name="read")["Name"] == "read"
    with refused("AccessDeniedException"):
        theirs.describe_rule(Name="switched")
    with refused("AccessDeniedException"):
        theirs.put_targets(Rule="read", Targets=[{"Id": "t", "Arn": QUEUE}])


run()
