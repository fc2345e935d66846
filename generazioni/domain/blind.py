"""What a juror may read of an idea: the text that was sent, and nothing that says whose it is."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..models import Idea, IdeaVersion, Need

SHORTEST_NAME = 3


@dataclass(frozen=True)
class BlindIdea:
    """`texts` are (label, text) in reading order; `needs` are (title, organisation)."""

    pk: int
    reference: str
    title: str
    texts: tuple[tuple[str, str], ...]
    needs: tuple[tuple[str, str], ...]


def blind(idea: Idea, version: IdeaVersion) -> BlindIdea:
    """The projection of the version; `idea` comes with its edition and author."""
    names = identities(idea)
    needs = Need.objects.filter(pk__in=version.texts.get("needs", ())).select_related("organisation").order_by("pk")
    return BlindIdea(
        pk=idea.pk,
        reference=idea.reference,
        title=hide(version.texts["title"], names),
        texts=tuple((label(name), hide(version.texts.get(name, ""), names)) for name in Idea.TEXTS),
        needs=tuple((need.title, need.organisation.name) for need in needs),
    )


def blind_title(idea: Idea) -> str:
    return hide(idea.title, identities(idea))


def label(name: str) -> str:
    return str(Idea._meta.get_field(name).verbose_name)


def identities(idea: Idea) -> list[str]:
    """Names and addresses of whoever is behind an idea; a surname alone says enough."""
    author = idea.author
    found = {author.email, author.phone, author.get_full_name(), author.last_name}
    for name in idea.team_names:
        found |= {name, name.split()[-1]}
    return sorted((word for word in found if len(word) >= SHORTEST_NAME), key=len, reverse=True)


def hide(text: str, names: Iterable[str]) -> str:
    """The text with every name replaced, whatever its case; part of a longer word stays."""
    names = list(names)
    if not names:
        return text
    pattern = r"(?<!\w)(?:" + "|".join(re.escape(name) for name in names) + r")(?!\w)"
    return re.sub(pattern, _("[name hidden]"), text, flags=re.IGNORECASE)
