from dataclasses import replace

import pytest

from bilans.etats_publics import EtatPublic
from bilans.instantane import Action, Instantane, Texte, Textes, Volet
from bilans.mise_en_page import contexte
from bilans.mise_en_page.mots_ecrits import enumerer, ordinal, typo
from bilans.mise_en_page.textes import ouvrir, titre_edito
from bilans.palette import VOLETS, couleurs_des_volets
from bilans.textes import blocs
from cls_platform.socle.theme import contraste
from tests.bilans import exemples

SANS_TEXTE = Textes(edito=None, difficultes=None, participation=None, perspectives=None)


def ecrire(**textes: str) -> Instantane:
    noms = {nom: Texte(texte=texte, signature="") for nom, texte in textes.items()}
    return exemples.instantane(textes=replace(SANS_TEXTE, **noms))


def test_un_texte_se_decoupe_en_paragraphes_et_en_points() -> None:
    trouves = blocs("Début.\n\n- Recruter : deux postes.\nCe que nous changeons : un.\n\nFin.")
    assert [(b.etiquette, b.est_point) for b in trouves] == [
        ("", False), ("Recruter", True), ("", False),
    ]  # fmt: skip
    assert [(p.gras, p.texte) for p in trouves[1].paragraphes] == [
        ("", "deux postes."), ("Ce que nous changeons", "un."),
    ]  # fmt: skip


def test_ce_qui_est_dit_et_fait_devient_un_tableau() -> None:
    parole = contexte(
        ecrire(
            participation="Deux réunions.\n- Vous avez dit : c’est loin.\nNous avons fait : un bus."
        )
    )["participation"]
    assert [(dit.texte, fait.texte) for dit, fait in parole.dialogues] == [
        ("C’est loin.", "Un bus.")
    ]
    assert [b.paragraphes[0].texte for b in parole.introduction] == ["Deux réunions."]


def test_un_point_sans_reponse_reste_une_liste() -> None:
    texte = "- Vous avez dit : c’est loin.\n- Autre : rien."
    assert contexte(ecrire(participation=texte))["participation"].dialogues == ()


@pytest.mark.parametrize(("points", "colonnes"), [(1, False), (2, True), (3, True), (4, False)])
def test_deux_ou_trois_difficultes_se_lisent_cote_a_cote(points: int, colonnes: bool) -> None:
    texte = "\n".join(f"- Point {n} : une phrase." for n in range(points))
    assert contexte(ecrire(difficultes=texte))["difficultes"].en_colonnes is colonnes


@pytest.mark.parametrize(
    ("signature", "titre"),
    [("La vice-présidente", "Le mot de l’élue"), ("Le maire", "Le mot de l’élu"),
     ("Camille Exemple, adjointe à la santé", "Le mot de l’élue"), ("", "Le mot de l’élu")],
)  # fmt: skip
def test_le_titre_de_la_lettre_suit_la_signature(signature: str, titre: str) -> None:
    assert titre_edito(Texte(texte="x", signature=signature)) == titre


@pytest.mark.parametrize(
    ("mots", "lettre", "saut"),
    [(80, "", False), (160, "longue", False), (240, "entiere", False), (900, "entiere", True)],
)
def test_une_lettre_longue_s_ecrit_plus_petit_puis_prend_la_page(
    mots: int, lettre: str, saut: bool
) -> None:
    phrases = "\n".join("Nous avons écouté les habitants. " * 8 for _ in range(mots // 40))
    edito = contexte(ecrire(edito=phrases))["edito"]
    ouverture = ouvrir(edito, ["Une entrée"] * 12)
    assert (ouverture.lettre, ouverture.saut) == (lettre, saut)


def test_une_section_sans_donnees_disparait_du_sommaire() -> None:
    vues = contexte(
        exemples.instantane(
            textes=SANS_TEXTE, volets=(), chiffres=(), partenaires=(), mots=(), precedent=None
        )
    )
    gauche, droite = vues["sommaire"]
    assert [ancre for ancre, _ in (*gauche, *droite)] == ["quoi", "contact"]


def test_le_tableau_compte_chaque_action_une_fois() -> None:
    bilan = exemples.instantane()
    vue = contexte(bilan)["avancement"]
    assert sum(c.nombre for ligne in vue.lignes for c in ligne.cases) == len(bilan.actions)
    assert sum(colonne.total for colonne in vue.colonnes) == vue.total == len(bilan.actions)
    assert {c.etat for c in vue.colonnes} == {e for e, n in bilan.comptes.items() if n}
    assert vue.largeur_du_titre > 36


def test_une_seule_action_se_dit_au_singulier() -> None:
    action = exemples.action("1", "Une action", EtatPublic.TERMINEE)
    volet = replace(exemples.instantane().volets[2], actions=(action,))
    phrase = contexte(exemples.instantane(volets=(volet,)))["avancement"].phrase
    assert phrase.replace("\u00a0", " ") == "Le contrat compte une action. Son état : terminée."


def test_des_volets_legers_qui_se_suivent_partagent_leurs_pages() -> None:
    bilan = exemples.instantane()
    leger = bilan.volets[2]
    vues = contexte(replace(bilan, volets=(bilan.volets[0], leger, leger, leger)))["volets"]
    assert [(v.leger, v.saut) for v in vues] == [
        (False, True), (True, True), (True, False), (True, False),
    ]  # fmt: skip
    (seul,) = contexte(replace(bilan, volets=(leger,)))["volets"]
    assert (seul.leger, seul.saut) == (False, True)


def test_les_indicateurs_d_un_volet_tiennent_sur_une_page() -> None:
    bilan = exemples.instantane()
    volet = replace(bilan.volets[0], indicateurs=bilan.volets[0].indicateurs * 4)
    (vue,) = contexte(replace(bilan, volets=(volet,)))["volets"]
    assert 1 <= len(vue.indicateurs) <= 3
    assert len(vue.indicateurs) + vue.indicateurs_en_ligne == 8


def test_chaque_volet_a_sa_couleur_et_garde_celle_de_son_theme() -> None:
    assert couleurs_des_volets([["sante_mentale"], ["addictions"], [], ["seniors"]]) == [
        "sante_mentale", "acces_soins", "prevention", "seniors",
    ]  # fmt: skip
    assert len(set(couleurs_des_volets([[] for _ in range(8)]))) == 8
    assert len(couleurs_des_volets([[] for _ in range(20)])) == 20


@pytest.mark.parametrize("nom", VOLETS)
def test_les_couleurs_d_un_volet_se_lisent(nom: str) -> None:
    teinte = VOLETS[nom]
    assert contraste(teinte.foncee, "#ffffff") >= 5.6
    assert contraste(teinte.foncee, teinte.pale) >= 5.6


def test_une_enumeration_s_arrete_et_dit_combien_il_en_reste() -> None:
    assert enumerer([]) == ""
    assert enumerer(["a"]) == "a"
    assert enumerer(["a", "b", "c"]) == "a, b et c"
    assert enumerer(["a", "b", "c", "d"], 3).replace("\u00a0", " ") == "a, b et 2 autres"
    assert (ordinal(1), ordinal(11)) == ("Premier volet", "Volet 11")


def test_aucun_caractere_etranger_a_la_police_n_est_ecrit() -> None:
    assert typo("Le 1ᵉʳ mars, c'est ≥ 5 ?") == "Le 1er mars, c’est au moins 5\u202f?"


def test_un_volet_sans_action_ni_indicateur_ne_parait_pas() -> None:
    vide = Volet(
        numero="9", titre="Vide", promesse="", couleur="", actions=(), indicateurs=(),
        citation=None, utile="",
    )  # fmt: skip
    assert contexte(exemples.instantane(volets=(vide,)))["volets"] == []


def test_une_phrase_francaise_ne_suit_pas_un_recit_qui_se_lit_de_droite_a_gauche() -> None:
    arabe = replace(
        exemples.action("1.1", "Un titre", EtatPublic.EN_COURS),
        resume="نعمل معًا", en_avant=True, rang=1, fait="12 ateliers tenus",
    )  # fmt: skip
    francais = replace(arabe, resume="Nous avons commencé")
    bilan = exemples.instantane()

    def recit(action: Action) -> list[str]:
        volet = replace(bilan.volets[0], actions=(action,))
        (vue,) = contexte(replace(bilan, volets=(volet,)))["volets"][0].en_avant
        return [p.texte for bloc in vue.resume for p in bloc.paragraphes]

    assert recit(francais) == ["Nous avons commencé 12 ateliers tenus."]
    assert recit(arabe) == ["نعمل معًا", "12 ateliers tenus."]
