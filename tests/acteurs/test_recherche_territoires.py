"""Chercher et ranger des territoires comme on les écrit, avec ou sans accents."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from acteurs.models import Commune, Departement, Epci, Region

pytestmark = pytest.mark.django_db

ORDRE = ["L'Aber", "Ersa", "Étampes", "Étaples", "Odos", "Œuilly", "Ozan", "Zuytpeene"]


@pytest.fixture(autouse=True)
def communes(db: None) -> None:
    """Ajoutées aux territoires de référence ; noms et populations réels, codes quelconques."""
    finistere = Departement.objects.get(pk="29")
    noms = {
        "Saint-Étienne": (173_136, ["42000", "42100"]),
        "Saint-Étienne-du-Rouvray": (29_518, ["76800"]),
        "Saint-Jean-Saint-Étienne": (50, ["99000"]),
        "Le Havre": (166_687, ["76600", "76610"]),
        "Havrincourt": (400, ["62147"]),
        "Paris": (2_103_778, ["75001", "75002"]),
        **{nom: (1_000, ["99100"]) for nom in ORDRE},
    }
    Commune.objects.bulk_create(
        Commune(
            code=f"99{rang:03}",
            nom=nom,
            population=population,
            codes_postaux=codes,
            autres_noms=["Paris 5e Arrondissement"] if nom == "Paris" else [],
            departement=finistere,
            region_id=finistere.region_id,
        )
        for rang, (nom, (population, codes)) in enumerate(noms.items())
    )


def trouver(texte: str) -> list[str]:
    return [c.nom for c in Commune.objects.actuelles().rechercher(texte)]


@pytest.mark.parametrize(
    "texte",
    [
        "Saint-Étienne",
        "saint etienne",
        "SAINT ETIENNE",
        "st etienne",
        "St-Étienne",
        "e\u0301tienne saint",
    ],
)
def test_accents_tirets_et_abreviations_ne_comptent_pas(texte: str) -> None:
    assert trouver(texte)[0] == "Saint-Étienne"


def test_le_nom_exact_precede_le_debut_du_nom_puis_le_debut_d_un_mot() -> None:
    assert trouver("saint etienne") == [
        "Saint-Étienne",
        "Saint-Étienne-du-Rouvray",
        "Saint-Jean-Saint-Étienne",
    ]


def test_l_article_initial_ne_fait_pas_perdre_sa_place() -> None:
    assert trouver("havre") == ["Le Havre"]
    assert trouver("havr") == ["Havrincourt", "Le Havre"]


def test_un_code_postal_ou_son_debut_trouve_la_commune() -> None:
    assert trouver("76600") == ["Le Havre"]
    assert trouver("766") == ["Le Havre"]
    assert trouver("42 100") == ["Saint-Étienne"]


def test_un_ancien_nom_ou_un_arrondissement_trouve_la_commune() -> None:
    assert trouver("paris 5e") == ["Paris"]


@pytest.mark.parametrize("texte", ["", "   ", "-", "’", "!:*&|()"])
def test_un_texte_sans_lettre_ni_chiffre_ne_trouve_rien(texte: str) -> None:
    assert trouver(texte) == []


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40))
def test_aucun_texte_ne_casse_la_recherche(texte: str) -> None:
    trouver(texte)


def test_l_ordre_est_celui_du_dictionnaire_francais() -> None:
    noms = [c.nom for c in Commune.objects.filter(nom__in=ORDRE).tries()]
    assert noms == ["Ersa", "Étampes", "Étaples", "L'Aber", "Odos", "Œuilly", "Ozan", "Zuytpeene"]


def test_une_intercommunalite_se_trouve_par_son_nom_et_par_ses_communes() -> None:
    siren = "200068120"
    assert Epci.objects.rechercher("quimper bretagne")[0].pk == siren
    assert Epci.objects.rechercher("locronan").get().pk == siren
    assert siren in {e.pk for e in Epci.objects.rechercher("29510")}


def test_un_departement_et_une_region_se_trouvent_par_nom_ou_par_code() -> None:
    assert Departement.objects.rechercher("finistere").get().pk == "29"
    assert Departement.objects.rechercher("29").get().pk == "29"
    assert Region.objects.rechercher("bretagne").get().pk == "53"


def test_une_commune_close_n_est_plus_proposee() -> None:
    Commune.objects.filter(nom="Ersa").update(date_fin="2026-01-01")
    assert trouver("ersa") == []


@pytest.mark.parametrize(
    ("texte", "cle"),
    [
        ("L’Haÿ-les-Roses", "l hay les roses"),
        ("  ŒUILLY – « Aÿ »  ", "oeuilly ay"),
        ("Sainte-Mère-Église", "sainte mere eglise"),
        ("Ste-Mère", "sainte mere"),
        ("Saint-Estèphe", "saint estephe"),
        ("Stains", "stains"),
    ],
)
def test_la_cle_de_tri_ne_garde_que_lettres_chiffres_et_espaces(texte: str, cle: str) -> None:
    with connection.cursor() as curseur:
        curseur.execute("SELECT cle_tri(%s)", [texte])
        assert curseur.fetchone() == (cle,)
