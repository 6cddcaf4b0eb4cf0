"""The list of figures at the desk comes article by article from an index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0013_work")]

    operations = [
        migrations.AddIndex("figure", models.Index(fields=["article", "position", "id"], name="figure_in_article")),
    ]
