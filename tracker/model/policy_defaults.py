"""Default values of the policy, as plain data; sources: workflow §1-3 and the seed documents."""

SEVERITIES: dict[str, dict[str, object]] = {
    "P0": {
        "name": "Critical",
        "means": (
            "Production down, data loss or corruption, security breach, payments failing, "
            "critical function blocked for all."
        ),
        "respond_within": "15m",
        "fix_within": "4h",
        "senior_approval": True,
        "review_within": "15m",
        "monitor_for": "30m",
        "load_test_waivable": True,
        "backup": True,
        "checks": ("immediate", "short_term"),
        "error_rate": True,
        "release_notes": "after",
        "release_notes_within": "2h",
        "postmortem": True,
        "hotfix": "always",
        "escalation": (
            {"to": "On-call engineer", "after": "0s", "unless": "assigned", "role": "responder"},
            {"to": "Engineering Lead", "after": "15m", "unless": "assigned", "role": "lead"},
            {"to": "CTO", "after": "1h"},
            {"to": "CEO", "after": "2h", "business_critical": True},
        ),
        "stakeholders": (
            {"who": "Product team", "how": "e-mail"},
            {"who": "Support team", "how": "briefing call"},
            {"who": "CTO", "how": "call"},
            {"who": "Users", "how": "status page"},
        ),
        "incident_channel": "${incident}-${slug}",
        "invite": ("responder", "lead"),
        "status_update_every": "30m",
        "postmortem_within": "5d",
    },
    "P1": {
        "name": "High",
        "means": "Core feature broken, many users affected, poor workaround.",
        "respond_within": "1h",
        "fix_within": "24h",
        "senior_approval": True,
        "review_within": "1h",
        "monitor_for": "2h",
        "suites": ("unit", "regression", "integration"),
        "staging_smoke_test": True,
        "backup": True,
        "checks": ("immediate", "short_term"),
        "error_rate": True,
        "release_notes": "before",
        "postmortem": True,
        "hotfix": "by_choice",
        "escalation": (
            {"to": "On-call engineer", "after": "0s", "unless": "assigned", "role": "responder"},
            {"to": "Engineering Lead", "after": "1h", "unless": "assigned", "role": "lead"},
            {"to": "CTO", "after": "24h", "unless": "resolved"},
        ),
        "stakeholders": (
            {"who": "Product team", "how": "e-mail"},
            {"who": "Support team", "how": "briefing call"},
            {"who": "CTO", "how": "e-mail"},
        ),
        "incident_channel": "${incident}-${slug}",
        "invite": ("responder",),
        "status_update_every": "2h",
        "postmortem_within": "7d",
    },
    "P2": {
        "name": "Medium",
        "means": "Edge case, some users affected, workaround exists.",
        "respond_within": "4h",
        "fix_within": "7d",
        "suites": ("unit", "regression"),
        "release_notes": "before",
    },
    "P3": {
        "name": "Low",
        "means": "Cosmetic, rare.",
        "respond_within": "24h",
        "load_test_waivable": True,
    },
}

MATRIX: dict[str, dict[str, str]] = {
    "production_down": {"ask": "Is production down?", "decides": "P0"},
    "data_at_risk": {"ask": "Is data at risk?", "decides": "P0"},
    "core_feature_broken": {"ask": "Is a core feature broken?", "decides": "P1"},
    "all_users_affected": {"ask": "Are all users affected?", "decides": "P1"},
    "workaround": {"ask": "Is there a workaround?", "raises": "no"},
    "business_impact": {"ask": "Is the business hit?", "raises": "yes"},
}

WAIVERS: dict[str, str] = {
    "backup": "lead",
    "staging": "lead",
    "release-notes": "lead",
    "short-term-checks": "lead",
    "error-rate": "lead",
    "backport": "lead",
}

CATEGORIES: tuple[dict[str, object], ...] = (
    {
        "name": "Request handling",
        "classes": (
            "Routing failures",
            "Header manipulation errors",
            "Body transformation bugs",
            "Timeout handling issues",
            "Connection pool leaks",
        ),
    },
    {
        "name": "Authentication and authorization",
        "classes": (
            "API key validation failures",
            "JWT verification bugs",
            "Permission check errors",
            "Token refresh issues",
        ),
    },
    {
        "name": "Rate limiting",
        "classes": (
            "Counter accuracy issues",
            "Window calculation bugs",
            "Distributed coordination failures",
            "Header reporting errors",
        ),
    },
    {
        "name": "Caching",
        "classes": (
            "Cache invalidation bugs",
            "Stale data issues",
            "Memory leaks",
            "Redis connection problems",
        ),
    },
    {"name": "Configuration", "classes": ()},
    {"name": "User interface", "classes": ()},
    {"name": "Other", "classes": ()},
)

PATTERNS: tuple[str, ...] = (
    "Null handling",
    "Missing key",
    "Type validation",
    "API error handling",
    "Race condition",
    "Resource leak",
    "Configuration mismatch",
    "Version incompatibility",
)

STRATEGIES: dict[str, dict[str, tuple[str, ...]]] = {
    "rollback": {
        "when": (
            "A recent deployment caused the issue",
            "The old version was working",
            "No data is corrupted",
            "Service must be restored quickly",
        ),
        "pros": ("Instant fix", "Known working state", "Low risk"),
        "cons": ("Loses other fixes of that release", "Temporary solution only"),
    },
    "backward_compatible": {
        "when": (
            "A rollback is not possible, for example after a data migration",
            "Old clients must be supported",
            "Time allows (P1, P2)",
        ),
        "pros": (
            "Supports old and new clients",
            "No breaking changes",
            "Safe gradual migration",
        ),
        "cons": ("More complex", "Temporary compatibility code"),
    },
    "hotfix": {
        "when": (
            "A specific condition causes the issue",
            "It can be patched without a full deployment",
            "The code change is minimal",
        ),
        "pros": ("Quick implementation", "Targeted fix"),
        "cons": ("Technical debt", "Needs cleanup later"),
    },
    "feature_flag": {
        "when": ("The faulty behaviour sits behind a switch",),
        "pros": ("Takes effect at once", "No deployment"),
        "cons": ("The fault stays in the code",),
    },
    "config_change": {
        "when": ("The code is right and its configuration is wrong",),
        "pros": ("No code change",),
        "cons": ("Easily undone by the next deployment",),
    },
    "proper_fix": {
        "when": ("Nobody is waiting for an emergency fix",),
        "pros": ("Removes the cause", "Leaves no debt"),
        "cons": ("Takes longer",),
    },
}

COMMANDS: dict[str, tuple[str, ...]] = {
    "branch": (
        "git fetch --tags origin",
        "git switch --no-track --create ${branch} ${base}",
    ),
    "implement": (
        "git commit -m ${subject} -m ${trailer}",
        "git push -u origin ${branch}",
    ),
    "review": ("gh pr create --title ${pull_request} --label hotfix,critical",),
    "backport": (
        "git fetch origin",
        "git switch main",
        "git merge --ff-only origin/main",
        "git merge --no-ff origin/${branch}",
        "git push origin main",
    ),
}
