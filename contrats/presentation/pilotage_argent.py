"""Les tableaux de l’argent d’une région : par financeur, par année, par mission du FIR."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from cls_platform.socle import typographie
from contrats.models.vocabulaire_argent import FIR, MissionFir, StatutFinancement
from contrats.pilotage.comptes import ZERO, Argent, CompteDeFinanceur
from contrats.presentation.tableau_pilotage import (
    Colonne,
    Filtre,
    Genre,
    Rang,
    TableauDePilotage,
    Versant,
    rang,
    source,
)

MONTANTS = ("prevu", "demande", "accorde", "verse")
COLONNES = tuple(Colonne(titre, Genre.EUROS) for titre in ("Prévu", "Demandé", "Accordé", "Versé"))
COLONNES_D_ANNEE = tuple(
    Colonne(titre, Genre.EUROS)
    for titre in ("Coût prévu", "Coût réalisé", "Demandé", "Accordé", "Versé")
)
# Ce que compte chaque colonne : un lien y mène exactement
PREVUES: dict[str, Filtre] = {"statut": StatutFinancement.PREVISIONNEL.value}
DEMANDEES: dict[str, Filtre] = {
    "statut": tuple(s.value for s in StatutFinancement if s != StatutFinancement.PREVISIONNEL)
}
FILTRES: tuple[dict[str, Filtre], ...] = (PREVUES, DEMANDEES, {}, {})
SANS_MISSION = "Mission non précisée"
REGLE = (
    "Prévu\u00a0: demandes encore prévisionnelles. Demandé\u00a0: toutes les autres, refusées "
    "comprises. Accordé et versé\u00a0: tels que notés. Ni apports en nature, ni temps de travail."
)


def tableaux_de_l_argent(argent: Argent, le: date, vers: Versant) -> Iterator[TableauDePilotage]:
    origine = source(
        f"budgets de {typographie.pluriel(argent.contrats, 'contrat')} dont les montants sont "
        "lisibles",
        le,
    )
    yield _par_financeur(argent, origine, vers)
    yield _par_annee(argent, origine, vers)
    yield _par_mission(argent, origine, vers)
    yield _detail(argent, origine)


def _par_financeur(argent: Argent, origine: str, vers: Versant) -> TableauDePilotage:
    noms = {c.financeur: c.libelle for c in argent.financeurs}
    lues = _sommer(argent.financeurs, lambda c: c.financeur)
    # Le plus accordé d’abord
    sommes = dict(sorted(lues.items(), key=lambda paire: (-paire[1][2], noms[paire[0]])))
    return TableauDePilotage(
        cle="financeurs",
        titre="Par financeur",
        tete="Financeur",
        colonnes=COLONNES,
        rangs=tuple(
            rang(
                COLONNES,
                noms[code],
                montants,
                adresses=_adresses(vers, {"type_financeur": code}),
                code=code,
            )
            for code, montants in sommes.items()
        ),
        total=_total(COLONNES, sommes.values(), _adresses(vers, {})),
        regle=REGLE,
        source=origine,
        vide="Aucun financement noté.",
    )


def _par_annee(argent: Argent, origine: str, vers: Versant) -> TableauDePilotage:
    recus = _sommer(argent.financeurs, lambda c: c.annee)
    couts = {b.annee: (b.prevu, b.realise) for b in argent.budgets}
    annees = sorted({*recus, *couts}, reverse=True)
    rangs = {
        annee: (*couts.get(annee, (ZERO, ZERO)), *recus.get(annee, (ZERO,) * 4)[1:])
        for annee in annees
    }
    return TableauDePilotage(
        cle="annees",
        titre="Par année",
        tete="Année",
        colonnes=COLONNES_D_ANNEE,
        rangs=tuple(
            rang(
                COLONNES_D_ANNEE,
                str(annee),
                montants,
                adresses=_adresses_d_annee(vers, {"annee": str(annee)}),
                code=str(annee),
            )
            for annee, montants in rangs.items()
        ),
        total=_total(COLONNES_D_ANNEE, rangs.values(), _adresses_d_annee(vers, {})),
        regle="Coût\u00a0: les dépenses inscrites dans les fiches, en argent. Demandé\u00a0: hors "
        "demandes prévisionnelles.",
        source=origine,
        vide="Aucun montant noté.",
    )


def _par_mission(argent: Argent, origine: str, vers: Versant) -> TableauDePilotage:
    """Le fonds d’intervention régional, par mission (CSP, art. L1435-8)."""
    mots = dict(MissionFir.choices)
    fir = [c for c in argent.financeurs if c.financeur == FIR]
    sommes = _sommer(sorted(fir, key=lambda c: (not c.mission, c.mission)), lambda c: c.mission)
    return TableauDePilotage(
        cle="missions-fir",
        titre="Le fonds d’intervention régional, par mission",
        tete="Mission",
        colonnes=COLONNES,
        rangs=tuple(
            rang(
                COLONNES,
                mots.get(mission, SANS_MISSION),
                montants,
                adresses=_adresses(vers, _choix_de_mission(mission)),
                code=mission,
            )
            for mission, montants in sommes.items()
        ),
        total=_total(COLONNES, sommes.values(), _adresses(vers, {"type_financeur": FIR})),
        regle="Les financements du FIR seuls. Missions\u00a0: code de la santé publique, L1435-8.",
        source=origine,
        vide="Aucun financement du FIR noté.",
    )


def _choix_de_mission(mission: str) -> dict[str, Filtre]:
    choix = {"mission_fir": mission} if mission else {"sans_mission": "true"}
    return {"type_financeur": FIR, **choix}


def _adresses(vers: Versant, choix: dict[str, Filtre]) -> list[str]:
    return [vers("financements", **choix, **filtre) for filtre in FILTRES]


def _adresses_d_annee(vers: Versant, choix: dict[str, Filtre]) -> list[str]:
    """Les deux coûts mènent aux dépenses, le reste aux financements."""
    return [vers("depenses", **choix)] * 2 + _adresses(vers, choix)[1:]


def _detail(argent: Argent, origine: str) -> TableauDePilotage:
    """Une ligne par année, financeur et mission : pour le tableur seul."""
    colonnes = (
        Colonne("Année", Genre.ANNEE),
        Colonne("Mission du FIR", Genre.TEXTE),
        *COLONNES,
        Colonne("Financements"),
    )
    return TableauDePilotage(
        cle="financeurs-par-annee",
        titre="Par financeur et par année",
        tete="Financeur",
        colonnes=colonnes,
        rangs=tuple(
            rang(
                colonnes,
                c.libelle,
                (c.annee, c.mission, *_montants(c), c.financements),
                code=c.financeur,
            )
            for c in argent.financeurs
        ),
        regle=REGLE,
        source=origine,
    )


def _montants(compte: CompteDeFinanceur) -> tuple[Decimal, ...]:
    return tuple(getattr(compte, nom) for nom in MONTANTS)


def _sommer(
    comptes: Iterable[CompteDeFinanceur], cle: Callable[[CompteDeFinanceur], Any]
) -> dict[Any, tuple[Decimal, ...]]:
    sommes: dict[Any, tuple[Decimal, ...]] = defaultdict(lambda: (ZERO,) * len(MONTANTS))
    for compte in comptes:
        deja = sommes[cle(compte)]
        sommes[cle(compte)] = tuple(a + b for a, b in zip(deja, _montants(compte), strict=True))
    return dict(sommes)


def _total(
    colonnes: tuple[Colonne, ...], rangs: Iterable[tuple[Decimal, ...]], adresses: Sequence[str]
) -> Rang:
    lignes = list(rangs)
    sommes = [sum((li[place] for li in lignes), ZERO) for place in range(len(colonnes))]
    return rang(colonnes, "Total", sommes, adresses=adresses)
