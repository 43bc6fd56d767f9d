"""HTTP: from the bytes of a request to the bytes of its answer, and the log of both."""

import asyncio
import collections
import gzip
import itertools
import json
import secrets
import traceback
import urllib.parse

from aiohttp import web
from aiohttp.web_protocol import RequestHandler

from . import deviations, faults, fleet, generic
from .admin import Admin
from .auth import Gate
from .behaviour import perform
from .call import Call, Reply
from .contract import BAD, SERVICES, UNKNOWN, Contract
from .errors import ApiError, error_body, ordinary
from .state import World, compact

OPEN = {"iam.KeystoneCreateUserTokenByPassword", "gaussdb.ListApiVersions",
        "gaussdb.ShowApiVersion"}

# Operations that change nothing although they are not GETs.
ASKING = {"gaussdb.ListPdbs", "gaussdb.ListConfigurationsDiff", "gaussdb.ValidateWeakPassword",
          "drs.BatchListJobDetails", "drs.ShowJobList", "drs.BatchListJobStatus",
          "drs.BatchListProgresses", "drs.ListCompareResult",
          "iam.KeystoneCreateUserTokenByPassword"}
LOG_LIMIT = 50_000
SECRET_MEMBERS = {"password", "user_password", "user_pwd", "admin_pwd", "new_password",
                  "admin_password", "userPassword", "db_password", "secret", "cert_password"}


class Connection(RequestHandler):
    """One TCP connection, numbered."""

    __slots__ = ("number",)


class Server(web.Server):
    numbers = itertools.count(1)

    def __call__(self):
        connection = Connection(self, loop=self._loop, **self._kwargs)
        connection.number = next(self.numbers)
        return connection


class Incoming:
    """A request as the gate and the contract look at it."""

    __slots__ = ("method", "raw_path", "pairs", "headers", "raw_body", "request_id")


def split_target(target):
    """(raw path, decoded pairs of the query) of a request target."""
    path, _, query = target.partition("?")
    if not path.startswith("/"):
        path = "/" + path.split("://", 1)[-1].partition("/")[2]
    pairs = []
    for part in query.split("&") if query else ():
        name, _, value = part.partition("=")
        pairs.append((urllib.parse.unquote_plus(name), urllib.parse.unquote_plus(value)))
    return path, pairs


def masked(value):
    """A body for the log file, which may lie about: without passwords."""
    if isinstance(value, dict):
        return {name: "********" if name in SECRET_MEMBERS and isinstance(part, str)
                else masked(part) for name, part in value.items()}
    if isinstance(value, list):
        return [masked(part) for part in value]
    return value


class Emulator:
    """The settings, the world, the log, and the handler of requests."""

    def __init__(self, api_directory, fleet=100, seed=1, latency=0.0, job_seconds=2.0,
                 epoch=None, log=None, compress=True, other_contracts=()):
        self.contract = Contract(api_directory, other_contracts)
        for service in set(self.contract.documents) - set(SERVICES):
            generic.keep_lists_of(self.contract, service)
        self.world = World(self.contract, fleet, seed, job_seconds, epoch)
        self.world.gate = self.gate = Gate(self.world.clock, 24 * 3600)
        self.faults = faults.Faults()
        self.admin = Admin(self)
        self.latency = latency
        self.compress = compress
        self.refuse_violations = True
        self.strict = False
        self.examples = {}
        self.log_file = log
        self.records = collections.deque(maxlen=LOG_LIMIT)
        self.sequence = itertools.count(1)
        self.in_flight = 0
        self.initial = {"latency": latency, "compress": compress, "refuse_violations": True,
                        "strict": False,
                        "job_seconds": job_seconds, "token_seconds": self.gate.token_seconds}
        self.forget()
        self.warm()

    def warm(self):
        """Make what a large fleet takes longest for before anybody waits for it."""
        for row in fleet.fleet_of(next(iter(self.world.projects.values()))):
            row.wire

    def forget(self):
        """Empty the log and the counters."""
        self.records.clear()
        self.counts = collections.Counter()
        self.performed = collections.Counter()
        self.peak_in_flight = 0

    async def handle(self, request):
        target = request.raw_path
        if target.startswith("/_emulator"):
            return await self.admin.handle(request)
        self.in_flight += 1
        try:
            return await self.answer(request, target)
        finally:
            self.in_flight -= 1

    async def answer(self, request, target):
        incoming, record, body = await self.receive(request, target)
        operation, path = self.route(incoming)
        record["operation_id"] = operation.operation_id if operation else None
        record["service"] = operation.service if operation else None
        self.counts[record["operation_id"]] += 1
        effect = self.faults.pick(record)
        if effect:
            record["fault"] = effect
            if effect.get("delay_ms"):
                await asyncio.sleep(effect["delay_ms"] / 1000)
        status, headers, content = 200, {}, b""
        if not effect or faults.performs(effect):
            status, headers, content = self.carry_out(incoming, operation, path, body, record,
                                                      effect)
        if "error" in effect or "refuse" in effect:
            status, headers, content = deviations.refused(self.contract, effect,
                                                          incoming.request_id, body)
        headers["X-Request-Id"] = incoming.request_id
        if self.latency:
            await asyncio.sleep(self.latency / 1000)
        if "hang" in effect:
            await faults.hold(request)
            effect = {**effect, "close": "before"}
        if effect:
            status, headers, content = faults.alter(effect, status, headers, content)
        record["status"] = None if effect.get("close") in ("before", "after", "reset") else status
        record["t_end"] = self.world.clock.now()
        self.write_log(record)
        if effect and faults.needs_wire(effect):
            return faults.Wire(effect, status, headers, content)
        return self.response(request, status, headers, content)

    async def receive(self, request, target):
        """What was sent, and its entry in the log."""
        incoming = Incoming()
        incoming.method = request.method
        incoming.raw_path, incoming.pairs = split_target(target)
        incoming.headers = request.headers
        incoming.request_id = secrets.token_hex(16)
        self.peak_in_flight = max(self.peak_in_flight, self.in_flight)
        headers = request.headers
        record = {
            "seq": next(self.sequence), "method": incoming.method,
            "path": urllib.parse.unquote(incoming.raw_path), "target": target,
            "query": [list(pair) for pair in incoming.pairs], "body": None,
            "headers": {"has_token": "X-Auth-Token" in headers,
                        "signed": headers.get("Authorization", "").startswith("SDK-HMAC"),
                        "has_security_token": "X-Security-Token" in headers,
                        "host": headers.get("Host"),
                        "x-project-id": headers.get("X-Project-Id"),
                        "x-language": headers.get("X-Language"),
                        "content-type": headers.get("Content-Type"),
                        "accept-encoding": headers.get("Accept-Encoding"),
                        "user-agent": headers.get("User-Agent")},
            "status": None, "operation_id": None, "service": None, "violations": [],
            "performed": False, "request_id": incoming.request_id,
            "t_start": self.world.clock.now(), "t_end": None,
            "connection": request.protocol.number, "in_flight": self.in_flight}
        self.records.append(record)
        incoming.raw_body = await request.read() if request.body_exists else b""
        body = None
        if incoming.raw_body:
            try:
                body = json.loads(incoming.raw_body)
                compact(body)       # fails for half a surrogate pair
                record["body"] = body
            except (ValueError, RecursionError):
                body = BAD
                record["body"] = incoming.raw_body.decode("utf-8", "replace")
        return incoming, record, body

    def route(self, incoming):
        segments = [urllib.parse.unquote(part) for part in incoming.raw_path.split("/")[1:]]
        if segments and segments[-1] == "":
            segments.pop()
        return self.contract.match(incoming.method, segments)

    def carry_out(self, incoming, operation, path, body, record, effect):
        """(status, headers, body) as the service answers."""
        service = operation.service if operation else "gaussdb"
        try:
            reply = self.serve(incoming, operation, path, body, record, effect)
            if operation.method != "GET" and operation.key not in ASKING:
                record["performed"] = True
                self.performed[operation.operation_id] += 1
            return reply.status, dict(reply.headers), reply.body
        except ApiError as error:
            return error.status, dict(error.headers), error_body(service, error)
        except Exception as error:      # a fault of the emulator itself: loud, and in the log
            traceback.print_exc()
            record["emulator_error"] = repr(error)
            failure = ApiError(500, "EMULATOR.0500", f"The emulator failed: {error!r}")
            return failure.status, {}, error_body(service, failure)

    def serve(self, incoming, operation, path, body, record, effect):
        if operation is None:
            record["violations"].append(f"{incoming.method} {record['path']}: no such operation")
            raise ApiError(404, "APIGW.0101", "The API does not exist or has not been published "
                           "in the environment", extra={"request_id": incoming.request_id})
        caller = None if operation.key in OPEN else self.gate.caller(incoming)
        record["violations"] += operation.violations(
            tuple(incoming.pairs), path, incoming.headers, incoming.raw_body, body)
        project = self.project_of(operation, path, caller, incoming)
        if caller and caller.read_only and operation.method != "GET" \
                and operation.key not in ASKING:
            raise ordinary(operation.service, "forbidden")
        grave = [each for each in record["violations"]
                 if self.strict or not each.endswith(UNKNOWN)]
        if grave and self.refuse_violations:
            error = self.refusal(operation, grave[0])
            error.headers["X-Emulator-Violation"] = ascii(grave[0])[:500]
            raise error
        project.settle()
        query = dict(incoming.pairs)
        if effect.get("repeat_page"):
            query, body = self.first_page(operation, query, body)
        if operation.key in self.examples:
            return self.example(operation, query, body)
        scheme_host = f"http://{incoming.headers.get('Host', '')}"
        call = Call(self.world, operation, project, path, query, None if body is BAD else body,
                    caller, scheme_host, effect)
        reply = perform(call)
        if deviations.PAGE_WORDS & set(effect):
            reply.body = deviations.reshape(call, effect, reply.body)
        return reply

    def project_of(self, operation, path, caller, incoming):
        projects = self.world.projects
        default = next(iter(projects))
        if not operation.needs_project:
            scope = (caller and caller.project_id) or incoming.headers.get("X-Project-Id")
            return projects.get(scope) or projects[default]
        project = projects.get(path["project_id"])
        if project is None or (caller.project_id not in (None, project.id)):
            raise ordinary(operation.service, "project")
        return project

    @staticmethod
    def refusal(operation, violation):
        """The error that fits the first violation."""
        what = violation.split(":", 1)[0].split(" ", 1)[-1].split("/")[-1]
        error = ordinary(operation.service, "invalid", what)
        if operation.service == "gaussdb":
            code = {"query limit": "DBS.280439", "query offset": "DBS.280440",
                    "body": "DBS.280006" if "missing" in violation else "DBS.280001",
                    }.get(violation.split(":", 1)[0], "DBS.280001")
            messages = {"DBS.280439": "Invalid records. The number of records must be an integer "
                        "less than or equal to 100.",
                        "DBS.280440": "Invalid offset, please enter a non negative integer.",
                        "DBS.280006": "The request is null. Enter a request parameter."}
            error = ApiError(400, code, messages.get(code, error.message))
        return error

    @staticmethod
    def first_page(operation, query, body):
        paging = operation.pagination
        if paging and paging.get("in") == "body":
            body = json.loads(json.dumps(body or {}))
            holder = body
            *parents, last = paging["offset_param"].split(".")
            for name in parents:
                holder = holder.get(name) or {}
            holder.pop(last, None)
        elif paging:
            query = {name: value for name, value in query.items()
                     if name != paging["offset_param"]}
        return query, body

    def example(self, operation, query, body):
        """The contract's example as it stands; what comes after it on later pages is empty."""
        status, value = self.examples[operation.key]
        paging = operation.pagination
        if paging:
            source = (body or {}) if paging.get("in") == "body" else query
            for name in paging["offset_param"].split("."):
                source = source.get(name) if isinstance(source, dict) else None
            if source is not None and int(source) > operation.first_position:
                value = json.loads(json.dumps(value))
                holder = value
                *parents, last = paging["items_field"].split(".")
                for name in parents:
                    holder = holder.get(name, {})
                holder[last] = []
        return Reply(status, b"" if value is None else compact(value))

    def response(self, request, status, headers, content):
        if content and "Content-Type" not in headers:
            headers["Content-Type"] = "application/json"
        if self.compress and 1024 < len(content) < 65536 and "Content-Encoding" not in headers \
                and "gzip" in request.headers.get("Accept-Encoding", ""):
            content = gzip.compress(content, 1, mtime=0)
            headers["Content-Encoding"] = "gzip"
        return web.Response(status=status, body=content, headers=headers)

    def write_log(self, record):
        if self.log_file:
            line = json.dumps({**record, "body": masked(record["body"])}, ensure_ascii=False)
            self.log_file.write(line + "\n")
            self.log_file.flush()
