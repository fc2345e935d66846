"""Registers of what hangs on the lists: saved views, requests about data, holds and disposals. All are read here only."""

from django.contrib import admin

from oltreiperimetri.shared.admin import ReadOnlyAdmin

from .models import DataRequest, Disposal, Hold, SavedView


@admin.register(SavedView)
class SavedViewAdmin(ReadOnlyAdmin):
    list_display = ["name", "list", "owner", "is_default", "is_shared"]
    list_filter = ["list", "is_shared"]
    list_select_related = ["owner"]


@admin.register(DataRequest)
class DataRequestAdmin(ReadOnlyAdmin):
    """That somebody asked, and by when it is answered; never their words."""

    list_display = ["kind", "person", "state", "asked_at", "due_on", "answered_by"]
    list_filter = ["kind", "state"]
    list_select_related = ["person", "answered_by"]
    exclude = ["text", "answer", "extension_reason"]


@admin.register(Hold)
class HoldAdmin(ReadOnlyAdmin):
    list_display = ["person", "until", "by", "lifted_at"]
    list_select_related = ["person", "by"]
    exclude = ["reason"]


@admin.register(Disposal)
class DisposalAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "ground", "state", "proposed_by", "decided_by", "decided_at"]
    list_filter = ["ground", "state"]
    list_select_related = ["proposed_by", "decided_by"]
