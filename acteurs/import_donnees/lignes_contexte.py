"""Une ligne de données de contexte : ce qu’elle dit, ou la phrase qui la refuse."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from acteurs.import_donnees.nombres import lire_annee, lire_nombre
from acteurs.import_donnees.rapport import Refus
from acteurs.models import IndicateurContexte, NiveauTerritoire, QualiteContexte
from acteurs.resolution import normaliser
from cls_platform.socle.tableur.cles import cle
from cls_platform.socle.tableur.remarques import ValeurRefusee
from cls_platform.socle.tableur.table import Ligne

SOURCE_MAX = 250
# L’écart que laisse l’arrondi d’un pourcentage publié au dixième
TOLERANCE = Decimal("0.051")
DUREE_DE_VIE_MAX = 120
NIVEAUX: dict[str, str] = {
    mot: niveau.value
    for niveau, mots in {
        NiveauTerritoire.COMMUNE: ("commune", "communes", "com"),
        NiveauTerritoire.EPCI: ("epci", "intercommunalite", "intercommunalites"),
        NiveauTerritoire.DEPARTEMENT: ("departement", "departements", "dep"),
        NiveauTerritoire.REGION: ("region", "regions", "reg"),
        NiveauTerritoire.FRANCE: ("france", "fr", "national", "pays"),
    }.items()
    for mot in mots
}
QUALITES: dict[str, str] = {
    "s": QualiteContexte.SECRET_STATISTIQUE,
    "ns": QualiteContexte.SECRET_STATISTIQUE,
    "secret": QualiteContexte.SECRET_STATISTIQUE,
    "secret statistique": QualiteContexte.SECRET_STATISTIQUE,
    "nd": QualiteContexte.NON_DISPONIBLE,
    "n d": QualiteContexte.NON_DISPONIBLE,
    "na": QualiteContexte.NON_DISPONIBLE,
    "n a": QualiteContexte.NON_DISPONIBLE,
    "non disponible": QualiteContexte.NON_DISPONIBLE,
    "definitive": QualiteContexte.DEFINITIVE,
    "provisoire": QualiteContexte.DEFINITIVE,
    "estimee": QualiteContexte.DEFINITIVE,
}
PEUVENT_ETRE_NEGATIFS = frozenset({"indice"})
POURCENTAGES = frozenset({"pour cent", "pourcentage", "pourcent", "p 100"})
EFFECTIFS = frozenset({"nombre", "nb", "effectif", "habitants", "personnes"})
_TAUX_POUR = re.compile(r"^(?:taux )?(?:pour |p )?")


@dataclass(frozen=True, slots=True)
class Defauts:
    """Ce qui vaut pour toutes les lignes quand la colonne manque ou que la cellule est vide."""

    indicateur: str = ""
    niveau: str = ""
    annee: int | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class LigneLue:
    ligne: Ligne
    indicateur: IndicateurContexte
    niveau: str
    code: str
    annee: int
    source: str
    valeur: Decimal | None
    numerateur: Decimal | None
    denominateur: Decimal | None
    qualite: str

    @property
    def cle(self) -> tuple[str, int, str]:
        return self.indicateur.pk, self.annee, self.niveau


def lire_ligne(
    ligne: Ligne, defauts: Defauts, indicateurs: Mapping[str, IndicateurContexte], le: date
) -> LigneLue:
    """Tout se vérifie ici, sauf que le territoire existe. Lève Refus."""
    indicateur = _indicateur(ligne, defauts, indicateurs)
    niveau = _niveau(ligne, defauts)
    code = normaliser(niveau, ligne.texte("code"))
    if not code:
        raise Refus("code", "Il manque le code du territoire.")
    qualite = _qualite(ligne)
    est_connue = qualite == QualiteContexte.DEFINITIVE
    valeur = _nombre(ligne, "valeur") if est_connue else None
    numerateur = _nombre(ligne, "numerateur") if est_connue else None
    denominateur = _nombre(ligne, "denominateur") if est_connue else None
    _exiger_l_unite(ligne, indicateur)
    _exiger_un_quotient(numerateur, denominateur)
    if est_connue and valeur is None and numerateur is None:
        raise Refus("valeur", "Il manque la valeur. Écrivez « s » ou « nd » si elle est cachée.")
    _exiger_possible(indicateur, valeur, numerateur, denominateur)
    return LigneLue(
        ligne=ligne,
        indicateur=indicateur,
        niveau=niveau,
        code=code,
        annee=_annee(ligne, defauts, le),
        source=_source(ligne, defauts),
        valeur=valeur,
        numerateur=numerateur,
        denominateur=denominateur,
        qualite=qualite,
    )


def _indicateur(
    ligne: Ligne, defauts: Defauts, indicateurs: Mapping[str, IndicateurContexte]
) -> IndicateurContexte:
    code = (ligne.texte("indicateur") or defauts.indicateur).upper()
    if not code:
        raise Refus("indicateur", "Il manque le code de l’indicateur, par exemple C03.")
    if code not in indicateurs:
        raise Refus("indicateur", "Aucun indicateur de contexte n’a ce code.")
    return indicateurs[code]


def _niveau(ligne: Ligne, defauts: Defauts) -> str:
    ecrit = ligne.texte("niveau")
    niveau = NIVEAUX.get(cle(ecrit), "") if ecrit else defauts.niveau
    if niveau:
        return niveau
    manque = "Ce niveau n’existe pas." if ecrit else "Il manque le niveau."
    raise Refus("niveau", f"{manque} Écrivez l’un de : {', '.join(NiveauTerritoire.values)}.")


def _annee(ligne: Ligne, defauts: Defauts, le: date) -> int:
    try:
        annee = lire_annee(ligne.valeurs.get("annee") or defauts.annee, le.year)
    except ValeurRefusee as refus:
        raise Refus("annee", str(refus)) from refus
    if annee is None:
        raise Refus("annee", "Il manque l’année que décrit cette valeur.")
    return annee


def _source(ligne: Ligne, defauts: Defauts) -> str:
    source = " ".join(ligne.texte("source").split()) or defauts.source
    if not source:
        raise Refus("source", "Il manque la source : une valeur sans source n’est pas montrée.")
    if len(source) > SOURCE_MAX:
        raise Refus("source", f"Cette source est trop longue : {SOURCE_MAX} caractères au plus.")
    return source


def _qualite(ligne: Ligne) -> str:
    """Une colonne le dit, ou la valeur même : « s » pour le secret statistique."""
    ecrite = ligne.texte("qualite")
    if ecrite and cle(ecrite) not in QUALITES:
        raise Refus("qualite", "Écrivez « définitive », « secret statistique » ou « nd ».")
    if ecrite:
        return QUALITES[cle(ecrite)]
    return QUALITES.get(cle(ligne.texte("valeur")), QualiteContexte.DEFINITIVE)


def _nombre(ligne: Ligne, colonne: str) -> Decimal | None:
    try:
        return lire_nombre(ligne.valeurs.get(colonne))
    except ValeurRefusee as refus:
        raise Refus(colonne, str(refus)) from refus


def _exiger_l_unite(ligne: Ligne, indicateur: IndicateurContexte) -> None:
    ecrite = ligne.texte("unite")
    if ecrite and _unite(ecrite) != _unite(indicateur.unite):
        raise Refus("unite", f"L’unité attendue est « {indicateur.unite} ».")


def _unite(texte: str) -> str:
    """« p. 100 000 », « pour 100 000 » et « taux pour 100 000 » se valent."""
    mots = cle(texte)
    if not mots or mots in POURCENTAGES:
        return "%"
    nue = _TAUX_POUR.sub("", mots).replace(" ", "")
    return "nombre" if nue in EFFECTIFS else nue


def _exiger_un_quotient(numerateur: Decimal | None, denominateur: Decimal | None) -> None:
    if numerateur is not None and denominateur is None:
        raise Refus("denominateur", "Il manque le dénominateur de ce numérateur.")
    if numerateur is None and denominateur is not None:
        raise Refus("numerateur", "Il manque le numérateur de ce dénominateur.")
    if denominateur is not None and denominateur <= 0:
        raise Refus("denominateur", "Un dénominateur est plus grand que zéro.")
    if numerateur is not None and numerateur < 0:
        raise Refus("numerateur", "Un numérateur ne peut pas être négatif.")


def _exiger_possible(
    indicateur: IndicateurContexte,
    valeur: Decimal | None,
    numerateur: Decimal | None,
    denominateur: Decimal | None,
) -> None:
    """Ni part au-delà de 100 %, ni effectif négatif, ni valeur que son quotient dément."""
    attendue = None
    if numerateur is not None and denominateur is not None:
        attendue = numerateur * indicateur.multiple / denominateur
        if indicateur.unite == "%" and attendue > 100:
            raise Refus("numerateur", "Cette part dépasse 100 % : le numérateur est trop grand.")
    if valeur is None:
        return
    _exiger_bornee(indicateur.unite, valeur)
    if attendue is not None and abs(attendue - valeur) > max(TOLERANCE, attendue * TOLERANCE / 10):
        raise Refus(
            "valeur",
            f"La valeur ne vaut pas le numérateur sur le dénominateur ({attendue:.2f}). "
            "Corrigez l’un des trois.",
        )


def _exiger_bornee(unite: str, valeur: Decimal) -> None:
    if valeur < 0 and unite not in PEUVENT_ETRE_NEGATIFS:
        raise Refus("valeur", "Cette valeur est impossible : elle ne peut pas être négative.")
    if unite == "%" and valeur > 100:
        raise Refus("valeur", "Cette part dépasse 100 %.")
    if unite == "années" and valeur > DUREE_DE_VIE_MAX:
        raise Refus("valeur", f"Cette durée est impossible : plus de {DUREE_DE_VIE_MAX} ans.")
