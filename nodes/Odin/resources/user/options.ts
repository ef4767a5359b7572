import { optionsCollection, previewOnlyOption } from '../../provisioning/options';

/** One for all operations with these options alone: what they share is in the form once. */
export const previewOptions = optionsCollection(previewOnlyOption);

/** The same for reads. */
export const readOptions = optionsCollection();
