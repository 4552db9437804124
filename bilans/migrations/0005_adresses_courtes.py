"""Une adresse courte pour chaque bilan déjà là, et une place à chacune des parties d’origine."""

from django.db import migrations, models

# Ni 0, ni 1, ni « i », « l » ou « o » : on la recopie à la main depuis un papier
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
DONNER = f"""
UPDATE bilans_bilan SET code_court = (
    SELECT string_agg(substr('{ALPHABET}', 1 + get_byte(decode(md5(id::text), 'hex'), rang) %% 31, 1), '')
    FROM generate_series(0, 6) AS rang
) WHERE code_court = ''
"""
RANGER = """
UPDATE bilans_sectionbilan SET ordre = CASE code
    WHEN 'EDITO' THEN 1 WHEN 'DIFFICULTES' THEN 9 WHEN 'PARTICIPATION' THEN 11
    WHEN 'PERSPECTIVES' THEN 12 ELSE ordre END
WHERE ordre = 0
"""
# Un bilan commencé avant a ses quatre textes ; les autres parties lui viennent à leur place
COMPLETER = """
INSERT INTO bilans_sectionbilan (
    id, version, cree_le, modifie_le, modifie_via, bilan_id, code, texte, signature, ordre,
    est_presente
)
SELECT gen_random_uuid(), 1, now(), now(), 'migration', bilan.id, partie.code, '', '',
    partie.ordre, true
FROM bilans_bilan AS bilan CROSS JOIN (VALUES
    ('EDITO', 1), ('COMPRENDRE', 2), ('CHIFFRES_CLES', 3), ('CARTE', 4), ('AVANCEMENT', 5),
    ('VOLETS', 6), ('ZOOM', 7), ('INDICATEURS', 8), ('DIFFICULTES', 9), ('BUDGET', 10),
    ('PARTICIPATION', 11), ('PERSPECTIVES', 12), ('PARTENAIRES', 13), ('GLOSSAIRE', 14),
    ('CONTACT', 15)
) AS partie (code, ordre)
WHERE bilan.statut IN ('BROUILLON', 'RELECTURE', 'VALIDE') AND NOT EXISTS (
    SELECT FROM bilans_sectionbilan AS la
    WHERE la.bilan_id = bilan.id AND la.code = partie.code
)
"""
BATIR = [
    'DROP INDEX IF EXISTS "bilan_code_court_unique"',
    'CREATE UNIQUE INDEX CONCURRENTLY "bilan_code_court_unique"'
    ' ON "bilans_bilan" ("code_court") WHERE NOT ("code_court" = \'\')',
]
DEFAIRE = ['DROP INDEX "bilan_code_court_unique"']


class Migration(migrations.Migration):
    # « CONCURRENTLY » ne s’écrit pas dans une transaction
    atomic = False

    dependencies = [("bilans", "0004_ecrire_relire_publier")]

    operations = [
        migrations.RunSQL(DONNER.replace("%%", "%"), migrations.RunSQL.noop),
        migrations.RunSQL(RANGER, migrations.RunSQL.noop),
        migrations.RunSQL(COMPLETER, migrations.RunSQL.noop),
        migrations.RunSQL(
            BATIR,
            DEFAIRE,
            state_operations=[
                migrations.AddConstraint(
                    model_name="bilan",
                    constraint=models.UniqueConstraint(
                        fields=["code_court"],
                        condition=models.Q(("code_court", ""), _negated=True),
                        name="bilan_code_court_unique",
                        violation_error_message="Cette adresse courte est déjà prise.",
                    ),
                ),
            ],
        ),
    ]
