"""GaussDB: what is inside an instance: databases, users, schemas, and tenants with theirs."""

import json

from . import fleet, times
from .call import performs
from .canonical import canonical, collection
from .gaussdb import accepted, instances, ready, run, the_instance, weak
from .gaussdb_config import changed_parameters
from .state import digest

TENANT_PARAMETERS = fleet.tenant_parameters()


def inside(item, name, maker):
    """A table of an instance or tenant, made when it is first looked at."""
    if item.more.get(name) is None:
        chance = fleet.random.Random(digest(item.data["id"], name))
        item.more[name] = maker(chance)
    return item.more[name]


def databases(item):
    return inside(item, "databases", fleet.databases)


def users(item):
    return inside(item, "users", lambda chance: fleet.users(chance))


def schemas(item, name):
    """Of a database; a tenant has one such table, under the name ""."""
    return inside(item, f"schemas/{name}", fleet.schemas)


def usable(call):
    """The instance, where one may look into it."""
    item = the_instance(call)
    if item.data["status"] == "FROZEN":
        raise call.error("DBS.280449")
    return item


def find_database(call, item, name):
    if databases(item).get(name) is None:
        raise call.error("DBS.200823")


# Databases, users, schemas ---------------------------------------------------------------


@performs("gaussdb.CreateDatabase")
def create_database(call):
    item = ready(call, the_instance(call))
    body = call.body
    if databases(item).get(body["name"]):
        raise call.error("DBS.200826")
    owner = body.get("owner", "root")
    if users(item).get(owner) is None and owner != "test":
        raise call.error("DBS.200824")
    databases(item).append(fleet.database(body["name"], owner, 10777247,
                                          body.get("character_set", "UTF8"),
                                          body.get("lc_collate", "C")))


@performs("gaussdb.ListDatabases")
def list_databases(call):
    return call.page(databases(usable(call)).rows())


@performs("gaussdb.CreateDbUser")
def create_user(call):
    item = ready(call, the_instance(call))
    add_user(call, users(item))


def add_user(call, table):
    body = call.body
    if table.get(body["name"]):
        raise call.error("DBS.200827")
    check_password(call, body["name"], body["password"])
    table.append(fleet.user(body["name"]))


def check_password(call, name, password):
    if weak(password) or password in (name, name[::-1]):
        raise call.error("DBS.280203")


@performs("gaussdb.ListDbUsers")
def list_users(call):
    return call.page(users(usable(call)).rows())


@performs("gaussdb.SetDbUserPwd")
def set_user_password(call):
    set_password(call, ready(call, the_instance(call)))


def set_password(call, holder):
    name, password = call.body["name"], call.body["password"]
    if users(holder).get(name) is None:
        raise call.error("DBS.200824")
    check_password(call, name, password)
    passwords = holder.more.setdefault("passwords", {})
    if passwords.get(name) == password:
        raise call.error("DBS.200475")
    passwords[name] = password


@performs("gaussdb.CreateDatabaseSchemas")
def create_schemas(call):
    item = ready(call, the_instance(call))
    find_database(call, item, call.body["db_name"])
    add_schemas(call, schemas(item, call.body["db_name"]))


def add_schemas(call, table):
    taken = [entry for entry in call.body["schemas"] if table.get(entry["name"])]
    for entry in call.body["schemas"]:
        if not table.get(entry["name"]):
            table.append(fleet.schema(entry["name"], entry["owner"]))
    if taken:
        raise call.error("DBS.280651" if len(taken) == len(call.body["schemas"])
                         else "DBS.280652")


@performs("gaussdb.ListDatabaseSchemas")
def list_schemas(call):
    item = usable(call)
    find_database(call, item, call.query["db_name"])
    return call.page(schemas(item, call.query["db_name"]).rows())


@performs("gaussdb.AllowDbPrivileges")
def grant(call):
    item = ready(call, the_instance(call))
    find_database(call, item, call.body["db_name"])
    grant_in(call, item, call.body["db_name"])


def grant_in(call, holder, database):
    for entry in call.body["users"]:
        if users(holder).get(entry["name"]) is None:
            raise call.error("DBS.200824")
        if schemas(holder, database).get(entry["schema_name"]) is None:
            raise call.error("DBS.280632")
    grants = holder.more.setdefault("grants", {})
    for entry in call.body["users"]:
        key = (database, entry["schema_name"], entry["name"])
        grants[key] = "read" if entry["readonly"] else "write"


# Tenants ---------------------------------------------------------------------------------


def tenants(project, item):
    if item.more.get("tenants") is None:
        item.more["tenants"] = fleet.tenants(project, item)
    return item.more["tenants"]


def find_tenant(call, item, tenant_id):
    found = tenants(call.project, item).get(tenant_id)
    if found is None:
        raise call.error("DBS.212013")
    return found


def the_tenant(call):
    return find_tenant(call, usable(call), call.path["pdb_id"])


@performs("gaussdb.ListPdbs")
def list_tenants(call):
    item = usable(call)
    return call.page(call.filtered(tenants(call.project, item).rows()))


@performs("gaussdb.CreatePdb")
def create_tenant(call):
    item = ready(call, the_instance(call))
    body = call.body
    table = tenants(call.project, item)
    if any(row.data["name"] == body["pdb_name"] for row in table.rows()):
        raise call.error("DBS.200826")
    made = fleet.tenant(item, call.project.new_id(), body["pdb_name"], body["cpu"], body["mem"],
                        int(body["disk"]), int(call.now), body.get("configuration_id"))
    made.change(status="creating")
    table.append(made)
    return accepted(run(call, "CreateGaussDBV5Pdb", item, None,
                        lambda t: made.change(status="normal"),
                        lambda t: made.change(status="abnormal"), uuid=True))


def changed_tenant(call, item, name, **members):
    found = find_tenant(call, item, call.body["pdb_id"])
    return accepted(run(call, name, item, None, lambda t: found.change(
        updated=int(t * 1000), **members), uuid=True))


@performs("gaussdb.UpdatePdb")
def update_tenant(call):
    item = ready(call, the_instance(call))
    body = call.body
    if "disk" not in body:
        return changed_tenant(call, item, "ResizeGaussDBV5Pdb", cpu=body["cpu"], mem=body["mem"])
    found = find_tenant(call, item, body["pdb_id"])
    if int(body["disk"]) < int(found.data["disk"]):
        raise call.error("DBS.200306")
    return changed_tenant(call, item, "EnlargeGaussDBV5Pdb", disk=body["disk"])


@performs("gaussdb.DeletePdb")
def delete_tenant(call):
    item = ready(call, the_instance(call))
    found = find_tenant(call, item, call.body["pdb_id"])
    found.change(status="deleting")
    table = tenants(call.project, item)
    return accepted(run(call, "DeleteGaussDBV5Pdb", item, None,
                        lambda t: table.remove(found.data["id"]),
                        lambda t: found.change(status="normal"), uuid=True))


@performs("gaussdb.ShowPdbConfiguration")
def show_tenant_parameters(call):
    found = the_tenant(call)
    values = found.more["values"]
    created = int(found.data["created"]) / 1000
    return {"created": times.plain(created),
            "updated": times.plain(int(found.data["updated"]) / 1000),
            "datastore_name": "GaussDB", "datastore_version": "V2.0-8.200",
            "configuration_parameters": [
                {"name": p.name, "value": values.get(p.name, p.default),
                 "restart_required": p.restart, "value_range": p.range, "type": p.kind,
                 "description": p.description} for p in TENANT_PARAMETERS.values()]}


@performs("gaussdb.UpdatePdbConfiguration")
def set_tenant_parameters(call):
    item = ready(call, the_instance(call))
    found = find_tenant(call, item, call.path["pdb_id"])
    given = dict(call.body["values"])
    known = {name: value for name, value in given.items() if name in TENANT_PARAMETERS}
    if set(given) - set(known):
        raise call.error("DBS.280270")
    changed_parameters(call, known, TENANT_PARAMETERS)

    def done(t):
        found.more["values"].update(given)
        found.change(updated=int(t * 1000))

    return accepted(run(call, "UpdateGaussDBV5PdbConfiguration", item, None, done, uuid=True))


@performs("gaussdb.ListPdbConfigurationTemplates")
def list_tenant_templates(call):
    the_instance(call)
    rows = [{"id": f"{digest('tenant-template', number) if number else digest('tenant-template')}"
             "pr14", "name": f"Default-Enterprise-Edition-GaussDB-8.20{number}-CNTRL-PDB",
             "description": "Default parameter template for Enterprise Edition GaussDB "
             f"8.20{number}, PDB.", "created": "2024-08-15 02:50:30",
             "updated": "2024-08-15 02:50:30", "datastore_version": f"V2.0-8.20{number}",
             "datastore_name": "GaussDB", "ha_mode": "centralization_standard",
             "user_defined": False} for number in range(2)]
    return {"configurations": rows, "count": len(rows)}


@performs("gaussdb.ListPdbFlavors")
def list_tenant_flavors(call):
    item = the_instance(call)
    used = sum(int(row.data["disk"]) for row in tenants(call.project, item).rows())
    return {"pdb_flavors": [{"cpu": cpu, "mem": cpu * 4} for cpu in (1, 2, 4, 8)],
            "remaining_disk": max(0, item.data["volume"]["size"] * 4 - used)}


@performs("gaussdb.CreatePdbDbUser")
def create_tenant_user(call):
    ready(call, the_instance(call))
    add_user(call, users(the_tenant(call)))


@performs("gaussdb.ListPdbDbUsers")
def list_tenant_users(call):
    return call.page(users(the_tenant(call)).rows())


@performs("gaussdb.SetPdbDbUserPwd")
def set_tenant_user_password(call):
    ready(call, the_instance(call))
    set_password(call, the_tenant(call))


@performs("gaussdb.CreatePdbDatabaseSchemas")
def create_tenant_schemas(call):
    ready(call, the_instance(call))
    add_schemas(call, schemas(the_tenant(call), ""))


@performs("gaussdb.ListPdbDatabaseSchemas")
def list_tenant_schemas(call):
    return call.page(schemas(the_tenant(call), "").rows())


@performs("gaussdb.AllowPdbDbPrivileges")
def grant_in_tenant(call):
    ready(call, the_instance(call))
    grant_in(call, the_tenant(call), "")


# For the admin plane ---------------------------------------------------------------------


def rows_of(table):
    return [canonical(json.loads(row.wire)) for row in table.rows()]


@collection("databases")
def state_databases(project, instance_id):
    return rows_of(databases(instances(project).get(instance_id)))


@collection("db_users")
def state_users(project, instance_id):
    return rows_of(users(instances(project).get(instance_id)))


@collection("schemas")
def state_schemas(project, instance_id, db_name):
    return rows_of(schemas(instances(project).get(instance_id), db_name))


@collection("tenants")
def state_tenants(project, instance_id=None):
    chosen = [instances(project).get(instance_id)] if instance_id else instances(project).rows()
    return [row for item in chosen for row in rows_of(tenants(project, item))]


@collection("grants")
def state_grants(project, instance_id):
    grants = instances(project).get(instance_id).more.get("grants", {})
    return [{"database": key[0], "schema": key[1], "user": key[2], "privilege": value}
            for key, value in grants.items()]
