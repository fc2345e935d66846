"""Going on with a registration later, from elsewhere, with its code."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from beneficiaries.domain.draft import SIGNS, delete_old
from beneficiaries.forms.steps import LONGEST_KEPT
from beneficiaries.models import Application, RegistrationDraft
from tests.conftest import StrictClient

from .registering import CHECK, DONE, RESUME, START, begin, fill, register, step

pytestmark = pytest.mark.django_db


def test_it_goes_on_from_another_phone_with_the_code(client):
    code = begin(client)
    fill(client, until="casa")
    other = StrictClient()
    response = other.post(RESUME, {"code": code.lower().replace("-", " ")})
    assert response["Location"] == step("contatti")
    assert other.get(step("nome")).context["form"]["first_name"].value() == "Teresa"
    assert other.get(reverse("beneficiaries:register_code")).context["code"] == code


@pytest.mark.parametrize("typed", ["AAAA-AAAA", "<script>", "1" * 21, ""])
def test_a_code_that_is_not_one_opens_nothing(client, typed):
    begin(StrictClient())
    response = client.post(RESUME, {"code": typed})
    assert set(response.context["form"].errors) == {"code"}
    assert "registration_draft" not in client.session


def test_a_code_with_one_sign_changed_opens_nothing(client):
    code = begin(StrictClient())
    tampered = code[:-1] + next(sign for sign in SIGNS if sign != code[-1])
    assert "code" in client.post(RESUME, {"code": tampered}).context["form"].errors


def test_guessing_codes_is_stopped(client):
    cache.clear()
    answers = [client.post(RESUME, {"code": f"AAAA-AA{n:02}"}).status_code for n in range(21)]
    assert (set(answers[:20]), answers[20]) == ({200}, 429)


def test_neither_code_nor_answers_are_readable_in_the_database(client):
    code = begin(client)
    fill(client, until="casa")
    with connection.cursor() as cursor:
        cursor.execute("SELECT code_hash, answers FROM beneficiaries_registrationdraft")
        stored = " ".join(cursor.fetchone())
    assert code not in stored
    assert code.replace("-", "") not in stored
    assert "Teresa" not in stored
    session = client.session
    assert code not in str(dict(session.items()))


def test_leaving_clears_this_device_and_tells_the_code_again(client):
    code = begin(client)
    fill(client, until="nome")
    page = client.post(reverse("beneficiaries:register_leave"))
    assert page.context["code"] == code
    assert client.get(step("nome"))["Location"] == START
    client.post(RESUME, {"code": code})
    assert client.get(step("nome")).status_code == 200


def test_leaving_half_way_through_a_page_keeps_what_was_typed_on_it(client):
    code = begin(client)
    fill(client, until="casa")
    client.post(
        reverse("beneficiaries:register_leave") + "?passo=contatti", {"email": "teresa@", "phone": "9" * 5000, "town": "x"}
    )
    other = StrictClient()
    assert other.post(RESUME, {"code": code})["Location"] == step("contatti")
    form = other.get(step("contatti")).context["form"]
    assert form["email"].value() == "teresa@"
    assert len(form["phone"].value()) == LONGEST_KEPT
    assert other.get(step("casa")).context["form"]["town"].value() != "x"


def test_the_confirmation_is_found_again_with_the_code(client):
    code = begin(client)
    fill(client)
    client.post(CHECK, {"notice_read": "on"})
    other = StrictClient()
    assert other.post(RESUME, {"code": code})["Location"] == DONE
    assert other.get(DONE).context["application"] == Application.objects.get()


def test_after_thirty_days_a_draft_is_deleted_and_its_code_opens_nothing(client):
    code = begin(client)
    month_ago = timezone.now() - timedelta(days=30, minutes=1)
    RegistrationDraft.objects.update(saved_at=month_ago)
    assert "code" in StrictClient().post(RESUME, {"code": code}).context["form"].errors
    begin(StrictClient())
    assert delete_old(now=timezone.now()) == 1
    assert RegistrationDraft.objects.count() == 1


def test_deleting_an_old_draft_leaves_its_application(client):
    register(client)
    RegistrationDraft.objects.update(saved_at=timezone.now() - timedelta(days=31))
    delete_old(now=timezone.now())
    assert Application.objects.count() == 1
