from datetime import timedelta

from django.utils import timezone

from oltreiperimetri.accounts.enums import LinkPurpose
from oltreiperimetri.accounts.links import issue_link
from oltreiperimetri.followups import paths
from oltreiperimetri.followups.domain.plan import open_plan
from oltreiperimetri.reminders.kinds import Recipient

from .matrix import STAFF_ALL, STAFF_IN_REACH, everybody, only, refused

PATH, RHO = "access.path", "015182"


def build(world):
    """A plan of somebody who lives in Rho."""
    world.canaries["follow-up"] = ["Canarinomonitorato"]
    paths.register(
        paths.Path(
            code=PATH,
            label="Percorso di prova",
            contact=lambda plan: Recipient("canarino@example.org", name="Prova"),
            owner=lambda plan: None,
            town=lambda plan: RHO,
            is_open=lambda plan: True,
            visible_to=lambda plans, user: plans if user.sees_all_towns or RHO in user.municipality_codes else plans.none(),
            subject_label=lambda plan: "Prova Canarinomonitorato",
            audit_subject=lambda plan: None,
            beside=paths.Beside(
                label="Azienda",
                question="%(subject)s lavora ancora da voi?",
                contacts=lambda plan: [Recipient("azienda@example.org", name="Azienda")],
                person_says=lambda answer: None,
                months=(1,),
            ),
        )
    )
    now = timezone.now()
    anchor = timezone.localdate() - timedelta(days=40)
    world.checkpoint = open_plan(PATH, anchor_on=anchor, by=None, now=now).checkpoints.first()
    expires_at = now + timedelta(days=30)
    world.witness_token = issue_link(LinkPurpose.WITNESS, world.checkpoint.witness, expires_at=expires_at)
    world.follow_up_token = issue_link(LinkPurpose.FOLLOW_UP, world.checkpoint, expires_at=now + timedelta(days=30))


def its_checkpoint(world):
    return {"pk": world.checkpoint.pk}


ACTS = [
    "checkpoint_answer",
    "checkpoint_attempt",
    "checkpoint_close",
    "checkpoint_move",
    "checkpoint_send",
    "checkpoint_called",
    "checkpoint_witness",
    "checkpoint_leave_out",
]
PLAN_ACTS = ["plan_add", "plan_stop", "plan_reopen"]
IN_REACH = only(STAFF_IN_REACH, hidden={"other_caseworker"})

KWARGS = {f"portal:{name}": its_checkpoint for name in ["checkpoint", *ACTS]} | {
    **{f"portal:{name}": lambda world: {"pk": world.checkpoint.plan_id} for name in ["follow_up_plan", *PLAN_ACTS]},
    "portal:witness": lambda world: {"pk": world.checkpoint.witness.pk},
    "followups:answer": lambda world: {"token": world.follow_up_token},
    "followups:witness": lambda world: {"token": world.witness_token},
}

ROWS = {
    ("followups:answer", "GET"): everybody(),
    ("followups:answer", "POST"): everybody(),
    ("followups:witness", "GET"): everybody(),
    ("followups:witness", "POST"): everybody(),
    ("portal:monitoring", "GET"): only(STAFF_ALL),
    ("portal:monitoring", "POST"): refused(only(STAFF_ALL)),
    ("portal:checkpoint", "GET"): IN_REACH,
    ("portal:checkpoint", "POST"): refused(only(STAFF_ALL)),
    ("portal:follow_up_plan", "GET"): IN_REACH,
    ("portal:follow_up_plan", "POST"): refused(only(STAFF_ALL)),
    ("portal:witness", "GET"): IN_REACH,
    ("portal:witness", "POST"): refused(only(STAFF_ALL)),
    **{(f"portal:{name}", "GET"): refused(only(STAFF_ALL)) for name in [*ACTS, *PLAN_ACTS]},
    **{(f"portal:{name}", "POST"): IN_REACH for name in [*ACTS, *PLAN_ACTS]},
}
