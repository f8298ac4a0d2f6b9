"""Workers: whatever a template does to its renderer, the next letter is printed."""

import asyncio
import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import little
from cardletter.studio.worker import Worker

PAGE, HERO = "templates/newsletter.mjml", "templates/blocks/hero.mjml"
ENDLESS = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
Answer = dict[str, Any]


@pytest.fixture(scope="module")
def letter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("worked") / "letter"
    return shutil.copytree(little.frozen(tmp_path_factory), made)


class Talk:
    """Asks one worker, whose process is the same for all tests unless it dies."""

    def __init__(self, project: Path, runner: asyncio.Runner) -> None:
        self.worker, self.runner = Worker(project, longest=60), runner

    def ask(self, verb: str, **about: object) -> Answer:
        return self.runner.run(self.worker.ask(verb, **about))


@pytest.fixture(scope="module")
def talk(letter: Path) -> Iterator[Talk]:
    with asyncio.Runner() as runner:
        talk = Talk(letter, runner)
        yield talk
        runner.run(talk.worker.close())


def text_of(project: Path, path: str) -> str:
    return (project / path).read_text(encoding="utf-8")


def broken(answer: Answer) -> tuple[str, int]:
    """Give where a letter breaks; there is none."""
    assert "html" not in answer
    return answer["findings"][0]["path"], answer["findings"][0]["line"]


def test_letters_drafts_mistakes_and_deaths(letter: Path, talk: Talk):
    """One worker for all of it, since that it goes on is what is shown."""
    hero = text_of(letter, HERO)
    look = talk.ask("look", wanted={})
    assert look["heading"] == "The sample"
    assert 'data-source="templates/blocks/hero.mjml:' in look["html"]
    assert "{{" not in look["html"] + look["text"]
    assert look["bytes"] < look["clips"]
    assert len(look["lines"]) == look["text"].count("\n")

    draft = {HERO: hero.replace("{{ item.title }}", "A draft of a headline")}
    look = talk.ask("look", wanted={"drafts": draft})
    assert "A draft of a headline" in look["html"]
    assert text_of(letter, HERO) == hero
    look = talk.ask("look", wanted={})
    assert "A draft of a headline" not in look["html"]

    line = hero[: hero.index("{{ item.title }}")].count("\n") + 1
    undefined = {HERO: hero.replace("{{ item.title }}", "{{ item.titel }}")}
    assert broken(talk.ask("look", wanted={"drafts": undefined})) == (HERO, line)
    unclosed = {HERO: hero.replace("</h2>", "", 1)}
    assert broken(talk.ask("look", wanted={"drafts": unclosed})) == (HERO, line)

    assert talk.worker.process is not None
    os.kill(talk.worker.process.pid, signal.SIGSEGV)
    died = talk.ask("look", wanted={})
    assert "died" in died["findings"][0]["message"]
    assert "html" in talk.ask("look", wanted={})

    talk.worker.longest = 1
    slow = talk.ask("look", wanted={"drafts": {PAGE: ENDLESS}})
    assert "html" not in slow
    talk.worker.longest = 60
    assert "html" in talk.ask("look", wanted={})


def test_letters_of_an_edition_and_of_one_member(letter: Path, talk: Talk):
    told = talk.ask("whom", edition=little.EDITION)["variants"]
    assert sum(each["members"] for each in told) <= little.MEMBERS
    first = told[0]
    wanted = {"edition": little.EDITION, "whom": f"variant:{first['id']}"}
    look = talk.ask("look", wanted=wanted)
    assert look["heading"] == first["name"]
    shown = {item["path"] for item in look["items"]}
    assert all((letter / path).is_file() for path in shown)

    path = min(shown)
    title = text_of(letter, path).replace("title: ", "title: Now ", 1)
    look = talk.ask("look", wanted=wanted | {"drafts": {path: title}})
    assert "Now " in look["html"]

    allowed = {"edition": little.EDITION, "whom": f"member:{little.ALLOWED[0]}"}
    look = talk.ask("look", wanted=allowed)
    facts = dict(look["facts"])
    assert facts["Permission"].startswith("may be sent")
    for value in (little.NAMES[0], little.email(0), "7001"):
        assert value not in look["html"] + str(facts)
    for member, why in (("m009", "never said yes"), ("m008", "withdrew it"), ("m024", "closed")):
        told = talk.ask("look", wanted=allowed | {"whom": f"member:{member}"})
        assert why in told["refused"]
    nobody = talk.ask("look", wanted=allowed | {"whom": "member:nobody"})
    assert "was a candidate" in nobody["refused"]
    gone = talk.ask("look", wanted=wanted | {"whom": "variant:v0"})
    assert "made anew" in gone["refused"]
    none = talk.ask("look", wanted=wanted | {"edition": "2031-01"})
    assert "no edition" in none["refused"]


def test_what_if_is_tried_on_the_files_as_they_are_now(letter: Path, talk: Talk):
    asked = {"edition": little.EDITION, "ban": [], "raised": {}, "budgets": {}}
    told = talk.ask("what_if", **asked)
    assert told["reach"] == []
    assert {each["item_id"] for each in told["standing"]} == {*little.ARTICLES, *little.OFFERS}
    banned = talk.ask("what_if", **asked | {"ban": ["pets-offer"]})
    reach = {each["item_id"]: (each["now"], each["then"]) for each in banned["reach"]}
    assert reach["pets-offer"] == ("70", "0")
    file = letter / "content/offers/pets-offer.md"
    text = text_of(letter, "content/offers/pets-offer.md")
    file.write_text(text.replace("teaser:", "priority: 0\nteaser:"), encoding="utf-8")
    told = talk.ask("what_if", **asked)
    (offer,) = [each for each in told["standing"] if each["item_id"] == "pets-offer"]
    assert (offer["members"], offer["why"]) == ("0", "its priority is 0")
    file.write_text(text, encoding="utf-8")
    assert "no article or offer x" in talk.ask("what_if", **asked | {"ban": ["x"]})["refused"]


def test_a_proof_is_a_message_of_its_own_that_no_ledger_hears_of(letter: Path, talk: Talk):
    first = talk.ask("whom", edition=little.EDITION)["variants"][0]
    wanted = {"edition": little.EDITION, "whom": f"variant:{first['id']}"}
    sent = talk.ask("proof", wanted=wanted, to="")
    words = Path(sent["file"]).read_text(encoding="utf-8")
    assert "Subject: [Proof] " in words
    assert "To: proof@cardletter.example" in words
    assert sent["file"].startswith(str(letter / "workspace/proofs/outbox/"))
    refused = talk.ask("proof", wanted=wanted, to="somebody@mail.example.org")
    assert "setting `proofs`" in refused["refused"]
    table = '[tool.cardletter]\nproofs = ["Boss@mail.example.org"]'
    settings = text_of(letter, "pyproject.toml").replace("[tool.cardletter]", table)
    (letter / "pyproject.toml").write_text(settings, encoding="utf-8")
    sent = talk.ask("proof", wanted=wanted, to="Boss@mail.example.org")
    assert "To: Boss@mail.example.org" in Path(sent["file"]).read_text(encoding="utf-8")
