"""La langue des formules : lire, calculer, refuser ; face à des arbres tirés au sort."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cls_platform.socle.erreurs import DonneesRefusees
from contrats.models import Contrat
from indicateurs.calcul.evaluation import Terme, du_releve, en_releve, evaluer, sommer
from indicateurs.calcul.formule import formules_qui_citent, verifier
from indicateurs.calcul.repertoire import Repertoire
from indicateurs.calcul.syntaxe import FormuleIllisible, analyser, citations, recoder
from indicateurs.models import Agregation, Calcul, Indicateur
from indicateurs.series import NON_DISPONIBLE, SECRET, Releve
from tests.appuis.proprietes import sans_chrono
from tests.factories import ActionFactory, IndicateurFactory

CODES = {"A01": Fraction(3), "A-02": Fraction(0), "É.3": Fraction(7, 2), "zone 4": Fraction(-5)}


def ecrite(code: str) -> str:
    return f"[{code}]" if code in {"A-02", "zone 4"} else code


FEUILLES = st.one_of(
    st.sampled_from(sorted(CODES)).map(lambda c: (ecrite(c), CODES[c])),
    st.decimals(0, 999, places=2).map(lambda d: (str(d).replace(".", ","), Fraction(d))),
)


def jointe(signe: str, gauche: Any, droite: Any) -> tuple[str, Fraction | None]:
    texte = f"({gauche[0]} {signe} {droite[0]})"
    a, b = gauche[1], droite[1]
    if a is None or b is None or (signe == "/" and not b):
        return texte, None
    return texte, {"+": lambda: a + b, "-": lambda: a - b, "*": lambda: a * b,
                   "/": lambda: a / b}[signe]()  # fmt: skip


ARBRES = st.recursive(
    FEUILLES,
    lambda plus: st.builds(jointe, st.sampled_from("+-*/"), plus, plus),
    max_leaves=12,
)


@sans_chrono
@given(ARBRES)
def test_une_formule_vaut_ce_que_vaut_l_arbre_qui_l_a_ecrite(arbre: Any) -> None:
    texte, attendue = arbre
    lu = evaluer(analyser(texte), lambda c: Terme(valeur=CODES[c.code]))
    assert lu.valeur == attendue
    assert (lu.qualite == NON_DISPONIBLE) is (attendue is None)


@sans_chrono
@given(st.lists(st.tuples(st.sampled_from("+-*/"), st.integers(1, 9)), min_size=1, max_size=6))
def test_multiplier_passe_avant_ajouter_et_l_on_lit_de_gauche_a_droite(suite: Any) -> None:
    texte = "5" + "".join(f" {signe} {n}" for signe, n in suite)
    assert evaluer(analyser(texte), lambda c: Terme(valeur=None)).valeur == eval(  # noqa: S307  (des chiffres et quatre signes tirés ici)
        "Fraction(5)" + "".join(f"{signe}Fraction({n})" for signe, n in suite)
    )


@sans_chrono
@given(st.text(max_size=40))
def test_aucun_texte_ne_fait_autre_chose_que_se_lire_ou_dire_pourquoi(texte: str) -> None:
    dit = "Une formule."
    try:
        list(citations(analyser(texte)))
    except FormuleIllisible as erreur:
        dit = str(erreur)
    assert dit.endswith(".")


@pytest.mark.parametrize(
    ("texte", "dit"),
    [
        ("", "vide"),
        ("A01 /", "s’arrête trop tôt"),
        ("A01 $ 2", "Colonne 5"),
        ("A01 A02", "Colonne 5"),
        ("(A01 + 2", "Colonne 1"),
        ("A01)", "Colonne 4"),
        ("A01 + * 2", "Colonne 7"),
        ("somme_des_actions A02", "somme_des_actions(A02)"),
        ("(" * 30 + "A01" + ")" * 30, "20 parenthèses"),
        ("__import__('os')", "Colonne"),
    ],
)
def test_une_formule_illisible_dit_ou(texte: str, dit: str) -> None:
    with pytest.raises(FormuleIllisible, match=None) as refus:
        analyser(texte)
    assert dit in str(refus.value)


def test_les_signes_d_un_traitement_de_texte_se_lisent() -> None:
    assert evaluer(analyser("6 × 2 ÷ 3 − 1"), lambda c: Terme(valeur=None)).valeur == 3


def test_changer_un_code_ne_touche_que_lui() -> None:
    assert recoder("A01 / (A011 + [A01])", "A01", "B 2") == "[B 2] / (A011 + [B 2])"


def test_une_somme_de_rapports_est_le_rapport_des_sommes() -> None:
    termes = [
        du_releve(
            Releve(annee=2025, valeur=Decimal(h * 100) / b, qualite="DEFINITIVE",
                   numerateur=Decimal(h), denominateur=Decimal(b)), 100, "", est_ratio=True)
        for h, b in ((1, 4), (30, 40))
    ]  # fmt: skip
    lu = en_releve(sommer(termes, 2), 2025, 100, est_ratio=True)
    assert (lu.valeur, lu.numerateur, lu.denominateur) == (Decimal("70.4545"), 31, 44)


@pytest.mark.parametrize("qualite", [SECRET, NON_DISPONIBLE])
def test_un_terme_tu_rend_le_resultat_tu(qualite: str) -> None:
    termes = {
        "A": Terme(valeur=None, qualite=qualite, motif="A manque."),
        "B": Terme(valeur=Fraction(2)),
    }
    lu = evaluer(analyser("A * 0 + B"), lambda c: termes[c.code])
    assert (lu.valeur, lu.qualite, lu.motif) == (None, qualite, "A manque.")


def test_un_resultat_demesure_n_a_pas_de_valeur() -> None:
    releve = en_releve(Terme(valeur=Fraction(10) ** 40), 2025, 1, est_ratio=False)
    assert (releve.valeur, releve.qualite) == (None, NON_DISPONIBLE)


# Les cycles


def indicateur(code: str, formule: str = "") -> Indicateur:
    calcul = Calcul.FORMULE if formule else Calcul.SAISIE
    return Indicateur(code=code, libelle=code, calcul=calcul, formule=formule)


@sans_chrono
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=14))
def test_une_boucle_est_vue_si_et_seulement_si_un_chemin_revient(aretes: Any) -> None:
    cites: dict[int, set[int]] = {n: set() for n in range(7)}
    for de, vers in aretes:
        cites[de].add(vers)
    tous = [
        indicateur(f"X{n}", " + ".join(f"X{c}" for c in sorted(siens)))
        for n, siens in cites.items()
    ]
    repertoire = Repertoire({i.pk: i for i in tous})
    acces = {(a, b) for a in cites for b in cites[a]}
    for milieu in cites:
        acces |= {(a, b) for a in cites for b in cites
                  if (a, milieu) in acces and (milieu, b) in acces}  # fmt: skip
    for n, i in enumerate(tous):
        boucle = repertoire.boucle(i.pk)
        assert bool(boucle) is ((n, n) in acces)
        if boucle:
            assert boucle[0] == boucle[-1] == i.pk
            assert all(b in repertoire.dependances(a) for a, b in pairwise(boucle))
    ordre = repertoire.ordre([i.pk for i in tous])
    rangs = {pk: rang for rang, pk in enumerate(ordre)}
    for pk in ordre:
        assert all(rangs[d] < rangs[pk] for d in repertoire.dependances(pk) if d in rangs)
    assert {pk for pk in repertoire.expressions if pk not in rangs} == set(repertoire.erreurs)


# Accepter ou refuser, avec le contrat


@pytest.fixture
def codes(contrat: Contrat) -> dict[str, Indicateur]:
    return {
        code: IndicateurFactory(contrat=contrat, code=code, libelle=f"Essai {code}", unite=unite)
        for code, unite in (("A01", "séances"), ("A02", "personnes"), ("EUR", "euros"))
    }


def refuse(texte: str, de: Indicateur) -> str:
    with pytest.raises(DonneesRefusees) as refus:
        verifier(texte, de)
    assert set(refus.value.champs) == {"formule"}
    return refus.value.message


def neuf(contrat: Contrat, **champs: Any) -> Indicateur:
    return Indicateur(contrat=contrat, libelle="Neuf", **{"agregation": Agregation.RATIO} | champs)


def test_un_code_inconnu_est_nomme_avec_le_plus_proche(contrat: Contrat, codes: Any) -> None:
    message = refuse("A02 / A0I", neuf(contrat))
    assert "Colonne 7" in message
    assert "Vouliez-vous dire A0" in message


def test_une_boucle_est_refusee_avec_son_chemin(contrat: Contrat, codes: Any) -> None:
    b = IndicateurFactory(
        contrat=contrat, code="B", calcul=Calcul.FORMULE, formule="A02 + C", unite="personnes"
    )
    c = IndicateurFactory(contrat=contrat, code="C")
    assert "C → B → C" in refuse("B / A01", c)
    assert "B → B" in refuse("B * 2", b)
    assert formules_qui_citent(codes["A02"]) == [b]


def test_un_rapport_est_une_division_et_une_division_un_rapport(
    contrat: Contrat, codes: Any
) -> None:
    assert "division" in refuse("A02 + A01", neuf(contrat))
    assert "Rapport de deux nombres" in refuse("A02 / A01", neuf(contrat, agregation="SOMME"))
    assert verifier("A02 / 12", neuf(contrat, agregation="SOMME")) == []


def test_des_unites_melees_avertissent_sans_refuser(contrat: Contrat, codes: Any) -> None:
    (avis,) = verifier("A02 + EUR", neuf(contrat, agregation="SOMME"))
    assert "euros" in avis
    assert "personnes" in avis
    (cent,) = verifier("100 * A02 / A01", neuf(contrat, unite="%"))
    assert "100" in cent


def test_une_formule_sans_indicateur_est_refusee(contrat: Contrat) -> None:
    assert "aucun indicateur" in refuse("2 + 2", neuf(contrat))


def test_une_somme_des_actions_demande_des_indicateurs_lies(contrat: Contrat) -> None:
    somme = neuf(contrat, agregation="SOMME")
    assert "lié à une action" in refuse("somme_des_actions(A02)", somme)
    IndicateurFactory(contrat=contrat, modele_id="A02", actions=[ActionFactory(contrat=contrat)])
    assert verifier("somme_des_actions(A02)", somme) == []
