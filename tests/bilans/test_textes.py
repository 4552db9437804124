"""Le Markdown restreint des textes : rien ne se perd, rien ne devient du HTML."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilans.textes import Bloc, Morceau, Paragraphe, blocs, texte_nu

MOTS = st.text("abcéàœ’", min_size=1, max_size=6)
MARQUES = st.sampled_from(
    ["", "**", "*", "_", "- ", "# ", "### ", "[", "](https://a.fr)", "\\", "<b>", "`", "\n", "\n\n"]
)
LIGNES = st.text("abé ,;:.!?’«»()-–•", max_size=40)
PUCE = re.compile(r"^\s*[-–•*]\s+")
ETIQUETTE = re.compile(r"^([^:.!?]{2,48}?)\s*:\s+(?=\S)")


def seul(texte: str) -> Paragraphe:
    (bloc,) = blocs(texte)
    (paragraphe,) = bloc.paragraphes
    return paragraphe


def test_le_gras_l_italique_et_les_liens_font_des_morceaux() -> None:
    lu = seul("Un **vrai** mot, *deux*, [le site](https://cls.example/a?b=1).")
    assert lu.texte == "Un vrai mot, deux, le site."
    assert lu.morceaux == (
        Morceau("Un "), Morceau("vrai", gras=True), Morceau(" mot, "),
        Morceau("deux", italique=True), Morceau(", "),
        Morceau("le site", lien="https://cls.example/a?b=1"), Morceau("."),
    )  # fmt: skip


def test_les_styles_se_superposent() -> None:
    assert seul("***a* [b](mailto:c@d.example)**").morceaux == (
        Morceau("a", gras=True, italique=True), Morceau(" ", gras=True),
        Morceau("b", gras=True, lien="mailto:c@d.example"),
    )  # fmt: skip


@pytest.mark.parametrize(
    "ligne",
    [
        "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](data:text/html;base64,AA==)",
        "[x](//site.example)", "[x](/espace/)", "[x](file:///etc/passwd)", "[x](vbscript:a)",
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "&lt;b&gt;", "&#60;b&#62;",
        "<javascript:alert(1)>", "`code`", "~~barré~~", "****", "5 * 3 * 2", "nom_de_fichier_long",
    ],
)  # fmt: skip
def test_ce_qui_n_est_pas_permis_reste_ecrit_tel_quel(ligne: str) -> None:
    assert seul(ligne) == Paragraphe("", ligne, (Morceau(ligne),))


def test_une_image_n_est_qu_un_lien() -> None:
    assert [m.lien for m in seul("![plan](https://a.example/p.png)").morceaux] == [
        "", "https://a.example/p.png",
    ]  # fmt: skip


def test_un_lien_sans_texte_montre_son_adresse() -> None:
    assert seul("[](https://a.example)").texte == "https://a.example"


def test_une_adresse_ne_sort_pas_de_son_attribut() -> None:
    (morceau,) = seul('[x](https://a.example"onclick="b)').morceaux
    assert '"' not in morceau.lien


@pytest.mark.parametrize("dieses", ["#", "##", "###", "######"])
def test_un_intertitre_ne_monte_jamais_au_dessus_du_niveau_trois(dieses: str) -> None:
    titre, suite = blocs(f"{dieses} Un *titre* #\nLa suite")
    assert (titre.est_titre, titre.paragraphes[0].texte) == (True, "Un titre")
    assert not suite.est_titre


def test_une_etiquette_en_gras_reste_une_etiquette() -> None:
    (bloc,) = blocs("- **Recruter** : deux *postes*.\nCe que nous changeons : **un**.")
    assert bloc.etiquette == "Recruter"
    assert [(p.gras, p.texte) for p in bloc.paragraphes] == [
        ("", "deux postes."), ("Ce que nous changeons", "un."),
    ]  # fmt: skip


def test_un_lien_en_tete_de_point_reste_un_lien() -> None:
    (bloc,) = blocs("- [Le site](https://a.example) : ouvert.")
    assert (bloc.etiquette, bloc.paragraphes[0].texte) == ("", "Le site : ouvert.")
    assert bloc.paragraphes[0].morceaux[0].lien == "https://a.example"


def test_reecrire_garde_les_styles_et_les_liens() -> None:
    (bloc,) = blocs("- Santé : un **mot** et [un lien](https://a.example)")
    passe = bloc.reecrit(str.upper, court=str.lower)
    assert passe.etiquette == "santé"
    assert passe.paragraphes[0].texte == "UN MOT ET UN LIEN"
    assert passe.paragraphes[0].morceaux[-1] == Morceau("UN LIEN", lien="https://a.example")


def ancienne_lecture(texte: str) -> list[Bloc]:
    """La lecture d’avant le Markdown, ligne à ligne."""
    lus: list[Bloc] = []
    ouvert = False
    for ligne in map(str.strip, texte.splitlines()):
        if not ligne:
            ouvert = False
        elif PUCE.match(ligne):
            etiquette, reste = ancienne_etiquette(PUCE.sub("", ligne))
            lus.append(Bloc(etiquette, (Paragraphe("", reste),), est_point=True))
            ouvert = True
        elif ouvert:
            point = lus.pop()
            suite = (*point.paragraphes, Paragraphe(*ancienne_etiquette(ligne)))
            lus.append(Bloc(point.etiquette, suite, est_point=True))
        else:
            lus.append(Bloc("", (Paragraphe("", ligne),), est_point=False))
    return lus


def ancienne_etiquette(ligne: str) -> tuple[str, str]:
    trouve = ETIQUETTE.match(ligne)
    return (trouve[1].strip(), ligne[trouve.end() :]) if trouve else ("", ligne)


@given(st.lists(LIGNES, max_size=8))
def test_un_texte_sans_marque_se_lit_comme_avant(lignes: list[str]) -> None:
    texte = "\n".join(lignes)
    assert blocs(texte) == ancienne_lecture(texte)


@given(st.lists(st.tuples(MARQUES, MOTS, MARQUES), max_size=12))
def test_aucun_mot_ne_se_perd(suite: list[tuple[str, str, str]]) -> None:
    texte = " ".join("".join(trois) for trois in suite)
    lettres = "".join(mot for _, mot, _ in suite)
    # Les adresses et les balises tapées ont leurs propres lettres : on les ôte des deux côtés
    lu = re.sub(r"https://a\.fr|<b>", "", texte_nu(texte))
    assert "".join(re.findall("[abcéàœ’]", lu)) == lettres


@given(st.text(max_size=200))
def test_le_texte_est_toujours_celui_des_morceaux(texte: str) -> None:
    for bloc in blocs(texte):
        for paragraphe in bloc.paragraphes:
            assert "".join(m.texte for m in paragraphe.morceaux) == paragraphe.texte
            assert all(
                not m.lien or m.lien.lower().startswith(("http://", "https://", "mailto:"))
                for m in paragraphe.morceaux
            )


@pytest.mark.parametrize(
    "motif", ["*", "[", "[a](", "*a_", "**a*", "\\", "<", "[a](https://(", "_*", "[![", "# ", "- "]
)
def test_un_texte_hostile_coute_ce_que_coute_sa_longueur(motif: str) -> None:
    """Large : une machine chargée. Une lecture qui explose prendrait des minutes."""
    debut = time.process_time()
    blocs((motif * 10_000)[:10_000])
    assert time.process_time() - debut < 4
