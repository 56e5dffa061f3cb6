"""What scenarios share that look for records of calls."""

import json
import time

from scenario import client

cloudtrail = client("cloudtrail")


def attribute(key, value):
    return [{"AttributeKey": key, "AttributeValue": value}]


def named(name, **more):
    """All events about a resource, without those of another name."""
    pages = cloudtrail.get_paginator("lookup_events").paginate(**more)
    return [event for page in pages for event in page["Events"] if event["EventName"] == name]


def recorded(name, resource, wanted=lambda record: True):
    """The records of calls, which are written every two seconds."""
    for _ in range(40):
        found = named(name, LookupAttributes=attribute("ResourceName", resource))
        records = [json.loads(event["CloudTrailEvent"]) for event in found]
        records = [record for record in records if wanted(record)]
        if records:
            return records
        time.sleep(0.25)
    raise AssertionError(f"no record of {name} about {resource}")
