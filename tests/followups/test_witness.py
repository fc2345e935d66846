"""The firm or the mentor is asked too: two steps, one minute by link, and what differs is written down."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.core import mail

from oltreiperimetri.accounts.models import User
from oltreiperimetri.followups import paths
from oltreiperimetri.followups.domain import witness as verbs
from oltreiperimetri.followups.domain.answer import answer, correct, mark_refused
from oltreiperimetri.followups.domain.plan import move_anchor, stop_plan
from oltreiperimetri.followups.models import Witness
from oltreiperimetri.reminders import engine
from oltreiperimetri.reminders.kinds import Recipient
from oltreiperimetri.reminders.models import Reminder
from oltreiperimetri.shared.errors import DomainError
from orafo.followups import works_there

from .conftest import CODE, rome

ON_THE_DAY = rome("2026-11-24 10:00")
LINK = re.compile(r"/rispondi/conferma/[\w-]+/")
PERMANENT = {"situation": "employed", "contract_kind": "permanent", "same_firm": True}


@pytest.fixture
def subjects(subjects):
    beside = paths.Beside(
        label="Azienda",
        question="%(subject)s lavora ancora da voi?",
        contacts=lambda plan: [Recipient("azienda@example.org", name="Azienda")],
        person_says=works_there,
        months=(1,),
        asks_contract=True,
    )
    paths.register(replace(paths.get(CODE), beside=beside))
    return subjects


@pytest.fixture
def witness(checkpoint):
    return Witness.objects.select_related("checkpoint__plan").get()


def steps(state="planned"):
    rows = Reminder.objects.filter(kind="followups.witness", state=state).order_by("wave")
    return list(rows.values_list("wave", "wanted_at__date"))


def told(checkpoint, data):
    return answer(checkpoint, data, channel="phone", by=None, now=ON_THE_DAY)


def test_only_the_months_of_the_path_have_a_witness(opened):
    plan = opened(offsets=(1, 3))

    assert list(Witness.objects.values_list("checkpoint__months", flat=True)) == [1]
    assert plan.checkpoints.count() == 2


def test_two_steps_that_move_with_the_anchor(opened):
    plan = opened()
    assert steps() == [(0, date(2026, 11, 24)), (1, date(2026, 12, 1))]

    move_anchor(plan, date(2026, 11, 2), by=None, now=rome("2026-11-02 10:00"))

    assert steps() == [(0, date(2026, 12, 2)), (1, date(2026, 12, 9))]


def test_the_answer_of_the_person_does_not_silence_the_firm_but_a_refusal_does(checkpoint, opened):
    told(checkpoint, {"situation": "searching"})
    assert len(steps()) == 2

    other = opened().checkpoints.get()
    mark_refused(other, by=None, now=ON_THE_DAY, note="Non vuole")

    assert len(steps()) == 2
    assert len(steps("cancelled")) == 2


def test_stopping_the_plan_silences_the_firm(checkpoint):
    stop_plan(checkpoint.plan, by=None, now=ON_THE_DAY, reason="Si è trasferita")

    assert steps() == []


def test_one_minute_by_link_without_sign_in_and_once(checkpoint, witness, client, time_machine):
    time_machine.move_to(ON_THE_DAY)
    engine.emit_due(now=ON_THE_DAY)
    engine.deliver(now=ON_THE_DAY)
    (letter,) = [one for one in mail.outbox if one.to == ["azienda@example.org"]]
    link = LINK.search(letter.body).group()

    empty = client.post(link, {"note": "Buongiorno"})
    sent = client.post(link, {"goes_on": "yes", "contract_kind": "permanent"})
    again = client.post(link, {"goes_on": "no"})

    assert [response.status_code for response in (client.get(link), empty, sent, again)] == [410, 422, 200, 410]
    assert "Buongiorno" in empty.content.decode()
    witness.refresh_from_db()
    assert (witness.goes_on, witness.contract_kind, witness.channel, witness.by) == (True, "permanent", "link", None)
    assert steps() == []


def test_an_unknown_link_is_unknown(client, db):
    assert client.get("/rispondi/conferma/invented/").status_code == 404


@pytest.mark.parametrize(
    ("said", "firm", "differs"),
    [
        (PERMANENT, {"goes_on": True, "contract_kind": "permanent"}, ""),
        (PERMANENT, {"goes_on": True, "contract_kind": "fixed_term"}, "contract"),
        (PERMANENT, {"goes_on": True, "contract_kind": "other"}, ""),
        (PERMANENT, {"goes_on": False}, "presence"),
        (PERMANENT | {"same_firm": False}, {"goes_on": True}, "presence"),
        (PERMANENT | {"same_firm": None}, {"goes_on": False}, ""),
        ({"situation": "searching"}, {"goes_on": False}, ""),
        ({"situation": "searching"}, {"goes_on": True}, "presence"),
    ],
)
@pytest.mark.parametrize("person_first", [True, False])
def test_what_differs_is_written_whoever_speaks_first(checkpoint, witness, said, firm, differs, person_first):
    acts = [
        lambda: told(checkpoint, said),
        lambda: verbs.testify(witness, firm, channel="phone", by=None, now=ON_THE_DAY),
    ]
    for act in acts if person_first else acts[::-1]:
        act()

    witness.refresh_from_db()
    assert witness.differs == differs


def test_a_correction_of_the_person_settles_the_difference(checkpoint, witness):
    given = told(checkpoint, {"situation": "searching"})
    verbs.testify(witness, {"goes_on": True}, channel="phone", by=None, now=ON_THE_DAY)

    correct(given, PERMANENT, channel="phone", by=None, now=ON_THE_DAY)

    witness.refresh_from_db()
    assert witness.differs == ""


def test_the_firm_is_left_out_with_a_reason_that_is_kept(witness):
    with pytest.raises(DomainError):
        verbs.leave_out(witness, by=None, now=ON_THE_DAY, note=" ")

    verbs.leave_out(witness, by=None, now=ON_THE_DAY, note="La persona lo chiede")

    assert (witness.state, steps()) == ("waived", [])
    with pytest.raises(DomainError):
        verbs.testify(witness, {"goes_on": True}, channel="phone", by=None, now=ON_THE_DAY)


def test_before_the_day_it_is_too_early(witness):
    with pytest.raises(DomainError) as refusal:
        verbs.testify(witness, {"goes_on": True}, channel="phone", by=None, now=rome("2026-11-20 10:00"))

    assert refusal.value.code == "too_early"


class TestOffice:
    @pytest.fixture(autouse=True)
    def coordinator(self, client, db, time_machine, settings):
        settings.SECOND_FACTOR_REQUIRED = False
        time_machine.move_to(ON_THE_DAY)
        user = User.objects.create_user("coord@example.org", roles=["coordinator"])
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return user

    def test_what_the_firm_says_by_phone_is_recorded_and_a_difference_stands_on_page_and_board(
        self, client, checkpoint, witness, coordinator
    ):
        told(checkpoint, {"situation": "searching"})
        data = {"witness-channel": "phone", "witness-goes_on": "yes"}
        response = client.post(f"/monitoraggio/{checkpoint.pk}/conferma/", data)
        witness.refresh_from_db()

        assert response.status_code == 302
        assert (witness.by, witness.channel, witness.differs) == (coordinator, "phone", "presence")
        assert client.get(f"/monitoraggio/{checkpoint.pk}/").context["witness"].differs == "presence"
        listed = client.get("/monitoraggio/?stato=divergent").context["page_obj"].object_list
        assert [row.pk for row in listed] == [checkpoint.pk]

    def test_the_message_of_the_firm_leads_to_the_checkpoint(self, client, checkpoint, witness):
        assert client.get(f"/monitoraggio/conferme/{witness.pk}/").url == f"/monitoraggio/{checkpoint.pk}/"

    def test_leaving_out_without_a_reason_stands_where_it_was_typed(self, client, checkpoint, witness):
        response = client.post(f"/monitoraggio/{checkpoint.pk}/senza-conferma/", {"leave_out-note": ""})

        assert (response.status_code, bool(response.context["leave_out_form"].errors)) == (422, True)

    def test_a_checkpoint_without_a_witness_has_no_such_page(self, client, opened):
        plain = opened(offsets=(3,)).checkpoints.get()

        assert client.post(f"/monitoraggio/{plain.pk}/conferma/", {}).status_code == 404
