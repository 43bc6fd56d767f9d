#!/usr/bin/python3
"""Reads answers to actions as their functions should return them.

    results.py CATALOG API_DIRECTORY FILE

FILE holds JSON, a list of {"function", "answer"}, the answer as text. Prints a list of the rows
that are to be returned, in the order of FILE. See reading.py for the forms of the values.
"""

import json
import pathlib
import sys

from documents import Number, catalog
from reading import read, rows_of


def main():
    actions = {a["name"]: a for s in catalog(sys.argv[1]) for a in s["actions"]}
    answers = json.loads(pathlib.Path(sys.argv[3]).read_text("utf-8"))
    json.dump([rows(actions[each["function"]], each["answer"]) for each in answers], sys.stdout)


def rows(action, text):
    answer = json.loads(text, parse_int=Number, parse_float=Number) if text else {}
    return [[read(row.at(result["path"]), result["type"]) for result in action["results"]]
            for row in rows_of(answer, action.get("items", ""))]


if __name__ == "__main__":
    main()
