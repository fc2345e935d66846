from django.contrib import admin

from oltreiperimetri.shared.admin import ReadOnlyAdmin

from .models import DemoMail, DemoMarker


@admin.register(DemoMail)
class DemoMailAdmin(ReadOnlyAdmin):
    list_display = ["sent_at", "to", "subject"]
    search_fields = ["to", "subject"]


@admin.register(DemoMarker)
class DemoMarkerAdmin(ReadOnlyAdmin):
    list_display = ["seeded_at"]
