"""What requests do: jobs, and what is different after them."""

import time
import unittest

from harness import JOB_SECONDS, EmulatorTest

from emulator import times


class Jobs(EmulatorTest):
    def setUp(self):
        super().setUp()
        self.item = self.an_instance()
        self.path = f"/v3/{{P}}/instances/{self.item['id']}"

    def shown(self, instance_id=None):
        rows = self.ok("GET", "/v3.1/{P}/instances",
                       query={"id": instance_id or self.item["id"]})["instances"]
        return rows[0] if rows else None

    def done(self, method, path, body=None, status=202):
        """Carry it out and wait for its job."""
        answer = self.ok(method, path, body, status=status)
        newest = self.ok("GET", "/v3/{P}/tasks")["tasks"][0]["job_id"]
        job = self.wait_for(answer.get("job_id", newest))
        self.assertEqual(job["status"], "Completed", job)
        return answer, job

    def test_a_job_from_beginning_to_end(self):
        begun = time.time()
        job_id = self.ok("POST", self.path + "/restart", status=202)["job_id"]
        job = self.job(job_id)
        self.assertEqual((job["status"], job["ended"], job["fail_reason"]),
                         ("Running", "", None))
        self.assertEqual(job["instance"], {"id": self.item["id"], "name": self.item["name"]})
        self.assertLess(int(job["progress"]), 100)
        self.assertEqual(self.shown()["status"], "REBOOTING")
        seen = {job["progress"]}
        while job["status"] == "Running":
            time.sleep(JOB_SECONDS / 10)
            job = self.job(job_id)
            seen.add(job["progress"])
        self.assertGreater(len(seen), 2, "progress moves")
        self.assertEqual((job["status"], job["progress"]), ("Completed", "100"))
        self.assertGreaterEqual(time.time() - begun, JOB_SECONDS)
        self.assertAlmostEqual(times.parse(job["ended"]), time.time(), delta=3)
        self.assertEqual(self.shown()["status"], "ACTIVE")
        self.assertEqual(self.state("jobs")[0]["id"], job_id)
        self.assertEqual(self.ok("GET", "/v3/{P}/tasks", query={"limit": 1})["tasks"][0][
            "job_id"], job_id)

    def test_one_thing_at_a_time(self):
        self.ok("POST", self.path + "/restart")
        for method, path, body in (("POST", self.path + "/restart", None),
                                   ("PUT", self.path + "/name", {"name": "other-name"}),
                                   ("DELETE", self.path, None),
                                   ("PUT", self.path + "/configurations",
                                    {"values": {"work_mem": "65536"}})):
            self.refused(409, "DBS.200011", method, path, body)
        self.assertEqual(self.admin("GET", "stats")["performed"], {"RestartInstance": 1})

    def test_a_job_that_fails(self):
        self.admin("POST", "fail-next-job", {"reason": "No host left (100%)."})
        answer = self.ok("PUT", self.path + "/name", {"name": "never-so"})
        job = self.wait_for(answer["job_id"])
        self.assertEqual((job["status"], job["fail_reason"]), ("Failed", "No host left (100%)."))
        self.assertNotEqual(job["progress"], "100")
        self.assertEqual(self.shown()["name"], self.item["name"])
        self.done("PUT", self.path + "/name", {"name": "now-it-is"})

    def test_rename(self):
        self.done("PUT", self.path + "/name", {"name": "renamed-instance"})
        shown = self.shown()
        self.assertEqual(shown["name"], "renamed-instance")
        self.assertTrue(all(node["name"].startswith("renamed-instance_")
                            for node in shown["nodes"]))
        self.refused(400, "DBS.280001", "PUT", self.path + "/name", {"name": "1x"})

    def test_unknown_and_unfit_instances(self):
        self.refused(404, "DBS.280022", "POST", "/v3/{P}/instances/nobody/restart")
        for status, code, number in (("FROZEN", "DBS.280449", 400), ("BUILD", "DBS.200011", 409),
                                     ("FAILED", "DBS.280011", 409)):
            found = [row for row in self.state("instances") if row["status"] == status]
            for row in found:
                self.refused(number, code, "POST", "/v3/{P}/backups",
                             {"instance_id": row["id"], "name": "backup1"})

    def test_create_and_delete_an_instance(self):
        body = {"name": "made-by-test", "datastore": {"type": "GaussDB", "version": "2.7"},
                "ha": {"mode": "centralization_standard", "consistency": "strong",
                       "replication_mode": "sync"},
                "flavor_ref": "gaussdb.opengauss.ee.dn.m6.large.8.ha",
                "volume": {"type": "ULTRAHIGH", "size": 120}, "region": "cn-north-4",
                "availability_zone": "az1,az2,az3", "vpc_id": "v", "subnet_id": "s",
                "password": "Very-Secret-77", "solution": "triset"}
        answer = self.ok("POST", "/v3.1/{P}/instances", body, status=202)
        new = answer["instance"]["id"]
        self.assertEqual((self.shown(new)["status"], self.shown(new)["updated"]), ("BUILD", ""))
        self.assertEqual(self.wait_for(answer["job_id"])["name"], "CreateGaussDBV5Instance")
        shown = self.shown(new)
        self.assertEqual((shown["status"], shown["name"], shown["type"], len(shown["nodes"])),
                         ("ACTIVE", "made-by-test", "Centralization_standard", 3))
        self.done("DELETE", f"/v3/{{P}}/instances/{new}")
        self.assertIsNone(self.shown(new))
        self.refused(404, "DBS.280022", "GET", f"/v3/{{P}}/instances/{new}/tags")
        bin_ = self.ok("GET", "/v3/{P}/recycle-instances",
                       query={"instance_name": "made-by-test"})["instances"]
        self.assertEqual([row["id"] for row in bin_], [new])

        restore = {"name": "from-the-bin", "flavor_ref": body["flavor_ref"],
                   "availability_zone": "az1,az2,az3",
                   "volume": {"type": "ULTRAHIGH", "size": 120}, "vpc_id": "v", "subnet_id": "s",
                   "security_group_id": "g", "password": "Very-Secret-77",
                   "restore_point": {"instance_id": new,
                                     "backup_id": bin_[0]["recycle_backup_id"]}}
        answer, job = self.done("POST", "/v3/{P}/instances", restore)
        self.assertEqual(job["name"], "CloneGaussDBV5NewInstance")
        self.assertEqual(self.shown(answer["instance"]["id"])["name"], "from-the-bin")

    def test_enlarge_expand_resize(self):
        action = self.path + "/action"
        size = self.item["volume"]["size"]
        self.refused(400, "DBS.200306", "POST", action, {"enlarge_volume": {"size": size}})
        self.done("POST", action, {"enlarge_volume": {"size": size + 40}})
        self.assertEqual(self.shown()["volume"]["size"], size + 40)
        self.done("POST", action, {"expand_cluster": {"coordinators": [{"az_code": "az9"}]}})
        self.done("POST", action, {"expand_cluster": {"shard": {"count": 1}}})
        nodes = self.shown()["nodes"]
        self.assertEqual(len(nodes), len(self.item["nodes"]) + 1 + 3)
        self.assertEqual(len({node["id"] for node in nodes}), len(nodes))
        small = min((row for row in self.state("instances") if row["status"] == "ACTIVE"),
                    key=lambda row: row["flavor_info"]["vcpu"])
        path = f"/v3/{{P}}/instances/{small['id']}"
        wanted = self.ok("GET", path + "/available-flavors")["flavors"][0]
        self.done("PUT", path + "/flavor", {"flavor_ref": wanted["spec_cpde"]})
        shown = self.shown(small["id"])
        self.assertEqual((shown["flavor_ref"], shown["flavor_info"]["vcpu"]),
                         (wanted["spec_cpde"], int(wanted["vcpus"])))

    def test_a_yearly_instance_is_changed_by_an_order(self):
        for mode, member in (("prePaid", "order_id"), ("postPaid", "job_id")):
            item = next(row for row in self.state("instances") if row["status"] == "ACTIVE"
                        and row["charge_info"]["charge_mode"] == mode)
            path = f"/v3/{{P}}/instances/{item['id']}"
            answer = self.ok("POST", path + "/action", {"is_auto_pay": "true", "enlarge_volume": {
                "size": item["volume"]["size"] + 40}})
            self.assertEqual(list(answer), [member])

    def test_stop_and_start(self):
        self.done("POST", self.path + "/db-stop", {"node_ids": []})
        self.assertEqual(self.shown()["status"], "SHUTDOWN")
        self.done("POST", self.path + "/db-startup", {"node_ids": []})
        self.assertEqual(self.shown()["status"], "ACTIVE")
        node = self.item["nodes"][4]["id"]
        self.done("POST", self.path + "/db-stop", {"node_ids": [node]})
        self.assertEqual([each["id"] for each in self.shown()["nodes"]
                          if each["status"] == "SHUTDOWN"], [node])
        self.refused(400, "DBS.280407", "POST", self.path + "/db-stop", {"node_ids": ["x"]})

    def test_switch_a_shard(self):
        nodes = self.ok("GET", self.path + "/components", query={"component_type": "DN"})["nodes"]
        parts = [(node["id"], part) for node in nodes for part in node["components"]]
        standby = next((node, part["id"]) for node, part in parts if part["role"] == "slave")
        primary = next((node, part["id"]) for node, part in parts if part["role"] == "master")
        shards = lambda pair: {"shards": [{"node_id": pair[0], "component_id": pair[1]}]}
        self.refused(400, "DBS.280828", "POST", self.path + "/switch-shard", shards(primary))
        self.done("POST", self.path + "/switch-shard", shards(standby))
        roles = {node["id"]: node["role"] for node in self.shown()["nodes"]}
        self.assertEqual((roles[standby[0]], roles[primary[0]]), ("master", "slave"))

    def test_upgrade(self):
        found = self.ok("GET", self.path.replace("v3", "v3.1") + "/db-upgrade/candidate-versions")
        old = self.item["datastore"]["version"]
        if not found["upgrade_candidate_versions"]:
            self.item = next(row for row in self.state("instances") if row["status"] == "ACTIVE"
                             and row["datastore"]["version"] == "1.4")
            self.path = f"/v3/{{P}}/instances/{self.item['id']}"
            old = "1.4"
        path = self.path.replace("v3", "v3.1") + "/db-upgrade"
        self.done("PUT", path, {"upgrade_type": "grey", "upgrade_action": "upgrade",
                                "target_version": "V2.0-8.200.0"})
        self.assertEqual(self.shown()["status"], "UPGRADE TO BE OBSERVED")
        self.assertEqual(self.shown()["datastore"]["version"], old)
        self.done("PUT", path, {"upgrade_type": "grey", "upgrade_action": "commit"})
        self.assertEqual((self.shown()["status"], self.shown()["datastore"]["version"]),
                         ("ACTIVE", "8.200"))

    def test_deleting_a_task_record(self):
        old = next(row for row in self.state("jobs") if row["status"] == "Completed")
        running = next(row for row in self.state("jobs") if row["status"] == "Running")
        self.ok("DELETE", f"/v3/{{P}}/jobs/{old['id']}", status=200)
        self.refused(400, "DBS.200543", "GET", "/v3/{P}/jobs", query={"id": old["id"]})
        self.refused(409, "DBS.200402", "DELETE", f"/v3/{{P}}/jobs/{running['id']}")


class Backups(EmulatorTest):
    def setUp(self):
        super().setUp()
        self.item = self.an_instance(skip=1)

    def backup(self, name="nightly-1", **others):
        return self.request("POST", "/v3/{P}/backups",
                            {"instance_id": self.item["id"], "name": name, **others})

    def listed(self, backup_id):
        rows = self.ok("GET", "/v3.1/{P}/backups", query={"backup_id": backup_id})["backups"]
        return rows[0] if rows else None

    def test_made_listed_deleted(self):
        before = self.ok("GET", "/v3.1/{P}/backups")["total_count"]
        answer = self.backup(description="größer als üblich, 50%").json
        made = answer["backup"]
        self.assertEqual((made["status"], made["type"]), ("BUILDING", "manual"))
        row = self.ok("GET", "/v3.1/{P}/backups", query={"limit": 1})["backups"][0]
        self.assertEqual((row["id"], row["status"], row["end_time"]),
                         (made["id"], "BUILDING", ""))
        self.refused(400, "DBS.201208", "DELETE", f"/v3/{{P}}/backups/{made['id']}")
        self.assertEqual(self.wait_for(answer["job_id"])["name"],
                         "BackupSnapshotGaussDBV5InInstance")
        row = self.listed(made["id"])
        self.assertEqual((row["status"], row["description"]),
                         ("COMPLETED", "größer als üblich, 50%"))
        self.assertGreater(row["size"], 0)
        self.assertGreaterEqual(times.parse(row["end_time"]), times.parse(row["begin_time"]))
        files = self.ok("GET", "/v3/{P}/backup-files", query={"backup_id": made["id"]})["files"]
        self.assertTrue(files[0]["download_link"].startswith("https://"))
        gone = self.ok("DELETE", f"/v3/{{P}}/backups/{made['id']}", status=200)
        self.assertEqual(gone, {"backup_id": made["id"], "backup_name": "nightly-1"})
        self.assertIsNone(self.listed(made["id"]))
        self.assertEqual(self.ok("GET", "/v3.1/{P}/backups")["total_count"], before)

    def test_one_at_a_time(self):
        self.assertEqual(self.backup().status, 202)
        answer = self.backup("nightly-2")
        self.assertEqual((answer.status, answer.json["error_code"], answer.json["error_msg"]),
                         (409, "DBS.201205", "Backup is in progress, please wait."))
        stats = self.admin("GET", "stats")
        self.assertEqual((stats["performed"], stats["requests"]["CreateManualBackup"]),
                         ({"CreateManualBackup": 1}, 2))

    def test_failed(self):
        self.admin("POST", "fail-next-job", {"reason": "disk"})
        answer = self.backup().json
        self.assertEqual(self.wait_for(answer["job_id"])["status"], "Failed")
        self.assertEqual(self.listed(answer["backup"]["id"])["status"], "FAILED")

    def test_names_are_unique_on_an_instance(self):
        self.wait_for(self.backup().json["job_id"])
        self.assertEqual(self.backup().json["error_code"], "DBS.201201")

    def test_automated_ones_stay(self):
        auto = next(row for row in self.state("backups") if row["type"] == "auto")
        self.refused(400, "DBS.201218", "DELETE", f"/v3/{{P}}/backups/{auto['id']}")
        self.refused(404, "DBS.201010", "DELETE", "/v3/{P}/backups/nobody")

    def test_policy(self):
        path = f"/v3/{{P}}/instances/{self.item['id']}/backups/policy"
        self.ok("PUT", path, {"backup_policy": {"keep_days": 9, "start_time": "01:00-02:00",
                                                "period": "1,3", "differential_period": "60"}})
        policy = self.ok("GET", path)["backup_policy"]
        self.assertEqual((policy["keep_days"], policy["start_time"], policy["period"],
                          policy["differential_period"]), (9, "01:00-02:00", "1,3", 60))
        row = next(row for row in self.state("instances") if row["id"] == self.item["id"])
        self.assertEqual(row["backup_strategy"], {"keep_days": 9, "start_time": "01:00-02:00"})

    def test_recycle_policy(self):
        self.ok("PUT", "/v3/{P}/recycle-policy",
                {"recycle_policy": {"retention_period_in_days": 3}})
        self.assertEqual(self.ok("GET", "/v3/{P}/recycle-policy"),
                         {"retention_period_in_days": "3"})

    def test_restoring_is_offered(self):
        row = next(row for row in self.state("backups") if row["status"] == "COMPLETED")
        source = next(each for each in self.state("instances")
                      if each["id"] == row["instance_id"])
        fit = self.ok("GET", "/v3/{P}/restorable-instances",
                      query={"source_instance_id": source["id"], "backup_id": row["id"]})
        self.assertIn(source["id"], [each["instance_id"] for each in fit["instances"]])
        today = time.strftime("%Y-%m-%d", time.gmtime(time.time() - 86400))
        ranges = self.ok("GET", f"/v3/{{P}}/instances/{source['id']}/restore-time",
                         query={"date": today})["restore_time"]
        self.assertTrue(all(each["end_time"] > each["start_time"] for each in ranges))
        self.refused(400, "DBS.280001", "GET", "/v3/{P}/instance-snapshot")

    def test_slow_logs(self):
        path = f"/v3/{{P}}/instances/{self.item['id']}/slow-log/download"
        self.assertEqual(self.ok("POST", path, status=202), {"list": []})
        self.assertEqual({row["status"] for row in self.ok("GET", path)["list"]}, {"EXPORTING"})
        time.sleep(JOB_SECONDS * 1.3)
        rows = self.ok("GET", path)["list"]
        self.assertEqual({row["status"] for row in rows}, {"success"})
        self.assertTrue(all(row["file_link"] for row in rows))


class Parameters(EmulatorTest):
    def setUp(self):
        super().setUp()
        self.item = self.an_instance()
        self.path = f"/v3.1/{{P}}/instances/{self.item['id']}/configurations"

    def values(self):
        rows = self.ok("GET", self.path)["configuration_parameters"]
        return {row["name"]: row["value"] for row in rows}

    def put(self, values):
        return self.request("PUT", self.path.replace("v3.1", "v3"), {"values": values})

    def test_set_and_read_back(self):
        before = self.values()
        self.assertGreaterEqual(len(before), 55)
        answer = self.put({"failed_login_attempts": "7"}).json
        self.assertFalse(answer["restart_required"])
        self.assertEqual(self.wait_for(answer["job_id"])["status"], "Completed")
        answer = self.put({"work_mem": "70000", "max_connections": "1234"}).json
        self.assertTrue(answer["restart_required"])
        self.assertEqual(self.values(), {**before, "failed_login_attempts": "7",
                                         "work_mem": "70000", "max_connections": "1234"})
        self.assertEqual({row["name"]: row["value"] for row in self.state(
            "parameters", instance_id=self.item["id"])}, self.values())

    def test_what_the_engine_does_not_take(self):
        rows = self.ok("GET", self.path)["configuration_parameters"]
        shown = [row["name"] for row in rows if row["readonly"]]
        self.assertEqual(shown, ["autovacuum_max_workers"])
        for values, code in (({"no_such": "1"}, "DBS.280270"), ({shown[0]: "4"}, "DBS.280271"),
                             ({"max_connections": "5"}, "DBS.280271"),
                             ({"max_connections": "many"}, "DBS.280271"),
                             ({"autovacuum": "maybe"}, "DBS.280271"), ({}, "DBS.280006")):
            answer = self.put(values)
            self.assertEqual((answer.status, answer.json["error_code"]), (400, code), values)

    def test_templates(self):
        body = {"name": "mine.1", "description": "für später", "parameter_values":
                {"work_mem": "131072"}, "datastore": {"engine_version": "2.3",
                                                      "instance_mode": "ha"}}
        made = self.ok("POST", "/v3/{P}/configurations", body)["id"]
        self.refused(400, "DBS.212030", "POST", "/v3/{P}/configurations", body)
        self.assertEqual(self.ok("GET", "/v3/{P}/configurations/name-validation",
                                 query={"name": "mine.1"}), {"exist": True})
        path = f"/v3/{{P}}/configurations/{made}"
        shown = self.ok("GET", path)
        values = {row["name"]: row["value"] for row in shown["configuration_parameters"]}
        self.assertEqual((shown["name"], shown["description"], values["work_mem"]),
                         ("mine.1", "für später", "131072"))
        copy = self.ok("POST", path + "/copy", {"name": "mine.2"})["config_id"]
        self.ok("POST", path + "/reset", status=200)
        diff = self.ok("POST", "/v3/{P}/configurations/comparison",
                       {"source_id": made, "target_id": copy})["differences"]
        self.assertEqual(diff, [{"name": "work_mem", "source_value": "65536",
                                 "target_value": "131072"}])
        changes = self.ok("GET", path + "/histories")["histories"]
        self.assertEqual([(row["parameter_name"], row["old_value"], row["new_value"])
                          for row in changes], [("work_mem", "131072", "65536")])
        self.assertEqual(self.admin("GET", "stats")["performed"].get("ListConfigurationsDiff"),
                         None, "a question is not a deed")
        self.ok("DELETE", path, status=200)
        self.refused(404, "DBS.200058", "GET", path)
        default = next(row for row in self.state("templates") if not row["user_defined"])
        self.refused(400, "DBS.212003", "DELETE", f"/v3/{{P}}/configurations/{default['id']}")

    def test_applying_a_template(self):
        for row in self.state("templates"):
            path = f"/v3/{{P}}/configurations/{row['id']}"
            fit = self.ok("GET", path + "/applicable-instances")["instances"]
            active = {each["id"] for each in self.state("instances")
                      if each["status"] == "ACTIVE"}
            fit = [each["instance_id"] for each in fit if each["instance_id"] in active]
            if row["user_defined"] and fit:
                break
        job = self.ok("PUT", path + "/apply", {"instance_ids": fit[:1]}, status=202)["job_id"]
        first = self.ok("GET", path + "/applied-histories")["histories"][0]
        self.assertEqual((first["instance_id"], first["apply_result"]), (fit[0], "APPLYING"))
        self.wait_for(job)
        first = self.ok("GET", path + "/applied-histories")["histories"][0]
        self.assertEqual(first["apply_result"], "SUCCESS")
        wanted = {each["name"]: each["value"]
                  for each in self.ok("GET", path)["configuration_parameters"]}
        have = {each["name"]: each["value"]
                for each in self.state("parameters", instance_id=fit[0])}
        self.assertEqual(have, wanted)


class Inside(EmulatorTest):
    def setUp(self):
        super().setUp()
        self.item = self.an_instance()
        self.path = f"/v3/{{P}}/instances/{self.item['id']}"

    def names(self, path, items, key="name", **query):
        return [row[key] for row in self.ok("GET", self.path + path,
                                            query={"limit": 100, **query})[items]]

    def test_databases_users_schemas(self):
        self.ok("POST", self.path + "/database", {"name": "fresh"}, status=200)
        self.refused(409, "DBS.200826", "POST", self.path + "/database", {"name": "fresh"})
        self.assertIn("fresh", self.names("/databases", "databases"))
        user = {"name": "new_user", "password": "Very-Secret-77"}
        self.refused(400, "DBS.280203", "POST", self.path + "/db-user",
                     dict(user, password="aaaaaaaa1"))
        self.ok("POST", self.path + "/db-user", user, status=200)
        self.refused(409, "DBS.200827", "POST", self.path + "/db-user", user)
        self.assertIn("new_user", self.names("/db-users", "users"))
        new = {"db_name": "fresh", "schemas": [{"name": "s1", "owner": "new_user"},
                                               {"name": "s2", "owner": "new_user"}]}
        self.ok("POST", self.path + "/schema", new, status=200)
        self.refused(400, "DBS.280651", "POST", self.path + "/schema", new)
        schemas = self.names("/schemas", "database_schemas", "schema_name", db_name="fresh")
        self.assertTrue({"s1", "s2"} <= set(schemas))
        self.ok("POST", self.path + "/db-privilege", {"db_name": "fresh", "users": [
            {"name": "new_user", "readonly": True, "schema_name": "s1"}]}, status=200)
        self.assertEqual(self.state("grants", instance_id=self.item["id"]),
                         [{"database": "fresh", "schema": "s1", "user": "new_user",
                           "privilege": "read"}])
        self.ok("PUT", self.path + "/db-user/password",
                {"name": "new_user", "password": "Other-Secret-78"}, status=200)
        self.refused(400, "DBS.200475", "PUT", self.path + "/db-user/password",
                     {"name": "new_user", "password": "Other-Secret-78"})
        self.refused(400, "DBS.200823", "GET", self.path + "/schemas",
                     query={"db_name": "nowhere"})

    def test_tenants(self):
        body = {"pdb_name": "fresh_tenant", "pdb_pd_in_db": "fresh_db", "cpu": 1, "mem": 4,
                "disk": "20", "configuration_id": self.ok(
                    "GET", self.path.replace("v3", "v3.1") + "/pdb/configurations")[
                        "configurations"][0]["id"]}
        self.wait_for(self.ok("POST", self.path + "/pdb", body, status=202)["job_id"])
        find = lambda: self.ok("POST", self.path + "/pdb-info",
                               {"name": "fresh_tenant"})["pdb_infos"]
        tenant = find()[0]
        self.assertEqual((tenant["status"], tenant["cpu"]), ("normal", 1))
        self.wait_for(self.ok("PUT", self.path + "/pdb", {"pdb_id": tenant["id"], "cpu": 2,
                                                          "mem": 8}, status=202)["job_id"])
        self.wait_for(self.ok("PUT", self.path + "/pdb", {"pdb_id": tenant["id"],
                                                          "disk": 40}, status=202)["job_id"])
        self.assertEqual([(row["cpu"], row["mem"], int(row["disk"])) for row in find()],
                         [(2, 8, 40)])
        inner = f"{self.path}/pdbs/{tenant['id']}"
        self.wait_for(self.ok("PUT", inner + "/configurations", {"values": {
            "dn:audit_system_object": "67121"}})["job_id"])
        rows = self.ok("GET", inner.replace("v3", "v3.1") + "/configurations")
        self.assertIn("67121", [row["value"] for row in rows["configuration_parameters"]])
        self.ok("POST", inner + "/db-user", {"name": "u1", "password": "Very-Secret-77"})
        self.ok("POST", inner + "/schema", {"schemas": [{"name": "t1", "owner": "u1"}]})
        users = self.ok("GET", inner + "/db-users", query={"limit": 100})["users"]
        self.assertIn("u1", [row["name"] for row in users])
        self.wait_for(self.ok("DELETE", self.path + "/pdb", {"pdb_id": tenant["id"]},
                              status=202)["job_id"])
        self.assertEqual(find(), [])

    def listed(self):
        return self.ok("GET", "/v3.1/{P}/instances", query={"id": self.item["id"]})["instances"][0]

    def test_tags(self):
        self.ok("POST", self.path + "/tags", {"tags": [{"key": " 尺寸 ", "value": "L"}]})
        rows = self.ok("GET", self.path + "/tags")
        self.assertIn({"key": "尺寸", "value": ["L"]}, rows["tags"])
        self.assertEqual(rows["total_count"], len(rows["tags"]))
        self.assertIn({"key": "尺寸", "value": "L"}, self.listed()["tags"])
        self.assertIn({"key": "尺寸", "value": ["L"]}, self.ok("GET", "/v3/{P}/tags")["tags"])
        answer = self.ok("DELETE", self.path + "/tag", query={"key": "尺寸"}, status=200)
        self.assertEqual((answer["result"], answer["instance_id"]),
                         ("succeed", self.item["id"]))
        self.refused(404, "DBS.212013", "DELETE", self.path + "/tag", query={"key": "尺寸"})
        self.assertNotIn("尺寸", [tag["key"] for tag in self.listed()["tags"]])

    def test_features_and_addresses(self):
        self.wait_for(self.ok("POST", self.path + "/advance-features",
                              {"params": {"ledger": "on"}}, status=202)["job_id"])
        rows = self.ok("GET", self.path + "/advance-features")["features"]
        self.assertEqual([row["name"] for row in rows if row["value"] == "on"], ["ledger"])
        node = self.item["nodes"][1]["id"]
        body = {"action": "BIND", "public_ip": "10.1.2.3", "public_ip_id": "eip"}
        path = f"{self.path}/nodes/{node}/public-ip"
        self.wait_for(self.ok("POST", path, body, status=202)["job_id"])
        eips = self.ok("GET", self.path + "/public-ips")["public_ips"]
        self.assertIn("10.1.2.3", [row["public_ip_address"] for row in eips])
        self.refused(409, "DBS.280406", "POST", path, body)
        self.wait_for(self.ok("POST", path, dict(body, action="UNBIND"))["job_id"])
        eips = self.ok("GET", self.path + "/public-ips")["public_ips"]
        self.assertNotIn("10.1.2.3", [row["public_ip_address"] for row in eips])

    def test_root_password(self):
        path = self.path + "/password"
        self.assertEqual(self.ok("POST", path, {"password": "Very-Secret-77"}, status=200), {})
        self.refused(400, "DBS.200475", "POST", path, {"password": "Very-Secret-77"})
        weak = lambda text: self.ok("POST", "/v3/{P}/weak-password-verification",
                                    {"password": text})["is_weak_password"]
        self.assertEqual((weak("Password-12345"), weak("Xu7-kP0.w!")), (True, False))


class OtherServices(EmulatorTest):
    def test_dws_clusters(self):
        rows = self.state("dws.clusters")
        row = next(row for row in rows if row["status"] == "AVAILABLE")
        path = f"/v1.0/{{P}}/clusters/{row['id']}"
        self.ok("POST", path + "/resize", {"scale_out": {"count": 3}}, status=200)
        shown = self.ok("GET", path)["cluster"]
        self.assertEqual(shown["task_status"], "GROWING")
        self.assertRegex(shown["action_progress"]["GROWING"], r"^\d+%$")
        self.assertEqual(shown["resize_info"]["target_node_num"],
                         str(row["number_of_node"] + 3))
        self.assertEqual(self.request("POST", path + "/restart", {"restart": {}}).status, 409)
        time.sleep(JOB_SECONDS * 1.3)
        shown = self.ok("GET", path)["cluster"]
        self.assertEqual((shown["task_status"], shown["action_progress"],
                          shown["number_of_node"]), (None, None, row["number_of_node"] + 3))
        self.assertNotIn("maintain_window", self.ok("GET", "/v1.0/{P}/clusters")["clusters"][0])

    def test_dws_snapshots(self):
        cluster = self.state("dws.clusters")[0]["id"]
        new = self.ok("POST", "/v1.0/{P}/snapshots", {"snapshot": {
            "name": "made", "cluster_id": cluster}}, status=200)["snapshot"]["id"]
        path = f"/v1.0/{{P}}/snapshots/{new}"
        self.assertEqual(self.ok("GET", path)["snapshot"]["status"], "CREATING")
        time.sleep(JOB_SECONDS * 1.3)
        self.assertEqual(self.ok("GET", path)["snapshot"]["status"], "AVAILABLE")
        made = self.ok("POST", path + "/actions", {"restore": {"name": "restored"}})["cluster"]
        time.sleep(JOB_SECONDS * 1.3)
        names = {row["id"]: row["name"] for row in self.ok("GET", "/v1.0/{P}/clusters")[
            "clusters"]}
        self.assertEqual(names[made["id"]], "restored")
        self.ok("DELETE", path, status=202)
        auto = next(row for row in self.state("dws.snapshots") if row["type"] == "AUTOMATED")
        self.assertEqual(self.request("DELETE", f"/v1.0/{{P}}/snapshots/{auto['id']}").status,
                         403)
        self.ok("DELETE", f"/v1.0/{{P}}/clusters/{made['id']}",
                {"keep_last_manual_snapshot": 0}, status=202)
        time.sleep(JOB_SECONDS * 1.3)
        self.assertEqual(self.request("GET", f"/v1.0/{{P}}/clusters/{made['id']}").status, 404)

    def test_drs_actions_on_many(self):
        rows = self.state("drs.tasks")
        ready = next(row["id"] for row in rows if row["status"] == "CONFIGURATION")
        ended = next(row["id"] for row in rows if row["status"] == "FULL_TRANSFER_COMPLETE")
        answer = self.request("POST", "/v5/{P}/jobs/action", {"jobs": [
            {"job_id": ready, "action_name": "start"}, {"job_id": ended, "action_name": "stop"},
            {"job_id": "nobody", "action_name": "start"}]})
        results = answer.json["jobs"]
        self.assertEqual((answer.status, [row["status"] for row in results]),
                         (200, ["success", "failed", "failed"]))
        self.assertEqual(results[2]["error_code"], "DRS.10000010")
        status = lambda: [row["status"] for row in self.ok(
            "POST", "/v3/{P}/jobs/batch-status", {"jobs": [ready, ended]})["results"]]
        self.assertEqual(status(), ["STARTJOBING", "FULL_TRANSFER_COMPLETE"])
        time.sleep(JOB_SECONDS * 1.3)
        self.assertEqual(status(), ["FULL_TRANSFER_STARTED", "FULL_TRANSFER_COMPLETE"])
        answer = self.request("POST", f"/v5/{{P}}/jobs/{ready}/action",
                              {"job": {"action_name": "precheck"}})
        self.assertEqual((answer.status, set(answer.json)), (202, {"query_id"}))

    def test_drs_batch_questions_tell_of_each(self):
        known = self.state("drs.tasks")[0]["id"]
        for path, key in (("batch-detail", "id"), ("batch-status", "id"),
                          ("batch-progress", "job_id")):
            got = self.ok("POST", f"/v3/{{P}}/jobs/{path}", {"jobs": ["nobody", known]})
            self.assertEqual([row[key] for row in got["results"]], ["nobody", known])
            self.assertEqual(got["results"][0]["error_code"], "DRS.10000010")
            self.assertEqual(got["count"], 2)

    def test_drs_detail_shows_the_part_that_is_asked_for(self):
        row = self.state("drs.tasks")[0]
        path = f"/v5/{{P}}/jobs/{row['id']}"
        got = self.ok("GET", path, query={"type": "log", "log_level": "Error"})["job"]
        self.assertEqual(set(got), {"id", "status", "create_time", "logs", "total_count"})
        self.assertEqual({log["level"] for log in got["logs"]}, {"Error"})
        got = self.ok("GET", path, query={"type": "detail"})["job"]
        self.assertEqual(got["base_info"]["name"], row["name"])
        self.ok("PUT", path, {"job": {"type": "name", "params": {"base_info": {
            "name": "DRS-renamed"}}}})
        got = self.ok("GET", path, query={"type": "detail"})["job"]
        self.assertEqual(got["base_info"]["name"], "DRS-renamed")

    def test_roma_products_devices_dictionaries(self):
        roma = self.state("roma.instances")[0]["id"]
        base = f"/v2/{{P}}/link/instances/{roma}"
        products = self.state("roma.products", instance_id=roma)
        shown = self.ok("GET", f"{base}/products/{products[3]['id']}")
        self.assertEqual((shown["id"], shown["name"]), (products[3]["id"], products[3]["name"]))
        self.ok("DELETE", f"{base}/products/{products[3]['id']}", status=204)
        self.assertEqual(self.request("GET", f"{base}/products/{products[3]['id']}").status, 404)
        new = self.ok("POST", base + "/devices", {
            "device_name": "sensor", "node_id": "n1", "app_id": "a",
            "product": {"product_id": products[0]["id"]}}, status=201)
        listed = self.ok("GET", base + "/devices", query={"device_name": "sensor"})["items"]
        self.assertEqual([row["device_id"] for row in listed], [new["device_id"]])
        entry = self.state("roma.dictionaries", instance_id=roma)[0]
        path = f"/v2/{{P}}/instances/{roma}/dictionaries/{entry['id']}"
        self.ok("PUT", path, {"name": "renamed", "remark": "x"}, status=200)
        self.assertEqual(self.ok("GET", path)["name"], "renamed")
        self.assertEqual(self.request("GET", "/v2/{P}/link/instances/nobody/devices").status,
                         404)

    def test_details_agree_with_lists(self):
        for state, path in (("apig.instances", "/v2/{P}/apigw/instances/%s"),
                            ("bcs.instances", "/v2/{P}/huaweicloudchain/instances/%s")):
            for row in self.state(state)[:3]:
                shown = self.ok("GET", path % row["id"])
                name = "instance_name" if "instance_name" in row else "name"
                self.assertEqual((shown["id"], shown[name], shown["status"]),
                                 (row["id"], row[name], row["status"]))


if __name__ == "__main__":
    unittest.main()
