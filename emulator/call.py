"""One request on its way through a service: what was asked, and the words to answer in."""

from . import deviations, times
from .errors import ApiError, ordinary
from .state import Item, compact, place

DEFAULT_LIMIT = 10

PERFORMERS = {}


def performs(*keys):
    """Registers the function that carries out operations ("service.operationId")."""
    def register(function):
        for key in keys:
            PERFORMERS[key] = function
        return function
    return register


class Reply:
    """An answer: status, body (bytes) and headers of its own."""

    __slots__ = ("status", "body", "headers")

    def __init__(self, status, body=b"", headers=None):
        self.status = status
        self.body = body
        self.headers = headers or {}


class Call:
    """A checked request, and helpers for those who carry it out."""

    def __init__(self, world, operation, project, path, query, body, caller, host, effect=None):
        self.world = world
        self.operation = operation
        self.project = project
        self.path = path
        self.query = query
        self.body = body if body is not None else {}
        self.caller = caller
        self.host = host
        self.effect = effect or {}
        self.position = None        # (first record, size) of the page, once a list is paged

    @property
    def now(self):
        return self.world.clock.now()

    # Refusals ---------------------------------------------------------------------------

    def error(self, code):
        """A documented error code; status and message are those of the contract."""
        status, message = self.world.contract.error_codes[code]
        return ApiError(status, code, message)

    def invalid(self, what):
        return ordinary(self.operation.service, "invalid", what)

    def missing(self, what=""):
        return ordinary(self.operation.service, "missing", what)

    # Lists ------------------------------------------------------------------------------

    def paging(self, limit_default=None):
        """(limit, records to skip) as asked for and as the operation counts."""
        paging = self.operation.pagination
        source = self.body if paging.get("in") == "body" else self.query
        limit = place(source, paging["limit_param"])
        offset = place(source, paging["offset_param"])
        first = self.operation.first_position
        default = paging.get("default_limit") or limit_default or DEFAULT_LIMIT
        limit = default if limit in (None, "") else int(limit)
        offset = first if offset in (None, "") else int(offset)
        if paging.get("max_limit"):
            limit = min(limit, paging["max_limit"])
        limit, offset = deviations.position(self.effect, paging["offset_unit"], offset, first,
                                            limit)
        if self.world.page_cap:
            limit = min(limit, self.world.page_cap)
        self.position = offset, limit
        return limit, offset

    def page(self, rows, limit_default=None, **others):
        """The page of "rows" (Items or plain values) that was asked for."""
        paging = self.operation.pagination
        limit, start = self.paging(limit_default)
        chosen = rows[start:start + limit] if limit > 0 else rows[start:]
        return self.listing(chosen, paging["items_field"], paging["total_field"], len(rows),
                            **others)

    def listing(self, rows, items_field, total_field=None, total=None, **others):
        parts = b",".join(row.wire if isinstance(row, Item) else compact(row) for row in rows)
        tail = dict(others)
        if total_field:
            tail[total_field] = total
        text = compact(tail)[1:-1]
        body = b'{"%s":[%s]%s}' % (items_field.encode(), parts, b"," + text if text else b"")
        return Reply(self.operation.status, body)

    def filtered(self, rows, skip=()):
        """Rows that the filters of the contract keep (all but those named in "skip")."""
        for rule in self.operation.filters:
            name = rule["param"]
            source = self.body if rule.get("in") == "body" else self.query
            value = place(source, name)
            if value in (None, "") or name in skip or not rule.get("column"):
                continue
            if rule["match"] not in ("exact", "contains", "prefix", "other"):
                continue
            rows = [row for row in rows
                    if self.keeps(rule, place(row.data, rule["column"]), str(value))]
        return rows

    def keeps(self, rule, have, want):
        if isinstance(have, list):
            return any(self.keeps(rule, part, want) for part in have)
        if isinstance(have, bool):
            have = "true" if have else "false"
        have = "" if have is None else str(have)
        match = rule["match"]
        wildcard = rule.get("wildcard")
        if wildcard and want.startswith(wildcard["prefix"]):
            match, want = wildcard["match"], want[len(wildcard["prefix"]):]
            if not want:
                raise self.invalid(rule["param"])
        if "case-insensitive" in rule.get("note", ""):
            have, want = have.lower(), want.lower()
        if match == "contains" or (match == "other" and not want.isdigit()):
            return want in have
        if match == "prefix":
            return have.startswith(want)
        return have == want

    def window(self, rows, first, last, time_of, parse=times.parse):
        """Rows whose time lies from the query parameter "first" to "last", both inclusive."""
        low, high = (parse(self.query[name]) if self.query.get(name) else None
                     for name in (first, last))
        if (low is None and self.query.get(first)) or (high is None and self.query.get(last)):
            raise self.invalid(first if low is None and self.query.get(first) else last)
        return [row for row in rows
                if (low is None or time_of(row) >= low) and (high is None or time_of(row) <= high)]
