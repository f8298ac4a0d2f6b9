"""More than a hundred ways of getting something into a mail that does not belong there.

ATTACKS: name -> (what is sent, the word it is refused with). SMUGGLED: values that are let through
as what they are, plain text. SENDERS, SUBJECTS: what a transport refuses before its first call.
"""

from cardletter.delivery.message import Recipient
from mailing import recipient

BREAKS = {
    "crlf": "\r\n",
    "lf": "\n",
    "cr": "\r",
    "nul": "\x00",
    "tab": "\t",
    "vertical tab": "\x0b",
    "form feed": "\x0c",
    "file separator": "\x1c",
    "record separator": "\x1e",
    "escape": "\x1b",
    "delete": "\x7f",
    "next line": "\x85",
    "line separator": "\u2028",
    "paragraph separator": "\u2029",
    "right-to-left override": "\u202e",
    "zero width space": "\u200b",
    "byte order mark": "\ufeff",
    "half a surrogate pair": "\ud800",
}
HOST = "https://larkfield.example"
LINKS = {
    "nothing": "",
    "javascript": "javascript:alert(1)",
    "javascript in capitals": "JaVaScRiPt:alert(1)",
    "javascript after a space": " javascript:alert(1)",
    "javascript that looks like https": "javascript://larkfield.example/%0aalert(1)",
    "data": "data:text/html,<script>alert(1)</script>",
    "vbscript": "vbscript:msgbox(1)",
    "a file": "file:///etc/passwd",
    "mailto": "mailto:evil@evil.example",
    "no tls": "http://larkfield.example/u/x",
    "any scheme": "//evil.example/u/x",
    "three slashes": "https:///evil.example",
    "no slashes": "https:evil.example",
    "no host": "https://",
    "only a path": "/u/x",
    "blob": "blob:https://larkfield.example/1",
    "userinfo": "https://larkfield.example@evil.example/u",
    "userinfo and password": "https://larkfield.example:443@evil.example/u",
    "encoded userinfo": "https://larkfield.example%40evil.example/u",
    "backslash for a slash": "https://larkfield.example\\@evil.example/u",
    "two backslashes": "https:\\\\evil.example/u",
    "a backslash in the path": f"{HOST}/u\\..\\x",
    "an encoded dot in the host": "https://larkfield%2eexample/u",
    "an encoded slash in the host": "https://larkfield.example%2f.evil.example/u",
    "an encoded letter in the host": "https://%6carkfield.example/u",
    "an encoded line end in the host": "https://larkfield.example%0d%0aBcc:x/u",
    "a cyrillic letter in the host": "https://l\u0430rkfield.example/u",
    "a greek letter in the host": "https://larkfi\u03b5ld.example/u",
    "a full-width letter in the host": "https://\uff4carkfield.example/u",
    "a full stop of other letters": "https://larkfield\u3002example/u",
    "a slash of other letters": "https://larkfield.example\u2044u",
    "a soft hyphen": "https://lark\u00adfield.example/u",
    "letters outside ascii in the path": f"{HOST}/\u00fc",
    "the end of the header's bracket": f"{HOST}/u>, <mailto:evil@evil.example",
    "a bracket": f"{HOST}/<u",
    "a quotation mark": f'{HOST}/u" onclick="alert(1)',
    "a space": f"{HOST}/u x",
    "a second link": f"{HOST}/u,<https://evil.example>",
    "a field": f"{HOST}/{{{{greeting}}}}",
    "three braces": f"{HOST}/{{{{{{greeting}}}}}}",
    "a pipe": f"{HOST}/u|x",
    "a caret": f"{HOST}/u^x",
    "a backtick": f"{HOST}/u`x`",
    "a port of letters": "https://larkfield.example:abc/u",
    "longer than a header": f"{HOST}/" + "u" * 995,
    "much longer than a header": f"{HOST}/" + "u" * 20_000,
}
ADDRESSES = {
    "nothing": "",
    "no at": "reader.larkfield.example",
    "two ats": "reader@@larkfield.example",
    "two addresses": "a@larkfield.example,b@larkfield.example",
    "two addresses and a semicolon": "a@larkfield.example;b@larkfield.example",
    "two addresses and a space": "a@larkfield.example b@larkfield.example",
    "a name": "Ada <a@larkfield.example>",
    "a comment": "a(evil@evil.example)@larkfield.example",
    "a group": "all:a@larkfield.example,b@larkfield.example;",
    "a route": "@evil.example:a@larkfield.example",
    "a quoted name": '"a b"@larkfield.example',
    "a quoted line end": '"a\r\nBcc: b"@larkfield.example',
    "an encoded word": "=?utf-8?q?a=0d=0aBcc=3a_b?=@larkfield.example",
    "an ip address": "a@[127.0.0.1]",
    "no dot": "a@b",
    "a dot at the end": "a@larkfield.example.",
    "a dot before the at": "a.@larkfield.example",
    "a local host": "a@localhost",
    "a name too long": "a" * 65 + "@larkfield.example",
    "all too long": "a@" + "b" * 60 + ("." + "b" * 60) * 4 + ".example",
    "a label too long": "a@" + "b" * 64 + ".example",
    "an encoded line end": "a%0d%0aBcc@larkfield.example\n",
    "a name in other letters": "\u0430da@larkfield.example",
    "a domain in other letters": "ada@l\u0430rkfield.example",
    "a domain of two scripts": "ada@p\u0430yp\u0430l.com",
    "a full-width at": "ada\uff20larkfield.example",
    "a long s": "\u017fam@larkfield.example",
    "a kelvin sign": "ada@\u212aeep.example",
    "a null sink": "a@larkfield.example\x00@evil.example",
    "a brace": "{{greeting}}@larkfield..example",
}
TAGS = {
    "nothing": "",
    "three hundred letters": "x" * 300,
    "one letter too many": "x" * 257,
    "a dot": "2026.12",
    "a slash": "2026/12",
    "a space": "2026 12",
    "a comma": "a,b=c",
    "an equals sign": "a=b",
    "a semicolon": "a;b",
    "other letters": "d\u00e9cembre",
    "other figures": "\u0662\u0660\u0662\u0666",
    "a field": "{{greeting}}",
    "a quotation mark": 'a"b',
    "html": "<b>",
}


def _attacks() -> dict[str, tuple[Recipient, str]]:
    found = {}

    def add(where: str, what: str, word: str, **parts: str) -> None:
        found[f"{where}: {what}"] = (recipient(1, **parts), word)

    for what, sign in BREAKS.items():
        broken = f"{sign}Bcc: evil@evil.example"
        add("address", what, "bad_address", address=f"reader1@larkfield.example{broken}")
        add("address, inside", what, "bad_address", address=f"rea{sign}der1@larkfield.example")
        add("greeting", what, "bad_value", greeting=f"Dear Ada,{broken}")
        add("unsubscribe", what, "bad_link", unsubscribe_url=f"{HOST}/u{broken}")
        add("unsubscribe, first", what, "bad_link", unsubscribe_url=f"{sign}{HOST}/u")
        add("preferences", what, "bad_link", preferences_url=f"{HOST}/p{broken}")
        add("edition", what, "bad_tag", edition=f"2026-12{sign}")
        add("message", what, "bad_tag", message_id=f"id1{sign}")
    for what, link in LINKS.items():
        word = "bad_link" if link else "field_missing"
        add("unsubscribe", what, word, unsubscribe_url=link)
        add("preferences", what, word, preferences_url=link)
    for what, address in ADDRESSES.items():
        add("address", what, "bad_address", address=address)
    for what, tag in TAGS.items():
        add("edition", what, "bad_tag", edition=tag)
        add("message", what, "bad_tag", message_id=tag)
    add("greeting", "nothing", "field_missing", greeting="")
    add("greeting", "longer than a call may be", "too_long", greeting="x" * 300_000)
    add("greeting", "long once it is written as html", "too_long", greeting="<" * 60_000)
    return found


ATTACKS = _attacks()

SMUGGLED = {
    "a field": "{{unsubscribe_url}}",
    "a field with spaces": "{{ unsubscribe_url }}",
    "a field of our own": "{{unsubscribe_url_html}}",
    "three braces": "{{{x}}}",
    "three braces around a field": "{{{greeting}}}",
    "a block": "{{#if greeting}}yes{{/if}}",
    "a loop": "{{#each this}}{{this}}{{/each}}",
    "a partial": "{{> partial}}",
    "a comment": "{{! hidden }}",
    "a helper": "{{lookup this 'constructor'}}",
    "an escaped field": "\\{{greeting}}",
    "open braces": "{{greeting",
    "closed braces": "greeting}}",
    "jinja": "{% import os %}{{ 7*7 }}",
    "jinja's attributes": "{{ ''.__class__.__mro__ }}",
    "ses's own placeholder": "{{amazonSESUnsubscribeUrl}}",
    "a dollar": "${7*7} $(id) `id`",
    "percents": "%s %n %(greeting)s %00 %0d%0aBcc:",
    "a formula": "=cmd|' /C calc'!A0",
    "a formula with an at": "@SUM(1+1)*cmd|'x'!A0",
    "a script": "<script>alert(1)</script>",
    "the end of a script": '"</script><script>alert(1)//',
    "the end of the page": "</p></body></html><a href='https://evil.example'>x</a>",
    "a picture": "<img src=x onerror=alert(1)>",
    "a comment in html": "--><!--",
    "cdata": "]]><![CDATA[",
    "an entity": "&lt;b&gt; &#60; &amp;amp;",
    "quotation marks": "\"'\"'",
    "json": '","unsubscribe_url":"https://evil.example","x":"',
    "json's escapes": '\\u0022,\\"x\\":1 \\n \\r\\n',
    "a header": "Bcc: evil@evil.example",
    "an encoded word": "=?utf-8?q?a=0d=0aBcc=3a_b?=",
    "a boundary": "--=_letter-v1--",
    "a soft line end": "=0D=0A.=0D=0A",
    "sql": "Robert'); DROP TABLE sends;--",
    "other scripts": "Zo\u00eb \u7f8e\u54b2 \u092a\u094d\u0930\u093f\u092f\u093e \U0001f642",
    "a picture's place": "../../pictures/logo.png",
}

SENDERS = {
    **{
        f"a name with {what}": f"The Letter{sign} <letter@larkfield.example>"
        for what, sign in BREAKS.items()
    },
    "a header": "The Letter <letter@larkfield.example>\r\nBcc: evil@evil.example",
    "nothing": "",
    "only a name": "The Letter",
    "no domain": "The Letter <letter>",
    "no dot": "The Letter <letter@larkfield>",
    "an ip address": "The Letter <letter@[127.0.0.1]>",
    "other letters": "The Letter <l\u0435tter@larkfield.example>",
    "a long name": "x" * 201 + " <letter@larkfield.example>",
    "a null": "The\x00Letter <letter@larkfield.example>",
}

SUBJECTS = {
    "crlf": "Tea\r\nBcc: evil@evil.example",
    "lf": "Tea\nBcc: evil@evil.example",
    "cr": "Tea\rBcc: evil@evil.example",
    "nul": "Tea\x00",
    "tab": "Tea\tcake",
    "next line": "Tea\x85Bcc: evil@evil.example",
    "line separator": "Tea\u2028Bcc: evil@evil.example",
    "paragraph separator": "Tea\u2029Bcc: evil@evil.example",
    "delete": "Tea\x7f",
    "escape": "Tea\x1b[2J",
    "an unknown field": "Tea for {{name}}",
    "a block": "Tea {{#if greeting}}cake{{/if}}",
    "three braces": "Tea for {{{greeting}}}",
    "open braces": "Tea for {{greeting",
    "closed braces": "Tea for greeting}}",
    "an escaped field": "Tea for \\{{greeting}}",
}
