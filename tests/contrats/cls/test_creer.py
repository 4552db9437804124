"""Créer des contrats depuis une liste : chaque colonne lue, chaque contrat complet."""

from datetime import date

import pytest

from acteurs.models import Acteur, Commune
from contrats.models import Contrat, Partie, RolePartie
from tests.contrats.cls.listes import (
    CHATEAUGIRON,
    LE,
    QUIMPER_BO,
    SIGNE,
    communes,
    contrat,
    csv,
    importer,
    passages,
)
from tests.contrats.tableur.classeurs import classeur_simple
from tests.factories import ContratFactory

pytestmark = pytest.mark.django_db


def ligne(**valeurs: str) -> str:
    """SIGNE, avec d’autres valeurs."""
    champs = dict(
        zip(
            (
                "code",
                "nom",
                "region",
                "siren",
                "communes",
                "signature",
                "debut",
                "fin",
                "gen",
                "phase",
            ),
            SIGNE.split(";"),
            strict=True,
        )
    )
    return ";".join((champs | valeurs).values())


def test_un_contrat_est_cree_avec_toutes_ses_valeurs(administratrice):
    rapport = importer(csv(SIGNE), administratrice)
    assert (rapport.est_ecrit, len(rapport.creations)) == (True, 1)
    cree = contrat()
    assert (cree.nom, cree.region_id, cree.phase) == ("Cornouaille d’essai", "53", "MISE_EN_OEUVRE")
    assert (cree.date_signature, cree.date_debut, cree.date_fin) == (
        date(2024, 1, 22),
        date(2024, 1, 1),
        date(2028, 12, 31),
    )
    assert (cree.generation, cree.ars) == (1, Acteur.objects.ars().get(region="53"))
    assert (cree.modifie_par, cree.modifie_via, cree.version) == (administratrice, "import", 1)
    assert not cree.est_public
    assert not cree.est_demonstration
    assert communes() == {"29232", "29020"}


def test_les_colonnes_viennent_dans_tous_les_ordres(administratrice):
    entete = "Phase;Communes;Nom du CLS;Région;Code du CLS"
    importer(csv("élaboration;29232;Essai;Bretagne;X1", entete=entete), administratrice)
    assert contrat("X1").phase == "ELABORATION"
    assert communes("X1") == {"29232"}


@pytest.mark.parametrize("codes", ["29232,29020", "29232 29020", "29232|29020", "29232 , 29020"])
def test_les_codes_se_separent_de_toutes_les_facons(administratrice, codes):
    importer(csv(ligne(communes=codes)), administratrice)
    assert communes() == {"29232", "29020"}


def test_le_siren_d_une_intercommunalite_vaut_toutes_ses_communes(administratrice):
    importer(csv(ligne(communes=f"{QUIMPER_BO} 29083")), administratrice)
    attendu = set(Commune.objects.filter(epci=QUIMPER_BO).values_list("pk", flat=True))
    assert communes() == attendu | {"29083"}
    origines = dict(contrat().perimetres.values_list("commune_id", "epci_origine_id"))
    assert (origines["29232"], origines["29083"]) == (QUIMPER_BO, None)


@pytest.mark.parametrize(
    "ecrite", ["22/01/2024", "22-01-2024", "22.1.2024", "2024-01-22", "2024-01-22 00:00:00"]
)
def test_une_date_s_ecrit_a_la_francaise_ou_en_iso(administratrice, ecrite):
    importer(csv(ligne(signature=ecrite)), administratrice)
    assert contrat().date_signature == date(2024, 1, 22)


@pytest.mark.parametrize(
    "ecrite",
    ["MISE_EN_OEUVRE", "mise_en_oeuvre", "Mise en œuvre", "MISE EN ŒUVRE", "mise en oeuvre"],
)
def test_une_phase_se_dit_par_son_code_ou_par_ses_mots(administratrice, ecrite):
    importer(csv(ligne(phase=ecrite)), administratrice)
    assert contrat().phase == "MISE_EN_OEUVRE"


@pytest.mark.parametrize(("ecrite", "attendue"), [("53", "53"), ("Bretagne", "53"), ("BRETAGNE", "53"), ("4", "04"), ("La Réunion", "04")])  # fmt: skip
def test_une_region_se_dit_par_son_code_ou_par_son_nom(administratrice, ecrite, attendue):
    importer(csv(ligne(region=ecrite)), administratrice)
    assert contrat().region_id == attendue


@pytest.mark.parametrize(
    ("ecrite", "attendue"), [("2", 2), ("2e", 2), ("2e génération", 2), ("G3", 3), ("", 1)]
)
def test_une_generation_se_dit_en_chiffres(administratrice, ecrite, attendue):
    importer(csv(ligne(gen=ecrite)), administratrice)
    assert contrat().generation == attendue


def test_un_classeur_se_lit_avec_ses_dates_et_ses_nombres(administratrice):
    entetes = ["code_cls", "nom", "region", "codes_insee", "date_signature", "generation", "phase"]
    classeur = classeur_simple(
        entetes, [7, "Essai", 53, 29232, date(2024, 1, 22), 2.0, "signature"]
    )
    importer(classeur, administratrice, nom="liste.xlsx")
    cree = contrat("7")
    assert (cree.date_signature, cree.generation, cree.region_id) == (date(2024, 1, 22), 2, "53")
    assert communes("7") == {"29232"}


# Le porteur


def porteur(code: str = "BRE-01") -> Acteur:
    return Partie.objects.get(contrat=contrat(code), role=RolePartie.PORTEUR).acteur


def test_un_porteur_inconnu_de_l_annuaire_y_entre_comme_collectivite(administratrice):
    rapport = importer(csv(SIGNE), administratrice)
    assert rapport.porteurs_crees == ["CA Quimper Bretagne Occidentale"]
    assert (porteur().type_id, porteur().epci_id, porteur().siren) == (
        "epci",
        QUIMPER_BO,
        QUIMPER_BO,
    )


def test_une_commune_porte_un_contrat(administratrice):
    importer(csv(ligne(siren="212902324")), administratrice)
    assert (porteur().nom, porteur().type_id, porteur().commune_id) == (
        "Commune de Quimper",
        "commune",
        "29232",
    )


def test_un_porteur_deja_dans_l_annuaire_n_est_pas_cree_deux_fois(administratrice):
    connu = Acteur.objects.create(nom="L’agglomération", type_id="epci", siren=QUIMPER_BO)
    rapport = importer(csv(SIGNE, ligne(code="BRE-02")), administratrice)
    assert rapport.porteurs_crees == []
    assert porteur() == porteur("BRE-02") == connu


def test_deux_contrats_du_meme_porteur_neuf_n_en_creent_qu_un(administratrice):
    importer(csv(SIGNE, ligne(code="BRE-02")), administratrice)
    assert porteur() == porteur("BRE-02")


def test_un_siren_hors_des_collectivites_cree_une_organisation_a_nommer(administratrice):
    rapport = importer(csv(ligne(siren="356 000 000")), administratrice)
    assert (porteur().nom, porteur().type_id) == ("Organisation 356000000", "autre")
    assert "Donnez-lui son nom" in rapport.avis[0].message


def test_le_nom_du_porteur_se_donne_dans_une_colonne(administratrice):
    entete = "code_cls;nom;region;porteur_siren;porteur_nom;phase"
    importer(csv("X1;Essai;53;356000000;PETR fictif;intention", entete=entete), administratrice)
    assert porteur("X1").nom == "PETR fictif"


# Les passages et le périmètre datés


def test_un_contrat_mis_en_oeuvre_a_ses_passages_dates(administratrice):
    importer(csv(SIGNE), administratrice)
    assert passages() == [("SIGNATURE", "22/01/2024"), ("MISE_EN_OEUVRE", "22/01/2024")]


def test_les_communes_entrent_au_premier_jour_connu(administratrice):
    importer(csv(SIGNE), administratrice)
    assert set(contrat().perimetres.values_list("date_entree", flat=True)) == {date(2024, 1, 1)}


def test_le_jour_du_perimetre_se_donne_dans_une_colonne(administratrice):
    entete = "code_cls;nom;region;codes_insee;date_perimetre;phase"
    importer(csv("X1;Essai;53;29232;15/03/2025;élaboration", entete=entete), administratrice)
    assert contrat("X1").perimetres.get().date_entree == date(2025, 3, 15)


def test_un_projet_commence_le_jour_de_l_import(administratrice):
    importer(csv(ligne(signature="", debut="", fin="", phase="diagnostic")), administratrice)
    assert passages() == [("DIAGNOSTIC", f"{LE:%d/%m/%Y}")]
    assert communes(le=LE) == {"29232", "29020"}


def test_deux_contrats_du_meme_nom_ont_deux_adresses(administratrice):
    ContratFactory(slug="cornouaille-dessai")
    importer(csv(SIGNE, ligne(code="BRE-02")), administratrice)
    slugs = Contrat.objects.filter(numero__startswith="BRE").values_list("slug", flat=True)
    assert len(set(slugs)) == 2
    assert all(slug.startswith("cornouaille-d-essai") for slug in slugs)


def test_une_simulation_n_ecrit_rien(administratrice):
    rapport = importer(csv(SIGNE), administratrice, simuler=True)
    assert (len(rapport.creations), rapport.est_ecrit) == (1, False)
    assert not Contrat.objects.exists()
    assert not Acteur.objects.filter(siren=QUIMPER_BO).exists()


def test_des_communes_hors_de_la_region_sont_signalees(administratrice):
    rapport = importer(csv(ligne(communes="29232 31117")), administratrice)
    assert "Hors de la région : Castelmaurou." in [avis.message for avis in rapport.avis]


def test_un_contrat_signe_sans_date_de_signature_est_signale(administratrice):
    rapport = importer(csv(ligne(signature="")), administratrice)
    assert any("ne compte pas comme couvert" in avis.message for avis in rapport.avis)


def test_une_commune_fusionnee_donne_celle_qui_lui_succede_et_le_dit(administratrice):
    Commune.objects.create(
        code="29901", nom="Ancienne", departement_id="29", region_id="53", codes_postaux=[],
        date_fin=date(2020, 1, 1), successeur_id="29232",
    )  # fmt: skip
    rapport = importer(csv(ligne(communes="29901 29020")), administratrice)
    assert communes() == {"29232", "29020"}
    (avis,) = rapport.avis
    assert (avis.valeur, avis.colonne) == ("29901", "codes_insee")
    assert "aujourd’hui dans Quimper" in avis.message


def test_le_siege_n_a_pas_a_redire_sa_region(agent_ars):
    importer(csv(ligne(region="", communes=CHATEAUGIRON)), agent_ars)
    assert contrat().region_id == "53"
