"""Les vues des indicateurs d’un contrat, en onglets sous le titre de chacune."""

from django.urls import reverse
from django.utils import timezone

from cls_platform.socle.navigation import Entree
from contrats.models import Contrat
from indicateurs.echeancier import nombre_en_retard

NOM = "Vues des indicateurs"
ECHEANCES = "echeances"
# (clé, libellé, nom d’adresse) ; l’adresse prend le contrat
VUES = (
    ("saisie", "Saisie", "indicateurs:grille"),
    ("trajectoires", "Trajectoires", "indicateurs:trajectoires"),
    ("comparaison", "Comparaison", "indicateurs:comparaison"),
    (ECHEANCES, "Échéances", "indicateurs:echeances"),
    ("chaine", "Chaîne", "indicateurs:chaine"),
    ("beneficiaires", "Bénéficiaires", "indicateurs:beneficiaires"),
)


def onglets_des_indicateurs(
    contrat: Contrat, courant: str, *, en_retard: int | None = None
) -> tuple[Entree, ...]:
    """`en_retard` : le nombre de valeurs en retard, si la page le connaît ; sinon deux requêtes."""
    if en_retard is None:
        en_retard = nombre_en_retard(contrat, timezone.localdate())
    comptes = {ECHEANCES: str(en_retard)} if en_retard else {}
    return tuple(
        Entree(
            libelle,
            reverse(adresse, args=[contrat.pk]),
            compte=comptes.get(cle, ""),
            a_traiter=cle in comptes,
            est_courante=cle == courant,
        )
        for cle, libelle, adresse in VUES
    )
