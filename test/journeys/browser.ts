import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Page } from 'playwright-core';

export const PHONE = { width: 390, height: 844 } as const;
export const DESKTOP = { width: 1360, height: 860 } as const;

const FONT_FILE = '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf';
const FONT_STYLE = `@font-face{font-family:Test CJK;src:url(/test-font.ttf)} *:not(svg){font-family:"Test CJK",sans-serif!important}`;

/** A headless Chromium that comes from npm: `CHROMIUM` names another one (the package has it for Linux on x64 only). */
export async function openBrowser(): Promise<Browser> {
  const { default: packaged } = await import('@sparticuz/chromium');
  const executablePath = process.env.CHROMIUM || (await packaged.executablePath());
  return chromium.launch({ executablePath, args: packaged.args, headless: true });
}

/** A page of its own session, in Chinese and in Shanghai, as a phone or a desktop. */
export async function openPage(browser: Browser, viewport: typeof PHONE | typeof DESKTOP): Promise<Page> {
  const context = await browser.newContext({ viewport, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
  const font = readFileSync(createRequire(__filename).resolve(FONT_FILE));
  await context.route('**/test-font.ttf', (route) => route.fulfill({ body: font, contentType: 'font/ttf' }));
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  return page;
}

/** Saves a picture when `JOURNEY_PICTURES` names a folder. The browser has no Chinese glyphs of its own. */
export async function takePicture(page: Page, name: string): Promise<void> {
  const folder = process.env.JOURNEY_PICTURES;
  if (!folder) return;
  await page.addStyleTag({ content: FONT_STYLE });
  await page.evaluate("document.fonts.load('16px \"Test CJK\"', '中文')");
  await page.waitForTimeout(400);
  await page.screenshot({ path: `${folder}/${name}.png` });
}
