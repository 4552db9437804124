"""Assemble les parties du bilan ; une partie sans données vaut None ou une liste vide."""

from typing import Any

from bilans.charte import charte
from bilans.instantane import Instantane
from bilans.mise_en_page import argent, fin, suivi_de_l_annee, textes
from bilans.mise_en_page.avancement import avancement
from bilans.mise_en_page.chiffres import chiffres
from bilans.mise_en_page.comprendre import phrase_signataires, reperes, signataires
from bilans.mise_en_page.couverture import carte_nommee, code_qr, couverture
from bilans.mise_en_page.deux_colonnes import en_deux
from bilans.mise_en_page.double_page import disposer
from bilans.mise_en_page.mesures import MM, POINT, lignes, tenir
from bilans.mise_en_page.mots_ecrits import Explicateur, jour, typo
from bilans.mise_en_page.pagination import (
    PAGES_D_UN_BILAN,
    autour_des_volets,
    commencent_a_gauche,
    composer,
)
from bilans.mise_en_page.parties import CATALOGUE, Partie, ordonner, section
from bilans.mise_en_page.retards import retards
from bilans.mise_en_page.territoire import carte_jointe, territoire
from bilans.mise_en_page.visuels import Adresser, photo, sans_image
from bilans.mise_en_page.volets import dessiner, volets
from bilans.mise_en_page.vues_volet import VueVolet
from cls_platform.socle.svg import metriques

PARTIES_D_UN_BILAN = 4
# Millimètres d’un texte sur l’argent qui laissent rubans et tableau sur la même page
TEXTE_AVEC_LES_RUBANS = 50.0


def contexte(instantane: Instantane, adresse: Adresser = sans_image) -> dict[str, Any]:
    """Variables du gabarit `bilans/pdf/bilan.html`. Lève SectionImpossible, qui dit laquelle.

    `adresse` : où la page trouvera chaque image ; vide, l’image ne paraît pas.
    """
    parties = {
        "bilan": instantane,
        "charte": charte(instantane.apparence),
        "titre_document": _titre_document(instantane),
        "description": _description(instantane),
        "titre_edito": textes.titre_edito(instantane.textes.edito),
        "arrete_le": jour(instantane.arrete_le),
        **_contact(instantane),
    }
    with section("Couverture"):
        parties["couverture"] = couverture(instantane, adresse)
    parties |= _dans_l_ordre_de_lecture(instantane, adresse)
    parties |= _composition(instantane, parties)
    return parties | _sur_les_pages(instantane, parties)


def _sur_les_pages(instantane: Instantane, vues: dict[str, Any]) -> dict[str, Any]:
    """Les volets posés ; la carte prend sa page si plus de volets commencent alors à gauche."""
    avant, apres = autour_des_volets(vues["groupes"], vues)
    with section(CATALOGUE["VOLETS"].titre):
        poses = [dessiner(v) for v in disposer(vues["volets"], PAGES_D_UN_BILAN - avant - apres)]
    pages = [volet.pages for volet in poses]
    decalee = commencent_a_gauche(pages, avant + 1) > commencent_a_gauche(pages, avant)
    if not (vues["carte"] and decalee and avant + sum(pages) + apres < PAGES_D_UN_BILAN):
        return {"volets": poses}
    a_part = {
        "carte": "",
        "territoire": territoire(instantane),
        **signataires(instantane, 0.0, avec_carte=False),
    }
    return {"volets": poses, **a_part, **_composition(instantane, vues | a_part)}


def _composition(instantane: Instantane, vues: dict[str, Any]) -> dict[str, Any]:
    """L’ordre des parties, leurs pages, le sommaire."""
    presentes = ordonner(instantane, vues)
    edito_en_tete = bool(presentes) and presentes[0].code == "EDITO"
    suite = list(presentes[1:] if edito_en_tete else presentes)
    groupes, courte = composer(instantane, suite, vues)
    sommaire = _sommaire(instantane.annee, suite, vues)
    return {
        "parties": presentes,
        "ancres": {p.ancre for p in presentes},
        "groupes": groupes,
        "fin_courte": courte,
        "titre_courant": _titre_courant(instantane, court=len(presentes) < PARTIES_D_UN_BILAN),
        "edito_en_tete": edito_en_tete,
        "ouverture": textes.ouvrir(
            vues["edito"] if edito_en_tete else None, [titre for _, titre in sommaire]
        ),
        "sommaire": en_deux(sommaire, lambda ligne: 1 + len(ligne[1]) // 42, par_bloc=60)[0],
    }


def _dans_l_ordre_de_lecture(instantane: Instantane, adresse: Adresser) -> dict[str, Any]:
    """Un sigle est développé là où on le rencontre d’abord : l’ordre voulu décide."""
    sigles = Explicateur(instantane.mots)
    vues: dict[str, Any] = {}
    lecteurs = {
        "EDITO": _edito,
        "COMPRENDRE": _comprendre,
        "CHIFFRES_CLES": _chiffres,
        "CARTE": _territoire,
        "AVANCEMENT": _avancement,
        "VOLETS": _volets,
        "ZOOM": _zoom,
        "DIFFICULTES": _difficultes,
        "BUDGET": _budget,
        "PARTICIPATION": _participation,
        "PERSPECTIVES": _perspectives,
        "PARTENAIRES": _partenaires,
        "GLOSSAIRE": _glossaire,
    }
    absentes = [code for code in lecteurs if code not in instantane.sections]
    for code in (*dict.fromkeys(instantane.sections), *absentes):
        if code in lecteurs:
            with section(CATALOGUE[code].titre):
                vues |= lecteurs[code](instantane, sigles, adresse)
    return vues


def _edito(instantane: Instantane, sigles: Explicateur, adresse: Adresser) -> dict[str, Any]:
    ecrit = instantane.textes.edito
    return {
        "edito": textes.vue(ecrit, sigles),
        "portrait": photo(ecrit.photo if ecrit else None, adresse),
    }


def _comprendre(instantane: Instantane, sigles: Explicateur, _adresse: Adresser) -> dict[str, Any]:
    presentation = sigles.typo(instantane.contrat.presentation)
    ecrit = textes.vue(instantane.textes.comprendre, sigles)
    pris = 14 + 5.5 * lignes(presentation, 11, 172) if presentation else 0.0
    pris += textes.hauteur(ecrit.blocs, 172) if ecrit else 0.0
    avec_carte = instantane.carte is not None and carte_jointe(instantane)
    return {
        "reperes": reperes(instantane),
        "presentation": presentation,
        "comprendre": ecrit,
        "carte": carte_nommee(instantane, 363) if avec_carte else "",
        "source_carte": typo(instantane.carte.source) if instantane.carte else "",
        "phrase_signataires": typo(phrase_signataires(instantane)),
        **signataires(instantane, pris, avec_carte=avec_carte),
    }


def _chiffres(instantane: Instantane, _sigles: Explicateur, _adresse: Adresser) -> dict[str, Any]:
    return {"chiffres": chiffres(instantane.chiffres)}


def _territoire(instantane: Instantane, _sigles: Explicateur, _adresse: Adresser) -> dict[str, Any]:
    return {"territoire": None if carte_jointe(instantane) else territoire(instantane)}


def _avancement(instantane: Instantane, _sigles: Explicateur, _adresse: Adresser) -> dict[str, Any]:
    vue = avancement(instantane)
    return {"avancement": vue, "nombre_d_actions": vue.total}


def _volets(instantane: Instantane, sigles: Explicateur, adresse: Adresser) -> dict[str, Any]:
    return {"volets": volets(instantane, sigles, adresse)}


def _zoom(instantane: Instantane, sigles: Explicateur, adresse: Adresser) -> dict[str, Any]:
    ecrit = instantane.textes.zoom
    return {
        "zoom": textes.vue(ecrit, sigles),
        "photo_du_zoom": photo(ecrit.photo if ecrit else None, adresse),
    }


def _difficultes(instantane: Instantane, sigles: Explicateur, _adresse: Adresser) -> dict[str, Any]:
    ecrit = textes.vue(instantane.textes.difficultes, sigles)
    return {"difficultes": ecrit, **retards(instantane, textes.hauteur_de_la_vue(ecrit))}


def _budget(instantane: Instantane, sigles: Explicateur, _adresse: Adresser) -> dict[str, Any]:
    ecrit = textes.vue(instantane.textes.budget, sigles)
    haut = textes.hauteur(ecrit.blocs, 172) if ecrit else 0.0
    return {
        "budget": ecrit,
        "argent": argent.vue(instantane.argent),
        "argent_ensemble": haut <= TEXTE_AVEC_LES_RUBANS,
    }


def _participation(
    instantane: Instantane, sigles: Explicateur, _adresse: Adresser
) -> dict[str, Any]:
    return {
        "participation": textes.vue(instantane.textes.participation, sigles),
        "rencontres": suivi_de_l_annee.rencontres(instantane),
        "decisions": suivi_de_l_annee.decisions(instantane),
    }


def _perspectives(
    instantane: Instantane, sigles: Explicateur, _adresse: Adresser
) -> dict[str, Any]:
    return {
        "annonces": suivi_de_l_annee.annonces(instantane.annonces),
        "perspectives": textes.vue(instantane.textes.perspectives, sigles, en_majuscules=True),
    }


def _partenaires(
    instantane: Instantane, _sigles: Explicateur, _adresse: Adresser
) -> dict[str, Any]:
    return {"partenaires": fin.par_trois(fin.familles(instantane.partenaires, 8))}


def _glossaire(instantane: Instantane, _sigles: Explicateur, _adresse: Adresser) -> dict[str, Any]:
    return {"mots": fin.mots_en_deux(instantane.mots)}


def _contact(instantane: Instantane) -> dict[str, Any]:
    """L’adresse courte, si le bilan en a une : elle se recopie et son code se lit mieux."""
    adresse = instantane.adresse_courte or instantane.adresse_publique
    with section("Nous contacter"):
        code = code_qr(adresse) if adresse else ""
    return {
        "adresse": adresse,
        "code_qr": code,
        "adresse_lisible": adresse.split("://", maxsplit=1)[-1],
    }


def _titre_document(instantane: Instantane) -> str:
    """Un titre de fenêtre : un nom sans fin s’y abrège."""
    suite = " (démonstration)" if instantane.est_demonstration else ""
    nom = tenir(instantane.contrat.nom, 11, 140, 2)
    return typo(f"Bilan {instantane.annee} – {nom}{suite}")


def _titre_courant(instantane: Instantane, *, court: bool = False) -> str:
    """`court` : un document de quelques pages n’a pas besoin d’un titre en haut de chacune."""
    suite = " – Démonstration" if instantane.est_demonstration else ""
    if court:
        return f"Bilan {instantane.annee}{suite}"
    nom = metriques.abreger(typo(instantane.contrat.nom), 8.5 * POINT, 110 * MM)
    return f"Bilan {instantane.annee} – {nom}{suite}"


def _description(instantane: Instantane) -> str:
    return typo(
        f"Ce qui a été fait en {instantane.annee} pour la santé des habitants : "
        f"{instantane.contrat.nom}."
    )


def _entree(volet: VueVolet) -> str:
    return f"Volet « {volet.titre} »" if volet.rubrique else volet.titre


def _sommaire(annee: int, parties: list[Partie], vues: dict[str, Any]) -> list[tuple[str, str]]:
    lignes: list[tuple[str, str]] = []
    for partie in parties:
        if partie.code == "VOLETS":
            lignes += [(v.ancre, _entree(v)) for v in vues["volets"]]
        elif partie.code == "CHIFFRES_CLES":
            lignes.append((partie.ancre, f"L’année {annee} en chiffres"))
        elif partie.code == "EDITO":
            lignes.append((partie.ancre, vues["titre_edito"]))
        else:
            lignes.append((partie.ancre, partie.titre))
    contact = ("contact", "Une question, une idée ?")
    return [(ancre, typo(titre)) for ancre, titre in (*lignes, contact)]
