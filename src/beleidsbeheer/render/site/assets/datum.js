// Which text was in force on a day: read from the lists on the page itself, so that no server is asked.
"use strict";
(() => {
  const field = document.getElementById("dag");
  const answer = document.getElementById("antwoord");
  document.getElementById("vraag").hidden = false;

  const shown = (day) => day.split("-").reverse().join("-");

  function line(section, day) {
    const found = [...section.querySelectorAll("li[data-van]")].find(
      (row) => row.dataset.van <= day && (!row.dataset.tot || day <= row.dataset.tot),
    );
    const told = document.createElement("p");
    const title = document.createElement("strong");
    title.textContent = section.dataset.titel;
    told.append(title, ": ");
    if (!found || !found.dataset.pad) {
      told.append(found ? "niet te bepalen, er zijn lezingen die elkaar tegenspreken." : "er gold geen tekst.");
      return told;
    }
    const link = document.createElement("a");
    link.href = found.dataset.pad;
    link.textContent = `versie ${found.dataset.versie}`;
    told.append(link, ` (van ${shown(found.dataset.van)} t/m ${found.dataset.tot ? shown(found.dataset.tot) : "heden"}).`);
    return told;
  }

  function tell() {
    const day = field.value;
    answer.replaceChildren();
    if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return;
    const head = document.createElement("p");
    head.textContent = `Op ${shown(day)}:`;
    answer.append(head, ...[...document.querySelectorAll("section[data-titel]")].map((each) => line(each, day)));
  }

  const asked = location.hash.slice(1);
  if (/^\d{4}-\d{2}-\d{2}$/.test(asked)) field.value = asked;
  field.addEventListener("input", tell);
  tell();
})();
