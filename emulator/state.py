"""What the emulator knows: projects, their tables of things, and jobs that take time.

Nothing runs in the background.  What falls due (a job that ends, a backup that is
complete) is carried out when the next request looks: Project.settle.
"""

import hashlib
import heapq
import itertools
import json
import random
import time

from . import times


class Clock:
    """The time of the emulated cloud: this machine's, moved by "skew" seconds."""

    def __init__(self):
        self.skew = 0.0

    def now(self):
        return time.time() + self.skew


def compact(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def digest(*parts):
    """32 hexadecimal digits that depend on nothing but the parts."""
    return hashlib.md5(":".join(map(str, parts)).encode(), usedforsecurity=False).hexdigest()


def uuid_of(*parts):
    text = digest(*parts)
    return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-8{text[17:20]}-{text[20:]}"


def place(value, path):
    """The member of a nested value at a dotted path, or None."""
    for name in path.split("."):
        if not isinstance(value, dict):
            return None
        value = value.get(name)
    return value


class Item:
    """
    A thing of a list: "data" is what the API shows, "more" what it does not.  Its JSON is
    kept until it is changed.
    """

    __slots__ = ("data", "more", "_wire")

    def __init__(self, data, more=None):
        self.data = data
        self.more = more if more is not None else {}
        self._wire = None

    @property
    def wire(self):
        if self._wire is None:
            self._wire = compact(self.data)
        return self._wire

    def change(self, **members):
        self.data.update(members)
        self._wire = None

    def changed(self):
        self._wire = None


class Table:
    """Items by key, in the order in which a list shows them."""

    def __init__(self, key="id", items=()):
        self.key = key
        self.by_key = {item.data[key]: item for item in items}
        self._rows = None

    def rows(self):
        if self._rows is None:
            self._rows = list(self.by_key.values())
        return self._rows

    def get(self, key):
        return self.by_key.get(key)

    def append(self, item):
        self.by_key[item.data[self.key]] = item
        self._rows = None

    def prepend(self, item):
        self.by_key = {item.data[self.key]: item, **self.by_key}
        self._rows = None

    def remove(self, key):
        self._rows = None
        return self.by_key.pop(key, None)

    def __len__(self):
        return len(self.by_key)


class Job:
    """Something that takes time."""

    def __init__(self, job_id, name, created, instance, due):
        self.id = job_id
        self.name = name
        self.status = "Running"
        self.created = created
        self.due = due              # None: it never ends
        self.ended = None
        self.fail_reason = None
        self.will_fail = None
        self.instance_id = instance.data["id"] if instance else ""
        self.instance_name = instance.data["name"] if instance else ""
        self.instance = instance
        self.last_instance_status = "deleted"
        self.tells_times = True     # its entry in the task list has created_at and ended_at

    def end(self, now):
        self.ended = now
        self.status = "Completed" if self.will_fail is None else "Failed"
        self.fail_reason = self.will_fail

    def progress(self, now):
        if self.status == "Completed":
            return "100"
        if self.due is None or self.due <= self.created:
            return "0"
        end = self.ended if self.ended is not None else now
        return str(max(0, min(99, int(100 * (end - self.created) / (self.due - self.created)))))

    def detail(self, now):
        """As GET /jobs shows it."""
        return {"id": self.id, "name": self.name, "status": self.status,
                "created": times.east(self.created),
                "ended": times.east(self.ended) if self.ended is not None else "",
                "progress": self.progress(now),
                "instance": {"id": self.instance_id, "name": self.instance_name},
                "fail_reason": self.fail_reason}

    def task(self, now):
        """As GET /tasks shows it."""
        status = self.last_instance_status
        if self.instance is not None:
            status = self.instance.data["status"].lower()
        entry = {"instance_info": {"instance_id": self.instance_id,
                                   "instance_name": self.instance_name,
                                   "instance_status": status},
                 "job_id": self.id, "name": self.name, "status": self.status,
                 "process": self.progress(now) if self.tells_times else None,
                 "fail_reason": self.fail_reason}
        if self.tells_times:
            entry["created_at"] = times.east(self.created)
            entry["ended_at"] = times.east(self.ended) if self.ended is not None else None
        return entry

    def truth(self, now):
        """For the admin plane."""
        return {"id": self.id, "name": self.name, "status": self.status,
                "created": times.zulu(self.created),
                "ended": times.zulu(self.ended) if self.ended is not None else None,
                "created_ms": int(self.created * 1000),
                "ended_ms": int(self.ended * 1000) if self.ended is not None else None,
                "progress": self.progress(now), "instance_id": self.instance_id,
                "instance_name": self.instance_name, "fail_reason": self.fail_reason}


class Project:
    """One project of the tenant in one region: everything that it owns."""

    def __init__(self, world, project_id, name, number):
        self.world = world
        self.id = project_id
        self.name = name
        self.number = number
        self.events = []
        self.sequence = itertools.count()
        self.tables = {}
        self.made = {}
        self.random = random.Random(f"{world.seed}/{project_id}")

    @property
    def now(self):
        return self.world.clock.now()

    def table(self, name, maker):
        """The table of that name, filled by maker(project) when it is first looked at."""
        found = self.tables.get(name)
        if found is None:
            found = self.tables[name] = maker(self)
        return found

    def once(self, name, maker):
        """Any other value that is made when it is first looked at."""
        if name not in self.made:
            self.made[name] = maker()
        return self.made[name]

    def new_id(self, suffix=""):
        return f"{self.random.getrandbits(128):032x}{suffix}"

    def new_uuid(self):
        return uuid_of(self.id, self.random.getrandbits(128))

    def at(self, due, action):
        heapq.heappush(self.events, (due, next(self.sequence), action))

    def settle(self):
        """Carry out what has fallen due."""
        now = self.now
        while self.events and self.events[0][0] <= now:
            due, _, action = heapq.heappop(self.events)
            action(due)

    def start_job(self, jobs, name, instance=None, done=None, failed=None, uuid=True):
        """
        A new job, running from now on.  done(t) is called when it ends well, failed(t) when
        it does not.
        """
        now = self.now
        job = Job(self.new_uuid() if uuid else self.new_id(), name, now, instance,
                  now + self.world.job_seconds)
        job.tells_times = len(jobs) % 2 == 0
        if self.world.fail_next:
            job.will_fail = self.world.fail_next.pop(0)

        def end(due):
            if job.id not in jobs:
                return
            job.end(due)
            outcome = done if job.will_fail is None else failed
            if outcome is not None:
                outcome(due)

        self.at(job.due, end)
        jobs[job.id] = job
        return job


class World:
    """All projects, and the settings that the admin plane can change."""

    PROJECTS = (("0483b6b16e954cb88930a360d2c4e663", "cn-north-4"),
                ("0549b4a43100d4f32f51c01c2fe4acdb", "cn-east-3"),
                ("0611f1bd8b00d5d32f17c017f15b599f", "eu-west-0"),
                ("05e1ab3e5f80d4d52f77c01c8f1b3a5d", "ap-southeast-1"))

    def __init__(self, contract, fleet=100, seed=1, job_seconds=2.0, epoch=None):
        self.contract = contract
        self.clock = Clock()
        self.job_seconds = job_seconds
        self.fixed_epoch = epoch
        self.page_cap = 0
        self.fail_next = []
        self.reset(fleet, seed)

    def reset(self, fleet, seed):
        self.fleet = fleet
        self.seed = seed
        self.fail_next.clear()
        # The fleet's past is dated back from here.
        self.epoch = self.fixed_epoch or int(self.clock.now()) // 60 * 60
        self.projects = {project_id: Project(self, project_id, name, number)
                         for number, (project_id, name) in enumerate(self.PROJECTS)}
