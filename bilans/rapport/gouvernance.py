"""Les réunions tenues dans l’année, et ce qui s’y est décidé devant tout le monde.

Chaque réunion tenue est dite ; le lieu, l’ordre du jour et les décisions, seulement quand elle
était ouverte au public : le relevé d’un comité fermé reste à l’équipe.
"""

from bilans.instantane import Decision, Rencontre
from contrats.models import Contrat, DecisionReunion, Reunion


def rencontres(contrat: Contrat, annee: int) -> tuple[Rencontre, ...]:
    tenues = Reunion.objects.du_contrat(contrat).tenues().de_l_annee(annee)
    return tuple(
        Rencontre(
            jour=reunion.date,
            instance=reunion.instance.nom,
            titre=_premiere_ligne(reunion.ordre_du_jour) if reunion.est_publique else "",
            lieu=reunion.lieu if reunion.est_publique else "",
            organisations=reunion.organisations or None,  # type: ignore[attr-defined]  # annotée
            est_publique=reunion.est_publique,
        )
        for reunion in tenues.avec_organisations().dans_l_ordre()
    )


def _premiere_ligne(texte: str) -> str:
    return next((ligne.strip() for ligne in texte.splitlines() if ligne.strip()), "")


def decisions(contrat: Contrat, annee: int) -> tuple[Decision, ...]:
    prises = DecisionReunion.objects.du_contrat(contrat).publiques().de_l_annee(annee)
    return tuple(
        Decision(
            jour=prise.reunion.date,
            instance=prise.reunion.instance.nom,
            texte=prise.texte,
            etat=prise.get_statut_display(),
            organisation=prise.acteur.nom if prise.acteur else "",
        )
        for prise in prises
    )
