"""What is saved and not yet shared is told to whoever asks about it."""

from tests.bot.office import INCIDENTS, Office


def test_what_waits_while_the_repository_is_away_is_told(office: Office) -> None:
    office.bring("report")
    qa = office.person("qa")
    away = office.git.path.rename(office.git.path.with_suffix(".away"))
    qa.slash_command(INCIDENTS, "/bug note 1 Seen again")
    qa.await_message(INCIDENTS, "Saved, not yet shared: “note” for BUG-0001.")
    qa.slash_command(INCIDENTS, "/bug show 1")
    qa.await_message(INCIDENTS, "Saved for BUG-0001, not yet shared: “note”.")
    qa.slash_command(INCIDENTS, "/bug Logins fail")
    assert qa.submit({"What is broken?": "Nobody can log in."}).closed
    qa.await_message(INCIDENTS, "Saved, not yet shared: “report”.")

    qa.slash_command(INCIDENTS, "/bug note 2 Since noon")

    told = qa.await_message(INCIDENTS, "There is no bug “BUG-0002” yet.")["text"]
    assert "so without a number: “Logins fail”." in told
    away.rename(office.git.path)


def test_an_id_that_nobody_has_is_told_as_such(office: Office) -> None:
    office.bring("report", "triage")
    qa = office.person("qa")

    qa.slash_command(INCIDENTS, "/bug assign 1 <@U0NOBODY>")

    qa.await_message(INCIDENTS, "Nobody here has the Slack id U0NOBODY: name somebody else.")
