import type { ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';
import { mapperFields } from '../provisioning/mapperFields';
import { deviceModel } from './device/model';
import { trunkGroupModel } from './trunkGroup/model';
import { userModel } from './user/model';

const MODELS = [trunkGroupModel, deviceModel, userModel];

/** The columns of the form, by the names that the properties call them. */
export const resourceMapping = {
	async getColumns(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
		const resource = this.getCurrentNodeParameter('resource');
		const operation = String(this.getCurrentNodeParameter('operation'));
		const model = MODELS.find(({ value }) => value === resource);
		return { fields: model ? mapperFields(model, operation) : [] };
	},
};
