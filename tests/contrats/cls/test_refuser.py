"""Refuser une ligne : le numéro, la colonne, la valeur, une phrase ; rien n’est écrit à moitié."""

import pytest

from cls_platform.socle.erreurs import DroitRefuse
from cls_platform.socle.tableur.limites import ClasseurRefuse
from contrats.models import Contrat
from tests.contrats.cls.listes import ENTETE, SIGNE, contrat, csv, importer, messages
from tests.contrats.cls.test_creer import ligne
from tests.factories import ContratFactory

pytestmark = pytest.mark.django_db

UNE_DATE = "Écrivez une date entière, comme 28/02/2026 ou 2026-02-28."


@pytest.mark.parametrize(
    ("valeurs", "colonne", "valeur", "phrase"),
    [
        ({"code": ""}, "code_cls", "", "Il manque le code du contrat."),
        ({"code": "x" * 41}, "code_cls", "x" * 41, "Ce code est trop long : 40 caractères au plus."),
        ({"nom": ""}, "nom", "", "Il manque le nom de ce nouveau contrat."),
        ({"nom": "x" * 161}, "nom", "x" * 161, "Ce texte est trop long : 161 caractères, 160 au plus."),
        ({"nom": "#REF!"}, "nom", "#REF!", "C’est une erreur de formule. Écrivez la valeur elle-même."),
        ({"region": ""}, "region", "", "Il manque la région de ce nouveau contrat."),
        ({"region": "Armorique"}, "region", "Armorique", "Cette région n’existe pas. Écrivez son code, comme 53, ou son nom."),
        ({"siren": "200068121"}, "porteur_siren", "200068121", "Ce SIREN contient une erreur de frappe : sa clé est fausse."),
        ({"siren": "12"}, "porteur_siren", "12", "Un SIREN compte neuf chiffres, par exemple 200065928."),
        ({"siren": "20006812000011"}, "porteur_siren", "20006812000011", "C’est un SIRET. Gardez ses neuf premiers chiffres : le SIREN."),
        ({"communes": "29999"}, "codes_insee", "29999", "Aucune commune n’a, ou n’a eu, ce code Insee."),
        ({"communes": "Quimper"}, "codes_insee", "QUIMPER", "Un code Insee de commune s’écrit 29232 ou 2A004."),
        ({"communes": "999999999"}, "codes_insee", "999999999", "Aucune intercommunalité n’a ce SIREN, ou elle n’a plus de commune."),
        ({"signature": "2024"}, "date_signature", "2024", f"Ce n’est pas une date. {UNE_DATE}"),
        ({"signature": "janvier 2024"}, "date_signature", "janvier 2024", f"Ce n’est pas une date. {UNE_DATE}"),
        ({"debut": "31/02/2024"}, "debut", "31/02/2024", f"Ce jour n’existe pas. {UNE_DATE}"),
        ({"debut": "01/01/0202"}, "debut", "01/01/0202", "L’année 202 est impossible : de 1990 à 2100."),
        ({"fin": "31/12/2023"}, "fin", "31/12/2023", "La fin (31/12/2023) ne vient pas après le début (01/01/2024)."),
        ({"gen": "zéro"}, "generation", "zéro", "Une génération est un nombre : 1 pour un premier contrat, puis 2, 3…"),
        ({"gen": "0"}, "generation", "0", "Une génération est un nombre : 1 pour un premier contrat, puis 2, 3…"),
        ({"gen": "21"}, "generation", "21", "Une génération va de 1 à 20."),
        ({"phase": ""}, "phase", "", "Il manque la phase de ce nouveau contrat."),
    ],
    ids=str,
)  # fmt: skip
def test_chaque_cellule_fautive_a_sa_ligne_sa_colonne_et_sa_phrase(
    administratrice, valeurs, colonne, valeur, phrase
):
    rapport = importer(csv(ligne(code="BRE-00"), ligne(**valeurs)), administratrice)
    assert messages(rapport) == [(3, colonne, valeur, phrase)]
    assert not rapport.est_ecrit
    assert not Contrat.objects.exists()


def test_une_phase_inconnue_dit_celles_qui_existent(administratrice):
    ((_, colonne, valeur, phrase),) = messages(
        importer(csv(ligne(phase="fini bientôt")), administratrice)
    )
    assert (colonne, valeur) == ("phase", "fini bientôt")
    assert "Mise en œuvre" in phrase


def test_chaque_code_fautif_d_une_cellule_est_nomme(administratrice):
    rapport = importer(csv(ligne(communes="29232 29998 29999")), administratrice)
    assert [valeur for _, _, valeur, _ in messages(rapport)] == ["29998", "29999"]


def test_une_ligne_dit_toutes_ses_fautes_d_un_coup(administratrice):
    rapport = importer(csv(ligne(signature="hier", fin="demain", phase="?")), administratrice)
    assert [colonne for _, colonne, _, _ in messages(rapport)] == ["date_signature", "fin", "phase"]
    assert rapport.refusees == 1


def test_un_code_deux_fois_dans_le_fichier_est_refuse(administratrice):
    rapport = importer(csv(SIGNE, SIGNE), administratrice)
    assert messages(rapport) == [(3, "code_cls", "BRE-01", "Ce code est déjà à la ligne 2.")]


def test_la_colonne_est_nommee_comme_dans_le_fichier(administratrice):
    entete = ENTETE.replace("date_signature", "Signé le")
    ((_, colonne, _, _),) = messages(
        importer(csv(ligne(signature="x"), entete=entete), administratrice)
    )
    assert colonne == "Signé le"


def test_une_seule_ligne_fausse_et_rien_n_est_ecrit(administratrice):
    lignes = [ligne(code=f"BRE-{n:02d}") for n in range(97)]
    fausses = [ligne(code=f"FAUX-{n}", communes="29999") for n in range(3)]
    rapport = importer(csv(*lignes, *fausses), administratrice)
    assert (len(rapport.creations), rapport.refusees) == (97, 3)
    assert not Contrat.objects.exists()


def test_les_lignes_justes_s_importent_si_la_personne_le_choisit(administratrice):
    rapport = importer(csv(SIGNE, ligne(code="FAUX", fin="x")), administratrice, lignes_justes=True)
    assert rapport.est_ecrit
    assert set(Contrat.objects.values_list("numero", flat=True)) == {"BRE-01"}


def test_une_colonne_inconnue_est_nommee(administratrice):
    contenu = csv(f"{SIGNE};rien", entete=f"{ENTETE};commentaire libre")
    assert importer(contenu, administratrice).colonnes_inconnues == ["commentaire libre"]


def test_sans_colonne_de_code_le_fichier_est_refuse(administratrice):
    with pytest.raises(ClasseurRefuse, match="code_cls"):
        importer(csv("Essai;53", entete="nom;region"), administratrice)


def test_un_million_de_lignes_est_refuse(administratrice):
    with pytest.raises(ClasseurRefuse, match="10\u202f000 lignes"):
        importer(csv(*["a;b;c"] * 1_000_000), administratrice)


def test_une_formule_reste_un_texte(administratrice):
    importer(csv(ligne(nom="=CMD|' /C calc'!A0")), administratrice)
    assert contrat().nom == "=CMD|' /C calc'!A0"


# Qui importe quoi


def test_le_siege_n_importe_que_dans_sa_region(agent_ars):
    rapport = importer(csv(ligne(region="76")), agent_ars)
    assert messages(rapport) == [
        (2, "region", "76", "Ce contrat est dans une région où vous ne chargez pas de contrats.")
    ]


def test_le_siege_ne_change_pas_le_contrat_d_une_autre_region(agent_ars):
    ContratFactory(numero="BRE-01", region_id="76")
    rapport = importer(csv(SIGNE), agent_ars)
    assert (2, "code_cls") in [erreur[:2] for erreur in messages(rapport)]
    assert contrat().nom != "Cornouaille d’essai"


@pytest.mark.parametrize("personnage", ["agent_dd", "coordinatrice", "voisine", "elue"])
def test_les_autres_n_importent_rien(request, personnage):
    with pytest.raises(DroitRefuse):
        importer(csv(SIGNE), request.getfixturevalue(personnage))
