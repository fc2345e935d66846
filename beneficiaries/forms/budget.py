"""Lines of a budget: as many rows as one needs, those left empty do not count."""

from django import forms
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.forms import ItalianDateField, MoneyField

from ..enums_money import ExpenseCategory, Frequency, IncomeCategory, Side
from ..models import BudgetLine

MOST_ROWS, MORE_ROWS = 40, 4
# What nearly everybody has: these rows stand ready, so that one writes amounts only.
READY = {
    Side.INCOME: (IncomeCategory.WAGE, IncomeCategory.UNEMPLOYMENT, IncomeCategory.SUPPORT, IncomeCategory.CHILDREN),
    Side.EXPENSE: (
        ExpenseCategory.HOUSING,
        ExpenseCategory.UTILITIES,
        ExpenseCategory.FOOD,
        ExpenseCategory.TRANSPORT,
        ExpenseCategory.PHONE,
        ExpenseCategory.SCHOOL,
        ExpenseCategory.HEALTH,
        ExpenseCategory.INSTALMENTS,
    ),
}
CHOICES = {Side.INCOME: IncomeCategory.choices, Side.EXPENSE: ExpenseCategory.choices}


class LineForm(forms.Form):
    category = forms.ChoiceField(label=_("What it is"), required=False)
    amount = MoneyField(label=_("How much (€)"), required=False)
    frequency = forms.ChoiceField(label=_("How often"), choices=Frequency.choices, initial=Frequency.MONTHLY)
    label = forms.CharField(label=_("A word to recognise it"), required=False, max_length=60)

    def __init__(self, *args, side: Side, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = [("", _("Choose")), *CHOICES[side]]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("amount") and not cleaned.get("category") and "category" not in self.errors:
            self.add_error("category", _("Choose what it is."))
        if cleaned.get("label") and cleaned.get("amount") is None and "amount" not in self.errors:
            self.add_error("amount", _("Write how much, for example 120,50."))
        return cleaned

    @property
    def line(self) -> BudgetLine | None:
        """None for a row that was left empty."""
        values = self.cleaned_data
        return BudgetLine(**{name: values[name] for name in self.fields}) if values.get("amount") else None


LineFormSet = forms.formset_factory(LineForm, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS)


class DayForm(forms.Form):
    on_day = ItalianDateField(label=_("As it is on"))


class BudgetForms:
    """The rows of both sides and, for the office, the day. `data` with `more`: the same rows and some empty ones."""

    def __init__(self, data=None, *, lines: list[BudgetLine] = (), on_day=None, with_day: bool = True):
        self.wants_more = data is not None and "more" in data
        self.day = DayForm(data, initial={"on_day": on_day}) if with_day else None
        self.sides = [(side, self.rows(side, data, lines)) for side in Side]

    def rows(self, side: Side, data, lines):
        if data is not None:
            return LineFormSet(self.with_count(data, side), prefix=side.value, form_kwargs={"side": side})
        written = [
            {"category": line.category, "amount": line.amount, "frequency": line.frequency, "label": line.label}
            for line in lines
            if line.side == side
        ]
        initial = written or [{"category": category} for category in READY[side]]
        formset = forms.formset_factory(LineForm, extra=1, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
        return formset(prefix=side.value, initial=initial, form_kwargs={"side": side})

    def with_count(self, data, side: Side):
        """How many rows were sent, and some empty ones when more are asked for; a number nobody can read is none."""
        data = data.copy()
        sent = data.get(f"{side.value}-TOTAL_FORMS", "")
        count = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 4 else 0
        more = MORE_ROWS if data.get("more") == side.value else 0
        data[f"{side.value}-TOTAL_FORMS"] = str(min(count + more, MOST_ROWS))
        data[f"{side.value}-INITIAL_FORMS"] = "0"
        return data

    def is_valid(self) -> bool:
        """Every part is asked, so that all that is wrong is said at once."""
        parts = [*([self.day] if self.day else []), *(rows for _side, rows in self.sides)]
        verdicts = [part.is_valid() for part in parts]
        return all(verdicts)

    @property
    def lines(self) -> list[BudgetLine]:
        return [form.line for _side, rows in self.sides for form in rows if form.line]

    @property
    def problems(self) -> list[tuple[str, str]]:
        """(id of the field, what is wrong) for the summary at the top."""
        single = [self.day] if self.day else []
        found = [*single, *(form for _side, rows in self.sides for form in rows)]
        return [
            (form[name].id_for_label, message)
            for form in found
            if form.is_bound and not self.wants_more
            for name, messages in form.errors.items()
            for message in messages
        ]
