"""Two groups to begin with: who edits and proposes, and who approves. Owners may change both."""

from django.apps import apps as global_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

PARTS = ("question", "rule", "sign", "cause", "case")
EDIT = [f"{action}_checker{part}" for part in PARTS for action in ("add", "change", "delete", "view")]
CLINICIAN = [*EDIT, "change_workingcopy", "view_workingcopy", "view_workbench", "add_releaseproposal", "take_down"]
SAFETY_LEAD = [*CLINICIAN, "approve_release"]
GROUPS = {"Clinician": CLINICIAN, "Safety lead": SAFETY_LEAD}


def make_groups(apps, schema_editor):
    # Django makes permissions only after all migrations; here they are needed now.
    create_permissions(global_apps.get_app_config("checker"), apps=apps, verbosity=0)
    permission, group = apps.get_model("auth", "Permission"), apps.get_model("auth", "Group")
    admin = permission.objects.filter(
        content_type__app_label="wagtailadmin", codename="access_admin"
    )
    for name, codenames in GROUPS.items():
        # Another app may have made the group already: nobody loses what it gave them.
        made, _new = group.objects.get_or_create(name=name)
        own = permission.objects.filter(content_type__app_label="checker", codename__in=codenames)
        made.permissions.add(*own, *admin)


class Migration(migrations.Migration):
    dependencies = [
        ("checker", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
    ]
    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
