/** The oldest n8n that the README promises everything for, and the newest one that npm installs completely. */
export const PROMISED_VERSIONS = ['2.35.3', '2.41.1'] as const;
