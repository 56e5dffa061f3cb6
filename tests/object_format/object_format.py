"""Reads and writes sealed objects: a second implementation of docs/object-format.md.

It is in another language than the server, with a cipher of its own (below: AES and GCM in plain
Python), and shares no code with it. Where both agree, neither has a mistake that only it would make,
and an object can be read without Longshore. It is slow, and its time depends on the keys: use it for
tests, and to recover data.

    object_format.py vectors                             prints vectors.json
    object_format.py seal OBJECT DATA_KEY WRAPPED CONTENT FILE   makes an object from a file
    object_format.py open OBJECT DATA_KEY FILE CONTENT           reads one, and says what it holds

Keys are in hexadecimal digits; `-` is no data key: the object is not sealed (suite 0). It needs
nothing but Python 3.9.
"""

import hashlib
import hmac
import json
import secrets
import struct
import sys
from pathlib import Path

SEGMENT = 1 << 16
TAG = 16
FOOTER = 1024
OBJECT_MAGIC = b"LSOBJECT"
FOOTER_MAGIC = b"LSFOOTER"
ALGORITHMS = {1: "sha256", 2: "sha512"}


class Corrupt(Exception):
    """The bytes are not an object that was written under this name and key."""


# AES-256 and GCM, as FIPS 197 and SP 800-38D define them.


def _tables():
    double = lambda a: ((a << 1) ^ 0x1B) & 0xFF if a & 0x80 else a << 1
    power, log, value = [0] * 256, [0] * 256, 1
    for exponent in range(255):
        power[exponent], log[value] = value, exponent
        value ^= double(value)
    box = []
    for byte in range(256):
        inverse = power[(255 - log[byte]) % 255] if byte else 0
        turned = [((inverse << n) | (inverse >> (8 - n))) & 0xFF for n in range(5)]
        box.append(turned[0] ^ turned[1] ^ turned[2] ^ turned[3] ^ turned[4] ^ 0x63)
    mixed = []
    for s in box:
        two = double(s)
        mixed.append((two << 24) | (s << 16) | (s << 8) | (two ^ s))
    turns = [mixed]
    for _ in range(3):
        turns.append([(word >> 8) | ((word & 0xFF) << 24) for word in turns[-1]])
    return box, turns


BOX, MIXED = _tables()


class Aes256:
    """The block cipher, in one direction: GCM needs no other."""

    def __init__(self, key):
        words = list(struct.unpack(">8I", key))
        round_constant = 1
        sub = lambda w: int.from_bytes(bytes(BOX[b] for b in w.to_bytes(4, "big")), "big")
        for at in range(8, 60):
            word = words[at - 1]
            if at % 8 == 0:
                word = sub(((word << 8) | (word >> 24)) & 0xFFFFFFFF) ^ (round_constant << 24)
                round_constant <<= 1
            elif at % 8 == 4:
                word = sub(word)
            words.append(words[at - 8] ^ word)
        self.words = words

    def block(self, block):
        k = self.words
        a, b, c, d = (w ^ k[at] for at, w in enumerate(struct.unpack(">4I", block)))
        m0, m1, m2, m3 = MIXED
        for at in range(4, 56, 4):
            a, b, c, d = (
                m0[a >> 24] ^ m1[b >> 16 & 255] ^ m2[c >> 8 & 255] ^ m3[d & 255] ^ k[at],
                m0[b >> 24] ^ m1[c >> 16 & 255] ^ m2[d >> 8 & 255] ^ m3[a & 255] ^ k[at + 1],
                m0[c >> 24] ^ m1[d >> 16 & 255] ^ m2[a >> 8 & 255] ^ m3[b & 255] ^ k[at + 2],
                m0[d >> 24] ^ m1[a >> 16 & 255] ^ m2[b >> 8 & 255] ^ m3[c & 255] ^ k[at + 3],
            )
        last = []
        for at, (p, q, r, s) in enumerate(((a, b, c, d), (b, c, d, a), (c, d, a, b), (d, a, b, c))):
            word = BOX[p >> 24] << 24 | BOX[q >> 16 & 255] << 16
            word |= BOX[r >> 8 & 255] << 8 | BOX[s & 255]
            last.append(word ^ k[56 + at])
        return struct.pack(">4I", *last)


class Gcm:
    """AES-256-GCM with nonces of 12 bytes and tags of 16."""

    def __init__(self, key):
        self.aes = Aes256(key)
        self.by_byte = self._multiples(int.from_bytes(self.aes.block(bytes(16)), "big"))

    @staticmethod
    def _multiples(h):
        """For each of 16 places, the product of h and each byte at that place."""
        places, value = [], h
        for _ in range(16):
            bits = []
            for _ in range(8):
                bits.append(value)
                value = (value >> 1) ^ (0xE1 << 120 if value & 1 else 0)
            row = [0] * 256
            for byte in range(1, 256):
                low = byte & -byte
                row[byte] = row[byte ^ low] ^ bits[8 - low.bit_length()]
            places.append(row)
        return places

    def _hash(self, bound, text):
        pad = lambda part: part + bytes(-len(part) % 16)
        whole = pad(bound) + pad(text) + struct.pack(">QQ", len(bound) * 8, len(text) * 8)
        total, rows = 0, self.by_byte
        for at in range(0, len(whole), 16):
            block = (total ^ int.from_bytes(whole[at : at + 16], "big")).to_bytes(16, "big")
            total = 0
            for row, byte in zip(rows, block):
                total ^= row[byte]
        return total

    def _tag(self, nonce, bound, sealed):
        mask = self.aes.block(nonce + b"\0\0\0\1")
        return (self._hash(bound, sealed) ^ int.from_bytes(mask, "big")).to_bytes(16, "big")

    def _stream(self, nonce, text):
        blocks = -(-len(text) // 16)
        mask = b"".join(self.aes.block(nonce + struct.pack(">I", 2 + n)) for n in range(blocks))
        mixed = int.from_bytes(mask[: len(text)], "big") ^ int.from_bytes(text, "big")
        return mixed.to_bytes(len(text), "big")

    def seal(self, nonce, text, bound=b""):
        sealed = self._stream(nonce, text)
        return sealed + self._tag(nonce, bound, sealed)

    def open(self, nonce, sealed, bound=b""):
        text, tag = sealed[:-TAG], sealed[-TAG:]
        if len(sealed) < TAG or not hmac.compare_digest(tag, self._tag(nonce, bound, text)):
            raise Corrupt("the tag does not fit")
        return self._stream(nonce, text)


def hkdf(secret, salt, info, length):
    """HKDF-SHA-256 (RFC 5869)."""
    key = hmac.new(salt, secret, "sha256").digest()
    out, block = b"", b""
    for count in range(1, 256):
        if len(out) >= length:
            break
        block = hmac.new(key, block + info + bytes([count]), "sha256").digest()
        out += block
    return out[:length]


# The format.


class Object:
    """The header of one file, and the keys that follow from it."""

    def __init__(self, object_key, data_key, wrapped, salt, prefix):
        self.salt, self.prefix, self.object_key, self.wrapped = salt, prefix, object_key, wrapped
        self.suite = 0 if data_key is None else 1
        self.tag = TAG if self.suite else 0
        start = OBJECT_MAGIC + bytes([1, self.suite, 16, 0])
        start += struct.pack("<H", len(wrapped)) + bytes(3) + prefix
        start += salt + object_key.encode() + wrapped
        if self.suite:
            keys = hkdf(data_key, salt, b"longshore object 1" + start, 128)
            self.segments, self.small = Gcm(keys[:32]), Gcm(keys[32:64])
            check = keys[96:]
        else:
            check = hashlib.sha256(start).digest()
        self.header = start + check

    @classmethod
    def read(cls, object_key, data_key, file):
        if len(file) < 120 or file[:8] != OBJECT_MAGIC:
            raise Corrupt("it does not start like an object")
        version, suite, log2, zero, length = struct.unpack("<BBBBH", file[8:14])
        if (version, log2, zero, file[14:17]) != (1, 16, 0, bytes(3)) or length > 1024:
            raise Corrupt("the header is not of this version")
        if suite != (0 if data_key is None else 1):
            raise Corrupt("it is not protected in this way")
        if file[56:88] != object_key.encode():
            raise Corrupt("it is another object")
        found = cls(object_key, data_key, file[88 : 88 + length], file[24:56], file[17:24])
        if file[: len(found.header)] != found.header:
            raise Corrupt("the check does not fit: another data key, or a damaged header")
        return found

    def nonce(self, index, is_last):
        return self.prefix + struct.pack(">IB", index, is_last)

    def seal_content(self, content):
        last = len(content) // SEGMENT
        body = b""
        for index in range(last + 1):
            segment = content[index * SEGMENT : (index + 1) * SEGMENT]
            nonce = self.nonce(index, index == last)
            body += self.segments.seal(nonce, segment) if self.suite else segment
        return body

    def open_content(self, body):
        step = SEGMENT + self.tag
        last = len(body) // step
        content = b""
        for index in range(last + 1):
            segment = body[index * step : (index + 1) * step]
            nonce = self.nonce(index, index == last)
            content += self.segments.open(nonce, segment) if self.suite else segment
        return content

    def _plain_tag(self, sealed):
        parts = self.salt + bytes([0]) + struct.pack("<Q", 8) + FOOTER_MAGIC + sealed
        return hashlib.sha256(parts).digest()[:TAG]

    def seal_footer(self, content, algorithm, description, nonce):
        digest = hashlib.new(ALGORITHMS[algorithm], content).digest().ljust(64, b"\0")
        value = struct.pack("<QB", len(content), algorithm) + digest
        value += struct.pack("<H", len(description)) + description
        value = value.ljust(FOOTER - 36, b"\0")
        if self.suite:
            return FOOTER_MAGIC + nonce + self.small.seal(nonce, value, FOOTER_MAGIC)
        return FOOTER_MAGIC + nonce + value + self._plain_tag(nonce + value)

    def open_footer(self, footer):
        if len(footer) != FOOTER or footer[:8] != FOOTER_MAGIC:
            raise Corrupt("it was never finished")
        nonce, sealed = footer[8:20], footer[20:]
        if self.suite:
            value = self.small.open(nonce, sealed, FOOTER_MAGIC)
        else:
            value = sealed[:-TAG]
            if sealed[-TAG:] != self._plain_tag(nonce + value):
                raise Corrupt("the footer is damaged")
        size, algorithm = struct.unpack("<QB", value[:9])
        name = ALGORITHMS[algorithm]
        digest = value[9 : 9 + hashlib.new(name).digest_size]
        (length,) = struct.unpack("<H", value[73:75])
        return size, f"{name}:{digest.hex()}", value[75 : 75 + length]

    def seal(self, content, algorithm, description, footer_nonce):
        footer = self.seal_footer(content, algorithm, description, footer_nonce)
        return self.header + self.seal_content(content) + footer

    def open(self, file):
        size, digest, description = self.open_footer(file[-FOOTER:])
        content = self.open_content(file[len(self.header) : -FOOTER])
        name = digest.split(":")[0]
        if len(content) != size or digest != f"{name}:{hashlib.new(name, content).hexdigest()}":
            raise Corrupt("the content is not what the footer says")
        return content, digest, description


def wrap(root_id, root, context, data_key, salt, nonce):
    """A data key under a root key of the keyring."""
    head = bytes([1]) + root_id + salt
    key = hkdf(root, salt, b"longshore keyring 1 wrap\0data key", 32)
    return head + nonce + Gcm(key).seal(nonce, data_key, head + context.encode())


# Test vectors.


def pattern(length):
    """Content in which no two places look alike: hashes of the numbers from 0."""
    blocks = -(-length // 32)
    return b"".join(hashlib.sha256(struct.pack(">Q", n)).digest() for n in range(blocks))[:length]


def derived(what, length):
    """Bytes that look random and are the same each time."""
    return hashlib.sha512(what.encode()).digest()[:length]


ROOT_ID, ROOT = derived("root id", 4), derived("root key", 32)
LAYER = json.dumps(
    {
        "kind": "layer",
        "account": "123456789012",
        "region": "us-east-1",
        "repository": "web",
        "key": "default",
    },
    separators=(",", ":"),
)
CASES = [
    ("nothing, in a last segment of no bytes", 1, 0, 1, LAYER),
    ("one byte", 1, 1, 1, LAYER),
    ("a short layer", 1, 50, 1, LAYER),
    ("a short layer with a digest of SHA-512", 1, 50, 2, LAYER),
    ("the longest wrapped key and the longest description", 1, 50, 1, "d" * 912),
    ("a byte less than a segment", 1, 65535, 1, LAYER),
    ("a full segment, and a last one of no bytes", 1, 65536, 1, LAYER),
    ("a byte more than a segment", 1, 65537, 1, LAYER),
    ("two full segments and a last one of no bytes", 1, 131072, 1, LAYER),
    ("six segments, more than are read at once", 1, 5 * 65536 + 100, 1, LAYER),
    ("nothing, not sealed", 0, 0, 1, LAYER),
    ("a short layer, not sealed", 0, 50, 1, LAYER),
    ("a full segment, not sealed", 0, 65536, 1, LAYER),
]


def vector(name, suite, length, algorithm, description):
    object_key = derived(name + ": object", 16).hex()
    data_key = derived(name + ": data key", 32) if suite else None
    wrapped = b""
    if suite:
        salt, nonce = derived(name + ": wrapping salt", 16), derived(name + ": wrapping nonce", 12)
        wrapped = wrap(ROOT_ID, ROOT, f"object:{object_key}", data_key, salt, nonce)
    if len(description) == 912:
        wrapped = derived(name + ": foreign wrapping", 64) * 16
    salt, prefix = derived(name + ": salt", 32), derived(name + ": prefix", 7)
    made = Object(object_key, data_key, wrapped, salt, prefix)
    content = pattern(length)
    file = made.seal(content, algorithm, description.encode(), derived(name + ": footer", 12))
    assert made.open(file) == (content, made.open_footer(file[-FOOTER:])[1], description.encode())
    told = {
        "name": name,
        "suite": suite,
        "object": object_key,
        "data_key": data_key.hex() if suite else "",
        "wrapped": wrapped.hex(),
        "nonce_prefix": prefix.hex(),
        "salt": salt.hex(),
        "content_bytes": length,
        "content_digest": made.open_footer(file[-FOOTER:])[1],
        "description": description,
        "header": made.header.hex(),
        "footer": file[-FOOTER:].hex(),
        "file_bytes": len(file),
        "file_sha256": hashlib.sha256(file).hexdigest(),
    }
    # The body of the longer ones follows from the content, and the file's hash confirms it.
    if length < 1000:
        told["body"] = file[len(made.header) : -FOOTER].hex()
    return told


def vectors():
    return {
        "about": "Test vectors of docs/object-format.md, printed by object_format.py. The content "
        "is the SHA-256 of 0, 1, 2 … (eight bytes each, the highest first), one after another.",
        "root_key": {"id": ROOT_ID.hex(), "secret": ROOT.hex()},
        "objects": [vector(*case) for case in CASES],
    }


def check_cipher():
    """The last case of the GCM specification for 256-bit keys, so that no mistake is ours twice."""
    key = bytes.fromhex("feffe9928665731c6d6a8f9467308308" * 2)
    text = bytes.fromhex(
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
        "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
    )
    bound = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    sealed = Gcm(key).seal(bytes.fromhex("cafebabefacedbaddecaf888"), text, bound)
    assert sealed[-TAG:].hex() == "76fc6ece0f4e1768cddf8853bb2d551b", sealed.hex()
    assert sealed[:4].hex() == "522dc1f0", sealed.hex()


def main(command, *arguments):
    check_cipher()
    if command == "vectors":
        print(json.dumps(vectors(), indent=1))
    elif command == "seal":
        object_key, data_key, wrapped, source, target = arguments
        key = None if data_key == "-" else bytes.fromhex(data_key)
        made = Object(
            object_key,
            key,
            bytes.fromhex(wrapped),
            secrets.token_bytes(32),
            secrets.token_bytes(7),
        )
        content = Path(source).read_bytes()
        file = made.seal(content, 1, LAYER.encode(), secrets.token_bytes(12))
        Path(target).write_bytes(file)
    elif command == "open":
        object_key, data_key, source, target = arguments
        file = Path(source).read_bytes()
        key = None if data_key == "-" else bytes.fromhex(data_key)
        content, digest, description = Object.read(object_key, key, file).open(file)
        Path(target).write_bytes(content)
        print(json.dumps({"digest": digest, "description": description.decode()}))
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(*(sys.argv[1:] or ["help"]))
