"""Who may come in: programs of this computer that know the token, and no web page of somebody else.

The name in ``Host`` keeps out pages that a foreign name leads here (DNS rebinding), ``Origin`` those that send a
request from elsewhere (CSRF).
"""

import hmac
from email.message import Message
from http import HTTPStatus


class Refused(Exception):
    """A request that is not answered; ``sentence`` says why, ``line`` is a line of the head that says more."""

    def __init__(self, status: HTTPStatus, sentence: str, line: str = "") -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence
        self.line = line


class Guard:
    """Checks the head of each request. Every check raises ``Refused``."""

    def __init__(self, port: int, token: str) -> None:
        self._hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        self._origins = {f"http://{host}" for host in self._hosts}
        self._secret = f"Bearer {token}".encode()

    def check_place(self, headers: Message) -> None:
        """The request can be read to its end, is meant for us, and comes from no other site."""
        if headers.defects:  # what stands below the broken line would be overlooked
            raise Refused(HTTPStatus.BAD_REQUEST, "A line of the head makes no sense.")
        hosts, origins = headers.get_all("Host", []), headers.get_all("Origin", [])
        if len(hosts) != 1 or hosts[0].strip().lower() not in self._hosts:
            raise Refused(HTTPStatus.FORBIDDEN, "This door is for programs of this computer only.")
        if any(origin.strip().lower() not in self._origins for origin in origins):
            raise Refused(HTTPStatus.FORBIDDEN, "This door is not open to other sites.")

    def check_token(self, headers: Message) -> None:
        """The client knows the token of ``door.json``."""
        given = headers.get("Authorization", "")
        if not hmac.compare_digest(given.encode("utf-8", "surrogateescape"), self._secret):
            sentence = "The token of door.json is missing or wrong."
            raise Refused(HTTPStatus.UNAUTHORIZED, sentence, "WWW-Authenticate: Bearer")

    def length(self, headers: Message, at_most: int) -> int:
        """How long the body is; it has to be JSON."""
        kind = headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if kind != "application/json":
            raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "The body must be application/json.")
        lengths = set(headers.get_all("Content-Length", []))
        if "Transfer-Encoding" in headers or not lengths:
            raise Refused(HTTPStatus.LENGTH_REQUIRED, "The body must come whole, with its Content-Length.")
        (text, *more) = lengths
        if more or not (text.isascii() and text.isdigit()):
            raise Refused(HTTPStatus.BAD_REQUEST, "The Content-Length makes no sense.")
        if len(text) > 12 or int(text) > at_most:
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"The body may have {at_most:,} bytes at most.")
        return int(text)
