"""The admin plane: /_emulator/….  It has no credentials and is not part of any API."""

import json
import urllib.parse

from aiohttp import web

from . import faults
from .behaviour import COLLECTIONS
from .contract import Example


class Refused(Exception):
    pass


class Admin:
    def __init__(self, emulator):
        self.emulator = emulator

    async def handle(self, request):
        """Dispatch on "GET requests" and the like."""
        path, _, query = request.raw_path.partition("?")
        parts = [urllib.parse.unquote(part) for part in path.split("/")[2:]]
        query = dict(urllib.parse.parse_qsl(query, keep_blank_values=True))
        raw = await request.read()
        try:
            body = json.loads(raw) if raw else {}
            name = parts[0] if parts else "health"
            method = getattr(self, f"{request.method.lower()}_{name.replace('-', '_')}", None)
            if method is None:
                raise Refused(f"no {request.method} {name} in the admin plane")
            answer = method(query, body, parts[1:])
        except (Refused, faults.BadRule, KeyError, ValueError, TypeError) as error:
            return web.json_response({"error": f"{type(error).__name__}: {error}"}, status=400)
        return web.json_response(answer)

    # What was asked ---------------------------------------------------------------------

    def get_health(self, query, body, rest):
        return {"status": "ok"}

    def get_requests(self, query, body, rest):
        since = int(query.get("since", 0))
        return [record for record in self.emulator.records if record["seq"] > since]

    def delete_requests(self, query, body, rest):
        self.emulator.forget()
        return {}

    def get_stats(self, query, body, rest):
        emulator = self.emulator
        return {"performed": dict(emulator.performed),
                "requests": {str(name): count for name, count in emulator.counts.items()},
                "peak_in_flight": emulator.peak_in_flight,
                "in_flight": emulator.in_flight,
                "tokens": len(emulator.gate.tokens)}

    def get_state(self, query, body, rest):
        """The emulator's own truth, in canonical values."""
        if not rest:
            return sorted(COLLECTIONS)
        projects = self.emulator.world.projects
        project = projects[query.pop("project", next(iter(projects)))]
        project.settle()
        return COLLECTIONS[rest[0]](project, **query)

    # What is to be different -------------------------------------------------------------

    def post_config(self, query, body, rest):
        emulator, world = self.emulator, self.emulator.world
        known = {"latency_ms", "job_seconds", "token_seconds", "page_cap", "compress",
                 "refuse_violations", "strict"}
        if set(body) - known:
            raise Refused(f"unknown: {sorted(set(body) - known)}; known: {sorted(known)}")
        emulator.latency = float(body.get("latency_ms", emulator.latency))
        world.job_seconds = float(body.get("job_seconds", world.job_seconds))
        emulator.gate.token_seconds = float(body.get("token_seconds",
                                                     emulator.gate.token_seconds))
        world.page_cap = int(body.get("page_cap", world.page_cap))
        emulator.compress = bool(body.get("compress", emulator.compress))
        emulator.refuse_violations = bool(body.get("refuse_violations",
                                                   emulator.refuse_violations))
        emulator.strict = bool(body.get("strict", emulator.strict))
        return {"latency_ms": emulator.latency, "job_seconds": world.job_seconds,
                "token_seconds": emulator.gate.token_seconds, "page_cap": world.page_cap,
                "compress": emulator.compress, "refuse_violations": emulator.refuse_violations,
                "strict": emulator.strict}

    def get_faults(self, query, body, rest):
        return [rule.describe() for rule in self.emulator.faults.rules]

    def post_faults(self, query, body, rest):
        """Replace the rules; ?add=1 puts them behind those that there are."""
        rules = body if isinstance(body, list) else [body]
        self.emulator.faults.set(rules, add=query.get("add") == "1")
        return self.get_faults(query, body, rest)

    def delete_faults(self, query, body, rest):
        self.emulator.faults.set([])
        return []

    def post_fail_next_job(self, query, body, rest):
        self.emulator.world.fail_next.append(body.get("reason", "The operation failed."))
        return {"pending": len(self.emulator.world.fail_next)}

    def post_clock(self, query, body, rest):
        self.emulator.world.clock.skew = float(body["skew_seconds"])
        return {"now": self.emulator.world.clock.now()}

    def post_revoke_tokens(self, query, body, rest):
        return {"revoked": self.emulator.gate.revoke()}

    def post_serve_example(self, query, body, rest):
        emulator = self.emulator
        operation = emulator.contract.find(body["operation_id"])
        if operation is None:
            raise Refused(f"no operation {body['operation_id']}, or more than one")
        if "value" in body:
            emulator.examples[operation.key] = Example(operation.status, body["value"])
            return {"operation": operation.key}
        examples = operation.response_examples
        name = body.get("example") or next(iter(examples), None)
        if name not in examples:
            raise Refused(f"no example {name}; there are: {list(examples)}")
        emulator.examples[operation.key] = examples[name]
        return {"operation": operation.key, "example": name}

    def post_reset(self, query, body, rest):
        """Everything as after the start; the size of the fleet and the seed may be new."""
        emulator, world = self.emulator, self.emulator.world
        world.clock.skew = 0.0
        world.page_cap = 0
        world.reset(int(body.get("fleet", world.fleet)), body.get("seed", world.seed))
        emulator.gate.reset()
        emulator.faults.set([])
        emulator.examples.clear()
        emulator.forget()
        for name, value in emulator.initial.items():
            holder = {"job_seconds": world, "token_seconds": emulator.gate}.get(name, emulator)
            setattr(holder, name, value)
        emulator.warm()
        return {"fleet": world.fleet, "seed": world.seed}
