import dataclasses
import json
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilans import instantane as module
from bilans.codec import DonneesIllisibles, canonique, depuis_simple, vers_simple
from bilans.donnees_ouvertes import json_ouvert
from bilans.etats_publics import MOTS, STATUTS_COUVERTS, EtatPublic, compter, etat_public
from bilans.instantane import SCHEMA, Instantane, depuis_json, relire
from bilans.instantane.montee import SECTIONS_D_ORIGINE
from contrats.etats import STATUT_PUBLIC
from indicateurs.series import Releve, Repere, Serie
from tests.appuis.proprietes import sans_chrono
from tests.bilans import exemples
from tests.bilans.exemples_pleins import plein

# Suit la forme de l’instantané : s’il change, changer SCHEMA et garder la lecture de l’ancien
DONNEES = Path(__file__).parent / "donnees"
EMPREINTE_DU_SCHEMA = "138d012f3656"

TEXTES = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40)
DECIMAUX = st.decimals(
    min_value=-(10**9), max_value=10**9, allow_nan=False, allow_infinity=False, places=4
)
RELEVES = st.builds(
    Releve,
    annee=st.integers(2009, 2100),
    valeur=st.none() | DECIMAUX,
    qualite=TEXTES,
    numerateur=st.none() | DECIMAUX,
    denominateur=st.none() | DECIMAUX,
)
SERIES = st.builds(
    Serie,
    libelle=TEXTES, unite=TEXTES, decimales=st.integers(0, 4), sens=TEXTES, agregation=TEXTES,
    source=TEXTES, numerateur=TEXTES, denominateur=TEXTES,
    releves=st.lists(RELEVES, max_size=4).map(tuple),
    reference=st.none() | st.builds(Repere, annee=st.integers(2009, 2100), valeur=DECIMAUX),
    cible=st.none() | st.builds(Repere, annee=st.integers(2009, 2100), valeur=DECIMAUX),
)  # fmt: skip


def test_un_instantane_revient_egal_du_json() -> None:
    bilan = exemples.instantane()
    assert depuis_json(bilan.vers_json()) == bilan
    assert depuis_json(bilan.vers_json()).vers_json() == bilan.vers_json()


def test_un_instantane_revient_egal_d_un_objet_json_relu_par_la_base() -> None:
    bilan = exemples.instantane(carte=None, precedent=None, volets=())
    assert relire(json.loads(json.dumps(bilan.vers_simple()))) == bilan


@sans_chrono
@given(SERIES)
def test_toute_serie_revient_exacte(serie: Serie) -> None:
    relue = depuis_simple(Serie, json.loads(canonique(vers_simple(serie))))
    assert relue == serie
    exposants = [None if r.valeur is None else r.valeur.as_tuple() for r in serie.releves]
    assert [None if r.valeur is None else r.valeur.as_tuple() for r in relue.releves] == exposants


@sans_chrono
@given(TEXTES, TEXTES, st.dates())
def test_tout_texte_et_toute_date_reviennent_exacts(nom: str, adresse: str, jour: date) -> None:
    bilan = exemples.instantane(adresse_publique=adresse, arrete_le=jour, enseignes=(nom,))
    assert depuis_json(bilan.vers_json()) == bilan


def test_le_json_est_canonique() -> None:
    texte = exemples.instantane().vers_json()
    assert list(json.loads(texte)) == sorted(json.loads(texte))
    assert ": " not in texte.replace(" : ", "")[:200]
    assert "é" in texte


def test_l_empreinte_suit_les_donnees() -> None:
    un, autre = exemples.instantane(), exemples.instantane(annee=2024)
    assert un.empreinte() == exemples.instantane().empreinte()
    assert un.empreinte() != autre.empreinte()


def test_la_forme_de_l_instantane_ne_change_pas_sans_numero_de_schema() -> None:
    assert SCHEMA == 3
    assert empreinte_du_schema() == EMPREINTE_DU_SCHEMA


def empreinte_du_schema() -> str:
    def forme(classe: type) -> list[tuple[str, str]]:
        return sorted((nom, str(annonce)) for nom, annonce in get_type_hints(classe).items())

    classes = [c for c in vars(module).values() if dataclasses.is_dataclass(c)]
    formes = {c.__name__: forme(c) for c in [*classes, Releve, Repere]}
    return sha256(json.dumps(formes, sort_keys=True).encode()).hexdigest()[:12]


def schema_1() -> dict[str, Any]:
    """Un vrai bilan, écrit par le programme quand le schéma était 1."""
    return _ecrit_alors(1)


def _ecrit_alors(schema: int) -> dict[str, Any]:
    fichier = DONNEES / f"instantane_schema_{schema}.json"
    simple: dict[str, Any] = json.loads(fichier.read_text())
    return simple


def test_un_bilan_ecrit_au_schema_1_se_lit_encore() -> None:
    vieux, relu = schema_1(), relire(schema_1())
    assert (vieux["schema"], relu.schema) == (1, SCHEMA)
    assert [a.titre for a in relu.actions] == [
        a["titre"] for v in vieux["volets"] for a in v["actions"]
    ]
    assert [i.serie.libelle for v in relu.volets for i in v.indicateurs] == [
        i["serie"]["libelle"] for v in vieux["volets"] for i in v["indicateurs"]
    ]
    assert relu.textes.edito is not None
    assert relu.textes.edito.texte == vieux["textes"]["edito"]["texte"]
    assert relu.sections == SECTIONS_D_ORIGINE
    assert (relu.argent, relu.annonces, relu.rencontres) == (None, None, ())


def test_un_bilan_ecrit_au_schema_2_se_lit_encore() -> None:
    """Argent, réunions, annonces, photos : tout y était, sauf ce que les élus ont à décider."""
    vieux, relu = _ecrit_alors(2), relire(_ecrit_alors(2))
    assert (vieux["schema"], relu.schema) == (2, SCHEMA)
    ajoutes = {"textes": vieux["textes"] | {"a_decider": None}, "mots_des_elus": []}
    assert relu.vers_simple() == vieux | {"schema": SCHEMA} | ajoutes
    assert relu.argent
    assert relu.rencontres
    assert relu.annonces
    assert relu.images
    assert depuis_json(relu.vers_json()) == relu


def test_un_bilan_du_schema_2_rend_les_memes_donnees_ouvertes() -> None:
    """Ses fichiers publiés ne changent pas d’un octet avec le schéma : ils gardent leur forme."""
    vieux = _ecrit_alors(2)
    ouvert = json.loads(json_ouvert(relire(vieux)))
    assert {c: v for c, v in ouvert.items() if c != "comptes"} == vieux | {"carte": None}


def test_un_bilan_du_schema_1_relu_se_garde_au_schema_courant() -> None:
    relu = relire(schema_1())
    assert depuis_json(relu.vers_json()) == relu


def test_un_schema_inconnu_ou_a_venir_est_refuse() -> None:
    for numero in (0, SCHEMA + 1, None, "1"):
        with pytest.raises(DonneesIllisibles, match="Schéma"):
            relire(schema_1() | {"schema": numero})


def test_un_bilan_plein_revient_egal_du_json() -> None:
    assert depuis_json(plein().vers_json()) == plein()


@pytest.mark.parametrize(
    ("abime", "message"),
    [
        (lambda s: s | {"schema": 99}, "Schéma 99"),
        (lambda s: {c: v for c, v in s.items() if c != "annee"}, "le champ annee"),
        (lambda s: s | {"inconnu": 1}, "pas de champ inconnu"),
        (lambda s: s | {"annee": "2025"}, r"Instantane.annee : il faut une valeur de type int"),
        (lambda s: s | {"arrete_le": "hier"}, "« hier » ne se lit pas"),
        (lambda s: s | {"volets": {}}, r"Instantane.volets : il faut une liste"),
        (lambda s: s | {"contact": []}, r"Instantane.contact : il faut un objet"),
        (lambda s: s | {"est_demonstration": 1}, "type bool"),
    ],
)
def test_des_donnees_abimees_sont_refusees_avec_leur_chemin(abime, message: str) -> None:
    with pytest.raises(DonneesIllisibles, match=message):
        relire(abime(exemples.instantane().vers_simple()))


def test_un_instantane_ne_se_modifie_pas() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        exemples.instantane().annee = 2030  # type: ignore[misc]  # l’écriture est ce qu’on éprouve


def test_chaque_statut_interne_a_un_etat_public_et_ses_mots() -> None:
    assert frozenset(STATUT_PUBLIC) == STATUTS_COUVERTS
    assert set(MOTS) == set(EtatPublic)
    with pytest.raises(KeyError):
        etat_public("INCONNU")


def test_les_comptes_donnent_tous_les_etats_dans_l_ordre() -> None:
    comptes = compter([EtatPublic.EN_COURS, EtatPublic.EN_COURS])
    assert list(comptes) == list(EtatPublic)
    assert comptes[EtatPublic.EN_COURS] == 2
    assert sum(comptes.values()) == 2


def test_les_actions_de_tous_les_volets_font_les_comptes_du_bilan() -> None:
    bilan: Instantane = exemples.instantane()
    assert sum(bilan.comptes.values()) == len(bilan.actions) == 17


def test_un_decimal_garde_ses_zeros() -> None:
    releve = Releve(annee=2025, valeur=Decimal("12.40"), qualite="DEFINITIVE")
    assert vers_simple(releve)["valeur"] == "12.40"
