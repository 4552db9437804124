"""Ce qui entre dans un dossier : les sections demandées, dans l’ordre du plan, et rien d’autre."""

from datetime import date

import pytest

from acteurs.droits import Droit
from bilans.dossier.construction import DossierVide, construire
from bilans.dossier.contenu import Champ, Tableau
from bilans.dossier.passages import passages
from bilans.dossier.sections import (
    SUR_DEMANDE,
    Reglages,
    SectionFiche,
    reglages,
    relire,
    sections_permises,
    sections_proposees,
)
from tests.bilans.dossier.appuis import TOUTES, dossier_de, fiche_remplie
from tests.factories import ActionFactory, AxeFactory, ObjectifFactory


def textes(fiche) -> str:
    """Tout ce que les sections d’une fiche disent."""
    dits = []
    for section in fiche.sections:
        for bloc in section.blocs:
            if isinstance(bloc, Champ):
                dits += [bloc.libelle, *(ligne for p in bloc.passages for ligne in p.lignes)]
            else:
                dits += [bloc.titre, bloc.note, *(c for ligne in bloc.lignes for c in ligne)]
    return "\n".join(dits)


@pytest.mark.parametrize("section", SectionFiche)
def test_une_section_demandee_est_seule_montree(contrat, section):
    fiche_remplie(contrat)
    (fiche,) = dossier_de(contrat, section).fiches
    assert [s.code for s in fiche.sections] == [section]


@pytest.mark.parametrize(
    ("section", "dit"),
    [
        (SectionFiche.PILOTAGE, "Camille Exemple"),
        (SectionFiche.OBJECTIFS, "Rapprocher les soins."),
        (SectionFiche.DESCRIPTION, "Un bus tourne"),
        (SectionFiche.ETAPES, "Signer la convention d’essai"),
        (SectionFiche.PUBLICS, "Le bourg"),
        (SectionFiche.PARTENAIRES, "Relais des Essais"),
        (SectionFiche.MOYENS, "Un infirmier"),
        (SectionFiche.BUDGET, "43\u202f210\u00a0€"),
        (SectionFiche.INDICATEURS, "187 (2025)"),
        (SectionFiche.EVALUATION, "Questionnaire"),
        (SectionFiche.FREINS, "La neige."),
        (SectionFiche.RATTACHEMENTS, "Accès aux soins"),
        (SectionFiche.LIBRES, "ANA-42"),
        (SectionFiche.JOURNAL, "Deux permanences tenues."),
        (SectionFiche.DOCUMENTS, "Affiche d’essai"),
    ],
)
def test_chaque_section_dit_ce_que_dit_la_fiche(contrat, section, dit):
    fiche_remplie(contrat)
    avec, sans = dossier_de(contrat, section), [s for s in TOUTES if s != section]
    assert dit in textes(avec.fiches[0])
    assert dit not in textes(dossier_de(contrat, *sans).fiches[0])


def test_le_pilote_et_les_dates_sont_en_tete_de_chaque_fiche(contrat, action):
    (fiche,) = dossier_de(contrat, SectionFiche.MOYENS).fiches
    reperes = dict(fiche.reperes)
    assert reperes["Pilote"] == "CPTS des Essais"
    assert reperes["Calendrier"] == "du 1ᵉʳ\u00a0septembre 2024 au 31\u00a0décembre 2027"
    assert fiche.mot_du_statut == "En cours"


def test_les_fiches_suivent_l_ordre_du_plan_axe_par_axe(contrat):
    deux, un = (AxeFactory(contrat=contrat, ordre=rang, numero=str(rang)) for rang in (2, 1))
    objectif = ObjectifFactory(axe=un, numero="1.1", titre="Se soigner ici")
    ActionFactory(contrat=contrat, numero="T.1")
    ActionFactory(contrat=contrat, axe=deux, numero="2.1")
    ActionFactory(contrat=contrat, axe=un, objectif=objectif, numero="1.1.1")
    dossier = dossier_de(contrat)
    assert [f.numero for f in dossier.fiches] == ["1.1.1", "2.1", "T.1"]
    assert [g.rubrique for g in dossier.groupes] == ["Axe 1", "Axe 2", ""]
    assert dossier.fiches[0].place == ("1.1 Se soigner ici",)
    assert dossier.titre == "Plan d’actions"


def test_un_champ_vide_ne_se_montre_que_si_on_le_demande(contrat):
    ActionFactory(contrat=contrat, description="", resume_public="")
    assert dossier_de(contrat, SectionFiche.DESCRIPTION).fiches[0].sections == ()
    (section,) = dossier_de(contrat, SectionFiche.DESCRIPTION, vides=True).fiches[0].sections
    assert [champ.passages for champ in section.blocs] == [(), ()]


def test_un_champ_rare_et_vide_ne_se_montre_pas_meme_sur_demande(contrat):
    """La même règle qu’à l’écran : l’échéancier n’est montré que s’il est rempli."""
    ActionFactory(contrat=contrat, echeancier="")
    assert dossier_de(contrat, SectionFiche.CALENDRIER, vides=True).fiches[0].sections == ()


def test_une_section_sans_ligne_dit_a_completer(contrat):
    ActionFactory(contrat=contrat)
    (section,) = dossier_de(contrat, SectionFiche.ETAPES, vides=True).fiches[0].sections
    assert section.blocs == (Champ("", ()),)


def test_le_budget_tient_en_deux_tableaux_et_dit_ce_qui_manque(contrat):
    fiche_remplie(contrat)
    (section,) = dossier_de(contrat, SectionFiche.BUDGET).fiches[0].sections
    couts, apports, note = section.blocs
    assert isinstance(couts, Tableau)
    assert couts.lignes == (("2025", "Fonctionnement", "43\u202f210\u00a0€", "–"),)
    assert apports.nombres == 3
    assert note.passages[0].lignes == (
        "En 2025, il reste 30\u202f865\u00a0€ à trouver sur 43\u202f210\u00a0€.",
    )


def test_une_fiche_prolongee_reservee_n_est_pas_nommee(contrat):
    secrete = ActionFactory(contrat=contrat, titre="Fiche très réservée", est_restreinte=True)
    suite = ActionFactory(contrat=contrat, origine="RECONDUITE", action_precedente=secrete)
    voulus = reglages([SectionFiche.PILOTAGE])
    choisies = contrat.actions.filter(pk=suite.pk)
    dossier = construire(contrat, choisies, voulus, le=date(2026, 3, 1))
    assert "réservée" not in textes(dossier.fiches[0])


def test_un_plan_vide_est_refuse_en_une_phrase(contrat):
    with pytest.raises(DossierVide, match="^Aucune fiche .* Choisissez .*plan\\.$"):
        dossier_de(contrat)


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_de_fiches(contrat, exiger_requetes_plates):
    def peupler(nombre: int) -> None:
        for _ in range(nombre):
            fiche_remplie(contrat)

    nombre = exiger_requetes_plates(
        peupler=peupler, lire=lambda: dossier_de(contrat, couverture=True)
    )
    assert nombre <= 36


def test_sans_le_droit_de_voir_le_budget_la_section_n_est_pas_permise():
    assert SectionFiche.BUDGET not in sections_permises(set())
    assert SectionFiche.BUDGET in sections_permises({Droit.VOIR_BUDGET})
    assert not SUR_DEMANDE & set(sections_proposees(set(Droit)))


def test_les_reglages_se_gardent_et_se_relisent():
    voulus = reglages(["MOYENS", "PILOTAGE"], couverture=True, vides=True)
    assert voulus.sections == ("PILOTAGE", "MOYENS")
    assert relire(voulus.en_simple()) == voulus
    assert isinstance(relire(voulus.en_simple()), Reglages)


def test_un_texte_garde_tous_ses_mots_en_paragraphes_et_en_listes():
    debut, puces, fin = passages("Pour y parvenir :\n\n- ouvrir deux lieux ;\n• former\nEnsuite.")
    assert debut.lignes == ("Pour y parvenir\u00a0:",)
    assert (puces.est_liste, puces.lignes) == (True, ("ouvrir deux lieux\u202f;", "former"))
    assert fin.lignes == ("Ensuite.",)
