"""La carte d’un territoire par état : signé, finit bientôt, deux contrats, en projet, aucun."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.safestring import SafeString, mark_safe

from acteurs.contours import Contour, contours, contours_des_communes
from acteurs.fonds import UNITE, Fond, fond_des_communes, fond_des_mailles
from acteurs.mailles import contours_des_mailles
from acteurs.models import Commune
from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.navigation import Lien
from cls_platform.socle.svg import carte as svg
from cls_platform.socle.svg.villes import Ville
from contrats.cartes import mots
from contrats.cartes.adresses import adresse_du_territoire
from contrats.cartes.couches import CouchesDessinees, couches_dessinees
from contrats.cartes.demande import CarteTerritoire, Demande, NiveauDeCarte, Objet, sources
from contrats.cartes.etats import Grain, TerritoireDeCarte, territoires_de_carte
from contrats.cartes.tableau import lignes_jumelles
from contrats.couverture_etats import EtatCouverture
from contrats.models import Perimetre

VILLES = 24
ECART_DES_MARQUES = 15.0  # px, entre deux marques d’un territoire
EPT = "La Métropole du Grand Paris est montrée par établissement public territorial."
A_CHEVAL = "Une intercommunalité à cheval sur deux régions compte pour sa part dans celle-ci."


class CarteVide(ErreurMetier):
    """Aucun territoire de la carte n’a de contour."""

    code = "carte_vide"

    def __init__(self) -> None:
        super().__init__(
            "Aucun de ces territoires n’a de contour\u00a0: la carte n’a rien à dessiner. Le "
            "tableau de la page et le fichier GeoJSON disent tout ce que l’on en sait."
        )


@dataclass(frozen=True, slots=True)
class Releve:
    """Ce qu’il faut dessiner ; `fond` est None si rien n’a de contour."""

    territoires: tuple[TerritoireDeCarte, ...]
    fond: Fond | None

    @property
    def dessines(self) -> list[TerritoireDeCarte]:
        """Dans l’ordre où on lit la carte."""
        if self.fond is None:
            return []
        par_code = {territoire.code: territoire for territoire in self.territoires}
        return [par_code[code] for code in self.fond.chemins]

    @property
    def absents(self) -> list[TerritoireDeCarte]:
        connus = self.fond.chemins if self.fond else {}
        return [territoire for territoire in self.territoires if territoire.code not in connus]


def carte_du_territoire(demande: Demande) -> CarteTerritoire:
    releve = relever(demande)
    couches = couches_de(demande, releve)
    dessin = dessiner(demande, releve, couches) if releve.fond else None
    return CarteTerritoire(
        titre=NiveauDeCarte(demande.niveau).label,
        svg=mark_safe(svg.dessiner(dessin)) if dessin else SafeString(""),  # noqa: S308  (échappé)
        legende=mots.legende(releve.territoires, demande.prefixe),
        phrase=mots.phrase(demande.grain, releve.territoires),
        sources=sources(demande),
        notes=tuple(notes(demande, releve)),
        hors_carte=tuple(
            Lien(mots.en_bref(t), adresse_du_territoire(t.nature, t.code, demande.suite))
            for t in (releve.absents if dessin else ())
        ),
        couches=couches,
        tableau=tuple(
            lignes_jumelles(
                releve.territoires,
                couches.colonnes,
                variante=demande.variante,
                suite=demande.suite,
            )
        ),
    )


def couches_de(demande: Demande, releve: Releve) -> CouchesDessinees:
    return couches_dessinees(
        demande.couches,
        releve.territoires,
        releve.fond,
        le=demande.le,
        prefixe=demande.prefixe,
    )


def relever(demande: Demande) -> Releve:
    """Les territoires de la carte et leur fond."""
    lieu = _lieu(demande)
    territoires = territoires_de_carte(demande.le, demande.grain, **lieu)
    codes = tuple(territoire.code for territoire in territoires)
    if demande.grain == Grain.MAILLE:
        fond = fond_des_mailles(demande.territoire, codes)
    else:
        fond = fond_des_communes(codes)
    return Releve(tuple(territoires), fond)


def dessiner(
    demande: Demande, releve: Releve, couches: CouchesDessinees, *, avec_liens: bool = True
) -> svg.Carte:
    """Lève CarteVide sans fond."""
    fond = releve.fond
    if fond is None:
        raise CarteVide
    territoires = tuple(
        svg.Territoire(
            trace=fond.chemins[t.code],
            nom=mots.nom_lu(t),
            role=mots.ROLES[t.etat],
            lien=adresse_du_territoire(t.nature, t.code, demande.suite) if avec_liens else "",
        )
        for t in releve.dessines
    )
    return svg.Carte(
        titre=demande.titre,
        description=mots.phrase(demande.grain, releve.territoires),
        territoires=territoires,
        surcouches=couches.surcouches,
        marques=(*_parts(releve, fond), *couches.marques),
        villes=_villes(demande, releve, fond),
        largeur=fond.largeur,
        hauteur=fond.hauteur,
        prefixe=demande.prefixe,
        unite=UNITE,
    )


def _lieu(demande: Demande) -> dict[str, Any]:
    """D’un contrat, les communes de ce jour et celles qui doivent y entrer."""
    if demande.niveau != NiveauDeCarte.CONTRAT:
        return {demande.niveau: demande.territoire}
    restent = Q(date_sortie=None) | Q(date_sortie__gt=demande.le)
    presentes = Perimetre.objects.filter(restent, contrat_id=UUID(demande.territoire))
    return {"communes": sorted(set(presentes.values_list("commune_id", flat=True)))}


def notes(demande: Demande, releve: Releve) -> list[str]:
    """Ce qu’il faut savoir pour lire la carte."""
    dites = []
    if any(t.nature == "ept" for t in releve.territoires):
        dites.append(EPT)
    connus = contours("mailles") if demande.grain == Grain.MAILLE else {}
    if any(f"{t.code}-{demande.territoire}" in connus for t in releve.territoires):
        dites.append(A_CHEVAL)
    return dites


def _parts(releve: Releve, fond: Fond) -> list[svg.Marque]:
    """Un disque là où une partie des communes est signée, deux où une partie l’est deux fois."""
    posees = []
    for t in releve.dessines:
        x, y = fond.centres[t.code]
        if t.est_partiel:
            posees.append(svg.Marque(forme="disque", x=x, y=y, role="marque-disque"))
        if t.est_double_en_partie:
            cote = x + ECART_DES_MARQUES if t.est_partiel else x
            posees.append(svg.Marque(forme="double", x=cote, y=y, role="marque-double"))
    return posees


def _villes(demande: Demande, releve: Releve, fond: Fond) -> tuple[Ville, ...]:
    """Les plus peuplées d’abord."""
    lieu: Mapping[str, Any] = {"pk__in": [c for t in releve.territoires for c in t.codes]}
    if demande.niveau != NiveauDeCarte.CONTRAT:
        lieu = {demande.niveau: demande.territoire}
    grandes = Commune.objects.actuelles().filter(**lieu, population__gt=0)
    noms = dict(grandes.order_by("-population", "pk").values_list("pk", "nom")[:VILLES])
    places = fond.villes(noms)
    return tuple(Ville(nom=noms[c], x=x, y=y) for c, (x, y) in places.items())


def objets_du_territoire(demande: Demande) -> list[Objet]:
    releve = relever(demande)
    formes = _contours(demande, [t.code for t in releve.territoires])
    colonnes = couches_de(demande, releve).colonnes if demande.couches else ()
    return [
        Objet(
            code=t.code,
            nom=t.nom,
            nature=t.nature,
            etat=t.etat,
            etat_libelle=str(EtatCouverture(t.etat).label),
            population=t.population,
            population_couverte=t.population_couverte(demande.variante),
            contrats=len(t.contrats_comptes(demande.variante)),
            noms_des_contrats=t.contrats_comptes(demande.variante),
            contour=formes.get(t.code),
            couches={
                colonne.code: colonne.par_territoire[t.code]
                for colonne in colonnes
                if t.code in colonne.par_territoire
            },
        )
        for t in releve.territoires
    ]


def _contours(demande: Demande, codes: list[str]) -> Mapping[str, Contour]:
    if demande.grain == Grain.MAILLE:
        return contours_des_mailles(demande.territoire, codes)
    return contours_des_communes(codes)
