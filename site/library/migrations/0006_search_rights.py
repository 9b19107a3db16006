"""Who keeps the search: those who write, and those who answer for safety. Clinicians may look.

Synonyms and promoted results lean on nothing and nothing leans on them, so they may be deleted.
"""

from django.db import migrations

KEEP = ("add", "change", "delete", "view")
RIGHTS = {
    "Writer": {("library", "searchsynonym"): KEEP, ("wagtailsearchpromotions", "searchpromotion"): KEEP},
    "Safety lead": {("library", "searchsynonym"): KEEP, ("wagtailsearchpromotions", "searchpromotion"): KEEP},
    "Clinician": {("library", "searchsynonym"): ("view",)},
}


def grant(apps, schema_editor):
    """Django makes permissions only after all migrations, and leaves alone those it finds."""
    content_types = apps.get_model("contenttypes", "ContentType").objects
    permissions = apps.get_model("auth", "Permission").objects
    for role, models in RIGHTS.items():
        # An owner who has done away with a role is not given it back.
        for group in apps.get_model("auth", "Group").objects.filter(name=role):
            for (app, model), actions in models.items():
                content_type, _made = content_types.get_or_create(app_label=app, model=model)
                for action in actions:
                    right, _made = permissions.get_or_create(
                        content_type=content_type,
                        codename=f"{action}_{model}",
                        defaults={"name": f"Can {action} {model}"},
                    )
                    group.permissions.add(right)


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0005_role_rights"),
        ("wagtailsearchpromotions", "0001_initial"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
