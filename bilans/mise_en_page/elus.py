"""Le bilan en deux pages : ce qui s’est passé, puis ce qu’il faut savoir dire et décider."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from bilans.charte import charte
from bilans.etats_publics import MOTS, EtatPublic
from bilans.instantane import Action, Argent, ChiffreCle, Instantane, Texte
from bilans.langage import phrases_ecrites as en_phrases
from bilans.mise_en_page import argent as l_argent
from bilans.mise_en_page import barre_des_payeurs, suivi_de_l_annee, textes
from bilans.mise_en_page.a_decider import a_decider
from bilans.mise_en_page.avancement import Avancement, avancement
from bilans.mise_en_page.chiffres import VueChiffre, chiffre
from bilans.mise_en_page.comprendre import rang_de_l_annee
from bilans.mise_en_page.couverture import carte_de_l_entete
from bilans.mise_en_page.mesures import MM, POINT, tenir
from bilans.mise_en_page.mots_ecrits import Explicateur, compter, jour, majuscule, typo
from bilans.mise_en_page.parties import section
from bilans.textes import Bloc, texte_nu
from cls_platform.socle.svg import metriques
from cls_platform.socle.typographie import euros

PAGES_DES_ELUS = 2
CHIFFRES = 4
DERRIERE_LE_NOM = 112.0


@dataclass(frozen=True, slots=True)
class Densite:
    """Combien de lignes de chaque sorte, et la longueur (signes) d’un récit.

    `decisions_aussi` : celles déjà prises, quand d’autres sont à prendre. `points` : ces dernières,
    sur `lignes` lignes chacune.
    """

    avance: int
    bloque: int
    decisions: int
    dates: int
    signes: int
    decisions_aussi: int
    points: int
    lignes: int
    questions: int


# Ce qui est à décider se raccourcit en dernier
DENSITES = (
    Densite(avance=3, bloque=3, decisions=4, dates=5, signes=170, decisions_aussi=3,
            points=5, lignes=3, questions=3),
    Densite(avance=3, bloque=3, decisions=3, dates=4, signes=120, decisions_aussi=1,
            points=5, lignes=3, questions=3),
    Densite(avance=2, bloque=2, decisions=2, dates=3, signes=90, decisions_aussi=0,
            points=5, lignes=3, questions=3),
    Densite(avance=2, bloque=2, decisions=1, dates=3, signes=90, decisions_aussi=0,
            points=5, lignes=3, questions=2),
    Densite(avance=1, bloque=1, decisions=1, dates=2, signes=60, decisions_aussi=0,
            points=5, lignes=2, questions=1),
    Densite(avance=1, bloque=1, decisions=1, dates=1, signes=60, decisions_aussi=0,
            points=3, lignes=1, questions=1),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Point:
    titre: str
    texte: str


def contexte_elus(instantane: Instantane, densite: Densite = DENSITES[0]) -> dict[str, Any]:
    """Variables du gabarit `bilans/pdf/elus.html`. Lève SectionImpossible."""
    with section("Deux pages pour les élus"):
        etats = avancement(instantane)
        couleurs = charte(instantane.apparence)
        dates = _dates(instantane.textes.perspectives, densite)
        decider = a_decider(instantane, au_plus=densite.points, lignes=densite.lignes)
        return {
            "bilan": instantane,
            "charte": couleurs,
            "titre_document": typo(
                f"Bilan {instantane.annee} pour les élus – "
                f"{tenir(instantane.contrat.nom, 11, 140, 2)}"
            ),
            "titre_courant": _courant(instantane),
            "nom": tenir(typo(instantane.contrat.nom), 11, DERRIERE_LE_NOM, 2),
            "carte": carte_de_l_entete(instantane, couleurs),
            "chapeau": _chapeau(instantane, etats, decider.phrase if decider else ""),
            "chiffres": [_petit(c) for c in instantane.chiffres[:CHIFFRES]],
            "avancement": etats,
            "avance": _avance(instantane, densite),
            "bloque": _bloque(instantane, densite),
            "a_decider": decider,
            "decisions": _decisions(
                instantane, densite.decisions_aussi if decider else densite.decisions
            ),
            "argent": instantane.argent if instantane.argent and instantane.argent.total else None,
            "qui_paie": _qui_paie(instantane),
            "questions": _questions(instantane, densite),
            "dates": dates,
            "annee_suivante": instantane.annee + 1,
            "arrete_le": jour(instantane.arrete_le),
            "adresse": instantane.adresse_courte or instantane.adresse_publique,
            "adresse_lisible": (instantane.adresse_courte or instantane.adresse_publique).split(
                "://", maxsplit=1
            )[-1],
        }


def _courant(instantane: Instantane) -> str:
    suite = " – Démonstration" if instantane.est_demonstration else ""
    nom = metriques.abreger(typo(instantane.contrat.nom), 8.5 * POINT, 96 * MM)
    return f"Bilan {instantane.annee} pour les élus – {nom}{suite}"


def _chapeau(instantane: Instantane, etats: Avancement, attendent: str) -> str:
    rang = rang_de_l_annee(instantane)
    debut, fin = instantane.contrat.date_debut, instantane.contrat.date_fin
    duree = f" ({debut.year} à {fin.year})" if debut and fin else ""
    annee = f"{majuscule(rang)} année du contrat{duree}. " if rang else ""
    retard = f" {etats.phrase_retard}." if etats.phrase_retard else ""
    return typo(f"{annee}{etats.phrase}{retard} {attendent}".strip())


def _petit(lu: ChiffreCle) -> VueChiffre:
    """Trois lignes au plus pour chacun : la place d’un quart de page en largeur."""
    abrege = replace(
        lu,
        valeur=tenir(lu.valeur, 14, 36, 1, 800),
        intitule=tenir(lu.intitule, 9.5, 36, 3, 700),
        phrase=tenir(lu.phrase, 9.5, 37, 3),
        source=tenir(lu.source, 8.5, 30, 2),
    )
    return chiffre(abrege, (26, 22, 18, 14), 38.0)


def _avance(instantane: Instantane, densite: Densite) -> list[Point]:
    """Une action racontée par volet d’abord : ce qui est fini ou commencé."""
    voulus = {EtatPublic.TERMINEE, EtatPublic.EN_COURS}
    par_volet = [
        sorted(
            (a for a in volet.actions if a.en_avant and a.etat in voulus),
            key=lambda a: a.rang or 99,
        )
        for volet in instantane.volets
    ]
    tours = [actions[rang] for rang in range(3) for actions in par_volet if rang < len(actions)]
    return [_raconter(a, densite) for a in tours[: densite.avance]]


def _raconter(action: Action, densite: Densite) -> Point:
    recit = _tenir(en_phrases(texte_nu(action.resume)), densite.signes)
    fait = f"{majuscule(action.fait)}." if action.fait else ""
    return Point(typo(_court(action.titre)), typo(f"{recit} {fait}".strip()))


def _court(titre: str) -> str:
    return metriques.abreger(titre, 12 * POINT, 2 * 82 * MM, 700)


def _tenir(phrases: Iterable[str], signes: int) -> str:
    """Les premières phrases entières qui tiennent ; la première est abrégée s’il le faut."""
    tenues = ""
    for phrase in phrases:
        suite = f"{tenues} {phrase}.".strip()
        if len(suite) > signes:
            break
        tenues = suite
    if tenues:
        return tenues
    premiere = next(iter(phrases), "")
    return f"{premiere[:signes].rsplit(' ', 1)[0]}…" if premiere else ""


def _bloque(instantane: Instantane, densite: Densite) -> list[Point]:
    """Ce que l’équipe a écrit d’abord, puis les actions en retard ou arrêtées."""
    ecrits = instantane.textes.difficultes
    points = [_difficulte(b, densite) for b in textes.lire(ecrits.texte, _sans_sigle())
              if b.est_point and b.etiquette] if ecrits else []  # fmt: skip
    retards = [
        Point(
            typo(f"{_court(a.titre)} : {MOTS[a.etat].singulier.lower()}"),
            typo(metriques.abreger(volet.titre, 10 * POINT, 82 * MM)),
        )
        for volet in instantane.volets
        for a in volet.actions
        if a.etat in {EtatPublic.EN_RETARD, EtatPublic.SUSPENDUE}
    ]
    return [*points, *retards][: densite.bloque]


def _difficulte(bloc: Bloc, densite: Densite) -> Point:
    dit = _tenir(en_phrases(bloc.paragraphes[0].texte), densite.signes)
    suites = [p for p in bloc.paragraphes[1:] if p.gras]
    change = f" {suites[0].gras} : {suites[0].texte}" if suites else ""
    return Point(_court(bloc.etiquette), typo(majuscule(f"{dit}{change}"[: densite.signes * 2])))


def _sans_sigle() -> Explicateur:
    return Explicateur(())


def _decisions(instantane: Instantane, au_plus: int) -> list[suivi_de_l_annee.Ligne]:
    tenu = suivi_de_l_annee.decisions(instantane)
    if tenu is None:
        return []
    return [
        suivi_de_l_annee.Ligne(d.tete, tenir(d.corps, 10, 110, 2), tenir(d.note, 9, 110, 1))
        for d in tenu.lignes[:au_plus]
    ]


def _qui_paie(instantane: Instantane) -> dict[str, str]:
    argent = instantane.argent
    if argent is None or not argent.total:
        return {}
    return {
        "image": barre_des_payeurs.dessiner(argent, charte(instantane.apparence)),
        "phrase": l_argent.rapport_des_parts(argent.payeurs[0], argent.total),
        "source": typo(f"Source : {argent.source}."),
    }


def _questions(instantane: Instantane, densite: Densite) -> list[Point]:
    """Trois questions au plus, répondues par les données du bilan et rien d’autre."""
    posees = [
        _qu_est_ce_qui_change(instantane),
        _combien(instantane.argent),
        _qui_est_ecoute(instantane, densite),
    ]
    return [p for p in posees if p][: densite.questions]


def _qu_est_ce_qui_change(instantane: Instantane) -> Point | None:
    if not instantane.chiffres:
        return None
    premier = instantane.chiffres[0]
    dit = f"{premier.valeur} {premier.intitule.rstrip('.')}. {premier.phrase}".strip()
    return _reponse("« Qu’est-ce qui a changé cette année ? »", dit)


def _combien(argent: Argent | None) -> Point | None:
    if argent is None or not argent.total:
        return None
    premier = argent.payeurs[0]
    dit = (
        f"{euros(argent.total)} financent les actions en {argent.annee}. "
        f"Premier financeur : {premier.nom} ({euros(premier.montant)})."
    )
    return _reponse("« Combien cela coûte, et qui paie ? »", dit)


def _qui_est_ecoute(instantane: Instantane, densite: Densite) -> Point | None:
    ecrit = instantane.textes.participation
    dit = _tenir(en_phrases(texte_nu(ecrit.texte)), densite.signes) if ecrit else ""
    publiques = sum(r.est_publique for r in instantane.rencontres)
    if publiques:
        ouvertes = "ouvertes" if publiques > 1 else "ouverte"
        dit = f"{compter(publiques, 'réunion')} {ouvertes} à tous. {dit}".strip()
    if not dit:
        return None
    return _reponse("« Les habitants sont-ils écoutés ? »", dit)


def _reponse(question: str, dit: str) -> Point:
    return Point(typo(question), tenir(typo(dit), 10, 170, 3))


def _dates(perspectives: Texte | None, densite: Densite) -> list[Point]:
    if perspectives is None:
        return []
    lus = textes.lire(perspectives.texte, _sans_sigle())
    points = [b for b in lus if b.est_point] or [b for b in lus if not b.est_titre]
    return [
        Point(
            metriques.abreger(b.etiquette, 10.5 * POINT, 50 * MM, 800),
            majuscule(tenir(b.paragraphes[0].texte, 10.5, 116 if b.etiquette else 168, 2)),
        )
        for b in points[: densite.dates]
        if b.paragraphes
    ]
