"""Words know in how many titles they stand."""

from django.db import migrations, models

# At most in as many as entries, until they are counted the next time.
AT_MOST = "UPDATE articles_word SET titles = entries"


class Migration(migrations.Migration):
    dependencies = [("articles", "0016_postings")]

    operations = [
        migrations.AddField("word", "titles", models.PositiveIntegerField(db_default=0)),
        migrations.RunSQL(AT_MOST, migrations.RunSQL.noop),
    ]
