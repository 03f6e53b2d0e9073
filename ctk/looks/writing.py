"""A look as text: all it says, with a word on each thing, for someone who wants to change it."""

from collections.abc import Iterable, Iterator, Mapping

from ctk.looks.look import API, SHEET, Look, Node
from ctk.looks.paint import FONTS, SPACING
from ctk.looks.vocabulary import TOKENS, Vocabulary

ABOUT_SPACING = {
    "scale": "all distances, in per cent",
    "row": "air in a line of a list, in pixels",
    "radius": "round corners, in pixels",
}
_BARE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}


def fork(look: Look, id: str, name: str, known: Vocabulary) -> dict[str, bytes]:
    """The files of a look that shows what ``look`` shows, under another ``id``. Raises ``OSError``."""
    pictures = {icon: f"icons/{icon}.png" for icon in look.icons}
    files = {pictures[icon]: path.read_bytes() for icon, path in look.icons.items()}
    return {SHEET: sheet(look, id, name, pictures, known).encode()} | files


def sheet(look: Look, id: str, name: str, pictures: Mapping[str, str], known: Vocabulary) -> str:
    """The text of its ``look.toml``, with ``look`` as the parent."""
    blocks = (
        _about(look, id, name),
        _colours(look),
        _fonts(look),
        _spacing(look),
        _styles(look),
        _icons(pictures, known),
        *(_node(part, node) for part, node in look.layout.items()),
        _columns(look, known),
        _keys(look, known),
        [
            "[toolbar]                   # actions as in [keys]; none: no toolbar is seen",
            _pair("actions", look.toolbar),
        ],
    )
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def written(value: object) -> str:
    """A value as TOML has it."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return _quoted(value)
        case Mapping():
            return "{ " + ", ".join(_pair(key, inner) for key, inner in value.items()) + " }" if value else "{}"
        case Iterable():
            return f"[{', '.join(map(written, value))}]"
    return str(value)


def _quoted(text: str) -> str:
    return (
        '"'
        + "".join(
            _ESCAPES.get(char, char if char >= " " and char != "\x7f" else f"\\u{ord(char):04x}") for char in text
        )
        + '"'
    )


def _key(name: str) -> str:
    return name if name and set(name) <= _BARE else _quoted(name)


def _pair(key: str, value: object, words: str = "", *, wide: bool = False) -> str:
    line = f"{_key(key)} = {written(value)}"
    return f"{line:<{48 if wide else 27}} # {words}" if words else line


def _about(look: Look, id: str, name: str) -> list[str]:
    return [
        "# What is not said here comes from the parent. The names that can be used: ctk look reference",
        _pair("api", API),
        _pair("id", id),
        _pair("name", name),
        _pair("version", "1.0"),
        _pair("author", look.author),
        _pair("licence", look.licence, "say how others may use it"),
        _pair("parent", look.id),
    ]


def _colours(look: Look) -> list[str]:
    tokens = look.tokens._asdict()
    return ["[colours]", *(_pair(token, tokens[token], words) for token, words in TOKENS.items())]


def _fonts(look: Look) -> list[str]:
    least, most = FONTS["size"]
    return [
        "[fonts]",
        _pair("family", look.fonts.family, "the first that is installed; none: the system's own"),
        _pair("size", look.fonts.size, f"in per cent of the system's, {least} to {most}"),
    ]


def _spacing(look: Look) -> list[str]:
    lines = ["[spacing]"]
    for name, (least, most) in SPACING.items():
        lines.append(_pair(name, getattr(look.spacing, name), f"{ABOUT_SPACING[name]}, {least} to {most}"))
    return lines


def _styles(look: Look) -> list[str]:
    lines = [
        '# [styles."Table.Treeview"]   # one kind of widget; colours by name or as #rrggbb',
        '# background = "chrome"',
    ]
    for style, options in look.styles.items():
        lines += ["", f"[styles.{_key(style)}]", *(_pair(option, value) for option, value in options.items())]
    return lines


def _icons(pictures: Mapping[str, str], known: Vocabulary) -> list[str]:
    lines = ["[icons]                     # PNG files up to 256 pixels wide; what is opaque in them is the shape"]
    for icon, words in known.icons.items():
        if icon in pictures:
            lines.append(_pair(icon, pictures[icon], words, wide=True))
        else:
            lines.append("# " + _pair(icon, f"icons/{icon}.png", words, wide=True))
    return lines


def _node(name: str, node: Node) -> list[str]:
    lines = [f"[layout.{_key(name)}]", _pair("split", node.split), _pair("children", node.children)]
    if any(node.sizes):
        lines.append(_pair("sizes", ["*" if size is None else size for size in node.sizes]))
    return lines


def _columns(look: Look, known: Vocabulary) -> list[str]:
    columns = look.columns
    return [
        "[columns]                   # " + ", ".join(f"{id}: {title}" for id, title in known.columns.items()),
        _pair("order", columns.order),
        _pair("hidden", [column for column in columns.order if column in columns.hidden]),
        _pair("widths", columns.widths),
    ]


def _keys(look: Look, known: Vocabulary) -> list[str]:
    return ["[keys]                      # all keys of an action; none takes them away", *_key_lines(look, known)]


def _key_lines(look: Look, known: Vocabulary) -> Iterator[str]:
    for action, label in known.actions.items():
        if action in look.keys:
            yield _pair(action, look.keys[action], label, wide=True)
        else:
            yield "# " + _pair(action, known.keys[action], label, wide=True)
