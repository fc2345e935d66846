"""What is due: Reminder (intent) -> Message (delivery) -> ContactPoint (address).

Apps register a kind in ``ready()`` (their ``reminders.py``) and call the engine inside the transaction of the fact::

    from oltreiperimetri.reminders import kinds
    kinds.register(kinds.Kind(code="partners.slot_expiring", subject="partners.slot", label=_("Slot about to expire"),
                              wanted=wanted, still_needed=still_needed, recipients=recipients, compose=compose,
                              live_subjects=lambda: Slot.objects.offered()))

    from oltreiperimetri.reminders import engine
    engine.plan(slot, now=now)                                   # whenever a fact about the slot changed
    engine.queue_mail("partners/accredited", {"organisation": organisation}, to=contact.email,
                      dedupe_key=f"accredited:{organisation.pk}", now=now, about=organisation)

A template is three files: ``templates/mail/<app>/<name>.subject.txt``, ``.txt`` and ``.html``.
"""
