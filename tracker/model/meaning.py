"""What the fields of models mean: the docstrings below them, read when somebody asks.

Pydantic can read them too, but does so for each class as it is made; that was more than half of the
time in which a command starts.
"""

import ast
import inspect
import sys
from collections.abc import Iterator, Mapping
from functools import cache

from pydantic import BaseModel
from pydantic.fields import FieldInfo


@cache
def described(model: type[BaseModel]) -> Mapping[str, FieldInfo]:
    """The fields of a model, each with its docstring as its description."""
    told: dict[str, str] = {}
    for owner in reversed(model.__mro__):
        told.update(_docstrings(owner.__module__).get(owner.__qualname__, {}))
    for name, field in model.model_fields.items():
        if field.description is None:
            field.description = told.get(name)
    return model.model_fields


@cache
def _docstrings(module: str) -> Mapping[str, Mapping[str, str]]:
    """The docstrings of fields, by the name of their class."""
    if module.partition(".")[0] in {"builtins", "pydantic", "pydantic_settings"}:
        return {}
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    classes = (node for node in tree.body if isinstance(node, ast.ClassDef))
    return {node.name: dict(_below(node)) for node in classes}


def _below(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for field, below in zip(node.body, node.body[1:], strict=False):
        match field, below:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(text))),
            ):
                yield name, inspect.cleandoc(text)
            case _:
                pass
