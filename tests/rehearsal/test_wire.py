"""The wire: what botocore would not let pass, and whoever breaks off or speaks no HTTP."""

import copy
import json
import socket
import urllib.request
from typing import Any
from urllib.error import HTTPError

import botocore.exceptions
import pytest

from cardletter.rehearsal.account import Account
from cardletter.rehearsal.server import HOST
from cardletter.rehearsal.standin import Standin
from standing_in import Client, bulk, connected


def post(
    url: str,
    body: bytes,
    path: str = "outbound-bulk-emails",
    signed: dict[str, str] | None = None,
) -> tuple[int, str]:
    """Post what botocore would not let pass."""
    now = {"Authorization": "x", "X-Amz-Date": Account().now().strftime("%Y%m%dT%H%M%SZ")}
    headers = now if signed is None else signed
    request = urllib.request.Request(f"{url}/v2/email/{path}", body, headers)  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310
            return answer.status, ""
    except HTTPError as error:
        with error:
            return error.code, error.headers["x-amzn-ErrorType"]


def without(request: dict[str, Any], *path: str | int) -> dict[str, Any]:
    changed = copy.deepcopy(request)
    inner: Any = changed
    for name in path[:-1]:
        inner = inner[name]
    del inner[path[-1]]
    return changed


RIGHT = bulk(["ada@example.com"])
NOT_OF_THE_MODEL = {
    "no JSON": (b"{", "SerializationException"),
    "no object": (b"[]", "SerializationException"),
    "an unknown member": (RIGHT | {"ListManagementOptions": {}}, "SerializationException"),
    "a number for a text": (RIGHT | {"FromEmailAddress": 1}, "SerializationException"),
    "an object for a list": (RIGHT | {"BulkEmailEntries": {}}, "SerializationException"),
    "a list for an object": (RIGHT | {"DefaultContent": []}, "SerializationException"),
    "no content": (without(RIGHT, "DefaultContent"), "BadRequestException"),
    "no destination": (without(RIGHT, "BulkEmailEntries", 0, "Destination"), "BadRequestException"),
    "half a tag": (without(RIGHT, "DefaultEmailTags", 0, "Value"), "BadRequestException"),
}


@pytest.mark.parametrize(("body", "code"), NOT_OF_THE_MODEL.values(), ids=NOT_OF_THE_MODEL)
def test_what_is_not_of_the_model_is_refused(standin: Standin, body: object, code: str):
    words = body if isinstance(body, bytes) else json.dumps(body).encode()
    assert post(standin.url, words) == (400, code)
    assert standin.log.accepted == []


def test_there_is_no_other_operation(standin: Standin, ses: Client):
    assert post(standin.url, b"{}", "elsewhere") == (404, "UnknownOperationException")
    with pytest.raises(botocore.exceptions.ClientError, match="UnknownOperation"):
        ses.list_contact_lists()


def test_whoever_speaks_no_http_is_cut_off_and_the_next_is_served(standin: Standin):
    with socket.create_connection((HOST, standin.server.port), timeout=5) as line:
        line.sendall(b"EHLO larkfield.example\r\n\r\n")
        assert line.recv(100) == b""
    with connected(standin.url) as next_one:
        assert next_one.get_account()["SendingEnabled"]


def test_half_a_request_takes_nothing(standin: Standin):
    body = json.dumps(RIGHT).encode()
    head = "POST /v2/email/outbound-bulk-emails HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
    with socket.create_connection((HOST, standin.server.port), timeout=5) as line:
        line.sendall(f"{head}{len(body)}\r\n\r\n".encode() + body[:-1])
    with connected(standin.url) as next_one:
        assert next_one.get_account()["SendingEnabled"]
    assert standin.log.posts() == 0


UNSIGNED = [{}, {"Authorization": "x"}, {"Authorization": "x", "X-Amz-Date": "yesterday"}]


@pytest.mark.parametrize("headers", UNSIGNED)
def test_an_unsigned_call_is_refused(standin: Standin, headers: dict[str, str]):
    assert post(standin.url, json.dumps(RIGHT).encode(), signed=headers) == (
        403,
        "SignatureDoesNotMatch",
    )
    assert standin.log.accepted == []
