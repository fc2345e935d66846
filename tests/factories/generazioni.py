from datetime import date, datetime, timedelta

import factory
from django.utils import timezone

from generazioni.models import Criterion, Edition, Idea, IdeaVersion, Juror, Mentoring, Need, Review

from .accounts import UserFactory
from .partners import RHO, OrganisationFactory

TODAY = date(2026, 11, 24)
NOW = timezone.make_aware(datetime.combine(TODAY, datetime.min.time().replace(hour=10)))


def days_of(phase: str, today: date) -> dict:
    """The days of an edition that is in `phase` on `today`, since a week and for a week."""
    offsets = {
        "preparation": (7, 30, 60, 90, 100),
        "announced": (-7, 7, 40, 60, 70),
        "ideas": (-40, -7, 7, 30, 40),
        "review": (-70, -40, -7, 7, 20),
        "decision": (-90, -60, -30, -7, 7),
    }[phase]
    names = ("announced_on", "ideas_from", "review_from", "decision_from", "results_expected_on")
    return {name: today + timedelta(days=days) for name, days in zip(names, offsets, strict=True)}


class EditionFactory(factory.django.DjangoModelFactory):
    """In `phase` on `today`, with a rubric of two criteria that weigh 60 and 40."""

    class Meta:
        model = Edition
        skip_postgeneration_save = True

    class Params:
        phase = "ideas"
        today = TODAY

    name = factory.Sequence("Concorso di prova {}".format)
    announced_on = factory.LazyAttribute(lambda edition: days_of(edition.phase, edition.today)["announced_on"])
    ideas_from = factory.LazyAttribute(lambda edition: days_of(edition.phase, edition.today)["ideas_from"])
    review_from = factory.LazyAttribute(lambda edition: days_of(edition.phase, edition.today)["review_from"])
    decision_from = factory.LazyAttribute(lambda edition: days_of(edition.phase, edition.today)["decision_from"])
    results_expected_on = factory.LazyAttribute(lambda edition: days_of(edition.phase, edition.today)["results_expected_on"])
    min_reviews = 3

    @factory.post_generation
    def criteria(self, create, extracted, **kwargs):
        for position, (name, weight) in enumerate([("Utilità", 60), ("Fattibilità", 40)], start=1):
            Criterion.objects.create(
                edition=self, name=name, weight=weight, position=position, guidance="0 niente, 5 abbastanza, 10 molto."
            )


class NeedFactory(factory.django.DjangoModelFactory):
    """Published; `proposed=True` or `returned=True`: not yet."""

    class Meta:
        model = Need

    class Params:
        proposed = factory.Trait(state=Need.State.PROPOSED, published_on=None)
        returned = factory.Trait(state=Need.State.RETURNED, published_on=None)

    edition = factory.SubFactory(EditionFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    title = factory.Sequence("Consegne a domicilio {}".format)
    description = "Non abbiamo un furgone nostro."
    offer = "Un primo ordine di prova."
    state = Need.State.PUBLISHED
    published_on = TODAY - timedelta(days=30)


class IdeaFactory(factory.django.DjangoModelFactory):
    """A whole draft; `sent=True`: sent, with its version."""

    class Meta:
        model = Idea
        skip_postgeneration_save = True

    class Params:
        sent = factory.Trait(
            state=Idea.State.SUBMITTED,
            number=factory.Sequence(lambda n: n + 1),
            submitted_at=NOW - timedelta(days=20),
        )
        chosen = factory.Trait(
            state=Idea.State.CHOSEN,
            number=factory.Sequence(lambda n: n + 1),
            submitted_at=NOW - timedelta(days=20),
        )

    edition = factory.SubFactory(EditionFactory)
    author = factory.SubFactory(UserFactory, citizen=True)
    title = factory.Sequence("Idea di prova {}".format)
    summary = "Una cargo bike per le consegne del quartiere."
    problem = "Chi non ha l'auto non riceve la spesa."
    solution = "Due persone pedalano e consegnano."
    customers = "I negozi pagano una quota al mese."
    first_steps = "Una bici, un magazzino."
    municipality_id = RHO
    state = Idea.State.DRAFT

    @factory.post_generation
    def version(self, create, extracted, **kwargs):
        if self.number:
            texts = {"title": self.title, "needs": [], **{name: getattr(self, name) for name in Idea.TEXTS}}
            IdeaVersion.objects.create(idea=self, number=1, texts=texts, sent_at=self.submitted_at)


class JurorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Juror

    edition = factory.SubFactory(EditionFactory, phase="review")
    user = factory.SubFactory(UserFactory, juror=True)


class ReviewFactory(factory.django.DjangoModelFactory):
    """Sent, with `score` on each criterion."""

    class Meta:
        model = Review
        skip_postgeneration_save = True

    idea = factory.SubFactory(IdeaFactory, sent=True, edition__phase="review")
    juror = factory.SubFactory(JurorFactory, edition=factory.SelfAttribute("..idea.edition"))
    version = factory.LazyAttribute(lambda review: review.idea.versions.first())
    state = Review.State.SENT
    sent_at = NOW

    @factory.post_generation
    def score(self, create, extracted, **kwargs):
        for criterion in self.idea.edition.criteria.all():
            self.scores.create(criterion=criterion, value=7 if extracted is None else extracted)


class MentoringFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Mentoring

    idea = factory.SubFactory(IdeaFactory, chosen=True)
    mentor = factory.SubFactory(UserFactory, roles=["mentor"])
    started_on = TODAY - timedelta(days=15)
