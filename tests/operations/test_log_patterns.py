"""What a log repeats, on logs with known counts."""

import hashlib

from tracker.operations.log_patterns import MOST_LINES, summarise

MESSAGES = {
    "JWT signature verification failed for user {}": 15,
    "Database connection timeout after {} ms": 35,
    "Token refresh conflict on token {}": 25,
    "Rate limit exceeded for 10.0.0.{}": 25,
}


def log_of(messages: dict[str, int], level: str = "ERROR") -> list[str]:
    """One line a second, the messages mixed."""
    chosen = [text for text, count in messages.items() for _ in range(count)]
    chosen = [chosen[place * 37 % len(chosen)] for place in range(len(chosen))]
    return [
        f"2026-03-02T12:{second // 60:02d}:{second % 60:02d}Z {level} [auth] {text.format(second)}"
        for second, text in enumerate(chosen)
    ]


def test_each_pattern_has_its_share_of_the_errors_and_its_first_and_last_time() -> None:
    lines = log_of(MESSAGES)
    summary = summarise([*lines, *log_of({"Answered {} in time": 300}, "INFO")])

    assert (summary.entries, summary.compared) == (400, 100)
    assert [(pattern.template, pattern.share) for pattern in summary.patterns] == [
        ("ERROR [auth] Database connection timeout after <*> ms", 35.0),
        ("ERROR [auth] Rate limit exceeded for <*>", 25.0),
        ("ERROR [auth] Token refresh conflict on token <*>", 25.0),
        ("ERROR [auth] JWT signature verification failed for user <*>", 15.0),
    ]
    database = [line[:20] for line in lines if "Database" in line]
    assert (summary.patterns[0].first, summary.patterns[0].last) == (database[0], database[-1])


def test_a_log_out_of_order_is_told_by_its_times() -> None:
    lines = log_of(MESSAGES)

    assert summarise(reversed(lines)) == summarise(lines)


def test_the_lines_of_a_stack_trace_belong_to_the_entry_above_them() -> None:
    trace = [
        "2026-03-02 12:00:00,123 ERROR Refresh failed",
        "Traceback (most recent call last):",
        '  File "jwt.py", line 3, in refresh',
        "KeyError: 'token'",
    ]

    summary = summarise(trace * 2)
    assert [(pattern.template, pattern.count) for pattern in summary.patterns] == [
        ("ERROR Refresh failed", 2)
    ]


def test_a_log_without_times_is_told_by_its_lines() -> None:
    summary = summarise(["starting", "connection refused", "", "connection refused"])

    (pattern,) = summary.patterns
    assert (pattern.template, pattern.first, pattern.last) == (
        "connection refused",
        "line 2",
        "line 4",
    )


def test_a_log_without_errors_is_compared_whole() -> None:
    summary = summarise(["12:00:01 started", "12:00:02 ready", "12:00:03 ready"])

    assert [(pattern.template, pattern.share) for pattern in summary.patterns] == [
        ("ready", 66.7),
        ("started", 33.3),
    ]


def test_levels_in_json_lines_are_seen() -> None:
    summary = summarise(
        [
            '{"ts":"2026-03-02T12:00:00Z","level":"error","msg":"refresh conflict"}',
            '{"ts":"2026-03-02T12:00:01Z","level":"info","msg":"invalid input is fine"}',
        ]
    )

    assert summary.compared == 1


def test_an_empty_log_has_no_patterns() -> None:
    assert summarise([]).patterns == ()


def test_a_log_that_never_repeats_is_read_in_bounded_time() -> None:
    digits = str.maketrans("0123456789", "ghijklmnop")
    lines = (
        "error "
        + " ".join(
            hashlib.sha256(bytes([number % 256, number // 256, word])).hexdigest().translate(digits)
            for word in range(8)
        )
        for number in range(2_000)
    )

    assert summarise(lines).entries == 2_000


def test_a_log_that_is_too_long_is_read_up_to_a_point_and_says_so() -> None:
    summary = summarise("" if number else "error" for number in range(MOST_LINES + 1))

    assert summary.cut
    assert summary.entries == 1
