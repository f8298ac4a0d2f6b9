"""What is taken: bulk and single sends, and the mail that becomes of them."""

import json
from email.message import EmailMessage
from typing import Any

import pytest

from cardletter.rehearsal.standin import Standin
from standing_in import PAGE, SENDER, Client, addresses, bulk, entry, simple


def ids(answer: dict[str, Any]) -> list[str]:
    return [result["MessageId"] for result in answer["BulkEmailEntryResults"]]


def test_a_bulk_call_is_answered_entry_by_entry(standin: Standin, ses: Client):
    answer = ses.send_bulk_email(**bulk(addresses(50)))
    assert [result["Status"] for result in answer["BulkEmailEntryResults"]] == ["SUCCESS"] * 50
    assert ids(answer) == [each.ses_id for each in standin.log.accepted]
    assert len(set(ids(answer))) == 50
    assert [each.address for each in standin.log.accepted] == addresses(50)
    assert [each.entry for each in standin.log.accepted] == list(range(50))


def test_the_accept_log_says_which_edition_and_which_message(standin: Standin, ses: Client):
    ses.send_bulk_email(**bulk(["ada@example.com"]))
    (accepted,) = standin.log.accepted
    assert (accepted.edition, accepted.message) == ("2026-12", "ada")
    assert accepted.tags == {"edition": "2026-12", "message": "ada"}
    assert accepted.definite
    (call,) = standin.log.calls
    assert (call.operation, call.entries, call.accepted, call.status) == (
        "SendBulkEmail",
        1,
        1,
        200,
    )
    assert call.invocation


def test_the_same_subject_has_the_same_hash_and_another_another(standin: Standin, ses: Client):
    ses.send_bulk_email(**bulk(["ada@example.com", "ada@example.com", "bo@example.com"]))
    first, second, third = (each.subject for each in standin.log.accepted)
    assert first == second != third


def test_what_is_kept_is_the_rendered_mail(standin: Standin, ses: Client):
    ses.send_bulk_email(**bulk(["ada@example.com"]))
    (mail,) = standin.mails
    assert mail["subject"] == "December for ada"
    assert mail["html"] == '<p>Dear ada</p><a href="https://larkfield.example/december">More</a>'
    assert mail["text"] == "Dear ada, more at https://larkfield.example/december"
    assert (mail["from"], mail["to"]) == (SENDER, ["ada@example.com"])
    assert mail["headers"] == {
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Unsubscribe": "<https://larkfield.example/u/ada>",
    }
    assert mail["ses_id"] == standin.log.accepted[0].ses_id


def test_values_go_in_as_they_are(standin: Standin, ses: Client):
    ses.send_bulk_email(**bulk([], BulkEmailEntries=[entry("a@example.com", name="<b>{{path}}")]))
    assert standin.mails[0]["html"].startswith("<p>Dear <b>{{path}}</p>")


def test_an_entrys_data_headers_and_tags_go_before_the_defaults(standin: Standin, ses: Client):
    one = entry("ada@example.com", path="own")
    one["ReplacementHeaders"] = [{"Name": "list-unsubscribe-post", "Value": "own"}]
    one["ReplacementTags"] = [{"Name": "edition", "Value": "own"}]
    ses.send_bulk_email(**bulk([], BulkEmailEntries=[one]))
    (mail,) = standin.mails
    assert mail["text"].endswith("/own")
    assert mail["headers"] == {"list-unsubscribe-post": "own"}
    assert mail["tags"] == {"edition": "own"}


def test_a_placeholder_without_a_value_is_taken_but_not_sent(standin: Standin, ses: Client):
    request = bulk(addresses(2))
    request["DefaultContent"]["Template"]["TemplateData"] = "{}"
    request["BulkEmailEntries"][1] = entry("bo@example.com", path="own")
    answer = ses.send_bulk_email(**request)
    assert len(ids(answer)) == 2
    assert [each.fate for each in standin.log.accepted] == ["unrendered", "sent"]
    assert [mail["to"] for mail in standin.mails] == [["bo@example.com"]]


@pytest.mark.parametrize(
    "words", ["{{name}} {{", "\\{{name}}", "{{#if name}}x{{/if}}", "{{{name}}}"]
)
def test_braces_that_hold_no_name_are_not_rendered(standin: Standin, ses: Client, words: str):
    request = bulk(["ada@example.com"])
    request["DefaultContent"]["Template"]["TemplateContent"]["Text"] = words
    ses.send_bulk_email(**request)
    assert [each.fate for each in standin.log.accepted] == ["unrendered"]


def test_values_that_are_no_text_are_written_as_json_has_them(standin: Standin, ses: Client):
    one = entry("ada@example.com")
    words = {"ReplacementTemplateData": '{"name": 1.5, "path": null}'}
    one["ReplacementEmailContent"] = {"ReplacementTemplate": words}
    ses.send_bulk_email(**bulk([], BulkEmailEntries=[one]))
    assert standin.mails[0]["text"] == "Dear 1.5, more at https://larkfield.example/"


def test_a_single_message_is_taken(standin: Standin, ses: Client):
    answer = ses.send_email(**simple("ada@example.com"))
    (accepted,) = standin.log.accepted
    assert answer["MessageId"] == accepted.ses_id
    assert (accepted.edition, accepted.address) == ("2026-12", "ada@example.com")
    assert standin.mails[0]["text"] == "Hello"


def test_a_single_message_from_a_template_is_taken(standin: Standin, ses: Client):
    inline = {"Subject": "For {{name}}", "Html": PAGE}
    data = json.dumps({"name": "Ada", "path": "x"})
    content = {"Template": {"TemplateContent": inline, "TemplateData": data}}
    ses.send_email(**simple("ada@example.com", Content=content))
    assert standin.mails[0]["subject"] == "For Ada"


def test_a_raw_message_is_taken_with_its_headers(standin: Standin, ses: Client):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = SENDER, "Ada <ada@example.com>", "Grüße"
    message["List-Unsubscribe"] = "<https://larkfield.example/u/1>"
    message.set_content("Hello")
    message.add_alternative("<p>Hello</p>", subtype="html")
    ses.send_email(Content={"Raw": {"Data": message.as_bytes()}})
    (mail,) = standin.mails
    assert (mail["subject"], mail["text"], mail["html"]) == ("Grüße", "Hello\n", "<p>Hello</p>\n")
    assert mail["headers"]["List-Unsubscribe"] == "<https://larkfield.example/u/1>"
    assert standin.log.accepted[0].address == "ada@example.com"


def test_one_message_to_several_is_one_id_and_counts_for_each(standin: Standin, ses: Client):
    to = {"ToAddresses": ["ada@example.com"], "BccAddresses": ["bo@example.com"]}
    ses.send_email(**simple("", Destination=to))
    assert [each.recipients for each in standin.log.accepted] == [2]
    assert ses.get_account()["SendQuota"]["SentLast24Hours"] == 2


def test_the_ids_are_those_of_the_seed():
    def first(seed: int) -> str:
        desk = Standin(seed=seed).desk
        return desk._id()  # noqa: SLF001 - no server is needed for it

    assert first(1) == first(1) != first(2)


def test_braces_in_simple_content_stay_as_they_are(standin: Standin, ses: Client):
    words = {"Data": "{{name}} and {{"}
    content = {"Simple": {"Subject": words, "Body": {"Text": words}}}
    ses.send_email(**simple("ada@example.com", Content=content))
    assert (standin.mails[0]["subject"], standin.mails[0]["text"]) == ("{{name}} and {{",) * 2
