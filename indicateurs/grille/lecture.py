"""Ce qu’une grille montre, lu en un nombre fixe de requêtes : valeurs, parts, valeurs calculées."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils import timezone

from contrats.models import Contrat
from indicateurs.calcul.lecture import lecture_du_contrat
from indicateurs.grille.annees import Fenetre, est_entiere, fenetre_de
from indicateurs.grille.rangs import IndicateurLu, PartLue, ValeurLue, parts_de, valeurs_de
from indicateurs.models import Calcul, Mesure
from indicateurs.series import Releve


@dataclass(slots=True)
class Contenu:
    """`entieres` : la valeur de chaque année, par indicateur ; `parts` : par indicateur, modalité,
    puis année ; `lues` : les années calculées ou réunies ; `morceaux` : combien de périodes ou de
    territoires une année sans valeur entière réunit ; `valeurs` : tout ce qui est saisi.

    Ses indicateurs sont des `Indicateur`, ou les mêmes en rangs (`IndicateurLu`).
    """

    indicateurs: Sequence[Any]
    fenetre: Fenetre
    valeurs: Sequence[ValeurLue]
    entieres: Mapping[UUID, dict[int, ValeurLue]]
    parts: Mapping[UUID, dict[tuple[str, str], dict[int, PartLue]]]
    morceaux: Mapping[tuple[UUID, int], int]
    lues: Mapping[UUID, dict[int, Releve]] = field(default_factory=dict)
    motifs: Mapping[tuple[UUID, int], str] = field(default_factory=dict)


def lire_contenu(
    contrat: Contrat, indicateurs: Iterable[Any], demande: Mapping[str, Any]
) -> Contenu:
    """`demande` : les années voulues, comme l’adresse les dit."""
    choisis = list(indicateurs)
    cles = [indicateur.pk for indicateur in choisis]
    valeurs = valeurs_de(cles)
    entieres, morceaux = _par_annee(valeurs)
    connues = {annee for ligne in entieres.values() for annee in ligne}
    bornes = (min(connues), max(connues)) if connues else None
    fenetre = fenetre_de(contrat, timezone.localdate().year, bornes, demande)
    parts = _parts(cles, fenetre)
    contenu = Contenu(choisis, fenetre, valeurs, entieres, parts, morceaux)
    _lire_les_autres(contrat, contenu)
    return contenu


def compter(contrat: Contrat, annee: int) -> dict[str, int]:
    """Les valeurs de l’année qui sont là, sur celles qui se saisissent ; deux requêtes."""
    saisis = contrat.indicateurs.filter(calcul=Calcul.SAISIE)
    faites = Mesure.objects.filter(indicateur__in=saisis, annee=annee)
    return {
        "saisies": faites.values("indicateur").distinct().count(),
        "a_saisir": saisis.count(),
    }


def compter_les_lues(contenu: Contenu) -> dict[str, int]:
    """La même chose, sans requête, quand tout le contrat est lu."""
    saisis = {i.pk for i in contenu.indicateurs if i.est_saisi}
    annee = contenu.fenetre.courante
    faits = {valeur.indicateur_id for valeur in contenu.valeurs if valeur.annee == annee}
    return {"saisies": len(faits & saisis), "a_saisir": len(saisis)}


def _par_annee(
    valeurs: Iterable[ValeurLue],
) -> tuple[dict[UUID, dict[int, ValeurLue]], dict[tuple[UUID, int], int]]:
    entieres: dict[UUID, dict[int, ValeurLue]] = defaultdict(dict)
    morceaux: dict[tuple[UUID, int], int] = defaultdict(int)
    for valeur in valeurs:
        if est_entiere(valeur):
            entieres[valeur.indicateur_id][valeur.annee] = valeur
        else:
            morceaux[valeur.indicateur_id, valeur.annee] += 1
    sans_entiere = {c: n for c, n in morceaux.items() if c[1] not in entieres.get(c[0], ())}
    return entieres, sans_entiere


def _parts(
    cles: Sequence[UUID], fenetre: Fenetre
) -> dict[UUID, dict[tuple[str, str], dict[int, PartLue]]]:
    """Celles des valeurs entières des années montrées, dans l’ordre de la nomenclature."""
    parts: dict[UUID, dict[tuple[str, str], dict[int, PartLue]]] = defaultdict(dict)
    for part in parts_de(cles, fenetre.premiere, fenetre.derniere):
        if est_entiere(part):
            ligne = parts[part.indicateur_id]
            ligne.setdefault((part.code, part.libelle), {})[part.annee] = part
    return parts


def _lire_les_autres(contrat: Contrat, contenu: Contenu) -> None:
    """Les valeurs calculées, et celles que réunissent des périodes ou des territoires."""
    reunis = {cle for cle, _ in contenu.morceaux}
    autres = [i for i in contenu.indicateurs if not i.est_saisi or i.pk in reunis]
    if not autres:
        return
    lecture = lecture_du_contrat(contrat, _entiers(contrat, autres))
    contenu.lues = {pk: {r.annee: r for r in serie.releves} for pk, serie in lecture.series.items()}
    contenu.motifs = {
        (pk, annee): provenance.motif or provenance.phrase
        for pk, annees in lecture.provenances.items()
        for annee, provenance in annees.items()
    }


def _entiers(contrat: Contrat, indicateurs: Sequence[Any]) -> Sequence[Any]:
    """Le calcul lit l’indicateur entier : une requête de plus s’il a été lu en rangs."""
    if not isinstance(indicateurs[0], IndicateurLu):
        return indicateurs
    cles = [indicateur.pk for indicateur in indicateurs]
    return list(contrat.indicateurs.filter(pk__in=cles).pour_liste())
