#!/usr/bin/python3
"""Compares the catalog with the OpenAPI documents that it was written from.

    coverage.py DUMP [API_DIRECTORY [EXCEPTIONS]] [--service NAME]...

DUMP is what "catalog_dump --json" prints.  Every service of the dump is
compared with API_DIRECTORY/<service>.openapi.json: is every operation served,
has every property of an answer a column, is every parameter a filter, every
member of a body an argument; do paging, ranges and enumerations agree; and is
the catalog well-formed in itself.  What differs on purpose is in EXCEPTIONS
(exceptions.json beside this file), each entry with its reason; an entry that
nothing needs is a failure too.

Prints a line for each group of checks and what fails in it; ends with status 1
when anything does.  Needs nothing but the standard library.
"""

import argparse
import json
import pathlib
import re
import sys

sys.dont_write_bytecode = True

import documents  # noqa: E402

METHODS = ("get", "put", "post", "delete", "patch", "head")
NAME = re.compile(r"^[a-z][a-z0-9_]{0,62}$")
PLACE = re.compile(r"^(\$\.|\^\.)?[^.|\[\]{}$^]+(\.[^.|\[\]{}$^]+)*$")
LARGEST_INTEGER = 2147483647

# Which SQL types can hold what the document says; a string can hold anything.
HOLDS = {
    "string": {"text", "integer", "bigint", "double precision", "boolean",
               "timestamp with time zone"},
    "integer": {"integer", "bigint", "double precision", "text", "timestamp with time zone"},
    "number": {"double precision", "text"},
    "boolean": {"boolean", "text"},
    "array": {"text[]", "integer[]", "jsonb"},
    "object": {"jsonb"},
}
SQL_TYPES = set().union(*HOLDS.values())

# Members beside a list that say how many rows came with it.
COUNTS = ("count", "size")


class Report:
    """Counts checks by group and knows what is excepted."""

    def __init__(self, exceptions):
        self.exceptions = exceptions
        self.used = set()
        self.groups = {}

    def check(self, title, group, good, message):
        passed, failures = self.groups.setdefault((title, group), ([], []))
        (passed if good else failures).append(message)

    def excepted(self, service, check, subject):
        for i, entry in enumerate(self.exceptions):
            if (entry["service"], entry["check"]) == (service, check) and \
                    subject in entry["subjects"]:
                self.used.add((i, subject))
                return True
        return False

    def check_exceptions(self, services):
        for i, entry in enumerate(self.exceptions):
            if entry["service"] not in services:
                continue
            self.check("catalog", "exceptions have a reason", entry.get("reason"),
                       f"{entry['service']}: {entry['check']}")
            for subject in entry["subjects"]:
                self.check("catalog", "exceptions are needed", (i, subject) in self.used,
                           f"{entry['service']}: {entry['check']} {subject}")

    def failures(self):
        return [(title, group, message) for (title, group), (_, failures)
                in self.groups.items() for message in failures]

    def print(self):
        for (title, group), (passed, failures) in self.groups.items():
            print(f"{'FAIL' if failures else 'ok  '} {title}: {group} ({len(passed)} of "
                  f"{len(passed) + len(failures)})")
            for failure in failures:
                print(f"       {failure}")
        passed = sum(len(p) for p, _ in self.groups.values())
        failed = len(self.failures())
        print(f"{passed} passed, {failed} failed")
        return passed > 0 and failed == 0


class Document(documents.Root):
    """An OpenAPI document: its operations, with references resolved on the way."""

    def __init__(self, root):
        super().__init__(root)
        for template, item in self.root["paths"].items():
            for method in METHODS:
                if method in item:
                    operation = dict(item[method])
                    operation["parameters"] = [
                        self.resolve(p) for p in
                        item.get("parameters", []) + operation.get("parameters", [])]
                    operation["method"], operation["path"] = method.upper(), template
                    self.operations[operation["operationId"]] = operation

    def variants(self, schema):
        """The shapes that a schema allows, each an object schema without allOf/anyOf."""
        schema = self.resolve(schema)
        for key in ("oneOf", "anyOf"):
            if key in schema:
                return [v for part in schema[key] for v in self.variants(part)]
        return [self.merged(schema)]

    def merged(self, schema):
        schema = self.resolve(schema)
        if "allOf" not in schema:
            return schema
        merged = {k: v for k, v in schema.items() if k != "allOf"}
        for part in schema["allOf"]:
            part = self.merged(part)
            merged["properties"] = {**part.get("properties", {}), **merged.get("properties", {})}
            merged["required"] = part.get("required", []) + merged.get("required", [])
            for key, value in part.items():
                merged.setdefault(key, value)
        return merged

    def leaves(self, schema, path=(), required=True, above=()):
        """(path, schema, required) of everything that holds a value.

        A list of plain values is one leaf, so is an object without named members, and so is
        an object inside one of its own kind.  "[]" stands for the elements of a list, "{}"
        for the members of a map of objects.
        """
        shapes = self.variants(schema)
        if id(shapes[0].get("properties")) in above or len(above) > 50:
            yield path, {"type": "object"}, required
            return
        for shape in shapes:
            inside = above + (id(shape.get("properties")),)
            if shape.get("properties"):
                for name, member in shape["properties"].items():
                    yield from self.leaves(member, path + (name,),
                                           required and name in shape.get("required", []), inside)
            elif shape.get("type") == "array":
                elements = self.variants(shape.get("items", {}))
                if any(e.get("properties") or e.get("type") == "array" for e in elements):
                    yield from self.leaves(shape["items"], path + ("[]",), required, above)
                else:
                    yield path, shape, required
            elif isinstance(shape.get("additionalProperties"), dict) and \
                    self.merged(shape["additionalProperties"]).get("properties"):
                yield from self.leaves(shape["additionalProperties"], path + ("{}",), required,
                                       above)
            elif path:
                yield path, shape, required

    def at(self, schema, path):
        """The schemas at a path, through all variants."""
        found = self.variants(schema)
        for step in path:
            following = []
            for shape in found:
                if step == "[]" and "items" in shape:
                    following += self.variants(shape["items"])
                elif step == "{}" and isinstance(shape.get("additionalProperties"), dict):
                    following += self.variants(shape["additionalProperties"])
                elif step in shape.get("properties", {}):
                    following += self.variants(shape["properties"][step])
            found = following
        return found

    def answer(self, operation):
        """The schema of what a successful call answers, or an empty one."""
        parts = []
        for status, response in operation["responses"].items():
            if status.startswith("2"):
                for media in self.resolve(response).get("content", {}).values():
                    parts.append(media["schema"])
        return {"anyOf": parts} if parts else {}

    def body(self, operation):
        """Schema and examples of the body, or None."""
        body = self.resolve(operation.get("requestBody", {}))
        for media in body.get("content", {}).values():
            examples = [self.resolve(e).get("value") for e in media.get("examples", {}).values()]
            return media["schema"], examples + [media[k] for k in ("example",) if k in media]
        return None


def dotted(path):
    return ".".join(path).replace(".[]", "[]").replace(".{}", "{}")


def steps(place):
    """"a.b[].c" as ("a", "b", "[]", "c")."""
    return tuple(s for s in re.split(r"\.|(\[\]|\{\})", place) if s)


def rows_at(document, schema, items):
    """The path of one row: the items, and "[]" behind them when they name a list."""
    path = steps(items)
    if path and path[-1] not in ("[]", "{}") and \
            any(s.get("type") == "array" for s in document.at(schema, path)):
        path += ("[]",)
    return path


def places(column_path, rows):
    """The places from the top of the answer that a column may be read from."""
    enclosing = rows[:-1]
    while enclosing and enclosing[-1] not in ("[]", "{}"):
        enclosing = enclosing[:-1]
    for alternative in column_path.split("|"):
        if alternative in ("@", "@value", "@key"):
            yield rows
        elif alternative.startswith("@value."):
            yield rows + steps(alternative[len("@value."):])
        elif alternative.startswith("$."):
            yield steps(alternative[2:])
        elif alternative == "$":
            yield ()
        elif alternative.startswith("^."):
            yield enclosing + steps(alternative[2:])
        else:
            yield rows + steps(alternative)


def within(place, leaf):
    return leaf[:len(place)] == place


class Service:
    """One service of the dump beside its document."""

    def __init__(self, dump, document, report):
        self.name = dump["name"]
        self.document = document
        self.report = report
        self.tables = [t for c in dump["chapters"] for t in c["resources"]]
        self.actions = [a for c in dump["chapters"] for a in c["actions"]]
        self.waiters = [w for c in dump["chapters"] for w in c["waiters"]]
        self.hosts = dump["other_hosts"]
        self.by_name = {t["name"]: t for t in self.tables}
        self.routes = {}
        for table in self.tables:
            for route in table["routes"]:
                self.routes.setdefault(route["operation_id"], []).append((table, route))
        self.functions = {}
        for action in self.actions:
            self.functions.setdefault(action["operation_id"], []).append(action)

    def check(self, group, good, message, exception=None):
        if not good and exception is not None and \
                self.report.excepted(self.name, *exception):
            good = True
        self.report.check(self.name, group, good, message)

    def check_hosts(self):
        said = {h["host"]: h["regions"].split("|") for h in self.hosts}
        meant = {h["host"]: h["regions"] for h in self.document.root.get("x-hosts", ())}
        self.check("hosts are those of the document", said == meant, f"{meant}, not {said}")

    def run(self):
        self.check_hosts()
        self.check_routes()
        self.check_operations()
        self.check_answers()
        self.check_columns_exist()
        self.check_parameters()
        self.check_filters()
        self.check_paging()
        self.check_bodies()
        self.check_arguments()
        self.check_results()
        self.check_marks()
        self.check_names()
        self.check_tables()
        self.check_columns()
        self.check_functions()
        self.check_waiters()

    # Coverage: from the document to the catalog.

    def check_operations(self):
        for name in self.document.operations:
            self.check("every operation is served",
                       name in self.routes or name in self.functions, name,
                       ("operation", name))
        entries = [(f"{t['name']} ({r['role']})", r) for t in self.tables for r in t["routes"]]
        entries += [(a["name"], a) for a in self.actions]
        for title, entry in entries:
            operation = self.document.operations.get(entry["operation_id"], {})
            said = (entry["method"], entry["path"])
            self.check("operation, method and path are the document's",
                       said == (operation.get("method"), operation.get("path")),
                       f"{title}: {entry['operation_id']} {said[0]} {said[1]}")

    def check_answers(self):
        for name, served in self.routes.items():
            schema = self.document.answer(self.document.operations.get(name, {"responses": {}}))
            columns, keys, totals, listed = [], set(), set(), False
            for table, route in served:
                rows = rows_at(self.document, schema, route["items"])
                totals.add(steps(route.get("total", "")))
                listed = listed or "[]" in rows
                for column in table["columns"]:
                    if "path" in column:
                        columns += [(p, column) for p in places(column["path"], rows)]
                    else:
                        keys.add(column["name"])
            for leaf, shape, _ in self.document.leaves(schema):
                found = [c for p, c in columns if p == leaf] or \
                    [c for p, c in columns if within(p, leaf) and c["type"] == "jsonb"]
                rows_of_values = any(p == leaf + ("[]",) for p, _ in columns)
                self.check("every property of an answer has a column",
                           found or rows_of_values or leaf in totals or leaf[-1] in keys or
                           listed and leaf[-1] in COUNTS and len(leaf) == 1,
                           f"{name}: {dotted(leaf)}",
                           ("property", f"{name}.{dotted(leaf)}"))
                for column in found:
                    self.check_type(name, leaf, shape, column)
                    if "x-unit" in shape and \
                            column["type"] not in ("jsonb", "timestamp with time zone"):
                        self.check("columns tell their unit", "unit" in column,
                                   f"{name}: {dotted(leaf)} is in {shape['x-unit']}",
                                   ("unit", f"{name}.{dotted(leaf)}"))

    def check_type(self, name, leaf, shape, column):
        kind = shape.get("type", "object")
        good = column["type"] == "jsonb" or column["type"] in HOLDS.get(kind, SQL_TYPES)
        if kind == "string" and "separator" in column:
            good = good or column["type"].endswith("[]")
        if kind == "integer" and column["type"] == "timestamp with time zone":
            good = "x-time-format" in shape or "time" in shape.get("description", "").lower()
        if "x-time-format" in shape and kind in ("string", "integer") and \
                not re.match(r"hh:mm|HH:mm", shape["x-time-format"]):
            good = column["type"] in ("timestamp with time zone", "jsonb")
        self.check("columns can hold what the document says", good,
                   f"{name}: {dotted(leaf)} is {kind}, column {column['name']} "
                   f"{column['type']}", ("type", f"{name}.{dotted(leaf)}"))

    def check_columns_exist(self):
        for table in self.tables:
            answers = []
            for route in table["routes"]:
                schema = self.document.answer(
                    self.document.operations.get(route["operation_id"], {"responses": {}}))
                rows = rows_at(self.document, schema, route["items"])
                answers.append((schema, rows))
                self.check("rows are where the document has them",
                           not rows or self.document.at(schema, rows),
                           f"{table['name']}: {route['items']}")
            for column in table["columns"]:
                if "path" in column:
                    self.check("every column is in the answer",
                               any(self.document.at(schema, p) for schema, rows in answers
                                   for p in places(column["path"], rows)),
                               f"{table['name']}.{column['name']}: {column['path']}",
                               ("column", f"{table['name']}.{column['name']}"))

    def check_routes(self):
        """A column that only one of two routes gives is marked as what that route gives."""
        for table in self.tables:
            routes = {route["role"]: route for route in table["routes"]}
            if set(routes) != {"list", "get"}:
                continue
            for column in table["columns"]:
                if "path" not in column:
                    continue
                given = {role for role, route in routes.items()
                         if self.gives(route, column["path"])}
                only = next(iter(given)) if len(given) == 1 else None
                subject = f"{table['name']}.{column['name']}"
                self.check("a column does not depend on the route", column.get("only") == only,
                           f"{subject}: {' and '.join(sorted(given))}, not {column.get('only')}",
                           ("route", subject))

    def gives(self, route, path):
        schema = self.document.answer(
            self.document.operations.get(route["operation_id"], {"responses": {}}))
        rows = rows_at(self.document, schema, route["items"])
        return any(self.document.at(schema, place) for place in places(path, rows))

    def check_parameters(self):
        for name, operation in self.document.operations.items():
            served = self.routes.get(name, [])
            functions = self.functions.get(name, [])
            if not served and not functions:
                continue
            wanted = [(p["in"], p["name"], p.get("required", False))
                      for p in operation["parameters"]
                      if p["name"] not in ("project_id", "X-Language")
                      and p["in"] in ("query", "path", "header")]
            if served and not functions and self.document.body(operation):
                wanted += [("body", dotted(leaf), required) for leaf, _, required
                           in self.document.leaves(self.document.body(operation)[0])]
            for location, parameter, required in wanted:
                known = [e for _, r in served for e in r["parameters"]
                         if (e["location"], e["name"]) == (location, parameter)]
                known += [e for a in functions for e in a["arguments"]
                          if (e["location"], e["place"]) == (location, parameter)]
                paging = [r for _, r in served
                          if r.get("paging", {}).get("location") == location
                          and parameter in (r["paging"]["limit"], r["paging"]["offset"])]
                subject = f"{name}.{parameter}"
                self.check("every parameter is a filter, a key, an argument or paging",
                           known or paging, f"{name}: {location} {parameter}",
                           ("parameter", subject))
                if required and known:
                    self.check("required parameters are required",
                               all(e.get("required") for e in known), subject,
                               ("required", subject))
        for table in self.tables:
            for route in table["routes"]:
                self.check_route_parameters(table, route)

    def check_route_parameters(self, table, route):
        operation = self.document.operations.get(route["operation_id"], {"parameters": []})
        known = {(p["in"], p["name"]): self.document.resolve(p.get("schema", {}))
                 for p in operation["parameters"]}
        body = self.document.body(operation)
        if body:
            known.update({("body", dotted(leaf)): shape
                          for leaf, shape, _ in self.document.leaves(body[0])})
        for parameter in route["parameters"]:
            subject = f"{table['name']}.{parameter['name']}"
            shape = known.get((parameter["location"], parameter["name"]))
            self.check("parameters are the document's", shape is not None, subject,
                       ("unknown parameter", subject))
            if shape is None:
                continue
            types = [c["type"] for c in table["columns"] if c["name"] == parameter.get("column")]
            if "timestamp with time zone" in types:
                millis = "milli" in shape.get("x-time-format", "")
                self.check("times are sent in the form of the document",
                           "time_form" in parameter and
                           millis == (parameter["time_form"] == "millis"), subject,
                           ("time form", subject))
            allowed = {str(v) for v in shape.get("enum", [])}
            domain = self.domain(parameter)
            if not allowed:
                if "domain" in parameter:
                    told = self.told(operation, table, route, parameter)
                    self.check("domains are told in the document",
                               all(re.search(rf"\b{re.escape(v)}\b", told) for v in domain),
                               f"{subject}: {sorted(domain)}", ("domain", subject))
                continue
            self.check("domains are the document's enumerations",
                       domain and domain <= allowed, subject, ("domain", subject))
            missing = allowed - domain
            if "domain" not in parameter:
                # One constant for each table of the operation: together they are all values.
                missing -= set().union(*(self.domain(p) for _, r in
                                         self.routes[route["operation_id"]]
                                         for p in r["parameters"]
                                         if p["name"] == parameter["name"]))
            self.check("domains are complete", not domain or not missing,
                       f"{subject} lacks {sorted(missing)}", ("incomplete domain", subject))

    def told(self, operation, table, route, parameter):
        """All that the document says of a parameter and of the property that it filters."""
        schema = self.document.answer(operation)
        rows = rows_at(self.document, schema, route["items"])
        texts = [json.dumps(p) for p in operation["parameters"]
                 if p["name"] == parameter["name"]]
        for documented in operation.get("x-filters") or []:
            if documented["param"] == parameter["name"] and documented.get("column"):
                texts += [json.dumps(shape) for shape in
                          self.document.at(schema, rows + steps(documented["column"]))]
        for column in table["columns"]:
            if column["name"] == parameter.get("column") and "path" in column:
                texts += [json.dumps(shape) for place in places(column["path"], rows)
                          for shape in self.document.at(schema, place)]
        return " ".join(texts)

    @staticmethod
    def domain(parameter):
        """The values that can be sent; empty when any can."""
        if "domain" in parameter:
            return set(parameter["domain"].split("|"))
        if "fallback" in parameter and parameter["match"] == "none":
            fallback = parameter["fallback"]
            return {fallback if parameter["location"] != "body" else str(json.loads(fallback))}
        return set()

    def check_filters(self):
        """A filter may be trusted only as far as the document says what it does."""
        needs = {"exact": {"exact"}, "exact_star": {"exact"}, "contains": {"contains"},
                 "prefix": {"prefix"}, "from": {"range"}, "to": {"range"}}
        for table in self.tables:
            for route in table["routes"]:
                operation = self.document.operations.get(route["operation_id"], {})
                filters = {f["param"]: f for f in operation.get("x-filters") or []}
                columns = {c["name"]: c for c in table["columns"]}
                for parameter in route["parameters"]:
                    documented = filters.get(parameter["name"])
                    column = columns.get(parameter.get("column"), {})
                    subject = f"{table['name']}.{parameter['name']}"
                    if parameter["match"] in needs and "path" in column:
                        good = documented and documented["match"] in needs[parameter["match"]]
                        if parameter["match"] == "exact_star":
                            good = good and "wildcard" in documented
                        elif parameter["match"] == "exact":
                            good = good and "wildcard" not in documented
                        self.check("filters do what the document says", good,
                                   f"{subject}: {parameter['match']}", ("match", subject))
                    if documented and documented.get("column") and "path" in column:
                        self.check("filters are on the right column",
                                   self.is_column(operation, route, column,
                                                  documented["column"]),
                                   f"{subject}: {documented['column']}, not {column['path']}",
                                   ("filter column", subject))

    def is_column(self, operation, route, column, documented):
        """Is a column what the document calls by a place in an item, or in the answer?"""
        schema = self.document.answer(operation)
        field = (operation.get("x-pagination") or {}).get("items_field") or route["items"]
        listed = rows_at(self.document, schema, field)
        meant = {listed + steps(documented), steps(documented)}
        return bool(meant & set(places(column["path"], rows_at(self.document, schema,
                                                               route["items"]))))

    def check_paging(self):
        unit = {"records": "record", "pages": "page"}
        for name, served in self.routes.items():
            operation = self.document.operations.get(name, {"responses": {}, "parameters": []})
            documented = operation.get("x-pagination")
            schema = self.document.answer(operation)
            lowest = {p["name"]: self.document.resolve(p.get("schema", {})).get("minimum")
                      for p in operation["parameters"]}
            for table, route in served:
                paging = route.get("paging")
                title = f"{table['name']} ({route['role']})"
                self.check("lists are paged as documented",
                           bool(paging) == bool(documented) or
                           not paging and route["role"] == "get",
                           f"{title}: {documented}", ("paging", table["name"]))
                records = route["items"].count("[]") > 1
                self.check("items of items say what paging counts",
                           not paging or records == ("records" in route), title)
                if not paging or not documented:
                    continue
                field = route.get("records", route["items"])
                agree = [
                    ("unit of the offset", paging["kind"], unit.get(documented["offset_unit"])),
                    ("name of the limit", paging["limit"], documented["limit_param"]),
                    ("name of the offset", paging["offset"], documented["offset_param"]),
                    ("first position", paging.get("first", 0),
                     documented.get("first_page", lowest.get(paging["offset"]) or 0)),
                    ("place", paging["location"], documented.get("in", "query")),
                    ("total", route.get("total"), documented.get("total_field"))]
                if documented.get("items_field"):
                    agree.append(("items", rows_at(self.document, schema, field),
                                  rows_at(self.document, schema, documented["items_field"])))
                for limit in ("default_limit", "max_limit"):
                    if documented.get(limit):
                        agree.append((limit, paging.get(limit), documented[limit]))
                for what, said, meant in agree:
                    self.check("limits, offsets and totals agree", said == meant,
                               f"{title}: {what} is {meant}, not {said}",
                               ("paging", f"{table['name']}.{what}"))

    def check_bodies(self):
        """Every member of a body is an argument of a function that sends it."""
        for name, functions in self.functions.items():
            body = self.document.body(self.document.operations.get(name, {}))
            if body is None:
                continue
            variants = self.document.variants(body[0])
            for i, variant in enumerate(variants):
                leaves = list(self.document.leaves(variant))
                best = functions
                if len(variants) > 1:
                    best = [max(functions, key=lambda a: self.fit(a, leaves))]
                for leaf, shape, required in leaves:
                    subject = f"{name}.{dotted(leaf)}"
                    found = [e for a in best for e in a["arguments"] if self.carries(e, leaf)]
                    through = any(e["location"] == "body" and e["place"] == ""
                                  for a in best for e in a["arguments"])
                    self.check("every member of a body is an argument", found or through,
                               subject, ("member", subject))
                    if required:
                        self.check("required members are required",
                                   found and all(e.get("required") or "fallback" in e
                                                 for e in found),
                                   subject, ("required", subject))

    @staticmethod
    def carries(argument, leaf):
        """Does an argument hold a leaf of the body: itself, or the object around it?"""
        place = steps(argument["place"])
        if argument["location"] != "body" or not place:
            return False
        return place == leaf or argument["type"] == "jsonb" and within(place, leaf)

    def fit(self, action, leaves):
        """How well a function fits a variant of a body."""
        mine = [e for e in action["arguments"] if e["location"] == "body" and e["place"]]
        good = sum(any(self.carries(e, leaf) for e in mine) for leaf, _, _ in leaves)
        bad = sum(not any(self.carries(e, leaf) for leaf, _, _ in leaves) for e in mine)
        return good - 2 * bad

    def check_arguments(self):
        for action in self.actions:
            operation = self.document.operations.get(action["operation_id"],
                                                     {"parameters": []})
            known = {(p["in"], p["name"]): self.document.resolve(p.get("schema", {}))
                     for p in operation["parameters"]}
            body = self.document.body(operation)
            variants = [list(self.document.leaves(v))
                        for v in self.document.variants(body[0])] if body else [[]]
            leaves = max(variants, key=lambda v: self.fit(action, v))
            for argument in action["arguments"]:
                subject = f"{action['name']}.{argument['name'] or argument['place']}"
                if argument["location"] == "body":
                    if argument["place"] == "":
                        self.check("extra is an optional object",
                                   argument["type"] == "jsonb" and
                                   not argument.get("required"), subject)
                        continue
                    shapes = [s for leaf, s, _ in leaves if steps(argument["place"]) == leaf]
                    inside = any(self.carries(argument, leaf) for leaf, _, _ in leaves)
                else:
                    shapes = [known[key] for key in [(argument["location"], argument["place"])]
                              if key in known]
                    inside = False
                self.check("arguments are the document's", shapes or inside, subject,
                           ("argument", subject))
                if shapes and argument["name"] == "":
                    self.check("constants are allowed values",
                               json.loads(argument["fallback"]) in
                               shapes[0].get("enum", [json.loads(argument["fallback"])]),
                               subject)
                elif shapes:
                    self.check_argument(subject, argument, shapes[0])
                    if body:
                        self.check_examples(subject, argument, body[1], shapes[0])

    def check_argument(self, subject, argument, shape):
        def agree(group, said, meant):
            self.check(group, said == meant, f"{subject}: {meant}, not {said}",
                       ("argument", f"{subject}"))

        kind = shape.get("type")
        element = self.document.merged(shape.get("items", {})) if kind == "array" else {}
        meant = {"string": "text", "integer": "integer", "number": "double precision",
                 "boolean": "boolean", "object": "jsonb",
                 "array": {"string": "text[]", "integer": "integer[]"}.get(
                     element.get("type"), "jsonb")}.get(kind, argument["type"])
        said = argument["type"]
        if "[]" in argument["place"]:
            said = said.replace("[]", "")
        elif said in ("timestamp with time zone", "bigint"):
            meant = said
        agree("arguments have the type of the document", said, meant)

        if argument["type"] == "jsonb":
            return
        if "[]" not in argument["place"]:
            sizes = ("minItems", "maxItems") if kind == "array" else ("minLength", "maxLength")
            agree("lengths agree", argument.get("min_length", 0), shape.get(sizes[0], 0))
            agree("lengths agree", argument.get("max_length", 0), shape.get(sizes[1], 0))
        limits = argument.get("range", {})
        largest = limits.get("max", 0) if limits else None
        smallest = limits.get("min", 0) if limits else None
        if "enum" not in shape:
            agree("ranges agree", smallest, shape.get("minimum"))
            agree("ranges agree", None if largest == LARGEST_INTEGER else largest,
                  shape.get("maximum"))
        enumeration = shape.get("enum", element.get("enum", []))
        enumeration = shape.get("x-case-insensitive-enum", enumeration)
        values = sorted(str(v) for v in enumeration)
        agree("enumerations agree",
              sorted(argument["values"].split("|")) if "values" in argument else [], values)
        if shape.get("format") == "password" or shape.get("writeOnly"):
            agree("passwords are secret", argument.get("secret", False), True)
        if "pattern" in shape and "(?!" not in shape["pattern"]:
            self.check("patterns are checked", "pattern" in argument, subject,
                       ("pattern", subject))

    def check_examples(self, subject, argument, examples, shape):
        """What the document shows and allows must pass the pattern."""
        for example in examples:
            value = example
            for step in steps(argument["place"]):
                value = value.get(step) if isinstance(value, dict) else None
            if isinstance(value, str) and "pattern" in argument and \
                    re.search(shape.get("pattern", ""), value):
                self.check("patterns let the examples pass",
                           re.search(argument["pattern"], value), f"{subject}: {value}")

    def check_results(self):
        for action in self.actions:
            operation = self.document.operations.get(action["operation_id"],
                                                     {"responses": {}})
            schema = self.document.answer(operation)
            rows = rows_at(self.document, schema, action.get("items", ""))
            read = [(p, r) for r in action["results"] for p in places(r["path"], rows)]
            variants = [list(self.document.leaves(v)) for v in self.document.variants(schema)]
            leaves = max(variants, key=lambda v: sum(p == leaf for p, _ in read
                                                     for leaf, _, _ in v)
                         - sum(not any(p == leaf for p, _ in read) for leaf, _, _ in v))
            for leaf, shape, _ in leaves:
                found = [r for p, r in read if p == leaf] or \
                    [r for p, r in read if within(p, leaf) and r["type"] == "jsonb"]
                subject = f"{action['name']}.{dotted(leaf)}"
                counts = "items" in action and len(leaf) == 1 and leaf[0] in COUNTS
                self.check("every property of an answer is a result", found or counts, subject,
                           ("result", subject))
                for result in found:
                    self.check_type(action["name"], leaf, shape, result)
            for result in action["results"]:
                subject = f"{action['name']}.{result['name']}"
                self.check("results are in the answer",
                           any(self.document.at(schema, p)
                               for p in places(result["path"], rows)),
                           subject, ("unknown result", subject))

    def check_marks(self):
        """Destructive, asynchronous, only asking."""
        for name, functions in self.functions.items():
            operation = self.document.operations.get(name, {})
            job = operation.get("x-async-job")
            for action in functions:
                said = action.get("job")
                path = next((r["path"] for r in action["results"] if r["name"] == said), "")
                self.check("asynchronous actions name their job",
                           job.split("[].")[-1] in path.split("|") if job else said is None,
                           f"{action['name']}: {job}, not {said}", ("job", action["name"]))
                if action["method"] == "GET" or operation.get("x-read-only"):
                    self.check("questions are marked", action.get("reads_only"),
                               action["name"])
            marks = {bool(a.get("destructive")) for a in functions}
            expected = {bool(operation.get("x-destructive"))}
            if "x-destructive-when" in operation:
                expected = {True, False}
            self.check("destructive actions are marked", marks == expected,
                       f"{name}: {operation.get('x-destructive')}", ("destructive", name))
        for name, served in self.routes.items():
            operation = self.document.operations.get(name, {})
            self.check("tables only read",
                       operation.get("method") == "GET" or operation.get("x-pagination") or
                       operation.get("x-read-only") or re.match("(Batch)?(List|Show)", name),
                       name, ("reads", name))

    # The catalog in itself.

    def check_names(self):
        def unique(group, names):
            names = list(names)
            for name in names:
                self.check(group, names.count(name) == 1, name)
                self.check("names are well-formed", NAME.match(name), name)

        unique("tables have names of their own", (t["name"] for t in self.tables))
        unique("functions have names of their own",
               (f["name"] for f in self.actions + self.waiters))
        for table in self.tables:
            columns = [c["name"] for c in table["columns"]]
            self.check("columns have names of their own",
                       len(set(columns)) == len(columns) and "raw" not in columns,
                       table["name"])
            for column in columns:
                self.check("names are well-formed", NAME.match(column),
                           f"{table['name']}.{column}")
        for function in self.actions + self.waiters:
            self.check("functions begin with the service",
                       function["name"].startswith(self.name + "_"), function["name"])
        for action in self.actions:
            for kind in ("arguments", "results"):
                names = [e["name"] for e in action[kind] if e["name"]]
                self.check("arguments and results have names of their own",
                           len(set(names)) == len(names) and "server" not in names,
                           f"{action['name']}: {kind}")
                for name in names:
                    self.check("names are well-formed", NAME.match(name),
                               f"{action['name']}.{name}")

    def check_tables(self):
        for table in self.tables:
            title = table["name"]
            columns = {c["name"] for c in table["columns"]}
            self.check("tables know their service, section and purpose",
                       table["service"] == self.name and table.get("section") and
                       table["description"].endswith("."), title)
            self.check("the key is a column", table.get("key", "") in columns | {""}, title)
            self.check_parent(table)
            for route in table["routes"]:
                placeholders = set(re.findall(r"\{(\w+)\}", route["path"])) - {"project_id"}
                named = {p["name"] for p in route["parameters"] if p["location"] == "path"}
                self.check("placeholders are parameters", placeholders == named,
                           f"{title}: {route['path']}")
                names = [(p["location"], p["name"]) for p in route["parameters"]]
                self.check("parameters have names of their own",
                           len(set(names)) == len(names), title)
                for parameter in route["parameters"]:
                    self.check("parameters are on columns",
                               (parameter.get("column") in columns or
                                parameter["match"] == "none") and
                               parameter.get("also", parameter.get("column")) in
                               columns | {None}, f"{title}.{parameter['name']}")
                    self.check("path parameters are keys",
                               parameter["location"] != "path" or
                               parameter["match"] == "key" and parameter.get("required"),
                               f"{title}.{parameter['name']}")
                    pair = parameter.get("pair")
                    self.check("pairs are parameters",
                               pair is None or pair in [p["name"] for p in route["parameters"]],
                               f"{title}.{parameter['name']}")

    def check_parent(self, table):
        """Every required key comes from the parent, from a domain, or is said to be needed."""
        keys = {k["column"]: k["parent_column"] for k in table.get("parent_keys", [])}
        parent = self.by_name.get(table.get("parent"))
        columns = {c["name"] for c in table["columns"]}
        self.check("parents exist", (parent is not None) == ("parent" in table), table["name"])
        self.check("parents have keys", bool(keys) == ("parent" in table), table["name"])
        if parent is not None:
            theirs = {c["name"] for c in parent["columns"]}
            for column, theirs_name in keys.items():
                self.check("parent keys are columns of both",
                           column in columns and theirs_name in theirs,
                           f"{table['name']}.{column}")
            seen, ancestor = {table["name"]}, parent
            while ancestor is not None and ancestor["name"] not in seen:
                seen.add(ancestor["name"])
                ancestor = self.by_name.get(ancestor.get("parent"))
            self.check("parents end", ancestor is None, table["name"])
        for route in table["routes"]:
            for parameter in route["parameters"]:
                if parameter.get("required") and route["role"] == "list":
                    self.check("required keys come from somewhere",
                               parameter.get("column") in keys or "domain" in parameter or
                               "fallback" in parameter or
                               "must be given" in table["description"],
                               f"{table['name']}.{parameter['name']}",
                               ("key", f"{table['name']}.{parameter['name']}"))

    def check_columns(self):
        for table in self.tables:
            bound = {p.get("column") for r in table["routes"] for p in r["parameters"]}
            roles = {r["role"] for r in table["routes"]}
            for column in table["columns"]:
                subject = f"{table['name']}.{column['name']}"
                path = column.get("path")
                self.check("columns are well-formed",
                           column["type"] in SQL_TYPES and
                           (path is None or all(
                               p in ("@", "@key", "@value", "$") or
                               PLACE.match(p.removeprefix("@value."))
                               for p in path.split("|"))) and
                           column.get("only", "any") in roles | {"any"} and
                           ("separator" not in column or column["type"].endswith("[]")),
                           subject)
                self.check("columns that are not in the answer are bound",
                           path is not None or column["name"] in bound, subject)
                self.check("columns are described",
                           column["description"].endswith(".") and
                           column["description"][0].isupper(), subject)

    def check_functions(self):
        for action in self.actions:
            title = action["name"]
            self.check("functions know their service, section and purpose",
                       action["service"] == self.name and action.get("section") and
                       action["description"].endswith("."), title)
            placeholders = set(re.findall(r"\{(\w+)\}", action["path"])) - {"project_id"}
            named = {a["place"] for a in action["arguments"] if a["location"] == "path"}
            self.check("placeholders are arguments", placeholders == named, title)
            results = [r["name"] for r in action["results"]]
            self.check("the job is a result",
                       action.get("job", results[0] if results else None) in results + [None],
                       title)
            types = {a["name"]: a["type"] for a in action["arguments"] if a["name"]}
            optional = False
            for argument in action["arguments"]:
                subject = f"{title}.{argument['name'] or argument['place']}"
                if argument["name"] == "":
                    self.check("constants have a value", "fallback" in argument, subject)
                    continue
                self.check("required arguments come first",
                           not (optional and argument.get("required")), subject)
                optional = optional or not argument.get("required")
                self.check("arguments are described",
                           argument.get("description", "").endswith("."), subject)
            for result in action["results"]:
                self.check("arguments and results of one name have one type",
                           len(results) == 1 or
                           types.get(result["name"], result["type"]) == result["type"],
                           f"{title}.{result['name']}")
                self.check("results are described",
                           result.get("description", "").endswith("."),
                           f"{title}.{result['name']}")

    def check_waiters(self):
        for waiter in self.waiters:
            title = waiter["name"]
            table = self.by_name.get(waiter["table"])
            columns = {c["name"]: c for c in table["columns"]} if table else {}
            named = [waiter[m] for m in ("key", "type", "status", "progress", "reason")]
            named += [waiter["task"]] if "task" in waiter else []
            named += waiter.get("about", "").split("|") if "about" in waiter else []
            self.check("what waits knows its service and purpose",
                       waiter["service"] == self.name and waiter["description"].endswith("."),
                       title)
            for column in named + waiter["results"].split("|"):
                self.check("what waits looks at columns", column in columns, f"{title}: {column}")
            # Many ids at once are many requests by key, not a list.
            self.check("what waits asks by key",
                       table is not None and any(
                           p.get("column") == waiter["key"] and p["match"] == "key"
                           for r in table["routes"] if r["role"] == "get"
                           for p in r["parameters"]), title)
            for column, members in ((waiter["status"], ("going_on", "done", "failed")),
                                    (waiter.get("task"), ("tasks_going_on", "failed_tasks"))):
                known = "|".join(waiter.get(m, "") for m in members).split("|")
                for value in columns.get(column, {}).get("values", "").split("|"):
                    self.check("what waits knows the values", value.strip() in known,
                               f"{title}: {value.strip()}")
                self.check("what waits is of one mind about a value",
                           len(known) - known.count("") == len(set(known) - {""}), title)
            self.check("what waits comes to an end", "timeout" in waiter, title)


def compare(dump, roots, exceptions, only=None):
    """The report on a dump and the documents (by service) that belong to it."""
    report = Report(exceptions)
    services = [s for s in dump["services"] if only is None or s["name"] in only]
    for service in services:
        Service(service, Document(roots[service["name"]]), report).run()

    names = [f["name"] for s in dump["services"] for c in s["chapters"]
             for f in c["actions"] + c["waiters"]]
    for name in names:
        report.check("catalog", "functions of all services have names of their own",
                     names.count(name) == 1, name)
    for name in roots if only is None else only:
        report.check("catalog", "every document has its service",
                     name in [s["name"] for s in services], name)
    report.check_exceptions([s["name"] for s in services])
    return report


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("dump", type=pathlib.Path)
    here = pathlib.Path(__file__).resolve()
    parser.add_argument("api", type=pathlib.Path, nargs="?", default=here.parents[2] / "api")
    parser.add_argument("exceptions", type=pathlib.Path, nargs="?",
                        default=here.with_name("exceptions.json"))
    parser.add_argument("--service", action="append", help="only this one")
    arguments = parser.parse_args()

    def load(path):
        return json.loads(path.read_text(encoding="utf-8"))

    roots = {p.name.split(".")[0]: load(p)
             for p in sorted(arguments.api.glob("*.openapi.json"))}
    report = compare(load(arguments.dump), roots, load(arguments.exceptions),
                     arguments.service)
    return 0 if report.print() else 1


if __name__ == "__main__":
    sys.exit(main())
