"""De l’instantané à ce que les gabarits du PDF affichent : textes prêts, images dessinées.

Rien ici ne lit la base ni ne connaît le moteur PDF. Les gabarits n’ont plus qu’à poser.
"""

from bilans.mise_en_page.contexte import contexte

__all__ = ["contexte"]
