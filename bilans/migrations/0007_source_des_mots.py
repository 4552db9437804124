"""D’où vient la définition de chaque mot à connaître : le texte qui le définit."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('bilans', '0006_apercus_imprimes'),
    ]

    operations = [
        migrations.AddField(
            model_name='motaconnaitre',
            name='source',
            field=models.CharField(blank=True, db_default='', default='', max_length=250, verbose_name='source'),
        ),
    ]
