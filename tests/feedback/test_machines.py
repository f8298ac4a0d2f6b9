"""Machines open and click without reading: by what they say of themselves, and by their haste."""

import itertools

import pandas as pd
import pytest

from cardletter.feedback.machines import by_its_words
from cardletter.ledger.haste import by_people
from told import CHROME

IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Mobile/15E148"
)
MACHINES = [
    "Mozilla/5.0",
    "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
    "YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/130.0 Safari/537.36",
    "python-requests/2.32",
    "curl/8.5.0",
    "Barracuda Sentinel (EE)",
    "Microsoft Office Existence Discovery",
    "Mimecast URL Protect",
    "Go-http-client/2.0",
    "",
    "   ",
]
PEOPLE = [
    CHROME,
    IPHONE,
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0",
    "Microsoft Outlook 16.0.17932",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18 Safari/605",
]


@pytest.mark.parametrize("agent", MACHINES)
def test_a_proxy_or_a_scanner_says_what_it_is(agent: str):
    assert by_its_words({"userAgent": agent, "ipAddress": "192.0.2.1"})


@pytest.mark.parametrize("agent", PEOPLE)
def test_a_browser_or_a_mail_program_is_a_persons(agent: str):
    assert not by_its_words({"userAgent": agent, "ipAddress": "192.0.2.1"})


@pytest.mark.parametrize("address", ["17.58.1.2", "66.102.9.1", "66.249.84.1"])
def test_an_address_of_a_proxy_is_a_machines_whatever_it_says(address: str):
    assert by_its_words({"userAgent": CHROME, "ipAddress": address})


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:db8::1", "nowhere", None, 17])
def test_another_address_says_nothing(address: object):
    assert not by_its_words({"userAgent": CHROME, "ipAddress": address})


@pytest.mark.parametrize("said", [True, "true", "True"])
@pytest.mark.parametrize("flag", ["isBot", "machine", "botDetected"])
def test_a_flag_is_believed(flag: str, said: object):
    assert by_its_words({"userAgent": CHROME, flag: said})
    assert not by_its_words({"userAgent": CHROME, flag: False})


def frame(*rows: tuple[str, str, float]) -> pd.DataFrame:
    found = pd.DataFrame(rows, columns=["message_id", "link", "seconds"])
    moments = pd.Timestamp("2026-12-03") + pd.to_timedelta(found["seconds"], unit="s")
    return found.assign(occurred_at=moments)


def people(clicks: pd.DataFrame, deliveries: pd.DataFrame | None = None) -> list[tuple[str, str]]:
    told = frame() if deliveries is None else deliveries
    left = by_people(clicks, told)
    return list(zip(left["message_id"], left["link"], strict=True))


def test_several_links_of_one_message_within_two_seconds_are_a_scanners():
    assert people(frame(("a", "x", 0), ("a", "y", 1.5), ("b", "x", 0.7))) == [("b", "x")]


def test_several_links_with_time_between_are_a_persons():
    assert people(frame(("a", "x", 0), ("a", "y", 2.5))) == [("a", "x"), ("a", "y")]


def test_the_same_link_twice_in_a_hurry_is_a_persons_double_click():
    assert people(frame(("a", "x", 0), ("a", "x", 0.4))) == [("a", "x"), ("a", "x")]


def test_ten_clicks_on_one_link_in_two_seconds_are_no_persons():
    assert people(frame(*(("a", "x", n / 10) for n in range(10)))) == []
    assert len(people(frame(*(("a", "x", n / 10) for n in range(9))))) == 9


def test_a_click_within_a_second_of_the_delivery_is_a_scanners():
    clicks = frame(("a", "x", 100.5), ("a", "x", 160), ("b", "x", 101.5), ("c", "x", 100))
    delivered = frame(("a", "", 100), ("b", "", 100))
    assert people(clicks, delivered) == [("a", "x"), ("b", "x"), ("c", "x")]
    left = by_people(clicks, delivered)
    assert list(left.loc[left["message_id"] == "a", "seconds"]) == [160]


def test_a_person_who_follows_a_scanner_still_counts():
    clicks = frame(("a", "x", 5), ("a", "y", 5.1), ("a", "z", 5.2), ("a", "y", 600))
    assert people(clicks) == [("a", "y")]


def test_the_order_in_which_clicks_are_told_means_nothing():
    rows = [("a", "x", 0), ("a", "y", 1), ("a", "x", 9), ("b", "y", 1)]
    found = {tuple(people(frame(*each))) for each in itertools.permutations(rows)}
    assert found == {(("a", "x"), ("b", "y"))}


def test_of_no_clicks_there_are_none():
    assert people(frame()) == []
