"""La comparaison, prête à écrire : des phrases, des tableaux, de petites courbes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
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
from bilans.comparaison.sigles import Explications
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
    """`notes` : son ancien nom, puis ce que veut dire chaque sigle que l’on y rencontre d’abord."""

    nom: str
    cases: tuple[Case, ...]
    code: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Groupe:
    """Les actions d’un volet, ou un tableau de sommes ; `notes` : les sigles de son titre."""

    titre: str
    rangs: tuple[Rang, ...]
    notes: tuple[str, ...] = ()


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
    annonces: tuple[AnnoncesSuivies, ...]
    a_venir: tuple[str, ...]
    indicateurs: tuple[IndicateurMontre, ...]
    argent: tuple[Groupe, ...]
    volets: tuple[Groupe, ...]

    @property
    def derniere(self) -> int:
        return self.annees[-1]


def page_de(comparaison: Comparaison) -> Page:
    """Les sigles s’expliquent dans l’ordre de lecture : celui des champs de la page."""
    annees, dire = comparaison.annees, Explications(comparaison)
    return Page(
        annees=annees,
        phrases=tuple(map(typographier, _phrases(comparaison))),
        etats=tuple(
            Rang(MOTS[ligne.etat].pluriel, _comptes(annees, ligne.nombres), FORMES[ligne.etat])
            for ligne in comparaison.etats
        ),
        total=Rang("En tout", _comptes(annees, comparaison.totaux)),
        annonces=tuple(_annonces(suivies, dire) for suivies in comparaison.annonces),
        a_venir=tuple(typographier(dire.phrase(texte)) for texte in comparaison.a_venir),
        indicateurs=tuple(_indicateur(i, annees, dire) for i in comparaison.indicateurs),
        argent=tuple(_argent(comparaison, dire)),
        volets=_volets(comparaison.actions, annees, dire),
    )


def _annonces(suivies: AnnoncesSuivies, dire: Explications) -> AnnoncesSuivies:
    lignes = (
        replace(ligne, texte=dire.phrase(ligne.texte), explication=dire.phrase(ligne.explication))
        for ligne in suivies.lignes
    )
    return replace(suivies, lignes=tuple(lignes))


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


def _volets(
    actions: Sequence[ActionComparee], annees: Sequence[int], dire: Explications
) -> tuple[Groupe, ...]:
    volets: dict[str, list[ActionComparee]] = {}
    for action in actions:
        volets.setdefault(action.volet, []).append(action)
    return tuple(_volet(titre, siennes, annees, dire) for titre, siennes in volets.items())


def _volet(
    titre: str, actions: Sequence[ActionComparee], annees: Sequence[int], dire: Explications
) -> Groupe:
    notes = dire.nom(titre)
    return Groupe(typographier(titre), tuple(_action(a, annees, dire) for a in actions), notes)


def _action(action: ActionComparee, annees: Sequence[int], dire: Explications) -> Rang:
    cases = tuple(
        Case(annee, etat.mot, etat.code) if etat else Case(annee, "")
        for annee, etat in zip(annees, action.etats, strict=True)
    )
    nom = typographier(f"{action.numero} {action.titre}".strip())
    return Rang(nom, cases, notes=_notes(action.titre, action.ancien_titre, dire))


def _notes(nom: str, ancien: str, dire: Explications) -> tuple[str, ...]:
    """L’ancien nom, s’il y en a un, puis les sigles des deux."""
    avant = (f"Avant : {ancien}",) if ancien else ()
    return tuple(map(typographier, (*avant, *dire.nom(nom), *dire.nom(ancien))))


def _indicateur(
    indicateur: IndicateurCompare, annees: Sequence[int], dire: Explications
) -> IndicateurMontre:
    serie = indicateur.serie
    cases = (
        _valeur(annee, valeur, serie)
        for annee, valeur in zip(annees, indicateur.valeurs, strict=True)
    )
    notes = _notes(indicateur.libelle, indicateur.ancien_libelle, dire)
    return IndicateurMontre(
        rang=Rang(typographier(indicateur.libelle), tuple(cases), notes=notes),
        source=typographier(dire.phrase(serie.source)),
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


def _argent(comparaison: Comparaison, dire: Explications) -> Iterator[Groupe]:
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
            yield Groupe(titre, tuple(_montants(ligne, annees, dire) for ligne in lignes))


def _montants(ligne: Montants, annees: Sequence[int], dire: Explications) -> Rang:
    ecrire = nombre if "équivalents temps plein" in ligne.nom else euros
    return Rang(
        ligne.nom,
        tuple(
            Case(annee, _ecrit(montant, ecrire))
            for annee, montant in zip(annees, ligne.montants, strict=True)
        ),
        notes=tuple(map(typographier, dire.nom(ligne.nom))),
    )


def _ecrit(montant: Decimal | None, ecrire: Callable[[Decimal], str]) -> str:
    return "" if montant is None else ecrire(montant)
