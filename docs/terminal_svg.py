"""Turns what a command printed into a picture of a terminal, as SVG.

    argil compare examples/countdown.py > compare.txt
    argil docs/terminal_svg.py 'argil compare examples/countdown.py' < compare.txt > docs/compare.svg

The arguments are the command that stands at the prompt, and the width in columns at which long lines are
folded (110).
"""

import sys

CELL = 8.4
LINE = 18
MARGIN = 20
TITLE = 34

COLOURS = {"back": "#1e1e2e", "text": "#cdd6f4", "prompt": "#a6e3a1", "lines": "#6c7086"}
BOX = "┌┬┐└┴┘├┼┤│─╞═╪╡┆"


def fold(line, width):
    """Breaks a line of prose at blanks; a line of a table stays whole."""
    if len(line) <= width or line[:1] in BOX:
        return [line]
    lines = [""]
    for word in line.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] += (" " if lines[-1] else "") + word
    return lines


def escape(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def runs(line):
    """Splits a line into stretches of box drawing and of anything else, with the column of each."""
    start = 0
    for column in range(1, len(line) + 1):
        if column == len(line) or (line[column] in BOX) != (line[start] in BOX):
            yield start, line[start:column]
            start = column


def text(column, row, content, colour):
    x = MARGIN + column * CELL
    y = TITLE + MARGIN + row * LINE
    # The length is given, so that columns stay in step whatever font the reader has.
    return (
        f'<text x="{x:.1f}" y="{y}" fill="{colour}" textLength="{len(content) * CELL:.1f}" '
        f'lengthAdjust="spacingAndGlyphs" xml:space="preserve">{escape(content)}</text>'
    )


def picture(command, output, width):
    lines = []
    for line in output.rstrip("\n").split("\n"):
        lines.extend(fold(line, width))
    columns = max(len(line) for line in lines + ["$ " + command])
    w = 2 * MARGIN + columns * CELL
    h = TITLE + 2 * MARGIN + len(lines) * LINE
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w:.0f} {h}" width="{w:.0f}" height="{h}">'
    yield f'<title>{escape(command)}</title>'
    yield f'<rect width="100%" height="100%" rx="8" fill="{COLOURS["back"]}"/>'
    for at, colour in enumerate(["#f38ba8", "#f9e2af", "#a6e3a1"]):
        yield f'<circle cx="{MARGIN + 4 + at * 20}" cy="{TITLE // 2 + 2}" r="6" fill="{colour}"/>'
    yield "<g font-family=\"'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"14\">"
    yield text(0, 0, "$", COLOURS["prompt"])
    yield text(2, 0, command, COLOURS["text"])
    for row, line in enumerate(lines):
        for column, content in runs(line):
            if content.strip():
                colour = COLOURS["lines"] if content[0] in BOX else COLOURS["text"]
                yield text(column, row + 1, content, colour)
    yield "</g>"
    yield "</svg>"


def main():
    command = sys.argv[1]
    width = int(sys.argv[2]) if len(sys.argv) > 2 else 110
    for line in picture(command, sys.stdin.read(), width):
        print(line)


if __name__ == "__main__":
    main()
