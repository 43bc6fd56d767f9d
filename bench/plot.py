"""results.svg: the times of bench.py on a logarithmic axis, one line for each work."""

import html
import math

WIDTH, LEFT, RIGHT, TOP, STEP = 980, 370, 150, 64, 30
GREY, BLUE, RED, GREEN = "#8a8a8a", "#2b6cb0", "#c53030", "#2f855a"
MARKS = (("sequential", GREY, "curl, one by one"), ("base", BLUE, "curl in parallel (see text)"),
         ("ours", RED, "gaussdb_mgmt_fdw"))
STYLE = ("<style>text{font:13px sans-serif;fill:#222}.small{font-size:11px;fill:#666}"
         "</style>")


def text(x, y, content, anchor="start", more=""):
    content = html.escape(content.replace("`", ""))
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}"{more}>{content}</text>'


def line(x1, y1, x2, y2, colour, width=1):
    return (f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" '
            f'stroke="{colour}" stroke-width="{width}"/>')


def mark(x, y, colour):
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{colour}"/>'


def name_of(milliseconds):
    return f"{milliseconds / 1000:g} s" if milliseconds >= 1000 else f"{milliseconds:g} ms"


class Axis:
    """Seconds to places, over whole decades and their thirds."""

    def __init__(self, seconds):
        self.low = math.log10(min(seconds) * 1000 * 0.8)
        self.high = math.log10(max(seconds) * 1000 * 1.25)

    def place(self, milliseconds):
        share = (math.log10(milliseconds) - self.low) / (self.high - self.low)
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def ticks(self):
        for power in range(-1, 7):
            for digit in (1, 2, 5):
                value = digit * 10 ** power
                if self.low <= math.log10(value) <= self.high:
                    yield value


def draw(outcomes):
    """The picture of a list of Outcomes."""
    if not outcomes:
        return '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>\n'
    axis = Axis([value for row in outcomes for value in (row.sequential, row.base, row.ours)
                 if value])
    bottom = TOP + STEP * len(outcomes)
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{bottom + 34}" '
             f'viewBox="0 0 {WIDTH} {bottom + 34}">', STYLE,
             f'<rect width="{WIDTH}" height="{bottom + 34}" fill="#ffffff"/>']
    for number, (_, colour, title) in enumerate(MARKS):
        parts += [mark(LEFT + 8 + 180 * number, 20, colour),
                  text(LEFT + 20 + 180 * number, 25, title)]
    parts.append(text(WIDTH - 8, 48, "ratio (at most)", "end", ' class="small"'))
    for tick in axis.ticks():
        x = axis.place(tick)
        parts += [line(x, TOP - 8, x, bottom, "#dddddd"),
                  text(x, bottom + 18, name_of(tick), "middle", ' class="small"')]
    for number, row in enumerate(outcomes):
        parts += draw_row(axis, row, TOP + STEP * number + STEP / 2)
    return "\n".join(parts) + "\n</svg>\n"


def draw_row(axis, row, y):
    values = [(getattr(row, name), colour) for name, colour, _ in MARKS if getattr(row, name)]
    places = [axis.place(value * 1000) for value, _ in values]
    kept = row.ratio <= row.allowed
    yield text(LEFT - 12, y + 4, row.title, "end")
    yield line(min(places), y, max(places), y, "#bbbbbb", 2)
    for x, (_, colour) in zip(places, values):
        yield mark(x, y, colour)
    yield text(WIDTH - 8, y + 4, f"{row.ratio:.2f} × ({row.allowed:g} ×)", "end",
               f' style="fill:{GREEN if kept else RED}"')
