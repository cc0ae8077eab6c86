"""Where a commit can be looked at, given where the repository is."""

import re
from typing import Final
from urllib.parse import urlsplit

_SHORT: Final = re.compile(r"(?:[\w.-]+@)?(?P<host>[\w.-]+\.[\w.-]+):(?P<path>[^/].*)")


def commit_links(address: str) -> str:
    """What stands before a commit's id in its address; empty where no page can be told.

    An address of git or of the web is understood; a password in it is left out.
    """
    short = _SHORT.fullmatch(address)
    if short is not None:
        host, path = short["host"], short["path"]
    else:
        try:
            parts = urlsplit(address)
            host, path = parts.hostname or "", parts.path
            if parts.scheme in {"http", "https"} and parts.port is not None:
                host = f"{host}:{parts.port}"
        except ValueError:
            return ""
        if parts.scheme not in {"http", "https", "ssh", "git"}:
            return ""
    path = path.strip("/").removesuffix(".git")
    if not host or not path or not re.fullmatch(r"[\w./~-]+", path):
        return ""
    return f"https://{host}/{path}/{_folder(host)}/"


def _folder(host: str) -> str:
    if "gitlab" in host:
        return "-/commit"
    return "commits" if "bitbucket" in host else "commit"
