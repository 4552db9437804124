"""Un volet sur sa double page, un bilan en vingt-quatre : décidé avant le rendu, d’après le contenu."""

from dataclasses import replace
from typing import Any

import pytest

from bilans.instantane import Instantane, Texte, Volet
from bilans.mise_en_page import contexte, hauteurs
from bilans.mise_en_page.double_page import Curseur, composer
from bilans.mise_en_page.pagination import PAGES_D_UN_BILAN, autour_des_volets, commencent_a_gauche
from bilans.mise_en_page.vues_volet import VueVolet
from tests.bilans import exemples
from tests.bilans.golden.cas import complet, volet


def bilan(*volets: Volet) -> Instantane:
    return exemples.instantane(volets=volets)


def vues(*volets: Volet) -> list[VueVolet]:
    composees: list[VueVolet] = contexte(bilan(*volets))["volets"]
    return composees


def citees(vue: VueVolet) -> int:
    return sum(len(colonne) for liste in vue.listes for colonne in liste.colonnes)


def avec_indicateurs(rang: int, combien: int, **champs: Any) -> Volet:
    """Des courbes de quatre ans."""
    annees = {2022: "30", 2023: "34", 2024: "39", 2025: "41"}
    serie = exemples.serie("Personnes accueillies", annees)
    return volet(rang, 6, indicateurs=(exemples.indicateur(serie),) * combien, **champs)


def test_un_volet_ordinaire_se_lit_en_grand_sur_deux_pages() -> None:
    (vue,) = vues(avec_indicateurs(0, 2))
    assert (vue.pages, vue.serree, citees(vue)) == (2, False, 3)
    assert vue.saut_avant_indicateurs
    assert [i.en_rang for i in vue.indicateurs] == [False, False]


def test_une_longue_liste_se_resserre_et_garde_sa_double_page() -> None:
    (vue,) = vues(volet(0, 36))
    assert (vue.pages, vue.serree, citees(vue)) == (2, True, 33)
    assert (vue.actions_en_ligne, vue.indicateurs_en_ligne) == (0, 0)


def test_des_graphiques_trop_nombreux_se_posent_a_cote_de_leur_texte() -> None:
    (vue,) = vues(avec_indicateurs(0, 3))
    assert (vue.pages, len(vue.indicateurs)) == (2, 3)
    assert all(i.en_rang for i in vue.indicateurs)
    assert {i.dessin.largeur for i in vue.indicateurs if i.dessin} == {310}


def test_soixante_actions_paraissent_toutes_quand_le_bilan_a_la_place() -> None:
    (vue,) = vues(volet(0, 60))
    assert (citees(vue), vue.actions_en_ligne) == (57, 0)
    assert vue.pages > 2


def test_seul_en_haut_d_une_page_un_titre_dit_de_quel_volet_il_s_agit() -> None:
    (vue,) = vues(volet(0, 60))
    assert [liste.titre for liste in vue.listes if liste.saut] == [
        "Les autres actions de «\u00a0Grandir\u00a0»",
        "Les autres actions de «\u00a0Grandir\u00a0» (suite)",
    ]


def test_une_liste_ne_perd_ni_ne_repete_aucune_action() -> None:
    (vue,) = vues(volet(0, 60))
    lues = [a.titre for liste in vue.listes for colonne in liste.colonnes for a in colonne]
    assert lues == [a.titre for a in vue.autres]


@pytest.mark.parametrize("combien", [6, 8, 10, 12])
def test_un_bilan_de_douze_volets_tient_encore(combien: int) -> None:
    """Chaque volet en a assez pour deux pages ; au-delà, des voisins se partagent une double page."""
    composes = contexte(bilan(*(volet(rang % 8, 25) for rang in range(combien))))
    avant, apres = autour_des_volets(composes["groupes"], composes)
    pages = [v.pages for v in composes["volets"]]
    assert avant + sum(pages) + apres <= PAGES_D_UN_BILAN
    assert (1 in pages) is (combien > 8)
    courts = [v for v in composes["volets"] if v.pages == 1]
    assert all(v.en_avant and v.indicateurs and v.actions_en_ligne for v in courts)
    for v in composes["volets"]:
        assert len(v.en_avant) + citees(v) + v.actions_en_ligne == 25


def test_les_volets_a_une_page_vont_par_deux() -> None:
    pages = [v.pages for v in vues(*(volet(rang % 8, 25) for rang in range(9)))]
    rangs = [rang for rang, n in enumerate(pages) if n == 1]
    assert len(rangs) % 2 == 0
    assert all(b == a + 1 for a, b in zip(rangs[::2], rangs[1::2], strict=True))


def test_un_volet_a_une_page_n_a_plus_sa_carte_et_dit_ce_qui_est_en_ligne() -> None:
    (entier,) = vues(volet(0, 25))
    court = composer(replace(entier, listes=()), limite=1)
    assert (court.pages, court.carte) == (1, "")
    assert court.actions_en_ligne == 22 - citees(court)
    assert entier.carte


def test_une_citation_qui_ne_tient_pas_a_gauche_a_sa_page() -> None:
    plein = complet()[0].volets[0]
    racontees = tuple(a for a in plein.actions if a.en_avant)
    texte = "Un lieu a ouvert. " * 40
    (vue,) = vues(replace(plein, indicateurs=(), actions=racontees, texte=texte))
    assert (vue.pages, vue.finit_seule, vue.saut_avant_indicateurs) == (2, True, True)


def test_le_numero_utile_parait_toujours() -> None:
    """À gauche s’il y tient, sinon à la fin, même sans citation ni indicateur."""
    for combien in (4, 12, 25, 60):
        (vue,) = vues(volet(0, combien, utile="Appelez le 3114.", indicateurs=()))
        lu = contexte(bilan(volet(0, combien, utile="Appelez le 3114.", indicateurs=())))
        assert vue.utile
        assert vue.utile_a_la_fin is (vue.pages > 1)
        assert lu["volets"][0].utile == vue.utile


@pytest.mark.parametrize(
    ("pages", "avant", "attendus"),
    [((2, 2, 2), 5, 3), ((2, 2, 2), 4, 0), ((1, 2, 2), 5, 0), ((1, 2, 2), 6, 2), ((1, 1, 2), 5, 1)],
)
def test_un_volet_commence_a_gauche_sur_une_page_paire(
    pages: tuple[int, ...], avant: int, attendus: int
) -> None:
    assert commencent_a_gauche(pages, avant) == attendus


def test_la_carte_prend_sa_page_quand_elle_met_les_volets_a_gauche() -> None:
    """Un premier volet d’une page décale les suivants : la page de la carte les remet à gauche."""
    seul = volet(0, 0)
    decales = contexte(bilan(seul, volet(1, 25), volet(2, 25)))
    assert decales["territoire"] is not None
    assert decales["carte"] == ""
    assert "CARTE" in {p.code for p in decales["parties"]}
    droits = contexte(bilan(volet(1, 25), volet(2, 25)))
    assert droits["territoire"] is None
    assert droits["carte"]


def test_la_carte_ne_prend_pas_une_vingt_cinquieme_page() -> None:
    pleins = (volet(rang % 8, 25) for rang in range(1, 9))
    composes = contexte(bilan(volet(0, 0), *pleins))
    avant, apres = autour_des_volets(composes["groupes"], composes)
    assert avant + sum(v.pages for v in composes["volets"]) + apres <= PAGES_D_UN_BILAN


def test_les_parties_de_la_fin_se_resserrent_pour_une_page_de_moins() -> None:
    groupes = contexte(complet()[0])["groupes"]
    assert "page serree" in [groupe.classe for groupe in groupes]


def test_les_partenaires_suivent_la_page_d_avant_si_les_mots_restent_avec_le_contact() -> None:
    noms = tuple(f"Association de quartier numéro {n}" for n in range(40))
    base = exemples.instantane()
    familles = tuple(replace(base.partenaires[0], noms=noms) for _ in range(9))
    composes = contexte(replace(base, partenaires=familles, mots=base.mots * 4))
    *_, avant, dernier = composes["groupes"]
    assert composes["fin_courte"]
    assert avant.parties[-1].code == "PARTENAIRES"
    assert ([p.code for p in dernier.parties], dernier.avec_contact) == (["GLOSSAIRE"], True)


def test_un_sommaire_rejete_laisse_le_portrait_a_une_lettre_courte() -> None:
    edito = Texte(texte="Nous avons agi. " * 20, signature="La maire")
    textes = replace(exemples.instantane().textes, edito=edito)
    nombreux = tuple(volet(rang % 8, 4, titre=f"Un volet au nom assez long pour deux lignes, {rang}")
                     for rang in range(24))  # fmt: skip
    ouverture = contexte(exemples.instantane(textes=textes, volets=nombreux))["ouverture"]
    assert (ouverture.saut, ouverture.avec_portrait) == (True, True)


def test_un_bloc_qui_ne_tient_pas_passe_a_la_page_d_apres() -> None:
    curseur = Curseur()
    for hauteur in (200.0, hauteurs.PAGE - 200.0, 10.0):
        curseur.poser(hauteur)
    assert (curseur.page, curseur.y) == (2, 10.0)
