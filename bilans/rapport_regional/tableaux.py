"""Les tableaux d’un rapport : des textes prêts à poser."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from bilans.dossier.contenu import Tableau
from bilans.dossier.passages import ecrit
from bilans.rapport_regional.instantane import (
    BlancFige,
    ContratFige,
    Couverture,
    FaitFige,
    FinFigee,
    Instantane,
    PointDAnnee,
    TerritoireFige,
    ZonageFige,
)
from cls_platform.socle.typographie import date_longue, nombre, pluriel, pourcent

# Un tableau sans fin ne se lit pas : au-delà, le reste est compté, et la page le donne
BLANCS_MAXIMUM, FINS_MAXIMUM, FAITS_MAXIMUM = 60, 80, 80
SANS_DATE = "non fixée"


def _jour(jour: date | None) -> str:
    """En chiffres : l’une sous l’autre, les dates se comparent."""
    return f"{jour:%d/%m/%Y}" if jour else SANS_DATE


def _part(partie: int, tout: int) -> str:
    return pourcent(partie / tout) if tout else "—"


def poser(
    colonnes: Sequence[tuple[str, int]],
    lues: Iterable[Any],
    ecrire: Callable[[Any], tuple[str, ...]],
    *,
    nombres: int = 0,
    titre: str = "",
    note: str = "",
    totaux: frozenset[int] = frozenset(),
) -> Tableau:
    """`colonnes` : (titre, largeur en %)."""
    return Tableau(
        titre=ecrit(titre),
        colonnes=tuple(ecrit(nom) for nom, _ in colonnes),
        largeurs=tuple(large for _, large in colonnes),
        lignes=tuple(tuple(ecrit(texte) for texte in ecrire(ligne)) for ligne in lues),
        totaux=totaux,
        nombres=nombres,
        note=ecrit(note),
    )


def parties(instantane: Instantane) -> Tableau:
    """Les départements de la région, ou les régions de France ; le total à la fin.

    Une région d’un seul département n’a que son total.
    """
    parties = instantane.parties if len(instantane.parties) > 1 else ()
    lignes = [*parties, instantane.couverture]
    return poser(
        (
            ("Région" if instantane.est_national else "Département", 29),
            ("Habitants", 13),
            ("Couverts, signé", 12),
            ("Part signée", 10),
            ("Signé ou projet", 10),
            ("Communes", 15),
            ("Contrats", 11),
        ),
        lignes,
        _partie,
        nombres=6,
        totaux=frozenset({len(lignes) - 1}),
        titre="Le chiffre, territoire par territoire",
    )


def _partie(c: Couverture) -> tuple[str, ...]:
    return (
        c.nom,
        nombre(c.population),
        nombre(c.population_signee),
        _part(c.population_signee, c.population),
        _part(c.population_engagee, c.population),
        f"{nombre(c.communes_signees)} / {nombre(c.communes)}",
        nombre(c.contrats_signes),
    )


def zonages(lus: Sequence[ZonageFige]) -> Tableau:
    sources = " ; ".join(dict.fromkeys(f"{z.nom}, {z.source}, {z.millesime}" for z in lus))
    return poser(
        (
            ("Zonage", 34),
            ("Zones couvertes", 18),
            ("Habitants", 16),
            ("Couverts, signé", 16),
            ("Part", 16),
        ),
        lus,
        lambda z: (
            z.nom,
            f"{nombre(z.zones_signees)} / {nombre(z.zones)}",
            nombre(z.population),
            nombre(z.population_signee),
            _part(z.population_signee, z.population),
        ),
        nombres=4,
        titre="Dans les zonages",
        note=f"Source : {sources}." if sources else "",
    )


def territoires(instantane: Instantane) -> Tableau:
    """Le tableau jumeau de la carte."""
    if instantane.est_national:
        return poser(
            (
                ("Département", 34),
                ("Habitants", 18),
                ("Couverts, signé", 18),
                ("Part signée", 15),
                ("Signé ou projet", 15),
            ),
            instantane.territoires,
            lambda t: (
                t.nom,
                nombre(t.population),
                nombre(t.population_signee),
                _part(t.population_signee, t.population),
                _part(t.population_engagee, t.population),
            ),
            nombres=4,
        )
    return poser(
        (
            ("Intercommunalité ou commune isolée", 36),
            ("État", 24),
            ("Habitants", 14),
            ("Part signée", 13),
            ("Communes", 13),
        ),
        instantane.territoires,
        _territoire,
        nombres=3,
    )


def _territoire(t: TerritoireFige) -> tuple[str, ...]:
    return (
        t.nom,
        t.etat,
        nombre(t.population),
        _part(t.population_signee, t.population),
        f"{nombre(t.communes_signees)} / {nombre(t.communes)}",
    )


def annees(lues: Sequence[PointDAnnee]) -> Tableau:
    return poser(
        (
            ("Au", 22),
            ("Part signée", 16),
            ("Signé ou projet", 18),
            ("Habitants couverts", 18),
            ("Communes", 13),
            ("Contrats", 13),
        ),
        list(reversed(lues)),
        lambda p: (
            _jour(p.le),
            pourcent(p.taux_signe),
            pourcent(p.taux_engage),
            nombre(p.population_signee),
            nombre(p.communes_signees),
            nombre(p.contrats),
        ),
        nombres=5,
    )


def contrats(lus: Sequence[ContratFige]) -> Tableau:
    return poser(
        (
            ("Contrat", 25),
            ("Phase", 15),
            ("Début", 14),
            ("Fin", 14),
            ("Communes", 12),
            ("Habitants", 12),
            ("Fiches", 8),
        ),
        lus,
        lambda c: (
            c.nom if c.est_signe else f"{c.nom} (en projet)",
            c.phase,
            _jour(c.debut),
            _jour(c.fin),
            nombre(c.communes),
            nombre(c.population),
            "—" if c.actions is None else nombre(c.actions),
        ),
        nombres=3,
    )


def blancs(lus: Sequence[BlancFige]) -> Tableau:
    reste = lus[BLANCS_MAXIMUM:]
    note = ""
    if reste:
        habitants = pluriel(sum(b.population for b in reste), "habitant")
        note = f"Et {pluriel(len(reste), 'autre territoire', 'autres territoires')}, {habitants}."
    return poser(
        (
            ("Territoire", 40),
            ("Département", 20),
            ("Communes", 13),
            ("Habitants sans contrat", 14),
            ("En projet à côté", 13),
        ),
        lus[:BLANCS_MAXIMUM],
        lambda b: (
            b.nom,
            b.departement,
            nombre(b.communes),
            nombre(b.population),
            nombre(b.en_projet),
        ),
        nombres=3,
        note=note,
    )


def fins(lues: Sequence[FinFigee]) -> Tableau:
    reste = len(lues) - FINS_MAXIMUM
    return poser(
        (
            ("Contrat", 42),
            ("Dernier jour connu", 16),
            ("Suite en préparation", 16),
            ("Communes", 13),
            ("Habitants", 13),
        ),
        lues[:FINS_MAXIMUM],
        lambda f: (
            f.nom,
            _jour(f.fin),
            "oui" if f.a_une_suite else "non",
            nombre(f.communes),
            nombre(f.population),
        ),
        nombres=2,
        note=f"Et {pluriel(reste, 'autre contrat', 'autres contrats')}." if reste > 0 else "",
    )


def faits(lus: Sequence[FaitFige]) -> Tableau:
    reste = len(lus) - FAITS_MAXIMUM
    return poser(
        (("Quand", 14), ("Quoi", 19), ("Contrat", 29), ("Ce qui est touché", 38)),
        lus[:FAITS_MAXIMUM],
        lambda f: (_jour(f.le), f.genre, f.contrat, _touche(f)),
        note=f"Et {pluriel(reste, 'autre fait', 'autres faits')}." if reste > 0 else "",
    )


def _touche(fait: FaitFige) -> str:
    dits = [
        f"{pluriel(fait.communes, 'commune')}, {pluriel(fait.population, 'habitant')}",
        fait.precision,
        f"Fin : {date_longue(fait.jusqu_au)}" if fait.jusqu_au else "",
    ]
    return ". ".join(f"{dit[0].upper()}{dit[1:]}" for dit in dits if dit)
