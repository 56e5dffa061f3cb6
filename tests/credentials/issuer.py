"""An OpenID Connect issuer: python issuer.py CERTIFICATE KEY

Serves its discovery document and its keys over TLS on a free port of this machine, prints its URL, and then signs each
line of claims (JSON) that it reads, until there are no more.
"""

import base64
import http.server
import json
import socketserver
import ssl
import sys
import threading

import rsa

BITS = 2048
KEY_ID = "test-1"


def spelled(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def number(value):
    return spelled(value.to_bytes((value.bit_length() + 7) // 8, "big"))


public, private = rsa.newkeys(BITS)
documents = {}


class Documents(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = json.dumps(documents.get(self.path, {})).encode()
        self.send_response(200 if self.path in documents else 404)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


# Not http.server's own server, which asks the DNS for its name first.
server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Documents)
server.daemon_threads = True
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1], sys.argv[2])
server.socket = context.wrap_socket(server.socket, server_side=True)
url = f"https://localhost:{server.server_address[1]}"
documents["/.well-known/openid-configuration"] = {
    "issuer": url,
    "jwks_uri": f"{url}/keys",
    "response_types_supported": ["id_token"],
    "subject_types_supported": ["public"],
    "id_token_signing_alg_values_supported": ["RS256"],
}
documents["/keys"] = {
    "keys": [{"kty": "RSA", "alg": "RS256", "use": "sig", "kid": KEY_ID, "n": number(public.n), "e": number(public.e)}]
}
threading.Thread(target=server.serve_forever, daemon=True).start()
print(url, flush=True)

head = spelled(json.dumps({"alg": "RS256", "typ": "JWT", "kid": KEY_ID}).encode())
for line in sys.stdin:
    claims = {"iss": url, **json.loads(line)}
    signed = f"{head}.{spelled(json.dumps(claims).encode())}"
    print(f"{signed}.{spelled(rsa.sign(signed.encode(), private, 'SHA-256'))}", flush=True)
