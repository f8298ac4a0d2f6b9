"""The checks: everything the lint looks for, what it says of it, and how to mend it.

`docs/lint.md` is this table in words for marketers; a test keeps the two the same.
"""

import re
from dataclasses import dataclass

from cardletter.errors import Finding, Severity
from cardletter.typesetting.marks import Source


@dataclass(frozen=True)
class Check:
    """One thing the lint looks for; `{...}` is filled in for each finding."""

    about: str
    says: str
    hint: str
    severity: Severity

    def at(self, source: Source, **values: object) -> Finding:
        """Make a finding of it at a line of a file."""
        said, hint = self.says.format(**values), self.hint.format(**values)
        return Finding(source.path, source.line, said, hint, self.severity)


def _errors(about: str, **checks: tuple[str, str]) -> dict[str, Check]:
    return {name: Check(about, *words, "error") for name, words in checks.items()}


def _warnings(about: str, **checks: tuple[str, str]) -> dict[str, Check]:
    return {name: Check(about, *words, "warning") for name, words in checks.items()}


TEMPLATES, LETTER, LOOKS = "The template files", "What the letter must have", "How it looks"
LINKS, PICTURES, READING = "Links", "Pictures", "How it reads aloud"
WORDS, OFFERS, PROGRAMS = "Words", "Offers", "What mail programs lack"

CHECKS: dict[str, Check] = {
    **_errors(
        TEMPLATES,
        unclosed=("<{name}> is never closed", "write </{name}> where it ends"),
        stray_end=("</{name}> closes nothing", "take it out, or open it before"),
        uneven=(
            "<{name}> is opened or closed in one branch of `{word}` only",
            "open and close it in the same branch",
        ),
        bare_less=("a < that begins no tag", "in text write &lt;; else close the tag by >"),
        unquoted=("the value of {name} has no quotes", 'write {name}="..."'),
        unknown_component=("<{name}> is no MJML component", "{guess}"),
        unknown_attribute=("<{tag}> has no attribute {name}", "{guess}"),
        nesting=("<{name}> cannot stand in <{outer}>", "{where}"),
        loose_tag=("<{name}> stands in <{outer}>, where only components may", "{where}"),
        loose_text=(
            "{words!r} stands in <{outer}>, where only components may",
            "put it in <mj-text>",
        ),
        include=("<mj-include> is refused", 'use {{% include "blocks/..." %}} or a block'),
        not_here=("<{name}> is not known to our MJML", "take it out"),
        no_script=("<{name}> does not work in mail", "take it out"),
        safe=("`|safe` lets anything through unescaped", "take it out: fields are escaped"),
        autoescape=("autoescape is turned off here", "take it out: fields are escaped"),
        unknown_field=("there is no {name}", "{guess}"),
        random=(
            "{name} gives another letter each time",
            "take it out: a letter is always the same",
        ),
        changing=("comes out differently each time it is made", "look for random or the time"),
        breaks_without=("breaks when {field} is empty: {says}", "ask first: {{% if ... %}}"),
    ),
    **_warnings(
        TEMPLATES,
        unknown_tag=("<{name}> is no HTML tag", "{guess}"),
        bad_value=("{name} of <{tag}> cannot be {value!r}", "it is {kind}"),
        secret=("a comment seems to hold a {what}", "take it out: templates are no place for it"),
        no_about=(
            "the block does not say what it is",
            "begin it with a comment: {{# What it is. Fields: item, words. #}}",
        ),
        untried=(
            "the sample was tried in {tried} ways only: each letter takes very long",
            "look for what is repeated or nested very often",
        ),
        no_sample=(
            "the block {name} has no sample to look at it with",
            "write {name}.sample.yaml beside it: what its fields hold",
        ),
        import_css=("@import loads a style from elsewhere", "mail programs do not: write it here"),
        remote_font=(
            "a font is loaded from elsewhere",
            "most mail programs use the next one named",
        ),
    ),
    **_errors(
        LETTER,
        empty=("the letter is empty", "see what the template writes"),
        no_field=("has no {field}", "put {{{{ member.{field} }}}} in the footer"),
        twice=(
            "has {count} times {field}",
            "once is right: two of them confuse people and programs",
        ),
        no_address=("has no postal address", "put {{{{ brand.postal_address }}}} in the footer"),
        no_legal=("lacks the legal text of brand.yaml", "put {{{{ brand.legal }}}} in the footer"),
        no_subject=("the subject is empty", "set `subject:` in the edition"),
        long_subject=("the subject has {count} letters", "{most} are the most"),
        is_spam=("SpamAssassin takes it for spam: {score} of {most} points: {rules}", "mend these"),
        no_text=("the text part says almost nothing", "see the HTML part"),
        braces=("template code is left in it: {found!r}", "fields are {fields}"),
        leftover=("{found!r} is left in it", "write what is meant, or take it out"),
        address_in=("an e-mail address stands in it", "a variant is for many: use a field"),
    ),
    **_warnings(
        LETTER,
        no_reason=(
            "does not say why it comes",
            "say it near the footer: 'You said yes to ...' (or `reason:` in brand.yaml)",
        ),
        clipped=(
            "the HTML is so large that Gmail clips it: {percent}% of 102 kB",
            "fewer or shorter items",
        ),
        nearly_clipped=("the HTML is {percent}% of what Gmail shows", "fewer or shorter items"),
        subject_cut=("a phone cuts the subject: {count} letters", "{most} fit"),
        shouting=("the subject shouts", "write it as you would say it"),
        long_preheader=("inboxes cut the preheader: {count} letters", "{most} fit"),
        same_preheader=("the preheader says what the subject says", "say what comes next"),
        other_text=("the text part lacks {percent}% of the HTML's words", "same words in both"),
        spam=("SpamAssassin gives {score} of {most} points: {rules}", "mend the dearest first"),
    ),
    **_errors(
        LINKS,
        no_target=("a link leads nowhere", "give it an address"),
        relative=(
            "<{tag}> links to {url!r}, not to https://",
            "write the whole address, with https://",
        ),
        broken=("{url!r} is no address", "{why}"),
        personal=("a link carries an e-mail address", "take it out of the link"),
        dead_anchor=("the link to {url!r} leads nowhere in the letter", "no element has that id"),
        disguised=("a link says {says!r} and goes to {host}", "let it say where it goes"),
        no_words=("a link has no words", "write what it leads to, or the picture's alt"),
    ),
    **_warnings(
        LINKS,
        vague=("a link says only {words!r}", "say what it leads to"),
        shortened=("{host} hides where a link goes", "write the real address: spam filters do not"),
    ),
    **_errors(
        PICTURES,
        no_alt=("{src!r} has no alt text", 'write what it shows, or alt=""'),
        no_picture=("there is no picture {src}", "add it to content/pictures, or name another"),
    ),
    **_warnings(
        PICTURES,
        heavy=("{src} has {size} kB", "make it smaller: 200 kB are plenty"),
        too_heavy=("{src} has {size} kB, which takes long on a phone", "200 kB are plenty"),
        alt_is_name=("the alt text {alt!r} is a file's name", "write what the picture shows"),
        no_size=("{src!r} has no width", 'write width="...": Outlook shows it at full size'),
    ),
    **_warnings(
        READING,
        no_lang=("the letter does not say its language", '<mjml lang="{{{{ lang }}}}">'),
        other_lang=(
            "the letter says it is {says!r}, and is {lang!r}",
            '<mjml lang="{{{{ lang }}}}">',
        ),
        no_dir=("the letter does not say its direction", '<mjml dir="ltr">, or rtl'),
        wrong_dir=("{lang!r} is written from right to left", '<mjml dir="rtl">'),
        no_title=("the letter has no title", "<mj-title>{{{{ brand.name }}}}</mj-title>"),
        no_heading=("the letter has no first heading", "make its name an <h1>"),
        many_headings=("the letter has {count} first headings", "one <h1> is right"),
        skipped_heading=("<h{level}> follows <h{before}>", "go down one level at a time"),
        empty_heading=("<h{level}> is empty", "write something, or leave it out"),
        same_id=("two elements have the id {name!r}", "an id stands once"),
        read_table=("a table of the layout is read aloud as one", 'add role="presentation"'),
        huge_table=("a table has {rows} rows", "phones show it badly: make it shorter"),
    ),
    **_warnings(
        LOOKS,
        contrast=(
            "{text} on {ground} is hard to read in {mode} mode: {ratio}:1",
            "{least}:1 at least",
        ),
    ),
    **_errors(
        OFFERS,
        no_terms=("the {what} of an offer are not in the letter", "show {{{{ item.{what} }}}}"),
        expired=("is over on {day}, when it is sent", "see its until"),
        too_early=("is not valid on {day}, when it is sent", "see its from"),
    ),
    **_warnings(
        OFFERS,
        ends_soon=("ends on {day}, and the letter is sent until {last}", "see its until"),
    ),
    **_warnings(
        PROGRAMS,
        lacking=(
            "{name} does not work in {programs} ({share}% of opens)",
            "make sure that the letter reads well without it",
        ),
    ),
}
"""Every check by its name. Errors stop an edition, warnings are shown when it is approved."""


def as_table() -> str:
    """Give every check as the Markdown of docs/lint.md."""
    parts: dict[str, list[str]] = {}
    for check in CHECKS.values():
        mark = "**error**" if check.severity == "error" else "warning"
        row = f"| {_shown(check.says)} | {mark} | {_shown(check.hint)} |"
        parts.setdefault(check.about, []).append(row)
    head = "| what is found | | how to mend it |\n|---|---|---|"
    told = (f"### {about}\n\n{head}\n" + "\n".join(rows) for about, rows in parts.items())
    return "\n\n".join(told) + "\n"


def _shown(words: str) -> str:
    """Write what a check says with … in place of what differs, safe in a table of Markdown."""
    for name, said in (("{guess}", "is it …?"), ("{where}", "it belongs in …")):
        words = words.replace(name, said)
    bare = re.sub(r"(?<!\{)\{\w+(?:!r)?\}(?!\})", "…", words)
    told = bare.replace("{{", "{").replace("}}", "}").replace("|", "\\|")
    return re.sub(r"(<[^ >][^>]*>|\{+[^}]*\}+|&lt;)", r"`\1`", told.replace("`", ""))
