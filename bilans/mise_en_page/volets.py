"""Un volet : son bandeau, ses actions, ses indicateurs avec graphique et tableau."""

from dataclasses import replace
from typing import Any

from bilans import palette
from bilans.etats_publics import EtatPublic
from bilans.instantane import Action, Citation, Indicateur, Instantane, Volet
from bilans.mise_en_page import hauteurs
from bilans.mise_en_page.couverture import carte_du_bandeau, place_du_titre
from bilans.mise_en_page.mesures import MM, POINT
from bilans.mise_en_page.mots_ecrits import Explicateur, enumerer, majuscule, ordinal, typo
from bilans.mise_en_page.textes import lire
from bilans.mise_en_page.visuels import Adresser, photo, sans_image
from bilans.mise_en_page.vues_volet import (
    Retard,
    VueAction,
    VueIndicateur,
    VueTableau,
    VueVolet,
)
from bilans.palette import Teinte
from bilans.textes import Bloc, Morceau, Paragraphe
from cls_platform.socle.ecritures import langue_de_droite
from cls_platform.socle.svg import metriques
from cls_platform.socle.svg.colonnes import Colonnes
from cls_platform.socle.svg.courbe import Repere
from cls_platform.socle.typographie import INSECABLE, MOIS
from indicateurs import graphiques, phrases
from indicateurs.series import Serie

LARGEUR = 658
# Le nom du volet, puis le blanc avant une photo de 110 mm
PLACE_AVEC_PHOTO = (64.0, 8.9)
COLONNES_MAXIMUM = 7
ACTIONS_EN_LETTRES = {1: "Une action de l’année", 2: "Deux actions de l’année"}


def volets(
    instantane: Instantane, sigles: Explicateur, adresse: Adresser = sans_image
) -> list[VueVolet]:
    """Un volet sans rien à montrer ne paraît pas."""
    montres = instantane.volets
    if "INDICATEURS" not in instantane.sections:
        montres = tuple(replace(volet, indicateurs=()) for volet in montres)
    retenus = [v for v in montres if v.actions or v.indicateurs or v.texte.strip()]
    return _regrouper(
        [
            _volet(instantane, volet, rang, sigles, adresse)
            for rang, volet in enumerate(retenus, start=1)
        ]
    )


def _style(points: int) -> str:
    return f"font-size:{points}pt;line-height:{points + 4}pt"


_LEGER: dict[str, Any] = {"leger": True, "style_titre": _style(24)}


def _regrouper(vues: list[VueVolet]) -> list[VueVolet]:
    """Des volets légers qui se suivent partagent leurs pages ; un seul garde son grand bandeau."""
    legers = [vue.peut_etre_leger for vue in vues]
    return [
        replace(vue, saut=not (leger and a), **(_LEGER if leger and (a or b) else {}))
        for vue, leger, a, b in zip(
            vues, legers, [False, *legers], [*legers[1:], False], strict=False
        )
    ]


def _volet(
    instantane: Instantane, volet: Volet, rang: int, sigles: Explicateur, adresse: Adresser
) -> VueVolet:
    teinte = palette.VOLETS.get(volet.couleur, palette.VOLETS["commun"])
    titre = typo(volet.titre)
    image = photo(volet.photo, adresse)
    place, reste = PLACE_AVEC_PHOTO if image else place_du_titre(instantane)
    racontees = sorted((a for a in volet.actions if a.en_avant), key=lambda a: a.rang or 99)
    en_avant = tuple(_action(a, sigles) for a in racontees)
    autres = tuple(_action(a, sigles) for a in volet.actions if not a.en_avant)
    vue = VueVolet(
        ancre=f"volet-{rang}",
        rubrique=ordinal(rang) if volet.numero else "",
        titre=titre,
        style_titre=style_du_titre(titre, place),
        promesse=typo(volet.promesse),
        carte="" if image else carte_du_bandeau(instantane, teinte),
        photo=image,
        texte=lire(volet.texte, sigles),
        style=f"--volet:{teinte.foncee};--pale:{teinte.pale};"
        f"--titre:{place:.1f}mm;--reste:{reste:.1f}mm",
        titre_actions=_titre_des_actions(len(en_avant), len(volet.actions)),
        en_avant=en_avant,
        titre_autres="Les autres actions",
        autres=autres,
        indicateurs=tuple(_indicateur(instantane, i, teinte) for i in volet.indicateurs),
        indicateurs_en_ligne=0,
        utile=typo(volet.utile),
        citation=_citation(volet.citation),
        saut_avant_indicateurs=False,
        utile_a_la_fin=False,
        leger=False,
        saut=True,
    )
    if hauteurs.actions(vue) > hauteurs.PAGE:
        # en haut d’une autre page, le titre rappelle de quel volet il s’agit
        vue = replace(vue, titre_autres=typo(f"Les autres actions de « {vue.titre} »"))
    return _tenir_sur_deux_pages(vue) if vue.indicateurs else vue


def _tenir_sur_deux_pages(vue: VueVolet) -> VueVolet:
    """À gauche les actions, à droite les indicateurs qui tiennent ; les autres sont en ligne."""
    actions, utile = hauteurs.actions(vue), hauteurs.utile(vue)
    a_droite = actions + utile > hauteurs.PAGE
    place = hauteurs.PAGE - (utile if a_droite else 0) - hauteurs.citation(vue)
    if actions > hauteurs.PAGE:
        place -= hauteurs.debordement(vue)
    nombre = hauteurs.combien(vue.indicateurs, place)
    return replace(
        vue,
        saut_avant_indicateurs=bool(vue.en_avant or vue.autres) and actions <= hauteurs.PAGE,
        utile_a_la_fin=a_droite,
        indicateurs=vue.indicateurs[:nombre],
        indicateurs_en_ligne=len(vue.indicateurs) - nombre,
    )


def _citation(citation: Citation | None) -> Citation | None:
    if citation is None:
        return None
    return Citation(texte=typo(citation.texte), auteur=typo(citation.auteur))


def style_du_titre(titre: str, place: float = 76.0) -> str:
    """Taille où le mot le plus long tient dans la place (mm), et le titre en peu de lignes."""
    for points, maximum in ((42, 3), (30, 4), (22, 6)):
        lignes = metriques.couper(titre, points * POINT, place * MM, 800)
        large = max(metriques.largeur(ligne, points * POINT, 800) for ligne in lignes)
        if len(lignes) <= maximum and large <= place * MM:
            return "" if points == 42 else _style(points)
    return _style(16)


def _titre_des_actions(nombre: int, total: int) -> str:
    if nombre == total and nombre > 3:
        return "Les actions"
    return ACTIONS_EN_LETTRES.get(nombre, "Trois actions de l’année" if nombre == 3 else "Actions")


def _action(action: Action, sigles: Explicateur) -> VueAction:
    avec = enumerer([typo(nom) for nom in action.partenaires], 3)
    return VueAction(
        titre=typo(action.titre),
        etat=action.etat.value,
        statut=action.libelle_statut,
        resume=_et_compte(lire(action.resume, sigles), typo(majuscule(action.fait))),
        avec=f"Avec {avec}" if avec else "",
    )


def _et_compte(recit: tuple[Bloc, ...], fait: str) -> tuple[Bloc, ...]:
    """Le récit, puis ce qui est compté, en gras, au bout du dernier paragraphe.

    À la suite d’un récit qui se lit de droite à gauche, la phrase française s’écrirait à l’envers :
    elle a sa ligne.
    """
    if not fait:
        return recit
    compte = (Morceau(fait, gras=True), Morceau("."))
    if not recit or recit[-1].est_titre or langue_de_droite(recit[-1].paragraphes[-1].texte):
        return (*recit, Bloc("", (Paragraphe("", f"{fait}.", compte),), est_point=False))
    *debut, dernier = recit
    *avant, fin = dernier.paragraphes
    entier = (*fin.morceaux, Morceau(" "), *compte)
    long = Paragraphe(fin.gras, f"{fin.texte} {fait}.", entier)
    return (*debut, replace(dernier, paragraphes=(*avant, long)))


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


def en_retard(instantane: Instantane) -> list[Retard]:
    """Les actions en retard ou arrêtées, pour « Ce qui a été plus difficile »."""
    return [
        Retard(typo(action.titre), typo(volet.titre), action.etat.value)
        for volet in instantane.volets
        for action in volet.actions
        if action.etat in {EtatPublic.EN_RETARD, EtatPublic.SUSPENDUE}
    ]
