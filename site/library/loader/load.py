"""Loads the starter library: everything, or nothing at all."""

from pathlib import Path

from django.db import transaction

from library.loader.indexes import indexed_at_the_end
from library.loader.library_files import LibraryFiles, read_library
from library.loader.pages import PageWriter
from library.loader.report import Report
from library.loader.snippets import sync_sources, sync_synonyms, sync_terms
from library.signals import content_checking, content_loading


def check_library(root: Path) -> LibraryFiles:
    """Read and check every file. Raises ContentError. Needs no database and changes nothing."""
    files = read_library(root)
    content_checking.send(sender=None, root=root)
    return files


def load_library(root: Path, report: Report) -> None:
    """Bring the database up to the files. Raises ContentError before anything has changed."""
    report.tell("Reading the files …")
    files = read_library(root)
    with transaction.atomic():
        with indexed_at_the_end():
            sync_sources(files.sources, report)
            writer = PageWriter(files, report)
            writer.make_tree()
            sync_terms(files.terms, writer.ids, report)
            writer.write()
            sync_synonyms(files.synonyms, report)
        content_loading.send(sender=None, root=root, report=report)
