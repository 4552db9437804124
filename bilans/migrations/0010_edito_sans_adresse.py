"""Le lien de l’édito ne garde plus d’adresse, seulement le moment où il est parti."""

from django.db import migrations, models

# La colonne reste une version : le code d’avant l’écrit encore, celui-ci ne la connaît plus
OUBLIER = [
    "UPDATE bilans_lienedito SET courriel = '' WHERE courriel <> ''",
    "ALTER TABLE bilans_lienedito ALTER COLUMN courriel SET DEFAULT ''",
]
REVENIR = ["ALTER TABLE bilans_lienedito ALTER COLUMN courriel DROP DEFAULT"]


class Migration(migrations.Migration):
    dependencies = [("bilans", "0009_envois_suivis")]

    operations = [
        migrations.RunSQL(
            OUBLIER,
            REVENIR,
            state_operations=[
                migrations.RemoveField(model_name="lienedito", name="courriel"),
            ],
        ),
        migrations.AddField(
            model_name="lienedito",
            name="envoye_le",
            field=models.DateTimeField(blank=True, null=True, verbose_name="parti par courriel le"),
        ),
    ]
