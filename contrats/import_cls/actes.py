"""Ce qu’un avenant signé a décidé : une liste ne le défait pas, elle le dit."""

from collections.abc import Collection
from datetime import date

from contrats.import_cls.references import ContratConnu


def fin_tenue(connu: ContratConnu, fin: date | None) -> str:
    """Pourquoi la fin ne change pas ; vide si elle peut changer.

    Une liste redit souvent la fin d’origine : elle annulerait la prolongation sans le vouloir.
    """
    actuelle = connu.contrat.date_fin
    if fin is None or fin == actuelle or not connu.prolongations or actuelle is None:
        return ""
    return (
        f"L’avenant n° {max(connu.prolongations)} a porté la fin au {actuelle:%d/%m/%Y} : elle se "
        "change par un avenant. Videz cette cellule, ou écrivez-y cette fin."
    )


def communes_tenues(connu: ContratConnu, le: date) -> set[str]:
    """Les communes qu’un avenant fait entrer ou sortir après ce jour."""
    return {
        ligne.commune_id
        for ligne in connu.perimetres
        if (ligne.avenant_entree_id and ligne.date_entree > le)
        or (ligne.avenant_sortie_id and ligne.date_sortie and ligne.date_sortie > le)
    }


def communes_a_dire(connu: ContratConnu, voulues: Collection[str], le: date) -> list[str]:
    """Celles que la liste contredit, et qui ne bougent donc pas."""
    ouvertes = {p.commune_id for p in connu.perimetres if p.date_sortie is None}
    return sorted(c for c in communes_tenues(connu, le) if (c in ouvertes) != (c in voulues))
