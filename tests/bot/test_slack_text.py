from bot.slack_text import mentioned, plain_text


def nobody(name: str) -> str | None:
    return {"backend": "U0BACKEND", "backend.two": "U0TWO"}.get(name)


def test_escaped_people_channels_and_links_are_read() -> None:
    escaped = (
        "<@U123|name> in <#C123|incidents> saw <https://example.com/a|a page>, <mailto:a@b.c|a@b.c>"
    )

    assert plain_text(escaped, nobody) == "<@U123> in #incidents saw https://example.com/a, a@b.c"


def test_a_channel_without_a_label_keeps_its_id() -> None:
    assert plain_text("<#C123> <!here>", nobody) == "#C123 @here"


def test_a_typed_name_is_the_person_when_it_is_known() -> None:
    assert plain_text("ask @backend, not @nobody", nobody) == "ask <@U0BACKEND>, not @nobody"
    assert plain_text("ask @backend.", nobody) == "ask <@U0BACKEND>."
    assert plain_text("ask @backend.two.", nobody) == "ask <@U0TWO>."


def test_an_address_is_no_name() -> None:
    assert plain_text("write to it@backend", nobody) == "write to it@backend"


def test_entities_are_the_characters_that_were_typed() -> None:
    assert plain_text("a &lt; b &amp;&amp; &amp;lt; &copy;", nobody) == "a < b && &lt; &copy;"


def test_markup_that_is_not_slacks_stays_as_it_is() -> None:
    assert plain_text("<script>alert(1)</script> {{ x }}", nobody) == (
        "<script>alert(1)</script> {{ x }}"
    )


def test_the_people_in_a_text_are_found() -> None:
    assert mentioned("<@U123> and <@W0AB>, not <@x>") == {"U123", "W0AB"}
