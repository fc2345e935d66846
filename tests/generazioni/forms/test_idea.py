import pytest

from generazioni.forms.fields import LimitedTextField
from generazioni.forms.idea import IdeaFilters, IdeaForm
from generazioni.models import Idea
from tests.factories.generazioni import EditionFactory, IdeaFactory, NeedFactory

pytestmark = pytest.mark.django_db


def test_new_line_counts_as_one_character_like_the_counter_of_the_page():
    field = LimitedTextField(max_length=5)
    assert field.clean("ab\r\ncd") == "ab\ncd"


def test_draft_needs_a_title_alone():
    form = IdeaForm({"title": "Cargo bike"}, edition=EditionFactory())
    assert form.is_valid()
    assert list(IdeaForm({"title": ""}, edition=EditionFactory()).errors) == ["title"]


def test_sent_idea_must_stay_whole():
    idea = IdeaFactory(sent=True)
    form = IdeaForm({"title": idea.title}, instance=idea, edition=idea.edition)
    assert set(form.errors) == set(Idea.TEXTS)


def test_only_published_needs_of_the_edition_can_be_answered():
    edition = EditionFactory()
    shown = NeedFactory(edition=edition)
    NeedFactory(edition=edition, proposed=True)
    NeedFactory()
    assert list(IdeaForm(edition=edition).fields["needs"].queryset) == [shown]


@pytest.mark.parametrize("field", Idea.TEXTS)
def test_text_over_its_limit_is_refused_beside_its_field(field):
    limit = Idea._meta.get_field(field).max_length
    form = IdeaForm({"title": "Cargo bike", field: "x" * (limit + 1)}, edition=EditionFactory())
    assert list(form.errors) == [field]


def test_office_finds_ideas_by_title_number_author_state_and_need():
    edition = EditionFactory()
    first = IdeaFactory(sent=True, edition=edition, title="Orto", number=41)
    second = IdeaFactory(sent=True, edition=edition, title="Forno", number=42, state="withdrawn")
    need = NeedFactory(edition=edition)
    first.needs.add(need)

    def found(**query):
        return list(IdeaFilters(query, edition=edition).rows(edition.ideas.sent()).order_by("number"))

    assert found(q="ort") == [first]
    assert found(q=second.reference) == [second]
    assert found(q=first.author.last_name) == [first]
    assert found(stato="withdrawn") == [second]
    assert found(bisogno=need.pk) == [first]
    assert found(stato="zzz", bisogno="9999") == [first, second]
