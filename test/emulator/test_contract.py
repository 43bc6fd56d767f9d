"""Services that the emulator has no code for, by the contracts of test/contract."""

import pathlib
import subprocess
import tempfile
import unittest

from harness import ROOT, EmulatorTest

CONTRACTS = [f"--contract={path}"
             for path in sorted((ROOT / "test" / "contract").glob("*.openapi.json"))]
VPCS = "/v1/{P}/vpcs"
SERVERS = "/v1/{P}/cloudservers/detail"


class OtherServices(EmulatorTest):
    switches = CONTRACTS

    def test_page_numbers(self):
        """The offset of the servers counts pages; 1 is the first, and 0 is, too."""
        whole = self.ok("GET", SERVERS, query={"limit": 1000})
        self.assertEqual((len(whole["servers"]), whole["count"]), (57, 57))
        paged = []
        for number in range(1, 7):
            answer = self.ok("GET", SERVERS, query={"limit": 10, "offset": number})
            self.assertEqual(answer["count"], 57)
            paged += answer["servers"]
        self.assertEqual(paged, whole["servers"])
        self.assertEqual(self.ok("GET", SERVERS, query={"limit": 10, "offset": 0})["servers"],
                         paged[:10])
        self.assertEqual(self.ok("GET", SERVERS, query={"limit": 10, "offset": 7})["servers"], [])
        self.assertEqual(len(self.ok("GET", SERVERS)["servers"]), 25)

    def test_rows(self):
        """Keys differ; shapes are nested, and the servers' networks exist."""
        servers = self.ok("GET", SERVERS, query={"limit": 1000})["servers"]
        self.assertEqual(len({row["id"] for row in servers}), 57)
        networks = {row["id"] for row in self.ok("GET", VPCS)["vpcs"]}
        for row in servers:
            self.assertEqual(list(row["addresses"]), [row["metadata"]["vpc_id"]])
            self.assertIn(row["metadata"]["vpc_id"], networks)
            self.assertRegex(row["created"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")

    def test_filters(self):
        servers = self.ok("GET", SERVERS, query={"limit": 1000})["servers"]
        for query, keeps in (({"name": "erp"}, lambda row: "erp" in row["name"]),
                             ({"status": "SHUTOFF"}, lambda row: row["status"] == "SHUTOFF"),
                             ({"flavor": "c7.xlarge.2"},
                              lambda row: row["flavor"]["id"] == "c7.xlarge.2")):
            kept = [row["id"] for row in servers if keeps(row)]
            self.assertTrue(0 < len(kept) < len(servers))
            answer = self.ok("GET", SERVERS, query={**query, "limit": 1000})
            self.assertEqual([row["id"] for row in answer["servers"]], kept)
            self.assertEqual(answer["count"], len(kept))

    def test_marker(self):
        """The networks are paged by the key of the last row, and tell no total."""
        whole = self.ok("GET", VPCS)
        self.assertEqual((list(whole), len(whole["vpcs"])), (["vpcs"], 4))
        first = self.ok("GET", VPCS, query={"limit": 3})["vpcs"]
        rest = self.ok("GET", VPCS, query={"limit": 3, "marker": first[-1]["id"]})["vpcs"]
        self.assertEqual((len(first), first + rest), (3, whole["vpcs"]))
        self.refused(400, "VPC.0001", "GET", VPCS, query={"marker": "no-such-network"})

    def test_contract_is_held(self):
        self.admin("POST", "config", {"strict": True})
        self.refused(400, "ECS.0001", "GET", SERVERS, query={"status": "active"})
        self.refused(400, "ECS.0001", "GET", SERVERS, query={"limit": 1001})
        self.refused(400, "VPC.0001", "GET", VPCS, query={"offset": 1})
        self.refused(403, "VPC.0003", "GET", VPCS.replace("{P}", "0" * 32))
        self.assertEqual(self.get(VPCS, headers={}).status, 401)
        self.assertEqual([record["service"] for record in self.log()],
                         ["ecs", "ecs", "vpc", "vpc", "vpc"])


class Alone(EmulatorTest):
    def test_without(self):
        self.refused(404, "APIGW.0101", "GET", VPCS)

    def test_same_name(self):
        """A document does not replace one that there is."""
        with tempfile.TemporaryDirectory() as directory:
            path = pathlib.Path(directory) / "dws.openapi.json"
            path.write_text("{}", "utf-8")
            done = subprocess.run([str(ROOT / "emulator" / "run"), f"--contract={path}"],
                                  capture_output=True, text=True, timeout=20, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("a contract of dws already", done.stderr)


if __name__ == "__main__":
    unittest.main()
