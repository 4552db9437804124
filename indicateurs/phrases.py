"""Une série dite en français simple : valeur écrite, constat, comparaison, cible.

Rien n’est inventé : chaque phrase répète des valeurs de la série, avec leur année.
"""

from decimal import Decimal

from cls_platform.socle.typographie import FINE, INSECABLE, nombre
from indicateurs.series import PERSONNES, Releve, Serie

MOINS_DE_CINQ = f"moins de{INSECABLE}5"
_SANS_MOT = frozenset({"", "nombre"})
_FORMES = {
    "%": "{}" + FINE + "%",
    "euros": "{}" + INSECABLE + "€",
    "€": "{}" + INSECABLE + "€",
    "ETP": "{}" + INSECABLE + "équivalents temps plein",
    "taux pour 1 000": "{} pour 1" + FINE + "000",
    "taux pour 10 000": "{} pour 10" + FINE + "000",
    "taux pour 100 000": "{} pour 100" + FINE + "000",
    "consultations/an/habitant": "{}" + INSECABLE + "consultations par an et par habitant",
    "note /10": "{} sur" + INSECABLE + "10",
    "indice": "{}",
}


def ecrire(valeur: Decimal, unite: str, decimales: int = 0, *, avec_unite: bool = True) -> str:
    """« 112 personnes », « 13,1 % », « 1 jour » : l’unité s’accorde."""
    ecrite = nombre(valeur, decimales)
    if unite in _SANS_MOT or not avec_unite:
        return ecrite
    if unite in _FORMES:
        return _FORMES[unite].format(ecrite)
    return f"{ecrite}{INSECABLE}{_accorder(unite, valeur)}"


def _accorder(unite: str, valeur: Decimal) -> str:
    """Le premier mot de l’unité perd son « s » sous deux."""
    if abs(valeur) >= 2:
        return unite
    premier, espace, suite = unite.partition(" ")
    return f"{premier.removesuffix('s')}{espace}{suite}"


def lire(releve: Releve, serie: Serie, *, avec_unite: bool = True) -> str:
    """Ce que l’on écrit pour un relevé, valeur masquée ou absente comprises."""
    if releve.est_secret:
        return MOINS_DE_CINQ
    if releve.valeur is None:
        return "non disponible"
    if releve.est_petit_rapport and releve.numerateur is not None:
        return f"{nombre(releve.numerateur, 0)} sur{INSECABLE}{nombre(releve.denominateur or 0, 0)}"
    return ecrire(releve.valeur, serie.unite, serie.decimales, avec_unite=avec_unite)


def constat(serie: Serie, annee: int) -> str:
    """« 112 personnes formées en 2025 » si le libellé s’y prête, sinon « Libellé : 12 en 2025 »."""
    releve = serie.en(annee)
    if releve is None or (releve.valeur is None and not releve.est_secret):
        return serie.libelle
    if est_un_compte(serie, annee):
        ecrite = lire(releve, serie, avec_unite=False)
        return f"{ecrite}{INSECABLE}{serie.libelle[0].lower()}{serie.libelle[1:]} en {annee}"
    return f"{serie.libelle}{INSECABLE}: {lire(releve, serie)} en {annee}"


def est_un_compte(serie: Serie, annee: int) -> bool:
    """Vrai si le constat de l’année se dit « 112 personnes formées en 2025 »."""
    releve = serie.en(annee)
    connu = releve is not None and releve.valeur is not None and releve.valeur >= 2
    return connu and _commence_par_son_unite(serie)


def _commence_par_son_unite(serie: Serie) -> bool:
    premier = serie.libelle.split(" ", maxsplit=1)[0].lower()
    unite = serie.unite.split(" ", maxsplit=1)[0].lower()
    if serie.agregation == "RATIO" or not premier.endswith("s"):
        return False
    generique = unite in {"nombre", "", "personnes"} and premier.removesuffix("s") in PERSONNES
    return premier == unite or generique


def comparaison(serie: Serie, annee: int) -> str:
    """« C’était 17 jours en 2024. Ce chiffre baisse, comme nous le voulons. » puis la cible."""
    releve, avant = serie.en(annee), serie.avant(annee)
    phrases = [_etat(releve, annee), _avant(serie, avant), _mouvement(serie, releve, avant)]
    return " ".join(phrase for phrase in [*phrases, _cible(serie, annee)] if phrase)


def _etat(releve: Releve | None, annee: int) -> str:
    if releve is None or (releve.valeur is None and not releve.est_secret):
        return f"La valeur de {annee} n’est pas encore connue."
    if releve.est_secret:
        return "Le nombre est trop petit pour être donné : il pourrait désigner des personnes."
    provisoire = f"La valeur de {annee} est provisoire." if releve.est_provisoire else ""
    return " ".join(phrase for phrase in (_effectifs(releve), provisoire) if phrase)


def _effectifs(releve: Releve) -> str:
    """Le nombre derrière chaque pourcentage."""
    if releve.numerateur is None or releve.denominateur is None or releve.est_petit_rapport:
        return ""
    return f"Cela fait {nombre(releve.numerateur, 0)} sur {nombre(releve.denominateur, 0)}."


def _avant(serie: Serie, avant: Releve | None) -> str:
    if avant is None:
        return ""
    dit = f"C’était {lire(avant, serie)} en {avant.annee}"
    reference = serie.reference
    if reference and reference.annee < avant.annee:
        premiere = ecrire(reference.valeur, serie.unite, serie.decimales)
        dit += f", et {premiere} en {reference.annee}"
    return f"{dit}."


def _mouvement(serie: Serie, releve: Releve | None, avant: Releve | None) -> str:
    if not (releve and avant) or releve.valeur is None or avant.valeur is None:
        return ""
    ecart = releve.valeur - avant.valeur
    if ecart == 0:
        return "Ce chiffre ne change pas."
    verbe = "monte" if ecart > 0 else "baisse"
    if serie.sens == "NEUTRE":
        return f"Ce chiffre {verbe}."
    if (ecart > 0) == (serie.sens == "HAUSSE"):
        return f"Ce chiffre {verbe}, comme nous le voulons."
    return f"Ce chiffre {verbe}, alors que nous voulons le contraire."


def _cible(serie: Serie, annee: int) -> str:
    cible = serie.cible
    if cible is None:
        return ""
    but = ecrire(cible.valeur, serie.unite, serie.decimales)
    if cible.annee < annee:
        return f"L’objectif était de {but} en {cible.annee}."
    return f"Nous visons {but} en {cible.annee}."
