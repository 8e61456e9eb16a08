import { chromium } from 'playwright-core';
import { service, site } from './pages.mjs';
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox','--disable-gpu'] });
const at = await service(), news = await site(at.address);
const p = await b.newPage(); p.on('pageerror', e => console.log('ERR', e.stack)); p.on('console', l => console.log(l.text()));
await p.goto(news.address + '/'); await new Promise(r=>setTimeout(r,1500));
console.log(await p.evaluate(() => document.querySelector('article-tools').shadowRoot?.innerHTML.slice(0,500)));
await p.screenshot({path:'/tmp/dbg.png'}); process.exit();
