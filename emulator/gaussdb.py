"""GaussDB: instances, what can be done to them, and the jobs that do it."""

from . import fleet, times
from .call import performs
from .state import Item, digest, uuid_of

# Statuses in which something is under way already, and what the API says then.
BUSY = {"BUILD", "MODIFYING", "EXPANDING", "REBOOTING", "UPGRADING", "RESTORING", "SWITCHOVER",
        "MIGRATING", "BACKING UP"}


def instances(project):
    return project.table("instances", fleet.instances)


def jobs(project):
    return project.once("jobs", lambda: fleet.jobs(project))


def find(call, instance_id):
    item = instances(call.project).get(instance_id)
    if item is None:
        raise call.error("DBS.280022")
    return item


def the_instance(call):
    """The instance that the path names."""
    return find(call, call.path["instance_id"])


def ready(call, item, abnormal=False):
    """Refuses where the status of the instance does not allow the operation."""
    status = item.data["status"]
    if status in BUSY:
        raise call.error("DBS.200011")
    if status == "FROZEN":
        raise call.error("DBS.280449")
    if status == "FAILED" and not abnormal:
        raise call.error("DBS.280011")
    return item


def run(call, name, item, meanwhile=None, done=None, failed=None, uuid=False):
    """
    Start a job on an instance.  It shows the status "meanwhile" until the job ends, and then
    the one that it had; done(t) is carried out before that.
    """
    before = item.data["status"] if item else None
    if meanwhile:
        item.change(status=meanwhile)

    def settle(outcome):
        def end(t):
            if meanwhile and item.data["status"] == meanwhile:
                item.change(status=before)
            if item is not None:
                item.change(updated=times.spaced_utc(t))
            if outcome is not None:
                outcome(t)
        return end

    return call.project.start_job(jobs(call.project), name, item, settle(done), settle(failed),
                                  uuid)


def accepted(job):
    return {"job_id": job.id}


def ordered(item, job):
    """A yearly/monthly instance answers with the order alone."""
    if item.data["charge_info"]["charge_mode"] == "prePaid":
        return {"order_id": order_of(job)}
    return accepted(job)


def order_of(job):
    return f"CS{digest(job.id)[:12].upper()}"


# Versions, engines, flavors --------------------------------------------------------------


@performs("gaussdb.ListApiVersions")
def list_api_versions(call):
    return {"versions": [api_version("v3", "CURRENT"), api_version("v3.1", "CURRENT"),
                         api_version("v1", "DEPRECATED")]}


def api_version(name, status):
    return {"id": name, "links": [], "status": status, "version": "", "min_version": "",
            "updated": "2017-02-07T17:34:02Z"}


@performs("gaussdb.ShowApiVersion")
def show_api_version(call):
    name = call.path["version"]
    if name not in ("v1", "v3", "v3.1"):
        raise call.error("DBS.200355")
    return {"version": api_version(name, "DEPRECATED" if name == "v1" else "CURRENT")}


@performs("gaussdb.ListDatastores")
def list_datastores(call):
    return {"versions": [version for version, _ in fleet.VERSIONS]}


@performs("gaussdb.ListGaussDbDatastores")
def list_engines(call):
    versions = [version for version, _ in fleet.VERSIONS]
    return {"datastores": [{"instance_mode": "ha", "supported_versions": versions[1:]},
                           {"instance_mode": "independent", "supported_versions": versions},
                           {"instance_mode": "combined", "supported_versions": versions[:2]}]}


def flavor_rows():
    rows = []
    for version, _ in fleet.VERSIONS:
        for code, vcpus, ram in fleet.FLAVORS:
            for mode, suffix in (("enterprise", ".in"), ("centralization_standard", ".ha")):
                number = len(rows)
                state = "sellout" if number % 10 == 7 else "normal"
                rows.append(Item({
                    "vcpus": str(vcpus), "ram": str(ram),
                    "availability_zone": list(fleet.ZONES), "version": version,
                    "name": "GaussDB", "spec_code": code.replace(".in", suffix),
                    "az_status": {zone: state if zone == "az3xahz" else "normal"
                                  for zone in fleet.ZONES},
                    "group_type": ("normal", "normal2", "armFlavors")[number % 3]},
                    {"mode": mode}))
    return rows


@performs("gaussdb.ListDbFlavors")
def list_flavors(call):
    rows = call.filtered(call.project.once("flavors", flavor_rows), skip=("ha_mode",))
    mode = call.query.get("ha_mode")
    return call.page([row for row in rows if not mode or row.more["mode"] == mode])


@performs("gaussdb.ListAvailableFlavors")
def list_available_flavors(call):
    info = the_instance(call).data["flavor_info"]
    suffix = ".in" if the_instance(call).data["type"] == "Enterprise" else ".ha"
    rows = [{"spec_cpde": code.replace(".in", suffix), "vcpus": str(vcpus), "ram": str(ram),
             "az_status": [{zone: "normal"} for zone in fleet.ZONES]}
            for code, vcpus, ram in fleet.FLAVORS
            if vcpus >= info["vcpu"] and ram >= info["mem"]
            and (vcpus, ram) != (info["vcpu"], info["mem"])]
    return call.page(rows)


@performs("gaussdb.ShowInstanceDisk")
def show_disk(call):
    item = the_instance(call)
    size = item.data["volume"]["size"]
    share = fleet.disk_share(item.data["id"], item.data["status"])
    used = size * share
    return {"used": f"{used:.1f}" if share > 0.23 else str(int(used)), "total": f"{size}.0"}


@performs("gaussdb.ListStorageTypes")
def list_storage_types(call):
    zones = {zone: "normal" for zone in fleet.ZONES}
    if not version_known(call.query.get("version")):
        return {"storage_type": []}
    return {"storage_type": [
        {"name": "ULTRAHIGH", "az_status": zones,
         "support_compute_group_type": ["normal", "normal2", "armFlavors"]},
        {"name": "ESSD", "az_status": dict(zones, az3xahz="unsupported"),
         "support_compute_group_type": ["normal"]}]}


# Instances -------------------------------------------------------------------------------


def chosen(call):
    rows = instances(call.project).rows()
    wanted = call.query.get("id")
    if wanted and not wanted.startswith("*"):
        item = instances(call.project).get(wanted)
        rows = [item] if item else []
    for name in ("id", "name"):
        if call.query.get(name) == "*":
            raise call.error("DBS.280001")
    rows = call.filtered(rows, skip=("tags",))
    if call.query.get("tags"):
        rows = tagged(call, rows)
    return rows


def tagged(call, rows):
    pairs = [pair.split("=", 1) for pair in call.query["tags"].split(",")]
    if len(pairs) > 10 or any(len(pair) != 2 or not pair[0] for pair in pairs):
        raise call.error("DBS.280001")

    def has(row):
        tags = row.more["tags"]
        return all(key in tags and (not value or tags[key] == value) for key, value in pairs)

    return [row for row in rows if has(row)]


@performs("gaussdb.ListInstancesDetails", "gaussdb.ListInstances")
def list_instances(call):
    return call.page(chosen(call))


def new_instance(call, body, kind, version, mode):
    """An instance that is being built, as an Item, and the job that builds it."""
    project = call.project
    item = fleet.instance(project, project.world.fleet + 1000 + len(instances(project)))
    key = project.new_id()
    volume = dict(body["volume"], size=int(body["volume"]["size"]))
    zones = body["availability_zone"].split(",")
    network = f"10.0.{len(instances(project)) % 250}"

    def address(number):
        return f"{network}.{number + 2}"

    nodes = fleet.nodes_of(key, body["name"], kind, zones, "ACTIVE", address)
    built = {"nodes": nodes,
             "private_ips": [" / ".join(n["private_ip"] for n in nodes if "private_ip" in n)]}
    item.more.clear()
    item.more.update(epoch=call.now, tags={})
    for name in ("public_ips", "disk_encryption_id", "tags"):
        item.data.pop(name, None)
    item.change(
        id=f"{key}in14", name=body["name"], status="BUILD", type=kind,
        port=int(body.get("port") or 8000), region=body.get("region", project.name),
        ha={name: value for name, value in (body.get("ha") or {}).items() if name != "mode"},
        datastore={"type": "GaussDB", "version": version}, volume=volume,
        created=times.spaced_utc(call.now), updated="", nodes=[], private_ips=[""],
        vpc_id=body["vpc_id"], subnet_id=body["subnet_id"],
        security_group_id=body.get("security_group_id", ""), flavor_ref=body["flavor_ref"],
        backup_strategy=body.get("backup_strategy", {"start_time": "19:00-20:00",
                                                     "keep_days": 7}),
        charge_info={"charge_mode": (body.get("charge_info") or {}).get("charge_mode",
                                                                        "postPaid")},
        replica_num=int(body.get("replica_num", 3)), time_zone=body.get("time_zone", "UTC+08:00"),
        enterprise_project_id=body.get("enterprise_project_id") or "0")
    if body.get("disk_encryption_id"):
        item.change(disk_encryption_id=body["disk_encryption_id"])

    def done(t):
        item.change(status="ACTIVE", updated=times.spaced_utc(t), **built)

    def failed(t):
        item.change(status="FAILED", updated=times.spaced_utc(t))

    instances(project).append(item)
    name = "CloneGaussDBV5NewInstance" if "restore_point" in body else "CreateGaussDBV5Instance"
    job = project.start_job(jobs(project), name, item, done, failed)
    shown = {"id": item.data["id"], "name": item.data["name"], "status": "BUILD",
             "datastore": {"type": "GaussDB", "version": version},
             "ha": dict(body.get("ha") or {"replication_mode": "sync", "consistency": "strong"},
                        mode=mode),
             "volume": volume, "replica_num": item.data["replica_num"],
             "port": str(item.data["port"]), "region": item.data["region"],
             "backup_strategy": item.data["backup_strategy"],
             "enterprise_project_id": item.data["enterprise_project_id"],
             "flavor_ref": body["flavor_ref"], "availability_zone": body["availability_zone"],
             "vpc_id": body["vpc_id"], "subnet_id": body["subnet_id"],
             "security_group_id": item.data["security_group_id"],
             "charge_info": body.get("charge_info") or {"charge_mode": "postPaid"}}
    return shown, job


def check_new(call, body, version):
    """What the schema of a new instance cannot say."""
    if len(instances(call.project)) >= quota(call.project):
        raise call.error("DBS.200046")
    if not version_known(version):
        raise call.error("DBS.280236")
    if len(body["availability_zone"].split(",")) not in (1, 2, 3):
        raise call.error("DBS.280285")


def version_known(version):
    return any(version in (short, complete) for short, complete in fleet.VERSIONS)


def quota(project):
    return max(50, project.world.fleet + 50)


@performs("gaussdb.CreateDbInstance")
def create_instance(call):
    body = call.body
    version = body["datastore"].get("version", fleet.VERSIONS[-1][0])
    check_new(call, body, version)
    mode = body["ha"]["mode"]
    kind = "Centralization_standard" if mode.lower() == "centralization_standard" \
        else "Enterprise"
    shown, job = new_instance(call, body, kind, version, mode)
    answer = {"instance": shown, "job_id": job.id}
    if (body.get("charge_info") or {}).get("charge_mode") == "prePaid":
        answer["order_id"] = order_of(job)
    return answer


@performs("gaussdb.CreateRestoreInstanceOrCreateInstance")
def create_or_restore(call):
    body = call.body
    if "restore_point" not in body:
        version = body["datastore"].get("version", fleet.VERSIONS[-1][0])
        check_new(call, body, version)
        mode = body["ha"]["mode"]
        kind = "Centralization_standard" if mode.lower() == "centralization_standard" \
            else "Enterprise"
    else:
        source = restore_source(call, body["restore_point"])
        kind, version = source.data["type"], source.data["datastore"]["version"]
        mode = "enterprise" if kind == "Enterprise" else "centralization_standard"
        if int(body["volume"]["size"]) < source.data["volume"]["size"]:
            raise call.error("DBS.280311")
    shown, job = new_instance(call, body, kind, version, mode)
    return {"instance": shown, "job_id": job.id}


def restore_source(call, point):
    """The instance that a backup is of, in the list or in the recycle bin."""
    backups = call.project.table("backups", fleet.backups)
    if point.get("backup_id"):
        backup = backups.get(point["backup_id"])
        if backup is not None:
            if backup.data["status"] != "COMPLETED":
                raise call.error("DBS.301024")
            return find(call, backup.data["instance_id"])
        for row in call.project.table("recycle", fleet.recycle_bin).rows():
            if row.data["recycle_backup_id"] == point["backup_id"]:
                return row.more["instance"]
        raise call.error("DBS.201010")
    return find(call, point.get("instance_id", ""))


@performs("gaussdb.DeleteInstance")
def delete_instance(call):
    item = ready(call, the_instance(call), abnormal=True)
    project = call.project

    def done(t):
        instances(project).remove(item.data["id"])
        project.table("recycle", fleet.recycle_bin).prepend(
            fleet.recycled(item, t, f"{project.new_id()}br14"))
        job.instance = None

    job = run(call, "DeleteGaussDBV5Instance", item, "DELETING", done, uuid=True)
    return ordered(item, job)


@performs("gaussdb.ResetPwd")
def reset_password(call):
    item = ready(call, the_instance(call))
    password = call.body["password"]
    if weak(password):
        raise call.error("DBS.280203")
    if item.more.get("password") == password:
        raise call.error("DBS.200475")
    item.more["password"] = password
    return {}


def weak(password):
    kinds = sum(any(test(c) for c in password) for test in (
        str.isupper, str.islower, str.isdigit, lambda c: not c.isalnum()))
    lower = password.lower()
    return kinds < 3 or len(set(password)) < 5 or any(
        word in lower for word in ("password", "qwerty", "12345", "gauss@123"))


@performs("gaussdb.ValidateWeakPassword")
def validate_weak_password(call):
    return {"is_weak_password": weak(call.body["password"])}


@performs("gaussdb.UpdateInstanceName")
def rename_instance(call):
    item = ready(call, the_instance(call), abnormal=True)
    name = call.body["name"]

    def done(t):
        old = item.data["name"]
        for node in item.data["nodes"]:
            if node["name"].startswith(old):
                node["name"] = name + node["name"][len(old):]
        item.change(name=name)
        job.instance_name = name

    job = run(call, "ModifyGaussDBV5InstanceName", item, None, done)
    return accepted(job)


@performs("gaussdb.RestartInstance")
def restart_instance(call):
    item = ready(call, the_instance(call), abnormal=True)
    item.more.pop("pending_restart", None)
    return accepted(run(call, "RestartGaussDBV5Instance", item, "REBOOTING"))


@performs("gaussdb.StartInstance")
def start_instance(call):
    return start_or_stop(call, "StartGaussDBV5Instance", "ACTIVE")


@performs("gaussdb.StopInstance")
def stop_instance(call):
    return start_or_stop(call, "StopGaussDBV5Instance", "SHUTDOWN")


def start_or_stop(call, name, outcome):
    item = ready(call, the_instance(call), abnormal=True)
    chosen_ids = call.body.get("node_ids") or []
    known = {node["id"]: node for node in item.data["nodes"]}
    if any(node_id not in known for node_id in chosen_ids):
        raise call.error("DBS.280407")

    def done(t):
        for node_id in chosen_ids or known:
            known[node_id]["status"] = outcome
        whole = {node["status"] for node in item.data["nodes"]}
        item.change(status=outcome if whole == {outcome} else "ACTIVE")

    return accepted(run(call, name, item, "REBOOTING", done, uuid=True))


@performs("gaussdb.RunInstanceAction")
def run_action(call):
    item = ready(call, the_instance(call))
    if "enlarge_volume" in call.body:
        return enlarge(call, item, call.body["enlarge_volume"]["size"])
    expand = call.body["expand_cluster"]
    if "coordinators" in expand and "shard" in expand:
        raise call.error("DBS.280606")
    if item.data["type"] != "Enterprise":
        raise call.error("DBS.280406")
    if "coordinators" in expand:
        zones = [entry["az_code"] for entry in expand["coordinators"]]
        return ordered(item, run(call, "GaussDBV5ExpandClusterCN", item, "EXPANDING",
                                 lambda t: add_coordinators(item, zones, t)))
    return ordered(item, run(call, "GaussDBV5ExpandClusterDN", item, "EXPANDING",
                             lambda t: add_shards(item, expand["shard"]["count"], t)))


def enlarge(call, item, size):
    volume = item.data["volume"]
    if size <= volume["size"]:
        raise call.error("DBS.200306")
    return ordered(item, run(call, "EnlargeGaussDBV5Volume", item, "MODIFYING",
                             lambda t: item.change(volume=dict(volume, size=size))))


def add_nodes(item, part, number, role, zone, t):
    node = {"id": f"{digest(item.data['id'], part, number, t)}no14",
            "name": f"{item.data['name']}_{part}_{number}", "role": role, "status": "ACTIVE",
            "availability_zone": zone}
    node["component_names"] = fleet.component_names(len(item.data["nodes"]), node)
    item.data["nodes"].append(node)


def add_coordinators(item, zones, t):
    have = sum("gaussdbv5cn" in node["name"] for node in item.data["nodes"])
    for number, zone in enumerate(zones):
        add_nodes(item, "gaussdbv5cn", have + number, "master", zone, t)
    item.changed()


def add_shards(item, count, t):
    have = sum("_0" in node["name"][-2:] and "gaussdbv5dn" in node["name"]
               for node in item.data["nodes"])
    for shard in range(have + 1, have + count + 1):
        for number in range(3):
            add_nodes(item, f"gaussdbv5dn{shard}", number, "slave" if number else "master",
                      item.data["nodes"][0]["availability_zone"], t)
    item.changed()


@performs("gaussdb.ResizeInstancesFlavor", "gaussdb.ResizeInstanceFlavor")
def resize(call):
    item = ready(call, the_instance(call))
    wanted = call.body["flavor_ref"]
    info = item.data["flavor_info"]
    sizes = {code.replace(".in", suffix): (vcpu, memory) for code, vcpu, memory in fleet.FLAVORS
             for suffix in (".in", ".ha")}
    if wanted not in sizes and not wanted.startswith("gaussdb.opengauss.ee."):
        raise call.error("DBS.280288")
    vcpu, memory = sizes.get(wanted, (info["vcpu"] * 2, info["mem"] * 2))
    if wanted == item.data["flavor_ref"] or (vcpu, memory) < (info["vcpu"], info["mem"]):
        raise call.error("DBS.280661")
    return ordered(item, run(call, "ResizeGaussDBV5Flavor", item, "MODIFYING",
                             lambda t: item.change(flavor_ref=wanted, flavor_info={
                                 "vcpu": vcpu, "mem": memory})))


# Jobs ------------------------------------------------------------------------------------


@performs("gaussdb.ShowJobDetail")
def show_job(call):
    job = jobs(call.project).get(call.query["id"])
    if job is None:
        raise call.error("DBS.200543")
    return {"job": job.detail(call.now)}


@performs("gaussdb.ListTasks")
def list_tasks(call):
    def parse(text):
        return int(text) / 1000 if text.isdigit() else None

    status, name = call.query.get("status"), call.query.get("name")
    rows = [job for job in reversed(list(jobs(call.project).values()))
            if (not status or job.status == status) and (not name or job.name == name)
            and job.created >= call.world.epoch - 31 * fleet.DAY]
    rows = call.window(rows, "start_time", "end_time", lambda job: job.created, parse)
    limit, start = call.paging()
    shown = [job.task(call.now) for job in rows[start:start + limit]]
    return call.listing(shown, "tasks", "total_count", len(rows))


@performs("gaussdb.DeleteJob")
def delete_job(call):
    job = jobs(call.project).get(call.path["job_id"])
    if job is None:
        raise call.error("DBS.200543")
    if job.status == "Running":
        raise call.error("DBS.200402")
    del jobs(call.project)[job.id]
    return None


@performs("gaussdb.ShowInstancesStatistics")
def show_statistics(call):
    counts = {}
    for item in instances(call.project).rows():
        status = {"ACTIVE": "normal", "FAILED": "abnormal", "FROZEN": "frozen",
                  "STORAGE FULL": "storage full"}.get(item.data["status"], "other")
        counts[status] = counts.get(status, 0) + 1
    return {"total_count": str(len(instances(call.project))),
            "instances_statistics": [{"status": status, "count": count}
                                     for status, count in sorted(counts.items())]}


@performs("gaussdb.ShowProjectQuotas")
def show_quotas(call):
    return {"quotas": {"resources": [{"type": "instance", "used": len(instances(call.project)),
                                      "quota": quota(call.project)}]}}


def link(call, *parts):
    return f"https://obs.{call.project.name}.example.com/{uuid_of(*parts)}"
