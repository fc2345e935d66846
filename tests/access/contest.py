from django.utils import timezone

from generazioni.models import Decision
from tests.factories.generazioni import (
    EditionFactory,
    IdeaFactory,
    JurorFactory,
    MentoringFactory,
    NeedFactory,
)

from .matrix import FIRMS, STAFF_ALL, everybody, only, refused

AUTHORS = frozenset({"citizen", "beneficiary", "other_beneficiary"})
STAFF_ONLY = only(STAFF_ALL)
HOST_ONLY = only({"firm"} | STAFF_ALL, hidden={"other_firm"})
HOST_POST = refused(only(FIRMS | STAFF_ALL))
OWN_ONLY = only({"beneficiary"}, hidden={"other_beneficiary", "citizen"})
OWN_POST = refused(only(AUTHORS))
JUROR_ONLY = only({"juror"})
WORDS = ("Ideacanarina", "Bozzacanarina")


def build_contest(world):
    """An edition in review with an idea of `beneficiary`, and a finished one with an idea that `mentor` follows."""
    now, today = timezone.now(), timezone.localdate()
    world.edition = EditionFactory(phase="review", today=today, name="Concorso corrente")
    earlier = EditionFactory(phase="decision", today=today - timezone.timedelta(days=730), results_published_at=now)
    world.criterion = world.edition.criteria.first()
    world.need = NeedFactory(edition=world.edition, organisation=world.organisation)
    world.juror_seat = JurorFactory(edition=world.edition, user=world.users["juror"])
    author = world.users["beneficiary"]
    world.idea = IdeaFactory(
        sent=True,
        edition=world.edition,
        author=author,
        team="Tizia Ideacanarina",
        solution=f"Scrivetemi a {author.email}: sono {author.get_full_name()}, con Tizia Ideacanarina.",
    )
    world.idea.needs.add(world.need)
    world.draft = IdeaFactory(edition=world.edition, author=author, title="Bozzacanarina", summary="Bozzacanarina")
    followed = IdeaFactory(chosen=True, edition=earlier, author=world.users["other_beneficiary"])
    Decision.objects.create(idea=followed, outcome="chosen", message="Brava.", at=now)
    world.mentoring = MentoringFactory(idea=followed, mentor=world.users["mentor"], started_on=today)
    world.canaries["idea"] = [WORDS[0], author.last_name]
    world.canaries["idea_draft"] = [WORDS[1]]


def of(name):
    return lambda world: {"pk": getattr(world, name).pk}


OF_EDITION = ["edition_edit", "move_day", "criterion_new", "ranking", "publish_results", "seat"]
KWARGS = {
    "generazioni:need": of("need"),
    "generazioni:criterion_edit": of("criterion"),
    "generazioni:criterion_remove": of("criterion"),
    "generazioni:unseat": of("juror_seat"),
    **{f"generazioni:{name}": of("edition") for name in OF_EDITION},
    **{
        f"generazioni:{name}": of("need")
        for name in ["need_own", "need_edit", "need_withdraw", "need_publish", "need_send_back"]
    },
    **{f"generazioni:{name}": of("idea") for name in ["idea", "idea_edit", "idea_submit", "idea_withdraw"]},
    **{f"generazioni:{name}": of("idea") for name in ["idea_office", "idea_decide", "assign_mentor", "review", "conflict"]},
    "generazioni:mentoring": of("mentoring"),
    "generazioni:mentoring_end": of("mentoring"),
}

ROWS = {
    ("generazioni:contest", "GET"): everybody(),
    ("generazioni:contest", "POST"): refused(everybody()),
    ("generazioni:need", "GET"): everybody(),
    ("generazioni:need", "POST"): refused(everybody()),
    ("generazioni:my_ideas", "GET"): only(AUTHORS),
    ("generazioni:my_ideas", "POST"): refused(only(AUTHORS)),
    ("generazioni:idea_new", "GET"): only(AUTHORS),
    ("generazioni:idea_new", "POST"): only(AUTHORS),
    ("generazioni:idea", "GET"): OWN_ONLY,
    ("generazioni:idea", "POST"): OWN_POST,
    ("generazioni:idea_edit", "GET"): OWN_ONLY,
    ("generazioni:idea_edit", "POST"): OWN_ONLY,
    ("generazioni:need_new", "GET"): only(FIRMS, hidden=STAFF_ALL),
    ("generazioni:need_new", "POST"): only(FIRMS, hidden=STAFF_ALL),
    ("generazioni:need_own", "GET"): HOST_ONLY,
    ("generazioni:need_own", "POST"): HOST_POST,
    ("generazioni:need_edit", "GET"): HOST_ONLY,
    ("generazioni:need_edit", "POST"): HOST_ONLY,
    ("generazioni:need_withdraw", "GET"): HOST_POST,
    ("generazioni:need_withdraw", "POST"): HOST_ONLY,
    ("generazioni:jury", "GET"): JUROR_ONLY,
    ("generazioni:jury", "POST"): refused(JUROR_ONLY),
    ("generazioni:mentoring", "GET"): only({"mentor"} | STAFF_ALL),
    ("generazioni:mentoring", "POST"): only({"mentor"} | STAFF_ALL),
    ("generazioni:ideas", "GET"): STAFF_ONLY,
    ("generazioni:ideas", "POST"): refused(STAFF_ONLY),
    ("generazioni:needs", "GET"): STAFF_ONLY,
    ("generazioni:needs", "POST"): refused(STAFF_ONLY),
    ("generazioni:desk", "GET"): STAFF_ONLY,
    ("generazioni:desk", "POST"): refused(STAFF_ONLY),
    ("generazioni:idea_office", "GET"): STAFF_ONLY,
    ("generazioni:idea_office", "POST"): refused(STAFF_ONLY),
    ("generazioni:ranking", "GET"): STAFF_ONLY,
    ("generazioni:ranking", "POST"): refused(STAFF_ONLY),
    **{(f"generazioni:{name}", "GET"): OWN_POST for name in ["idea_submit", "idea_withdraw"]},
    **{(f"generazioni:{name}", "POST"): OWN_ONLY for name in ["idea_submit", "idea_withdraw"]},
    **{(f"generazioni:{name}", method): JUROR_ONLY for name in ["review", "conflict"] for method in ["GET", "POST"]},
    **{
        (f"generazioni:{name}", method): STAFF_ONLY
        for name in ["edition_new", "edition_edit", "move_day", "criterion_new", "criterion_edit", "publish_results"]
        for method in ["GET", "POST"]
    },
    **{
        (f"generazioni:{name}", method): STAFF_ONLY if method == "POST" else refused(STAFF_ONLY)
        for name in [
            "criterion_remove",
            "seat",
            "unseat",
            "need_publish",
            "need_send_back",
            "idea_decide",
            "assign_mentor",
            "mentoring_end",
        ]
        for method in ["GET", "POST"]
    },
}
