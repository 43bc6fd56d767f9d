"""An emulator for a test class, and a client that sees everything of an answer."""

import http.client
import json
import pathlib
import socket
import subprocess
import sys
import time
import unittest
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

PROJECT = "0483b6b16e954cb88930a360d2c4e663"
OTHER_PROJECT = "0549b4a43100d4f32f51c01c2fe4acdb"
TOKEN = {"X-Auth-Token": "emulator-static-token"}
JOB_SECONDS = 0.3


class Answer:
    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.body = body

    @property
    def json(self):
        return json.loads(self.body)


class Process:
    """One running emulator."""

    def __init__(self, *switches):
        self.process = subprocess.Popen(
            [str(ROOT / "emulator" / "run"), "--port", "0", "--exit-with-parent", *switches],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        if not line.startswith("listening on "):
            raise RuntimeError(f"the emulator did not start: {line!r}")
        self.url = line.split()[-1]
        self.port = int(self.url.rsplit(":", 1)[1])

    def stop(self):
        """Its exit status; closing its input is enough to end it."""
        self.process.stdin.close()
        status = self.process.wait(10)
        self.process.stdout.close()
        return status


class EmulatorTest(unittest.TestCase):
    """Tests that share an emulator, which is as new at the beginning of each."""

    switches = ()

    @classmethod
    def setUpClass(cls):
        cls.emulator = Process("--fleet", "60", "--job-seconds", str(JOB_SECONDS),
                               *cls.switches)

    @classmethod
    def tearDownClass(cls):
        cls.emulator.stop()

    def setUp(self):
        self.admin("POST", "reset", {})

    def request(self, method, path, body=None, headers=TOKEN, query=None, timeout=20):
        """path may hold {P} for the project; query is a list of pairs or a mapping."""
        connection = http.client.HTTPConnection("127.0.0.1", self.emulator.port, timeout=timeout)
        target = path.replace("{P}", PROJECT)
        if query:
            target += "?" + urllib.parse.urlencode(query, quote_via=urllib.parse.quote)
        headers = dict(headers)
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
            headers.setdefault("Content-Type", "application/json")
        try:
            connection.request(method, target, body, headers)
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()

    def get(self, path, query=None, **others):
        return self.request("GET", path, query=query, **others)

    def ok(self, method, path, body=None, status=None, **others):
        """The decoded body of an answer that must be a success."""
        answer = self.request(method, path, body, **others)
        self.assertIn(answer.status, (status,) if status else (200, 201, 202, 204),
                      (answer.body, answer.headers["X-Emulator-Violation"]))
        return json.loads(answer.body) if answer.body else None

    def refused(self, status, code, method, path, body=None, **others):
        answer = self.request(method, path, body, **others)
        self.assertEqual((answer.status, answer.json.get("error_code")), (status, code),
                         answer.body)
        return answer.json

    def admin(self, method, path, body=None, query=None):
        answer = self.request(method, f"/_emulator/{path}", body, {}, query)
        self.assertEqual(answer.status, 200, answer.body)
        return answer.json

    def state(self, name, **query):
        return self.admin("GET", f"state/{name}", query=query)

    def log(self):
        return self.admin("GET", "requests")

    def an_instance(self, status="ACTIVE", kind="Enterprise", skip=0):
        found = [row for row in self.state("instances")
                 if row["status"] == status and row["type"] == kind]
        return found[skip]

    def job(self, job_id):
        return self.ok("GET", "/v3/{P}/jobs", query={"id": job_id})["job"]

    def wait_for(self, job_id):
        """The job at its end."""
        deadline = time.time() + 20 * JOB_SECONDS
        while True:
            job = self.job(job_id)
            if job["status"] != "Running":
                return job
            self.assertLess(time.time(), deadline, f"job {job} does not end")
            time.sleep(JOB_SECONDS / 5)

    def all_pages(self, path, items, limit, step=None, query=None, total="total_count"):
        """Rows page by page: offset grows by "step" (default: the limit) until none come."""
        rows, offset, pages = [], 0, 0
        while True:
            answer = self.ok("GET", path, query={**(query or {}), "limit": limit,
                                                 "offset": offset})
            if not answer[items]:
                return rows, pages, answer.get(total)
            self.assertLessEqual(len(answer[items]), limit)
            rows += answer[items]
            pages += 1
            offset += limit if step is None else step

    def raw(self, data, until_closed=True):
        """What comes back for bytes, until the other side closes; None for a reset."""
        with socket.create_connection(("127.0.0.1", self.emulator.port), 20) as sock:
            sock.sendall(data)
            parts = []
            try:
                while True:
                    part = sock.recv(65536)
                    if not part:
                        return b"".join(parts)
                    parts.append(part)
            except ConnectionResetError:
                return None
