/**
 * Workflows in n8n's real engine without an n8n server:
 *
 *     const engine = await Engine.start({ credentials: { baseUrl, username, password } });
 *     const { status, output, error } = await engine.run({ items: [{ … }], parameters: { … } });
 *     await engine.stop();
 */
export { Engine, type EngineOptions } from './engine';
export type { CredentialTestResult } from './credentialTest';
export type { RunOptions, WorkflowJson } from './runOptions';
export { storedByNode, type RunResult, type StoredError } from './runResult';
