import type { ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';
import { mapperFields } from '../provisioning/mapperFields';
import { resources } from './index';

/** The columns of the form, by the names that the properties call them. */
export const resourceMapping = {
	async getColumns(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
		const resource = this.getCurrentNodeParameter('resource');
		const operation = String(this.getCurrentNodeParameter('operation'));
		const model = resources.find(({ value }) => value === resource)?.model;
		return { fields: model ? mapperFields(model, operation) : [] };
	},
};
