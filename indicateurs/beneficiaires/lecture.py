"""Les bénéficiaires d’un contrat, une année : ce que l’équipe lit, ce que les habitants lisent.

Ce qui se publie ne porte que sur les actions publiques, pour tous : deux lecteurs ne peuvent pas
comparer deux tableaux et retrouver ce que chacun tait.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings

from contrats.models import Action, Contrat, Population
from indicateurs.beneficiaires.totaux import TU, Nombre, Part, exactement, personnes, presences
from indicateurs.models import Beneficiaires
from indicateurs.secret.comptes import PERSONNES, PRESENCES, TOUTES, Case, Compte, cases_tues

TOUS_LES_PUBLICS, TOUS_LES_QUARTIERS = "Tous les publics", "Tous les quartiers"


@dataclass(frozen=True, slots=True)
class Ligne:
    """Un intitulé et ses deux nombres. `source` : celle du total d’une action."""

    libelle: str
    personnes: Nombre
    presences: Nombre
    cle: str = ""
    source: str = ""
    est_distincte: bool = False
    details: tuple["Ligne", ...] = ()
    action: Any = None

    @property
    def est_tue(self) -> bool:
        nombres = (self.personnes, self.presences, *(n for d in self.details
                   for n in (d.personnes, d.presences)))  # fmt: skip
        return any(n.est_tu for n in nombres)


@dataclass(frozen=True, slots=True)
class Bilan:
    """Tout ce qui s’écrit d’une année. `comptees` : les actions qui ont donné un nombre."""

    annee: int
    total: Ligne
    actions: tuple[Ligne, ...] = ()
    publics: tuple[Ligne, ...] = ()
    quartiers: tuple[Ligne, ...] = ()

    @property
    def comptees(self) -> int:
        return len(self.actions)

    @property
    def est_masque(self) -> bool:
        return any(n.est_tue for n in (self.total, *self.actions, *self.publics, *self.quartiers))

    @property
    def se_recoupent(self) -> bool:
        """La somme des personnes compterait peut-être deux fois les mêmes."""
        return sum(1 for a in self.actions if not a.personnes.est_vide and not a.est_distincte) > 1


@dataclass(slots=True)
class Lecture:
    """Les comptes lus et ce que l’on en tait."""

    annee: int
    actions: dict[UUID, Any]
    comptes: list[Beneficiaires]
    tues: frozenset[Case] = frozenset()
    publics: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        codes = {b.population_id for b in self.comptes if b.population_id}
        lus = Population.objects.filter(pk__in=codes).tries() if codes else ()
        self.publics = {p.pk: p.libelle for p in lus}

    def est_tue(self, nature: str, compte: Beneficiaires) -> bool:
        return Case(nature, *case_de(compte)) in self.tues

    def nombre(self, nature: str, compte: Beneficiaires) -> Nombre:
        if self.est_tue(nature, compte):
            return TU
        return exactement(compte.personnes if nature == PERSONNES else compte.presences)

    def parts(self, nature: str, comptes: Iterable[Beneficiaires]) -> list[Part]:
        distinctes = {b.action_id for b in self.comptes if b.sont_distinctes}
        lus = ((b, b.personnes if nature == PERSONNES else b.presences) for b in comptes)
        return [
            Part(valeur, b.action_id in distinctes, self.est_tue(nature, b))
            for b, valeur in lus
            if valeur is not None
        ]

    def ensemble(self, libelle: str, public: str, quartier: str) -> Ligne:
        """Le total du contrat pour un public, un quartier, ou tout le monde."""
        comptes = [b for b in self.comptes if case_de(b)[1:] == (public, quartier)]
        tus = {n: Case(n, TOUTES, public, quartier) in self.tues for n in (PERSONNES, PRESENCES)}
        return Ligne(
            libelle,
            personnes(self.parts(PERSONNES, comptes), est_tu=tus[PERSONNES]),
            presences(self.parts(PRESENCES, comptes), est_tu=tus[PRESENCES]),
            cle=public or quartier,
        )

    def libelle(self, compte: Beneficiaires) -> str:
        mots = [self.publics.get(compte.population_id or "", ""), compte.nom_qpv or compte.code_qpv]
        return ", ".join(mot for mot in mots if mot)

    def ligne(self, compte: Beneficiaires) -> Ligne:
        return Ligne(
            self.libelle(compte), self.nombre(PERSONNES, compte), self.nombre(PRESENCES, compte)
        )

    def de_l_action(self, pk: UUID) -> Ligne:
        action = self.actions[pk]
        comptes = sorted((b for b in self.comptes if b.action_id == pk), key=self._rang)
        total = next((b for b in comptes if case_de(b)[1:] == (TOUTES, TOUTES)), None)
        details = tuple(self.ligne(b) for b in comptes if b is not total)
        return Ligne(
            str(action),
            self.nombre(PERSONNES, total) if total else Nombre(),
            self.nombre(PRESENCES, total) if total else Nombre(),
            source=total.source if total else "",
            est_distincte=bool(total and total.sont_distinctes),
            details=details,
            action=action,
        )

    def _rang(self, compte: Beneficiaires) -> tuple[bool, int, str]:
        """Les publics, puis les quartiers, puis leurs croisements."""
        codes = list(self.publics)
        public = codes.index(compte.population_id) if compte.population_id else -1
        return (bool(compte.code_qpv), public, compte.nom_qpv)

    def bilan(self) -> Bilan:
        ici = {b.action_id for b in self.comptes}
        quartiers = {b.code_qpv: b.nom_qpv or b.code_qpv for b in self.comptes if b.code_qpv}
        simples = {case_de(b)[1:] for b in self.comptes}
        return Bilan(
            annee=self.annee,
            total=self.ensemble("Ensemble du contrat", TOUTES, TOUTES),
            actions=tuple(self.de_l_action(pk) for pk in self.actions if pk in ici),
            publics=tuple(
                self.ensemble(libelle, code, TOUTES)
                for code, libelle in self.publics.items()
                if (code, TOUTES) in simples
            ),
            quartiers=tuple(
                self.ensemble(nom, TOUTES, code)
                for code, nom in sorted(quartiers.items(), key=lambda q: q[1])
                if (TOUTES, code) in simples
            ),
        )


def case_de(compte: Beneficiaires) -> tuple[str, str, str]:
    return (str(compte.action_id), compte.population_id or TOUTES, compte.code_qpv)


def bilan_interne(contrat: Contrat, annee: int, utilisateur: Any) -> Bilan:
    """Tous les nombres des fiches que la personne lit, sans masque."""
    actions = Action.objects.filter(contrat=contrat).lisibles_par(utilisateur).dans_l_ordre()
    return _lire(actions, annee).bilan()


def bilan_publie(contrat: Contrat, annee: int) -> Bilan:
    """Ce que tout le monde peut lire, secret statistique appliqué."""
    return lecture_publiee(contrat.pk, annee).bilan()


def lecture_publiee(contrat: UUID, annee: int) -> Lecture:
    lu = _lire(actions_publiees(contrat).dans_l_ordre(), annee)
    lu.tues = cases_tues(map(compte_de, lu.comptes), settings.SEUIL_SECRET_STATISTIQUE)
    return lu


def actions_publiees(contrat: UUID | Contrat) -> Any:
    return Action.objects.filter(contrat=contrat, est_publique=True, est_restreinte=False)


def annees_publiees(contrat: Contrat) -> list[int]:
    """Celles qui ont au moins un compte public, la dernière d’abord ; une requête."""
    comptes = Beneficiaires.objects.filter(action__in=actions_publiees(contrat))
    return list(comptes.order_by("-annee").values_list("annee", flat=True).distinct())


def tues_par_annee(cles: Collection[tuple[UUID, int]]) -> dict[tuple[UUID, int], frozenset[Case]]:
    """Ce que l’on tait de chaque contrat, chaque année ; une requête pour tous."""
    comptes = Beneficiaires.objects.publiables().filter(
        action__contrat__in={contrat for contrat, _ in cles}, annee__in={an for _, an in cles}
    )
    par_cle: dict[tuple[UUID, int], list[Compte]] = {cle: [] for cle in cles}
    for compte in comptes.select_related("action"):
        cle = (compte.action.contrat_id, compte.annee)
        if cle in par_cle:
            par_cle[cle].append(compte_de(compte))
    seuil = settings.SEUIL_SECRET_STATISTIQUE
    return {cle: cases_tues(lus, seuil) for cle, lus in par_cle.items()}


def compte_de(compte: Beneficiaires) -> Compte:
    action, public, quartier = case_de(compte)
    return Compte(
        action=action,
        public=public,
        quartier=quartier,
        personnes=compte.personnes,
        presences=compte.presences,
    )


def _lire(actions: Any, annee: int) -> Lecture:
    comptes = list(Beneficiaires.objects.filter(action__in=actions.order_by(), annee=annee))
    rangees = actions.filter(pk__in={b.action_id for b in comptes})
    return Lecture(annee, {a.pk: a for a in rangees}, comptes)
