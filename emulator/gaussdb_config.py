"""GaussDB: parameters of instances and parameter templates."""

from . import fleet, times
from .call import performs
from .canonical import canonical, collection
from .gaussdb import accepted, instances, ready, run, the_instance
from .parameters import BY_NAME, PARAMETERS, within
from .state import digest


# Shown, but changed by other operations only.
READ_ONLY = {"autovacuum_max_workers"}


def values_of(project, item):
    """name -> value where it is not the default."""
    if "values" not in item.more:
        item.more["values"] = fleet.parameter_values(project, item)
    return item.more["values"]


def changed_parameters(call, given, known=BY_NAME):
    """Refuses a value that the engine would not take."""
    if not given:
        raise call.error("DBS.280006")
    for name, value in given.items():
        if name not in known:
            raise call.error("DBS.280270")
        if name in READ_ONLY:
            raise call.error("DBS.280271")
        if not within(known[name], value):
            raise call.error("DBS.280271")
    return given


def shown_parameters(values, parameters=PARAMETERS):
    return [{"name": p.name, "value": values.get(p.name, p.default), "type": p.kind,
             "description": p.description, "restart_required": p.restart,
             "readonly": p.name in READ_ONLY, "value_range": p.range} for p in parameters]


@performs("gaussdb.ShowInstanceParamGroup")
def show_parameters(call):
    item = the_instance(call)
    updated = item.more.get("parameters_updated", item.more["epoch"])
    return {"created": times.plain(item.more["epoch"]), "updated": times.plain(updated),
            "datastore_version": item.data["datastore"]["version"], "datastore_name": "GaussDB",
            "configuration_parameters": shown_parameters(values_of(call.project, item))}


@performs("gaussdb.UpdateInstanceConfiguration")
def set_parameters(call):
    item = ready(call, the_instance(call))
    given = changed_parameters(call, call.body["values"])
    values_of(call.project, item).update(given)
    item.more["parameters_updated"] = call.now
    restart = any(BY_NAME[name].restart for name in given)
    if restart:
        item.more["pending_restart"] = True
    job = run(call, "ModifyGaussDBV5Parameters", item, uuid=True)
    return {"job_id": job.id, "restart_required": restart}


@collection("parameters")
def parameters(project, instance_id):
    item = instances(project).get(instance_id)
    return canonical(shown_parameters(values_of(project, item))) if item else []


# Templates -------------------------------------------------------------------------------


def templates(project):
    return project.table("templates", fleet.templates)


def find_template(call, template_id):
    item = templates(call.project).get(template_id)
    if item is None:
        raise call.error("DBS.200058")
    return with_past(call.project, item)


def the_template(call):
    return find_template(call, call.path["config_id"])


def own_template(call):
    """The template of the path, refused when it is one of the defaults."""
    item = the_template(call)
    if not item.data["user_defined"]:
        raise call.error("DBS.212003")
    return item


def mode_of(item):
    return {"enterprise": "independent", "centralization_standard": "ha"}.get(
        item.data["ha_mode"], item.data["ha_mode"])


@performs("gaussdb.ListParamGroupTemplates")
def list_templates(call):
    return call.page(templates(call.project).rows())


@performs("gaussdb.ShowConfigurationDetail")
def show_template(call):
    item = the_template(call)
    values = item.more["values"]
    return {"id": item.data["id"], "name": item.data["name"],
            "description": item.data["description"],
            "engine_version": item.data["datastore_version"], "instance_mode": mode_of(item),
            "created_at": times.east(item.more["epoch"]),
            "updated_at": times.east(item.more["changed"]),
            "configuration_parameters": [
                {"name": p.name, "value": values.get(p.name, p.default),
                 "need_restart": p.restart, "readonly": number % 20 == 19,
                 "value_range": p.range, "data_type": p.kind, "description": p.description}
                for number, p in enumerate(PARAMETERS)]}


def add_template(call, name, description, version, mode, values):
    if any(row.data["name"] == name for row in templates(call.project).rows()):
        raise call.error("DBS.212030")
    item = fleet.template(call.project.new_id(), name, (description or "")[:256], version, mode,
                          True, call.now, dict(values))
    templates(call.project).append(item)
    return item


@performs("gaussdb.CreateConfigurationTemplate")
def create_template(call):
    body = call.body
    version = body["datastore"]["engine_version"]
    if not any(version == short for short, _ in fleet.VERSIONS):
        raise call.error("DBS.280236")
    values = body.get("parameter_values") or {}
    if values:
        changed_parameters(call, values)
    item = add_template(call, body["name"], body.get("description"), version,
                        "centralization_standard", values)
    return {"id": item.data["id"], "name": item.data["name"],
            "created_at": times.east(item.more["epoch"])}


@performs("gaussdb.CopyConfiguration")
def copy_template(call):
    source = the_template(call)
    item = add_template(call, call.body["name"], call.body.get("description"),
                        source.data["datastore_version"], source.data["ha_mode"],
                        source.more["values"])
    return {"config_id": item.data["id"]}


@performs("gaussdb.DeleteConfiguration")
def delete_template(call):
    item = own_template(call)
    if any(entry["apply_result"] == "APPLYING" for entry in item.more["applied"]):
        raise call.error("DBS.212010")
    templates(call.project).remove(item.data["id"])
    return None


@performs("gaussdb.ResetConfiguration")
def reset_template(call):
    item = own_template(call)
    for name, value in item.more["values"].items():
        history(call, item, name, value, BY_NAME[name].default)
    item.more["values"].clear()
    touch(call, item)
    return None


def touch(call, item):
    item.more["changed"] = call.now
    item.change(updated=times.plain(call.now))


def history(call, item, name, old, new):
    item.more["histories"].insert(0, {
        "parameter_name": name, "old_value": old, "new_value": new, "update_result": "SUCCESS",
        "updated_at": times.east(call.now)})


@performs("gaussdb.ListConfigurationsDiff")
def compare_templates(call):
    first = find_template(call, call.body["source_id"]).more["values"]
    second = find_template(call, call.body["target_id"]).more["values"]
    return {"differences": [
        {"name": p.name, "source_value": first.get(p.name, p.default),
         "target_value": second.get(p.name, p.default)} for p in PARAMETERS
        if first.get(p.name, p.default) != second.get(p.name, p.default)]}


def applicable(project, template):
    kind = "Enterprise" if template.data["ha_mode"] != "centralization_standard" \
        else "Centralization_standard"
    return [item for item in instances(project).rows()
            if item.data["datastore"]["version"] == template.data["datastore_version"]
            and item.data["type"] == kind]


@performs("gaussdb.ListApplicableInstances")
def list_applicable(call):
    return call.page([{"instance_id": item.data["id"], "instance_name": item.data["name"]}
                      for item in applicable(call.project, the_template(call))])


@performs("gaussdb.ValidateParaGroupName")
def validate_name(call):
    return {"exist": any(row.data["name"] == call.query["name"]
                         for row in templates(call.project).rows())}


@performs("gaussdb.SwitchConfiguration")
def apply_template(call):
    """One job; each instance has an entry in the template's list of applications."""
    template = the_template(call)
    chosen = []
    for instance_id in call.body["instance_ids"]:
        item = instances(call.project).get(instance_id)
        if item is None:
            raise call.error("DBS.280022")
        chosen.append(ready(call, item))
    if not chosen:
        raise call.error("DBS.280006")
    entries = [{"instance_id": item.data["id"], "instance_name": item.data["name"],
                "apply_result": "APPLYING", "applied_at": times.east(call.now),
                "error_code": None} for item in chosen]
    template.more["applied"][:0] = entries

    def done(t):
        for item, entry in zip(chosen, entries):
            item.more["values"] = dict(template.more["values"])
            item.more["parameters_updated"] = t
            entry.update(apply_result="SUCCESS")

    def failed(t):
        for entry in entries:
            entry.update(apply_result="FAILED", error_code="DBS.280005")

    return accepted(run(call, "ApplyGaussDBV5Configuration", chosen[0], None, done, failed,
                        uuid=True))


def with_past(project, template):
    """A template that users made was applied to some instances before, and was changed."""
    if "past" not in template.more:
        template.more["past"] = True
        if template.data["user_defined"] and template.more["epoch"] < project.world.epoch:
            for number, item in enumerate(instances(project).rows()[:9]):
                bad = number % 4 == 3
                template.more["applied"].append({
                    "instance_id": item.data["id"], "instance_name": item.data["name"],
                    "apply_result": "FAILED" if bad else "SUCCESS",
                    "applied_at": times.east(project.world.epoch - (number + 1) * fleet.DAY),
                    "error_code": "DBS.280005" if bad else None})
            changes = sorted(template.more["values"].items())
            for number, (name, value) in enumerate(changes):
                bad = int(digest(template.data["id"], name)[:2], 16) < 40
                template.more["histories"].append({
                    "parameter_name": name, "old_value": BY_NAME[name].default,
                    "new_value": value, "update_result": "FAILED" if bad else "SUCCESS",
                    "updated_at": times.east(template.more["epoch"] - number)})
    return template


@performs("gaussdb.ListAppliedHistories")
def list_applied(call):
    return call.page(the_template(call).more["applied"])


@performs("gaussdb.ListHistoryOperations")
def list_histories(call):
    return call.page(the_template(call).more["histories"])
