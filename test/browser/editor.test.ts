import { startRealN8n, type RealN8n } from '../server/support/realN8n';
import { creating } from './creating';
import { columns } from './columns';
import { credential } from './credential';
import { forms } from './forms';
import { lists } from './lists';
import { nodePanel } from './nodePanel';
import { Editor } from './support/editor';

/** On a machine without n8n or Chromium they are installed first. */
const START_PATIENCE_MS = 1_200_000;

let n8n: RealN8n;
let editor: Editor;
const server = () => n8n;
const opened = () => editor;

beforeAll(async () => {
	n8n = await startRealN8n();
	editor = await Editor.open(n8n);
}, START_PATIENCE_MS);

afterAll(async () => {
	await editor?.close();
	await n8n?.stop();
});

// One after the other in one editor, as a person goes: what one part leaves open, the next one uses.
describe('The node panel', () => nodePanel(opened));
describe('The form of a new trunk group', () => creating(server, opened));
describe('The credential', () => credential(server, opened));
describe('Columns', () => columns(server, opened));
describe('What was chosen from a list', () => lists(opened));
describe('The forms', () => forms(opened));
