"""What each role may do with the library's snippets. The roles themselves come with the reviews."""

from django.db import migrations

WRITE = ("add", "change", "view")
MEND = ("change", "view")
READ = ("view",)
#: Role → model → actions. Nobody deletes sources and terms that pages may lean on.
RIGHTS = {
    "Writer": {"source": WRITE, "glossaryterm": WRITE, "searchsynonym": WRITE, "feedback": MEND},
    "Clinician": {"source": MEND, "glossaryterm": MEND, "feedback": READ},
    "Translator": {"source": READ, "glossaryterm": READ},
    "Safety lead": {"source": MEND, "glossaryterm": MEND, "feedback": MEND},
}


def grant(apps, schema_editor):
    """Django makes permissions only after all migrations, and leaves alone those it finds."""
    content_types = apps.get_model("contenttypes", "ContentType").objects
    permissions = apps.get_model("auth", "Permission").objects
    groups = apps.get_model("auth", "Group").objects
    for role, models in RIGHTS.items():
        group, _made = groups.get_or_create(name=role)
        for model, actions in models.items():
            content_type, _made = content_types.get_or_create(app_label="library", model=model)
            for action in actions:
                right, _made = permissions.get_or_create(
                    content_type=content_type,
                    codename=f"{action}_{model}",
                    defaults={"name": f"Can {action} {model}"},
                )
                group.permissions.add(right)


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0004_editors_desk"),
        ("review", "0002_roles_and_workflow"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
