#!/usr/bin/env python3
"""Checks of style that need no taste: what clang-format cannot be asked alone.

The sources are laid out as pgindent does it, which clang-format cannot
reproduce (see .clang-format).  This looks at what must never differ: tabs,
width, blanks at the end of a line, braces on lines of their own, comments.
"""
import pathlib
import re
import sys

WIDTH = 100
TAB = 4
LIMIT = 1200            # lines of a file outside of the catalog

ROOT = pathlib.Path(__file__).resolve().parent.parent
PLACES = ('*.c', 'include/*.h', 'src/*/*.[ch]', 'test/unit/*.[ch]', 'test/fuzz/*.[ch]', 'tools/*.c')

STRING = re.compile(r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'')
RULES = (
    (re.compile(r'[ \t]+$'), 'blanks at the end of the line'),
    (re.compile(r'^\t* {4,}(?!\*)\S'), 'indented with blanks, not with tabs'),
    (re.compile(r'\r'), 'carriage return'),
)
CODE_RULES = (
    (re.compile(r'//'), 'a // comment'),
    (re.compile(r'\b(if|for|while|switch)\('), 'no blank before ('),
    # A compound literal, "= (Type) {", is no block.
    (re.compile(r'^(?!.*(?:=|return|,|\()\s*\(\w[\w ]*\)\s*\{\s*$).*\)\s*\{\s*$'), 'brace not on a line of its own'),
    (re.compile(r'\belse\s*\{|\}\s*else\b|\bdo\s*\{\s*$'), 'brace not on a line of its own'),
)


def width(line):
    return len(line.expandtabs(TAB))


def faults(path):
    text = path.read_text(encoding='utf-8')
    lines = text.split('\n')
    if text and not text.endswith('\n'):
        yield len(lines), 'no newline at the end of the file'
    if text.endswith('\n\n'):
        yield len(lines), 'blank line at the end of the file'
    if len(lines) > LIMIT and 'catalog' not in path.parts:
        yield len(lines), f'more than {LIMIT} lines'
    in_comment = False
    for number, line in enumerate(lines, 1):
        if width(line) > WIDTH:
            yield number, f'{width(line)} columns wide, more than {WIDTH}'
        for rule, what in RULES:
            if rule.search(line):
                yield number, what
        code = STRING.sub('""', line)
        if in_comment:
            code = code.partition('*/')[2] if '*/' in code else ''
        in_comment = '/*' in code.rpartition('*/')[2] or (in_comment and '*/' not in line)
        code = re.sub(r'/\*.*?(\*/|$)', '', code)
        if code.lstrip().startswith('#') or code.rstrip().endswith('\\'):
            continue
        for rule, what in CODE_RULES:
            if rule.search(code):
                yield number, what


def main():
    files = sorted({file for place in PLACES for file in ROOT.glob(place)})
    found = 0
    for file in files:
        for number, what in faults(file):
            print(f'{file.relative_to(ROOT)}:{number}: {what}')
            found += 1
    print(f'style: {len(files)} files, {found} faults')
    return 1 if found or not files else 0


if __name__ == '__main__':
    sys.exit(main())
