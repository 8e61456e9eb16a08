// Print: the service's page with the PDF in a tab of its own; the page itself
// where the service is slow or down.
import { Sheet, exec, expire, fetch, listen, openTab, printPage, replaceSheet, toggle } from './natives.js';
import rules from '../web/print.css';

const patience = 4000;

// print begins in the click, as tabs may be opened then alone.
export const print = async (endpoint, query, lang, article) => {
  const tab = openTab('');
  try {
    tab.document.body.textContent = 'PDF…';
    const answer = await fetch(endpoint + '/v1/pdf?' + query, { __proto__: null, signal: expire(patience) });
    const hash = exec(/pdf\/(\w+)\.pdf/, answer.ok && answer.url)[1]; // an error has none: it throws
    tab.opener = null;
    tab.location.replace(endpoint + '/print/' + hash + '?lang=' + lang);
  } catch {
    if (tab) tab.close();
    printHere(article);
  }
};

// printHere prints the page with our rules. The article is marked meanwhile;
// rules for printing alone may stay.
const mark = 'data-offprint-print';
let sheet;
const printHere = (article) => {
  if (!sheet) {
    replaceSheet(sheet = new Sheet(), rules);
    const own = document.adoptedStyleSheets;
    own[own.length] = sheet;
  }
  if (article) toggle(article, mark, true);
  listen(window, 'afterprint', () => {
    if (article) toggle(article, mark, false);
  });
  printPage();
};
