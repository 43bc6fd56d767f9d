"""DRS: replication tasks (the API calls them jobs), in the words of v3 and of v5.

One task is one Item; the views of the two versions are made from it.  What a view has beyond
that is sampled from the contract.
"""

from . import fleet, times
from .call import Reply, performs
from .canonical import canonical, collection
from .errors import ApiError
from .generic import sampler
from .state import Item, Table, compact, digest, uuid_of

ENGINES = ("mysql", "mongodb", "oracle-to-gaussdbv5", "mysql-to-gaussdbv5", "postgresql",
           "cloudDataGuard-mysql")
KINDS = ("migration", "sync", "cloudDataGuard")
STATUSES = ("INCRE_TRANSFER_STARTED", "FULL_TRANSFER_STARTED", "FULL_TRANSFER_COMPLETE",
            "CONFIGURATION", "INCRE_TRANSFER_FAILED", "WAITING_FOR_START", "PAUSING",
            "RELEASE_RESOURCE_COMPLETE", "CREATE_FAILED", "FULL_TRANSFER_FAILED")
NETS = ("vpc", "eip", "vpn")
FLOWS = ("FULL_INCR_TRANS", "FULL_TRANS", "INCR_TRANS")
NO_JOB = ("DRS.10000010", "Job does not exist, please check job id.")
NO_TRANSITION = ("DRS.10000011", "The action is not allowed in the current state of the job.")

# Actions that end at once: name -> (statuses in which they are allowed, status meanwhile,
# status afterwards).  () is any status.
TRANSITIONS = {
    "start": (("CONFIGURATION", "WAITING_FOR_START", "PAUSING"), "STARTJOBING",
              "FULL_TRANSFER_STARTED"),
    "stop": (("FULL_TRANSFER_STARTED", "INCRE_TRANSFER_STARTED"), "PAUSING", "PAUSING"),
    "restart": (("INCRE_TRANSFER_FAILED", "FULL_TRANSFER_FAILED", "START_JOB_FAILED", "PAUSING"),
                "STARTJOBING", "INCRE_TRANSFER_STARTED"),
    "reset": ((), "STARTJOBING", "FULL_TRANSFER_STARTED"),
    "terminate": ((), "RELEASE_RESOURCE_STARTED", "RELEASE_RESOURCE_COMPLETE"),
    "skip_precheck": ((), None, None), "set_writable": ((), None, None),
    "set_readonly": ((), None, None), "bind_eip": ((), None, None),
    "unbind_eip": ((), None, None), "reload_parameters": ((), None, None),
    "column_limit": ((), None, None), "cancel_compare": ((), None, None),
    "stop_repair": ((), None, None)}

# What of the detail each value of the parameter "type" fills.
BASE = ("id", "status", "create_time")
PARTS = {
    "overview": ("base_info", "progress_info", "instance_features", "task_version"),
    "detail": ("master_job_id", "base_info", "source_endpoint", "target_endpoint",
               "alarm_notify", "speed_limit", "user_migration", "policy_config", "db_param",
               "tuning_params", "period_order", "node_info", "instance_features",
               "task_version", "public_ip_list", "bind_public_ip_state", "children",
               "job_kernel_direction"),
    "network": ("network_results",), "precheck": ("precheck_result",),
    "progress": ("progress_info", "migration_object_progress_info", "metrics"),
    "log": ("logs", "total_count"), "compare": ("compare_result", "total_count"),
    "file": ("support_import_file_resp",), "is_writable": ("is_writable",),
    "cloud_connection": ("connection_management", "network_results"), "diagnosis": ("diagnoses",),
    "diagnosis_history": ("diagnoses",), "repair_progress": ("repair_progress_info",),
    "repair_detail": ("repair_detail_info",), "repair_export_status": ("repair_export_status",)}
COMPARE_TASKS = 13
COMPARE_KINDS = ("lines", "contents", "object")
LOGS = 37

# Where the lists of a comparison are: (compare_type, query_type) -> (place, rows).
COMPARED = {
    ("object_compare", "detail"): (("objects_compare_detail_infos",), 17),
    ("line_compare", "overview"): (("line_compare_overview_infos",), 5),
    ("line_compare", "detail"): (("line_compare_detail_infos",), 17),
    ("content_compare", "overview"): (("content_compare_overview_infos",), 5),
    ("content_compare", "detail"): (("content_compare_detail_infos",), 17),
    ("content_compare", "diff"): (("content_diff_detail_info", "contents_infos"), 17)}


def make_tasks(project):
    rows = []
    for number in range(max(12, min(200, project.world.fleet // 2))):
        key = digest(project.world.seed, project.id, "drs", number)
        created = project.world.epoch - 3600 - number * 7919
        rows.append(Item({
            "id": task_id(key, number), "status": STATUSES[number % len(STATUSES)],
            "name": f"DRS-{fleet.WORDS[number % len(fleet.WORDS)]}-{number:04d}",
            "description": fleet.BACKUP_TEXTS[number % 12] or "", "created": created,
            "engine_type": ENGINES[number % len(ENGINES)], "kind": KINDS[number % len(KINDS)],
            "net_type": NETS[number % len(NETS)], "job_direction": "up" if number % 2 else "down",
            "task_type": FLOWS[number % len(FLOWS)],
            "enterprise_project_id": fleet.enterprise_project_id(project, number % 4),
            "charging_mode": "on_demand", "tags": [{"key": "stage",
                                                    "value": fleet.stage_of(number)}]},
            {"key": key, "number": number}))
    return Table("id", rows)


def task_id(key, number):
    """36 characters as the examples have them: a UUID whose end names the kind of task."""
    return uuid_of(key)[:29] + f"jb{number % 10}01"[:5] + digest(key)[:2]


def tasks(project):
    return project.table("drs.tasks", make_tasks)


def find(call, wanted):
    row = tasks(call.project).get(wanted)
    if row is None:
        raise ApiError(400, *NO_JOB)
    return row


def new_task(call, **members):
    project = call.project
    key = project.new_id()
    number = len(tasks(project))
    row = Item({"id": task_id(key, number), "status": "CREATING", "description": "",
                "created": int(call.now), "engine_type": "mysql", "kind": "migration",
                "net_type": "vpc", "job_direction": "up", "task_type": "FULL_INCR_TRANS",
                "enterprise_project_id": "0", "charging_mode": "on_demand", "tags": [],
                **{name: value for name, value in members.items() if value is not None}},
               {"key": key, "number": number})
    tasks(project).prepend(row)
    later(call, lambda t: row.change(status="CONFIGURATION"),
          lambda t: row.change(status="CREATE_FAILED"))
    return row


def later(call, done, failed=None):
    """When a job's time is over; POST fail-next-job makes it fail."""
    world = call.world
    reason = world.fail_next.pop(0) if world.fail_next else None
    action = failed if reason is not None and failed else done
    call.project.at(call.now + world.job_seconds, action)


def sampled(call, schema, row):
    return sampler(call.world, "drs").value(
        {"$ref": f"#/components/schemas/{schema}"}, row.more["key"], row.more["number"])


def overlay(value, members):
    """Members that the sampled value has, as the task has them."""
    value.update({name: part for name, part in members.items() if name in value})
    return value


def actions(row):
    allowed = [name for name, (before, _, _) in TRANSITIONS.items()
               if not before or row.data["status"] in before]
    return {"available_actions": allowed, "unavailable_actions":
            [name for name in TRANSITIONS if name not in allowed], "current_action": ""}


# v5 --------------------------------------------------------------------------------------


def v5_members(row):
    data = row.data
    return dict(data, job_type=data["kind"], create_time=times.zulu(data["created"]),
                job_action=actions(row), children=[])


@performs("drs.CreateJob")
def create_v5(call):
    row = new_v5(call, call.body["job"])
    return {"id": row.data["id"], "name": row.data["name"], "status": "CREATING",
            "create_time": times.zulu(row.data["created"])}


def new_v5(call, body):
    base = body["base_info"]
    return new_task(call, name=base.get("name", "DRS"), kind=base.get("job_type"), **{
        name: base.get(name) for name in (
            "description", "engine_type", "net_type", "job_direction", "task_type",
            "enterprise_project_id", "charging_mode", "tags")})


def matching(call, source, kind_name):
    """Tasks that the filters of a list (query or body) keep."""
    rows = tasks(call.project).rows()
    for name, member in ((kind_name, "kind"), ("engine_type", "engine_type"),
                         ("net_type", "net_type"), ("status", "status"),
                         ("enterprise_project_id", "enterprise_project_id")):
        value = source.get(name)
        if value:
            rows = [row for row in rows if row.data[member] == value]
    if source.get("name"):
        rows = [row for row in rows if source["name"] in row.data["name"]
                or source["name"] == row.data["id"]]
    if isinstance(source.get("tags"), dict):
        rows = [row for row in rows if any(tag["key"] in source["tags"] and
                                           tag["value"] == source["tags"][tag["key"]]
                                           for tag in row.data["tags"])]
    return rows


@performs("drs.ListJobs")
def list_v5(call):
    rows = matching(call, call.query, "job_type")
    key = {"create_time": "created", "name": "name", "status": "status",
           "net_type": "net_type", "job_direction": "job_direction"}.get(
               call.query.get("sort_key"))
    if key:
        rows = sorted(rows, key=lambda row: row.data[key],
                      reverse=call.query.get("sort_dir") != "asc")
    limit, start = call.paging()
    shown = [overlay(sampled(call, "V5JobListResp", row), v5_members(row))
             for row in rows[start:start + limit]]
    return call.listing(shown, "jobs", "total_count", len(rows))


@performs("drs.UpdateJob")
def update_v5(call):
    row = find(call, call.path["job_id"])
    base = (call.body["job"].get("params") or {}).get("base_info") or {}
    row.change(**{name: base[name] for name in ("name", "description", "tags") if name in base})
    return {"id": row.data["id"], "name": row.data["name"], "status": "success"}


@performs("drs.ShowJobDetail")
def show_v5(call):
    row = find(call, call.path["job_id"])
    full = sampled(call, "V5JobDetailResp", row)
    full.update(id=row.data["id"], status=row.data["status"],
                create_time=times.zulu(row.data["created"]))
    overlay(full["base_info"], v5_members(row))
    kind = call.query["type"]
    paged_parts(call, row, full, kind)
    full.setdefault("network_results", [])
    return {"job": {name: full[name] for name in BASE + PARTS[kind] if name in full}}


def paged_parts(call, row, full, kind):
    """Logs and comparisons: the lists of the detail that are paged."""
    if kind == "log":
        level = call.query.get("log_level")
        rows = [{"level": ("Info", "Info", "Warn", "Error")[number % 4],
                 "message": f"step {number} of {row.data['name']}",
                 "create_time": times.zulu(row.data["created"] + number * 61)}
                for number in range(LOGS)]
        rows = [each for each in rows if not level or each["level"] == level]
        full["logs"], full["total_count"] = cut(call, rows), len(rows)
    if kind == "compare":
        asked = (call.query.get("compare_type"), call.query.get("query_type"))
        place, count = COMPARED.get(asked, (("data_compare_task_list",), 0))
        wanted = call.query.get("compare_task_id")
        if not count:
            rows = [each for each in compare_tasks_v5(call, row)
                    if not wanted or each["id"] == wanted]
        else:
            known = not wanted or is_comparison(row, wanted, asked[0])
            rows = compared(call, row, place, count if known else 0)
        holder = full["compare_result"]
        for name in place[:-1]:
            holder = holder[name]
        holder[place[-1]] = cut(call, rows)
        full["total_count"] = len(rows)


def compared(call, row, place, count):
    """The rows of a list of a comparison; they depend on what is compared."""
    made = sampler(call.world, "drs")
    schema = {"$ref": "#/components/schemas/V5CompareResultInfo"}
    for name in place:
        schema = made.resolve(schema)["properties"][name]
    what = [call.query.get(name, "") for name in ("compare_task_id", "source_db_name",
                                                  "target_db_name", "compare_detail_type")]
    rows = [made.value(schema["items"], digest(row.more["key"], *what, number), number)
            for number in range(count)]
    for number, each in enumerate(rows):
        overlay(each, {"source_db": f"db{number}", "target_db": f"db{number}"})
    return rows


def cut(call, rows):
    limit = int(call.query.get("limit") or 10)
    start = int(call.query.get("offset") or 0)
    return rows[start:start + limit]


def compare_tasks_v5(call, row):
    made = sampler(call.world, "drs")
    return [dict(made.value({"$ref": "#/components/schemas/V5CompareJobInfo"},
                            digest(row.more["key"], "compare", number), number),
                 id=compare_id(row, number), type=COMPARE_KINDS[number % len(COMPARE_KINDS)])
            for number in range(COMPARE_TASKS)]


def compare_id(row, number):
    return uuid_of(row.data["id"], "compare", number)


def is_comparison(row, wanted, kind):
    """Has the task a comparison of that id and of the kind whose rows are asked for?"""
    return any(wanted == compare_id(row, number) and
               kind.startswith(COMPARE_KINDS[number % len(COMPARE_KINDS)].rstrip("s"))
               for number in range(COMPARE_TASKS))


def act(call, row, name):
    """
    (result, query id) of an action on a task: a query id for those whose outcome is to be
    asked for.
    """
    if name not in TRANSITIONS:
        return None, uuid_of(row.data["id"], name, call.now)
    allowed, meanwhile, after = TRANSITIONS[name]
    if allowed and row.data["status"] not in allowed:
        return NO_TRANSITION, None
    if meanwhile:
        row.change(status=meanwhile)
        later(call, lambda t: row.change(status=after))
    return None, None


@performs("drs.ExecuteJobAction")
def execute(call):
    row = find(call, call.path["job_id"])
    error, query_id = act(call, row, call.body["job"]["action_name"])
    if error:
        raise ApiError(400, *error)
    if query_id:
        return Reply(202, compact({"query_id": query_id}))
    return Reply(200, compact({"id": row.data["id"], "name": row.data["name"],
                               "status": "success"}))


@performs("drs.BatchExecuteJobActions")
def execute_many(call):
    """One result for each task, failures included; 202 where all are to be asked for."""
    results, asked = [], True
    for entry in call.body["jobs"]:
        row = tasks(call.project).get(entry.get("job_id", ""))
        if row is None:
            error, query_id = NO_JOB, None
        else:
            error, query_id = act(call, row, entry["action_name"])
        name = row.data["name"] if row else ""
        result = {"id": entry.get("job_id", ""), "name": name}
        if error:
            result.update(status="failed", error_code=error[0], error_msg=error[1])
        elif query_id:
            result.update(query_id=query_id)
        else:
            result.update(status="success")
        asked = asked and query_id is not None
        results.append(result)
    return Reply(202 if asked and results else 200, compact({"jobs": results}))


@performs("drs.ShowSupportObjectType")
def show_support(call):
    row = find(call, call.path["job_id"])
    return sampled(call, "V5ShowSupportObjectTypeResponse", row)


# Batches that are created asynchronously ---------------------------------------------------


def make_batches(project):
    rows = []
    states = ("COMMIT_SUCCESS", "AUTO_PARAM_VALIDATE_SUCCESS", "ASYNC_JOB_VALIDATE_FAILED")
    for number in range(11):
        rows.append(Item({
            "async_job_id": uuid_of(project.id, "batch", number), "status": states[number % 3],
            "domain_name": "emulator-domain", "user_name": "emulator-user",
            "create_time": times.zulu(project.world.epoch - (number + 1) * 40000)},
            {"key": digest(project.id, "batch", number), "number": number, "jobs": []}))
    return Table("async_job_id", rows)


def batches(project):
    return project.table("drs.batches", make_batches)


def the_batch(call):
    row = batches(call.project).get(call.path["async_job_id"])
    if row is None:
        raise ApiError(400, "DRS.10000001", "Failed.")
    return row


@performs("drs.BatchCreateJobsAsync")
def create_batch(call):
    row = Item({"async_job_id": call.project.new_uuid(), "status": "ASYNC_JOB_VALIDATING",
                "domain_name": "emulator-domain", "user_name": "emulator-user",
                "create_time": times.zulu(call.now)},
               {"key": call.project.new_id(), "number": len(batches(call.project)),
                "jobs": [dict(job) for job in call.body["jobs"]]})
    for job in row.more["jobs"]:
        job["id"] = task_id(call.project.new_id(), 1)
    batches(call.project).prepend(row)
    later(call, lambda t: row.change(status="AUTO_PARAM_VALIDATE_SUCCESS"),
          lambda t: row.change(status="ASYNC_JOB_VALIDATE_FAILED"))
    return {"job": {"async_job_id": row.data["async_job_id"]}}


@performs("drs.ListAsyncJobs")
def list_batches(call):
    return call.page(call.filtered(batches(call.project).rows()))


@performs("drs.ListAsyncJobDetail")
def show_batch(call):
    row = the_batch(call)
    made = sampler(call.world, "drs")
    schema = made.resolve({"$ref": "#/components/schemas/V5ListAsyncJobDetailResponse"})
    item = schema["properties"]["jobs"]["items"]
    given = row.more["jobs"]
    rows = []
    for number in range(len(given) or 8):
        shown = made.value(item, digest(row.more["key"], number), number)
        base = given[number].get("base_info", {}) if given else {
            "name": f"DRS-batch-{row.more['number']}-{number}"}
        shown.update(id=given[number]["id"] if given else task_id(
            digest(row.more["key"], number), number), create_time=row.data["create_time"])
        overlay(shown.get("base_info", {}), base)
        rows.append(shown)
    return call.page(rows)


@performs("drs.UpdateBatchAsyncJobs")
def update_batch(call):
    row = the_batch(call)
    known = {job["id"]: job for job in row.more["jobs"]}
    results = []
    for entry in call.body["jobs"]:
        params = entry.get("params") or {}
        job = known.get(params.get("job_id"))
        if job is None:
            results.append({"id": params.get("job_id", ""), "name": "", "status": "Failed",
                            "error_code": NO_JOB[0], "error_msg": NO_JOB[1]})
            continue
        job.update({name: value for name, value in params.items() if name != "job_id"})
        results.append({"id": job["id"], "name": job.get("base_info", {}).get("name", ""),
                        "status": "Success"})
    return Reply(202, compact({"jobs": results}))


@performs("drs.CommitAsyncJob")
def commit_batch(call):
    row = the_batch(call)
    if row.data["status"] != "AUTO_PARAM_VALIDATE_SUCCESS":
        raise ApiError(400, "DRS.10000001", "Failed.")
    row.change(status="COMMIT_SUCCESS")
    for job in row.more["jobs"]:
        new_v5(call, job)
    return {"job": {"async_job_id": row.data["async_job_id"], "status": "COMMIT_SUCCESS",
                    "msg": ""}}


# v3 --------------------------------------------------------------------------------------


def v3_members(row):
    data = row.data
    return dict(data, db_use_type=data["kind"], create_time=str(data["created"] * 1000),
                job_action=actions(row), children=[], error_code="", error_message="",
                failed_reason="", billing_tag=False)


def each_asked(call, unknown):
    """The tasks of a batch question, in its order; unknown(id) for those that do not exist."""
    for wanted in call.body["jobs"]:
        row = tasks(call.project).get(wanted)
        yield (row, None) if row is not None else (None, unknown(wanted))


def batch_page(call, rows):
    """cur_page counts from 1; a per_page of 0 asks for everything."""
    page = call.body.get("page_req") or {}
    size = page.get("per_page", call.operation.pagination["default_limit"])
    number = page.get("cur_page") or 1
    chosen = rows if size == 0 else rows[(number - 1) * size:number * size]
    return {"results": chosen, "count": len(rows)}


def unknown_task(wanted):
    return {"id": wanted, "error_code": NO_JOB[0], "error_message": NO_JOB[1]}


@performs("drs.BatchListJobDetails")
def details_of_many(call):
    return batch_page(call, [
        failure or overlay(sampled(call, "V3QueryJobResp", row), v3_members(row))
        for row, failure in each_asked(call, unknown_task)])


@performs("drs.BatchListJobStatus")
def status_of_many(call):
    return batch_page(call, [failure or {"id": row.data["id"], "status": row.data["status"]}
                             for row, failure in each_asked(call, unknown_task)])


@performs("drs.BatchListProgresses")
def progress_of_many(call):
    rows = [failure or progress(row) for row, failure in each_asked(
        call, lambda wanted: {"job_id": wanted, "error_code": NO_JOB[0],
                              "error_msg": NO_JOB[1]})]
    return {"count": len(rows), "results": rows}


def progress(row):
    number = row.more["number"]
    whole = "COMPLETE" in row.data["status"] or row.data["status"].startswith("INCRE")
    return {"job_id": row.data["id"], "progress": "100%" if whole else f"{number * 7 % 100}%",
            "incre_trans_delay": str(number % 9) if whole else "",
            "incre_trans_delay_millis": str(number % 9 * 1000) if whole else "",
            "task_mode": row.data["task_type"], "transfer_status": row.data["status"],
            "process_time": str((row.data["created"] + 600) * 1000),
            "remaining_time": "0" if whole else str(number * 60),
            "progress_map": {"table_data": {"completed": "1", "remaining_time": "0"}}}


@performs("drs.BatchUpdateJob")
def modify_many(call):
    results = []
    for entry in call.body["jobs"]:
        row = tasks(call.project).get(entry["job_id"])
        if row is None:
            results.append({"id": entry["job_id"], "status": "failed",
                            "error_code": NO_JOB[0], "error_msg": NO_JOB[1]})
            continue
        row.change(**{name: entry[name] for name in ("name", "description", "tags", "task_type",
                                                     "engine_type", "net_type")
                      if entry.get(name) is not None})
        results.append({"id": entry["job_id"], "status": "success"})
    return {"count": len(results), "results": results}


@performs("drs.BatchCreateJobs")
def create_many(call):
    rows = [new_task(call, name=job["name"], kind=job["db_use_type"], **{
        name: job.get(name) for name in ("description", "engine_type", "net_type",
                                         "job_direction", "task_type", "tags",
                                         "charging_mode")}) for job in call.body["jobs"]]
    return {"results": [{"id": row.data["id"], "name": row.data["name"],
                         "status": row.data["status"],
                         "create_time": str(row.data["created"] * 1000)} for row in rows],
            "count": len(rows)}


@performs("drs.ShowJobList")
def list_v3(call):
    rows = matching(call, call.body, "db_use_type")
    limit, start = call.paging()
    shown = [overlay(sampled(call, "V3JobInfo", row), v3_members(row))
             for row in rows[start:start + limit]]
    return call.listing(shown, "jobs", "total_record", len(rows))


# Comparisons -----------------------------------------------------------------------------


@performs("drs.ListCompareResult")
def compare_results(call):
    row = find(call, call.body["job_id"])
    answer = sampled(call, "V3ListCompareResultResponse", row)
    made = sampler(call.world, "drs")
    rows = [dict(made.value({"$ref": "#/components/schemas/V3CompareTaskList"},
                            digest(row.more["key"], "compare", number), number),
                 compare_task_id=compare_id(row, number),
                 compare_type=COMPARE_KINDS[number % len(COMPARE_KINDS)])
            for number in range(COMPARE_TASKS)]
    limit, start = call.paging()
    answer.update(job_id=row.data["id"], error_code="", error_msg="")
    answer["compare_task_list_results"] = {
        "compare_task_list": rows[start:start + limit], "compare_task_list_count": len(rows)}
    for part, name in (("object_level_compare_results", "object_level_compare_id"),
                       ("line_compare_results", "line_compare_id"),
                       ("content_compare_results", "content_compare_id")):
        wanted = call.body.get(name)
        if not wanted:
            answer.pop(part, None)
        elif not is_comparison(row, wanted, name):
            answer[part] = {member: [] if isinstance(value, list) else 0 if isinstance(value, int)
                            else "" for member, value in answer[part].items()}
        else:
            answer[part].update(compare_task_id=wanted, error_code="", error_msg="")
    return answer


def content_rows(call, schema, count):
    row = find_path(call)
    made = sampler(call.world, "drs")
    answer = made.resolve({"$ref": f"#/components/schemas/{schema}"})
    item = made.resolve(answer["properties"]["content_compare_result_infos"])["items"]
    rows = []
    for number in range(count):
        data = made.value(item, digest(row.more["key"], call.path["compare_job_id"], number),
                          number)
        for name in ("source_db", "target_db"):
            if name in data:
                data[name] = f"db{number % 4}"
        for name in ("source_table_name", "target_table_name"):
            if name in data:
                data[name] = f"table_{number:03d}"
        rows.append(Item(data))
    return rows


def find_path(call):
    row = tasks(call.project).get(call.path["job_id"])
    if row is None:
        raise ApiError(400, "DRS.M00202", "The value of jobId is invalid.")
    return row


@performs("drs.ListContentCompareDetail")
def content_detail(call):
    rows = call.filtered(content_rows(call, "V3ListContentCompareDetailResponse", 27))
    if call.query.get("type") == "unCompare":
        rows = rows[:2]
    return call.page(rows)


@performs("drs.ListContentCompareOverview")
def content_overview(call):
    return call.page(content_rows(call, "V3ListContentCompareOverviewResponse", 9))


@collection("drs.tasks")
def state_tasks(project):
    return [dict(canonical(row.data, "data"), created=times.zulu(row.data["created"]))
            for row in tasks(project).rows()]


@collection("drs.batches")
def state_batches(project):
    return [canonical(row.data) for row in batches(project).rows()]
