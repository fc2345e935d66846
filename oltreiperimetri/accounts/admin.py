import allauth.mfa.admin  # noqa: F401 - registers what is registered anew below
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.admin import ReadOnlyAdmin

from .models import AccessLink, Invitation, RoleAssignment, User

REACH = ["municipalities", "absent_until", "covered_by", "may_export", "is_active", "is_staff", "is_superuser"]

admin.site.unregister([Group, Authenticator])


class RoleInline(admin.TabularInline):
    model = RoleAssignment
    extra = 0


class NewUserForm(forms.ModelForm):
    """An account made by the office has no password: its holder signs in with a code and sets one."""

    class Meta:
        model = User
        fields = ["email", "first_name", "last_name"]

    def save(self, commit=True):
        user = super().save(commit=False)
        user.email = user.email.lower()
        user.set_unusable_password()
        if commit:
            user.save()
        return user


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    form = UserChangeForm
    add_form = NewUserForm
    inlines = [RoleInline]
    list_display = ["email", "last_name", "first_name", "role_names", "is_active"]
    list_filter = ["role_assignments__role", "is_active", "municipalities"]
    search_fields = ["email", "last_name", "first_name"]
    ordering = ["last_name", "first_name"]
    filter_horizontal = ["municipalities"]
    autocomplete_fields = ["covered_by"]
    readonly_fields = ["last_login", "joined_at"]
    show_full_result_count = False
    fieldsets = [
        (None, {"fields": ["email", "password"]}),
        (_("Person"), {"fields": ["first_name", "last_name", "phone"]}),
        (_("Reach"), {"fields": REACH}),
        (_("Dates"), {"fields": ["last_login", "joined_at"]}),
    ]
    add_fieldsets = [(None, {"fields": ["email", "first_name", "last_name"]})]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("role_assignments")

    def save_model(self, request, obj, form, change):
        """Whoever reads the mail of an address that was replaced signs in no more."""
        obj.email = obj.email.lower()
        super().save_model(request, obj, form, change)
        if not change or "email" in form.changed_data:
            obj.emailaddress_set.all().delete()
            obj.emailaddress_set.create(email=obj.email, primary=True, verified=False)

    @admin.display(description=_("roles"))
    def role_names(self, user):
        return ", ".join(str(role) for role in user.role_assignments.all())

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    list_display = ["email", "role", "invited_by", "expires_at", "accepted_at"]
    list_filter = ["role"]
    list_select_related = ["invited_by"]
    search_fields = ["email"]


@admin.register(AccessLink)
class AccessLinkAdmin(ReadOnlyAdmin):
    list_display = ["purpose", "subject_type", "subject_id", "expires_at", "used_at", "revoked_at"]
    list_filter = ["purpose"]


@admin.register(Authenticator)
class AuthenticatorAdmin(ReadOnlyAdmin):
    """Second factors: the secret is never shown; whoever has lost the phone starts again when theirs is deleted."""

    list_display = ["user", "type", "created_at", "last_used_at"]
    list_filter = ["type"]
    search_fields = ["user__email"]
    fields = ["user", "type", "created_at", "last_used_at"]

    def has_delete_permission(self, request, obj=None):
        return request.user.is_superuser
