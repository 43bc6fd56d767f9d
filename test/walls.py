#!/usr/bin/env python3
"""Do the walls of the house stand?

    walls.py [ROOT]         looks at the source tree
    walls.py --self-test    proves that each rule can fail, on trees made for that

There are four floors: module > fdw > client > catalog.  A floor knows those
below it and nothing above.  PostgreSQL's headers stay above the client,
libcurl, jansson and OpenSSL on it, and the catalog knows the C library alone.
Above the catalog no service is named: what is special of one is data.
Also: nothing of the machine that a file was written on is in the tree.
Prints TAP.
"""
import pathlib
import re
import sys
import tempfile

# Headers in include/, by the floor whose rooms they are.  Others belong to fdw.
CATALOG_HEADERS = {'gmf_catalog.h'}
CLIENT_HEADERS = {
    'gmf_answer.h', 'gmf_call.h', 'gmf_convert.h', 'gmf_error.h', 'gmf_fetch.h',
    'gmf_request.h', 'gmf_session.h', 'gmf_sign.h',
}

STANDARD_C = set('''
    assert.h complex.h ctype.h errno.h fenv.h float.h inttypes.h iso646.h limits.h locale.h math.h
    setjmp.h signal.h stdalign.h stdarg.h stdatomic.h stdbool.h stddef.h stdint.h stdio.h stdlib.h
    stdnoreturn.h string.h tgmath.h threads.h time.h uchar.h wchar.h wctype.h'''.split())
POSIX = set('''
    dirent.h fcntl.h ifaddrs.h netdb.h poll.h pthread.h regex.h strings.h unistd.h
    sys/epoll.h sys/eventfd.h sys/random.h sys/socket.h sys/stat.h sys/time.h sys/timerfd.h
    sys/types.h sys/uio.h netinet/in.h netinet/tcp.h arpa/inet.h'''.split())
CLIENT_LIBRARIES = re.compile(r'^(jansson\.h|curl/.*|openssl/.*)$')

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.M)
STRING_OR_COMMENT = re.compile(r'"(?:\\.|[^"\\\n])*"|/\*.*?\*/|//[^\n]*', re.S)

# What the client and the catalog may not call: they do not know the server,
# never jump, never print, never end the process.
FORBIDDEN_BELOW = re.compile(
    r'\b(palloc\w*|pfree|ereport|elog|errmsg|CHECK_FOR_INTERRUPTS|longjmp|setjmp|siglongjmp|sigsetjmp'
    r'|exit|_exit|abort|printf|vprintf|puts|putchar|perror|signal|sigaction)\s*\(')
JSON_OBJECT = re.compile(r'\bjson_object\s*\(')

# The product is called after the one, and everybody signs in with the other.
NOT_SPECIAL = {'gaussdb', 'iam'}

SKIPPED_DIRECTORIES = {'.git', 'build', 'node_modules', '__pycache__', 'results', 'tmp_check'}
BINARIES = {'.png'}
MACHINE = (
    (re.compile(r'(?<![\w.${}-])/(?:root|work|home/\w+|Users)/'), 'a path of one machine'),
    (re.compile(r'(?<![\w:.${}-])/tmp/(?!gmf\.)\w'), 'a path below /tmp'),
    (re.compile(r'\b(?:deb|security|ftp)\.debian\.org|\bapt\.postgresql\.org|\bregistry\.\w*npm\w*\.|\bpypi\.org'
                r'|\bfiles\.pythonhosted\.org|\.internal\b(?=[/:])|\b(?:art\w*factory|nexus)\.\w+', re.I),
     'a package host'),
)


class Walls:
    def __init__(self, root):
        self.root = root
        self.seen = {}              # rule: number of files it was applied to
        self.faults = {}            # rule: list of texts

    def look(self, rule, path, faults):
        self.seen[rule] = self.seen.get(rule, 0) + 1
        name = path.relative_to(self.root)
        self.faults.setdefault(rule, []).extend(f'{name}: {fault}' for fault in faults)

    def files(self, *patterns):
        return sorted({path for pattern in patterns for path in self.root.glob(pattern)})

    def header_floor(self, name):
        if name in CATALOG_HEADERS:
            return 'catalog'
        if name in CLIENT_HEADERS:
            return 'client'
        return 'fdw' if (self.root / 'include' / name).exists() else None

    def check(self):
        for path in self.files('src/catalog/*.[ch]', 'include/*.h'):
            if path.parent.name == 'catalog' or path.name in CATALOG_HEADERS:
                self.look('the catalog includes the C library and itself', path, self.catalog(path))
        for path in self.files('src/client/*.[ch]', 'include/*.h'):
            if path.parent.name == 'client' or path.name in CLIENT_HEADERS:
                self.look('the client includes no PostgreSQL and nothing from above', path, self.client(path))
        for path in self.files('src/fdw/*.[ch]', '*.c', 'include/*.h'):
            if path.parent.name != 'include' or self.header_floor(path.name) == 'fdw':
                self.look('fdw and module see the floors below by include/ only', path, self.upper(path))
        for path in self.files('*.c', 'include/*.h', 'src/*/*.[ch]', 'tools/*.c'):
            if path.parent.name != 'client':
                self.look('libcurl, jansson and OpenSSL are on the client floor', path, self.libraries(path))
        for path in self.files('src/client/*.[ch]', 'src/catalog/*.[ch]'):
            self.look('the lower floors do not jump, print, end, or call the server', path,
                      (f'calls {call}()' for call in FORBIDDEN_BELOW.findall(code(path))))
        for path in self.files('*.c', 'include/*.h', 'src/*/*.[ch]', 'test/unit/*.[ch]', 'test/fuzz/*.[ch]'):
            self.look('json_object() is not called', path,
                      ('calls json_object(), which is the server\'s' for _ in JSON_OBJECT.findall(code(path))))
        named = self.names_of_services()
        for path in self.files('*.c', 'include/*.h', 'src/fdw/*.[ch]', 'src/client/*.[ch]'):
            self.look('above the catalog no service is named', path,
                      (f'names {name}' for name in named.findall(without_comments(path, lambda text: text))))
        for path in self.tree():
            self.look('nothing tells of the machine it was written on', path, self.machine(path))
        return self

    def catalog(self, path):
        for bracket, name in includes(path):
            if bracket == '<' and name not in STANDARD_C:
                yield f'includes <{name}>'
            if bracket == '"' and name not in CATALOG_HEADERS and not self.beside(path, name, 'catalog'):
                yield f'includes "{name}"'

    def client(self, path):
        for bracket, name in includes(path):
            if bracket == '<':
                if name not in STANDARD_C | POSIX and not CLIENT_LIBRARIES.match(name):
                    yield f'includes <{name}>'
            elif self.header_floor(name) not in ('client', 'catalog') and not self.beside(path, name, 'client'):
                yield f'includes "{name}"'

    def upper(self, path):
        for bracket, name in includes(path):
            if '..' in name or (self.root / name).exists() or (self.root / 'src' / name).exists():
                yield f'includes "{name}"'
            for floor in ('client', 'catalog'):
                if bracket == '"' and (self.root / 'src' / floor / name).exists():
                    yield f'includes "{name}", which is private to src/{floor}'

    def libraries(self, path):
        return (f'includes <{name}>' for _, name in includes(path) if CLIENT_LIBRARIES.match(name))

    # A service has a file of its name, which defines it.
    def names_of_services(self):
        services = {path.stem for path in self.files('src/catalog/*.c')
                    if f'gmf_{path.stem} = {{' in path.read_text(encoding='utf-8')} - NOT_SPECIAL
        return re.compile(rf'(?<![a-zA-Z0-9])(?:{"|".join(sorted(services)) or "(?!)"})(?![a-zA-Z0-9])', re.I)

    def beside(self, path, name, floor):
        return '/' not in name and (self.root / 'src' / floor / name).exists() and path.parent.name == floor

    def tree(self):
        for path in sorted(self.root.rglob('*')):
            inside = path.relative_to(self.root)
            if path.is_file() and not path.is_symlink() and not SKIPPED_DIRECTORIES & set(inside.parts) \
                    and path.suffix not in BINARIES | {'.so', '.pyc'} and path != pathlib.Path(__file__).resolve():
                yield path

    def machine(self, path):
        content = path.read_bytes()
        if b'\0' in content:
            yield 'a binary file'
            return
        for number, line in enumerate(content.decode('utf-8', 'replace').splitlines(), 1):
            for pattern, what in MACHINE:
                found = pattern.search(line)
                if found:
                    yield f'line {number}: {what}: {found.group(0)}'


def without_comments(path, string):
    """The text of a file; string is what becomes of a string literal."""
    return STRING_OR_COMMENT.sub(lambda found: string(found[0]) if found[0][0] == '"' else ' ',
                                 path.read_text(encoding='utf-8'))


def includes(path):
    return INCLUDE.findall(without_comments(path, lambda text: text))


def code(path):
    return without_comments(path, lambda text: '""')


class Tap:
    def __init__(self):
        self.number = 0
        self.failed = 0

    def report(self, name, faults):
        self.number += 1
        self.failed += bool(faults)
        print(f'{"not ok" if faults else "ok"} {self.number} - {name}')
        for fault in faults:
            print(f'#   {fault}')

    def end(self):
        print(f'1..{self.number}')
        return 1 if self.failed else 0


CLEAN = {
    'gaussdb_mgmt_fdw.c': '#include "postgres.h"\n#include "gmf_module.h"\n',
    'include/gmf_catalog.h': '#include <stdbool.h>\n',
    'include/gmf_session.h': '#include "gmf_catalog.h"\n',
    'include/gmf_module.h': '#include "gmf_session.h"\n#include "nodes/pg_list.h"\n',
    'src/fdw/plan.c': '#include "postgres.h"\n#include "catalog/pg_type.h"\n#include "gmf_module.h"\n#include "plan_internal.h"\n',
    'src/fdw/plan_internal.h': '',
    'src/client/session.c': '#include <curl/curl.h>\n#include <sys/epoll.h>\n#include "session_internal.h"\n'
                            '/* never json_object() */\nint x = f("exit(1) http://" /* json_object() */);\n',
    'src/client/session_internal.h': '#include "gmf_session.h"\n',
    'src/catalog/gaussdb.c': '#include <string.h>\n#include "catalog_internal.h"\n',
    'src/catalog/kms.c': '#include "catalog_internal.h"\nconst GmfService gmf_kms = {0};\n',
    'src/catalog/catalog_internal.h': '#include "gmf_catalog.h"\n',
    'README.md': 'See https://example.com/tmp/x and ${TMPDIR:-/tmp}/gmf.1\n',
}

# A change to the clean tree, and a word of the rule that must notice it.
BREACHES = (
    ('src/catalog/gaussdb.c', '#include <curl/curl.h>\n', 'the catalog includes'),
    ('src/catalog/gaussdb.c', '#include <unistd.h>\n', 'the catalog includes'),
    ('src/catalog/gaussdb.c', '#include "gmf_session.h"\n', 'the catalog includes'),
    ('include/gmf_catalog.h', '# include "gmf_error.h"\n', 'the catalog includes'),
    ('src/client/session.c', '#include "postgres.h"\n', 'the client includes'),
    ('src/client/session.c', '#include <utils/builtins.h>\n', 'the client includes'),
    ('src/client/session.c', '#include "gmf_module.h"\n', 'the client includes'),
    ('src/client/session.c', '#include "plan_internal.h"\n', 'the client includes'),
    ('src/client/session.c', '#include "catalog_internal.h"\n', 'the client includes'),
    ('include/gmf_session.h', '#include "fmgr.h"\n', 'the client includes'),
    ('src/fdw/plan.c', '#include "session_internal.h"\n', 'fdw and module'),
    ('src/fdw/plan.c', '#include "../client/session_internal.h"\n', 'fdw and module'),
    ('src/fdw/plan.c', '#include "catalog/catalog_internal.h"\n', 'fdw and module'),
    ('gaussdb_mgmt_fdw.c', '#include "catalog_internal.h"\n', 'fdw and module'),
    ('src/fdw/plan.c', '#include <jansson.h>\n', 'libcurl, jansson'),
    ('include/gmf_session.h', '#include <curl/curl.h>\n', 'libcurl, jansson'),
    ('gaussdb_mgmt_fdw.c', '#include <openssl/evp.h>\n', 'libcurl, jansson'),
    ('src/client/session.c', 'void f(void) { ereport(1); }\n', 'the lower floors'),
    ('src/client/session.c', 'void f(void) { longjmp (b, 1); }\n', 'the lower floors'),
    ('src/catalog/gaussdb.c', 'void f(void) { printf("x"); }\n', 'the lower floors'),
    ('src/client/session.c', 'void f(void) { x = json_object (); }\n', 'json_object'),
    ('src/fdw/plan.c', 'char *u = "http://"; void *x = json_object();\n', 'json_object'),
    ('src/fdw/plan.c', 'char *s = "kms";\n', 'above the catalog'),
    ('src/client/session.c', 'int kms_endpoint;\n', 'above the catalog'),
    ('include/gmf_session.h', '#define GMF_KMS 1\n', 'above the catalog'),
    ('README.md', 'see /' 'root/notes\n', 'nothing tells'),
    ('README.md', 'see /home/someone/notes\n', 'nothing tells'),
    ('README.md', 'see /tmp/notes\n', 'nothing tells'),
    ('README.md', 'deb http://deb.' 'debian.org/debian bookworm main\n', 'nothing tells'),
    ('README.md', 'a\0b', 'nothing tells'),
)


def self_test(tap):
    def faults_with(change):
        with tempfile.TemporaryDirectory() as directory:
            root = pathlib.Path(directory).resolve()
            for name, text in CLEAN.items():
                path = root / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text + (change[1] if change and change[0] == name else ''), encoding='utf-8')
            walls = Walls(root).check()
            return {rule for rule, faults in walls.faults.items() if faults}, walls.seen

    broken, seen = faults_with(None)
    tap.report('a clean tree has no faults', sorted(broken))
    for change in BREACHES:
        broken, _ = faults_with(change)
        noticed = any(rule.startswith(change[2]) for rule in broken)
        tap.report(f'noticed in {change[0]}: {change[1].strip()!r}',
                   [] if noticed else [f'no rule "{change[2]} ..." failed, only {sorted(broken)}'])
    untried = [rule for rule in seen if not any(rule.startswith(change[2]) for change in BREACHES)]
    tap.report('every rule was seen to fail', untried)


def main():
    tap = Tap()
    if sys.argv[1:] == ['--self-test']:
        self_test(tap)
    elif len(sys.argv) <= 2:
        root = pathlib.Path(sys.argv[1] if len(sys.argv) == 2 else pathlib.Path(__file__).parent.parent).resolve()
        walls = Walls(root).check()
        for rule, count in walls.seen.items():
            tap.report(f'{rule} ({count} files)', walls.faults[rule])
        missing = [floor for floor in ('src/fdw', 'src/client', 'src/catalog') if not any(root.glob(f'{floor}/*.c'))]
        tap.report('every floor has sources', missing)
    else:
        sys.exit(__doc__)
    return tap.end()


if __name__ == '__main__':
    sys.exit(main())
