"""The roles, with the least rights each needs, and the sign-off that every page goes through.

Wagtail's own groups and its moderation workflow go where nobody has used them yet: side by side with
these they would be a second way to publish, past the clinicians.
"""

from django.conf import settings
from django.db import migrations

#: Role → what it may do with pages.
PAGES = {
    "Writer": ("add_page", "change_page"),
    "Clinician": ("change_page",),
    "Translator": ("change_page",),
    # Publishing is for taking a page down, or mending it, at once. It replaces no sign-off: such a
    # page says that it changed since.
    "Safety lead": ("change_page", "publish_page", "lock_page", "unlock_page"),
}
ACCESS = ("wagtailadmin", "admin", "access_admin")
INVITE = ("review", "reviewinvitation", "add_reviewinvitation")
ASK = ("review", "reviewrequest", "add_reviewrequest")
#: Role → its rights beside pages, as (app, model, codename).
RIGHTS = {
    "Writer": (ACCESS, INVITE, ASK),
    "Clinician": (ACCESS, INVITE, ASK),
    "Translator": (
        ACCESS,
        ("simple_translation", "simpletranslation", "submit_translation"),
    ),
    "Safety lead": (
        ACCESS,
        INVITE,
        ASK,
        ("review", "reviewinvitation", "change_reviewinvitation"),
    ),
}
SIGNING = ("Clinician", "Safety lead")
NAME = "Clinical sign-off"


def make(apps, schema_editor):
    groups = make_groups(apps)
    root = apps.get_model(settings.WAGTAIL_PAGE_MODEL).objects.get(depth=1)
    remove_unused_defaults(apps)
    content_type = type_of(apps, "review", "clinicalsignofftask")
    task = apps.get_model("review", "ClinicalSignOffTask").objects.create(
        name=NAME, content_type=content_type
    )
    task.groups.set(groups[name] for name in SIGNING)
    workflow = apps.get_model("wagtailcore", "Workflow").objects.create(name=NAME)
    apps.get_model("wagtailcore", "WorkflowTask").objects.create(
        workflow=workflow, task_id=task.pk, sort_order=0
    )
    apps.get_model("wagtailcore", "WorkflowPage").objects.update_or_create(
        page=root, defaults={"workflow": workflow}
    )


def make_groups(apps):
    root = apps.get_model(settings.WAGTAIL_PAGE_MODEL).objects.get(depth=1)
    page_rights = apps.get_model("wagtailcore", "GroupPagePermission").objects
    groups = {}
    for name, codenames in PAGES.items():
        group, _made = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        for codename in codenames:
            right = permission(apps, *settings.WAGTAIL_PAGE_MODEL.lower().split("."), codename)
            page_rights.get_or_create(group=group, page=root, permission=right)
        group.permissions.add(*(permission(apps, *right) for right in RIGHTS[name]))
        groups[name] = group
    return groups


def type_of(apps, app, model):
    return apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app, model=model
    )[0]


def permission(apps, app, model, codename):
    """Django makes permissions only after all migrations, and leaves alone those it finds."""
    name = f"Can {codename.replace('_', ' ')}"
    return apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=type_of(apps, app, model), codename=codename, defaults={"name": name}
    )[0]


def remove_unused_defaults(apps):
    tasks = apps.get_model("wagtailcore", "GroupApprovalTask").objects
    for task in tasks.filter(groups__name="Moderators", task_states=None):
        workflows = apps.get_model("wagtailcore", "Workflow").objects
        workflows.filter(workflow_tasks__task_id=task.pk, workflow_states=None).delete()
        task.delete()
    groups = apps.get_model("auth", "Group").objects
    groups.filter(name__in=("Editors", "Moderators"), user=None).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("review", "0001_initial"),
        ("simple_translation", "0001_initial"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
