#!/usr/bin/python3
"""Reads every response example of the contracts as the tables should.

    examples.py CATALOG API_DIRECTORY

CATALOG is what "catalog_dump --json" printed. Prints JSON for test/tap/010_examples.pl:
"cases": for each example of an operation that serves a table, a query of all its columns and
the rows that it is to give; "actions": the same for the results of functions;
"without": the operations that have no example.
"""

import datetime
import json
import sys

from documents import catalog, documents, literal
from reading import ABSENT, EPOCH, Unreadable, microseconds, read, rows_of, text_of


def main():
    services = catalog(sys.argv[1])
    known = documents(sys.argv[2], [s["name"] for s in services])
    cases = []
    without = []
    served = set()
    for service in services:
        operations = known[service["name"]].operations
        for table in service["tables"]:
            for route in table["routes"]:
                operation = operations[route["operation_id"]]
                served.add(operation.key)
                cases += [case(service, table, route, operation, name, example)
                          for name, example in operation.responses.items()]
        served.update(f"{service['name']}.{a['operation_id']}" for a in service["actions"])
        without += [o.key for o in operations.values() if not o.responses]
    unserved = [o.key for d in known.values() for o in d.operations.values()
                if o.responses and o.key not in served]
    json.dump({"cases": cases, "actions": list(action_cases(services, known)),
               "without": without, "unserved": unserved}, sys.stdout)


def case(service, table, route, operation, name, example):
    rows = rows_of(example["value"], route["items"])
    keys = {p["column"]: key_values(table, operation, p, rows)
            for p in route["parameters"] if is_key(p)}
    columns = [c for c in table["columns"] if c.get("only", route["role"]) == route["role"]]
    marks = {k: v for k, v in example.items() if k.startswith("x-") and
             ("schema" in k or "invalid" in k)}
    return {
        "title": f"{service['name']}.{table['name']} ({route['role']}) shows "
                 f"{operation.name}: {name}",
        "marks": json.dumps(marks) if marks else None,
        "operation": operation.key,
        "example": name,
        "table": f"{service['name']}.{table['name']}",
        "columns": [c["name"] for c in columns] + ["raw"],
        "shown": [shown(c) for c in columns] + ["raw::text"],
        "from": source(service, table, keys),
        "rows": [[cell(row, column, route, keys) for column in columns] +
                 [read(row.item, "jsonb")] for row in rows],
    }


def is_key(parameter):
    """Must the query give it?"""
    return "column" in parameter and "fallback" not in parameter and \
        (parameter.get("required") or parameter["match"] == "key" and "batch" not in parameter)


def key_values(table, operation, parameter, rows):
    """The values to ask for: those of the example, or one that the contract takes."""
    column = next(c for c in table["columns"] if c["name"] == parameter["column"])
    found = []
    for row in rows:
        value = row.at(column["path"]) if "path" in column else ABSENT
        if value is not ABSENT and value is not None and text_of(value) not in found:
            found.append(text_of(value))
    if not found and parameter.get("domain"):
        found = [parameter["domain"].split("|")[0]]
    if not found:
        found = [operation.example_key(parameter["location"], parameter["name"])]
    return found if parameter.get("batch", 1) > 1 else found[:1]


def shown(column):
    """The column as text that is the same on both sides."""
    name = f'"{column["name"]}"'
    if column["type"] == "timestamp with time zone":
        return f"((extract(epoch FROM {name}) * 1000000)::bigint)::text"
    return f"to_json({name})::text" if column["type"].endswith("[]") else f"{name}::text"


def source(service, table, keys):
    """The table, and the conditions that give its keys."""
    conditions = []
    for name, values in keys.items():
        kind = next(c["type"] for c in table["columns"] if c["name"] == name)
        texts = [literal(asked(value, kind)) for value in values]
        if len(texts) == 1:
            conditions.append(f'"{name}" = {texts[0]}')
        else:
            conditions.append(f'"{name}" = ANY (ARRAY[{", ".join(texts)}])')
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return f"{service['name']}.\"{table['name']}\"{where}"


def asked(value, kind):
    """A key as PostgreSQL writes it."""
    if kind != "timestamp with time zone":
        return value
    return str(EPOCH + datetime.timedelta(microseconds=microseconds(value)))


def cell(row, column, route, keys):
    """A column of a row; what the answer does not hold may be known from the request."""
    kind = column["type"]
    value = row.at(column["path"]) if "path" in column else ABSENT
    if value is ABSENT:
        if len(keys.get(column["name"], [])) == 1:
            return read(keys[column["name"]][0], kind)
        for parameter in route["parameters"]:
            if parameter.get("column") == column["name"] and "path" not in column and \
                    "fallback" in parameter and "pair" not in parameter:
                return read(parameter["fallback"].strip('"'), kind)
        return None
    try:
        return read(value, kind, column.get("separator"))
    except Unreadable as error:
        return {"unreadable": str(error)}


def action_cases(services, known):
    for service in services:
        for action in service["actions"]:
            operation = known[service["name"]].operations[action["operation_id"]]
            for name, example in operation.responses.items():
                rows = rows_of(example["value"] or {}, action.get("items", ""))
                yield {
                    "title": f"{action['name']} returns {operation.name}: {name}",
                    "operation": operation.key,
                    "example": name,
                    "function": action["name"],
                    "results": [r["name"] for r in action["results"]],
                    "types": [r["type"] for r in action["results"]],
                    "rows": [[read(row.at(r["path"]), r["type"]) for r in action["results"]]
                             for row in rows],
                }


if __name__ == "__main__":
    main()
