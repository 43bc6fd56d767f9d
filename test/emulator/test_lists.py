"""Every list: how it pages, what its filters keep."""

import datetime
import json
import os
import pathlib
import unittest

from harness import PROJECT, EmulatorTest

from test_emulator import CONTRACT

INSTANCES = "/v3.1/{P}/instances"
BACKUPS = "/v3.1/{P}/backups"
TASKS = "/v3/{P}/tasks"
MOMENT = "%Y-%m-%dT%H:%M:%S"


def place(value, path):
    for name in path.split("."):
        value = value[name]
    return value


def put(value, path, part):
    *parents, last = path.split(".")
    for name in parents:
        value = value.setdefault(name, {})
    value[last] = part


class Paging(EmulatorTest):
    """Each list is read whole and in more than three pages, which must be the same rows."""

    def prepare(self):
        """Lists that are short by nature are filled."""
        self.item = self.an_instance()
        self.tenant = self.state("tenants")[0]
        for number in range(4):
            node = self.item["nodes"][number]["id"]
            job = self.ok("POST", f"/v3/{{P}}/instances/{self.item['id']}/nodes/{node}/public-ip",
                          {"action": "BIND", "public_ip": f"10.9.8.{number}",
                           "public_ip_id": f"eip-{number}"})
            self.wait_for(job["job_id"])

    def template(self):
        """A user's template with instances that it suits and changes made to it."""
        for row in self.state("templates"):
            path = f"/v3/{{P}}/configurations/{row['id']}"
            if row["user_defined"] and len(self.ok(
                    "GET", path + "/applicable-instances")["instances"]) > 3:
                return row["id"]
        self.fail("no template suits")

    def keys(self):
        """Placeholders and mandatory parameters of each list."""
        roma = self.state("roma.instances")[0]["id"]
        within = {"instance_id": roma}
        drs = [row["id"] for row in self.state("drs.tasks")]
        flavor = min(self.state("instances"), key=lambda row: row["flavor_info"]["vcpu"])
        source = self.smallest_of_a_group()
        gaussdb = {"instance_id": self.item["id"], "config_id": self.template()}
        tenant = {"instance_id": self.tenant["instance_id"], "pdb_id": self.tenant["id"]}
        special = {
            "gaussdb.ListAvailableFlavors": {"instance_id": flavor["id"]},
            "gaussdb.ListRestorableInstances": {"?source_instance_id": source},
            "gaussdb.ListDatabaseSchemas": {"?db_name": self.state(
                "databases", instance_id=self.item["id"])[1]["name"]},
            "gaussdb.ListPdbs": tenant, "gaussdb.ListPdbDbUsers": tenant,
            "gaussdb.ListPdbDatabaseSchemas": tenant,
            "drs.ListJobs": {"?job_type": "sync"},
            "drs.ShowJobDetail": {"?type": "log", "job_id": drs[0]},
            "drs.ListAsyncJobDetail": {"async_job_id": self.state("drs.batches")[0][
                "async_job_id"]},
            "drs.ListContentCompareDetail": {"job_id": drs[0], "compare_job_id": "c"},
            "drs.ListContentCompareOverview": {"job_id": drs[0], "compare_job_id": "c"},
            "drs.BatchListJobDetails": {"=jobs": drs[:9]},
            "drs.BatchListJobStatus": {"=jobs": drs[:9]},
            "drs.ShowJobList": {"=db_use_type": "sync"},
            "drs.ListCompareResult": {"=job_id": drs[0]}}
        for name in ("ListApiVersionsV2", "ListApiAttachedPlugins"):
            special[f"roma.{name}"] = {"api_id": self.state("roma.apis", **within)[0]["id"]}
        app = self.state("roma.apps", **within)[0]["id"]
        special["roma.ListAppCodesV2"] = {"app_id": app}
        special["roma.ListLiveDataDataSourcesV2"] = {"?app_id": app}
        special["roma.ListMonitorLog"] = {"task_id": self.state("roma.tasks",
                                                                **within)[0]["task_id"]}
        return {"gaussdb": gaussdb, "roma": within}, special

    def smallest_of_a_group(self):
        """An instance whose backups fit more than three others."""
        groups = {}
        for row in self.state("instances"):
            groups.setdefault((row["type"], row["datastore"]["version"]), []).append(row)
        group = max(groups.values(), key=len)
        return min(group, key=lambda row: row["volume"]["size"])["id"]

    def read(self, operation, keys, limit, offset):
        """(rows, total) of one request."""
        paging = operation.pagination
        path = operation.template.replace("{project_id}", PROJECT)
        query, body = {}, {}
        for name, value in keys.items():
            if name.startswith("?"):
                query[name[1:]] = value
            elif name.startswith("="):
                put(body, name[1:], value)
            else:
                path = path.replace("{%s}" % name, str(value))
        in_body = paging.get("in") == "body"
        for name, value in ((paging["limit_param"], limit), (paging["offset_param"], offset)):
            if value is not None and in_body:
                put(body, name, value)
            elif value is not None:
                query[name] = value
        answer = self.ok(operation.method, path, body if operation.method == "POST" else None,
                         query=query)
        items = {"drs.ShowJobDetail": "job.logs"}.get(operation.key, paging["items_field"])
        return place(answer, items), place(answer, paging["total_field"])

    def test_every_list_pages_as_documented(self):
        self.prepare()
        common, special = self.keys()
        units = {"records": 0, "pages": 0}
        for operation in CONTRACT.operations.values():
            paging = operation.pagination
            if not paging:
                continue
            keys = {**common.get(operation.service, {}), **special.get(operation.key, {})}
            with self.subTest(operation.key):
                units[paging["offset_unit"]] += 1
                self.check(operation, keys, paging)
        self.assertEqual(units, {"records": sum(
            1 for each in CONTRACT.operations.values()
            if each.pagination and each.pagination["offset_unit"] == "records"), "pages": 8})

    def check(self, operation, keys, paging):
        # The offset of ListMonitorLog has a minimum of 1.
        first = 1 if operation.key == "roma.ListMonitorLog" else paging.get("first_page", 0)
        whole, total = self.read(operation, keys, paging.get("max_limit") or 100, first)
        self.assertGreaterEqual(len(whole), 4, "too few rows to tell")
        size = max(1, (len(whole) - 1) // 4)
        rows, position, pages = [], first, 0
        while True:
            page, again = self.read(operation, keys, size, position)
            if not page:
                break
            self.assertLessEqual(len(page), size)
            self.assertEqual(int(again), int(total))
            rows += page
            pages += 1
            position += 1 if paging["offset_unit"] == "pages" else size
        self.assertGreater(pages, 3)
        self.assertEqual(int(total), len(rows) if len(whole) < (
            paging.get("max_limit") or 100) else int(total))
        self.assertEqual([json.dumps(row) for row in rows[:len(whole)]],
                         [json.dumps(row) for row in whole])
        default = paging.get("default_limit")
        if default:
            page, _ = self.read(operation, keys, None, None)
            self.assertEqual(len(page), min(default, int(total)))

    def test_limits_are_enforced(self):
        seen = 0
        for operation in CONTRACT.operations.values():
            limit = operation.query.get("limit")
            highest = limit and limit.schema.get("maximum")
            if not highest or operation.service != "gaussdb":
                continue
            path = operation.template.replace("{project_id}", PROJECT)
            for wrong in (0, highest + 1):
                answer = self.get(path, {"limit": wrong})
                with self.subTest(operation.key, limit=wrong):
                    self.assertEqual((answer.status, answer.json["error_code"]),
                                     (400, "DBS.280439"))
            seen += 1
        self.assertGreaterEqual(seen, 15)

    def test_a_page_cap(self):
        self.admin("POST", "config", {"page_cap": 7})
        answer = self.ok("GET", INSTANCES, query={"limit": 50})
        self.assertEqual((len(answer["instances"]), answer["total_count"]), (7, 60))

    def test_beyond_the_end(self):
        answer = self.ok("GET", INSTANCES, query={"offset": 1000})
        self.assertEqual((answer["instances"], answer["total_count"]), ([], 60))


class InstanceFilters(EmulatorTest):
    def ids(self, **query):
        answer = self.ok("GET", INSTANCES, query=query)
        self.assertEqual(answer["total_count"], len(answer["instances"]))
        legacy = self.ok("GET", "/v3/{P}/instances", query=query)["instances"] \
            if "tags" not in query else answer["instances"]
        self.assertEqual(legacy, answer["instances"])
        return [row["id"] for row in answer["instances"]]

    def setUp(self):
        super().setUp()
        self.rows = self.state("instances")

    def expect(self, wanted, **query):
        self.assertEqual(self.ids(**query), [row["id"] for row in self.rows if wanted(row)])

    def test_name(self):
        name = self.rows[3]["name"]
        self.expect(lambda row: row["name"] == name, name=name)
        self.assertEqual(self.ids(name=name[:-1]), [])
        self.assertEqual(self.ids(name=name.swapcase()), [])
        for part in ("prod", "PROD", "_", "0007", "%"):
            self.expect(lambda row: part in row["name"], name="*" + part)
        self.assertGreater(len(self.ids(name="*prod")), 5)
        self.assertGreater(len(self.ids(name="*_")), 0)
        self.assertEqual(self.ids(name="prod*"), [], "an asterisk counts only at the beginning")
        self.expect(lambda row: True, name="")

    def test_id(self):
        wanted = self.rows[5]["id"]
        self.assertEqual(self.ids(id=wanted), [wanted])
        self.assertEqual(self.ids(id=wanted[:-1]), [])
        self.expect(lambda row: wanted[4:9] in row["id"], id="*" + wanted[4:9])

    def test_an_asterisk_alone_is_refused(self):
        for name in ("id", "name"):
            self.refused(400, "DBS.280001", "GET", INSTANCES, query={name: "*"})

    def test_types(self):
        for kind in ("Enterprise", "Centralization_standard"):
            self.expect(lambda row: row["type"] == kind, type=kind)
            self.assertGreater(len(self.ids(type=kind)), 3)
        self.refused(400, "DBS.280001", "GET", INSTANCES, query={"type": "enterprise"})
        self.expect(lambda row: True, datastore_type="gAussdb")
        self.refused(400, "DBS.280001", "GET", INSTANCES, query={"datastore_type": "MySQL"})

    def test_networks(self):
        row = self.rows[0]
        self.expect(lambda each: each["vpc_id"] == row["vpc_id"], vpc_id=row["vpc_id"])
        self.expect(lambda each: each["subnet_id"] == row["subnet_id"],
                    subnet_id=row["subnet_id"])
        self.assertEqual(self.ids(vpc_id="nowhere"), [])

    def test_conditions_are_combined(self):
        row = self.rows[0]
        self.expect(lambda each: "prod" in each["name"] and each["vpc_id"] == row["vpc_id"],
                    name="*prod", vpc_id=row["vpc_id"])

    def test_tags(self):
        self.expect(lambda row: row["tags"].get("stage") == "prod", tags="stage=prod")
        self.expect(lambda row: row["tags"].get("stage") == "prod" and "team" in row["tags"],
                    tags="stage=prod,team=")
        self.assertGreater(len(self.ids(tags="stage=prod")), 3)
        self.refused(400, "DBS.280001", "GET", INSTANCES, query={"tags": "stage"})

    def test_the_fleet_has_its_quirks(self):
        statuses = {row["status"] for row in self.rows}
        self.assertTrue({"ACTIVE", "BUILD", "FAILED", "REBOOTING"} <= statuses)
        self.assertTrue(any(row["name"].isupper() for row in self.rows))
        texts = [row["description"] for row in self.state("backups")]
        self.assertTrue(any(text and "%" in text for text in texts))
        self.assertTrue(any(text and not text.isascii() for text in texts))
        self.assertIn(None, texts)
        average = sum(len(json.dumps(row, separators=(",", ":"), ensure_ascii=False))
                      for row in self.ok("GET", INSTANCES)["instances"]) / 60
        self.assertTrue(2400 < average < 3600, average)


class BackupAndTaskFilters(EmulatorTest):
    def backups(self, **query):
        return [row["id"] for row in self.ok("GET", BACKUPS, query={"limit": 100, **query})[
            "backups"]]

    def test_backups_by_what_they_are_of(self):
        rows = self.state("backups")
        chosen = next(row for row in rows if row["type"] == "manual")
        mine = [row["id"] for row in rows if row["instance_id"] == chosen["instance_id"]]
        self.assertEqual(self.backups(instance_id=chosen["instance_id"]), mine)
        self.assertEqual(self.backups(backup_id=chosen["id"]), [chosen["id"]])
        for kind in ("auto", "manual"):
            self.assertEqual(self.backups(backup_type=kind),
                             [row["id"] for row in rows if row["type"] == kind][:100])
        self.assertEqual(self.backups(backup_id=chosen["id"], backup_type="auto"), [])
        self.refused(400, "DBS.280001", "GET", BACKUPS, query={"backup_type": "Manual"})
        self.refused(400, "DBS.280001", "GET", BACKUPS, query={"backup_type": "xbsa"})

    def test_the_window_is_over_the_beginning_and_inclusive(self):
        rows = self.state("backups")
        low, high = rows[30]["begin_time"], rows[10]["begin_time"]
        wanted = [row["id"] for row in rows if low <= row["begin_time"] <= high]
        self.assertGreaterEqual(len(wanted), 21)
        forms = {"Z": (low, high)}
        for text, hours in (("+0800", 8), ("-0300", -3)):
            forms[text] = tuple(
                (datetime.datetime.strptime(t, MOMENT + "Z") + datetime.timedelta(hours=hours))
                .strftime(MOMENT) + text for t in (low, high))
        for name, (begin, end) in forms.items():
            with self.subTest(zone=name):
                self.assertEqual(self.backups(begin_time=begin, end_time=end), wanted)

    def test_the_window_has_two_ends(self):
        t = self.state("backups")[0]["begin_time"]
        self.refused(400, "DBS.280416", "GET", BACKUPS, query={"begin_time": t})
        self.refused(400, "DBS.280001", "GET", BACKUPS, query={"end_time": t})
        self.refused(400, "DBS.280416", "GET", BACKUPS, query={"begin_time": t, "end_time": t})

    def tasks(self, **query):
        return [row["job_id"] for row in self.ok("GET", TASKS, query=query)["tasks"]]

    def test_tasks(self):
        rows = self.state("jobs")
        self.assertGreater(len(rows), 50)
        for status in ("Running", "Completed", "Failed"):
            wanted = [row["id"] for row in rows if row["status"] == status]
            self.assertGreater(len(wanted), 2)
            self.assertEqual(self.tasks(status=status), wanted)
        name = "EnlargeGaussDBV5Volume"
        self.assertEqual(self.tasks(name=name, status="Completed"),
                         [row["id"] for row in rows
                          if row["name"] == name and row["status"] == "Completed"])
        low, high = rows[40]["created_ms"], rows[20]["created_ms"]
        between = [row["id"] for row in rows if low <= row["created_ms"] <= high]
        self.assertEqual(self.tasks(start_time=low, end_time=high), between)
        self.assertEqual(self.tasks(start_time=low),
                         [row["id"] for row in rows if row["created_ms"] >= low])
        self.refused(400, "DBS.280001", "GET", TASKS, query={"start_time": "yesterday"})

    def test_half_of_the_tasks_tell_their_times(self):
        rows = self.ok("GET", TASKS)["tasks"]
        telling = [row for row in rows if "created_at" in row]
        self.assertTrue(0.3 < len(telling) / len(rows) < 0.7)
        truth = {row["id"]: row for row in self.state("jobs")}
        for row in telling:
            told = datetime.datetime.strptime(row["created_at"], MOMENT + "%z")
            self.assertEqual(int(told.timestamp()), truth[row["job_id"]]["created_ms"] // 1000)

    def test_every_task_can_be_shown(self):
        for row in self.state("jobs")[:20]:
            shown = self.ok("GET", "/v3/{P}/jobs", query={"id": row["id"]})["job"]
            self.assertEqual((shown["id"], shown["status"], shown["name"], shown["fail_reason"]),
                             (row["id"], row["status"], row["name"], row["fail_reason"]))
        self.refused(400, "DBS.200543", "GET", "/v3/{P}/jobs", query={"id": "nobody"})


class OtherFilters(EmulatorTest):
    def test_enterprise_projects_contain(self):
        rows = self.ok("GET", "/v3/{P}/enterprise-projects", query={"name_keyword": "and"})
        self.assertEqual([row["name"] for row in rows["enterprise_projects"]],
                         ["sandbox", "Sandbox"])

    def test_components_by_kind_and_zone(self):
        path = f"/v3/{{P}}/instances/{self.an_instance()['id']}/components"
        for kind, prefix in (("CN", "cn_"), ("DN", "dn_"), ("CM", "cm_"), ("ETCD", "etcd_")):
            nodes = self.ok("GET", path, query={"component_type": kind})["nodes"]
            parts = [part["id"] for node in nodes for part in node["components"]]
            self.assertTrue(parts and all(part.startswith(prefix) for part in parts), parts)
        zone = self.ok("GET", path)["nodes"][0]["availability_zone_id"]
        nodes = self.ok("GET", path, query={"availability_zone_id": zone})["nodes"]
        self.assertEqual({node["availability_zone_id"] for node in nodes}, {zone})

    def test_flavors(self):
        rows = self.ok("GET", "/v3.1/{P}/flavors", query={
            "version": "2.7", "ha_mode": "enterprise"})["flavors"]
        self.assertTrue(rows)
        self.assertTrue(all(row["version"] == "2.7" and row["spec_code"].endswith(".in")
                            for row in rows))

    def test_roma_names_contain_and_numbers_are_exact(self):
        roma = self.state("roma.instances")[0]["id"]
        apps = self.state("roma.apps", instance_id=roma)
        part = apps[0]["name"][:5]
        got = self.ok("GET", f"/v2/{{P}}/instances/{roma}/apps", query={"name": part})
        self.assertEqual([row["id"] for row in got["apps"]],
                         [row["id"] for row in apps if part in row["name"]])
        devices = self.state("roma.devices", instance_id=roma)
        product = devices[0]["product"]["product_id"]
        got = self.ok("GET", f"/v2/{{P}}/link/instances/{roma}/devices",
                      query={"product_id": product, "limit": 100})
        wanted = [row["device_id"] for row in devices
                  if row["product"]["product_id"] == product]
        self.assertEqual([row["device_id"] for row in got["items"]], wanted)
        summary = self.ok("GET", f"/v2/{{P}}/link/instances/{roma}/products/{product}"
                          "/devices-summary")
        self.assertEqual(summary["summary"], len(wanted))

    def test_drs_tasks_of_one_kind(self):
        rows = self.state("drs.tasks")
        got = self.ok("GET", "/v5/{P}/jobs", query={"job_type": "sync", "limit": 100})["jobs"]
        wanted = [row["id"] for row in rows if row["kind"] == "sync"]
        self.assertEqual([row["id"] for row in got], wanted)
        got = self.ok("POST", "/v3/{P}/jobs", {"db_use_type": "sync", "cur_page": 1,
                                               "per_page": 100})["jobs"]
        self.assertEqual([row["id"] for row in got], wanted)

    def test_gateways(self):
        rows = self.state("apig.instances")
        got = self.ok("GET", "/v2/{P}/apigw/instances", query={"status": "Frozen"})["instances"]
        self.assertEqual([row["id"] for row in got],
                         [row["id"] for row in rows if row["status"] == "Frozen"])


class Speed(EmulatorTest):
    switches = ("--fleet", "2000")

    def processor_seconds(self):
        fields = pathlib.Path(f"/proc/{self.emulator.process.pid}/stat").read_text().split()
        return (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")

    def test_a_page_costs_little(self):
        """A page of 100 instances takes less than 3 milliseconds of the processor."""
        pages = 100
        begun = self.processor_seconds()
        for number in range(pages):
            self.assertEqual(self.get(INSTANCES, {"offset": number * 100 % 2000}).status, 200)
        self.assertLess((self.processor_seconds() - begun) / pages, 0.003)


if __name__ == "__main__":
    unittest.main()
