"""Au-delà de 200 fiches : un travail par paquets, repris où il s’est arrêté ; peu de requêtes."""

import pytest
from django.utils import timezone

from cls_platform.socle.models import EtatTravail, Travail
from contrats.lots import Demande, Retouche
from contrats.models import Action, EtatLot
from contrats.services import masse
from contrats.services.plan import modifier_action
from tests.appuis.requetes import exiger_requetes_plates, nombre_requetes
from tests.contrats.lots.gestes import ecrire, prevoir
from tests.factories import ActeurFactory, ActionFactory

DEMANDE = Demande(
    valeurs={"statut": "REPORTEE", "statut_raison": "Élections"},
    listes={"themes": Retouche(frozenset({"jeunes"}))},
)


@pytest.fixture
def grand_plan(contrat, axe):
    Action.objects.bulk_create(
        Action(contrat=contrat, axe=axe, numero=str(n), titre=f"Fiche {n}", ordre=n)
        for n in range(1, 251)
    )
    return list(contrat.actions.order_by("ordre"))


@pytest.fixture
def petits_paquets(monkeypatch):
    monkeypatch.setattr(masse, "PAQUET", 60)


def test_un_grand_lot_est_un_travail_de_fond(grand_plan, coordinatrice, contrat):
    lot = prevoir(grand_plan, DEMANDE, coordinatrice)
    travail = masse.appliquer(lot=lot, par=coordinatrice)
    assert travail.etat == EtatTravail.EN_FILE
    assert not contrat.actions.filter(statut="REPORTEE").exists()
    assert masse.appliquer(lot=lot, par=coordinatrice) == travail

    masse.appliquer_en_fond(travail_id=travail.pk)
    lot.refresh_from_db()
    assert (lot.etat, lot.lignes.comptes()["FAITE"]) == (EtatLot.FAIT, 250)
    assert contrat.actions.filter(statut="REPORTEE", version=2).count() == 250

    annulation = masse.annuler(lot=lot, par=coordinatrice)
    masse.annuler_en_fond(travail_id=annulation.pk)
    lot.refresh_from_db()
    assert (lot.etat, lot.lignes.comptes()["RENDUE"]) == (EtatLot.ANNULE, 250)
    assert not contrat.actions.filter(statut="REPORTEE").exists()


class Tue(BaseException):
    """Le processus meurt : rien ne s’exécute après."""


@pytest.mark.usefixtures("petits_paquets")
def test_un_travail_tue_reprend_ou_il_s_est_arrete(grand_plan, coordinatrice, contrat, monkeypatch):
    lot = prevoir(grand_plan, DEMANDE, coordinatrice)
    travail = masse.appliquer(lot=lot, par=coordinatrice)
    vrai, faits = masse.appliquer_lignes, []

    def mourir_au_troisieme(**options):
        vrai(**options)
        faits.append(len(options["lignes"]))
        if len(faits) == 3:
            raise Tue

    monkeypatch.setattr(masse, "appliquer_lignes", mourir_au_troisieme)
    with pytest.raises(Tue):
        masse.appliquer_en_fond(travail_id=travail.pk)
    assert contrat.actions.filter(version=2).count() == 120
    travail.refresh_from_db()
    assert 0 < travail.progression < 100

    monkeypatch.setattr(masse, "appliquer_lignes", vrai)
    masse.appliquer_en_fond(travail_id=travail.pk)
    assert contrat.actions.filter(version=2).count() == 120, "le bail court encore"
    Travail.objects.filter(pk=travail.pk).update(bail_jusqua=timezone.now())
    masse.appliquer_en_fond(travail_id=travail.pk)
    masse.appliquer_en_fond(travail_id=travail.pk)
    assert set(contrat.actions.values_list("version", flat=True)) == {2}
    lot.refresh_from_db()
    assert lot.etat == EtatLot.FAIT


@pytest.mark.usefixtures("petits_paquets")
def test_une_fiche_changee_pendant_le_travail_est_laissee(grand_plan, coordinatrice, monkeypatch):
    lot = prevoir(grand_plan, DEMANDE, coordinatrice)
    travail = masse.appliquer(lot=lot, par=coordinatrice)
    vrai, faits = masse.appliquer_lignes, []

    def changer_entre_deux(**options):
        if not faits:
            modifier_action(
                action=grand_plan[-1], valeurs={"titre": "Neuf"}, version=1, par=coordinatrice
            )
        faits.append(1)
        vrai(**options)

    monkeypatch.setattr(masse, "appliquer_lignes", changer_entre_deux)
    masse.appliquer_en_fond(travail_id=travail.pk)
    comptes = lot.lignes.comptes()
    assert (comptes["FAITE"], comptes["CONFLIT"]) == (249, 1)
    grand_plan[-1].refresh_from_db()
    assert (grand_plan[-1].titre, grand_plan[-1].statut) == ("Neuf", "A_DISCUTER")


def test_les_requetes_ne_dependent_pas_du_nombre_de_fiches(contrat, axe, coordinatrice):
    partenaire = str(ActeurFactory().pk)
    sens = [True]

    def un_lot():
        """Ajoute puis retire : chaque lot change toutes les fiches."""
        retouche = (
            Retouche(frozenset({"jeunes"})) if sens[0] else Retouche(retirer=frozenset({"jeunes"}))
        )
        roles = (
            Retouche(frozenset({partenaire}))
            if sens[0]
            else Retouche(retirer=frozenset({partenaire}))
        )
        sens[0] = not sens[0]
        demande = Demande(
            valeurs={"priorite": "ELEVE" if sens[0] else "BAS"},
            listes={"themes": retouche, "partenaires": roles},
        )
        ecrire(contrat.actions.order_by("pk"), demande, coordinatrice)

    def deux_lots():
        un_lot()
        un_lot()

    def peupler(n):
        for _ in range(n):
            ActionFactory(contrat=contrat, axe=axe)

    exiger_requetes_plates(peupler=peupler, lire=deux_lots)


def test_cinq_cents_fiches_s_ecrivent_en_peu_de_requetes(contrat, axe, coordinatrice):
    Action.objects.bulk_create(
        Action(contrat=contrat, axe=axe, titre=f"Fiche {n}", ordre=n) for n in range(500)
    )
    lot = prevoir(contrat.actions.all(), DEMANDE, coordinatrice)
    travail = masse.appliquer(lot=lot, par=coordinatrice)
    assert nombre_requetes(lambda: masse.appliquer_en_fond(travail_id=travail.pk)) < 130
