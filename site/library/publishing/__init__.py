"""What must hold before readers may see a page: its urgent signs first, its claims sourced.

A draft is never held up. Publishing is, through whichever door: the button, a list of pages, a
date in the future, the end of a workflow, the loader.
"""
