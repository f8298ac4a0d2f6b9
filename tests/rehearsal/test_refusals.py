"""What is refused: requests that are not as the model says, or as SES wants them."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from cardletter.rehearsal.model import checks, service
from cardletter.rehearsal.refusals import STATUS
from cardletter.rehearsal.ses import OPERATIONS
from cardletter.rehearsal.standin import Standin
from standing_in import Client, addresses, bulk, entry, simple

Change = Callable[[dict[str, Any]], object]


def template(request: dict[str, Any]) -> dict[str, Any]:
    return request["DefaultContent"]["Template"]


def first(request: dict[str, Any]) -> dict[str, Any]:
    return request["BulkEmailEntries"][0]


def header(name: str, value: str) -> Change:
    return lambda request: template(request)["Headers"].append({"Name": name, "Value": value})


def to(*those: str, kind: str = "To") -> Change:
    return lambda request: first(request)["Destination"].update({f"{kind}Addresses": [*those]})


def tag(name: str, value: str) -> Change:
    return lambda request: first(request).update(ReplacementTags=[{"Name": name, "Value": value}])


def data(words: str) -> Change:
    return lambda request: template(request).update(TemplateData=words)


def inline(**more: str) -> Change:
    return lambda request: template(request)["TemplateContent"].update(more)


BAD: dict[str, Change] = {
    "51 entries": lambda request: request.update(
        BulkEmailEntries=[entry(address) for address in addresses(51)]
    ),
    "no entries": lambda request: request.update(BulkEmailEntries=[]),
    "51 recipients": to(*addresses(51)),
    "51 recipients of two kinds": to(*addresses(50), kind="Cc"),
    "nobody to send to": to(),
    "copies only": lambda request: first(request).update(
        Destination={"BccAddresses": ["ada@example.com"]}
    ),
    "16 headers": lambda request: template(request).update(
        Headers=[{"Name": f"X-{number}", "Value": "x"} for number in range(16)]
    ),
    "16 headers together": lambda request: template(request).update(
        Headers=[{"Name": f"X-{number}", "Value": "x"} for number in range(15)]
    ),
    "a header with a line end": header("X-A", "a\r\nBcc: eve@example.com"),
    "a header with a colon": header("X-A:", "a"),
    "a header that is not ASCII": header("X-A", "Grüße"),
    "a header of 996 characters": header("X-A", "a" * 996),
    "a header line of 997 characters": header("X-Abc", "a" * 992),
    "an empty header": header("X-A", ""),
    "a header twice": header("list-unsubscribe-post", "a"),
    "a header that SES writes": header("Subject", "a"),
    "an address with a line end": to("ada@example.com\r\nBcc: eve@example.com"),
    "a sender with a line end": lambda request: request.update(
        FromEmailAddress="Ada <ada@example.com>\r\nBcc: eve@example.com"
    ),
    "a sender that is none": lambda request: request.update(FromEmailAddress="ada"),
    "no sender": lambda request: request.pop("FromEmailAddress"),
    "a subject with a line end": inline(Subject="a\r\nBcc: eve@example.com"),
    "an empty subject": inline(Subject=""),
    "no body": inline(Html="", Text=""),
    "a tag with a dot": tag("message", "a.b"),
    "a tag that is empty": tag("message", ""),
    "a tag of 257 characters": tag("message", "a" * 257),
    "a tag's name with a space": tag("a b", "a"),
    "data that is no JSON": data("{'name': 1}"),
    "data that is no object": data("[]"),
    "data that is too long": data(json.dumps({"name": "a" * 262_144})),
    "an entry's data that is no JSON": lambda request: first(request).update(
        ReplacementEmailContent={"ReplacementTemplate": {"ReplacementTemplateData": "{"}}
    ),
    "a call of more than a megabyte": lambda request: request.update(
        BulkEmailEntries=[entry(address, more="a" * 30_000) for address in addresses(40)]
    ),
    "a stored template": lambda request: request.update(
        DefaultContent={"Template": {"TemplateName": "december", "TemplateData": "{}"}}
    ),
    "no template": lambda request: request.update(DefaultContent={}),
    "a tracking of its own": lambda request: request.update(
        ConfigurationOverrides={"Tracking": {"OpenTrackingEnabled": "NO"}}
    ),
}


@pytest.mark.parametrize("change", BAD.values(), ids=BAD)
def test_a_bad_request_is_refused_and_nothing_is_taken(
    standin: Standin, ses: Client, change: Change
):
    request = bulk(addresses(2))
    change(request)
    with pytest.raises(ses.exceptions.BadRequestException) as refused:
        ses.send_bulk_email(**request)
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
    assert refused.value.response["Error"]["Message"]
    assert standin.log.accepted == []
    assert standin.log.calls[-1].error == "BadRequestException"


WRONG_ADDRESSES = [
    "ada",
    "ada@",
    "@example.com",
    "a b@example.com",
    "ä@example.com",
    "a@exämple.de",
]


@pytest.mark.parametrize("address", WRONG_ADDRESSES)
def test_a_wrong_address_spoils_its_own_entry_only(standin: Standin, ses: Client, address: str):
    request = bulk(addresses(2))
    to(address)(request)
    answer = ses.send_bulk_email(**request)
    statuses = [result["Status"] for result in answer["BulkEmailEntryResults"]]
    assert statuses == ["INVALID_PARAMETER", "SUCCESS"]
    assert "MessageId" not in answer["BulkEmailEntryResults"][0]
    assert len(standin.log.accepted) == 1


@pytest.mark.parametrize("address", WRONG_ADDRESSES)
def test_a_wrong_address_is_refused_alone(ses: Client, address: str):
    with pytest.raises(ses.exceptions.BadRequestException):
        ses.send_email(**simple(address))


SINGLE: dict[str, dict[str, Any]] = {
    "two contents": {"Content": {"Raw": {"Data": b"x"}, **simple("a@example.com")["Content"]}},
    "no content": {"Content": {}},
    "51 recipients": {"Destination": {"ToAddresses": addresses(51)}},
    "no body": {"Content": {"Simple": {"Subject": {"Data": "x"}, "Body": {}}}},
    "nobody": {"Destination": {}},
    "list management": {"ListManagementOptions": {"ContactListName": "letters"}},
}


@pytest.mark.parametrize("more", SINGLE.values(), ids=SINGLE)
def test_a_bad_single_message_is_refused(ses: Client, more: dict[str, Any]):
    with pytest.raises(ses.exceptions.BadRequestException):
        ses.send_email(**simple("ada@example.com", **more))


def test_a_raw_message_of_more_than_40_megabytes_is_refused(ses: Client):
    with pytest.raises(ses.exceptions.BadRequestException, match="41943040"):
        ses.send_email(**simple("", Content={"Raw": {"Data": b"x" * (40 * 1024 * 1024 + 1)}}))


def test_a_refusals_status_is_the_models():
    for operation in set(OPERATIONS.values()):
        for error in service("sesv2").operation_model(operation).error_shapes:
            status = error.metadata["error"]["httpStatusCode"]
            assert STATUS.get(error.name, 400) == status


def test_the_model_is_compiled_once():
    assert checks("SendBulkEmail") is checks("SendBulkEmail")
