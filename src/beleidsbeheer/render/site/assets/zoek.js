// Search in all texts in force, in the browser: each text comes as a script that calls zoekIn. Nothing is sent.
"use strict";
const zoekIn = (() => {
  const parts = [];
  const most = 50;
  const around = 90;

  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const words = (text) => plain(text).match(/[\p{L}\p{N}]+/gu) || [];

  function add(text) {
    for (const [anchor, heading, told] of text.delen) {
      const found = new Map();
      for (const word of words(told)) found.set(word, (found.get(word) || 0) + 1);
      parts.push({ title: text.titel, path: `${text.pad}#${anchor}`, heading, told, found, head: new Set(words(heading)) });
    }
  }

  // every word that was asked must begin a word of the part; one in the heading counts for more
  function score(part, asked) {
    let sum = 0;
    for (const word of asked) {
      let hits = 0;
      for (const [each, count] of part.found) if (each.startsWith(word)) hits += count;
      if (!hits) return 0;
      sum += Math.min(hits, 5);
      for (const each of part.head) if (each.startsWith(word)) sum += 10;
    }
    return sum;
  }

  function snippet(part, asked) {
    const told = document.createElement("p");
    const found = [...part.told.matchAll(/[\p{L}\p{N}]+/gu)];
    const hit = (match) => asked.some((word) => plain(match[0]).startsWith(word));
    // past the heading, which stands above it already
    const first = found.find((match) => match.index >= part.heading.length && hit(match)) || found.find(hit);
    const middle = first ? first.index : 0;
    const start = Math.max(0, middle - around);
    const end = Math.min(part.told.length, middle + 2 * around);
    let place = start;
    if (start) told.append("… ");
    for (const match of found) {
      if (match.index < start || match.index + match[0].length > end || !hit(match)) continue;
      const mark = document.createElement("mark");
      mark.textContent = match[0];
      told.append(part.told.slice(place, match.index), mark);
      place = match.index + match[0].length;
    }
    told.append(part.told.slice(place, end), end < part.told.length ? " …" : "");
    return told;
  }

  function row(part, asked) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = part.path;
    link.textContent = part.heading ? `${part.title}, ${part.heading}` : part.title;
    item.append(link, snippet(part, asked));
    return item;
  }

  document.addEventListener("DOMContentLoaded", () => {
    const field = document.getElementById("woorden");
    const list = document.getElementById("gevonden");
    const count = document.getElementById("aantal");
    document.getElementById("zoeken").hidden = false;
    document.getElementById("zonder").textContent = "U zoekt in uw eigen browser. Wat u zoekt wordt niet verstuurd.";

    function search() {
      const asked = words(field.value).filter((word) => word.length > 1);
      const found = asked.length
        ? parts.map((part) => [score(part, asked), part]).filter(([sum]) => sum).sort((a, b) => b[0] - a[0])
        : [];
      list.replaceChildren(...found.slice(0, most).map(([, part]) => row(part, asked)));
      const told = found.length === 1 ? "1 plek gevonden." : `${found.length} plekken gevonden.`;
      count.textContent = asked.length ? told + (found.length > most ? ` U ziet de eerste ${most}.` : "") : "";
    }

    field.addEventListener("input", search);
    const wanted = new URLSearchParams(location.search).get("q") || decodeURIComponent(location.hash.slice(1));
    if (wanted) field.value = wanted;
    search();
  });

  return add;
})();
