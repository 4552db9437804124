// Toute page : menus qui se ferment, focus sur ce qui vient d’apparaître, annonces.

const annonces = document.getElementById("annonces");

/** Fait lire un texte par les lecteurs d’écran, sans déplacer le focus. */
function annoncer(texte) {
  if (!annonces) return;
  annonces.textContent = "";
  window.setTimeout(() => { annonces.textContent = texte; }, 50);
}

function fermer(menu, rendreFocus) {
  menu.open = false;
  if (rendreFocus) menu.querySelector("summary").focus();
}

function menusOuverts() {
  return document.querySelectorAll("details[data-cls-menu][open]");
}

document.addEventListener("cls:annonce", (evenement) => annoncer(evenement.detail));

document.addEventListener("click", (evenement) => {
  for (const menu of menusOuverts()) {
    if (!menu.contains(evenement.target)) fermer(menu, false);
  }
});

document.addEventListener("keydown", (evenement) => {
  if (evenement.key !== "Escape") return;
  for (const menu of menusOuverts()) fermer(menu, menu.contains(document.activeElement));
});

document.addEventListener("focusin", (evenement) => {
  for (const menu of menusOuverts()) {
    if (!menu.contains(evenement.target)) fermer(menu, false);
  }
});

// Un résumé d’erreurs ou un conflit reçoit le focus dès qu’il est là.
document.querySelector(":not([data-cls-immobile] *)[data-cls-focus]")?.focus();

// Un formulaire envoyé ne part pas deux fois.
document.addEventListener("submit", (evenement) => {
  const formulaire = evenement.target;
  if (formulaire.method !== "post" || formulaire.hasAttribute("hx-post")) return;
  if (formulaire.dataset.clsEnvoye) {
    evenement.preventDefault();
    return;
  }
  formulaire.dataset.clsEnvoye = "oui";
});

window.addEventListener("pageshow", () => {
  for (const formulaire of document.querySelectorAll("form[data-cls-envoye]")) {
    delete formulaire.dataset.clsEnvoye;
  }
});

// Le sommaire suit la lecture.
const sommaire = document.querySelector("[data-cls-sommaire]");
if (sommaire && "IntersectionObserver" in window) {
  const liens = new Map();
  for (const lien of sommaire.querySelectorAll('a[href^="#"]')) {
    const cible = document.getElementById(lien.hash.slice(1));
    if (cible) liens.set(cible, lien);
  }
  const observateur = new IntersectionObserver((entrees) => {
    const vue = entrees.find((entree) => entree.isIntersecting);
    if (!vue) return;
    for (const lien of liens.values()) lien.removeAttribute("aria-current");
    liens.get(vue.target).setAttribute("aria-current", "true");
  }, { rootMargin: "-10% 0px -75% 0px" });
  for (const cible of liens.keys()) observateur.observe(cible);
}
