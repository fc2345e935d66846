"""The people of an organisation and their accounts."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from oltreiperimetri.accounts.enums import Role
from oltreiperimetri.accounts.invitations import invite as invite_to_role
from oltreiperimetri.accounts.models import Invitation, User
from oltreiperimetri.audit.trail import record
from oltreiperimetri.shared.errors import DomainError

from ..models import Contact, JoinRequest, Organisation
from . import changes


@transaction.atomic
def add(organisation: Organisation, values: Mapping, *, by) -> Contact:
    contact = Contact.objects.create(organisation=organisation, **values)
    record("create", contact, by=by)
    return contact


def change(contact: Contact, values: Mapping, *, by) -> list[str]:
    return changes.apply(contact, values, by=by)


@transaction.atomic
def invite(contact: Contact, *, by, now: datetime) -> None:
    """Ask a contact to make an account. Raises DomainError without an address or when there is an account already."""
    if contact.user_id:
        raise DomainError(_("%(name)s already has an account.") % {"name": contact.full_name}, code="has_account")
    if not contact.email:
        raise DomainError(_("Write an e-mail address first: the invitation travels by e-mail."), code="no_email")
    invite_to_role(contact.email, Role.FIRM_CONTACT, by=by, now=now, subject=contact.organisation)


@transaction.atomic
def end_access(contact: Contact, *, by) -> None:
    """The person no longer acts for the organisation in the portal; the contact stays, history needs it."""
    if contact.user_id is None:
        raise DomainError(_("%(name)s has no account.") % {"name": contact.full_name}, code="no_account")
    record("end_access", contact, by=by, changes={"user": [contact.user_id, None]})
    contact.user = None
    contact.save(update_fields=["user", "updated_at"])


def link_account(invitation: Invitation, user: User) -> None:
    """An accepted invitation joins the account to the contact with its address, or makes the contact."""
    if invitation.subject_type != Organisation._meta.label_lower:
        return
    organisation = Organisation.objects.get(pk=invitation.subject_id)
    if organisation.contacts.filter(user=user).exists():
        return
    contact = organisation.contacts.filter(email__iexact=invitation.email, user=None).first()
    if contact is None:
        contact = Contact(
            organisation=organisation, email=invitation.email, first_name=user.first_name, last_name=user.last_name
        )
    contact.user = user
    contact.save()
    if not user.get_full_name():
        user.first_name, user.last_name = contact.first_name, contact.last_name
        user.save(update_fields=["first_name", "last_name"])
    record("link_account", contact, by=user, changes={"user": [None, user.pk]})


@transaction.atomic
def answer_join_request(request: JoinRequest, *, accept: bool, by, now: datetime) -> None:
    """Staff invite whoever asked, or set the request aside."""
    request = JoinRequest.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=request.pk)
    if request.handled_at:
        raise DomainError(_("Somebody has already answered this request."), code="handled")
    if accept:
        contact = request.organisation.contacts.filter(email__iexact=request.email).first() or add(
            request.organisation,
            {name: getattr(request, name) for name in ("first_name", "last_name", "position", "email", "phone")},
            by=by,
        )
        if not contact.user_id:
            invite(contact, by=by, now=now)
    request.handled_at, request.handled_by, request.was_invited = now, by, accept
    request.save(update_fields=["handled_at", "handled_by", "was_invited", "updated_at"])
    record("answer_join_request", request.organisation, by=by, changes={"was_invited": int(accept)}, at=now)
