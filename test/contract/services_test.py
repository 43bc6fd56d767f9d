#!/usr/bin/python3
"""A service is data: each can be taken out, and nothing else changes.

    services_test.py            takes out one after another; prints "N passed, N failed"
    services_test.py --diff     prints what a commit that adds each would touch (needs git, make)

Taking out a service deletes the files that have its name, and the lines of the catalog that
name it.  What is left must build, and say of the other services what it said before.  That
the floors above name no service is a rule of test/walls.py.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
# The product's own, and the one that everybody signs in with.
NEEDED = {"gaussdb", "iam"}
# Where the files of a service have its name.
PLACES = ("src/catalog", "api", "emulator", "doc/examples", "doc/reference")
# Lists of services, one name or entry in the midst of others.
REGISTERED = {
    "src/catalog/catalog.c": r"^.*\bgmf_{0}\b.*\n",
    "src/catalog/catalog_internal.h": r"^.*\bgmf_{0}\b.*\n",
    "emulator/contract.py": r', "{0}"',
    "emulator/behaviour.py": r"(?<=import ){0}, |, {0}\b",
    "emulator/errors.py": r'^    "{0}": \{{\n(?:        .*\n)+    \}},\n',
}


def take_out(tree, service):
    """Deletes a service from a tree."""
    for place in PLACES:
        for path in (tree / place).iterdir():
            if re.match(rf"{service}[._]", path.name):
                path.unlink()
    for name, pattern in REGISTERED.items():
        path = tree / name
        if path.exists():
            path.write_text(re.sub(pattern.format(service), "", path.read_text("utf-8"), flags=re.M), "utf-8")
    path = tree / "test/contract/exceptions.json"
    if path.exists():
        path.write_text(without_exceptions(path.read_text("utf-8"), service), "utf-8")


def without_exceptions(text, service):
    text = re.sub(rf'\t\{{\n\t\t"service": "{service}",\n(?:\t\t.*\n)+\t\}},?\n', "", text)
    return re.sub(r",\n\]", "\n]", text)


# --- the test ------------------------------------------------------------------------------


class Catalog:
    """The catalog of a tree, compiled without make: objects of files that did not change are kept."""

    def __init__(self, tree):
        self.tree = tree

    def dump(self, form):
        return subprocess.run([self.tree / "catalog_dump", form], check=True, capture_output=True,
                              text=True).stdout

    def build(self, files):
        compiler = os.environ.get("CC", "cc").split()
        flags = ["-std=gnu99", "-Wall", "-Wextra", "-Wno-missing-field-initializers", "-Werror",
                 "-Iinclude", "-Isrc/catalog"]
        jobs = [subprocess.Popen(compiler + flags + ["-c", "-o", name + ".o", name], cwd=self.tree)
                for name in files]
        if any([job.wait() for job in jobs]):
            raise RuntimeError("it does not compile")
        objects = [str(path.relative_to(self.tree)) for path in self.tree.glob("*/**/*.c.o")
                   if path.with_suffix("").exists()]
        subprocess.run(compiler + ["-o", "catalog_dump"] + objects, cwd=self.tree, check=True)


def copy_catalog(tree):
    for place in ("src/catalog", "include", "tools", "emulator"):
        shutil.copytree(ROOT / place, tree / place, ignore=shutil.ignore_patterns("__pycache__"))
    for place in PLACES:
        (tree / place).mkdir(parents=True, exist_ok=True)


def function_blocks(sql):
    """The statements of each function, by its name."""
    return {re.match(r"CREATE FUNCTION (\w+)", block)[1]: block
            for block in re.split(r"^(?=CREATE FUNCTION )|^--\n-- .*\n--\n", sql, flags=re.M)
            if block.startswith("CREATE")}


def problems_without(whole, service, json_before, sql_before):
    with tempfile.TemporaryDirectory() as directory:
        tree = pathlib.Path(directory) / "tree"
        shutil.copytree(whole, tree)
        take_out(tree, service)
        catalog = Catalog(tree)
        try:
            catalog.build(["src/catalog/catalog.c", "tools/catalog_dump.c"])
        except (RuntimeError, subprocess.CalledProcessError) as error:
            return [f"what is left does not build: {error}"]
        left = json.loads(catalog.dump("--json"))
        sql = function_blocks(catalog.dump("--sql"))
    problems = []
    expected = [s for s in json_before["services"] if s["name"] != service]
    if len(expected) == len(json_before["services"]):
        problems.append("it was not there before")
    if left["services"] != expected:
        problems.append("the tables or functions of other services are not what they were")
    if sql != {name: text for name, text in sql_before.items() if not name.startswith(service + "_")}:
        problems.append("the SQL of other services is not what it was")
    return problems


def test():
    passed = failed = 0
    with tempfile.TemporaryDirectory() as directory:
        whole = pathlib.Path(directory) / "tree"
        copy_catalog(whole)
        catalog = Catalog(whole)
        catalog.build([str(p.relative_to(whole)) for p in [*whole.glob("src/catalog/*.c"), *whole.glob("tools/*.c")]])
        before = json.loads(catalog.dump("--json"))
        sql_before = function_blocks(catalog.dump("--sql"))
        for service in services(before):
            problems = problems_without(whole, service, before, sql_before)
            passed, failed = passed + (not problems), failed + bool(problems)
            print(f"{'FAIL' if problems else 'ok  '} {service} can be taken out")
            for problem in problems:
                print(f"     {problem}")
        # The comparison notices a service that others lean on.
        problems = problems_without(whole, "iam", before, {})
        passed, failed = passed + bool(problems), failed + (not problems)
        print(f"{'ok  ' if problems else 'FAIL'} a difference is noticed")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


def services(dump):
    return [s["name"] for s in dump["services"] if s["name"] not in NEEDED]


# --- what a commit that adds it would touch -------------------------------------------------


def show_diffs():
    def run(*command, **options):
        return subprocess.run(command, check=True, capture_output=True, text=True, **options).stdout

    for service in sorted(path.name.split(".")[0] for path in (ROOT / "api").glob("*.openapi.json")):
        if service in NEEDED:
            continue
        with tempfile.TemporaryDirectory() as directory:
            tree = pathlib.Path(directory) / "tree"
            run("git", "clone", "--quiet", str(ROOT), str(tree))
            take_out(tree, service)
            run("make", "sql", cwd=tree)
            run("make", "catalog_dump", cwd=tree)
            dump = tree / "build/catalog.json"
            dump.write_text(run("build/tools/catalog_dump", "--json", cwd=tree))
            run(sys.executable, "doc/generate.py", str(dump), cwd=tree)
            run(sys.executable, "test/contract/coverage.py", str(dump), cwd=tree)
            run("git", "add", "--all", cwd=tree)
            print(f"# {service}")
            print(run("git", "diff", "-R", "--cached", "--stat=100", cwd=tree))


if __name__ == "__main__":
    if sys.argv[1:] == ["--diff"]:
        show_diffs()
    elif sys.argv[1:]:
        sys.exit(__doc__)
    else:
        sys.exit(test())
