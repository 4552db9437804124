"""Ce que la matière lit, une seule fois et seulement si une partie le demande.

Les fiches restreintes n’y sont pas : ce que l’on reprend finit sur la place publique.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils import timezone

from bilans.comparaison import Comparaison, comparer
from bilans.instantane import DonneesIllisibles, Instantane, relire
from bilans.models import Bilan
from bilans.rapport.construction import construire
from bilans.rapport.matiere.a_venir import points_prevus
from bilans.rapport.matiere.formes import DecisionPrise, Note, Passage, PointPrevu, Prevu
from contrats.models import (
    Action,
    DecisionReunion,
    Jalon,
    NoteSuivi,
    PassageStatut,
    Reunion,
    StatutDecision,
)

OUVERTES = (StatutDecision.A_FAIRE, StatutDecision.EN_COURS)


@dataclass
class Lecture:
    bilan: Bilan
    le: date

    @cached_property
    def instantane(self) -> Instantane:
        return construire(self.bilan, arrete_le=self.le, avec_carte=False)

    @cached_property
    def precedent(self) -> Instantane | None:
        """Le dernier bilan publié avant celui-ci."""
        publies = Bilan.objects.publies().filter(contrat=self.bilan.contrat_id)
        avant = publies.filter(annee__lt=self.bilan.annee).order_by("-annee")
        simple = avant.values_list("instantane", flat=True).first()
        try:
            return relire(simple) if simple else None
        except DonneesIllisibles:
            return None

    @cached_property
    def comparaison(self) -> Comparaison | None:
        return comparer([self.precedent, self.instantane]) if self.precedent else None

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        lignes = NoteSuivi.objects.de_l_annee(self.bilan.contrat, self.bilan.annee)
        return tuple(
            Note(
                le=ligne["date_note"], participants=ligne["participants"],
                **{champ: ligne[champ] for champ in ("fait", "freins", "leviers", "suites")},
                **_fiche(ligne),
            )
            for ligne in lignes
            if not ligne["action__est_restreinte"]
        )  # fmt: skip

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        lignes = PassageStatut.objects.dates_de_l_annee(self.bilan.contrat, self.bilan.annee)
        return tuple(
            Passage(
                le=timezone.localdate(ligne["le"]), de=ligne["de"], vers=ligne["vers"],
                raison=ligne["raison"], **_fiche(ligne),
            )
            for ligne in lignes
            if not ligne["action__est_restreinte"]
        )  # fmt: skip

    @cached_property
    def reunions(self) -> tuple[Reunion, ...]:
        tenues = Reunion.objects.du_contrat(self.bilan.contrat).tenues()
        return tuple(tenues.de_l_annee(self.bilan.annee).avec_organisations().dans_l_ordre())

    @cached_property
    def decisions(self) -> tuple[DecisionPrise, ...]:
        prises = DecisionReunion.objects.du_contrat(self.bilan.contrat)
        return tuple(
            DecisionPrise(
                texte=prise.texte, le=prise.reunion.date, instance=prise.reunion.instance.nom,
                est_publique=prise.reunion.est_publique, echeance=prise.echeance,
                est_ouverte=prise.statut in OUVERTES,
            )
            for prise in prises.de_l_annee(self.bilan.annee)
        )  # fmt: skip

    @cached_property
    def ouvertes(self) -> tuple[DecisionPrise, ...]:
        """Les décisions de l’année que rien n’a encore closes."""
        return tuple(prise for prise in self.decisions if prise.est_ouverte)

    @cached_property
    def a_l_ordre_du_jour(self) -> tuple[PointPrevu, ...]:
        return points_prevus(self.bilan.contrat, self.bilan.annee, self.le)

    @cached_property
    def prevus(self) -> tuple[Prevu, ...]:
        """Actions publiques qui commencent l’an prochain, et étapes qui y arrivent."""
        annee, contrat = self.bilan.annee + 1, self.bilan.contrat
        debuts = Action.objects.filter(
            contrat=contrat, est_publique=True, est_restreinte=False, date_debut__year=annee
        ).values_list("date_debut", "titre", "pk")
        etapes = Jalon.objects.attendus_en(contrat, annee)
        return tuple(
            sorted(
                [Prevu(le, titre, str(pk), est_une_etape=False) for le, titre, pk in debuts]
                + [Prevu(le, libelle, str(pk), est_une_etape=True) for le, libelle, pk in etapes],
                key=lambda prevu: (prevu.le, prevu.quoi),
            )
        )


def _fiche(ligne: dict[str, Any]) -> dict[str, Any]:
    return {
        "action": str(ligne["action_id"]),
        "fiche": f"{ligne['action__numero']} {ligne['action__titre']}".strip(),
        "axe": str(ligne["action__axe_id"] or ""),
        "est_publique": ligne["action__est_publique"],
    }
