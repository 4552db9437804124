"""Où en est un bilan, étape par étape, et ce que la personne peut faire maintenant."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from acteurs.droits import Droit
from bilans.etats import StatutBilan
from bilans.models import SECTIONS_ECRITES, Bilan, CodeSection, SectionBilan
from bilans.relecture.etat import EtatRelecture, etat_de_la_relecture
from bilans.services.rendu import donnees_plus_recentes
from cls_platform.socle.typographie import date_longue, pluriel

FAITE, ICI, A_VENIR = "faite", "ici", "a_venir"
RANG_DU_STATUT = {
    StatutBilan.BROUILLON: 0,
    StatutBilan.RELECTURE: 1,
    StatutBilan.VALIDE: 3,
    StatutBilan.PUBLIE: 4,
    StatutBilan.ARCHIVE: 4,
}


@dataclass(frozen=True, slots=True)
class Phase:
    """Une étape de la frise : `composants/phases.html`."""

    libelle: str
    precision: str
    etat: str


@dataclass(frozen=True, slots=True)
class Prochaine:
    """LA prochaine action. `envoi` : un formulaire, avec ce champ caché (nom, valeur) au besoin."""

    phrase: str
    geste: str
    adresse: str
    envoi: bool = False
    champ: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Etat:
    """Ce que la page lit une fois. `ecrites` sur `a_ecrire` : les parties qu’une personne écrit."""

    bilan: Bilan
    droits: frozenset[Droit]
    sections: tuple[SectionBilan, ...]
    relecture: EtatRelecture
    perime: bool

    @property
    def a_ecrire(self) -> list[SectionBilan]:
        codes = set(SECTIONS_ECRITES) - {CodeSection.ZOOM}
        return [s for s in self.sections if s.code in codes and s.est_presente]

    @property
    def ecrites(self) -> list[SectionBilan]:
        return [s for s in self.a_ecrire if s.texte.strip()]

    @property
    def est_en_cours(self) -> bool:
        travail: Any = self.bilan.travail
        return travail is not None and not travail.est_fini

    def peut(self, droit: Droit) -> bool:
        return droit in self.droits


def lire_etat(bilan: Bilan, droits: Collection[Droit], le: date) -> Etat:
    sections = tuple(bilan.sections.dans_l_ordre())
    relecture = etat_de_la_relecture(bilan, le)
    return Etat(bilan, frozenset(droits), sections, relecture, donnees_plus_recentes(bilan))


def phases(etat: Etat) -> list[Phase]:
    """Écrire, relire, valider, publier : faite, en cours, à venir."""
    rang = RANG_DU_STATUT[StatutBilan(etat.bilan.statut)]
    dites = (
        ("Écrire", _precision_d_ecrire(etat)),
        ("Relire", _precision_de_relire(etat)),
        ("Valider", _precision_de_valider(etat)),
        ("Publier", _precision_de_publier(etat.bilan)),
    )
    return [
        Phase(nom, dite, FAITE if place < rang else ICI if place == rang else A_VENIR)
        for place, (nom, dite) in enumerate(dites)
    ]


def _precision_d_ecrire(etat: Etat) -> str:
    faites, toutes = len(etat.ecrites), len(etat.a_ecrire)
    return f"{faites} sur {pluriel(toutes, 'partie écrite', 'parties écrites')}" if toutes else ""


def _precision_de_relire(etat: Etat) -> str:
    lu = etat.relecture
    dits = [pluriel(lu.a_traiter, "commentaire à traiter", "commentaires à traiter")]
    if lu.avis:
        dits.append(f"{len(lu.avis_rendus)} avis sur {len(lu.avis)}")
    return ", ".join(dits)


def _precision_de_valider(etat: Etat) -> str:
    validation = etat.relecture.validation
    if validation and not etat.relecture.validation_est_caduque:
        return f"en comité, le {date_longue(validation.date)}"
    visas = sum(1 for v in etat.relecture.visas if v.visa and not v.est_caduc)
    return f"{visas} visa sur 2" if visas else "comité de pilotage, visas"


def _precision_de_publier(bilan: Bilan) -> str:
    if bilan.retire_le:
        return f"retiré le {date_longue(bilan.retire_le.date())}"
    return f"le {date_longue(bilan.publie_le.date())}" if bilan.publie_le else ""


def prochaine(etat: Etat) -> Prochaine | None:
    """Une seule, selon l’état du bilan et ce que la personne a le droit de faire."""
    return _PAR_STATUT[StatutBilan(etat.bilan.statut)](etat)


def _adresse(nom: str, etat: Etat) -> str:
    return reverse(f"bilans:{nom}", args=[etat.bilan.pk])


def _brouillon(etat: Etat) -> Prochaine | None:
    if not etat.peut(Droit.REDIGER_BILAN):
        return _lire(etat)
    if manquent := len(etat.a_ecrire) - len(etat.ecrites):
        dit = pluriel(manquent, "partie attend son texte", "parties attendent leur texte")
        geste = "Continuer d’écrire" if etat.ecrites else "Écrire le bilan"
        return Prochaine(f"{dit}.", geste, _adresse("ecrire", etat))
    return _pdf(etat) or Prochaine(
        "Tout est écrit et le PDF est à jour : faites-le relire.",
        "Envoyer en relecture",
        _adresse("etat", etat),
        envoi=True,
        champ=("vers", StatutBilan.RELECTURE),
    )


def _pdf(etat: Etat) -> Prochaine | None:
    if etat.est_en_cours or (etat.bilan.a_un_pdf and not etat.perime):
        return None
    refaire = etat.bilan.a_un_pdf
    phrase = f"{etat.bilan.phrase_des_donnees} C’est lui que l’on relit."
    if refaire:
        phrase = "Des textes ou des données ont changé depuis le PDF."
    geste = "Refaire le PDF" if refaire else "Demander le PDF"
    return Prochaine(phrase, geste, _adresse("demander", etat), envoi=True)


def _relecture(etat: Etat) -> Prochaine | None:
    lu = etat.relecture
    if lu.a_traiter and etat.peut(Droit.REDIGER_BILAN):
        dit = pluriel(
            lu.a_traiter, "commentaire attend une réponse", "commentaires attendent une réponse"
        )
        return Prochaine(f"{dit}.", "Répondre aux commentaires", _adresse("relire", etat))
    if etat.peut(Droit.REDIGER_BILAN) and (pdf := _pdf(etat)):
        return pdf
    if etat.peut(Droit.PUBLIER_BILAN):
        dit = "Le comité de pilotage a lu le bilan ? Notez quand, où, et qui était là."
        return Prochaine(dit, "Noter la validation", _adresse("valider", etat))
    if etat.peut(Droit.RELIRE_BILAN):
        return Prochaine(
            "Votre lecture est attendue.", "Relire et commenter", _adresse("relire", etat)
        )
    return _lire(etat)


def _valide(etat: Etat) -> Prochaine | None:
    if etat.peut(Droit.REDIGER_BILAN) and (pdf := _pdf(etat)):
        return pdf
    if etat.peut(Droit.PUBLIER_BILAN):
        dit = "Validé : il reste à le rendre public. Son contenu ne changera plus."
        return Prochaine(dit, "Publier le bilan", _adresse("publier", etat))
    return _lire(etat)


def _publie(etat: Etat) -> Prochaine | None:
    contrat = etat.bilan.contrat
    if not contrat.est_public:
        adresse = reverse("contrats:fiche", args=[contrat.pk])
        dit = "Le bilan est publié, mais la page du contrat est fermée : personne ne le lit."
        return Prochaine(dit, "Ouvrir la page publique", adresse)
    adresse = reverse("bilans:bilan_public", args=[contrat.slug, etat.bilan.annee])
    return Prochaine("Le bilan est en ligne.", "Voir la page publique", adresse)


def _archive(etat: Etat) -> Prochaine | None:
    return _lire(etat)


def _lire(etat: Etat) -> Prochaine | None:
    if not etat.bilan.a_un_pdf:
        return None
    return Prochaine("Le PDF est prêt à lire.", "Lire le PDF", _adresse("telecharger", etat))


_PAR_STATUT: dict[StatutBilan, Callable[[Etat], Prochaine | None]] = {
    StatutBilan.BROUILLON: _brouillon,
    StatutBilan.RELECTURE: _relecture,
    StatutBilan.VALIDE: _valide,
    StatutBilan.PUBLIE: _publie,
    StatutBilan.ARCHIVE: _archive,
}
