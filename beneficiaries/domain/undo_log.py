"""What a merge did, row by row, so that it can be undone: rows are named by label and number, values are text.

The values stay in the encrypted log of the merge; nothing here is written anywhere else.
"""

from django.apps import apps
from django.db import models


def text_of(field: models.Field, row: models.Model) -> str | None:
    value = field.value_from_object(row)
    return None if value is None else field.value_to_string(row)


def photograph(row: models.Model, names: tuple[str, ...] = ()) -> dict[str, str | None]:
    """The stored values of a row (all, or of the fields called `names`) by column, in words that `put_back` reads."""
    fields = [row._meta.get_field(name) for name in names] if names else row._meta.concrete_fields
    return {field.attname: text_of(field, row) for field in fields}


def values_of(model: type[models.Model], picture: dict[str, str | None]) -> dict:
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return {name: None if text is None else fields[name].to_python(text) for name, text in picture.items()}


def put_back(model: type[models.Model], picture: dict[str, str | None]) -> models.Model:
    """Write again a row that was deleted, as it was: same number, same times."""
    row = model(**values_of(model, picture))
    row.save_base(raw=True, force_insert=True)
    return row


class UndoLog:
    """Does the acts of a merge and remembers each: the four lists go into the stored log."""

    def __init__(self):
        self.moved, self.changed, self.deleted, self.created = [], [], [], []

    def move(self, row: models.Model, name: str, to: models.Model) -> None:
        type(row)._base_manager.filter(pk=row.pk).update(**{name: to})
        self.moved.append([row._meta.label, row.pk, name])

    def change(self, row: models.Model, **values) -> None:
        before = photograph(row, tuple(values))
        type(row)._base_manager.filter(pk=row.pk).update(**values)
        for name, value in values.items():
            setattr(row, name, value)
        self.note_change(row, before)

    def note_change(self, row: models.Model, before: dict) -> None:
        """Remember a change that a verb of its own has made to `row`, already fresh."""
        names = tuple(before)
        fields = {field.attname: field for field in row._meta.concrete_fields}
        after = {name: text_of(fields[name], row) for name in names}
        self.changed.append([row._meta.label, row.pk, before, after])

    def delete(self, row: models.Model) -> None:
        self.deleted.append([row._meta.label, photograph(row)])
        type(row)._base_manager.filter(pk=row.pk).delete()

    def note_created(self, row: models.Model) -> None:
        self.created.append([row._meta.label, row.pk])

    def as_json(self) -> dict:
        return {"moved": self.moved, "changed": self.changed, "deleted": self.deleted, "created": self.created}


def found(label: str, pk: int) -> models.Model | None:
    return apps.get_model(label)._base_manager.filter(pk=pk).first()
