"""The contest on the pages composed by the portal."""

from datetime import timedelta

import pytest

from generazioni import desk_contest
from oltreiperimetri.accounts.enums import Role
from oltreiperimetri.shared.desk import Figure
from tests.factories.accounts import UserFactory
from tests.factories.generazioni import TODAY, EditionFactory, IdeaFactory, JurorFactory, NeedFactory, ReviewFactory
from tests.factories.partners import firm_account

pytestmark = pytest.mark.django_db


def urls(viewer):
    return {item.url for card in desk_contest.cards(viewer, today=TODAY) for item in card.items}


def test_everybody_meets_what_waits_for_them():
    waiting, returned = NeedFactory(proposed=True), NeedFactory(returned=True)
    edition = waiting.edition
    draft = IdeaFactory(edition=EditionFactory())
    late = IdeaFactory(edition=EditionFactory(phase="review"), author=draft.author)
    seat = JurorFactory()
    assert waiting.get_absolute_url() in urls(UserFactory(caseworker=True))
    assert urls(firm_account(returned.organisation)) == {returned.get_absolute_url()}
    assert urls(draft.author) == {draft.get_absolute_url()} != {late.get_absolute_url()}
    assert urls(seat.user) == {"/giuria/"}
    assert urls(UserFactory(roles=[Role.MENTOR])) == set()
    assert edition.get_absolute_url() not in urls(seat.user)


def test_staff_see_the_phase_of_the_current_edition():
    edition = ReviewFactory().idea.edition
    assert edition.get_absolute_url() in urls(UserFactory(coordinator=True))


def test_report_counts_ideas_by_town_and_needs():
    first = IdeaFactory(sent=True, edition=EditionFactory())
    IdeaFactory(sent=True, edition=first.edition, municipality_id=None)
    IdeaFactory(edition=first.edition)
    NeedFactory(edition=first.edition)
    NeedFactory(edition=first.edition, proposed=True)
    start = TODAY - timedelta(days=60)
    assert desk_contest.report_rows(start, TODAY) == [
        Figure(first.municipality_id, "enterprise", "ideas", 1),
        Figure(None, "enterprise", "ideas", 2),
        Figure(None, "enterprise", "needs", 1),
    ]
    assert desk_contest.report_rows(start - timedelta(days=90), start - timedelta(days=30)) == []
