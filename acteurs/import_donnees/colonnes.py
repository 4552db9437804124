"""Les colonnes des fichiers de zonage et de contexte, et leurs autres noms."""

from cls_platform.socle.tableur.limites import Limites
from cls_platform.socle.tableur.table import Colonne

# Toutes les communes de France, pour deux indicateurs ; au-delà, on coupe le fichier
LIMITES = Limites(lignes=100_000, colonnes=100, cellules=2_000_000)

ZONAGE = (
    Colonne(
        "code_zone",
        "code_zone",
        (
            "code", "code de la zone", "code qp", "code quartier", "code du quartier", "code qpv",
            "code tvs", "agr", "tvs", "identifiant zone", "numero de zone",
        ),
    ),
    Colonne(
        "nom_zone",
        "nom_zone",
        (
            "nom", "nom de la zone", "nom du quartier", "nom quartier", "lib qp", "libelle",
            "libelle de la zone", "libagr", "nom qp", "nom tvs", "nom de la cpts", "nom du clsm",
        ),
    ),
    Colonne(
        "classe",
        "classe",
        ("zonage", "classement", "categorie", "type de zone", "zone", "zonage medecin"),
    ),
    Colonne("population", "population", ("pop", "habitants", "population de la zone", "pop qp")),
    Colonne(
        "code_commune",
        "code_commune",
        (
            "commune", "communes", "code insee", "codes insee", "code de la commune", "insee",
            "insee com", "depcom", "codgeo", "code geo", "com", "code communes",
            "code insee commune",
        ),
        est_obligatoire=True,
    ),
    Colonne("nom_commune", "nom_commune", ("libelle commune", "libcom", "libgeo", "nom com")),
)  # fmt: skip

CONTEXTE = (
    Colonne("indicateur", "indicateur", ("code indicateur", "code de l indicateur", "variable")),
    Colonne("niveau", "niveau", ("niveau geographique", "maille", "type de territoire")),
    Colonne(
        "code",
        "code",
        (
            "code territoire", "code du territoire", "codgeo", "code geo", "territoire", "siren",
            "code commune", "code insee", "code departement", "code epci", "siren epci",
        ),
        est_obligatoire=True,
    ),
    Colonne("nom", "nom", ("libelle", "libgeo", "nom du territoire", "nom commune")),
    Colonne("annee", "annee", ("an", "millesime", "annee des donnees")),
    Colonne("valeur", "valeur", ("value", "taux", "part", "indice", "resultat")),
    Colonne("numerateur", "numerateur", ("num", "effectif")),
    Colonne("denominateur", "denominateur", ("den", "population de reference", "denom")),
    Colonne("unite", "unite", ("unite de mesure",)),
    Colonne("source", "source", ("producteur", "origine")),
    Colonne("qualite", "qualite", ("statut", "fiabilite")),
)  # fmt: skip
