"""L’échéancier d’un contrat : ce que la règle dit de chaque indicateur, et qui peut y répondre."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from acteurs.droits import Droit, roles_avec
from acteurs.models import Utilisateur
from cls_platform.socle.adresses import SANS_OBJET
from cls_platform.socle.requetes import Parametre, RequeteFigee, figer
from contrats.models import Contrat
from indicateurs.echeances import Attente, EtatEcheance, Periode, echeances
from indicateurs.echeances import Echeance as EcheanceDue
from indicateurs.models import Indicateur, Mesure

Periodes = tuple[Mapping[UUID, list[Periode]], Mapping[UUID, dict[str, list[Periode]]]]
A_FAIRE = frozenset({EtatEcheance.EN_RETARD, EtatEcheance.BIENTOT})
SAISISSENT_TOUT = frozenset(roles_avec(Droit.SAISIR_MESURES))
SAISISSENT_LES_LEURS = frozenset(roles_avec(Droit.SAISIR_SES_MESURES)) - SAISISSENT_TOUT


@dataclass(frozen=True, slots=True)
class LigneEcheance:
    """Une valeur attendue ; `personnes` : les comptes à qui l’on s’adresse pour elle.

    `organisations` : les pilotes de ses actions dont personne n’a de compte sur le contrat.
    """

    indicateur: Indicateur
    echeance: EcheanceDue
    personnes: tuple[Utilisateur, ...] = ()
    organisations: tuple[tuple[UUID, str], ...] = ()

    @property
    def etat(self) -> EtatEcheance:
        return self.echeance.etat

    @property
    def est_a_faire(self) -> bool:
        return self.etat in A_FAIRE

    def est_pour(self, personne: UUID) -> bool:
        return any(p.pk == personne for p in self.personnes)


@dataclass(frozen=True, slots=True)
class Pilotage:
    """Une action d’un indicateur : sa personne pilote, son organisation pilote."""

    personne: UUID | None
    organisation: UUID | None
    nom: str

    def est_a(self, compte: Utilisateur) -> bool:
        if self.personne is not None:
            return self.personne == compte.pk
        return self.organisation is not None and self.organisation == compte.acteur_id


class Equipe:
    """Qui, sur un contrat, peut donner la valeur d’un indicateur ; deux requêtes."""

    def __init__(self, contrat: Contrat) -> None:
        comptes: dict[str, dict[UUID, Utilisateur]] = {"tout": {}, "siennes": {}}
        participations = contrat.participations.pour_liste().filter(utilisateur__is_active=True)
        for participation in participations:
            compte = participation.utilisateur
            if participation.role in SAISISSENT_TOUT:
                comptes["tout"][compte.pk] = compte
            elif participation.role in SAISISSENT_LES_LEURS:
                comptes["siennes"][compte.pk] = compte
        self.coordination = tuple(comptes["tout"].values())
        self.autres = tuple(comptes["siennes"].values())
        self.pilotages = _pilotages(contrat)

    def pour(self, indicateur: Indicateur) -> tuple[Utilisateur, ...]:
        """Le responsable s’il peut saisir, sinon les pilotes, sinon la coordination."""
        pilotes = self._pilotes(indicateur)
        tous = (*self.coordination, *pilotes)
        responsable = [c for c in tous if c.pk == indicateur.responsable_id]
        return tuple(responsable[:1]) or pilotes or self.coordination

    def sans_compte(self, indicateur: Indicateur) -> tuple[tuple[UUID, str], ...]:
        """Les organisations pilotes que personne ne représente ici."""
        presentes = {compte.acteur_id for compte in (*self.coordination, *self.autres)}
        absentes = {
            p.organisation: p.nom
            for p in self.pilotages.get(indicateur.pk, ())
            if p.personne is None and p.organisation and p.organisation not in presentes
        }
        return tuple(sorted(absentes.items(), key=lambda paire: paire[1]))

    def _pilotes(self, indicateur: Indicateur) -> tuple[Utilisateur, ...]:
        liees = self.pilotages.get(indicateur.pk, ())
        return tuple(c for c in self.autres if any(p.est_a(c) for p in liees))


def _pilotages(contrat: Contrat) -> Mapping[UUID, Sequence[Pilotage]]:
    lus: dict[UUID, list[Pilotage]] = defaultdict(list)
    for indicateur, *pilotage in contrat.indicateurs.pilotages():
        lus[indicateur].append(Pilotage(*pilotage))
    return lus


def echeancier(contrat: Contrat, le: date) -> list[LigneEcheance]:
    """Les plus en retard d’abord, puis par date limite ; quatre requêtes."""
    equipe = Equipe(contrat)
    lignes = [
        LigneEcheance(indicateur, due, equipe.pour(indicateur), equipe.sans_compte(indicateur))
        for indicateur, attente in _attentes(contrat)
        for due in echeances(attente, le)
    ]
    return sorted(lignes, key=lambda li: (li.echeance.due_le, li.indicateur.ordre))


class IndicateurAttendu(NamedTuple):
    """Ce que la règle lit d’un indicateur ; le rail et les onglets n’en lisent pas plus."""

    pk: UUID
    periodicite: str
    agregation: str
    type: str


def nombre_en_retard(contrat: Contrat, le: date, saisies: Iterable[Any] | None = None) -> int:
    """Les valeurs dont la date limite est passée ; deux requêtes, une si la page les a lues.

    `saisies` : toutes les valeurs du contrat, avec leur période et leur territoire.
    """
    if contrat.date_debut is None:
        return 0
    if saisies is None:
        lignes: Iterable[tuple[Any, ...]] = _saisies().lire(contrat=contrat.pk)
    else:
        lignes = map(_en_rang, saisies)
    siennes: dict[UUID, list[tuple[Any, ...]]] = defaultdict(list)
    for pk, *ligne in lignes:
        siennes[pk].append(tuple(ligne))
    attendus = (IndicateurAttendu._make(ligne) for ligne in _attendus().lire(contrat=contrat.pk))
    situations = Counter((i[1:], tuple(sorted(siennes.get(i.pk, ())))) for i in attendus)
    return sum(
        nombre * _retards(contrat, IndicateurAttendu(SANS_OBJET, *regle), lignes_saisies, le)
        for (regle, lignes_saisies), nombre in situations.items()
    )


def _retards(
    contrat: Contrat, indicateur: IndicateurAttendu, lignes: Iterable[tuple[Any, ...]], le: date
) -> int:
    """Les indicateurs d’un contrat ont souvent le même rythme et les mêmes années : un compte."""
    periodes = _ranger((indicateur.pk, *ligne) for ligne in lignes)
    dues = echeances(_attente(contrat, indicateur, periodes), le)
    return sum(1 for due in dues if due.etat is EtatEcheance.EN_RETARD)


@cache
def _attendus() -> RequeteFigee:
    attendus = Indicateur.objects.filter(contrat=Parametre("contrat")).attendus().order_by()
    return figer(attendus.values_list(*IndicateurAttendu._fields))


def _attentes(contrat: Contrat) -> Iterator[tuple[Indicateur, Attente]]:
    """Rien d’un contrat sans date de début : il n’a pas commencé."""
    if contrat.date_debut is None:
        return
    periodes = _periodes_saisies(contrat)
    for indicateur in contrat.indicateurs.attendus():
        yield indicateur, _attente(contrat, indicateur, periodes)


def _attente(
    contrat: Contrat, indicateur: Indicateur | IndicateurAttendu, periodes: Periodes
) -> Attente:
    entiers, parts = periodes
    return Attente(
        periodicite=indicateur.periodicite,
        agregation=indicateur.agregation,
        type=indicateur.type,
        debut=contrat.date_debut,
        fin=contrat.date_fin,
        valeurs=entiers.get(indicateur.pk, ()),
        parts=tuple(parts.get(indicateur.pk, {}).values()),
    )


def _periodes_saisies(contrat: Contrat) -> Periodes:
    return _ranger(_saisies().lire(contrat=contrat.pk))


@cache
def _saisies() -> RequeteFigee:
    contrat: Any = Parametre("contrat")
    return figer(Mesure.objects.periodes_du_contrat(contrat).order_by())


def _en_rang(valeur: Any) -> tuple[Any, ...]:
    return (
        valeur.indicateur_id, valeur.code_territoire, valeur.periode_debut, valeur.periode_fin
    )  # fmt: skip


def _ranger(lignes: Iterable[tuple[Any, ...]]) -> Periodes:
    """Par indicateur : les périodes de tout le territoire, puis celles de chaque partie."""
    entiers: dict[UUID, list[Periode]] = defaultdict(list)
    parts: dict[UUID, dict[str, list[Periode]]] = defaultdict(lambda: defaultdict(list))
    for indicateur, territoire, debut, fin in lignes:
        periode = Periode(debut, fin)
        if territoire:
            parts[indicateur][territoire].append(periode)
        else:
            entiers[indicateur].append(periode)
    return entiers, parts


def par_personne(lignes: Iterable[LigneEcheance]) -> dict[UUID, list[LigneEcheance]]:
    """Ce que l’on attend de chacun, dans l’ordre des noms ; seulement ce qui est à faire."""
    a_faire = [ligne for ligne in lignes if ligne.est_a_faire]
    personnes = {p.pk: p for ligne in a_faire for p in ligne.personnes}
    rangees = sorted(personnes.values(), key=lambda p: (p.nom, p.prenom, str(p.pk)))
    return {p.pk: [ligne for ligne in a_faire if ligne.est_pour(p.pk)] for p in rangees}
