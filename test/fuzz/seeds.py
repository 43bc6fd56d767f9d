#!/usr/bin/python3
"""Write seeds for the fuzzers: usage: seeds.py <directory of OpenAPI documents> <output>

<output>/answer gets every example of an answer in the contracts, written in several
ways, and some paths; <output>/convert gets the numbers, booleans and times in them.
"""
import glob
import hashlib
import json
import os
import sys

PATHS = [
    "instances[].nodes[]\ttotal_count\tid|name\t^.id\n"
    '{"instances":[{"id":"a","nodes":[{"id":1}]}],"total_count":"3"}',
    'quotas{}\t$.total\t@key\t@value\n{"quotas":{"cpu":{"used":1}},"total":2}',
    '\t\t@\t$.a.b\n{"a":{"b":[1]}}',
    'a|b.c[]\ta|b\ta.b.c|$\t^\n{"b":{"c":[{"a":{"b":{"c":1}}}]}}',
]

BODIES = [
    '{"a":{"b":[{"c":{"d":1}}]},"b":[{"c":2}],"a":{"a":{"a":[0]}},"id":"\\u0061\\n"}',
    '[{"b":[1,"x"],"a":{"b":{"c":"\\ud83d\\ude00"}}},{"b":[]},null]',
    '{"a":[{"b":[{"c":{"d":1}},2],"c":"\\u00e9"},{"b":null}],"b":null}',
    '{"a":{"x":{"b":[1,2]},"y":{"b":{"c":1}}},"created":1e3}',
    '{"error":{"code":401,"message":"no"}}', '{"badRequest":{"message":"no","code":400}}',
    '{"errCode":"A","externalMessage":"no"}', '{"\\u0061":[-1.5E+10,true,false,null]}',
    '"\\ud800"', '{"a\\u0000":1}', '["\\u0000"]', '[1,]', '[' * 201 + ']' * 201,
    '{"a":[[[[{"a":[]}]]]]}', '"\xe9\u5b9e\U0001f600"', '1e999', '12345678901234567890123',
]

SCALARS = [
    "2021-01-15 01:46:40 UTC", "2021-01-15 01:46:40 (UTC)", "2022-05-09T16:01:10+0800",
    "2022-05-09T16:01:10.123456789-03:30", "2022-05-09", "1652112070123", "1652112070",
    "2020-09-20 00:00:00 +0000 +0000", "0001-01-01T00:00:00z", "9999-12-31t23:59:60+15",
    "120", "120.0", " -1.50e+3 ", "9223372036854775807", "-9223372036854775808.000", "1e-400",
    "1.7976931348623157e308", "TRUE", "off", "Yes", "0", "1000000000000e-12",
]


def write(directory, data):
    if isinstance(data, str):
        data = data.encode()
    name = hashlib.sha1(data).hexdigest()[:16]
    with open(os.path.join(directory, name), "wb") as file:
        file.write(data)


def examples(document):
    """The value of every example of every answer."""
    for methods in document["paths"].values():
        for operation in methods.values():
            if not isinstance(operation, dict):
                continue
            for response in operation.get("responses", {}).values():
                for content in response.get("content", {}).values():
                    if "example" in content:
                        yield content["example"]
                    for example in content.get("examples", {}).values():
                        if "value" in example:
                            yield example["value"]


def scalars(value):
    if isinstance(value, dict):
        for member in value.values():
            yield from scalars(member)
    elif isinstance(value, list):
        for element in value:
            yield from scalars(element)
    elif value is not None:
        yield value if isinstance(value, str) else json.dumps(value)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    answers = os.path.join(sys.argv[2], "answer")
    conversions = os.path.join(sys.argv[2], "convert")
    os.makedirs(answers, exist_ok=True)
    os.makedirs(conversions, exist_ok=True)

    for name in sorted(glob.glob(os.path.join(sys.argv[1], "*.openapi.json"))):
        with open(name, encoding="utf-8") as file:
            document = json.load(file)
        for value in examples(document):
            write(answers, json.dumps(value, ensure_ascii=False, separators=(",", ":")))
            write(answers, json.dumps(value, indent=1))
            write(answers, json.dumps({"a": [{"b": [value], "c": value}], "b": value}))
            for scalar in scalars(value):
                if len(scalar) <= 40:
                    write(conversions, scalar)
    for body in BODIES:
        write(answers, body)
    for paths in PATHS:
        write(answers, "#" + paths)
    for scalar in SCALARS:
        write(conversions, scalar)
    print(f"{len(os.listdir(answers))} answers, {len(os.listdir(conversions))} scalars")


if __name__ == "__main__":
    main()
