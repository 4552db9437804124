"""Ce que la relecture d’un bilan laisse : commentaires, avis, validation, visas."""

from datetime import UTC, date, datetime

import factory

from bilans.models import (
    AuNomDe,
    AvisBilan,
    CommentaireBilan,
    EtatCommentaire,
    MoyenAvis,
    SensAvis,
    ValidationBilan,
    VisaBilan,
)
from tests.factories.acteurs import ActeurFactory, UtilisateurFactory
from tests.factories.bilans import BilanFactory

MOMENT = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)


class CommentaireBilanFactory(factory.django.DjangoModelFactory):
    """Un fil ouvert sur le mot de l’élu ; trait `clos`."""

    class Meta:
        model = CommentaireBilan

    class Params:
        clos = factory.Trait(etat=EtatCommentaire.CLOS)

    bilan = factory.SubFactory(BilanFactory)
    ancre = "section:EDITO"
    texte = factory.Sequence(lambda n: f"Commentaire d’essai {n}")
    auteur = factory.SubFactory(UtilisateurFactory)
    auteur_nom = factory.LazyAttribute(lambda o: o.auteur.nom_complet)


class AvisBilanFactory(factory.django.DjangoModelFactory):
    """Attendu le 31 mars 2026, sans courriel. Traits `rendu`, `en_retard`."""

    class Meta:
        model = AvisBilan

    class Params:
        en_retard = factory.Trait(attendu_le=date(2026, 3, 2))
        rendu = factory.Trait(
            sens=SensAvis.FAVORABLE,
            rendu_le=MOMENT,
            rendu_nom="Dominique Essai, directrice fictive",
            moyen=MoyenAvis.COMPTE,
        )

    bilan = factory.SubFactory(BilanFactory, avec_pdf=True)
    acteur = factory.SubFactory(ActeurFactory)
    attendu_le = date(2026, 3, 31)


class ValidationBilanFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ValidationBilan

    bilan = factory.SubFactory(BilanFactory, avec_pdf=True, statut="VALIDE")
    date = date(2026, 3, 5)
    lieu = "Salle d’essai"
    sha256 = factory.LazyAttribute(lambda o: o.bilan.sha256)


class VisaBilanFactory(factory.django.DjangoModelFactory):
    """Le visa de l’ARS sur le PDF du moment."""

    class Meta:
        model = VisaBilan

    bilan = factory.SubFactory(BilanFactory, avec_pdf=True, statut="RELECTURE")
    au_nom_de = AuNomDe.ARS
    par = factory.SubFactory(UtilisateurFactory)
    par_nom = factory.LazyAttribute(lambda o: o.par.nom_complet)
    donne_le = MOMENT
    sha256 = factory.LazyAttribute(lambda o: o.bilan.sha256)
