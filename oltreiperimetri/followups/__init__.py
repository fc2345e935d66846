"""Monitoring after a path ends: plan, checkpoints, answers. It knows no person: upper models point at the plan.

A new path (a course of financial education, a debt negotiated again) needs three things in its own app:

1. on the model whose end is followed, ``plan = OneToOneField("followups.FollowUpPlan", null=True, related_name="course")``
   and ``def follow_by(self, plan): self.plan = plan``;
2. in its ``followups.py``, called from ``ready()``, what this app cannot see, the months as data::

    from oltreiperimetri.followups import paths
    paths.register(paths.Path(code="finance.course", label=_("After the course"), offsets_months=(3, 6),
                              contact=contact, owner=owner, town=town, is_open=is_open, visible_to=visible_to,
                              subject_label=subject_label, audit_subject=audit_subject, had_firm=False,
                              related=("course__person__municipality",), town_lookup="course__person__municipality"))

3. in the verb that ends the path, in its transaction::

    from oltreiperimetri.followups.domain.plan import open_plan
    open_plan("finance.course", anchor_on=course.ended_on, by=by, now=now, attach=course.follow_by)
    course.save(update_fields=["plan", "updated_at"])

Board, figures, export, letters, form and ladder follow by themselves. `beside=paths.Beside(...)` asks a second party at
some months; `cohort_lookup` and `firm_lookup` group the figures. `orafo/followups.py` has two paths of one person,
`generazioni/followups.py` one of an idea. Moving the end is `move_anchor`, giving it up `stop_plan`.
`followups.panels.plan_panel(plan, viewer, today=today)` draws a plan on a person's page.
"""
