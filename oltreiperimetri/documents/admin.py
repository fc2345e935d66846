from django.contrib import admin

from oltreiperimetri.shared.admin import ReadOnlyAdmin

from .models import StoredFile


@admin.register(StoredFile)
class StoredFileAdmin(ReadOnlyAdmin):
    list_display = ["name", "content_type", "size", "created_at", "uploaded_by"]
    list_select_related = ["uploaded_by"]
    search_fields = ["name"]
