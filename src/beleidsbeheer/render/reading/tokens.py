"""Markdown as it was parsed, written as HTML that can do nothing: our own rules for each token.

Raw HTML is shown as the text it is. A link leads to a web page, a mail address, a telephone or a place
in the text; every other link is only its words, and an image only its description. No token gives an
inline style, so a page with this text can forbid those.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, MutableMapping, Sequence
from typing import Any, Final

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from beleidsbeheer.domain.document import Element, Kind
from beleidsbeheer.render.html import escaped
from beleidsbeheer.render.reading.words import Writer, unmarked

_SAFE: Final = re.compile(r"(?:https?://|mailto:|tel:|#)[^\s]", re.I)
_ALIGN: Final = re.compile(r"text-align:(left|right|center)")
_SIDE: Final = {"right": "rechts", "center": "midden"}
_ITEMS: Final = frozenset(
    {Kind.LID, Kind.ONDERDEEL, Kind.SUBONDERDEEL, Kind.STREEPJE, Kind.DEFINITIE}
)

Env = MutableMapping[str, Any]
Tokens = Sequence[Token]


class Renderer(RendererHTML):
    """The rules; ``env["writer"]`` writes the words. markdown-it finds a rule by the name of its token."""

    def text(self, tokens: Tokens, idx: int, options: OptionsDict, env: Env) -> str:
        return _writer(env).write(tokens[idx].content)

    def code_inline(self, tokens: Tokens, idx: int, options: OptionsDict, env: Env) -> str:
        return f"<code>{_writer(env).skip(tokens[idx].content)}</code>"

    def code_block(self, tokens: Tokens, idx: int, options: OptionsDict, env: Env) -> str:
        return f"<pre>{_lines(env, tokens[idx].content)}</pre>\n"

    def fence(self, tokens: Tokens, idx: int, options: OptionsDict, env: Env) -> str:
        return f"<pre>{_lines(env, tokens[idx].content)}</pre>\n"

    def html_block(self, tokens: Tokens, idx: int, options: OptionsDict, env: Env) -> str:
        return f"<pre>{_lines(env, tokens[idx].content)}</pre>\n"

    def html_inline(self, tokens: Tokens, idx: int, options: OptionsDict, env: Env) -> str:
        return _writer(env).skip(tokens[idx].content)

    def image(self, tokens: Tokens, idx: int, options: OptionsDict, env: Env) -> str:
        told = self.renderInlineAsText(tokens[idx].children or [], options, env)
        return f'<span class="stil">[afbeelding: {_writer(env).skip(told) or "zonder beschrijving"}]</span>'

    def softbreak(self, tokens: Tokens, idx: int, options: OptionsDict, env: Env) -> str:
        return "\n"

    def hardbreak(self, tokens: Tokens, idx: int, options: OptionsDict, env: Env) -> str:
        return "<br>\n"

    def hr(self, tokens: Tokens, idx: int, options: OptionsDict, env: Env) -> str:
        return "<hr>\n"

    def link_open(self, tokens: Tokens, idx: int, options: OptionsDict, env: Env) -> str:
        target = unmarked(str(tokens[idx].attrs.get("href", "")))
        allowed = bool(_SAFE.match(target)) and not _writer(env).quiet
        env.setdefault("open", []).append(allowed)
        if not allowed:
            return ""
        _writer(env).quiet += 1
        rel = "" if target.startswith("#") else ' rel="noopener noreferrer"'
        return f'<a href="{escaped(target)}"{rel}>'

    def link_close(self, tokens: Tokens, idx: int, options: OptionsDict, env: Env) -> str:
        if not env["open"].pop():
            return ""
        _writer(env).quiet -= 1
        return "</a>"

    def list_item_open(self, tokens: Tokens, idx: int, options: OptionsDict, env: Env) -> str:
        token = tokens[idx]
        mark, anchor = token.meta.get("mark", ""), token.attrs.get("id", "")
        tag = f"<li{self.renderAttrs(token)}>"
        if not mark:
            return tag
        shown = escaped(mark)
        if anchor:
            shown = f'<a href="#{escaped(str(anchor))}">{shown}</a>'
        return f'{tag}<span class="merk">{shown}</span> '

    def table_open(self, tokens: Tokens, idx: int, options: OptionsDict, env: Env) -> str:
        return '<div class="breed" tabindex="0" role="region" aria-label="Tabel">\n<table>\n'

    def table_close(self, tokens: Tokens, idx: int, options: OptionsDict, env: Env) -> str:
        return "</table>\n</div>\n"


def _writer(env: Env) -> Writer:
    writer: Writer = env["writer"]
    return writer


def _lines(env: Env, text: str) -> str:
    """Lines that stay lines: what cannot be seen is shown, but not their ends."""
    return "\n".join(_writer(env).skip(line) for line in text.split("\n"))


# --- addresses and marks -----------------------------------------------------------------------------


class Places:
    """The elements of a text by the line they start on, handed out in source order."""

    def __init__(self, elements: Sequence[Element], anchors: Mapping[str, str]) -> None:
        self._waiting: dict[int, list[Element]] = {}
        self._anchors = anchors
        for element in elements:
            if element.kind in _ITEMS:
                self._waiting.setdefault(element.first_line, []).append(element)

    def take(self, line: int) -> tuple[Element | None, str]:
        """The next element that starts here, and its address."""
        waiting = self._waiting.get(line)
        if not waiting:
            return None, ""
        element = waiting.pop(0)
        return element, self._anchors.get(element.key, "")


def prepare(tokens: list[Token], places: Places, first_line: int) -> None:
    """Give each item, row and heading of the body its address and its mark; ``first_line`` is of token line 0."""
    quoted = 0
    lists: list[Token] = []
    for number, token in enumerate(tokens):
        if token.type in ("blockquote_open", "blockquote_close"):
            quoted += token.nesting
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            token.attrs.pop("start", None)
            lists.append(token)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            line = first_line + token.map[0] if token.map else 0
            element, anchor = (None, "") if quoted else places.take(line)
            _item(token, tokens[number + 1 : number + 3], element, anchor, lists[-1])
        elif token.type == "tr_open" and token.map and not quoted:
            _, anchor = places.take(first_line + token.map[0])
            if anchor:
                token.attrSet("id", anchor)
        elif token.type in ("th_open", "td_open"):
            _cell(token)


def _item(
    token: Token, following: list[Token], element: Element | None, anchor: str, around: Token
) -> None:
    if anchor:
        token.attrSet("id", anchor)
    mark = token.info + token.markup if token.info else ""
    if element is not None and not mark and element.kind is not Kind.DEFINITIE:
        mark = element.mark if _take_mark(following, element.mark) else ""
    if mark:
        token.meta["mark"] = mark
        token.attrSet("class", "nr")
        around.attrSet("role", "list")  # without bullets some screen readers see no list


def _take_mark(following: list[Token], mark: str) -> bool:
    """Take the mark out of the words that it opens; not when it is written in another way there."""
    inline = next((each for each in following if each.type == "inline"), None)
    if not mark or inline is None or not inline.children:
        return False
    first = inline.children[0]
    if first.type != "text" or not first.content.startswith(mark):
        return False
    first.content = first.content[len(mark) :].lstrip(" \t")
    return True


def _cell(token: Token) -> None:
    found = _ALIGN.search(str(token.attrs.pop("style", "")))
    if found and found[1] in _SIDE:
        token.attrSet("class", _SIDE[found[1]])
    if token.type == "th_open":
        token.attrSet("scope", "col")
