"""Des bilans publiés à leur comparaison. Aucune base de données, aucune mise en page."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from bilans.comparaison.formes import (
    ActionComparee,
    AnnoncesSuivies,
    Comparaison,
    Etat,
    EtatCompte,
    IndicateurCompare,
    Montants,
    SigleDit,
    Valeur,
)
from bilans.comparaison.rapprochement import Suite, nu, rapprocher
from bilans.etats_publics import EtatPublic
from bilans.instantane import Action, Argent, Indicateur, Instantane, Somme
from bilans.rapport.annonces import annonces_de
from indicateurs.series import Releve, Serie

ActionDuVolet = tuple[str, Action]
IndicateurDuVolet = tuple[str, Indicateur]


def comparer(bilans: Sequence[Instantane]) -> Comparaison:
    """`bilans` : un par année au plus. Lève ValueError sans aucun bilan."""
    if not bilans:
        raise ValueError("Il faut au moins un bilan publié.")
    ranges = sorted(bilans, key=lambda bilan: bilan.annee)
    argents = [bilan.argent for bilan in ranges]
    return Comparaison(
        annees=tuple(bilan.annee for bilan in ranges),
        etats=_etats(ranges),
        totaux=tuple(len(bilan.actions) for bilan in ranges),
        actions=_actions(ranges),
        indicateurs=_indicateurs(ranges),
        financements=Montants("Financements", tuple(a.total if a else None for a in argents)),
        payeurs=_sommes(argents, lambda argent: argent.payeurs),
        usages=_sommes(argents, lambda argent: argent.usages),
        depenses=_depenses(argents),
        annonces=_annonces(ranges),
        a_venir=annonces_de(ranges[-1]),
        sigles=_sigles(ranges),
    )


def _etats(bilans: Sequence[Instantane]) -> tuple[EtatCompte, ...]:
    """Les états qu’un bilan au moins compte, du plus avancé au moins avancé."""
    comptes = [bilan.comptes for bilan in bilans]
    lignes = (EtatCompte(etat, tuple(c[etat] for c in comptes)) for etat in EtatPublic)
    return tuple(ligne for ligne in lignes if any(ligne.nombres))


def _actions(bilans: Sequence[Instantane]) -> tuple[ActionComparee, ...]:
    par_bilan = [[(v.titre, a) for v in bilan.volets for a in v.actions] for bilan in bilans]
    suites = rapprocher(par_bilan, lambda part: part[1].cle, lambda part: part[1].titre)
    return tuple(_action(suite) for suite in suites)


def _action(suite: Suite[ActionDuVolet]) -> ActionComparee:
    volet, derniere = suite.derniere
    return ActionComparee(
        numero=derniere.numero,
        titre=derniere.titre,
        volet=volet,
        ancien_titre=_ancien(derniere.titre, (p[1].titre for p in suite.parts if p)),
        etats=tuple(p and Etat(p[1].statut, p[1].libelle_statut, p[1].etat) for p in suite.parts),
    )


def _ancien(actuel: str, tous: Iterable[str]) -> str:
    """Le nom le plus récent parmi ceux qu’elle n’a plus."""
    autres = [nom for nom in tous if nu(nom) != nu(actuel)]
    return autres[-1] if autres else ""


def _indicateurs(bilans: Sequence[Instantane]) -> tuple[IndicateurCompare, ...]:
    par_bilan = [[(v.titre, i) for v in bilan.volets for i in v.indicateurs] for bilan in bilans]
    annees = [bilan.annee for bilan in bilans]
    suites = rapprocher(
        par_bilan,
        lambda part: part[1].cle,
        lambda part: f"{part[1].serie.libelle} {part[1].serie.unite}",
    )
    return tuple(_indicateur(suite, annees) for suite in suites)


def _indicateur(suite: Suite[IndicateurDuVolet], annees: Sequence[int]) -> IndicateurCompare:
    volet, dernier = suite.derniere
    libelles = (part[1].serie.libelle for part in suite.parts if part)
    valeurs = (
        _valeur(part[1].serie, dernier.serie, annee) if part else None
        for part, annee in zip(suite.parts, annees, strict=True)
    )
    return IndicateurCompare(
        libelle=dernier.serie.libelle,
        volet=volet,
        ancien_libelle=_ancien(dernier.serie.libelle, libelles),
        serie=dernier.serie,
        valeurs=tuple(valeurs),
    )


def _valeur(alors: Serie, maintenant: Serie, annee: int) -> Valeur | None:
    """None si le bilan de l’année n’avait pas de relevé pour elle."""
    publiee = alors.en(annee)
    if publiee is None:
        return None
    actuelle = maintenant.en(annee)
    return Valeur(publiee, actuelle if actuelle and _dit_autre_chose(publiee, actuelle) else None)


def _dit_autre_chose(alors: Releve, maintenant: Releve) -> bool:
    """Une valeur tue depuis ne se lit pas comme une correction."""
    return maintenant.valeur is not None and maintenant.valeur != alors.valeur


def _sommes(
    argents: Sequence[Argent | None], parts: Callable[[Argent], tuple[Somme, ...]]
) -> tuple[Montants, ...]:
    """Une ligne par nom, les plus gros de la dernière année d’abord ; zéro s’il n’a rien donné."""
    lus = [{s.nom: s.montant for s in parts(a)} if a else None for a in argents]
    noms = list(dict.fromkeys(nom for sommes in reversed(lus) for nom in sommes or ()))
    zero = Decimal(0)
    return tuple(
        Montants(nom, tuple(None if s is None else s.get(nom, zero) for s in lus)) for nom in noms
    )


_DEPENSES = (
    ("Dépenses prévues", "cout_prevu"),
    ("Dépenses réalisées", "cout_realise"),
    ("Apports en nature, estimés", "apports_en_nature"),
    ("Temps de travail, en équivalents temps plein", "etp"),
)


def _depenses(argents: Sequence[Argent | None]) -> tuple[Montants, ...]:
    lignes = (
        Montants(nom, tuple(getattr(argent, champ) if argent else None for argent in argents))
        for nom, champ in _DEPENSES
    )
    return tuple(ligne for ligne in lignes if any(m is not None for m in ligne.montants))


def _annonces(bilans: Sequence[Instantane]) -> tuple[AnnoncesSuivies, ...]:
    """Les plus récentes d’abord."""
    return tuple(
        AnnoncesSuivies(bilan.annonces.annee, bilan.annee, bilan.annonces.lignes)
        for bilan in reversed(bilans)
        if bilan.annonces and bilan.annonces.lignes
    )


def _sigles(bilans: Sequence[Instantane]) -> tuple[SigleDit, ...]:
    """Le plus récent l’emporte : l’équipe a pu préciser un sens depuis."""
    dits: dict[str, SigleDit] = {}
    for bilan in reversed(bilans):
        for mot in bilan.mots:
            if mot.sigle:
                dits.setdefault(mot.sigle, SigleDit(mot, bilan.annee))
    return tuple(dits.values())
