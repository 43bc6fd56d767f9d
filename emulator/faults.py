"""Faults to order: which requests they meet, and what they do to the answer.

A rule is {"match": {…}, "effect": {…}, "count": n}.  The first rule that matches a request
is the only one that meets it.  README.md lists the words of both.
"""

import asyncio
import gzip
import json
import os
import random
import re
import socket
import struct

from aiohttp import web

from . import deviations

REASONS = {200: "OK", 202: "Accepted", 301: "Moved Permanently", 302: "Found",
           307: "Temporary Redirect", 400: "Bad Request", 401: "Unauthorized",
           403: "Forbidden", 404: "Not Found", 429: "Too Many Requests",
           500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable",
           504: "Gateway Timeout"}
MATCH_WORDS = {"method", "path_regex", "operation_id", "service", "nth", "first", "skip",
               "probability", "seed", "of_instance"}
EFFECT_WORDS = {"status", "headers", "body", "body_file", "close", "after_bytes", "delay_ms",
                "drip", "truncate", "garbage", "redirect", "content_length_wrong", "gzip_bomb",
                "html", "big", "deep", "mutate", "repeat_page", "unauthorized", "hang",
                "perform", "reset", "error", "refuse", "code", "message",
                "times"} | deviations.PAGE_WORDS
# Effects that answer in place of the service, unless "perform" is set.
INSTEAD = ("status", "body", "body_file", "redirect", "gzip_bomb", "html", "big", "deep",
           "unauthorized", "hang", "error", "refuse")


class BadRule(ValueError):
    pass


class Rule:
    def __init__(self, document):
        self.match = dict(document.get("match") or {})
        self.effect = dict(document.get("effect") or {})
        unknown = (set(document) - {"match", "effect", "count"}) | \
            (set(self.match) - MATCH_WORDS) | (set(self.effect) - EFFECT_WORDS)
        if unknown:
            raise BadRule(f"unknown: {', '.join(sorted(unknown))}")
        if self.effect.get("close") not in (None, "before", "after", "headers", "body", "reset"):
            raise BadRule("close is one of before, after, headers, body, reset")
        problem = deviations.problem(self.effect)
        if problem:
            raise BadRule(problem)
        self.count = document.get("count")
        self.seen = 0
        self.fired = 0
        self.chance = random.Random(self.match.get("seed", 0))
        self.path = re.compile(self.match["path_regex"]) if "path_regex" in self.match else None

    def meets(self, record):
        """Is it for this request?  Counts the requests that it could have been for."""
        match = self.match
        if self.count is not None and self.fired >= self.count:
            return False
        if "method" in match and record["method"] != match["method"]:
            return False
        if "operation_id" in match and record["operation_id"] != match["operation_id"]:
            return False
        if "service" in match and record["service"] != match["service"]:
            return False
        if self.path is not None and not self.path.search(record["target"]):
            return False
        if "of_instance" in match and instance_of(record) not in match["of_instance"]:
            return False
        self.seen += 1
        number = self.seen - match.get("skip", 0)
        if number <= 0 or ("first" in match and number > match["first"]):
            return False
        if number % match.get("nth", 1):
            return False
        if "probability" in match and self.chance.random() >= match["probability"]:
            return False
        self.fired += 1
        return True

    def describe(self):
        return {"match": self.match, "effect": self.effect, "count": self.count,
                "seen": self.seen, "fired": self.fired}


BELOW_INSTANCE = re.compile(r"/instances/([^/]+)/.")


def instance_of(record):
    """The instance that a request is for something of; None where there is none."""
    found = BELOW_INSTANCE.search(record["path"])
    if found:
        return found.group(1)
    body = record["body"] if isinstance(record["body"], dict) else {}
    return dict(record["query"]).get("instance_id") or body.get("instance_id")


class Faults:
    def __init__(self):
        self.rules = []

    def set(self, documents, add=False):
        rules = [Rule(document) for document in documents]
        self.rules = self.rules + rules if add else rules

    def pick(self, record):
        """The effect that this request meets; an empty one as a rule."""
        for rule in self.rules:
            if rule.meets(record):
                if "alternate" in rule.effect:
                    return {**rule.effect, "turn": rule.fired}
                return rule.effect
        return {}


def performs(effect):
    """Is the request carried out in spite of the effect?"""
    if "perform" in effect:
        return effect["perform"]
    return effect.get("close") not in ("before", "reset") and not any(
        word in effect for word in INSTEAD)


def at_path(value, path):
    """(container, key) of every place that a path such as "instances.*.port" names."""
    head, _, rest = path.partition(".")
    if isinstance(value, list):
        keys = range(len(value)) if head == "*" else [int(head)]
        keys = [key for key in keys if -len(value) <= key < len(value)]
    elif isinstance(value, dict):
        keys = list(value) if head == "*" else [head]
    else:
        return
    for key in keys:
        if not rest:
            yield value, key
        elif isinstance(value, list) or key in value:
            yield from at_path(value[key], rest)


def mutate(body, changes):
    """A correct answer with members replaced, added or (where the value is "$delete") gone."""
    value = json.loads(body or b"{}")
    for path, new in changes.items():
        if path == "":
            value = new
            continue
        for container, key in reversed(list(at_path(value, path))):
            if new != "$delete":
                container[key] = new
            elif isinstance(container, list) or key in container:
                del container[key]
    return json.dumps(value, ensure_ascii=False).encode()


def alter(effect, status, headers, body):
    """(status, headers, body) as the effect leaves them."""
    if "error" in effect or "refuse" in effect:
        return status, {**headers, **(effect.get("headers") or {})}, body
    status = effect.get("status", 401 if "unauthorized" in effect else status)
    headers = dict(headers)
    if "unauthorized" in effect:
        body = json.dumps({"error_code": "APIGW.0301", "error_msg": "Incorrect IAM authentication "
                           "information: decrypt token fail",
                           "request_id": headers.get("X-Request-Id", "")}).encode()
    elif "status" in effect and "body" not in effect and not effect.get("perform"):
        body = json.dumps({"error_code": f"APIGW.0{status}", "error_msg":
                           REASONS.get(status, "Fault to order")}).encode()
    if "body" in effect:
        given = effect["body"]
        body = given.encode("utf-8", "surrogateescape") if isinstance(given, str) \
            else json.dumps(given).encode()
    if "body_file" in effect:
        with open(effect["body_file"], "rb") as file:
            body = file.read()
    if "html" in effect:
        status = effect.get("status", 502)
        text = effect["html"] if isinstance(effect["html"], str) else \
            "<html><head><title>502 Bad Gateway</title></head><body><h1>Bad Gateway</h1></body>"
        headers["Content-Type"] = "text/html"
        body = text.encode()
    if "redirect" in effect:
        status = effect.get("status", 302)
        headers["Location"] = effect["redirect"]
        body = b""
    if "times" in effect:
        body = deviations.with_times(body, effect["times"])
    if "mutate" in effect:
        body = mutate(body, effect["mutate"])
    if "deep" in effect:
        body = b'{"instances":' + b"[" * effect["deep"] + b"]" * effect["deep"] + b"}"
    if "gzip_bomb" in effect:
        headers["Content-Encoding"] = "gzip"
        body = bomb(effect["gzip_bomb"])
    if "garbage" in effect and effect["garbage"] != "chunked":
        body = random.Random(len(body)).randbytes(max(len(body), 64))
    if "truncate" in effect:
        body = body[:effect["truncate"]]
    headers.update(effect.get("headers") or {})
    return status, headers, body


def bomb(size):
    """Few bytes that unpack to "size" bytes of JSON."""
    step = 1 << 20
    packer = gzip.zlib.compressobj(9, gzip.zlib.DEFLATED, 31)
    parts = [packer.compress(b'{"instances":[],"filler":"')]
    while size > 0:
        parts.append(packer.compress(b"0" * min(step, size)))
        size -= step
    parts.append(packer.compress(b'"}'))
    parts.append(packer.flush())
    return b"".join(parts)


class Wire(web.StreamResponse):
    """
    An answer that is written byte by byte past the HTTP library, because the library would not
    send it so.  The connection ends with it.
    """

    def __init__(self, effect, status, headers, body):
        super().__init__()
        self.effect = effect
        self.status_sent = status
        self.headers_sent = headers
        self.content = body
        self.force_close()

    async def prepare(self, request):
        self.request = request
        return None

    def head(self):
        length = len(self.content) + self.effect.get("content_length_wrong", 0)
        lines = [f"HTTP/1.1 {self.status_sent} {REASONS.get(self.status_sent, 'Status')}"]
        headers = {"Content-Type": "application/json", **self.headers_sent,
                   "Connection": "close"}
        if self.effect.get("garbage") == "chunked":
            headers["Transfer-Encoding"] = "chunked"
        elif "big" in self.effect:
            headers["Content-Length"] = self.effect["big"]
        else:
            headers["Content-Length"] = max(0, length)
        lines += [f"{name}: {value}" for name, value in headers.items()]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()

    async def write_eof(self, data=b""):
        transport = self.request.transport
        if transport is None:
            return
        close = self.effect.get("close")
        if close == "reset":
            reset(transport)
        elif close in ("before", "after"):
            await self.end(transport)
        elif close == "headers":
            head = self.head()
            transport.write(head[:self.effect.get("after_bytes", len(head) // 2)])
            await self.end(transport)
        else:
            await self.send(transport)

    async def send(self, transport):
        effect = self.effect
        transport.write(self.head())
        if effect.get("close") == "body":
            transport.write(self.content[:effect.get("after_bytes", len(self.content) // 2)])
        elif effect.get("garbage") == "chunked":
            transport.write(b"5\r\n{\"ins\r\nZZZ\r\nnot a chunk\r\n")
        elif "big" in effect:
            await self.pour(transport, effect["big"])
        elif "drip" in effect:
            await self.drip(transport, effect["drip"])
        else:
            transport.write(self.content)
        await self.end(transport)

    async def end(self, transport):
        if self.effect.get("reset"):
            await asyncio.sleep(0.05)       # what was written is to arrive before the reset
            reset(transport)
        else:
            transport.close()

    async def drip(self, transport, rate):
        """So many bytes in a second, in small pieces."""
        step = max(1, int(rate / 10))
        for start in range(0, len(self.content), step):
            if transport.is_closing():
                return
            transport.write(self.content[start:start + step])
            await asyncio.sleep(step / rate)

    async def pour(self, transport, size):
        """Valid JSON of that many bytes, without holding it all."""
        head, tail = b'{"instances":[],"total_count":0,"filler":"', b'"}'
        transport.write(head)
        left = size - len(head) - len(tail)
        step = 1 << 18
        while left > 0 and not transport.is_closing():
            transport.write(b"x" * min(step, left))
            left -= step
            while transport.get_write_buffer_size() > 4 * step and not transport.is_closing():
                await asyncio.sleep(0.001)
        transport.write(tail)


def reset(transport):
    """Close so that the other side gets a reset (RST)."""
    sock = transport.get_extra_info("socket")
    try:
        with socket.socket(fileno=os.dup(sock.fileno())) as copy:
            copy.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    finally:
        transport.abort()


def needs_wire(effect):
    return any(word in effect for word in ("close", "drip", "content_length_wrong", "big",
                                           "reset")) or \
        effect.get("garbage") == "chunked"


async def hold(request):
    """Say nothing until the client has gone, an hour at most."""
    for _ in range(36000):
        if request.transport is None or request.transport.is_closing():
            return
        await asyncio.sleep(0.1)
