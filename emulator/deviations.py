"""Answers as real services give them where the contract says otherwise.

Faults (faults.py) break an answer; here it stays a good one, or a good refusal, in a form
that the reference does not have.  README.md lists the words.
"""

import base64
import json
import urllib.parse

from . import times
from .state import compact, place

PAGE_WORDS = {"page_cap", "next_link", "no_total", "ends_at", "offset_counts", "alternate"}
UNITS = ("records", "pages", "pages_from_1")
TIME_FORMS = ("0", 0, "Z+0800", "minutes", "no_zone")
MILLISECONDS = 10 ** 11
TIME_NAMES = ("_time", "_datetime", "_at", "created", "updated", "started", "finished", "ended",
              "_date", "time_stamp")

# How things that are gone are refused, beside the codes of the contract: status, form, message.
GONE = {
    "DWS.0001": (400, "error_code", "The cluster ID is invalid."),
    "DWS.0015": (403, "error_code", "Cluster does not exist or has been deleted."),
    "DWS.0047": (401, "errCode", "Cluster does not exist or has been deleted."),
    "DWS.3027": (404, "error_code", "Cluster does not exist or has been deleted."),
    "DWS.5149": (400, "error_code", "The snapshot does not exist."),
    "DRS.M05004": (400, "results", "The task does not exist or has been deleted."),
    "DRS.M00289": (400, "results", "Task does not exist."),
}


# Pages -----------------------------------------------------------------------------------


def position(effect, paging_unit, given, first, limit):
    """(limit, records to skip) for the position and the limit that were asked for."""
    if effect.get("page_cap"):
        limit = min(limit, effect["page_cap"])
    unit = effect.get("offset_counts", paging_unit)
    if unit == "pages_from_1":
        skip = max(0, given - 1) * limit
    else:
        skip = max(0, given - first) * (limit if unit == "pages" else 1)
    if effect.get("alternate"):
        skip = (effect["turn"] - 1) % 2 * limit
    return limit, skip


def reshape(call, effect, body):
    """The body of a list with the rows, the total and the link that the effect leaves it."""
    value = json.loads(body or b"{}")
    items, total = members(call.operation, value)
    holder, name = parent(value, items)
    rows = holder.get(name) if isinstance(holder, dict) else None
    if not isinstance(rows, list):
        return body
    start, limit = call.position or (0, None)
    if call.position is None and effect.get("page_cap"):        # of a list that is not paged
        limit = effect["page_cap"]
    left = len(rows) if limit is None else limit
    if "ends_at" in effect:
        left = min(left, max(0, effect["ends_at"] - start))
    more = follows(place(value, total) if total else None, start, rows, left)
    holder[name] = rows[:left]
    if "next_link" in effect:
        holder, last = parent(value, effect["next_link"], make=True)
        holder[last] = link(call, effect, holder_rows(value, items)) if more else None
    if effect.get("no_total") and total:
        holder, last = parent(value, total)
        holder.pop(last, None)
    return compact(value)


def members(operation, value):
    """The places of the rows and of their total (or None) in an answer."""
    paging = operation.pagination or {}
    shape = operation.document.get("x-list") or {}
    items = paging.get("items_field") or shape.get("items")
    if items is None:
        items = next((name for name, part in value.items() if isinstance(part, list)), "")
    return items, paging.get("total_field")


def parent(value, path, make=False):
    """(object, name) of the member at a dotted path."""
    *parents, last = path.split(".")
    for name in parents:
        if make and not isinstance(value.get(name), dict):
            value[name] = {}
        value = value[name] if isinstance(value.get(name), dict) else {}
    return value, last


def holder_rows(value, items):
    holder, name = parent(value, items)
    return holder[name]


def follows(total, start, rows, left):
    """Are there rows behind those that are shown?"""
    if len(rows) > left:
        return True
    if isinstance(total, int):
        return start + len(rows) < total
    return bool(rows) and len(rows) == left


def link(call, effect, rows):
    """The URL of the next page."""
    query = dict(call.query)
    paging = call.operation.pagination
    marker = call.operation.document.get("x-marker")
    if paging and paging.get("in") != "body":
        first = call.operation.first_position
        unit = effect.get("offset_counts", paging["offset_unit"])
        given = query.get(paging["offset_param"])
        given = int(given) if given else max(first, unit == "pages_from_1")
        query[paging["offset_param"]] = given + (len(rows) if unit == "records" else 1)
    elif rows:
        key = (call.operation.document.get("x-list") or {}).get("key", "id")
        query[marker["marker_param"] if marker else "marker"] = rows[-1].get(key, "")
    path = "/".join(call.path.get(part[1:-1], part) if part.startswith("{") else part
                    for part in call.operation.template.split("/"))
    return f"{call.host}{path}?{urllib.parse.urlencode(query)}"


# Times -----------------------------------------------------------------------------------


def with_times(body, form):
    """The answer with each point in time in another form."""
    value = json.loads(body or b"{}")
    return compact(rewritten(value, "", form))


def rewritten(value, name, form):
    if isinstance(value, dict):
        return {key: rewritten(part, key, form) for key, part in value.items()}
    if isinstance(value, list):
        return [rewritten(part, name, form) for part in value]
    moment = moment_of(value, name)
    if form in ("0", 0):
        named = name.endswith(TIME_NAMES) and (value is None or value == "")
        return form if moment is not None or named else value
    if moment is None or not isinstance(value, str) or value.isdigit():
        return value
    if form == "Z+0800":
        return times.zulu(moment + times.EAST) + "+0800"
    if form == "minutes":
        return times.zulu(moment)[:-4] + "Z"
    return times.plain(moment + times.EAST)


def moment_of(value, name):
    """Epoch seconds of a value that is a point in time, else None."""
    if isinstance(value, str) and not value.isdigit():
        return times.parse(value)
    named = name.endswith(TIME_NAMES) and not isinstance(value, bool)
    if named and (isinstance(value, int) or isinstance(value, str)) and str(value).isdigit():
        number = int(value)
        return number / 1000 if number > MILLISECONDS else None
    return None


# Refusals --------------------------------------------------------------------------------


def error(form, status, code, message, request_id, body=None):
    """(headers, body) of an error in one of the forms that services have for it."""
    return FORMS[form](status, code, message, request_id, body)


def in_json(document):
    return {}, compact(document)


def results_form(status, code, message, request_id, body):
    asked = [job for job in (body or {}).get("jobs", []) if isinstance(job, str)] \
        if isinstance(body, dict) else []
    return in_json({"results": [{"id": wanted, "status": "", "error_code": code,
                                 "error_msg": message} for wanted in asked or [""]],
                    "count": max(1, len(asked))})


def base64_form(status, code, message, request_id, body):
    return {"Content-Type": "text/plain"}, base64.b64encode(
        compact({"error_code": code, "error_msg": message}))


def html_form(status, code, message, request_id, body):
    return {"Content-Type": "text/html"}, (
        f"<html>\r\n<head><title>{status} {message}</title></head>\r\n<body>"
        f"<center><h1>{status} {message}</h1></center></body></html>").encode()


FORMS = {
    "error_code": lambda s, c, m, r, b: in_json({"error_code": c, "error_msg": m}),
    "errCode": lambda s, c, m, r, b: in_json({"errCode": c, "externalMessage": m}),
    "error": lambda s, c, m, r, b: in_json({"error": {"code": s, "message": m, "title": c}}),
    "error_message": lambda s, c, m, r, b: in_json({"error_code": c, "error_message": m}),
    "results": results_form,
    "errors": lambda s, c, m, r, b: in_json({"errors": [
        {"status": s, "code": c, "title": "Bad Request", "detail": m, "request_id": r}]}),
    "openstack": lambda s, c, m, r, b: ({"x-openstack-request-id": r}, compact(
        {"badRequest": {"code": s, "message": m}})),
    "base64": base64_form,
    "text": lambda s, c, m, r, b: ({"Content-Type": "text/plain"}, f"{m}\n".encode()),
    "html": html_form,
    "empty": lambda s, c, m, r, b: in_json({}),
    "null": lambda s, c, m, r, b: in_json(None),
}


def refused(contract, effect, request_id, body):
    """(status, headers, body) of an effect with "error" or "refuse"."""
    code = effect.get("refuse") or effect.get("code", "APIGW.0500")
    if code in GONE:
        status, form, message = GONE[code]
    elif code in contract.error_codes:
        (status, message), form = contract.error_codes[code], "error_code"
    else:
        status, form, message = 400, "error_code", "Fault to order"
    form = effect.get("error", form)
    if form in ("empty", "null"):
        status = 200
    status = effect.get("status", status)
    headers, content = error(form, status, code, effect.get("message", message), request_id, body)
    return status, headers, content


def problem(effect):
    """What is wrong with the words of an effect; None when nothing is."""
    if effect.get("error", "error_code") not in FORMS:
        return f"error is one of {', '.join(FORMS)}"
    if effect.get("offset_counts", "pages") not in UNITS:
        return f"offset_counts is one of {', '.join(UNITS)}"
    if "times" in effect and effect["times"] not in TIME_FORMS:
        return f"times is one of {', '.join(map(repr, TIME_FORMS))}"
    if ("code" in effect or "message" in effect) and not {"error", "refuse"} & set(effect):
        return "code and message belong to error or refuse"
    return None
