"""Registers of files that look alike and of files made one; decided and undone on the portal."""

from django.contrib import admin

from .admin import ReadOnlyAdmin
from .models import PersonMerge, TwinPair


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
