"""What the helpers of the contract tests share: the documents, the catalog, values that fit.

Numbers are kept as they are written (Number), so that a reading of an example loses
nothing; write() gives JSON back.
"""

import json
import pathlib
import re

METHODS = ("get", "put", "post", "delete", "patch")

# Values for keys that an example does not tell: the first that fits the contract is taken.
CANDIDATES = (
    "c62a83e38c5a4d6f9ab1d1bc2b0e3e1cin14", "c62a83e38c5a4d6f9ab1d1bc2b0e3e1cno14",
    "c62a83e38c5a4d6f9ab1d1bc2b0e3e1cbr14", "c62a83e38c5a4d6f9ab1d1bc2b0e3e1cpr14",
    "c62a83e38c5a4d6f9ab1d1bc2b0e3e1c", "2f1c8f3a-6a3b-4b7e-9c39-6a0f5cbb8d11",
    "2022-05-09", "1652083200000", "12", "1", "v3", "example_name", "a")


class Number:
    """A JSON number with the text that it was written with."""

    __slots__ = ("text",)

    def __init__(self, text):
        self.text = text


def load(path):
    return json.loads(pathlib.Path(path).read_text("utf-8"), parse_int=Number,
                      parse_float=Number)


def write(value):
    """The JSON of a value with Numbers in it."""
    if isinstance(value, Number):
        return value.text
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(k)}:{write(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(write, value)) + "]"
    return json.dumps(value)


def plain(value):
    """The same with Python's numbers."""
    return json.loads(write(value))


class Operation:
    """An operation of a document, and its examples."""

    def __init__(self, document, service, method, path, entry):
        self.document = document
        self.service = service
        self.name = entry["operationId"]
        self.key = f"{service}.{self.name}"
        self.method = method.upper()
        self.path = path
        self.entry = entry
        self.parameters = {(p["in"], p["name"]): plain(document.resolve(p))
                           for p in entry.get("parameters", [])}
        body = document.resolve(entry.get("requestBody", {})).get("content", {})
        self.body = next((media.get("schema", {}) for media in body.values()), None)
        self.requests = {name: example for media in body.values()
                         for name, example in media.get("examples", {}).items()}
        self.responses = {}
        for status, response in entry["responses"].items():
            if status.startswith("2"):
                for media in document.resolve(response).get("content", {}).values():
                    self.responses.update(media.get("examples", {}))
        self.paging = plain(entry.get("x-pagination") or {})

    def example_key(self, location, name):
        """A value that the contract takes for a parameter."""
        schema = self.parameters.get((location, name), {}).get("schema", {})
        for text in (*schema.get("enum", ()), *CANDIDATES):
            if fits(schema, text):
                return text
        raise ValueError(f"{self.key}: no value for {location} {name}: {schema}")


class Root:
    """An OpenAPI document, whose references can be resolved."""

    def __init__(self, root):
        self.root = root
        self.operations = {}

    def resolve(self, node):
        while "$ref" in node:
            target = self.root
            for step in node["$ref"].lstrip("#/").split("/"):
                target = target[step.replace("~1", "/").replace("~0", "~")]
            node = {**target, **{k: v for k, v in node.items() if k != "$ref"}}
        return node


class Document(Root):
    def __init__(self, service, root):
        super().__init__(root)
        for path, item in root["paths"].items():
            for method in METHODS:
                if method in item:
                    entry = dict(item[method])
                    entry["parameters"] = item.get("parameters", []) + entry.get("parameters", [])
                    operation = Operation(self, service, method, path, entry)
                    self.operations[operation.name] = operation


def fits(schema, text):
    if schema.get("type") == "integer":
        return re.fullmatch("[0-9]+", text) is not None and \
            schema.get("minimum", 0) <= int(text) <= schema.get("maximum", int(text))
    if "enum" in schema and text not in schema["enum"]:
        return False
    if not schema.get("minLength", 0) <= len(text) <= schema.get("maxLength", len(text)):
        return False
    return "pattern" not in schema or re.search(schema["pattern"], text) is not None


def documents(directory, names):
    return {name: Document(name, load(pathlib.Path(directory) / f"{name}.openapi.json"))
            for name in names}


def catalog(path):
    """The services of what "catalog_dump --json" printed, each with its tables and actions."""
    services = json.loads(pathlib.Path(path).read_text("utf-8"))["services"]
    for service in services:
        service["tables"] = [t for c in service["chapters"] for t in c["resources"]]
        service["actions"] = [a for c in service["chapters"] for a in c["actions"]]
    return services


def literal(value):
    """An SQL string."""
    escaped = value.replace("'", "''")
    if "\\" in escaped:
        return "E'" + escaped.replace("\\", "\\\\") + "'"
    return f"'{escaped}'"
