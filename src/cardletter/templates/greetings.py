"""Greetings: how members are greeted in the language of their letter, as it was approved."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from cardletter.content import read_variants
from cardletter.templates.locales import NAME
from cardletter.templates.rendering import Frame
from cardletter.workspace import Workspace

KEPT = "greetings.json"


@dataclass(frozen=True)
class Greeting:
    """The words before a letter, with a member's name and without, and the locale they are in."""

    dear: str = "Dear {name},"
    hello: str = "Hello,"
    locale: str = ""

    def of(self, name: str) -> str:
        """Greet a member by name, or without one."""
        return self.dear.replace(NAME, name) if name else self.hello


PLAIN = Greeting()


def keep_greetings(desk: Workspace, frame: Frame) -> None:
    """Write the greeting of every locale beside the variants that it goes with."""
    told = {}
    for locale in {variant.locale for variant in read_variants(desk)}:
        words = frame.shared(locale or frame.locales.default)["words"]
        dear, hello = words.get("dear", PLAIN.dear), words.get("hello", PLAIN.hello)
        told[locale] = asdict(Greeting(dear, hello, locale))
    desk.write_json(KEPT, told)


def kept_greetings(desk: Workspace) -> Mapping[str, Greeting]:
    """Give the greeting of each variant; none of an edition from before there were any."""
    if not desk.file(KEPT).is_file():
        return {}
    told = {locale: Greeting(**each) for locale, each in desk.read_json(KEPT).items()}
    return {each.variant_id: told.get(each.locale, PLAIN) for each in read_variants(desk)}
