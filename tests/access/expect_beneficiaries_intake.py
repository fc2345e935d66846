from datetime import timedelta

from django.utils import timezone

from beneficiaries.domain import draft as drafts

from .matrix import everybody


def build(world):
    """A registration under way of nobody here, with the link that opens it."""
    now = timezone.now()
    draft, _code = drafts.begin(now=now - timedelta(days=1))
    drafts.save_half(draft, {"first_name": "Canarinoquattro", "email": "canarinoquattro@example.org"}, now=now)
    world.draft_token = drafts.link_token(draft)


KWARGS = {"beneficiaries:register_link": lambda world: {"token": world.draft_token}}

# A registration under way belongs to whoever's session began it, or whoever has its link.
ROWS = {
    ("beneficiaries:register_lost_code", "GET"): everybody(),
    ("beneficiaries:register_lost_code", "POST"): everybody(),
    ("beneficiaries:register_link", "GET"): everybody(),
    ("beneficiaries:register_link", "POST"): everybody(),
    ("beneficiaries:register_rules", "GET"): everybody(),
    ("beneficiaries:register_rules", "POST"): everybody(),
    ("beneficiaries:register_finished", "GET"): everybody(),
    ("beneficiaries:register_finished", "POST"): everybody(405),
    ("beneficiaries:register_autosave", "GET"): everybody(405),
    ("beneficiaries:register_autosave", "POST"): everybody(),
}
