"""The things that a project owns before anybody asked for anything.

Everything depends on the seed, the project and the size of the fleet alone; times are
dated back from World.epoch.  Some rows have quirks on purpose, as the service's own examples
have them: a port that is a string, an empty string for a time, null descriptions,
addresses joined with " / ", text outside ASCII.
"""

import random

from . import times
from .parameters import PARAMETERS, TENANT_PARAMETERS
from .state import Item, Job, Table, digest, uuid_of

DAY = 86400

WORDS = ("erp", "billing", "crm", "orders", "inventory", "payroll", "ledger", "shipping",
         "catalog", "search", "identity", "audit", "reporting", "pricing", "risk", "fraud",
         "claims", "policy", "booking", "loyalty", "tickets", "metering", "telemetry", "portal",
         "mobile", "warehouse", "procurement", "invoice", "treasury", "settlement", "quality",
         "logistics", "planning", "support", "marketing", "archive")
STAGES = ("prod", "test", "dev")
TEAMS = ("finance", "sales", "platform", "data", "研发", "operations", "Équipe Réseau")
VERSIONS = (("1.4", "1.4.12"), ("2.1", "2.1.3"), ("2.3", "2.3.7"), ("2.7", "2.7.1"),
            ("3.201", "3.201.0"), ("8.102", "8.102.0"), ("8.200", "8.200.0"))
FLAVORS = (("gaussdb.opengauss.ee.dn.m6.large.8.in", 2, 16),
           ("gaussdb.opengauss.ee.dn.c3.2xlarge.x864.in", 8, 32),
           ("gaussdb.opengauss.ee.dn.m6.2xlarge.8.in", 8, 64),
           ("gaussdb.opengauss.ee.dn.c3.4xlarge.x864.in", 16, 64),
           ("gaussdb.opengauss.ee.dn.m6.4xlarge.8.in", 16, 128),
           ("gaussdb.opengauss.ee.dn.m6.8xlarge.8.in", 32, 256))
STATUSES = ("BUILD", "FAILED", "MODIFYING", "EXPANDING", "REBOOTING", "UPGRADING", "RESTORING",
            "SWITCHOVER", "MIGRATING", "BACKING UP", "UPGRADE TO BE OBSERVED", "STORAGE FULL",
            "FROZEN")
WINDOWS = ("18:00-19:00", "19:00-20:00", "22:00-23:00", "02:00-03:00")
ZONES = ("az1xahz", "az2xahz", "az3xahz")
VPCS = 6
SUBNETS = 2
BACKUP_TEXTS = (None, "", "before upgrade", "100% before migration", "nightly_run_7",
                "Sicherung vor Umbau, größer als üblich", "升级前备份", "50%_done; see ticket #4711",
                "back\\slash and `tick`", "semi;colon -- no comment", "two  blanks ", "emoji 🚚")
ENTERPRISE_PROJECTS = ("default", "auto_test", "Customer 360", "财务系统", "R&D \"blue\"",
                       "50% pilot", "under_score", "O'Neill", "Zürich", "migration", "sandbox",
                       "Sandbox", "green field")


def rng(project, *parts):
    return random.Random(digest(project.world.seed, project.id, *parts))


def stage_of(index):
    return STAGES[(index // 2 + index // len(WORDS)) % len(STAGES)]


def name_of(project, index):
    word = WORDS[index % len(WORDS)]
    stage = stage_of(index)
    initials = "".join(part[0] for part in project.name.split("-")) + "-"
    place = "" if project.number == 0 else initials
    name = f"{word}-{stage}-{place}{index + 1:04d}"
    if index % 41 == 17:
        return name.replace("-", "_")
    if index % 53 == 29:
        return name.upper()
    return name


def vpc_of(project, number):
    return uuid_of(project.world.seed, project.id, "vpc", number)


def subnet_of(project, vpc, number):
    return uuid_of(project.world.seed, project.id, "subnet", vpc, number)


def enterprise_project_id(project, number):
    return "0" if number == 0 else uuid_of(project.world.seed, "eps", number)


def nodes_of(key, name, kind, zones, status, address):
    """Coordinators and data nodes, or the three nodes of a primary with its standbys."""
    nodes = []

    def add(part, number, role, ip=None):
        node = {"id": f"{digest(key, part, number)}no14", "name": f"{name}_{part}_{number}",
                "role": role, "status": status, "availability_zone": zones[number % len(zones)]}
        if ip:
            node["private_ip"] = ip
        nodes.append(node)

    if kind == "Enterprise":
        for number in range(3):
            add("gaussdbv5cn", number, "master", address(number))
        for shard in (1, 2, 3):
            for number in range(3):
                add(f"gaussdbv5dn{shard}", number, "master" if number == 0 else "slave")
    else:
        for number in range(3):
            add("root", number, "master" if number == 0 else "slave", address(number))
    for number, node in enumerate(nodes):
        node["component_names"] = component_names(number, node)
    return nodes


def parts_of(number, node):
    """(kind, id, state, group) of what runs on the node of that number."""
    first = number == 0
    yield "CM", f"cm_{number + 1}", "Primary" if first else "Standby", ""
    if number < 3:
        yield "ETCD", f"etcd_{7001 + number}", "StateLeader" if first else "StateFollower", ""
    if "gaussdbv5cn" in node["name"]:
        yield "CN", f"cn_{5001 + number}", "Normal", ""
        if number < 2:
            yield "GTM", f"gtm_{1001 + number}", "Primary" if first else "Standby", ""
    else:
        yield ("DN", f"dn_{6001 + number}",
               "Primary" if node["role"] == "master" else "Standby", f"6{number // 3:03d}1")


def component_names(number, node):
    return ";".join(f"{part_id}:{group}" if group else part_id
                    for _, part_id, _, group in parts_of(number, node))


def tag_list(tags):
    """As the list of instances shows them; an instance without tags has no such member."""
    return [{"key": key, "value": value} for key, value in tags.items()]


def disk_share(instance_id, status):
    """Which part of its disk an instance uses."""
    share = int(digest(instance_id, "disk")[:4], 16) / 65536
    return 0.99 if status == "STORAGE FULL" else 0.05 + 0.9 * share


def instance(project, index):
    chance = rng(project, "instance", index)
    key = digest(project.world.seed, project.id, "instance", index)
    name = name_of(project, index)
    kind = "Centralization_standard" if index % 8 == 5 else "Enterprise"
    status = STATUSES[(index // 7) % len(STATUSES)] if index % 7 == 6 else "ACTIVE"
    vpc = chance.randrange(VPCS)
    subnet = chance.randrange(SUBNETS)
    version, complete = chance.choice(VERSIONS)
    flavor, vcpu, memory = chance.choice(FLAVORS)
    if kind != "Enterprise":
        flavor = flavor.replace(".in", ".ha")
    built = status != "BUILD"
    created = project.world.epoch - chance.randrange(30, 1500) * DAY - chance.randrange(DAY)
    updated = min(created + chance.randrange(1, 900) * DAY, project.world.epoch - 3600)
    base = f"192.168.{16 * vpc + index // 80 % 16}"

    def address(number):
        return f"{base}.{(index % 80) * 3 + number + 2}" if built else None

    nodes = nodes_of(key, name, kind, ZONES if index % 3 else ZONES[:1],
                     "ACTIVE" if built else "BUILD", address)
    addresses = [node["private_ip"] for node in nodes if "private_ip" in node]
    data = {
        "id": f"{key}in14", "status": status, "name": name,
        "port": str(8000 + index % 3) if index % 7 == 3 else 8000 + index % 3,
        "type": kind,
        "ha": {"consistency": "strong" if index % 5 else "eventual", "replication_mode": "sync"},
        "region": project.name,
        "datastore": {"type": "GaussDB", "version": version, "complete_version": complete},
        "created": times.spaced_utc(created),
        "updated": times.spaced_utc(updated) if built else "",
        "volume": {"type": "ULTRAHIGH", "size": 120 * chance.randrange(1, 12)},
        "nodes": nodes,
        "private_ips": [" / ".join(addresses)],
        "replica_num": 3, "db_user_name": "root",
        "vpc_id": vpc_of(project, vpc), "subnet_id": subnet_of(project, vpc, subnet),
        "security_group_id": uuid_of(project.world.seed, project.id, "sg", vpc),
        "flavor_ref": flavor, "flavor_info": {"vcpu": vcpu, "mem": memory},
        "switch_strategy": "Reliability" if index % 4 else "reliability",
        "charge_info": {"charge_mode": "prePaid" if index % 6 == 0 else "postPaid"},
        "backup_strategy": {"start_time": chance.choice(WINDOWS),
                            "keep_days": chance.randrange(1, 31)},
        "maintenance_window": "18:00-22:00",
        "enterprise_project_id": enterprise_project_id(
            project, chance.randrange(len(ENTERPRISE_PROJECTS))),
        "time_zone": "UTC+08:00", "instance_mode": "enterprise",
        "mysql_compatibility": {"port": "3306" if index % 8 == 5 else "0"}}
    if index % 9 == 4:
        data["disk_encryption_id"] = uuid_of(project.world.seed, project.id, "kms", vpc)
    if index % 11 == 7:
        data["datastore"]["hotfix_versions"] = f"{complete}.{index % 4 + 1}"
    item = Item(data, {"epoch": created, "tags": tags_of(index, chance)})
    if item.more["tags"]:
        data["tags"] = tag_list(item.more["tags"])
    data["disk_usage"] = f"{disk_share(data['id'], status):.4f}"
    data["backup_used_space"] = str(int(key[:7], 16))
    if status == "UPGRADING":
        data["datastore"]["target_version"] = VERSIONS[-1][1]
    if "hotfix_versions" in data["datastore"]:
        data["datastore"]["hotfix_finished_times"] = [times.spaced_utc(updated)]
    if index % 10 == 8 and built:
        bind(item, nodes[0], f"10.154.{index // 200 % 250}.{index % 200 + 20}",
             uuid_of(key, "eip"), created)
    return item


def bind(item, node, public_ip, public_ip_id, t):
    """An elastic address goes to a node of an instance."""
    node["public_ip"] = public_ip
    item.data.setdefault("public_ips", []).append(public_ip)
    item.more.setdefault("eips", []).append({
        "public_ip_id": public_ip_id, "public_ip_type": "5_g-vm",
        "port_id": uuid_of(public_ip_id, "port"), "public_ip_address": public_ip,
        "private_ip_address": node.get("private_ip", ""), "applied_at": times.east(t),
        "bandwidth_id": uuid_of(public_ip_id, "bandwidth"),
        "bandwidth_name": f"bandwidth-{public_ip}", "bandwidth_size": 5,
        "bandwidth_share_type": "PER"})
    item.changed()


def tags_of(index, chance):
    tags = {}
    if index % 4 != 3:
        tags["team"] = chance.choice(TEAMS)
        tags["stage"] = stage_of(index)
    if index % 6 == 1:
        tags["cost center"] = str(4000 + index % 90)
    if index % 13 == 5:
        tags["empty"] = ""
    return tags


def instances(project):
    return Table("id", (instance(project, index) for index in range(project.world.fleet)))


def backups_of(project, index, item):
    """Automated ones of the last nights, a few made by hand; none for every ninth instance."""
    if index % 9 == 2 or item.data["status"] == "BUILD":
        return
    chance = rng(project, "backups", index)
    midnight = project.world.epoch // DAY * DAY
    stale = index % 9 == 6
    for night in range(chance.randrange(1, 5)):
        begin = midnight - (night + (5 if stale else 0)) * DAY - chance.randrange(5 * 3600)
        yield backup(project, item, "auto", begin, chance, (index, night))
    for number in range(chance.randrange(3) if index % 2 else 0):
        begin = midnight - chance.randrange(40 * DAY)
        yield backup(project, item, "manual", begin, chance, (index, "m", number))


def backup(project, item, kind, begin, chance, key):
    failed = chance.random() < 0.06
    backup_id = f"{digest(project.world.seed, project.id, 'backup', *key)}br14"
    name = f"GaussDB-{item.data['name']}-{times.plain(begin).translate(DIGITS)}"
    if kind == "manual":
        name = f"{item.data['name'][:40]}-manual-{backup_id[:4]}"
    data = {"id": backup_id, "name": name,
            "description": None if kind == "auto" else chance.choice(BACKUP_TEXTS),
            "status": "FAILED" if failed else "COMPLETED",
            "size": 0.0 if failed else round(chance.uniform(200, 90000), 2),
            "type": kind,
            "datastore": {"type": "GaussDB", "version": item.data["datastore"]["version"]},
            "begin_time": times.east(begin), "end_time": times.east(begin + chance.randrange(
                60, 5400)),
            "instance_id": item.data["id"]}
    return Item(data, {"epoch": begin})


DIGITS = str.maketrans("", "", "-: ")


def backups(project):
    rows = [made for index, item in enumerate(fleet_of(project))
            for made in backups_of(project, index, item)]
    rows.sort(key=lambda row: (-row.more["epoch"], row.data["id"]))
    return Table("id", rows)


def fleet_of(project):
    return project.table("instances", instances).rows()


# As the service spells them.
TASK_NAMES = ("CreateGaussDBV5Instance", "BackupSnapshotGaussDBV5InInstance",
              "CloneGaussDBV5NewInstance", "RestoreGaussDBV5InInstance",
              "RestoreGaussDBV5InInstanceToExistedInst", "DeleteGaussDBV5Instance",
              "EnlargeGaussDBV5Volume", "ResizeGaussDBV5Flavor", "GaussDBV5ExpandClusterCN",
              "GaussDBV5ExpandClusterDN")
BUSY_TASK = {"BUILD": "CreateGaussDBV5Instance", "MODIFYING": "ResizeGaussDBV5Flavor",
             "EXPANDING": "GaussDBV5ExpandClusterCN", "RESTORING": "RestoreGaussDBV5InInstance",
             "BACKING UP": "BackupSnapshotGaussDBV5InInstance"}
FAILURES = ("ECS云服务器处理异常。", "The storage service did not answer.",
            "Quota exceeded (50% of the pool is left).", "")


def jobs(project):
    """What the task center remembers of the last month, oldest first."""
    fleet = fleet_of(project)
    made = []
    for number in range(max(30, len(fleet))):
        chance = rng(project, "job", number)
        item = fleet[chance.randrange(len(fleet))] if fleet else None
        created = project.world.epoch - 3600 - chance.randrange(29 * DAY)
        job = Job(uuid_of(project.world.seed, project.id, "job", number)
                  if number % 3 else digest(project.world.seed, project.id, "job", number),
                  TASK_NAMES[number % len(TASK_NAMES)], created, item,
                  created + chance.randrange(30, 3000))
        job.tells_times = number % 2 == 0
        if job.name == "DeleteGaussDBV5Instance":
            job.instance = None
            job.instance_id = f"{digest(project.id, 'gone', number)}in14"
            job.instance_name = f"{WORDS[number % len(WORDS)]}-gone-{number:04d}"
        if number % 8 == 5:
            job.will_fail = chance.choice(FAILURES[:3])
        job.end(job.due)
        made.append(job)
    for index, item in enumerate(fleet):
        name = BUSY_TASK.get(item.data["status"])
        if name:
            job = Job(uuid_of(project.world.seed, project.id, "busy", index), name,
                      project.world.epoch - 600 - index % 3000, item, None)
            job.tells_times = index % 2 == 0
            made.append(job)
    made.sort(key=lambda job: (job.created, job.id))
    return {job.id: job for job in made}


def parameter_values(project, item):
    """name -> value of the parameters of an instance that are not at their default."""
    chance = rng(project, "parameters", item.data["id"])
    values = {}
    for parameter in PARAMETERS:
        if chance.random() < 0.06 and parameter.other is not None:
            values[parameter.name] = parameter.other
    return values


def template(key, name, description, version, mode, user_defined, t, values=None):
    data = {"id": f"{key}pr14", "name": name, "description": description,
            "created": times.plain(t), "updated": times.plain(t), "datastore_version": version,
            "datastore_name": "GaussDB", "ha_mode": mode, "user_defined": user_defined}
    return Item(data, {"values": values or {}, "epoch": t, "changed": t, "histories": [],
                       "applied": []})


def templates(project):
    """The default templates of each version and form, and some that users made."""
    t = project.world.epoch - 900 * DAY
    rows = []
    for version, _ in VERSIONS:
        for mode, text in (("enterprise", "Dist-Independent"), ("centralization_standard",
                                                                "Cent"), ("combined",
                                                                          "Dist-Combined")):
            key = digest("default-template", version, mode)
            rows.append(template(key, f"Default-GaussDB-EE-{version}-{text} (3 replicas)",
                                 "Default parameter template for GaussDB-Enterprise Edition "
                                 f"{version}.", version, mode, False, t))
    for number in range(14):
        chance = rng(project, "template", number)
        values = {p.name: p.other for p in PARAMETERS
                  if p.other is not None and chance.random() < 0.2}
        rows.append(template(digest(project.world.seed, project.id, "template", number),
                             f"{WORDS[number]}.template_{number}",
                             BACKUP_TEXTS[number % len(BACKUP_TEXTS)] or "",
                             VERSIONS[number % len(VERSIONS)][0],
                             "centralization_standard" if number % 2 else "enterprise", True,
                             t + chance.randrange(800 * DAY), values))
    return Table("id", rows)


ATTRIBUTES = {"rolsuper": False, "rolinherit": True, "rolcreaterole": True, "rolcreatedb": True,
              "rolcanlogin": True, "rolconnlimit": -1, "rolreplication": False,
              "rolbypassrls": False, "rolpassworddeadline": None}
MEMBER_OF = "{gs_role_copy_files,gs_role_signal_backend,gs_role_tablespace}"


def database(name, owner, size, charset="UTF8", collate="C"):
    return Item({"name": name, "character_set": charset, "owner": owner, "collate_set": collate,
                 "size": size, "datctype": collate, "compatibility_type": "ORA"})


def databases(chance):
    rows = [database("postgres", "rdsAdmin", 10777247)]
    for number in range(chance.randrange(3, 45)):
        rows.append(database(f"{chance.choice(WORDS)}_{number}", "root",
                             str(chance.randrange(10 ** 7, 10 ** 11)) if number % 5 == 2
                             else chance.randrange(10 ** 7, 10 ** 11),
                             "GBK" if number % 7 == 3 else "UTF8",
                             "en_US.UTF-8" if number % 3 else "C"))
    return Table("name", rows)


def user(name, locked=False):
    root = name == "root"
    return Item({"name": name,
                 "attribute": dict(ATTRIBUTES, rolcreatedb=root, rolcreaterole=root),
                 "memberof": MEMBER_OF if root else "{}", "lock_status": locked})


def users(chance):
    rows = [user("root")]
    for number in range(chance.randrange(2, 40)):
        rows.append(user(f"{chance.choice(WORDS)}_user{number}", number % 6 == 5))
    return Table("name", rows)


def schema(name, owner):
    return Item({"schema_name": name, "owner": owner})


def schemas(chance):
    rows = [schema("public", "rdsAdmin")]
    rows += [schema(f"{chance.choice(WORDS)}_s{number}", "root")
             for number in range(chance.randrange(2, 36))]
    return Table("schema_name", rows)


def tenant(instance_item, key, name, cpu, mem, disk, t, config_id=None):
    node = instance_item.data["nodes"][0]
    number = int(key[:6], 16)
    return Item({"id": f"{key}po14", "status": "normal", "name": name, "cpu": cpu, "mem": mem,
                 "disk": disk if number % 3 else str(disk),
                 "nodes": [{"id": node["id"], "name": node["name"], "role": "master",
                            "status": "normal", "availability_zone": "AZ1",
                            "data_ip": node.get("private_ip", ""),
                            "management_ip": f"192.168.1.{number % 200 + 2}",
                            "component_names": "cm_1;dn_6001:60011"}],
                 "oid": number % 4095 + 1, "created": int(t * 1000), "updated": int(t * 1000),
                 "is_cdb": False, "az_code": "AZ1",
                 "config_id": config_id or f"{digest('tenant-template')}pr14",
                 "instance_id": instance_item.data["id"]},
                {"values": {}, "users": None, "schemas": None})


def tenants(project, item):
    """Every fourth instance of a version that has tenants holds some."""
    chance = rng(project, "tenants", item.data["id"])
    rows = []
    if chance.random() < 0.25 and item.data["status"] == "ACTIVE":
        for number in range(chance.randrange(1, 45)):
            key = digest(item.data["id"], "tenant", number)
            rows.append(tenant(item, key, f"{chance.choice(WORDS)}_{number}",
                               chance.randrange(1, 5), 4 * chance.randrange(1, 5),
                               10 * chance.randrange(1, 20),
                               item.more["epoch"] + number * 3600))
    return Table("id", rows)


def recycled(item, deleted, backup_id):
    data = item.data
    return Item({"id": data["id"], "name": data["name"],
                 "ha_mode": "Independent" if data["type"] == "Enterprise" else "Ha",
                 "engine_version": data["datastore"].get("complete_version", "2.3.0"),
                 "pay_model": 1 if data["charge_info"]["charge_mode"] == "prePaid" else 0,
                 "created_at": times.east_millis(item.more["epoch"]),
                 "deleted_at": times.east_millis(deleted), "volume_type": "ultrahigh",
                 "data_vip": (data["private_ips"] or [""])[0],
                 "enterprise_project_id": 0 if data["enterprise_project_id"] == "0"
                 else data["enterprise_project_id"],
                 "recycle_backup_id": backup_id, "recycle_status": "Active",
                 "engine_name": "GaussDB", "volume_size": str(data["volume"]["size"]),
                 "enterprise_project_name": None, "backup_level": "instance",
                 "mode": "enterprise"}, {"instance": item})


def recycle_bin(project):
    """Instances that were deleted in the last days: they are in no other list."""
    rows = []
    for number in range(7):
        item = instance(project, project.world.fleet + number)
        item.data["name"] = f"{WORDS[number]}-deleted-{number + 1:02d}"
        deleted = project.world.epoch - number * DAY // 2 - 4000
        rows.append(recycled(item, deleted, f"{digest(item.data['id'], 'recycle')}br14"))
    return Table("id", rows)


def enterprise_projects(project):
    rows = []
    for number, name in enumerate(ENTERPRISE_PROJECTS):
        t = project.world.epoch - (700 - number) * DAY
        rows.append(Item({"id": enterprise_project_id(project, number), "name": name,
                          "description": f"{name} description" if number else "",
                          "status": "1" if number % 5 else "2", "created_at": times.zulu(t),
                          "updated_at": times.zulu(t + DAY)}))
    return Table("id", rows)


def tenant_parameters():
    return {parameter.name: parameter for parameter in TENANT_PARAMETERS}
