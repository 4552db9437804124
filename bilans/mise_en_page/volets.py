"""Un volet : son bandeau, ses actions, ses indicateurs avec graphique et tableau."""

from dataclasses import dataclass, replace

from bilans import palette
from bilans.etats_publics import EtatPublic
from bilans.instantane import Action, Citation, Indicateur, Instantane, Volet
from bilans.mise_en_page.couverture import MM, POINT, carte_du_bandeau
from bilans.mise_en_page.mots_ecrits import Explicateur, enumerer, majuscule, ordinal, typo
from bilans.palette import Teinte
from cls_platform.socle.svg import metriques
from cls_platform.socle.svg.colonnes import Colonnes
from cls_platform.socle.svg.courbe import Repere
from cls_platform.socle.typographie import INSECABLE, MOIS
from indicateurs import graphiques, phrases
from indicateurs.series import Serie

LARGEUR = 658
COLONNES_MAXIMUM = 7
HAUTEUR_PAGE = 256.0
ACTIONS_EN_LETTRES = {1: "Une action de l’année", 2: "Deux actions de l’année"}


@dataclass(frozen=True, slots=True)
class VueAction:
    titre: str
    etat: str
    statut: str
    resume: tuple[str, ...]
    fait: str
    avec: str


@dataclass(frozen=True, slots=True)
class Retard:
    titre: str
    volet: str
    etat: str


@dataclass(frozen=True, slots=True)
class VueTableau:
    """`annees` : (texte, est l’année du bilan) ; `cases` de même."""

    titre_ligne: str
    annees: tuple[tuple[str, bool], ...]
    cases: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class VueIndicateur:
    titre: str
    phrase: str
    image: str
    cote_a_cote: bool
    tableau: VueTableau | None
    source: str


@dataclass(frozen=True, slots=True)
class VueVolet:
    ancre: str
    rubrique: str
    titre: str
    taille: str
    promesse: str
    carte: str
    style: str
    titre_actions: str
    en_avant: tuple[VueAction, ...]
    autres: tuple[VueAction, ...]
    indicateurs: tuple[VueIndicateur, ...]
    utile: str
    citation: Citation | None
    saut_avant_indicateurs: bool


def volets(instantane: Instantane, sigles: Explicateur) -> list[VueVolet]:
    retenus = [v for v in instantane.volets if v.actions or v.indicateurs]
    return [_volet(instantane, volet, rang, sigles) for rang, volet in enumerate(retenus, start=1)]


def _volet(instantane: Instantane, volet: Volet, rang: int, sigles: Explicateur) -> VueVolet:
    teinte = palette.VOLETS.get(volet.couleur, palette.VOLETS["commun"])
    titre = typo(volet.titre)
    en_avant = tuple(_action(a, sigles) for a in volet.actions if a.en_avant)
    autres = tuple(_action(a, sigles) for a in volet.actions if not a.en_avant)
    vue = VueVolet(
        ancre=f"volet-{rang}",
        rubrique=ordinal(rang),
        titre=titre,
        taille=taille_du_titre(titre),
        promesse=typo(volet.promesse),
        carte=carte_du_bandeau(instantane, teinte, 400),
        style=f"--volet:{teinte.foncee};--pale:{teinte.pale}",
        titre_actions=_titre_des_actions(len(en_avant), len(volet.actions)),
        en_avant=en_avant,
        autres=autres,
        indicateurs=tuple(_indicateur(instantane, i, teinte) for i in volet.indicateurs),
        utile=typo(volet.utile),
        citation=_citation(volet.citation),
        saut_avant_indicateurs=False,
    )
    return replace(vue, saut_avant_indicateurs=bool(vue.indicateurs) and _tient_sur_une_page(vue))


def _citation(citation: Citation | None) -> Citation | None:
    if citation is None:
        return None
    return Citation(texte=typo(citation.texte), auteur=typo(citation.auteur))


def taille_du_titre(titre: str) -> str:
    """Classe qui fait tenir le mot le plus long, et le titre en trois lignes, dans 76 mm."""
    for classe, points, maximum in (("", 42, 3), ("moyen", 30, 4), ("petit", 22, 6)):
        lignes = metriques.couper(titre, points * POINT, 76 * MM, 800)
        large = max(metriques.largeur(ligne, points * POINT, 800) for ligne in lignes)
        if len(lignes) <= maximum and large <= 76 * MM:
            return classe
    return "mini"


def _titre_des_actions(nombre: int, total: int) -> str:
    if nombre == total and nombre > 3:
        return "Les actions"
    return ACTIONS_EN_LETTRES.get(nombre, "Trois actions de l’année" if nombre == 3 else "Actions")


def _action(action: Action, sigles: Explicateur) -> VueAction:
    avec = enumerer([typo(nom) for nom in action.partenaires], 4)
    return VueAction(
        titre=typo(action.titre),
        etat=action.etat.value,
        statut=action.libelle_statut,
        resume=tuple(sigles.typo(ligne) for ligne in action.resume.splitlines() if ligne.strip()),
        fait=typo(majuscule(action.fait)),
        avec=f"Avec {avec}" if avec else "",
    )


def _indicateur(instantane: Instantane, indicateur: Indicateur, teinte: Teinte) -> VueIndicateur:
    serie = replace(indicateur.serie, libelle=typo(indicateur.serie.libelle))
    spec = graphiques.choisir(
        serie, instantane.annee, largeur=LARGEUR, repere=_signature(instantane)
    )
    image = graphiques.dessiner(spec, palette.graphique(teinte)) if spec else ""
    return VueIndicateur(
        titre=typo(indicateur.titre),
        phrase=typo(indicateur.phrase),
        image=image,
        cote_a_cote=isinstance(spec, Colonnes),
        tableau=_tableau(serie, instantane.annee),
        source=_source(serie),
    )


def _signature(instantane: Instantane) -> Repere | None:
    jour = instantane.contrat.date_signature
    if jour is None:
        return None
    mois = f"{majuscule(MOIS[jour.month - 1])} {jour.year}{INSECABLE}:"
    return Repere(x=jour.year + (jour.month - 7) / 12, lignes=(mois, "signature du contrat"))


def _source(serie: Serie) -> str:
    connus = [r.annee for r in serie.releves if r.valeur is not None or r.est_secret]
    fin = f", année {max(connus)}" if connus else ""
    source = f"Source{INSECABLE}: {serie.source}{fin}." if serie.source else ""
    if any(r.est_provisoire for r in serie.releves):
        source += " Un point creux est une valeur provisoire."
    if any(r.est_secret for r in serie.releves):
        source += " Les nombres de 1 à 4 ne sont pas donnés, pour protéger les personnes."
    return typo(source.strip())


def _tableau(serie: Serie, annee: int) -> VueTableau | None:
    """Une ligne : les dernières années puis la cible. Rien à montrer sans valeur."""
    releves = serie.releves[-COLONNES_MAXIMUM:]
    if not releves:
        return None
    annees = [(str(r.annee), r.annee == annee) for r in releves]
    cases = [(phrases.lire(r, serie, avec_unite=False), r.annee == annee) for r in releves]
    if serie.cible:
        annees.append((f"Objectif {serie.cible.annee}", False))
        but = phrases.ecrire(serie.cible.valeur, "", serie.decimales)
        cases.append((but, False))
    return VueTableau(_unite_en_titre(serie), tuple(annees), tuple(cases))


def _unite_en_titre(serie: Serie) -> str:
    if serie.unite in {"", "nombre"}:
        return "Nombre"
    return majuscule("en %" if serie.unite == "%" else typo(serie.unite))


def _tient_sur_une_page(vue: VueVolet) -> bool:
    """Hauteur estimée de la page d’actions : au-delà, les indicateurs s’enchaînent sans saut."""
    hauteur = 74.0 + (20 if vue.carte else 0) + 14
    for action in vue.en_avant:
        texte = " ".join((*action.resume, action.fait))
        lignes = len(metriques.couper(texte, 11 * POINT, 128 * MM)) if texte.strip() else 0
        hauteur += 12 + 5.5 * lignes + (6 if action.avec else 0)
    rangs = -(-len(vue.autres) // 2)
    longs = sum(metriques.largeur(a.titre, 11 * POINT, 600) > 74 * MM for a in vue.autres)
    hauteur += (14 if vue.autres else 0) + 9.5 * rangs + 5.5 * longs / 2
    return hauteur + (22 if vue.utile else 0) <= HAUTEUR_PAGE


def en_retard(instantane: Instantane) -> list[Retard]:
    """Les actions en retard ou arrêtées, pour « Ce qui a été plus difficile »."""
    return [
        Retard(typo(action.titre), typo(volet.titre), action.etat.value)
        for volet in instantane.volets
        for action in volet.actions
        if action.etat in {EtatPublic.EN_RETARD, EtatPublic.SUSPENDUE}
    ]
