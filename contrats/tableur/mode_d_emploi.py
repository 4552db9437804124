"""La feuille qui explique les autres, et les listes de valeurs permises."""

from collections.abc import Iterator

from contrats.tableur.colonnes import COLONNES, Genre

FEUILLE = "Mode d’emploi"
LISTES = "Listes"
PHRASES = (
    "Ce classeur est votre plan d’actions. Changez-le, puis redonnez-le à la page « Importer ».",
    "Chaque ligne est une fiche. L’identifiant et la version la relient au plan : laissez-les.",
    "Une ligne sans identifiant devient une nouvelle fiche ; seul le titre est obligatoire.",
    "Une ligne que vous retirez ne supprime rien. Une cellule que vous videz efface le champ.",
    "Plusieurs organisations dans une cellule se séparent par des points-virgules.",
    (
        "Les étapes s’écrivent une par ligne (Alt + Entrée). "
        "Exemple : Signer la convention (échéance 30/04/2026, terminée le 12/03/2026)."
    ),
    (
        "Une date s’écrit 28/02/2026. Un mois (janvier 2026), un trimestre (T2 2026) ou une année "
        "sont compris : le premier jour pour le début, le dernier pour l’échéance."
    ),
    (
        "Un montant va dans la colonne de son année : « Budget prévu 2026 (€) », « Budget réalisé "
        "2026 (€) », « ETP prévus 2026 ». Pour une année de plus, ajoutez sa colonne."
    ),
    (
        "Avant d’écrire, la page montre chaque changement. Une fiche modifiée en ligne "
        "depuis cet export est montrée à part, et n’est pas touchée sans votre accord."
    ),
)


def listes() -> Iterator[tuple[str, str, list[str]]]:
    """(clé de colonne, en-tête, valeurs permises) : les choix, puis les nomenclatures."""
    for colonne in COLONNES:
        if colonne.genre is Genre.CHOIX:
            yield (
                colonne.cle,
                colonne.entete,
                [str(libelle) for libelle in colonne.reference.labels],
            )
        elif colonne.genre is Genre.OUI_NON:
            yield colonne.cle, colonne.entete, ["oui", "non"]
        elif colonne.genre is Genre.LISTE:
            objets = colonne.reference[1].objects.actives().order_by("ordre", "pk")
            yield colonne.cle, colonne.entete, list(objets.values_list("libelle", flat=True))
