#!/usr/bin/python3
"""Many sessions at once, with scans and actions, some of them cancelled or ended by force.

    stress.py PSQL EMULATOR_URL SERVER_LOG SECONDS [SESSIONS]

The database of the environment (PGHOST, PGDATABASE, PGUSER) has the extension and the schema
"cloud" (see scripts/stress.sh).  Each session runs statements whose result is known, one after
another; now and then one of them is cancelled, or its backend terminated.  Some sessions go on after
errors, and measure the memory of their backends.  A result that is neither the known one nor an
error that was to be expected is a failure, and so is anything that is left over at the end: a
backend that is busy, a connection at the emulator.  The last line is "N passed, N failed".
"""

import json
import os
import random
import subprocess
import sys
import threading
import time
import urllib.request

# What may happen to a statement: it is cancelled, its backend ended, or the instance busy.
EXPECTED_ERRORS = ("canceling statement", "terminating connection", "server closed the connection",
                   "DBS.200011", "DBS.201205", "DBS.280011", "DBS.280404", "DBS.280449", "connection to server was lost")

QUESTIONS = [
    "SELECT md5(string_agg(id, ',' ORDER BY id)) FROM cloud.instances",
    "SELECT count(*) FROM cloud.instances",
    "SELECT md5(string_agg(id || vpc_id, ',' ORDER BY id)) FROM cloud.instances WHERE type = 'Enterprise'",
    "SELECT count(*), count(DISTINCT instance_id) FROM cloud.parameters WHERE name = 'audit_enabled'",
    "SELECT count(p.name) FROM asset a JOIN cloud.parameters p ON p.instance_id = a.instance_id WHERE a.n <= 20",
    "SELECT md5(string_agg(b.id, ',' ORDER BY b.id)) FROM cloud.backups b WHERE type = 'auto'",
    "SELECT count(*) FROM asset a WHERE EXISTS (SELECT FROM cloud.backups b WHERE b.instance_id = a.instance_id"
    " AND b.type = 'auto')",
    "SELECT id FROM cloud.instances ORDER BY id LIMIT 1",
    "SELECT count(*) FROM all_regions",
]
# Pages that are resident and not shared with others.
MEMORY = "SELECT a[2]::int - a[3]::int FROM string_to_array(pg_read_file('/proc/self/statm'), ' ') a"
PAGE = os.sysconf("SC_PAGE_SIZE")
LASTS = 300                     # statements of a session that goes on after errors
MAY_GROW = 4 * 1024 * 1024      # bytes, in that time

ACTIONS = [
    "SELECT 'job' FROM (SELECT instance_id FROM asset ORDER BY random() LIMIT 1) a,"
    " LATERAL gaussdb_restart_instance('cloud', a.instance_id) j",
    "BEGIN; SELECT 'job' FROM (SELECT instance_id FROM asset ORDER BY random() LIMIT 1) a,"
    " LATERAL gaussdb_create_backup('cloud', a.instance_id, 'stress-' || (random() * 1e9)::int) j; ROLLBACK",
    "SELECT gaussdb_create_backup('cloud', 'x', 'y')",
]


def main(psql, emulator, server_log, seconds, sessions=50):
    run = Run(psql, float(seconds), int(sessions))
    run.known = {question: run.ask(question, "stress control")[0] for question in QUESTIONS}
    idle = open_connections(emulator)
    threads = [threading.Thread(target=run.session, args=(number,)) for number in range(run.sessions)]
    threads.append(threading.Thread(target=run.disturb))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    time.sleep(2)
    run.check("no backend is left busy",
              run.ask("SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'stress session%'",
                      "stress control")[0] == "0")
    run.check("no connection is left at the emulator", open_connections(emulator) <= idle + 1)
    with open(server_log, encoding="utf-8") as log:
        run.check("nothing crashed", "was terminated by signal" not in log.read())
    print("%d statements with the known result, %d ended by force, %d busy or refused"
          % (run.good, run.ended, run.refused))
    run.check("most of them came to their end", run.good > 2 * run.sessions)
    print("%d backends were measured over %d statements each, with %d errors; the largest grew by %d kB"
          % (len(run.grown), LASTS, run.survived, max(run.grown, default=0) / 1024))
    run.check("backends lasted, and did not grow", run.grown and max(run.grown) <= MAY_GROW)
    print("%d passed, %d failed" % (run.passed, run.failed))
    return run.failed != 0


class Run:
    def __init__(self, psql, seconds, sessions):
        self.psql, self.seconds, self.sessions = psql, seconds, sessions
        self.until = time.time() + seconds
        self.lock = threading.Lock()
        self.good = self.ended = self.refused = self.passed = self.failed = 0
        self.known = {}
        self.grown = []         # bytes, for each backend that lasted
        self.survived = 0       # errors of these

    def ask(self, sql, name):
        """The output and the error of a psql of its own that runs several statements."""
        done = subprocess.run([self.psql, "-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1"], input=sql + ";\n",
                              capture_output=True, text=True, timeout=120,
                              env=dict(os.environ, PGAPPNAME=name))
        return done.stdout.strip(), done.stderr.strip()

    def session(self, number):
        chance = random.Random(number)
        while time.time() < self.until:
            if number % 5 == 0:
                self.last(chance, number)
                continue
            asked = [chance.choice(QUESTIONS) for _ in range(chance.randint(1, 6))]
            if chance.random() < 0.3:
                self.act(chance.choice(ACTIONS), number)
            out, err = self.ask(";\n".join(asked), "stress session %d" % number)
            self.judge(asked, out.split("\n") if out else [], err)

    def last(self, chance, number):
        """Many statements in one backend, which goes on after an error."""
        asked = [chance.choice(QUESTIONS) for _ in range(LASTS)]
        script = QUESTIONS + [MEMORY] + asked + [MEMORY]
        tagged = "".join("\\echo #%d\n%s;\n" % (i, sql) for i, sql in enumerate(script))
        done = subprocess.run([self.psql, "-X", "-A", "-t", "-q"], input=tagged, capture_output=True, text=True,
                              timeout=600, env=dict(os.environ, PGAPPNAME="stress session %d" % number))
        parts = [part.strip() for part in done.stdout.split("#")[1:]]
        lines = [part.split("\n")[1] if "\n" in part else "" for part in parts]
        errors = [line for line in done.stderr.split("\n") if "ERROR:" in line or "FATAL:" in line]
        with self.lock:
            for question, line in zip(script, lines):
                if line and question != MEMORY and line != self.known[question]:
                    self.failed += 1
                    print("not ok -", question, "\n# gave", line, "\n# not ", self.known[question])
                self.good += bool(line)
            for error in errors:
                if not any(text in error for text in EXPECTED_ERRORS):
                    self.failed += 1
                    print("not ok -", error)
            self.ended += len(errors)
            if len(lines) == len(script) and lines[len(QUESTIONS)] and lines[-1]:
                self.grown.append((int(lines[-1]) - int(lines[len(QUESTIONS)])) * PAGE)
                self.survived += len(errors)

    def act(self, sql, number):
        _, err = self.ask(sql, "stress session %d" % number)
        with self.lock:
            if err and "rolled back" not in err and "must have 4 to 64" not in err and \
                    not any(text in err for text in EXPECTED_ERRORS):
                self.failed += 1
                print("not ok -", sql, "\n#", err.replace("\n", "\n# "))
            else:
                self.refused += 1

    def judge(self, asked, lines, err):
        with self.lock:
            for question, line in zip(asked, lines):
                if line == self.known[question]:
                    self.good += 1
                else:
                    self.failed += 1
                    print("not ok -", question, "\n# gave", line, "\n# not ", self.known[question])
            if err and any(text in err for text in EXPECTED_ERRORS):
                self.ended += 1
            elif err or len(lines) != len(asked):
                self.failed += 1
                print("not ok - ", asked, len(lines), "\n#", err.replace("\n", "\n# "))

    def disturb(self):
        chance = random.Random(0)
        while time.time() < self.until:
            time.sleep(0.2)
            how = chance.choice(["pg_cancel_backend", "pg_cancel_backend", "pg_terminate_backend"])
            self.ask("SELECT %s(pid) FROM pg_stat_activity WHERE application_name LIKE 'stress session%%'"
                     " ORDER BY random() LIMIT 2" % how, "stress control")

    def check(self, what, holds):
        print("ok -" if holds else "not ok -", what)
        self.passed += holds
        self.failed += not holds


def open_connections(emulator):
    """Sockets that are established to the emulator's port."""
    port = int(emulator.rsplit(":", 1)[1])
    with urllib.request.urlopen(emulator + "/_emulator/health") as answer:
        json.load(answer)
    with open("/proc/net/tcp", encoding="ascii") as table:
        rows = [line.split() for line in table.readlines()[1:]]
    return sum(1 for row in rows if int(row[1].split(":")[1], 16) == port and row[3] == "01")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
