"""A key management service that is not ours: python kms.py FOLDER CERTIFICATE KEY

Serves ministack's KMS, which FOLDER has, over TLS on a free port of this machine, for callers who sign with the access
key below. Prints its URL, and then obeys each line that it reads until there are no more:

    {"call": OPERATION, "input": INPUT}    calls the KMS, and prints the answer
    {"calls": true}                        prints how often each operation was called over TLS
    {"secrets": true}                      prints the secret access key, and each plaintext that it answered over TLS
    {"mood": MOOD}                         treats calls so from now on: well, away, slow, strange, throttled, or unknown
"""

import asyncio
import http.server
import json
import socketserver
import ssl
import sys
import threading
import time

sys.path.append(sys.argv[1])

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from ministack.services import kms

ID, SECRET = "AKIAEXTERNALKMS0001", "external/kms+sign+with+this+example+0000"
SLOW_SECONDS = 30
mood = "well"
calls = {}
secrets = [SECRET]
one_at_a_time = threading.Lock()


def answer(operation, body):
    headers = {"x-amz-target": f"TrentService.{operation}"}
    with one_at_a_time:
        status, _, answered = asyncio.run(kms.handle_request("POST", "/", headers, body, {}))
    return status, answered


def refusal(kind):
    return 400, json.dumps({"__type": kind, "message": f"{kind} on purpose"}).encode()


def is_signed(headers, body):
    """Signs the same request with AWS's own code, and compares."""
    words = dict(part.split("=", 1) for part in headers["authorization"].split(" ", 1)[1].split(", "))
    _, _, region, service, _ = words["Credential"].split("/")
    signed = {name: headers[name] for name in words["SignedHeaders"].split(";")}
    request = AWSRequest("POST", f"{url}/", data=body, headers=signed)
    request.context["timestamp"] = headers["x-amz-date"]
    auth = SigV4Auth(Credentials(ID, SECRET), service, region)
    text = auth.string_to_sign(request, auth.canonical_request(request))
    return service == "kms" and words["Signature"] == auth.signature(text, request)


class Calls(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        status, answered = self.treated(body)
        self.send_response(status)
        self.send_header("content-length", str(len(answered)))
        self.end_headers()
        self.wfile.write(answered)

    def treated(self, body):
        operation = self.headers["x-amz-target"].removeprefix("TrentService.")
        calls[operation] = calls.get(operation, 0) + 1
        if mood == "slow":
            time.sleep(SLOW_SECONDS)
        if mood == "strange":
            return 200, b"<html>It works!</html>"
        if mood == "throttled":
            return refusal("ThrottlingException")
        if mood == "unknown" or not is_signed(self.headers, body):
            return refusal("UnrecognizedClientException")
        status, answered = answer(operation, body)
        secrets.extend(value for name, value in json.loads(answered).items() if name == "Plaintext")
        return status, answered

    def log_message(self, *_):
        pass


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def get_request(self):
        stream, address = super().get_request()
        if mood == "away":
            stream.close()
            raise OSError("away")
        # The handshake is the thread's, so that no client keeps others waiting.
        return context.wrap_socket(stream, server_side=True, do_handshake_on_connect=False), address

    def handle_error(self, *_):
        pass


context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[2], sys.argv[3])
server = Server(("127.0.0.1", 0), Calls)
url = f"https://localhost:{server.server_address[1]}"
threading.Thread(target=server.serve_forever, daemon=True).start()
print(url, flush=True)

for line in sys.stdin:
    asked = json.loads(line)
    told = True
    if "call" in asked:
        told = json.loads(answer(asked["call"], json.dumps(asked["input"]).encode())[1] or b"{}")
    elif "calls" in asked:
        told = calls
    elif "secrets" in asked:
        told = secrets
    else:
        mood = asked["mood"]
    print(json.dumps(told), flush=True)
