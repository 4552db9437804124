"""Trois tableurs de coordination, tels quels : chacun entre sans être retouché."""

from datetime import date

import pytest

from contrats.etats import StatutAction
from contrats.models import Action, ActionActeur, NiveauObjectif, RoleActeur
from tests.contrats.tableur.classeurs import (
    CSV_DE_LA_COORDINATION,
    grand_tableau,
    importer,
    niveaux_dans_une_cellule,
)
from tests.factories import ActeurFactory


@pytest.fixture
def organisations(cpts):
    return {nom: ActeurFactory(nom=nom) for nom in ("Relais fictif", "CAF du Test")}


def fiche(contrat, titre) -> Action:
    return contrat.actions.get(titre=titre)


def partenaires(action, role=RoleActeur.PARTENAIRE) -> set[str]:
    liens = ActionActeur.objects.filter(action=action, role=role)
    return set(liens.values_list("acteur__nom", flat=True))


@pytest.fixture
def grand(contrat, coordinatrice, organisations):
    return importer(
        contrat, grand_tableau(), coordinatrice, feuille="Actions", creer_organisations=True
    )


def test_un_grand_tableau_entre_sans_une_erreur(grand, contrat):
    assert [str(e) for e in grand.erreurs] == []
    assert len(grand.creations) == 4
    assert contrat.actions.count() == 4


def test_les_colonnes_inconnues_sont_nommees(grand):
    assert grand.colonnes_inconnues == [f"Colonne maison {n}" for n in "ABCDEFGHIJKL"]


def test_la_hierarchie_laissee_vide_est_celle_du_dessus(grand, contrat):
    for titre in ("Ouvrir une permanence 🩺", "Former les pharmacies"):
        action = fiche(contrat, titre)
        assert (action.axe.numero, action.axe.titre) == ("1", "Accès aux soins")
        assert action.objectif.titre == "Ouvrir des permanences"
        assert action.objectif.niveau == NiveauObjectif.OPERATIONNEL
        assert action.objectif.parent.titre == "Rapprocher les soins"
    assert contrat.axes.count() == 2


def test_un_axe_qui_change_ne_garde_pas_l_objectif_du_dessus(grand, contrat):
    action = fiche(contrat, "Cuisiner à petit budget")
    assert action.axe.titre == "Prévention"
    assert (action.objectif.titre, action.objectif.parent) == ("Dépister", None)


@pytest.mark.parametrize(
    ("titre", "statut", "debut", "fin"),
    [
        ("Ouvrir une permanence 🩺", StatutAction.EN_COURS, date(2025, 1, 1), date(2026, 12, 31)),
        ("Former les pharmacies", StatutAction.REALISEE, date(2025, 4, 1), date(2027, 12, 31)),
        ("Marcher ensemble", StatutAction.A_VENIR, date(2025, 1, 1), date(2027, 12, 31)),
        ("Cuisiner à petit budget", StatutAction.A_DISCUTER, None, None),
    ],
)
def test_statuts_et_dates_se_lisent_comme_on_les_ecrit(grand, contrat, titre, statut, debut, fin):
    action = fiche(contrat, titre)
    assert (action.statut, action.date_debut, action.date_fin) == (statut, debut, fin)


def test_plusieurs_partenaires_dans_une_cellule(grand, contrat):
    assert partenaires(fiche(contrat, "Ouvrir une permanence 🩺")) == {
        contrat.ars.nom,
        "Relais fictif",
        "CAF du Test",
    }
    assert partenaires(fiche(contrat, "Former les pharmacies")) == {
        "Protection civile et secourisme"
    }


def test_le_pilote_est_reconnu_sans_sa_casse(grand, contrat, cpts):
    assert fiche(contrat, "Former les pharmacies").pilote == cpts


def test_ce_qui_est_importe_dit_qui_et_par_ou(grand, contrat, coordinatrice):
    action = fiche(contrat, "Marcher ensemble")
    assert (action.version, action.modifie_par, action.modifie_via) == (1, coordinatrice, "import")
    assert action.events.get().modifie_via == "import"


def test_un_second_passage_du_meme_fichier_ne_change_rien(grand, contrat, coordinatrice):
    encore = importer(
        contrat, grand_tableau(), coordinatrice, feuille="Actions", creer_organisations=True
    )
    assert [(m.titre, m.ecarts) for m in encore.modifications] == []
    assert (len(encore.creations), len(encore.inchangees)) == (0, 4)
    assert contrat.axes.count() == 2


def test_trois_niveaux_ecrits_dans_une_cellule(contrat, coordinatrice, organisations):
    changements = importer(
        contrat, niveaux_dans_une_cellule(), coordinatrice, creer_organisations=True
    )
    assert not changements.erreurs
    action = fiche(contrat, "Sport sur ordonnance")
    assert action.axe.titre == "BIEN VIVRE"
    assert action.objectif.titre == "Marcher et courir"
    assert action.objectif.niveau == NiveauObjectif.OPERATIONNEL
    assert action.objectif.parent.titre == "Bouger"
    assert (action.date_debut, action.date_fin) == (date(2025, 1, 1), date(2027, 12, 31))


def test_un_titre_fusionne_sur_deux_lignes_est_une_seule_fiche(
    contrat, coordinatrice, organisations
):
    importer(contrat, niveaux_dans_une_cellule(), coordinatrice, creer_organisations=True)
    assert contrat.actions.count() == 2
    assert partenaires(fiche(contrat, "Sport sur ordonnance")) == {
        "CPTS des Essais",
        "CAF du Test",
        "Commune Test",
    }


def test_un_calendrier_sans_date_reste_un_texte(contrat, coordinatrice):
    importer(contrat, niveaux_dans_une_cellule(), coordinatrice)
    action = fiche(contrat, "Repérer les fragilités")
    assert (action.echeancier, action.date_debut) == ("tous les mardis", None)
    assert (action.axe.titre, action.objectif) == ("VIEILLIR CHEZ SOI", None)


def test_un_csv_en_encodage_d_excel(contrat, coordinatrice):
    changements = importer(contrat, CSV_DE_LA_COORDINATION, coordinatrice, nom="plan.csv")
    assert not changements.erreurs
    assert changements.colonnes_inconnues == ["Budget (€)"]
    action = fiche(contrat, "=SOMME(A1)")
    assert set(action.themes.values_list("code", flat=True)) == {"sante_mentale", "addictions"}
    assert set(action.populations.values_list("code", flat=True)) == {"jeunes_16_25", "etudiants"}
    assert (action.date_debut, action.date_fin) == (date(2025, 3, 1), date(2026, 12, 31))
    assert action.priorite == "ELEVE"
    assert action.description.startswith("<b>gras</b>\n")


def test_ce_qui_n_est_pas_repris_est_dit_avec_sa_cellule(contrat, coordinatrice):
    changements = importer(contrat, CSV_DE_LA_COORDINATION, coordinatrice, nom="plan.csv")
    (avis,) = changements.avertissements
    assert (avis.feuille, avis.ligne, avis.colonne, avis.valeur) == (
        "plan", 3, "Public cible", "Martiens",
    )  # fmt: skip
