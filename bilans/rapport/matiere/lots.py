"""Les trouvailles, rangées par sorte ; chacune mène à ce qui la prouve."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.urls import reverse

from bilans.comparaison import EtatCompte, IndicateurCompare
from bilans.etats_publics import MOTS
from bilans.instantane import Indicateur, Instantane, Volet
from bilans.rapport.matiere import phrases
from bilans.rapport.matiere.formes import (
    DecisionPrise,
    Lot,
    Note,
    Passage,
    PointPrevu,
    Trouvaille,
)
from bilans.rapport.matiere.lecture import Lecture
from cls_platform.socle.typographie import INSECABLE, date_longue, euros, pluriel
from contrats.models import Reunion
from indicateurs import phrases as dites

AU_PLUS = 40
INTERNE = "Fiche interne : à réécrire avant de la rendre publique."
FERMEE = "Prise en comité fermé : à réécrire avant de la rendre publique."
MOTS_DES_NOTES = {"fait": "Fait", "freins": "Frein", "leviers": "Levier", "suites": "Suite"}


def _lot(titre: str, trouvailles: Iterable[Trouvaille]) -> Lot:
    toutes = tuple(trouvailles)
    return Lot(titre, toutes[:AU_PLUS], max(0, len(toutes) - AU_PLUS))


def notes(lues: Iterable[Note], champs: Sequence[str], titre: str) -> Lot:
    return _lot(
        titre,
        (
            Trouvaille(
                texte=getattr(note, champ),
                dit=f"{note.fiche}, {MOTS_DES_NOTES[champ].lower()} noté le {date_longue(note.le)}",
                adresse=_fiche(note.action),
                reserve="" if note.est_publique else INTERNE,
            )
            for note in lues
            for champ in champs
            if getattr(note, champ)
        ),
    )


def _fiche(action: str) -> str:
    return reverse("contrats:action", args=[action])


def passages(lus: Iterable[Passage], titre: str = "Les statuts qui ont changé") -> Lot:
    return _lot(
        titre,
        (
            Trouvaille(
                texte=phrases.du_passage(p.fiche, p.de, p.vers, date_longue(p.le)),
                dit=f"Raison notée{INSECABLE}: {p.raison}" if p.raison else "",
                adresse=_fiche(p.action),
                reserve="" if p.est_publique else INTERNE,
            )
            for p in lus
        ),
    )


def chiffres(page: Instantane) -> Lot:
    return _lot(
        "L’année en chiffres",
        (
            Trouvaille(
                texte=f"{chiffre.valeur} {chiffre.intitule}. {chiffre.phrase}".strip(),
                dit=chiffre.source,
            )
            for chiffre in page.chiffres
        ),
    )


def presentation(page: Instantane) -> Lot:
    texte = page.contrat.presentation
    return _lot("La présentation du contrat", (Trouvaille(texte=t) for t in (texte,) if t))


def indicateurs(lus: Iterable[Indicateur]) -> Lot:
    return _lot(
        "Les indicateurs, en une phrase",
        (
            Trouvaille(
                texte=phrases.de_l_indicateur(indicateur.titre, indicateur.phrase),
                dit=indicateur.serie.source,
            )
            for indicateur in lus
        ),
    )


def actions(page: Instantane) -> Lot:
    """Celles qui sont racontées, avec leur résumé."""
    return _lot(
        "Les actions racontées cette année",
        (
            Trouvaille(
                texte=f"{action.titre}. {action.resume}".strip(),
                dit=f"{action.libelle_statut}, {volet.titre}",
                adresse=_fiche(action.cle),
            )
            for volet in page.volets
            for action in volet.actions
            if action.en_avant
        ),
    )


def comparaison(lu: Lecture) -> Lot | None:
    """Combien d’actions par état, cette année et dans le dernier bilan publié."""
    if lu.comparaison is None:
        return None
    avant = lu.comparaison.annees[0]
    return _lot(
        f"Par rapport au bilan {avant}",
        (
            Trouvaille(phrases.de_l_evolution(_nom_de_l_etat(e), e.nombres[0], e.nombres[1], avant))
            for e in lu.comparaison.etats
        ),
    )


def _nom_de_l_etat(ligne: EtatCompte) -> str:
    return f"Actions «{INSECABLE}{MOTS[ligne.etat].singulier.lower()}{INSECABLE}»"


def indicateurs_compares(lu: Lecture) -> Lot | None:
    if lu.comparaison is None:
        return None
    avant, apres = lu.comparaison.annees
    return _lot(
        f"Les indicateurs par rapport au bilan {avant}",
        (
            Trouvaille(texte)
            for indicateur in lu.comparaison.indicateurs
            if (texte := _evolution(indicateur, avant, apres))
        ),
    )


def _evolution(indicateur: IndicateurCompare, avant: int, apres: int) -> str:
    """Rien si l’une des deux années n’a pas de valeur publiée."""
    ancienne, nouvelle = indicateur.valeurs
    if not (ancienne and nouvelle):
        return ""
    serie = indicateur.serie
    maintenant = f"{dites.lire(nouvelle.publiee, serie)} en {apres}"
    return (
        f"{indicateur.libelle}{INSECABLE}: {maintenant},"
        f" contre {dites.lire(ancienne.publiee, serie)} en {avant}."
    )


def argent_du_volet(page: Instantane, volet: Volet) -> Lot | None:
    if page.argent is None:
        return None
    flux = (f for f in page.argent.flux if f.usage == volet.titre and f.montant)
    return _lot(
        f"Qui finance ce volet en {page.argent.annee}",
        (Trouvaille(f"{f.payeur}{INSECABLE}: {euros(f.montant)}.") for f in flux),
    )


def budget_compare(lu: Lecture) -> Lot | None:
    if lu.comparaison is None or not lu.comparaison.a_de_l_argent:
        return None
    avant, apres = lu.comparaison.annees
    lignes = (lu.comparaison.financements, *lu.comparaison.payeurs)
    return _lot(
        f"Les financements par rapport au bilan {avant}",
        (
            Trouvaille(_montants(ligne.nom, ligne.montants[0], ligne.montants[1], avant, apres))
            for ligne in lignes
            if ligne.montants[1] is not None
        ),
    )


def _montants(
    nom: str, ancien: Decimal | None, neuf: Decimal | None, avant: int, apres: int
) -> str:
    dit = f"{nom}{INSECABLE}: {euros(neuf or 0)} en {apres}"
    return f"{dit}." if ancien is None else f"{dit}, contre {euros(ancien)} en {avant}."


def reunions(lues: Iterable[Reunion]) -> Lot:
    return _lot("Les réunions tenues", map(_reunion, lues))


def _reunion(reunion: Reunion) -> Trouvaille:
    combien = getattr(reunion, "organisations", 0)
    qui = [f"{pluriel(combien, 'organisation')}"] if combien else []
    if reunion.participants:
        qui.append(pluriel(reunion.participants, "personne"))
    presence = f", avec {' et '.join(qui)}" if qui else ""
    return Trouvaille(
        texte=f"{reunion.instance.nom}, le {date_longue(reunion.date)}{presence}.",
        dit="Ouverte à tous" if reunion.est_publique else "",
        adresse=reverse("contrats:reunion", args=[reunion.pk]),
        reserve="" if reunion.est_publique else "Réunion fermée.",
    )


def decisions(prises: Iterable[DecisionPrise], titre: str = "Ce qui a été décidé") -> Lot:
    return _lot(
        titre,
        (
            Trouvaille(
                texte=prise.texte,
                dit=f"{prise.instance}, le {date_longue(prise.le)}"
                + (f", pour le {date_longue(prise.echeance)}" if prise.echeance else ""),
                reserve="" if prise.est_publique else FERMEE,
            )
            for prise in prises
        ),
    )


def ordre_du_jour(prevus: Iterable[PointPrevu]) -> Lot:
    return _lot(
        "À l’ordre du jour des réunions qui viennent",
        (
            Trouvaille(
                texte=prevu.quoi,
                dit=f"{prevu.instance}, le {date_longue(prevu.le)}",
                adresse=reverse("contrats:reunion", args=[prevu.reunion]),
                reserve="" if prevu.est_publique else "Réunion fermée.",
            )
            for prevu in prevus
        ),
    )


def participants(lues: Iterable[Note]) -> Lot:
    """Combien de personnes sont venues, fiche par fiche ; un nombre petit est à taire."""
    return _lot(
        "Les participations notées dans les fiches",
        (
            Trouvaille(
                texte=f"{note.fiche}{INSECABLE}: {pluriel(note.participants, 'participation')}"
                f" le {date_longue(note.le)}.",
                adresse=_fiche(note.action),
                reserve=_reserve_du_nombre(note),
            )
            for note in lues
            if note.participants
        ),
    )


def _reserve_du_nombre(note: Note) -> str:
    if not note.est_publique:
        return INTERNE
    petit = (note.participants or 0) < phrases.SEUIL_SECRET
    return "Moins de cinq personnes : ne donnez pas ce nombre." if petit else ""


def annonces_a_reprendre(page: Instantane) -> Lot | None:
    """Ce qui n’est pas fini de ce que l’on avait annoncé."""
    if page.annonces is None:
        return None
    return _lot(
        f"Annoncé en {page.annonces.annee}, pas encore fini",
        (
            Trouvaille(texte=ligne.texte, dit=ligne.libelle)
            for ligne in page.annonces.lignes
            if ligne.devenir in {"REPORTE", "EN_PARTIE"}
        ),
    )
