// Tries the buttons in Chromium: by mouse and by keyboard alone, at a service
// that works, is slow or down, under a strict CSP and on a page that breaks what
// it can. Writes screenshots to the folder out.
//
// usage: node chromium.mjs CHROMIUM
import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { service, site } from './pages.mjs';

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const browser = await chromium.launch({ executablePath: process.argv[2], args: ['--no-sandbox', '--disable-gpu'] });
const at = await service();
const news = await site(at.address);
const languages = ['en', 'zh-Hans', 'zh-Hant', 'ja', 'ko'];
const out = new URL('out/', import.meta.url).pathname;
await mkdir(out, { recursive: true });

// open shows the newspaper's page in a browser of its own, and counts prints.
const open = async (query = '', options = {}) => {
  const context = await browser.newContext({ viewport: { width: 800, height: 700 }, ...options });
  context.setDefaultTimeout(3000);
  await context.addInitScript(() => {
    window.printed = [];
    window.print = () => {
      printed.push([...document.querySelectorAll('[data-offprint-print]')].map((e) => e.id).join());
      window.dispatchEvent(new Event('afterprint'));
    };
    window.shifts = 0;
    new PerformanceObserver((list) => { for (const shift of list.getEntries()) shifts += shift.value; }).observe({ type: 'layout-shift', buffered: true });
    document.addEventListener('securitypolicyviolation', (event) => console.error(`CSP ${event.violatedDirective}`));
  });
  const page = await context.newPage();
  page.wrong = [];
  page.on('pageerror', (error) => page.wrong.push(String(error)));
  page.on('console', (line) => { if (line.type() === 'error' && !/favicon|503|429|ERR_FAILED|404/.test(line.text())) page.wrong.push(line.text()); });
  await page.goto(`${news.address}/?${query}`);
  await page.waitForSelector('article-tools [role=toolbar]', { state: 'attached' });
  return page;
};
const names = (page) => page.$$eval('article-tools [role=toolbar] button', (all) => all.map((b) => b.ariaLabel || b.textContent));
const active = (page) => page.evaluate(() => { const e = document.querySelector('article-tools').shadowRoot.activeElement; return e && (e.ariaLabel || e.textContent || e.tagName); });
const press = (page, name) => page.click(`article-tools [role=toolbar] button:has-text("${name}")`);
const status = (page, text) => page.waitForFunction((text) => [...document.querySelector('article-tools').shadowRoot.querySelectorAll('[role=status]')].some((s) => s.textContent.includes(text)), text, { timeout: 15000 });
const sizes = (page) => page.$$eval('#story p', (all) => all.map((p) => [parseFloat(getComputedStyle(p).fontSize), parseFloat(getComputedStyle(p).lineHeight)]));
// closed waits until the blank tab is.
const closed = async (page) => {
  for (let i = 0; page.context().pages().length > 1; i++) {
    assert.ok(i < 40, 'the blank tab stays');
    await page.waitForTimeout(50);
  }
};
const axe = async (page) => {
  await page.evaluate(axeSource);
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const { violations } = await page.evaluate((tags) => axe.run(document, { runOnly: tags }), tags);
  assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join('; ')}`), []);
};

const tests = {
  async 'print by mouse shows the PDF at the size chosen'() {
    const page = await open('lang=zh-Hans');
    await press(page, 'A+');
    await press(page, 'A+');
    at.asked.length = 0;
    const [tab] = await Promise.all([page.context().waitForEvent('page'), press(page, '打印')]);
    await tab.waitForURL(/\/print\/(ab){32}\?lang=zh-Hans$/);
    assert.equal(await tab.textContent('h1'), 'printed');
    assert.equal(await tab.evaluate(() => opener), null);
    assert.ok(at.asked.includes('/v1/pdf?url=https%3A%2F%2Fnews.example%2Fa.html&font_size=x-large'), at.asked.join());
    assert.deepEqual(await page.evaluate(() => printed), []);
    return page;
  },
  async 'the page is printed when the service is down'() {
    at.mode = 'down';
    const page = await open();
    await press(page, 'Print');
    await page.waitForFunction(() => printed.length === 1);
    assert.deepEqual(await page.evaluate(() => printed), ['story']);
    await closed(page);
    assert.equal(await page.$('[data-offprint-print]'), null, 'the mark is gone');
    await page.$eval('#story', (e) => e.setAttribute('data-offprint-print', ''));
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.isVisible('header p'), false);
    assert.equal(await page.isVisible('#story p'), true);
    assert.equal(await page.isVisible('article-tools'), false);
    return page;
  },
  async 'the page is printed when the service is slow'() {
    at.mode = 'slow';
    const page = await open();
    const began = Date.now();
    await press(page, 'Print');
    await page.waitForFunction(() => printed.length === 1, null, { timeout: 8000 });
    const took = Date.now() - began;
    assert.ok(took > 3800 && took < 6500, `${took} ms`);
    await closed(page);
    return page;
  },
  async 'the page is printed where tabs may not be opened'() {
    const page = await open();
    const other = await page.context().newPage();
    await other.addInitScript(() => { window.open = () => null; });
    await other.goto(`${news.address}/`);
    await other.click('article-tools button:has-text("Print")');
    await other.waitForFunction(() => printed.length === 1);
    return page;
  },
  async 'everything by keyboard alone'() {
    const page = await open('', { hasTouch: false });
    await page.keyboard.press('Tab');
    assert.equal(await active(page), 'Print');
    const walk = [];
    for (let i = 0; i < 6; i++) { await page.keyboard.press('ArrowRight'); walk.push(await active(page)); }
    assert.deepEqual(walk, ['Email', 'A− Text size', 'A Text size', 'A+ Text size', 'Share', 'Print']);
    await page.keyboard.press('ArrowLeft');
    assert.equal(await active(page), 'Share');
    await page.keyboard.press('Home');
    assert.equal(await active(page), 'Print');
    const [tab] = await Promise.all([page.context().waitForEvent('page'), page.keyboard.press('Enter')]);
    await tab.waitForURL(/\/print\//);
    await tab.close();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.waitForSelector('article-tools dialog[open]');
    await page.keyboard.press('Escape');
    await page.waitForSelector('article-tools dialog', { state: 'detached' });
    assert.equal(await active(page), 'Share');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Space');
    await status(page, '115%');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Shift+Tab');
    assert.equal(await active(page), 'A+ Text size', 'one stop of the Tab key');
    for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await page.waitForSelector('article-tools dialog input:focus');
    at.letters.length = 0;
    await page.keyboard.type('li@news.example，wang@news.example');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Ann "A" \\');
    await page.keyboard.press('Enter');
    await status(page, 'It is on its way.');
    assert.equal(at.letters.length, 1);
    const { challenge, solution, ...letter } = at.letters[0];
    assert.deepEqual(letter, { url: 'https://news.example/a.html', token: '2000000000.dG9rZW4', sender: 'Ann "A" \\', note: '', font_size: 'large',
      lang: 'en', website: '', to: ['li@news.example', 'wang@news.example'] });
    assert.equal(await active(page), 'Close');
    await page.keyboard.press('Enter');
    assert.equal(await active(page), 'Email', 'the focus returns');
    return page;
  },
  async 'a letter that is refused is said, and the next try has a new challenge'() {
    at.mode = 'often';
    at.note = true;
    const page = await open('lang=ja');
    at.asked.length = 0;
    at.letters.length = 0;
    await press(page, 'メール');
    const dialog = page.locator('article-tools dialog');
    await dialog.locator('textarea').fill('line one\nline two');
    for (const bad of ['', 'nobody', 'a@b', 'a@b.c '.repeat(6)]) {
      await dialog.locator('input').first().fill(bad);
      await dialog.locator('.main').click();
      assert.equal(await dialog.locator('input').first().evaluate((e) => e.validity.valid), false, bad);
    }
    await dialog.locator('input').first().fill('a@b.c');
    await dialog.locator('.main').click();
    await status(page, '送信できません');
    assert.equal(at.letters.length, 0);
    at.mode = 'ok';
    await dialog.locator('.main').click();
    await status(page, '受け付けました');
    assert.equal(at.letters[0].note, 'line one line two');
    assert.equal(at.asked.filter((a) => a.startsWith('/v1/challenge')).length, 2);
    return page;
  },
  async 'the page stays alive while the work is done'() {
    at.bits = 18;
    const page = await open();
    await page.evaluate(() => {
      window.longest = 0;
      let last = performance.now();
      setInterval(() => { const now = performance.now(); longest = Math.max(longest, now - last); last = now; }, 5);
    });
    await press(page, 'Email');
    await page.locator('article-tools dialog input').first().fill('a@b.c');
    await page.keyboard.press('Enter');
    await status(page, 'It is on its way.');
    const longest = await page.evaluate(() => longest);
    assert.ok(longest < 600, `blocked for ${longest} ms`);
    return page;
  },
  async 'text in px: each element is multiplied, and put back as it was'() {
    const page = await open('css=px');
    await page.$eval('#story p', (p) => { p.style.fontSize = '20px'; });
    assert.deepEqual(await sizes(page), [[20, 27], [17, 27]]);
    for (let i = 0; i < 3; i++) await press(page, 'A+');
    const big = await sizes(page);
    assert.deepEqual(big.map(([size]) => size), [30, 25.5]);
    assert.ok(Math.abs(big[1][1] - 40.5) < .1, String(big[1][1]));
    await page.click('article-tools [role=group] button:nth-child(2)');
    assert.deepEqual(await sizes(page), [[20, 27], [17, 27]]);
    assert.equal(await page.$eval('#story', (e) => e.getAttribute('style') || ''), '');
    return page;
  },
  async 'text that follows the variable is left to the page'() {
    const page = await open('css=var');
    for (let i = 0; i < 5; i++) await press(page, 'A+');
    assert.deepEqual((await sizes(page)).map(([size]) => size), [38.25, 38.25]);
    assert.equal(await page.$eval('#story p', (p) => p.getAttribute('style')), null);
    assert.equal(await page.$eval('#story', (e) => e.style.getPropertyValue('--offprint-scale')), '2.25');
    assert.equal(await page.getAttribute('article-tools [role=group] button:last-child', 'aria-disabled'), 'true');
    return page;
  },
  async 'two tabs and a reload keep the size; the page hears of it'() {
    const page = await open('css=px');
    await page.evaluate(() => { window.heard = []; for (const name of ['offprint:size', 'offprint:print']) document.addEventListener(name, (e) => heard.push([e.type, e.detail])); });
    const other = await page.context().newPage();
    await other.goto(`${news.address}/?css=px`);
    await press(page, 'A−');
    await other.waitForFunction(() => Math.abs(parseFloat(getComputedStyle(document.querySelector('#story p')).fontSize) - 15.3) < .01);
    await other.reload();
    await other.waitForFunction(() => Math.abs(parseFloat(getComputedStyle(document.querySelector('#story p')).fontSize) - 15.3) < .01);
    assert.deepEqual(await page.evaluate(() => heard), [['offprint:size', 'small']]);
    await page.evaluate(() => document.addEventListener('offprint:print', (e) => e.preventDefault()));
    at.asked.length = 0;
    await press(page, 'Print');
    assert.deepEqual(at.asked, [], 'a page may take printing over');
    return page;
  },
  async 'share: the list, the code for WeChat, no request before'() {
    const page = await open('lang=zh-Hant', { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.waitForLoadState('networkidle');
    at.asked.length = 0;
    await press(page, '分享');
    const dialog = page.locator('article-tools dialog');
    const links = await dialog.locator('a').evaluateAll((all) => all.map((a) => [a.textContent, new URL(a.href).hostname]));
    assert.deepEqual(links.map(([name]) => name), ['PDF', '微博', 'WhatsApp', 'LINE', 'Facebook', 'X', 'Telegram']);
    assert.equal(at.asked.length, 0);
    await dialog.locator('button').first().click();
    await status(page, '✓');
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), 'https://news.example/a.html');
    await dialog.locator('button').nth(1).click();
    await dialog.locator('img').waitFor();
    assert.deepEqual(at.asked, ['/v1/qr.svg?text=https%3A%2F%2Fnews.example%2Fa.html']);
    return page;
  },
  async 'share: the system comes first'() {
    const page = await open();
    const other = await page.context().newPage();
    await other.addInitScript(() => { navigator.share = (data) => { window.shared = { ...data }; return Promise.resolve(); }; });
    await other.goto(`${news.address}/`);
    await other.click('article-tools button:has-text("Share")');
    assert.deepEqual(await other.evaluate(() => shared), { title: 'Morning at the ferry pier', url: 'https://news.example/a.html' });
    assert.equal(await other.$('article-tools dialog'), null);
    return page;
  },
  async 'without scripts the plain links are there'() {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${news.address}/`);
    assert.equal(await page.isVisible('article-tools a:has-text("PDF")'), true);
    assert.match(await page.getAttribute('article-tools a', 'href'), /\/v1\/pdf\?url=/);
    await context.close();
  },
  async 'a strict CSP with Trusted Types: no violation'() {
    const page = await open('csp=1');
    await press(page, 'A+');
    await press(page, 'Email');
    await page.locator('article-tools dialog img').waitFor();
    await page.keyboard.press('Escape');
    await press(page, 'Share');
    await page.locator('article-tools dialog button').nth(1).click();
    await page.locator('article-tools dialog img').waitFor();
    await page.keyboard.press('Escape');
    at.mode = 'down';
    await press(page, 'Print');
    await page.waitForFunction(() => printed.length === 1);
    assert.ok((await sizes(page))[0][0] > 16);
    return page;
  },
  async 'a hostile page breaks nothing'() {
    const page = await open('hostile=1&css=own');
    await page.waitForLoadState('load');
    // What is asked within the page would break with it: boxes and selectors alone.
    const boxes = [];
    for (const one of await page.locator('article-tools [role=toolbar] button').all()) boxes.push(await one.boundingBox());
    assert.equal(boxes.length, 6);
    for (const { y, height, width } of boxes) assert.ok(height === 44 && y === boxes[0].y && width < 120, JSON.stringify(boxes));
    await press(page, 'A+');
    at.letters.length = 0;
    await press(page, 'Email');
    await page.locator('article-tools dialog input').first().fill('a@b.c');
    await page.keyboard.press('Enter');
    await page.locator('article-tools dialog [role=status]:has-text("It is on its way.")').waitFor({ timeout: 12000 });
    assert.deepEqual(at.letters[0].to, ['a@b.c']);
    assert.equal(at.letters[0].font_size, 'large');
    await page.keyboard.press('Escape');
    const [tab] = await Promise.all([page.context().waitForEvent('page'), press(page, 'Print')]);
    await tab.waitForURL(/\/print\//);
    page.wrong = page.wrong.filter((line) => !line.includes('broken by the page'));
    return page;
  },
  async 'no layout shift with the snippet; one row and 44 px from 320 to 1600 px, in five languages; axe'() {
    for (const lang of languages) {
      for (const colorScheme of lang === 'en' ? ['light', 'dark'] : ['light']) {
        const page = await open(`lang=${lang}&dark=1`, { colorScheme });
        assert.equal(await page.evaluate(() => shifts), 0);
        for (const width of [320, 480, 800, 1600]) {
          await page.setViewportSize({ width, height: 620 });
          const boxes = await page.$$eval('article-tools [role=toolbar] button', (all) => all.map((b) => { const r = b.getBoundingClientRect(); return [r.width, r.height, r.top, b.scrollWidth - b.clientWidth]; }));
          assert.equal(boxes.length, 6);
          for (const [w, h, top, over] of boxes) assert.ok(w >= 44 && h >= 44 && top === boxes[0][2] && over <= 0, `${lang} ${width}: ${boxes}`);
          assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0, `${lang} ${width}`);
          assert.equal(await page.$eval('article-tools', (e) => e.getBoundingClientRect().height), 48);
          if (width === 320 || width === 800) await page.screenshot({ path: `${out}${lang}-${colorScheme}-${width}.png`, clip: { x: 0, y: 0, width, height: 330 } });
        }
        if (colorScheme === 'light') assert.equal((await names(page)).filter((name) => !name).length, 0);
        await page.setViewportSize({ width: 320, height: 760 });
        await axe(page);
        for (const [index, name] of [[1, 'email'], [5, 'share']]) {
          await page.locator('article-tools [role=toolbar] button').nth(index).click();
          if (name === 'email') await page.locator('article-tools dialog img').waitFor();
          await axe(page);
          for (const [w, h] of await page.$$eval('article-tools dialog :is(button, a, input:not(.trap))', (all) => all.map((b) => [b.getBoundingClientRect().width, b.getBoundingClientRect().height]))) assert.ok(w >= 44 && h >= 44, `${lang} ${name}: ${w}×${h}`);
          await page.screenshot({ path: `${out}${lang}-${colorScheme}-${name}.png` });
          await page.keyboard.press('Escape');
          await page.waitForSelector('article-tools dialog', { state: 'detached' });
        }
        assert.deepEqual(page.wrong, []);
        await page.context().close();
      }
    }
  },
  async 'right to left, forced colours, no token'() {
    const page = await open('dir=rtl&lang=ar', { forcedColors: 'active' });
    const lefts = await page.$$eval('article-tools [role=toolbar] > *', (all) => all.map((b) => b.getBoundingClientRect().left));
    assert.ok(lefts.every((left, i) => !i || left < lefts[i - 1]), String(lefts));
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowLeft');
    assert.equal(await active(page), 'Email');
    await page.screenshot({ path: `${out}rtl-forced.png`, clip: { x: 0, y: 0, width: 800, height: 330 } });
    const bare = await open('tools=share%20print%20nonsense');
    assert.deepEqual(await names(bare), ['Share', 'Print']);
    await bare.context().close();
    return page;
  },
};

let failed = 0;
const wanted = process.argv[3] ?? '';
for (const [name, run] of Object.entries(tests)) {
  if (!name.includes(wanted)) continue;
  Object.assign(at, { mode: 'ok', note: false, bits: 14 });
  const began = Date.now();
  try {
    const page = await run();
    if (page) {
      assert.deepEqual(page.wrong, []);
      await page.context().close();
    }
    console.log(`ok   ${name} (${Date.now() - began} ms)`);
  } catch (error) {
    failed++;
    console.log(`FAIL ${name}: ${error.stack}\n${at.asked.slice(-4).join(' ')}`);
  }
}
await browser.close();
at.close();
news.close();
console.log(`${Object.keys(tests).length - failed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
