"""Faults to order: what the client gets, and whether the request was carried out."""

import gzip
import http.client
import json
import socket
import time
import unittest

from harness import PROJECT, TOKEN, EmulatorTest

INSTANCES = "/v3.1/{P}/instances"
GET = (f"GET /v3.1/{PROJECT}/instances?limit=5 HTTP/1.1\r\nHost: x\r\n"
       "X-Auth-Token: emulator-static-token\r\nConnection: close\r\n\r\n").encode()


class Faults(EmulatorTest):
    def order(self, effect, match=None, count=None):
        rule = {"effect": effect, "match": match or {}}
        if count is not None:
            rule["count"] = count
        return self.admin("POST", "faults", [rule])

    def restart(self):
        """The answer to an action, or None where the connection broke."""
        item = self.an_instance()
        self.admin("DELETE", "requests")
        try:
            return self.request("POST", f"/v3/{{P}}/instances/{item['id']}/restart")
        except (http.client.HTTPException, OSError):
            return None

    def performed(self):
        return self.admin("GET", "stats")["performed"].get("RestartInstance", 0)

    def test_status_with_headers(self):
        self.order({"status": 429, "headers": {"Retry-After": "3"}})
        answer = self.restart()
        self.assertEqual((answer.status, answer.headers["Retry-After"]), (429, "3"))
        self.assertEqual(answer.json["error_msg"], "Too Many Requests")
        self.assertEqual(self.performed(), 0)
        self.assertEqual(self.log()[-1]["status"], 429)

    def test_status_after_it_was_carried_out(self):
        self.order({"status": 504, "perform": True})
        self.assertEqual(self.restart().status, 504)
        self.assertEqual(self.performed(), 1)

    def test_body_as_given(self):
        self.order({"status": 500, "body": "not json"})
        answer = self.get(INSTANCES)
        self.assertEqual((answer.status, answer.body), (500, b"not json"))
        self.order({"status": 400, "body": {"error": {"code": 7, "message": "no"}}})
        self.assertEqual(self.get(INSTANCES).json, {"error": {"code": 7, "message": "no"}})

    def test_html(self):
        self.order({"html": True})
        answer = self.get(INSTANCES)
        self.assertEqual((answer.status, answer.headers["Content-Type"]), (502, "text/html"))
        self.assertIn(b"<html>", answer.body)

    def test_redirect(self):
        self.order({"redirect": "http://127.0.0.1:1/elsewhere"})
        answer = self.get(INSTANCES)
        self.assertEqual((answer.status, answer.headers["Location"]),
                         (302, "http://127.0.0.1:1/elsewhere"))

    def test_unauthorized(self):
        self.order({"unauthorized": True}, count=1)
        self.refused(401, "APIGW.0301", "GET", INSTANCES)
        self.assertEqual(self.get(INSTANCES).status, 200)

    def test_closed_before_it_was_carried_out(self):
        self.order({"close": "before"})
        self.assertIsNone(self.restart())
        self.assertEqual((self.performed(), self.log()[-1]["status"]), (0, None))

    def test_closed_after_it_was_carried_out(self):
        for where in ("after", "headers", "body"):
            with self.subTest(where):
                self.setUp()
                self.order({"close": where})
                answer = self.restart()
                if where != "headers":      # Python takes the end of input for their end
                    self.assertIsNone(answer)
                self.assertEqual(self.performed(), 1)
                self.assertTrue(self.log()[-1]["performed"])

    def test_what_is_sent_until_the_connection_closes(self):
        self.order({"close": "headers", "after_bytes": 9})
        self.assertEqual(self.raw(GET), b"HTTP/1.1 ")
        self.order({"close": "body", "after_bytes": 5})
        head, _, body = self.raw(GET).partition(b"\r\n\r\n")
        self.assertEqual(body, b'{"ins')
        self.assertIn(b"Content-Length: ", head)
        self.order({"close": "after"})
        self.assertEqual(self.raw(GET), b"")

    def test_reset(self):
        self.order({"close": "reset"})
        self.assertIsNone(self.raw(GET), "closed without a reset")

    def test_reset_after_a_part(self):
        self.order({"close": "body", "after_bytes": 5, "reset": True})
        self.assertIsNone(self.raw(GET), "closed without a reset")
        with self.assertRaises(ConnectionResetError):
            self.get(INSTANCES)

    def test_delay(self):
        self.order({"delay_ms": 250})
        begun = time.time()
        self.assertEqual(self.get(INSTANCES).status, 200)
        self.assertGreater(time.time() - begun, 0.25)

    def test_hang_until_the_client_goes(self):
        self.order({"hang": True})
        with socket.create_connection(("127.0.0.1", self.emulator.port)) as sock:
            sock.sendall(GET)
            sock.settimeout(0.5)
            with self.assertRaises(TimeoutError):
                sock.recv(1)
        time.sleep(0.4)
        self.assertEqual(self.admin("GET", "stats")["in_flight"], 0)

    def test_drip(self):
        self.order({"drip": 20000}, count=1)
        begun = time.time()
        answer = self.get(INSTANCES, {"limit": 3})
        self.assertEqual(len(answer.json["instances"]), 3)
        self.assertGreater(time.time() - begun, len(answer.body) / 20000 * 0.7)

    def test_truncated_and_garbage(self):
        self.order({"truncate": 20})
        self.assertEqual(len(self.get(INSTANCES).body), 20)
        self.order({"garbage": True})
        with self.assertRaises(ValueError):
            self.get(INSTANCES).json
        self.order({"garbage": "chunked"})
        with self.assertRaises((http.client.HTTPException, ValueError)):
            self.get(INSTANCES)

    def test_wrong_content_length(self):
        self.order({"content_length_wrong": 100})
        with self.assertRaises(http.client.IncompleteRead):
            self.get(INSTANCES)
        self.order({"content_length_wrong": -10})
        with self.assertRaises(ValueError):
            self.get(INSTANCES).json

    def test_gzip_bomb(self):
        self.order({"gzip_bomb": 50_000_000})
        answer = self.get(INSTANCES)
        self.assertEqual(answer.headers["Content-Encoding"], "gzip")
        self.assertLess(len(answer.body), 100_000)
        value = json.loads(gzip.decompress(answer.body))
        self.assertEqual((value["instances"], len(value["filler"])), ([], 50_000_000))

    def test_big(self):
        self.order({"big": 30_000_000})
        answer = self.get(INSTANCES)
        self.assertEqual((len(answer.body), answer.json["total_count"]), (30_000_000, 0))

    def test_deep(self):
        self.order({"deep": 500})
        self.assertIn(b"[" * 500, self.get(INSTANCES).body)

    def test_mutations(self):
        self.order({"mutate": {"total_count": -1, "instances.0.name": None,
                               "instances.*.port": "many", "instances.1.id": "$delete",
                               "instances.1.extra.deep": 1}})
        answer = self.ok("GET", INSTANCES, query={"limit": 3})
        self.assertEqual(answer["total_count"], -1)
        self.assertIsNone(answer["instances"][0]["name"])
        self.assertEqual([row["port"] for row in answer["instances"]], ["many"] * 3)
        self.assertNotIn("id", answer["instances"][1])
        self.assertIn("id", answer["instances"][2])

    def test_repeated_page(self):
        first = self.ok("GET", INSTANCES, query={"limit": 5})
        self.order({"repeat_page": True})
        self.assertEqual(self.ok("GET", INSTANCES, query={"limit": 5, "offset": 20}), first)
        tenant = self.state("tenants")[0]["instance_id"]
        path = f"/v3/{{P}}/instances/{tenant}/pdb-info"
        self.admin("DELETE", "faults")
        first = self.ok("POST", path, {"limit": 1})
        self.order({"repeat_page": True})
        self.assertEqual(self.ok("POST", path, {"limit": 1, "offset": 2}), first)

    def test_which_requests_are_met(self):
        def met(match, requests, count=None):
            self.order({"status": 503}, match, count)
            return [self.request(*each).status == 503 for each in requests]

        lists = [("GET", INSTANCES)] * 6
        self.assertEqual(met({"nth": 3}, lists), [False, False, True] * 2)
        self.assertEqual(met({"first": 2}, lists), [True] * 2 + [False] * 4)
        self.assertEqual(met({"skip": 4}, lists), [False] * 4 + [True] * 2)
        self.assertEqual(met({}, lists, count=1), [True] + [False] * 5)
        self.assertEqual(met({"nth": 2}, lists, count=1), [False, True] + [False] * 4)
        mixed = [("GET", INSTANCES), ("GET", "/v3/{P}/tags"), ("POST", "/v3/auth/tokens")]
        self.assertEqual(met({"operation_id": "ListProjectTags"}, mixed), [False, True, False])
        self.assertEqual(met({"method": "POST"}, mixed), [False, False, True])
        self.assertEqual(met({"service": "iam"}, mixed), [False, False, True])
        self.assertEqual(met({"path_regex": r"/v3\.1/.*instances"}, mixed),
                         [True, False, False])
        some = met({"probability": 0.5, "seed": 4}, lists * 3)
        self.assertEqual(met({"probability": 0.5, "seed": 4}, lists * 3), some)
        self.assertEqual(set(some), {True, False})
        rule = self.admin("GET", "faults")[0]
        self.assertEqual((rule["seen"], rule["fired"]), (18, sum(some)))

    def test_the_first_rule_wins_and_rules_can_be_added(self):
        self.order({"status": 500}, {"operation_id": "ListProjectTags"})
        self.admin("POST", "faults", {"effect": {"status": 503}}, query={"add": "1"})
        self.assertEqual(self.get("/v3/{P}/tags").status, 500)
        self.assertEqual(self.get(INSTANCES).status, 503)
        self.admin("DELETE", "faults")
        self.assertEqual(self.get(INSTANCES).status, 200)

    def test_nonsense_is_refused(self):
        for rule in ({"effect": {"stauts": 500}}, {"effect": {"close": "soon"}},
                     {"match": {"verb": "GET"}, "effect": {}}, {"times": 3}):
            answer = self.request("POST", "/_emulator/faults", [rule], TOKEN)
            self.assertEqual(answer.status, 400, rule)
        self.assertEqual(self.admin("GET", "faults"), [])


if __name__ == "__main__":
    unittest.main()
