"""Who hears of a bug beyond its thread: releases, stakeholders, and a room's user groups."""

from pathlib import Path

from demo.message import visible_text
from tests.bot.office import BUG, INCIDENTS, LIFE, Office, open_office
from tests.real_git import RealGit, new_bare, new_checkout
from tracker.store.secrets import SecretScanner

POLICY = """\
user_groups:
  responder: ['@oncall-group']
severities:
  P0: {name: Critical, means: Down., respond_within: 15m}
  P3: {name: Low, means: Rare., respond_within: 24h}
  P1:
    name: High
    means: Core feature broken.
    respond_within: 1h
    incident_channel: ${incident}-${slug}
    invite: [responder]
    stakeholders:
      - {who: Product team, how: Slack, channel: general}
  P2:
    name: Medium
    means: Edge case.
    respond_within: 4h
    stakeholders:
      - {who: Product team, how: Slack, channel: general}
"""
P1 = (
    "/bug triage 1 production_down=no data_at_risk=no core_feature_broken=yes"
    " all_users_affected=no workaround=yes business_impact=no category=Other"
)


def ruled(folder: Path) -> RealGit:
    """A shared repository whose policy names a channel and a user group."""
    git = new_bare(folder / "shared.git")
    checkout = new_checkout(folder / "checkout", of=git)
    checkout.write("bugs/policy.yaml", POLICY)
    checkout("push", "-q", "origin", "main")
    return git


def in_channel(office: Office, channel: str) -> list[str]:
    return [visible_text(each) for each in office.state.visible(channel, "")]


def test_the_all_clear_is_given_where_a_verified_fix_concerns_people(
    tmp_path: Path, scanner: SecretScanner
) -> None:
    with open_office(tmp_path, scanner, git=ruled(tmp_path)) as office:
        office.bring(*LIFE, "evidence", "release-notes", "publish", "deploy", "monitor", "verify")
        lead = office.person("lead")
        lead.await_message("#general", "All clear: Redemption fails is fixed and verified")
        lead.await_message("#releases", "All clear: Redemption fails is fixed and verified")
        office.bot.voice.announce.stop()
        office.bot.voice.announcer.follow()

        for channel in ("C0GENERAL", "C0RELEASES"):
            assert sum("All clear" in said for said in in_channel(office, channel)) == 1


def test_stakeholders_hear_of_a_p1_once_and_the_user_group_is_in_its_room(
    tmp_path: Path, scanner: SecretScanner
) -> None:
    with open_office(tmp_path, scanner, git=ruled(tmp_path)) as office:
        with office.state.changing():
            office.state.user_groups["oncall-group"] = ("S0ONCALL", ("U0GATEWAY", "U0QA"))
        office.bring("report")
        oncall = office.person("oncall")
        oncall.slash_command(INCIDENTS, P1)
        alarm = oncall.await_message("#general", "Redemption fails")
        assert "P1 High" in visible_text(alarm)
        assert "Affects" not in visible_text(alarm)  # nobody has said whom

        def invited() -> bool | None:
            room = office.tracker.ledger.rooms.of_bug(BUG)
            members = office.state.channels[room.channel]["members"] if room else ()
            return {"U0GATEWAY", "U0QA", "U0SUPPORT"} <= set(members) or None

        assert office.state.until(invited, "user group in the room")
        oncall.slash_command(INCIDENTS, "/bug note 1 Seen on Android too")
        oncall.await_message(INCIDENTS, "✅ BUG-0001: Seen on Android too")
        office.bot.voice.announce.stop()
        office.bot.voice.announcer.follow()
        assert len(in_channel(office, "C0GENERAL")) == 1
