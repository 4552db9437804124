"""La comparaison, prête à écrire : des phrases, des tableaux, de petites courbes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString, mark_safe

from bilans.comparaison.formes import (
    ActionComparee,
    AnnoncesSuivies,
    Comparaison,
    IndicateurCompare,
    Montants,
    Valeur,
)
from bilans.etats_publics import MOTS, EtatPublic
from cls_platform.socle.typographie import (
    INSECABLE,
    euros,
    nombre,
    pluriel,
    typographier,
)
from indicateurs import graphiques, phrases
from indicateurs.series import Serie

# Le statut dont chaque état public prend la forme
FORMES = {
    EtatPublic.TERMINEE: "REALISEE",
    EtatPublic.EN_COURS: "EN_COURS",
    EtatPublic.EN_RETARD: "EN_RETARD",
    EtatPublic.SUSPENDUE: "EN_PAUSE",
    EtatPublic.A_VENIR: "A_VENIR",
    EtatPublic.A_L_ETUDE: "A_DISCUTER",
    EtatPublic.ABANDONNEE: "ABANDONNEE",
}


@dataclass(frozen=True, slots=True)
class Case:
    """`code` : la forme d’un état. `note` : ce qui complète. `absente` : ce bilan n’en dit rien."""

    annee: int
    texte: str
    code: str = ""
    note: str = ""

    @property
    def absente(self) -> bool:
        return not self.texte


@dataclass(frozen=True, slots=True)
class Rang:
    nom: str
    cases: tuple[Case, ...]
    code: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Groupe:
    """Les actions d’un volet."""

    titre: str
    rangs: tuple[Rang, ...]


@dataclass(frozen=True, slots=True)
class IndicateurMontre:
    rang: Rang
    source: str
    dessin: SafeString


@dataclass(frozen=True, slots=True)
class Page:
    annees: tuple[int, ...]
    phrases: tuple[str, ...]
    etats: tuple[Rang, ...]
    total: Rang
    volets: tuple[Groupe, ...]
    indicateurs: tuple[IndicateurMontre, ...]
    argent: tuple[Groupe, ...]
    annonces: tuple[AnnoncesSuivies, ...]
    a_venir: tuple[str, ...]

    @property
    def derniere(self) -> int:
        return self.annees[-1]


def page_de(comparaison: Comparaison) -> Page:
    annees = comparaison.annees
    return Page(
        annees=annees,
        phrases=tuple(map(typographier, _phrases(comparaison))),
        etats=tuple(
            Rang(MOTS[ligne.etat].pluriel, _comptes(annees, ligne.nombres), FORMES[ligne.etat])
            for ligne in comparaison.etats
        ),
        total=Rang("En tout", _comptes(annees, comparaison.totaux)),
        volets=_volets(comparaison.actions, annees),
        indicateurs=tuple(_indicateur(i, annees) for i in comparaison.indicateurs),
        argent=tuple(_argent(comparaison)),
        annonces=comparaison.annonces,
        a_venir=tuple(map(typographier, comparaison.a_venir)),
    )


def _comptes(annees: Sequence[int], nombres: Sequence[int]) -> tuple[Case, ...]:
    return tuple(Case(a, nombre(n)) for a, n in zip(annees, nombres, strict=True))


def _phrases(comparaison: Comparaison) -> Iterator[str]:
    """« En 2025, 4 actions sur 17 étaient terminées. » Une phrase par bilan."""
    comptes = {ligne.etat: ligne.nombres for ligne in comparaison.etats}
    finies = comptes.get(EtatPublic.TERMINEE, (0,) * len(comparaison.annees))
    for annee, faites, total in zip(comparaison.annees, finies, comparaison.totaux, strict=True):
        if not total:
            yield f"En {annee}, le bilan ne montrait aucune action."
        elif not faites:
            yield f"En {annee}, aucune action n’était terminée, sur{INSECABLE}{total}."
        else:
            accord = "étaient terminées" if faites > 1 else "était terminée"
            yield f"En {annee}, {pluriel(faites, 'action')} sur{INSECABLE}{total} {accord}."


def _volets(actions: Sequence[ActionComparee], annees: Sequence[int]) -> tuple[Groupe, ...]:
    volets: dict[str, list[Rang]] = {}
    for action in actions:
        volets.setdefault(action.volet, []).append(_action(action, annees))
    return tuple(Groupe(typographier(titre), tuple(rangs)) for titre, rangs in volets.items())


def _action(action: ActionComparee, annees: Sequence[int]) -> Rang:
    cases = tuple(
        Case(annee, etat.mot, etat.code) if etat else Case(annee, "")
        for annee, etat in zip(annees, action.etats, strict=True)
    )
    nom = typographier(f"{action.numero} {action.titre}".strip())
    return Rang(nom, cases, note=_avant(action.ancien_titre))


def _avant(ancien: str) -> str:
    return typographier(f"Avant : {ancien}") if ancien else ""


def _indicateur(indicateur: IndicateurCompare, annees: Sequence[int]) -> IndicateurMontre:
    serie = indicateur.serie
    cases = (
        _valeur(annee, valeur, serie)
        for annee, valeur in zip(annees, indicateur.valeurs, strict=True)
    )
    rang = Rang(
        typographier(indicateur.libelle), tuple(cases), note=_avant(indicateur.ancien_libelle)
    )
    return IndicateurMontre(
        rang=rang,
        source=typographier(serie.source),
        dessin=_dessin(serie, annees[-1]),
    )


def _valeur(annee: int, valeur: Valeur | None, serie: Serie) -> Case:
    if valeur is None:
        return Case(annee, "")
    note = f"Revu depuis : {phrases.lire(valeur.revue, serie)}" if valeur.revue else ""
    return Case(annee, phrases.lire(valeur.publiee, serie), note=typographier(note))


def _dessin(serie: Serie, annee: int) -> SafeString:
    """Étroit : les indicateurs se lisent côte à côte."""
    spec = graphiques.choisir(serie, annee, largeur=graphiques.ETROIT)
    return mark_safe(graphiques.dessiner(spec)) if spec else SafeString("")  # noqa: S308  (SVG du socle, textes échappés)


def _argent(comparaison: Comparaison) -> Iterator[Groupe]:
    if not comparaison.a_de_l_argent:
        return
    annees = comparaison.annees
    ensemble = (comparaison.financements, *comparaison.depenses)
    for titre, lignes in (
        ("En tout", ensemble),
        ("Qui finance", comparaison.payeurs),
        ("Pour quoi", comparaison.usages),
    ):
        if lignes:
            yield Groupe(titre, tuple(_montants(ligne, annees) for ligne in lignes))


def _montants(ligne: Montants, annees: Sequence[int]) -> Rang:
    ecrire = nombre if "équivalents temps plein" in ligne.nom else euros
    return Rang(
        ligne.nom,
        tuple(
            Case(annee, _ecrit(montant, ecrire))
            for annee, montant in zip(annees, ligne.montants, strict=True)
        ),
    )


def _ecrit(montant: Decimal | None, ecrire: Callable[[Decimal], str]) -> str:
    return "" if montant is None else ecrire(montant)
