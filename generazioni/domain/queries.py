"""Questions about evenings that several pages ask."""

from oltreiperimetri.documents.calendar import Entry

from ..models import Evening


def calendar_entry(evening: Evening, *, url: str) -> Entry:
    """The appointment: the same `uid` for life, a growing sequence, cancelled ones said so."""
    return Entry(
        uid=f"{evening.uid}@oltreiperimetri",
        title=evening.title,
        starts_at=evening.starts_at,
        ends_at=evening.ends_at,
        place=evening.where,
        description=evening.description,
        url=url,
        sequence=evening.sequence,
        is_cancelled=evening.is_cancelled,
    )
