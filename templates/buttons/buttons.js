// <article-tools>: Print, Email, A− A A+ and Share for the page of an article.
import {
  Sheet, append, closest, computed, dispatch, encode, exec, find, focus, getAttribute, listen,
  prevent, replaceSheet, shadow, split,
} from './natives.js';
import { button, h, icon, set } from './dom.js';
import { email } from './email.js';
import { print } from './print.js';
import { share } from './share.js';
import * as size from './size.js';
import style from './toolbar.css';
import tables from './words.json';

const systemShare = navigator.share && navigator.share.bind(navigator);

class ArticleTools extends HTMLElement {
  connectedCallback() {
    if (!this.shadowRoot) make(this);
  }
}

const make = (element) => {
  const attribute = (name) => getAttribute(element, name) || '';
  const { lang: tag } = closest(element, '[lang]') || element;
  const lang = exec(/^zh-(.*-)?(hant|tw|hk|mo)/i, tag) ? 'zh-Hant' : exec(/^zh/i, tag) ? 'zh-Hans' : exec(/^ja|^ko|/, tag)[0] || 'en';
  const words = split(tables[lang], '|');

  // The service is where the script came from, unless the page names another.
  const endpoint = () => exec(/(.*?)\/*$/, new URL(attribute('endpoint') || '.', import.meta.url).href)[1];
  const canonical = () => exec(/[^#]*/, (find('link[rel=canonical]') || location).href)[0];
  const query = () => 'url=' + encode(canonical()) + '&font_size=' + size.fontSize();
  const article = () => {
    const name = attribute('for');
    return name ? find(`[id="${name}"]`) : closest(element, 'article') || find('[data-offprint=body],article,main');
  };
  const tell = (name) => dispatch(element, new CustomEvent(name, {
    __proto__: null, bubbles: true, composed: true, cancelable: true, detail: size.fontSize(),
  }));

  const status = h('p', ['role', 'status', 'class', 'trap']);
  const resize = (text, by) => set(button([text], () => {
    size.go(by);
    tell('offprint:size');
    status.textContent = words.size + ' ' + size.percent(0) + '%';
  }), ['aria-label', text + ' ' + words.size]);
  const smaller = resize('A−', -1);
  const larger = resize('A+', 1);

  const tools = {
    __proto__: null,
    print: () => button([icon('M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z'), words.print], () => {
      if (tell('offprint:print')) print(endpoint(), query(), lang, article());
    }),
    // Without the page's token nothing can be mailed.
    email: () => attribute('token') && button([icon('M3 6h18v12H3zM3 7l9 6 9-6'), words.email], (event) => {
      email(box, endpoint(), canonical(), attribute('token'), size.fontSize(), lang, words, event.currentTarget, () => tell('offprint:email'));
    }),
    size: () => h('div', ['role', 'group'], [smaller, resize('A', 0), larger]),
    share: () => button([icon('M12 16V4M8 8l4-4 4 4M8 11H5v9h14v-9h-3'), words.share], async (event) => {
      const opener = event.currentTarget;
      try {
        await systemShare({ __proto__: null, title: document.title, url: canonical() });
      } catch (wrong) {
        if (wrong.name === 'AbortError') return; // the reader thought better of it
        share(box, canonical(), document.title, endpoint(), endpoint() + '/v1/pdf?' + query(), words, opener);
      }
    }),
  };

  const bar = h('div', ['role', 'toolbar', 'part', 'toolbar', 'aria-label', document.title]);
  const wanted = split(attribute('tools') || 'print email size share', ' ');
  for (let i = 0; i < wanted.length; i++) {
    const tool = tools[wanted[i]] && tools[wanted[i]]();
    if (tool) append(bar, tool);
  }
  rove(bar);
  const box = h('div', ['class', 'box', 'lang', lang], [bar, status]);
  const root = shadow(element, { __proto__: null, mode: 'open' });
  const sheet = new Sheet();
  replaceSheet(sheet, style);
  root.adoptedStyleSheets = [sheet];
  root.append(box);
  size.join({
    article_: article,
    show_() {
      set(smaller, ['aria-disabled', !size.percent(-1)]);
      set(larger, ['aria-disabled', !size.percent(1)]);
    },
  });
};

// rove makes the toolbar one stop of the Tab key; arrows, Home and End move
// within it (the toolbar pattern of the ARIA Authoring Practices Guide).
const rove = (bar) => {
  const stops = bar.getElementsByTagName('button');
  const settle = (on) => { for (let i = 0; i < stops.length; i++) set(stops[i], ['tabindex', stops[i] === on ? 0 : -1]); };
  settle(stops[0]);
  listen(bar, 'focusin', (event) => settle(event.target));
  listen(bar, 'keydown', (event) => {
    let at = 0;
    while (stops[at] !== event.target) at++;
    const forward = computed(bar).direction === 'rtl' ? -1 : 1;
    const moves = { __proto__: null, ArrowRight: at + forward, ArrowLeft: at - forward, Home: 0, End: -1 };
    if (!(event.key in moves) || event.ctrlKey || event.altKey || event.metaKey) return;
    prevent(event);
    focus(stops[(moves[event.key] + stops.length) % stops.length]);
  });
};

// A browser without these keeps the plain links within the element.
if (document.adoptedStyleSheets && !customElements.get('article-tools')) customElements.define('article-tools', ArticleTools);
