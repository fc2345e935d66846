"""Registers of files that look alike, of files made one and of imported lists; all the work is done on the portal."""

from django.contrib import admin

from .admin import ReadOnlyAdmin
from .models import ImportRow, PeopleImport, PersonMerge, TwinPair


@admin.register(TwinPair)
class TwinPairAdmin(ReadOnlyAdmin):
    list_display = ["first", "second", "reason", "state", "decided_at", "decided_by"]
    list_filter = ["state", "reason"]
    list_select_related = ["first", "second", "decided_by"]


@admin.register(PersonMerge)
class PersonMergeAdmin(ReadOnlyAdmin):
    """That two files became one, never what was in them."""

    list_display = ["kept", "dropped_id", "merged_at", "merged_by", "undone_at"]
    list_select_related = ["kept", "merged_by"]
    exclude = ["undo_log"]


@admin.register(PeopleImport)
class PeopleImportAdmin(ReadOnlyAdmin):
    list_display = ["name", "state", "uploaded_at", "uploaded_by"]
    list_filter = ["state"]
    list_select_related = ["uploaded_by"]
    exclude = ["headers"]


@admin.register(ImportRow)
class ImportRowAdmin(ReadOnlyAdmin):
    """That a line was there and what became of it, never what it said."""

    list_display = ["people_import", "line", "verdict", "state"]
    list_filter = ["verdict", "state"]
    list_select_related = ["people_import"]
    exclude = ["cells", "problems", "differences"]
