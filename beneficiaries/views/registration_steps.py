"""The steps of registration: address, form, name, the question as title, why it is asked, and when.

Which steps are on somebody's path follows from what they have answered. Where that is not answered yet the longer path
counts, so that the number of steps grows only for whoever chooses to tell more.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from ..forms import registration as forms
from ..forms import registration_more as more
from ..forms import registration_work as work

Told = Mapping[str, str]


def answer(told: Told, field: str, unless_answered: str) -> str:
    return told.get(field) or unless_answered


def is_out_of_work(told: Told) -> bool:
    return told.get("working_now") != "yes"


def has_had_a_job(told: Told) -> bool:
    return is_out_of_work(told) and told.get("last_job_ended_on") != ""


def has_worked_after(told: Told) -> bool:
    return has_had_a_job(told) and answer(told, "worked_after", "yes") == "yes"


def has_another_job(number: int) -> Callable[[Told], bool]:
    """Whether an n-th job comes after the last one: each but the first is announced by the one before."""
    before = [f"job{earlier}_more" for earlier in range(1, number)]
    return lambda told: has_worked_after(told) and all(told.get(field) == "yes" for field in before)


def goes_on(told: Told) -> bool:
    """The questions that may wait are counted only for whoever chooses to answer them."""
    return told.get("more") == "yes"


def lives_with_others(told: Told) -> bool:
    return goes_on(told) and answer(told, "lives_with", "yes") == "yes"


@dataclass(frozen=True)
class Step:
    """`skippable`: one tap leaves it for later. `when` reads the answers as typed."""

    slug: str
    form: type
    name: str
    title: str
    lead: str = ""
    skippable: bool = False
    when: Callable[[Told], bool] = lambda told: True


STEPS = (
    Step("nome", forms.NameForm, _("Name"), _("What is your name?")),
    Step("nascita", forms.BirthForm, _("Birth"), _("When were you born?")),
    Step(
        "codice-fiscale",
        forms.TaxCodeForm,
        _("Tax code"),
        _("Your tax code, if you have it at hand"),
        _("It is not needed to register. It helps us not to mix you up with somebody else."),
        skippable=True,
    ),
    Step("casa", forms.HomeForm, _("Home"), _("Where do you live?")),
    Step(
        "contatti",
        forms.ContactForm,
        _("Contacts"),
        _("How can we reach you?"),
        _("One of the two is enough. If you have neither, go on: we tell you how we meet."),
    ),
    Step("lavoro", work.WorkForm, _("Work"), _("Are you working?")),
    Step("ultimo-lavoro", work.LastJobForm, _("Last job"), _("Your last job"), skippable=True, when=is_out_of_work),
    Step("motivo", work.LossForm, _("Why it ended"), _("How did your last job end?"), when=has_had_a_job),
    Step("dopo", work.AfterForm, _("Work after it"), _("And after that job?"), when=has_had_a_job),
    *(
        Step(
            f"lavoro-{number}",
            form,
            _("Job"),
            _("A job after the last one"),
            _("Also a few days count. One job a page, the first one first."),
            when=has_another_job(number),
        )
        for number, form in enumerate(work.JOB_FORMS, start=1)
    ),
    Step("did", work.DidForm, _("DID"), _("The declaration of availability (DID)"), skippable=True, when=is_out_of_work),
    Step("servizi", forms.ServicesForm, _("Services"), _("The social services"), skippable=True),
    Step(
        "altro",
        more.MoreForm,
        _("Something more"),
        _("What is needed is here. Shall we go on?"),
        _("With a few more questions, three minutes, we can propose what suits you. You may also tell us when we meet."),
        skippable=True,
    ),
    Step("famiglia", more.FamilyForm, _("Family"), _("With whom do you live?"), skippable=True, when=goes_on),
    Step("coppia", more.PartnerForm, _("Partner"), _("Your partner"), skippable=True, when=lives_with_others),
    Step("figli", more.ChildrenForm, _("Children"), _("Who lives on what you earn?"), skippable=True, when=goes_on),
    Step(
        "capacita",
        more.SkillsForm,
        _("Skills"),
        _("What can you do, and what would you like?"),
        skippable=True,
        when=goes_on,
    ),
    Step("orari", more.HoursForm, _("Hours"), _("When can you work?"), skippable=True, when=goes_on),
    Step("spostamenti", more.TravelForm, _("Licence and car"), _("How do you get about?"), skippable=True, when=goes_on),
    Step("italiano", more.ItalianForm, _("Italian"), _("Italian and other languages"), skippable=True, when=goes_on),
)
SLUGS = [step.slug for step in STEPS]


def step_of(slug: str) -> Step | None:
    return next((step for step in STEPS if step.slug == slug), None)


def step_asking(field: str) -> Step:
    return next(step for step in STEPS if field in step.form.base_fields)


class Path:
    """The steps of one registration, as far as its answers tell; the check of the answers comes after the last."""

    def __init__(self, told: Told):
        self.told = told
        self.steps = [step for step in STEPS if step.when(told)]

    @property
    def total(self) -> int:
        return len(self.steps) + 1

    def number(self, step: Step) -> int:
        return self.steps.index(step) + 1

    def before(self, step: Step) -> Step | None:
        earlier = [one for one in self.steps if SLUGS.index(one.slug) < SLUGS.index(step.slug)]
        return earlier[-1] if earlier else None

    def after(self, slug: str) -> Step | None:
        """The first step of the path after `slug`, also when that one is no longer on it; None before the check."""
        position = SLUGS.index(slug) if slug in SLUGS else -1
        return next((one for one in self.steps if SLUGS.index(one.slug) > position), None)

    def read(self, *, today: date) -> tuple[dict, Step | None]:
        """The cleaned answers of every step, and the first step that still lacks something (or None)."""
        cleaned: dict = {}
        for step in self.steps:
            form = step.form(self.told, today=today, told=self.told)
            if not form.is_valid():
                return cleaned, step
            cleaned |= form.cleaned_data
        return cleaned, None

    def asks(self, field: str) -> bool:
        return any(field in step.form.base_fields for step in self.steps)
