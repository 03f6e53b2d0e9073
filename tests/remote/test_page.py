"""The web page over HTTP: what may load it, what it may load, and the links that let a browser in once."""

import base64
import hashlib
import json
import re

import pytest

from ctk import paths
from ctk.looks.tokens import DARK, LIGHT
from ctk.remote import page
from ctk.remote.page import Links
from tests.remote.conftest import TOKEN, Answer, Knock, request

PAGE = (paths.assets() / "web" / "index.html").read_text("utf-8")


def get(knock: Knock, path: str = "/", /, **changes: str | None) -> Answer:
    nothing: dict[str, str | None] = {"Authorization": None, "Content_Type": None}
    return knock.send(knock.head(f"GET {path} HTTP/1.1", **(nothing | changes)))


def session(knock: Knock, code: object, /, **changes: str | None) -> Answer:
    body = json.dumps({"code": code}).encode()
    nothing: dict[str, str | None] = {"Authorization": None}
    return knock.post(body, "POST /session HTTP/1.1", **(nothing | changes))


def code_of(knock: Knock) -> str:
    link: str = knock.post(request("core.link")).json["result"]
    address, _, code = link.partition("/?once=")
    assert address == f"http://127.0.0.1:{knock.port}" and len(code) >= 40
    return code


def test_a_link_lets_in_once(knock: Knock) -> None:
    code = code_of(knock)
    assert get(knock, f"/?once={code}").status == 200  # to look at the page uses nothing up
    first, second = session(knock, code), session(knock, code)
    assert (first.status, first.json) == (200, {"token": TOKEN})
    assert "Cache-Control: no-store" in first.head
    assert second.status == 401 and "ctk web" in second.json["error"]["message"] and TOKEN.encode() not in second.body
    assert session(knock, code_of(knock)).status == 200


@pytest.mark.parametrize("code", ["", "x", None, 5, ["x"], {"a": 1}, "\ud800"])
def test_what_is_no_code_lets_nobody_in(knock: Knock, code: object) -> None:
    code_of(knock)
    answer = session(knock, code)
    assert answer.status == 401 and TOKEN.encode() not in answer.body


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff", b"[" * 900])
def test_what_is_no_request_lets_nobody_in(knock: Knock, body: bytes) -> None:
    assert knock.post(body, "POST /session HTTP/1.1", Authorization=None).status == 401


def test_other_sites_are_not_let_in(knock: Knock) -> None:
    code = code_of(knock)
    assert session(knock, code, Origin="http://evil.example").status == 403
    assert session(knock, code, Host="evil.example").status == 403
    assert session(knock, code, Content_Type="text/plain").status == 415
    assert session(knock, "x" * 5_000).status == 413
    assert get(knock, Host="evil.example").status == 403
    assert session(knock, code, Origin=f"http://127.0.0.1:{knock.port}").status == 200


def test_a_link_asks_for_the_token(knock: Knock) -> None:
    assert knock.post(request("core.link"), Authorization=None).status == 401


def test_a_link_does_not_last(monkeypatch: pytest.MonkeyPatch) -> None:
    links = Links()
    monkeypatch.setattr(page, "VALID_S", 0.0)
    assert not links.take(links.make().partition("once=")[2])


def test_only_the_newest_links_are_kept() -> None:
    links = Links()
    codes = [links.make().partition("once=")[2] for _ in range(page.MOST + 1)]
    assert len(set(codes)) == len(codes)
    assert [links.take(code) for code in codes] == [False] + [True] * page.MOST


def test_the_page_is_guarded_and_holds_no_secret(knock: Knock) -> None:
    answer = get(knock)
    assert (answer.status, answer.body.decode()) == (200, PAGE)
    lines = dict(line.split(": ", 1) for line in answer.head.splitlines()[1:])
    assert lines["Content-Type"] == "text/html; charset=utf-8"
    assert lines["X-Content-Type-Options"] == "nosniff"
    assert lines["Referrer-Policy"] == "no-referrer"
    assert lines["Cache-Control"] == "no-store"
    policy = dict(part.split(" ", 1) for part in lines["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'self'" and policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in lines["Content-Security-Policy"] and "http" not in lines["Content-Security-Policy"]
    for kind in ("script", "style"):
        (inside,) = re.findall(rf"<{kind}>(.*?)</{kind}>", PAGE, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert policy[f"{kind}-src"] == f"'sha256-{digest}'"
    assert TOKEN.encode() not in answer.body


@pytest.mark.parametrize("line", ["POST /", "GET /session", "PUT /", "HEAD /"])
def test_other_ways_are_refused(knock: Knock, line: str) -> None:
    assert knock.send(knock.head(f"{line} HTTP/1.1")).status == 405


@pytest.mark.parametrize("path", ["/index.html", "/web/index.html", "/session?x", "/.", "/%2e"])
def test_there_is_one_page(knock: Knock, path: str) -> None:
    assert get(knock, path).status == 404


def test_names_of_files_are_never_read_as_html() -> None:
    for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "<audio", "localStorage"):
        assert way not in PAGE


def test_nothing_comes_from_elsewhere() -> None:
    assert not re.search(r"""(?:src|href)=["'](?!data:)""", PAGE)
    assert set(re.findall(r"https?://[\w./]+", PAGE)) == {
        "http://www.w3.org/2000/svg"
    }  # the name of SVG, never fetched


def test_its_colours_are_those_of_the_window() -> None:
    dark, light = re.findall(r":root \{(.*?)\}", PAGE, re.DOTALL)
    for part, tokens in ((dark, DARK), (light, LIGHT)):
        said = dict(re.findall(r"--([\w-]+): (#\w+);", part))
        assert {name.replace("-", "_"): colour for name, colour in said.items()}.items() <= tokens._asdict().items()
        assert len(said) == 18


def test_no_text_is_small() -> None:
    assert min(int(size) for size in re.findall(r"(?:font-size|font): (\d+)px", PAGE)) >= 13


def test_the_page_asks_for_what_there_is(knock: Knock) -> None:
    from ctk.remote.table import methods

    asked = set(re.findall(r"""(?:call|job)\("([a-z]+\.[a-z_]+)\"""", PAGE))
    assert len(asked) > 20 and asked <= {name for name, method in methods().items() if not method.refused}
