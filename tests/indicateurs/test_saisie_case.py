"""Ce qui se tape dans une case se relit à l’identique ; ce qui étonne se dit ; une clé se relit."""

import re
from decimal import Decimal
from itertools import pairwise
from types import SimpleNamespace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from indicateurs.avertissements import Regle, avertir, ecart_des_parts, regle_de
from indicateurs.classeur.lecture import en_texte, lettres
from indicateurs.grille.cles import Cle, demandes_de, en_document, lire_cle
from indicateurs.grille.periodes import nom_de, periodes_de
from indicateurs.models import QUALITES_SANS_VALEUR, Qualite
from indicateurs.saisie import NombreIllisible, ecrire_nombre, lire_nombre, lire_nombre_garde
from indicateurs.saisie_case import Lue, ecrire_case, lire_case

NOMBRES = st.decimals(
    min_value=Decimal("-9999999999.9999"), max_value=Decimal("9999999999.9999"),
    places=4, allow_nan=False, allow_infinity=False,
)  # fmt: skip
ENTIERS = st.integers(1, 10**9).map(Decimal)


@settings(max_examples=10_000, deadline=None)
@given(NOMBRES)
@example(Decimal("-0.0001"))
def test_dix_mille_nombres_ecrits_a_la_francaise_se_relisent(nombre):
    ecrit = ecrire_nombre(nombre)
    assert lire_nombre_garde(ecrit) == nombre
    # Écriture indépendante : milliers par un autre chemin, point ou virgule, espaces ordinaires
    entier, _, fin = f"{abs(nombre):.4f}".partition(".")
    milliers = re.sub(r"(?<=\d)(?=(\d{3})+$)", " ", entier)
    for signe in ",.":
        tape = f"{'-' if nombre < 0 else ''}{milliers}{signe}{fin}"
        assert lire_nombre(tape) == nombre


@given(
    st.one_of(
        st.builds(Lue, NOMBRES, qualite=st.sampled_from([q for q in Qualite if q not in QUALITES_SANS_VALEUR])),
        st.builds(Lue, st.none(), qualite=st.sampled_from(QUALITES_SANS_VALEUR)),
    )
)  # fmt: skip
def test_une_case_ecrite_se_relit_avec_sa_qualite(lue):
    assert lire_case(ecrire_case(lue), est_ratio=False) == lue


@given(ENTIERS, ENTIERS, st.sampled_from([1, 100, 1000, 100_000]))
def test_un_rapport_ecrit_se_relit_et_sa_valeur_se_recalcule(haut, bas, multiple):
    texte = f"{ecrire_nombre(haut)} / {ecrire_nombre(bas)}"
    if abs(haut * multiple / bas) > Decimal("9999999999.9999"):
        with pytest.raises(NombreIllisible, match="trop grand"):
            lire_case(texte, est_ratio=True, multiple=multiple)
        return
    lue = lire_case(texte, est_ratio=True, multiple=multiple)
    assert (lue.numerateur, lue.denominateur) == (haut, bas)
    assert abs(lue.valeur * bas - multiple * haut) <= Decimal("0.00005") * bas
    assert lire_case(ecrire_case(lue), est_ratio=True, multiple=multiple) == lue


@given(st.text(max_size=30), st.booleans())
def test_aucun_texte_ne_fait_tomber_la_lecture(texte, est_ratio):
    try:
        lue = lire_case(texte, est_ratio=est_ratio, multiple=100)
    except NombreIllisible as erreur:
        refus = str(erreur)
    else:
        assert lue is None or (lue.valeur is None) == (lue.qualite in QUALITES_SANS_VALEUR)
        refus = "."
    assert refus.endswith((".", "\u202f?"))


@pytest.mark.parametrize(
    "texte", ["1,2,3", "1.2,3", "1,2.3", "12,", "/", "3 /", "/ 3", "3/-4", "3/0"]
)
def test_une_ecriture_douteuse_est_refusee(texte):
    with pytest.raises(NombreIllisible):
        lire_case(texte, est_ratio=True, multiple=100)


# Ce qui étonne

PART = Regle(tout=100, debut=2024, fin=2028)


def valeur(nombre, haut=None, bas=None):
    return SimpleNamespace(valeur=nombre, numerateur=haut, denominateur=bas)


@pytest.mark.parametrize(
    ("lue", "annee", "avant", "dit"),
    [
        (valeur(Decimal(101)), 2025, None, "ne dépasse pas 100"),
        (valeur(Decimal(120), Decimal(12), Decimal(10)), 2025, None, "dépasse le second"),
        (valeur(Decimal(-1)), 2025, None, "n’est pas négative"),
        (valeur(Decimal(3)), 2022, None, "avant le contrat"),
        (valeur(Decimal(3)), 2029, None, "après le contrat"),
        (valeur(Decimal(80)), 2025, Decimal(8), "Dix fois plus"),
        (valeur(Decimal(3)), 2025, Decimal(300), "Dix fois moins"),
        (valeur(Decimal(3)), 2023, Decimal(2), ""),
        (valeur(Decimal(9)), 2025, Decimal(1), ""),
        (valeur(None), 2025, Decimal(1), ""),
    ],
)
def test_ce_qui_etonne_a_sa_phrase(lue, annee, avant, dit):
    phrases = avertir(PART, lue, annee, avant)
    assert bool(phrases) == bool(dit)
    assert dit in " ".join(phrases)


@pytest.mark.parametrize(
    ("unite", "nombre", "dit"),
    [
        ("note /10", "40", "Une note sur 10 va de 0 à 10."),
        ("note sur 20", "-1", "Une note sur 20 va de 0 à 20."),
        ("note /10", "10", ""),
        ("personnes", "40", ""),
        ("km/h", "40", ""),
    ],
)
def test_une_note_reste_dans_son_echelle(unite, nombre, dit):
    indicateur = SimpleNamespace(unite=unite, libelle="Satisfaction", est_ratio=False)
    contrat = SimpleNamespace(date_debut=None, date_fin=None)
    phrases = avertir(regle_de(indicateur, contrat), valeur(Decimal(nombre)), 2025)
    assert phrases == ([dit] if dit else [])


@given(st.lists(st.integers(0, 100).map(Decimal), min_size=1, max_size=6), st.integers(-5, 5))
def test_la_somme_des_parts_doit_faire_le_total(parts, ecart):
    total = sum(parts, Decimal(0)) + ecart
    assert bool(ecart_des_parts(total, parts)) == (ecart != 0)
    assert bool(ecart_des_parts(total, [*parts, None])) == (ecart < 0)


# Les clés, les périodes, le classeur


@given(st.uuids(), st.integers(1990, 2100), st.sampled_from(["", "FEMMES", "AGE_0_17"]))
def test_une_cle_se_relit(indicateur, annee, modalite):
    cle = Cle(indicateur, annee, modalite)
    assert lire_cle(str(cle)) == cle
    nom = f"c.{cle}:3"
    demandes = demandes_de({nom: " 1 "})
    assert [(d.cle, d.version, d.texte) for d in demandes] == [(cle, 3, "1")]
    assert demandes_de({"cases": en_document(demandes)}) == demandes


@pytest.mark.parametrize("nom", ["c.x.2025:0", "c.:", "c", "c.2025:1", "version", "c.a.b:c"])
def test_un_nom_qui_n_est_pas_celui_d_une_case_est_ignore(nom):
    assert demandes_de({nom: "1"}) == []


@given(st.integers(1990, 2100))
def test_les_periodes_d_une_annee_la_couvrent_exactement(annee):
    periodes = [p for _, p in periodes_de(annee)]
    for debut, fin in ((1, 3), (3, 7), (7, 19)):
        suite = periodes[debut:fin]
        assert (suite[0][0], suite[-1][1]) == periodes[0]
        trous = [(b[0] - a[1]).days for a, b in pairwise(suite)]
        assert set(trous) == {1}
    assert len({nom_de(*p) for p in periodes}) == len(periodes)


@given(st.decimals(-(10**9), 10**9, places=4, allow_nan=False))
def test_un_nombre_de_tableur_garde_ses_quatre_decimales(nombre):
    assert lire_nombre_garde(en_texte(float(nombre))) == nombre


def test_les_colonnes_ont_leurs_lettres():
    assert [lettres(n) for n in (0, 25, 26, 51, 52, 701, 702)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA",
    ]  # fmt: skip
