from django.db import migrations, models

# PostgreSQL: Wagtail asks for title and body together, but each has only an index of its own, so
# every search would read the whole table.
INDEX = "library_search_title_and_body"


def add_index(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(
            f"CREATE INDEX IF NOT EXISTS {INDEX} ON wagtailsearch_indexentry"
            " USING gin ((title || body))"
        )


def remove_index(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(f"DROP INDEX IF EXISTS {INDEX}")


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0001_initial"),
        ("wagtailsearch", "0010_add_text_fields"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchSynonym",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(max_length=60, unique=True, verbose_name="key")),
                ("words", models.TextField(help_text="One word or phrase on each line, two or more. Write them as people type them, in lower case. Plurals and endings are found by themselves.", verbose_name="words")),
            ],
            options={
                "verbose_name": "search synonym",
                "verbose_name_plural": "search synonyms",
                "ordering": ["key"],
            },
        ),
        migrations.RunPython(add_index, remove_index),
    ]
