"""A person is erased: their seats at evenings stay as numbers, their ideas lose every word."""

from collections import Counter

from oltreiperimetri.audit.trail import forget_words
from oltreiperimetri.followups.domain.erasure import forget_plans
from oltreiperimetri.followups.models import FollowUpPlan
from oltreiperimetri.reminders.erasure import forget_mail_about

from ..models import Decision, Guest, Idea, IdeaVersion


def forget_person(sender, *, person, by, now, **kwargs) -> Counter:
    user = person.user
    done = forget_guests({person.email, user.email if user else ""} - {""}, person.phone)
    return done + forget_ideas(user, by=by, now=now) if user else done


def forget_guests(addresses: set[str], phone: str) -> Counter:
    """The seat stays taken, or counted; an address that leads nowhere keeps the row whole."""
    found = Guest.objects.filter(email__in=addresses)
    if phone:
        found = found | Guest.objects.filter(phone=phone, email="")
    done = Counter()
    for guest in found:
        rows = Guest.objects.filter(pk=guest.pk)
        forget_words(rows)
        done += forget_mail_about(rows)
        rows.update(name="", phone="", email=f"erased-{guest.pk}@erased.invalid", call_about="")
        done[Guest._meta.label_lower] += 1
    return done


def forget_ideas(user, *, by, now) -> Counter:
    ideas = Idea.objects.filter(author=user)
    done = forget_mail_about(ideas)
    forget_words(ideas)
    done += forget_plans(FollowUpPlan.objects.filter(idea__in=ideas), by=by, now=now)
    Decision.objects.filter(idea__in=ideas).update(message="")
    done[IdeaVersion._meta.label_lower] += IdeaVersion.objects.filter(idea__in=ideas).update(texts={})
    blank = dict.fromkeys((*Idea.TEXTS, "team"), "") | {"title": "–"}
    done[Idea._meta.label_lower] += ideas.update(**blank)
    return done
