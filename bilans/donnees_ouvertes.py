"""Les chiffres du bilan en données ouvertes : un CSV lisible par un tableur, un JSON complet."""

import csv
import io
import json

from bilans.instantane import Indicateur, Instantane
from indicateurs.series import Releve

ENTETE = (
    "annee_bilan", "nature", "volet", "numero", "libelle", "annee", "valeur", "unite",
    "numerateur", "denominateur", "qualite", "statut", "source",
)  # fmt: skip
_DANGEREUX = ("=", "+", "-", "@", "\t", "\r")


def csv_ouvert(instantane: Instantane) -> bytes:
    """UTF-8 avec marque, point-virgule, virgule décimale : s’ouvre tel quel dans un tableur.

    Une cellule de texte qui commence comme une formule est précédée d’une apostrophe.
    """
    tampon = io.StringIO()
    sortie = csv.writer(tampon, delimiter=";", lineterminator="\r\n")
    sortie.writerow(ENTETE)
    for volet in instantane.volets:
        for action in volet.actions:
            sortie.writerow(
                _surs(instantane.annee, "action", volet.titre, action.numero, action.titre, "",
                      "", "", "", "", "", action.libelle_statut, "")
            )  # fmt: skip
        for indicateur in volet.indicateurs:
            for releve in indicateur.serie.releves:
                sortie.writerow(_indicateur(instantane.annee, volet.titre, indicateur, releve))
    return b"\xef\xbb\xbf" + tampon.getvalue().encode()


def _indicateur(annee: int, volet: str, indicateur: Indicateur, releve: Releve) -> list[str]:
    serie = indicateur.serie
    textes = _surs(
        annee, "indicateur", volet, "", serie.libelle, releve.annee, "", serie.unite, "", "",
        releve.qualite, "", serie.source,
    )  # fmt: skip
    for place, valeur in ((6, releve.valeur), (8, releve.numerateur), (9, releve.denominateur)):
        textes[place] = "" if valeur is None else f"{valeur.normalize():f}".replace(".", ",")
    return textes


def _surs(*cellules: str | int) -> list[str]:
    """Une cellule ne peut pas devenir une formule."""
    textes = [str(cellule) for cellule in cellules]
    return [f"'{texte}" if texte.startswith(_DANGEREUX) else texte for texte in textes]


def json_ouvert(instantane: Instantane) -> bytes:
    """L’instantané, sans les tracés des cartes : ils ont leur propre source ouverte."""
    simple = instantane.vers_simple() | {"carte": None}
    return json.dumps(simple, ensure_ascii=False, sort_keys=True, indent=1).encode()
