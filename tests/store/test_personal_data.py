"""Card, account and social security numbers; the cards are published for tests by the networks."""

import pytest

from tracker.store.personal_data import find_personal_data

CARDS = {
    "Visa": "4111 1111 1111 1111",
    "Visa in one piece": "4242424242424242",
    "Mastercard": "5555-5555-5555-4444",
    "Mastercard of the second range": "2223003122003222",
    "American Express": "3782 822463 10005",
    "American Express in one piece": "371449635398431",
    "Diners Club": "3056 930902 0004",
    "Diners Club in one piece": "36227206271667",
    "Discover": "6011111111111117",
    "JCB": "3566002020360505",
    "UnionPay": "6205500000000000004",
    "Maestro": "6304000000000000",
    "with narrow gaps": "4000\xa00566\xa05566\xa05556",
}
ACCOUNTS = {
    "Germany": "DE89370400440532013000",
    "Germany in groups": "DE89 3704 0044 0532 0130 00",
    "Austria": "AT61 1904 3002 3457 3201",
    "Norway": "NO9386011117947",
    "Malta": "MT84MALT011000012345MTLCAST001S",
    "United Kingdom": "GB29-NWBK-6016-1331-9268-19",
}
HARMLESS = (
    "4111 1111 1111 1112",  # wrong check digit
    "1111 1111 1111 1117 and 9111 1111 1111 1110",  # of no network
    "latency 0.4111111111111111 s, 4111111111111111.5 ms",
    "id 14111111111111111, 41111111111111110, x4111111111111111, 4111111111111111x",
    "groups 0000-4111-1111-1111-1111 and 4111-1111-1111-1111-0000",
    "trace_id=4111111111111111 spanId: 4242424242424242",
    "order 4242424242424242, Order no. 4242424242424242, order_number=4111111111111111",
    '{"order_id": "4111111111111111", "offset":4111111111111111}',
    "1700000000000 1700000000000000000 20261121101500 20261121101500123456",
    "4006381333931 9780306406157",  # article numbers
    "4111111111119 4111111111111111110 6011111111111111110",  # lengths that the guide leaves out
    "commit 4111111111111111411111111111111141111111",
    "4bf92f35-77b3-4da6-a3ce-929d0e0e4736 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    "call 536-90-4399, ref 536904399",  # no social security number without its name
    "ssn: 000-12-3456, ssn: 078-05-1120, ssn: yyy-yy-yyyy",
    "SSN 536-90-43990 and ssnapshot 536-90-4399",
    "DE89370400440532013001 DE00 0000 0000 0000 0000 00 ZZ89370400440532013000",
    "de89370400440532013000x XDE89370400440532013000",
    "PR12 FAIL PASS FAIL PASS FAIL",
    "CVV 500 errors, cvv: 12, cvc=12345, cvv: 127.0.0.1",
    "mail ops@example.com from 192.168.0.12 and fe80:0000:1111:2222::1",
)


def kinds(text: str) -> list[str]:
    return [span.kind for span in find_personal_data(text)]


@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS)
def test_a_card_number_is_found_wherever_it_stands(card: str) -> None:
    for frame in ("{}", "card {}, valid", '{{"pan":"{}"}}', "?pan={}&x=1", "200 {} 12/27", "({})."):
        (span,) = find_personal_data(frame.format(card))
        assert frame.format(card)[span.start : span.end] == card
        assert span.kind == "payment card number"


@pytest.mark.parametrize("account", ACCOUNTS.values(), ids=ACCOUNTS)
def test_an_account_number_is_found_without_the_words_round_it(account: str) -> None:
    for frame in ("{}", "IBAN {}.", "from {} FAIL", "refund to {} VISA TEST, twice", "iban={}"):
        (span,) = find_personal_data(frame.format(account))
        assert frame.format(account)[span.start : span.end] == account
        assert span.kind == "bank account number"


@pytest.mark.parametrize(
    "text",
    [
        "SSN 536-90-4399",
        "ssn=536904399",
        '"social_security_number": "536-90-4399"',
        "Social Security No. 536 90 4399",
    ],
)
def test_a_social_security_number_is_found_beside_its_name(text: str) -> None:
    assert kinds(text) == ["social security number"]


@pytest.mark.parametrize("text", ["cvv=123", '"cvc": "1234"', "Card security code is 123"])
def test_the_security_code_of_a_card_is_found_beside_its_name(text: str) -> None:
    assert kinds(text) == ["card security code"]


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_looks_like_personal_data_stays(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    "text", ["4111 " * 10_000, "4" * 200_000, "DE89 3704 " * 5_000, "ssn " * 50_000]
)
def test_hostile_text_takes_time_in_proportion(text: str) -> None:
    assert list(find_personal_data(text)) == []
