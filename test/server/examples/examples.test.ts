import { startRealN8n, type RealN8n } from '../support/realN8n';
import { agentTools } from './agent';
import { approvalBeforeCreate } from './approval';
import { nightlyAudit } from './audit';
import { capacityAlert } from './capacity';
import { customersToTrunks } from './customers';
import { dealToTrunkGroup } from './deal';
import { decommission } from './decommission';
import { driftAlert } from './drift';
import { firstClick } from './firstClick';
import { liveCapacityAlert } from './liveCapacity';
import { operatorForm } from './operatorForm';
import { portInDay } from './portIn';
import { sipPasswordRotation } from './rotation';
import { spreadsheetToTrunkGroups } from './spreadsheet';
import { takeDown } from './takeDown';
import { ticketToTrunkGroup } from './ticket';
import { trunkUnavailable } from './unavailable';
import { weeklyAudit } from './weeklyAudit';

let n8n: RealN8n;
const server = () => n8n;

beforeAll(async () => {
	n8n = await startRealN8n({ strict: true });
});

afterAll(async () => await n8n?.stop());

beforeEach(() => n8n.simulator.clearRequests());

// First, while the simulator is as it starts.
describe('The first click', () => firstClick(server));
describe('A ticket', () => ticketToTrunkGroup(server));
describe('A deal', () => dealToTrunkGroup(server));
describe('A spreadsheet', () => spreadsheetToTrunkGroups(server));
describe('A request for approval', () => approvalBeforeCreate(server));
describe('The nightly audit', () => nightlyAudit(server));
describe('The weekly audit', () => weeklyAudit(server));
describe('The capacity alert', () => capacityAlert(server));
describe('The live capacity alert', () => liveCapacityAlert(server));
describe('A trunk that is unavailable', () => trunkUnavailable(server));
describe('The drift alert', () => driftAlert(server));
describe('Decommissioning', () => decommission(server));
describe('The form of an operator', () => operatorForm(server));
describe('Customers of a sheet', () => customersToTrunks(server));
describe('A port-in day', () => portInDay(server));
describe('A take-down', () => takeDown(server));
describe('A rotation of SIP passwords', () => sipPasswordRotation(server));
describe('An AI agent', () => agentTools(server));
