"""Les images d’un rapport : la carte et sa légende, la courbe, la barre de la doctrine."""

from collections.abc import Iterator

from bilans import palette
from bilans.mise_en_page.mots_ecrits import typo
from bilans.rapport_regional.cartes import CarteFigee, LigneDeLegende, VilleDeCarte
from bilans.rapport_regional.instantane import DoctrineFigee, Instantane
from cls_platform.socle import typographie
from cls_platform.socle.svg import carte as svg
from cls_platform.socle.svg import escalier, metriques, villes
from cls_platform.socle.svg.trace import Palette, arrondi, balise, figure, rectangle, texte

# 174 mm, la largeur utile
LARGEUR = 658.0
PREFIXE = "carte"
INTERLIGNE, PLACE_DU_MOT, TAILLE = 26.0, 36.0, 15.0
HAUTEUR_DE_COURBE = 300.0
LARGEUR_D_UN_NOM = 80.0
BARRE, HAUT_DE_BARRE, REPERE = 16.0, 26.0, 30.0


def carte(figee: CarteFigee) -> str:
    """Le dessin, les noms des villes et la légende, en une seule image qui dit sa phrase."""
    pinceau = palette.carte_des_etats(figee.unite)
    lignes = list(figee.legende)
    rangees = (len(lignes) + 1) // 2
    hauteur = figee.hauteur + 22 + rangees * INTERLIGNE
    corps = [
        *svg.corps(_dessin(figee), pinceau),
        *_noms_de_villes(figee, pinceau),
        *_legende(lignes, rangees, figee, pinceau),
    ]
    echelle = min(LARGEUR / figee.largeur, 620 / hauteur)
    return figure(
        pinceau,
        figee.largeur * echelle,
        hauteur * echelle,
        corps,
        titre=typo(figee.titre),
        description=typo(figee.description),
        cadre=(0, 0, figee.largeur, hauteur),
    )


def _dessin(figee: CarteFigee) -> svg.Carte:
    return svg.Carte(
        titre="",
        description="",
        territoires=tuple(svg.Territoire(trace=f.trace, nom="", role=f.role) for f in figee.formes),
        marques=tuple(svg.Marque(forme=m.forme, x=m.x, y=m.y, role=m.role) for m in figee.marques),
        cartouches=tuple(
            svg.Cartouche(nom=c.nom, x=c.x, y=c.y, largeur=c.largeur, hauteur=c.hauteur)
            for c in figee.cartouches
        ),
        largeur=figee.largeur,
        hauteur=figee.hauteur,
        prefixe=PREFIXE,
        unite=figee.unite,
    )


def _noms_de_villes(figee: CarteFigee, pinceau: Palette) -> Iterator[str]:
    """Deux fois : le moteur PDF ne sait pas peindre le contour des lettres sous leur fond."""
    posees = villes.poser(
        (villes.Ville(nom=typo(v.nom), x=v.x, y=_sous_la_marque(v, figee)) for v in figee.villes),
        figee.largeur,
        figee.hauteur,
    )
    yield from villes.dessiner_les_noms(posees, palette.halo_des_noms())
    yield from villes.dessiner_les_noms(posees, pinceau)


def _sous_la_marque(ville: VilleDeCarte, figee: CarteFigee) -> float:
    """La hauteur du nom : plus bas s’il cacherait une marque."""
    cache = any(
        abs(m.x - ville.x) < LARGEUR_D_UN_NOM / 2 and abs(m.y - ville.y) < villes.TAILLE
        for m in figee.marques
    )
    return ville.y + villes.TAILLE * 1.2 if cache else ville.y


def _legende(
    lignes: list[LigneDeLegende], rangees: int, figee: CarteFigee, pinceau: Palette
) -> Iterator[str]:
    """Deux colonnes, remplies l’une après l’autre."""
    colonne = figee.largeur / 2
    for rang, ligne in enumerate(lignes):
        x = (rang // rangees) * colonne
        y = figee.hauteur + 18 + (rang % rangees) * INTERLIGNE
        dessin = svg.echantillon(ligne.role, pinceau, f"{PREFIXE}{rang}")
        yield balise("g", *dessin, transform=f"translate({arrondi(x)} {arrondi(y)})")
        mot = f"{ligne.libelle}\u00a0: {ligne.effectif}"
        if ligne.part:
            mot += f" ({ligne.part})"
        ecrit = metriques.abreger(typo(mot), TAILLE, colonne - PLACE_DU_MOT - 6)
        yield texte(pinceau, "texte", x + PLACE_DU_MOT, y + 13, ecrit, taille=TAILLE)


def courbe(instantane: Instantane) -> str:
    """Vide si aucune commune n’a jamais été couverte."""
    marches = instantane.courbe
    if not marches:
        return ""
    debut, fin = marches[0], marches[-1]
    doctrine = instantane.doctrine
    dessin = escalier.Escalier(
        titre="Part des habitants couverts au fil du temps",
        description=typo(_phrase(instantane)),
        series=(
            escalier.Serie(nom="signé", marches=tuple((m.quand, m.signe) for m in marches)),
            escalier.Serie(
                nom="ou projet", marches=tuple((m.quand, m.signe_ou_projet) for m in marches)
            ),
        ),
        debut=debut.quand,
        fin=max(fin.quand, debut.quand + 1),
        visee=_visee(doctrine) if doctrine and doctrine.est_complete else None,
        largeur=LARGEUR,
        hauteur=HAUTEUR_DE_COURBE,
    )
    return escalier.dessiner(dessin, palette.escalier())


def _visee(doctrine: DoctrineFigee) -> escalier.Visee:
    part = float(doctrine.cible_taux)
    nom = f"cible {doctrine.cible_date.year}\u00a0: {typographie.pourcent(part, 0)}"
    return escalier.Visee(part=part, nom=nom)


def _phrase(instantane: Instantane) -> str:
    debut, fin = instantane.annees[0], instantane.annees[-1]
    return (
        f"{instantane.lieu.nom} : {typographie.pourcent(debut.taux_signe)} des habitants couverts "
        f"par un contrat signé en {debut.le.year}, {typographie.pourcent(fin.taux_signe)} en "
        f"{fin.le.year} ; {typographie.pourcent(fin.taux_engage)} avec les projets."
    )


def barre(doctrine: DoctrineFigee) -> str:
    """La part signée, celle qu’ajoutent les projets, le repère de la cible."""
    pinceau = palette.escalier()
    total = doctrine.population or 1
    signe = doctrine.population_couverte / total * LARGEUR
    engage = doctrine.population_avec_projets / total * LARGEUR
    cible = float(doctrine.cible_taux) * LARGEUR
    mot = f"cible {typographie.pourcent(doctrine.cible_taux, 0)}"
    fin = cible > LARGEUR - 90
    corps = [
        rectangle(pinceau, "barre-fond", 0, HAUT_DE_BARRE, LARGEUR, BARRE),
        rectangle(pinceau, "barre-projet", 0, HAUT_DE_BARRE, engage, BARRE),
        rectangle(pinceau, "barre-signe", 0, HAUT_DE_BARRE, signe, BARRE),
        rectangle(pinceau, "barre-cible", min(cible, LARGEUR - 2), HAUT_DE_BARRE - 8, 2, REPERE),
        texte(
            pinceau, "texte", cible - 6 if fin else cible + 6, HAUT_DE_BARRE - 8, mot,
            taille=13, graisse=600, ancre="end" if fin else "start",
        ),
    ]  # fmt: skip
    return figure(
        pinceau,
        LARGEUR,
        HAUT_DE_BARRE + BARRE + 8,
        corps,
        titre="La cible et où elle en est",
        description=typo(
            f"Signé {typographie.pourcent(doctrine.population_couverte / total)}, avec les projets "
            f"{typographie.pourcent(doctrine.population_avec_projets / total)}, {mot}."
        ),
    )
