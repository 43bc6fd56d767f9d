"""Answers in forms that the contract does not have and services do."""

import base64
import json
import unittest

from harness import ROOT, EmulatorTest

INSTANCES = "/v3.1/{P}/instances"
TASKS = "/v3/{P}/tasks"
CLUSTERS = "/v1.0/{P}/clusters"


class Deviations(EmulatorTest):
    switches = ("--contract", str(ROOT / "test/contract/ecs.openapi.json"),
                "--contract", str(ROOT / "test/contract/vpc.openapi.json"))

    def order(self, effect, match=None):
        return self.admin("POST", "faults", [{"effect": effect, "match": match or {}}])

    def names(self, **query):
        return [row["name"] for row in self.ok("GET", INSTANCES, query=query)["instances"]]

    def test_pages_are_capped_below_the_limit(self):
        every = self.names(limit=60)
        self.order({"page_cap": 20})
        answer = self.ok("GET", INSTANCES, query={"limit": 60, "offset": 20})
        self.assertEqual([row["name"] for row in answer["instances"]], every[20:40])
        self.assertEqual(answer["total_count"], 60)
        self.assertNotIn("next", answer)
        self.order({"page_cap": 20, "no_total": True})
        answer = self.ok("GET", INSTANCES, query={"limit": 60})
        self.assertEqual((len(answer["instances"]), "total_count" in answer), (20, False))

    def test_capped_pages_with_a_link_to_the_next(self):
        every = self.names(limit=60)
        self.order({"page_cap": 25, "next_link": "links.next", "no_total": True})
        seen, target = [], INSTANCES + "?limit=60"
        for _ in range(3):
            answer = self.ok("GET", target)
            seen += [row["name"] for row in answer["instances"]]
            target = (answer["links"]["next"] or "").removeprefix(self.emulator.url)
        self.assertEqual((seen, target), (every, ""))

    def test_a_page_of_pages_is_capped_and_linked(self):
        item = next(row for row in self.state("instances") if row["status"] == "ACTIVE"
                    and len(self.state("databases", instance_id=row["id"])) > 9)
        every = [row["name"] for row in self.state("databases", instance_id=item["id"])]
        self.order({"page_cap": 4, "next_link": "next"})
        seen, target = [], f"/v3/{{P}}/instances/{item['id']}/databases?limit=50"
        while target:
            answer = self.ok("GET", target)
            seen += [row["name"] for row in answer["databases"]]
            target = (answer["next"] or "").removeprefix(self.emulator.url)
        self.assertEqual(seen, every)

    def test_a_list_by_marker_is_capped_and_linked(self):
        path = "/v1/{P}/vpcs"
        every = [row["id"] for row in self.ok("GET", path, query={"limit": 1000})["vpcs"]]
        self.order({"page_cap": 3, "next_link": "next"})
        seen, target = [], path + "?limit=1000"
        while target:
            answer = self.ok("GET", target)
            seen += [row["id"] for row in answer["vpcs"]]
            target = (answer["next"] or "").removeprefix(self.emulator.url)
        self.assertEqual((seen, len(seen) > 3), (every, True))

    def test_a_list_that_is_not_paged_is_cut(self):
        every = self.ok("GET", CLUSTERS)["clusters"]
        self.order({"page_cap": 2, "next_link": "next"})
        answer = self.ok("GET", CLUSTERS)
        self.assertEqual(answer["clusters"], every[:2])
        self.assertIn("marker=" + every[1]["id"], answer["next"])

    def test_a_list_ends_before_its_total(self):
        self.order({"ends_at": 25})
        sizes = []
        for offset in (0, 20, 40):
            answer = self.ok("GET", INSTANCES, query={"limit": 20, "offset": offset})
            self.assertEqual(answer["total_count"], 60)
            sizes.append(len(answer["instances"]))
        self.assertEqual(sizes, [20, 5, 0])

    def test_a_position_counts_what_the_contract_does_not_say(self):
        def at(offset):
            rows = self.ok("GET", TASKS, query={"limit": 5, "offset": offset})["tasks"]
            return [row["job_id"] for row in rows]

        pages = [at(offset) for offset in (0, 5, 10)]
        self.order({"offset_counts": "pages"})
        self.assertEqual([at(0), at(1), at(2)], pages)
        self.order({"offset_counts": "pages_from_1"})
        self.assertEqual([at(0), at(1), at(2), at(3)], [pages[0], *pages])
        self.admin("DELETE", "faults")
        item = next(row for row in self.state("instances") if row["status"] == "ACTIVE"
                    and len(self.state("databases", instance_id=row["id"])) > 9)
        path = f"/v3/{{P}}/instances/{item['id']}/databases"
        every = [row["name"] for row in self.state("databases", instance_id=item["id"])]
        self.order({"offset_counts": "records"})
        rows = self.ok("GET", path, query={"limit": 4, "offset": 1})["databases"]
        self.assertEqual([row["name"] for row in rows], every[1:5])

    def test_two_pages_in_turns(self):
        first, second = self.names(limit=7), self.names(limit=7, offset=7)
        self.order({"alternate": True})
        self.assertEqual([self.names(limit=7, offset=offset) for offset in (0, 7, 14, 21)],
                         [first, second, first, second])
        path = "/v1/{P}/vpcs"
        markers = [self.ok("GET", path, query={"limit": 2})["vpcs"][-1]["id"] for _ in range(4)]
        self.assertEqual(markers[:2], markers[2:])
        self.assertNotEqual(markers[0], markers[1])

    def test_errors_with_status_200(self):
        said = {"code": "DWS.8119", "message": "The number of nodes is incorrect."}
        for form, expected in (
                ("error_code", {"error_code": said["code"], "error_msg": said["message"]}),
                ("errCode", {"errCode": said["code"], "externalMessage": said["message"]}),
                ("error", {"error": {"code": 200, "title": said["code"],
                                     "message": said["message"]}}),
                ("empty", {}), ("null", None)):
            with self.subTest(form):
                self.order({"error": form, "status": 200, **said})
                answer = self.get(CLUSTERS)
                self.assertEqual((answer.status, answer.json), (200, expected))

    def test_an_action_that_fails_with_status_200_was_not_carried_out(self):
        item = self.an_instance()
        self.order({"error": "error_code", "status": 200})
        self.ok("POST", f"/v3/{{P}}/instances/{item['id']}/restart", status=200)
        self.assertEqual(self.admin("GET", "stats")["performed"], {})

    def test_forms_of_errors(self):
        said = {"status": 409, "code": "X.1", "message": "Not now."}

        def answer(form):
            self.order({"error": form, **said})
            got = self.get(INSTANCES)
            self.assertEqual(got.status, 409)
            return got

        self.assertEqual(answer("error_message").json,
                         {"error_code": "X.1", "error_message": "Not now."})
        error = answer("errors")
        self.assertEqual(error.json["errors"][0]["detail"], "Not now.")
        self.assertEqual(error.json["errors"][0]["request_id"], error.headers["X-Request-Id"])
        error = answer("openstack")
        self.assertEqual(error.json, {"badRequest": {"code": 409, "message": "Not now."}})
        self.assertTrue(error.headers["x-openstack-request-id"])
        self.assertEqual(json.loads(base64.b64decode(answer("base64").body)),
                         {"error_code": "X.1", "error_msg": "Not now."})
        error = answer("text")
        self.assertEqual((error.headers["Content-Type"], error.body), ("text/plain",
                                                                       b"Not now.\n"))
        error = answer("html")
        self.assertEqual(error.headers["Content-Type"], "text/html")
        self.assertIn(b"<title>409 Not now.</title>", error.body)

    def test_what_is_gone_is_refused_as_each_service_does(self):
        for code, status in (("DWS.0001", 400), ("DWS.0015", 403), ("DWS.3027", 404)):
            self.order({"refuse": code})
            self.refused(status, code, "GET", CLUSTERS + "/x")
        self.order({"refuse": "DWS.0047"})
        answer = self.get(CLUSTERS + "/x")
        self.assertEqual((answer.status, answer.json["errCode"]), (401, "DWS.0047"))
        for code in ("DRS.M05004", "DRS.M00289"):
            self.order({"refuse": code})
            answer = self.request("POST", "/v3/{P}/jobs/batch-detail", {"jobs": ["a", "b"]})
            self.assertEqual((answer.status, answer.json["count"]), (400, 2))
            self.assertEqual([(row["id"], row["error_code"]) for row in answer.json["results"]],
                             [("a", code), ("b", code)])

    def test_a_frozen_instance_among_others(self):
        frozen, other = [row for row in self.state("instances") if row["status"] == "ACTIVE"][:2]
        self.order({"refuse": "DBS.280449"}, {"of_instance": [frozen["id"]]})
        path = "/v3/{P}/instances/%s/databases"
        self.refused(400, "DBS.280449", "GET", path % frozen["id"])
        self.refused(400, "DBS.280449", "GET", "/v3/{P}/backups",
                     query={"instance_id": frozen["id"]})
        self.assertEqual(self.get(path % other["id"]).status, 200)
        self.assertEqual(len(self.ok("GET", INSTANCES, query={"id": frozen["id"]})["instances"]), 1)

    def test_forms_of_times(self):
        def times(form, path=CLUSTERS, items="clusters", member="created"):
            self.order({"times": form} if form is not None else {})
            return [row.get(member) for row in self.ok("GET", path)[items]]

        plain = times(None)
        self.assertRegex(plain[0], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
        self.assertEqual(set(times("0")), {"0"})
        self.assertEqual(set(times(0)), {0})
        self.assertRegex(times("Z+0800")[0], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\+0800$")
        self.assertRegex(times("minutes")[0], r"^\d{4}-\d\d-\d\dT\d\d:\d\dZ$")
        self.assertRegex(times("no_zone")[0], r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$")
        self.assertEqual(set(times("0", TASKS, "tasks", "created_at")) - {None}, {"0"})

    def test_nonsense_is_refused(self):
        for effect in ({"error": "rude"}, {"offset_counts": "rows"}, {"times": "late"},
                       {"code": "X.1"}):
            answer = self.request("POST", "/_emulator/faults", [{"effect": effect}])
            self.assertEqual(answer.status, 400, effect)


if __name__ == "__main__":
    unittest.main()
