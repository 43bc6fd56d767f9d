"""Lists, details and actions that need no code: made from the contract, then kept.

sample() makes a value that fits a schema of a contract.  A Kept list is made of such values
when it is first looked at; its details, creations, changes and deletions then work on the rows
that it holds.
"""

from . import fleet, times
from .call import Reply, performs
from .canonical import COLLECTIONS, shown
from .errors import ordinary
from .state import Item, Table, compact, digest, place, uuid_of

TEXTS = ("", "created for the migration", "50%_done; see #4711", "größer als üblich", "升级前",
         "it's \"quoted\"")


class Sampler:
    """Values for the schemas of one document.  Everything depends on "key" and "number"."""

    def __init__(self, document, epoch):
        self.components = document.get("components", {}).get("schemas", {})
        self.epoch = epoch

    def resolve(self, schema):
        while "$ref" in schema:
            schema = self.components[schema["$ref"].rsplit("/", 1)[1]]
        if "allOf" in schema:
            merged = {name: value for name, value in schema.items() if name != "allOf"}
            for part in schema["allOf"]:
                for name, value in self.resolve(part).items():
                    if name == "properties":
                        merged["properties"] = {**value, **merged.get("properties", {})}
                    else:
                        merged.setdefault(name, value)
            return merged
        return schema

    def value(self, schema, key, number, name="", depth=0):
        schema = self.resolve(schema)
        if "x-samples" in schema:
            return numbered(schema["x-samples"][number % len(schema["x-samples"])], number)
        kind = schema.get("type") or ("object" if "properties" in schema else "string")
        if kind == "object":
            if depth > 6:
                return {}
            return {each: self.value(part, digest(key, each), number, each, depth + 1)
                    for each, part in (schema.get("properties") or {}).items()}
        if kind == "array":
            if depth > 6:
                return []
            count = min(1 + number % 2, schema.get("maxItems", 2))
            return [self.value(schema.get("items", {}), digest(key, index), number + index,
                               name.rstrip("s"), depth + 1) for index in range(count)]
        if kind == "boolean":
            return number % 2 == 0
        if kind in ("integer", "number"):
            return self.number(schema, key, number, name)
        return self.text(schema, key, number, name)

    @staticmethod
    def is_time(schema, name):
        if schema.get("x-time-format", "") == "epoch millis":
            return True
        if "maximum" in schema or "pattern" in schema or name.endswith("delay_time"):
            return False
        return "x-time-format" in schema or schema.get("format") == "date-time" or \
            name.endswith(("_time", "_datetime", "_at", "created", "updated", "started",
                           "finished", "_date", "time_stamp"))

    def moment(self, key, number):
        return self.epoch - 90 * fleet.DAY + number * 7013 + int(key[:3], 16)

    def number(self, schema, key, number, name):
        if "enum" in schema:
            return schema["enum"][number % len(schema["enum"])]
        if self.is_time(schema, name):
            return self.moment(key, number) * 1000
        low = schema.get("minimum", 0)
        high = schema.get("maximum", low + 1000)
        if name == "port":
            return 8000 + number % 10
        chosen = low + int(key[:6], 16) % max(1, int(high - low) + 1)
        return chosen if schema["type"] == "integer" else chosen + 0.5 if chosen < high else chosen

    def text(self, schema, key, number, name):
        choices = schema.get("enum") or schema.get("x-enum") or schema.get("x-known-values")
        if isinstance(choices, list) and choices:
            choice = choices[number % len(choices)]
            return choice if isinstance(choice, str) else str(
                choice.get("value", "") if isinstance(choice, dict) else choice)
        if self.is_time(schema, name):
            moment = self.moment(key, number)
            form = schema.get("x-time-format", "")
            return str(moment * 1000) if "milli" in form else times.zulu(moment)
        return self.free_text(schema, key, number, name)

    @staticmethod
    def free_text(schema, key, number, name):
        if schema.get("x-time-format", "").startswith("hh:mm"):
            text = "22:59" if name.startswith("end") else "18:00"
        elif name.endswith(("_id", "_ids", "urn")) or name == "id":
            text = uuid_of(key)
            text = text.replace("-", "") if schema.get("maxLength", 64) < 36 else text
        elif name in ("description", "remark", "remarks"):
            text = TEXTS[number % len(TEXTS)]
        elif name.endswith("name") or name in ("code",):
            text = f"{fleet.WORDS[number % len(fleet.WORDS)]}-{name}-{number:03d}"
        elif name.endswith(("ip", "_address", "ips")):
            text = f"10.{int(key[:2], 16)}.{number % 256}.{int(key[2:4], 16)}"
        elif "progress" in name or name.endswith(("_util", "_rate", "rate")):
            text = str(number * 7 % 101)
        elif name.endswith("_days"):
            text = str(1 + number % 14)
        elif name.endswith(("_size", "_num", "count", "delay", "_millis", "_port")):
            text = str(int(key[:4], 16))
        else:
            text = f"{name or 'value'}-{number % 7}"
        text = text[:schema.get("maxLength", len(text))]
        return text.ljust(schema.get("minLength", 0), "0")


def numbered(value, number):
    """A value of x-samples: {n} in its texts becomes the number of the row."""
    if isinstance(value, str):
        return value.replace("{n}", f"{number:03d}")
    if isinstance(value, list):
        return [numbered(part, number) for part in value]
    if isinstance(value, dict):
        return {name: numbered(part, number) for name, part in value.items()}
    return value


def sampler(world, service):
    cache = world.__dict__.setdefault("samplers", {})
    key = (service, world.epoch)
    if key not in cache:
        cache[key] = Sampler(world.contract.documents[service], world.epoch)
    return cache[key]


def sample_answer(call, key="", number=0):
    """An answer to the operation that fits its schema; None where it has no body."""
    schema = call.operation.response_schema()
    if schema is None:
        return None
    made = sampler(call.world, call.operation.service)
    return made.value(schema, digest(call.world.seed, call.operation.key, key), number)


def perform(call):
    """An operation of which nothing is known but the contract."""
    examples = call.operation.response_examples
    if examples:
        example = next(iter(examples.values()))
        return Reply(example.status, compact(example.value))
    return sample_answer(call, ":".join(call.path.values()))


class Kept:
    """
    A list that is made from the contract and then kept.

    lists: the operation that shows it; items: the member of the answer that holds the rows;
    key: the member that identifies a row; scope: the path parameters (or query parameters,
    with "?") that tell one such list from another; parents: for a scope parameter, the Kept
    list in which its value must be.  details, deletes, updates: operations on one row, which
    their last path parameter names.  fields: members and how to make them of a row's number;
    finish(project, scope, data, number): what fields cannot do.
    """

    def __init__(self, name, service, lists, items, key="id", count=13, scope=(), parents=None,
                 details=None, deletes=None, updates=None, fields=None, finish=None,
                 limit=None, not_found=None):
        self.name = name
        self.service = service
        self.lists = f"{service}.{lists}"
        self.items = items
        self.key = key
        self.count = count
        self.scope = scope
        self.parents = parents or {}
        self.fields = fields or {}
        self.finish = finish
        self.limit = limit
        self.not_found = not_found
        performs(self.lists)(self.list)
        if details:
            performs(f"{service}.{details}")(self.detail)
        if deletes:
            performs(f"{service}.{deletes}")(self.delete)
        if updates:
            performs(f"{service}.{updates}")(self.update)
        COLLECTIONS[f"{service}.{name}"] = self.state

    def operation(self, world):
        return world.contract.operations[self.lists]

    def rows(self, project, scope=()):
        return project.table((self.service, self.name, *scope),
                             lambda _: Table(self.key, self.make(project, scope)))

    def make(self, project, scope):
        world = project.world
        source = sampler(world, self.service)
        schema = source.resolve(self.operation(world).response_schema())
        for name in self.items.split("."):
            schema = source.resolve(schema["properties"][name])
        schema = source.resolve(schema["items"])
        base = int(digest(project.id, self.name, *scope)[:4], 16)
        for number in range(self.count):
            key = digest(world.seed, project.id, self.service, self.name, *scope, number)
            data = source.value(schema, key, number, self.name.rstrip("s"))
            if isinstance(data.get(self.key), int):
                data[self.key] = 10000 + base * 100 + number
            for field, maker in self.fields.items():
                data[field] = maker(number)
            if "project_id" in data:
                data["project_id"] = project.id
            for name, value in zip(self.scope, scope):
                if name.lstrip("?") in data:
                    data[name.lstrip("?")] = value
            if self.finish:
                self.finish(project, scope, data, number)
            yield Item(data, {"key": key, "number": number})

    def scope_of(self, call):
        """The values that tell which list it is; refused where the parent does not exist."""
        values = tuple(str(call.query.get(name[1:], "")) if name.startswith("?")
                       else call.path[name] for name in self.scope)
        for name, value in zip(self.scope, values):
            parent = self.parents.get(name)
            if parent and parent.find(call.project, value, values[:len(parent.scope)]) is None:
                raise parent.refusal(value)
        return values

    def refusal(self, what):
        if self.not_found:
            return self.not_found(what)
        return ordinary(self.service, "missing", what)

    def find(self, project, text, scope=()):
        table = self.rows(project, scope).by_key
        return table.get(text) or (table.get(int(text)) if text.isdigit() else None)

    def the_row(self, call):
        scope = self.scope_of(call)
        name = [name for name in call.operation.path if name != "project_id"][-1]
        row = self.find(call.project, call.path[name], scope)
        if row is None:
            raise self.refusal(call.path[name])
        return row

    def list(self, call):
        rows = call.filtered(self.rows(call.project, self.scope_of(call)).rows())
        rows = within_ranges(call, rows)
        paging = call.operation.pagination
        marker = call.operation.document.get("x-marker")
        if marker:
            chosen, total = self.behind_marker(call, rows, marker), None
        elif not paging:
            chosen, total = rows, None
        else:
            limit, start = call.paging(self.limit)
            chosen, total = (rows[start:start + limit] if limit > 0 else rows), paging[
                "total_field"]
        others = self.beside(call, len(chosen), len(rows))
        return call.listing(chosen, self.items, total, len(rows), **others)

    def behind_marker(self, call, rows, marker):
        """The page that follows the row which the marker names."""
        after = call.query.get(marker["marker_param"])
        limit = int(call.query.get(marker["limit_param"]) or marker["default_limit"])
        keys = [str(row.data[self.key]) for row in rows]
        if after and after not in keys:
            raise call.invalid(marker["marker_param"])
        start = keys.index(after) + 1 if after else 0
        if call.effect.get("alternate"):
            start = (call.effect["turn"] - 1) % 2 * limit
        limit = min(limit, call.effect.get("page_cap", limit))
        call.position = start, limit
        return rows[start:start + limit]

    def beside(self, call, size, total):
        """Members of the answer beside the rows and their number."""
        source = sampler(call.world, self.service)
        schema = source.resolve(call.operation.response_schema())
        counts = {"size": size, "total": total, "count": total, "total_count": total,
                  "total_num": total, "instance_num": total}
        paging = call.operation.pagination or {}
        return {name: counts[name] for name in schema.get("properties", {})
                if name in counts and name != paging.get("total_field")}

    def detail(self, call):
        row = self.the_row(call)
        source = sampler(call.world, self.service)
        schema = source.resolve(call.operation.response_schema())
        full = source.value(schema, row.more["key"], row.more["number"])
        return {**full, **{name: value for name, value in row.data.items()
                           if name in full or not full}, **row.more.get("changed", {})}

    def delete(self, call):
        row = self.the_row(call)
        self.rows(call.project, self.scope_of(call)).remove(row.data[self.key])

    def update(self, call):
        row = self.the_row(call)
        for name, value in call.body.items():
            if name in row.data and value is not None:
                row.data[name] = value
        row.more.setdefault("changed", {}).update(call.body)
        for name in ("update_time", "last_updated_datetime"):
            if name in row.data:
                row.data[name] = times.zulu(call.now)
        row.changed()
        return Reply(call.operation.status, row.wire)

    def state(self, project, **query):
        scope = tuple(query.get(name.lstrip("?"), "") for name in self.scope)
        return shown(self.rows(project, scope).rows())


def keep_lists_of(contract, service):
    """The lists of a service that has no code: operations with x-list say what they hold."""
    for operation in contract.operations.values():
        shape = operation.document.get("x-list")
        if operation.service == service and shape:
            Kept(shape["items"], service, operation.operation_id, shape["items"],
                 key=shape.get("key", "id"), count=shape.get("count", 13),
                 details=shape.get("detail"))


def within_ranges(call, rows):
    """The range filters of the contract: bounds in epoch milliseconds, both inclusive."""
    for rule in call.operation.filters:
        bound = call.query.get(rule["param"])
        if rule["match"] != "range" or not bound or not bound.isdigit() or not rule["column"]:
            continue
        lower = "start" in rule["param"] or "begin" in rule["param"]
        rows = [row for row in rows
                if in_bound(place(row.data, rule["column"]), int(bound), lower)]
    return rows


def in_bound(value, bound, lower):
    if value in (None, ""):
        return False
    if isinstance(value, str):
        value = int(value) if value.isdigit() else (times.parse(value) or 0) * 1000
    return value >= bound if lower else value <= bound
