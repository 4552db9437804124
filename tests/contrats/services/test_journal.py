"""Le journal d’une action : qui écrit, ce qui est gardé, ce qui est refusé."""

from datetime import date

import pytest

from cls_platform.socle.erreurs import ConflitVersion, DonneesRefusees, DroitRefuse
from contrats.models import NoteSuivi
from contrats.services.journal import ajouter_note, modifier_note, supprimer_note
from tests.factories import ActionFactory, NoteSuiviFactory

FAIT = {"date_note": date(2025, 11, 3), "fait": " Trois ateliers. "}


def test_une_note_est_datee_signee_et_rangee_dans_son_annee(action, coordinatrice):
    note = ajouter_note(action=action, valeurs=FAIT, par=coordinatrice)
    note.refresh_from_db()
    assert (note.fait, note.annee, note.modifie_par) == ("Trois ateliers.", 2025, coordinatrice)


def test_un_pilote_ecrit_sur_ses_actions_et_pas_sur_les_autres(contrat, action, pilote):
    assert ajouter_note(action=action, valeurs=FAIT, par=pilote)
    with pytest.raises(DroitRefuse):
        ajouter_note(action=ActionFactory(contrat=contrat), valeurs=FAIT, par=pilote)


@pytest.mark.parametrize("personnage", ["agent_ars", "elue", "partenaire", "lectrice", "voisine"])
def test_les_autres_n_ecrivent_ni_n_effacent(request, action, personnage):
    note, par = NoteSuiviFactory(action=action), request.getfixturevalue(personnage)
    with pytest.raises(DroitRefuse):
        ajouter_note(action=action, valeurs=FAIT, par=par)
    with pytest.raises(DroitRefuse):
        modifier_note(note=note, valeurs=FAIT, version=1, par=par)
    with pytest.raises(DroitRefuse):
        supprimer_note(note=note, version=1, par=par)
    assert NoteSuivi.objects.count() == 1


@pytest.mark.parametrize(
    ("valeurs", "champ"),
    [
        ({"date_note": date(2026, 3, 13), "fait": "Demain"}, "date_note"),
        ({"date_note": None, "fait": "Sans date"}, "date_note"),
        ({"date_note": date(2026, 3, 12), "fait": "   "}, "fait"),
    ],
)
def test_une_note_dit_quelque_chose_qui_a_eu_lieu(action, coordinatrice, valeurs, champ):
    with pytest.raises(DonneesRefusees) as refus:
        ajouter_note(action=action, valeurs=valeurs, par=coordinatrice)
    assert champ in refus.value.champs


def test_un_nombre_de_participants_suffit(action, coordinatrice):
    valeurs = {"date_note": date(2026, 3, 12), "participants": 0}
    assert ajouter_note(action=action, valeurs=valeurs, par=coordinatrice).participants == 0


def test_une_version_perimee_n_ecrase_rien(action, coordinatrice, administratrice):
    note = NoteSuiviFactory(action=action)
    modifier_note(note=note, valeurs={"freins": "Le bail"}, version=1, par=administratrice)
    with pytest.raises(ConflitVersion) as conflit:
        modifier_note(note=note, valeurs={"freins": "Le gel"}, version=1, par=coordinatrice)
    assert conflit.value.actuel.freins == "Le bail"
    with pytest.raises(ConflitVersion):
        supprimer_note(note=note, version=1, par=coordinatrice)


def test_une_note_retiree_reste_dans_l_historique(action, coordinatrice):
    note = NoteSuiviFactory(action=action, fait="À garder")
    cle = note.pk
    supprimer_note(note=note, version=1, par=coordinatrice)
    copies = NoteSuivi.pgh_event_model.objects.filter(pgh_obj_id=cle)
    assert copies.filter(pgh_label="delete", fait="À garder").exists()
