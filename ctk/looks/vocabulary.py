"""All names that a look may use, each with a line that says what it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ctk.looks.deeds import ACTIONS


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Names with what they are for. ``keys`` are the usual ones of actions, ``options`` those of styles with the kind
    of value they take: colour, pixels, padding, relief or anchor. The order of ``columns`` is the usual one."""

    actions: Mapping[str, str]
    keys: Mapping[str, tuple[str, ...]]
    styles: Mapping[str, str]
    options: Mapping[str, str]
    icons: Mapping[str, str]
    views: Mapping[str, str]
    columns: Mapping[str, str]


TOKENS: Final = {
    "chrome": "behind the controls",
    "surface": "behind the list",
    "raised": "buttons and text boxes",
    "hover": "what the pointer is on",
    "pressed": "what is being pressed; behind tips",
    "line": "lines between parts",
    "edge": "around buttons and text boxes; the scroll bars",
    "text": "writing",
    "muted": "writing that stands back: headings, notes",
    "dim": "writing about what is not at hand",
    "accent": "what matters most: the play button, links, the part that was played",
    "accent_hover": "the same with the pointer on it",
    "on_accent": "writing on accent",
    "selected": "behind picked rows",
    "on_selected": "writing on selected",
    "focused": "behind the picked row that has the keys",
    "on_focused": "writing on focused",
    "danger": "writing about what went wrong",
    "drums": "drums on the map",
    "synth": "synths on the map",
    "vocal": "voices on the map",
    "bass": "basses on the map",
    "guitar": "guitars on the map",
    "fx": "effects on the map",
    "other": "all else on the map",
}

WINDOW_VIEWS: Final = {
    "toolbar": "the buttons that the look chose; may be left out",
    "player": "what plays, and its controls",
    "status": "the line that tells what goes on",
}
PAGES: Final = {
    "catalog": "the page with the list; a node of the look's own",
    "sources": "the page with the folders",
    "duplicates": "the page with what is there more than once",
    "map": "the page with the map of all sounds",
}
CATALOG_VIEWS: Final = {
    "search": "the search box",
    "list": "the sounds",
    "filters": "the panel with what to narrow the list down by; may be left out",
    "detail": "the pane with all about one sound; may be left out",
}

COLUMNS: Final = {
    "name": "Name",
    "path": "Folder",
    "rating": "Stars",
    "tags": "Tags",
    "format": "Format",
    "duration_s": "Length",
    "bpm": "Tempo",
    "key": "Key",
    "type": "Type",
    "category": "What it is",
    "sample_rate_hz": "Rate",
    "channels": "Channels",
    "bit_depth": "Depth",
    "size_bytes": "Size",
}

ICONS: Final = {
    "play": "play",
    "pause": "pause",
    "loop": "play again and again",
    "through": "go on through the list",
    "output": "how sound comes out",
    "headphones": "play while moving through the list",
    "search": "search; a saved search",
    "clear": "empty a text box, close, dismiss",
    "volume": "loudness; the row that plays",
    "folder": "a folder",
    "checked": "a box with a tick",
    "partly": "a box that is ticked in part",
    "unchecked": "a box without a tick",
    "lock": "protected",
    "pencil": "can be written",
    "up": "sorted upwards",
    "down": "sorted downwards; unfolded",
    "right": "folded",
    "check": "chosen",
    "filter": "the panel of filters",
    "alert": "something is wrong",
    "heart": "favourite",
    "star": "a star",
    "plus": "add",
    "dot": "a category on the map that is shown",
    "circle": "a category on the map that is not shown",
    "blank": "nothing; it takes the place of an icon",
}

STYLES: Final = {
    ".": "what all others begin with",
    "Surface.TFrame": "a part on surface",
    "Line.TFrame": "a line between parts",
    "Muted.TLabel": "a note",
    "Small.TLabel": "a small note",
    "Danger.TLabel": "what went wrong",
    "Trouble.TLabel": "what went wrong, small",
    "Large.TLabel": "large writing",
    "Quiet.Large.TLabel": "large writing that stands back",
    "Strong.TLabel": "bold writing",
    "Title.TLabel": "a title",
    "Surface.TLabel": "writing on surface",
    "Quiet.Surface.TLabel": "writing on surface that stands back",
    "Strong.Surface.TLabel": "bold writing on surface",
    "Hero.Surface.TLabel": "the greatest writing, on an empty page",
    "Tip.TLabel": "a tip at the pointer",
    "TButton": "a button",
    "Accent.TButton": "the one button that matters most",
    "Go.TButton": "the button that does what a page is for",
    "Flat.TButton": "a button that is only an icon",
    "Toolbutton": "a switch that is only an icon",
    "Tab.Toolbutton": "the tab of a page",
    "Small.TButton": "a small button",
    "Link.TButton": "a link",
    "Field.TFrame": "a text box: its frame",
    "Field.TEntry": "a text box: its writing",
    "Field.TLabel": "a text box: what stands in it beside the writing",
    "Toast.TFrame": "the card that tells what was done",
    "Toast.TLabel": "its writing",
    "Toast.TButton": "its button",
    "Card.TFrame": "a small box over the list",
    "Chip.TButton": "a tag",
    "Part.Chip.TButton": "a tag that only some of the picked sounds have",
    "Plus.Chip.TButton": "the button that adds a tag",
    "Legend.TButton": "a category below the map that is shown",
    "Off.Legend.TButton": "a category below the map that is not shown",
    "Hint.TButton": "something to choose while writing",
    "Vertical.TScrollbar": "an upright scroll bar",
    "Horizontal.TScrollbar": "a lying scroll bar",
    "Slider": "a slider",
    "Waveform": "a waveform on chrome",
    "Surface.Waveform": "a waveform on surface",
    "Table.Treeview": "the list",
    "Table.Treeview.Item": "the names in the list",
    "Table.Treeview.Cell": "the other cells of the list",
    "Table.Treeview.Heading": "the headings of the list",
    "Ticks": "the panel of filters",
    "Title.Ticks": "a title in the panel of filters",
    "Ticks.Vertical.TScrollbar": "the scroll bar of the panel of filters",
    "Ticks.TEntry": "the text box in the panel of filters",
}

OPTIONS: Final = {
    "background": "colour",
    "foreground": "colour",
    "fieldbackground": "colour",
    "bordercolor": "colour",
    "lightcolor": "colour",
    "darkcolor": "colour",
    "troughcolor": "colour",
    "focuscolor": "colour",
    "selectbackground": "colour",
    "selectforeground": "colour",
    "insertcolor": "colour",
    "indicatorcolor": "colour",
    "marked": "colour",
    "peak": "colour",
    "body": "colour",
    "heardpeak": "colour",
    "heardbody": "colour",
    "edge": "colour",
    "cursor": "colour",
    "hover": "colour",
    "label": "colour",
    "muted": "colour",
    "dim": "colour",
    "selected": "colour",
    "onselected": "colour",
    "accent": "colour",
    "insertwidth": "pixels",
    "borderwidth": "pixels",
    "padding": "padding",
    "relief": "relief",
    "anchor": "anchor",
}

VOCABULARY: Final = Vocabulary(
    actions={id: label for id, (label, _) in ACTIONS.items()},
    keys={id: keys for id, (_, keys) in ACTIONS.items()},
    styles=STYLES,
    options=OPTIONS,
    icons=ICONS,
    views=WINDOW_VIEWS | PAGES | CATALOG_VIEWS,
    columns=COLUMNS,
)
