"""Registers of the ideas contest. States and days move on the portal only, where they leave a trace."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.audit.trail import record_read
from oltreiperimetri.shared import admin as shared

from .models import (
    Abstention,
    BoundaryChange,
    Criterion,
    Decision,
    Edition,
    Idea,
    IdeaVersion,
    Juror,
    Meeting,
    Mentoring,
    Need,
    Review,
    Score,
)


class KeptAdmin(shared.KeptAdmin):
    """States change in the portal, where they leave a trace; nothing that history needs is deleted."""

    view_on_site = False
    list_per_page = 50
    save_on_top = False


class ReadOnlyAdmin(shared.ReadOnlyAdmin):
    view_on_site = False
    list_per_page = 50


class ReadOnlyInline(admin.TabularInline):
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class CriterionInline(ReadOnlyInline):
    model = Criterion
    fields = ["position", "name", "weight", "guidance"]


class BoundaryChangeInline(ReadOnlyInline):
    model = BoundaryChange
    fields = ["boundary", "old_day", "new_day", "reason", "by", "at"]


@admin.register(Edition)
class EditionAdmin(KeptAdmin):
    list_display = ["name", "announced_on", "ideas_from", "review_from", "decision_from", "results_published_at"]
    search_fields = ["name"]
    date_hierarchy = "announced_on"
    readonly_fields = ["announced_on", "ideas_from", "review_from", "decision_from", "results_expected_on"]
    readonly_fields += ["results_published_at", "min_reviews"]
    inlines = [CriterionInline, BoundaryChangeInline]
    fieldsets = [
        (None, {"fields": ["name", "introduction", "min_reviews"]}),
        (_("Days: moved in the portal, with a reason that everybody reads"), {"fields": readonly_fields[:6]}),
    ]

    def has_add_permission(self, request):
        return False


@admin.register(Need)
class NeedAdmin(KeptAdmin):
    list_display = ["title", "organisation", "edition", "state", "published_on"]
    list_filter = ["state", "edition"]
    list_select_related = ["organisation", "edition"]
    search_fields = ["title", "organisation__name"]
    autocomplete_fields = ["organisation"]
    readonly_fields = ["edition", "organisation", "state", "published_on"]

    def has_add_permission(self, request):
        return False


class IdeaVersionInline(ReadOnlyInline):
    model = IdeaVersion
    fields = ["number", "sent_at"]


class DecisionInline(ReadOnlyInline):
    model = Decision
    fields = ["outcome", "message", "by", "at"]


@admin.register(Idea)
class IdeaAdmin(ReadOnlyAdmin):
    """Only what was sent: drafts belong to their authors. Opening one is recorded."""

    list_display = ["reference", "title", "author", "municipality", "state", "submitted_at"]
    list_filter = ["state", "edition", "municipality"]
    list_select_related = ["edition", "author", "municipality"]
    search_fields = ["title", "author__last_name", "author__email"]
    date_hierarchy = "submitted_at"
    inlines = [IdeaVersionInline, DecisionInline]

    def get_queryset(self, request):
        return super().get_queryset(request).sent()

    def change_view(self, request, object_id, form_url="", extra_context=None):
        found = self.get_object(request, object_id)
        if found is not None and request.method == "GET":
            record_read(found, by=request.user)
        return super().change_view(request, object_id, form_url, extra_context)


@admin.register(Juror)
class JurorAdmin(ReadOnlyAdmin):
    list_display = ["user", "edition"]
    list_filter = ["edition"]
    list_select_related = ["user", "edition"]
    search_fields = ["user__last_name", "user__email"]


@admin.register(Abstention)
class AbstentionAdmin(ReadOnlyAdmin):
    list_display = ["idea", "juror", "reason", "declared_at"]
    list_filter = ["idea__edition"]
    list_select_related = ["idea", "juror__user"]
    search_fields = ["idea__title", "juror__user__last_name"]


class ScoreInline(ReadOnlyInline):
    model = Score
    fields = ["criterion", "value"]


@admin.register(Review)
class ReviewAdmin(ReadOnlyAdmin):
    list_display = ["idea", "juror", "state", "sent_at"]
    list_filter = ["state", "idea__edition"]
    list_select_related = ["idea", "juror__user"]
    search_fields = ["idea__title", "juror__user__last_name"]
    inlines = [ScoreInline]


class MeetingInline(ReadOnlyInline):
    model = Meeting
    fields = ["day", "minutes", "notes", "next_on", "by"]


@admin.register(Mentoring)
class MentoringAdmin(ReadOnlyAdmin):
    list_display = ["idea", "mentor", "started_on", "ended_on"]
    list_filter = ["idea__edition"]
    list_select_related = ["idea", "mentor"]
    search_fields = ["idea__title", "mentor__last_name", "mentor__email"]
    inlines = [MeetingInline]
