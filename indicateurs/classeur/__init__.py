"""La grille dans un tableur : le classeur que l’on emporte, que l’on remplit, que l’on redonne."""
