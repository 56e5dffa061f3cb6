"""Our own service, which boto3 does not know."""

import json

import boto3
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from scenario import ENDPOINT, REGION, http


def ask(operation, **members):
    """Calls an operation, and gives what it answers, refusals too."""
    headers = {"X-Amz-Target": f"Longshore_20261121.{operation}", "Content-Type": "application/x-amz-json-1.1"}
    request = AWSRequest("POST", ENDPOINT + "/", data=json.dumps(members).encode(), headers=headers)
    credentials = boto3.Session().get_credentials()
    SigV4Auth(credentials, "longshore", REGION).add_auth(request)
    return http("POST", ENDPOINT + "/", request.data, dict(request.headers))


def longshore(operation, **members):
    """The same, where it has to be done."""
    answer = ask(operation, **members)
    assert answer.status == 200, answer.body
    return answer.json()
