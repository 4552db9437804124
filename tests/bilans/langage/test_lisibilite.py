"""La facilité de lecture : la bonne formule, et des comptes refaits à part, lettre par lettre."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilans.langage import ensemble, kandel_moles, mesurer, mots, phrases_ecrites, phrases_longues
from tests.appuis.proprietes import sans_chrono
from tests.bilans.langage.livres import REGLEMENT

VOYELLES = "aeiouyàâäéèêëîïôöùûü"
CONSONNES = "bcdfglmnprstvç"
MOT = st.text(alphabet=VOYELLES + CONSONNES, min_size=2, max_size=12)
PHRASE = st.lists(MOT, min_size=1, max_size=40)
TEXTE = st.lists(PHRASE, min_size=1, max_size=12)


def syllabes_comptees_a_la_main(mot: str) -> int:
    """Une syllabe à chaque passage d’une non-voyelle à une voyelle ; une au moins."""
    compte, avant = 0, False
    for lettre in mot:
        voyelle = lettre in VOYELLES
        compte += voyelle and not avant
        avant = voyelle
    return compte or 1


@sans_chrono
@given(TEXTE)
def test_les_comptes_sont_ceux_d_un_calcul_lettre_par_lettre(phrases: list[list[str]]) -> None:
    # Le point des abréviations ne finit pas une phrase : ici, chacune finit par « ! »
    texte = "\n".join(f"{' '.join(phrase)} !" for phrase in phrases)
    mesure = mesurer(texte)
    assert mesure is not None
    tous = [mot for phrase in phrases for mot in phrase]
    attendu = len(tous), len(phrases), sum(map(syllabes_comptees_a_la_main, tous))
    assert (mesure.mots, mesure.phrases, mesure.syllabes) == attendu


@sans_chrono
@given(TEXTE)
def test_le_score_est_la_formule_ramenee_entre_zero_et_cent(phrases: list[list[str]]) -> None:
    texte = "\n".join(" ".join(phrase) for phrase in phrases)
    tous = texte.split()
    syllabes = sum(map(syllabes_comptees_a_la_main, tous))
    brut = 207 - 1.015 * (len(tous) / len(phrases)) - 73.6 * (syllabes / len(tous))
    assert kandel_moles(texte) == pytest.approx(max(0, min(100, brut)))


def test_la_formule_compte_les_mots_par_phrase_et_non_les_mots_concrets() -> None:
    # 7 mots, 1 phrase, 17 groupes de voyelles
    phrase = "La communauté de communes organise une réunion."
    assert kandel_moles(phrase) == pytest.approx(207 - 1.015 * 7 - 73.6 * 17 / 7)


@sans_chrono
@given(st.text(max_size=400))
def test_un_texte_quelconque_a_un_score_de_zero_a_cent_ou_aucun(texte: str) -> None:
    score = kandel_moles(texte)
    assert score is None or 0 <= score <= 100


@sans_chrono
@given(TEXTE, TEXTE)
def test_deux_textes_mis_bout_a_bout_se_comptent_ensemble(a: list, b: list) -> None:
    un, deux = ("\n".join(" ".join(phrase) for phrase in t) for t in (a, b))
    assert ensemble([mesurer(un), None, mesurer(deux)]) == mesurer(f"{un}\n{deux}")


@pytest.mark.parametrize("texte", ["", " \n ", "…!?", "https://exemple.fr/page", "- \n# "])
def test_sans_un_mot_a_lire_il_n_y_a_pas_de_score(texte: str) -> None:
    assert kandel_moles(texte) is None
    assert ensemble([mesurer(texte)]) is None


@pytest.mark.parametrize(
    ("texte", "attendues"),
    [
        ("Un. Deux !\nTrois", ["Un", "Deux", "Trois"]),
        ("M. Dupont et Mme X. l’ont dit.", ["M. Dupont et Mme X. l’ont dit"]),
        ("Lait, pain, etc. et le reste.", ["Lait, pain, etc. et le reste"]),
        ("Lait, pain, etc. Le reste.", ["Lait, pain, etc", "Le reste"]),
        ("« Quoi ! » dit-il.", ["« Quoi ! » dit-il"]),
        ("Il y a 12.5 km. Oui", ["Il y a 12.5 km", "Oui"]),
        ("Vraiment… Non ? Si !", ["Vraiment", "Non", "Si"]),
        ("- Un point\n- Un autre", ["Un point", "Un autre"]),
        ("1. Premier\n2. Second", ["Premier", "Second"]),
        ("Voir https://a.fr/x.y. Puis partir.", ["Voir https://a.fr/x.y", "Puis partir"]),
    ],
)
def test_une_phrase_finit_a_son_point_ou_a_la_ligne(texte: str, attendues: list[str]) -> None:
    assert phrases_ecrites(texte) == attendues


def test_un_mot_garde_son_apostrophe_et_un_nombre_ses_milliers() -> None:
    lus = mots("L’eau d’aujourd’hui, 12,5 litres, 1 200 lits, la 2e C2S, porte-à-porte")
    assert lus == [
        "L’eau", "d’aujourd’hui", "12,5", "litres", "1 200", "lits", "la", "2e", "C2S",
        "porte-à-porte",
    ]  # fmt: skip


def test_les_marques_et_les_adresses_ne_se_lisent_pas() -> None:
    nu = mesurer("Lire le guide et venir.")
    marque = mesurer("- **Lire** le [guide](https://exemple.fr/guide.pdf) et _venir_.")
    assert marque == nu


def test_une_phrase_longue_est_rendue_entiere() -> None:
    longue = " ".join(["mot"] * 21)
    assert phrases_longues(f"Courte. {longue}.", 20) == [f"{longue}."]


# Trois textes, du plus simple au plus lourd, le dernier à la manière de la loi. Repères publics :
# un article en langage clair 72, des diaporamas 61 et 57, des guides 49 et 44, le code 34
CLAIR = (
    "Le bus passe le mardi matin. Il s’arrête devant la mairie. Une infirmière vous reçoit. "
    "Elle prend le temps de vous parler. Venez sans rendez-vous : c’est gratuit pour tous."
)
GUIDE = (
    "Le contrat organise la coopération entre la commune, les professionnels et l’agence régionale "
    "de santé. Il précise les actions prévues, leurs responsables et les moyens réunis pour les "
    "conduire pendant toute la durée du contrat."
)
LOI = (
    "La mise en œuvre du projet régional de santé peut faire l’objet de contrats locaux de santé "
    "conclus par l’agence, notamment avec les collectivités territoriales et leurs groupements, "
    "portant sur la promotion de la santé, la prévention, les politiques de soins et "
    "l’accompagnement médico-social."
)


def test_les_scores_s_ordonnent_comme_les_reperes_du_domaine() -> None:
    clair, guide, loi = (kandel_moles(texte) or 0 for texte in (CLAIR, GUIDE, LOI))
    assert clair >= 70
    assert 34 <= guide < 60
    assert loi < 50
    assert clair > guide > loi


@pytest.mark.parametrize(
    ("score", "attendue"),
    [(100, "facile"), (70, "facile"), (69.9, "assez_facile"), (60, "assez_facile"),
     (59.9, "a_simplifier"), (50, "a_simplifier"), (49.9, "difficile"), (0, "difficile")],
)  # fmt: skip
def test_les_bandes_livrees_couvrent_tous_les_scores(score: float, attendue: str) -> None:
    bande = REGLEMENT.bande(score)
    assert bande is not None
    assert bande.code == attendue
