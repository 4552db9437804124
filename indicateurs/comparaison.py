"""Le territoire d’un contrat à côté de son département, de sa région et de la France.

Les valeurs sont celles des données de contexte, chacune avec son année et sa source. Ce qui ne
s’additionne pas se lit au niveau publié ; ce qui manque se dit. Rien n’est jamais une moyenne, et
deux années différentes ne se soustraient pas.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from acteurs.contexte import (
    NE_S_ADDITIONNE_PAS,
    VIDE,
    ValeurContexte,
    valeurs_de,
    valeurs_du_groupe,
)
from acteurs.fiche_territoire import DECIMALES, ecrire
from acteurs.models import AgregationContexte, IndicateurContexte, NiveauTerritoire
from cls_platform.socle.typographie import INSECABLE, nombre
from contrats.models import Contrat
from indicateurs.lieux_compares import Lieu, lieux_du_contrat
from indicateurs.models import Indicateur, Mesure

N = NiveauTerritoire
SAISIE = "Saisie du contrat"
FAVORABLE, DEFAVORABLE, SANS_AVIS = "FAVORABLE", "DEFAVORABLE", ""
PLEINE = 100
Lues = Mapping[tuple[str, str], ValeurContexte]


@dataclass(frozen=True, slots=True)
class ValeurComparee:
    """`ecrite` vide : `raison` dit pourquoi. `part` : la longueur de sa barre, de 0 à 100.

    `ecart` : ce territoire-ci moins celui de la ligne, dans l’unité, pour une même année seulement.
    """

    lieu: Lieu
    lue: ValeurContexte
    ecrite: str
    effectifs: str = ""
    mention: str = ""
    part: float = 0.0
    ecart: str = ""
    avis: str = SANS_AVIS

    @property
    def annee(self) -> int | None:
        return self.lue.annee

    @property
    def raison(self) -> str:
        return "" if self.ecrite else f"Non disponible{INSECABLE}: {self.lue.raison}"


@dataclass(frozen=True)
class Comparaison:
    """Un indicateur de contexte, lu du plus petit territoire au plus grand."""

    indicateur: IndicateurContexte
    lignes: tuple[ValeurComparee, ...]

    @property
    def ici(self) -> ValeurComparee:
        return self.lignes[0]

    @cached_property
    def connues(self) -> tuple[ValeurComparee, ...]:
        return tuple(ligne for ligne in self.lignes if ligne.ecrite)

    @cached_property
    def annees(self) -> tuple[int, ...]:
        return tuple(sorted({li.annee for li in self.connues if li.annee is not None}))

    @cached_property
    def sources(self) -> tuple[str, ...]:
        lues = (li.lue.source for li in self.connues)
        return tuple(dict.fromkeys(source for source in lues if source not in {"", SAISIE}))

    @property
    def phrase(self) -> str:
        """« Le territoire : 15,2 % en 2022. Bretagne : 13,8 %. » ; vide si rien n’est connu."""
        avec_annee = len(self.annees) > 1
        return " ".join(
            _dire(ligne, avec_annee=avec_annee or ligne is self.connues[0])
            for ligne in self.connues
        )

    def avis_de(self, niveau: str) -> str:
        """Plus ou moins favorable que ce niveau ; vide si on ne peut pas le dire."""
        return next((li.avis for li in self.lignes if li.lieu.niveau == niveau and li.avis), "")


def comparaison_de(indicateur: Indicateur) -> Comparaison | None:
    """None si l’indicateur ne vient pas du catalogue, ou que rien de tel n’est publié.

    Sans donnée chargée pour le territoire, c’est la dernière valeur saisie qui se compare.
    """
    if not indicateur.modele_id:
        return None
    contexte = list(IndicateurContexte.objects.actives().filter(pk=indicateur.modele_id))
    if not contexte:
        return None
    saisie = _derniere_saisie(indicateur) if indicateur.unite == contexte[0].unite else None
    (comparaison,) = _comparer(indicateur.contrat, contexte, saisie)
    return comparaison


def _derniere_saisie(indicateur: Indicateur) -> ValeurContexte | None:
    """Dans la même unité que la donnée de contexte ; l’appelant l’a vérifié."""
    connues: Iterable[Mesure] = indicateur.mesures.de_l_ensemble().filter(valeur__isnull=False)
    derniere = max(connues, key=lambda mesure: mesure.periode_fin, default=None)
    if derniere is None:
        return None
    return ValeurContexte(
        derniere.valeur,
        derniere.annee,
        SAISIE,
        numerateur=derniere.numerateur,
        denominateur=derniere.denominateur,
    )


def comparaisons_du_contrat(contrat: Contrat) -> list[Comparaison]:
    """Tous les indicateurs de contexte, dans leur ordre ; toujours le même nombre de requêtes."""
    return _comparer(contrat, list(IndicateurContexte.objects.actives().tries()))


def _comparer(
    contrat: Contrat,
    indicateurs: Sequence[IndicateurContexte],
    saisie: ValeurContexte | None = None,
) -> list[Comparaison]:
    lieux = lieux_du_contrat(contrat)
    lues = _lire(indicateurs, lieux)
    if saisie is not None:
        for valeurs in lues.values():
            valeurs[0] = saisie if valeurs[0].valeur is None else valeurs[0]
    return [
        Comparaison(indicateur, _lignes(indicateur, lieux, lues[indicateur.pk]))
        for indicateur in indicateurs
    ]


def _lire(
    indicateurs: Sequence[IndicateurContexte], lieux: Sequence[Lieu]
) -> dict[str, list[ValeurContexte]]:
    """Pour chaque indicateur, la valeur de chaque lieu, dans l’ordre des lieux."""
    par_niveau: dict[str, Lues] = {}
    for niveau in (N.DEPARTEMENT, N.REGION, N.FRANCE):
        codes = [code for lieu in lieux if lieu.niveau == niveau for code in lieu.codes]
        seules = niveau == N.FRANCE
        par_niveau[niveau] = valeurs_de(indicateurs, niveau, codes, publiees_seulement=seules)
    ici = _lire_ici(indicateurs, lieux[0])
    return {
        i.pk: [
            ici.get(i.pk, _sans_donnee(i))
            if lieu.est_ici
            else par_niveau[lieu.niveau].get((i.pk, lieu.codes[0]), VIDE)
            for lieu in lieux
        ]
        for i in indicateurs
    }


def _sans_donnee(indicateur: IndicateurContexte) -> ValeurContexte:
    """Charger les communes n’y changerait rien, si l’indicateur ne s’additionne pas."""
    if indicateur.agregation == AgregationContexte.NON_AGREGABLE:
        return ValeurContexte(None, raison=NE_S_ADDITIONNE_PAS)
    return VIDE


def _lire_ici(indicateurs: Sequence[IndicateurContexte], ici: Lieu) -> dict[str, ValeurContexte]:
    if ici.lu_comme:
        lues = valeurs_de(indicateurs, ici.lu_comme, list(ici.codes))
        return {indicateur: lue for (indicateur, _), lue in lues.items()}
    return valeurs_du_groupe(indicateurs, list(ici.codes))


def _lignes(
    indicateur: IndicateurContexte, lieux: Sequence[Lieu], lues: Sequence[ValeurContexte]
) -> tuple[ValeurComparee, ...]:
    plus_grande = max((lue.valeur for lue in lues if lue.valeur is not None), default=Decimal(0))
    est_un_compte = indicateur.unite == "nombre"
    return tuple(
        _ligne(indicateur, lieu, lue, lues[0], Decimal(0) if est_un_compte else plus_grande)
        for lieu, lue in zip(lieux, lues, strict=True)
    )


def _ligne(
    indicateur: IndicateurContexte,
    lieu: Lieu,
    lue: ValeurContexte,
    ici: ValeurContexte,
    plus_grande: Decimal,
) -> ValeurComparee:
    """Un effectif ne se compare pas d’un territoire à un plus grand : ni barre, ni écart."""
    if lue.valeur is None:
        return ValeurComparee(lieu, lue, "")
    ecart = None
    if plus_grande > 0 and not lieu.est_ici and ici.valeur is not None and ici.annee == lue.annee:
        ecart = ici.valeur - lue.valeur
    return ValeurComparee(
        lieu=lieu,
        lue=lue,
        ecrite=ecrire(indicateur, lue),
        effectifs=_effectifs(lue),
        mention=_mention(lue),
        part=float(max(lue.valeur, Decimal(0)) * PLEINE / plus_grande) if plus_grande > 0 else 0.0,
        ecart="" if ecart is None else _ecrire_l_ecart(indicateur, ecart),
        avis=SANS_AVIS if ecart is None else _avis(indicateur, ecart),
    )


def _effectifs(lue: ValeurContexte) -> str:
    if lue.numerateur is None or lue.denominateur is None:
        return ""
    return f"{nombre(lue.numerateur, 0)} sur {nombre(lue.denominateur, 0)}"


def _mention(lue: ValeurContexte) -> str:
    if lue.source == SAISIE:
        return "saisie par le contrat"
    if lue.est_partielle:
        return f"refait sur {nombre(lue.renseignes)} des {nombre(lue.membres)} territoires"
    return "refait à partir des communes" if lue.est_recalculee else ""


def _ecrire_l_ecart(indicateur: IndicateurContexte, ecart: Decimal) -> str:
    """« +1,4 point », « −0,3 » : des points pour un pourcentage."""
    decimales = DECIMALES.get(indicateur.unite, 1)
    arrondi = round(ecart, decimales)
    if not arrondi:
        return "égal"
    signe = "+" if arrondi > 0 else "−"
    ecrit = f"{signe}{nombre(abs(arrondi), decimales)}"
    if indicateur.unite != "%":
        return ecrit
    return f"{ecrit}{INSECABLE}point{'s' if abs(arrondi) >= 2 else ''}"


def _avis(indicateur: IndicateurContexte, ecart: Decimal) -> str:
    arrondi = round(ecart, DECIMALES.get(indicateur.unite, 1))
    if indicateur.sens == "NEUTRE" or not arrondi:
        return SANS_AVIS
    return FAVORABLE if (arrondi > 0) == (indicateur.sens == "HAUSSE") else DEFAVORABLE


def _dire(ligne: ValeurComparee, *, avec_annee: bool) -> str:
    """L’année est dite une fois si elle est la même partout, à chaque valeur sinon."""
    qui = "Le territoire" if ligne.lieu.est_ici else ligne.lieu.nom
    quand = f" en {ligne.annee}" if ligne.annee and avec_annee else ""
    return f"{qui}{INSECABLE}: {ligne.ecrite}{quand}."
