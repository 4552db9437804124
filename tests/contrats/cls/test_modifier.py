"""Mettre à jour par le code : chaque écart dit, le reste intact, le passé qui ne bouge pas."""

from datetime import date

import pytest

from acteurs.models import Acteur, Commune
from cls_platform.socle.historique import historique
from contrats.import_cls.passages import REPRIS
from contrats.models import Contrat, Partie, RolePartie
from tests.contrats.cls.listes import (
    CHATEAUGIRON,
    LE,
    SIGNE,
    communes,
    contrat,
    csv,
    ecarts,
    importer,
    messages,
    passages,
)
from tests.contrats.cls.test_creer import ligne, porteur
from tests.factories import ContratFactory, PartieFactory, PassagePhaseFactory

pytestmark = pytest.mark.django_db

PLUS_TARD = date(2027, 3, 1)


@pytest.fixture
def importe(administratrice) -> Contrat:
    importer(csv(SIGNE), administratrice)
    return contrat()


def test_la_meme_liste_deux_fois_ne_change_rien(importe, administratrice):
    rapport = importer(csv(SIGNE), administratrice, le=PLUS_TARD)
    assert (rapport.change, rapport.est_ecrit, len(rapport.inchanges)) == (False, False, 1)
    assert contrat().version == 1
    assert Contrat.objects.count() == 1


def test_chaque_ecart_est_dit_avant_et_apres(importe, administratrice):
    autre = ligne(
        nom="Nouveau nom", signature="23/01/2024", debut="02/01/2024", fin="31/12/2029", gen="2",
        phase="évaluation finale", communes="29232 29051",
    )  # fmt: skip
    rapport = importer(csv(autre), administratrice, simuler=True)
    assert ecarts(rapport) == {
        "nom": ("Cornouaille d’essai", "Nouveau nom"),
        "date_signature": ("22/01/2024", "23/01/2024"),
        "debut": ("01/01/2024", "02/01/2024"),
        "fin": ("31/12/2028", "31/12/2029"),
        "generation": ("1", "2"),
        "phase": ("Mise en œuvre", "Évaluation finale"),
        "codes_insee": (
            "2\u00a0communes",
            "2\u00a0communes\u202f; entrent : Ergué-Gabéric\u202f; sortent : Briec",
        ),
    }
    assert contrat().nom == "Cornouaille d’essai"


def test_une_modification_compte_une_version_signee(importe, administratrice):
    importer(csv(ligne(nom="Nouveau nom")), administratrice)
    change = contrat()
    assert (change.nom, change.version, change.modifie_via) == ("Nouveau nom", 2, "import")
    assert change.slug == importe.slug


def test_une_cellule_vide_ne_change_rien(importe, administratrice):
    vide = "BRE-01;;;;;;;;;"
    assert not importer(csv(vide), administratrice).change


def test_une_colonne_absente_ne_change_rien(importe, administratrice):
    rapport = importer(csv("BRE-01;31/12/2030", entete="code_cls;fin"), administratrice)
    assert ecarts(rapport) == {"fin": ("31/12/2028", "31/12/2030")}
    assert contrat().date_fin == date(2030, 12, 31)


def test_un_contrat_de_la_page_se_met_a_jour_par_son_numero(administratrice):
    ContratFactory(numero="ARS-7", slug="de-la-page", signe=True, nom="De la page")
    importer(csv("ARS-7;Renommé", entete="code_cls;nom"), administratrice)
    assert Contrat.objects.get(slug="de-la-page").nom == "Renommé"


def test_une_liste_ne_change_pas_un_contrat_de_region(importe, administratrice):
    ((_, colonne, _, phrase),) = messages(importer(csv(ligne(region="76")), administratrice))
    assert colonne == "region"
    assert phrase == "Le contrat BRE-01 est en Bretagne : une liste ne le change pas de région."


# Le périmètre


def test_une_commune_qui_entre_entre_aujourd_hui(importe, administratrice):
    importer(csv(ligne(communes="29232 29020 29051")), administratrice)
    assert communes(le=date(2026, 11, 21)) == {"29232", "29020"}
    assert communes(le=LE) == {"29232", "29020", "29051"}


def test_une_commune_qui_sort_garde_son_passe(importe, administratrice):
    importer(csv(ligne(communes="29232")), administratrice)
    assert communes(le=date(2025, 1, 1)) == {"29232", "29020"}
    assert communes(le=LE) == {"29232"}


def test_le_perimetre_peut_se_corriger_depuis_un_jour_donne(importe, administratrice):
    entete = "code_cls;codes_insee;date_perimetre"
    importer(csv("BRE-01;29232 29051;01/01/2024", entete=entete), administratrice)
    assert communes(le=date(2024, 1, 1)) == {"29232", "29051"}
    assert communes(le=LE) == {"29232", "29051"}


def test_une_commune_qui_revient_entre_de_nouveau(importe, administratrice):
    importer(csv(ligne(communes="29232")), administratrice)
    importer(csv(ligne(communes="29232 29020")), administratrice, le=PLUS_TARD)
    assert communes(le=date(2026, 12, 1)) == {"29232"}
    assert communes(le=PLUS_TARD) == {"29232", "29020"}


def test_une_sortie_du_jour_s_annule(importe, administratrice):
    importer(csv(ligne(communes="29232")), administratrice)
    importer(csv(SIGNE), administratrice)
    assert contrat().perimetres.get(commune="29020").date_sortie is None


def test_un_jour_de_perimetre_a_venir_est_refuse(importe, administratrice):
    entete = "code_cls;codes_insee;date_perimetre"
    ((_, colonne, _, phrase),) = messages(
        importer(csv("BRE-01;29232;01/01/2030", entete=entete), administratrice)
    )
    assert colonne == "date_perimetre"
    assert "avenant" in phrase


def test_une_commune_fusionnee_depuis_ne_change_pas_le_perimetre(importe, administratrice):
    """Le périmètre garde l’ancienne commune ; la liste dit l’ancienne ou la nouvelle."""
    Commune.objects.filter(pk="29020").update(date_fin=date(2026, 1, 1), successeur_id="29232")
    for codes in ("29232", "29232 29020", "29020"):
        assert not importer(csv(ligne(communes=codes)), administratrice).change


# Les dates et les phases


def test_une_signature_corrigee_redate_les_passages_et_l_entree_des_communes(
    importe, administratrice
):
    importer(csv(ligne(signature="15/06/2023", debut="15/06/2023")), administratrice)
    assert passages() == [("SIGNATURE", "15/06/2023"), ("MISE_EN_OEUVRE", "15/06/2023")]
    assert communes(le=date(2023, 6, 15)) == {"29232", "29020"}


def test_un_projet_qui_se_signe_garde_son_temps_de_projet(administratrice):
    importer(csv(ligne(signature="", debut="", fin="", phase="diagnostic")), administratrice)
    importer(
        csv(ligne(signature="10/01/2027", debut="01/01/2027", fin="31/12/2031")),
        administratrice,
        le=PLUS_TARD,
    )
    assert passages() == [
        ("DIAGNOSTIC", "22/11/2026"),
        ("SIGNATURE", "10/01/2027"),
        ("MISE_EN_OEUVRE", "10/01/2027"),
    ]
    assert communes(le=LE) == {"29232", "29020"}


def test_une_phase_venue_d_une_liste_se_corrige_par_une_liste(administratrice):
    importer(csv(ligne(phase="clos")), administratrice)
    importer(csv(SIGNE), administratrice)
    assert [phase for phase, _ in passages()] == ["SIGNATURE", "MISE_EN_OEUVRE"]


@pytest.fixture
def tenu_a_la_main(db) -> Contrat:
    """Ses passages ont été notés par une personne."""
    tenu = ContratFactory(numero="BRE-01", signe=True, nom="Cornouaille d’essai")
    PassagePhaseFactory(
        contrat=tenu, vers="SIGNATURE", date_effet=date(2024, 1, 20), raison="Conseil"
    )
    PassagePhaseFactory(
        contrat=tenu, de="SIGNATURE", vers="MISE_EN_OEUVRE", date_effet=date(2024, 2, 1)
    )
    return tenu


def test_des_passages_notes_par_une_personne_ne_bougent_pas(tenu_a_la_main, administratrice):
    importer(csv(ligne(signature="05/01/2024", phase="évaluation")), administratrice)
    assert passages() == [
        ("SIGNATURE", "20/01/2024"),
        ("MISE_EN_OEUVRE", "01/02/2024"),
        ("EVALUATION", "22/11/2026"),
    ]
    assert contrat().passages.get(vers="EVALUATION").raison == REPRIS
    assert contrat().passages.get(vers="EVALUATION").de == "MISE_EN_OEUVRE"


def test_une_phase_que_la_table_n_admet_pas_est_refusee(tenu_a_la_main, administratrice):
    Contrat.objects.filter(pk=tenu_a_la_main.pk).update(phase="CLOS")
    ((_, colonne, _, phrase),) = messages(importer(csv(SIGNE), administratrice))
    assert colonne == "phase"
    assert "« Clos » ne passe pas à « Mise en œuvre »" in phrase


# Le porteur


def test_un_autre_porteur_remplace_celui_de_la_liste(importe, administratrice):
    importer(csv(ligne(siren=CHATEAUGIRON)), administratrice)
    assert porteur().siren == CHATEAUGIRON
    assert contrat().parties.count() == 1


def test_l_ancien_porteur_qui_a_signe_reste_signataire(administratrice):
    tenu = ContratFactory(numero="BRE-01", signe=True)
    ancien = PartieFactory(
        contrat=tenu, porteur=True, signee=True, representant_nom="Nom Fictif"
    ).acteur
    importer(csv(f"BRE-01;{CHATEAUGIRON}", entete="code_cls;porteur_siren"), administratrice)
    assert porteur().siren == CHATEAUGIRON
    reste = Partie.objects.get(contrat=tenu, acteur=ancien)
    assert (reste.role, reste.representant_nom) == (RolePartie.SIGNATAIRE, "Nom Fictif")


def test_un_porteur_inchange_ne_cree_aucune_organisation(importe, administratrice):
    avant = Acteur.objects.count()
    importer(csv(ligne(nom="Autre nom")), administratrice)
    assert Acteur.objects.count() == avant


def test_une_modification_par_une_liste_est_dans_l_histoire_du_contrat(importe, administratrice):
    importer(csv(ligne(nom="Nouveau nom")), administratrice)
    evenements = historique(contrat(), limite=5)
    assert any("Nouveau nom" in str(evenement) for evenement in evenements)
