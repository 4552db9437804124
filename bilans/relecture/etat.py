"""Où en est la relecture : fils à traiter, avis, validation, visas, et ce qui est caduc."""

from dataclasses import dataclass
from datetime import date

from bilans.etats import StatutBilan
from bilans.models import AuNomDe, AvisBilan, Bilan, EtatCommentaire, ValidationBilan, VisaBilan

STATUTS_VALIDES = (StatutBilan.VALIDE, StatutBilan.PUBLIE, StatutBilan.ARCHIVE)


@dataclass(frozen=True, slots=True)
class VisaLu:
    """`visa` None : pas encore donné. Caduc : le PDF a été refait depuis."""

    au_nom_de: str
    libelle: str
    visa: VisaBilan | None
    est_caduc: bool


@dataclass(frozen=True, slots=True)
class EtatRelecture:
    """`a_traiter` : fils ouverts sans réponse ; `repondus` : répondus, pas clos."""

    a_traiter: int
    repondus: int
    clos: int
    avis: tuple[AvisBilan, ...]
    validation: ValidationBilan | None
    validation_est_caduque: bool
    visas: tuple[VisaLu, ...]
    le: date

    @property
    def avis_attendus(self) -> list[AvisBilan]:
        return [avis for avis in self.avis if avis.rendu_le is None]

    @property
    def avis_rendus(self) -> list[AvisBilan]:
        return [avis for avis in self.avis if avis.rendu_le is not None]

    @property
    def avis_en_retard(self) -> list[AvisBilan]:
        return [avis for avis in self.avis_attendus if avis.attendu_le < self.le]


def etat_de_la_relecture(bilan: Bilan, le: date) -> EtatRelecture:
    """Quatre requêtes."""
    etats = list(bilan.commentaires.filter(parent=None).values_list("etat", flat=True))
    validation = ValidationBilan.objects.filter(bilan=bilan).select_related("reunion").first()
    visas = {visa.au_nom_de: visa for visa in bilan.visas.all()}
    return EtatRelecture(
        a_traiter=etats.count(EtatCommentaire.OUVERT),
        repondus=etats.count(EtatCommentaire.REPONDU),
        clos=etats.count(EtatCommentaire.CLOS),
        avis=tuple(bilan.avis.dans_l_ordre()),
        validation=validation,
        validation_est_caduque=_validation_caduque(bilan, validation),
        visas=tuple(_visa(bilan, code, nom, visas.get(code)) for code, nom in AuNomDe.choices),
        le=le,
    )


def _visa(bilan: Bilan, code: str, libelle: str, visa: VisaBilan | None) -> VisaLu:
    return VisaLu(code, libelle, visa, visa is not None and visa.sha256 != bilan.sha256)


def _validation_caduque(bilan: Bilan, validation: ValidationBilan | None) -> bool:
    """Le PDF n’est plus celui du comité, ou l’écriture a repris depuis."""
    if validation is None:
        return False
    return validation.sha256 != bilan.sha256 or bilan.statut not in STATUTS_VALIDES
