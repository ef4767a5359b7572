import type { N8n } from './mainRealm';

/** n8n's production expression engine, with the figures of a default installation. */
export async function initExpressionEngine({ workflow: { Expression } }: N8n): Promise<void> {
	await Expression.initExpressionEngine({
		engine: 'vm',
		poolSize: 1,
		maxCodeCacheSize: 1024,
		bridgeTimeout: 5000,
		bridgeMemoryLimit: 128,
		lazyAcquire: false,
		compileCache: false,
	});
}

/** Back to the legacy engine, which n8n-workflow starts with. */
export async function disposeExpressionEngine({ workflow: { Expression } }: N8n): Promise<void> {
	await Expression.disposeExpressionEngine();
	Expression.setExpressionEngine('legacy');
}
