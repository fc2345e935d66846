"""All we can say about follow-up: one function a message, each returns (template, context)."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse

from oltreiperimetri.accounts.enums import LinkPurpose
from oltreiperimetri.accounts.links import issue_link
from oltreiperimetri.shared.dates import at_rome

from .models import Checkpoint

LINK_LIVES = timedelta(days=90)


def notice(checkpoint: Checkpoint) -> tuple[str, dict]:
    """To the person, a week before: we shall write, it takes two minutes."""
    return "followups/notice", {"checkpoint": checkpoint, "path_label": checkpoint.plan.path_label}


def form(checkpoint: Checkpoint, *, is_first: bool, is_last: bool) -> tuple[str, dict]:
    """To the person, with a fresh link: the old ones work too until the answer is in."""
    token = issue_link(LinkPurpose.FOLLOW_UP, checkpoint, expires_at=at_rome(checkpoint.due_on + LINK_LIVES))
    link = settings.SITE_URL + reverse("followups:answer", kwargs={"token": token})
    template = "followups/form" if is_first else "followups/last" if is_last else "followups/nudge"
    return template, {"checkpoint": checkpoint, "path_label": checkpoint.plan.path_label, "link": link}


def please_call(checkpoint: Checkpoint) -> tuple[str, dict]:
    """To who follows the person: no answer by mail, please call. No name in the mail: it is on the page."""
    return "followups/please_call", task_context(checkpoint)


def nobody_answered(checkpoint: Checkpoint) -> tuple[str, dict]:
    """To the coordinators: four weeks without an answer."""
    return "followups/nobody_answered", task_context(checkpoint)


def task_context(checkpoint: Checkpoint) -> dict:
    page = settings.SITE_URL + reverse("portal:checkpoint", kwargs={"pk": checkpoint.pk})
    return {"checkpoint": checkpoint, "path_label": checkpoint.plan.path_label, "link": page}
