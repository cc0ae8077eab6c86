"""Every command in the order of the help; printing it loads none of them."""

from typing import Final

from tracker.cli.action_catalogue import DOCUMENTS, EDITS, MOVES
from tracker.cli.entry import Entry, Group

_HOTFIX: Final = Group(
    heading="Hotfix",
    entries=(
        Entry(
            name="hotfix",
            summary="Take a step of the hotfix track.",
            examples=("bugbook hotfix branch 42 --branch hotfix/old-keys --base v2.0.1",),
            code="tracker.cli.hotfix:hotfix",
        ),
    ),
)

_READ: Final = Group(
    heading="Read",
    entries=(
        Entry(
            name="show",
            summary="Show a bug.",
            examples=("bugbook show 42", "bugbook show BUG-0042 --json"),
            code="tracker.cli.show:show",
        ),
        Entry(
            name="list",
            summary="List open bugs, the worst first.",
            examples=("bugbook list --severity P0 --severity P1", "bugbook list redis --all"),
            code="tracker.cli.list:list_bugs",
        ),
        Entry(
            name="search",
            summary="Search in every text of every bug.",
            examples=(
                "bugbook search redis timeout",
                "bugbook search BUG-0042 --json",
            ),
            code="tracker.cli.search:search",
        ),
        Entry(
            name="incident",
            summary="List incidents with their bugs.",
            examples=("bugbook incident", "bugbook incident INC-2026-0007 --json"),
            code="tracker.cli.incident:incident",
        ),
        Entry(
            name="history",
            summary="Show who did what to a bug.",
            examples=("bugbook history 42",),
            code="tracker.cli.history:history",
        ),
        Entry(
            name="similar",
            summary="Find bugs that look like this one.",
            examples=("bugbook similar 42",),
            code="tracker.cli.similar:similar",
        ),
        Entry(
            name="metrics",
            summary="Tell how long things took, and what went well.",
            examples=(
                "bugbook metrics",
                "bugbook metrics --since 2026-01-01 --json",
            ),
            code="tracker.cli.metrics:metrics",
        ),
        Entry(
            name="readiness",
            summary="Tell whether a fix may go to production.",
            examples=("bugbook readiness 42",),
            code="tracker.cli.readiness:readiness",
        ),
        Entry(
            name="prompt",
            summary="Print a bug's facts as a prompt.",
            examples=("bugbook prompt 42 root-cause",),
            code="tracker.cli.prompt:prompt",
        ),
    ),
)

_UPKEEP: Final = Group(
    heading="Upkeep",
    entries=(
        Entry(
            name="check",
            summary="Check records, as a pull request is checked.",
            examples=("bugbook check", "bugbook check --base origin/main --format github"),
            code="tracker.cli.check:check",
        ),
        Entry(
            name="schema",
            summary="Print the JSON Schema for editors.",
            examples=("bugbook schema > bugs/schema.json",),
            code="tracker.cli.schema:schema",
        ),
        Entry(
            name="diagram",
            summary="Print the lifecycle as Mermaid.",
            examples=("bugbook diagram",),
            code="tracker.cli.diagram:diagram",
        ),
        Entry(
            name="play",
            summary="Carry out a scenario file.",
            examples=("bugbook play incident.yaml",),
            code="tracker.cli.play:play",
        ),
        Entry(
            name="merge-driver",
            summary="Merge records by field when git merges.",
            examples=("bugbook merge-driver --install",),
            code="tracker.cli.merge_driver:merge_driver",
        ),
        Entry(
            name="renumber",
            summary="Give a bug another number.",
            examples=("bugbook renumber BUG-0042", "bugbook renumber --auto"),
            code="tracker.cli.renumber:renumber",
        ),
        Entry(
            name="conservation",
            summary="Prove that a merge lost nothing.",
            examples=("bugbook conservation", "bugbook conservation main@{1}..main"),
            code="tracker.cli.conservation:conservation",
        ),
        Entry(
            name="index",
            summary="Look at the search index, or make it anew.",
            examples=("bugbook index status", "bugbook index rebuild"),
            code="tracker.cli.index:index",
        ),
        Entry(
            name="migrate",
            summary="Bring records to the newest format.",
            examples=("bugbook migrate --dry-run",),
            code="tracker.cli.migrate:migrate",
        ),
        Entry(
            name="completion",
            summary="Print the completion script of a shell.",
            examples=(
                "bugbook completion bash >> ~/.bashrc",
                "bugbook completion fish > ~/.config/fish/completions/bugbook.fish",
            ),
            code="tracker.cli.completion:completion",
        ),
    ),
)

_SITE_AND_BOT: Final = Group(
    heading="Site and bot",
    entries=(
        Entry(
            name="site",
            summary="Build, serve or export the knowledge base.",
            examples=(
                "bugbook site build --strict",
                "bugbook site serve --port 8001",
                "bugbook site export ../pages",
            ),
        ),
        Entry(
            name="bot",
            summary="Run the Slack bot.",
            examples=("bugbook bot", "bugbook bot --mode http --port 3000"),
        ),
        Entry(
            name="console",
            summary="Work on bugs by questions in a terminal, as in Slack.",
            examples=("bugbook console", "bugbook console report", "bugbook console triage 42"),
        ),
        Entry(
            name="manifest",
            summary="Print the manifest of the Slack app.",
            examples=("bugbook manifest", "bugbook manifest --url https://bugs.example.com"),
        ),
        Entry(
            name="init",
            summary="Begin a repository of your own.",
            examples=("bugbook init our-bugs", "bugbook init --yes --prefix WEB"),
            code="tracker.cli.init:init",
        ),
        Entry(
            name="doctor",
            summary="Check this installation.",
            examples=("bugbook doctor", "bugbook doctor --online"),
            code="tracker.cli.doctor:doctor",
        ),
        Entry(
            name="demo",
            summary="Try it: an incident in a chat and on a site.",
            examples=("bugbook demo", "bugbook demo --once"),
        ),
    ),
)

GROUPS: Final[tuple[Group, ...]] = (
    MOVES,
    EDITS,
    DOCUMENTS,
    _HOTFIX,
    _READ,
    _UPKEEP,
    _SITE_AND_BOT,
)
