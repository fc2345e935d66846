"""The people of an organisation and their accounts."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from oltreiperimetri.accounts.enums import Role
from oltreiperimetri.accounts.invitations import invite as invite_to_role
from oltreiperimetri.accounts.invitations import withdraw as withdraw_invitations
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


@transaction.atomic
def change(contact: Contact, values: Mapping, *, by, now: datetime) -> list[str]:
    """An invitation sent to an address that is corrected opens nothing any more: it may have reached a stranger."""
    before = Contact.objects.values_list("email", flat=True).get(pk=contact.pk)
    changed = changes.apply(contact, values, by=by)
    if before.lower() != contact.email.lower():
        withdraw_invitations(before, Role.FIRM_CONTACT, subject=contact.organisation, by=by, now=now)
    return changed


@transaction.atomic
def invite(contact: Contact, *, by, now: datetime) -> None:
    """Ask a contact to make an account. Raises DomainError without an address or when there is an account already."""
    if contact.user_id:
        raise DomainError(_("%(name)s already has an account.") % {"name": contact.full_name}, code="has_account")
    if not contact.email:
        raise DomainError(_("Write an e-mail address first: the invitation travels by e-mail."), code="no_email")
    invite_to_role(contact.email, Role.FIRM_CONTACT, by=by, now=now, subject=contact.organisation)


@transaction.atomic
def end_access(contact: Contact, *, by, now: datetime) -> None:
    """The person no longer acts for the organisation in the portal, nor comes back by an older invitation.

    The contact stays, history needs it.
    """
    if contact.user_id is None:
        raise DomainError(_("%(name)s has no account.") % {"name": contact.full_name}, code="no_account")
    record("end_access", contact, by=by, changes={"user": [contact.user_id, None]}, at=now)
    for address in {contact.email.lower(), contact.user.email.lower()}:
        withdraw_invitations(address, Role.FIRM_CONTACT, subject=contact.organisation, by=by, now=now)
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
