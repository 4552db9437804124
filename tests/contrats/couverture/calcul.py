"""La couverture calculée autrement : des ensembles Python, jour par jour, sans base ni SQL.

Les contrats sont décrits par ce qui leur est arrivé ; rien ici n’importe le produit. La fin se
connaît en avançant dans le temps (chaque prolongation en vigueur remplace la précédente), quand le
SQL recule depuis la fin d’aujourd’hui.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

PREPARATION = {"INTENTION", "PREFIGURATION", "DIAGNOSTIC", "ELABORATION"}


@dataclass(frozen=True)
class Commune:
    code: str
    population: int | None
    departement: str
    region: str
    epci: str | None
    close: date | None = None


@dataclass(frozen=True)
class Prolongation:
    """`signee` faux : l’avenant est resté en préparation."""

    signature: date
    effet: date
    nouvelle_fin: date
    signee: bool = True


@dataclass(frozen=True)
class Histoire:
    """Un contrat : ses dates, ses phases datées, ses prolongations, ses communes datées."""

    signature: date | None
    debut: date | None
    fin: date | None
    prolongations: tuple[Prolongation, ...] = ()
    arret: date | None = None
    phases: tuple[tuple[date, str], ...] = ()
    presences: tuple[tuple[str, date, date | None], ...] = field(default=())

    def fin_le(self, jour: date) -> date | None:
        fin = self.fin
        for prolongation in self.prolongations:
            en_vigueur = prolongation.signature <= jour and prolongation.effet <= jour
            if prolongation.signee and en_vigueur:
                fin = prolongation.nouvelle_fin
        if self.arret is not None:
            fin = self.arret if fin is None else min(fin, self.arret)
        return fin

    def est_ouvert(self, jour: date) -> bool:
        fin = self.fin_le(jour)
        abandonne = any(le <= jour and vers == "ABANDONNE" for le, vers in self.phases)
        return (fin is None or jour <= fin) and not abandonne

    def est_signe(self, jour: date) -> bool:
        if self.signature is None or self.signature > jour or not self.est_ouvert(jour):
            return False
        return (self.debut or self.signature) <= jour

    def est_en_projet(self, jour: date) -> bool:
        passees = [(le, rang, vers) for rang, (le, vers) in enumerate(self.phases) if le <= jour]
        return self.est_ouvert(jour) and bool(passees) and max(passees)[2] in PREPARATION

    def communes_le(self, jour: date) -> set[str]:
        return {
            code
            for code, entree, sortie in self.presences
            if entree <= jour and (sortie is None or jour < sortie)
        }


@dataclass(frozen=True)
class Chiffre:
    """Les sept nombres d’une ligne ; les taux sont des rapports, ou zéro."""

    population: int
    population_couverte: int
    communes: int
    communes_couvertes: int
    contrats: int

    @property
    def taux_population(self) -> float:
        return self.population_couverte / self.population if self.population else 0.0

    @property
    def taux_communes(self) -> float:
        return self.communes_couvertes / self.communes if self.communes else 0.0


def existantes(communes: Iterable[Commune], jour: date) -> list[Commune]:
    return [c for c in communes if c.close is None or jour < c.close]


def comptes(histoires: list[Histoire], jour: date, *, avec_projets: bool) -> Iterator[set[str]]:
    """Les communes de chaque contrat compté ce jour-là."""
    for histoire in histoires:
        if histoire.est_signe(jour) or (avec_projets and histoire.est_en_projet(jour)):
            yield histoire.communes_le(jour)


def chiffres(
    communes: list[Commune], histoires: list[Histoire], jour: date, niveau: str, *, projets: bool
) -> dict[str, Chiffre]:
    """Par code de territoire ; « » pour les communes sans territoire à ce niveau."""
    couverts = list(comptes(histoires, jour, avec_projets=projets))
    toutes = set().union(*couverts)
    territoires: dict[str, list[Commune]] = {}
    for commune in existantes(communes, jour):
        territoires.setdefault(code_de(commune, niveau), []).append(commune)
    return {
        code: Chiffre(
            population=sum(c.population or 0 for c in membres),
            population_couverte=sum(c.population or 0 for c in membres if c.code in toutes),
            communes=len(membres),
            communes_couvertes=sum(c.code in toutes for c in membres),
            contrats=sum(bool(couvert & {c.code for c in membres}) for couvert in couverts),
        )
        for code, membres in territoires.items()
    }


def code_de(commune: Commune, niveau: str) -> str:
    if niveau == "france":
        return "FR"
    if niveau == "epci":
        return commune.epci or ""
    if niveau == "commune":
        return commune.code
    return commune.region if niveau == "region" else commune.departement


def etat_de(code: str, histoires: list[Histoire], jour: date, bientot: date) -> str:
    """L’état d’une commune, par la même lecture du temps."""
    signes = [h for h in histoires if h.est_signe(jour) and code in h.communes_le(jour)]
    if len(signes) > 1:
        return "PLUSIEURS"
    if signes:
        fin = dernier_jour(code, signes[0], jour)
        return "FINIT_BIENTOT" if fin is not None and fin <= bientot else "SIGNE"
    projet = any(h.est_en_projet(jour) and code in h.communes_le(jour) for h in histoires)
    return "EN_PROJET" if projet else "AUCUN"


def dernier_jour(code: str, histoire: Histoire, jour: date) -> date | None:
    """La fin connue ce jour-là, ou la veille de la sortie de la commune si elle vient avant."""
    sortie = next(
        s for c, e, s in histoire.presences if c == code and e <= jour and (s is None or jour < s)
    )
    connues = [
        d
        for d in (
            histoire.fin_le(jour),
            date.fromordinal(sortie.toordinal() - 1) if sortie else None,
        )
        if d is not None
    ]
    return min(connues, default=None)
