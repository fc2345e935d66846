"""All we can say about follow-up: to the person (template, context), to staff a line of the digest."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from oltreiperimetri.accounts.enums import LinkPurpose
from oltreiperimetri.accounts.links import issue_link
from oltreiperimetri.reminders.kinds import Line
from oltreiperimetri.shared.dates import at_rome

from .languages import CODES, NAMES
from .models import Checkpoint, Witness

LINK_LIVES = timedelta(days=90)
WITNESS_LINK_LIVES = timedelta(days=60)


def notice(checkpoint: Checkpoint) -> tuple[str, dict]:
    """To the person, a week before: we shall write, it takes two minutes."""
    return "followups/notice", {"checkpoint": checkpoint, "path_label": checkpoint.plan.path_label}


def form(checkpoint: Checkpoint, *, is_first: bool, is_last: bool) -> tuple[str, dict]:
    """To the person, with a fresh link: the old ones work too until the answer is in."""
    template = "followups/form" if is_first else "followups/last" if is_last else "followups/nudge"
    link = answer_link(checkpoint)
    languages = [(NAMES[code], f"{link}?lingua={code}") for code in CODES]
    context = {"checkpoint": checkpoint, "path_label": checkpoint.plan.path_label, "link": link, "languages": languages}
    return template, context


def answer_link(checkpoint: Checkpoint) -> str:
    token = issue_link(LinkPurpose.FOLLOW_UP, checkpoint, expires_at=at_rome(checkpoint.due_on + LINK_LIVES))
    return settings.SITE_URL + reverse("followups:answer", kwargs={"token": token})


def ask_beside(witness: Witness, *, is_last: bool) -> tuple[str, dict]:
    """To the firm or mentor: one minute, with a fresh link."""
    return "followups/witness", {
        "witness": witness,
        "question": question(witness),
        "link": witness_link(witness),
        "is_last": is_last,
    }


def question(witness: Witness) -> str:
    return str(witness.side.question) % {"subject": witness.checkpoint.plan.subject_label}


def witness_link(witness: Witness) -> str:
    expires_at = at_rome(witness.checkpoint.due_on + WITNESS_LINK_LIVES)
    token = issue_link(LinkPurpose.WITNESS, witness, expires_at=expires_at)
    return settings.SITE_URL + reverse("followups:witness", kwargs={"token": token})


def text(checkpoint: Checkpoint) -> str:
    """To the person who has no e-mail address: one text message with the link."""
    return _("#Oltreiperimetri: how are you doing? Two minutes, no password: %(link)s") % {"link": answer_link(checkpoint)}


def please_call(checkpoint: Checkpoint) -> Line:
    """To who follows the person: no answer by mail."""
    return task(_("Please call: no answer yet to “%(path)s” of %(day)s."), checkpoint)


def nobody_answered(checkpoint: Checkpoint) -> Line:
    """To the coordinators: four weeks without an answer."""
    return task(_("Four weeks without an answer to “%(path)s” of %(day)s."), checkpoint)


def please_decide(checkpoint: Checkpoint) -> Line:
    """To who follows the person: nobody was heard in forty-five days, a person decides."""
    return task(_("Decide: not reached, or one more try? “%(path)s” of %(day)s."), checkpoint)


def task(sentence: str, checkpoint: Checkpoint) -> Line:
    facts = {"path": checkpoint.plan.path_label, "day": date_format(checkpoint.due_on, "j F Y")}
    return Line(sentence % facts, settings.SITE_URL + reverse("portal:checkpoint", kwargs={"pk": checkpoint.pk}))
