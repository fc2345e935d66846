"""The rules of the programme: versions, one of them, the draft, its rehearsal, its publication."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oltreiperimetri.accounts.enums import ALL_TOWNS_ROLES
from oltreiperimetri.accounts.gates import role_required, staff_required
from oltreiperimetri.shared.acting import carried_out
from oltreiperimetri.shared.errors import DomainError

from ..domain import rehearsal as rehearsals
from ..domain import rule_draft as verbs
from ..domain.rule_words import value_in_words
from ..domain.rules import as_rule_set, orafo_rules, published
from ..domain.rules_2014 import GROUP_OF
from ..enums import RuleCertainty, RuleEffect
from ..forms.rules import DraftForm
from ..models import Application, Rehearsal, RuleVersion, Screening
from .posted import posted

PER_PAGE = 25


def version_of(version: int) -> RuleVersion:
    return get_object_or_404(RuleVersion.objects.select_related("edited_by", "published_by"), version=version)


def draft_of(version: int) -> RuleVersion:
    found = version_of(version)
    if not found.is_draft:
        raise Http404
    return found


@staff_required
@require_safe
def rules(request):
    today = timezone.localdate()
    dated, in_force = {one.version: one for one in published()}, orafo_rules(today).version
    versions = list(RuleVersion.objects.select_related("edited_by", "published_by"))
    for version in versions:
        version.dates = dated.get(version.version)
        version.is_in_force = version.version == in_force
        version.to_confirm = sum(one["certainty"] == RuleCertainty.TO_CONFIRM for one in version.rules)
    context = {
        "versions": versions,
        "draft": next((one for one in versions if one.is_draft), None),
        "may_write": request.user.has_role(*ALL_TOWNS_ROLES),
    }
    return render(request, "beneficiaries/rules/list.html", context)


def lines_of(rule_set) -> list[dict]:
    effects, certainties = dict(RuleEffect.choices), dict(RuleCertainty.choices)
    return [
        {
            "rule": rule,
            "group": GROUP_OF[rule.code],
            "value": value_in_words(rule),
            "effect": effects[rule.effect],
            "certainty": certainties[rule.certainty],
            "is_sure": rule.certainty != RuleCertainty.TO_CONFIRM,
        }
        for rule in rule_set.rules
    ]


def differences_told(found: RuleVersion, *, today) -> list[dict]:
    """What differs from the rules in force, in words."""
    effects, certainties = dict(RuleEffect.choices), dict(RuleCertainty.choices)
    told = []
    for pair in verbs.differences(orafo_rules(today), as_rule_set(found)):
        rule = pair.after or pair.before
        sides = {
            name: (value_in_words(side), effects[side.effect], certainties[side.certainty], side.source) if side else ()
            for name, side in (("before", pair.before), ("after", pair.after))
        }
        changed = [
            {"before": one, "after": other}
            for one, other in zip(sides["before"] or ("–",) * 4, sides["after"] or ("–",) * 4, strict=True)
            if one != other
        ]
        told.append({"title": rule.title or rule.code, "changed": changed})
    return told


@staff_required
@require_safe
def rule_version(request, version):
    found, today = version_of(version), timezone.localdate()
    dates = next((one for one in published() if one.version == version), None)
    rehearsal = Rehearsal.objects.filter(rules=found).first() if found.is_draft else None
    may_write = request.user.has_role(*ALL_TOWNS_ROLES)
    context = {
        "version": found,
        "dates": dates,
        "lines": lines_of(as_rule_set(found)),
        "differences": differences_told(found, today=today) if found.is_draft else [],
        "rehearsal": rehearsal,
        "is_rehearsed": bool(rehearsal and rehearsal.is_complete and rehearsal.edited_at == found.edited_at),
        "changed": rehearsal.changes.count() if rehearsal else 0,
        "may_write": may_write,
        "is_own": found.edited_by_id == request.user.pk,
        "screened": 0 if found.is_draft else Screening.objects.filter(rule_set_version=version).count(),
    }
    return render(request, "beneficiaries/rules/version.html", context)


@role_required(*ALL_TOWNS_ROLES)
@require_POST
def rule_draft(request):
    """The draft under way, or a new one."""
    return redirect("beneficiaries:rule_edit", verbs.start_draft(by=request.user, now=timezone.now()).version)


@role_required(*ALL_TOWNS_ROLES)
def rule_edit(request, version):
    draft, now = draft_of(version), timezone.now()
    initial = {"valid_from": draft.valid_from, "note": draft.note}
    form = DraftForm(posted(request), rules=as_rule_set(draft), today=timezone.localdate(now), initial=initial)
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("valid_from", "note")}
        try:
            verbs.save_draft(draft, form.changes(), **facts, by=request.user, now=now)
        except DomainError as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Draft saved. Rehearse it, then somebody else publishes it."))
            return redirect(draft)
    return render(request, "beneficiaries/rules/edit.html", {"form": form, "version": draft})


@staff_required
def rule_rehearsal(request, version):
    """What a draft would change: begin or go on with POST, read with GET; each reads the applications in their reach."""
    draft = draft_of(version)
    if request.method == "POST":
        try:
            rehearsals.rehearse(draft, by=request.user, now=timezone.now())
        except DomainError as refusal:
            messages.warning(request, str(refusal))
            return redirect(draft)
        return redirect("beneficiaries:rule_rehearsal", version)
    rehearsal = Rehearsal.objects.filter(rules=draft).first()
    if rehearsal is None:
        return redirect(draft)
    in_reach = rehearsal.changes.filter(application__in=Application.objects.visible_to(request.user))
    page = Paginator(in_reach.select_related("application__person"), PER_PAGE).get_page(request.GET.get("page"))
    outcomes = dict(Screening.Outcome.choices)
    for change in page.object_list:
        change.before_told, change.after_told = outcomes[change.before], outcomes[change.after]
        change.before_tone, change.after_tone = Screening.TONES[change.before], Screening.TONES[change.after]
    context = {
        "version": draft,
        "rehearsal": rehearsal,
        "is_current": rehearsal.edited_at == draft.edited_at,
        "changed": rehearsal.changes.count(),
        "page_obj": page,
        "may_write": request.user.has_role(*ALL_TOWNS_ROLES),
    }
    return render(request, "beneficiaries/rules/rehearsal.html", context)


@role_required(*ALL_TOWNS_ROLES)
@require_POST
def rule_publish(request, version):
    draft = draft_of(version)
    carried_out(
        request,
        verbs.publish,
        draft,
        thanks=_("Published. From now on this version does not change any more."),
        tone=messages.WARNING,
    )
    return redirect(draft)


@role_required(*ALL_TOWNS_ROLES)
@require_POST
def rule_discard(request, version):
    verbs.discard(draft_of(version), by=request.user, now=timezone.now())
    messages.success(request, _("Draft thrown away."))
    return redirect("beneficiaries:rules")
