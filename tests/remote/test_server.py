"""The door as a hostile client meets it: real sockets, and everything that is not as it should be."""

import json
import socket
import time

import pytest

from ctk.remote import rpc
from ctk.remote.server import Limits
from ctk.toolkit import Toolkit
from tests.remote.conftest import TOKEN, Answer, Knock, read, request

NOW = request("audio.now")


def test_a_good_request(knock: Knock) -> None:
    answer = knock.post(NOW)
    assert (answer.status, answer.json["result"]["state"]) == (200, "stopped")
    assert "Content-Type: application/json" in answer.head and "Python" not in answer.head


def test_a_notification_has_no_content(knock: Knock) -> None:
    answer = knock.post(b'{"jsonrpc": "2.0", "method": "audio.now"}')
    assert (answer.status, answer.body) == (204, b"")


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"Host": "evil.example"}, 403),
        ({"Host": "127.0.0.1"}, 403),
        ({"Host": "127.0.0.1:1"}, 403),
        ({"Host": "localhost.evil.example:{port}"}, 403),
        ({"Host": None}, 403),
        ({"Host": "localhost:{port}"}, 200),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "https://127.0.0.1:{port}"}, 403),
        ({"Origin": "http://127.0.0.1:{port}"}, 200),
        ({"Origin": "http://localhost:{port}"}, 200),
        ({"Authorization": None}, 401),
        ({"Authorization": "Bearer "}, 401),
        ({"Authorization": "Bearer wrong"}, 401),
        ({"Authorization": f"Basic {TOKEN}"}, 401),
        ({"Authorization": f"Bearer {TOKEN}x"}, 401),
        ({"Authorization": "Bearer \udcff"}, 401),
        ({"Content_Type": "text/plain"}, 415),
        ({"Content_Type": "application/x-www-form-urlencoded"}, 415),
        ({"Content_Type": None}, 415),
        ({"Content_Type": "application/json; charset=utf-8"}, 200),
        ({"Content_Length": None}, 411),
        ({"Content_Length": "-1"}, 400),
        ({"Content_Length": "1_0"}, 400),
        ({"Content_Length": "x"}, 400),
        ({"Content_Length": "٣"}, 400),
        ({"Content_Length": "4194305"}, 413),
        ({"Content_Length": "9" * 400}, 413),
        ({"Transfer_Encoding": "chunked"}, 411),
    ],
)
def test_each_line_of_the_head_is_checked(knock: Knock, changes: dict[str, str | None], status: int) -> None:
    shown = {name: value and value.replace("{port}", str(knock.port)) for name, value in changes.items()}
    length = shown.pop("Content_Length", str(len(NOW)))
    answer = knock.post(NOW, Content_Length=length, **shown)
    assert answer.status == status
    assert status == 200 or is_refusal(answer, status)
    assert knock.post(NOW).status == 200


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("GET /rpc HTTP/1.1", 405),
        ("POST /events HTTP/1.1", 405),
        ("OPTIONS /rpc HTTP/1.1", 405),
        ("DELETE /rpc HTTP/1.1", 405),
        ("POST / HTTP/1.1", 405),
        ("GET /door.json HTTP/1.1", 404),
        ("GET /../../etc/passwd HTTP/1.1", 404),
        ("GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1", 404),
        ("GET //etc/passwd HTTP/1.1", 404),
        ("GET /rpc/../door.json HTTP/1.1", 404),
        ("GET file:///etc/passwd HTTP/1.1", 404),
        ("POST http://evil.example/rpc HTTP/1.1", 404),
        ("POST /rpc?x=1 HTTP/1.1", 404),
        ("POST /rpc HTTP/9.9", 505),
        ("POST /rpc HTTP/x", 400),
        ("POST", 400),
        ("a b c d", 400),
        ("GET /" + "a" * 70_000 + " HTTP/1.1", 414),
    ],
    ids=range(18),
)
def test_there_is_nothing_else_here(knock: Knock, line: str, status: int) -> None:
    answer = knock.post(b"", line)
    assert answer.status == status and is_refusal(answer, status)
    assert b"root:" not in answer.body and TOKEN.encode() not in answer.body


def test_too_many_lines_of_a_head(knock: Knock) -> None:
    many = "".join(f"X-{number}: x\r\n" for number in range(200)).encode()
    assert is_refusal(knock.send(knock.head()[:-2] + many + b"\r\n"), 431)


def test_lines_of_a_head_that_are_too_long_together(knock: Knock) -> None:
    long = "".join(f"X-{number}: {'x' * 10_000}\r\n" for number in range(10)).encode()
    assert is_refusal(knock.send(knock.head()[:-2] + long + b"\r\n"), 431)
    assert knock.post(NOW, X_Long="x" * 10_000).status == 200


def test_a_line_that_hides_those_below_it(knock: Knock) -> None:
    head = knock.head(Content_Length=str(len(NOW))).replace(b"\r\n\r\n", b"\r\nnonsense\r\nOrigin: http://evil\r\n\r\n")
    assert is_refusal(knock.send(head + NOW), 400)


def test_asking_for_the_head_only(knock: Knock) -> None:
    with knock.connect() as connection:
        connection.sendall(knock.head("HEAD /rpc HTTP/1.1"))
        said = connection.makefile("rb").read()
    head, _, body = said.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 405 ") and b"\r\nAllow: POST\r\n" in head and body == b""


def test_a_browser_that_asks_for_another_site_gets_no_leave(knock: Knock) -> None:
    """The question that comes before a request from elsewhere; no is said by leaving out the lines that say yes."""
    ask: dict[str, str | None] = {"Authorization": None, "Content_Type": None}
    ask |= {"Access_Control_Request_Method": "POST", "Access_Control_Request_Headers": "authorization"}
    for origin, status in (("http://evil.example", 403), (f"http://127.0.0.1:{knock.port}", 405)):
        answer = knock.send(knock.head("OPTIONS /rpc HTTP/1.1", Origin=origin, **ask))
        assert is_refusal(answer, status) and "Access-Control" not in answer.head


@pytest.mark.parametrize("body", [b"5\r\n{}   \r\n0\r\n\r\n", b"ffffffffffffffff\r\n", b""])
def test_a_body_in_pieces_is_refused_unread(knock: Knock, body: bytes) -> None:
    for changes in ({}, {"Content_Length": "5"}, {"Expect": "100-continue"}):
        answer = knock.send(knock.head(Transfer_Encoding="chunked", **changes) + body)
        assert is_refusal(answer, 411) and "close" in answer.head


def test_there_is_room_for_so_many_streams(filled: Toolkit) -> None:
    knock = Knock(filled, Limits(streams=2, alive_s=0.1))
    try:
        with knock.connect() as one, knock.connect() as two:
            for stream in (one, two):
                stream.sendall(knock.head("GET /events HTTP/1.1"))
                assert read(stream).status == 200
            until(lambda: knock.server.hub.streams == 2)
            assert is_refusal(knock.send(knock.head("GET /events HTTP/1.1")), 503)
            assert knock.post(NOW).status == 200
        until(lambda: knock.server.hub.streams == 0)
        with knock.connect() as third:
            third.sendall(knock.head("GET /events HTTP/1.1"))
            assert read(third).status == 200
    finally:
        knock.server.close()


def test_two_lengths_or_hosts_are_no_request(knock: Knock) -> None:
    head = knock.head().replace(b"\r\n\r\n", b"\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n")
    assert knock.send(head + NOW).status == 400
    head = knock.head().replace(b"\r\n\r\n", b"\r\nHost: evil.example\r\nContent-Length: 1\r\n\r\n")
    assert knock.send(head + NOW).status == 403


def test_noise_is_no_request(knock: Knock) -> None:
    for noise in (
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\n\n",
        b"\0" * 100 + b"\r\n\r\n",
        b"\r\n\r\n",
        b"\xff\n\n",
    ):
        with knock.connect() as connection:
            connection.sendall(noise)
            connection.shutdown(socket.SHUT_WR)
            assert b"Traceback" not in connection.makefile("rb").read()
    assert knock.post(NOW).status == 200


def test_a_body_that_is_too_large_is_refused_before_it_is_sent_and_after(knock: Knock) -> None:
    assert knock.post(b" " * (Limits().body_bytes + 1)).status == 413
    assert knock.post(NOW + b" " * (Limits().body_bytes - len(NOW))).json["result"]["state"] == "stopped"


def test_a_client_may_ask_before_it_sends(knock: Knock) -> None:
    with knock.connect() as connection:
        connection.sendall(knock.head(Content_Length=str(len(NOW)), Expect="100-continue"))
        assert connection.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(NOW)
        assert read(connection).status == 200
    with knock.connect() as connection:
        connection.sendall(knock.head(Content_Length="99999999", Expect="100-continue"))
        assert read(connection).status == 413


def test_one_connection_serves_many_and_also_what_is_sent_ahead(knock: Knock) -> None:
    bodies = [request("audio.now", id=number) for number in range(50)]
    with knock.connect() as connection:
        connection.sendall(b"".join(knock.head(Content_Length=str(len(body))) + body for body in bodies))
        file = connection.makefile("rb")
        ids = []
        for _ in bodies:
            length = 0
            while line := file.readline().strip():
                length = int(line.split(b":")[1]) if line.startswith(b"Content-Length") else length
            ids.append(json.loads(file.read(length))["id"])
    assert ids == list(range(50))


@pytest.mark.parametrize("whole", [False, True], ids=["head", "body"])
def test_who_feeds_bytes_slowly_is_let_go(knock: Knock, whole: bool) -> None:
    data = knock.head(Content_Length="1000")
    data = data + b" " * 500 if whole else data[:-4]
    with knock.connect() as connection:
        connection.sendall(data)
        began = time.monotonic()
        try:
            while time.monotonic() - began < 10:
                connection.sendall(b" ")
                connection.settimeout(0.1)
                try:
                    assert connection.recv(100).startswith(b"HTTP/1.1 408 ")
                    break
                except TimeoutError:
                    continue
        except ConnectionError:  # it is gone: all is well
            pass
        assert time.monotonic() - began < 8
    assert knock.post(NOW).status == 200


@pytest.mark.parametrize("said", [b"POST", b"POST /rpc HTTP/1.1\r\nHost:", None], ids=["line", "head", "body"])
def test_who_stops_in_the_middle_is_told(knock: Knock, said: bytes | None) -> None:
    with knock.connect() as connection:
        connection.sendall(said or knock.head(Content_Length="1000") + b"{")
        assert is_refusal(read(connection), 408)
        assert connection.recv(100) == b""


def test_who_says_nothing_does_not_keep_others_out(knock: Knock) -> None:
    silent = [knock.connect() for _ in range(20)]
    try:
        for _ in range(100):
            if knock.server.connections == 20:
                break
            time.sleep(0.02)
        answer = knock.post(NOW)
        assert is_refusal(answer, 503) and "close" in answer.head
    except ConnectionError:  # the answer may be lost: we were still sending
        pass
    finally:
        for connection in silent:
            connection.close()
    until(lambda: knock.server.connections < 20)
    assert knock.post(NOW).status == 200


def test_only_who_knows_the_token_may_rest(knock: Knock) -> None:
    with knock.connect() as stranger, knock.connect() as friend:
        friend.sendall(knock.head(Content_Length=str(len(NOW))) + NOW)
        assert read(friend).status == 200
        assert stranger.recv(100) == b""
        until(lambda: knock.server.connections == 1)
        friend.sendall(knock.head(Content_Length=str(len(NOW))) + NOW)
        assert read(friend).status == 200


def test_a_client_that_leaves_in_the_middle_is_no_trouble(knock: Knock) -> None:
    for data in (b"", b"POST", knock.head(Content_Length="100"), knock.head(Content_Length="100") + b"{"):
        with knock.connect() as connection:
            connection.sendall(data)
    until(lambda: knock.server.connections == 0)
    assert knock.post(NOW).status == 200


def test_it_listens_on_this_computer_only(knock: Knock) -> None:
    assert knock.server.server_address[0] == "127.0.0.1"
    with pytest.raises(OSError), socket.create_connection(("127.0.0.2", knock.port), 2):
        pass


def test_closing_ends_connections_and_streams_at_once(filled: Toolkit) -> None:
    knock = Knock(filled, Limits())
    with knock.connect() as idle, knock.connect() as stream:
        stream.sendall(knock.head("GET /events HTTP/1.1"))
        assert read(stream).status == 200
        knock.server.close()
        for connection in (idle, stream):
            connection.settimeout(5)
            while connection.recv(1000):
                pass
    with pytest.raises(ConnectionError):
        knock.connect()


def is_refusal(answer: Answer, status: int) -> bool:
    """Whether this says no, in the words of JSON-RPC."""
    assert (answer.status, answer.json.keys()) == (status, {"jsonrpc", "id", "error"})
    error = answer.json["error"]
    assert (error["code"], error["data"]) == (rpc.NOT_LET_IN, {"status": status})
    return "Content-Type: application/json" in answer.head and error["message"].endswith((".", "ctk web"))


def until(true: object, seconds: float = 10) -> None:
    assert callable(true)
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not come to that"
        time.sleep(0.01)
