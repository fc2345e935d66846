from csp.constants import NONE, UNSAFE_INLINE
from csp.decorators import csp
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.audit.trail import record_read
from oltreiperimetri.shared.admin import ReadOnlyAdmin
from oltreiperimetri.shared.redaction import cut_tokens, without_links

from .models import BounceEvent, ContactPoint, DigestLine, ForecastLine, Heartbeat, Message, Reminder

LOCKED_UP = {
    "default-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": [NONE],
    "sandbox": True,
}


@admin.register(Reminder)
class ReminderAdmin(ReadOnlyAdmin):
    list_display = ["kind", "subject_type", "subject_id", "audience", "wave", "due_at", "state", "reason"]
    list_filter = ["state", "kind", "audience"]
    search_fields = ["=subject_id"]
    date_hierarchy = "due_at"


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin):
    """The texts are in the preview only: opening it is recorded, and its links are cut."""

    list_display = ["queued_at", "recipient", "template", "state", "attempt", "last_error"]
    list_filter = ["state", "channel", "template"]
    search_fields = ["recipient", "template"]
    fields = [
        "preview",
        "queued_at",
        "recipient",
        "recipient_name",
        "template",
        "subject",
        "channel",
        "state",
        "attempt",
        "retry_at",
        "sent_at",
        "last_error",
        "message_id",
        "about_type",
        "about_id",
    ]
    readonly_fields = ["preview", "message_id"]

    @admin.display(description=_("text"))
    def preview(self, message):
        address = reverse("admin:reminders_message_preview", args=[message.pk])
        return format_html('<a href="{}">{}</a>', address, _("See the text"))

    def get_urls(self):
        guarded = self.admin_site.admin_view
        return [
            path("<int:pk>/anteprima/", guarded(self.preview_text), name="reminders_message_preview"),
            path("<int:pk>/anteprima/html/", guarded(self.preview_html), name="reminders_message_html"),
            *super().get_urls(),
        ]

    def opened(self, request, pk: int, *, part: str) -> Message:
        """The message, when the reader may look at the register; that it was opened is recorded."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        message = get_object_or_404(Message, pk=pk)
        record_read(message, by=request.user, changes={"format": part})
        return message

    def preview_text(self, request, pk):
        message = self.opened(request, pk, part="text")
        context = self.admin_site.each_context(request) | {
            "title": message.subject,
            "message": message,
            "text": cut_tokens(message.body),
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/reminders/message/preview.html", context)

    @method_decorator(csp(LOCKED_UP))
    def preview_html(self, request, pk):
        """The mail as it looks, locked up: no script, no link, no form, nothing loaded; only its own inline styles."""
        message = self.opened(request, pk, part="html")
        if not message.html:
            raise Http404
        return HttpResponse(without_links(message.html))


@admin.register(DigestLine)
class DigestLineAdmin(ReadOnlyAdmin):
    list_display = ["not_before", "recipient", "text", "message"]
    list_select_related = ["message"]
    list_filter = [("message", admin.EmptyFieldListFilter)]
    search_fields = ["recipient"]


@admin.register(ForecastLine)
class ForecastLineAdmin(ReadOnlyAdmin):
    list_display = ["at", "reminder", "goes", "reason", "in_digest", "foreseen_at"]
    list_select_related = ["reminder"]
    list_filter = ["goes", "in_digest"]


@admin.register(ContactPoint)
class ContactPointAdmin(admin.ModelAdmin):
    list_display = ["address", "kind", "status", "hard_bounces", "soft_bounces", "last_bounced_at", "no_reminders"]
    list_filter = ["status", "kind", "no_reminders"]
    search_fields = ["address"]
    readonly_fields = ["kind", "address", "hard_bounces", "soft_bounces", "last_bounced_at"]
    show_full_result_count = False

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(BounceEvent)
class BounceEventAdmin(ReadOnlyAdmin):
    list_display = ["at", "address", "is_hard"]
    list_filter = ["is_hard"]
    search_fields = ["address"]


@admin.register(Heartbeat)
class HeartbeatAdmin(ReadOnlyAdmin):
    list_display = ["entry", "at"]
