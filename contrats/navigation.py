"""La coque de l’espace de travail : le rail d’un contrat, ses pièces, le fil d’Ariane, les droits.

Les pièces d’une application plus haute sont des noms d’adresse, jamais des imports.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from acteurs.droits import Droit
from acteurs.ressort import ressort_de
from cls_platform.socle import typographie
from cls_platform.socle.navigation import Entree, Lien, Rail
from contrats.a_faire.compte import nombre_a_faire
from contrats.adresses import adresse_de
from contrats.couverture_place import place_par_defaut
from contrats.models import Contrat
from contrats.models.confidentialite import plans_modifies_par
from contrats.permissions import droits_generaux, droits_sur


@dataclass(frozen=True, slots=True)
class Piece:
    """Une page d’un contrat ; `compte` est une clé de `ContratQuerySet.comptes`, écrite à côté.

    `droit` : celui qu’il faut pour l’ouvrir ; aucun, suivre le contrat suffit. `fragment` : le nom
    de l’adresse qui rend son compte, s’il appartient à une application plus haute.
    """

    rubrique: str
    libelle: str
    adresse: str
    icone: str
    compte: str = ""
    droit: Droit | None = None
    fragment: str = ""


PIECES = (
    Piece("fiche", "Vue d’ensemble", "contrats:fiche", "accueil"),
    Piece("plan", "Plan d’actions", "contrats:plan", "plan", "nombre_actions"),
    Piece("budget", "Budget", "contrats:plan_budget", "euro", droit=Droit.VOIR_BUDGET),
    Piece("gouvernance", "Gouvernance", "contrats:gouvernance", "calendrier"),
    Piece("perimetre", "Périmètre", "contrats:perimetre", "carte"),
    Piece("signataires", "Signataires", "contrats:signataires", "contrat", "nombre_signataires"),
    Piece("avenants", "Avenants", "contrats:avenants", "document"),
    Piece("equipe", "Équipe", "contrats:equipe", "personnes"),
    Piece(
        "indicateurs",
        "Indicateurs",
        "indicateurs:grille",
        "graphe",
        fragment="indicateurs:en_retard",
    ),
    Piece("evaluation", "Évaluation", "indicateurs:evaluations", "coche"),
    Piece("bilans", "Bilans", "bilans:bilans", "bilan", fragment="bilans:a_relire"),
    Piece(
        "reactions",
        "Habitants",
        "bilans:reactions",
        "courriel",
        droit=Droit.REPONDRE_AUX_HABITANTS,
        fragment="bilans:reactions_a_lire",
    ),
)
RUBRIQUES = {piece.rubrique: piece for piece in PIECES}


def contexte_espace(
    request: HttpRequest, contrat: Contrat, rubrique: str = "plan", *, suite: Sequence[Lien] = ()
) -> dict[str, Any]:
    """Ce que toute page d’un contrat donne à son gabarit ; quatre requêtes au plus.

    `rubrique` : la pièce courante (clé de RUBRIQUES). `suite` : les étapes du fil d’Ariane après
    elle ; la dernière n’a pas d’adresse.
    """
    droits = droits_sur(request.user, contrat)
    comptes = comptes_lisibles(request.user, contrat, droits)
    return {
        "contrat": contrat,
        "comptes": comptes,
        "droits": droits,
        "rail": rail_du_contrat(contrat, rubrique, comptes, droits),
        "fil": fil_du_contrat(contrat, rubrique, suite),
    }


def comptes_lisibles(
    utilisateur: Any, contrat: Contrat, droits: frozenset[Droit]
) -> dict[str, int]:
    """Qui ne modifie pas le plan n’apprend pas, par un nombre, qu’une fiche lui est réservée."""
    comptes = Contrat.objects.comptes(contrat)
    if comptes["nombre_restreintes"] and Droit.MODIFIER_PLAN not in droits:
        comptes["nombre_actions"] = contrat.actions.lisibles_par(utilisateur).count()
    return comptes


def rail_du_contrat(
    contrat: Contrat, rubrique: str, comptes: Mapping[str, int], droits: frozenset[Droit]
) -> Rail:
    """Une pièce que la personne ne peut pas ouvrir n’est pas proposée."""
    return Rail(
        titre=contrat.nom,
        sous_titre=f"CLS {contrat.periode}".strip(),
        adresse=reverse("contrats:espace"),
        entrees=tuple(
            Entree(
                libelle=piece.libelle,
                adresse=adresse_de(piece.adresse, contrat.pk),
                icone=piece.icone,
                compte=str(comptes[piece.compte]) if piece.compte else "",
                est_courante=piece.rubrique == rubrique,
                fragment=adresse_de(piece.fragment, contrat.pk) if piece.fragment else "",
            )
            for piece in PIECES
            if piece.droit is None or piece.droit in droits
        ),
        pied_lien=Lien("Tous vos contrats", reverse("contrats:espace")),
    )


def fil_du_contrat(contrat: Contrat, rubrique: str, suite: Sequence[Lien] = ()) -> list[Lien]:
    piece = RUBRIQUES[rubrique]
    etapes = [Lien("Contrats", reverse("contrats:espace"))]
    if rubrique != "fiche":
        etapes.append(Lien(nom_et_periode(contrat), adresse_de("contrats:fiche", contrat.pk)))
    ici = nom_et_periode(contrat) if rubrique == "fiche" else piece.libelle
    adresse = adresse_de(piece.adresse, contrat.pk) if suite else ""
    return [*etapes, Lien(ici, adresse), *suite]


def nom_et_periode(contrat: Contrat) -> str:
    return f"{contrat.nom} {contrat.periode}".strip()


def contexte_general(
    request: HttpRequest, rubrique: str, *, suite: Sequence[Lien] = ()
) -> dict[str, Any]:
    """La coque hors d’un contrat ; `rubrique` : la pièce courante.

    « contrats », « couverture », « a_faire », « donnees », « bibliotheque ».
    """
    droits = droits_generaux(request.user)
    entrees = [_entree("contrats", "Contrats", "contrats:espace", "contrat", rubrique)]
    if Droit.VOIR_COUVERTURE in droits:
        adresse, est_courante = place_par_defaut(request.user).adresse, rubrique == "couverture"
        entrees.append(Entree("Couverture", adresse, "carte", est_courante=est_courante))
    if Droit.PILOTER_REGION in droits:
        entrees.extend(_entrees_de_l_agence(request.user, rubrique))
    if Droit.CHARGER_DONNEES in droits or rubrique == "donnees":
        entrees.append(_entree("donnees", "Données", "acteurs:donnees", "tableau", rubrique))
    if plans_modifies_par(request.user).exists():
        entrees.append(
            _entree("bibliotheque", "Bibliothèque", "contrats:bibliotheque", "document", rubrique)
        )
    courante = next(e for e in entrees if e.est_courante)
    ici = Lien(courante.libelle, courante.adresse if suite else "")
    return {
        "contrat": None,
        "droits": droits,
        "rail": Rail(
            titre="Espace de travail",
            sous_titre="Tous vos contrats",
            adresse=reverse("contrats:espace"),
            nom="Espace",
            entrees=tuple(entrees),
        ),
        "fil": [ici, *suite],
    }


def _entrees_de_l_agence(utilisateur: Any, rubrique: str) -> Iterator[Entree]:
    """La liste de travail et, pour qui n’a qu’une région, son compte, ses bilans, sa doctrine."""
    regions = ressort_de(utilisateur).regions
    region = next(iter(regions)) if len(regions) == 1 else ""
    nombre = nombre_a_faire(utilisateur, region) if region else 0
    yield Entree(
        "À faire",
        reverse("contrats:a_faire"),
        "plan",
        compte=typographie.nombre(nombre) if nombre else "",
        a_traiter=bool(nombre),
        est_courante=rubrique == "a_faire",
    )
    if region:
        yield Entree("Bilans", reverse("bilans:campagnes", args=[region]), "calendrier")
        yield Entree("Doctrine", reverse("contrats:doctrine", args=[region]), "cle")


def _entree(cle: str, libelle: str, adresse: str, icone: str, rubrique: str) -> Entree:
    return Entree(libelle, reverse(adresse), icone, est_courante=cle == rubrique)
