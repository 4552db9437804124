"""Charger un zonage : ce qui est repris, ce qui est refusé et pourquoi, les millésimes."""

import pytest

from acteurs.models import EditionZonage, Zone, ZoneCommune
from cls_platform.socle.erreurs import DroitRefuse, ErreurMetier
from tests.acteurs.donnees.fichiers import charger_zonage, csv, messages
from tests.contrats.tableur.classeurs import classeur_simple

pytestmark = pytest.mark.django_db

DEUX_ZONES = csv(
    "code_zone;nom_zone;population;code_commune",
    "Z1;Secteur d’essai 1;1200;29232",
    "Z1;Secteur d’essai 1;1200;29020",
    "Z2;Secteur d’essai 2;;29051 29170",
)


def presences() -> set[tuple[str, str]]:
    return set(ZoneCommune.objects.values_list("zone__code", "commune_id"))


def test_chaque_zone_est_ecrite_avec_ses_communes(administratrice):
    rapport = charger_zonage(DEUX_ZONES, administratrice)
    assert rapport.est_ecrit
    assert presences() == {("Z1", "29232"), ("Z1", "29020"), ("Z2", "29051"), ("Z2", "29170")}
    zone = Zone.objects.get(code="Z1")
    assert (zone.nom, zone.population) == ("Secteur d’essai 1", 1200)
    edition = EditionZonage.objects.get()
    assert (edition.charge_par, edition.fichier) == (administratrice, "zonage.csv")
    assert len(edition.sha256) == 64


def test_une_simulation_n_ecrit_rien_et_dit_ce_qui_serait_repris(administratrice):
    rapport = charger_zonage(DEUX_ZONES, administratrice, simuler=True)
    assert not rapport.est_ecrit
    assert [ligne.numero for ligne in rapport.reprises] == [2, 3, 4]
    assert rapport.reprises[2].territoire == "Ergué-Gabéric, Plomelin"
    assert not EditionZonage.objects.exists()


def test_trois_pour_cent_de_codes_faux_n_ecrivent_rien_sans_choix(administratrice):
    lignes = [f"Z{n};Zone d’essai {n};29232" for n in range(97)]
    lignes += ["Z97;Fausse;29999", "Z98;Fausse;Quimper", "Z99;Fausse;"]
    contenu = csv("code_zone;nom_zone;code_commune", *lignes)
    rapport = charger_zonage(contenu, administratrice)
    assert (len(rapport.reprises), rapport.refusees, rapport.est_ecrit) == (97, 3, False)
    assert messages(rapport) == [
        (99, "code_commune", "Aucune commune n’a, ou n’a eu, ce code Insee."),
        (100, "code_commune", "Un code Insee de commune s’écrit 29232 ou 2A004."),
        (101, "code_commune", "Il manque le code de la commune."),
    ]
    assert not Zone.objects.exists()


def test_les_lignes_justes_s_importent_si_la_personne_le_choisit(administratrice):
    contenu = csv("code_zone;nom_zone;code_commune", "Z1;Juste;29232", "Z2;Fausse;29999")
    rapport = charger_zonage(contenu, administratrice, lignes_justes=True)
    assert rapport.est_ecrit
    assert presences() == {("Z1", "29232")}


def test_une_commune_fusionnee_donne_celle_qui_lui_succede_et_le_dit(administratrice, fusionnee):
    rapport = charger_zonage(csv("code_zone;code_commune", "Z1;29901"), administratrice)
    assert presences() == {("Z1", "29232")}
    (avis,) = rapport.avis
    assert (avis.ligne, avis.valeur) == (2, "29901")
    assert "aujourd’hui dans Quimper" in avis.message


def test_une_commune_et_son_ancienne_ne_font_qu_une(administratrice, fusionnee):
    rapport = charger_zonage(csv("code_zone;code_commune", "Z1;29232", "Z1;29901"), administratrice)
    assert not rapport.erreurs
    assert presences() == {("Z1", "29232")}


def test_une_commune_ecrite_deux_fois_dans_sa_zone_est_refusee(administratrice):
    rapport = charger_zonage(csv("code_zone;code_commune", "Z1;29232", "Z1;29232"), administratrice)
    assert messages(rapport) == [(3, "code_commune", "Quimper est déjà dans cette zone, ligne 2.")]


def test_une_commune_peut_toucher_deux_quartiers(administratrice):
    rapport = charger_zonage(
        csv("code_zone;code_commune", "Z1;29232", "Z2;29232"), administratrice, "QPV"
    )
    assert rapport.est_ecrit


def test_un_classement_ne_met_pas_une_commune_dans_deux_classes(administratrice):
    contenu = csv("depcom;zonage", "29232;ZIP", "29232;ZAC")
    rapport = charger_zonage(contenu, administratrice, "ZONAGE_MEDECINS")
    assert messages(rapport) == [
        (3, "depcom", "Quimper est déjà dans la zone ZIP à la ligne 2 : une commune n’en a qu’une.")
    ]


def test_sans_code_de_zone_une_classe_fait_une_zone(administratrice):
    contenu = csv(
        "code_commune;classe", "29232;Zone d’intervention prioritaire", "29020;zip", "29051;HZ"
    )
    charger_zonage(contenu, administratrice, "ZONAGE_MEDECINS")
    assert presences() == {("ZIP", "29232"), ("ZIP", "29020"), ("HZ", "29051")}
    assert Zone.objects.get(code="ZIP").nom == "Zone d’intervention prioritaire"


@pytest.mark.parametrize(
    ("ligne", "colonne", "attendu"),
    [
        (
            "Z1;29232;XYZ;12",
            "classe",
            "Cette classe n’existe pas. Écrivez l’une de : HZ, ZAC, ZIP.",
        ),
        ("Z1;29232;;12", "classe", "Il manque la classe."),
        ("Z1;29232;ZIP;beaucoup", "population", "Ce n’est pas un nombre"),
        ("Z1;29232;ZIP;-3", "population", "Un effectif est un nombre entier"),
        ("Z1;29232;ZIP;12,5", "population", "Un effectif est un nombre entier"),
        (f"{'Z' * 41};29232;ZIP;1", "code_zone", "trop long"),
        ("#REF!;29232;ZIP;1", "code_zone", "erreur de formule"),
    ],
)
def test_chaque_valeur_impossible_est_refusee_avec_sa_colonne(
    administratrice, ligne, colonne, attendu
):
    contenu = csv("code_zone;code_commune;classe;population", ligne)
    (refus,) = messages(charger_zonage(contenu, administratrice, "ZONAGE_MEDECINS"))
    assert refus[:2] == (2, colonne)
    assert attendu in refus[2]


def test_une_zone_decrite_de_deux_facons_est_refusee(administratrice):
    contenu = csv("code_zone;nom_zone;code_commune", "Z1;Un nom;29232", "Z1;Un autre;29020")
    rapport = charger_zonage(contenu, administratrice)
    assert messages(rapport) == [(3, "code_zone", "Cette zone est décrite autrement à la ligne 2.")]


def test_le_meme_fichier_deux_fois_ne_change_rien(administratrice):
    charger_zonage(DEUX_ZONES, administratrice)
    avant = EditionZonage.objects.values("pk", "charge_le", "sha256").get()
    rapport = charger_zonage(DEUX_ZONES, administratrice)
    assert (rapport.est_ecrit, rapport.editions[0].etat) == (False, "inchangee")
    assert EditionZonage.objects.values("pk", "charge_le", "sha256").get() == avant


def test_le_meme_contenu_dans_un_classeur_ne_change_rien_non_plus(administratrice):
    charger_zonage(
        csv("code_zone;code_commune", "Z1;1004", "Z1;29232"), administratrice, lignes_justes=True
    )
    classeur = classeur_simple(["code_commune", "code_zone"], [29232, "Z1"])
    assert not charger_zonage(classeur, administratrice, nom="z.xlsx").change


def test_un_millesime_ne_se_remplace_que_si_on_le_demande(administratrice):
    charger_zonage(DEUX_ZONES, administratrice)
    autre = csv("code_zone;nom_zone;code_commune", "Z1;Secteur d’essai 1;29232")
    with pytest.raises(ErreurMetier, match="déjà chargé"):
        charger_zonage(autre, administratrice)
    assert len(presences()) == 4
    rapport = charger_zonage(autre, administratrice, remplacer=True)
    assert (rapport.editions[0].etat, rapport.editions[0].retraits) == ("remplacee", 3)
    assert presences() == {("Z1", "29232")}
    assert EditionZonage.objects.count() == 1


def test_deux_millesimes_sont_gardes(administratrice):
    charger_zonage(DEUX_ZONES, administratrice, millesime="2015")
    charger_zonage(DEUX_ZONES, administratrice, millesime="2024")
    assert set(EditionZonage.objects.values_list("millesime", flat=True)) == {"2015", "2024"}


# Qui charge quoi


def test_le_siege_d_une_ars_charge_sa_region(agent_ars):
    rapport = charger_zonage(DEUX_ZONES, agent_ars, region="53")
    assert rapport.est_ecrit
    assert EditionZonage.objects.get().region_id == "53"


def test_une_commune_hors_de_la_region_du_chargement_est_refusee(agent_ars):
    rapport = charger_zonage(csv("code_zone;code_commune", "Z1;31117"), agent_ars, region="53")
    assert messages(rapport) == [
        (2, "code_commune", "Castelmaurou n’est pas dans la région de ce chargement.")
    ]


@pytest.mark.parametrize("region", [None, "76"])
def test_le_siege_ne_charge_ni_la_france_ni_une_autre_region(agent_ars, region):
    with pytest.raises(DroitRefuse, match="votre région"):
        charger_zonage(DEUX_ZONES, agent_ars, region=region)


@pytest.mark.parametrize("personnage", ["agent_dd", "coordinatrice", "voisine", "lectrice"])
def test_les_autres_ne_chargent_rien(request, personnage):
    with pytest.raises(DroitRefuse, match="charger des zonages"):
        charger_zonage(DEUX_ZONES, request.getfixturevalue(personnage), region="53")


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_de_lignes(administratrice, nombre_requetes):
    def charger(nombre: int) -> int:
        lignes = [f"Z{n};29232" for n in range(nombre)]
        contenu = csv("code_zone;code_commune", *lignes)
        return nombre_requetes(
            lambda: charger_zonage(contenu, administratrice, "QPV", millesime=str(nombre))
        )

    assert charger(300) <= charger(3)
