"""ROMA Connect: instances and, in each, what its four parts hold."""

from . import times
from .call import Reply, performs
from .errors import ApiError
from .generic import Kept, sample_answer, sampler
from .state import Item, compact, digest


def no_app(what):
    return ApiError(404, "APIG.3004", f"App {what} does not exist")


def no_api_version(what):
    return ApiError(404, "APIG.3022", f"The API version does not exist,id:{what}")


def no_instance(what):
    return ApiError(404, "APIC.7302", "Instance not found")


def no_resource(what):
    return ApiError(404, "ROMA.00110006", "The resource does not exist. Check whether the "
                    f"resource ID {what} is correct.")


STATUSES = ("RUNNING", "RUNNING", "RUNNING", "CREATING", "RUNNING", "FROZEN", "RUNNING")
APP_MEMBERS = ("app_id", "roma_app_id", "source_app_id", "target_app_id")


def of_an_app(project, scope, data, number):
    """Rows belong to applications of the same instance."""
    apps = APPS.rows(project, scope[:1]).rows()
    for shift, name in enumerate(APP_MEMBERS):
        if name in data:
            data[name] = apps[(number + shift) % len(apps)].data["id"]
    for name in ("app_name", "roma_app_name"):
        if name in data:
            data[name] = apps[number % len(apps)].data["name"]


def of_a_product(project, scope, data, number):
    of_an_app(project, scope, data, number)
    products = PRODUCTS.rows(project, scope).rows()
    product = products[number % 5 % len(products)].data
    data["product"].update(product_id=product["id"], product_name=product["name"])
    data["id"] = data["device_id"]


INSTANCES = Kept("instances", "roma", "CheckRomaInstanceListV2", "instances", count=7, limit=20,
                 not_found=no_instance,
                 fields={"name": lambda n: f"roma-{'prod' if n % 2 else 'test'}-{n:02d}",
                         "status": lambda n: STATUSES[n % len(STATUSES)],
                         "error_code": lambda n: "", "error_msg": lambda n: ""})
MQS = Kept("mqs_instances", "roma", "ListMqsInstance", "instances", key="instance_id", count=5,
           details="ShowMqsInstance", fields={
               "status": lambda n: "RUNNING" if n % 4 else "ERROR",
               "connect_address": lambda n: f"10.1.0.{n}:9093,10.1.1.{n}:9093"})


def listed(name, lists, items, scope=(), parents=None, **others):
    """A list within an instance, and perhaps within something of that."""
    return Kept(name, "roma", lists, items, scope=("instance_id", *scope), limit=20,
                parents={"instance_id": INSTANCES, **(parents or {})},
                **{"not_found": no_resource, **others})


APPS = listed("apps", "ListRomaApp", "apps", count=15, details="CheckRomaAppDetails",
              not_found=no_app)
PRODUCTS = listed("products", "ListProducts", "items", count=17, details="ShowProduct",
                  deletes="DeleteProduct", finish=of_an_app)
DEVICES = listed("devices", "ListDevices", "items", key="device_id", count=23,
                 details="ShowDevice", finish=of_a_product)
DATA_SOURCES = listed("datasources", "ListDatasources", "entities", key="datasource_id",
                      count=14, finish=of_an_app)
TASKS = listed("tasks", "ListTasks", "entities", key="task_id", count=19, details="ShowTask",
               finish=of_an_app)
MONITOR_LOGS = listed("monitor_logs", "ListMonitorLog", "entities", ("task_id",),
                      {"task_id": TASKS}, count=11)
LIVE_DATA_SOURCES = listed("data_sources", "ListLiveDataDataSourcesV2", "data_sources",
                           ("?app_id",), {"?app_id": APPS}, count=9)
APIS = listed("apis", "ListApisV2", "apis", count=21, finish=of_an_app)
API_VERSIONS = listed("api_versions", "ListApiVersionsV2", "api_versions", ("api_id",),
                      {"api_id": APIS}, key="version_id", count=6)
PLUGINS = listed("plugins", "ListPlugins", "plugins", key="plugin_id", count=12,
                 finish=of_an_app)
ATTACHED = listed("attached_plugins", "ListApiAttachedPlugins", "plugins", ("api_id",),
                  {"api_id": APIS}, key="plugin_id", count=5, finish=of_an_app)
ENVIRONMENTS = listed("envs", "ListEnvironmentsV2", "envs", count=5)
APP_QUOTAS = listed("app_quotas", "ListAppQuotas", "quotas", key="app_quota_id", count=8,
                    details="ShowAppQuota",
                    fields={"time_unit": lambda n: ("SECOND", "MINUTE", "HOURE", "DAY")[n % 4]})
APP_CODES = listed("app_codes", "ListAppCodesV2", "app_codes", ("app_id",), {"app_id": APPS},
                   count=4)
TOP_DICTIONARIES = 10
DICTIONARIES = listed("dictionaries", "ListDictionary", "dictionaries", count=TOP_DICTIONARIES + 5,
                      details="CheckDictionary", updates="UpdateDictionary", fields={
                          "code": lambda n: f"dict-{n:03d}",
                          "parent_code": lambda n: "" if n < TOP_DICTIONARIES else "dict-000"})


@performs("roma.ListDictionary")
def list_dictionaries(call):
    """The children of a dictionary, or those that have no parent."""
    rows = call.filtered(DICTIONARIES.rows(call.project, DICTIONARIES.scope_of(call)).rows())
    if not call.query.get("parent_code"):
        rows = [row for row in rows if not row.data["parent_code"]]
    limit, start = call.paging(DICTIONARIES.limit)
    chosen = rows[start:start + limit]
    return call.listing(chosen, "dictionaries", "total", len(rows), size=len(chosen))


def instance_of(call):
    row = INSTANCES.find(call.project, call.path["instance_id"])
    if row is None:
        raise no_instance(call.path["instance_id"])
    return row


@performs("roma.ShowDetailsOfInstanceV2")
def show_instance(call):
    row = instance_of(call)
    answer = sample_answer(call, row.more["key"], row.more["number"])
    for name, value in (("id", row.data["id"]), ("instance_id", row.data["id"]),
                        ("instance_name", row.data["name"]), ("project_id", call.project.id),
                        ("description", row.data.get("description"))):
        if name in answer:
            answer[name] = value
    return answer


@performs("roma.ListDevicesInProduct")
def count_devices(call):
    """As many as the list of devices has of the product; most have none."""
    PRODUCTS.scope_of(call)
    product = PRODUCTS.find(call.project, call.path["product_id"], (call.path["instance_id"],))
    if product is None:
        raise PRODUCTS.refusal(call.path["product_id"])
    rows = DEVICES.rows(call.project, (call.path["instance_id"],)).rows()
    return {"summary": sum((row.data.get("product") or {}).get("product_id")
                           == product.data["id"] for row in rows)}


@performs("roma.CreateDevice")
def create_device(call):
    instance_of(call)
    table = DEVICES.rows(call.project, (call.path["instance_id"],))
    body = call.body
    made = sampler(call.world, "roma")
    number = len(table)
    key = digest(call.path["instance_id"], "device", number)
    listed = made.resolve(call.world.contract.documents["roma"]["components"]["schemas"][
        "ListDevicesResponse"])["properties"]["items"]["items"]
    data = made.value(listed, key, number, "device")
    new_id = max((row.data["device_id"] for row in table.rows()), default=10000) + 1
    given = {name: value for name, value in body.items() if name != "password" and name in data}
    now = int(call.now * 1000)
    data.update(given, device_id=new_id, created_datetime=now, last_updated_datetime=now)
    if "id" in data:
        data["id"] = new_id
    table.append(Item(data, {"key": key, "number": number}))
    answer = sample_answer(call, key, number)
    answer.update({name: value for name, value in data.items() if name in answer})
    return Reply(201, compact(answer))


@performs("roma.DetachPluginFromApi")
def detach_plugin(call):
    instance_of(call)
    scope = (call.path["instance_id"], call.path["api_id"])
    table = ATTACHED.rows(call.project, scope)
    wanted = call.body.get("plugin_ids") or []
    for plugin_id in wanted:
        if table.get(plugin_id) is None:
            raise ApiError(404, "APIG.3068", f"Plugin {plugin_id} does not exist")
    for plugin_id in wanted:
        table.remove(plugin_id)


@performs("roma.ListApiVersionDetailV2")
def show_api_version(call):
    instance_of(call)
    wanted = call.path["version_id"]
    for api in APIS.rows(call.project, (call.path["instance_id"],)).rows():
        scope = (call.path["instance_id"], api.data["id"])
        version = API_VERSIONS.rows(call.project, scope).get(wanted)
        if version is not None:
            answer = sample_answer(call, wanted, version.more["number"])
            answer.update({name: value for name, value in api.data.items() if name in answer})
            answer["version_id"] = wanted
            return answer
    raise no_api_version(wanted)


@performs("roma.CreateAppCodeAutoV2")
def create_app_code(call):
    instance_of(call)
    app = APPS.find(call.project, call.path["app_id"], (call.path["instance_id"],))
    if app is None:
        raise no_app(call.path["app_id"])
    data = {"app_code": digest(call.now, "code") * 2, "id": call.project.new_id(),
            "app_id": app.data["id"], "create_time": times.zulu(call.now)}
    APP_CODES.rows(call.project, (call.path["instance_id"], app.data["id"])).append(Item(data))
    return Reply(201, compact(data))


# Device groups: a tree for each instance, the same for all of its applications ------------


def groups(call):
    """id -> group of an instance: nine of them, the last four within the first."""
    instance_of(call)
    base = 1000 + int(digest(call.path["instance_id"], "groups")[:3], 16)
    return call.project.once(("roma.groups", call.path["instance_id"]), lambda: {
        base + n: {"id": base + n, "name": f"group-{n:02d}", "parent_id": base if n > 4 else None}
        for n in range(9)})


def group_of(call):
    wanted = int(call.path["group_id"])
    group = groups(call).get(wanted)
    if group is None:
        raise no_resource(wanted)
    return group


@performs("roma.ShowDeviceGroupTree")
def show_device_groups(call):
    def under(parent_id):
        return [dict(group, children=under(group["id"])) for group in groups(call).values()
                if group["parent_id"] == parent_id]

    rows = under(None)
    return {"size": len(rows), "items": rows}


@performs("roma.ShowDeviceGroup")
def show_device_group(call):
    group = group_of(call)
    answer = sample_answer(call, str(group["id"]), group["id"])
    answer.update({name: value for name, value in group.items() if name in answer})
    return answer


@performs("roma.DeleteDeviceGroup")
def delete_device_group(call):
    """With all that is in it."""
    group = group_of(call)
    known = groups(call)
    for group_id in [each["id"] for each in known.values() if each["parent_id"] == group["id"]]:
        del known[group_id]
    del known[group["id"]]


@performs("roma.InstallMultiTasks")
def init_multi_task(call):
    instance_of(call)
    answer = sample_answer(call, str(call.now))
    for name in ("source_datasource_id", "target_datasource_id"):
        if name in answer:
            answer[name] = call.body.get(name)
    if "task_id" in answer:
        answer["task_id"] = call.body.get("task_id") or call.project.new_id()
    return answer
