"""Le glossaire public : un seul ordre alphabétique, une définition écrite une fois, cherchée partout."""

from hypothesis import given
from hypothesis import strategies as st

from bilans.glossaire import AUTRES, Entree, Lettre, glossaire
from bilans.langage import Definition, ranger
from bilans.langage.ecrits import plier
from bilans.mots import MotConnu
from tests.appuis.proprietes import sans_chrono
from tests.bilans.langage.livres import LEXIQUE, MOTS

SENS = ranger(
    [
        Definition("ARS", "Agence régionale de santé"),
        Definition("APA", "Allocation personnalisée d’autonomie", "seniors"),
        Definition("APA", "Activité physique adaptée", "sport_sante", "Bouger pour se soigner."),
        Definition("2CS", "Deux communes"),
    ]
)
CONNUS = (
    MotConnu(
        "Agence régionale de santé", ("agence",), "elle organise la santé.", "Un code, art. 1"
    ),
    MotConnu("Évaluation", ("évaluation",), "on regarde ce qui a changé."),
    MotConnu("Écoute", ("écoute",), "quelqu’un vous entend."),
    MotConnu("École", ("école",), "lieu où l’on apprend."),
)


def noms(lettres: list[Lettre]) -> list[str]:
    return [entree.nom for lettre in lettres for entree in lettre.entrees]


def entree(nom: str, recherche: str = "") -> Entree:
    lettres = glossaire(SENS, CONNUS, recherche)
    return next(e for lettre in lettres for e in lettre.entrees if e.nom == nom)


def test_sigles_et_mots_se_suivent_sans_que_l_accent_compte() -> None:
    lettres = glossaire(SENS, CONNUS)
    assert [lettre.nom for lettre in lettres] == ["A", "E", AUTRES]
    assert noms(lettres) == [
        "Agence régionale de santé", "APA", "ARS", "École", "Écoute", "Évaluation", "2CS",
    ]  # fmt: skip


def test_un_sigle_defini_comme_un_mot_y_renvoie() -> None:
    mot = entree("Agence régionale de santé")
    assert (mot.sigle, mot.definition, mot.source) == (
        "ARS", "elle organise la santé.", "Un code, art. 1",
    )  # fmt: skip
    assert [s.vers for s in entree("ARS").sens] == [mot.ancre]


def test_un_sigle_a_plusieurs_sens_les_dit_tous_sans_montrer_de_code() -> None:
    sens = entree("APA").sens
    assert [s.terme for s in sens] == [
        "Allocation personnalisée d’autonomie", "Activité physique adaptée",
    ]  # fmt: skip
    assert sens[1].explication == "Bouger pour se soigner."
    assert "sport_sante" not in repr(sens)


def test_chaque_mot_cherche_est_dans_l_entree_sans_accent_ni_majuscule() -> None:
    assert noms(glossaire(SENS, CONNUS, "EVALUATION")) == ["Évaluation"]
    assert noms(glossaire(SENS, CONNUS, "sante agence")) == ["Agence régionale de santé", "ARS"]
    assert noms(glossaire(SENS, CONNUS, "soigner")) == ["APA"]
    assert noms(glossaire(SENS, CONNUS, "rien de tel")) == []


def test_un_sigle_trouve_sans_son_mot_ne_mene_nulle_part() -> None:
    """« organise » n’est que dans la définition : le mot seul est montré, puis le sigle sans lui."""
    assert noms(glossaire(SENS, CONNUS, "organise")) == ["Agence régionale de santé"]
    seul = glossaire(SENS, CONNUS[1:], "ars")
    assert [s.vers for lettre in seul for e in lettre.entrees for s in e.sens] == [""]


def test_la_liste_livree_montre_chaque_sigle_et_chaque_mot_une_fois() -> None:
    lettres = glossaire(LEXIQUE.sens, MOTS)
    montres = noms(lettres)
    assert sorted(montres) == sorted([*LEXIQUE.sens, *(mot.terme for mot in MOTS)])
    ancres = [e.ancre for lettre in lettres for e in lettre.entrees]
    assert len(ancres) == len(set(ancres))
    assert not any(" " in ancre for ancre in ancres)
    liens = [s.vers for lettre in lettres for e in lettre.entrees for s in e.sens if s.vers]
    assert liens
    assert set(liens) <= set(ancres)


def test_chaque_mot_livre_dit_d_ou_vient_sa_definition() -> None:
    assert all(mot.source for mot in MOTS)


@sans_chrono
@given(st.sampled_from(sorted(LEXIQUE.sens)), st.sampled_from([str.lower, str.title, str]))
def test_chaque_sigle_livre_se_trouve_quelle_que_soit_sa_casse(sigle: str, ecrire) -> None:
    trouves = noms(glossaire(LEXIQUE.sens, MOTS, ecrire(sigle)))
    assert sigle in trouves


@sans_chrono
@given(st.text(max_size=60))
def test_une_recherche_quelconque_ne_garde_que_ce_qui_la_contient(recherche: str) -> None:
    for lettre in glossaire(SENS, CONNUS, recherche):
        for e in lettre.entrees:
            dit = plier(
                " ".join(
                    [e.nom, e.sigle, e.definition, *(s.terme + " " + s.explication for s in e.sens)]
                )
            )
            assert all(mot in dit for mot in plier(recherche).split())
