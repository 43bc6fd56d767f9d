"""GaussDB: topology, addresses, features, policies and tags of instances."""

from . import fleet
from .call import performs
from .canonical import collection
from .gaussdb import accepted, find, instances, link, ready, run, the_instance
from .state import digest


# Topology --------------------------------------------------------------------------------


def components(item):
    """The nodes of an instance with what runs on each."""
    rows = []
    for number, node in enumerate(item.data["nodes"]):
        rows.append({"components": [
            {"id": part_id, "role": "master" if state in ("Primary", "StateLeader", "Normal")
             else "slave", "status": state, "distributed_id": group, "type": kind,
             "detail": f"{kind} {state}"}
            for kind, part_id, state, group in fleet.parts_of(number, node)],
            "id": node["id"], "name": node["name"],
            "availability_zone_id": node["availability_zone"],
            "description": node["availability_zone"],
            "status": "normal" if node["status"] == "ACTIVE" else "abnormal"})
    return rows


@performs("gaussdb.ListComponentInfos")
def list_components(call):
    kind = call.query.get("component_type", "ALL")
    zone = call.query.get("availability_zone_id", "ALL")
    rows = components(the_instance(call))
    if kind != "ALL":
        for row in rows:
            row["components"] = [part for part in row["components"]
                                 if part["type"] == kind]
        rows = [row for row in rows if row["components"]]
    if zone != "ALL":
        rows = [row for row in rows if row["availability_zone_id"] == zone]
    return call.page(rows)


@performs("gaussdb.SwitchShard")
def switch_shard(call):
    item = ready(call, the_instance(call))
    known = {row["id"]: {part["id"]: part for part in row["components"]}
             for row in components(item)}
    groups = set()
    for shard in call.body["shards"]:
        parts = known.get(shard["node_id"])
        if parts is None:
            raise call.error("DBS.280407")
        part = parts.get(shard["component_id"])
        if part is None:
            raise call.error("DBS.280676")
        if not part["id"].startswith("dn_") or part["role"] != "slave":
            raise call.error("DBS.280828")
        if part["distributed_id"] in groups:
            raise call.error("DBS.280668")
        groups.add(part["distributed_id"])
    chosen = {shard["node_id"] for shard in call.body["shards"]}

    def done(t):
        nodes = item.data["nodes"]
        for number, node in enumerate(nodes):
            if node["id"] in chosen:
                first = number // 3 * 3
                for other in nodes[first:first + 3]:
                    other["role"] = "master" if other is node else "slave"
        item.more["balanced"] = False
        item.changed()

    return accepted(run(call, "SwitchGaussDBV5Shard", item, "SWITCHOVER", done, uuid=True))


@performs("gaussdb.ShowBalanceStatus")
def show_balance(call):
    item = the_instance(call)
    return {"balanced": item.more.get("balanced", int(digest(item.data["id"], "b")[0], 16) > 2)}


@performs("gaussdb.ListCnInfosBeforeReduce")
def list_coordinators(call):
    item = the_instance(call)
    nodes = [node for node in item.data["nodes"] if "gaussdbv5cn" in node["name"]]
    return {"instance_id": item.data["id"], "max_reduction_num": max(0, len(nodes) - 1),
            "nodes": [{"id": node["id"], "name": node["name"], "status": "normal",
                       "availability_zone": node["availability_zone"],
                       "support_reduce": number > 0} for number, node in enumerate(nodes)]}


@performs("gaussdb.ShowDeploymentForm")
def show_deployment_form(call):
    solution = call.query.get("solution")
    if call.query.get("instance_id"):
        item = find(call, call.query["instance_id"])
        solution = solution or ("triset" if item.data["type"] != "Enterprise" else "hws")
    forms = {"triset": (3, 1, 3), "double": (2, 1, 2), "hws": (12, 3, 3), "logger": (12, 3, 3),
             "loggerdorado": (12, 3, 3), "quadruset": (4, 1, 4), "single": (1, 1, 1)}
    if not solution:
        raise call.error("DBS.280001")
    if solution not in forms:
        raise call.error("DBS.280635")
    nodes, shards, replicas = forms[solution]
    return {"initial_node_num": nodes, "solution": solution, "shard_num": shards,
            "replica_num": replicas, "each_expand_nodes": replicas, "max_shard_count": 64,
            "each_shard_num": replicas}


def distributed(call):
    item = ready(call, the_instance(call))
    if item.data["type"] != "Enterprise":
        raise call.error("DBS.280406")
    return item


@performs("gaussdb.SwitchLoggerReplica")
def switch_logger(call):
    item = distributed(call)
    if item.more.get("logger"):
        raise call.error("DBS.280406")
    return accepted(run(call, "SwitchGaussDBV5LoggerReplica", item, "MODIFYING",
                        lambda t: item.more.update(logger=True), uuid=True))


@performs("gaussdb.SwitchReplica")
def switch_replica(call):
    item = distributed(call)
    if not item.more.get("logger"):
        raise call.error("DBS.280406")
    return accepted(run(call, "SwitchGaussDBV5Replica", item, "MODIFYING",
                        lambda t: item.more.update(logger=False), uuid=True))


# Addresses and certificates --------------------------------------------------------------


@performs("gaussdb.ListBindedEips")
def list_eips(call):
    return call.page(the_instance(call).more.get("eips", []))


@performs("gaussdb.AttachEip")
def attach_eip(call):
    item = ready(call, the_instance(call))
    body = call.body
    node = next((node for node in item.data["nodes"] if node["id"] == call.path["node_id"]), None)
    if node is None:
        raise call.error("DBS.280407")
    bound = any(eip["public_ip_id"] == body["public_ip_id"] for eip in item.more.get("eips", []))
    if body["action"].upper() == "BIND":
        if bound or "public_ip" in node:
            raise call.error("DBS.280406")
        return accepted(run(call, "BindGaussDBV5Eip", item, None, lambda t: fleet.bind(
            item, node, body["public_ip"], body["public_ip_id"], t)))
    if not bound:
        raise call.error("DBS.280406")
    return accepted(run(call, "UnbindGaussDBV5Eip", item, None, lambda t: unbind(
        item, node, body["public_ip_id"])))


def unbind(item, node, public_ip_id):
    gone = next((eip for eip in item.more["eips"] if eip["public_ip_id"] == public_ip_id), None)
    if gone is None:
        return
    item.more["eips"].remove(gone)
    item.data["public_ips"].remove(gone["public_ip_address"])
    node.pop("public_ip", None)
    item.changed()


@performs("gaussdb.ShowSslCertDownloadLink")
def show_certificate(call):
    return {"download_link": link(call, the_instance(call).data["id"], "ssl")
            + "/Certificate_Download.zip"}


# Policies and features -------------------------------------------------------------------


@performs("gaussdb.SearchAutoEnlargePolicy")
def show_enlarge_policy(call):
    item = the_instance(call)
    size = item.data["volume"]["size"]
    on = int(digest(item.data["id"], "enlarge")[0], 16) < 8
    by_step = int(digest(item.data["id"], "step")[0], 16) < 8
    return {"switch_option": on, "limit_volume_size": size * 2, "min_volume_size": size + 40,
            "max_volume_size": size * 8, "trigger_available_percent": 10 if on else 20,
            "percents": [10, 15, 20], "step_size": 40 if by_step else None,
            "step_percent": None if by_step else 20}


FEATURES = (("ledger", "防篡改", "是否启用账本数据库功能。on表示开启，off表示关闭。"),
            ("ilm", "高级压缩", "是否开启数据生命周期管理-OLTP表压缩特性。"),
            ("security", "动态数据脱敏", "需要使用安全策略时设置为on。"),
            ("vectordb", "Vector database", "Whether vectors can be stored and searched."))


@performs("gaussdb.ListFeatures")
def list_features(call):
    chosen = the_instance(call).more.get("features", {})
    return {"features": [{"name": name, "status": chosen.get(name, "off"), "description": text,
                          "type": "boolean", "range": "on|off",
                          "value": chosen.get(name, "off"), "range_description": values}
                         for name, text, values in FEATURES]}


@performs("gaussdb.UpdateFeatures")
def update_features(call):
    item = ready(call, the_instance(call))
    given = call.body["params"]
    known = {name for name, _, _ in FEATURES}
    if not given:
        raise call.error("DBS.280006")
    for name, value in given.items():
        if name not in known:
            raise call.error("DBS.280270")
        if value not in ("on", "off"):
            raise call.error("DBS.280271")
    return accepted(run(call, "UpdateGaussDBV5Features", item, "MODIFYING",
                        lambda t: item.more.setdefault("features", {}).update(given)))


@performs("gaussdb.ShowUpgradeCandidateVersionsDetails")
def show_upgrade_candidates(call):
    item = the_instance(call)
    have = item.data["datastore"]["version"]
    order = [short for short, _ in fleet.VERSIONS]
    later = [f"V2.0-{complete}" for short, complete in fleet.VERSIONS
             if have in order and order.index(short) > order.index(have)]
    observed = item.data["status"] == "UPGRADE TO BE OBSERVED"
    zones = sorted({node["availability_zone"] for node in item.data["nodes"]})
    source = item.data["datastore"].get("complete_version", have)
    hot = [f"{source}.9"] if have.startswith("8.") else []

    def action(name, enable):
        return {"upgrade_action": name, "enable": enable}

    return {"upgrade_type_list": [
        {"upgrade_type": "grey", "upgrade_action_list": [
            action("commit", observed), action("rollback", observed),
            action("upgrade", not observed), action("upgradeAutoCommit", not observed)],
         "enable": True, "is_parallel_upgrade": None},
        {"upgrade_type": "hotfix", "upgrade_action_list": None, "enable": bool(hot),
         "is_parallel_upgrade": None},
        {"upgrade_type": "inplace", "upgrade_action_list": [
            action("upgradeAutoCommit", not observed)], "enable": not observed,
         "is_parallel_upgrade": None}],
        "rollback_enabled": observed, "source_version": f"V2.0-{source}",
        "target_version": item.more.get("target") if observed else None,
        "roll_upgrade_progress": {
            "not_fully_upgraded_az": ",".join(zones), "already_upgraded_az": "",
            "az_description_map": {zone: f"az{number + 1}"
                                   for number, zone in enumerate(zones)}},
        "upgrade_candidate_versions": [] if observed else later,
        "hotfix_upgrade_candidate_versions": hot, "hotfix_rollback_candidate_versions": [],
        "hotfix_upgrade_infos": [{"version": version, "common_patch": "common",
                                  "backup_sensitive": False, "descripition": "a hot patch"}
                                 for version in hot], "hotfix_rollback_infos": []}


@performs("gaussdb.ListEnterpriseProjects")
def list_enterprise_projects(call):
    rows = call.project.table("enterprise_projects", fleet.enterprise_projects).rows()
    word = call.query.get("name_keyword")
    if word:
        rows = [row for row in rows if word in row.data["name"]]
    return call.page(rows)


# Tags ------------------------------------------------------------------------------------


@performs("gaussdb.ListInstanceTags")
def list_instance_tags(call):
    tags = the_instance(call).more["tags"]
    return {"tags": [{"key": key, "value": [value]} for key, value in tags.items()],
            "total_count": len(tags)}


@performs("gaussdb.AddInstanceTags")
def add_tags(call):
    item = the_instance(call)
    given = [(tag["key"].strip(), tag.get("value", "").strip()) for tag in call.body["tags"]]
    if len({key for key, _ in given}) != len(given):
        raise call.error("DBS.280272")
    tags = item.more["tags"]
    if any(tags.get(key) == value for key, value in given):
        raise call.error("DBS.200098")
    if len({*tags, *dict(given)}) > 20:
        raise call.error("DBS.200087")
    tags.update(given)
    item.change(tags=fleet.tag_list(tags))
    return {"instance_id": item.data["id"], "instance_name": item.data["name"]}


@performs("gaussdb.DeleteInstanceTag")
def delete_tag(call):
    item = the_instance(call)
    if item.more["tags"].pop(call.query["key"], None) is None:
        raise call.error("DBS.212013")
    item.change(tags=fleet.tag_list(item.more["tags"]))
    return {"result": "succeed", "instance_id": item.data["id"],
            "instance_name": item.data["name"]}


@performs("gaussdb.ListProjectTags")
def list_project_tags(call):
    found = {}
    for item in instances(call.project).rows():
        for key, value in item.more["tags"].items():
            values = found.setdefault(key, [])
            if value not in values:
                values.append(value)
    return {"tags": [{"key": key, "value": sorted(values)}
                     for key, values in sorted(found.items())]}


@performs("gaussdb.ListPredefinedTags")
def list_predefined_tags(call):
    return {"tags": [{"key": "team", "values": list(fleet.TEAMS)},
                     {"key": "stage", "values": list(fleet.STAGES)},
                     {"key": "cost center", "values": []}]}


@collection("tags")
def state_tags(project, instance_id=None):
    return [{"instance_id": item.data["id"], "key": key, "value": value}
            for item in instances(project).rows() if instance_id in (None, item.data["id"])
            for key, value in item.more["tags"].items()]


@collection("eips")
def state_eips(project, instance_id=None):
    return [dict(eip, instance_id=item.data["id"]) for item in instances(project).rows()
            if instance_id in (None, item.data["id"]) for eip in item.more.get("eips", [])]
