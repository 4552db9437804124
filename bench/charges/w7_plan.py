"""W7 : importer un plan de 5 000 fiches, de la feuille lue aux fiches écrites.

Le plancher est un COPY des lignes que l’import produit, dans les mêmes tables, avec leurs index,
leurs clés et leurs déclencheurs (historique, région, recherche) : le même contenu, sans lecture
des mots ni contrôle. Le réimport du même fichier, qui ne change rien, se compare au premier.
Chaque essai est défait par un ROLLBACK.
"""

from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection, transaction

from acteurs.models import Acteur
from bench.charges.w8_lot import defait
from bench.mesure import Rapport, mesurer
from cls_platform.socle.tableur.feuille import Feuille
from contrats.models import Action, Contrat
from contrats.services.import_plan import importer_feuille

FICHES = 5_000
PARTENAIRES = 3
ENTETES = (
    "Axe", "Objectif stratégique", "Numéro", "Titre", "Statut", "Début", "Échéance", "Pilote",
    "Partenaires", "Thèmes", "Constat du diagnostic", "Description", "Résultats attendus", "Étapes",
)  # fmt: skip
# Ce que l’import écrit, dans l’ordre des clés étrangères
TABLES = {
    "contrats_axe": "contrat_id = %s",
    "contrats_objectif": "contrat_id = %s",
    "contrats_action": "contrat_id = %s",
    "contrats_action_themes": "action_id IN (SELECT id FROM contrats_action WHERE contrat_id = %s)",
    "contrats_actionacteur": "action_id IN (SELECT id FROM contrats_action WHERE contrat_id = %s)",
    "contrats_jalon": "action_id IN (SELECT id FROM contrats_action WHERE contrat_id = %s)",
}
Contenu = list[tuple[str, str, bytes]]


def courir(tours: int) -> list[Rapport]:
    personne, _ = get_user_model().objects.get_or_create(
        email="mesure@demo.example", defaults={"est_administrateur": True}
    )
    contrat, feuille = contrat_vide("mesure-import"), preparer_feuille()
    contenu: Contenu = []

    def importer() -> Any:
        return importer_feuille(contrat=contrat, feuille=feuille, par=personne)

    def importer_et_relever() -> None:
        if (lus := len(importer().creations)) != FICHES:
            raise AssertionError(f"{lus} fiches importées au lieu de {FICHES}.")
        contenu.extend(relever(contrat))

    defait(importer_et_relever)()

    def copier() -> None:
        ecrire(contenu)

    premier = mesurer(
        "w7_plan_vs_copy",
        defait(importer),
        defait(copier),
        cible=1.5,
        tours=min(tours, 3),
        repetitions=1,
    )
    autre = contrat_vide("mesure-import-bis")

    def ailleurs() -> Any:
        return importer_feuille(contrat=autre, feuille=feuille, par=personne)

    return [premier, reimport(importer, defait(ailleurs), tours)]


def reimport(importer: Any, ailleurs: Any, tours: int) -> Rapport:
    """Dans une transaction où le plan est déjà là ; `ailleurs` l’importe dans un contrat vide."""
    with transaction.atomic():
        importer()

        def rien_ne_change() -> None:
            if importer().nombre:
                raise AssertionError("Le réimport du même fichier change quelque chose.")

        rapport = mesurer(
            "w7_plan_reimport_vs_first",
            rien_ne_change,
            ailleurs,
            cible=0.5,
            tours=min(tours, 3),
            repetitions=1,
        )
        transaction.set_rollback(True)
    return rapport


def contrat_vide(slug: str) -> Contrat:
    modele = Contrat.objects.get(slug="volume-0")
    contrat, _ = Contrat.objects.get_or_create(
        slug=slug,
        defaults={"nom": "Démonstration, import", "region": modele.region, "ars": modele.ars,
                  "est_demonstration": True},
    )  # fmt: skip
    return contrat


def preparer_feuille() -> Feuille:
    """Les fiches du volume, écrites comme dans un tableur."""
    acteurs = list(Acteur.objects.filter(est_demonstration=True).order_by("pk")[:500])
    themes = list(Action.objects.exclude(themes=None).values_list("themes__libelle")[:50])
    feuille = Feuille("Actions", [list(ENTETES)])
    champs = ("titre", "contexte", "description", "resultats_attendus", "date_debut", "date_fin")
    for rang, fiche in enumerate(Action.objects.order_by("pk").values(*champs)[:FICHES]):
        partenaires = [acteurs[(rang * 7 + n) % 500].nom for n in range(PARTENAIRES)]
        feuille.lignes.append(
            [
                f"{rang % 5 + 1}. Axe {rang % 5 + 1}",
                f"{rang % 5 + 1}.{rang % 3 + 1} Objectif {rang % 3 + 1}",
                f"{rang + 1}",
                f"{fiche['titre']} {rang}",
                "en cours",
                fiche["date_debut"],
                fiche["date_fin"],
                acteurs[rang % 500].nom,
                " ; ".join(partenaires),
                themes[rang % 50][0],
                fiche["contexte"],
                fiche["description"],
                fiche["resultats_attendus"],
                "Lancer (échéance 31/03/2026)\nÉvaluer (échéance 30/09/2026)",
            ]
        )
    return feuille


def relever(contrat: Contrat) -> Contenu:
    contenu = []
    with connection.cursor() as curseur:
        for table, condition in TABLES.items():
            colonnes = colonnes_ecrites(curseur, table)
            requete = f"COPY (SELECT {colonnes} FROM {table} WHERE {condition}) TO STDOUT"
            with curseur.cursor.copy(requete, [contrat.pk]) as sortie:
                contenu.append((table, colonnes, b"".join(bytes(m) for m in sortie)))
    return contenu


def ecrire(contenu: Contenu) -> None:
    with connection.cursor() as curseur:
        for table, colonnes, lignes in contenu:
            with curseur.cursor.copy(f"COPY {table} ({colonnes}) FROM STDIN") as entree:
                entree.write(lignes)


def colonnes_ecrites(curseur: Any, table: str) -> str:
    curseur.execute(
        "SELECT string_agg(column_name, ', ' ORDER BY ordinal_position) FROM information_schema.columns"
        " WHERE table_name = %s AND is_generated = 'NEVER'",
        [table],
    )
    return str(curseur.fetchone()[0])
