import { existsSync } from 'node:fs';
import { type Browser, type ConsoleMessage, chromium, type Page, type Request } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The browser of the machine: `CHROMIUM`, or where packages put it; undefined where there is none. */
export const browserPath = [process.env['CHROMIUM'], ...PLACES].find((path) => path !== undefined && existsSync(path));

export const NO_BROWSER =
  'no chromium on this machine (looked at $CHROMIUM, /usr/bin/chromium, /usr/bin/chromium-browser, /usr/bin/google-chrome): apt-get install chromium';

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: browserPath!, args: ['--no-sandbox'] });
}

/** A page opened from a file, and whatever it complained about or asked the network for. */
export interface Opened {
  readonly page: Page;
  readonly complaints: string[];
}

export interface View {
  readonly width?: number;
  readonly scheme?: 'light' | 'dark';
}

export async function open(
  browser: Browser,
  file: string,
  { width = 1280, scheme = 'light' }: View = {},
): Promise<Opened> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: scheme });
  const complaints: string[] = [];
  page.on('console', (message: ConsoleMessage) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error: Error) => complaints.push(`error: ${error.message}`));
  page.on('request', (request: Request) => {
    if (request.url() !== `file://${file}` && !request.url().startsWith('data:'))
      complaints.push(`request: ${request.url()}`);
  });
  await page.goto(`file://${file}`, { waitUntil: 'load' });
  return { page, complaints };
}
