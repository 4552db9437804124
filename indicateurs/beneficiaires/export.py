"""Le tableau des bénéficiaires à emporter : une ligne par action, public et quartier."""

from collections.abc import Iterator

from cls_platform.socle.tableur.feuille import Valeur
from indicateurs.beneficiaires.lecture import Bilan, Ligne
from indicateurs.beneficiaires.totaux import Nombre

ENTETES = ("Année", "Niveau", "Action", "Public ou quartier", "Personnes", "Présences",
           "Comptées dans aucune autre action", "Source")  # fmt: skip
ACTION, DETAIL, PUBLIC, QUARTIER, ENSEMBLE = (
    "Action",
    "Dont",
    "Public",
    "Quartier prioritaire",
    "Ensemble du contrat",
)


def lignes_du_tableur(bilan: Bilan) -> list[list[Valeur]]:
    """Un nombre exact est un nombre ; des bornes, ou un nombre masqué, sont du texte."""
    return [[bilan.annee, *ligne] for ligne in _lignes(bilan)]


def _lignes(bilan: Bilan) -> Iterator[list[Valeur]]:
    for action in bilan.actions:
        yield _ligne(ACTION, action.libelle, "", action)
        for detail in action.details:
            yield _ligne(DETAIL, action.libelle, detail.libelle, detail)
    for niveau, lignes in ((PUBLIC, bilan.publics), (QUARTIER, bilan.quartiers)):
        for ligne in lignes:
            yield _ligne(niveau, "", ligne.libelle, ligne)
    yield _ligne(ENSEMBLE, "", "", bilan.total)


def _ligne(niveau: str, action: str, qui: str, ligne: Ligne) -> list[Valeur]:
    distinctes = "oui" if ligne.est_distincte else ""
    return [niveau, action, qui, _valeur(ligne.personnes), _valeur(ligne.presences), distinctes,
            ligne.source]  # fmt: skip


def _valeur(nombre: Nombre) -> Valeur:
    return nombre.exact if nombre.exact is not None else nombre.texte
