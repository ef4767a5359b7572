import { chromium, type Browser } from 'playwright-core';
import { requireProgram, type Program } from '../system/programs';

/** Debian's Chromium, or a Chrome that is there already. */
const CHROMIUM: Program = {
	names: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'],
	debianPackage: 'chromium',
	purpose: 'the pictures and the tests of the form',
	variable: 'CHROMIUM',
};

const ARGUMENTS = [
	// Containers often run as root and with a small /dev/shm.
	'--no-sandbox',
	'--disable-dev-shm-usage',
	'--disable-gpu',
	// Neither the browser nor the pages in it ask anybody on the internet for anything.
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-domain-reliability',
	'--disable-sync',
	'--no-first-run',
	'--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost',
	// The same letters on every machine, as far as its fonts allow.
	'--font-render-hinting=none',
];

/** A browser without a window; closing it ends its processes. */
export const startBrowser = async (): Promise<Browser> =>
	await chromium.launch({ executablePath: await requireProgram(CHROMIUM), args: ARGUMENTS });
