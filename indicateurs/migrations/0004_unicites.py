"""Deux unicités sur des tables déjà pleines : leurs index se bâtissent sans arrêter les écritures.

Un index commencé puis interrompu reste, sans valoir : chacun est donc effacé avant d’être bâti.
"""

from django.db import migrations, models

BATIR_CODE = [
    'DROP INDEX IF EXISTS "indicateur_code_unique"',
    'CREATE UNIQUE INDEX CONCURRENTLY "indicateur_code_unique"'
    ' ON "indicateurs_indicateur" ("contrat_id", "code") WHERE NOT ("code" = \'\')',
]
DEFAIRE_CODE = ['DROP INDEX "indicateur_code_unique"']


def batir_mesure(colonnes: str) -> list[str]:
    """La contrainte change d’un coup, sur un index déjà bâti : jamais sans unicité."""
    return [
        'DROP INDEX IF EXISTS "mesure_unicite_suivante"',
        'CREATE UNIQUE INDEX CONCURRENTLY "mesure_unicite_suivante"'
        f' ON "indicateurs_mesure" ({colonnes})',
        'ALTER TABLE "indicateurs_mesure" DROP CONSTRAINT "mesure_une_par_periode",'
        ' ADD CONSTRAINT "mesure_une_par_periode" UNIQUE USING INDEX "mesure_unicite_suivante"',
    ]


PERIODE = '"indicateur_id", "periode_debut", "periode_fin"'


class Migration(migrations.Migration):
    # « CONCURRENTLY » ne s’écrit pas dans une transaction
    atomic = False

    dependencies = [("indicateurs", "0003_definition_chaine_evaluation")]

    operations = [
        migrations.RunSQL(
            BATIR_CODE,
            DEFAIRE_CODE,
            state_operations=[
                migrations.AddConstraint(
                    model_name="indicateur",
                    constraint=models.UniqueConstraint(
                        fields=("contrat", "code"),
                        condition=~models.Q(code=""),
                        name="indicateur_code_unique",
                        violation_error_message=(
                            "Ce code est déjà celui d’un autre indicateur du contrat."
                        ),
                    ),
                ),
            ],
        ),
        migrations.RunSQL(
            batir_mesure(f'{PERIODE}, "code_territoire"'),
            batir_mesure(PERIODE),
            state_operations=[
                migrations.RemoveConstraint(model_name="mesure", name="mesure_une_par_periode"),
                migrations.AddConstraint(
                    model_name="mesure",
                    constraint=models.UniqueConstraint(
                        fields=(
                            "indicateur",
                            "periode_debut",
                            "periode_fin",
                            "code_territoire",
                        ),
                        name="mesure_une_par_periode",
                        violation_error_message="Une valeur existe déjà pour cette période.",
                    ),
                ),
            ],
        ),
    ]
