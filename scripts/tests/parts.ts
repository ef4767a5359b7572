/** What npm test carries out: the first ones at the same time, the last one when they are done. */
export const PARTS = {
	checks: 'npm run check',
	tests: 'npm run test:jest',
	demo: 'npm start -- --once',
};
