"""Le bilan dit ce que l’équipe a choisi : ordre, volets, actions, images, argent, réunions."""

from datetime import date, timedelta

import pytest

from bilans.instantane import Instantane
from bilans.instantane.montee import SECTIONS_D_ORIGINE
from bilans.models import Bilan, CodeSection
from bilans.rapport import construire, textes_lus
from contrats.models import Contrat
from tests.appuis.requetes import exiger_requetes_plates
from tests.factories import (
    ActionActeurFactory,
    ActionFactory,
    AxeFactory,
    BilanFactory,
    DecisionFactory,
    FinancementFactory,
    IndicateurFactory,
    InstanceFactory,
    LigneBudgetFactory,
    MesureFactory,
    PartieFactory,
    PresenceFactory,
    ReunionFactory,
    SectionBilanFactory,
)
from tests.factories.preparation import (
    ActionEnAvantFactory,
    AnnonceBilanFactory,
    CharteBilanFactory,
    ImageBilanFactory,
    VoletBilanFactory,
)

LE = date(2026, 3, 1)


@pytest.fixture
def bilan(contrat: Contrat) -> Bilan:
    return BilanFactory(contrat=contrat, annee=2025)


def lire(bilan: Bilan) -> Instantane:
    return construire(bilan, arrete_le=LE, avec_carte=False)


# Les parties


def test_sans_rien_de_choisi_les_parties_sont_celles_d_origine(bilan: Bilan) -> None:
    assert lire(bilan).sections == SECTIONS_D_ORIGINE


def test_une_partie_retiree_ne_parait_pas_et_son_texte_non_plus(bilan: Bilan) -> None:
    SectionBilanFactory(bilan=bilan, code="ZOOM", texte="Gros plan.", est_presente=False)
    lu = lire(bilan)
    assert "ZOOM" not in lu.sections
    assert lu.textes.zoom is None


@pytest.mark.parametrize("code", ["VOLETS", "GLOSSAIRE", "CONTACT"])
def test_une_partie_obligatoire_parait_meme_retiree(bilan: Bilan, code: str) -> None:
    SectionBilanFactory(bilan=bilan, code=code, texte="", est_presente=False)
    assert code in lire(bilan).sections


def test_les_parties_suivent_l_ordre_voulu_et_le_contact_ferme(bilan: Bilan) -> None:
    for ordre, code in enumerate(reversed(CodeSection.values), start=1):
        SectionBilanFactory(bilan=bilan, code=code, ordre=ordre)
    *suite, contact = SECTIONS_D_ORIGINE
    assert lire(bilan).sections == (*reversed(suite), contact)


def test_chaque_texte_et_sa_photo_entrent_dans_le_bilan(bilan: Bilan) -> None:
    photo = ImageBilanFactory(contrat=bilan.contrat)
    SectionBilanFactory(bilan=bilan, photo=photo)
    for code in ("ZOOM", "COMPRENDRE", "BUDGET"):
        SectionBilanFactory(bilan=bilan, code=code, texte=f"Texte {code}", signature="")
    lu = lire(bilan)
    assert lu.textes.edito is not None
    assert lu.textes.edito.photo is not None
    assert lu.textes.edito.photo.chemin == photo.chemin
    for texte, code in ((lu.textes.zoom, "ZOOM"), (lu.textes.budget, "BUDGET")):
        assert texte is not None
        assert texte.texte == f"Texte {code}"
    assert "Texte COMPRENDRE" in "\n".join(textes_lus(lu))


# Les volets


def test_un_volet_prend_la_place_et_les_mots_choisis(bilan: Bilan) -> None:
    premier, second = AxeFactory.create_batch(2, contrat=bilan.contrat)
    for axe in (premier, second):
        ActionFactory(contrat=bilan.contrat, axe=axe)
    VoletBilanFactory(bilan=bilan, axe=second, ordre=1, texte="Cette année…", cite=True)
    VoletBilanFactory(bilan=bilan, axe=premier, ordre=2, utile="Le 15")
    volets = lire(bilan).volets
    assert [v.cle for v in volets] == [str(second.pk), str(premier.pk)]
    assert volets[0].texte == "Cette année…"
    assert volets[0].citation is not None
    assert volets[0].citation.auteur == "Une habitante d’essai"
    assert volets[1].utile == "Le 15"


def test_un_volet_retire_ne_parait_pas_et_un_axe_neuf_vient_a_la_fin(bilan: Bilan) -> None:
    retire, garde = AxeFactory.create_batch(2, contrat=bilan.contrat)
    neuf = AxeFactory(contrat=bilan.contrat, ordre=0)
    for axe in (retire, garde, neuf):
        ActionFactory(contrat=bilan.contrat, axe=axe)
    VoletBilanFactory(bilan=bilan, axe=retire, est_present=False)
    VoletBilanFactory(bilan=bilan, axe=garde)
    assert [v.cle for v in lire(bilan).volets] == [str(garde.pk), str(neuf.pk)]


def test_les_actions_sans_axe_ont_aussi_leur_volet(bilan: Bilan) -> None:
    ActionFactory(contrat=bilan.contrat, axe=None)
    VoletBilanFactory(bilan=bilan, axe=None, texte="Partout.")
    (volet,) = lire(bilan).volets
    assert (volet.cle, volet.texte) == ("", "Partout.")


def test_les_trois_actions_choisies_l_emportent_sur_celles_des_donnees(bilan: Bilan) -> None:
    axe = AxeFactory(contrat=bilan.contrat)
    actions = ActionFactory.create_batch(5, contrat=bilan.contrat, axe=axe, realisee=True)
    ActionEnAvantFactory(bilan=bilan, action=actions[4], rang=1, recit="Racontée autrement.")
    ActionEnAvantFactory(bilan=bilan, action=actions[3], rang=2)
    (volet,) = lire(bilan).volets
    en_avant = {a.cle: a for a in volet.actions if a.en_avant}
    assert set(en_avant) == {str(actions[4].pk), str(actions[3].pk)}
    assert en_avant[str(actions[4].pk)].resume == "Racontée autrement."
    assert en_avant[str(actions[3].pk)].resume == actions[3].resume_public
    assert [a.rang for a in volet.actions] == [0, 0, 0, 2, 1]


def test_une_action_devenue_interne_ne_parait_pas_meme_choisie(bilan: Bilan) -> None:
    cachee = ActionFactory(contrat=bilan.contrat, interne=True)
    ActionEnAvantFactory(bilan=bilan, action=cachee, recit="Récit caché")
    assert "Récit caché" not in lire(bilan).vers_json()


# L’apparence, l’adresse courte, les annonces


def test_les_couleurs_et_les_logos_du_contrat_sont_figes(bilan: Bilan) -> None:
    CharteBilanFactory(contrat=bilan.contrat)
    logo = ImageBilanFactory(contrat=bilan.contrat, logo=True)
    ImageBilanFactory(contrat=bilan.contrat)
    apparence = lire(bilan).apparence
    assert (apparence.couleur_fond, apparence.couleur_accent) == ("#0d3440", "#b5451b")
    assert [image.sha256 for image in apparence.logos] == [logo.sha256]


def test_l_adresse_courte_tient_au_code_du_bilan(bilan: Bilan) -> None:
    assert lire(bilan).adresse_courte == f"https://cls.exemple.fr/b/{bilan.code_court}"


def test_les_annonces_disent_leur_annee_et_leur_devenir(bilan: Bilan) -> None:
    BilanFactory(contrat=bilan.contrat, annee=2024, publie=True)
    AnnonceBilanFactory(bilan=bilan, devenir="TENU", explication="Ouvert en mai.")
    AnnonceBilanFactory(bilan=bilan)
    annonces = lire(bilan).annonces
    assert annonces is not None
    assert annonces.annee == 2024
    assert [(a.devenir, a.libelle) for a in annonces.lignes] == [("TENU", "C’est fait"), ("", "")]


def test_les_annonces_d_un_bilan_retire_depuis_gardent_leur_annee(bilan: Bilan) -> None:
    BilanFactory(contrat=bilan.contrat, annee=2023, publie=True)
    retire = BilanFactory(contrat=bilan.contrat, annee=2024, publie=True)
    AnnonceBilanFactory(bilan=bilan)
    apres = bilan.cree_le + timedelta(days=1)
    Bilan.objects.filter(pk=retire.pk).update(statut="ARCHIVE", retire_le=apres)
    annonces = lire(bilan).annonces
    assert annonces is not None
    assert annonces.annee == 2024


# Les réunions


def test_chaque_reunion_tenue_est_dite_et_la_fermee_ne_livre_que_sa_date(bilan: Bilan) -> None:
    instance = InstanceFactory(contrat=bilan.contrat, nom="Comité d’essai")
    jour = {"tenue": True, "ordre_du_jour": "Le plan\nDivers", "instance": instance}
    fermee = ReunionFactory(**jour, date=date(2025, 3, 1))
    ouverte = ReunionFactory(**jour, date=date(2025, 6, 1), publique=True)
    ReunionFactory(**jour, date=date(2024, 6, 1))
    ReunionFactory(instance=instance, date=date(2025, 7, 1))
    PresenceFactory.create_batch(2, reunion=fermee)
    PresenceFactory(reunion=fermee, etat="EXCUSE")
    for reunion in (fermee, ouverte):
        DecisionFactory(reunion=reunion, texte=f"Décidé le {reunion.date}")
    lu = lire(bilan)
    assert [(r.jour, r.titre, r.lieu, r.organisations) for r in lu.rencontres] == [
        (date(2025, 3, 1), "", "", 2),
        (date(2025, 6, 1), "Le plan", "Salle d’essai", None),
    ]
    assert [d.texte for d in lu.decisions] == ["Décidé le 2025-06-01"]


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_de_lignes(contrat: Contrat) -> None:
    bilan = BilanFactory(contrat=contrat)
    instance, jours = InstanceFactory(contrat=contrat), iter(range(1, 300))

    def presque() -> dict[str, object]:
        jour = date.fromordinal(date(2025, 1, 1).toordinal() + next(jours))
        return {"date": jour, "est_publique": True}

    def peupler(nombre: int) -> None:
        for _ in range(nombre):
            axe = AxeFactory(contrat=contrat)
            action = ActionFactory(contrat=contrat, axe=axe, themes=["acces_soins"])
            ActionActeurFactory(action=action)
            PartieFactory(contrat=contrat)
            MesureFactory(indicateur=IndicateurFactory(contrat=contrat, axe=axe, actions=[action]))
            FinancementFactory(action=action)
            LigneBudgetFactory(action=action)
            DecisionFactory(reunion=ReunionFactory(instance=instance, tenue=True, **presque()))
            VoletBilanFactory(bilan=bilan, axe=axe, photo=ImageBilanFactory(contrat=contrat))
            ActionEnAvantFactory(bilan=bilan, action=action)
            AnnonceBilanFactory(bilan=bilan)
            ImageBilanFactory(contrat=contrat, logo=True)

    def relire() -> None:
        bilan.refresh_from_db()
        construire(bilan, arrete_le=LE)

    assert exiger_requetes_plates(peupler=peupler, lire=relire) <= 32
