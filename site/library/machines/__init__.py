"""The library for machines: what search engines, feed readers, assistants and other programs read.

Nobody may get the words of a page without its urgent signs: each form here carries them.
"""
