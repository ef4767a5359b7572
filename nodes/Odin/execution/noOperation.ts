import { OdinError } from '../transport/odinError';
import type { Preparation } from './operation';

/**
 * What stands for an operation that the node does not have: n8n adds "Custom API Call" to every node with a credential, and
 * explains it in the form alone. It refuses each item. An error thrown with On Error = Continue would send the input items
 * on as if they had been done (n8n-core 2.40).
 */
export const noOperation: Preparation = {
	prepare() {
		throw new OdinError({
			kind: 'parameter',
			message: "The chosen operation, such as 'Custom API Call', is not one of the Odin node",
			effect: 'No request was sent',
			description:
				"Choose one of the other operations. For a call to Odin that this node lacks, use the HTTP Request node with 'Predefined Credential Type' and the credential 'Odin API'",
		});
	},
};
