"""Fonctions SQL de tri et de recherche en français.

Elles existent avant les tables, dont des colonnes générées les appellent. PostgreSQL est employé
sans extension (ni `unaccent`, ni `pg_trgm`) et sans collation ICU. Les corps sont de forme
`RETURN …` : l'analyse est faite à la création, si bien qu'aucune ne dépend du `search_path`.
"""

from django.db import migrations

ACCENTUEES = (
    "ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝàáâãäåçèéêëìíîïðñòóôõöøùúûüýÿĀāĂăĄąĆćĈĉĊċČčĎďĐđĒēĔĕĖėĘęĚěĜĝĞğĠġĢģĤĥ"
    "ĦħĨĩĪīĬĭĮįİıĴĵĶķĹĺĻļĽľŁłŃńŅņŇňŌōŎŏŐőŔŕŖŗŘřŚśŜŝŞşŠšŢţŤťŦŧŨũŪūŬŭŮůŰűŲųŴŵŶŷŸŹźŻżŽž"
)
SIMPLES = (
    "aaaaaaceeeeiiiidnoooooouuuuyaaaaaaceeeeiiiidnoooooouuuuyyaaaaaaccccccccddddeeeeeeeeeegggggggghh"
    "hhiiiiiiiiiijjkkllllllllnnnnnnoooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzz"
)

# `lower` sous la collation C ne touche que l'ASCII : le résultat est le même sur tout serveur.
SANS_ACCENT = f"""
CREATE FUNCTION sans_accent(texte text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN lower(
    replace(replace(replace(replace(replace(
        translate(normalize(texte, NFC), '{ACCENTUEES}', '{SIMPLES}'),
        'Œ', 'oe'), 'œ', 'oe'), 'Æ', 'ae'), 'æ', 'ae'), 'ß', 'ss') COLLATE "C"
)
"""
CLE_TRI = r"""
CREATE FUNCTION cle_tri(texte text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN regexp_replace(
    btrim(regexp_replace(sans_accent(texte), '[^a-z0-9]+', ' ', 'g')),
    '\mst(e?)\M', 'saint\1', 'g'
)
"""
VECTEUR_RECHERCHE = """
CREATE FUNCTION vecteur_recherche(texte text, autres text[] DEFAULT '{}') RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN to_tsvector('simple'::regconfig, cle_tri(texte || ' ' || array_to_string(autres, ' ')))
"""
# Les chiffres séparés d'une espace sont rapprochés : « 35 000 » est un code postal.
REQUETE_PREFIXES = r"""
CREATE FUNCTION requete_prefixes(texte text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN to_tsquery(
    'simple'::regconfig,
    replace(
        nullif(regexp_replace(cle_tri(texte), '(\d) (?=\d)', '\1', 'g'), ''), ' ', ':* & '
    ) || ':*'
)
"""


class Migration(migrations.Migration):
    dependencies = []

    operations = [
        migrations.RunSQL(SANS_ACCENT, "DROP FUNCTION sans_accent(text)"),
        migrations.RunSQL(CLE_TRI, "DROP FUNCTION cle_tri(text)"),
        migrations.RunSQL(VECTEUR_RECHERCHE, "DROP FUNCTION vecteur_recherche(text, text[])"),
        migrations.RunSQL(REQUETE_PREFIXES, "DROP FUNCTION requete_prefixes(text)"),
    ]
