"""Les bénéficiaires inventés de deux contrats, par le service : les mêmes règles que la page."""

from collections.abc import Mapping

from acteurs.models import Utilisateur
from cls_platform.demo.chargement.lecture import VIA, Donnees
from contrats.models import Action, Population
from indicateurs.beneficiaires.quartiers import quartier_nomme
from indicateurs.services.beneficiaires import CompteSaisi, enregistrer_comptes


def charger_beneficiaires(
    donnees: Donnees, *, actions: Mapping[str, Action], par: Utilisateur
) -> None:
    """Sans fichier, rien. Une fiche qui n’est plus dans le plan est passée."""
    publics = Population.objects.in_bulk()
    for numero, annees in donnees.items():
        for annee, comptes in annees.items():
            if numero in actions:
                saisis = [_compte(compte, publics) for compte in comptes]
                enregistrer_comptes(
                    action=actions[numero], annee=annee, comptes=saisis, par=par, via=VIA
                )


def _compte(compte: Donnees, publics: Mapping[str, Population]) -> CompteSaisi:
    quartier = quartier_nomme(compte["quartier"]) if "quartier" in compte else None
    return CompteSaisi(
        population=publics[compte["public"]] if "public" in compte else None,
        code_qpv=quartier.code if quartier else "",
        nom_qpv=quartier.nom if quartier else "",
        personnes=compte.get("personnes"),
        presences=compte.get("presences"),
        sont_distinctes=compte.get("distinctes", False),
        source=compte.get("source", ""),
    )
