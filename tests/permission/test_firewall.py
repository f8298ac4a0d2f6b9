"""The purpose firewall: what sells is marketing, whatever it is filed under.

The mails are written after the kinds that the regulator's notice of May 2021 and reports of it
name; the words are ours.
"""

from typing import Any

import pytest

from cardletter.content import Item
from cardletter.permission.firewall import derive, misfiled, purpose_of
from cardletter.permission.gate import firewall_findings

SAFE: dict[str, Any] = {
    "kind": "article",
    "image": "x.png",
    "alt": "A picture",
    "purpose": "service",
    "link": "https://larkfield.example/help/x",
    "teaser": "Something that takes ten seconds to read.",
}


def item(item_id: str, title: str, body: str, **more: str) -> Item:
    return Item(
        **SAFE
        | {
            "path": f"content/articles/{item_id}.md",
            "item_id": item_id,
            "title": title,
            "body": body,
        }
        | more
    )


FINED = {
    "the e-newsletter": item(
        "e-newsletter",
        "Your monthly card letter",
        "Three members' previews this month, and hotels with complimentary breakfast.",
    ),
    "rewards of shopping online": item(
        "online",
        "Shopping online with your card",
        "Did you know that you earn points on everything you buy on the web?",
    ),
    "getting the most out of the card": item(
        "most",
        "Five things your card can do",
        "Getting the most out of your card is easy.",
    ),
    "the app": item("app", "Your account in your pocket", "Download the Larkfield app today."),
    "spending every day": item(
        "every-day",
        "Contactless is here",
        "Use your Larkfield Card for coffee, lunch and the bus.",
    ),
    "regular bills": item(
        "bills",
        "One bill less to think of",
        "Set up your Larkfield card for monthly payments such as energy and phone.",
    ),
    "using points": item(
        "points",
        "You have points",
        "Redeem your points for travel before the summer.",
    ),
    "cash back": item("cash", "Your cash back year", "You could have earned more cash back."),
    "a friend": item("friend", "Share the card", "Refer a friend and both of you get a reward."),
}

MORE = {
    "an upgrade": item("upgrade", "More for you", "Upgrade to the reserve card in a minute."),
    "a second card": item("second", "For two", "Add a supplementary card for your partner."),
    "a link to offers": item(
        "link", "Opening hours", "See [here](https://larkfield.example/offers/1)."
    ),
    "a sale in the title": item("title", "20% off this week only", "Our hours have changed."),
    "across a line end": item("wrapped", "A note", "You can redeem\nyour points at any time."),
    "an offer by its kind": item(
        "offer",
        "Tea for two",
        "A pot for two.",
        kind="offer",
        merchant="Quillbrook",
        terms="Once.",
        until="2027-01-31",
    ),
}

SERVICE = {
    "a change of terms": item(
        "terms",
        "Our terms change in March",
        "Section 4 is clearer now. Read the whole text online.",
    ),
    "an outage": item(
        "outage", "Sunday night", "Our phone lines are closed from 1 to 4 on Sunday."
    ),
    "safety": item("fraud", "A false message is going round", "We never ask for your code."),
    "privacy": item("privacy", "Your privacy settings", "Each permission has a switch of its own."),
    "a replaced card": item(
        "card", "Your new card is on its way", "It comes by post in five days."
    ),
}


@pytest.mark.parametrize("mail", [*FINED, *MORE])
def test_what_sells_is_marketing_though_it_is_filed_as_service(mail: str):
    piece = (FINED | MORE)[mail]
    purpose, sign = derive(piece)
    assert purpose == "marketing"
    assert sign
    assert [found for found, _sign in misfiled([piece])] == (
        [piece] if mail in FINED | MORE else []
    )


@pytest.mark.parametrize("mail", SERVICE)
def test_what_only_informs_is_service(mail: str):
    assert derive(SERVICE[mail]) == ("service", "as declared")


def test_what_is_declared_marketing_stays_marketing():
    piece = item("quiet", "Opening hours", "We open at nine.", purpose="marketing")
    assert derive(piece)[0] == "marketing"
    assert list(misfiled([piece])) == []


@pytest.mark.parametrize("mail", FINED)
def test_one_marketing_item_makes_the_whole_letter_marketing(mail: str):
    assert purpose_of(SERVICE.values()) == "service"
    assert purpose_of([*SERVICE.values(), FINED[mail]]) == "marketing"


def test_a_misfiled_item_is_an_error_at_its_file():
    (finding,) = firewall_findings([FINED["the app"], *SERVICE.values()])
    assert str(finding).startswith("content/articles/app.md:1: is filed as service")
    assert finding.severity == "error"
    assert "it promotes an app" in finding.message
