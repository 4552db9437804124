"""Des lignes de la base à la série que les graphiques et les phrases comprennent."""

from collections.abc import Iterable

from indicateurs.models import Indicateur, Mesure
from indicateurs.series import Releve, Repere, Serie, par_annee


def serie_de(indicateur: Indicateur, mesures: Iterable[Mesure]) -> Serie:
    """Toutes les années connues, sans masquage : pour qui suit le contrat."""
    releves = [
        Releve(
            annee=m.annee,
            valeur=m.valeur,
            qualite=m.qualite,
            numerateur=m.numerateur,
            denominateur=m.denominateur,
        )
        for m in mesures
    ]
    return Serie(
        libelle=indicateur.libelle_public or indicateur.libelle,
        unite=indicateur.unite,
        decimales=indicateur.decimales,
        sens=indicateur.sens,
        agregation=indicateur.agregation,
        source=indicateur.source,
        numerateur=indicateur.numerateur,
        denominateur=indicateur.denominateur,
        releves=par_annee(indicateur.agregation, releves),
        reference=repere(indicateur.annee_reference, indicateur.valeur_reference),
        cible=repere(indicateur.annee_cible, indicateur.cible),
    )


def repere(annee: int | None, valeur: object) -> Repere | None:
    return Repere(annee=annee, valeur=valeur) if annee and valeur is not None else None  # type: ignore[arg-type]  # non nuls ici
