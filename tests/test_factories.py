"""Un jeu d’essai tient les règles du modèle : sinon il prouverait n’importe quoi."""

from uuid import uuid4

import pytest

from acteurs.models.acteur import verifier_siren
from tests import factories as f
from tests.factories.territoires import siren_fictif

CAS = [
    (f.ActeurFactory, {}),
    (f.ActeurFactory, {"cpts": True}),
    (f.ActeurFactory, {"collectivite": True}),
    (f.UtilisateurFactory, {}),
    (f.UtilisateurFactory, {"administrateur": True}),
    (f.AffectationArsFactory, {"departement_id": "29"}),
    (f.JetonFactory, {}),
    (f.JetonFactory, {"expire": True}),
    (f.JetonFactory, {"revoque": True}),
    (f.JetonFactory, {"ecriture": True}),
    (f.InvitationFactory, {}),
    (f.InvitationFactory, {"expiree": True}),
    (f.ContratFactory, {}),
    (f.ContratFactory, {"signe": True, "public": True, "epci": "249740101", "region_id": "04"}),
    (f.ContratFactory, {"en_projet": True}),
    (f.ContratFactory, {"termine": True}),
    (f.PerimetreFactory, {}),
    (f.PartieFactory, {"porteur": True, "signee": True}),
    (f.ParticipationFactory, {}),
    (f.PassagePhaseFactory, {}),
    (f.AxeFactory, {}),
    (f.ObjectifFactory, {}),
    (f.ActionFactory, {"themes": ["acces_soins"]}),
    (f.ActionFactory, {"en_retard": True}),
    (f.ActionFactory, {"a_venir": True}),
    (f.ActionFactory, {"realisee": True}),
    (f.ActionFactory, {"abandonnee": True, "interne": True}),
    (f.ActionActeurFactory, {}),
    (f.JalonFactory, {"fait": True}),
    (f.NoteSuiviFactory, {}),
    (f.ChampLibreFactory, {"genre": "CHOIX", "choix": ["Nord", "Sud"]}),
    (f.DocumentActionFactory, {}),
    (f.LigneBudgetFactory, {"etp": True}),
    (f.FinancementFactory, {"fir": True}),
    (f.FinancementFactory, {"refuse": True}),
    (f.ImportPlanFactory, {}),
    (f.FichierRecuFactory, {}),
    (f.FichierRecuFactory, {"liste": True}),
    (f.EditionZonageFactory, {"communes": ["29232"]}),
    (f.EditionDonneesFactory, {"valeurs": {"29232": 12}}),
    (f.AvenantFactory, {"types": ["programme"]}),
    (f.AvenantFactory, {"signe": True}),
    (f.SuiviTerritoireFactory, {}),
    (f.NoteTerritoireFactory, {}),
    (f.DoctrineFactory, {}),
    (f.RapportRegionalFactory, {}),
    (f.RapportRegionalFactory, {"fait": True}),
    (f.PartageActionFactory, {}),
    (f.PartageActionFactory, {"propose": True}),
    (f.FicheOfferteFactory, {}),
    (f.FicheAuPanierFactory, {}),
    (f.LotFactory, {}),
    (f.LienContributionFactory, {"revoque": True}),
    (f.ContributionFactory, {"recue": True}),
    (f.ElementProposeFactory, {}),
    (f.DossierFichesFactory, {"fiches": [uuid4()]}),
    (f.IndicateurFactory, {}),
    (f.IndicateurFactory, {"ratio": True, "interne": True}),
    (f.MesureFactory, {"annee": 2024}),
    (f.MesureFactory, {"secrete": True}),
    (f.VentilationFactory, {}),
    (f.RecitFactory, {}),
    (f.BeneficiairesFactory, {}),
    (f.BesoinFactory, {}),
    (f.EffetFactory, {"etabli": True}),
    (f.EvaluationFactory, {}),
    (f.EtapeEvaluationFactory, {}),
    (f.QuestionEvaluativeFactory, {}),
    (f.RecommandationFactory, {"en_retard": True}),
    (f.InstanceFactory, {}),
    (f.ReunionFactory, {"publique": True}),
    (f.PresenceFactory, {}),
    (f.DecisionFactory, {}),
    (f.BilanFactory, {}),
    (f.BilanFactory, {"avec_pdf": True}),
    (f.BilanFactory, {"publie": True}),
    (f.SectionBilanFactory, {}),
    (f.DecisionSigleFactory, {}),
    (f.VoletBilanFactory, {}),
    (f.ActionEnAvantFactory, {}),
    (f.ImageBilanFactory, {}),
    (f.LienEditoFactory, {}),
    (f.CampagneFactory, {}),
    (f.RappelCampagneFactory, {}),
    (f.CommentaireBilanFactory, {}),
    (f.CommentaireBilanFactory, {"clos": True}),
    (f.AvisBilanFactory, {}),
    (f.AvisBilanFactory, {"en_retard": True}),
    (f.AvisBilanFactory, {"rendu": True}),
    (f.ValidationBilanFactory, {}),
    (f.VisaBilanFactory, {}),
    (f.TravailFactory, {}),
    (f.TravailFactory, {"fait": True}),
    (f.CommuneFactory, {}),
    (f.EpciFactory, {}),
]


@pytest.mark.parametrize(
    ("usine", "traits"), CAS, ids=lambda v: v.__name__ if isinstance(v, type) else "+".join(v)
)
def test_chaque_jeu_d_essai_passe_la_validation_du_modele(db, usine, traits):
    objet = usine(**traits)
    objet.full_clean(exclude=remplis_par_le_systeme(objet))


def remplis_par_le_systeme(objet):
    """Vides en base, jamais proposés à la saisie : qui a agi, quand un travail a commencé."""
    return [c.name for c in objet._meta.fields if c.null and not c.blank]


def test_chaque_usine_a_son_essai():
    assert {getattr(f, nom) for nom in f.__all__} == {usine for usine, _ in CAS} | {
        f.RegionFactory,
        f.DepartementFactory,
    }


def test_un_siren_fictif_a_une_cle_juste():
    for rang in (1, 42, 999_999):
        verifier_siren(siren_fictif(rang))
