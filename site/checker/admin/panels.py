"""How the edit forms are laid out."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    MultipleChooserPanel,
    ObjectList,
)

from checker.admin.forms import CaseForm, CauseForm, QuestionForm, RuleForm, SignForm

COLLEAGUES = MultiFieldPanel(
    [FieldPanel("note"), FieldPanel("section"), FieldPanel("checker")],
    heading=_("For colleagues"),
    classname="collapsed",
)
SOURCES = MultipleChooserPanel(
    "sources",
    chooser_field_name="source",
    heading=_("Sources"),
    label=_("Source"),
    panels=[FieldPanel("source")],
    help_text=_("Every rule and sign needs one. EXPERT stands for expert judgement."),
)

QUESTION = ObjectList(
    [
        FieldPanel("text"),
        FieldPanel("hint"),
        FieldPanel("why"),
        FieldRowPanel([FieldPanel("key"), FieldPanel("kind")]),
        FieldPanel("scale"),
        InlinePanel(
            "options",
            heading=_("Answers, from the safest to the most worrying"),
            label=_("Answer"),
            min_num=2,
            panels=[
                FieldRowPanel([FieldPanel("text"), FieldPanel("key")]),
                FieldRowPanel([FieldPanel("said"), FieldPanel("share")]),
            ],
        ),
        FieldPanel("asked_after_picked"),
        MultiFieldPanel(
            [FieldPanel("crowd_note")], heading=_("Simulated crowd"), classname="collapsed"
        ),
        COLLEAGUES,
    ],
    base_form_class=QuestionForm,
)
RULE = ObjectList(
    [
        FieldRowPanel([FieldPanel("key"), FieldPanel("level")]),
        FieldPanel("when_picked"),
        FieldPanel("because"),
        FieldPanel("card"),
        SOURCES,
        FieldPanel("about_picked"),
        COLLEAGUES,
    ],
    base_form_class=RuleForm,
)
CAUSE = ObjectList(
    [
        FieldRowPanel([FieldPanel("name"), FieldPanel("key")]),
        FieldPanel("page"),
        FieldPanel("lookalike"),
        COLLEAGUES,
    ],
    base_form_class=CauseForm,
)
SIGN = ObjectList(
    [
        FieldRowPanel([FieldPanel("cause"), FieldPanel("weight")]),
        FieldPanel("phrase"),
        FieldPanel("answers_picked"),
        SOURCES,
        COLLEAGUES,
    ],
    base_form_class=SignForm,
)
CASE = ObjectList(
    [
        HelpPanel(
            _("A made-up patient. Never write down a real one."), heading=_("Before you begin")
        ),
        FieldPanel("text"),
        FieldRowPanel([FieldPanel("key"), FieldPanel("level")]),
        FieldPanel("accept"),
        FieldPanel("answers_picked"),
        FieldPanel("causes_picked"),
        COLLEAGUES,
    ],
    base_form_class=CaseForm,
)
WORKING_COPY = ObjectList(
    [
        FieldPanel("title"),
        MultiFieldPanel(
            [
                FieldPanel(f"about_{name}")
                for name in ("questions", "rules", "signs", "cases", "crowd")
            ],
            heading=_("Introductions, for colleagues"),
        ),
    ]
)
