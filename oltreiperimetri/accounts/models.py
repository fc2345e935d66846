from datetime import date

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.models import Municipality, TimestampedModel

from .enums import ALL_TOWNS_ROLES, STAFF_ROLES, LinkPurpose, Role


class UserQuerySet(models.QuerySet):
    def active(self):
        return self.filter(is_active=True)

    def present_on(self, day: date):
        """Not away on a day; see `absent_until`."""
        return self.filter(models.Q(absent_until=None) | models.Q(absent_until__lt=day))

    def covered_on(self, user, day: date):
        """Who is away on a day and named `user` as their cover."""
        return self.filter(covered_by=user, absent_until__gte=day)

    def with_role(self, *roles: str):
        return self.filter(role_assignments__role__in=roles).distinct()

    def for_town(self, istat_code: str):
        """Caseworkers whose scope covers a municipality."""
        return self.active().filter(role_assignments__role=Role.CASEWORKER, municipalities=istat_code).distinct()


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    use_in_migrations = False

    def create_user(self, email: str, password: str | None = None, *, roles=(), email_verified=False, **fields):
        """The address is proven by the first code its owner types, unless `email_verified`."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        user.emailaddress_set.create(email=user.email, primary=True, verified=email_verified)
        for role in roles:
            user.role_assignments.create(role=role)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields):
        return self.create_user(
            email,
            password,
            roles=[Role.ADMIN],
            email_verified=True,
            is_staff=True,
            is_superuser=True,
            may_export=True,
            **fields,
        )

    def get_by_natural_key(self, username):
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who can sign in; the e-mail address is the name."""

    email = models.EmailField(_("e-mail"), unique=True)
    first_name = models.CharField(_("first name"), max_length=80, blank=True)
    last_name = models.CharField(_("last name"), max_length=80, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    is_staff = models.BooleanField(_("may enter the administration"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    joined_at = models.DateTimeField(_("joined at"), default=timezone.now)
    absent_until = models.DateField(
        _("absent until"),
        null=True,
        blank=True,
        help_text=_("The last day away, included: until then colleagues of the town get the follow-ups to call."),
    )
    covered_by = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="covers",
        verbose_name=_("covered by"),
        help_text=_("While this person is away, this colleague sees and gets what they follow."),
    )
    may_export = models.BooleanField(
        _("may take lists away as files"),
        default=False,
        help_text=_("Every file is written down: who took it, with which filters, how many rows."),
    )
    municipalities = models.ManyToManyField(
        Municipality, verbose_name=_("municipalities followed"), blank=True, related_name="caseworkers"
    )

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        ordering = ["last_name", "first_name", "pk"]
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_account_per_email"),
            models.CheckConstraint(condition=~models.Q(covered_by=models.F("pk")), name="nobody_covers_themselves"),
        ]

    def __str__(self):
        return self.get_full_name() or self.email

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self) -> str:
        return self.first_name or self.email

    def is_away_on(self, day: date) -> bool:
        return self.absent_until is not None and day <= self.absent_until

    def answering_on(self, day: date):
        """Who does their work on a day: themselves, while away the colleague who covers them, or nobody (None)."""
        if not self.is_away_on(day):
            return self if self.is_active else None
        cover = self.covered_by
        return cover if cover is not None and cover.is_active and not cover.is_away_on(day) else None

    def covered_now(self):
        """Colleagues who are away today and named this one as their cover. Reach is a matter of the present day."""
        return User.objects.covered_on(self, timezone.localdate())

    @cached_property
    def roles(self) -> frozenset[str]:
        return frozenset(self.role_assignments.values_list("role", flat=True))

    def has_role(self, *roles: str) -> bool:
        return bool(self.roles & set(roles))

    @property
    def is_staff_member(self) -> bool:
        """Caseworker, coordinator or administrator (not Django's is_staff, which opens the admin)."""
        return self.has_role(*STAFF_ROLES)

    @property
    def sees_all_towns(self) -> bool:
        return self.has_role(*ALL_TOWNS_ROLES)

    @cached_property
    def municipality_codes(self) -> frozenset[str]:
        """ISTAT codes of the towns a caseworker follows, or follows now for somebody who is away."""
        here = models.Q(caseworkers=self)
        here |= models.Q(caseworkers__covered_by=self, caseworkers__absent_until__gte=timezone.localdate())
        return frozenset(Municipality.objects.filter(here).values_list("pk", flat=True))


class RoleAssignment(models.Model):
    user = models.ForeignKey(User, models.CASCADE, related_name="role_assignments", verbose_name=_("account"))
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    granted_at = models.DateTimeField(_("granted at"), default=timezone.now)

    class Meta:
        ordering = ["role"]
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [models.UniqueConstraint(fields=["user", "role"], name="a_role_once")]

    def __str__(self):
        return self.get_role_display()


class AccessLink(TimestampedModel):
    """A link that does one thing without sign-in. Only the hash of its token is kept."""

    purpose = models.CharField(_("purpose"), max_length=20, choices=LinkPurpose.choices)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    subject_type = models.CharField(_("kind of object"), max_length=60)
    subject_id = models.BigIntegerField(_("object"))
    expires_at = models.DateTimeField(_("expires at"))
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("link without sign-in")
        verbose_name_plural = _("links without sign-in")
        indexes = [models.Index(fields=["purpose", "subject_type", "subject_id"], name="link_subject")]

    def __str__(self):
        return f"{self.get_purpose_display()} {self.subject_type} {self.subject_id}"


class Invitation(TimestampedModel):
    """Somebody is asked to take a role, perhaps for an organisation (`subject_*`)."""

    email = models.EmailField(_("e-mail"))
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    subject_type = models.CharField(_("kind of object"), max_length=60, blank=True)
    subject_id = models.BigIntegerField(_("object"), null=True, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("invited by")
    )
    expires_at = models.DateTimeField(_("expires at"))
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("accepted by")
    )

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self):
        return f"{self.email} ({self.get_role_display()})"
