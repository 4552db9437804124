"""La comparaison en CSV : une ligne par chose et par année, comme la page la montre."""

import csv
import io
from collections.abc import Iterator
from decimal import Decimal

from bilans.comparaison.formes import Comparaison, IndicateurCompare, Montants
from bilans.comparaison.sigles import employes

ENTETE = (
    "nature", "groupe", "numero", "libelle", "annee_bilan", "valeur", "unite", "qualite", "statut",
    "valeur_revue", "explication",
)  # fmt: skip
EUROS, ETP = "euros", "équivalents temps plein"
_DANGEREUX = ("=", "+", "-", "@", "\t", "\r")
Ligne = tuple[object, ...]


def en_csv(comparaison: Comparaison) -> bytes:
    """UTF-8 avec marque, point-virgule, virgule décimale : s’ouvre tel quel dans un tableur.

    Un texte qui commence comme une formule est précédé d’une apostrophe. Une année sans ligne :
    ce bilan-là n’en disait rien.
    """
    tampon = io.StringIO()
    sortie = csv.writer(tampon, delimiter=";", lineterminator="\r\n")
    sortie.writerow(ENTETE)
    for ligne in _lignes(comparaison):
        sortie.writerow([_cellule(valeur) for valeur in ligne])
    return b"\xef\xbb\xbf" + tampon.getvalue().encode()


def _cellule(valeur: object) -> str:
    if valeur is None:
        return ""
    if isinstance(valeur, Decimal):
        return f"{valeur.normalize():f}".replace(".", ",")
    texte = str(valeur)
    return f"'{texte}" if texte.startswith(_DANGEREUX) else texte


def _lignes(comparaison: Comparaison) -> Iterator[Ligne]:
    yield from _etats(comparaison)
    yield from _actions(comparaison)
    for indicateur in comparaison.indicateurs:
        yield from _indicateur(indicateur, comparaison.annees)
    yield from _argent(comparaison)
    yield from _annonces(comparaison)
    for dit in employes(comparaison):
        yield "sigle", "", "", dit.mot.sigle, dit.annee, "", "", "", "", "", dit.mot.terme


def _etats(comparaison: Comparaison) -> Iterator[Ligne]:
    for etat in comparaison.etats:
        for annee, nombre in zip(comparaison.annees, etat.nombres, strict=True):
            yield "etat", "", "", etat.etat.value, annee, nombre, "actions", "", "", "", ""


def _actions(comparaison: Comparaison) -> Iterator[Ligne]:
    for action in comparaison.actions:
        for annee, dit in zip(comparaison.annees, action.etats, strict=True):
            if dit:
                yield (
                    "action", action.volet, action.numero, action.titre, annee, "", "", "",
                    dit.mot, "", "",
                )  # fmt: skip


def _annonces(comparaison: Comparaison) -> Iterator[Ligne]:
    for suivies in comparaison.annonces:
        for ligne in suivies.lignes:
            yield (
                "annonce", suivies.annoncees_en, "", ligne.texte, suivies.dites_en, "", "", "",
                ligne.libelle, "", ligne.explication,
            )  # fmt: skip


def _indicateur(indicateur: IndicateurCompare, annees: tuple[int, ...]) -> Iterator[Ligne]:
    for annee, valeur in zip(annees, indicateur.valeurs, strict=True):
        if valeur:
            revue = valeur.revue.valeur if valeur.revue else None
            yield (
                "indicateur", indicateur.volet, "", indicateur.libelle, annee,
                valeur.publiee.valeur, indicateur.serie.unite, valeur.publiee.qualite, "", revue,
                "",
            )  # fmt: skip


def _argent(comparaison: Comparaison) -> Iterator[Ligne]:
    for nature, lignes in (
        ("financement_total", (comparaison.financements,)),
        ("financeur", comparaison.payeurs),
        ("volet_finance", comparaison.usages),
        ("depense", comparaison.depenses),
    ):
        for ligne in lignes:
            yield from _montants(nature, ligne, comparaison.annees)


def _montants(nature: str, ligne: Montants, annees: tuple[int, ...]) -> Iterator[Ligne]:
    unite = ETP if ETP in ligne.nom else EUROS
    for annee, montant in zip(annees, ligne.montants, strict=True):
        if montant is not None:
            yield nature, "", "", ligne.nom, annee, montant, unite, "", "", "", ""
