"""A site as ``wagtail start`` makes it, with a small articles app: what ours is compared with.

Its article has a title, an introduction and a body of fourteen rich texts, one with a link; around
it are a menu, a trail of links and Wagtail's user bar, as in Wagtail's own tutorial.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from production import free_port, wait_for

MODELS = """
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import CharBlock, RichTextBlock
from wagtail.fields import StreamField
from wagtail.models import Page


class ArticlePage(Page):
    introduction = models.TextField()
    body = StreamField([("heading", CharBlock()), ("text", RichTextBlock())])
    content_panels = Page.content_panels + [FieldPanel("introduction"), FieldPanel("body")]
"""
ARTICLE = """{% extends "base.html" %}{% load wagtailcore_tags %}
{% block content %}
<nav><ul>{% for one in page.get_ancestors %}{% if not one.is_root %}
<li><a href="{% pageurl one %}">{{ one.title }}</a></li>{% endif %}{% endfor %}</ul></nav>
<h1>{{ page.title }}</h1><p>{{ page.introduction }}</p>
{% for block in page.body %}<section>{% include_block block %}</section>{% endfor %}
{% endblock %}"""
MENU = """{% load wagtailcore_tags %}{% wagtail_site as site %}<nav><ul>
{% for one in site.root_page.get_children.live.in_menu %}
<li><a href="{% pageurl one %}">{{ one.title }}</a></li>{% endfor %}</ul></nav>"""
FILL = """
from articles.models import ArticlePage
from wagtail.models import Site
home = Site.objects.get().root_page
for number in range(5):
    section = home.add_child(instance=ArticlePage(
        title=f"Section {number}", introduction="Short.", body=[], show_in_menus=True))
words = "Most back pain gets better in a few weeks, and it helps to keep moving. " * 8
text = f'<p>{words}<a linktype="page" id="{section.pk}">Section</a></p>'
section.add_child(instance=ArticlePage(title="Article", slug="article", introduction=words[:200],
    body=[(kind, value) for n in range(14) for kind, value in
          (("heading", f"Part {n}"), ("text", text if n == 0 else f"<p>{words}</p>"))]))
"""
SETTINGS = """
from .production import *
SECRET_KEY = "of a site that is thrown away"
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = [*INSTALLED_APPS, "articles"]
LOGGING = {"version": 1, "root": {"level": "ERROR"}}
"""
PATH = "/section-4/article/"


@contextmanager
def plain(workers: int = 2) -> Iterator[tuple[str, dict[str, str], Path, int]]:
    """Its address, its environment, its folder and its first process."""
    with TemporaryDirectory(prefix="causeway-bench-plain-") as name:
        folder, port = Path(name), free_port()
        bin_ = Path(sys.executable).parent
        env = {
            "PATH": f"{bin_}:{os.environ['PATH']}",
            "HOME": name,
            "DJANGO_SETTINGS_MODULE": "plain.settings.bench",
            "PYTHONPATH": name,
        }

        def run(*command: str, words: str = "") -> None:
            quiet = subprocess.DEVNULL
            given = {"input": words.encode()} if words else {"stdin": quiet}
            subprocess.run(command, cwd=folder, env=env, check=True, stdout=quiet, **given)

        run(str(bin_ / "wagtail"), "start", "plain", ".")
        _write(folder)
        manage = (sys.executable, "manage.py")
        for command in (
            ["makemigrations", "articles"],
            ["migrate"],
            ["collectstatic", "--noinput"],
        ):
            run(*manage, *command, "-v0")
        run(*manage, "shell", "-v0", words=FILL)
        options = f"--interface wsgi --no-ws --blocking-threads 3 --backpressure 4096 --port {port}"
        options += f" --workers {workers} --log-level error"
        server = subprocess.Popen(
            ["granian", *options.split(), "plain.wsgi:application"],
            cwd=folder,
            env=env,
        )
        try:
            wait_for(f"http://127.0.0.1:{port}{PATH}")
            yield f"http://127.0.0.1:{port}", env, folder, server.pid
        finally:
            server.terminate()
            server.wait()


def _write(folder: Path) -> None:
    app = folder / "articles"
    (app / "migrations").mkdir(parents=True)
    templates = app / "templates/articles"
    templates.mkdir(parents=True)
    for path, text in (
        (app / "__init__.py", ""),
        (app / "migrations/__init__.py", ""),
        (app / "models.py", MODELS),
        (templates / "article_page.html", ARTICLE),
        (folder / "plain/settings/bench.py", SETTINGS),
    ):
        path.write_text(text)
    base = folder / "plain/templates/base.html"
    text = base.read_text().replace("{% block content %}", f"{MENU}{{% block content %}}")
    base.write_text(text)
