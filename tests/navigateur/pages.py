"""Chaque page que la matrice des droits connaît, avec les personnages qui la lisent."""

from collections.abc import Callable

from django.urls import reverse

from tests.appuis.jeu import MODELE_REGIONAL
from tests.droits.matrice import TABLE as COMMUNE
from tests.droits.matrice import TOUS, Ligne
from tests.droits.matrice_a_faire import A_FAIRE
from tests.droits.matrice_argent import ARGENT
from tests.droits.matrice_lots import LOTS
from tests.droits.matrice_tableur import TABLEUR
from tests.droits.matrice_vues import VUES

TABLE = [*COMMUNE, *LOTS, *TABLEUR, *VUES, *ARGENT, *A_FAIRE]
# Un fichier, un fragment, une sonde : pas des pages
PAS_DES_PAGES = {
    "contrats:carte_couverture",
    "contrats:a_faire_exporter",
    "acteurs:modele_donnees",
    "contrats:couverture_communes_exporter",
    "contrats:couverture_evolution_exporter",
    "contrats:couverture_exporter",
    "contrats:decisions_exporter",
    "contrats:document_telecharger",
    "contrats:exporter_cls",
    "contrats:modele_cls",
    "contrats:exporter_plan",
    "contrats:exporter_fiches",
    "contrats:import_travail",
    "contrats:pilotage_exporter",
    "contrats:plan_budget_csv",
    "contrats:reunion_agenda",
    "indicateurs:classeur",
    "contrats:reunion_publique",
    "contrats:reunions_publiques",
    "indicateurs:beneficiaires_exporter",
    "indicateurs:comparaison_exporter",
    "indicateurs:en_retard",
    "indicateurs:chaine_exporter",
    "indicateurs:evaluation_exporter",
    "indicateurs:recommandations_exporter",
    "indicateurs:region_exporter",
    "indicateurs:region_indicateur_exporter",
    "bilans:bilan_csv",
    "bilans:bilan_json",
    "bilans:bilan_partage",
    "bilans:bilan_pdf",
    "bilans:reactions_a_lire",
    "bilans:robots",
    "bilans:sitemap",
    "bilans:a_relire",
    "bilans:parution",
    "bilans:langage_sigle",
    "bilans:campagne",
    "bilans:comparer_csv",
    "bilans:comparer_espace_csv",
    "bilans:ecrire",
    "bilans:ecrire_apercu",
    "bilans:ecrire_page",
    "bilans:image",
    "bilans:telecharger",
    "bilans:travail",
    "contrats:lot_travail",
    "bilans:fiche_pdf",
    "bilans:fiche_docx",
    "bilans:adresse_courte",
    "bilans:document_fichier",
    "bilans:document_travail",
    "bilans:edition_pdf",
    "bilans:edition_csv",
    "bilans:edition_json",
    "bilans:dossier_fichier",
    "bilans:dossier_travail",
    "socle:feuille_publique",
    "socle:theme",
    "socle:vivant",
    "socle:pret",
}
# La voisine et l’administratrice voient les pages de la coordinatrice ; la déléguée, celles du siège
LECTRICES = ("anonyme", "coordinatrice", "elue", "pilote", "partenaire", "lectrice", "agent_ars")
COMPTES = {
    "anonyme": ("account_login", "account_reset_password"),
    "coordinatrice": ("account_email", "account_change_password", "mfa_index", "account_logout"),
    "agent_ars": ("indicateurs:modele", "indicateurs:modele_effacer"),
}
# Leurs droits s’éprouvent ailleurs que dans la table : ce que l’adresse nomme
NOMME = {route: {"modele": MODELE_REGIONAL} for route in COMPTES["agent_ars"]}
DU_CONTRAT = "contrat_id = (SELECT id FROM contrats_contrat WHERE slug = 'essai-cornouaille')"
RECUE = "FROM contrats_contribution c JOIN contrats_liencontribution l ON l.id = c.lien_id"
DE_LA_FICHE = (
    f"action_id = (SELECT id FROM contrats_action WHERE {DU_CONTRAT} AND numero = '2.1') LIMIT 1"
)
DES_INSTANCES = f"instance_id IN (SELECT id FROM contrats_instance WHERE {DU_CONTRAT})"
DU_BILAN = (
    f"bilan_id = (SELECT id FROM bilans_bilan WHERE {DU_CONTRAT} AND statut = 'BROUILLON' LIMIT 1)"
)
DE_L_EVALUATION = (
    f"evaluation_id = (SELECT id FROM indicateurs_evaluation WHERE {DU_CONTRAT}) LIMIT 1"
)
CLES = {
    "contrat": "SELECT id FROM contrats_contrat WHERE slug = 'essai-cornouaille'",
    "avenant": f"SELECT id FROM contrats_avenant WHERE {DU_CONTRAT} LIMIT 1",
    "action": f"SELECT id FROM contrats_action WHERE {DU_CONTRAT} AND numero = '2.1'",
    "partie": f"SELECT id FROM contrats_partie WHERE {DU_CONTRAT} AND role = 'PORTEUR'",
    "participation": (
        f"SELECT id FROM contrats_participation WHERE {DU_CONTRAT} AND role = 'LECTEUR'"
    ),
    "indicateur": f"SELECT id FROM indicateurs_indicateur WHERE {DU_CONTRAT} AND ordre = 1",
    "mesure": (
        "SELECT m.id FROM indicateurs_mesure m JOIN indicateurs_indicateur i"
        f" ON i.id = m.indicateur_id WHERE i.{DU_CONTRAT} AND i.ordre = 1 LIMIT 1"
    ),
    "campagne": f"SELECT id FROM bilans_campagne WHERE {DU_CONTRAT}",
    "photo": f"SELECT id FROM bilans_imagebilan WHERE {DU_CONTRAT} AND genre = 'PHOTO' LIMIT 1",
    "logo": f"SELECT id FROM bilans_imagebilan WHERE {DU_CONTRAT} AND genre = 'LOGO' LIMIT 1",
    "bilan": f"SELECT id FROM bilans_bilan WHERE {DU_CONTRAT} AND statut = 'BROUILLON' LIMIT 1",
    "annonce": f"SELECT id FROM bilans_annoncebilan WHERE {DU_BILAN} LIMIT 1",
    "commentaire": f"SELECT id FROM bilans_commentairebilan WHERE {DU_BILAN} LIMIT 1",
    "avis_demande": f"SELECT id FROM bilans_avisbilan WHERE {DU_BILAN} AND rendu_le IS NULL LIMIT 1",
    "visa": f"SELECT id FROM bilans_visabilan WHERE {DU_BILAN}",
    "dossier": f"SELECT id FROM bilans_dossierfiches WHERE {DU_CONTRAT}",
    "contribution": f"SELECT c.id {RECUE} WHERE {DU_CONTRAT}",
    "lien": f"SELECT l.id {RECUE} WHERE {DU_CONTRAT}",
    "lot": f"SELECT id FROM contrats_lot WHERE {DU_CONTRAT} AND etat = 'PREVU'",
    "axe": f"SELECT id FROM contrats_axe WHERE {DU_CONTRAT} AND numero = '1'",
    "copie": "SELECT id FROM socle_travail WHERE genre = 'copie_plan'",
    "jetee": f"SELECT id FROM contrats_action WHERE {DU_CONTRAT} AND corbeille_le IS NOT NULL",
    "partage": f"SELECT id FROM contrats_partageaction WHERE {DU_CONTRAT}",
    "champ_libre": f"SELECT id FROM contrats_champlibre WHERE {DU_CONTRAT}",
    "document": f"SELECT id FROM contrats_documentaction WHERE {DE_LA_FICHE}",
    "financement": f"SELECT id FROM contrats_financement WHERE {DE_LA_FICHE}",
    "jalon": f"SELECT id FROM contrats_jalon WHERE {DE_LA_FICHE}",
    "ligne": f"SELECT id FROM contrats_lignebudget WHERE {DE_LA_FICHE}",
    "note": f"SELECT id FROM contrats_notesuivi WHERE {DE_LA_FICHE}",
    "recu": f"SELECT id FROM contrats_importplan WHERE {DU_CONTRAT} LIMIT 1",
    "recit": (
        "SELECT r.id FROM indicateurs_recit r JOIN indicateurs_indicateur i"
        f" ON i.id = r.indicateur_id WHERE i.{DU_CONTRAT} LIMIT 1"
    ),
    "instance": f"SELECT id FROM contrats_instance WHERE {DU_CONTRAT}",
    "reunion": f"SELECT id FROM contrats_reunion WHERE {DES_INSTANCES} AND etat = 'TENUE'",
    "decision": (
        "SELECT d.id FROM contrats_decisionreunion d JOIN contrats_reunion r ON r.id = d.reunion_id"
        f" WHERE r.{DES_INSTANCES} LIMIT 1"
    ),
    "besoin": f"SELECT id FROM indicateurs_besoin WHERE {DU_CONTRAT} AND ordre = 1",
    "evaluation": f"SELECT id FROM indicateurs_evaluation WHERE {DU_CONTRAT}",
    "question": f"SELECT id FROM indicateurs_questionevaluative WHERE {DE_L_EVALUATION}",
    "etape": f"SELECT id FROM indicateurs_etapeevaluation WHERE {DE_L_EVALUATION}",
    "recommandation": f"SELECT id FROM indicateurs_recommandation WHERE {DE_L_EVALUATION}",
    "action_de_l_effet": "SELECT action_id FROM indicateurs_effet LIMIT 1",
    "indicateur_de_l_effet": "SELECT indicateur_id FROM indicateurs_effet LIMIT 1",
    "reaction": f"SELECT id FROM bilans_reaction WHERE {DU_CONTRAT} LIMIT 1",
    "publie": f"SELECT id FROM bilans_bilan WHERE {DU_CONTRAT} AND annee = 2024",
}


def visites() -> list[tuple[str, str]]:
    """(personnage, route) pour chaque page que le personnage a le droit de lire."""
    lignes = [li for li in TABLE if li.methode == "GET" and li.route not in PAS_DES_PAGES]
    des_contrats = [
        (personnage, ligne.route)
        for ligne in lignes
        for personnage in LECTRICES
        if personnage in ligne.qui and not (ligne.qui == TOUS and personnage not in DU_PUBLIC)
    ]
    return des_contrats + [(p, route) for p, routes in COMPTES.items() for route in routes]


def lecteurs(route: str) -> list[str]:
    """Qui lit cette page, celles qui y trouvent le plus de boutons d’abord."""
    return sorted(
        {p for p, lue in visites() if lue == route},
        key=("coordinatrice", *COMPTES, *LECTRICES).index,
    )


# Une page publique est la même pour tous ; l’en-tête change pour qui est connecté
DU_PUBLIC = ("anonyme", "coordinatrice")


def adresse(route: str, cle: Callable[[str], str]) -> str:
    ligne = next((li for li in TABLE if li.route == route and li.methode == "GET"), None)
    if ligne is None:
        return reverse(route, kwargs=NOMME.get(route, {}))
    return reverse(route, kwargs=arguments(ligne, cle))


def arguments(ligne: Ligne, cle: Callable[[str], str]) -> dict:
    if not ligne.objet:
        return dict(ligne.parametres)
    if ligne.objet == "slug":
        return {"slug": "essai-cornouaille", **ligne.parametres}
    if ligne.objet == "cle":
        return {"cle": cle(CLES["contrat"]), **ligne.parametres}
    if ligne.objet == "effet":
        return {
            "pk": cle(CLES["action_de_l_effet"]),
            "indicateur": cle(CLES["indicateur_de_l_effet"]),
        }
    return {"pk": cle(CLES[ligne.objet]), **ligne.parametres}
