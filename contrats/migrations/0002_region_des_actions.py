import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from cls_platform.socle.migration_groupee import MigrationGroupee

REPRENDRE = """
UPDATE contrats_action AS action SET region_id = contrat.region_id
FROM contrats_contrat AS contrat WHERE contrat.id = action.contrat_id
"""
# Une région recopiée ne peut pas diverger : la base refuse le couple que le contrat ne porte pas,
# et un contrat qui change de région emporte ses actions, même écrit en masse ou en SQL.
LIER = """
ALTER TABLE contrats_action ADD CONSTRAINT action_region_du_contrat
FOREIGN KEY (contrat_id, region_id) REFERENCES contrats_contrat (id, region_id) ON UPDATE CASCADE
"""
DELIER = "ALTER TABLE contrats_action DROP CONSTRAINT action_region_du_contrat"


class Migration(MigrationGroupee):

    dependencies = [
        ('acteurs', '0001_initial'),
        ('contrats', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="action",
            name="region",
            field=models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="acteurs.region", verbose_name="région"),
        ),
        migrations.RunSQL(REPRENDRE, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="action",
            name="region",
            field=models.ForeignKey(blank=True, db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="acteurs.region", verbose_name="région"),
        ),
        migrations.AddIndex(
            model_name='action',
            index=models.Index(fields=['region', 'statut', 'contrat', 'ordre', 'numero', 'id'], include=('est_publique', 'date_fin'), name='action_region_statut'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='action',
            trigger=pgtrigger.compiler.Trigger(name='region_du_contrat', sql=pgtrigger.compiler.UpsertTriggerSql(func='\nSELECT region_id INTO NEW.region_id\nFROM contrats_contrat WHERE id = NEW.contrat_id FOR KEY SHARE;\nRETURN NEW;\n', hash='dd137297f86a42a8d43b4de009c57ea4f47fad65', operation='INSERT OR UPDATE OF "contrat_id", "region_id"', pgid='pgtrigger_region_du_contrat_b042d', table='contrats_action', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='contrat',
            constraint=models.UniqueConstraint(fields=('id', 'region'), name='contrat_et_sa_region', violation_error_message='Ce contrat a déjà une région.'),
        ),
        migrations.RunSQL(LIER, DELIER),
    ]
