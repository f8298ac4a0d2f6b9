"""Requests: what we write is what botocore would write, and what its model allows."""

import json

import botocore.session
import pytest
from botocore.serialize import create_serializer
from botocore.validate import ParamValidator
from hypothesis import given, settings
from hypothesis import strategies as st

from cardletter.delivery.message import Recipient
from cardletter.delivery.requests import Requests
from cardletter.delivery.template import template_of
from cardletter.delivery.transports import Batch
from cardletter.delivery.validation import look_at
from cardletter.settings import Ses
from mailing import LETTER, batch, recipient, recipients

MODEL = botocore.session.Session().get_service_model("sesv2")
BULK = MODEL.operation_model("SendBulkEmail")
ONE = MODEL.operation_model("SendEmail")
SERIALIZER = create_serializer(MODEL.metadata["protocol"], include_validation=False)


def requests(tenant: str = "") -> Requests:
    made = Requests(Ses(configuration_set="letters", tenant=tenant), "Letter <a@mail.example>")
    made.add(template_of(LETTER))
    return made


def agree(of: Requests, asked: Batch) -> None:
    request = of.bulk(asked, asked.recipients)
    assert not ParamValidator().validate(request, BULK.input_shape).has_errors()
    written = SERIALIZER.serialize_to_request(request, BULK)["body"]
    assert json.loads(of.body(asked, asked.recipients)) == json.loads(written)


@pytest.mark.parametrize("tracked", [True, False])
@pytest.mark.parametrize("count", [1, 50])
@pytest.mark.parametrize("tenant", ["", "cards"])
def test_the_body_is_what_botocore_would_write(tracked: bool, count: int, tenant: str):
    agree(requests(tenant), batch(recipients(count), tracked=tracked))


@given(greeting=st.text(min_size=1), path=st.text(st.sampled_from("aZ9/_-~%&=?+"), max_size=80))
@settings(max_examples=60, deadline=None)
def test_whatever_passes_our_own_look_passes_botocores_and_is_written_alike(
    greeting: str, path: str
):
    one: Recipient = recipient(0, greeting=greeting, preferences_url=f"https://mail.example/{path}")
    if not look_at(one, "http://127.0.0.1"):
        agree(requests(), batch([one]))


def test_a_call_to_one_member_is_what_the_model_allows():
    request = requests("cards").one(batch([recipient(0)]), recipient(0))
    assert not ParamValidator().validate(request, ONE.input_shape).has_errors()
