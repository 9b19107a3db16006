from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from library.lines import split_lines


class SearchSynonym(models.Model):
    """Words that mean the same to somebody who searches: whoever types one finds them all."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    words = models.TextField(
        _("words"),
        help_text=_(
            "One word or phrase on each line, two or more. Write them as people type them, "
            "in lower case. Plurals and endings are found by themselves."
        ),
    )

    panels = [FieldPanel("key"), FieldPanel("words")]

    class Meta:
        verbose_name = _("search synonym")
        verbose_name_plural = _("search synonyms")
        ordering = ["key"]

    def __str__(self) -> str:
        return ", ".join(self.group)

    @property
    def group(self) -> list[str]:
        return split_lines(self.words)

    def clean_fields(self, exclude: object = None) -> None:
        super().clean_fields(exclude=exclude)  # type: ignore[arg-type]
        if len(self.group) < 2:
            raise ValidationError({"words": _("Write at least two words, each on its own line.")})
