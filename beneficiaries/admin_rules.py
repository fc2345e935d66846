"""Rules, rehearsals and waivers: read here, changed on the portal only."""

from django.contrib import admin

from .admin import ReadOnlyAdmin, ReadOnlyInline
from .models import Rehearsal, RehearsedChange, RuleVersion, Waiver


@admin.register(RuleVersion)
class RuleVersionAdmin(ReadOnlyAdmin):
    list_display = ["version", "code", "state", "valid_from", "edited_by", "published_by"]
    list_filter = ["state"]
    list_select_related = ["edited_by", "published_by"]


class ChangeInline(ReadOnlyInline):
    model = RehearsedChange
    fields = ["before", "after"]
    show_change_link = False


@admin.register(Rehearsal)
class RehearsalAdmin(ReadOnlyAdmin):
    list_display = ["rules", "at", "looked_at", "total", "is_complete"]
    list_select_related = ["rules"]
    inlines = [ChangeInline]


@admin.register(Waiver)
class WaiverAdmin(ReadOnlyAdmin):
    list_display = ["application", "criterion", "state", "asked_by", "signed_by"]
    list_filter = ["state"]
    list_select_related = ["application", "asked_by", "signed_by"]
    search_fields = ["application__number"]
    exclude = ["reason"]
