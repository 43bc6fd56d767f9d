"""The extension and curl doing the same work, side by side.

    bench.py --url URL --psql PROGRAM --out DIRECTORY [...]

run.sh starts what this needs: the emulator at URL, and a private PostgreSQL that PGHOST
names, with an empty database "bench".  Each work is first done once by the extension; what
the emulator was asked by that is what curl then asks.  Nothing is subtracted: the time of curl
is that of one process from its start to its end, the time of the extension is what \\timing of
psql says, rows included.
"""

import argparse
import collections
import dataclasses
import datetime
import json
import os
import pathlib
import platform
import re
import statistics
import subprocess
import tempfile
import time
import urllib.request

import plot

TOKEN = "emulator-static-token"
REGIONS = (("cn-north-4", "0483b6b16e954cb88930a360d2c4e663"),
           ("cn-east-3", "0549b4a43100d4f32f51c01c2fe4acdb"),
           ("eu-west-0", "0611f1bd8b00d5d32f17c017f15b599f"),
           ("ap-southeast-1", "05e1ab3e5f80d4d52f77c01c8f1b3a5d"))
JOINED = 200
FEW = 8                     # connections: the default of max_connections
MANY = 16
MEGABYTE = 1 << 20
MEMORY_ALLOWED = 32         # MB
KEYS = 300_000
KEYS_ALLOWED = 100          # MB; a third as many keys take as much
KEYS_ROW = "memory of distinct keys"   # for --only
LIST = "SELECT id, name, status FROM cloud.instances"
LOOP = "DO $$ DECLARE r record; BEGIN FOR r IN %s LOOP END LOOP; END $$"
CURL = ("curl", "-sS", "--fail", "--noproxy", "*", "-H", f"X-Auth-Token: {TOKEN}")

Outcome = collections.namedtuple(
    "Outcome", "title sequential parallel ours base ratio allowed requests")


@dataclasses.dataclass
class Work:
    """One row of the table."""

    name: str
    title: str
    sql: str
    allowed: float
    latency: int = 0            # 0: the one of the command line
    connections: int = FEW
    fleet: int = 0              # 0: the one of the command line
    base: str = "parallel"      # what the ratio is to: see Bench.measure
    one: str = ""               # base "one": the query that is compared with
    plan: str = ""              # must stand in its EXPLAIN
    within: bool = False        # the rows are read in the server, none are sent to psql


WORKS = (
    Work("list3", "full list, three columns", LIST, 1.3),
    Work("list", "full list, all columns", "SELECT * FROM cloud.instances", 2.0),
    Work("list within", "the same, read by a loop in the server",
         "SELECT * FROM cloud.instances", 2.0, within=True),
    Work("list3 far", "full list, three columns", LIST, 1.1, latency=100),
    Work("join", f"{JOINED} rows joined to `parameters`, plain JOIN",
         "SELECT a.owner, p.name, p.value FROM asset a"
         " JOIN many.parameters p ON p.instance_id = a.instance_id", 1.5, connections=MANY,
         plan="Read Ahead"),
    Work("any", f"the same {JOINED}, `= ANY (ARRAY(SELECT …))`",
         "SELECT p.instance_id, p.name, p.value FROM many.parameters p"
         " WHERE p.instance_id = ANY (ARRAY(SELECT instance_id FROM asset))", 1.3,
         connections=MANY),
    Work("guess", "instances `WHERE status = 'ACTIVE'` joined to `disk_usage`",
         "SELECT i.name, d.used FROM cloud.instances i JOIN cloud.disk_usage d"
         " ON d.instance_id = i.id WHERE i.status = 'ACTIVE'", 1.5, latency=50, fleet=400,
         plan="Read Ahead"),
    Work("levels", "instances, their databases, and the schemas of these",
         "SELECT i.name, d.name, s.schema_name FROM cloud.instances i"
         " JOIN cloud.databases d ON d.instance_id = i.id"
         " JOIN cloud.schemas s ON s.instance_id = d.instance_id AND s.db_name = d.name"
         " WHERE i.status = 'ACTIVE'", 1.5, fleet=100, plan="Read Ahead"),
    Work("regions", "four regions under one parent, to one region",
         "SELECT region, id, name, status FROM fleet", 1.2, latency=200, fleet=100,
         base="one", one="SELECT region, id, name, status FROM region_1", plan="Async"),
    Work("limit", "`LIMIT 10`", LIST + " LIMIT 10", 1.2, base="kept"),
    Work("id", "`WHERE id = …`",
         LIST + " WHERE id = (SELECT min(instance_id) FROM asset)", 1.2, base="kept"),
    Work("count", "`count(*)`", "SELECT count(*) FROM cloud.instances", 1.2, base="kept"),
)


class Emulator:
    """The admin plane."""

    def __init__(self, url):
        self.url = url

    def admin(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}/_emulator/{path}", data, method=method,
                                         headers={"Content-Type": "application/json"})
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=600) as answer:
            return json.load(answer)

    def latency(self, milliseconds):
        self.admin("POST", "config", {"latency_ms": milliseconds})

    def fleet(self, number):
        self.admin("POST", "reset", {"fleet": number})

    def forget(self):
        self.admin("DELETE", "requests")

    def requests(self):
        return self.admin("GET", "requests")


class Psql:
    """One session."""

    END = "==end=="

    def __init__(self, program):
        self.process = subprocess.Popen(
            [program, "-XqAt", "-v", "ON_ERROR_STOP=1", "-d", "bench"], text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.backend = int(self.run("SELECT pg_backend_pid()"))

    def send(self, text):
        """What psql prints for some lines."""
        self.process.stdin.write(f"{text}\n\\echo {self.END}\n")
        self.process.stdin.flush()
        lines = []
        for line in self.process.stdout:
            if line.rstrip("\n") == self.END:
                return "".join(lines).strip()
            lines.append(line)
        raise RuntimeError(f"psql ended: {''.join(lines)}\n{text}")

    def run(self, sql):
        return self.send(sql + ";")

    def timed(self, sql):
        """Seconds; the rows come to psql and no further."""
        text = self.send(f"\\timing on\n\\o /dev/null\n{sql};\n\\o\n\\timing off")
        return float(re.search(r"Time: ([0-9.]+) ms", text).group(1)) / 1000

    def memory(self, word):
        """VmRSS, VmHWM …, in bytes."""
        text = pathlib.Path(f"/proc/{self.backend}/status").read_text("ascii")
        return int(re.search(rf"{word}:\s+(\d+) kB", text).group(1)) * 1024

    def forget_peak(self):
        pathlib.Path(f"/proc/{self.backend}/clear_refs").write_text("5", "ascii")

    def close(self):
        self.process.stdin.close()
        self.process.wait(10)
        self.process.stdout.close()


def curl_config(directory, urls):
    path = pathlib.Path(directory) / "curl.conf"
    path.write_text("".join(f'url = "{url}"\noutput = "/dev/null"\n' for url in urls), "utf-8")
    return path


def curl(urls, *switches):
    """Seconds from the start of the process to its end."""
    with tempfile.TemporaryDirectory() as directory:
        command = [*CURL, *switches, "-K", str(curl_config(directory, urls))]
        begun = time.perf_counter()
        done = subprocess.run(command, check=False, stdin=subprocess.DEVNULL,
                              stderr=subprocess.PIPE, text=True)
        seconds = time.perf_counter() - begun
    if done.returncode:         # -Z shows its progress there, whatever it is told
        raise RuntimeError(f"curl: {done.stderr}")
    return seconds


def curl_parallel(urls, connections, *switches):
    return curl(urls, "-Z", "--parallel-max", str(connections), *switches)


def curl_kept(url):
    """Seconds of the second request of two on one connection."""
    done = subprocess.run([*CURL, "-w", "%{num_connects} %{time_total}\n", "-o", "/dev/null",
                           "-o", "/dev/null", url, url], check=True, text=True,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    connects, seconds = done.stdout.splitlines()[1].split()
    if connects != "0":
        raise RuntimeError("curl did not keep its connection")
    return float(seconds)


class Bench:
    def __init__(self, options):
        self.options = options
        self.emulator = Emulator(options.url)
        self.present = options.fleet
        self.load = [os.getloadavg()[0]]
        self.psql = Psql(options.psql)
        self.set_up()

    def say(self, text):
        print(f"    {text}", flush=True)

    # What there is ----------------------------------------------------------------------

    def server(self, name, region, project, connections):
        self.psql.run(
            f"CREATE SERVER {name} FOREIGN DATA WRAPPER gaussdb_mgmt_fdw OPTIONS"
            f" (endpoint '{self.options.url}', region '{region}', project_id '{project}',"
            f" max_connections '{connections}')")
        self.psql.run(f"CREATE USER MAPPING FOR CURRENT_USER SERVER {name}"
                      f" OPTIONS (token '{TOKEN}')")

    def set_up(self):
        run = self.psql.run
        run("CREATE EXTENSION gaussdb_mgmt_fdw")
        region, project = REGIONS[0]
        for name, connections in (("cloud", FEW), ("many", MANY)):
            self.server(name, region, project, connections)
            run(f"CREATE SCHEMA {name}")
            run(f"IMPORT FOREIGN SCHEMA gaussdb FROM SERVER {name} INTO {name}")
        run("CREATE TABLE fleet (region text, id text, name text, status text)"
            " PARTITION BY LIST (region)")
        for number, (region, project) in enumerate(REGIONS, 1):
            self.server(f"region_{number}", region, project, FEW)
            run(f"CREATE FOREIGN TABLE region_{number} PARTITION OF fleet"
                f" FOR VALUES IN ('{region}') SERVER region_{number}"
                " OPTIONS (resource 'gaussdb.instances')")
        run("CREATE TABLE asset (instance_id text PRIMARY KEY, owner text)")
        run("INSERT INTO asset SELECT id, 'owner ' || row_number() OVER ()"
            f" FROM cloud.instances LIMIT {JOINED}")
        run("ANALYZE asset")

    def fleet_of(self, number):
        if number != self.present:
            self.say(f"(a fleet of {number})")
            self.emulator.fleet(number)
            self.present = number

    # One row of the table -----------------------------------------------------------------

    def urls(self, sql):
        """What the emulator is asked by a query; refused requests must not be among it."""
        self.emulator.forget()
        self.psql.run(f"\\o /dev/null\n{sql};\n\\o\nSELECT 1")
        asked = self.emulator.requests()
        bad = [record for record in asked if record["status"] != 200 or record["method"] != "GET"]
        if bad or not asked:
            raise RuntimeError(f"{sql}: {bad}")
        return [self.options.url + record["target"] for record in asked]

    def measure(self, work):
        latency = work.latency or self.options.latency
        self.fleet_of(work.fleet or self.options.fleet)
        self.emulator.latency(latency)
        if work.plan and work.plan not in self.psql.run(f"EXPLAIN {work.sql}"):
            self.say(f"{work.name}: NO {work.plan} IN THE PLAN")
        urls = self.urls(work.sql)
        self.psql.run(f"PREPARE work AS {work.sql}")
        if work.one:
            self.psql.run(f"PREPARE one AS {work.one}")
        self.psql.timed("EXECUTE work")
        times = collections.defaultdict(list)
        for number in range(self.options.runs):
            if work.base == "kept":
                times["kept"].append(curl_kept(urls[0]))
            else:
                if number < 3:          # they take long, and hardly vary
                    times["sequential"].append(curl(urls))
                times["parallel"].append(curl_parallel(urls, work.connections))
            if work.one:
                times["one"].append(self.psql.timed("EXECUTE one"))
            times["ours"].append(self.psql.timed(LOOP % work.sql if work.within
                                                 else "EXECUTE work"))
        self.psql.run("DEALLOCATE ALL")
        middle = {name: statistics.median(values) for name, values in times.items()}
        title = f"{work.title}, {latency} ms"
        outcome = Outcome(title, middle.get("sequential"), middle.get("parallel"),
                          middle["ours"], middle[work.base],
                          middle["ours"] / middle[work.base], work.allowed, len(urls))
        self.say(f"{title}: {', '.join(f'{k} {milliseconds(v)}' for k, v in middle.items())}; "
                 f"ratio {outcome.ratio:.2f}, allowed {work.allowed}; ours "
                 f"{milliseconds(min(times['ours']))} to {milliseconds(max(times['ours']))}")
        return outcome

    # What is not a time ---------------------------------------------------------------------

    def memory(self, number):
        """Bytes by which a backend that reads all columns of a list grows, at its peak."""
        self.fleet_of(number)
        self.emulator.latency(0)
        session = Psql(self.options.psql)
        session.run("SELECT count(*) FROM pg_class")
        idle = session.memory("VmRSS")
        session.forget_peak()
        session.run("\\copy (SELECT * FROM cloud.instances) TO '/dev/null'\nSELECT 1")
        peak = session.memory("VmHWM") - idle
        session.close()
        self.say(f"{number} instances: {peak / MEGABYTE:.1f} MB")
        return peak

    def memory_of_keys(self):
        """Bytes by which a backend grows, at its peak, that looks up keys of which none is sent."""
        self.fleet_of(self.options.fleet)
        self.emulator.latency(0)
        session = Psql(self.options.psql)
        session.run("SET enable_hashjoin = off; SET enable_mergejoin = off; "
                    "SET enable_material = off; SET work_mem = '4MB'; "
                    f"CREATE TEMP TABLE keys AS SELECT repeat('x', 100) || g AS k "
                    f"FROM generate_series(1, {KEYS}) g; ANALYZE keys; "
                    "SELECT count(name) FROM cloud.instances")
        idle = session.memory("VmRSS")
        session.forget_peak()
        found = session.run("SELECT count(i.id) FROM keys LEFT JOIN cloud.instances i ON i.id = keys.k")
        if found != "0":
            raise RuntimeError(f"keys that are not there: {found}")
        peak = session.memory("VmHWM") - idle
        session.close()
        self.say(f"{KEYS} keys of which none is sent: {peak / MEGABYTE:.1f} MB")
        return peak

    def new_connections(self):
        """How many connections the second query of a session opens."""
        self.fleet_of(self.options.fleet)
        session = Psql(self.options.psql)
        seen = []
        for sql in (LIST, LIST + " WHERE name LIKE '%a%'"):
            self.emulator.forget()
            session.run(f"\\o /dev/null\n{sql};\n\\o\nSELECT 1")
            seen.append({record["connection"] for record in self.emulator.requests()})
        session.close()
        self.say(f"connections of the first query: {len(seen[0])}, new ones of the second: "
                 f"{len(seen[1] - seen[0])}")
        return len(seen[1] - seen[0])

    # For reference ------------------------------------------------------------------------

    def emulator_alone(self):
        """(pages, bytes) in a second, without latency."""
        self.fleet_of(self.options.fleet)
        self.emulator.latency(0)
        urls = self.urls(LIST) * 5
        rates = [len(urls) / curl_parallel(urls, MANY) for _ in range(self.options.runs)]
        size = len(subprocess.run([*CURL, urls[0]], check=True, stdout=subprocess.PIPE).stdout)
        rate = statistics.median(rates)
        self.say(f"the emulator alone: {rate:.0f} pages/s, {rate * size / MEGABYTE:.0f} MB/s")
        return rate, rate * size

    def cold(self, sql):
        """Seconds of the first query of a new session."""
        times = []
        for _ in range(self.options.runs):
            session = Psql(self.options.psql)
            times.append(session.timed(sql))
            session.close()
        return statistics.median(times)

    def other_lists(self):
        self.fleet_of(self.options.fleet)
        rows = []
        for work in (each for each in WORKS if each.name.startswith("list") and not each.within):
            latency = work.latency or self.options.latency
            self.emulator.latency(latency)
            urls = self.urls(work.sql)
            at_once = statistics.median(
                curl_parallel(urls, work.connections, "--parallel-immediate")
                for _ in range(self.options.runs))
            first = self.cold(work.sql)
            self.say(f"{work.title}, {latency} ms: first query of a session "
                     f"{milliseconds(first)}, curl -Z --parallel-immediate {milliseconds(at_once)}")
            rows.append((f"{work.title}, {latency} ms", at_once, first))
        return rows


def milliseconds(seconds):
    return "–" if seconds is None else f"{seconds * 1000:.{0 if seconds >= 0.1 else 1}f} ms"


def curl_version():
    done = subprocess.run(["curl", "--version"], stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout.split(" (")[0]


def verdict(good):
    return "kept" if good else "**missed**"


def report(bench, outcomes, extra):
    """results.md."""
    options = bench.options
    lines = [
        "# What was measured", "",
        f"By `bench/run.sh` on {datetime.date.today().isoformat()}: a fleet of {options.fleet}, "
        f"medians of {options.runs} runs, {os.cpu_count()} cores ({platform.machine()}), "
        f"PostgreSQL {bench.psql.run('SHOW server_version').split()[0]}, {curl_version()}; "
        f"load average {bench.load[0]:.1f} before and {bench.load[-1]:.1f} after. "
        "[The manual](../doc/performance.md) says what the rows mean.", "",
        "| work | requests | curl, one by one | curl -Z | ours | ratio | allowed | |",
        "| --- | --: | --: | --: | --: | --: | --: | --- |"]
    for row in outcomes:
        parallel = milliseconds(row.parallel)
        if row.base not in (row.parallel, row.sequential):
            parallel = f"{milliseconds(row.base)} ¹"
        lines.append(f"| {row.title} | {row.requests} | {milliseconds(row.sequential)} | "
                     f"{parallel} | {milliseconds(row.ours)} | {row.ratio:.2f} × | "
                     f"{row.allowed} × | {verdict(row.ratio <= row.allowed)} |")
    lines += ["", "¹ What the ratio is to: for regions, our own query of one of them; "
              "for a single request, curl's second one on a connection that it kept."]
    if "memory" in extra:
        lines += ["", "| memory of a backend over its idle size, at the peak | | allowed | |",
                  "| --- | --: | --: | --- |"]
        lines += [f"| all columns of {number} instances | {size / MEGABYTE:.1f} MB | "
                  f"{MEMORY_ALLOWED} MB | {verdict(size <= MEMORY_ALLOWED * MEGABYTE)} |"
                  for number, size in extra["memory"].items()]
    if "keys" in extra:
        size = extra["keys"]
        lines += ["", f"Memory of a backend over its idle size, at the peak, that looks up {KEYS} "
                  f"distinct keys of which none is sent, with a work_mem of 4 MB: "
                  f"{size / MEGABYTE:.1f} MB, allowed {KEYS_ALLOWED} MB "
                  f"({verdict(size <= KEYS_ALLOWED * MEGABYTE)})."]
    if "connections" in extra:
        number = extra["connections"]
        lines += ["", f"Connections that the second query of a session opened: {number} "
                  f"({verdict(number == 0)})."]
    if "alone" in extra:
        rate, size = extra["alone"]
        lines += ["", f"The emulator by itself serves {rate:.0f} pages of a hundred instances in a "
                  f"second ({size / MEGABYTE:.0f} MB/s), without latency, asked by `curl -Z` with "
                  f"{MANY} connections."]
    if "lists" in extra:
        lines += ["", "The same lists otherwise: by a curl that does not wait for the first answer "
                  "before it opens more connections; by the first query of a session, which is as cold "
                  "as curl is and has the extension to load and PostgreSQL's catalogs to read as "
                  "well.", "",
                  "| work | curl -Z --parallel-immediate | ours, first query of a session |",
                  "| --- | --: | --: |"]
        lines += [f"| {title} | {milliseconds(at_once)} | {milliseconds(first)} |"
                  for title, at_once, first in extra["lists"]]
    return "\n".join(lines) + "\n"


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--url", required=True)
    parser.add_argument("--psql", required=True)
    parser.add_argument("--out", required=True, type=pathlib.Path)
    parser.add_argument("--fleet", type=int, default=5000)
    parser.add_argument("--latency", type=int, default=20)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", default="", help="rows whose name contains this")
    options = parser.parse_args()
    if options.quick:
        options.runs = min(options.runs, 3)
    return options


def main():
    options = arguments()
    bench = Bench(options)
    outcomes = [bench.measure(work) for work in WORKS if options.only in work.name]
    extra = {}
    if not options.only:
        extra["alone"] = bench.emulator_alone()
        extra["lists"] = bench.other_lists()
        extra["connections"] = bench.new_connections()
        large = 10 * options.fleet if not options.quick else 2 * options.fleet
        extra["memory"] = {number: bench.memory(number) for number in (options.fleet, large)}
    if options.only in KEYS_ROW:
        extra["keys"] = bench.memory_of_keys()
    bench.load.append(os.getloadavg()[0])
    options.out.joinpath("results.md").write_text(report(bench, outcomes, extra), "utf-8")
    options.out.joinpath("results.svg").write_text(plot.draw(outcomes), "utf-8")
    bench.psql.close()


if __name__ == "__main__":
    main()
