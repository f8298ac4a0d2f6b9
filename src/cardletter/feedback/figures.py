"""Figures: how many messages of an edition came to what, none of them about a few members."""

from cardletter.ledger import Ledger
from cardletter.ledger.haste import clicks_by_people, opens_by_people

FEWEST = 20
"""Members a figure is at least about; fewer are said to be few."""


def figures(ledger: Ledger, edition: str) -> dict[str, str]:
    """Give what came back of an edition's messages, in words; nothing where nothing did."""
    told = ledger.reported(edition)
    if not told:
        return {}
    clicked = clicks_by_people(ledger, edition)["message_id"].nunique()
    opened = opens_by_people(ledger, edition)["message_id"].nunique()
    counts = {
        "delivered": told.get("delivered", 0),
        "bounced": told.get("bounced", 0),
        "complained": told.get("complained", 0),
        "opened, by people": opened,
        "clicked, by people": clicked,
    }
    return {what: in_words(count) for what, count in counts.items()}


def in_words(count: int) -> str:
    """Say a count, if it is about enough members."""
    return f"{count:,}" if count >= FEWEST else "few" if count else "none"
