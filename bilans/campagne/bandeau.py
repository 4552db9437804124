"""La campagne vue d’un contrat : ses dates, ce que dit l’agence, le geste d’aujourd’hui."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from bilans.campagne.fenetres import Moment, compte_a_rebours, moment_de
from bilans.campagne.lecture import attendus
from bilans.campagne.ligne import EditionLue, Etape, situation
from bilans.models import Bilan, Campagne
from contrats.models import Contrat

# Une campagne s’annonce deux mois avant ; un bilan non remis se rappelle un an
ANNONCE, RETARD_DIT = timedelta(days=60), timedelta(days=365)
BANDEAUX_MAX = 2


@dataclass(frozen=True, slots=True)
class Bandeau:
    """`bilan` : celui de l’année, ou sa correction en cours. `delai` : « dans 12 jours »."""

    campagne: Campagne
    moment: Moment
    etape: Etape
    bilan: EditionLue | None
    delai: str

    @property
    def peut_commencer(self) -> bool:
        """Le bilan n’existe pas, et son écriture est ouverte ou aurait dû finir."""
        return self.etape == Etape.PAS_COMMENCE and self.moment != Moment.A_VENIR

    @property
    def peut_corriger(self) -> bool:
        """Publié, et la fenêtre de correction est ouverte."""
        return self.etape == Etape.PUBLIE and self.moment == Moment.CORRECTION

    @property
    def s_ecrit(self) -> bool:
        return self.etape in (Etape.BROUILLON, Etape.RELECTURE, Etape.VALIDE)

    @property
    def est_en_retard(self) -> bool:
        a_rendre = self.etape not in (Etape.PUBLIE, Etape.RETIRE)
        return a_rendre and self.moment not in (Moment.A_VENIR, Moment.ECRITURE)


def bandeaux(contrat: Contrat, bilans: Iterable[Bilan], le: date) -> list[Bandeau]:
    """Les campagnes à dire à ce contrat, la plus récente d’abord ; deux requêtes par campagne dite.

    `bilans` : tous ceux du contrat, déjà lus.
    """
    lus = list(bilans)
    return list(_bandeaux(contrat, lus, le))[:BANDEAUX_MAX]


def _bandeaux(contrat: Contrat, bilans: list[Bilan], le: date) -> Iterator[Bandeau]:
    vues: set[int] = set()
    for campagne in Campagne.objects.pour_le_contrat(contrat):
        # La sienne vient avant celle de sa région
        if campagne.annee in vues:
            continue
        vues.add(campagne.annee)
        fait = _bandeau(campagne, [b for b in bilans if b.annee == campagne.annee], le)
        if _se_dit(fait, le) and _est_attendu(contrat, campagne.annee):
            yield fait


def _bandeau(campagne: Campagne, bilans: list[Bilan], le: date) -> Bandeau:
    etape, bilan, correction = situation(map(_edition, bilans))
    dite = correction or bilan
    return Bandeau(
        campagne=campagne,
        moment=moment_de(campagne, le),
        etape=etape if correction is None else Etape(correction.statut),
        bilan=dite,
        delai=compte_a_rebours(campagne.remise_le, le),
    )


def _edition(bilan: Bilan) -> EditionLue:
    return EditionLue(
        id=bilan.pk,
        edition=bilan.edition,
        statut=bilan.statut,
        publie_le=timezone.localdate(bilan.publie_le) if bilan.publie_le else None,
        modifie_le=bilan.modifie_le,
    )


def _se_dit(bandeau: Bandeau, le: date) -> bool:
    campagne = bandeau.campagne
    if bandeau.moment == Moment.A_VENIR:
        return campagne.ouvre_le - le <= ANNONCE
    if bandeau.moment in (Moment.ECRITURE, Moment.CORRECTION):
        return True
    return bandeau.est_en_retard and le - campagne.remise_le <= RETARD_DIT


def _est_attendu(contrat: Contrat, annee: int) -> bool:
    return bool(attendus(Contrat.objects.filter(pk=contrat.pk), annee).exists())
