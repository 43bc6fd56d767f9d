"""Credentials, contract, log, admin plane and command line."""

import gzip
import json
import os
import pathlib
import signal
import ssl
import subprocess
import tempfile
import time
import types
import unittest
import urllib.request

from harness import JOB_SECONDS, OTHER_PROJECT, PROJECT, ROOT, TOKEN, EmulatorTest, Process

from emulator import auth, times
from emulator.contract import Contract
from emulator.errors import ApiError

HERE = pathlib.Path(__file__).resolve().parent
CONTRACT = Contract(ROOT / "api")
INVALID_MARKS = {"x-expected-invalid", "x-fails-schema", "x-invalid-against-schema",
                 "x-schema-mismatch"}
INSTANCES = "/v3.1/{P}/instances"


class FixedClock:
    def __init__(self, t):
        self.t = t

    def now(self):
        return self.t


class Headers(dict):
    """A mapping that does not care for case, as HTTP's headers."""

    def __init__(self, pairs):
        super().__init__({name.lower(): value for name, value in pairs.items()})

    def get(self, name, default=None):
        return super().get(name.lower(), default)

    def __getitem__(self, name):
        return super().__getitem__(name.lower())

    def __contains__(self, name):
        return super().__contains__(name.lower())


class SignatureVectors(unittest.TestCase):
    """Against requests that Huawei's SDK core signed (make_signatures.js)."""

    def setUp(self):
        self.document = json.loads((HERE / "signatures.json").read_text("utf-8"))
        self.now = times.parse("2024-02-29T23:59:59Z")

    def caller(self, vector, now=None, **changes):
        gate = auth.Gate(FixedClock(now if now is not None else self.now), 3600)
        request = types.SimpleNamespace(
            method=vector["method"], raw_path=vector["path"],
            pairs=[tuple(pair) for pair in vector["query"]], headers=Headers(vector["headers"]),
            raw_body=vector["body"].encode(), request_id="0" * 32)
        for name, value in changes.items():
            setattr(request, name, value)
        return gate.caller(request)

    def test_every_vector_is_accepted(self):
        self.assertGreaterEqual(len(self.document["vectors"]), 9)
        for vector in self.document["vectors"]:
            with self.subTest(vector["name"]):
                caller = self.caller(vector)
                self.assertEqual(caller.kind, "signature")
                self.assertEqual(caller.read_only, vector["name"] == "read-only key")

    def test_every_part_of_a_request_is_signed(self):
        for vector in self.document["vectors"]:
            changes = {"method": "PATCH", "raw_path": vector["path"] + "x",
                       "pairs": vector["query"] + [["extra", "1"]], "raw_body": b"{}"}
            for name, value in changes.items():
                with self.subTest(vector["name"], part=name), self.assertRaises(ApiError) as got:
                    self.caller(vector, **{name: value})
                self.assertEqual((got.exception.status, got.exception.code), (401, "APIGW.0301"))

    def test_a_changed_header_or_signature_is_refused(self):
        vector = self.document["vectors"][0]
        for name, value in (("content-type", "text/plain"), ("X-Sdk-Date", "20240229T235958Z"),
                            ("host", "elsewhere"),
                            ("Authorization", vector["headers"]["Authorization"][:-1] + "0")):
            changed = dict(vector, headers=dict(vector["headers"], **{name: value}))
            with self.subTest(name), self.assertRaises(ApiError):
                self.caller(changed)

    def test_clock_may_differ_by_a_quarter_of_an_hour(self):
        vector = self.document["vectors"][0]
        for seconds in (-899, 899):
            self.caller(vector, now=self.now + seconds)
        for seconds in (-901, 901):
            with self.assertRaises(ApiError) as got:
                self.caller(vector, now=self.now + seconds)
            self.assertIn("signature expired", got.exception.message)

    def test_a_temporary_key_needs_its_security_token(self):
        vector = next(v for v in self.document["vectors"] if v["name"] == "security token")
        for headers in ({k: v for k, v in vector["headers"].items() if k != "X-Security-Token"},
                        dict(vector["headers"], **{"X-Security-Token": "another"})):
            with self.assertRaises(ApiError):
                self.caller(dict(vector, headers=headers))


class Credentials(EmulatorTest):
    def signed(self, method, path, body=b"", key="EMULATORACCESSKEY01",
               secret="emulator-secret-key-0001", pairs=(), extra=None, date=None):
        raw_path = path.replace("{P}", PROJECT)
        headers = {"host": f"127.0.0.1:{self.emulator.port}", "content-type": "application/json",
                   **(extra or {})}
        headers = auth.sign(method, raw_path, list(pairs), headers, body, key, secret, date)
        target = raw_path + ("?" + auth.canonical_query(pairs) if pairs else "")
        return self.request(method, target, body or None, headers)

    def test_permanent_key_over_http(self):
        answer = self.signed("GET", INSTANCES, pairs=[("name", "*ü +x"), ("limit", "1")])
        self.assertEqual((answer.status, answer.json["total_count"]), (200, 0))
        self.assertTrue(self.log()[-1]["headers"]["signed"])

    def test_temporary_key_over_http(self):
        answer = self.signed("GET", INSTANCES, key="EMULATORTEMPKEY0001",
                             secret="emulator-temp-secret-01",
                             extra={"x-security-token": "emulator-security-token"})
        self.assertEqual(answer.status, 200)

    def test_a_security_token_must_be_sent_and_signed(self):
        key = {"key": "EMULATORTEMPKEY0001", "secret": "emulator-temp-secret-01"}
        answer = self.signed("GET", INSTANCES, **key)
        self.assertEqual(answer.status, 401, "a temporary key passed for a permanent one")
        self.assertIn("security token is missing", answer.json["error_msg"])
        path = INSTANCES.replace("{P}", PROJECT)
        headers = auth.sign("GET", path, [], {"host": f"127.0.0.1:{self.emulator.port}"}, b"",
                            key["key"], key["secret"])
        headers["X-Security-Token"] = "emulator-security-token"
        answer = self.request("GET", path, headers=headers)
        self.assertIn("x-security-token must be signed", answer.json["error_msg"])

    def test_wrong_secret(self):
        answer = self.signed("GET", INSTANCES, secret="wrong")
        self.assertEqual((answer.status, answer.json["error_code"]), (401, "APIGW.0301"))
        self.assertIn("verify signature failed", answer.json["error_msg"])
        self.assertEqual(answer.json["request_id"], answer.headers["X-Request-Id"])

    def test_unknown_key(self):
        answer = self.signed("GET", INSTANCES, key="EMULATORACCESSKEY99")
        self.assertIn("ak not exist", answer.json["error_msg"])

    def test_skewed_clock(self):
        self.admin("POST", "clock", {"skew_seconds": 1000})
        self.assertEqual(self.signed("GET", INSTANCES).status, 401)
        self.admin("POST", "clock", {"skew_seconds": 0})
        self.assertEqual(self.signed("GET", INSTANCES).status, 200)

    def test_read_only_key_reads_and_does_nothing_else(self):
        reader = {"key": "EMULATORREADONLY001", "secret": "emulator-readonly-sec-01"}
        self.assertEqual(self.signed("GET", INSTANCES, **reader).status, 200)
        path = f"/v3/{{P}}/instances/{self.an_instance()['id']}/restart"
        answer = self.signed("POST", path, **reader)
        self.assertEqual((answer.status, answer.json["error_code"]), (403, "DBS.200010"))
        self.assertEqual(self.admin("GET", "stats")["performed"], {})

    def token_body(self, scope=None, **changes):
        user = {"name": "emulator-user", "password": "Emulator-Pass-1",
                "domain": {"name": "emulator-domain"}}
        user.update(changes)
        auth_ = {"identity": {"methods": ["password"], "password": {"user": user}}}
        auth_["scope"] = {"project": scope or {"name": "cn-north-4"}}
        return {"auth": auth_}

    def token(self, scope=None):
        answer = self.request("POST", "/v3/auth/tokens", self.token_body(scope), {})
        self.assertEqual(answer.status, 201, answer.body)
        return answer.headers["X-Subject-Token"], answer.json["token"]

    def test_password_token_by_project_name_and_id(self):
        for scope in ({"name": "cn-north-4"}, {"id": PROJECT}):
            token, shown = self.token(scope)
            self.assertEqual(shown["project"]["id"], PROJECT)
            life = times.parse(shown["expires_at"]) - time.time()
            self.assertAlmostEqual(life, 24 * 3600, delta=10)
            self.assertEqual(self.get(INSTANCES, headers={"X-Auth-Token": token}).status, 200)

    def test_a_token_is_for_its_project_only(self):
        token, _ = self.token({"name": "cn-north-4"})
        path = f"/v3.1/{OTHER_PROJECT}/instances"
        self.refused(403, "DBS.280015", "GET", path, headers={"X-Auth-Token": token})

    def test_wrong_password_and_unknown_scope(self):
        for body in (self.token_body(password="wrong"), self.token_body({"name": "nowhere"})):
            answer = self.request("POST", "/v3/auth/tokens", body, {})
            self.assertEqual((answer.status, answer.json["error"]["code"]), (401, 401))

    def test_tokens_expire_and_are_revoked(self):
        self.admin("POST", "config", {"token_seconds": 0.2})
        token = {"X-Auth-Token": self.token()[0]}
        self.assertEqual(self.get(INSTANCES, headers=token).status, 200)
        time.sleep(0.25)
        self.refused(401, "APIGW.0307", "GET", INSTANCES, headers=token)
        self.admin("POST", "config", {"token_seconds": 3600})
        token = {"X-Auth-Token": self.token()[0]}
        self.assertEqual(self.admin("POST", "revoke-tokens")["revoked"], 2)
        self.refused(401, "APIGW.0301", "GET", INSTANCES, headers=token)
        self.assertEqual(self.get(INSTANCES).status, 200, "the static token never expires")

    def test_no_credentials(self):
        self.refused(401, "APIGW.0301", "GET", INSTANCES, headers={})

    def test_projects_by_name(self):
        rows = self.ok("GET", "/v3/projects")["projects"]
        self.assertEqual([row["name"] for row in rows],
                         ["cn-north-4", "cn-east-3", "eu-west-0", "ap-southeast-1"])
        rows = self.ok("GET", "/v3/projects", query={"name": "cn-east-3"})["projects"]
        self.assertEqual([row["id"] for row in rows], [OTHER_PROJECT])
        self.assertEqual(self.ok("GET", "/v3/projects", query={"name": "cn"})["projects"], [])
        every = self.ok("GET", "/v3/projects", query={"enabled": "true"})["projects"]
        self.assertEqual(len(every), 4)
        self.assertEqual(self.ok("GET", "/v3/projects", query={"enabled": "false"})["projects"], [])
        pages = [self.ok("GET", "/v3/projects", query={"page": page, "per_page": 3})["projects"]
                 for page in (1, 2, 3)]
        self.assertEqual(pages, [every[:3], every[3:], []])

    def test_what_the_caller_may_have(self):
        projects = self.ok("GET", "/v3/auth/projects")["projects"]
        self.assertEqual([row["id"] for row in projects],
                         [row["id"] for row in self.state("projects")])
        self.assertEqual([row["name"] for row in self.ok("GET", "/v3/auth/domains")["domains"]],
                         ["emulator-domain"])
        self.assertEqual([row["id"] for row in self.ok("GET", "/v3/regions")["regions"]],
                         [row["name"] for row in projects])
        # Who may not list all projects may list his own.
        self.admin("POST", "faults", [{"match": {"operation_id": "KeystoneListProjects"},
                                       "effect": {"status": 403}}])
        self.assertEqual(self.get("/v3/projects").status, 403)
        self.assertEqual(self.ok("GET", "/v3/auth/projects")["projects"], projects)

    def test_unknown_project(self):
        self.refused(403, "DBS.280015", "GET", f"/v3.1/{'0' * 32}/instances")

    def test_projects_have_fleets_of_their_own(self):
        one = {row["id"] for row in self.state("instances")}
        other = {row["id"] for row in self.state("instances", project=OTHER_PROJECT)}
        self.assertEqual((len(one), len(other)), (60, 60))
        self.assertFalse(one & other)


class ContractChecks(EmulatorTest):
    def test_every_request_example_is_judged_as_it_is_marked(self):
        seen = 0
        for operation in CONTRACT.operations.values():
            for name, example in operation.request_examples.items():
                problems = operation.violations((), {}, {"Content-Type": "application/json"},
                                                b"x", example["value"])
                problems = [each for each in problems if not each.startswith("query")]
                marked = bool(INVALID_MARKS & set(example))
                with self.subTest(operation.key, example=name):
                    self.assertEqual(bool(problems), marked, problems)
                seen += 1
        self.assertGreater(seen, 60)

    def test_every_operation_is_routed(self):
        # Those of the documents, and three of IAM that the reference leaves out.
        self.assertEqual(len(CONTRACT.operations), 175 + 3)
        for operation in CONTRACT.operations.values():
            segments = ["value" if part.startswith("{") else part for part in operation.segments]
            found, values = CONTRACT.match(operation.method, segments)
            self.assertEqual(found.key, operation.key)
            self.assertEqual(set(values), set(operation.path))

    def test_every_response_example_is_served(self):
        served = 0
        for operation in CONTRACT.operations.values():
            if operation.method != "GET" or not operation.needs_project:
                continue
            for name, example in operation.response_examples.items():
                self.admin("POST", "serve-example", {"operation_id": operation.key,
                                                     "example": name})
                query = {p.name: sample_text(p) for p in operation.query.values() if p.required}
                path = operation.template.replace("{project_id}", PROJECT)
                for parameter in operation.path.values():
                    path = path.replace("{%s}" % parameter.name, "1")
                answer = self.get(path, query)
                with self.subTest(operation.key, example=name):
                    self.assertEqual((answer.status, answer.json),
                                     (example.status, example.value))
                served += 1
        self.assertGreater(served, 60)

    def test_an_example_ends_with_its_first_page(self):
        self.admin("POST", "serve-example", {"operation_id": "ListDbBackups"})
        first = self.ok("GET", "/v3.1/{P}/backups", query={"limit": 2})
        self.assertEqual((len(first["backups"]), first["total_count"]), (2, 167))
        self.assertEqual(self.ok("GET", "/v3.1/{P}/backups",
                                 query={"limit": 2, "offset": 2})["backups"], [])

    def check(self, status, violation, method, path, body=None, query=None, headers=TOKEN):
        answer = self.request(method, path, body, headers, query)
        record = self.log()[-1]
        self.assertEqual(answer.status, status, answer.body)
        self.assertTrue(any(violation in each for each in record["violations"]),
                        record["violations"])
        self.assertFalse(record["performed"])

    def test_unknown_parameters_are_ignored_but_noted(self):
        every = self.ok("GET", INSTANCES, query={"limit": 3})
        self.assertEqual(self.ok("GET", INSTANCES, query={"limit": 3, "nmae": "x"}), every)
        self.assertEqual(self.log()[-1]["violations"], ["query nmae: unknown parameter"])

    def test_query_violations(self):
        self.admin("POST", "config", {"strict": True})
        for query, violation in (
                ({"limit": 0}, "minimum"), ({"limit": 101}, "maximum"),
                ({"limit": "ten"}, "not of type 'integer'"), ({"offset": -1}, "minimum"),
                ({"nmae": "x"}, "unknown parameter"), ({"type": "enterprise"}, "not one of"),
                ([("name", "a"), ("name", "b")], "more than once")):
            with self.subTest(query=query):
                self.check(400, violation, "GET", INSTANCES, query=query)
        self.check(400, "missing", "GET", "/v3/{P}/storage-type")
        self.check(400, "does not match", "GET", "/v3.1/{P}/backups",
                   query={"begin_time": "yesterday", "end_time": "today"})

    def test_codes_of_paging_violations(self):
        self.admin("POST", "config", {"strict": True})
        self.refused(400, "DBS.280439", "GET", INSTANCES, query={"limit": 0})
        self.refused(400, "DBS.280440", "GET", INSTANCES, query={"offset": -1})
        self.refused(400, "DBS.280001", "GET", INSTANCES, query={"nmae": "x"})

    def test_body_violations(self):
        path = "/v3/{P}/backups"
        for body, violation in (
                ({"name": "backup1"}, "instance_id"),
                ({"instance_id": "x", "name": "b"}, "is too short"),
                ({"instance_id": "x", "name": "backup 1"}, "does not match"),
                ({"instance_id": "x", "name": "backup1\n"}, "does not match"),
                ({"instance_id": 7, "name": "backup1"}, "is not of type 'string'"),
                ({"instance_id": "x", "name": "backup1", "colour": "red"}, "unexpected"),
                (b"{", "not JSON")):
            with self.subTest(body=body):
                self.check(400, violation, "POST", path, body)
        self.check(400, "missing", "POST", path)

    def test_content_type_is_needed(self):
        body = json.dumps({"instance_id": "x", "name": "backup1"}).encode()
        self.check(400, "Content-Type", "POST", "/v3/{P}/backups", body)
        self.check(400, "Content-Type", "POST", "/v3/{P}/backups", body,
                   headers={**TOKEN, "Content-Type": "text/plain"})

    def test_open_maps_take_any_member(self):
        item = self.an_instance()
        answer = self.request("PUT", f"/v3/{{P}}/instances/{item['id']}/configurations",
                              {"values": {"no_such_parameter": "1"}})
        self.assertEqual(answer.json["error_code"], "DBS.280270")
        self.assertEqual(self.log()[-1]["violations"], [])

    def test_violations_can_be_let_through(self):
        self.admin("POST", "config", {"refuse_violations": False})
        answer = self.get(INSTANCES, {"nmae": "x"})
        self.assertEqual(answer.status, 200)
        self.assertEqual(len(self.log()[-1]["violations"]), 1)

    def test_unknown_paths(self):
        self.refused(404, "APIGW.0101", "GET", "/v9/{P}/instances")
        self.refused(404, "APIGW.0101", "PATCH", INSTANCES)

    def test_a_hostile_id_stays_one_segment(self):
        evil = "..%2F..%2Fx%3Fy%23z%20%C3%BC%27%22%3B--"
        self.refused(404, "DBS.280022", "GET", f"/v3/{{P}}/instances/{evil}/tags")
        self.assertEqual(self.log()[-1]["operation_id"], "ListInstanceTags")
        self.assertEqual(self.log()[-1]["violations"], [])

    def test_error_bodies_have_a_request_id_header(self):
        answer = self.get(INSTANCES, {"limit": 0})
        self.assertRegex(answer.headers["X-Request-Id"], "^[0-9a-f]{32}$")
        self.assertEqual(set(answer.json), {"error_code", "error_msg"})


def sample_text(parameter):
    if "enum" in parameter.schema:
        return parameter.schema["enum"][0]
    return {"date": "2024-01-31", "integer": "1"}.get(
        parameter.name if parameter.name == "date" else parameter.type, "value")


class LogAndAdmin(EmulatorTest):
    def test_the_log_tells_what_was_sent(self):
        body = {"instance_id": "nobody", "name": "backup1"}
        self.request("POST", "/v3/{P}/backups", body, {**TOKEN, "X-Language": "en-us"})
        self.get(INSTANCES, [("name", "*ü b"), ("limit", "7")])
        first, second = self.log()
        self.assertEqual(second["seq"], first["seq"] + 1)
        self.assertEqual((first["method"], first["path"], first["operation_id"], first["status"]),
                         ("POST", f"/v3/{PROJECT}/backups", "CreateManualBackup", 404))
        self.assertEqual(first["body"], body)
        self.assertEqual(first["headers"]["x-language"], "en-us")
        self.assertTrue(first["headers"]["has_token"])
        self.assertEqual(second["query"], [["name", "*ü b"], ["limit", "7"]])
        self.assertNotEqual(first["connection"], second["connection"])
        self.assertEqual((first["in_flight"], second["in_flight"]), (1, 1))
        self.assertGreaterEqual(first["t_end"], first["t_start"])
        self.assertNotIn("emulator-static-token", json.dumps([first, second]))
        self.assertEqual(self.admin("GET", "requests", query={"since": first["seq"]}), [second])
        self.admin("DELETE", "requests")
        self.assertEqual(self.log(), [])

    def test_a_connection_is_one_number(self):
        request = (f"GET /v3/{PROJECT}/tags HTTP/1.1\r\nHost: x\r\n"
                   "X-Auth-Token: emulator-static-token\r\n%s\r\n")
        self.raw((request % "" + request % "Connection: close\r\n").encode())
        first, second = self.log()
        self.assertEqual(first["connection"], second["connection"])

    def test_reset_makes_it_as_new(self):
        before = self.state("instances")
        self.ok("PUT", f"/v3/{{P}}/instances/{before[0]['id']}/name", {"name": "renamed"})
        time.sleep(JOB_SECONDS * 1.2)
        self.assertEqual(self.state("instances")[0]["name"], "renamed")
        self.admin("POST", "config", {"latency_ms": 5, "page_cap": 3})
        self.admin("POST", "reset")
        self.assertEqual(self.state("instances"), before)
        self.assertEqual(self.admin("POST", "config", {})["latency_ms"], 0)
        self.admin("POST", "reset", {"fleet": 7, "seed": "other"})
        self.assertEqual(len(self.state("instances")), 7)
        self.assertNotEqual(self.state("instances")[0]["id"], before[0]["id"])
        self.admin("POST", "reset", {"fleet": 60, "seed": "1"})
        self.assertEqual(self.state("instances"), before)

    def test_latency_is_waited_for_many_at_once(self):
        self.admin("POST", "config", {"latency_ms": 800})
        begun = time.time()
        clients = [subprocess.Popen(
            ["curl", "-s", "-o", os.devnull, "-H", "X-Auth-Token: emulator-static-token",
             f"{self.emulator.url}/v3/{PROJECT}/tags"]) for _ in range(6)]
        self.assertEqual([client.wait(20) for client in clients], [0] * 6)
        self.assertLess(time.time() - begun, 6 * 0.8)
        self.assertGreater(self.admin("GET", "stats")["peak_in_flight"], 1)

    def test_unknown_settings_are_refused(self):
        answer = self.request("POST", "/_emulator/config", {"latency": 5}, {})
        self.assertEqual(answer.status, 400)
        self.assertEqual(self.request("POST", "/_emulator/nonsense", {}, {}).status, 400)

    def test_compression_where_it_is_offered(self):
        offered = {**TOKEN, "Accept-Encoding": "gzip, deflate"}
        small = self.get(INSTANCES, {"limit": 5}, headers=offered)
        self.assertEqual(small.headers["Content-Encoding"], "gzip")
        self.assertEqual(len(json.loads(gzip.decompress(small.body))["instances"]), 5)
        self.assertIsNone(self.get(INSTANCES, {"limit": 5}).headers["Content-Encoding"])
        large = self.get(INSTANCES, {"limit": 100}, headers=offered)
        self.assertIsNone(large.headers["Content-Encoding"], "large answers cost too much")
        self.admin("POST", "config", {"compress": False})
        self.assertIsNone(self.get(INSTANCES, {"limit": 5},
                                   headers=offered).headers["Content-Encoding"])

    def test_state_is_canonical(self):
        wire = self.ok("GET", INSTANCES, query={"limit": 60})["instances"]
        rows = self.state("instances")
        self.assertEqual([row["id"] for row in rows], [row["id"] for row in wire])
        self.assertTrue(any(isinstance(row["port"], str) for row in wire))
        self.assertTrue(all(isinstance(row["port"], int) for row in rows))
        self.assertTrue(any(row["updated"] == "" for row in wire))
        for have, sent in zip(rows, wire):
            self.assertEqual(have["port"], int(sent["port"]))
            self.assertEqual(have["updated"] is None, sent["updated"] == "")
            self.assertRegex(have["created"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
            self.assertEqual(times.parse(have["created"]), times.parse(sent["created"]))
            self.assertEqual(have["private_ips"], [
                part for part in sent["private_ips"][0].split(" / ") if part])
        self.assertIn(3, {len(row["private_ips"]) for row in rows})


class CommandLine(unittest.TestCase):
    def test_files_and_sigterm(self):
        with tempfile.TemporaryDirectory() as directory:
            port_file, pid_file, log = (os.path.join(directory, name)
                                        for name in ("port", "pid", "log"))
            emulator = Process("--port-file", port_file, "--pid-file", pid_file, "--log", log,
                               "--fleet", "3")
            client = EmulatorTest()
            client.emulator = emulator
            self.assertEqual(int(pathlib.Path(port_file).read_text()), emulator.port)
            pid = int(pathlib.Path(pid_file).read_text())
            item = client.state("instances")[0]
            client.request("POST", f"/v3/{{P}}/instances/{item['id']}/password",
                           {"password": "Very-Secret-77"})
            os.kill(pid, signal.SIGTERM)
            self.assertEqual(emulator.process.wait(5), 0)
            emulator.stop()
            lines = pathlib.Path(log).read_text().splitlines()
            self.assertEqual([json.loads(line)["operation_id"] for line in lines], ["ResetPwd"])
            self.assertNotIn("Very-Secret-77", "".join(lines))
            self.assertNotIn("emulator-static-token", "".join(lines))
            self.assertFalse(os.path.exists(port_file) or os.path.exists(pid_file))

    def test_tls(self):
        with tempfile.TemporaryDirectory() as directory:
            key, certificate = (os.path.join(directory, name) for name in ("key", "cert"))
            subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                            "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", key, "-out",
                            certificate, "-days", "1", "-subj", "/CN=localhost", "-addext",
                            "subjectAltName=DNS:localhost"], check=True, capture_output=True)
            emulator = Process("--tls-cert", certificate, "--tls-key", key, "--fleet", "1")
            try:
                self.assertTrue(emulator.url.startswith("https://"))
                context = ssl.create_default_context(cafile=certificate)
                url = f"https://localhost:{emulator.port}/_emulator/health"
                with urllib.request.urlopen(url, context=context) as answer:
                    self.assertEqual(json.load(answer), {"status": "ok"})
            finally:
                emulator.stop()

    def test_it_ends_with_its_parent(self):
        begun = time.time()
        self.assertEqual(Process("--fleet", "1").stop(), 0)
        self.assertLess(time.time() - begun, 5)

    def test_a_fixed_epoch_gives_the_same_fleet(self):
        found = []
        for _ in range(2):
            emulator = Process("--fleet", "9", "--epoch", "1735689600")
            try:
                client = EmulatorTest()
                client.emulator = emulator
                found.append([client.state(name) for name in ("instances", "backups", "jobs")])
                tasks = client.ok("GET", "/v3/{P}/tasks")["tasks"]
                self.assertEqual([row["job_id"] for row in tasks],
                                 [row["id"] for row in found[-1][2]])
            finally:
                emulator.stop()
        self.assertEqual(found[0], found[1])
        self.assertTrue(all(found[0]))

    def test_it_listens_on_loopback_only(self):
        emulator = Process("--fleet", "1")
        try:
            listening = pathlib.Path("/proc/net/tcp").read_text().splitlines()[1:]
            mine = [line.split()[1] for line in listening
                    if line.split()[1].endswith(f":{emulator.port:04X}")
                    and line.split()[3] == "0A"]
            self.assertEqual(mine, [f"0100007F:{emulator.port:04X}"])
        finally:
            emulator.stop()


if __name__ == "__main__":
    unittest.main()
