"""What a reader's browser is sent in production: one hashed, compressed stylesheet."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from config.static_files import bundle, smaller


def reader(**files: str) -> Callable[[str], str]:
    """Files by their path, with “__” for “/” and “_” for “.”."""
    by_path = {n.replace("__", "/").replace("_", "."): text for n, text in files.items()}
    return by_path.__getitem__


def test_an_imported_file_takes_the_place_of_its_import() -> None:
    read = reader(
        css__site_css='@layer a, b;\n@import url("one.css") layer(a);\n@import url(two.css);\n',
        css__one_css="p { color: red }\n",
        css__two_css="@layer b { q { color: blue } }",
    )
    assert bundle("css/site.css", read) == (
        "@layer a, b;\n@layer a {\np { color: red }\n}\n@layer b { q { color: blue } }\n"
    )


def test_a_media_query_is_kept() -> None:
    read = reader(
        css__site_css='@import url("p.css") layer(x) print;', css__p_css="p { margin: 0 }"
    )
    assert bundle("css/site.css", read) == "@media print {\n@layer x {\np { margin: 0 }\n}\n}"


def test_addresses_in_a_lower_folder_still_lead_to_their_files() -> None:
    read = reader(
        css__site_css='@import url("parts/x.css");',
        css__parts__x_css=(
            'a { src: url("../f.woff2") } b { src: url(i.svg) } c { src: url("/abs.svg") }'
            " d { src: url(data:,) } e { src: url('#id') }"
        ),
    )
    assert bundle("css/site.css", read) == (
        'a { src: url("parts/../f.woff2") } b { src: url(parts/i.svg) } c { src: url("/abs.svg") }'
        " d { src: url(data:,) } e { src: url('#id') }"
    )


def test_an_import_in_a_comment_is_none() -> None:
    read = reader(css__site_css='/* @import url("gone.css"); */p { margin: 0 }')
    assert bundle("css/site.css", read) == "p { margin: 0 }"


def test_space_and_comments_go_where_they_mean_nothing_and_nowhere_else() -> None:
    text = """
    /* why */
    @media print, (min-width: 68rem) {
      .a > b + c, .d :is(e, f) {
        content: " (  /* no comment */ ; " ;
        width: calc(1px + (2 * var(--x)));
        font: 700 1em/1.2 "It's one", serif;
      }
      a:hover { --m: light-dark(#fff, #000); }
    }
    """
    assert smaller(text) == (
        "@media print,(min-width:68rem){.a > b + c,.d :is(e,f){"
        'content:" (  /* no comment */ ; ";width:calc(1px + (2 * var(--x)));'
        'font:700 1em/1.2 "It\'s one",serif}'
        "a:hover{--m:light-dark(#fff,#000)}}"
    )


def test_an_import_in_an_imported_file_is_refused() -> None:
    read = reader(css__site_css='@import url("a.css");', css__a_css='@import url("b.css");')
    with pytest.raises(ValueError, match=r"a\.css has an @import of its own"):
        bundle("css/site.css", read)


@pytest.fixture
def collected(tmp_path: Path, settings: Settings) -> Callable[[dict[str, str]], Path]:
    """Collects these files, as ``make serve`` does, and gives the folder that is served."""
    source, target = tmp_path / "source", tmp_path / "served"
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = target
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "config.static_files.BundledStaticFilesStorage"},
    }

    def collect(files: dict[str, str]) -> Path:
        for name, text in files.items():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_text(text)
        call_command("collectstatic", interactive=False, verbosity=0)
        return target

    return collect


def served_stylesheet(folder: Path) -> Path:
    names = json.loads((folder / "staticfiles.json").read_text())["paths"]
    return folder / names["css/site.css"]


FILES = {
    "css/site.css": '@import url("one.css");',
    "css/one.css": ".one { background: url(../picture.svg) } "
    + "/* long enough to compress */" * 20,
    "picture.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
}


def test_the_served_stylesheet_imports_nothing_and_is_compressed(
    collected: Callable[[dict[str, str]], Path],
) -> None:
    stylesheet = served_stylesheet(collected(FILES))
    text = stylesheet.read_text()
    assert "@import" not in text
    assert ".one" in text
    assert 'url("../picture.' in text, "addresses must name the hashed file"
    assert stylesheet.with_name(stylesheet.name + ".br").exists()


def test_a_change_in_an_imported_file_reaches_the_stylesheet(
    collected: Callable[[dict[str, str]], Path],
) -> None:
    before = served_stylesheet(collected(FILES))
    after = served_stylesheet(collected({"css/one.css": ".two { color: red }"}))
    assert after.name != before.name, "a reader's browser would keep the old one"
    assert ".two" in after.read_text()


def test_an_import_of_nothing_stops_the_collecting(
    collected: Callable[[dict[str, str]], Path],
) -> None:
    with pytest.raises(ValueError, match=r"css/site\.css imports css/gone\.css"):
        collected({"css/site.css": '@import url("gone.css");'})
