"""Où en est l’annonce d’un bilan paru, pour qui l’a publié. Des nombres, jamais une adresse."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min

from bilans.etats import StatutBilan
from bilans.models import AnnonceParution, Bilan, EtatEnvoi, MotifEnvoi
from cls_platform.socle.typographie import INSECABLE, pluriel

# Ce que l’on dit d’un refus : au singulier, au pluriel, puis pourquoi
REFUS = {
    MotifEnvoi.ADRESSE: (
        "adresse refusée",
        "adresses refusées",
        "boîte fermée, ou qui n’accepte pas nos courriels",
    ),
    MotifEnvoi.MESSAGE: (
        "courriel refusé",
        "courriels refusés",
        "le serveur de courriel n’en veut pas",
    ),
    MotifEnvoi.SERVEUR: (
        "courriel refusé",
        "courriels refusés",
        "le serveur de courriel n’a rien pris, après plusieurs essais",
    ),
    MotifEnvoi.DOUTE: (
        "courriel peut-être arrivé",
        "courriels peut-être arrivés",
        "le serveur de courriel s’est tu en le recevant",
    ),
}


@dataclass(frozen=True, slots=True)
class Compte:
    """Les courriels d’une annonce. `motifs` : les refus de chaque sorte, tant qu’on les connaît."""

    prevus: int
    partis: int
    refuses: int
    restants: int
    en_panne: int
    motifs: dict[MotifEnvoi, int]

    @property
    def ecartes(self) -> int:
        """Désabonnés avant l’envoi, ou bilan retiré."""
        return self.prevus - self.partis - self.refuses - self.restants

    @property
    def pourcentage(self) -> int:
        return 100 * (self.prevus - self.restants) // self.prevus if self.prevus else 100

    def refus_en_mots(self) -> list[str]:
        dits = [
            f"{pluriel(nombre, *REFUS[motif][:2])}{INSECABLE}: {REFUS[motif][2]}."
            for motif, nombre in self.motifs.items()
        ]
        inconnus = self.refuses - sum(self.motifs.values())
        refus = pluriel(inconnus, "courriel refusé", "courriels refusés")
        return [*dits, f"{refus}."] if inconnus else dits


@dataclass(frozen=True, slots=True)
class Avancement:
    """Ce que la page d’un bilan dit de son annonce. `prochain_le` : s’il faut l’attendre."""

    annonce: AnnonceParution
    compte: Compte
    est_lisible: bool
    est_en_ligne: bool
    prochain_le: datetime | None

    @property
    def est_en_cours(self) -> bool:
        return self.annonce.finie_le is None

    @property
    def est_entiere(self) -> bool:
        return not self.est_en_cours and self.compte.partis == self.compte.prevus

    @property
    def attend_la_page(self) -> bool:
        return self.est_en_cours and not self.est_lisible

    @property
    def court_maintenant(self) -> bool:
        """Des courriels partent, ou vont partir dans l’instant."""
        attend = self.prochain_le is not None or not self.est_lisible
        return self.est_en_cours and self.compte.restants > 0 and not attend

    @property
    def peut_reessayer(self) -> bool:
        return self.est_lisible and self.compte.refuses > 0 and self.annonce.oubliee_le is None

    @property
    def manquent(self) -> list[str]:
        """Pourquoi tout n’est pas parti, une phrase par raison."""
        return [*self.compte.refus_en_mots(), *self._ecartes()]

    def _ecartes(self) -> list[str]:
        nombre = self.compte.ecartes
        if not nombre:
            return []
        if self.est_en_ligne:
            qui = pluriel(nombre, "personne s’est désabonnée", "personnes se sont désabonnées")
            return [f"{qui} avant l’envoi."]
        quoi = pluriel(nombre, "courriel n’est pas parti", "courriels ne sont pas partis")
        return [f"{quoi}{INSECABLE}: cette édition a quitté le site."]


def compter(annonce: AnnonceParution) -> Compte:
    """Les envois, ou ce qui en a été gardé une fois effacés."""
    if annonce.oubliee_le:
        gardes = (annonce.prevus or 0, annonce.partis or 0, annonce.refuses or 0)
        return Compte(*gardes, restants=0, en_panne=0, motifs={})
    groupes = annonce.envois.compter()

    def combien(etat: EtatEnvoi) -> int:
        return sum(nombre for (lu, _), nombre in groupes.items() if lu == etat)

    refus = {motif: groupes.get((EtatEnvoi.REFUSE, motif), 0) for motif in REFUS}
    return Compte(
        prevus=sum(groupes.values()),
        partis=combien(EtatEnvoi.PARTI),
        refuses=combien(EtatEnvoi.REFUSE),
        restants=combien(EtatEnvoi.A_ENVOYER),
        en_panne=groupes.get((EtatEnvoi.A_ENVOYER, MotifEnvoi.SERVEUR), 0),
        motifs={motif: nombre for motif, nombre in refus.items() if nombre},
    )


def avancement(bilan: Bilan, le: datetime) -> Avancement | None:
    """None si personne n’attendait ce bilan."""
    annonce = AnnonceParution.objects.filter(bilan=bilan).first()
    if annonce is None:
        return None
    prochain = annonce.envois.restants().aggregate(le=Min("prochain_le"))["le"]
    return Avancement(
        annonce=annonce,
        compte=compter(annonce),
        est_lisible=AnnonceParution.objects.lisibles().filter(pk=annonce.pk).exists(),
        est_en_ligne=bilan.statut == StatutBilan.PUBLIE,
        prochain_le=prochain if prochain and prochain > le else None,
    )
