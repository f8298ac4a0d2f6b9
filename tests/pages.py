"""HTML as a mail program sees it: tags with their attributes, and words."""

from html.parser import HTMLParser


class Reader(HTMLParser):
    """Keeps every tag with its attributes, and all text outside of style elements."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words, self.inside = "", ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.inside = tag

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - as HTMLParser names it
        self.inside = ""

    def handle_data(self, data: str) -> None:
        self.words += "" if self.inside == "style" else data
