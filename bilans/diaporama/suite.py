"""Les diapos des textes, de l’argent, des rencontres, des annonces, des partenaires, du contact."""

from collections.abc import Iterable

from bilans import textes
from bilans.diaporama.formes import (
    LIGNES,
    LONGUEUR_D_UN_POINT,
    LONGUEUR_D_UNE_CASE,
    POINTS,
    Diapo,
    Graphique,
    Grille,
    Point,
    abrege,
)
from bilans.instantane import Instantane, Texte
from cls_platform.socle.typographie import INSECABLE, date_longue, euros


def texte(titre: str, texte: Texte | None) -> Diapo | None:
    """Les points du texte ; sans point, ses premiers paragraphes."""
    blocs = [b for b in textes.blocs(texte.texte) if not b.est_titre] if texte else []
    if texte is None or not blocs:
        return None
    choisis = [b for b in blocs if b.est_point] or blocs
    points = (
        Point(
            abrege(" ".join(map(_ligne, bloc.paragraphes)), LONGUEUR_D_UN_POINT),
            f"{bloc.etiquette}{INSECABLE}:" if bloc.etiquette else "",
        )
        for bloc in choisis[:POINTS]
    )
    return Diapo(titre, points=tuple(points), notes=(textes.texte_nu(texte.texte),))


def _ligne(paragraphe: textes.Paragraphe) -> str:
    debut = f"{paragraphe.gras}{INSECABLE}: " if paragraphe.gras else ""
    return f"{debut}{paragraphe.texte}"


def argent(i: Instantane) -> Diapo | None:
    if not i.argent or not i.argent.total:
        return None
    payeurs = i.argent.payeurs[:LIGNES]
    autres = i.argent.total - sum(p.montant for p in payeurs)
    lignes = [(abrege(p.nom, LONGUEUR_D_UNE_CASE), euros(p.montant)) for p in payeurs]
    lignes += [("Autres financeurs", euros(autres))] if autres else []
    lignes.append(("Ensemble", euros(i.argent.total)))
    quoi = f"Ce que chaque financeur apporte en {i.argent.annee}, en euros."
    grille = Grille(("Financeur", "Montant"), (64, 36), tuple(lignes), quoi, total=True, nombres=1)
    graphique = Graphique(
        titre="Euros, par volet",
        categories=tuple(abrege(u.nom, 40) for u in i.argent.usages[:LIGNES]),
        series=(("Euros", tuple(float(u.montant) for u in i.argent.usages[:LIGNES])),),
        description=f"Barres{INSECABLE}: "
        + ", ".join(f"{u.nom} {euros(u.montant)}" for u in i.argent.usages[:LIGNES]) + ".",
        format='# ##0 "€"', couche=True,
    )  # fmt: skip
    flux = tuple(
        f"{f.payeur}, {f.usage}{INSECABLE}: {euros(f.montant)}" for f in i.argent.flux if f.montant
    )
    titre = f"Qui finance quoi en {i.argent.annee}"
    return Diapo(titre, grille=grille, graphique=graphique, notes=(i.argent.source, *flux))


def rencontres(i: Instantane) -> Diapo | None:
    if not i.rencontres and not i.decisions:
        return None
    lignes = tuple(
        (date_longue(r.jour), abrege(f"{r.instance}. {r.titre}".strip(". "), LONGUEUR_D_UNE_CASE),
         "Oui" if r.est_publique else "–")
        for r in i.rencontres[:LIGNES]
    )  # fmt: skip
    notes = tuple(
        f"{date_longue(d.jour)}, {d.instance}{INSECABLE}: {d.texte} ({d.etat})" for d in i.decisions
    )
    if not lignes:
        points = tuple(Point(abrege(d.texte, LONGUEUR_D_UN_POINT)) for d in i.decisions[:POINTS])
        return Diapo("Ce qui a été décidé", points=points, notes=notes)
    quoi = f"Les réunions tenues en {i.annee}."
    grille = Grille(("Date", "Réunion", "Ouverte au public"), (24, 56, 20), lignes, quoi)
    return Diapo("Nous nous sommes réunis", grille=grille, notes=(quoi, *notes))


def annonces(i: Instantane) -> Diapo | None:
    if not i.annonces or not i.annonces.lignes:
        return None
    lignes = tuple(
        (abrege(a.texte, LONGUEUR_D_UNE_CASE + 30), a.libelle or "–") for a in i.annonces.lignes[:7]
    )
    quoi = f"Ce que le bilan {i.annonces.annee} annonçait, et ce que c’est devenu."
    notes = tuple(f"{a.texte}{INSECABLE}: {a.libelle}. {a.explication}" for a in i.annonces.lignes)
    grille = Grille(("Annoncé", "Aujourd’hui"), (68, 32), lignes, quoi)
    return Diapo("Ce que nous avions annoncé", grille=grille, notes=(quoi, *notes))


def partenaires(i: Instantane) -> Diapo | None:
    familles = [*i.signataires, *i.partenaires]
    points = tuple(
        Point(abrege(", ".join(f.noms), LONGUEUR_D_UN_POINT), f"{f.libelle}{INSECABLE}:")
        for f in familles[:POINTS]
    )
    notes = tuple(f"{f.libelle}{INSECABLE}: {_noms(f.noms)}." for f in familles)
    return Diapo("Avec qui nous travaillons", points=points, notes=notes) if points else None


def _noms(noms: Iterable[str]) -> str:
    return ", ".join(noms)


def contact(i: Instantane) -> Diapo:
    adresse = i.adresse_courte or i.adresse_publique
    points = [Point(i.contact.organisme)]
    points += [Point(i.contact.courriel)] if i.contact.courriel else []
    points.append(Point(adresse, f"Le bilan entier{INSECABLE}:"))
    return Diapo("Nous écrire, lire le bilan", points=tuple(points), notes=(i.adresse_publique,))
