"""La plateforme face à ses planchers, dans le même processus et sur la même base.

Un plancher est un code indépendant qui fait le même travail au plus simple ; il n’importe jamais le
produit. Avant de mesurer, chaque charge vérifie que les deux donnent la même réponse.
"""
