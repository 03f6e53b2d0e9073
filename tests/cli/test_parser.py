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
    ],
)
def test_wrong_usage(argv: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        parse(argv)
    assert left.value.code == 2
