"""The OpenAPI documents of api/, and others, as something that requests can be held against.

Contract.match finds the operation that a request is for; Operation.violations says
in what the request departs from it.  Everything is compiled once; the check of a
query string is remembered by its text.
"""

import collections
import functools
import json
import pathlib
import re

import jsonschema

SERVICES = ("gaussdb", "iam", "dws", "drs", "roma", "apig", "bcs")

# What of an OpenAPI schema is also JSON Schema and binds a request.
BINDING = ("type", "enum", "pattern", "minimum", "maximum", "minLength", "maxLength",
           "minItems", "maxItems", "multipleOf", "minProperties", "maxProperties",
           "required", "uniqueItems")
Example = collections.namedtuple("Example", "status value")
METHODS = ("get", "put", "post", "delete", "patch", "head", "options")
# Query parameters that the reference leaves out and the service's public API has.
UNDOCUMENTED = {"iam.KeystoneListProjects": {
    "name": "string", "domain_id": "string", "parent_id": "string", "enabled": "boolean",
    "page": "integer", "per_page": "integer"}}
# Operations that the reference leaves out and clients need: service, path, operationId.
UNDOCUMENTED_OPERATIONS = (("iam", "/v3/auth/projects", "KeystoneListAuthProjects"),
                           ("iam", "/v3/auth/domains", "KeystoneListAuthDomains"),
                           ("iam", "/v3/regions", "KeystoneListRegions"))
UNKNOWN = ": unknown parameter"     # the end of the violation that services let pass
INTEGER = re.compile(r"[+-]?[0-9]{1,18}\Z")
NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?\Z")


def strict_pattern(pattern):
    """$ means the end: not, as in Python, also the place before a last newline."""
    if pattern.endswith("$") and not pattern.endswith("\\$"):
        return pattern[:-1] + r"\Z"
    return pattern


class Schemas:
    """Turns the schemas of one document into plain JSON Schema without references."""

    def __init__(self, components):
        self.components = components
        self.made = {}
        self.open = set()

    def named(self, reference):
        name = reference.rsplit("/", 1)[1]
        if name in self.open:
            return {}
        if name not in self.made:
            self.open.add(name)
            self.made[name] = self.plain(self.components[name])
            self.open.discard(name)
        return self.made[name]

    def plain(self, schema):
        if "$ref" in schema:
            return self.named(schema["$ref"])
        out = {key: schema[key] for key in BINDING if key in schema}
        if "pattern" in out:
            out["pattern"] = strict_pattern(out["pattern"])
        for part in schema.get("allOf", ()):
            self.merge(out, self.plain(part))
        for word in ("anyOf", "oneOf"):
            if word in schema:
                out[word] = [self.plain(part) for part in schema[word]]
        if "properties" in schema:
            out.setdefault("properties", {}).update(
                {name: self.plain(part) for name, part in schema["properties"].items()})
        if "items" in schema:
            out["items"] = self.plain(schema["items"])
        extra = schema.get("additionalProperties")
        if extra is not None:
            out["additionalProperties"] = self.plain(extra) if isinstance(extra, dict) else extra
        elif "properties" in out:
            out.setdefault("additionalProperties", False)
        if schema.get("x-case-insensitive") and "enum" in out:
            words = "|".join(re.escape(str(word)) for word in out.pop("enum"))
            out["pattern"] = rf"(?i)\A(?:{words})\Z"
        if schema.get("nullable") and "type" in out:
            out["type"] = [out["type"], "null"]
            if "enum" in out and None not in out["enum"]:
                out["enum"] = out["enum"] + [None]
        return out

    @staticmethod
    def merge(out, part):
        for key, value in part.items():
            if key == "properties":
                out.setdefault(key, {}).update(value)
            elif key == "required":
                out[key] = sorted(set(out.get(key, [])) | set(value))
            else:
                out.setdefault(key, value)


class Parameter:
    """A query, path or header parameter and the check of its text."""

    def __init__(self, document, schemas):
        self.name = document["name"]
        self.location = document["in"]
        self.required = document.get("required", False)
        schema = schemas.plain(document["schema"])
        self.is_array = schema.get("type") == "array"
        self.schema = schema.get("items", {}) if self.is_array else schema
        self.type = self.schema.get("type", "string")
        self.pattern = re.compile(self.schema["pattern"]) if "pattern" in self.schema else None

    def problem(self, text):
        """What is wrong with a value as sent; None when nothing is."""
        schema = self.schema
        if self.type in ("integer", "number"):
            form = INTEGER if self.type == "integer" else NUMBER
            if not form.match(text):
                return f"{text!r} is not of type {self.type!r}"
            number = float(text)
            if number < schema.get("minimum", number):
                return f"{text} is less than the minimum of {schema['minimum']}"
            if number > schema.get("maximum", number):
                return f"{text} is greater than the maximum of {schema['maximum']}"
            return None
        if self.type == "boolean":
            return None if text in ("true", "false") else f"{text!r} is not of type 'boolean'"
        if "enum" in schema and text not in schema["enum"]:
            return f"{text!r} is not one of {schema['enum']}"
        if len(text) < schema.get("minLength", 0):
            return f"{text!r} is too short"
        if len(text) > schema.get("maxLength", len(text)):
            return f"{text!r} is too long"
        if self.pattern is not None and not self.pattern.search(text):
            return f"{text!r} does not match {self.pattern.pattern!r}"
        return None


class Operation:
    """One operation of one document."""

    def __init__(self, service, method, template, document, schemas):
        self.service = service
        self.method = method
        self.template = template
        self.document = document
        self.operation_id = document["operationId"]
        self.key = f"{service}.{self.operation_id}"
        self.segments = [part for part in template.split("/") if part]
        self.summary = document.get("summary", "")
        self.pagination = document.get("x-pagination") or None
        self.filters = document.get("x-filters") or []
        self.job_property = document.get("x-async-job")
        self.parameters = [Parameter(part, schemas) for part in document.get("parameters", ())]
        self.query = {p.name: p for p in self.parameters if p.location == "query"}
        for name, kind in UNDOCUMENTED.get(self.key, {}).items():
            extra = {"name": name, "in": "query", "schema": {"type": kind}}
            self.query[name] = Parameter(extra, schemas)
        self.headers = [p for p in self.parameters if p.location == "header"]
        self.path = {p.name: p for p in self.parameters if p.location == "path"}
        self.body_schema = None
        self.body_required = False
        self.validator = None
        self.request_examples = {}
        body = document.get("requestBody")
        if body:
            content = body["content"]["application/json"]
            self.body_required = body.get("required", False)
            self.body_schema = schemas.plain(content["schema"])
            self.validator = jsonschema.Draft4Validator(self.body_schema)
            self.request_examples = content.get("examples", {})
        self.status, self.response_examples = self.success(document["responses"])
        self.schemas = schemas
        self.query_problems = functools.lru_cache(maxsize=4096)(self._query_problems)

    @staticmethod
    def success(responses):
        """The status of success (202 where several are documented), and all examples."""
        codes = [code for code in responses if code.startswith("2")]
        examples = {}
        for code in codes:
            for content in (responses[code].get("content") or {}).values():
                for name, example in (content.get("examples") or {}).items():
                    examples[name] = Example(int(code), example.get("value"))
        return int(max(codes)), examples

    def response_schema(self):
        """The schema of success as it stands in the document; None without a body."""
        content = self.document["responses"][str(self.status)].get("content") or {}
        return next((part.get("schema", {}) for part in content.values()), None)

    @property
    def first_position(self):
        """What the offset is for the first record or page: 0 unless the contract says 1."""
        offset = self.query.get(self.pagination["offset_param"])
        minimum = offset.schema.get("minimum", 0) if offset else 0
        return self.pagination.get("first_page", minimum)

    @property
    def needs_project(self):
        return "{project_id}" in self.template

    def _query_problems(self, pairs):
        problems = []
        seen = {}
        for name, value in pairs:
            parameter = self.query.get(name)
            if parameter is None:
                problems.append(f"query {name}{UNKNOWN}")
                continue
            if name in seen and not parameter.is_array:
                problems.append(f"query {name}: given more than once")
            seen[name] = True
            for text in value.split(",") if parameter.is_array else (value,):
                problem = parameter.problem(text)
                if problem:
                    problems.append(f"query {name}: {problem}")
        for parameter in self.query.values():
            if parameter.required and parameter.name not in seen:
                problems.append(f"query {parameter.name}: mandatory parameter is missing")
        return tuple(problems)

    def violations(self, pairs, path_values, headers, raw_body, body):
        """All departures of a request from the contract; body is BAD where it is not JSON."""
        problems = list(self.query_problems(pairs))
        for name, value in path_values.items():
            parameter = self.path.get(name)
            problem = parameter.problem(value) if parameter else None
            if problem:
                problems.append(f"path {name}: {problem}")
        for parameter in self.headers:
            value = headers.get(parameter.name)
            problem = parameter.problem(value) if value is not None else None
            if problem:
                problems.append(f"header {parameter.name}: {problem}")
        if raw_body:
            problems += self.body_problems(headers, body)
        elif self.body_required:
            problems.append("body: missing")
        return problems

    def body_problems(self, headers, body):
        kind = headers.get("Content-Type", "")
        if body is BAD:
            return ["body: not JSON"]
        if not kind:
            return ["header Content-Type: missing"]
        if kind.split(";")[0].strip().lower() != "application/json":
            return [f"header Content-Type: {kind!r} is not application/json"]
        if self.validator is None:
            return [] if body == {} else ["body: the operation takes none"]
        problems = []
        for error in self.validator.iter_errors(body):
            place = "".join(f"/{part}" for part in error.absolute_path)
            problems.append(f"body{place}: {error.message}")
        return problems


BAD = object()


class Contract:
    """All documents, and the way from a method and a path to an operation."""

    def __init__(self, directory, others=()):
        """others: files NAME.openapi.json of services that the emulator has no code for."""
        self.operations = {}
        self.error_codes = {}
        self.documents = {}
        self.tree = {}
        for service in SERVICES:
            text = (pathlib.Path(directory) / f"{service}.openapi.json").read_text("utf-8")
            self.load(service, json.loads(text))
        for service, template, name in UNDOCUMENTED_OPERATIONS:
            self.add(Operation(service, "GET", template, {
                "operationId": name, "responses": {"200": {"description": "OK"}}}, Schemas({})))
        for path in map(pathlib.Path, others):
            service = path.name.split(".", 1)[0]
            if service in self.documents:
                raise OSError(f"{path}: there is a contract of {service} already")
            self.load(service, json.loads(path.read_text("utf-8")))

    def load(self, service, document):
        self.documents[service] = document
        components = document.get("components", {})
        schemas = Schemas(components.get("schemas", {}))
        for code in components.get("x-error-codes", ()):
            self.error_codes[code["code"]] = (code["http_status"], code["message_en"])
        for template, methods in document["paths"].items():
            for method, entry in methods.items():
                if method in METHODS:
                    self.add(Operation(service, method.upper(), template, entry, schemas))

    def add(self, operation):
        self.operations[operation.key] = operation
        node = self.tree
        for segment in operation.segments:
            node = node.setdefault("{}" if segment.startswith("{") else segment, {})
        node.setdefault("", {})[operation.method] = operation

    def find(self, name):
        """By "service.operationId", or by operationId alone where that is unique."""
        if name in self.operations:
            return self.operations[name]
        found = [op for op in self.operations.values() if op.operation_id == name]
        return found[0] if len(found) == 1 else None

    def match(self, method, segments):
        """(operation, path values) for decoded segments; (None, other methods) when none fits."""
        methods = set()
        operation = self.descend(self.tree, method, segments, 0, methods)
        if operation is None:
            return None, sorted(methods)
        values = {name[1:-1]: value for name, value in zip(operation.segments, segments)
                  if name.startswith("{")}
        return operation, values

    def descend(self, node, method, segments, depth, methods):
        """Literal segments first; "methods" gathers what the path would take instead."""
        if depth == len(segments):
            leaf = node.get("", {})
            methods.update(leaf)
            return leaf.get(method)
        if not segments[depth]:
            return None
        for key in (segments[depth], "{}"):
            if key in node:
                found = self.descend(node[key], method, segments, depth + 1, methods)
                if found is not None:
                    return found
        return None
