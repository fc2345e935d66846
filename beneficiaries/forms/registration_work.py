"""The questions about work: the last job, the jobs after it, the declaration of availability."""

from django import forms
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.forms import ItalianDateField

from ..domain.answers import ShortJob
from ..enums import LossReason
from ..models import EmploymentSpell
from .fields import SaidField
from .steps import SaidChoiceField, StepForm

MOST_JOBS = 3


class WorkForm(StepForm):
    working_now = SaidField(label=_("Are you working now?"), help_text=_("Also a few hours count: say yes."))


class LastJobForm(StepForm):
    last_job_ended_on = ItalianDateField(
        label=_("When did your last job end?"),
        required=False,
        help_text=_(
            "The last day of work, for example 31/1/2026. It decides until when you can take part. "
            "If you do not know it, leave it empty: we look for it together."
        ),
    )


class LossForm(StepForm):
    loss_reason = SaidChoiceField(
        label=_("What happened?"),
        choices=LossReason.choices,
        help_text=_("It helps us to understand; whatever you answer, you can take part."),
    )


class AfterForm(StepForm):
    worked_after = SaidField(
        label=_("Have you worked after that day, even for a short time?"),
        not_said=_("I prefer not to say"),
        help_text=_("We ask because a short job does not start your 24 months again: it takes nothing away from you."),
    )


class JobForm(StepForm):
    """The fields of one job after the last one are named after its number: `job1_from`, `job1_to`, …"""

    number = 1

    def clean(self):
        cleaned = super().clean()
        first, last = (cleaned.get(f"job{self.number}_{end}") for end in ("from", "to"))
        if first and last and last < first:
            self.add_error(f"job{self.number}_to", _("The work cannot end before it begins."))
        return cleaned


def job_form(number: int) -> type[JobForm]:
    """The form of the n-th job after the last one; all but the last ask whether there was another."""
    fields = {
        f"job{number}_from": ItalianDateField(label=_("From which day?"), help_text=_("For example 1/3/2026.")),
        f"job{number}_to": ItalianDateField(
            label=_("To which day?"), help_text=_("The last day of work. If you are still working there, write today.")
        ),
        f"job{number}_kind": forms.ChoiceField(
            label=_("How did you work?"),
            choices=EmploymentSpell.Kind.choices,
            widget=forms.RadioSelect,
            initial=EmploymentSpell.Kind.EMPLOYEE,
        ),
    }
    if number < MOST_JOBS:
        fields[f"job{number}_more"] = forms.ChoiceField(
            label=_("Was there another job after this one?"),
            choices=[("no", _("No")), ("yes", _("Yes"))],
            widget=forms.RadioSelect,
            initial="no",
        )
    return type(f"JobForm{number}", (JobForm,), {"number": number, **fields})


JOB_FORMS = tuple(job_form(number) for number in range(1, MOST_JOBS + 1))


def jobs_told(cleaned: dict) -> tuple[ShortJob, ...]:
    """The jobs of cleaned answers, the complete ones."""
    jobs = ((cleaned.get(f"job{n}_from"), cleaned.get(f"job{n}_to"), cleaned.get(f"job{n}_kind")) for n in (1, 2, 3))
    return tuple(ShortJob(first, last, kind or "employee") for first, last, kind in jobs if first and last)


class DidForm(StepForm):
    did_on = ItalianDateField(
        label=_("On which day did you make the DID?"),
        required=False,
        help_text=_(
            "It is the declaration that you are available for work, made online or at the job centre. Who asked for "
            "the unemployment benefit (NASpI) made it on that day. If you have not made it, or do not know, skip it."
        ),
    )
