"""Ce que dit chaque diapo : peu de mots à l’écran ; le texte entier, les sources dans les notes."""

from collections.abc import Iterator
from dataclasses import replace

from bilans import textes
from bilans.diaporama import suite
from bilans.diaporama.formes import (
    ANNEES_DU_GRAPHIQUE,
    DIAPOS,
    LIGNES,
    LONGUEUR_D_UN_POINT,
    LONGUEUR_D_UN_TITRE,
    LONGUEUR_D_UNE_CASE,
    MOTS_D_UNE_PHRASE,
    POINTS,
    VOLETS,
    Diapo,
    Graphique,
    Grille,
    Point,
    abrege,
)
from bilans.etats_publics import MOTS, EtatPublic
from bilans.instantane import Action, Indicateur, Instantane, Volet
from bilans.technique.fiches import SANS_UNITE
from cls_platform.socle.typographie import (
    INSECABLE,
    date_longue,
    nombre,
    pluriel,
    typographier,
)


def diapos(instantane: Instantane) -> tuple[Diapo, ...]:
    """Toutes, sans la couverture ; une partie retirée du bilan, ou vide, n’y est pas."""
    trouvees = [diapo for diapo in _toutes(instantane) if diapo is not None]
    return tuple(_bornee(diapo) for diapo in trouvees[: DIAPOS - 1])


def _bornee(diapo: Diapo) -> Diapo:
    return replace(
        diapo,
        titre=abrege(diapo.titre, LONGUEUR_D_UN_TITRE),
        notes=tuple(typographier(note) for note in diapo.notes if note),
    )


def _toutes(i: Instantane) -> Iterator[Diapo | None]:
    presentes = set(i.sections)
    yield _chiffres(i) if "CHIFFRES_CLES" in presentes else None
    yield _etats(i) if "AVANCEMENT" in presentes else None
    yield _par_volet(i) if "AVANCEMENT" in presentes else None
    for volet in i.volets[:VOLETS]:
        yield _volet(volet)
    yield _suite_des_volets(i.volets[VOLETS:])
    if "ZOOM" in presentes:
        yield suite.texte("Zoom sur une action", i.textes.zoom)
    if "DIFFICULTES" in presentes:
        yield suite.texte("Ce qui a été plus difficile", i.textes.difficultes)
    yield suite.argent(i) if "BUDGET" in presentes else None
    if "PARTICIPATION" in presentes:
        yield suite.texte("La parole aux habitants", i.textes.participation)
        yield suite.rencontres(i)
    yield suite.annonces(i)
    if "PERSPECTIVES" in presentes:
        yield suite.texte("Et l’année prochaine ?", i.textes.perspectives)
    yield suite.partenaires(i) if "PARTENAIRES" in presentes else None
    yield suite.contact(i)


def _chiffres(i: Instantane) -> Diapo | None:
    lignes = tuple(
        (abrege(c.valeur, 30), abrege(_suite(c.intitule, c.phrase), MOTS_D_UNE_PHRASE))
        for c in i.chiffres
        if c.valeur
    )
    if not lignes:
        return None
    sources = tuple(
        f"{_suite(f'{c.valeur} {c.intitule}', c.phrase)} Source{INSECABLE}: {c.source}."
        for c in i.chiffres
    )
    quoi = f"Les chiffres de l’année {i.annee}, un par ligne, avec ce qu’ils comptent."
    grille = Grille(("Chiffre", "Ce qu’il dit"), (26, 74), lignes, quoi)
    return Diapo(f"{i.annee} en chiffres", grille=grille, notes=sources)


def _suite(debut: str, suite: str) -> str:
    """Deux phrases, un seul point entre elles."""
    return f"{debut.rstrip('. ')}. {suite}".strip()


def _etats(i: Instantane) -> Diapo | None:
    comptes, avant = i.comptes, i.precedent.comptes if i.precedent else {}
    etats = [e for e in EtatPublic if comptes[e] or avant.get(e)]
    if not etats:
        return None
    series = [(str(i.annee), tuple(float(comptes[e]) for e in etats))]
    if i.precedent:
        series.insert(0, (str(i.precedent.annee), tuple(float(avant[e]) for e in etats)))
    dits = ", ".join(f"{nombre(comptes[e])} {MOTS[e].pluriel.lower()}" for e in etats)
    graphique = Graphique(
        titre="Nombre d’actions",
        categories=tuple(MOTS[e].pluriel for e in etats),
        series=tuple(series),
        description=f"Barres{INSECABLE}: {dits}, sur {pluriel(len(i.actions), 'action')}.",
        couche=True,
    )
    total = pluriel(len(i.actions), "action")
    notes = (
        f"{total} au {date_longue(i.arrete_le)}{INSECABLE}: {dits}.",
        *(f"{MOTS[e].pluriel}{INSECABLE}: {MOTS[e].definition}" for e in etats),
    )
    return Diapo("Où en sont les actions ?", graphique=graphique, notes=notes)


def _par_volet(i: Instantane) -> Diapo | None:
    etats = [e for e in EtatPublic if i.comptes[e]]
    if not etats or len(i.volets) < 2:
        return None
    lignes = tuple(
        (abrege(v.titre, LONGUEUR_D_UNE_CASE), *(_compte(v.comptes[e]) for e in etats),
         nombre(len(v.actions)))
        for v in i.volets[: LIGNES + 2]
    )  # fmt: skip
    total = ("Ensemble", *(nombre(i.comptes[e]) for e in etats), nombre(len(i.actions)))
    colonnes = ("Volet", *(MOTS[e].pluriel for e in etats), "Total")
    part = 72 // (len(etats) + 1)
    largeurs = (100 - part * (len(etats) + 1), *(part for _ in colonnes[1:]))
    quoi = "Combien d’actions de chaque volet dans chaque état."
    grille = Grille(colonnes, largeurs, (*lignes, total), quoi, total=True, nombres=len(etats) + 1)
    return Diapo("Volet par volet", grille=grille, notes=(quoi,))


def _compte(valeur: int) -> str:
    return nombre(valeur) if valeur else "–"


def _volet(volet: Volet) -> Diapo | None:
    if not volet.actions and not volet.indicateurs:
        return None
    en_avant = sorted((a for a in volet.actions if a.en_avant), key=lambda a: a.rang or 9)
    montrees = (en_avant or list(volet.actions))[:3]
    points = [_action(action) for action in montrees]
    if volet.texte or volet.promesse:
        points.insert(0, Point(abrege(textes.texte_nu(volet.texte) or volet.promesse,
                                      LONGUEUR_D_UN_POINT)))  # fmt: skip
    graphique = next((g for ind in volet.indicateurs if (g := _graphique(ind))), None)
    notes = [textes.texte_nu(volet.texte) or volet.promesse]
    notes += [
        f"{a.numero} {a.titre}, {a.libelle_statut.lower()}. {a.resume}" for a in volet.actions
    ]
    notes += [f"{ind.titre} {ind.phrase} Source{INSECABLE}: {ind.serie.source}."
              for ind in volet.indicateurs]  # fmt: skip
    return Diapo(
        titre=volet.titre,
        points=tuple(points),
        graphique=graphique,
        notes=tuple(notes),
        volet=volet.couleur,
    )


def _action(action: Action) -> Point:
    dit = action.fait or action.resume
    suite = f". {dit}" if dit else ""
    debut = f"{abrege(action.titre, LONGUEUR_D_UN_TITRE)}{INSECABLE}:"
    reste = LONGUEUR_D_UN_POINT - min(len(debut), 60)
    return Point(abrege(f"{action.libelle_statut.lower()}{suite}", reste), debut)


def _graphique(indicateur: Indicateur) -> Graphique | None:
    """Les dernières années connues, une barre chacune ; rien sous deux valeurs."""
    serie = indicateur.serie
    connus = [r for r in serie.releves if r.valeur is not None][-ANNEES_DU_GRAPHIQUE:]
    if len(connus) < 2:
        return None
    valeurs = tuple(float(r.valeur or 0) for r in connus)
    unite = "" if serie.unite in SANS_UNITE else f" ({serie.unite})"
    decimales = f".{'0' * serie.decimales}" if serie.decimales else ""
    return Graphique(
        titre=abrege(f"{serie.libelle}{unite}", LONGUEUR_D_UNE_CASE),
        categories=tuple(str(r.annee) for r in connus),
        series=((abrege(serie.libelle, LONGUEUR_D_UN_TITRE), valeurs),),
        description=typographier(f"Barres par année. {indicateur.titre}. {indicateur.phrase}"),
        format=f"# ##0{decimales}",
    )


def _suite_des_volets(volets: tuple[Volet, ...]) -> Diapo | None:
    if not volets:
        return None
    points = [
        Point(
            pluriel(len(v.actions), "action"), f"{abrege(v.titre, LONGUEUR_D_UN_TITRE)}{INSECABLE}:"
        )
        for v in volets
    ]
    notes = tuple(f"{v.titre}. {v.promesse}" for v in volets)
    return Diapo("Les autres volets", points=tuple(points[: POINTS + 2]), notes=notes)
