"""GaussDB(DWS): clusters and snapshots.

There are no jobs: a cluster tells in task_status what is being done to it, and in
action_progress how far that is.
"""

import re

from . import fleet, times
from .call import performs
from .canonical import canonical, collection
from .deviations import GONE
from .errors import ApiError, ordinary
from .state import Item, Table, digest, uuid_of

NODE_TYPES = (("dws.d1.xlarge", 4, 32), ("dws.d1.xlarge.ultrahigh", 4, 32),
              ("dws.d1.4xlarge", 16, 128), ("dws.d1.8xlarge", 32, 256),
              ("dws.m1.xlarge.ultrahigh", 4, 32), ("dws.m3.4xlarge", 16, 128))
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")
ADDRESS = "jdbc:postgresql://{}/<YOUR_DATABASE_name>"
# Tasks whose progress action_progress shows.
COUNTED = {"GROWING", "RESTORING", "SNAPSHOTTING", "REPAIRING", "CREATING"}
# Tasks that task_status names; the others are seen in status or action_progress only.
NAMED = {"RESTORING", "SNAPSHOTTING", "GROWING", "REBOOTING"}
QUIET = (None, None, None, None, "RESIZE_FAILURE", None, None, "REBOOT_FAILURE")
FAILED_TASK = {"REBOOTING": "REBOOT_FAILURE", "GROWING": "RESIZE_FAILURE"}


def endpoints(host, port):
    return [{"connect_info": f"{host}:{port}", "jdbc_url": ADDRESS.format(f"{host}:{port}")}]


def public_endpoints(host, port):
    return [{"public_connect_info": f"{host}:{port}",
             "jdbc_url": ADDRESS.format(f"{host}:{port}")}]


def cluster(project, key, name, t, **members):
    number = int(key[:4], 16)
    port = members.get("port", 8000)
    data = {"id": uuid_of(key), "status": "AVAILABLE", "sub_status": "NORMAL",
            "task_status": None, "action_progress": None,
            "node_type": NODE_TYPES[number % len(NODE_TYPES)][0],
            "subnet_id": fleet.subnet_of(project, number % 6, 0),
            "security_group_id": uuid_of(key, "sg"), "number_of_node": 3,
            "availability_zone": f"{project.name}a", "port": port, "name": name,
            "version": ("1.1.0", "1.2.0", "8.1.3")[number % 3],
            "vpc_id": fleet.vpc_of(project, number % 6), "user_name": "dbadmin",
            "public_ip": {"public_bind_type": "auto_assign", "eip_id": uuid_of(key, "eip"),
                          "ip_type": "5_bgp", "eip_address": f"10.0.{number % 256}.8",
                          "band_width": 5, "status": "ACTIVE", "error_message": None},
            "enterprise_project_id": "0", "nodes": [
                {"id": uuid_of(key, "node", each), "status": "200", "name": f"{name}-{each}"}
                for each in range(members.get("number_of_node", 3))],
            "public_endpoints": public_endpoints(f"10.0.{number % 256}.8", port),
            "endpoints": endpoints(f"192.168.{number % 256}.12", port),
            "updated": times.zulu(t), "created": times.zulu(t), "recent_event": number % 9,
            "tags": []}
    data.update(members)
    return Item(data, {"epoch": t, "number": number, "task": None})


def make_clusters(project):
    rows = []
    for number in range(max(6, min(60, project.world.fleet // 5))):
        chance = fleet.rng(project, "dws", number)
        t = project.world.epoch - chance.randrange(10, 900) * fleet.DAY
        name = f"dws-{fleet.WORDS[number % len(fleet.WORDS)]}-{fleet.stage_of(number)}-{number:02d}"
        row = cluster(project, digest(project.world.seed, project.id, "dws", number), name, t,
                      number_of_node=3 + number % 4 * 3)
        row.data["task_status"] = QUIET[number % len(QUIET)]
        row.data["status"] = "UNAVAILABLE" if number % 11 == 9 else "AVAILABLE"
        row.data["sub_status"] = "READONLY" if number % 6 == 5 else "NORMAL"
        row.data["tags"] = [{"key": "team", "value": fleet.TEAMS[number % len(fleet.TEAMS)]}] \
            if number % 3 else []
        if number % 5 == 4:     # an observed form: no zone
            row.data["updated"] = row.data["updated"].rstrip("Z")
            row.data["created"] = row.data["created"].rstrip("Z")
        rows.append(row)
    return Table("id", rows)


def clusters(project):
    return project.table("dws.clusters", make_clusters)


def make_snapshots(project):
    rows = []
    for number, row in enumerate(clusters(project).rows()):
        for night in range(number % 4):
            begin = project.world.epoch - (night + 1) * fleet.DAY - number * 60
            kind = "MANUAL" if (number + night) % 3 == 0 else "AUTOMATED"
            key = digest(row.data["id"], night)
            rows.append(Item({
                "id": uuid_of(key), "name": f"snapshot-{number:02d}-{night}",
                "description": fleet.BACKUP_TEXTS[(number + night) % 12] or "",
                "started": times.zulu(begin), "finished": times.zulu(begin + 300 + number),
                "size": 100 + number * 17.5, "status":
                "UNAVAILABLE" if (number + night) % 13 == 12 else "AVAILABLE", "type": kind,
                "cluster_id": row.data["id"], **more_of_snapshot(row, key, begin)}))
    return Table("id", rows)


def more_of_snapshot(row, key, begin):
    """What the reference does not tell of a snapshot."""
    return {"cluster_name": row.data["name"], "cluster_status": row.data["status"],
            "cluster_task_status": row.data["task_status"],
            "datastore": {"type": "dws", "version": row.data["version"]},
            "updated": times.zulu(begin + 900), "bak_expected_start_time": times.zulu(begin),
            "bak_keep_day": 7, "bak_period": "", "db_user": "dbadmin", "progress": "100%",
            "backup_key": key[:16], "prior_backup_key": "FULL", "base_backup_key": key[:16],
            "base_backup_name": "", "backup_device": "OBS", "total_backup_size": 1 << 33,
            "support_inplace_restore": True, "fine_grained_backup": False,
            "backup_level": "cluster", "fine_grained_backup_detail": None,
            "guest_agent_version": "8.2.1", "support_fine_grained_cross_version_restore": False,
            "support_fine_grained_asymmetric_restore": False}


def snapshots(project):
    return project.table("dws.snapshots", make_snapshots)


def refusal(code):
    status, _, message = GONE[code]
    return ApiError(status, code, message)


def gone(call, cluster_id):
    """What is no ID at all, what was deleted, and what never was."""
    if not UUID.match(cluster_id):
        return refusal("DWS.0001")
    return refusal("DWS.3027" if cluster_id in call.project.once("dws.deleted", set)
                   else "DWS.0015")


def the_cluster(call, idle=False):
    row = clusters(call.project).get(call.path["cluster_id"])
    if row is None:
        raise gone(call, call.path["cluster_id"])
    return free(call, row) if idle else row


def free(call, row):
    if row.more["task"]:
        raise ApiError(409, "DWS.5001", "Another operation is being performed on the cluster.")
    return row


def task(call, row, name, done=None, failed=None):
    """The cluster is busy with something until a job's time is over."""
    project = call.project
    reason = project.world.fail_next.pop(0) if project.world.fail_next else None
    row.more["task"] = (name, call.now)
    row.change(task_status=name if name in NAMED else None)

    def end(t):
        row.more["task"] = None
        row.change(task_status=FAILED_TASK.get(name) if reason is not None else None,
                   action_progress=None, updated=times.zulu(t))
        if reason is not None:
            row.change(failed_reasons={"error_code": "DWS.6000", "error_msg": reason})
            if failed:
                failed(t)
        elif done:
            done(t)

    project.at(call.now + project.world.job_seconds, end)


def with_progress(call, row):
    """What is counted, as it stands now."""
    if row.more["task"] and row.more["task"][0] in COUNTED:
        name, begun = row.more["task"]
        share = (call.now - begun) / max(call.world.job_seconds, 1e-6)
        row.change(action_progress={name: f"{max(0, min(99, int(share * 100)))}%"})
    return row


@performs("dws.ListClusters")
def list_clusters(call):
    rows = [with_progress(call, row) for row in clusters(call.project).rows()]
    return call.listing(rows, "clusters", "count", len(rows))


@performs("dws.ListClusterDetails")
def show_cluster(call):
    row = with_progress(call, the_cluster(call))
    number = row.more["number"]
    host = row.data["endpoints"][0]["connect_info"].split(":")[0]
    resize = row.more.get("resize")
    detail = dict(row.data, order_id="", cluster_description_info="",
                  cluster_timezone="Asia/Shanghai", datastore_type="dws", elb=None if number % 2
                  else {"id": uuid_of(row.data["id"], "elb"), "name": f"elb-{number}",
                        "private_ip": host, "private_endpoint": f"{host}:{row.data['port']}",
                        "public_ip": None, "vpc_id": row.data["vpc_id"], "private_ip_v6": ""},
                  node_type_id=uuid_of(row.data["node_type"]),
                  private_ip=[host, host[:-1] + "3"],
                  maintain_window={"day": ("Mon", "Wed", "Sat")[number % 3],
                                   "start_time": "22:00", "end_time": "02:00"},
                  parameter_group={"id": uuid_of(row.data["id"], "parameters"),
                                   "name": "Default-Parameter-Group-dws ",
                                   "status": "In-Sync"})
    if resize:
        detail["resize_info"] = resize
    return {"cluster": detail}


def new_cluster(call, body, source=None):
    project = call.project
    taken = any(row.data["name"] == body["name"] for row in clusters(project).rows())
    if taken:
        raise ApiError(400, "DWS.5012", "The cluster name already exists.")
    members = {name: body[name] for name in (
        "node_type", "number_of_node", "subnet_id", "security_group_id", "vpc_id",
        "availability_zone", "port", "user_name", "public_ip") if body.get(name) is not None}
    if source is not None:
        members = {**{name: source.data[name] for name in (
            "node_type", "number_of_node", "subnet_id", "security_group_id", "vpc_id",
            "availability_zone", "user_name")}, **members}
    row = cluster(project, project.new_id(), body["name"], call.now, status="CREATING",
                  **members)
    clusters(project).append(row)
    task(call, row, "RESTORING" if source is not None else "CREATING",
         lambda t: row.change(status="AVAILABLE"),
         lambda t: row.change(status="CREATION FAILED"))
    return {"cluster": {"id": row.data["id"]}}


@performs("dws.CreateCluster")
def create_cluster(call):
    body = call.body["cluster"]
    if body["node_type"] not in {name for name, _, _ in NODE_TYPES}:
        raise call.invalid("node_type")
    return new_cluster(call, body)


@performs("dws.DeleteCluster")
def delete_cluster(call):
    row = the_cluster(call, idle=True)
    keep = call.body["keep_last_manual_snapshot"]
    row.change(status="UNAVAILABLE")

    def done(t):
        clusters(call.project).remove(row.data["id"])
        call.project.once("dws.deleted", set).add(row.data["id"])
        mine = [each for each in snapshots(call.project).rows()
                if each.data["cluster_id"] == row.data["id"]]
        manual = [each for each in mine if each.data["type"] == "MANUAL"]
        kept = sorted(manual, key=lambda each: each.data["started"], reverse=True)[:keep]
        for each in mine:
            if each not in kept:
                snapshots(call.project).remove(each.data["id"])

    task(call, row, "DELETING", done, lambda t: row.change(status="AVAILABLE"))


@performs("dws.ListNodeTypes")
def list_node_types(call):
    zones = [{"code": f"{call.project.name}{letter}", "status": "normal"} for letter in "ab"]
    return {"count": len(NODE_TYPES), "node_types": [
        {"spec_name": name, "id": uuid_of(name), "detail": [
            {"type": "vCPU", "value": str(vcpu)},
            {"type": "mem", "value": str(memory), "unit": "GB"},
            {"type": "SSD", "value": str(memory * 5), "unit": "GB"}],
         "datastore_type": "dws", "architecture": "x86", "vcpus": vcpu, "ram": memory,
         "volume": {"type": "SSD", "size": memory * 5}, "elastic_volume_specs": None,
         "available_zones": zones, "datastores": [
             {"version": "8.1.3", "role": "STABLE", "attachments": {"min_cn": 2, "max_cn": 20}}]}
        for name, vcpu, memory in NODE_TYPES]}


@performs("dws.RestartCluster")
def restart_cluster(call):
    task(call, the_cluster(call, idle=True), "REBOOTING")


@performs("dws.ResizeCluster")
def resize_cluster(call):
    row = the_cluster(call, idle=True)
    count = (call.body.get("scale_out") or {}).get("count")
    if count is None:
        raise call.invalid("scale_out")
    have = row.data["number_of_node"]
    row.more["resize"] = {"target_node_num": str(have + count), "origin_node_num": str(have),
                          "resize_status": "GROWING", "start_time": times.zulu(call.now)}

    def done(t):
        row.more["resize"] = None
        row.change(number_of_node=have + count, nodes=row.data["nodes"] + [
            {"id": uuid_of(row.data["id"], "node", each), "status": "200",
             "name": f"{row.data['name']}-{each}"} for each in range(have, have + count)])

    def failed(t):
        row.more["resize"]["resize_status"] = "RESIZE_FAILURE"

    task(call, row, "GROWING", done, failed)


@performs("dws.ResetPassword")
def reset_password(call):
    row = the_cluster(call)
    if row.more.get("password") == call.body["new_password"]:
        raise ApiError(400, "DWS.5030", "The new password must differ from the old one.")
    row.more["password"] = call.body["new_password"]


# Snapshots -------------------------------------------------------------------------------


@performs("dws.CreateSnapshot")
def create_snapshot(call):
    body = call.body["snapshot"]
    row = clusters(call.project).get(body["cluster_id"])
    if row is None:
        raise call.missing(body["cluster_id"])
    free(call, row)
    made = Item({"id": call.project.new_uuid(), "name": body["name"],
                 "description": body.get("description", ""), "started": times.zulu(call.now),
                 "finished": "", "size": 0, "status": "CREATING", "type": "MANUAL",
                 "cluster_id": row.data["id"],
                 **more_of_snapshot(row, digest(call.now), call.now)})
    snapshots(call.project).prepend(made)
    task(call, row, "SNAPSHOTTING",
         lambda t: made.change(status="AVAILABLE", finished=times.zulu(t), size=500),
         lambda t: made.change(status="UNAVAILABLE", finished=times.zulu(t)))
    return {"snapshot": {"id": made.data["id"]}}


@performs("dws.ListSnapshots")
def list_snapshots(call):
    rows = snapshots(call.project).rows()
    return call.listing(rows, "snapshots", "count", len(rows))


def the_snapshot(call):
    row = snapshots(call.project).get(call.path["snapshot_id"])
    if row is None:
        raise refusal("DWS.5149" if UUID.match(call.path["snapshot_id"]) else "DWS.0001")
    return row


@performs("dws.ListSnapshotDetails")
def show_snapshot(call):
    return {"snapshot": the_snapshot(call).data}


@performs("dws.DeleteSnapshot")
def delete_snapshot(call):
    row = the_snapshot(call)
    if row.data["type"] != "MANUAL":
        raise ordinary("dws", "forbidden")
    snapshots(call.project).remove(row.data["id"])


@performs("dws.RestoreCluster")
def restore_cluster(call):
    row = the_snapshot(call)
    if row.data["status"] != "AVAILABLE":
        raise ApiError(400, "DWS.5040", "The snapshot is not available.")
    source = clusters(call.project).get(row.data["cluster_id"])
    if source is None:
        source = cluster(call.project, digest(row.data["id"]), "", call.now)
    return new_cluster(call, call.body["restore"], source)


@collection("dws.clusters")
def state_clusters(project):
    return [canonical(row.data) for row in clusters(project).rows()]


@collection("dws.snapshots")
def state_snapshots(project):
    return [canonical(row.data) for row in snapshots(project).rows()]
