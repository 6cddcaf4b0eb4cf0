from django.contrib.auth.management import create_permissions
from django.db import migrations

CONTENT = ("topic", "article", "advice", "figure")
LANGUAGES = ("en", "fi", "et", "ru", "hy")


def make_groups(apps, schema_editor):
    """Make a group of editors and one of translators for each language."""
    # Permissions are made once all migrations have run; the groups need them now.
    articles = apps.get_app_config("articles")
    articles.models_module = True
    create_permissions(articles, apps=apps, verbosity=0)
    articles.models_module = None

    view = [f"view_{model}" for model in CONTENT]
    change = [f"{action}_{model}" for action in ("add", "change", "delete") for model in CONTENT]
    translate = [f"translate_{language}" for language in LANGUAGES]
    groups = {"Editors": [*view, *change, *translate]}
    groups |= {f"Translators ({language})": [*view, f"translate_{language}"] for language in LANGUAGES}
    permissions = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="articles")
    for name, codenames in groups.items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        group.permissions.add(*permissions.filter(codename__in=codenames))


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0002_desk"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
