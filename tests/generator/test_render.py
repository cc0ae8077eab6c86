"""A template that is wrong says where, and of which record."""

from dataclasses import replace

import pytest

from generator.page_models.blocks import Table
from generator.page_models.page import Section
from generator.render import Renderer, TemplateFault
from tests.builders.life import life_at
from tests.builders.pages import models_of


def test_a_template_error_names_the_template_the_line_and_the_record() -> None:
    page = models_of(life_at("triaged").bug)[0]
    table = Table(caption="x", headers=("a",), rows=())
    object.__delattr__(table, "caption")
    broken = replace(page, sections=(Section(heading="A", anchor="a", blocks=(table,)),))

    with pytest.raises(TemplateFault) as told:
        Renderer().html(broken, lambda path: path)

    assert str(told.value).startswith(
        "bugs/000/BUG-0001.yaml: the template blocks/table.html.j2:1 cannot show "
        "bugs/BUG-0001/index.md: "
    )
