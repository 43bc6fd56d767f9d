"""What the emulator knows, for tests to compare with: one form for each kind of value.

Times are YYYY-MM-DDTHH:MM:SSZ or null, numbers are numbers, lists are lists; everything else
is as the API sends it.
"""

import json

from . import fleet, gaussdb, times

COLLECTIONS = {}

NUMBERS = {"port", "size", "cpu", "mem", "disk", "oid", "pay_model", "vcpus", "ram"}
TIMES = {"created", "updated", "begin_time", "end_time", "created_at", "updated_at", "ended_at",
         "deleted_at", "applied_at", "ended", "started", "finished", "create_time",
         "update_time", "created_datetime", "last_updated_datetime"}
MILLISECONDS = 10 ** 11


def collection(name):
    """Registers function(project, **query) as /_emulator/state/<name>."""
    def register(function):
        COLLECTIONS[name] = function
        return function
    return register


def number(text):
    return int(text) if text.lstrip("-").isdigit() else float(text)


def canonical(value, name=None):
    if isinstance(value, dict):
        return {key: canonical(part, key) for key, part in value.items()}
    if name == "private_ips":
        return [part for text in value for part in text.split(" / ") if part]
    if isinstance(value, list):
        return [canonical(part) for part in value]
    if name in TIMES:
        return moment(value)
    if name in NUMBERS and isinstance(value, str):
        try:
            return number(value)
        except ValueError:
            return value
    return value


def moment(value):
    if value in (None, ""):
        return None
    if isinstance(value, (int, float)):
        return times.zulu(value / 1000 if value > MILLISECONDS else value)
    t = times.parse(value)
    return value if t is None else times.zulu(t)


def shown(rows):
    return [canonical(json.loads(row.wire)) for row in rows]


@collection("instances")
def instances(project):
    return [dict(canonical(row.data), tags=row.more["tags"])
            for row in gaussdb.instances(project).rows()]


@collection("backups")
def backups(project, instance_id=None):
    return [canonical(row.data) for row in project.table("backups", fleet.backups).rows()
            if instance_id in (None, row.data["instance_id"])]


@collection("jobs")
def jobs(project):
    now = project.now
    return [job.truth(now) for job in reversed(list(gaussdb.jobs(project).values()))]


@collection("templates")
def templates(project):
    return shown(project.table("templates", fleet.templates).rows())


@collection("recycle_instances")
def recycle_instances(project):
    return shown(project.table("recycle", fleet.recycle_bin).rows())


@collection("enterprise_projects")
def enterprise_projects(project):
    return shown(project.table("enterprise_projects", fleet.enterprise_projects).rows())


@collection("projects")
def projects(project):
    return [{"id": each.id, "name": each.name} for each in project.world.projects.values()]
