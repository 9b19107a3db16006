"""One page type a file; snippets beside them."""

from library.models.brand import SiteBrand
from library.models.cause import CausePage
from library.models.feedback import Feedback
from library.models.glossary import GlossaryTerm
from library.models.home import HomePage
from library.models.index_page import IndexPage
from library.models.info import InfoPage
from library.models.loaded import LoadedItem
from library.models.missed_search import MissedSearch
from library.models.relations import CauseLookalike, CauseTip, CauseTreatment
from library.models.search_synonym import SearchSynonym
from library.models.source import Source
from library.models.tip import TipPage
from library.models.topic import TopicPage
from library.models.treatment import TreatmentPage

__all__ = [
    "CauseLookalike",
    "CausePage",
    "CauseTip",
    "CauseTreatment",
    "Feedback",
    "GlossaryTerm",
    "HomePage",
    "IndexPage",
    "InfoPage",
    "LoadedItem",
    "MissedSearch",
    "SearchSynonym",
    "SiteBrand",
    "Source",
    "TipPage",
    "TopicPage",
    "TreatmentPage",
]
