#!/usr/bin/python3
"""Shows that coverage.py fails where it should.

    coverage_test.py DUMP [API_DIRECTORY]

Takes the catalog as it is, damages it (or the documents, or the exceptions) in
one place at a time, and expects a failure in the right group.  A group that no
damage is tried for is a failure too.  Prints "N passed, N failed".
"""

import copy
import json
import pathlib
import sys

sys.dont_write_bytecode = True

import coverage  # noqa: E402


def find(dump, kind, name):
    """The table ("resources") or the function ("actions", "waiters") with a name."""
    for service in dump["services"]:
        for chapter in service["chapters"]:
            for entry in chapter[kind]:
                if entry["name"] == name:
                    return entry
    raise KeyError(name)


def table(dump, name):
    return find(dump, "resources", name)


def function(dump, name):
    return find(dump, "actions", name)


def waiter(dump, name):
    return find(dump, "waiters", name)


def named(entries, name):
    return next(e for e in entries if e["name"] == name)


def remove(entries, name):
    entries.remove(named(entries, name))


def drop(dump, kind, name):
    for service in dump["services"]:
        for chapter in service["chapters"]:
            chapter[kind] = [e for e in chapter[kind] if e["name"] != name]


def operation(roots, name):
    for item in roots["gaussdb"]["paths"].values():
        for value in item.values():
            if isinstance(value, dict) and value.get("operationId") == name:
                return value
    raise KeyError(name)


# Each: the group that must fail, and the damage to dump, documents and exceptions.
MUTATIONS = [
    ("hosts are those of the document",
     lambda d, r, e: next(s for s in d["services"] if s["other_hosts"])["other_hosts"][0].update(
         regions="cn-east-2|cn-north-4")),
    ("every operation is served", lambda d, r, e: drop(d, "resources", "disk_usage")),
    ("every operation is served", lambda d, r, e: drop(d, "actions", "gaussdb_delete_job")),
    ("every operation is served", lambda d, r, e: e.clear()),
    ("operation, method and path are the document's",
     lambda d, r, e: table(d, "backups")["routes"][0].update(path="/v3/{project_id}/backups")),
    ("operation, method and path are the document's",
     lambda d, r, e: function(d, "gaussdb_set_parameters").update(method="POST")),
    ("every property of an answer has a column",
     lambda d, r, e: remove(table(d, "backups")["columns"], "size")),
    ("every property of an answer has a column",
     lambda d, r, e: remove(table(d, "template_parameters")["columns"], "updated_at")),
    ("every property of an answer has a column",
     lambda d, r, e: remove(table(d, "components")["columns"], "node_name")),
    ("every property of an answer has a column",
     lambda d, r, e: operation(r, "ShowRecyclePolicy")["responses"]["200"]["content"][
         "application/json"].update(schema={"type": "object", "properties": {
             "retention_period_in_days": {"type": "string"}, "new": {"type": "string"}}})),
    ("columns can hold what the document says",
     lambda d, r, e: named(table(d, "coordinators")["columns"], "support_reduce")
     .update(type="integer")),
    ("columns can hold what the document says",
     lambda d, r, e: named(table(d, "backups")["columns"], "begin_time").update(type="text")),
    ("columns tell their unit",
     lambda d, r, e: named(table(d, "backups")["columns"], "size").pop("unit")),
    ("every column is in the answer",
     lambda d, r, e: named(table(d, "backups")["columns"], "size").update(path="sise")),
    ("every column is in the answer",
     lambda d, r, e: named(table(d, "nodes")["columns"], "instance_id").update(path="^.ident")),
    ("a column does not depend on the route",
     lambda d, r, e: named(table(d, "jobs")["columns"], "created").pop("only")),
    ("a column does not depend on the route",
     lambda d, r, e: named(table(d, "jobs")["columns"], "status").update(only="get")),
    ("rows are where the document has them",
     lambda d, r, e: table(d, "backups")["routes"][0].update(items="backup")),
    ("every parameter is a filter, a key, an argument or paging",
     lambda d, r, e: remove(table(d, "backups")["routes"][0]["parameters"], "backup_type")),
    ("every parameter is a filter, a key, an argument or paging",
     lambda d, r, e: remove(function(d, "gaussdb_delete_instance_tag")["arguments"], "key")),
    ("every parameter is a filter, a key, an argument or paging",
     lambda d, r, e: remove(table(d, "tenants")["routes"][0]["parameters"], "name")),
    ("required parameters are required",
     lambda d, r, e: named(table(d, "restore_times")["routes"][0]["parameters"], "date")
     .pop("required")),
    ("parameters are the document's",
     lambda d, r, e: named(table(d, "backups")["routes"][0]["parameters"], "backup_id")
     .update(name="backup")),
    ("times are sent in the form of the document",
     lambda d, r, e: named(table(d, "restorable_instances")["routes"][0]["parameters"],
                           "restore_time").update(time_form="zulu")),
    ("domains are the document's enumerations",
     lambda d, r, e: named(table(d, "tasks")["routes"][0]["parameters"], "status")
     .update(domain="Running|Completed|Failed|Waiting")),
    ("domains are told in the document",
     lambda d, r, e: named(table(d, "instances_v3")["routes"][0]["parameters"],
                           "datastore_type").update(domain="GaussDB|MySQL")),
    ("domains are complete",
     lambda d, r, e: named(table(d, "tasks")["routes"][0]["parameters"], "status")
     .update(domain="Running|Failed")),
    ("filters do what the document says",
     lambda d, r, e: named(table(d, "recycled_instances")["routes"][0]["parameters"],
                           "instance_name").update(match="exact")),
    ("filters do what the document says",
     lambda d, r, e: named(table(d, "instances")["routes"][0]["parameters"], "name")
     .update(match="exact")),
    ("filters are on the right column",
     lambda d, r, e: named(table(d, "backups")["routes"][0]["parameters"], "backup_id")
     .update(column="name")),
    ("filters are on the right column",
     lambda d, r, e: named(table(d, "nodes")["routes"][0]["parameters"], "id")
     .update(column="id")),
    ("lists are paged as documented",
     lambda d, r, e: table(d, "backups")["routes"][0].pop("paging")),
    ("limits, offsets and totals agree",
     lambda d, r, e: table(d, "databases")["routes"][0]["paging"].update(kind="record")),
    ("limits, offsets and totals agree",
     lambda d, r, e: table(d, "public_ips")["routes"][0]["paging"].update(max_limit=100)),
    ("limits, offsets and totals agree",
     lambda d, r, e: table(d, "parameter_templates")["routes"][0].update(total="total_count")),
    ("limits, offsets and totals agree",
     lambda d, r, e: table(d, "tenants")["routes"][0]["paging"].update(location="query")),
    ("items of items say what paging counts",
     lambda d, r, e: table(d, "nodes")["routes"][0].pop("records")),
    ("every member of a body is an argument",
     lambda d, r, e: remove(function(d, "gaussdb_upgrade_instance")["arguments"], "upgrade_az")),
    ("every member of a body is an argument",
     lambda d, r, e: drop(d, "actions", "gaussdb_add_shards")),
    ("every member of a body is an argument",
     lambda d, r, e: drop(d, "actions", "gaussdb_enlarge_tenant_disk")),
    ("required members are required",
     lambda d, r, e: named(function(d, "gaussdb_create_backup")["arguments"], "name")
     .pop("required")),
    ("arguments are the document's",
     lambda d, r, e: named(function(d, "gaussdb_create_backup")["arguments"], "description")
     .update(place="remark")),
    ("arguments have the type of the document",
     lambda d, r, e: named(function(d, "gaussdb_set_recycle_policy")["arguments"],
                           "retention_period_in_days").update(type="text")),
    ("lengths agree",
     lambda d, r, e: named(function(d, "gaussdb_create_backup")["arguments"], "name")
     .update(max_length=65)),
    ("ranges agree",
     lambda d, r, e: named(function(d, "gaussdb_set_recycle_policy")["arguments"],
                           "retention_period_in_days")["range"].update(max=8)),
    ("ranges agree",
     lambda d, r, e: named(function(d, "gaussdb_set_backup_policy")["arguments"],
                           "rate_limit").pop("range")),
    ("enumerations agree",
     lambda d, r, e: named(function(d, "gaussdb_upgrade_instance")["arguments"],
                           "upgrade_type").update(values="inplace|grey")),
    ("patterns are checked",
     lambda d, r, e: named(function(d, "gaussdb_create_backup")["arguments"], "name")
     .pop("pattern")),
    ("patterns let the examples pass",
     lambda d, r, e: named(function(d, "gaussdb_create_backup")["arguments"], "name")
     .update(pattern="^[A-Z]*$")),
    ("passwords are secret",
     lambda d, r, e: named(function(d, "gaussdb_reset_password")["arguments"], "password")
     .pop("secret")),
    ("constants are allowed values",
     lambda d, r, e: named(function(d, "gaussdb_bind_public_ip")["arguments"], "")
     .update(fallback='"BOUND"')),
    ("every property of an answer is a result",
     lambda d, r, e: remove(function(d, "gaussdb_create_backup")["results"], "backup_id")),
    ("results are in the answer",
     lambda d, r, e: named(function(d, "gaussdb_create_backup")["results"], "backup_id")
     .update(path="backup.ident")),
    ("asynchronous actions name their job",
     lambda d, r, e: function(d, "gaussdb_create_backup").pop("job")),
    ("destructive actions are marked",
     lambda d, r, e: function(d, "gaussdb_delete_instance").pop("destructive")),
    ("destructive actions are marked",
     lambda d, r, e: function(d, "gaussdb_unbind_public_ip").pop("destructive")),
    ("questions are marked",
     lambda d, r, e: function(d, "gaussdb_check_parameter_template_name").pop("reads_only")),
    ("tables only read", lambda d, r, e: table(d, "disk_usage")["routes"][0].update(
        operation_id="ResetPwd")),
    ("tables have names of their own",
     lambda d, r, e: table(d, "backups").update(name="instances")),
    ("functions have names of their own",
     lambda d, r, e: function(d, "gaussdb_delete_job").update(name="gaussdb_delete_backup")),
    ("columns have names of their own",
     lambda d, r, e: named(table(d, "backups")["columns"], "size").update(name="raw")),
    ("names are well-formed",
     lambda d, r, e: named(table(d, "backups")["columns"], "size").update(name="Size")),
    ("the key is a column", lambda d, r, e: table(d, "backups").update(key="backup_id")),
    ("parents exist", lambda d, r, e: table(d, "schemas").update(parent="databasis")),
    ("parents have keys", lambda d, r, e: table(d, "schemas").pop("parent_keys")),
    ("parents end", lambda d, r, e: table(d, "instances").update(
        parent="databases", parent_keys=[{"column": "id", "parent_column": "instance_id"}])),
    ("parent keys are columns of both",
     lambda d, r, e: table(d, "schemas")["parent_keys"][1].update(parent_column="db_name")),
    ("required keys come from somewhere",
     lambda d, r, e: table(d, "schemas")["parent_keys"].pop()),
    ("placeholders are parameters",
     lambda d, r, e: remove(table(d, "tenant_users")["routes"][0]["parameters"], "pdb_id")),
    ("placeholders are arguments",
     lambda d, r, e: remove(function(d, "gaussdb_delete_job")["arguments"], "job_id")),
    ("path parameters are keys",
     lambda d, r, e: named(table(d, "tenant_users")["routes"][0]["parameters"], "pdb_id")
     .update(match="loose")),
    ("columns that are not in the answer are bound",
     lambda d, r, e: named(table(d, "backups")["columns"], "size").pop("path")),
    ("columns are well-formed",
     lambda d, r, e: named(table(d, "backups")["columns"], "size").update(path="a..b")),
    ("columns are well-formed",
     lambda d, r, e: named(table(d, "backups")["columns"], "size").update(separator=",")),
    ("columns are described",
     lambda d, r, e: named(table(d, "backups")["columns"], "size").update(description="Size")),
    ("the job is a result",
     lambda d, r, e: function(d, "gaussdb_create_backup").update(job="job")),
    ("required arguments come first",
     lambda d, r, e: function(d, "gaussdb_create_backup")["arguments"].reverse()),
    ("arguments and results of one name have one type",
     lambda d, r, e: named(function(d, "gaussdb_delete_backup")["results"], "backup_id")
     .update(type="integer")),
    ("arguments and results have names of their own",
     lambda d, r, e: named(function(d, "gaussdb_create_backup")["results"], "backup_id")
     .update(name="backup_name")),
    ("arguments are described",
     lambda d, r, e: function(d, "gaussdb_delete_job")["arguments"][0].pop("description")),
    ("results are described",
     lambda d, r, e: function(d, "gaussdb_create_backup")["results"][0]
     .update(description="Job ID")),
    ("constants have a value",
     lambda d, r, e: function(d, "gaussdb_create_backup")["arguments"]
     .append({"name": "", "place": "x", "type": "text", "location": "header"})),
    ("extra is an optional object",
     lambda d, r, e: named(function(d, "gaussdb_create_instance")["arguments"], "extra")
     .update(required=True)),
    ("functions begin with the service",
     lambda d, r, e: function(d, "gaussdb_delete_job").update(name="delete_job")),
    ("functions know their service, section and purpose",
     lambda d, r, e: function(d, "gaussdb_delete_job").pop("section")),
    ("functions of all services have names of their own",
     lambda d, r, e: function(d, "gaussdb_delete_job").update(name="gaussdb_delete_backup")),
    ("tables know their service, section and purpose",
     lambda d, r, e: table(d, "backups").update(service="iam")),
    ("pairs are parameters",
     lambda d, r, e: named(table(d, "backups")["routes"][0]["parameters"], "end_time")
     .update(pair="start_time")),
    ("parameters are on columns",
     lambda d, r, e: named(table(d, "backups")["routes"][0]["parameters"], "backup_id")
     .update(column="backup_id")),
    ("parameters have names of their own",
     lambda d, r, e: named(table(d, "backups")["routes"][0]["parameters"], "backup_id")
     .update(name="instance_id")),
    ("what waits knows its service and purpose",
     lambda d, r, e: waiter(d, "gaussdb_wait_for_job").update(service="iam")),
    ("what waits looks at columns",
     lambda d, r, e: waiter(d, "gaussdb_wait_for_job").update(results="id|state")),
    ("what waits looks at columns",
     lambda d, r, e: waiter(d, "gaussdb_wait_for_jobs").update(progress="percent")),
    ("what waits asks by key",
     lambda d, r, e: waiter(d, "gaussdb_wait_for_job").update(key="name")),
    ("what waits knows the values",
     lambda d, r, e: waiter(d, "gaussdb_wait_for_job").update(done="Complete")),
    ("what waits knows the values",
     lambda d, r, e: waiter(d, "gaussdb_wait_for_job").pop("going_on")),
    ("what waits is of one mind about a value",
     lambda d, r, e: waiter(d, "gaussdb_wait_for_job").update(going_on="Running|Failed")),
    ("what waits comes to an end",
     lambda d, r, e: waiter(d, "gaussdb_wait_for_job").pop("timeout")),
    ("every document has its service", lambda d, r, e: r.update(other={"paths": {}})),
    ("exceptions are needed",
     lambda d, r, e: e.append({"service": "gaussdb", "check": "property",
                               "subjects": ["ListDbBackups.nothing"], "reason": "None."})),
    ("exceptions have a reason", lambda d, r, e: e[0].pop("reason")),
]


def main():
    if len(sys.argv) not in (2, 3):
        print("usage: coverage_test.py DUMP [API_DIRECTORY]", file=sys.stderr)
        return 2
    here = pathlib.Path(__file__).resolve()
    api = pathlib.Path(sys.argv[2]) if len(sys.argv) == 3 else here.parents[2] / "api"
    dump = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
    dump["services"] = [s for s in dump["services"] if s["name"] in ("gaussdb", "iam")]
    roots = {name: json.loads((api / f"{name}.openapi.json").read_text(encoding="utf-8"))
             for name in ("gaussdb", "iam")}
    exceptions = json.loads(here.with_name("exceptions.json").read_text(encoding="utf-8"))
    exceptions = [e for e in exceptions if e["service"] in roots]

    passed = failed = 0
    untouched = coverage.compare(dump, roots, exceptions)
    for failure in untouched.failures():
        failed += 1
        print("FAIL undamaged:", *failure)
    for group, damage in MUTATIONS:
        damaged = copy.deepcopy((dump, roots, exceptions))
        damage(*damaged)
        groups = {g for _, g, _ in coverage.compare(*damaged).failures()}
        if group in groups:
            passed += 1
        else:
            failed += 1
            print(f"FAIL not noticed: {group} (but {sorted(groups)})")

    groups = {group for _, group in untouched.groups}
    for group in sorted(groups - {g for g, _ in MUTATIONS}):
        failed += 1
        print(f"FAIL no damage is tried for: {group}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
