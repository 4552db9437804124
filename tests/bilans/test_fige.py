"""Un bilan publié ne change pas d’un octet quand tout ce qui l’a fait change derrière lui."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Left
from django.urls import reverse

from bilans.models import Bilan, GenreDocument
from bilans.services import depot
from bilans.services.documents import demander_document
from bilans.services.publication import publier
from bilans.services.rendu import demander_pdf, rendre_bilan
from bilans.tasks import rendre_document
from contrats.models import Partie
from tests.factories import (
    BilanFactory,
    DecisionFactory,
    FinancementFactory,
    InstanceFactory,
    JalonFactory,
    LigneBudgetFactory,
    MesureFactory,
    NoteSuiviFactory,
    PresenceFactory,
    ReunionFactory,
    SectionBilanFactory,
    VoletBilanFactory,
)

APPLIS = ("acteurs", "contrats", "indicateurs", "bilans")
# Les adresses sont stables par contrat ; le reste est le bilan figé et ses fichiers
ADRESSES = {("Contrat", "slug"), ("Contrat", "est_public")}
FIGES = {"Bilan", "DocumentBilan"}
PAGES = ("bilan_public", "bilan_pdf", "bilan_csv", "bilan_json")


@pytest.fixture(autouse=True)
def _dossier(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def publie(contrat, action, indicateur, coordinatrice) -> Bilan:
    """Un vrai bilan, rendu et publié, avec tous ses documents, sur un contrat bien rempli."""
    for annee in (2024, 2025):
        MesureFactory(indicateur=indicateur, annee=annee)
    JalonFactory(action=action)
    LigneBudgetFactory(action=action, prevu=1200)
    FinancementFactory(action=action, montant_accorde=800)
    NoteSuiviFactory(action=action)
    reunion = ReunionFactory(instance=InstanceFactory(contrat=contrat), tenue=True, publique=True)
    PresenceFactory(reunion=reunion)
    DecisionFactory(reunion=reunion)
    bilan = BilanFactory(contrat=contrat, code_court="fige2")
    SectionBilanFactory(bilan=bilan)
    VoletBilanFactory(bilan=bilan, axe=action.axe)
    rendre_bilan(travail_id=demander_pdf(bilan=bilan, par=coordinatrice).pk)
    bilan.refresh_from_db()
    publie = publier(bilan=bilan, sha256=bilan.sha256, confirme=True, par=coordinatrice)
    for document in publie.documents.select_related("travail"):
        rendre_document(str(document.travail_id))
    return publie


def lus(client: Any, publie: Bilan) -> dict[str, bytes]:
    """Tout ce que le public et l’équipe lisent de ce bilan, à l’octet près."""
    cles = [publie.contrat.slug, publie.annee]
    trouves = {nom: octets(client.get(reverse(f"bilans:{nom}", args=cles))) for nom in PAGES}
    trouves["version"] = octets(client.get(reverse("bilans:edition_publique", args=[*cles, 1])))
    trouves["courte"] = client.get("/b/fige2")["Location"].encode()
    for document in publie.documents.all():
        with depot.ouvrir_document(document) as fichier:
            trouves[document.genre] = fichier.read()
    return trouves


def octets(reponse: Any) -> bytes:
    assert reponse.status_code == 200
    return b"".join(reponse.streaming_content) if reponse.streaming else reponse.content


def tout_changer() -> set[str]:
    """Chaque colonne ordinaire de chaque table ; rend celles qui ont vraiment changé."""
    changees = set()
    for modele, champ in colonnes():
        try:
            with transaction.atomic():
                if autre := autrement(champ):
                    lignes = modele._base_manager.all()
                    if lignes.update(**{champ.name: autre}):
                        changees.add(f"{modele.__name__}.{champ.name}")
        except (DatabaseError, ValueError, OverflowError):
            continue  # une contrainte tient cette colonne : elle ne peut pas prendre cette valeur
    return changees


def colonnes() -> Iterator[tuple[Any, Any]]:
    for modele in apps.get_models():
        if modele._meta.app_label not in APPLIS or modele.__name__ in FIGES:
            continue
        if modele.__name__.endswith("Event") or not modele._meta.managed:
            continue
        for champ in modele._meta.local_concrete_fields:
            reste = champ.primary_key or champ.is_relation or champ.choices
            calculee = isinstance(champ, models.GeneratedField)
            if not (reste or calculee or (modele.__name__, champ.name) in ADRESSES):
                yield modele, champ


def autrement(champ: Any) -> Any:
    if isinstance(champ, models.CharField | models.TextField):
        texte = Concat(Value("AUTRE "), F(champ.name), output_field=models.TextField())
        return Left(texte, champ.max_length) if champ.max_length else texte
    if isinstance(champ, models.BooleanField):
        return models.Case(models.When(**{champ.name: True}, then=False), default=True)
    if isinstance(champ, models.DecimalField | models.IntegerField | models.FloatField):
        return F(champ.name) + 1
    if isinstance(champ, models.DateField):
        return F(champ.name) + timedelta(days=400)
    return None


def test_publie_un_bilan_ne_change_pas_d_un_octet_quand_tout_change(client, publie):
    assert {d.genre for d in publie.documents.all()} == set(GenreDocument)
    avant = lus(client, publie)
    changees = tout_changer()
    for attendue in (
        "Action.titre", "Action.resume_public", "Axe.titre", "Contrat.nom", "Acteur.nom",
        "Indicateur.libelle", "Mesure.valeur", "LigneBudget.prevu", "Financement.montant_accorde",
        "SectionBilan.texte", "VoletBilan.texte", "Commune.nom", "Reunion.lieu", "Utilisateur.nom",
        "DecisionReunion.texte", "Jalon.libelle", "Theme.libelle", "Sigle.explication",
    ):  # fmt: skip
        assert attendue in changees, attendue
    assert len(changees) > 150
    apres = lus(client, Bilan.objects.get(pk=publie.pk))
    assert avant.keys() == apres.keys()
    differents = [nom for nom in avant if avant[nom] != apres[nom]]
    assert differents == []


def test_refait_apres_coup_un_document_du_bilan_publie_est_le_meme(client, publie, administratrice):
    """Même redemandés, ils se font des données figées : les octets sont ceux de la publication."""
    avant = {d.genre: d.sha256 for d in publie.documents.all()}
    tout_changer()
    publie.documents.update(source="")
    for genre in GenreDocument:
        document = demander_document(bilan=publie, genre=genre, par=administratrice)
        rendre_document(str(document.travail_id))
    assert {d.genre: d.sha256 for d in publie.documents.all()} == avant


def test_effacer_ce_qui_l_a_fait_ne_change_rien_non_plus(client, publie, action):
    avant = lus(client, publie)
    with transaction.atomic():
        action.delete()
        Partie.objects.filter(contrat=publie.contrat).delete()
    assert lus(client, publie) == avant
