"""The access matrix: every URL and method x every persona has a declared expectation.

Each app declares its part in `expect_<app>.py`::

    def build(world):            # create the objects its URLs need, with the app's factories
        world.application = ApplicationFactory(person=world.person)

    KWARGS = {                   # URL name -> kwargs of the object that belongs to `world`
        "beneficiaries:application": lambda world: {"pk": world.application.pk},
    }

    ROWS = {                     # (URL name, method) -> expectation
        ("beneficiaries:applications", "GET"): only(STAFF_ALL),
        ("beneficiaries:application", "GET"): only(STAFF_IN_REACH, hidden={"other_caseworker"}),
        ("beneficiaries:application", "POST"): same_as_get(...),
        ("beneficiaries:check", "GET"): everybody(),
    }

Personas: see PERSONAS. `world.users[persona]` is the signed-in User. `world.person` is the Person of `beneficiary`
(lives in Rho, followed by `caseworker`), `world.other_person` the one of `other_beneficiary` (lives in Pero, followed by
`other_caseworker`); `world.organisation` belongs to `firm`, `world.other_organisation` to `other_firm`. Objects addressed by
KWARGS belong to `world.person` / `world.organisation`, so the `other_*` personas must not reach them.

Canaries: `build` plants a unique word in every personal field of its objects and adds it to `world.canaries[...]`:
"person" and "other_person" (name, e-mail, phone, tax code of the two people), "notes" (staff notes and internal texts about
`world.person`), "firm_bank" and "other_firm_bank" (IBAN). test_canaries.py crawls every page as every persona and looks for
the words it may not see. A host firm sees the name of its own trainee only.

Expectations: `ok` = the gate opens (any answer but 403, 404, 405, 5xx or the sign-in page); a number = exactly that
status; `login` = sent to sign in. `only(personas, hidden=…)`: ok for personas, 404 for hidden, login for anonymous, 403 for
the rest.
Every hidden answer is compared with the answer for an object that does not exist: they must be the same bytes.
POST sends an empty form. A method that a view does not offer is declared `refused()` (405, after the gate).
A URL without a row fails the suite.
"""
