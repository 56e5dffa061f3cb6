"""Queues, topics and buses that are not ours: python services.py FOLDER

Serves ministack's SQS, SNS and EventBridge, which FOLDER has, on a free port of this machine, for callers who sign with
the access key below. Prints its URL, and then obeys each line that it reads until there are no more:

    {"queue": NAME}      makes a queue, and prints its URL
    {"topic": QUEUE}     makes a topic whose messages go to the queue of this name, and prints its ARN
    {"receive": QUEUE}   prints the bodies of the messages in the queue of this name, and empties it
    {"entries": true}    prints the entries that the default bus took
"""

import asyncio
import http.server
import json
import sys
import threading
import types
import urllib.parse

sys.path.append(sys.argv[1])

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
# The server around the services is not installed. It says here that rights are not asked about:
# signatures are checked below.
sys.modules["ministack.app"] = types.SimpleNamespace(AUTH=False)

from ministack.core import iam_evaluator
from ministack.services import eventbridge, sns, sqs

iam_evaluator.pin_request_caller = lambda *_: None

ID, SECRET = "AKIAEVENTTARGETS001", "event/targets+sign+with+this+example+00"
SERVICES = {"sqs": sqs, "sns": sns, "events": eventbridge}
REGION = "us-east-1"
entries = []
one_at_a_time = threading.Lock()


def ask(service, headers, body):
    with one_at_a_time:
        status, _, answered = asyncio.run(SERVICES[service].handle_request("POST", "/", headers, body, {}))
    return status, answered if isinstance(answered, bytes) else answered.encode()


def signed_service(headers, body):
    """Signs the same request with AWS's own code, and compares: the service, or None."""
    words = dict(part.split("=", 1) for part in headers["authorization"].split(" ", 1)[1].split(", "))
    _, _, region, service, _ = words["Credential"].split("/")
    signed = {name: headers[name] for name in words["SignedHeaders"].split(";")}
    request = AWSRequest("POST", f"{url}/", data=body, headers=signed)
    request.context["timestamp"] = headers["x-amz-date"]
    auth = SigV4Auth(Credentials(ID, SECRET), service, region)
    text = auth.string_to_sign(request, auth.canonical_request(request))
    return service if words["Signature"] == auth.signature(text, request) else None


class Calls(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        service = signed_service(headers, body)
        status, answered = ask(service, headers, body) if service else (403, b"the signature differs")
        if service == "events" and status == 200:
            entries.extend(json.loads(body)["Entries"])
        self.send_response(status)
        self.send_header("content-length", str(len(answered)))
        self.end_headers()
        self.wfile.write(answered)

    def log_message(self, *words):
        pass


def call_sqs(operation, **request):
    headers = {"x-amz-target": f"AmazonSQS.{operation}", "host": url.removeprefix("http://")}
    return json.loads(ask("sqs", headers, json.dumps(request).encode())[1])


def call_sns(**form):
    answered = ask("sns", {}, urllib.parse.urlencode(form).encode())[1].decode()
    return answered.split("Arn>")[1].split("<")[0]


def queue(name):
    return call_sqs("GetQueueUrl", QueueName=name)["QueueUrl"]


def obey(order):
    if "queue" in order:
        in_order = {"Attributes": {"FifoQueue": "true"}} if order["queue"].endswith(".fifo") else {}
        return call_sqs("CreateQueue", QueueName=order["queue"], **in_order)["QueueUrl"]
    if "topic" in order:
        topic = call_sns(Action="CreateTopic", Name="images")
        arn = call_sqs("GetQueueAttributes", QueueUrl=queue(order["topic"]), AttributeNames=["QueueArn"])
        call_sns(Action="Subscribe", TopicArn=topic, Protocol="sqs", Endpoint=arn["Attributes"]["QueueArn"])
        return topic
    if "receive" in order:
        bodies = []
        while messages := call_sqs("ReceiveMessage", QueueUrl=queue(order["receive"]), MaxNumberOfMessages=10).get("Messages"):
            for message in messages:
                bodies.append(message["Body"])
                call_sqs("DeleteMessage", QueueUrl=queue(order["receive"]), ReceiptHandle=message["ReceiptHandle"])
        return bodies
    return entries


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Calls)
url = f"http://127.0.0.1:{server.server_address[1]}"
threading.Thread(target=server.serve_forever, daemon=True).start()
print(url, flush=True)
for line in sys.stdin:
    print(json.dumps(obey(json.loads(line))), flush=True)
