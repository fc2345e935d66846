"""In words: the criteria that only warn, a paper that is still to be seen, a requirement that was waived."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oltreiperimetri.shared.rulesets import RuleSet

from ..enums import LossReason
from ..models import PersonDocument
from .eligibility import Facts, Result, Verdict, kinds_required


def papers_named(kinds) -> str:
    """The papers as inside a sentence: a small first letter."""
    names = [str(label) for kind, label in PersonDocument.Kind.choices if kind in kinds]
    return ", ".join(name if name[:2].isupper() else name[:1].lower() + name[1:] for name in names)


def of_evidence(result: Result, rules: RuleSet, for_staff: bool) -> tuple[str, str]:
    papers = {"papers": papers_named(kinds_required(result.criterion, rules))}
    if for_staff:
        return (
            _("The person says so; the paper has not been seen yet."),
            _("Ask for one of these papers, write down that you saw it, then screen again: %(papers)s.") % papers,
        )
    return (
        _("It fits, from what you told us. We still have to see a paper."),
        _("Send or bring one of these: %(papers)s. If you cannot find it, tell us: we look for it together.") % papers,
    )


def of_waiver(result: Result, for_staff: bool) -> tuple[str, str]:
    if for_staff:
        return _("Waived for this application: who asked and who signed is written below."), ""
    return _("For you this requirement does not count: we looked at your situation, and two of us agreed."), ""


def of_age_max(result: Result, facts: Facts, rules: RuleSet, for_staff: bool) -> tuple[str, str]:
    reason = _("The programme is planned for people up to %(years)d.") % {"years": rules["age_max"]}
    match result.verdict:
        case Verdict.MET:
            return reason, ""
        case Verdict.NOT_MET:
            return reason, only_warns(for_staff)
    return _("We do not know the date of birth."), (
        _("Ask for the date of birth.") if for_staff else _("You can tell us your date of birth when we talk.")
    )


def of_loss(result: Result, facts: Facts, rules: RuleSet, for_staff: bool) -> tuple[str, str]:
    reason = _("The programme was born for those whom the crisis left without work.")
    match result.verdict:
        case Verdict.MET:
            return reason, ""
        case Verdict.NOT_MET:
            return reason, only_warns(for_staff)
    return reason, (_("Ask how the last job ended.") if for_staff else _("Tell us how the last job ended, if you like."))


def of_residence_months(result: Result, facts: Facts, rules: RuleSet, for_staff: bool) -> tuple[str, str]:
    count = rules["residence_min_months"]
    reason = ngettext(
        "The programme asks to have lived here for at least %(count)d month.",
        "The programme asks to have lived here for at least %(count)d months.",
        count,
    ) % {"count": count}
    match result.verdict:
        case Verdict.MET:
            return reason, ""
        case Verdict.NOT_MET:
            return reason, only_warns(for_staff)
    return reason, (_("Ask since when the person lives here.") if for_staff else _("Tell us since when you live here."))


def only_warns(for_staff: bool) -> str:
    if for_staff:
        return _("It only warns: talk about it with the person, then decide.")
    return _("It does not shut you out: we talk about it together.")


def seen_loss(facts: Facts) -> str:
    return str(LossReason(facts.loss_reason).label) if facts.loss_reason else _("not known")


def asked_loss(rules: RuleSet) -> str:
    labels = dict(LossReason.choices)
    return "; ".join(str(labels.get(code, code)) for code in rules["expelled_by_crisis"])
