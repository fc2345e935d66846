"""Monitoring after a path ends: plan, checkpoints, answers. It knows no person: upper models point at the plan.

An app registers its path in ``ready()`` (its ``followups.py``) and opens a plan when the path closes::

    from oltreiperimetri.followups import paths
    paths.register(paths.Path(code="orafo.traineeship", label=_("After the traineeship"), contact=contact, owner=owner,
                              town=town, is_open=is_open, visible_to=visible_to, subject_label=subject_label,
                              audit_subject=audit_subject, related=("traineeship__person__municipality",),
                              town_lookup="traineeship__person__municipality"))

    from oltreiperimetri.followups.domain.plan import open_plan
    open_plan("orafo.traineeship", anchor_on=traineeship.ends_on, by=by, now=now, attach=traineeship.follow_by)

`followups.panels.plan_panel(plan, viewer, today=today)` draws a plan on a person's page.
"""
