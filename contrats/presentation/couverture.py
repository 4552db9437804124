"""Les chiffres de la couverture à l’écran : chacun est un lien vers ce qu’il compte."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cls_platform.socle import presentation, typographie
from cls_platform.socle.navigation import Entree
from contrats.adresses import adresse_avec
from contrats.couverture import LigneCouverture, Niveau, Variante
from contrats.couverture_etats import EtatCouverture, Selection
from contrats.couverture_place import Place, avec

# Les tableaux que propose une page, du plus large au plus fin
TABLEAUX = {
    Niveau.FRANCE.value: (Niveau.REGION, Niveau.DEPARTEMENT, Niveau.EPCI),
    Niveau.REGION.value: (Niveau.DEPARTEMENT, Niveau.EPCI),
    Niveau.DEPARTEMENT.value: (Niveau.EPCI,),
    Niveau.EPCI.value: (),
}


@dataclass(frozen=True, slots=True)
class Question:
    """Le jour et les contrats comptés ; l’adresse ne dit que ce qui n’est pas ordinaire."""

    le: date
    variante: str

    @property
    def parametres(self) -> dict[str, str]:
        dits = {} if self.le == timezone.localdate() else {"date": self.le.isoformat()}
        return dits if self.variante == Variante.SIGNE else dits | {"variante": self.variante}

    @property
    def suite(self) -> str:
        return f"?{urlencode(self.parametres)}" if self.parametres else ""

    def communes(self, place: Place, selection: str = "", **plus: str) -> str:
        """La liste derrière un nombre ; `plus` : un lieu plus large qui la limite, ou la liste."""
        dits = self.parametres | plus
        return place.adresse_de("contrats:couverture_communes", etat=selection, **dits)

    def page(self, place: Place) -> str:
        return f"{place.adresse}{self.suite}"


@dataclass(frozen=True, slots=True)
class LigneDeTableau:
    """Une ligne du tableau jumeau : nombres écrits, adresses prêtes ; il y en a jusqu’à 1 255."""

    code: str
    nom: str
    adresse: str
    population: str
    communes: str
    jauge: SafeString
    signe: str
    avec_projets: str
    sans_contrat: str
    contrats: str
    listes: "Listes"


@dataclass(frozen=True, slots=True)
class Listes:
    """Où mène chaque nombre d’une ligne ; vide : aucune liste ne dit juste cela."""

    toutes: str
    couvertes: str
    blanches: str
    signees: str
    avec_projets: str
    contrats: str


def lignes_du_tableau(
    niveau: str,
    signees: Sequence[LigneCouverture],
    toutes: Sequence[LigneCouverture],
    place: Place,
    question: Question,
) -> Iterator[LigneDeTableau]:
    """`signees` et `toutes` : les mêmes territoires de `place`, dans les deux variantes."""
    avec_projets = {ligne.code: ligne for ligne in toutes}
    for ligne in signees:
        autre = avec_projets[ligne.code]
        yield _ligne(niveau, ligne, autre, place, question)


def _ligne(
    niveau: str,
    signee: LigneCouverture,
    avec_projets: LigneCouverture,
    place: Place,
    question: Question,
) -> LigneDeTableau:
    montree = signee if question.variante == Variante.SIGNE else avec_projets
    return LigneDeTableau(
        code=montree.code,
        nom=montree.nom,
        adresse=question.page(Place(niveau, montree.code)) if montree.code else "",
        population=typographie.nombre(montree.population),
        communes=_sur(montree.communes_couvertes, montree.communes),
        jauge=presentation.jauge(round(montree.taux_population * 100)),
        signe=_part(signee),
        avec_projets=_part(avec_projets),
        sans_contrat=typographie.nombre(montree.communes - montree.communes_couvertes),
        contrats=typographie.nombre(montree.contrats),
        listes=_listes(niveau, montree.code, place, question),
    )


def _listes(niveau: str, code: str, place: Place, question: Question) -> Listes:
    """D’une intercommunalité à cheval, ce qui est dans le lieu regardé."""
    if not code:
        sans = question.communes(place, Selection.SANS_EPCI)
        return Listes(sans, sans, sans, sans, sans, "")
    ici, plus = Place(niveau, code), place.lieu if niveau == Niveau.EPCI else {}
    signes = Question(question.le, Variante.SIGNE.value)
    projets = Question(question.le, Variante.SIGNE_OU_PROJET.value)
    return Listes(
        toutes=question.communes(ici, **plus),
        couvertes=question.communes(ici, Selection.COUVERTES, **plus),
        blanches=question.communes(ici, Selection.NON_COUVERTES, **plus),
        signees=signes.communes(ici, Selection.COUVERTES, **plus),
        avec_projets=projets.communes(ici, Selection.COUVERTES, **plus),
        contrats=question.communes(ici, Selection.COUVERTES, liste="contrats", **plus),
    )


def _sur(partie: int, tout: int) -> str:
    return f"{typographie.nombre(partie)} sur {typographie.nombre(tout)}"


def _part(ligne: LigneCouverture) -> str:
    """Rien à diviser : rien à écrire."""
    return typographie.pourcent(ligne.taux_population) if ligne.population else ""


@dataclass(frozen=True, slots=True)
class CompteLie:
    """Un nombre et la liste qu’il compte."""

    libelle: str
    valeur: str
    adresse: str
    precision: str = ""


def reperes(
    chiffre: LigneCouverture,
    etats: Mapping[str, tuple[int, int]],
    epci: Sequence[LigneCouverture],
    place: Place,
    question: Question,
) -> list[CompteLie]:
    """Ce que le pourcentage ne dit pas : communes, intercommunalités, contrats, doubles, blancs."""
    doubles, doublees = etats[EtatCouverture.PLUSIEURS]
    finissent, _ = etats[EtatCouverture.FINIT_BIENTOT]
    blanches = chiffre.communes - chiffre.communes_couvertes
    comptes = [
        CompteLie(
            "Communes couvertes",
            _sur(chiffre.communes_couvertes, chiffre.communes),
            question.communes(place, Selection.COUVERTES),
            typographie.pourcent(chiffre.taux_communes),
        ),
        CompteLie(
            "Contrats comptés",
            typographie.nombre(chiffre.contrats),
            question.communes(place, Selection.COUVERTES, liste="contrats"),
        ),
        CompteLie(
            "Communes couvertes deux fois",
            typographie.nombre(doubles),
            question.communes(place, EtatCouverture.PLUSIEURS),
            typographie.pluriel(doublees, "habitant") if doubles else "",
        ),
        CompteLie(
            "Communes dont le contrat finit sous 12\u00a0mois",
            typographie.nombre(finissent),
            question.communes(place, EtatCouverture.FINIT_BIENTOT),
        ),
        CompteLie(
            "Communes sans contrat",
            typographie.nombre(blanches),
            question.communes(place, Selection.NON_COUVERTES),
            typographie.pluriel(chiffre.population - chiffre.population_couverte, "habitant"),
        ),
    ]
    if place.niveau != Niveau.EPCI:
        comptes.insert(1, _intercommunalites(epci, place, question))
    return comptes


def _intercommunalites(
    epci: Sequence[LigneCouverture], place: Place, question: Question
) -> CompteLie:
    connues = [ligne for ligne in epci if ligne.code]
    entieres = sum(ligne.communes_couvertes == ligne.communes for ligne in connues)
    en_partie = sum(0 < ligne.communes_couvertes < ligne.communes for ligne in connues)
    adresse = f"{place.adresse}?{urlencode({**question.parametres, 'tableau': 'epci'})}#tableau"
    return CompteLie(
        "Intercommunalités couvertes",
        _sur(entieres, len(connues)),
        adresse,
        f"et {typographie.nombre(en_partie)} en partie" if en_partie else "",
    )


def bascule(
    chemin: str, parametres: QueryDict, nom: str, choix: Sequence[tuple[str, str]], actuel: str
) -> list[Entree]:
    return [
        Entree(
            libelle,
            adresse_avec(chemin, parametres, {nom: valeur}),
            est_courante=valeur == actuel,
        )
        for valeur, libelle in choix
    ]


def barre(signe: float, avec_projets: float, visee: float | None) -> SafeString:
    """Décorative : la part signée, ce que les projets ajouteraient, la cible ; tout est écrit."""
    traits = [
        ("fond", 0.0, 100.0),
        ("projet", 0.0, avec_projets * 100),
        ("signe", 0.0, signe * 100),
        *([("visee", visee * 100 - 0.3, 0.6)] if visee is not None else []),
    ]
    rectangles = format_html_join(
        "",
        '<rect class="{}" x="{}" width="{}" height="7"/>',
        ((role, f"{x:.2f}", f"{largeur:.2f}") for role, x, largeur in traits),
    )
    return format_html(
        '<svg viewBox="0 0 100 7" preserveAspectRatio="none" focusable="false">{}</svg>',
        rectangles,
    )


Liens = list[tuple[str, str]]


def exports(nom: str, parametres: Mapping[str, str]) -> Liens:
    """(« XLSX », adresse) de chaque format."""
    return [
        (extension.upper(), avec(reverse(nom, args=[extension]), dict(parametres)))
        for extension in ("xlsx", "ods", "csv", "json")
    ]
