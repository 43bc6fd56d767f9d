"""GaussDB: backups and their policy, restoring, the recycle bin, slow logs."""

from . import fleet, times
from .call import performs
from .gaussdb import accepted, find, instances, link, ordered, ready, run, the_instance
from .state import Item, digest, uuid_of


def backups(project):
    return project.table("backups", fleet.backups)


def find_backup(call, backup_id):
    item = backups(call.project).get(backup_id)
    if item is None:
        raise call.error("DBS.201010")
    return item


@performs("gaussdb.SetBackupPolicy")
def set_backup_policy(call):
    item = ready(call, the_instance(call))
    given = dict(call.body["backup_policy"])
    strategy = dict(item.data["backup_strategy"])
    for name in ("keep_days", "start_time"):
        if given.get(name) is not None:
            strategy[name] = given[name]
    item.more["policy"] = {**policy_of(item), **given}
    item.change(backup_strategy=strategy)
    return None


def policy_of(item):
    base = {"period": "1,2,3,4,5,6,7", "keep_days": item.data["backup_strategy"]["keep_days"],
            "start_time": item.data["backup_strategy"]["start_time"],
            "differential_period": 30, "rate_limit": 75, "prefetch_block": 64,
            "file_split_size": 4, "enable_standby_backup": False}
    policy = {**base, **item.more.get("policy", {})}
    policy["differential_period"] = int(policy["differential_period"])
    return policy


@performs("gaussdb.ShowBackupPolicy")
def show_backup_policy(call):
    return {"backup_policy": policy_of(the_instance(call))}


@performs("gaussdb.ListDbBackups")
def list_backups(call):
    query = call.query
    if query.get("backup_type") in ("Log_Xbsa", "xbsa"):
        if not query.get("instance_id"):
            raise call.error("DBS.280001")
        return call.page([])
    begin, end = query.get("begin_time"), query.get("end_time")
    if bool(begin) != bool(end):
        raise call.error("DBS.280416" if begin else "DBS.280001")
    rows = backups(call.project).rows()
    if query.get("backup_id"):
        found = backups(call.project).get(query["backup_id"])
        rows = [found] if found else []
    rows = call.filtered(rows, skip=("begin_time", "end_time"))
    if begin:
        low, high = times.parse(begin), times.parse(end)
        if low is None or high is None or high <= low:
            raise call.error("DBS.280416")
        rows = [row for row in rows if low <= row.more["epoch"] <= high]
    return call.page(rows)


@performs("gaussdb.CreateManualBackup")
def create_backup(call):
    project = call.project
    item = find(call, call.body["instance_id"])
    if item.data["status"] == "BACKING UP":
        raise call.error("DBS.201205")
    ready(call, item)
    name = call.body["name"]
    if any(row.data["name"] == name and row.data["instance_id"] == item.data["id"]
           for row in backups(project).rows()):
        raise call.error("DBS.201201")
    begin = int(call.now)
    data = {"id": project.new_id("br14"), "name": name,
            "description": call.body.get("description"), "status": "BUILDING", "size": 0.0,
            "type": "manual",
            "datastore": {"type": "GaussDB", "version": item.data["datastore"]["version"]},
            "begin_time": times.east(begin), "end_time": "", "instance_id": item.data["id"]}
    made = Item(data, {"epoch": begin})

    def done(t):
        made.change(status="COMPLETED", end_time=times.east(t),
                    size=round(200 + project.random.random() * 5000, 2))

    def failed(t):
        made.change(status="FAILED", end_time=times.east(t))

    backups(project).prepend(made)
    job = run(call, "BackupSnapshotGaussDBV5InInstance", item, "BACKING UP", done, failed, uuid=True)
    shown = {key: data[key] for key in ("id", "name", "description", "status", "type",
                                        "begin_time", "instance_id")}
    return {"backup": shown, "job_id": job.id}


@performs("gaussdb.DeleteManualBackup")
def delete_backup(call):
    item = find_backup(call, call.path["backup_id"])
    if item.data["type"] != "manual":
        raise call.error("DBS.201218")
    if item.data["status"] == "BUILDING":
        raise call.error("DBS.201208")
    backups(call.project).remove(item.data["id"])
    return {"backup_id": item.data["id"], "backup_name": item.data["name"]}


@performs("gaussdb.DownloadBackup")
def download_backup(call):
    item = find_backup(call, call.query["backup_id"])
    if item.data["status"] != "COMPLETED":
        raise call.error("DBS.301024")
    key = item.data["id"]
    expires = times.zulu(call.now + fleet.DAY).replace("Z", "+0000")
    return {"files": [{"name": f"{key}.{number}", "size": int(item.data["size"] * 512) + number,
                       "download_link": link(call, key, number), "link_expired_time": expires}
                      for number in range(2)],
            "bucket": f"rdsbucket.{call.project.name}.1"}


# Restoring -------------------------------------------------------------------------------


@performs("gaussdb.ListRestoreTimes")
def list_restore_times(call):
    item = the_instance(call)
    midnight = times.parse(f"{call.query['date']}T00:00:00Z")
    if midnight is None:
        raise call.error("DBS.280001")
    keep = item.data["backup_strategy"]["keep_days"] * fleet.DAY
    if not call.now - keep - fleet.DAY <= midnight <= call.now:
        return {"restore_time": []}
    noon = midnight + 43200
    ranges = [(midnight + 311, noon - 900), (noon, min(midnight + 86399, int(call.now)))]
    return {"restore_time": [{"start_time": start * 1000, "end_time": end * 1000}
                             for start, end in ranges if end > start]}


@performs("gaussdb.ListRestorableInstances")
def list_restorable(call):
    source = find(call, call.query["source_instance_id"])
    if call.query.get("backup_id"):
        find_backup(call, call.query["backup_id"])
    rows = [restorable(item) for item in instances(call.project).rows()
            if item.data["type"] == source.data["type"]
            and item.data["datastore"]["version"] == source.data["datastore"]["version"]
            and item.data["volume"]["size"] >= source.data["volume"]["size"]]
    return call.page(rows)


def restorable(item):
    version = item.data["datastore"]["version"]
    return {"instance_name": item.data["name"], "instance_id": item.data["id"],
            "volume_type": item.data["volume"]["type"],
            "data_volume_size": item.data["volume"]["size"],
            "version": float(version),
            "mode": "Independent" if item.data["type"] == "Enterprise" else "Ha",
            "instance_mode": "enterprise"}


@performs("gaussdb.ShowInstanceSnapshot")
def show_snapshot(call):
    query = call.query
    if query.get("backup_id"):
        item = find(call, find_backup(call, query["backup_id"]).data["instance_id"])
    elif query.get("instance_id") and query.get("restore_time"):
        item = find(call, query["instance_id"])
    else:
        raise call.error("DBS.280001")
    distributed = item.data["type"] == "Enterprise"
    return {"cluster_mode": "Independent" if distributed else "Ha",
            "instance_mode": "enterprise",
            "data_volume_size": str(item.data["volume"]["size"]),
            "solution": "" if distributed else "triset", "node_num": len(item.data["nodes"]),
            "coordinator_num": 3 if distributed else 0, "sharding_num": 3 if distributed else 1,
            "replica_num": item.data["replica_num"],
            "engine_version": item.data["datastore"].get("complete_version", "2.2.90")}


# The recycle bin -------------------------------------------------------------------------


@performs("gaussdb.SetRecyclePolicy")
def set_recycle_policy(call):
    days = call.body["recycle_policy"].get("retention_period_in_days")
    call.project.made["recycle_days"] = str(days)
    return {}


@performs("gaussdb.ShowRecyclePolicy")
def show_recycle_policy(call):
    return {"retention_period_in_days": call.project.once("recycle_days", lambda: "7")}


@performs("gaussdb.ListRecycleInstances")
def list_recycled(call):
    return call.page(call.filtered(call.project.table("recycle", fleet.recycle_bin).rows()))


# Slow logs -------------------------------------------------------------------------------


@performs("gaussdb.CreateSlowLogDownload")
def create_slow_log(call):
    """The first request answers with an empty list, as the reference says."""
    item = ready(call, the_instance(call))
    first = "slow_logs" not in item.more
    if first or all(entry["status"] != "EXPORTING" for entry in item.more["slow_logs"]):
        workflow = uuid_of(item.data["id"], call.now)
        item.more["slow_logs"] = [slow_log(call, item, node, workflow)
                                  for node in item.data["nodes"][:3]]
        run(call, "ExportGaussDBV5SlowLog", item, None,
            lambda t: exported(item.more["slow_logs"], "success", t),
            lambda t: exported(item.more["slow_logs"], "failed", t))
    return {"list": [] if first else item.more["slow_logs"]}


def slow_log(call, item, node, workflow):
    now = int(call.now * 1000)
    name = f"{digest(node['id'], now)}_slowlog_download__{node['id']}"
    return {"id": uuid_of(node["id"], now), "instance_id": item.data["id"],
            "node_id": node["id"], "workflow_id": workflow, "file_name": name,
            "file_size": "719.0", "file_link": "", "bucket_name": None, "created_at": now,
            "updated_at": now, "version": None, "status": "EXPORTING", "message": None}


def exported(entries, status, t):
    for entry in entries:
        entry["status"] = status
        entry["updated_at"] = int(t * 1000)
        if status == "success":
            entry["file_link"] = f"https://obs.example.com/{entry['file_name']}"


@performs("gaussdb.ShowSlowLogDownload")
def show_slow_log(call):
    return {"list": the_instance(call).more.get("slow_logs", [])}


@performs("gaussdb.UpgradeInstanceVersion")
def upgrade_instance(call):
    item = the_instance(call)
    body = call.body
    action = body.get("upgrade_action", "upgradeAutoCommit")
    observed = item.data["status"] == "UPGRADE TO BE OBSERVED"
    if body["upgrade_type"] in ("grey", "hotfix") and "upgrade_action" not in body:
        raise call.error("DBS.280001")
    if action in ("commit", "rollback") and body["upgrade_type"] == "grey":
        if not observed:
            raise call.error("DBS.280406")
    elif observed:
        raise call.error("DBS.280406")
    else:
        ready(call, item)
    target = body.get("target_version") or item.more.get("target")

    def done(t):
        if body["upgrade_type"] == "grey" and action == "upgrade":
            item.more["target"] = target
            item.change(status="UPGRADE TO BE OBSERVED")
            return
        item.change(status="ACTIVE")
        if action == "rollback" or not target:
            return
        datastore = dict(item.data["datastore"])
        if body["upgrade_type"] == "hotfix":
            datastore["hotfix_versions"] = target
        else:
            short = target.removeprefix("V2.0-")
            datastore.update(version=".".join(short.split(".")[:2]), complete_version=short)
        item.change(datastore=datastore)

    return ordered(item, run(call, "UpgradeGaussDBV5Instance", item, "UPGRADING", done))
