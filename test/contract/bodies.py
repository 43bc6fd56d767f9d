#!/usr/bin/python3
"""Turns the contracts' examples of request bodies back into calls of functions.

    bodies.py CATALOG API_DIRECTORY

CATALOG is what "catalog_dump --json" printed. Prints JSON for test/tap/011_bodies.pl:
"cases": for each example the function that makes it, its arguments as SQL, and the request
that is to come out, or that there is none ("unmade"); "tables": examples of operations that a
table asks; "unserved": others.

Passwords that the reference masks are replaced by one that may be sent. What else an example
has against its own document is in "marks"; then types may differ ("1" for 1), "missing" are
mandatory members that the example leaves out, which are given in a second call.
"""

import copy
import json
import re
import sys

from documents import Number, catalog, documents, literal, write

PASSWORD = "Contract-2030!"
MASKED = re.compile(r"[*x]{4,}[#!]?")

# Examples whose mark says that a member is missing which is around all of it.
ENCLOSED = {("dws.CreateCluster", "quick_start_dws_demo"): "cluster"}


def main():
    services = catalog(sys.argv[1])
    known = documents(sys.argv[2], [s["name"] for s in services])
    cases, tables, unserved = [], [], []
    for service in services:
        routes = {r["operation_id"] for t in service["tables"] for r in t["routes"]}
        for operation in known[service["name"]].operations.values():
            actions = [a for a in service["actions"] if a["operation_id"] == operation.name]
            for name, example in operation.requests.items():
                if actions:
                    cases.append(case(actions, operation, name, example))
                elif operation.name in routes:
                    tables.append({"operation": operation.key, "example": name,
                                   "body": write(example["value"])})
                else:
                    unserved.append(f"{operation.key}: {name}")
    json.dump({"cases": cases, "tables": tables, "unserved": unserved}, sys.stdout)


def case(actions, operation, name, example):
    body = copy.deepcopy(example["value"])
    if (operation.key, name) in ENCLOSED:
        body = {ENCLOSED[operation.key, name]: body}
    body = without_nulls(body)
    readings = [Reading(action, operation, body) for action in actions]
    fitting = [r for r in readings if r.fits]
    if not fitting:
        return {"title": f"{operation.name}: {name}", "unmade": True}
    best = min(fitting, key=lambda r: (len(r.missing), len(r.rest)))
    marks = {k: v for k, v in example.items() if k.startswith("x-") and
             ("schema" in k or "invalid" in k)}
    return {
        "title": f"{best.action['name']} makes {operation.name}: {name}",
        "operation": operation.name,
        "marks": json.dumps(marks) if marks else None,
        "function": best.action["name"],
        "arguments": best.sql,
        "missing": best.missing,
        "places": {a["name"]: a["place"] for a in best.action["arguments"]},
        "secrets": [a["place"] for a in best.action["arguments"] if a.get("secret")],
        "extra": sorted(best.rest),
        "method": operation.method,
        "path": best.path,
        "body": write(best.body),
    }


class Reading:
    """A body as the arguments of one action."""

    def __init__(self, action, operation, body):
        self.action = action
        self.body = body
        self.rest = copy.deepcopy(body)
        self.sql, self.missing, self.path = {}, [], operation.path
        self.fits = True
        merged = None
        for argument in action["arguments"]:
            if argument["location"] == "path":
                value = operation.example_key("path", argument["place"])
                self.path = self.path.replace("{%s}" % argument["place"], value)
                self.sql[argument["name"]] = sql_value(argument, value)
            elif argument["location"] == "body" and argument["place"] == "":
                merged = argument
            elif argument["location"] == "body":
                self.take(argument)
        self.rest = pruned(self.rest)
        if self.rest and merged:
            self.sql[merged["name"]] = sql_value(merged, self.rest)
        elif self.rest:
            self.fits = False

    def take(self, argument):
        names = argument["place"].split(".")
        value = taken(self.rest, names)
        if argument["name"] == "":
            self.fits = self.fits and value == json.loads(argument["fallback"])
        elif value is not None:
            if argument.get("secret") and isinstance(value, str) and MASKED.fullmatch(value):
                value = PASSWORD
                put(self.body, names, value)
            self.sql[argument["name"]] = sql_value(argument, value)
        elif argument.get("required"):
            self.missing.append(argument["name"])


def taken(body, names):
    """Takes what is at a place out of a body; "a[].b" is the list of all b. None: not there."""
    name, *rest = names
    if name.endswith("[]"):
        parts = body.get(name[:-2])
        if not isinstance(parts, list):
            return None
        found = [taken(part, rest) for part in parts]
        if not any(parts):
            body.pop(name[:-2])
        return found
    if not isinstance(body, dict) or name not in body:
        return None
    if not rest:
        return body.pop(name)
    return taken(body[name], rest)


def put(body, names, value):
    for name in names[:-1]:
        body = body[name]
    body[names[-1]] = value


def pruned(value):
    """Without the objects that everything has been taken out of."""
    if isinstance(value, dict):
        kept = {name: pruned(part) for name, part in value.items()}
        return {name: part for name, part in kept.items() if part not in ({}, None)}
    return value


def without_nulls(value):
    """A member that is null says no more than one that is left out."""
    if isinstance(value, dict):
        return {name: without_nulls(part) for name, part in value.items() if part is not None}
    if isinstance(value, list):
        return [without_nulls(part) for part in value]
    return value


def sql_value(argument, value):
    kind = argument["type"]
    if kind.endswith("[]"):
        return f"ARRAY[{', '.join(map(scalar, value))}]::{kind}"
    text = literal(write(value)) if kind == "jsonb" else scalar(value)
    return f"{text}::{kind}"


def scalar(value):
    if isinstance(value, Number):
        return literal(value.text)
    if isinstance(value, bool):
        return "'true'" if value else "'false'"
    return literal(value)


if __name__ == "__main__":
    main()
