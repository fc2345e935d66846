"""What a juror reads says nothing of whose it is."""

import pytest
from django.utils.translation import gettext as _

from generazioni.domain.blind import blind, blind_title, hide
from tests.factories.accounts import UserFactory
from tests.factories.generazioni import IdeaFactory

pytestmark = pytest.mark.django_db


def test_names_and_addresses_disappear_from_every_text():
    author = UserFactory(citizen=True, first_name="Ada", last_name="Canarini", email="ada.canarini@example.org")
    idea = IdeaFactory(
        sent=True,
        author=author,
        title="La bici di CANARINI",
        team="Piero Merli\nLia De Gufi",
        problem="Sono Ada Canarini, scrivetemi: ada.canarini@example.org.",
        solution="Con Piero Merli e la signora Gufi apriamo un banco.",
    )
    shown = blind(idea, idea.versions.get())
    said = " ".join([shown.title, shown.reference, *(text for _label, text in shown.texts)]).lower()
    assert [word for word in ("canarini", "merli", "gufi", "@") if word in said] == []
    assert blind_title(idea) == f"La bici di {_('[name hidden]')}"


@pytest.mark.parametrize(("text", "kept"), [("Rossini suona", True), ("il sig. rossi.", False), ("Rossi", False)])
def test_only_whole_words_are_hidden(text, kept):
    assert (hide(text, ["Rossi"]) == text) is kept


def test_text_without_names_is_untouched():
    assert hide("Una cargo bike (elettrica).", []) == "Una cargo bike (elettrica)."


def test_juror_reads_the_version_that_was_sent():
    idea = IdeaFactory(sent=True)
    version = idea.versions.get()
    idea.solution = "Testo cambiato dopo"
    assert ("Testo cambiato dopo" in str(blind(idea, version))) is False
