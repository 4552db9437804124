"""Les sigles : mot entier, casse exacte, pluriel ignoré, jamais dans une adresse ; sinon, demandés."""

import pytest
import yaml
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from bilans.langage import Decision, EtatSigle, expliquer, relever, reperer
from bilans.langage.sigles import SigleLu
from tests.appuis.proprietes import sans_chrono
from tests.bilans.langage.livres import LEXIQUE

CONTRATS = settings.BASE_DIR / "contrats" / "donnees" / "nomenclatures.yaml"
TYPES_DE_FINANCEUR = yaml.safe_load(CONTRATS.read_text(encoding="utf-8"))["TypeFinanceur"]


def lus(texte: str) -> list[str]:
    return [trouve.sigle for trouve in reperer(texte, LEXIQUE)]


def un(texte: str, sigle: str, **decisions: Decision) -> SigleLu:
    trouve = relever([texte], LEXIQUE, decisions).get(sigle)
    assert trouve is not None
    return trouve


@pytest.mark.parametrize(
    ("texte", "attendus"),
    [
        ("L’ARS et la CPTS.", ["ARS", "CPTS"]),
        ("l'ARS, d’ARS, (ARS)", ["ARS", "ARS", "ARS"]),
        ("les EHPADs et les EHPAD", ["EHPAD", "EHPAD"]),
        ("La C2S remplace la CMU", ["C2S", "CMU"]),
        ("IREPS/ORS, CLS-CLSM", ["IREPS", "ORS", "CLS", "CLSM"]),
        ("**ARS** et _CPTS_", ["ARS", "CPTS"]),
        ("[CLS](https://CPTS.fr/ARS)", ["CLS"]),
        ("ars, Ars, arS, CPTSx, xARS", []),
        ("Voir https://www.ARS.fr/PDF, www.ORS.fr et contact@CPTS.fr", []),
        ("Le site CPTS.fr, ouvert", []),
        ("Le XXIe siècle, la phase II, le chapitre XIV, la IVe édition", []),
        ("L’UE, le COVID-19, un PDF", []),
        ("A4, T2, B12", []),
        ("Le C.L.S. et l’A.R.S. de J. M. Dupont", ["CLS", "ARS"]),
        ("ATTENTION À LA MARCHE", []),
        ("LES ACTIONS DE LA VILLE", []),
        ("LES ACTIONS DE L’ARS", ["ARS"]),
        ("ARS, CPTS, ZYX", ["ARS", "CPTS", "ZYX"]),
        ("Une ATTENTION portée", ["ATTENTION"]),
        ("RESPONSABILITÉ", []),
        ("Un A, un É", []),
    ],
)
def test_un_sigle_est_un_mot_entier_en_capitales(texte: str, attendus: list[str]) -> None:
    assert lus(texte) == attendus


@sans_chrono
@given(st.text(max_size=200))
def test_une_place_trouvee_contient_le_sigle(texte: str) -> None:
    for trouve in reperer(texte, LEXIQUE):
        ecrit = texte[trouve.debut : trouve.fin].replace(".", "")
        assert ecrit.removesuffix("s") == trouve.sigle.removesuffix("s")


@sans_chrono
@given(st.sampled_from(sorted(LEXIQUE.sens)), st.sampled_from([" ", ", ", "/", "-", "’", "\n"]))
def test_chaque_sigle_du_lexique_est_reconnu_et_jamais_dans_une_adresse(
    sigle: str, lien: str
) -> None:
    assert sigle in lus(f"le mot{lien}{sigle}{lien}suite")
    assert lus(f"https://exemple.fr/{sigle}/{sigle}.pdf") == []


@pytest.mark.parametrize("sigle", ["APA", "APL", "ETP", "CTS"])
def test_un_sigle_a_plusieurs_sens_se_demande_toujours(sigle: str) -> None:
    trouve = un(f"Le {sigle} est ouvert.", sigle)
    assert trouve.etat == EtatSigle.AMBIGU
    assert len(trouve.sens) == 2


def test_les_themes_du_bilan_ne_font_que_ranger_les_sens() -> None:
    sigles = relever(["L’APA."], LEXIQUE, contextes={"sport_sante"})
    assert sigles.ambigus == ("APA",)
    assert sigles.lus[0].sens[0].terme == "Activité physique adaptée"


def test_un_sigle_inconnu_ou_ambigu_bloque_et_un_sigle_connu_non() -> None:
    assert relever(["Le ZYX."], LEXIQUE).bloquent
    assert relever(["L’APA."], LEXIQUE).bloquent
    assert not relever(["L’ARS, en 2025."], LEXIQUE).bloquent


def test_une_decision_tranche() -> None:
    sens = Decision("APA", "SENS", "Activité physique adaptée", par_nom="Coline")
    assert un("L’APA.", "APA", APA=sens).definition == sens.definition
    explique = Decision("ZYX", "EXPLIQUE", "Zone des yeux", "Un lieu.", par_nom="Coline")
    assert un("Le ZYX.", "ZYX", ZYX=explique).etat == EtatSigle.TRANCHE
    laisse = Decision("ZYX", "LAISSE", raison="C’est un nom.", par_nom="Coline")
    tel_quel = un("Le ZYX.", "ZYX", ZYX=laisse)
    assert (tel_quel.etat, tel_quel.definition) == (EtatSigle.LAISSE, None)
    assert not relever(["Le ZYX."], LEXIQUE, {"ZYX": laisse}).bloquent


@pytest.mark.parametrize(
    ("texte", "sigle", "terme"),
    [
        ("Un groupe d’action locale (GAL) est né.", "GAL", "Groupe d’action locale"),
        ("Le GAL (groupe d’action locale) est né.", "GAL", "Groupe d’action locale"),
        ("Avec la Zone d’Études du Littoral (ZEL).", "ZEL", "Zone d’Études du Littoral"),
        ("L’activité physique adaptée (APA) aide.", "APA", "Activité physique adaptée"),
        ("Le COmité de VEille santé (COVE).", "COVE", "COmité de VEille santé"),
    ],
)
def test_le_texte_peut_expliquer_lui_meme_un_sigle(texte: str, sigle: str, terme: str) -> None:
    trouve = un(texte, sigle)
    assert trouve.etat == EtatSigle.ECRIT
    assert trouve.definition is not None
    assert trouve.definition.terme == terme


@pytest.mark.parametrize(
    "texte",
    [
        "Le bureau voisin (ZYX) ouvre.",
        "Le ZYX (ouvert le mardi) aide.",
        "(ZYX)",
        "ZYX ()",
        "Zone. Yeux. Xylophone (ZYX)",
    ],
)
def test_des_mots_qui_n_ont_pas_ses_initiales_n_expliquent_pas_un_sigle(texte: str) -> None:
    assert relever([texte], LEXIQUE).inconnus == ("ZYX",)


def test_un_sigle_est_developpe_a_sa_premiere_rencontre_seulement() -> None:
    deja: set[str] = set()
    termes = {"ARS": "agence régionale de santé"}
    premiere = expliquer("Avec l’ARS, puis l’ARS.", termes, deja)
    assert premiere == "Avec l’ARS (agence régionale de santé), puis l’ARS."
    assert expliquer("L’ARS encore.", termes, deja) == "L’ARS encore."


@pytest.mark.parametrize(
    "texte",
    ["L’Agence régionale de santé (ARS) agit.", "ARS (l’agence) agit.", "Écrire à a@ARS.fr."],
)
def test_un_sigle_deja_explique_ou_dans_une_adresse_reste_tel_quel(texte: str) -> None:
    assert expliquer(texte, {"ARS": "agence régionale de santé"}, set()) == texte


@sans_chrono
@given(st.text(max_size=200))
def test_sans_sigle_connu_un_texte_ne_change_pas(texte: str) -> None:
    assert expliquer(texte, {}, set()) == texte
    assert expliquer(texte, {"QZQ": "terme"}, {"QZQ"}) == texte


@pytest.mark.parametrize("libelle", [ligne["libelle"] for ligne in TYPES_DE_FINANCEUR])
def test_un_financeur_que_la_plateforme_nomme_n_arrete_pas_un_bilan(libelle: str) -> None:
    """Ce libellé paraît dans « Qui finance quoi » : ses sigles sont connus, sans rien demander."""
    assert not relever([libelle], LEXIQUE).bloquent
