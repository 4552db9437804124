"""Un dossier de fiches en document Word : de vrais styles, de vrais titres, du texte à reprendre.

`ecriture` pose le contenu, `styles` l’habille, `xml` écrit ce que python-docx ne sait pas écrire.
"""

from bilans.dossier.word.ecriture import rendre_docx

__all__ = ["rendre_docx"]
