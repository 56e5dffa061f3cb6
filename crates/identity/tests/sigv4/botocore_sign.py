"""Prints requests that botocore has signed, as JSON lines, for the verifier to accept.

Usage: botocore_sign.py SEED COUNT
Half of the requests are random and handed to the signers; a few come out of real clients.
"""

import base64
import datetime
import json
import random
import sys
from urllib.parse import urlsplit

import botocore.auth
import botocore.session
from botocore.awsrequest import AWSRequest, AWSResponse
from botocore.credentials import Credentials

KEY = "AKIDEXAMPLE"
ODD = ["%20", "%2F", "%25", "%2B", "%C3%A4", "%E2%82%AC", "%3D", "%26", "$", "!", "*", "'", "(", ")", ",", ":", "@", ";"]
PLAIN = "abcXYZ019-._~"


def at(seconds):
    """Sets botocore's clock."""
    moment = datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc)
    botocore.auth.get_current_datetime = lambda remove_tzinfo=True: moment.replace(tzinfo=None)


def word(rng, odd, shortest=0):
    """A word with some odd pieces in it."""
    length = rng.randint(shortest, 6)
    return "".join(rng.choice(odd) if rng.random() < 0.3 else rng.choice(PLAIN) for _ in range(length))


def path(rng):
    """A path; the last segment is plain, because signers differ on a path that ends in a dot."""
    segments = [rng.choice(["", ".", "x/..", word(rng, ODD), word(rng, ODD)]) for _ in range(rng.randint(0, 4))]
    segments = [segment for segment in segments if segment != ".."]
    return "/" + "".join(segment + "/" for segment in segments) + rng.choice(["", "a", "last"])


def query(rng, distinct):
    """A query string, escaped as botocore expects to find it; with names that repeat, unless `distinct`."""
    escapes = [piece for piece in ODD if piece.startswith("%")]
    names = [rng.choice(["a", "a-b", "p", word(rng, escapes, 1)]) for _ in range(rng.randint(0, 5))]
    if distinct:
        names = list(dict.fromkeys(names))
    return "&".join(name + "=" + word(rng, escapes, 1 if distinct else 0) for name in names)


def headers(rng):
    """Headers with odd names, inner and outer spaces, and letters beyond ASCII."""
    values = ["plain", "a  b   c", "  outer ", "", "ä ß €", 'quoted "a  b"', "a,b, c", "k=v; k2=v2"]
    return [(rng.choice(["X-Odd", "x-lower", "X-UPPER", "Content-Type", "Accept"]), rng.choice(values))
            for _ in range(rng.randint(0, 4))]


def random_request(rng):
    """One random request, signed in the header or presigned."""
    presigned = rng.random() < 0.5
    token = base64.b64encode(rng.randbytes(rng.randint(1, 600))).decode() if rng.random() < 0.4 else None
    secret = base64.b64encode(rng.randbytes(30)).decode()
    credentials = Credentials(KEY, secret, token)
    service = rng.choice(["ecr", "sts"])
    region = rng.choice(["us-east-1", "eu-central-1", "ap-southeast-2", "berlin-1"])
    seconds = rng.randint(0, 4_000_000_000)
    host = rng.choice(["https://api.ecr.us-east-1.amazonaws.com", "http://localhost:5050", "http://127.0.0.1"])
    asked = query(rng, presigned)
    url = host + path(rng) + ("?" + asked if asked else "")
    body = b"" if presigned or rng.random() < 0.3 else rng.randbytes(rng.randint(1, 300))
    request = AWSRequest(method=rng.choice(["GET", "POST", "PUT", "DELETE"]), url=url, data=body)
    for name, value in headers(rng):
        request.headers.add_header(name, value)
    if rng.random() < 0.3:
        request.headers["X-Amz-Target"] = "AmazonEC2ContainerRegistry_V20150921.ListImages"
    if not presigned and rng.random() < 0.2:
        request.headers["Date"] = "replaced by the signer"
    at(seconds)
    if presigned:
        signer = botocore.auth.SigV4QueryAuth(credentials, service, region, expires=rng.randint(1, 604_800))
    else:
        signer = botocore.auth.SigV4Auth(credentials, service, region)
    signer.add_auth(request)
    # A prepared request forgets headers that come twice; the signer has seen both.
    prepared = request.prepare()
    prepared.headers = request.headers
    return describe(prepared, secret, token, service, region, seconds)


def client_requests():
    """What real clients send for some operations, caught on its way out."""
    session = botocore.session.Session()
    for token in [None, "Token+/="]:
        for service, operation, arguments in [
            ("ecr", "get_authorization_token", {}),
            ("ecr", "describe_repositories", {"repositoryNames": ["team-a/web"], "maxResults": 5}),
            ("ecr", "upload_layer_part", {"repositoryName": "web", "uploadId": "u", "partFirstByte": 0,
                                          "partLastByte": 2, "layerPartBlob": b"abc"}),
            ("ecr-public", "describe_repositories", {}),
            ("sts", "get_caller_identity", {}),
            ("iam", "list_users", {}),
            ("kms", "list_keys", {}),
        ]:
            region = "us-east-1"
            client = session.create_client(
                service, region_name=region, endpoint_url="http://localhost:5050",
                aws_access_key_id=KEY, aws_secret_access_key="secret", aws_session_token=token)
            seconds = 1_700_000_000
            at(seconds)
            caught = []

            def catch(request, caught=caught, **_):
                caught.append(request)
                return AWSResponse(request.url, 500, {}, None)

            client.meta.events.register("before-send", catch)
            try:
                getattr(client, operation)(**arguments)
            except Exception:
                pass
            assert caught, operation
            yield describe(caught[0], "secret", token, service, region, seconds)
            if service == "sts":
                url = client.generate_presigned_url(operation, ExpiresIn=60, HttpMethod="GET")
                yield describe(AWSRequest("GET", url).prepare(), "secret", token, service, region, seconds)


def describe(prepared, secret, token, service, region, seconds):
    """A request as a server would see it, and what is needed to verify it."""
    parts = urlsplit(prepared.url)
    text = lambda value: value.decode() if isinstance(value, bytes) else value
    sent = [(name, text(value)) for name, value in prepared.headers.items()]
    if not any(name.lower() == "host" for name, _ in sent):
        sent.append(("Host", parts.netloc))
    body = prepared.body or b""
    body = body.encode() if isinstance(body, str) else body if isinstance(body, bytes) else body.read()
    return {
        "method": prepared.method,
        "target": (parts.path or "/") + ("?" + parts.query if parts.query else ""),
        "headers": sent,
        "body": base64.b64encode(body).decode(),
        "secret": secret,
        "token": token,
        "service": service,
        "region": region,
        "seconds": seconds,
    }


def main():
    seed, count = int(sys.argv[1]), int(sys.argv[2])
    rng = random.Random(seed)
    for request in client_requests():
        print(json.dumps(request))
    for _ in range(count):
        print(json.dumps(random_request(rng)))


if __name__ == "__main__":
    main()
