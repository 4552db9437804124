"""Des lignes de la base à la série que les graphiques et les phrases comprennent."""

from collections.abc import Iterable

from indicateurs.calcul.facteur import facteur
from indicateurs.models import Indicateur, Mesure
from indicateurs.series import Releve, Repere, Serie, par_annee
from indicateurs.trajectoire import Trajectoire


def serie_de(indicateur: Indicateur, mesures: Iterable[Mesure]) -> Serie:
    """Ces seules valeurs saisies, année par année ; la lecture d’un contrat est dans `calcul`."""
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
    par_an = par_annee(indicateur.agregation, releves, facteur=facteur(indicateur.unite))
    return serie_avec(indicateur, par_an)


def serie_avec(indicateur: Indicateur, releves: tuple[Releve, ...]) -> Serie:
    """Un relevé par année, sans masquage : pour qui suit le contrat."""
    return Serie(
        libelle=indicateur.libelle_public or indicateur.libelle,
        unite=indicateur.unite,
        decimales=indicateur.decimales,
        sens=indicateur.sens,
        agregation=indicateur.agregation,
        source=indicateur.source,
        numerateur=indicateur.numerateur,
        denominateur=indicateur.denominateur,
        releves=releves,
        reference=repere(indicateur.annee_reference, indicateur.valeur_reference),
        cible=repere(indicateur.annee_cible, indicateur.cible),
    )


def repere(annee: int | None, valeur: object) -> Repere | None:
    return Repere(annee=annee, valeur=valeur) if annee and valeur is not None else None  # type: ignore[arg-type]  # non nuls ici


def trajectoire_de(indicateur: Indicateur, serie: Serie) -> Trajectoire:
    """Lit les cibles intermédiaires : une liste les a chargées d’avance (`avec_cibles`)."""
    return Trajectoire(
        serie=serie,
        intermediaires=tuple(
            Repere(annee=c.annee, valeur=c.valeur) for c in indicateur.cibles_intermediaires.all()
        ),
        precision=indicateur.precision,
        seuil=indicateur.seuil,
    )
