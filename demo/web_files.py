"""Files that people share on a workspace in memory, and their contents behind the bot's token."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from demo.web_refusal import Refusal, WebApiError
from demo.web_state import WebState

Arguments: TypeAlias = Mapping[str, Any]


def keep_file(state: WebState, name: str, content: bytes, user_id: str) -> dict[str, Any]:
    """A new file, as a message carries it."""
    file_id = state.new_id("F")
    file = {
        "id": file_id,
        "name": name,
        "title": name,
        "size": len(content),
        "user": user_id,
        "url_private_download": f"{state.base_url}/files/{file_id}",
    }
    state.files[file_id] = (file, content)
    return file


def content_of(state: WebState, file_id: str) -> bytes | None:
    """What is in a file; nothing when there is no such file."""
    found = state.files.get(file_id)
    return None if found is None else found[1]


def _file_info(state: WebState, arguments: Arguments) -> dict[str, Any]:
    found = state.files.get(arguments["file"])
    if found is None:
        raise WebApiError(Refusal.FILE_NOT_FOUND)
    return {"file": found[0]}


FILE_METHODS: Mapping[str, Callable[[WebState, Arguments], dict[str, Any]]] = {
    "files.info": _file_info,
}
