"""La liste de travail dans un tableur : une ligne par territoire, celles de la page."""

from datetime import date

from contrats.a_faire.ligne import LigneAFaire
from contrats.a_faire.situations import Motif

ENTETES = (
    "Territoire", "Genre", "Identifiant", "Région", "Délégation", "Situation",
    "Ce qui l’attend", "Population", "Fin du contrat", "Où en est-on", "Prochaine étape",
    "Référent", "En veille jusqu’au", "Dernière note le", "Dernière note",
    "Taux de pauvreté (%)", "Part en zone sous-dense (%)",
)  # fmt: skip


def valeurs_exportees(ligne: LigneAFaire) -> list[str | int | float | date | None]:
    suivi = ligne.suivi
    return [
        ligne.nom,
        "Contrat" if ligne.est_contrat else "Intercommunalité",
        str(ligne.code),
        ligne.region_nom,
        ligne.departement_nom,
        ligne.situation_libelle,
        ", ".join(str(motif.label) for motif in Motif if motif.value in ligne.motifs),
        ligne.population,
        ligne.fin,
        ligne.ou_en_est_on,
        ligne.etape.libelle if ligne.etape else "",
        suivi.referent_nom,
        suivi.en_veille_jusqu_au if ligne.est_en_veille else None,
        suivi.note_le,
        suivi.note_texte,
        None if ligne.pauvrete is None else float(ligne.pauvrete),
        None if ligne.part_sous_dense is None else float(ligne.part_sous_dense),
    ]
