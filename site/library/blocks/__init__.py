"""About a dozen blocks: one class, one template in templates/blocks/, one line of documentation."""

from wagtail import blocks

from library.blocks.care import CareCardBlock, StopCardBlock
from library.blocks.evidence import CautionBlock, EvidenceBlock, HowCommonBlock, MythBlock
from library.blocks.figure import FigureBlock
from library.blocks.lists import DoDontBlock, ExerciseBlock, KeyFactsBlock, StepsBlock
from library.blocks.prose import ProseBlock


class BodyBlock(blocks.StreamBlock):
    """Everything that may stand in the body of a page."""

    prose = ProseBlock()
    care_card = CareCardBlock()
    stop_card = StopCardBlock()
    key_facts = KeyFactsBlock()
    do_dont = DoDontBlock()
    steps = StepsBlock()
    exercise = ExerciseBlock()
    figure = FigureBlock()
    how_common = HowCommonBlock()
    evidence = EvidenceBlock()
    myth = MythBlock()
    caution = CautionBlock()
