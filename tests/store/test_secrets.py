import base64
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.guards import SECRET_RULES
from tracker.store.secrets import SecretFinding, SecretScanner, scanner_with

# Put together here, so that no file of the repository looks as if it held a secret.
WORD = "hunter"
MIXED = "h4Unt3r" + "Two22"
HEX = "0123456789abcdef" * 4
LETTERS = "aB3dE5fG7hI9jK1lM2nO4pQ6rS8tU0vW1xY2"
LOGIN = base64.b64encode(f"user:{WORD}".encode()).decode()
PEM = "-----BEGIN RSA " + "PRIVATE KEY-----\n{}\n-----END RSA " + "PRIVATE KEY-----"


def parts(*pieces: str) -> str:
    return "".join(pieces)


SECRETS = {
    "password assignment": ("pass" + "word={}", WORD),
    "environment variable": ("export DB_PASS" + "WORD={}", MIXED),
    "password in prose": ("The pass" + "word: {} for the test system", MIXED),
    "password in JSON": ('{{"pass' + 'word": "{}"}}', WORD),
    "token in escaped JSON": (r"{{\"to" + r"ken\": \"{}\"}}", MIXED),
    "quoted token": ("to" + "ken = '{}'", MIXED),
    "query": ("GET /pay?api_" + "key={}&x=1", MIXED),
    "option": ("deploy --to" + "ken {}", MIXED),
    "bearer": ("Authori" + "zation: Bearer {}", LETTERS),
    "lone bearer": ("sent Bea" + "rer {} to the server", LETTERS),
    "basic": ("authori" + "zation: Basic {}", LOGIN),
    "lone basic": ("Ba" + "sic {}", LOGIN),
    "URL": ("postgres://app:{}@db.example.com/shop", MIXED),
    "URL without a user": ("redis://:{}@cache:6379/0", MIXED),
    "curl": ("curl -s -u admin:{} https://example.com", MIXED),
    "lone AWS key": ("used {} twice", parts("AK", "IA", "ABCDEFGHIJ234567")),
    "AWS secret": ("aws_secret_access_" + "key = {}", parts("wJalrXUtn", "FEMIK7MDENGbPxRfiCY123")),
    "PEM": (PEM, "MIIEpAIBAAKCAQEA7bq8vVd3Jt2zq8Zb1bQk9l3X"),
    "PEM cut off": (PEM.partition("\n-----END")[0], "MIIEpAIBAAKCAQEA7bq8vVd3Jt2zq8Zb1bQk9l3X"),
    "JWT": ("cookie {}", parts("ey", "JhbGciOiJIUzI1NiJ9.", "ey", "JzdWIiOiIxIn0.", "abc_def-ghi")),
    "Slack bot": ("{}", parts("xo", "xb-", "123456789012-", "1234567890123-", LETTERS[:24])),
    "Slack app": ("{}", parts("xa", "pp-1-A0123456789-", "1234567890123-", HEX)),
    "Slack webhook": ("https://{}", parts("hooks.sl", "ack.com/services/", "T0/B0/", LETTERS[:24])),
    "GitHub": ("{}", parts("gh", "p_", LETTERS)),
    "GitLab": ("{}", parts("gl", "pat-", LETTERS[:20])),
    "Stripe": ("{}", parts("sk_", "live_", LETTERS[:24])),
    "Google": ("{}", parts("AI", "za", LETTERS[:35])),
    "DigitalOcean": ("{}", parts("do", "p_v1_", HEX[::-1])),
    "npm": ("{}", parts("np", "m_", LETTERS)),
    "SendGrid": ("{}", parts("S", "G.", LETTERS[:22], ".", LETTERS, "abcdefg")),
    "payment card": ("card {} declined", "4111 1111 1111 1111"),
    "security code": ("cvv: {}", "123"),
    "bank account": ("refund to {}.", "DE89 3704 0044 0532 0130 00"),
    "social security": ("ssn: {}", "536-90-4399"),
    "Twilio": ("{}", parts("S", "K", HEX[:32])),
}

HARMLESS = (
    "password is incorrect",
    "The password: incorrect for this user",
    "passwordless: true",
    "Password changed: 2026-11-21T10:00:00Z",
    "token: expired",
    "token=null",
    "Token count: 12k tokens, max_tokens: 4096",
    "SyntaxError: Unexpected token: 'module2'",
    "login(password=self.password, token=get_token())",
    "password=*** token=${TOKEN} secret={{ secret }} passwd=<password>",
    "password=xxxxx, password=[hidden], token='your-token-here'",
    "passwd: files systemd",
    "PWD=/srv/shop2",
    "secretName: shop-secret-2",
    "primary key: id7, foreign key: shop_id7",
    "HMAC mismatch: expected=abc123 got=def456",
    f"commit {HEX[:40]}",
    f"fix {HEX[:7]}..{HEX[7:14]}",
    f"image registry.example.com/shop@sha256:{HEX}",
    f"sha512-{'abcDEF123/' * 8}==",
    f'ETag: "{HEX[:40]}" traceId={HEX[:32]}',
    "id 123e4567-e89b-12d3-a456-426614174000",
    "pod web-7d4b9c6f5-x2x9z restarted",
    "at com.example.Token.parse(Token.java:42)",
    "Basic authentication is required, Bearer authentication was sent",
    "git@github.com:example/shop.git",
    "https://user@example.com/x and http://host:8080/path@2",
    "Support Team <support@example.com>, <@U012AB3CD> in C012AB3CD",
    "2026-11-21T10:00:00.123Z INFO [main] c.e.App - started in 3.2s (JVM 4.1)",
    "BUG-0042 P1 payments-api v1.2.3",
    "order 4242424242424242 took 0.4111111111111111 s at 1700000000000000",
)


@pytest.fixture(scope="module")
def scanner() -> SecretScanner:
    return scanner_with(SECRET_RULES)


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_is_replaced_and_the_text_round_it_stays(
    scanner: SecretScanner, name: str
) -> None:
    frame, secret = SECRETS[name]
    text = f"2026-11-21 ERROR é first\n{frame.format(secret)}\nlast line"

    result = scanner.redact(text)

    assert secret not in result.value
    assert "[redacted: " in result.value
    assert result.value.startswith("2026-11-21 ERROR é first\n")
    assert result.value.endswith("\nlast line")
    assert result.findings
    assert secret not in str(result.findings)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_looks_like_a_secret_stays(scanner: SecretScanner, text: str) -> None:
    result = scanner.redact(text)

    assert result.value == text
    assert result.findings == ()


@given(
    st.lists(
        st.sampled_from([frame.format(secret) for frame, secret in SECRETS.values()])
        | st.sampled_from(HARMLESS)
        | st.sampled_from(("[redacted: password]", "=", ":", "@", "'", '"', " ", "\n", "token"))
        | st.text(max_size=8),
        max_size=8,
    ).map("".join)
)
def test_redacting_twice_changes_nothing_more(scanner: SecretScanner, text: str) -> None:
    once = scanner.redact(text)
    twice = scanner.redact(once.value)

    assert twice.value == once.value
    assert twice.findings == ()


def test_each_finding_names_its_kind_and_its_field(scanner: SecretScanner) -> None:
    value = {"title": "fine", "report": {"logs": ["clean", "pass" + f"word={MIXED}"]}, "n": 7}

    result = scanner.redact(value)

    assert result.value == {
        "title": "fine",
        "report": {"logs": ["clean", "pass" + "word=[redacted: password]"]},
        "n": 7,
    }
    assert result.findings == (SecretFinding(kind="password", where=("report", "logs", 1)),)


def test_only_the_password_of_an_address_goes(scanner: SecretScanner) -> None:
    text = f"postgres://app:{MIXED}@db.example.com/shop"

    assert scanner.redact(text).value == "postgres://app:[redacted: password]@db.example.com/shop"


def test_the_same_secret_is_replaced_wherever_it_stands(scanner: SecretScanner) -> None:
    secret = parts("gh", "p_", LETTERS)

    result = scanner.redact(f"é {secret} and {secret}, 日本 {secret}")

    assert result.value == (
        "é [redacted: github token] and [redacted: github token], 日本 [redacted: github token]"
    )


@pytest.mark.parametrize("name", SECRETS)
def test_an_allowed_text_stays_wherever_it_stands(scanner: SecretScanner, name: str) -> None:
    frame, secret = SECRETS[name]
    text = f"é {frame.format(secret)}"

    result = scanner.redact({"a": [text, text]}, ["other", frame.format(secret)])

    assert result.value == {"a": [text, text]}
    assert result.findings == ()


def test_an_allowed_value_is_enough_and_its_neighbour_still_goes(scanner: SecretScanner) -> None:
    text = "pass" + f"word={MIXED} and pass" + f"word={MIXED}9"

    assert scanner.redact(text, [MIXED]).value == (
        "pass" + f"word={MIXED} and pass" + "word=[redacted: password]"
    )


@pytest.mark.parametrize("end", [".", ",", "?", "...", "!"])
def test_an_allowed_value_may_end_a_sentence(scanner: SecretScanner, end: str) -> None:
    text = "It worked with pass" + f"word={MIXED}{end}"

    assert scanner.redact(text, [MIXED]).value == text


@given(st.text(alphabet="hx4= ", max_size=6), st.text(alphabet="hx4= ", max_size=6))
def test_a_secret_that_is_longer_than_the_allowed_text_goes(
    scanner: SecretScanner, before: str, after: str
) -> None:
    secret = f"{before}{MIXED}{after}".replace(" ", "").replace("=", "")
    allowed = [] if secret == MIXED else [MIXED]

    assert secret not in scanner.redact("pass" + f"word={secret}", allowed).value


@pytest.mark.parametrize(
    "text",
    [
        "a" * 200_000,
        "a.b." * 50_000,
        "-----BEGIN RSA " * 12_000,
        "a://b:" * 30_000,
        "to" + "ken=" * 20_000,
        "[redacted: x]" * 15_000,
        '\\"' * 100_000,
    ],
    ids=lambda text: text[:12],
)
def test_a_hostile_text_is_scanned_quickly(scanner: SecretScanner, text: str) -> None:
    scanner.warm_up()
    started = time.process_time()  # a busy machine slows only the clock on the wall

    scanner.redact(text)

    assert time.process_time() - started < 10


def test_several_threads_may_scan_at_the_same_time(scanner: SecretScanner) -> None:
    text = "pass" + f"word={MIXED}"

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda _: scanner.redact(text).value, range(50)))

    assert set(results) == {"pass" + "word=[redacted: password]"}


def test_a_cache_folder_keeps_the_rules_for_the_next_start(tmp_path: Path) -> None:
    SecretScanner(cache_folder=tmp_path / "rules").warm_up()

    assert list((tmp_path / "rules").rglob("*"))


def test_importing_loads_no_scanner() -> None:
    program = "import sys, tracker.store.secrets; sys.exit('kingfisher_sdk' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
