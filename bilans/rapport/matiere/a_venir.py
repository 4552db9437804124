"""Ce qui reste à décider : l’ordre du jour des réunions qui viennent, les décisions en attente."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from bilans.a_decider import PointADecider
from bilans.langage.ecrits import plier
from bilans.rapport.matiere.formes import DecisionPrise, PointPrevu
from cls_platform.socle.typographie import date_longue
from contrats.models import Contrat, EtatReunion, NiveauInstance, Reunion

PROPOSES = 8
# On y informe, on y écoute ; on n’y décide pas
SANS_DECISION = (NiveauInstance.INFORMATION, NiveauInstance.PARTICIPATION)
RESERVE = (
    "Vient de réunions fermées au public : les deux pages pour les élus se téléchargent aussi du"
    " site public. Récrivez ce qui ne peut pas s’y lire."
)
_NUMERO = re.compile(r"^\s*(?:[-–•*]|\d+\s*[.)°]|[a-z]\))\s*")
# Ce qui ouvre ou ferme une réunion n’est à décider par personne
_USAGE = re.compile(
    r"(?:accueil|ouverture|introduction|cloture|conclusion)"
    r"(?: des? (?:la )?(?:participants|membres|seance|reunion))?"
    r"|tour de table|questions? diverses?|(?:points? )?divers"
    r"|approbation du (?:compte rendu|proces-verbal).*"
)


def points_prevus(contrat: Contrat, annee: int, le: date) -> tuple[PointPrevu, ...]:
    """Des instances qui décident, jusqu’à la fin de l’année qui suit le bilan. Une requête."""
    viennent = Reunion.objects.du_contrat(contrat).a_venir(le).exclude(etat=EtatReunion.ANNULEE)
    viennent = viennent.exclude(instance__type__niveau__in=SANS_DECISION)
    return tuple(
        PointPrevu(
            quoi=quoi, le=reunion.date, instance=reunion.instance.nom, reunion=str(reunion.pk),
            est_publique=reunion.est_publique,
        )
        for reunion in viennent.filter(date__year__lte=annee + 1).select_related("instance")
        for quoi in a_l_ordre_du_jour(reunion.ordre_du_jour)
    )  # fmt: skip


def a_l_ordre_du_jour(texte: str) -> Iterator[str]:
    """Un point par ligne, sans son numéro ; l’accueil et les questions diverses n’en sont pas."""
    for ligne in texte.splitlines():
        quoi = _NUMERO.sub("", ligne).strip().rstrip(".;")
        if quoi and not _USAGE.fullmatch(plier(quoi)):
            yield quoi


def proposition(
    prevus: Iterable[PointPrevu], decisions: Iterable[DecisionPrise], le: date
) -> tuple[str, ...]:
    """Des points à relire : l’enjeu n’est pas su, il reste à dire ; une échéance passée, aussi."""
    dits = [
        PointADecider(prevu.quoi, quand=date_longue(prevu.le), qui=prevu.instance)
        for prevu in prevus
    ]
    dits += [
        PointADecider(
            prise.texte.strip().rstrip("."),
            quand=date_longue(prise.echeance) if prise.echeance and prise.echeance >= le else "",
            qui=prise.instance,
        )
        for prise in decisions
    ]
    return tuple(dict.fromkeys(point.ecrit for point in dits))[:PROPOSES]
