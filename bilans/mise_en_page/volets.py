"""Un volet : son bandeau, ses actions, ses indicateurs avec graphique et tableau."""

from dataclasses import replace

from bilans import palette
from bilans.instantane import Action, Citation, Indicateur, Instantane, Volet
from bilans.mise_en_page.couverture import carte_du_bandeau, place_du_titre
from bilans.mise_en_page.double_page import tout_en_liste
from bilans.mise_en_page.mots_ecrits import Explicateur, enumerer, majuscule, ordinal, typo
from bilans.mise_en_page.textes import lire
from bilans.mise_en_page.visuels import Adresser, photo, sans_image
from bilans.mise_en_page.vues_volet import (
    Dessin,
    VueAction,
    VueIndicateur,
    VueTableau,
    VueVolet,
    ecrire_le_titre,
)
from bilans.textes import Bloc, Morceau, Paragraphe
from cls_platform.socle.ecritures import langue_de_droite
from cls_platform.socle.svg.colonnes import Colonnes
from cls_platform.socle.svg.courbe import Repere
from cls_platform.socle.typographie import INSECABLE, MOIS
from indicateurs import graphiques, phrases
from indicateurs.series import Serie

LARGEUR = 658
# Le nom du volet, puis le blanc avant une photo de 110 mm
PLACE_AVEC_PHOTO = (64.0, 8.9)
COLONNES_MAXIMUM, COLONNES_A_COTE = 7, 5
HAUTEUR_D_UN_PETIT = 180
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


def dessiner(vue: VueVolet) -> VueVolet:
    """Les graphiques retenus, chacun à la taille de sa place, aux couleurs du volet."""
    couleurs = palette.graphique(vue.teinte)
    return replace(
        vue,
        indicateurs=tuple(
            replace(i, image=graphiques.dessiner(i.dessin, couleurs)) if i.dessin else i
            for i in vue.indicateurs
        ),
    )


def _alleger(vue: VueVolet, *, saut: bool) -> VueVolet:
    """Un petit bandeau, et les titres en deux colonnes."""
    return replace(
        vue,
        leger=True,
        saut=saut,
        titre_ecrit=replace(vue.titre_ecrit, points=24),
        listes=(tout_en_liste(vue),),
        pages=int(saut),
    )


def _regrouper(vues: list[VueVolet]) -> list[VueVolet]:
    """Des volets légers qui se suivent partagent leurs pages ; un seul garde son grand bandeau."""
    legers = [vue.peut_etre_leger for vue in vues]
    return [
        _alleger(vue, saut=not a) if leger and (a or b) else vue
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
    return VueVolet(
        ancre=f"volet-{rang}",
        rubrique=ordinal(rang) if volet.numero else "",
        titre=titre,
        titre_ecrit=ecrire_le_titre(titre, place, reste),
        teinte=teinte,
        promesse=typo(volet.promesse),
        carte="" if image else carte_du_bandeau(instantane, teinte),
        photo=image,
        texte=lire(volet.texte, sigles),
        titre_actions=_titre_des_actions(len(en_avant), len(volet.actions)),
        en_avant=en_avant,
        autres=autres,
        indicateurs=tuple(_indicateur(instantane, i) for i in volet.indicateurs),
        utile=typo(volet.utile),
        citation=_citation(volet.citation),
    )


def _citation(citation: Citation | None) -> Citation | None:
    if citation is None:
        return None
    return Citation(texte=typo(citation.texte), auteur=typo(citation.auteur))


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


def _indicateur(instantane: Instantane, indicateur: Indicateur) -> VueIndicateur:
    serie = replace(indicateur.serie, libelle=typo(indicateur.serie.libelle))
    annee, repere = instantane.annee, _signature(instantane)
    large = graphiques.choisir(serie, annee, largeur=LARGEUR, repere=repere)
    tableau = _tableau(serie, annee)
    etroit = tableau is None or len(tableau.annees) <= COLONNES_A_COTE
    petit = _bas(graphiques.choisir(serie, annee, largeur=graphiques.ETROIT)) if etroit else None
    return VueIndicateur(
        titre=typo(indicateur.titre),
        phrase=typo(indicateur.phrase),
        large=large,
        petit=petit,
        en_rang=isinstance(large, Colonnes),
        tableau=tableau,
        source=_source(serie),
    )


def _bas(dessin: Dessin | None) -> Dessin | None:
    """Moins haut : deux indicateurs et la suite des actions tiennent sur une page."""
    return replace(dessin, hauteur=HAUTEUR_D_UN_PETIT) if dessin else None


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
