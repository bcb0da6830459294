"""Admonitions: boxes such as `:::note Title` … `:::`, as a rule for the Markdown parser.

They may be nested, with colons of one length or of several; one that is never closed ends with
what it stands in, and a closing line that closes nothing is left out.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

KINDS = ("note", "tip", "info", "caution", "warning", "danger")
DETAILS = "details"

_ALIASES = {
    "attention": "caution",
    "error": "danger",
    "important": "info",
    "secondary": "note",
    "success": "tip",
}
_OPEN = re.compile(r"(:{3,})[ \t]*([^\W\d_]+)(?:[ \t]*\[(.*)\]|[ \t]+(.*))?[ \t]*$")
_CLOSE = re.compile(r"(:{3,})[ \t]*$")
_FENCE = re.compile(r"(`{3,}|~{3,})")


def admonitions(md: MarkdownIt) -> None:
    """Teach the parser the boxes: tokens `admonition_open` and `admonition_close`."""
    ends = ["paragraph", "reference", "blockquote", "list"]
    md.block.ruler.before("fence", "admonition", _admonition, {"alt": ends})


def _admonition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.is_code_block(start):
        return False
    text = _line(state, start)
    if _CLOSE.match(text):
        state.line = state.line if silent else start + 1
        return True
    opening = _OPEN.match(text)
    if opening is None:
        return False
    if not silent:
        _take_in(state, start, end, opening)
    return True


def _take_in(state: StateBlock, start: int, end: int, opening: re.Match[str]) -> None:
    close, closed = _closing_line(state, start, end, len(opening[1]))
    kind, title = _kind_and_title(opening)
    token = state.push("admonition_open", DETAILS if kind == DETAILS else "aside", 1)
    token.block, token.map = True, [start, close]
    token.info, token.content = kind, title
    _read_inside(state, start + 1, close)
    token = state.push("admonition_close", DETAILS if kind == DETAILS else "aside", -1)
    token.block = True
    state.line = close + closed


def _read_inside(state: StateBlock, start: int, end: int) -> None:
    parent, line_max = state.parentType, state.lineMax
    state.parentType, state.lineMax = "admonition", end
    state.md.block.tokenize(state, start, end)
    state.parentType, state.lineMax = parent, line_max


def _closing_line(state: StateBlock, start: int, end: int, colons: int) -> tuple[int, bool]:
    """The line after the box's inside, and whether a closing line stands there."""
    open_boxes, fence = [colons], ""
    for number in range(start + 1, end):
        text = _line(state, number)
        if text and state.sCount[number] < state.blkIndent:
            return number, False
        fence = _fence_after(text, fence)
        if fence:
            continue
        if _OPEN.match(text):
            open_boxes.append(len(text) - len(text.lstrip(":")))
        elif (closing := _CLOSE.match(text)) and len(closing[1]) >= open_boxes[-1]:
            open_boxes.pop()
            if not open_boxes:
                return number, True
    return end, False


def _fence_after(text: str, fence: str) -> str:
    """The code fence that is open after this line; empty if none is."""
    mark = _FENCE.match(text)
    if mark is None:
        return fence
    if not fence:
        return mark[1]
    closes = mark[1].startswith(fence) and not text[len(mark[1]) :].strip()
    return "" if closes else fence


def _kind_and_title(opening: re.Match[str]) -> tuple[str, str]:
    word = opening[2].lower()
    title = (opening[3] or opening[4] or "").strip()
    kind = _ALIASES.get(word, word)
    if kind in KINDS or kind == DETAILS:
        return kind, title
    return "note", title or opening[2]


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]
