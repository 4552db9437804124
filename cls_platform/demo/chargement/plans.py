"""Le plan d’actions : axes, objectifs emboîtés, actions, partenaires, étapes.

Les axes et les objectifs passent par les services. Les actions, par centaines et avec leur passé,
s’écrivent en masse : un état après l’autre, daté du jour où il a été noté.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.db.models import F
from django.utils import timezone

from acteurs.models import Acteur, Utilisateur
from cls_platform.demo.chargement.histoires import Etat, adoption, histoire
from cls_platform.demo.chargement.lecture import VIA, Donnees
from cls_platform.demo.chargement.suivi import charger_notes, charger_passages, raison
from contrats.models import Action, ActionActeur, Axe, Contrat, Jalon, NoteSuivi, Objectif
from contrats.services.plan import creer_axe, creer_objectif

REPRIS_TELS_QUELS = (
    "numero",
    "titre",
    "resume_public",
    "contexte",
    "description",
    "resultats_attendus",
    "date_debut",
    "date_fin",
)
HEURE_DES_SAISIES = time(9, 30)


@dataclass
class ChargeurDePlan:
    """`jusqua` arrête le récit ce jour-là ; `avancer` et `poursuivre` racontent la suite."""

    contrat: Contrat
    donnees: Donnees
    organisations: Mapping[str, Acteur]
    par: Utilisateur
    jusqua: date
    actions: dict[str, Action] = field(default_factory=dict)
    histoires: dict[str, list[Etat]] = field(default_factory=dict)

    def charger(self) -> dict[str, Action]:
        """Écrit tout le plan et rend les actions par numéro, dans l’ordre du fichier."""
        for axe in self.donnees["axes"]:
            self._axe(axe)
        self._preparer(self.donnees["actions"], axe=None, objectif=None)
        Action.objects.bulk_create(self.actions.values())
        self._classer()
        self._lier_partenaires()
        self._poser_jalons()
        self._rejouer(depuis=date.min, jusqua=self.jusqua)
        return self.actions

    def avancer(self, le: date) -> None:
        """Ce qui s’est passé de `jusqua` à ce jour, qui prend sa place."""
        self._rejouer(depuis=self.jusqua, jusqua=le)
        self.jusqua = le
        suites = Jalon.objects.filter(action__contrat=self.contrat, fait_le=None)
        faits = {
            (a.pk, j["libelle"]): self._deja(j["fait_le"])
            for a, f in self._fiches()
            for j in f["jalons"]
        }
        recents = [j for j in suites if faits[j.action_id, j.libelle]]
        for jalon in recents:
            jalon.fait_le = faits[jalon.action_id, jalon.libelle]
            jalon.version, jalon.modifie_le = 2, moment(jalon.fait_le)
        Jalon.objects.bulk_update(recents, ["fait_le", "version", "modifie_le"])

    def poursuivre(self) -> None:
        """Toute la suite, puis la date vraie de chaque copie de l’historique."""
        self.avancer(date.max)
        self._raconter()
        _dater_les_copies(Action, contrat=self.contrat)
        _dater_les_copies(Jalon, action__contrat=self.contrat)
        _dater_les_copies(NoteSuivi, action__contrat=self.contrat)

    def _raconter(self) -> None:
        commun: dict[str, Any] = {"actions": self.actions, "moment": moment, "par": self.par}
        charger_passages(self.donnees, histoires=self.histoires, **commun)
        charger_notes(self.donnees, **commun)

    def _axe(self, donnees: Donnees) -> None:
        valeurs = {c: donnees[c] for c in ("numero", "titre", "titre_public", "promesse")}
        axe = creer_axe(contrat=self.contrat, valeurs=valeurs, par=self.par, via=VIA)
        self._contenu(donnees, axe=axe, objectif=None)

    def _contenu(self, donnees: Donnees, *, axe: Axe, objectif: Objectif | None) -> None:
        for enfant in donnees.get("objectifs", ()):
            valeurs = {c: enfant[c] for c in ("numero", "niveau", "titre")}
            cree = creer_objectif(
                contrat=self.contrat,
                valeurs={**valeurs, "axe": axe, "parent": objectif},
                par=self.par,
                via=VIA,
            )
            self._contenu(enfant, axe=axe, objectif=cree)
        self._preparer(donnees.get("actions", ()), axe=axe, objectif=objectif)

    def _preparer(
        self, fiches: list[Donnees], *, axe: Axe | None, objectif: Objectif | None
    ) -> None:
        adoptees_le = adoption(self.donnees["passages"])
        for fiche in fiches:
            etats = self.histoires[fiche["numero"]] = histoire(fiche, adoptees_le)
            self.actions[fiche["numero"]] = Action(
                **{champ: fiche[champ] for champ in REPRIS_TELS_QUELS},
                contrat=self.contrat,
                axe=axe,
                objectif=objectif,
                statut=etats[0].statut,
                pilote=self.organisations[fiche["pilote"]],
                pilote_personne=_personne(fiche.get("pilote_personne")),
                ordre=len(self.actions) + 1,
                cree_le=moment(etats[0].le),
                modifie_le=moment(etats[0].le),
                modifie_par=self.par,
                modifie_via=VIA,
            )

    def _rejouer(self, *, depuis: date, jusqua: date) -> None:
        """Écrit les états qui suivent le premier, rang par rang : l’historique les garde tous."""
        for rang in range(1, max(map(len, self.histoires.values()), default=0)):
            avancees = []
            for numero, etats in self.histoires.items():
                if rang < len(etats) and depuis < etats[rang].le <= jusqua:
                    action = self.actions[numero]
                    action.statut, action.version = etats[rang].statut, rang + 1
                    action.statut_raison = raison(self.donnees, numero, action.statut)
                    action.modifie_le = moment(etats[rang].le)
                    avancees.append(action)
            Action.objects.bulk_update(
                avancees, ["statut", "statut_raison", "version", "modifie_le"]
            )

    def _classer(self) -> None:
        for champ, cle in (("themes", "theme_id"), ("populations", "population_id")):
            lien = getattr(Action, champ).through
            lien.objects.bulk_create(
                lien(action=action, **{cle: code})
                for action, fiche in self._fiches()
                for code in fiche[champ]
            )

    def _lier_partenaires(self) -> None:
        ActionActeur.objects.bulk_create(
            ActionActeur(
                action=action, acteur=self.organisations[lien["acteur"]], role=lien["role"]
            )
            for action, fiche in self._fiches()
            for lien in fiche["partenaires"]
        )

    def _poser_jalons(self) -> None:
        Jalon.objects.bulk_create(
            Jalon(
                action=action,
                libelle=jalon["libelle"],
                echeance=jalon["echeance"],
                fait_le=fait_le,
                est_annuel=jalon.get("est_annuel", False),
                pilote=self._charge_de(fiche, rang),
                ordre=rang,
                cree_le=action.cree_le,
                modifie_le=max(action.cree_le, moment(fait_le)) if fait_le else action.cree_le,
                modifie_par=self.par,
                modifie_via=VIA,
            )
            for action, fiche in self._fiches()
            for rang, jalon in enumerate(fiche["jalons"], start=1)
            for fait_le in [self._deja(jalon["fait_le"])]
        )

    def _charge_de(self, fiche: Donnees, rang: int) -> Acteur:
        """Le pilote, puis ses partenaires, chacun son tour."""
        cles = [fiche["pilote"], *(lien["acteur"] for lien in fiche["partenaires"])]
        return self.organisations[cles[(rang - 1) % len(cles)]]

    def _deja(self, fait_le: date | None) -> date | None:
        return fait_le if fait_le and fait_le <= self.jusqua else None

    def _fiches(self) -> Iterator[tuple[Action, Donnees]]:
        return ((self.actions[f["numero"]], f) for f in fiches_de(self.donnees))


def fiches_de(donnees: Donnees) -> Iterator[Donnees]:
    """Toutes les actions d’un contrat, d’un axe ou d’un objectif, à toute profondeur."""
    for contenant in (*donnees.get("axes", ()), *donnees.get("objectifs", ())):
        yield from fiches_de(contenant)
    yield from donnees.get("actions", ())


def _dater_les_copies(modele: Any, **filtre: Contrat) -> None:
    modele.pgh_event_model.objects.filter(**filtre).update(pgh_created_at=F("modifie_le"))


def moment(jour: date) -> datetime:
    return timezone.make_aware(datetime.combine(jour, HEURE_DES_SAISIES))


def _personne(courriel: str | None) -> Utilisateur | None:
    return Utilisateur.objects.get(email=courriel) if courriel else None
