"""Lire les données de contexte : la valeur d’un territoire, son année, sa source.

Une valeur publiée à ce niveau l’emporte. Sinon, une somme s’additionne et un ratio se refait avec
la somme des numérateurs et celle des dénominateurs, dans une seule édition. Jamais de moyenne. Une
édition qui décrit moins de la moitié des territoires à réunir n’en dit rien : la raison l’écrit.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection

from acteurs.contexte_sql import AGREGATS, CHAQUE_ANNEE, DIRECTES, MEMBRES, MEMBRES_DU_GROUPE
from acteurs.models import AgregationContexte, IndicateurContexte, NiveauTerritoire, QualiteContexte

GROUPE = "groupe"
SANS_DONNEE = "aucune donnée chargée"
NE_S_ADDITIONNE_PAS = "cet indicateur ne s’additionne pas : il faut une valeur publiée ici"
SANS_QUOTIENT = "le numérateur et le dénominateur ne sont pas chargés"
RAISON_DE_LA_QUALITE: dict[str, str] = {
    QualiteContexte.SECRET_STATISTIQUE: "secret statistique",
    QualiteContexte.NON_DISPONIBLE: "non disponible",
}


@dataclass(frozen=True, slots=True)
class ValeurContexte:
    """`valeur` None : `raison` dit pourquoi. `renseignes` sur `membres` territoires réunis."""

    valeur: Decimal | None
    annee: int | None = None
    source: str = ""
    raison: str = ""
    numerateur: Decimal | None = None
    denominateur: Decimal | None = None
    est_recalculee: bool = False
    renseignes: int = 0
    membres: int = 0

    @property
    def est_partielle(self) -> bool:
        return self.est_recalculee and self.renseignes < self.membres


VIDE = ValeurContexte(None, raison=SANS_DONNEE)


def valeurs(
    indicateur: str, niveau: str, codes: Collection[str], *, annee: int | None = None
) -> dict[str, ValeurContexte]:
    """Pour chaque code demandé, sa valeur la plus récente, ou celle de `annee` ; trois requêtes.

    Lève ValueError si le niveau n’existe pas. Un indicateur inconnu n’a de valeur nulle part.
    """
    lues = valeurs_de(IndicateurContexte.objects.filter(pk=indicateur), niveau, codes, annee=annee)
    return {code: lues.get((indicateur, code), VIDE) for code in codes}


def valeurs_de(
    indicateurs: Collection[IndicateurContexte],
    niveau: str,
    codes: Collection[str],
    *,
    annee: int | None = None,
    publiees_seulement: bool = False,
) -> dict[tuple[str, str], ValeurContexte]:
    """Les mêmes pour plusieurs indicateurs à la fois : (indicateur, code) → valeur.

    `publiees_seulement` : rien n’est réuni, par exemple pour la France entière sur une page.
    """
    niveau = NiveauTerritoire(niveau)
    par_code = {indicateur.pk: indicateur for indicateur in indicateurs}
    if not par_code or not codes:
        return {}
    parametres = {"indicateurs": list(par_code), "codes": list(codes), "annee": annee}
    lues = {
        (ligne[0], ligne[1]): _directe(par_code[ligne[0]], ligne)
        for ligne in _executer(DIRECTES, parametres | {"niveau": niveau.value})
    }
    if niveau in MEMBRES and not publiees_seulement:
        _completer(lues, par_code, AGREGATS.format(membres=MEMBRES[niveau]), parametres)
    return lues


def publiees_par_annee(
    indicateur: IndicateurContexte, niveau: str, code: str
) -> dict[int, ValeurContexte]:
    """Chaque millésime connu de ce territoire, sans rien refaire de ses membres : une requête."""
    parametres = {"indicateurs": [indicateur.pk], "codes": [code], "annee": None}
    niveau = NiveauTerritoire(niveau).value
    lignes = _executer(CHAQUE_ANNEE, parametres | {"niveau": niveau})
    lues = (_directe(indicateur, ligne) for ligne in lignes)
    return {lue.annee: lue for lue in lues if lue.annee and lue.valeur is not None}


def valeurs_du_groupe(
    indicateurs: Collection[IndicateurContexte],
    communes: Collection[str],
    *,
    annee: int | None = None,
) -> dict[str, ValeurContexte]:
    """La valeur d’un ensemble de communes, comme le périmètre d’un contrat, par indicateur."""
    par_code = {indicateur.pk: indicateur for indicateur in indicateurs}
    if not par_code or not communes:
        return {}
    lues: dict[tuple[str, str], ValeurContexte] = {}
    parametres = {"indicateurs": list(par_code), "codes": list(communes), "annee": annee}
    _completer(lues, par_code, AGREGATS.format(membres=MEMBRES_DU_GROUPE), parametres)
    return {indicateur: valeur for (indicateur, _), valeur in lues.items()}


def _completer(
    lues: dict[tuple[str, str], ValeurContexte],
    indicateurs: Mapping[str, IndicateurContexte],
    sql: str,
    parametres: Mapping[str, Any],
) -> None:
    """Ce qui n’est pas publié à ce niveau se calcule, ou dit pourquoi il ne se calcule pas."""
    for ligne in _executer(sql, parametres):
        cle = (ligne[0], ligne[1])
        connue = lues.get(cle)
        if connue is None:
            lues[cle] = _agregee(indicateurs[ligne[0]], ligne)


def _directe(indicateur: IndicateurContexte, ligne: Sequence[Any]) -> ValeurContexte:
    _, _, annee, source, valeur, numerateur, denominateur, qualite = ligne
    if qualite != QualiteContexte.DEFINITIVE:
        return ValeurContexte(None, annee, source, RAISON_DE_LA_QUALITE[qualite])
    if indicateur.agregation == AgregationContexte.RATIO and denominateur:
        valeur = quotient(indicateur, numerateur, denominateur)
    return ValeurContexte(valeur, annee, source, numerateur=numerateur, denominateur=denominateur)


def _agregee(indicateur: IndicateurContexte, ligne: Sequence[Any]) -> ValeurContexte:
    _, _, annee, source, somme, numerateur, denominateur, avec_valeur, avec_quotient, membres = (
        ligne
    )
    est_ratio = indicateur.agregation == AgregationContexte.RATIO
    renseignes = avec_quotient if est_ratio else avec_valeur

    def sans(raison: str) -> ValeurContexte:
        return ValeurContexte(None, annee, source, raison, renseignes=renseignes, membres=membres)

    if indicateur.agregation == AgregationContexte.NON_AGREGABLE:
        return sans(NE_S_ADDITIONNE_PAS)
    if est_ratio and not renseignes:
        return sans(SANS_QUOTIENT)
    if renseignes * 2 < membres:
        return sans(f"{renseignes} territoires renseignés sur {membres} : trop peu pour conclure")
    return ValeurContexte(
        valeur=quotient(indicateur, numerateur, denominateur) if est_ratio else somme,
        annee=annee,
        source=source,
        numerateur=numerateur if est_ratio else None,
        denominateur=denominateur if est_ratio else None,
        est_recalculee=True,
        renseignes=renseignes,
        membres=membres,
    )


def quotient(indicateur: IndicateurContexte, numerateur: Decimal, denominateur: Decimal) -> Decimal:
    """Dans l’unité de l’indicateur : 45 / 1 200 vaut 3,75 pour des « % »."""
    return numerateur * indicateur.multiple / denominateur


def _executer(sql: str, parametres: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as curseur:
        curseur.execute(sql, parametres)
        return curseur.fetchall()
