"""Le contexte d’un territoire, prêt à montrer : valeurs, unités, années, sources."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from acteurs.contexte import ValeurContexte, valeurs_de
from acteurs.models import Commune, IndicateurContexte, NiveauTerritoire
from acteurs.zonages import ZoneLue, zones_par_type
from cls_platform.socle.typographie import FINE, INSECABLE, nombre

DECIMALES = {"nombre": 0, "%": 1, "indice": 2, "consultations/an/habitant": 1, "années": 1}
N = NiveauTerritoire
# Au-delà, l’unité peut passer à la ligne dans un tableau
UNITE_LONGUE = 15


@dataclass(frozen=True, slots=True)
class Repere:
    """La même valeur, pour un territoire plus grand."""

    territoire: str
    valeur: str


@dataclass(frozen=True, slots=True)
class LigneContexte:
    """`valeur` vide : `raison` dit pourquoi. `mention` : comment elle a été calculée."""

    code: str
    libelle: str
    definition: str
    valeur: str
    raison: str
    mention: str
    annee: int | None
    source: str
    limites: str
    reperes: Sequence[Repere]


@dataclass(frozen=True, slots=True)
class ContexteTerritoire:
    """`zones` : libellé du zonage → zones qui touchent le territoire."""

    lignes: Sequence[LigneContexte]
    zones: dict[str, list[ZoneLue]]


def contexte_du_territoire(niveau: str, code: str, le: date) -> ContexteTerritoire:
    """Pour une commune ou une intercommunalité ; une douzaine de requêtes, toujours les mêmes."""
    communes = Commune.objects.actuelles()
    du_territoire = communes.filter(pk=code) if niveau == N.COMMUNE else communes.filter(epci=code)
    membres = list(du_territoire.values_list("pk", "departement_id", "region_id"))
    indicateurs = list(IndicateurContexte.objects.actives().tries())
    ici = valeurs_de(indicateurs, niveau, [code])
    autour = _reperes(indicateurs, membres)
    return ContexteTerritoire(
        lignes=[
            _ligne(i, ici[i.pk, code], autour.get(i.pk, []))
            for i in indicateurs
            if (i.pk, code) in ici
        ],
        zones=zones_par_type([pk for pk, _, _ in membres], le),
    )


def _reperes(
    indicateurs: Sequence[IndicateurContexte], membres: Sequence[tuple[str, str, str]]
) -> dict[str, list[Repere]]:
    """Département et région s’il n’y en a qu’un ; la France si sa valeur est publiée."""
    lieux = [("Département", N.DEPARTEMENT, {d for _, d, _ in membres})]
    lieux += [("Région", N.REGION, {r for _, _, r in membres}), ("France", N.FRANCE, {"FR"})]
    reperes: dict[str, list[Repere]] = {}
    for territoire, niveau, codes in lieux:
        if len(codes) != 1:
            continue
        lues = valeurs_de(indicateurs, niveau, list(codes), publiees_seulement=niveau == N.FRANCE)
        for indicateur in indicateurs:
            lue = lues.get((indicateur.pk, next(iter(codes))))
            if lue and lue.valeur is not None:
                repere = Repere(territoire, ecrire(indicateur, lue))
                reperes.setdefault(indicateur.pk, []).append(repere)
    return reperes


def _ligne(
    indicateur: IndicateurContexte, lue: ValeurContexte, reperes: Sequence[Repere]
) -> LigneContexte:
    return LigneContexte(
        code=indicateur.pk,
        libelle=indicateur.libelle,
        definition=indicateur.definition,
        valeur=ecrire(indicateur, lue) if lue.valeur is not None else "",
        raison=lue.raison,
        mention=_mention(lue),
        annee=lue.annee,
        source=lue.source,
        limites=indicateur.limites,
        reperes=reperes,
    )


def _mention(lue: ValeurContexte) -> str:
    if not lue.est_recalculee or lue.valeur is None:
        return ""
    if lue.est_partielle:
        return f"calculé sur {nombre(lue.renseignes)} des {nombre(lue.membres)} territoires"
    return "calculé à partir des communes"


def ecrire(indicateur: IndicateurContexte, lue: ValeurContexte) -> str:
    """« 12,3 % », « 189,0 pour 100 000 », « 64 385 »."""
    if lue.valeur is None:
        return ""
    ecrit = nombre(lue.valeur, DECIMALES.get(indicateur.unite, 1))
    if indicateur.unite == "nombre":
        return ecrit
    unite = indicateur.unite.removeprefix("taux ").replace(" 000", f"{FINE}000")
    if unite == "%":
        return f"{ecrit}{FINE}%"
    return f"{ecrit} {unite}" if len(unite) > UNITE_LONGUE else f"{ecrit}{INSECABLE}{unite}"
