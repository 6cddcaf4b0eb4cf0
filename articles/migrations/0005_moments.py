from django.db import migrations, models

import articles.models


class Migration(migrations.Migration):
    dependencies = [("articles", "0004_search")]

    operations = [
        migrations.AlterField(
            "article",
            "published_at",
            models.DateTimeField(
                blank=True,
                help_text="A published article is shown from this moment on. Left empty it is the moment of saving.",
                null=True,
                validators=[articles.models.check_moment],
                verbose_name="published at",
            ),
        ),
    ]
