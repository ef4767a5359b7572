/** What npm test carries out, all at the same time. */
export const PARTS = {
	checks: 'npm run check',
	tests: 'npm run test:jest',
	demo: 'npm start -- --once',
};
