from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchWord(models.Model):
    """One normalised word by which a person is found: no accents, no apostrophes, lower case.

    Words come from names, phone and e-mail only (`domain/search.py` writes them).
    """

    person = models.ForeignKey("beneficiaries.Person", models.CASCADE, related_name="search_words", verbose_name=_("person"))
    word = models.CharField(_("word"), max_length=120, db_index=True)

    class Meta:
        ordering = ["word"]
        verbose_name = _("search word")
        verbose_name_plural = _("search words")
        constraints = [models.UniqueConstraint(fields=["person", "word"], name="a_word_once_per_person")]

    def __str__(self):
        return self.word
