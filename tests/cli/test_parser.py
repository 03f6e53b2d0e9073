"""What can be typed, and what it means."""

import pytest

from ctk.cli.parser import parse


@pytest.mark.parametrize(
    ("argv", "words", "limit"),
    [
        (["search", "kick", "-loop"], ["kick", "-loop"], 50),
        (["search", "-hat"], ["-hat"], 50),
        (["search", "--limit", "5", "-loop", "kick", "--json"], ["-loop", "kick"], 5),
        (["search", "kick", "--limit=5", "-loop"], ["kick", "-loop"], 5),
        (["--home", "x", "search", "-a", '"b c"'], ["-a", '"b c"'], 50),
        (["search", "--", "--limit"], ["--limit"], 50),
        (["search"], [], 50),
    ],
)
def test_search_words_may_begin_with_a_minus(argv: list[str], words: list[str], limit: int) -> None:
    args = parse(argv)
    assert (args.command, args.words, args.limit) == ("search", words, limit)


def test_no_command_is_the_window(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = str(tmp_path_factory.mktemp("Samples"))
    assert (parse([]).command, parse([]).folders) == (None, [])
    args = parse(["--home", "x", folder])
    assert (args.command, args.home, args.folders) == (None, "x", [folder])


@pytest.mark.parametrize(
    "argv",
    [
        ["frobnicate"],
        ["scan", "--workers", "0"],
        ["search", "--sort", "x"],
        ["play"],
        ["play", "a", "--seconds", "nan"],
        ["play", "a", "--start", "-1"],
        ["peaks", "a", "--points", "0"],
        ["peaks", "a", "--points", "100001"],
        ["sources", "add"],
        ["sources", "locate", "1"],
        ["sources", "forget"],
        ["export", "a.json", "--format", "xml"],
        ["import"],
        ["searches", "--save", "a", "--forget", "b"],
    ],
)
def test_wrong_usage(argv: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        parse(argv)
    assert left.value.code == 2


@pytest.mark.parametrize(
    ("argv", "wanted"),
    [
        ([], {"action": "list", "json": False}),
        (["--json"], {"action": "list", "json": True}),
        (["list", "--json"], {"action": "list", "json": True}),
        (["add", "a", "b"], {"action": "add", "paths": ["a", "b"]}),
        (["--json", "remove", "1"], {"action": "remove", "source": "1", "json": True}),
        (["locate", "1", "/new"], {"action": "locate", "source": "1", "path": "/new"}),
        (["protect", "/x", "--off"], {"action": "protect", "source": "/x", "off": True}),
        (["protect", "/x"], {"action": "protect", "off": False}),
        (["discover"], {"action": "discover"}),
        (["forget-missing"], {"action": "forget-missing"}),
    ],
)
def test_what_to_do_with_sources(argv: list[str], wanted: dict[str, object]) -> None:
    args = vars(parse(["sources", *argv]))
    assert args["command"] == "sources"
    assert {key: args[key] for key in wanted} == wanted


@pytest.mark.parametrize("argv", [["--tray"], ["--tray", "."], [".", "--tray"], ["--home", "h", "--tray"]])
def test_the_window_may_begin_in_the_tray(argv: list[str]) -> None:
    args = parse(argv)
    assert (args.command, args.tray) == (None, True)


def test_ways_to_scan_and_to_play() -> None:
    args = parse(["scan", "a", "--accept-missing", "--watch"])
    assert (args.folders, args.accept_missing, args.watch) == (["a"], True, True)
    args = parse(["play", "7", "--start", "1.5", "--loop", "--device", "USB"])
    assert (args.target, args.start, args.loop, args.device, args.seconds) == ("7", 1.5, True, "USB", None)
    args = parse(["peaks", "7"])
    assert (args.points, args.start, args.end, args.json) == (None, 0.0, None, False)


@pytest.mark.parametrize(
    ("argv", "words", "query"),
    [
        (["tag"], [], None),
        (["tag", "a.wav", "7", "dark"], ["a.wav", "7", "dark"], None),
        (["tag", "--query", "kick -loop", "-dark"], ["-dark"], "kick -loop"),
        (["rate", "7", "3", "--json"], ["7", "3"], None),
        (["note", "7", "-6 dB"], ["7", "-6 dB"], None),
        (["collect", "7", "My Set", "--remove"], ["7", "My Set"], None),
    ],
)
def test_sounds_first_and_the_word_last(argv: list[str], words: list[str], query: str | None) -> None:
    args = parse(argv)
    assert (args.command, args.words, args.query) == (argv[0], words, query)


def test_a_search_is_saved_with_all_its_words() -> None:
    args = parse(["searches", "--save", "Kicks", "kick", "-ext:mp3"])
    assert (args.save, args.words, args.forget) == ("Kicks", ["kick", "-ext:mp3"], None)
