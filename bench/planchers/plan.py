"""Plancher : la page d’un plan, en SQL direct et en chaînes formatées."""

from datetime import date
from html import escape
from typing import Any
from uuid import UUID

SQL = """
SELECT a.id, a.numero, a.titre, a.statut, a.date_fin, p.nom, x.numero, x.titre
FROM contrats_action a
LEFT JOIN acteurs_acteur p ON p.id = a.pilote_id
LEFT JOIN contrats_axe x ON x.id = a.axe_id
WHERE a.contrat_id = %s ORDER BY x.ordre, a.ordre, a.numero, a.id
"""
LIGNE = (
    '<tr id="a-{id}"><td><input type="checkbox" name="a" value="{id}"></td><td>{numero}</td>'
    '<th scope="row"><div class="champ"><button type="submit" form="ouvrir" formaction="/espace/actions/{id}/champ/titre/"'
    ' hx-get="/espace/actions/{id}/champ/titre/" hx-target="closest div" hx-swap="outerHTML"><span class="invisible">'
    "Modifier : titre, </span>{titre}</button></div></th>"
    '<td><button type="submit" form="ouvrir" formaction="/espace/actions/{id}/champ/statut/" hx-get="/espace/actions/{id}/'
    'champ/statut/" hx-swap="outerHTML"><span class="statut">{statut}</span></button></td>'
    '<td><button type="submit" form="ouvrir" formaction="/espace/actions/{id}/champ/pilote/" hx-get="/espace/actions/{id}/'
    'champ/pilote/" hx-swap="outerHTML">{pilote}</button></td>'
    '<td><button type="submit" form="ouvrir" formaction="/espace/actions/{id}/champ/calendrier/" hx-get="/espace/actions/'
    '{id}/champ/calendrier/" hx-swap="outerHTML">{fin}</button></td></tr>'
)


def page(curseur: Any, contrat: UUID) -> str:
    curseur.execute(SQL, [contrat])
    morceaux, axe = ["<table>"], None
    for cle, numero, titre, statut, fin, pilote, rang, titre_axe in curseur.fetchall():
        if rang != axe:
            axe = rang
            morceaux.append(
                f"<tbody><tr><th>{escape(rang or '')} {escape(titre_axe or '')}</th></tr>"
            )
        jour: date | None = fin
        morceaux.append(
            LIGNE.format(
                id=cle,
                numero=escape(numero),
                titre=escape(titre),
                statut=escape(statut),
                pilote=escape(pilote or ""),
                fin=f"{jour:%d/%m/%Y}" if jour else "",
            )
        )
    morceaux.append("</table>")
    return "".join(morceaux)
