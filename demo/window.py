"""The chat window: the stand-in's own page, with forms that a person can fill in completely."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from demo.local_http import get, post
from demo.wsgi_thread import serving

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

SCRIPT: Final = Path(__file__).with_name("window.js")
STYLE: Final = Path(__file__).with_name("window.css")
SOCKET: Final = "STAND_IN_SOCKET"
UPLOAD_SECONDS: Final = 60.0  # until the bot has heard of a file, on whatever machine
OTHERS_EXAMPLE, EXAMPLE = "/echo hi", "/bug help"  # shown where a person types


@dataclass(frozen=True, kw_only=True)
class Window:
    """The WSGI application; everything but the page itself is the stand-in's.

    Files that a person sends are handed on: a browser follows no redirection of them.
    """

    stand_in: str
    page: bytes

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer with the page, hand on what is posted, or send the browser to the stand-in."""
        path = environ.get("PATH_INFO", "/")
        if path == "/":
            start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
            return [self.page]
        if environ["REQUEST_METHOD"] == "POST":
            body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
            kind = {"Content-Type": environ.get("CONTENT_TYPE", "")}
            answer = post(f"{self.stand_in}{path}", body, kind, seconds=UPLOAD_SECONDS)
            start_response(f"{answer.status} Handed on", [("Content-Type", "application/json")])
            return [answer.text.encode()]
        start_response("307 Temporary Redirect", [("Location", f"{self.stand_in}{path}")])
        return []


@contextmanager
def chat_window(stand_in: str, *, port: int = 0) -> Iterator[str]:
    """The address of the window of a running stand-in, until the block ends."""
    page = page_with_script(get(f"{stand_in}/").text, stand_in)
    with serving(Window(stand_in=stand_in, page=page.encode()), port=port) as address:
        yield f"{address}/"


def page_with_script(page: str, stand_in: str) -> str:
    """The page with our script before its own, and our style after its own."""
    socket = stand_in.replace("http", "ws", 1) + "/ui"
    script = SCRIPT.read_text("utf-8").replace(SOCKET, socket)
    page = page.replace(OTHERS_EXAMPLE, EXAMPLE)
    page = page.replace("<script", f"<script>\n{script}</script>\n<script", 1)
    return page.replace("</head>", f"<style>\n{STYLE.read_text('utf-8')}</style>\n</head>", 1)
