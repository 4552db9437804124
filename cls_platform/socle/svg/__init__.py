"""Graphiques et cartes en SVG : une description simple entre, une image accessible sort.

Aucun mot du domaine ici. Les mêmes fonctions servent la page (classes, couleurs du thème) et
le PDF (couleurs écrites dans l'image, car la feuille de style n'entre pas dans le SVG).
"""
