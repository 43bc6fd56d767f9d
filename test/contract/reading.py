"""An independent reading of answers: what the catalog's paths and types make of them.

Written from the words of the catalog (include/gmf_catalog.h), not from the client's code.
"""

import datetime
import re

from documents import Number, write

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
MICROSECOND = datetime.timedelta(microseconds=1)
ABSENT = object()
TRUTHS = {"true": "true", "1": "true", "yes": "true", "on": "true",
          "false": "false", "0": "false", "no": "false", "off": "false"}


class Unreadable(Exception):
    pass


class Row:
    """An item of an answer and what is around it."""

    def __init__(self, top, item, enclosing=None, key=None):
        self.top, self.item, self.enclosing, self.key = top, item, enclosing, key

    def at(self, path):
        for alternative in path.split("|"):
            found = self.at_one(alternative.strip())
            if found is not ABSENT:
                return found
        return ABSENT

    def at_one(self, path):
        start, names = self.item, path
        if path == "@key":
            return self.key
        for word, place in (("@value", self.item), ("@", self.item), ("$", self.top),
                            ("^", self.enclosing)):
            if path == word:
                return place
            if path.startswith(word + "."):
                start, names = place, path[len(word) + 1:]
                break
        return walk(start, names)


def walk(value, names):
    for name in names.split(".") if names else ():
        if not isinstance(value, dict) or name not in value:
            return ABSENT
        value = value[name]
    return value


def rows_of(answer, items):
    """The rows at "items": instances, nodes[].components[], a{}, "" ..."""
    for alternative in items.split("|"):
        rows = list(rows_at(answer, alternative))
        if rows:
            return rows
    return []


def rows_at(answer, items):
    if items == "":
        yield Row(answer, answer)
        return
    rows = [Row(answer, answer)]
    # "a.b[].c" is: to a.b, each of its elements, to c.
    for names, kind in re.findall(r"([^\[\]{}]*)(\[\]|\{\}|$)", items):
        names = names.strip(".")
        if not names and not kind:
            continue
        following = []
        for row in rows:
            value = walk(row.item, names)
            following += members(row, value, kind, answer)
        rows = following
    yield from rows


def members(row, value, kind, answer):
    enclosing = None if row.item is answer else row.item
    if value is ABSENT or value is None:
        return []
    if kind == "{}":
        return [Row(answer, part, enclosing, key) for key, part in value.items()]
    if isinstance(value, list):
        return [Row(answer, part, enclosing) for part in value]
    return [Row(answer, value, enclosing)]


def is_blank(value):
    return isinstance(value, str) and value.strip(" ") == ""


def read(value, kind, separator=None):
    """A value as the column shows it: None, text, {"json": text} or {"array": [...]}."""
    if value is ABSENT or value is None:
        return None
    if kind.endswith("[]"):
        return {"array": elements(value, kind[:-2], separator)}
    if kind == "jsonb":
        return {"json": write(value)}
    if kind == "text":
        return {"json": write(value)} if isinstance(value, (dict, list)) else text_of(value)
    if is_blank(value):
        return None
    if isinstance(value, (dict, list)):
        raise Unreadable(f"{write(value)[:60]} is not of type {kind}")
    text = text_of(value).strip()
    if kind == "boolean":
        if text.lower() not in TRUTHS:
            raise Unreadable(f"{text} is not a boolean")
        return TRUTHS[text.lower()]
    if kind == "timestamp with time zone":
        return str(microseconds(text))
    number = float(text)
    if kind == "double precision":
        return {"number": repr(number)}
    if number != int(number):
        raise Unreadable(f"{text} is not whole")
    return str(int(text)) if re.fullmatch("[+-]?[0-9]+", text) else str(int(number))


def text_of(value):
    if isinstance(value, Number):
        return value.text
    if isinstance(value, bool):
        return "true" if value else "false"
    return value


def elements(value, kind, separator):
    found = []
    for part in value if isinstance(value, list) else [value]:
        if separator and isinstance(part, str):
            found += [] if is_blank(part) else [read(p, kind) for p in part.split(separator)]
        elif isinstance(value, list) or not is_blank(part):
            found.append(read(part, kind))
    return found


def microseconds(text):
    """A time in any of its forms, since 1970."""
    if re.fullmatch("[0-9]{12,14}", text):
        return int(text) * 1000
    if re.fullmatch("[0-9]{9,11}", text):
        return int(text) * 1000000
    form = re.sub(r"\s*\(?(UTC|GMT)\)?$", "", text)
    form = re.sub(r"(\s[+-][0-9]{4})\1$", r"\1", form)
    form = re.sub(r"\s+([+-][0-9]{2}:?[0-9]{2})$", r"\1", form)
    try:
        moment = datetime.datetime.fromisoformat(form)
    except ValueError as error:
        raise Unreadable(f"{text} is not a time") from error
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=datetime.timezone.utc)
    return (moment - EPOCH) // MICROSECOND
